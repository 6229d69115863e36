"""What the tests of rules share: the lawful example case, changes to it, and what the regulation finds.

A change is written as the specimens of rules are: `{"任前公示.公示截止日期": "2026-09-29", "考察对象[0].姓名": None}`;
None removes the field (or the item), where it is there.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from copy import deepcopy
from functools import cache
from itertools import pairwise
from typing import Any

from doc_forms.form import PartialDate
from doc_forms.library import Library, library_root
from doc_forms.regulation import Finding, Outcome, Regulation, Rule, WorkCalendar

LIBRARY = Library()
CASES = LIBRARY.module("case")
SETTINGS = LIBRARY.module("_interpretation")
AS_OF = PartialDate(2027, 10, 31)
"""A day on which everything of the lawful case is done."""
OFFICE = SETTINGS.Office(SETTINGS.Interpretation(), WorkCalendar(), AS_OF)
"""The office with the default settings, on that day."""

POINT = "解释口径."
"""A path of a specimen that starts so sets a point of interpretation instead of a fact."""
_STEP = re.compile(r"([^.\[\]]+)|\[(\d+)\]")


def regulation() -> Regulation:
    """Give the regulation of the built-in library."""
    found: Regulation = LIBRARY.module("articles").regulation()
    return found


def office(as_of: PartialDate = AS_OF, **points: Any) -> Any:
    """Give the office with some points of interpretation (by name or title), on another day where one is given."""
    return SETTINGS.Office(SETTINGS.Interpretation(**points), WorkCalendar(), as_of)


@cache
def _example(name: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((library_root() / "examples" / f"{name}.json").read_text("utf-8"))
    return data


def lawful_case() -> dict[str, Any]:
    """Give the complete lawful case as data keyed by titles, a fresh copy each time."""
    return deepcopy(_example("case"))


def half_case() -> dict[str, Any]:
    """Give the case that stands half way, a fresh copy each time."""
    return deepcopy(_example("case_half"))


def apply(data: dict[str, Any], patch: Mapping[str, Any]) -> dict[str, Any]:
    """Change the data in place as a patch says, and give it back. KeyError or IndexError for a wrong path."""
    for path, value in patch.items():
        _put(data, [step or int(number) for step, number in _STEP.findall(path)], deepcopy(value))
    return data


def _put(data: dict[str, Any], steps: list[str | int], value: Any) -> None:
    holder: Any = data
    for step, following in pairwise(steps):
        if isinstance(holder, dict):
            holder = holder.setdefault(str(step), [] if isinstance(following, int) else {})
        else:
            holder = _item(holder, int(step))
    last = steps[-1]
    if isinstance(holder, list):
        _put_item(holder, int(last), value)
    elif value is None:
        holder.pop(str(last), None)
    else:
        holder[str(last)] = value


def _item(holder: list[Any], number: int) -> Any:
    if number == len(holder):
        holder.append({})
    return holder[number]


def _put_item(holder: list[Any], number: int, value: Any) -> None:
    if value is None:
        holder.pop(number)
    elif number == len(holder):
        holder.append(value)
    else:
        holder[number] = value


def patched(data: dict[str, Any], patch: Mapping[str, Any]) -> Any:
    """Give the typed case of the data with the patch applied; the data themselves stay as they are."""
    return typed(apply(deepcopy(data), patch))


def typed(data: Mapping[str, Any]) -> Any:
    """Give the typed case of data keyed by titles (pydantic's ValidationError where they are none)."""
    return CASES.Case.model_validate(data)


def rule_of(code: str) -> Rule:
    """Give the rule of that code, e.g. `34.2`."""
    return next(rule for rule in regulation().rules if rule.code == code)


def findings(case: Any, code: str, with_office: Any = OFFICE) -> list[Finding]:
    """Give what one rule finds in a case; a mapping is taken as the data of one."""
    return list(rule_of(code).ask(typed(case) if isinstance(case, Mapping) else case, with_office))


def outcome(patch: Mapping[str, Any], code: str, with_office: Any = OFFICE) -> Outcome | None:
    """Give the worst that one rule finds in the patched lawful case; None where it does not apply."""
    found = {finding.outcome for finding in findings(patched(lawful_case(), patch), code, with_office)}
    return next((kind for kind in (Outcome.BROKEN, Outcome.UNKNOWN, Outcome.MET) if kind in found), None)


def specimen(patch: Mapping[str, Any], as_of: PartialDate = AS_OF) -> tuple[dict[str, Any], Any]:
    """Give the patched lawful case as data, and the office with the points of interpretation that the patch sets."""
    points = {path.removeprefix(POINT): value for path, value in patch.items() if path.startswith(POINT)}
    facts = {path: value for path, value in patch.items() if not path.startswith(POINT)}
    return apply(lawful_case(), facts), office(as_of, **points)


def checked(patch: Mapping[str, Any], as_of: PartialDate = AS_OF) -> list[Finding]:
    """Give what the whole regulation finds in the patched lawful case."""
    data, with_office = specimen(patch, as_of)
    return regulation().check(typed(data), with_office)


def broken_codes(found: Iterable[Finding]) -> set[str]:
    """Give the codes of the rules that are broken."""
    return {finding.rule.code for finding in found if finding.outcome is Outcome.BROKEN}
