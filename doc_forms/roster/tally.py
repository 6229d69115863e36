"""What is to be said of a roster as a whole, once its last row was read."""

from __future__ import annotations

from collections.abc import Iterator

from doc_forms.errors import Fault, Place, Severity
from doc_forms.roster.cells import is_blank
from doc_forms.roster.headings import Headings
from doc_forms.roster.layout import EXAMPLE
from doc_forms.roster.rows import Grid, Row
from doc_forms.roster.sheets import BLANK_ROWS, SheetRow

_LISTED = 20


class Tally:
    """Counts one pass over the rows; keeps only the first few places of anything."""

    def __init__(self, grid: Grid) -> None:
        self._grid = grid
        self.rows = 0
        self._hidden = 0
        self._regular = 0
        self._regular_places: list[str] = []
        self._passed = 0
        self._passed_rows: list[int] = []
        self._filled_examples: list[int] = []

    def count(self, row: Row, *, hidden: bool) -> None:
        """Count a data row."""
        self.rows += 1
        self._hidden += hidden
        self._regular += len(row.notices)
        for notice in row.notices[: _LISTED - len(self._regular_places)]:
            where = notice.place
            sheet = "" if where.sheet == self._grid.sheet else f"“{where.sheet}”"
            what = notice.message.partition("：")[2]
            self._regular_places.append(f"{sheet}第 {where.row} 行{where.field}（{what}）")

    def see_example(self, row: SheetRow) -> None:
        """Note an example row that no longer holds the example: somebody may have filled it in."""
        for letters, column in self._grid.columns.items():
            cell = row.cells.get(letters)
            if cell is not None and str(cell.value).strip() != column.spec.example.strip():
                self._filled_examples.append(row.number)
                return

    def pass_over(self, row: SheetRow, headings: Headings) -> None:
        """Note a row that holds something, but nothing in a column of the form."""
        beside = row.cells.keys() - {headings.key, *headings.results.values()}
        if not all(is_blank(row.cells[letters]) for letters in beside):
            self._passed += 1
            self._passed_rows.append(row.number)
            del self._passed_rows[_LISTED:]

    def faults(self, stopped: int) -> Iterator[Fault]:
        """Yield the findings; `stopped` is the row after which blank rows ended the reading, or 0."""
        place = Place(self._grid.file, self._grid.sheet)
        if not self.rows:
            yield Fault("roster-empty", "没有数据行，请在标题行以下填写", place)
        for number in self._filled_examples:
            message = f"标有“{EXAMPLE}”的行没有办理；其中若是真实数据，请把“{EXAMPLE}”改为序号"
            yield Fault("example-filled", message, Place(place.file, place.sheet, number), Severity.WARNING)
        if self._hidden:
            message = f"含 {self._hidden} 行隐藏数据，已一并读取；如不需要，请取消隐藏后删除"
            yield Fault("rows-hidden", message, place, Severity.WARNING)
        if self._regular:
            more = "等" if self._regular > len(self._regular_places) else ""
            message = f"已自动规整 {self._regular} 处：{'；'.join(self._regular_places)}{more}"
            yield Fault("cells-regular", message, place, Severity.NOTE)
        if self._passed:
            numbers = "、".join(map(str, self._passed_rows)) + ("等" if self._passed > len(self._passed_rows) else "")
            yield Fault("rows-passed", f"第 {numbers} 行没有本文书的内容，未读取", place, Severity.NOTE)
        if stopped:
            message = f"连续 {BLANK_ROWS} 个空行，第 {stopped} 行以后没有读取；其后若有数据，请删去空行"
            yield Fault("rows-blank", message, place, Severity.NOTE)
