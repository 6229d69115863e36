"""Workbooks for tests: by openpyxl as a clerk's program would write them, or by hand for the odd ones."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import openpyxl

from doc_forms.form import (
    About,
    Count,
    Day,
    EthnicGroup,
    Form,
    IdentityNumber,
    Line,
    Part,
    PersonName,
    PoliticalStatus,
    Sex,
    Text,
    YearMonth,
    field,
)

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"


class Relative(Part):
    """A family member."""

    relation: Line = field("称谓", example="妻")
    name: PersonName = field("家属姓名", example="周示范")
    born: YearMonth | None = field("家属出生年月", example="1980.02", blank="")


class Leader(Part):
    """Who led the inspection."""

    name: PersonName = field("姓名", example="陈示例")
    post: Line | None = field("职务", example="副部长", blank="")


class Review(Form):
    """A small paper with every shape of field."""

    about = About(title="审核表", articles=(25,), file_name="审核表_{姓名}")
    name: PersonName = field("姓名", help="按身份证填写", example="林示例")
    sex: Sex | None = field("性别", example="女", blank="")
    born: YearMonth = field("出生年月", example="1982.04")
    identity_number: IdentityNumber | None = field("公民身份号码", blank="")
    ethnic_group: EthnicGroup | None = field("民族", example="畲族", blank="")
    status: PoliticalStatus | None = field("政治面貌", example="群众", blank="")
    staff_number: Line | None = field("工号", example="00712", blank="")
    decided: Day | None = field("决定日期", example="2026年9月18日", blank="")
    votes: Count | None = field("票数", example="12", blank="")
    remark: Text | None = field("备注", blank="无")
    present: list[PersonName] = field("参加人员", example="周示范、吴样本", at_least=0)
    leader: Leader | None = field("组长", blank="")
    family: list[Relative] = field("家庭成员", at_least=0)


def save(path: Path, sheets: Mapping[str, Iterable[Iterable[Any]]]) -> Path:
    """Write a workbook with openpyxl: sheets by name, each a list of rows."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return path


def by_hand(  # noqa: PLR0913 - the parts of a workbook
    path: Path,
    sheet: str,
    *,
    shared: str = "",
    formats: Iterable[str] = (),
    since_1904: bool = False,
    around: str = "",
    before: str = "",
) -> Path:
    """Write a workbook of one sheet whose `<sheetData>` holds the XML `sheet`.

    formats: number format codes; the cell style n (from 1) has the n-th of them.
    before, around: XML before and after the sheet's data.
    """
    codes = list(formats)
    number_formats = "".join(f'<numFmt numFmtId="{200 + n}" formatCode="{c}"/>' for n, c in enumerate(codes))
    styles = "".join(f'<xf numFmtId="{200 + n}" fontId="0" fillId="0" borderId="0"/>' for n in range(len(codes)))
    plain = '<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><workbookPr date1904="{int(since_1904)}"/>'
        '<sheets><sheet name="名册" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _relations(
            ("worksheet", "worksheets/sheet1.xml"), ("styles", "styles.xml"), ("sharedStrings", "sharedStrings.xml")
        ),
        "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"><numFmts count="{len(codes)}">{number_formats}</numFmts>'
        '<fonts count="1"><font/></fonts><fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders>'
        f'<cellStyleXfs count="1">{plain}</cellStyleXfs><cellXfs count="{len(codes) + 1}">{plain}{styles}</cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{_MAIN}">{shared}</sst>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_MAIN}" xmlns:r="{_OFFICE}">{before}'
        f"<sheetData>{sheet}</sheetData>{around}</worksheet>",
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in parts.items():
            package.writestr(name, '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + text)
    return path


def text_row(number: int, *texts: str) -> str:
    """The XML of a row of inline texts from column A."""
    cells = (f'<c r="{chr(65 + n)}{number}" t="inlineStr"><is><t>{text}</t></is></c>' for n, text in enumerate(texts))
    return f'<row r="{number}">{"".join(cells)}</row>'


def _relations(*targets: tuple[str, str]) -> str:
    items = (f'<Relationship Id="rId{n}" Type="{_OFFICE}/{k}" Target="{t}"/>' for n, (k, t) in enumerate(targets, 1))
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{"".join(items)}'
        "</Relationships>"
    )


def _content_types() -> str:
    parts = {
        "workbook": "sheet.main",
        "worksheets/sheet1": "worksheet",
        "styles": "styles",
        "sharedStrings": "sharedStrings",
    }
    overrides = "".join(
        f'<Override PartName="/xl/{name}.xml" ContentType="{_TYPES}.{kind}+xml"/>' for name, kind in parts.items()
    )
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )
