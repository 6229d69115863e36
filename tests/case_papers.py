"""What the tests of a case's papers share: the report on data, the papers by kind, and what each prints."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from lxml import etree
from rules_support import AS_OF, LIBRARY, apply, lawful_case, office, regulation, typed

from doc_forms.casework.checking import CaseReport
from doc_forms.casework.papers import CasePaper, PaperState, case_papers
from doc_forms.form import PartialDate
from doc_forms.making import Maker
from doc_forms.template.scan import text_of

_POINT = "解释口径."


def report_of(data: Mapping[str, Any], as_of: PartialDate = AS_OF, **points: Any) -> CaseReport:
    """The report on the data of a case, looked at on a day."""
    case, asked = typed(data), office(as_of, **points)
    return CaseReport("案件.json", case, as_of, tuple(regulation().check(case, asked)), office=asked)


def papers(patch: Mapping[str, Any] | None = None, as_of: PartialDate = AS_OF) -> tuple[CasePaper, ...]:
    """The papers of the lawful case with a patch applied; `解释口径.` sets a point of interpretation."""
    changes = dict(patch or {})
    points = {path.removeprefix(_POINT): changes.pop(path) for path in list(changes) if path.startswith(_POINT)}
    return case_papers(LIBRARY, report_of(apply(lawful_case(), changes), as_of, **points))


def of_kind(found: tuple[CasePaper, ...], stem: str, name: str = "") -> CasePaper:
    """The one paper of a kind (about a person)."""
    (paper,) = [item for item in found if item.kind.stem == stem and name in item.name]
    return paper


def states(found: tuple[CasePaper, ...], state: PaperState) -> set[str]:
    """The stems of the kinds that have a paper in this state."""
    return {item.kind.stem for item in found if item.state is state}


@cache
def _maker(stem: str) -> Maker:
    return Maker.open(LIBRARY.kind(stem))


def printed(paper: CasePaper) -> str:
    """Everything that the finished paper says, part after part."""
    assert paper.form is not None, list(paper.reasons())
    maker = _maker(paper.kind.stem)
    draft = maker.draft(paper.form)
    maker.make(draft)
    parts = maker.template.fill(draft.context).parts
    return "\n".join(text_of(etree.fromstring(data)) for data in parts.values())
