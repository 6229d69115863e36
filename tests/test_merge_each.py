"""What becomes of each row while the receipt is written; what goes wrong with papers is not blamed on the roster."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

import pytest

from doc_forms.errors import Place
from doc_forms.merge.each import EachRow
from doc_forms.merge.outcomes import MADE, Outcomes
from doc_forms.merge.production import Production
from doc_forms.merge.report import Merged, no_progress
from doc_forms.merge.writing import Made


class Papers:
    """Gives so many papers, in chunks of two; a fault in the program follows where `fails`."""

    def __init__(self, count: int, *, fails: bool = False) -> None:
        self._count, self._fails = count, fails

    def finish(self, stop: Callable[[], bool]) -> Iterator[Made]:
        for number in range(self._count):
            if number % 2 == 0 and stop():
                return
            yield Made(number + 2, f"提醒_{number}", f"提醒_{number}.docx", written=True)
        if self._fails:
            raise KeyError(self._count)


def each_of(papers: Papers, progress: Any = no_progress, rows: int = 6) -> tuple[EachRow, Outcomes, Merged]:
    outcomes, report = Outcomes(Place("名册.xlsx", "名册")), Merged(Path("out"), rows=rows)
    return EachRow(cast("Production", papers), outcomes, report, progress), outcomes, report


def test_papers_are_made_as_far_as_is_asked_and_the_rest_at_the_end() -> None:
    each, outcomes, report = each_of(Papers(6))
    with each:
        each.up_to(4)
        assert (outcomes.of(4), outcomes.of(5)) == (MADE, 0)
    assert (report.made, report.interrupted) == (6, False)


def test_a_fault_of_the_program_is_told_when_the_receipt_is_written() -> None:
    each, _, report = each_of(Papers(4, fails=True))
    each.__enter__()
    for row in range(2, 8):
        each.up_to(row)  # raises nothing here: whoever reads the workbook would take it for damage
    with pytest.raises(KeyError):
        each.__exit__(None, None, None)
    assert report.made == 4


def test_where_the_receipt_fails_the_papers_are_made_all_the_same() -> None:
    each, _, report = each_of(Papers(6))
    each.__enter__()
    each.up_to(3)
    each.__exit__(ValueError, ValueError(), None)
    assert report.made == 6


def test_an_interrupt_leaves_what_is_not_begun_and_counts_what_is_named() -> None:
    def interrupted(_doing: str, done: int, _total: int) -> None:
        if done >= 3:
            raise KeyboardInterrupt

    each, _, report = each_of(Papers(6), interrupted)
    with each:
        each.up_to(7)
    assert (report.made, report.interrupted) == (4, True)
