"""How a SQLite store is read that lies where nothing can be written: in place where that is safe, else as a copy.

A store keeps its latest writes beside itself until they are taken in (`-wal`, or `-journal` on a share). Where a
program was stopped before that, only a place that can be written lets SQLite take them in; a look that left them out
would show yesterday's register.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from doc_forms.files import refuse
from doc_forms.records.refusals import said_of_sqlite

_BESIDE = ("-wal", "-shm", "-journal")
_WAL_MODE, _MODE_AT = 2, 18  # the file format's version number, sqlite.org/fileformat.html 1.3.3
_NOT_HERE = {8, 14}  # SQLITE_READONLY, SQLITE_CANTOPEN: what lies beside the file would have to be written


@dataclass(frozen=True)
class Look:
    """A way to read a store without writing beside it."""

    address: str
    """What SQLite opens (a URI)."""
    copy: tempfile.TemporaryDirectory[str] | None = None

    def end(self) -> None:
        """Let go of the copy."""
        if self.copy:
            self.copy.cleanup()


def look_at(file: Path) -> Look:
    """Give the way to read this store in its place, or of a copy (RecordsRefused, OutputRefused)."""
    try:
        beside = [name for ending in _BESIDE if (name := _with(file, ending)).exists()]
        with file.open("rb") as stream:
            keeps_log = stream.read(_MODE_AT + 1)[_MODE_AT:] == bytes([_WAL_MODE])
    except OSError:
        beside, keeps_log = [], False  # SQLite says what it cannot open
    if keeps_log and not beside:
        return Look(uri(file, "immutable=1"))  # nobody has it open, and SQLite would make its log's index beside it
    look = Look(uri(file, "mode=ro"))
    try:
        with closing(sqlite3.connect(look.address, uri=True)) as connection:
            connection.execute("SELECT count(*) FROM sqlite_master")
    except sqlite3.Error as error:
        if beside and getattr(error, "sqlite_errorcode", 0) & 0xFF in _NOT_HERE:
            return look_at_copy(file)
        raise said_of_sqlite(error, str(file)) or error from None
    return look


def look_at_copy(file: Path) -> Look:
    """Give a private copy of a store with what lies beside it; it goes when the look ends (OutputRefused)."""
    copy = tempfile.TemporaryDirectory(prefix="doc_forms-")  # 0700
    place = Path(copy.name) / file.name
    try:
        for ending in ("", "-wal", "-journal"):
            with suppress(FileNotFoundError):
                shutil.copyfile(_with(file, ending), _with(place, ending))
    except OSError as error:
        copy.cleanup()
        raise refuse(error, place.parent) from None
    return Look(uri(place, "mode=rw"), copy)


def _with(file: Path, ending: str) -> Path:
    return file.with_name(file.name + ending)


def uri(file: Path, how: str) -> str:
    """Give a file as a URI for SQLite, with the way to open it."""
    path = file.absolute().as_posix()
    return f"file://{'' if path.startswith('/') else '/'}{quote(path)}?{how}"
