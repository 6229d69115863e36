"""One row of a roster: its values keyed by title, and the place of each of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path as Folder
from typing import Any, TypeVar

from doc_forms.errors import DataRefused, Fault, Place, Severity
from doc_forms.form import Part
from doc_forms.form.reading import Path, read
from doc_forms.roster.cells import CellRefused, take
from doc_forms.roster.layout import Column, without_lists
from doc_forms.roster.sheets import Cell

P = TypeVar("P", bound=Part)
TOTAL = "row-total"
"""The code of a row that is a sum, not data: nothing else of it is worth saying."""


@dataclass(frozen=True, slots=True)
class Grid:
    """The columns of one sheet, by letter and by path."""

    file: str
    sheet: str
    columns: Mapping[str, Column]
    letters: Mapping[tuple[str, ...], str]
    since_1904: bool = False
    words: Mapping[str, str] = field(default_factory=dict)
    """The headings as they stand in the sheet, by letter."""

    @classmethod
    def of(
        cls, file: str, sheet: str, columns: Mapping[str, Column], words: Mapping[str, str], *, since_1904: bool
    ) -> Grid:
        """Make the grid of a sheet's columns."""
        letters = {column.path: letter for letter, column in columns.items()}
        return cls(file, sheet, columns, letters, since_1904, {letter: words[letter] for letter in columns})

    def place(self, row: int, path: tuple[str, ...]) -> Place:
        """Give the place of a field in a row, named as its column is headed; a group is where its first column is."""
        letters = self.letters.get(path, "")
        if letters:
            return Place(self.file, self.sheet, row, letters, self.words[letters])
        inner = (letter for known, letter in self.letters.items() if known[: len(path)] == path)
        return Place(self.file, self.sheet, row, next(inner, ""), ".".join(path))


@dataclass(slots=True)
class Stated:
    """The values of one part as its cells state them, with what is wrong and what was made regular."""

    values: dict[str, Any] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    notices: list[Fault] = field(default_factory=list)


def take_part(grid: Grid, row: int, cells: Mapping[str, Cell]) -> Stated:
    """Give the values of the cells that stand in the grid's columns."""
    made = Stated()
    for letters, column in grid.columns.items():
        cell = cells.get(letters)
        if cell is None:
            continue
        try:
            taken = take(cell, column.spec, since_1904=grid.since_1904)
        except CellRefused as refused:
            made.faults.append(Fault(refused.code, str(refused), grid.place(row, column.path)))
            continue
        if taken.value is not None:
            put(made.values, column.path, taken.value)
        if taken.regular:
            place = grid.place(row, column.path)
            made.notices.append(Fault("cell-regular", f"已规整：{taken.regular}", place, Severity.NOTE))
    return made


def put(values: dict[str, Any], path: Iterable[str], value: Any) -> None:
    """Set a value at a path of titles, making the groups on the way."""
    *groups, last = path
    for group in groups:
        values = values.setdefault(group, {})
    values[last] = value


@dataclass(slots=True)
class Row:
    """One row of the main sheet with the items that belong to it; travels between processes."""

    number: int
    """The row's number in Excel, on the main sheet."""
    values: dict[str, Any]
    """Values keyed by title, as `doc_forms.form.reading.read` takes them."""
    faults: list[Fault]
    """What is wrong with single cells: ERRORs, each at its place."""
    notices: list[Fault]
    """What was made regular: NOTEs."""
    main: Grid
    doubts: list[Fault] = field(default_factory=list)
    """What only the rows before it show: WARNINGs."""
    item_grids: dict[tuple[str, ...], Grid] = field(default_factory=dict)
    item_rows: dict[tuple[str, ...], list[int]] = field(default_factory=dict)
    """For each list, the row of each of its items on the sheet of `item_grids`."""
    folder: Folder | None = None
    """Where the roster lies, and with it the files that it names."""

    def locate(self, path: Path) -> Place:
        """Give file, sheet, row, column and title of the value at a path."""
        titles, number, rest = without_lists(path)
        rows = self.item_rows.get(titles)
        if number is None or rows is None or number >= len(rows):
            return self.main.place(self.number, titles)
        return self.item_grids[titles].place(rows[number], rest)

    def read(self, form: type[P]) -> tuple[P, list[Fault]]:
        """Make the form; give it with its warnings.

        Raises DataRefused with every fault of the row, those of the cells first. A field whose cell was
        refused is not reported again as missing.
        """
        if any(fault.code == TOTAL for fault in self.faults):
            raise DataRefused(self.faults)
        try:
            made, warnings = read(form, self.values, self.locate, self.folder)
        except DataRefused as refused:
            known = {fault.place for fault in self.faults}
            more = [fault for fault in refused.faults if fault.place not in known]
            raise DataRefused([*self.faults, *more, *self.doubts]) from None
        if self.faults:
            raise DataRefused([*self.faults, *self.doubts])
        return made, [*self.doubts, *warnings]


@dataclass(frozen=True, slots=True)
class RowResult:
    """What became of one row: `已生成`, `有误：…`, `已有，未重做`; its file; its faults, each at its cell."""

    row: int
    status: str
    file_name: str = ""
    faults: tuple[Fault, ...] = field(default=())
