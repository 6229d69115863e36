"""Writes a zip package of which most members never change: those are kept as already compressed bytes.

The standard `zipfile` reads and rewrites the directory of every member for each new file, which costs more
than filling a one-page notice. Here the constant members and their directory entries are made once (by
`zipfile`), and a record adds only its own. Plain zip 2.0: deflate, no encryption, no zip64 (documents far
below 4 GB), fixed time stamps, so that the same input gives the same bytes (PKWARE APPNOTE 4.3).
"""

from __future__ import annotations

import hashlib
import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_UTF8 = 0x800
_DEFLATED = 8
_VERSION = 20
_DATE = 0x21  # 1980-01-01, the earliest that a zip can say
_RW_FOR_OWNER = 0o600 << 16
_LEVEL = 6


class Base:
    """The members that every output shares, compressed once."""

    def __init__(self, members: Mapping[str, bytes]) -> None:
        """Compress the members in their order."""
        entries = [_Entry(name, data, 0) for name, data in members.items()]
        self._body = b""
        for entry in entries:
            entry.offset = len(self._body)
            self._body += entry.local + entry.packed
        self._directory = b"".join(entry.central for entry in entries)
        self._count = len(entries)
        self._sha256 = hashlib.sha256(self._body)

    def with_members(self, members: Mapping[str, bytes]) -> bytes:
        """Give a whole package: the shared members, then these."""
        pieces, offset, entries = [self._body], len(self._body), []
        for name, data in members.items():
            entry = _Entry(name, data, offset)
            entries.append(entry)
            pieces += (entry.local, entry.packed)
            offset += len(entry.local) + len(entry.packed)
        directory = b"".join([self._directory, *(entry.central for entry in entries)])
        count = self._count + len(entries)
        pieces += (directory, _END.pack(b"PK\x05\x06", 0, 0, count, count, len(directory), offset, 0))
        return b"".join(pieces)

    def sha256(self, package: bytes) -> str:
        """Give the checksum of a package that was made from this base, whose greater part is the same in all."""
        digest = self._sha256.copy()
        digest.update(memoryview(package)[len(self._body) :])
        return digest.hexdigest()


class _Entry:
    """One member: its compressed bytes and its two headers."""

    def __init__(self, name: str, data: bytes, offset: int) -> None:
        packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, -15)
        self.packed = packer.compress(data) + packer.flush()
        self.offset = offset
        self._name = name.encode()
        flags = 0 if name.isascii() else _UTF8
        self._common = (flags, _DEFLATED, 0, _DATE, zlib.crc32(data), len(self.packed), len(data), len(self._name), 0)

    @property
    def local(self) -> bytes:
        """The header that stands before the data."""
        return _LOCAL.pack(b"PK\x03\x04", _VERSION, *self._common) + self._name

    @property
    def central(self) -> bytes:
        """The entry of the directory at the end."""
        made_by_unix = 3 << 8 | _VERSION
        rest = (0, 0, 0, _RW_FOR_OWNER, self.offset)
        return _CENTRAL.pack(b"PK\x01\x02", made_by_unix, _VERSION, *self._common, *rest) + self._name


def read_back(package: bytes) -> dict[str, bytes]:
    """Give every member of a package, checksums proved (raises BadZipFile when it is not whole)."""
    with zipfile.ZipFile(io.BytesIO(package)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def holds(package: bytes, name: str, data: bytes) -> bool:
    """Tell whether a package has a member with exactly these bytes."""
    try:
        with zipfile.ZipFile(io.BytesIO(package)) as opened:
            return opened.read(name) == data
    except (zipfile.BadZipFile, KeyError):
        return False


def count_members(package: bytes) -> int:
    """Give the number of directory entries that lie whole at the end of the package; -1 when it is cut off."""
    if package[-_END.size : -_END.size + 4] != b"PK\x05\x06":
        return -1
    *_, count, length, offset, _comment = _END.unpack(package[-_END.size :])
    whole = offset + length + _END.size == len(package)
    return count if whole and package[offset : offset + 4] == b"PK\x01\x02" else -1
