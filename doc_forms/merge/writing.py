"""Writes a chunk of spooled papers, each gated and saved whole; they have no names yet. Runs in any process."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from doc_forms.errors import Fault, OutputRefused, PaperRefused
from doc_forms.files import Batch, Unnamed
from doc_forms.making import Draft, Maker
from doc_forms.merge.spool import SpooledRow, read_rows
from doc_forms.placing import DOCUMENT, place
from doc_forms.records import Entry
from doc_forms.registering import PaperEntries


@dataclass(frozen=True, slots=True)
class Made:
    """What came of one row: the document that holds it and whether it was newly written, or why there is none."""

    row: int
    planned: str
    file: str = ""
    written: bool = False
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """A chunk of papers on the disk that have not got their names yet."""

    made: list[Made]
    unnamed: list[Unnamed]
    entries: list[Entry]
    """What the register is to hold of them."""
    refused: OutputRefused | None = None
    """Why the rest of the chunk could not be written."""


Recipe = tuple[tuple[Path, str, Path], Path, bool]
"""What another process needs to open the same writer: the maker's recipe, the folder, whether papers are registered."""


class Writer:
    """Writes papers of one maker into one folder."""

    def __init__(self, maker: Maker, folder: Path, *, registers: bool) -> None:
        """Take what it needs. registers: whether entries for the register are wanted."""
        self._maker, self._folder = maker, folder
        self._entries = PaperEntries(maker, folder) if registers else None

    @property
    def recipe(self) -> Recipe:
        """What another process needs to open the same writer."""
        return self._maker.recipe, self._folder, self._entries is not None

    @classmethod
    def from_recipe(cls, recipe: Recipe) -> Writer:
        """Open a writer in another process."""
        maker, folder, registers = recipe
        return cls(Maker.from_recipe(maker), folder, registers=registers)

    def write(self, spool: Path, offsets: Sequence[int]) -> Written:
        """Make a chunk of papers; when the disk takes no more, those that are whole still count."""
        made: list[Made] = []
        entries: list[Entry] = []
        refused = None
        try:
            with Batch(self._folder) as batch:
                try:
                    for row in read_rows(spool, offsets):
                        if row.draft:
                            made.append(self._write_row(row, row.draft, batch, entries))  # noqa: PERF401 - counts when one fails
                except OutputRefused as error:
                    refused = error
                return Written(made, batch.hand_over(), entries, refused)
        except OutputRefused as error:
            return Written([], [], [], error)

    def _write_row(self, row: SpooledRow, draft: Draft, batch: Batch, entries: list[Entry]) -> Made:
        try:
            data = self._maker.make(draft)
        except PaperRefused as error:
            return Made(row.number, draft.name, faults=tuple(error.faults))
        files = place(batch, draft, data, self._maker.sha256(data))
        if self._entries:
            entries += self._entries.of(draft, files)
        document = files[DOCUMENT]
        return Made(row.number, draft.name, document.file, document.written)


_writer: Writer | None = None


def start_worker(writer: Writer | Recipe) -> None:
    """Take the writer, or its recipe: once in each worker, before `write_in_worker`."""
    global _writer  # noqa: PLW0603 - the one thing a worker keeps between chunks
    _writer = writer if isinstance(writer, Writer) else Writer.from_recipe(writer)


def write_in_worker(spool: Path, offsets: Sequence[int]) -> Written:
    """Do as `Writer.write` does, with the writer that this worker has."""
    assert _writer is not None  # noqa: S101 - set by start_worker
    return _writer.write(spool, offsets)
