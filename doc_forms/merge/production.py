"""Papers from a spool that may still be growing: written ahead by other processes, named and registered by this one."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from doc_forms.files import discard, give_names
from doc_forms.making import Maker
from doc_forms.merge.spool import Spool, read_rows
from doc_forms.merge.writing import Made, Written, start_worker, write, write_in_worker
from doc_forms.registering import Registrar

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

CHUNK = 100
"""Papers that are written, flushed, registered and named together."""
_WORTH_OTHER_PROCESSES = 400
_AHEAD = 4  # chunks handed to each worker in advance
_MOST_JOBS = 8


class Production:
    """Makes every paper of a spool in a folder; use it as a context manager.

    While rows are still being checked, `write_ahead` has papers written by other processes; a paper gets its name
    when all rows are in, by `finish`. What was written and got no name is removed at the end.
    """

    def __init__(
        self, maker: Maker, spool: Spool, folder: Path, jobs: int = 0, registrar: Registrar | None = None
    ) -> None:
        """Take what it needs. jobs: number of processes that write; 0 chooses by the number of papers."""
        self._maker, self._spool, self._folder, self._registrar = maker, spool, folder, registrar
        self._jobs = jobs
        self._pool: ProcessPoolExecutor | None = None
        self._submitted = 0
        self._waiting: deque[tuple[list[int], Future[Written]]] = deque()

    def write_ahead(self) -> None:
        """Have whole chunks written that are in the spool by now, a few for each process; none of them is named."""
        if self._goes_to_others():
            self._submit(len(self._spool) // CHUNK * CHUNK)

    def finish(self) -> Iterator[Made]:
        """All rows are in: give what becomes of each, in their order, as it gets its name (OutputRefused).

        Each chunk is entered in the register before its files get their names, and finished after.
        """
        if not self._goes_to_others():
            for start in range(0, len(self._spool), CHUNK):
                offsets = self._spool.offsets(start, start + CHUNK)
                self._enter(offsets)
                yield from self._named(write(self._maker, self._spool.path, offsets, self._folder))
            return
        self._submit(len(self._spool))
        while self._waiting:
            offsets, future = self._waiting[0]
            self._enter(offsets)  # while it is being written
            written = future.result()
            self._waiting.popleft()
            self._submit(len(self._spool))
            yield from self._named(written)

    def _goes_to_others(self) -> bool:
        if self._jobs == 0 and len(self._spool) >= _WORTH_OTHER_PROCESSES:
            self._jobs = min(os.cpu_count() or 1, _MOST_JOBS)
        return self._jobs > 1

    def _submit(self, end: int) -> None:
        """Hand out chunks of the rows before `end`, as many as are good to have waiting."""
        while self._submitted < end and len(self._waiting) < self._jobs * _AHEAD:
            offsets = self._spool.offsets(self._submitted, self._submitted + CHUNK)
            self._submitted += len(offsets)
            task = self._others().submit(write_in_worker, self._spool.path, offsets, self._folder)
            self._waiting.append((offsets, task))

    def _others(self) -> ProcessPoolExecutor:
        from doc_forms.workers import may_fork, pool_of  # noqa: PLC0415 - most merges are made in one process

        if self._pool is None:
            # A copy of this process has the compiled template already; one that starts afresh compiles it itself.
            self._pool = pool_of(self._jobs, start_worker, self._maker if may_fork() else self._maker.recipe)
        return self._pool

    def _enter(self, offsets: Iterable[int]) -> None:
        if self._registrar:
            self._registrar.begin(row.draft for row in read_rows(self._spool.path, offsets) if row.draft)

    def _named(self, written: Written) -> Iterator[Made]:
        """Name the papers of a chunk and finish them in the register (OutputRefused where it was not written whole)."""
        give_names(written.unnamed)
        if self._registrar:
            self._registrar.finish({item.planned: item.files for item in written.made if not item.faults})
            self._registrar.fail([item.planned for item in written.made if item.faults])
        yield from written.made
        if written.refused:
            raise written.refused

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Have nothing more written, and remove what was and will not get its name."""
        if self._pool is None:
            return
        with self._pool:
            for future in [future for _, future in self._waiting if not future.cancel()]:
                with suppress(Exception):  # a worker that failed has cleared up, and something else is being reported
                    discard(future.result().unnamed)
        self._waiting.clear()
