"""Brings written files to the disk, many at once where the system can answer for all of them.

A flush of each file by itself (`fsync`) costs a journal commit a file. Linux flushes a whole filesystem in one
call, `syncfs(2)`, and says since version 5.8 whether anything written since a descriptor was opened was lost. It
is taken for local filesystems that are known to keep that promise; elsewhere, and whenever it reports anything,
each file is flushed and asked by itself.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

_SIDE_BY_SIDE = 8  # fsync calls; the disk joins them
_WORTH_IT = 4  # files, below which each is flushed by itself
_LOCAL = frozenset({"ext4", "xfs"})
"""Filesystems whose `syncfs` writes data and journal and whose errors Linux reports (fs/sync.c, since 5.8)."""
_SINCE = (5, 8)
T = TypeVar("T")
_VERSION = re.compile(r"(\d+)\.(\d+)")


class Flush:
    """Watches a folder from before its files are written; `files` brings them to the disk.

    Use it as a context manager around the writing: errors are reported from its beginning on.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._watch: int | None = None

    def __enter__(self) -> Self:
        with suppress(OSError):  # the folder is not there: writing into it will say so
            if whole_at_once(self._folder):
                self._watch = os.open(self._folder, os.O_RDONLY)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._watch is not None:
            os.close(self._watch)
            self._watch = None

    def files(self, descriptors: Sequence[int]) -> None:
        """Flush the files behind these descriptors, written since the beginning (OSError where one was lost)."""
        if not self._at_once(len(descriptors)):
            _flush_each(descriptors, os.fsync)

    def closed(self, files: Sequence[Path]) -> None:
        """Flush files that are closed already, written since the beginning (OSError where one was lost)."""
        if not self._at_once(len(files)):
            _flush_each(files, _flush_closed)

    def _at_once(self, count: int) -> bool:
        return self._watch is not None and count >= _WORTH_IT and _sync_filesystem(self._watch)


def whole_at_once(folder: Path) -> bool:
    """Tell whether one call flushes the filesystem of a folder and reports what was lost."""
    return _tells_what_was_lost() and _type_of(folder.stat().st_dev) in _LOCAL


@cache
def _tells_what_was_lost() -> bool:
    version = _VERSION.match(os.uname().release) if sys.platform == "linux" else None
    return version is not None and (int(version[1]), int(version[2])) >= _SINCE


@cache
def _type_of(device: int) -> str:
    """Give the name of the filesystem on a device; empty where the system does not say."""
    number = f"{os.major(device)}:{os.minor(device)}"
    with suppress(OSError):
        return _type_in(Path("/proc/self/mountinfo").read_text("utf-8", "replace").splitlines(), number)
    return ""


def _type_in(mounts: Iterable[str], number: str) -> str:
    """Find a device in `mountinfo` (proc_pid_mountinfo(5)): ID parent major:minor root point … - type source …."""
    for line in mounts:
        before, _, after = line.partition(" - ")
        if before.split()[2:3] == [number]:
            return after.partition(" ")[0]
    return ""


def _sync_filesystem(descriptor: int) -> bool:
    """Flush the filesystem of an open file; False where that is not possible or something was lost on it."""
    import ctypes  # noqa: PLC0415 - only who writes many files pays for it

    try:
        flushed: int = ctypes.CDLL(None).syncfs(descriptor)
    except (OSError, AttributeError):  # a C library without it
        return False
    return flushed == 0


def _flush_each(files: Sequence[T], flush: Callable[[T], None]) -> None:
    if len(files) == 1:
        flush(files[0])
    elif files:
        with ThreadPoolExecutor(min(_SIDE_BY_SIDE, len(files))) as pool:
            list(pool.map(flush, files))


def _flush_closed(file: Path) -> None:
    descriptor = os.open(file, os.O_RDWR)  # Windows flushes only what may be written
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
