"""Material that a regulation wants kept: what it is, which article asks for it, and what makes it there.

Knows no particular regulation and no particular case.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Applies = Callable[[Any, str], bool]
"""Asked with the case and the name of the person ("" where the material belongs to the whole case)."""


def always(_case: Any, _person: str) -> bool:
    """Say that the material is required in every case."""
    return True


def never(_case: Any, _person: str) -> bool:
    """Say that the material is kept where there is some, and missed nowhere."""
    return False


@dataclass(frozen=True)
class Material:
    """One named item of the archive, in the order of the catalogue."""

    title: str
    """The name under which a clerk adds a file, no two alike and none the beginning of another."""
    articles: tuple[int, ...]
    """The articles that ask for it, the one that says so first."""
    kinds: tuple[str, ...] = ()
    """Stems of the kinds of paper that are this material; none: only what a clerk adds is."""
    filled: tuple[str, ...] = ()
    """Titles of fields without which such a paper is a blank sheet, and no record yet."""
    dated: tuple[str, ...] = ()
    """Titles of the fields that say when such a paper was made; the first that is filled counts."""
    of_person: bool = True
    """False where it belongs to the whole case."""
    required: Applies = always
    by_person: bool = False
    """Whether a file of it that a clerk adds was written by the person whom it is about."""
    personal: bool = False
    """Whether it also goes into the personal file of somebody who was appointed."""


@dataclass(frozen=True)
class Handed:
    """What the case says of material that was handed over: its date as 8 digits, its pages (0: not said)."""

    title: str
    person: str
    dated: str
    pages: int
