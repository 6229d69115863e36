"""Finds the heading row of a sheet and tells which column holds which field."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from doc_forms.errors import Fault, Place, Severity
from doc_forms.form import Part
from doc_forms.roster.layout import (
    FILE_NAME,
    KEY,
    OWNER_KEY,
    RESULT,
    SYNONYMS,
    Column,
    ListField,
    columns_of,
    lists_of,
    plain,
)
from doc_forms.roster.sheets import SheetRow

ROWS_SEARCHED = 10
_CLOSE = 0.6
_LONGEST_SHOWN = 30


@dataclass(frozen=True, slots=True)
class Target:
    """What a heading stands for: a column of the sheet's own part, or of a list (`list_path`)."""

    column: Column
    list_path: tuple[str, ...] = ()


@dataclass(slots=True)
class Headings:
    """The heading row as it was understood; columns by letter."""

    row: int = 0
    key: str = ""
    """The letter of 序号 or 所属序号, "" where there is none."""
    words: dict[str, str] = field(default_factory=dict)
    """The headings as they stand in the sheet, on one line, by letter."""
    columns: dict[str, Column] = field(default_factory=dict)
    items: dict[tuple[str, ...], dict[str, Column]] = field(default_factory=dict)
    """Columns of a list's items that stand on the main sheet, by the list's path."""
    results: dict[str, str] = field(default_factory=dict)
    """Letters of the columns that an earlier receipt added, by heading."""
    unknown: dict[str, str] = field(default_factory=dict)
    twice: list[tuple[str, str]] = field(default_factory=list)
    """Headings that stand twice, each with the letter of its second column."""

    @property
    def matched(self) -> int:
        """How many headings were understood."""
        return len(self.columns) + sum(map(len, self.items.values()))


class Expected:
    """The headings that a sheet may have."""

    def __init__(
        self, columns: Iterable[Column], lists: Iterable[ListField] = (), key: str = KEY, *, loose: bool = False
    ) -> None:
        self.key = key
        self.columns = tuple(columns)
        self.lists = tuple(lists)
        self._targets = {plain(column.heading): Target(column) for column in self.columns}
        if loose:
            bare = Counter(column.path[-1] for column in self.columns)
            alone = [column for column in self.columns if bare[column.path[-1]] == 1]
            self._targets = {plain(column.path[-1]): Target(column) for column in alone} | self._targets
        for name, target in self._list_targets():
            self._targets.setdefault(name, target)

    @classmethod
    def on_main_sheet(cls, part: type[Part], *, loose: bool = False) -> Expected:
        """The headings of a form's main sheet; loose: groups' fields by their own titles, too, where these are one."""
        return cls(columns_of(part), lists_of(part), loose=loose)

    def _list_targets(self) -> Iterator[tuple[str, Target]]:
        """Columns of list items: by `列表.字段` always, by `字段` alone where no two lists share it."""
        bare = Counter(plain(column.heading) for one in self.lists for column in one.columns)
        for one in self.lists:
            for column in one.columns:
                target, name = Target(column, one.path), plain(column.heading)
                yield plain(".".join((*one.path, column.heading))), target
                if bare[name] == 1:
                    yield name, target

    def find(self, rows: Iterable[SheetRow]) -> Headings:
        """Give the row that states most headings, among the first rows of a sheet."""
        best = Headings()
        for row in islice(rows, ROWS_SEARCHED):
            found = self._understand(row)
            if found.matched > best.matched:
                best = found
        return best

    def _understand(self, row: SheetRow) -> Headings:
        texts = {letters: str(cell.value) for letters, cell in row.cells.items() if cell.kind == "text"}
        found = Headings(row.number, words={letters: _written(text) for letters, text in texts.items()})
        present = {plain(text) for text in texts.values()}
        taken: set[str] = set()
        for letters, text in texts.items():
            name = self._name(plain(text), present)
            if name in taken:
                found.twice.append((name, letters))
            elif self._place(found, letters, name, text):
                taken.add(name)
        return found

    def _name(self, name: str, present: set[str]) -> str:
        """The heading itself, or the one it is a synonym of where that one is expected and absent."""
        if name in self._targets or name == self.key:
            return name
        group, dot, last = name.rpartition(".")
        known = plain(group + dot + SYNONYMS.get(last, last))
        return known if (known in self._targets or known == self.key) and known not in present else name

    def _place(self, found: Headings, letters: str, name: str, text: str) -> bool:
        """Note what the column holds; False for a heading that nothing is known of."""
        target = self._targets.get(name)
        if name == self.key:
            found.key = letters
        if target is not None and target.list_path:
            found.items.setdefault(target.list_path, {})[letters] = target.column
        elif target is not None:
            found.columns[letters] = target.column
        elif name in (RESULT, FILE_NAME):
            found.results[name] = letters
        elif name and name != self.key:
            found.unknown[letters] = text
            return False
        return True

    def faults(self, found: Headings, place: Place, *, needs_key: bool) -> Iterator[Fault]:
        """Yield what makes the sheet unusable: missing and doubled headings."""
        for name, letters in found.twice:
            spot = Place(place.file, place.sheet, found.row, letters)
            yield Fault("heading-twice", f"有两列“{name}”，请删去一列或改名", spot)
        if needs_key and not found.key:
            yield Fault("heading-missing", f"缺少“{self.key}”列，无法与各表对应，请补上", place)
        present = {column.path for column in found.columns.values()}
        for column in self.columns:
            if column.required and column.path not in present:
                yield Fault("heading-missing", f"缺少“{column.heading}”列{_hint(column, found)}", place)

    def unused(self, found: Headings, place: Place) -> Iterator[Fault]:
        """Yield one NOTE that lists the columns that were not understood."""
        if not found.unknown:
            return
        present = {column.path for column in found.columns.values()}
        missing = [column.heading for column in self.columns if column.path not in present]
        words = []
        for letters, text in found.unknown.items():
            shown = "".join(text.split())[:20]
            close = difflib.get_close_matches(plain(text), missing, n=1, cutoff=_CLOSE)
            words.append(f"{letters} 列“{shown}”" + (f"（是否应为“{close[0]}”？）" if close else ""))
        yield Fault("heading-unknown", f"以下各列没有用到：{'、'.join(words)}", place, Severity.NOTE)


def _written(heading: str) -> str:
    """A heading as a message shows it: on one line, without the star of a required column, a very long one cut."""
    text = "".join(heading.split()).strip("*＊")
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"


def _hint(column: Column, found: Headings) -> str:
    close = difflib.get_close_matches(column.path[-1], map(plain, found.unknown.values()), n=1, cutoff=_CLOSE)
    return f"；若“{close[0]}”即是，请改为“{column.heading}”" if close else "，请补上"


def owner_columns(one: ListField) -> Expected:
    """The headings of a list's own sheet."""
    return Expected(one.columns, key=OWNER_KEY)
