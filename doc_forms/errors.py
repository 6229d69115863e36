"""What can go wrong, drawn once.

    DocFormsError              anything this product refuses to do, said in Chinese, one line each
    |- UsageRefused            the call itself makes no sense (unknown kind, missing folder): exit status 2
    |- FileRefused             a file from outside is not what it should be, or is not safe to open
    |- TemplateRefused         a template cannot be filled (unknown tag, unclosed tag, tag in an endnote)
    |- DataRefused             facts that cannot be true as typed (not a date, sums that do not add up)
    |- LibraryRefused          a kind's schema or a library folder is not usable
    |- PaperRefused            a finished document did not pass its gates; nothing was written
    |- OutputRefused           the place to write to is full, read-only or held by another program
    `- RecordsRefused          the records cannot be opened, written, or allow what was asked

Every error carries its faults: each says what is wrong, where, and what to do.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any


class Severity(StrEnum):
    """How much a fault weighs: an ERROR refuses, a WARNING is shown and kept, a NOTE informs."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a fault is, in the words of the person who has to mend it. Unknown parts stay empty."""

    file: str = ""
    sheet: str = ""
    row: int = 0
    column: str = ""
    field: str = ""
    part: str = ""
    spot: str = ""

    def __str__(self) -> str:
        """One phrase such as `名册.xlsx 工作表“名册”第 7 行 B 列“出生年月”`."""
        where = ""
        if self.sheet:
            where += f"工作表“{self.sheet}”"
        if self.row:
            where += f"第 {self.row} 行"
        if self.column:
            where += f" {self.column} 列"
        if self.field:
            where += f"“{self.field}”"
        if self.part:
            where += self.part
        if self.spot:
            where += self.spot
        return " ".join(word for word in (self.file, where) if word)

    def to_json(self) -> dict[str, Any]:
        """The parts that are known, for `--json`."""
        return {name: value for name, value in asdict(self).items() if value}


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: a stable code, one Chinese sentence with the remedy, and its place."""

    code: str
    message: str
    place: Place = field(default_factory=Place)
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        """The line a clerk reads: `place：message`."""
        place = str(self.place)
        return f"{place}：{self.message}" if place else self.message

    def to_json(self) -> dict[str, Any]:
        """The same as data, for `--json`."""
        return {
            "code": self.code,
            "severity": self.severity.value,
            "message": self.message,
            "place": self.place.to_json(),
        }


class DocFormsError(Exception):
    """Anything this product refuses to do; `faults` holds every reason found, `str()` their lines."""

    exit_status = 1

    def __init__(self, faults: Fault | Iterable[Fault]) -> None:
        self.faults: Sequence[Fault] = (faults,) if isinstance(faults, Fault) else tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))

    def __reduce__(self) -> tuple[type[DocFormsError], tuple[tuple[Fault, ...]]]:
        """Travels between worker processes whole."""
        return type(self), (tuple(self.faults),)


class UsageRefused(DocFormsError):
    """The call itself makes no sense: an unknown kind, an option that does not go with another."""

    exit_status = 2


class FileRefused(DocFormsError):
    """A file from outside is not what it should be, is damaged, or is not safe to open."""


class TemplateRefused(DocFormsError):
    """A template cannot be filled as it stands."""


class DataRefused(DocFormsError):
    """Facts that cannot be true as they were typed."""


class LibraryRefused(DocFormsError):
    """A library folder, or a kind in it, cannot be used."""


class PaperRefused(DocFormsError):
    """A finished document did not pass its gates; it was not given a name."""


class OutputRefused(DocFormsError):
    """The place to write to is full, read-only, missing, or held open by another program."""


class RecordsRefused(DocFormsError):
    """The records are damaged, foreign, newer, full, read-only or locked, or do not allow what was asked."""
