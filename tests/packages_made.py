"""Office files with something wrong in them: a small document and a small workbook, taken apart and changed."""

from __future__ import annotations

import functools
import io
import tempfile
import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest

from doc_forms.errors import FileRefused
from doc_forms.packages import check_workbook, template_from_bytes

Parts = dict[str, bytes]

DOCUMENT = "word/document.xml"
TYPES = "[Content_Types].xml"
SHEET = "xl/worksheets/sheet1.xml"
RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def members_of(data: bytes) -> Parts:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def zipped(parts: Parts, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return stream.getvalue()


@functools.cache
def word_bytes() -> bytes:
    stream = io.BytesIO()
    document = docx.Document()
    document.add_paragraph("{{ 姓名 }}")
    document.save(stream)
    return stream.getvalue()


@functools.cache
def excel_bytes() -> bytes:
    stream = io.BytesIO()
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["姓名", "出生年月"])
    sheet.append(["阿卜杜拉·买买提", "1978.03"])
    book.save(stream)
    return stream.getvalue()


def word_parts() -> Parts:
    return members_of(word_bytes())


def excel_parts() -> Parts:
    return members_of(excel_bytes())


def put(parts: Parts, name: str, content: bytes | str, content_type: str) -> None:
    """Add a part with its content type."""
    parts[name] = content.encode() if isinstance(content, str) else content
    override = f'<Override PartName="/{name}" ContentType="{content_type}"/></Types>'
    parts[TYPES] = parts[TYPES].replace(b"</Types>", override.encode())


def relate(parts: Parts, source: str, kind: str, target: str, mode: str = "") -> None:
    """Add a relationship to a part's `.rels`; a bare kind is one of the usual office relationships."""
    folder, _, name = source.rpartition("/")
    rels = f"{folder}/_rels/{name}.rels"
    kind = kind if ":" in kind else f"{RELS}/{kind}"
    attribute = f' TargetMode="{mode}"' if mode else ""
    entry = f'<Relationship Id="rIdNew" Type="{kind}" Target="{target}"{attribute}/></Relationships>'
    empty = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
    parts[rels] = parts.get(rels, empty).replace(b"</Relationships>", entry.encode())


def in_body(parts: Parts, markup: str) -> None:
    parts[DOCUMENT] = parts[DOCUMENT].replace(b"<w:body>", b"<w:body>" + markup.encode())


def field_runs(*pieces: str) -> str:
    runs = "".join(f'<w:r><w:instrText xml:space="preserve">{piece}</w:instrText></w:r>' for piece in pieces)
    return f'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>{runs}<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'


def word_refusal(parts: Parts | bytes) -> str:
    data = parts if isinstance(parts, bytes) else zipped(parts)
    with pytest.raises(FileRefused) as caught:
        template_from_bytes(data, "任职通知.docx")
    return str(caught.value)


def excel_refusal(parts: Parts | bytes) -> str:
    """The lines with which a workbook is refused."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "名册.xlsx"
        path.write_bytes(parts if isinstance(parts, bytes) else zipped(parts))
        with pytest.raises(FileRefused) as caught:
            check_workbook(path)
    return str(caught.value)
