"""Files that a clerk adds: scans and other finished files, each under the name of an item of the archive.

Two ways: `--add 工作总结=文件` (`--add 林示例/工作总结=文件` where a case has several people), or a folder beside the
case, `<案件文件名>_材料`, in which a file lies below a folder with the name of its item, or its own name begins with
it; the items of a person lie in a folder with the person's name. What a file is, is told by its content.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import IO

from doc_forms.errors import Fault, FileRefused, Place, UsageRefused
from doc_forms.packages import open_template
from doc_forms.regulation.material import Material

FOLDER_ENDING = "_材料"
MOST_BYTES = 500 << 20
"""A scanned volume at 300 dpi in colour; more is a wrong file."""
_LEFT_ALONE = {"thumbs.db", "desktop.ini", ".ds_store"}
_HEAD, _TAIL = 1024, 2048
_ENCRYPT, _ENCRYPTED = b"/Encrypt", re.compile(rb"/Encrypt\s+\d+\s+\d+\s+R")
_CHUNK, _REFERENCE = 1 << 20, 64
"""How much of a PDF is looked through at once, and how long a reference may be that two parts share."""
_ENDINGS = {".pdf": "PDF", ".jpg": "JPEG", ".jpeg": "JPEG", ".png": "PNG", ".docx": "Word"}
_TAKEN = "PDF、JPEG、PNG 或 Word（.docx）"


@dataclass(frozen=True)
class Added:
    """One file of a clerk's: the item it belongs to, whose it is ("" of the case), where it is."""

    item: str
    person: str
    file: Path


def read_added(
    stated: Sequence[str], folder: Path | None, materials: Sequence[Material], people: Sequence[str]
) -> tuple[Added, ...]:
    """Give every file that was added, in the order of the items, each checked for what it is.

    stated: `项目=文件` or `姓名/项目=文件`. folder: the case's folder of materials, None where there is none.
    Raises UsageRefused for an item or a person that the case does not have, FileRefused for a file that is not what
    its ending says; all of them, not the first only.
    """
    faults: list[Fault] = []
    found: list[Added] = []
    for where, file in (*_stated(stated, faults), *_lying_in(folder)):
        item = _item_of(where, materials, people)
        if isinstance(item, str):
            faults.append(Fault("archive-item", item, Place(file=str(file))))
        else:
            found.append(Added(*item, file))
    if faults:
        raise UsageRefused(faults)
    bad = [fault for added in found for fault in check_type(added.file)]
    if bad:
        raise FileRefused(bad)
    order = {material.title: number for number, material in enumerate(materials)}
    return tuple(sorted(found, key=lambda one: (order[one.item], one.person, one.file.name)))


def _stated(stated: Sequence[str], faults: list[Fault]) -> Iterator[tuple[list[str], Path]]:
    for text in stated:
        where, equals, file = text.partition("=")
        if not equals or not where or not file:
            faults.append(
                Fault("archive-add", f"--add 应写成 项目=文件 或 姓名/项目=文件，如 工作总结=总结.pdf：{text}")
            )
        else:
            yield [part for part in where.split("/") if part], Path(file)


def _lying_in(folder: Path | None) -> Iterator[tuple[list[str], Path]]:
    """The files of a folder of materials, with the way to each; what systems leave behind is passed over."""
    if folder is None or not folder.is_dir():
        return
    for file in sorted(folder.rglob("*")):
        way = list(file.relative_to(folder).parts)
        hidden = any(part.startswith((".", "~$")) for part in way) or file.name.lower() in _LEFT_ALONE
        if not file.is_dir() and not hidden:
            yield way, file


def _item_of(way: list[str], materials: Sequence[Material], people: Sequence[str]) -> tuple[str, str] | str:
    """The item and the person that a way names, or what is wrong with it in one sentence."""
    person = way[0] if way[0] in people else ""
    rest = way[1:] if person else way
    material = _named(rest[0], materials) if rest else None
    if material is None and len(rest) > 1 and _named(rest[1], materials):
        return f"案件中没有考察对象“{rest[0]}”；考察对象有：{'、'.join(people) or '（还没有）'}"
    if material is None:
        titles = "、".join(one.title for one in materials)
        return f"看不出是哪一项材料；项目名称有：{titles}"
    if material.of_person and not person:
        if not people:
            return f"“{material.title}”属于考察对象，这个案件还没有考察对象"
        if len(people) > 1:
            whose = f"{people[0]}/{material.title}"
            return f"“{material.title}”属于某一位考察对象，请写明是谁（{'、'.join(people)}），如 {whose}"
        person = people[0]
    if person and not material.of_person:
        return f"“{material.title}”属于整个案件，不写姓名"
    return material.title, person


def _named(text: str, materials: Sequence[Material]) -> Material | None:
    """The item whose title a text is or begins with: the longest, where several do."""
    fitting = [material for material in materials if text.startswith(material.title)]
    return max(fitting, key=lambda material: len(material.title), default=None)


def check_type(file: Path) -> list[Fault]:
    """Give what keeps a file out of the archive: its content is told by its first and last bytes."""
    place = Place(file=str(file))
    kind = _ENDINGS.get(file.suffix.lower())
    try:
        state = file.stat()
        size = state.st_size
        if not file.is_file():
            return [Fault("archive-file", "不是文件", place)]
        found = content_kind(file)
    except OSError:
        return [Fault("archive-file", "文件不存在或无法读取，请检查路径和权限", place)]
    if not size:
        return [Fault("archive-empty", "文件是空的，请重新扫描或导出", place)]
    if size > MOST_BYTES:
        return [Fault("archive-size", f"文件超过 {MOST_BYTES >> 20} MB，请拆成几个文件", place)]
    if kind is None or found is None:
        said = f"实为{_spoken(found)}" if found else "看不出是什么文件"
        return [Fault("archive-type", f"{said}，后缀为“{file.suffix}”；归档只收 {_TAKEN}，请另存后再加", place)]
    if found != kind:
        return [
            Fault("archive-type", f"后缀是 {file.suffix}，内容却是 {_spoken(found)}，请改正后缀或换一个文件", place)
        ]
    return list(_damaged(file, kind, (state.st_mtime_ns, size)))


def content_kind(file: Path) -> str | None:
    """Tell by its first bytes what a file is: PDF, JPEG, PNG, Word, or None."""
    with file.open("rb") as stream:
        head = stream.read(_HEAD)
    if head.startswith(b"%PDF-"):
        return "PDF"
    if head.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if head.startswith(b"PK\x03\x04"):
        return "Word"
    return "旧版 Office 或加密文件" if head.startswith(bytes.fromhex("d0cf11e0a1b11ae1")) else None


def _spoken(found: str) -> str:
    """The kind as it is said where the ending is another one: Excel's files begin as Word's do."""
    return "压缩包或 Office 文件" if found == "Word" else found


@lru_cache(maxsize=4096)
def _damaged(file: Path, kind: str, _stamp: tuple[int, int]) -> tuple[Fault, ...]:
    """What is amiss with a file in that state: a scan is read to its end once, not each time the window lists it."""
    return tuple(_damage(file, kind, Place(file=str(file))))


def _damage(file: Path, kind: str, place: Place) -> Iterable[Fault]:
    """Files that were cut off, are locked, or carry macros."""
    if kind == "Word":
        try:
            open_template(file)
        except FileRefused as refused:
            yield from (replace(fault, message=fault.message.replace("模板", "文件")) for fault in refused.faults)
        return
    with file.open("rb") as stream:
        stream.seek(max(0, file.stat().st_size - _TAIL))
        tail = stream.read()
        ends = {"PDF": b"%%EOF" in tail, "JPEG": b"\xff\xd9" in tail, "PNG": b"IEND" in tail}
        if not ends[kind]:
            yield Fault("archive-cut", f"{kind} 文件不完整（没有结束标记），请重新扫描或复制", place)
        stream.seek(0)
        if kind == "PDF" and _is_encrypted(stream):
            yield Fault("archive-locked", "PDF 已加密，多年后可能打不开，请去除密码后再归档", place)


def _is_encrypted(stream: IO[bytes]) -> bool:
    """Whether a PDF names its encryption; read in parts, since a scanned volume is large."""
    kept = b""
    while chunk := stream.read(_CHUNK):
        looked = kept + chunk
        if _ENCRYPT in looked and _ENCRYPTED.search(looked):  # the plain search is the fast one
            return True
        kept = chunk[-_REFERENCE:]
    return False
