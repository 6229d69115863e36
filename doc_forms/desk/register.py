"""The register of papers and numbers as the clerk sees it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from doc_forms.errors import Fault
from doc_forms.records import Entry, Number, Records


@dataclass(frozen=True)
class Register:
    """The register of papers and numbers as it stands."""

    entries: Sequence[Entry] = ()
    numbers: Sequence[Number] = ()
    faults: Sequence[Fault] = ()


class RegisterDesk:
    """What can be done with the register; `kept` is False where papers are registered nowhere."""

    def __init__(self, records: Records | None) -> None:
        self._records = records

    @property
    def kept(self) -> bool:
        """Whether papers are registered at all."""
        return self._records is not None

    def look(self) -> Register:
        """Give what the register holds, the newest paper first, and what does not add up there."""
        if self._records is None:
            return Register()
        return Register(self._records.entries()[::-1], self._records.numbers(), self._records.check())
