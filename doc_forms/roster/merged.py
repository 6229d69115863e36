"""Merged data cells: only the first cell of a merge holds a value, so the rows behind it would look empty."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from doc_forms.errors import Fault
from doc_forms.roster.headings import Headings
from doc_forms.roster.rows import Grid
from doc_forms.roster.sheets import Range, column_number


class Merged:
    """The merges that touch data, asked for row by row in the order of the sheet."""

    def __init__(self, ranges: Iterable[Range], headings: Headings, grid: Grid) -> None:
        self._grid = grid
        self._columns = {column_number(letters): letters for letters in grid.columns}
        touching = (r for r in ranges if r.bottom > headings.row and self._touched(r))
        self._waiting = sorted(touching, key=lambda r: r.top, reverse=True)
        self._open: list[Range] = []

    def faults(self, row: int) -> Iterator[Fault]:
        """Yield one fault for each merge that covers a field in this row."""
        while self._waiting and self._waiting[-1].top <= row:
            self._open.append(self._waiting.pop())
        if not self._open:
            return
        self._open = [r for r in self._open if r.bottom >= row]
        for merge in self._open:
            for letters in self._touched(merge):
                column = self._grid.columns[letters]
                rows = f"第 {merge.top}–{merge.bottom} 行" if merge.bottom > merge.top else f"第 {merge.top} 行"
                message = f"{rows} {column.heading}为合并单元格（{merge}），请取消合并并逐格填写"
                yield Fault("cell-merged", message, self._grid.place(row, column.path))

    def _touched(self, merge: Range) -> list[str]:
        return [letters for number, letters in self._columns.items() if merge.left <= number <= merge.right]
