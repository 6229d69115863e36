"""Writes a chunk of spooled papers, each gated and saved whole; they have no names yet. Runs in any process."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from doc_forms.errors import Fault, OutputRefused, PaperRefused
from doc_forms.files import Batch, Unnamed
from doc_forms.making import Draft, Maker
from doc_forms.merge.spool import SpooledRow, read_rows
from doc_forms.placing import DOCUMENT, Files, place


@dataclass(frozen=True, slots=True)
class Made:
    """What came of one row: the document that holds it and whether it was newly written, or why there is none."""

    row: int
    planned: str
    file: str = ""
    written: bool = False
    faults: tuple[Fault, ...] = ()
    files: Files = field(default_factory=dict)
    """All that was placed for it."""


@dataclass(frozen=True, slots=True)
class Written:
    """A chunk of papers on the disk that have not got their names yet."""

    made: list[Made]
    unnamed: list[Unnamed]
    refused: OutputRefused | None = None
    """Why the rest of the chunk could not be written."""


def write(maker: Maker, spool: Path, offsets: Sequence[int], folder: Path) -> Written:
    """Make a chunk of papers; when the disk takes no more, those that are whole still count."""
    made: list[Made] = []
    refused = None
    try:
        with Batch(folder) as batch:
            try:
                for row in read_rows(spool, offsets):
                    if row.draft:
                        made.append(_make_row(maker, row, row.draft, batch))  # noqa: PERF401 - counts when one fails
            except OutputRefused as error:
                refused = error
            return Written(made, batch.hand_over(), refused)
    except OutputRefused as error:
        return Written([], [], error)


def _make_row(maker: Maker, row: SpooledRow, draft: Draft, batch: Batch) -> Made:
    try:
        data = maker.make(draft)
    except PaperRefused as error:
        return Made(row.number, draft.name, faults=tuple(error.faults))
    files = place(batch, draft, data)
    document = files[DOCUMENT]
    return Made(row.number, draft.name, document.file, document.written, files=files)


_maker: Maker | None = None


def start_worker(maker: Maker | tuple[Path, str, Path]) -> None:
    """Take the maker, or its recipe: once in each worker, before `write_in_worker`."""
    global _maker  # noqa: PLW0603 - the one thing a worker keeps between chunks
    _maker = maker if isinstance(maker, Maker) else Maker.from_recipe(maker)


def write_in_worker(spool: Path, offsets: Sequence[int], folder: Path) -> Written:
    """Do as `write` does, with the maker that this worker has."""
    assert _maker is not None  # noqa: S101 - set by start_worker
    return write(_maker, spool, offsets, folder)
