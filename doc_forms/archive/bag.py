"""A BagIt bag (RFC 8493): payload below `data/`, one SHA-256 manifest, one tag manifest.

Written here and not with `bagit.make_bag`: that changes the working folder of the whole process, moves files that
are already in place, reads everything again and dates the bag by the clock. Here each file is hashed while it is
written, and all bags of a case are brought to the disk together. The `bagit` library has to take the bag before it
gets its name.
"""

from __future__ import annotations

import hashlib
import logging
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import bagit

from doc_forms.errors import Fault, OutputRefused, Place
from doc_forms.files import refuse, sync_folder
from doc_forms.flushing import Flush

MANIFEST, TAG_MANIFEST = "manifest-sha256.txt", "tagmanifest-sha256.txt"
DECLARATION, INFO = "bagit.txt", "bag-info.txt"
DECLARED = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
FRONT, BACK = "000_", "999_"
"""What the names of the catalogue and of the note begin with: they speak of the other files, so their own lines are
left out of the digest that they state."""
_CHUNK = 1 << 20

logging.getLogger("bagit").addHandler(logging.NullHandler())
logging.getLogger("bagit").propagate = False  # what it finds is said in Chinese, once


@dataclass(frozen=True)
class Written:
    """One payload file: its name below `data/`, its sha256, its size in bytes."""

    name: str
    sha256: str
    size: int

    @property
    def line(self) -> str:
        """Its line of the manifest."""
        return f"{self.sha256}  data/{self.name}\n"


def materials_digest(lines: Iterable[str]) -> str:
    """Give the sha256 of the manifest's lines, the catalogue's and the note's own left out."""
    listed = [line for line in lines if not _speaks_of_others(line)]
    return hashlib.sha256("".join(listed).encode()).hexdigest()


def _speaks_of_others(line: str) -> bool:
    return line.partition("  data/")[2].startswith((FRONT, BACK))


class BagWriter:
    """Writes one bag into an empty folder, file by file."""

    def __init__(self, folder: Path) -> None:
        """Make the folder and its `data` (0700); OutputRefused when that cannot be."""
        self.folder = folder
        self.written: list[Written] = []
        try:
            (folder / "data").mkdir(mode=0o700, parents=True)
            folder.chmod(0o700)
        except OSError as error:
            raise refuse(error, folder) from None

    def add(self, name: str, content: bytes | Path) -> Written:
        """Write one payload file (0600), hashed on its way (OutputRefused)."""
        target = self.folder / "data" / name
        try:
            with _new(target) as stream:
                size, digest = _copy(content, stream)
        except OSError as error:
            raise refuse(error, target) from None
        self.written.append(Written(name, digest, size))
        return self.written[-1]

    @property
    def materials_digest(self) -> str:
        """The digest that the catalogue states: of everything added so far but itself and the note."""
        return materials_digest(self._lines())

    def close(self, info: Sequence[tuple[str, str]]) -> str:
        """Write the tag files, have bagit look; give the sha256 of the manifest. `to_disk` flushes it.

        Raises OutputRefused when the disk does not take it, or when bagit does not take the bag.
        """
        manifest = "".join(self._lines()).encode()
        oxum = f"{sum(item.size for item in self.written)}.{len(self.written)}"
        lines = "".join(f"{label}: {_one_line(value)}\n" for label, value in (*info, ("Payload-Oxum", oxum)))
        tags = {INFO: lines.encode(), DECLARATION: DECLARED, MANIFEST: manifest}
        tags[TAG_MANIFEST] = _tag_manifest(tags)
        try:
            for name, data in tags.items():
                with _new(self.folder / name) as stream:
                    stream.write(data)
        except OSError as error:
            raise refuse(error, self.folder) from None
        _ask_bagit(self.folder)
        return hashlib.sha256(manifest).hexdigest()

    @property
    def files(self) -> list[Path]:
        """Every file of the closed bag."""
        tags = (INFO, DECLARATION, MANIFEST, TAG_MANIFEST)
        return [*(self.folder / "data" / item.name for item in self.written), *(self.folder / name for name in tags)]

    def _lines(self) -> list[str]:
        return [item.line for item in sorted(self.written, key=lambda item: item.name)]


def to_disk(bags: Sequence[BagWriter], folder: Path, flush: Flush) -> None:
    """Bring closed bags to the disk, with the folder in which they were built (OutputRefused).

    flush: has watched since before the first file was written.
    """
    try:
        flush.closed([file for bag in bags for file in bag.files])
    except OSError as error:
        raise refuse(error, folder) from None
    for bag in bags:
        sync_folder(bag.folder / "data")
        sync_folder(bag.folder)
    sync_folder(folder)


def _new(path: Path) -> IO[bytes]:
    flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0)
    return open(os.open(path, flags, 0o600), "wb")  # noqa: PTH123 - a descriptor; the caller closes


def _copy(content: bytes | Path, stream: IO[bytes]) -> tuple[int, str]:
    """Write the content and give its size and sha256."""
    if isinstance(content, bytes):
        stream.write(content)
        return len(content), hashlib.sha256(content).hexdigest()
    digest, size = hashlib.sha256(), 0
    with content.open("rb") as source:
        while chunk := source.read(_CHUNK):
            digest.update(chunk)
            stream.write(chunk)
            size += len(chunk)
    return size, digest.hexdigest()


def _one_line(value: str) -> str:
    return " ".join(value.split())


def _tag_manifest(tags: Mapping[str, bytes]) -> bytes:
    return "".join(f"{hashlib.sha256(tags[name]).hexdigest()}  {name}\n" for name in sorted(tags)).encode()


def _ask_bagit(folder: Path) -> None:
    """Refuse a bag that bagit would not take (its files are hashed above; bagit counts and compares names)."""
    try:
        bagit.Bag(str(folder)).validate(completeness_only=True)
    except bagit.BagError as error:
        message = f"档案包没有通过 BagIt 检查（{type(error).__name__}），没有保存；请把这一行告诉维护人员"
        raise OutputRefused(Fault("archive-bag", message, Place(file=folder.name))) from None
