"""Photographs as data: JPEG or PNG, kept as base64 text, checked by their structure before any paper is made.

A value is the picture itself in base64 or the name of its file, which lies beside the data file, the roster or the
case (or in a folder below). Only the structure is read, by ITU-T T.81 (JPEG, annex B) and ISO/IEC 15948 (PNG, 5):
nothing is decoded, so that no picture costs more than its bytes.
"""

from __future__ import annotations

import base64
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import IO, Annotated, Any, Literal

from pydantic import BeforeValidator, ValidationInfo

from doc_forms.form.note import TypeNote

FOLDER = "folder"
"""The word under which `reading.read` hands on where the data came from."""

MOST_PICTURE_BYTES = 2 << 20
"""What a picture may weigh."""
_MOST_PIXELS = 6000  # on either side: a camera's own picture passes, what would take gigabytes to show does not
_FEWEST_PIXELS = 16
_DATA_URL = re.compile(r"data:image/[a-z]+;base64,")
_FILE_NAME = re.compile(r"[^\n]{1,250}\.(?:jpe?g|png)", re.IGNORECASE)
_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
_JPEG_END = b"\xff\xd9"
_JPEG_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # the others are tables, not frames
_JPEG_SCAN = 0xDA
_JPEG_BARE = frozenset({0x01, *range(0xD0, 0xD9)})  # markers without a length


@dataclass(frozen=True, slots=True)
class PictureFacts:
    """What the structure of a picture says."""

    ending: Literal["jpeg", "png"]
    width: int
    """In pixels."""
    height: int


def picture_facts(data: bytes) -> PictureFacts:
    """Give what a picture is; ValueError (Chinese) where it is none that a paper can hold."""
    if len(data) > MOST_PICTURE_BYTES:
        message = f"照片超过 {MOST_PICTURE_BYTES >> 20} MB，请缩小后再用"
        raise ValueError(message)
    if data.startswith(_JPEG):
        ending: Literal["jpeg", "png"] = "jpeg"
        size = _jpeg_size(data)
    elif data.startswith(_PNG):
        ending, size = "png", _png_size(data)
    else:
        message = "照片不是 JPEG 或 PNG 图片，请用看图软件另存为 .jpg 后再用"
        raise ValueError(message)
    if size is None:
        message = "照片已损坏或不完整，请换一份"
        raise ValueError(message)
    if min(size) < _FEWEST_PIXELS or max(size) > _MOST_PIXELS:
        message = f"照片为 {size[0]}×{size[1]} 像素，应在 {_FEWEST_PIXELS} 到 {_MOST_PIXELS} 之间，请调整后再用"
        raise ValueError(message)
    return PictureFacts(ending, *size)


def picture_bytes(value: str) -> bytes:
    """Give the bytes of a picture as a form keeps it."""
    return base64.b64decode(value)


def picture_of(stream: IO[bytes]) -> str:
    """Give a picture as a form keeps it; ValueError (Chinese) where it is none that a paper can hold."""
    return _checked(stream.read(MOST_PICTURE_BYTES + 1))


def picture_way(value: Any) -> PurePosixPath | None:
    """Give the way to the file that a value names, from the folder of the data; None where it names none there."""
    text = value.strip() if isinstance(value, str) else ""
    if not _FILE_NAME.fullmatch(text):
        return None
    try:
        return _way(text)
    except ValueError:
        return None


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    """Width and height, where the picture goes from its head through its scan to its end."""
    size, position = None, 2
    while position + 4 <= len(data) and data[position] == 0xFF:  # noqa: PLR2004 - every marker begins so
        marker = data[position + 1]
        if marker == 0xFF:  # noqa: PLR2004 - filling before a marker
            position += 1
            continue
        if marker in _JPEG_BARE:
            position += 2
            continue
        length = int.from_bytes(data[position + 2 : position + 4])
        if marker == _JPEG_SCAN:
            return size if data.find(_JPEG_END, position + 2 + length) > 0 else None
        if marker in _JPEG_FRAMES:
            size = int.from_bytes(data[position + 7 : position + 9]), int.from_bytes(data[position + 5 : position + 7])
        position += 2 + max(length, 2)
    return None


def _png_size(data: bytes) -> tuple[int, int] | None:
    """Width and height, where every chunk is whole by its checksum and the last one is the end."""
    kinds = list(_png_chunks(data))
    if kinds[:1] != [b"IHDR"] or kinds[-1:] != [b"IEND"] or b"IDAT" not in kinds:
        return None
    return int.from_bytes(data[16:20]), int.from_bytes(data[20:24])


def _png_chunks(data: bytes) -> Iterator[bytes]:
    """The kinds of the chunks up to the end, or up to the first that is not whole."""
    position = len(_PNG)
    while position + 12 <= len(data):
        length = int.from_bytes(data[position : position + 4])
        kind_and_content = data[position + 4 : position + 8 + length]
        checksum = data[position + 8 + length : position + 12 + length]
        if zlib.crc32(kind_and_content).to_bytes(4) != checksum:
            return
        yield kind_and_content[:4]
        if kind_and_content[:4] == b"IEND":
            return
        position += 12 + length


def _as_picture(value: Any, info: ValidationInfo) -> str:
    if isinstance(value, bytes):
        return _checked(value)
    if not isinstance(value, str):
        message = "应为照片的文件名，如 照片/林示例.jpg"
        raise ValueError(message)  # noqa: TRY004 - pydantic gathers ValueError, not TypeError
    text = value.strip()
    if _FILE_NAME.fullmatch(text):
        return _checked(_read(text, (info.context or {}).get(FOLDER)))
    try:
        data = base64.b64decode("".join(_DATA_URL.sub("", text, count=1).split()), validate=True)
    except ValueError:  # of base64: not its alphabet, or cut off
        message = "不是照片的内容，也不是以 .jpg 或 .png 结尾的文件名，请核对"
        raise ValueError(message) from None
    return _checked(data)


@lru_cache(maxsize=32)
def _checked(data: bytes) -> str:
    """The picture as a form keeps it, once it is known to be one (a case is read anew at every change)."""
    picture_facts(data)
    return base64.b64encode(data).decode()


def _read(name: str, folder: Path | None) -> bytes:
    """The file of that name, which has to lie in the data's own folder or below, or in the folder around it."""
    if folder is None:
        message = "这里不能写文件名，请放入照片本身"
        raise ValueError(message)
    way = _way(name)
    places = (
        folder / way,
        folder.parent / way,
    )  # a receipt lies in the folder of the papers, often within the roster's
    for file in places:
        try:
            with file.open("rb") as stream:
                return stream.read(MOST_PICTURE_BYTES + 1)
        except OSError:
            continue
    message = "找不到或无法读取这个照片文件，请放在数据文件旁边（或其下的文件夹里），并核对文件名"
    raise ValueError(message)


def _way(name: str) -> PurePosixPath:
    """The way from the folder of the data; ValueError where it leads elsewhere."""
    way = PurePosixPath(name.replace("\\", "/"))
    if way.is_absolute() or ".." in way.parts or ":" in name:
        message = "照片要放在数据文件旁边或其下的文件夹里，写成 照片/林示例.jpg 这样"
        raise ValueError(message)
    return way


Picture = Annotated[
    str,
    BeforeValidator(_as_picture),
    TypeNote("照片", "JPEG 或 PNG 文件的名字，放在数据文件旁边，如 照片/林示例.jpg", picture=True),
]
"""A photograph, kept as base64 without line ends; typed as that or as the name of a file."""
