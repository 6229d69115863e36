"""The verbs of the archive, composed once: archive cases, verify bags."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path

from doc_forms.archive import ArchivedCase, ArchiveOptions, Bag, Verified, Year, archive
from doc_forms.archive.bag import MANIFEST
from doc_forms.archive.verification import DigestOf, verify_folder
from doc_forms.archive.year import Progress, no_progress
from doc_forms.library import Library
from doc_forms.records import Entry, Records, entry_id
from doc_forms.records.choice import RecordsChoice
from doc_forms.registering import PACKAGE_KIND

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
        with self._choice.when_needed() as opened:  # not before there are other processes: they must not share it
            return archive(
                self._library, cases, out, options or ArchiveOptions(), progress, lambda case: _enter(case, opened())
            )

    def verify(self, folders: Sequence[Path], stated: str = "") -> list[Verified]:
        """Verify bags: each folder is one, or holds some (UsageRefused where it does not and did not).

        stated: a digest from a printed catalogue, where one bag is looked at.
        """
        with self._registers() as registers:
            return [one for folder in folders for one in verify_folder(folder, stated, registers)]

    @contextmanager
    def _registers(self) -> Iterator[Mapping[str, DigestOf]]:
        if not self._choice.registers or not Records.exists(self._choice.url):
            yield {}  # a look makes no store
            return
        with Records.look(self._choice.url) as records:
            yield {"发文台账": _digests_in(records)}


def _enter(case: ArchivedCase, records: Records | None) -> None:
    """Enter a case that was archived in the register: before and after, so that a stop in between shows."""
    entries = [_entry(case, bag) for bag in case.bags] if case.folder else []
    if records and entries:
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
    """Ask the register for a bag by its place, else by what it is: bags are carried to other disks and made anew."""
    entries = records.entries(kind=PACKAGE_KIND)
    by_place = {entry.path: entry.document_sha256 for entry in entries}
    by_name = {(entry.number, entry.title): entry.document_sha256 for entry in entries}
    digests = {entry.document_sha256 for entry in entries}

    def kept(one: Verified) -> str | None:
        placed = by_place.get(str((one.bag / MANIFEST).absolute()))
        if placed is None and one.digest in digests:
            return one.digest
        return placed or by_name.get((one.number, one.title))

    return kept
