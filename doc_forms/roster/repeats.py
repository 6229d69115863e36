"""Identity numbers that stand in more than one row of a roster."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from doc_forms.errors import Fault, Severity
from doc_forms.form import IDENTITY_NOTE
from doc_forms.roster.layout import Column
from doc_forms.roster.rows import Grid
from doc_forms.seen import Seen

_NUMBER = re.compile(r"\d{17}[\dXxＸｘ]")
_DIGITS = 17


class Repeats:
    """Notes the identity numbers of the rows that go by; the last digit is a check digit and decides nothing."""

    def __init__(self, columns: Iterable[Column]) -> None:
        self._paths = [column.path for column in columns if column.spec.note == IDENTITY_NOTE]
        self._seen = Seen()

    def faults(self, grid: Grid, row: int, values: dict[str, object]) -> Iterator[Fault]:
        """Yield a WARNING for each identity number of a row that an earlier row has too."""
        for path in self._paths:
            number = _number(values, path)
            before = self._seen.before(number, row) if number else 0
            if before:
                message = f"与第 {before} 行重复，请核对；确是同一人另有一份的，不必改"
                yield Fault("identity-twice", message, grid.place(row, path), Severity.WARNING)


def _number(values: dict[str, object], path: tuple[str, ...]) -> int:
    value: object = values
    for title in path:
        value = value.get(title) if isinstance(value, dict) else None
    text = re.sub(r"\s", "", value) if isinstance(value, str) else ""
    return int(text[:_DIGITS]) if _NUMBER.fullmatch(text) else 0
