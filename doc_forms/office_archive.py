"""The verbs of the archive, composed once: archive cases, verify bags."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path

from doc_forms.archive import ArchivedCase, ArchiveOptions, Bag, Verified, Year, archive, verify
from doc_forms.archive.bag import MANIFEST
from doc_forms.archive.verification import DigestOf, bags_in
from doc_forms.archive.year import Progress, no_progress
from doc_forms.library import Library
from doc_forms.records import Entry, Records, entry_id
from doc_forms.registering import PACKAGE_KIND, RecordsChoice

__all__ = ["ArchiveOffice", "ArchiveOptions", "ArchivedCase", "Verified", "Year"]


class ArchiveOffice:
    """The archive of an office: its library of kinds, and the records that keep what was sealed."""

    def __init__(
        self,
        library: Path | None = None,
        records: str | None = None,
        *,
        registers: bool | None = None,
        templates: Path | None = None,
    ) -> None:
        """Open the built-in library, or the office's own.

        records: where the office's records are kept; None is the user's own store.
        registers: whether bags are entered in it (made where it is missing) and looked up in it; False keeps digests
        in the 归档登记 beside the bags only. Where nothing is said, a store that is named is written to.
        templates: the office's own, see `Library`.
        """
        self._library = Library(library, templates)
        registers = records is not None if registers is None else registers
        self._choice = RecordsChoice(records, registers)

    def archive(
        self,
        cases: Sequence[Path],
        out: Path,
        options: ArchiveOptions | None = None,
        progress: Progress = no_progress,
    ) -> Year:
        """Archive cases (or folders of cases) into the folder `out`; see `doc_forms.archive.year.archive`.

        RecordsRefused or OutputRefused where the records cannot be opened: before anything is archived.
        """
        with self._choice.open() or nullcontext():
            pass
        year = archive(self._library, cases, out, options or ArchiveOptions(), progress)
        with self._choice.open() or nullcontext() as records:
            if records:
                _enter(year, records)
        return year

    def verify(self, folders: Sequence[Path], stated: str = "") -> list[Verified]:
        """Verify bags: each folder is one, or holds some (UsageRefused where it does not).

        stated: a digest from a printed catalogue, where one bag is looked at.
        """
        bags = [bag for folder in folders for bag in bags_in(folder)]
        with self._registers() as registers:
            return [verify(bag, stated, registers) for bag in bags]

    @contextmanager
    def _registers(self) -> Iterator[Mapping[str, DigestOf]]:
        if not self._choice.registers or not Records.exists(self._choice.url):
            yield {}  # a look makes no store
            return
        with Records.open(self._choice.url) as records:
            yield {"发文台账": _digests_in(records)}


def _enter(year: Year, records: Records) -> None:
    """Enter what was archived in the register: before and after, so that a stop in between shows."""
    entries = [_entry(case, bag) for case in year.cases if case.folder for bag in case.bags]
    records.begin(entries)
    records.finish([entry.id for entry in entries])


def _entry(case: ArchivedCase, bag: Bag) -> Entry:
    """A bag in the register: its manifest is the file, so that a look at the register finds a rewritten one."""
    if case.folder is None:
        raise AssertionError  # the caller takes no others
    manifest = (case.folder / bag.folder / MANIFEST).absolute()
    sealed = hashlib.sha256(bag.materials_digest.encode()).hexdigest()
    return Entry(
        id=entry_id(PACKAGE_KIND, "", sealed, manifest),
        kind=PACKAGE_KIND,
        title=bag.title,
        path=str(manifest),
        number=bag.numbers,
        date=case.day,
        document_sha256=bag.digest,
        data_sha256=bag.materials_digest,
        case=case.name,
        findings=tuple({"缺件": gap} for gap in bag.gaps),
    )


def _digests_in(records: Records) -> DigestOf:
    """Ask the register for a bag by its place; the last entry counts."""
    kept = {entry.path: entry.document_sha256 for entry in records.entries(kind=PACKAGE_KIND)}
    return lambda bag: kept.get(str((bag / MANIFEST).absolute()))
