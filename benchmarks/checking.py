"""How fast the regulation is asked: a case of fifty people, and a year's two hundred cases."""

from __future__ import annotations

import copy
import json
import statistics
import time
from collections.abc import Callable, Iterator
from typing import Any

from benchmarks.figures import Figure
from doc_forms.form import PartialDate
from doc_forms.library import Library, library_root
from doc_forms.regulation import WorkCalendar

_PEOPLE, _PEOPLE_SECONDS = 50, 0.050
_CASES, _CASES_SECONDS = 200, 2.0
_LISTS_BY_NAME = {"考察.考察情况": "姓名", "考察.个别谈话": "考察对象姓名", "讨论决定.表决情况": "姓名"}
"""What the case holds of each person besides the person, and the field that names whose it is."""


def checking(*, quick: bool) -> Iterator[Figure]:
    """Check a case of fifty people, and two hundred cases, each loaded before."""
    library = Library()
    case_type = library.module("case").Case
    settings = library.module("_interpretation")
    office = settings.Office(settings.Interpretation(), WorkCalendar(), PartialDate(2027, 10, 31))
    regulation = library.module("articles").regulation()
    one = json.loads((library_root() / "examples" / "case.json").read_text("utf-8"))

    large = case_type.model_validate(with_people(one, _PEOPLE))
    seconds = _median(lambda: regulation.check(large, office), 3 if quick else 15)
    yield _figure(f"check: a case of {_PEOPLE} people, after loading", seconds, _PEOPLE_SECONDS)

    count = _CASES // 10 if quick else _CASES
    start = time.perf_counter()
    year = [case_type.model_validate(one) for _ in range(count)]
    loading = time.perf_counter() - start
    seconds = _median(lambda: [regulation.check(case, office) for case in year], 1 if quick else 3)
    yield _figure(f"check: {count} cases, after loading (loading takes {loading:.2f} s)", seconds, _CASES_SECONDS)


def with_people(case: dict[str, Any], people: int) -> dict[str, Any]:
    """Give the case with its first person copied until there are that many, with all that is known of each."""
    many = copy.deepcopy(case)
    first = many["考察对象"][0]["姓名"]
    for number in range(people - len(many["考察对象"])):
        name = f"{first}之{_letters(number)}"
        many["考察对象"].append({**copy.deepcopy(case["考察对象"][0]), "姓名": name})
        for path, owner in _LISTS_BY_NAME.items():
            part, title = path.split(".")
            own = [item for item in case[part][title] if item.get(owner) == first]
            many[part][title] += [{**copy.deepcopy(item), owner: name} for item in own]
    return many


def _letters(number: int) -> str:
    """A number in letters that a person's name may hold."""
    return "".join("甲乙丙丁戊己庚辛壬癸"[int(digit)] for digit in str(number))


def _median(work: Callable[[], object], rounds: int) -> float:
    seconds = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds)


def _figure(what: str, seconds: float, target: float) -> Figure:
    return Figure(what, f"{seconds * 1e3:.0f} ms", f"< {target * 1e3:.0f} ms", met=seconds < target)
