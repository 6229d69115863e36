"""归档文件目录 and 备考表 of one bag, as Word papers and as a workbook; the same input gives the same bytes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from doc_forms.archive.plan import Box, Gap
from doc_forms.errors import Place
from doc_forms.form import Part, PartialDate
from doc_forms.form.reading import Path, path_text, read
from doc_forms.library import Kind, Library
from doc_forms.making import Maker
from doc_forms.regulation import article_text
from doc_forms.workbook import TITLE, add_sheet, dress, fixed, new_book

CATALOGUE, NOTE = "archive_catalogue", "archive_note"
"""Stems of the two kinds; a library of an office's own draws them as it likes."""
_COLUMNS = {"序号": 6, "档号": 26, "文号": 22, "责任者": 28, "题名": 46, "日期": 10, "密级": 8, "页数": 6, "备注": 22}


@dataclass(frozen=True)
class Numbered:
    """A piece with its number (档号), its pages as counted, and whether a PDF/A copy lies beside it."""

    piece: Any
    number: str
    pages: int
    copied: bool


def catalogue_data(settings: Part, box: Box, rows: Sequence[Numbered], year: int, digest: str) -> dict[str, Any]:
    """Give the facts of the catalogue, keyed by its titles."""
    own = settings.data()
    cover = {title: own[title] for title in ("全宗号", "全宗名称", "保管期限", "机构或问题")}
    kept = [_row(number, row, own.get("密级", ""), box) for number, row in enumerate(rows, 1)]
    lacking = [_lacking(gap) for gap in box.gaps]
    return {**cover, "案卷题名": box.title, "年度": year, "归档文件": [*kept, *lacking], "校验值": digest}


def _row(serial: int, row: Numbered, secrecy: str, box: Box) -> dict[str, Any]:
    notes = ["归入人事档案9-2"] if box.personal else []
    notes += ["附 PDF/A"] if row.copied else []
    facts = {
        "序号": serial,
        "档号": row.number,
        "文号": row.piece.document_number,
        "责任者": row.piece.author,
        "题名": row.piece.subject,
        "整词": [one for one in row.piece.subjects if one in row.piece.subject],
        "日期": row.piece.dated,
        "密级": secrecy,
        "页数": row.pages or None,
        "备注": "；".join(notes),
    }
    return {title: value for title, value in facts.items() if value not in (None, "", [])}


def _lacking(gap: Gap) -> dict[str, Any]:
    return {"题名": gap.item, "备注": f"缺件（{article_text(gap.article)}）"}


def note_data(settings: Part, box: Box, rows: Sequence[Numbered], day: PartialDate) -> dict[str, Any]:
    """Give the facts of the note; what is missing is said in it."""
    own = settings.data()
    facts: dict[str, Any] = {"案卷题名": box.title, "盒内文件情况说明": "\n".join(_state(box, rows))}
    facts["档号"] = numbers_text([row.number for row in rows])
    if own.get("整理人"):
        facts |= {"整理人": own["整理人"], "整理日期": day.iso}
    if own.get("检查人"):
        facts |= {"检查人": own["检查人"]}
    return {title: value for title, value in facts.items() if value}


def _state(box: Box, rows: Sequence[Numbered]) -> list[str]:
    pages = sum(row.pages for row in rows)
    uncounted = sum(not row.pages for row in rows)
    counted = f"，已计页数的共 {pages} 页" if pages and uncounted else f"，共 {pages} 页" if pages else ""
    said = [f"盒内文件 {len(rows)} 件{counted}，按归档文件目录的顺序排列。"]
    if box.personal:
        said.append("本盒为归入本人干部人事档案第九类（9-2）的材料，档号为其在文书档案中的档号。")
    if box.gaps:
        said += ["应归档而缺少的材料：", *(f"{gap}；" for gap in box.gaps[:-1]), f"{box.gaps[-1]}。"]
    else:
        said.append("应归档的材料齐全。")
    return said


def numbers_text(numbers: Sequence[str]) -> str:
    """Give a run of numbers shortly: `J001-WS·2026-Y-ZZB-0001至0028`; "" for none, joined where it is no run."""
    if not numbers:
        return ""
    stem, _, first = numbers[0].rpartition("-")
    run = [f"{stem}-{int(first) + step:04d}" for step in range(len(numbers))]
    if list(numbers) != run:
        return "、".join(numbers)
    return numbers[0] if len(numbers) == 1 else f"{numbers[0]}至{numbers[-1].rpartition('-')[2]}"


def paper(library: Library, stem: str, data: dict[str, Any]) -> bytes:
    """Give a finished paper of the archive's own kinds (DataRefused, TemplateRefused, PaperRefused)."""
    maker = maker_of(library.kind(stem))

    def locate(path: Path) -> Place:
        return Place(file=maker.kind.title, field=path_text(path))

    form, _ = read(maker.kind.form, data, locate)
    return maker.make(maker.draft(form))


def maker_of(kind: Kind) -> Maker:
    """Give the maker of a kind: a year's cases share one compiled template, as long as its file stays as it is."""
    try:
        changed = kind.template.stat().st_mtime_ns
    except OSError:
        changed = 0  # opening it says what is wrong
    return _open_maker(kind, changed)


@lru_cache(maxsize=64)
def _open_maker(kind: Kind, _changed: int) -> Maker:
    return Maker.open(kind)


def workbook(data: dict[str, Any]) -> bytes:
    """Give the catalogue as a workbook: the cover's facts, then a row an item, all as text but the numbers."""
    book = new_book()
    sheet = add_sheet(book, "归档文件目录")
    sheet.append(["归档文件目录"])
    for title in ("案卷题名", "全宗号", "全宗名称", "年度", "保管期限", "机构或问题", "校验值"):
        if data.get(title):
            sheet.append([f"{title}：{data[title]}"])  # one cell: the first column is too narrow for a title alone
    sheet.append([])
    sheet.append(list(_COLUMNS))
    first = sheet.max_row
    for row in data["归档文件"]:
        sheet.append([row.get(title) for title in _COLUMNS])
    dress(sheet, first, list(_COLUMNS.values()))
    sheet["A1"].style = TITLE
    return fixed(book)
