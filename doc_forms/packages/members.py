"""The members of a zip package, read within limits.

Sizes are counted while reading: the directory of a zip says whatever its maker liked. Only plain deflate
is read, because for it alone `zipfile` bounds what one call may inflate.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from typing import IO, NoReturn

from doc_forms.errors import Fault, FileRefused, Place
from doc_forms.packages.outside import refusing_damage

MOST_MEMBERS = 2_000
MOST_INFLATED = 200 * 2**20
MOST_IN_MEMBER = 50 * 2**20
MOST_RATIO = 100
_RATIO_FROM = 2**20
_CHUNK = 2**18
_DIRECTORY_ENTRY = b"PK\x01\x02"
_UTF_8 = 0x800  # the name says that it is (APPNOTE 4.4.4)
_ENCRYPTED = 0x1 | 0x40 | 0x2000  # encrypted, strongly encrypted, masked directory (APPNOTE 4.4.4)


class Members:
    """The members of one package by name, in the order of its directory, folders left out."""

    def __init__(self, stream: IO[bytes], name: str, *, names_from_anywhere: bool = False) -> None:
        """Read the directory. FileRefused when it is damaged, encrypted, too long, or names are unsafe.

        names_from_anywhere: whether names that do not say how they are written are Chinese ones: a `.zip` that Windows
        made has them in GBK, one of macOS in UTF-8. No Office package has such names.
        """
        self.file = name
        self._inflated = 0
        size, entries_found = _count_entries(stream)
        if entries_found > MOST_MEMBERS:  # before zipfile makes an object of each
            self._stop(f"文件内的部件超过 {MOST_MEMBERS} 个")
        with refusing_damage(name):
            self._zip = zipfile.ZipFile(stream)
            if names_from_anywhere:
                self._zip = zipfile.ZipFile(stream, metadata_encoding=_encoding(self._zip.infolist()))
        entries = self._zip.infolist()
        if sum(entry.compress_size for entry in entries) > size:
            self._stop("文件内的部件互相重叠")
        faults = list(self._name_faults(entries))
        if faults:
            raise FileRefused(faults)
        self._entries = {entry.filename: entry for entry in entries if not entry.is_dir()}

    @property
    def names(self) -> tuple[str, ...]:
        """The members' names."""
        return tuple(self._entries)

    def chunks(self, member: str) -> Iterator[bytes]:
        """The content of one member, piece by piece; FileRefused when damaged or beyond the limits."""
        entry = self._entries[member]
        seen = 0
        with refusing_damage(self.file, member), self._zip.open(entry) as stream:
            while chunk := stream.read(_CHUNK):
                seen += len(chunk)
                self._inflated += len(chunk)
                self._weigh(seen, entry)
                yield chunk

    def content(self, member: str) -> bytes:
        """The whole content of one member."""
        return b"".join(self.chunks(member))

    def _weigh(self, seen: int, entry: zipfile.ZipInfo) -> None:
        if self._inflated > MOST_INFLATED:
            self._stop(f"文件解压后超过 {MOST_INFLATED >> 20} MB")
        if seen > MOST_IN_MEMBER:
            self._stop(f"此部件解压后超过 {MOST_IN_MEMBER >> 20} MB", entry.filename)
        if seen > _RATIO_FROM and seen > MOST_RATIO * entry.compress_size:
            self._stop(f"此部件的压缩比超过 {MOST_RATIO}", entry.filename)

    def _name_faults(self, entries: list[zipfile.ZipInfo]) -> Iterator[Fault]:
        seen: set[str] = set()
        for entry in entries:
            place = Place(file=self.file, part=_printable(entry.orig_filename))
            if entry.flag_bits & _ENCRYPTED:
                yield Fault("file-encrypted", "文件已加密，请去除密码后另存。", place)
            elif entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
                yield Fault("file-compression", "部件的压缩方式不是 Office 所用的，已拒绝；请在 Office 中另存。", place)
            if not _safe_name(entry):
                yield Fault("file-member-name", "文件内有不合规的部件名，已拒绝；请在 Office 中另存。", place)
            key = entry.filename.casefold()
            if key in seen:
                yield Fault("file-member-twice", "文件内有重名的部件，已拒绝；请在 Office 中另存。", place)
            seen.add(key)

    def _stop(self, reason: str, part: str = "") -> NoReturn:
        place = Place(file=self.file, part=part)
        raise FileRefused(Fault("file-bomb", f"{reason}，已拒绝。{_REMEDY}", place))


def _encoding(entries: list[zipfile.ZipInfo]) -> str:
    """How the names are written that do not say so; `zipfile` has read them as code page 437, which loses nothing."""
    raw = [entry.orig_filename.encode("cp437") for entry in entries if not entry.flag_bits & _UTF_8]
    try:
        for name in raw:
            name.decode("utf-8")
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8"


def _count_entries(stream: IO[bytes]) -> tuple[int, int]:
    """Give the size of the file and how often the mark of a directory entry stands in it."""
    stream.seek(0)
    size, found, tail = 0, 0, b""
    while chunk := stream.read(_CHUNK):
        found += (tail + chunk).count(_DIRECTORY_ENTRY)
        tail = chunk[1 - len(_DIRECTORY_ENTRY) :]  # too short to hold a whole mark
        size += len(chunk)
    return size, found


_REMEDY = "请删除多余的内容（如大片空白行、过大的图片）后另存。"


def _printable(name: str) -> str:
    """A member's name as one line of sensible length."""
    return "".join(letter if letter.isprintable() else "?" for letter in name)[:120]


def _safe_name(entry: zipfile.ZipInfo) -> bool:
    name = entry.orig_filename
    if entry.is_dir():
        if entry.file_size:
            return False
        name = name.removesuffix("/")
    plain = name.isprintable() and not set(name) & set("\\:")
    return plain and not {"", ".", ".."} & set(name.split("/"))
