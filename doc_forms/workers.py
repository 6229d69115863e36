"""Processes beside this one: copies of it where that is safe, and none of them outlives it."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import wait
from pathlib import Path
from typing import TYPE_CHECKING, Any

from doc_forms.errors import Fault, OutputRefused, Place

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess


_OUTSIDE = {getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)}
"""Signals by which somebody else may want an end."""


def may_fork() -> bool:
    """Whether a process can start as a copy of this one, in milliseconds and with everything loaded.

    Not on Windows, and not with other threads about (the window): their locks would stay locked in the copy.
    """
    return "fork" in multiprocessing.get_all_start_methods() and threading.active_count() == 1


def pool_of(workers: int, start: Callable[..., object] | None = None, *setup: Any) -> ProcessPoolExecutor:
    """Give so many processes; each calls `start(*setup)` before its first task.

    An interrupt (Ctrl-C, a closed terminal, a kill of all) is this process's to handle: they go on until it tells them
    to stop.
    """
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415 - most work needs no pool

    context = multiprocessing.get_context("fork" if may_fork() else "spawn")
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_begin, initargs=(start, setup))
    with _signals_held():
        pool.submit(_nothing)  # starts them
    return pool


@contextmanager
def telling_of_their_end(folder: Path) -> Iterator[None]:
    """Say in one line that a process of a pool, which writes into a folder, is gone: killed, or out of memory.

    OutputRefused; what it left in the folder can be removed when the pool has come to its end.
    """
    from concurrent.futures import BrokenExecutor  # noqa: PLC0415 - as in `pool_of`

    try:
        yield
    except BrokenExecutor:
        message = "写文书的进程意外结束（可能是内存不足），可加 --jobs 1 再试"
        raise OutputRefused(Fault("workers-gone", message, Place(file=str(folder)))) from None


def start_beside(work: Callable[..., object], *setup: Any) -> tuple[BaseProcess, Connection]:
    """Start one process, a copy of this one (only where `may_fork`): it calls `work(pipe, *setup)`, then it ends.

    Gives the process and this one's end of the pipe; who closes that ends the conversation, and joins the process.
    """
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe()
    process = context.Process(target=_work_beside, args=(ours, theirs, work, setup), daemon=True)
    with _signals_held():
        process.start()
    theirs.close()
    return process, ours


def _work_beside(others: Connection, own: Connection, work: Callable[..., object], setup: tuple[Any, ...]) -> None:
    others.close()  # a copy of the other's end, which would keep the pipe open
    _begin(None, ())
    work(own, *setup)


@contextmanager
def _signals_held() -> Iterator[None]:
    """Have a new process hear of no signal before it has said, in `_begin`, what becomes of each."""
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ())
    try:
        signal.pthread_sigmask(signal.SIG_BLOCK, _OUTSIDE)
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _nothing() -> None:
    pass


def _begin(start: Callable[..., object] | None, setup: tuple[Any, ...]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if sys.platform == "linux":
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
        threading.Thread(target=_end_when_parent_says, name="told", daemon=True).start()
    if sys.platform != "win32":
        signal.signal(signal.SIGHUP, signal.SIG_IGN)  # the terminal was closed
        heard_otherwise = {signal.SIGTERM} if sys.platform == "linux" else set()
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _OUTSIDE - heard_otherwise)
    threading.Thread(target=_end_with_parent, name="watch", daemon=True).start()
    if start:
        start(*setup)


def _end_when_parent_says() -> None:
    """End at a SIGTERM of the process that started this one (so a pool ends its processes), and at no other's.

    One that all processes get, at a shutdown, is for that process: it has the work ended where it can be left.
    """
    if sys.platform == "linux":
        parent = os.getppid()
        while signal.sigwaitinfo({signal.SIGTERM}).si_pid != parent:
            pass
        os._exit(128 + signal.SIGTERM)


def _end_with_parent() -> None:
    """End at once when the process that started this one is gone, were it killed: it would wait for ever."""
    parent = multiprocessing.parent_process()
    if parent:
        wait([parent.sentinel])
        os._exit(1)
