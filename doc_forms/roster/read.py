"""Reads a roster: rows of values keyed by title, each with its place, and all that is wrong with the cells.

The sheet is streamed; a row is read, checked and forgotten. What Excel may have altered (numbers in
identity-number cells, year.month typed as a number, formulas nobody computed) is refused, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any, Self

from doc_forms.errors import Fault, FileRefused, Place, Severity
from doc_forms.form import Form
from doc_forms.packages import check_workbook
from doc_forms.roster.cells import is_blank, key_of, plain_text
from doc_forms.roster.headings import Expected, Headings, owner_columns
from doc_forms.roster.items import Item, Items
from doc_forms.roster.layout import EXAMPLE, KEY, OWNER_KEY, ListField, groups_of
from doc_forms.roster.merged import Merged
from doc_forms.roster.pick import pick_sheet
from doc_forms.roster.repeats import Repeats
from doc_forms.roster.rows import TOTAL, Grid, Row, Stated, put, take_part
from doc_forms.roster.sheets import Book, Cell, Sheet, SheetRow, column_number
from doc_forms.roster.tally import Tally

__all__ = ["Roster", "Row", "open_roster"]

_TOTAL = re.compile(r"(合|总|小|共|累)计(数|人数)?([:：].*|\d+人?)?$")


def open_roster(path: Path, form: type[Form], sheet: str | None = None, *, loose: bool = False) -> Roster:
    """Open the roster of a form; `sheet` names the main sheet where several could be it.

    loose: a group's field may be headed by its own title alone, where no other field has that title.

    Raises FileRefused with every reason: not a safe workbook, no or several possible sheets, missing or
    doubled headings, a list without its sheet.
    """
    check_workbook(path)
    book = Book(path)
    try:
        return Roster(book, form, sheet, loose=loose)
    except BaseException:
        book.close()
        raise


class Roster:
    """An open roster. Close it, or use it as a context manager.

    `rows` may be read more than once; `closing_faults` speaks of the last full reading.
    """

    def __init__(self, book: Book, form: type[Form], sheet: str | None = None, *, loose: bool = False) -> None:
        self.book, self.path, self.form = book, book.path, form
        expected = Expected.on_main_sheet(form, loose=loose)
        self.sheet, self.headings = pick_sheet(book, form, expected, sheet)
        self._lists = expected.lists
        self._groups = tuple(groups_of(form))
        self._grid = self._grid_of(self.sheet.name, self.headings)
        self._grids: dict[tuple[str, ...], Grid] = {}
        self._items = Items()
        self._item_faults: list[Fault] = []
        self._tally = Tally(self._grid)
        self._repeats = Repeats(self._grid.columns.values())
        self._widest = (0, "")
        self.remarks: list[Fault] = []
        """What is said of the headings and sheets: NOTEs on columns not used, WARNINGs on lists that are hidden."""
        try:
            self._open(expected)
        except BaseException:
            self._items.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the workbook and delete what was kept beside it."""
        self._items.close()
        self.book.close()

    def rows(self) -> Iterator[Row]:
        """Yield every data row in the order of the sheet; blank rows and the example row are passed over."""
        self._tally = Tally(self._grid)
        self._repeats = Repeats(self._grid.columns.values())
        self._items.begin()
        merged = Merged(self.book.merges(self.sheet), self.headings, self._grid)
        for row in self.book.rows(self.sheet):
            last = next(reversed(row.cells))
            self._widest = max(self._widest, (len(last), last))
            if row.number > self.headings.row:
                made = self._row(row, merged)
                if made is not None:
                    self._tally.count(made, hidden=row.hidden)
                    yield made

    @property
    def last_column(self) -> int:
        """The number of the last column that holds something in the rows read so far."""
        return column_number(self._widest[1])

    @property
    def list_sheets(self) -> list[str]:
        """The names of the list sheets that were read."""
        return [grid.sheet for grid in self._grids.values()]

    def titles(self) -> Iterator[tuple[str, ...]]:
        """Yield the paths of titles for which the workbook has a column, those of its lists' items included."""
        yield from (column.path for column in self.headings.columns.values())
        for path, columns in self.headings.items.items():
            yield from ((*path, *column.path) for column in columns.values())
        for path, grid in self._grids.items():
            yield from ((*path, *column.path) for column in grid.columns.values())

    def closing_faults(self) -> list[Fault]:
        """Give what only the whole roster shows, once `rows` was read to its end.

        ERRORs: list rows that belong to no row. WARNINGs: hidden rows (they were read), an example row
        that somebody filled in. NOTEs: how many cells were made regular, rows passed over.
        """
        faults = [*self._item_faults]
        for number, row, owner in self._items.orphans():
            one = self._lists[number]
            place = Place(self.path.name, self._grids[one.path].sheet, row, field=OWNER_KEY)
            message = f"“{self.sheet.name}”中没有序号为“{owner}”的行，请改正{OWNER_KEY}或补上该行"
            faults.append(Fault("item-orphan", message, place))
        return [*faults, *self._tally.faults(self.book.stopped.get(self.sheet.name, 0))]

    @property
    def notices(self) -> list[Fault]:
        """All that concerns the roster as a whole: `remarks` and, after a full reading, `closing_faults`."""
        return [*self.remarks, *self.closing_faults()]

    def _grid_of(self, sheet: str, headings: Headings) -> Grid:
        return Grid.of(self.path.name, sheet, headings.columns, headings.words, since_1904=self.book.since_1904)

    def _open(self, expected: Expected) -> None:
        place = Place(self.path.name, self.sheet.name, self.headings.row)
        faults: list[Fault] = []
        for number, one in enumerate(self._lists):
            faults += self._open_list(number, one)
        self._items.ready()
        faults += expected.faults(self.headings, place, needs_key=bool(self._items.lists))
        if faults:
            raise FileRefused(faults)
        self.remarks += expected.unused(self.headings, place)

    def _open_list(self, number: int, one: ListField) -> Iterator[Fault]:
        """Load a list's own sheet; yield what makes it unusable."""
        visible = {sheet.name.strip(): sheet for sheet in reversed(self.book.sheets) if sheet.visible}
        sheet = next((visible[name] for name in one.sheets if name in visible), None)
        on_main = self.headings.items.get(one.path, {})
        if sheet is not None and sheet != self.sheet:
            expected = owner_columns(one)
            found = expected.find(self.book.rows(sheet))
            grid = self._grid_of(sheet.name, found)
            self._grids[one.path] = grid
            self._load(number, sheet, found, grid)
            if number in self._items.lists or not on_main:
                place = Place(self.path.name, sheet.name, found.row)
                yield from expected.faults(found, place, needs_key=True)
                self.remarks += expected.unused(found, place)
        elif not on_main:
            yield from self._absent(one, hidden=sheet is None)
        elif on_main:
            present = {column.path for column in on_main.values()}
            place = Place(self.path.name, self.sheet.name, self.headings.row)
            for column in one.columns:
                if column.required and one.required and column.path not in present:
                    yield Fault("heading-missing", f"缺少“{column.heading}”列（{one.sheet}），请补上", place)

    def _absent(self, one: ListField, *, hidden: bool) -> Iterator[Fault]:
        """A list that has no sheet: one that is hidden is never left out without a word."""
        hidden = hidden and any(sheet.name.strip() in one.sheets for sheet in self.book.sheets)
        place = Place(self.path.name)
        if one.required:
            wanted = f"工作表“{one.sheet}”已隐藏，没有读取，请取消隐藏" if hidden else f"缺少工作表“{one.sheet}”"
            message = f"{wanted}；每行只有一项时，也可在“{self.sheet.name}”中列出它的各栏"
            yield Fault("sheet-missing", message, place)
        elif hidden:
            message = f"工作表“{one.sheet}”已隐藏，没有读取；要用它，请取消隐藏"
            self.remarks.append(Fault("sheet-hidden", message, place, Severity.WARNING))

    def _load(self, number: int, sheet: Sheet, found: Headings, grid: Grid) -> None:
        merged = Merged(self.book.merges(sheet), found, grid)
        before = ""
        for row in self.book.rows(sheet):
            if row.number <= found.row or not _any_filled(row, grid.columns):
                continue
            key = row.cells.get(found.key)
            owner = key_of(key)
            if plain_text(key).startswith(EXAMPLE):
                continue
            stated = take_part(grid, row.number, row.cells)
            stated.faults += merged.faults(row.number)
            if not owner:
                place = Place(self.path.name, sheet.name, row.number, found.key, OWNER_KEY)
                message = f"没有填写所属序号，请填写它在“{self.sheet.name}”中的序号"
                self._item_faults.append(Fault("item-orphan", message, place))
                self._items.doubt(number, before, row.number)
                continue
            before = owner
            self._items.add(number, owner, Item(row.number, stated.values, stated.faults, stated.notices))

    def _row(self, row: SheetRow, merged: Merged) -> Row | None:
        key = row.cells.get(self.headings.key) if self.headings.key else _first(row.cells)
        if _is_example(key, has_key=bool(self.headings.key)):
            self._tally.see_example(row)
            return None
        owner = key_of(row.cells.get(self.headings.key)) if self._items.lists else ""
        items = self._items.of(owner) if owner else {}
        if not items and not self._holds_data(row):
            self._tally.pass_over(row, self.headings)
            return None
        made = Row(row.number, {}, [], [], self._grid, folder=self.book.folder)
        if _is_total(row.cells):
            place = Place(self.path.name, self.sheet.name, row.number)
            made.faults.append(Fault(TOTAL, "是合计行，不是数据，请删除", place))
            return made
        stated = take_part(self._grid, row.number, row.cells)
        made.values, made.faults, made.notices = stated.values, stated.faults, stated.notices
        made.faults += merged.faults(row.number)
        made.doubts += self._repeats.faults(self._grid, row.number, made.values)
        for group in self._groups:
            _make_group(made.values, group)
        if owner:
            made.faults += self._claim(owner, row.number)
            made.faults += self._doubts(owner, row.number)
        else:
            made.faults += self._nameless(row.number)
        for number, one in enumerate(self._lists):
            self._add_items(made, one, items.get(number, []), row.cells)
        return made

    def _holds_data(self, row: SheetRow) -> bool:
        return _any_filled(row, self.headings.columns) or any(
            _any_filled(row, columns) for columns in self.headings.items.values()
        )

    def _claim(self, owner: str, row: int) -> Iterator[Fault]:
        before = self._items.claim(owner, row)
        if before:
            place = Place(self.path.name, self.sheet.name, row, self.headings.key, KEY)
            yield Fault("key-twice", f"序号“{owner}”与第 {before} 行重复，请改正", place)

    def _nameless(self, row: int) -> Iterator[Fault]:
        """A row without a 序号 has no items, where it needs some."""
        needed = [one.path for number, one in enumerate(self._lists) if one.required and number in self._items.lists]
        if needed:
            sheets = "、".join(f"“{self._grids[path].sheet}”" for path in needed)
            place = Place(self.path.name, self.sheet.name, row, self.headings.key, KEY)
            yield Fault("key-missing", f"没有填写序号，找不到本行在{sheets}中的各项，请填写", place)

    def _doubts(self, owner: str, row: int) -> Iterator[Fault]:
        """Items without an owner below this row's: merged or left blank as "the same", they are most likely its own."""
        for number, first, count in self._items.doubts_of(owner):
            where = (
                f"“{self._grids[self._lists[number].path].sheet}”第 {first} 行{f'等 {count} 行' if count > 1 else ''}"
            )
            place = Place(self.path.name, self.sheet.name, row, self.headings.key, KEY)
            message = f"{where}没有填写所属序号，可能是本行的；请在那里每行填写所属序号（不能合并单元格）"
            yield Fault("item-doubt", message, place)

    def _add_items(self, made: Row, one: ListField, items: list[Item], cells: Mapping[str, Cell]) -> None:
        """Give the row its list: from the list's sheet, or one item from the main sheet."""
        columns = self.headings.items.get(one.path, {})
        stated = Stated()
        if columns:
            words = self.headings.words
            grid = Grid.of(self.path.name, self.sheet.name, columns, words, since_1904=self.book.since_1904)
            stated = take_part(grid, made.number, cells)
            if items and (stated.values or stated.faults):
                message = f"“{one.sheet}”既写在本行，又写在同名工作表中，请只保留一处"
                place = Place(self.path.name, self.sheet.name, made.number, next(iter(columns)), one.sheet)
                made.faults.append(Fault("item-twice", message, place))
            elif stated.values or stated.faults:
                items = [Item(made.number, stated.values, stated.faults, stated.notices)]
                made.item_grids[one.path] = grid
        if not items:
            return
        made.item_grids.setdefault(one.path, self._grids.get(one.path, self._grid))
        made.item_rows[one.path] = [item.row for item in items]
        put(made.values, one.path, [item.values for item in items])
        for item in items:
            made.faults += item.faults
            made.notices += item.notices


def _any_filled(row: SheetRow, columns: Iterable[str]) -> bool:
    """Whether one of the columns holds something in the row."""
    return any(letters in row.cells and not is_blank(row.cells[letters]) for letters in columns)


def _first(cells: Mapping[str, Cell]) -> Cell | None:
    return next(iter(cells.values()), None)


def _is_total(cells: Mapping[str, Cell]) -> bool:
    """Tell a row of sums by the word in one of its first cells (a number may stand before it)."""
    return any(_TOTAL.match(plain_text(cell)) for cell in islice(cells.values(), 3))


def _is_example(key: Cell | None, *, has_key: bool) -> bool:
    """Tell the example row by 示例 in its 序号; where there is no such column, the first cell says only that."""
    text = plain_text(key)
    return text.startswith(EXAMPLE) if has_key else text == EXAMPLE


def _make_group(values: dict[str, Any], path: Iterable[str]) -> None:
    for title in path:
        values = values.setdefault(title, {})
