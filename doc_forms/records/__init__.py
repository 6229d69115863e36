"""The records: cases with every revision, the register of papers (发文台账), document numbers (发文字号).

with Records.open() as records:
    number = records.reserve("示院委", 2026, "任职通知")

Importing this costs nothing; SQLAlchemy is loaded when a store is opened.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from doc_forms.errors import Fault
from doc_forms.records.values import (
    Away,
    CaseRecord,
    Change,
    Draft,
    Entry,
    EntryState,
    Event,
    Number,
    NumberState,
    Revision,
    WorkingCase,
    WorkingLine,
    data_digest,
    entry_id,
    lists_after,
    parse_number,
)

if TYPE_CHECKING:
    from doc_forms.records.store import Clock, Store
    from doc_forms.records.working import WorkingCases

__all__ = [
    "Away",
    "CaseRecord",
    "Change",
    "Draft",
    "Entry",
    "EntryState",
    "Event",
    "Number",
    "NumberState",
    "Records",
    "Revision",
    "WorkingCase",
    "WorkingLine",
    "data_digest",
    "entry_id",
    "lists_after",
    "parse_number",
]

# ruff: noqa: PLC0415 - every verb loads its own part: see above


class Records:
    """An open store. Every verb is one transaction: when it returns, what it did outlives the process.

    Any verb raises RecordsRefused where the store is full, read-only, damaged or held by another program.
    May be used by several threads.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    @classmethod
    def open(
        cls,
        url: str | None = None,
        *,
        clock: Clock | None = None,
        who: str | None = None,
        patience: float | None = None,
    ) -> Self:
        """Open a store, and make it where there is none; an earlier version is brought forward, with a backup first.

        url: None is a file in the user's data folder; else a path, sqlite:///PATH or postgresql+psycopg://….
        clock: gives the time (with its offset); who: the user's name; patience: seconds to wait for another
        writer. Raises UsageRefused, RecordsRefused or OutputRefused, a line each.
        """
        from doc_forms.records import keeping, store

        return cls(
            store.open_store(
                url,
                clock=clock or store.now,
                who=who,
                patience=store.PATIENCE if patience is None else patience,
                before_migration=keeping.backup_before_migration,
            )
        )

    @classmethod
    def look(cls, url: str | None = None) -> Self:
        """Open a store to read it: also one on a read-only disk or in a read-only folder, where `open` refuses.

        What writes is refused there (RecordsRefused). Else as `open`.
        """
        from doc_forms.records import keeping, store

        return cls(store.look_into(url, before_migration=keeping.backup_before_migration))

    @classmethod
    def exists(cls, url: str | None = None) -> bool:
        """Whether there is a store to write to without making one: the file is there, or a server is named.

        UsageRefused for an address that is none.
        """
        from doc_forms.records.store import file_of, parse_address

        file = file_of(parse_address(url))
        return file is None or file.exists()

    @property
    def where(self) -> str:
        """The store's path, or the server's address without its password."""
        return self._store.where

    def close(self) -> None:
        """Let go of the store."""
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # Cases

    def save_case(self, name: str, data: Mapping[str, Any], note: str = "", *, based_on: int | None = None) -> Revision:
        """Keep a case as a new revision and say what it changed; the same data again make none.

        based_on: the revision that was edited; RecordsRefused where another one has come since.
        """
        from doc_forms.records import cases

        return cases.save_case(self._store, name, data, note, based_on)

    def case(self, name: str, revision: int | None = None) -> CaseRecord:
        """Give a case as its latest revision, or another, has it (RecordsRefused where there is none)."""
        from doc_forms.records import cases

        return cases.case(self._store, name, revision)

    def cases(self) -> list[str]:
        """Give the names of all cases."""
        from doc_forms.records import cases

        return cases.cases(self._store)

    def revisions(self, name: str) -> list[Revision]:
        """Give the revisions of a case, the first one first."""
        from doc_forms.records import cases

        return cases.revisions(self._store, name)

    def save_draft(self, case: str, path: str, value: Any) -> None:
        """Keep what was typed into one field (any JSON value)."""
        from doc_forms.records import cases

        cases.save_draft(self._store, case, path, value)

    def drafts(self, case: str) -> dict[str, Draft]:
        """Give what was typed and not yet saved as a revision, by path."""
        from doc_forms.records import cases

        return cases.drafts(self._store, case)

    def clear_drafts(self, case: str) -> None:
        """Forget the drafts of a case."""
        from doc_forms.records import cases

        cases.clear_drafts(self._store, case)

    @property
    def working(self) -> WorkingCases:
        """The cases that are worked on in the window, each field kept as it is typed."""
        from doc_forms.records.working import WorkingCases

        return WorkingCases(self._store)

    # The register

    def begin(self, entries: Sequence[Entry]) -> None:
        """Enter papers before their files get their names; one that is entered as made stays as it is."""
        from doc_forms.records import register

        register.begin(self._store, entries)

    def finish(self, entries: Iterable[Entry | str]) -> None:
        """Note that files have their names: an id, or the entry with the path and sha256 that it has now."""
        from doc_forms.records import register

        register.finish(self._store, entries)

    def fail(self, ids: Iterable[str]) -> None:
        """Note that papers were not made after all."""
        from doc_forms.records import register

        register.fail(self._store, ids)

    def entries(  # noqa: PLR0913 - one filter each
        self,
        kind: str | None = None,
        person: str | None = None,
        case: str | None = None,
        year: int | None = None,
        *,
        number: str | None = None,
        document_sha256: str | None = None,
        data_sha256: str | None = None,
    ) -> list[Entry]:
        """Give the entries that meet every filter, in the order they were made.

        year: of the paper's own date, or of the day it was made.
        """
        from doc_forms.records import register

        return register.entries(
            self._store,
            kind=kind,
            person=person,
            case=case,
            year=year,
            number=number,
            document_sha256=document_sha256,
            data_sha256=data_sha256,
        )

    # Document numbers

    def reserve(self, prefix: str, year: int, for_what: str) -> Number:
        """Give the next number of a sequence to this caller alone; 1 is the first unless `start` says other."""
        from doc_forms.records import numbers

        return numbers.reserve(self._store, prefix, year, for_what)

    def start(self, prefix: str, year: int, first: int) -> None:
        """Begin a sequence at `first`, where earlier numbers were given by hand (RecordsRefused once in use)."""
        from doc_forms.records import numbers

        numbers.start(self._store, prefix, year, first)

    def issue(self, number: Number, entry_id: str = "") -> Number:
        """Give a reserved number to a paper (empty: one made by hand). RecordsRefused where it is not reserved."""
        from doc_forms.records import numbers

        return numbers.issue(self._store, number, entry_id)

    def void(self, number: Number, reason: str) -> Number:
        """Make a number void for good, reserved or issued, with the reason (RecordsRefused without one)."""
        from doc_forms.records import numbers

        return numbers.void(self._store, number, reason)

    def numbers(self, prefix: str | None = None, year: int | None = None) -> list[Number]:
        """Give numbers in order, each with its history."""
        from doc_forms.records import numbers

        return numbers.numbers(self._store, prefix, year)

    def gaps(self, prefix: str, year: int) -> list[Number]:
        """Give the numbers that no paper bears; `explanation` says why, empty where nothing does."""
        from doc_forms.records import numbers

        return numbers.gaps(self._store, prefix, year)

    # Keeping

    def check(self) -> list[Fault]:
        """Give what does not add up: the database, papers missing or edited, work cut short, numbers left open."""
        from doc_forms.records import checks

        return checks.check(self._store)

    def backup(self, path: Path) -> Path:
        """Write the store to a file that is not there yet, whole or not at all, while others may go on writing."""
        from doc_forms.records import keeping

        return keeping.backup(self._store, path)

    @classmethod
    def restore(cls, path: Path, url: str | None = None, *, replace: bool = False) -> Path | None:
        """Put a backup in a store's place; give where the replaced store was kept, None where there was none.

        Refuses (RecordsRefused) to replace a store unless `replace`; FileRefused where `path` is no sound backup.
        """
        from doc_forms.records import keeping

        return keeping.restore(path, url, replace=replace)
