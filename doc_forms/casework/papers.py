"""The papers of one case: which can be made now, which cannot and why. Knows no particular case or regulation.

The steps of the procedure are the library's: `_procedure` with `STEPS`.

A paper is refused where an article that it stands under (`About.gates`) is violated, by the paper's own people or by
the case as a whole. A demand that cannot be told yet refuses nothing by itself: a ballot is printed long before its
votes are counted. Only where the paper completes what an article asks for first (`About.settled`), "not told yet"
means "not yet": an appointment notice waits for the public notice. A WARNING needs a reason, which is kept.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from doc_forms.casework.checking import CaseReport
from doc_forms.casework.origins import origin
from doc_forms.errors import DataRefused, Fault, Place, Severity
from doc_forms.files import safe_name
from doc_forms.form import Form
from doc_forms.form.reading import Path, path_text, read
from doc_forms.library import Kind, Library
from doc_forms.making import paper_name
from doc_forms.regulation import Finding, Outcome, Rule
from doc_forms.regulation.procedure import Step

_MISSING = "data-missing"


class PaperState(StrEnum):
    """Whether a paper can be made now."""

    READY = "ready"
    MISSING = "missing"
    DOUBTED = "doubted"
    REFUSED = "refused"

    @property
    def chinese(self) -> str:
        """The state in words."""
        return {"ready": "可以生成", "missing": "还缺", "doubted": "需说明理由", "refused": "不能生成"}[self.value]


@dataclass(frozen=True)
class CasePaper:
    """One paper that a case implies."""

    kind: Kind
    step: int
    """The number of the step that needs it, from 1."""
    subjects: tuple[str, ...]
    """The people (and posts) that the paper is about."""
    name: str
    """Its file name without number and ending."""
    form: Form | None = None
    """None where facts are missing or wrong."""
    missing: tuple[str, ...] = ()
    """The fields of the case that are still to be filled."""
    faults: tuple[Fault, ...] = ()
    """What in the facts cannot be."""
    due: bool = False
    """Whether the case states the paper's own date already, so that nothing may be missing any more."""
    early: str = ""
    """Why it is too early for the paper."""
    violated: tuple[Finding, ...] = ()
    """The findings that refuse the paper."""
    doubts: tuple[Finding, ...] = ()
    """The findings that ask for a reason."""
    warnings: tuple[Fault, ...] = ()
    """What the paper's own form noticed."""
    data: Mapping[str, Any] = field(default_factory=dict, repr=False, compare=False)
    """What the case gives for it, complete or not, keyed by title."""

    @property
    def state(self) -> PaperState:
        """Whether it can be made now; a violated article weighs more than a missing fact."""
        if self.violated or self.faults or self.early:
            return PaperState.REFUSED
        if self.missing:
            return PaperState.REFUSED if self.due else PaperState.MISSING
        return PaperState.DOUBTED if self.doubts else PaperState.READY

    @property
    def title(self) -> str:
        """The paper as a clerk calls it, with whom it is about."""
        return self.name.replace("_", " ")

    def reasons(self) -> Iterator[str]:
        """Say why it cannot be made, a line each."""
        if self.early:
            yield self.early
        yield from (str(finding) for finding in self.violated)
        yield from (str(fault) for fault in self.faults)
        if self.missing:
            yield f"还缺：{'；'.join(grouped(self.missing))}"
        if self.state is PaperState.DOUBTED:
            yield from (f"{finding}如仍要办理，请写明理由。" for finding in self.doubts)

    def to_json(self) -> dict[str, Any]:
        """The same as data, for `--json`."""
        return {
            "kind": self.kind.stem,
            "title": self.kind.title,
            "name": self.name,
            "step": self.step,
            "subjects": self.subjects,
            "state": self.state.value,
            "missing": self.missing,
            "reasons": list(self.reasons()),
            "findings": [finding.to_json() for finding in (*self.violated, *self.doubts)],
            "warnings": [warning.to_json() for warning in self.warnings],
        }


def grouped(fields: Sequence[str]) -> list[str]:
    """Write fields of the case shortly: those of one part together, `任职（任职通知文号、任职通知日期）`."""
    parts: dict[str, list[str]] = {}
    for known in fields:
        part, _, title = known.rpartition(" ")
        parts.setdefault(part, []).append(title)
    return [f"{part}（{'、'.join(titles)}）" if part else "、".join(titles) for part, titles in parts.items()]


def steps_of(library: Library, report: CaseReport) -> tuple[Step, ...]:
    """Give the steps that the case goes through, in order, and those that it would not but that are violated."""
    broken = {finding.rule.article for finding in report.broken}
    steps: tuple[Step, ...] = library.module("_procedure").STEPS
    return tuple(step for step in steps if step.applies(report.case) or broken.intersection(step.articles))


def case_papers(library: Library, report: CaseReport) -> tuple[CasePaper, ...]:
    """Give every paper that the case implies, in the order of the procedure."""
    facts, steps = report.case.data(), steps_of(library, report)
    placed = sorted(((_place(kind, steps), kind) for kind in library.kinds()), key=lambda pair: pair[0])
    open_ones = [item for item in report.findings if item.outcome is not Outcome.MET]
    return tuple(
        _paper(kind, step, data, report, facts, open_ones)
        for (step, _), kind in placed
        for data in kind.form.from_case(report.case)
    )


def _place(kind: Kind, steps: Sequence[Step]) -> tuple[int, int]:
    """Give the number of the step that a kind's papers belong to, and their place in it.

    A kind that no step lists (an office's own) follows the listed ones of the first step that shares an article
    with it, or stands after all steps.
    """
    for number, step in enumerate(steps, start=1):
        if kind.stem in step.kinds:
            return number, step.kinds.index(kind.stem)
    for number, step in enumerate(steps, start=1):
        if set(step.articles).intersection(kind.articles):
            return number, len(step.kinds)
    return len(steps) + 1, 0


def _paper(  # noqa: PLR0913, PLR0917 - what is the same for every paper is asked once for all of them
    kind: Kind,
    step: int,
    data: dict[str, Any],
    report: CaseReport,
    facts: dict[str, Any],
    findings: Collection[Finding],
) -> CasePaper:
    about = kind.form.about
    subjects = tuple(dict.fromkeys(name for path in about.subjects for name in _at(data, path.split("."))))
    form, faults, warnings = _read(kind.form, data, report.file, facts, subjects)
    missing = tuple(dict.fromkeys(fault.place.field for fault in faults if fault.code == _MISSING))
    violated, doubts = _held_against(kind, subjects, findings, complete=form is not None)
    return CasePaper(
        kind=kind,
        step=step,
        subjects=subjects,
        name=_name(kind, form.context() if form else data, subjects),
        form=form,
        missing=missing,
        faults=tuple(fault for fault in faults if fault.code != _MISSING),
        due=bool(data.get(about.dated)),
        early=_early(kind.form, report),
        violated=violated,
        doubts=doubts,
        warnings=tuple(warnings),
        data=data,
    )


def _read(
    form: type[Form], data: dict[str, Any], file: str, facts: Mapping[str, Any], subjects: Collection[str]
) -> tuple[Form | None, list[Fault], list[Fault]]:
    """The paper's form with its warnings, or what is missing or wrong, each named by its field of the case."""
    sources = form.sources(data)

    def locate(path: Path) -> Place:
        return Place(file=file, field=path_text(origin(sources, path, data, facts, subjects)))

    waiting = [title for title, value in data.items() if value is None]
    faults = [Fault(_MISSING, "没有填写", locate((title,))) for title in waiting]
    try:
        made, warnings = read(form, data, locate)
    except DataRefused as error:
        return None, [*error.faults, *faults], []
    return (None if faults else made), faults, warnings


def _held_against(
    kind: Kind, subjects: Collection[str], findings: Collection[Finding], *, complete: bool
) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """The findings that refuse a paper, and those that ask for a reason."""
    about = kind.form.about
    gates = kind.articles if about.gates is None else about.gates
    concerning = [item for item in findings if not item.subject or item.subject in subjects]
    broken = [item for item in concerning if item.outcome is Outcome.BROKEN and _is_among(item.rule, gates)]
    untold = [
        item
        for item in concerning
        if complete
        and item.outcome is Outcome.UNKNOWN
        and item.severity is Severity.ERROR
        and _is_among(item.rule, about.settled)
    ]
    violated = [item for item in broken if item.severity is Severity.ERROR]
    doubts = [item for item in broken if item.severity is Severity.WARNING]
    return (*violated, *untold), tuple(doubts)


def _is_among(rule: Rule, demands: Collection[int | str]) -> bool:
    return rule.article in demands or rule.code in demands


def _early(form: type[Form], report: CaseReport) -> str:
    bound = form.not_before(report.case)
    if bound is None or report.as_of > bound[0]:
        return ""
    return f"{bound[1]}，{report.as_of.chinese}尚不能生成"


def _at(value: Any, titles: list[str]) -> Iterator[str]:
    """Every text at a path of titles; lists are gone through."""
    if isinstance(value, list):
        for item in value:
            yield from _at(item, titles)
    elif not titles:
        yield from [str(value)] if value else []
    elif isinstance(value, Mapping):
        yield from _at(value.get(titles[0]), titles[1:])


def _name(kind: Kind, values: Mapping[str, Any], subjects: Collection[str]) -> str:
    """The paper's name; the kind and the person, where the pattern asks for what is not known yet."""
    named = paper_name(kind.form.about.file_name, values)
    return safe_name(named or "_".join([kind.title, *list(subjects)[:1]]))
