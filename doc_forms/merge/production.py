"""Papers from a spool that may still be growing: written ahead by other processes, named and registered by this one."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, suppress
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from doc_forms.files import clear_leftovers, discard, give_names
from doc_forms.making import Maker
from doc_forms.merge.spool import Spool
from doc_forms.merge.writing import Made, Writer, Written, start_worker, write_in_worker
from doc_forms.registering import Registrar
from doc_forms.roster import Roster

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

CHUNK = 100
"""Papers that are written and flushed together."""
_WORTH_OTHER_PROCESSES = 400
_AHEAD = 4  # chunks handed to each worker in advance
_MOST_JOBS = 8
_TOGETHER = 3
"""Chunks that are registered and named together where they are ready: fewer ask more often, more need more memory."""


def jobs_for(roster: Roster) -> int:
    """Give the number of processes that are worth while for a roster; it may be an estimate."""
    many = roster.book.has_rows(roster.sheet, _WORTH_OTHER_PROCESSES)
    return min(os.cpu_count() or 1, _MOST_JOBS) if many else 1


class Production:
    """Makes every paper of a spool in a folder; use it as a context manager.

    While rows are still being checked, `write_ahead` has papers written by other processes; a paper gets its name
    when all rows are in, by `finish`. What was written and got no name is removed at the end.
    """

    def __init__(self, maker: Maker, spool: Spool, folder: Path, jobs: int, registrar: Registrar | None = None) -> None:
        """Take what it needs. jobs: number of processes that write; see `jobs_for`."""
        self._spool, self._folder, self._jobs, self._registrar = spool, folder, jobs, registrar
        self._writer = Writer(maker, folder, registers=registrar is not None)
        self._pool: ProcessPoolExecutor | None = None
        self._submitted = 0
        self._waiting: deque[Future[Written]] = deque()
        self._unnamed: Sequence[Written] = ()

    def write_ahead(self) -> None:
        """Have whole chunks written that are in the spool by now, a few for each process; none of them is named."""
        if self._jobs > 1:
            with self._telling():
                self._submit(len(self._spool) // CHUNK * CHUNK)

    def finish(self, stop: Callable[[], bool] = lambda: False) -> Iterator[Made]:
        """All rows are in: give what becomes of each, in their order, as it gets its name (OutputRefused).

        Papers are entered in the register before their files get their names, and finished after. `stop` is asked
        before each chunk: True leaves the rest.
        """
        if self._jobs == 1:
            for start in range(0, len(self._spool), CHUNK):
                if stop():
                    return
                offsets = self._spool.offsets(start, start + CHUNK)
                yield from self._named([self._writer.write(self._spool.path, offsets)])
            return
        with self._telling():
            self._submit(len(self._spool))
        while self._waiting and not stop():
            with self._telling():
                ready = self._ready()
            yield from self._named(ready)

    def _telling(self) -> AbstractContextManager[None]:
        from doc_forms.workers import telling_of_their_end  # noqa: PLC0415 - as in `_others`

        return telling_of_their_end(self._folder)

    def _submit(self, end: int) -> None:
        """Hand out chunks of the rows before `end`, as many as are good to have waiting."""
        while self._submitted < end and len(self._waiting) < self._jobs * _AHEAD:
            offsets = self._spool.offsets(self._submitted, self._submitted + CHUNK)
            self._submitted += len(offsets)
            self._waiting.append(self._others().submit(write_in_worker, self._spool.path, offsets))

    def _others(self) -> ProcessPoolExecutor:
        from doc_forms.workers import may_fork, pool_of  # noqa: PLC0415 - most merges are made in one process

        if self._pool is None:
            # A copy of this process has the compiled template already; one that starts afresh compiles it itself.
            self._pool = pool_of(self._jobs, start_worker, self._writer if may_fork() else self._writer.recipe)
        return self._pool

    def _ready(self) -> list[Written]:
        """Wait for the chunk that is next and take those after it that are ready, too; have others written."""
        found = [self._waiting[0].result()]
        for future in list(self._waiting)[1:_TOGETHER]:
            if not future.done():
                break
            found.append(future.result())
        self._unnamed = found
        for _ in found:
            self._waiting.popleft()
        self._submit(len(self._spool))
        return found

    def _named(self, chunks: Sequence[Written]) -> Iterator[Made]:
        """Register and name the papers of some chunks (OutputRefused where one of them was not written whole)."""
        self._unnamed = chunks
        entries = [entry for written in chunks for entry in written.entries]
        if self._registrar:
            self._registrar.begin(entries)
        for written in chunks:
            give_names(written.unnamed)
        self._unnamed = ()
        if self._registrar:
            self._registrar.finish(entries)
        for written in chunks:
            yield from written.made
        refused = next((written.refused for written in chunks if written.refused), None)
        if refused:
            raise refused

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Have nothing more written, and remove what was and will not get its name."""
        for written in self._unnamed:
            discard(written.unnamed)
        if self._pool is None:
            return
        with self._pool:
            for future in [future for future in self._waiting if not future.cancel()]:
                with suppress(Exception):  # a worker that failed has cleared up, and something else is being reported
                    discard(future.result().unnamed)
        self._waiting.clear()
        if kind:
            clear_leftovers(self._folder)  # of a process that did not come to its own end
