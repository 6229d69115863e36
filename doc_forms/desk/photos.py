"""The photos that a roster names: gathered from what the clerk sent along, or from beside the roster itself.

A page in a browser gives files without their folders. So a photo is found by the end of its way, as much of it as there
is, and at least by its name; two different files that could both be meant are told and neither is taken.
"""

from __future__ import annotations

import hashlib
import shutil
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import IO, Any, NoReturn

from doc_forms.errors import Fault, FileRefused, Place
from doc_forms.form import MOST_PICTURE_BYTES, Form, Part, picture_way
from doc_forms.packages import Members
from doc_forms.roster import Roster, Row, open_roster

Given = tuple[str, IO[bytes]]
"""A file as a page sends it: its name, and its bytes."""

PHOTO = frozenset({".jpg", ".jpeg", ".png"})
ZIP, WORKBOOK = ".zip", ".xlsx"
_MOST_PHOTOS = 5000
_MOST_BYTES = 500 << 20
_ZIP_SAID = {
    "file-encrypted": "压缩包有密码，请去掉密码重新压缩",
    "file-compression": "压缩包的压缩方式认不得，请在文件夹里右键“压缩”，存成普通的 .zip",
    "file-member-name": "压缩包里有不合规的文件名，已拒绝；请重新压缩",
    "file-member-twice": "压缩包里有重名的文件，已拒绝；请重新压缩",
    "file-bomb": "压缩包里的文件太多或太大（最多 2000 个，解开后 200 MB），已拒绝；请分成几个压缩包",
    "file-damaged": "不是压缩包，或已损坏；请重新压缩成 .zip",
}


def has_photos(part: type[Part]) -> bool:
    """Whether a roster of this form can name photos."""
    return any(spec.note.picture or (spec.part is not None and has_photos(spec.part)) for spec in part.fields())


@dataclass(frozen=True)
class Named:
    """One photo that a roster names."""

    way: PurePosixPath
    place: Place
    """The cell."""


def photos_named(roster: Path, form: type[Form], sheet: str | None = None) -> list[Named]:
    """Give the photos that a roster names, in the order of its rows (FileRefused where it cannot be read)."""
    with open_roster(roster, form, sheet=sheet) as opened:
        return photos_of(opened)


def photos_of(roster: Roster) -> list[Named]:
    """Give the photos that an open roster names, in the order of its rows."""
    return [one for row in roster.rows() for one in _named(row, roster.form, row.values, ())]


def _named(row: Row, part: type[Part], values: Mapping[str, Any], path: tuple[str | int, ...]) -> Iterator[Named]:
    for spec in part.fields():
        value, here = values.get(spec.title), (*path, spec.title)
        if spec.note.picture:
            way = picture_way(value)
            if way:
                yield Named(way, row.locate(here))
        elif spec.part and isinstance(value, Mapping):
            yield from _named(row, spec.part, value, here)
        elif spec.part and isinstance(value, list):
            for number, item in enumerate(value):
                yield from _named(row, spec.part, item, (*here, number))


@dataclass(frozen=True)
class Gathered:
    """What came of looking for the photos that a roster names."""

    there: int = 0
    """How many were found, each counted once."""
    missing: tuple[Named, ...] = ()
    unclear: tuple[str, ...] = ()
    """Names by which different files were sent, so that it cannot be told which is meant."""
    unused: tuple[str, ...] = ()
    """What was sent and the roster does not name."""

    @property
    def absent(self) -> list[tuple[str, str]]:
        """Each photo that is not there once, with the rows that name it: `照片/林示例.jpg`, `第 5、9 行`."""
        rows: dict[str, list[str]] = {}
        for one in self.missing:
            rows.setdefault(str(one.way), []).append(str(one.place.row))
        return [(way, f"第 {'、'.join(dict.fromkeys(numbers))} 行") for way, numbers in rows.items()]

    def told(self, faults: Iterable[Fault], remedy: str = "请在上面补上，或核对名册里写的文件名") -> list[Fault]:
        """Give faults in the words of the window, where one is about a photo that was not there."""
        lost = {one.place: f"没有找到照片“{one.way}”：{remedy}" for one in self.missing}
        return [replace(fault, message=lost[fault.place]) if fault.place in lost else fault for fault in faults]


@dataclass(frozen=True)
class _Photo:
    name: str
    file: Path
    digest: bytes


class Supply:
    """The photos that were sent for one roster, in a private folder. What is sent later takes the place of the same."""

    def __init__(self, folder: Path) -> None:
        """`folder`: an empty one, for this only."""
        self._folder = folder
        self._held: dict[tuple[str, ...], _Photo] = {}
        self._unclear: set[tuple[str, ...]] = set()
        self._others: list[str] = []
        self._bytes = 0

    def take(self, files: Sequence[Given]) -> None:
        """Take in photos and what lies in `.zip` files; anything else is noted as not used.

        FileRefused where a `.zip` is none, is unsafe, or where it all is too much; what came before it stays.
        """
        sent: dict[tuple[str, ...], _Photo] = {}
        for name, stream in files:
            if _suffix(name) == ZIP:
                with said_of_zip(name):
                    members = open_zip(name, stream)
                    for member in members_ending(members, PHOTO):
                        self._take(member, members.chunks(member), sent)
            elif _suffix(name) in PHOTO:
                self._take(name, iter([stream.read(MOST_PICTURE_BYTES + 1)]), sent)
            else:
                self._others.append(PurePosixPath(name).name)

    def _take(self, name: str, chunks: Iterator[bytes], sent: dict[tuple[str, ...], _Photo]) -> None:
        data = bytearray()
        while len(data) <= MOST_PICTURE_BYTES and (chunk := next(chunks, b"")):
            data += chunk
        kept = bytes(data[: MOST_PICTURE_BYTES + 1])  # one too many, so that the check says that it is too large
        self._bytes += len(kept)
        if self._bytes > _MOST_BYTES or len(self._held) >= _MOST_PHOTOS:
            _stop(name, f"照片太多（最多 {_MOST_PHOTOS} 张、{_MOST_BYTES >> 20} MB），请把名册分成几份来做")
        key, digest = key_of(PurePosixPath(name)), hashlib.sha256(kept).digest()
        if key in sent and sent[key].digest != digest:
            self._unclear.add(key)
            return
        if key not in sent:
            self._unclear.discard(key)
        file = self._folder / digest.hex()
        file.write_bytes(kept)
        sent[key] = self._held[key] = _Photo(name, file, digest)

    def gather(self, named: Sequence[Named], place: Path, beside: Path | None) -> tuple[Gathered, list[Path]]:
        """Put every photo that is named where the roster in `place` says that it lies, and give the files, too.

        beside: where the roster came from; what was not sent is looked for there, as a merge does.
        """
        by_name: dict[str, list[tuple[tuple[str, ...], _Photo]]] = {}
        for key, photo in self._held.items():
            by_name.setdefault(key[-1], []).append((key, photo))
        files: dict[PurePosixPath, Path] = {}
        used, unclear = set[str](), dict[str, None]()
        for way in dict.fromkeys(one.way for one in named):
            found = self._find(key_of(way), by_name)
            used.update(photo.name for photo in found)
            if len({photo.digest for photo in found}) > 1 or self._is_unclear(key_of(way)):
                unclear[way.name] = None
                continue
            source = found[0].file if found else _beside(way, beside)
            if source and _lay(source, place / way):
                files[way] = place / way
        missing = tuple(one for one in named if one.way not in files)
        unused = [photo.name for photo in self._held.values() if photo.name not in used]
        gathered = Gathered(len(files), missing, tuple(unclear), (*unused, *dict.fromkeys(self._others)))
        return gathered, list(files.values())

    @staticmethod
    def _find(key: tuple[str, ...], by_name: Mapping[str, list[tuple[tuple[str, ...], _Photo]]]) -> list[_Photo]:
        """The photos whose way ends as this one does; where none does, those of its name."""
        near = by_name.get(key[-1], [])
        return [photo for held, photo in near if held[-len(key) :] == key] or [photo for _, photo in near]

    def _is_unclear(self, key: tuple[str, ...]) -> bool:
        return any(one[-1] == key[-1] for one in self._unclear)


def key_of(way: PurePosixPath) -> tuple[str, ...]:
    """Give the parts of a way so that two spellings of one are the same."""
    return tuple(unicodedata.normalize("NFC", part).casefold() for part in way.parts)


def open_zip(name: str, stream: IO[bytes]) -> Members:
    """Open a `.zip` within the limits of packages from outside (FileRefused)."""
    return Members(stream, PurePosixPath(name).name, names_from_anywhere=True)


@contextmanager
def said_of_zip(name: str) -> Iterator[None]:
    """Say in words about a `.zip` why one was refused (FileRefused), not in those about an Office file."""
    try:
        yield
    except FileRefused as error:
        fault = error.faults[0]
        place = Place(file=PurePosixPath(name).name)
        raise FileRefused(Fault(fault.code, _ZIP_SAID.get(fault.code, fault.message), place)) from None


def members_ending(members: Members, endings: Collection[str]) -> list[str]:
    """Give what ends so in a `.zip`; what a system puts there for itself is left out."""
    return [name for name in members.names if _suffix(name) in endings and not _is_hidden(name)]


def _suffix(name: str) -> str:
    return PurePosixPath(name).suffix.lower()


def _is_hidden(name: str) -> bool:
    return any(part.startswith((".", "~$", "__MACOSX")) for part in PurePosixPath(name).parts)


def _beside(way: PurePosixPath, beside: Path | None) -> Path | None:
    """The file beside a roster, or beside the folder that it lies in, as `form.pictures` looks for it."""
    places = [beside / way, beside.parent / way] if beside else []
    return next((file for file in places if file.is_file()), None)


def _lay(source: Path, target: Path) -> bool:
    """Copy a photo, of one that is too large no more than shows that; False where it cannot be."""
    with suppress(OSError):
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if source.stat().st_size <= MOST_PICTURE_BYTES:
            shutil.copyfile(source, target)
            return True
        with source.open("rb") as stream:
            target.write_bytes(stream.read(MOST_PICTURE_BYTES + 1))
        return True
    return False


def _stop(name: str, message: str) -> NoReturn:
    raise FileRefused(Fault("photos-too-many", message, Place(file=PurePosixPath(name).name)))
