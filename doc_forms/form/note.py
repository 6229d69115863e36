"""What the Excel roster and the window need to know of a field type: its cells, its choices, its hint."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

CellRule = Literal["text", "number", "date", "code"]
"""How an Excel cell may hold the value.

`text`: a number is taken as it is shown; `number`: numbers are meant; `date`: text or a true date,
never a bare number (1975.1 is January or October); `code`: text only (Excel alters long numbers).
"""


@dataclass(frozen=True, slots=True)
class TypeNote:
    """The notes of one field type; stands in the type's `Annotated` metadata."""

    name: str
    """What the clerk calls this type, e.g. 年月."""
    hint: str = ""
    """How to write it, e.g. 如 1978.03."""
    cell: CellRule = "text"
    choices: tuple[str, ...] = ()
    """The allowed values in the order of the list, where there is a list."""
    day: bool = False
    """A full calendar day is wanted; a month alone is not enough."""
    long: bool = False
    """May run over several lines."""
    private: bool = False
    """Its value is never shown in a message, a log or a file name."""
    picture: bool = False
    """A picture: a template shows it in the place of one of its own, never as text."""
