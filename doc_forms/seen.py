"""What went by before, found in little memory."""

from __future__ import annotations

from array import array

_SMALLEST = 1 << 10
_LARGEST = (1 << 64) - 1


class Seen:
    """Notes numbers (64 bits), each with the row where it was first.

    An open table of plain numbers, 12 bytes a place and never more than two thirds full: a set of Python's own objects
    would hold as much memory at 40,000 rows as all the rest of a reading.
    """

    def __init__(self) -> None:
        """Nothing was seen yet."""
        self._numbers, self._rows = _table(_SMALLEST)
        self._count = 0

    def before(self, number: int, row: int) -> int:
        """Give the row that had this number first; 0 where this one is the first, and it is noted. Rows are from 1."""
        number = number & _LARGEST or 1  # 0 is an empty place
        place = self._place(number)
        if self._numbers[place]:
            return self._rows[place]
        self._numbers[place], self._rows[place] = number, row
        self._count += 1
        if 3 * self._count > 2 * len(self._numbers):
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
    return array("Q", [0]) * size, array("I", [0]) * size
