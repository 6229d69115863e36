"""Identity numbers that stand in more than one row of a roster, found in little memory."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator

from doc_forms.errors import Fault, Severity
from doc_forms.form import IDENTITY_NOTE
from doc_forms.roster.layout import Column
from doc_forms.roster.rows import Grid

_NUMBER = re.compile(r"\d{17}[\dXxＸｘ]")
_DIGITS = 17
_SMALLEST = 1 << 10


class Repeats:
    """Notes the identity numbers of the rows that go by; the last digit is a check digit and decides nothing.

    An open table of plain numbers, 12 bytes a place and never more than half full: a set of Python's own objects
    would hold as much memory at 40,000 rows as all the rest of the reading.
    """

    def __init__(self, columns: Iterable[Column]) -> None:
        self._paths = [column.path for column in columns if column.spec.note == IDENTITY_NOTE]
        self._numbers, self._rows = _table(_SMALLEST)
        self._count = 0

    def faults(self, grid: Grid, row: int, values: dict[str, object]) -> Iterator[Fault]:
        """Yield a WARNING for each identity number of a row that an earlier row has too."""
        for path in self._paths:
            number = _number(values, path)
            before = self._seen(number, row) if number else 0
            if before:
                message = f"与第 {before} 行重复，请核对；确是同一人另有一份的，不必改"
                yield Fault("identity-twice", message, grid.place(row, path), Severity.WARNING)

    def _seen(self, number: int, row: int) -> int:
        """Give the row that had this number first; 0 where this one is the first."""
        place = self._place(number)
        if self._numbers[place]:
            return self._rows[place]
        self._numbers[place], self._rows[place] = number, row
        self._count += 1
        if 2 * self._count > len(self._numbers):
            self._grow()
        return 0

    def _place(self, number: int) -> int:
        last = len(self._numbers) - 1
        place = number * 0x9E3779B97F4A7C15 >> 20 & last  # spreads numbers that differ in their last digits only
        while self._numbers[place] not in {0, number}:
            place = place + 1 & last
        return place

    def _grow(self) -> None:
        numbers, rows = self._numbers, self._rows
        self._numbers, self._rows = _table(2 * len(numbers))
        for number, row in zip(numbers, rows, strict=True):
            if number:
                place = self._place(number)
                self._numbers[place], self._rows[place] = number, row


def _table(size: int) -> tuple[array[int], array[int]]:
    return array("Q", [0]) * size, array("L", [0]) * size


def _number(values: dict[str, object], path: tuple[str, ...]) -> int:
    value: object = values
    for title in path:
        value = value.get(title) if isinstance(value, dict) else None
    text = re.sub(r"\s", "", value) if isinstance(value, str) else ""
    return int(text[:_DIGITS]) if _NUMBER.fullmatch(text) else 0
