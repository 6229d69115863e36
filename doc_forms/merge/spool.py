"""Keeps the checked rows of a merge on disk, so that forty thousand need no more memory than one thousand.

A private temporary file (0600, in the user's own temporary folder, removed at the end). Worker processes open
it themselves and read their share.
"""

from __future__ import annotations

import marshal
import os
import pickle
import struct
import tempfile
from array import array
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, fields
from pathlib import Path
from types import TracebackType
from typing import Self

from doc_forms.errors import Fault
from doc_forms.files import clear_leftovers, refuse
from doc_forms.making import Draft

_PREFIX = "doc_forms-rows-"
_LENGTH = struct.Struct("<Q")  # before each row: loading one from memory is eight times quicker than from a stream
_FIELDS = tuple(spec.name for spec in fields(Draft))


@dataclass(frozen=True, slots=True)
class SpooledRow:
    """A checked row of the roster."""

    number: int
    """The row's number in Excel."""
    draft: Draft | None
    faults: tuple[Fault, ...] = ()


class Spool:
    """The rows in their order: their number, their draft (None where they cannot be made), their faults."""

    def __init__(self) -> None:
        clear_leftovers(Path(tempfile.gettempdir()), _PREFIX)  # of runs that were killed: they hold people's data
        descriptor, name = tempfile.mkstemp(prefix=f"{_PREFIX}{os.getpid()}-")
        self.path = Path(name)
        self._stream = os.fdopen(descriptor, "w+b")
        self._offsets = array("Q")
        self._end = 0

    def add(self, row: SpooledRow) -> None:
        """Keep a row (OutputRefused where the temporary folder is full)."""
        draft = None if row.draft is None else tuple(getattr(row.draft, name) for name in _FIELDS)
        faults = pickle.dumps(row.faults) if row.faults else b""
        data = marshal.dumps((row.number, draft, faults))
        self._offsets.append(self._end)
        try:
            self._end += self._stream.write(_LENGTH.pack(len(data)) + data)
        except OSError as error:
            raise refuse(error, self.path.parent) from None

    def __len__(self) -> int:
        return len(self._offsets)

    def offsets(self, start: int, stop: int) -> list[int]:
        """Give where the rows lie, for a worker; what was added is on disk then."""
        self._flush()
        return list(self._offsets[start:stop])

    def __iter__(self) -> Iterator[SpooledRow]:
        self._flush()
        return read_rows(self.path, self._offsets)

    def _flush(self) -> None:
        try:
            self._stream.flush()
        except OSError as error:
            raise refuse(error, self.path.parent) from None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(OSError):  # what a full disk does not take is not wanted any more
            self._stream.close()
        self.path.unlink(missing_ok=True)


def read_rows(path: Path, offsets: Iterable[int]) -> Iterator[SpooledRow]:
    """Give the rows that lie at these offsets."""
    with path.open("rb") as stream:
        for offset in offsets:
            stream.seek(offset)
            (length,) = _LENGTH.unpack(stream.read(_LENGTH.size))
            number, draft, faults = marshal.loads(stream.read(length))  # noqa: S302 - our own private file
            found = pickle.loads(faults) if faults else ()  # noqa: S301 - our own private file
            yield SpooledRow(number, Draft(*draft) if draft else None, found)
