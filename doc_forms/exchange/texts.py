"""Text out of a file of unknown origin: its encoding told by its bytes, its invisible characters taken out."""

from __future__ import annotations

import codecs
import re
import unicodedata
from pathlib import Path
from typing import NamedTuple

from doc_forms.errors import Fault, FileRefused, Place, Severity
from doc_forms.packages.outside import opened

MOST_BYTES = 9 << 20
"""A person with a photo takes some 200 KB; libxml2 takes no text of more than 10 MB."""

_DECLARED = re.compile(r"""^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([\w.-]+)["']""")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_CHINESE = {"gbk", "gb2312", "gb18030", "x-gbk", "cp936", "gb_2312-80"}
_BOMS = {
    codecs.BOM_UTF8: ("utf-8", "UTF-8"),
    codecs.BOM_UTF16_LE: ("utf-16-le", "UTF-16"),
    codecs.BOM_UTF16_BE: ("utf-16-be", "UTF-16"),
}
_LINE_ENDS = re.compile("\r\n?|\x85|\u2028|\u2029|\x0b|\x0c")
# Controls, fillers, joiners, marks of direction. Private signs are not among them: a rare name may be written with one.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\uffff]"
)


class Decoded(NamedTuple):
    """A file as text: what its encoding was, and what is to be said of that."""

    text: str
    notes: tuple[Fault, ...] = ()


def read_bytes(file: Path) -> bytes:
    """Read a file from outside; FileRefused where it is missing, unreadable, empty or too big."""
    with opened(file) as stream:
        data = stream.read(MOST_BYTES + 1)
    if not data:
        raise FileRefused(Fault("exchange-empty", "文件是空的（0 字节），请重新导出", Place(file=file.name)))
    if len(data) > MOST_BYTES:
        message = f"文件超过 {MOST_BYTES >> 20} MB，不像任免审批表文件；照片过大的请压缩后再导出"
        raise FileRefused(Fault("exchange-size", message, Place(file=file.name)))
    return data


def decode_xml(data: bytes, file: str) -> Decoded:
    """Decode the bytes of an XML file: UTF-8, UTF-16, or GBK whether the declaration says so or not.

    Gives the text without its declaration. FileRefused where it is none of these.
    """
    place = Place(file=file)
    found = _by_mark(data)
    if found is not None:
        text, label = found
        notes = () if label == "UTF-8" else (_foreign(label, place),)
        return Decoded(_DECLARATION.sub("", text), notes)
    head = _DECLARED.match(data[:200].decode("latin-1"))
    stated = head[1].lower() if head else "utf-8"
    if stated in _CHINESE:
        return Decoded(_without_declaration(_decoded(data, "gb18030", place)), (_foreign("GBK", place),))
    if stated not in ("utf-8", "utf8", "us-ascii", "ascii"):
        message = f"文件声明的编码是 {stated}，不认得；请在任免审批表编辑器中打开后另存"
        raise FileRefused(Fault("exchange-encoding", message, place))
    try:
        return Decoded(_without_declaration(data.decode("utf-8")))
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data":
            raise FileRefused(
                Fault("exchange-cut", "文件不全（在一个字的中间断了），请重新导出或复制", place)
            ) from None
        text = _decoded(data, "gb18030", place)
    message = "文件声明为 UTF-8，实为 GBK，已按 GBK 读取；请核对姓名有无乱码"
    return Decoded(_without_declaration(text), (Fault("exchange-encoding", message, place, Severity.WARNING),))


def decode_plain(data: bytes, file: str) -> Decoded:
    """Decode the bytes of a `.lrm`: GBK as the format has it, else UTF-8 or UTF-16 (FileRefused otherwise)."""
    place = Place(file=file)
    found = _by_mark(data)
    if found is not None:
        return Decoded(found[0], (_foreign(found[1], place),))
    try:
        return Decoded(data.decode("gb18030"))
    except UnicodeDecodeError:
        return Decoded(_decoded(data, "utf-8", place), (_foreign("UTF-8", place),))


def tidy(text: str) -> tuple[str, str]:
    r"""Give a text with `\n` line ends, NFC, without invisible characters and outer space; and what was taken out.

    The second is empty, or names the invisible characters: `U+200B、U+202E`.
    """
    text = _LINE_ENDS.sub("\n", text)
    hidden = "、".join(dict.fromkeys(f"U+{ord(sign):04X}" for sign in _INVISIBLE.findall(text)))
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", text)).strip(), hidden


def _by_mark(data: bytes) -> tuple[str, str] | None:
    """The text and the name of its encoding, where the first bytes say which it is."""
    for mark, (encoding, label) in _BOMS.items():
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace"), label
    if b"\0" not in data[:2]:
        return None
    return data.decode("utf-16-be" if data[0] == 0 else "utf-16-le", "replace"), "UTF-16"


def _decoded(data: bytes, encoding: str, place: Place) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        message = "不是 UTF-8，也不是 GBK 文本，无法读取；请在任免审批表编辑器中打开后另存"
        raise FileRefused(Fault("exchange-encoding", message, place)) from None


def _without_declaration(text: str) -> str:
    return _DECLARATION.sub("", text)


def _foreign(label: str, place: Place) -> Fault:
    message = f"文件编码是 {label}，已照此读取；写出时一律为 UTF-8"
    return Fault("exchange-encoding", message, place, Severity.NOTE)
