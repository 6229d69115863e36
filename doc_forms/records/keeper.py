"""The register kept by a process beside this one.

Loading the database library takes as long as loading all the rest, and writing into the register goes on while
papers are made: a second process does both meanwhile. It is a copy of this one, so it is there at once, and it ends
with this one (`workers`). Its verbs are those of `Records`; each is acknowledged before it returns.
"""

from __future__ import annotations

import atexit
import gc
import pickle
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from types import TracebackType
from typing import TYPE_CHECKING, Protocol, Self

from doc_forms.errors import Fault, RecordsRefused
from doc_forms.workers import start_beside

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

    from doc_forms.records import Records
    from doc_forms.records.values import Entry


class Register(Protocol):
    """What enters papers in the register: the open records, or a process that holds them."""

    def begin(self, entries: Sequence[Entry]) -> None:
        """Enter papers before their files get their names."""

    def finish(self, entries: Sequence[Entry]) -> None:
        """Note that files have their names."""


_ahead: list[tuple[BaseProcess, Connection]] = []
"""The process that was started ahead, until a keeper takes it."""


def start_ahead() -> None:
    """Start the process for the next `Keeper`, before its caller loads what it needs itself (`workers.may_fork`)."""
    _ahead.append(start_beside(_keep))
    atexit.register(_let_go)


def _let_go() -> None:
    """End a process that nobody took: it hears that the conversation is over."""
    while _ahead:
        _, pipe = _ahead.pop()
        pipe.close()


class Keeper:
    """Starts the process, or takes the one `start_ahead` has; a context manager. Only where `workers.may_fork`.

    The store is opened when the first verb comes, so that nothing is made where nothing is entered. A verb raises
    what it would raise here, and RecordsRefused where the process is gone. What `finish` asks is done while this
    process goes on: the next verb, or the end of the block, waits for it and raises what it raised.
    """

    def __init__(self, open_records: Callable[[], Records | None]) -> None:
        self._process, self._pipe = _ahead.pop() if _ahead else start_beside(_keep)
        self._pipe.send(open_records)
        self._numbers = count()
        self._asked = -1
        """The number of the last thing that was asked."""

    def begin(self, entries: Sequence[Entry]) -> None:
        """Enter papers before their files get their names; see `Records.begin`."""
        self._wait()
        self._ask("begin", entries)
        self._wait()

    def finish(self, entries: Sequence[Entry]) -> None:
        """Have it noted that files have their names; see `Records.finish`."""
        self._wait()
        self._ask("finish", entries)

    def _ask(self, verb: str, entries: Sequence[Entry]) -> None:
        with _telling_of_its_end():
            number = next(self._numbers)
            # As bytes: what `send` makes of it complains when it is thrown away with an error (Python 3.13).
            self._pipe.send_bytes(pickle.dumps((number, verb, list(entries))))
            self._asked = number

    def _wait(self) -> None:
        """Wait until the last thing that was asked is done (raises what it raised)."""
        while self._asked >= 0:
            with _telling_of_its_end():
                answered, refusal = self._pipe.recv()
            if answered == self._asked:  # else of a verb that was interrupted (Ctrl-C) while it was waited for
                self._asked = -1
            if refusal is not None:
                raise refusal

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self._wait()
        finally:
            self._pipe.close()
            self._process.join()


@contextmanager
def _telling_of_its_end() -> Iterator[None]:
    try:
        yield
    except (EOFError, OSError):
        message = "登记台账的进程意外结束，其后的文书没有登记；请重新运行同一命令，会接着做完"
        raise RecordsRefused(Fault("records-keeper", message)) from None


def _keep(pipe: Connection) -> None:
    """What the process does: load the library, then one verb after the other until the pipe is closed."""
    from doc_forms.records import keeping, register  # noqa: F401, PLC0415 - loaded while the other process works

    gc.freeze()  # as the leading one does; and that one may have had the collector rest when this copy of it was made
    gc.enable()
    records: Records | None = None
    try:
        open_records: Callable[[], Records | None] = pipe.recv()
        while True:
            number, verb, items = pipe.recv()
            refusal = None
            try:
                records = records or open_records()
                if records:
                    getattr(records, verb)(items)
            except Exception as error:  # noqa: BLE001 - the one who asked raises it
                refusal = error
            pipe.send((number, refusal))
    except (EOFError, OSError):  # the end, or one who did not wait for the answer
        pass
    finally:
        if records:
            records.close()
