"""Makes spooled papers, in this process or in several, each paper gated and saved whole."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from doc_forms.errors import Fault, OutputRefused, PaperRefused
from doc_forms.files import Batch, Unnamed, discard, give_names
from doc_forms.making import Draft, Maker
from doc_forms.merge.spool import Spool, SpooledRow, read_rows
from doc_forms.placing import DOCUMENT, Files, place
from doc_forms.registering import Registrar

if TYPE_CHECKING:
    from concurrent.futures import Future

_CHUNK = 100
_WORTH_A_SECOND_PROCESS = 400
_AHEAD = 4  # chunks handed to each worker in advance
_MOST_JOBS = 8


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


def produce(maker: Maker, spool: Spool, folder: Path, jobs: int, registrar: Registrar | None = None) -> Iterator[Made]:
    """Make every paper of the spool in `folder`; jobs: number of processes, 0 chooses.

    registrar: enters each chunk before its files get their names, and finishes it after. That and the naming is
    this process's; others only write.
    """
    jobs = jobs or _sensible_jobs(len(spool))
    if jobs == 1:
        for start in range(0, len(spool), _CHUNK):
            offsets = spool.offsets(start, start + _CHUNK)
            _enter(registrar, spool.path, offsets)
            yield from _named(_write(maker, spool.path, offsets, folder), registrar)
    else:
        yield from _produce_in_parallel(maker, spool, folder, jobs, registrar)


def _sensible_jobs(papers: int) -> int:
    if papers < _WORTH_A_SECOND_PROCESS:
        return 1
    return min(os.cpu_count() or 1, _MOST_JOBS)


def _enter(registrar: Registrar | None, spool: Path, offsets: list[int]) -> None:
    if registrar:
        registrar.begin(row.draft for row in read_rows(spool, offsets) if row.draft)


def _write(maker: Maker, spool: Path, offsets: list[int], folder: Path) -> Written:
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


def _named(written: Written, registrar: Registrar | None) -> Iterator[Made]:
    """Name the papers of a chunk and finish them in the register (OutputRefused where it was not written whole)."""
    give_names(written.unnamed)
    if registrar:
        registrar.finish({item.planned: item.files for item in written.made if not item.faults})
        registrar.fail([item.planned for item in written.made if item.faults])
    yield from written.made
    if written.refused:
        raise written.refused


def _produce_in_parallel(
    maker: Maker, spool: Spool, folder: Path, jobs: int, registrar: Registrar | None
) -> Iterator[Made]:
    from doc_forms.workers import may_fork, pool_of  # noqa: PLC0415 - most merges are made in one process

    chunks = (spool.offsets(start, start + _CHUNK) for start in range(0, len(spool), _CHUNK))
    # A copy of this process has the compiled template already; one that starts afresh compiles it itself.
    with pool_of(jobs, _start_worker, maker if may_fork() else maker.recipe) as pool:
        waiting: deque[tuple[list[int], Future[Written]]] = deque()
        try:
            while True:
                for offsets in islice(chunks, jobs * _AHEAD - len(waiting)):
                    waiting.append((offsets, pool.submit(_write_chunk, spool.path, offsets, folder)))
                if not waiting:
                    return
                offsets, future = waiting[0]
                _enter(registrar, spool.path, offsets)  # while it is being written
                written = future.result()
                waiting.popleft()
                yield from _named(written, registrar)
        finally:
            _leave([future for _, future in waiting])


def _leave(waiting: list[Future[Written]]) -> None:
    """Have nothing more written, and remove what was and will not get its name."""
    for future in [future for future in waiting if not future.cancel()]:
        with suppress(Exception):  # a worker that failed has cleared up, and something else is being reported
            discard(future.result().unnamed)


_maker: Maker | None = None


def _start_worker(maker: Maker | tuple[Path, str, Path]) -> None:
    """Runs once in each worker."""
    global _maker  # noqa: PLW0603 - the one thing a worker keeps between chunks
    _maker = maker if isinstance(maker, Maker) else Maker.from_recipe(maker)


def _write_chunk(spool: Path, offsets: list[int], folder: Path) -> Written:
    assert _maker is not None  # noqa: S101 - set by _start_worker
    return _write(_maker, spool, offsets, folder)
