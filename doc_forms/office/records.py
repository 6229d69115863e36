"""The verbs of the office on its records: the register of papers, document numbers, backup, restore, check."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from doc_forms.errors import Fault, Place, RecordsRefused, UsageRefused
from doc_forms.records import Entry, Number, NumberState, Records, parse_number

__all__ = ["Entry", "Number", "OfficeRecords"]


class OfficeRecords:
    """The records at one address; each verb opens them, does its one thing, and lets them go."""

    def __init__(self, url: str | None = None) -> None:
        """Take an address: None is the user's own store; see `Records.open`."""
        self._url = url

    def _present(self) -> Records:
        """Open the records for a look: named ones that are not there are a slip of the pen, and never made by it."""
        if self._url is not None and not Records.exists(self._url):
            message = "这里还没有台账；请检查 --records（或 DOC_FORMS_RECORDS）所指的位置，第一次登记或取号时才建立"
            raise RecordsRefused(Fault("records-missing", message, Place(file=self._url)))
        return Records.look(self._url)

    def papers(self, **filters: Any) -> list[Entry]:
        """Give the register's entries; filters: kind, person, case, year, number."""
        with self._present() as records:
            return records.entries(**filters)

    def check(self) -> list[Fault]:
        """Give what does not add up; see `Records.check`."""
        with self._present() as records:
            return records.check()

    def backup(self, file: Path) -> Path:
        """Write a backup to a new file; see `Records.backup`."""
        with self._present() as records:
            return records.backup(file)

    def restore(self, file: Path, *, replace: bool = False) -> Path | None:
        """Put a backup in the store's place; give where a replaced store was kept; see `Records.restore`."""
        return Records.restore(file, self._url, replace=replace)

    def reserve(self, prefix: str, year: int, for_what: str, first: int | None = None) -> Number:
        """Take the next number; first: begin a new sequence there, where earlier ones were given by hand."""
        with Records.open(self._url) as records:
            if first is not None:
                records.start(prefix, year, first)
            return records.reserve(prefix, year, for_what)

    def issue(self, number: str, entry: str = "") -> Number:
        """Give a reserved number, as written, to a paper of the register or (empty) to one made by hand."""
        with Records.open(self._url) as records:
            return records.issue(_parsed(number), entry)

    def void(self, number: str, reason: str) -> Number:
        """Make a number, as written, void for good, with the reason."""
        with Records.open(self._url) as records:
            return records.void(_parsed(number), reason)

    def numbers(self, prefix: str | None = None, year: int | None = None, *, open_only: bool = False) -> list[Number]:
        """Give numbers in order; open_only: those that are reserved and neither issued nor void."""
        with self._present() as records:
            found = records.numbers(prefix, year)
        return [number for number in found if not open_only or number.state is NumberState.RESERVED]


def _parsed(text: str) -> Number:
    parts = parse_number(text)
    if parts is None:
        message = f"“{text}”不是文号，应写作 示院委〔2026〕28号"
        raise UsageRefused(Fault("number-text", message))
    return Number(*parts)
