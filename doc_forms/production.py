"""Makes spooled papers, in this process or in several, each paper gated and saved whole."""

from __future__ import annotations

import os
import signal
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from doc_forms.errors import Fault, OutputRefused, PaperRefused
from doc_forms.files import Batch
from doc_forms.making import Maker
from doc_forms.placing import DOCUMENT, Files, place
from doc_forms.registering import Registrar
from doc_forms.spool import Spool, SpooledRow, read_rows

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


def produce(maker: Maker, spool: Spool, folder: Path, jobs: int, registrar: Registrar | None = None) -> Iterator[Made]:
    """Make every paper of the spool in `folder`; jobs: number of processes, 0 chooses.

    registrar: enters each chunk before its files get their names, and finishes it after, in this process.
    """
    jobs = jobs or _sensible_jobs(len(spool))
    if jobs == 1:
        yield from _make_rows(maker, spool, folder, registrar)
    else:
        yield from _produce_in_parallel(maker, spool, folder, jobs, registrar)


def _finish(registrar: Registrar | None, made: list[Made]) -> list[Made]:
    """Finish a chunk in the register; give the chunk back."""
    if registrar:
        registrar.finish({item.planned: item.files for item in made if not item.faults})
        registrar.fail([item.planned for item in made if item.faults])
    return made


def _sensible_jobs(papers: int) -> int:
    if papers < _WORTH_A_SECOND_PROCESS:
        return 1
    return min(os.cpu_count() or 1, _MOST_JOBS)


def _make_rows(
    maker: Maker, rows: Iterable[SpooledRow], folder: Path, registrar: Registrar | None = None
) -> Iterator[Made]:
    """Make papers chunk by chunk; the papers of a chunk get their names together."""
    drafted = (row for row in rows if row.draft)
    while chunk := list(islice(drafted, _CHUNK)):
        made: list[Made] = []
        if registrar:
            registrar.begin(row.draft for row in chunk if row.draft)
        try:
            with Batch(folder) as batch:
                for row in chunk:
                    made.append(_make_row(maker, row, batch))  # noqa: PERF401 - what is made counts when one fails
        except OutputRefused:
            yield from made
            raise
        yield from _finish(registrar, made)


def _make_row(maker: Maker, row: SpooledRow, batch: Batch) -> Made:
    assert row.draft is not None  # noqa: S101 - the caller takes no others
    try:
        data = maker.make(row.draft)
    except PaperRefused as error:
        return Made(row.number, row.draft.name, faults=tuple(error.faults))
    files = place(batch, row.draft, data)
    document = files[DOCUMENT]
    return Made(row.number, row.draft.name, document.file, document.written, files=files)


def _produce_in_parallel(
    maker: Maker, spool: Spool, folder: Path, jobs: int, registrar: Registrar | None
) -> Iterator[Made]:
    import multiprocessing  # noqa: PLC0415 - most merges are made in one process
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415

    # A forked worker starts in milliseconds and has the compiled template already; with other threads about
    # (the window), or on Windows, workers start afresh and compile it themselves.
    may_fork = "fork" in multiprocessing.get_all_start_methods() and threading.active_count() == 1
    context = multiprocessing.get_context("fork" if may_fork else "spawn")
    setup = (maker,) if may_fork else (maker.recipe,)
    with ProcessPoolExecutor(jobs, mp_context=context, initializer=_start_worker, initargs=setup) as pool:
        waiting: deque[Future[list[Made]]] = deque()
        try:
            for start in range(0, len(spool), _CHUNK):
                offsets = spool.offsets(start, start + _CHUNK)
                if registrar:
                    registrar.begin(row.draft for row in read_rows(spool.path, offsets) if row.draft)
                waiting.append(pool.submit(_make_chunk, spool.path, offsets, folder))
                if len(waiting) >= jobs * _AHEAD:
                    yield from _finish(registrar, waiting.popleft().result())
            while waiting:
                yield from _finish(registrar, waiting.popleft().result())
        except BaseException:
            for future in waiting:
                future.cancel()
            raise


_maker: Maker | None = None


def _start_worker(maker: Maker | tuple[Path, str, Path]) -> None:
    """Runs once in each worker; an interrupt is the main process's to handle."""
    global _maker  # noqa: PLW0603 - the one thing a worker keeps between chunks
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _maker = maker if isinstance(maker, Maker) else Maker.from_recipe(maker)


def _make_chunk(spool: Path, offsets: list[int], folder: Path) -> list[Made]:
    assert _maker is not None  # noqa: S101 - set by _start_worker
    return list(_make_rows(_maker, read_rows(spool, offsets), folder))
