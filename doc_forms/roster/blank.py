"""A blank roster to hand to a clerk: one column a field, lists on their own sheets, instructions at the end.

Its example rows have 示例 in their 序号 (所属序号) cell, and reading passes over every row that has; so
the example can stay, and a name or an organ that begins with the same two signs is never taken for it.
The same form always gives the same bytes.
"""

from __future__ import annotations

import datetime as dt
import io
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import IO

from lxml import etree
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from doc_forms.errors import Fault, LibraryRefused
from doc_forms.form import FieldSpec, Form
from doc_forms.roster.layout import (
    EXAMPLE,
    GUIDE_SHEET,
    KEY,
    MAIN_SHEET,
    OWNER_KEY,
    Column,
    ListField,
    columns_of,
    lists_of,
)

_CHOICES_SHEET = "可选值"
_ROWS = 5_000
"""Rows that the drop-downs reach."""
_LONGEST_INLINE_LIST = 255
_NARROWEST, _WIDEST, _KEY_WIDTH = 9, 36, 9
_GUIDE_WIDTHS = (14, 24, 10, 54, 34)
_LINE_HEIGHT = 15.5  # points
_AUTHOR = "填写说明"
_MADE = dt.datetime(2020, 1, 1)  # noqa: DTZ001 - written without a zone; fixed so that the bytes are
_FIXED_DATE = (1980, 1, 1, 0, 0, 0)

_LINE = Side(style="thin", color="FFBFBFBF")
_BORDER = Border(_LINE, _LINE, _LINE, _LINE)
_REQUIRED_FILL, _OPTIONAL_FILL = (PatternFill("solid", fgColor=colour) for colour in ("FFFCE4D6", "FFEDEDED"))
_HEADING_FONT, _EXAMPLE_FONT = Font(name="宋体", bold=True, size=11), Font(name="宋体", italic=True, color="FF7F7F7F")
_CENTRED = Alignment(horizontal="center", vertical="center", wrap_text=True)
_WRAPPED = Alignment(vertical="top", wrap_text=True)


@dataclass(frozen=True, slots=True)
class _Head:
    """One heading of the blank roster."""

    title: str
    required: bool
    spec: FieldSpec | None
    words: str
    example: str


def write_blank(form: type[Form], target: IO[bytes], title: str) -> None:
    """Write a blank roster of the form; `title` is the paper's name.

    Raises LibraryRefused for a form that no roster can hold: a list inside the items of a list.
    """
    lists = tuple(lists_of(form))
    _refuse_lists_in_lists(lists)
    book = Workbook()
    book.properties.creator, book.properties.title = "doc_forms", f"{title}名册"
    book.properties.created = _MADE
    choices = _Choices(book)
    main = book.worksheets[0]
    main.title = MAIN_SHEET
    sheets = {main.title: _main_heads(form, lists)} | {one.sheet: _item_heads(one) for one in lists}
    for name, heads in sheets.items():
        _draw(main if name == main.title else book.create_sheet(name), heads, choices)
    _guide(book.create_sheet(GUIDE_SHEET), sheets, title)
    choices.finish()
    save_with_fixed_times(book, target)


def _refuse_lists_in_lists(lists: Iterable[ListField]) -> None:
    for one in lists:
        inner = [nested.spec.title for nested in lists_of(one.spec.part)] if one.spec.part else []
        if inner:
            message = f"“{one.spec.title}”中又有列表“{inner[0]}”，不能用名册填写；请在 About 中写 roster=False"
            raise LibraryRefused(Fault("roster-nested", message))


def _main_heads(form: type[Form], lists: tuple[ListField, ...]) -> list[_Head]:
    words = "每行一个不重复的序号。"
    if lists:
        words += f"工作表{'、'.join(f'“{one.sheet}”' for one in lists)}用它指明各行属于谁。"
    return [_Head(KEY, bool(lists), None, words, EXAMPLE), *map(_head, columns_of(form))]


def _item_heads(one: ListField) -> list[_Head]:
    words = f"填写“{MAIN_SHEET}”中的{KEY}；同一序号可有多行。"
    return [_Head(OWNER_KEY, required=True, spec=None, words=words, example=EXAMPLE), *map(_head, one.columns)]


def _head(column: Column) -> _Head:
    spec = column.spec
    parts = [
        spec.help if spec.help not in spec.note.hint else "",
        spec.note.hint if spec.note.hint not in spec.help else "",
    ]
    if spec.shape == "list":
        parts.append("多项用“、”隔开，某项里有“、”时各项分行写")
    if spec.note.choices and len(spec.note.choices) <= len("一二三四五六七八"):
        parts.append(f"可填：{'、'.join(spec.note.choices)}")
    if not column.required and spec.blank.strip().isprintable() and spec.blank.strip():
        parts.append(f"不填时印“{spec.blank}”")
    words = "；".join(part.strip("。；") for part in parts if part)
    return _Head(column.heading, column.required, spec, words and f"{words}。", spec.example)


def _draw(sheet: Worksheet, heads: list[_Head], choices: _Choices) -> None:
    for number, head in enumerate(heads, 1):
        letters = get_column_letter(number)
        _draw_heading(sheet, number, head)
        counted = head.spec is None or head.spec.note.cell == "number"
        sheet.column_dimensions[letters].width = _width(head)
        sheet.column_dimensions[letters].number_format = "General" if counted else "@"
        cell = sheet.cell(2, number, int(head.example) if counted and head.example.isdigit() else head.example or None)
        cell.number_format = "General" if counted else "@"
        cell.font, cell.border, cell.alignment = _EXAMPLE_FONT, _BORDER, _WRAPPED
        if cell.value is not None and not isinstance(cell.value, int):
            cell.data_type = "s"
        if head.spec is not None and head.spec.shape == "value" and head.spec.note.choices:
            choices.offer(sheet, letters, head)
    sheet.freeze_panes = "C2" if len(heads) > len("序号姓名") else "A2"
    sheet.row_dimensions[1].height = 36
    sheet.row_dimensions[2].height = max(_height(head.example, _width(head)) for head in heads)
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", "9"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"


def _draw_heading(sheet: Worksheet, number: int, head: _Head) -> None:
    cell = sheet.cell(1, number, head.title + ("*" if head.required else ""))
    cell.font, cell.alignment, cell.border = _HEADING_FONT, _CENTRED, _BORDER
    cell.fill = _REQUIRED_FILL if head.required else _OPTIONAL_FILL
    lines = [f"{head.title}（{'必填' if head.required else '选填'}）"]
    lines += [head.words] if head.words else []
    lines += [f"示例：{head.example}"] if head.example and head.spec else []
    cell.comment = Comment("\n".join(lines), _AUTHOR, height=40 + 18 * (len(lines) + len(head.words) // 16), width=220)


def _width(head: _Head) -> float:
    if head.spec is None:
        return _KEY_WIDTH
    longest = max(_shown_width(head.title) + 3, _shown_width(head.example) + 2)
    if head.spec.note.cell == "code":
        longest = max(longest, 21)
    return float(min(max(longest, _NARROWEST), _WIDEST))


def _height(text: str, width: float) -> float:
    """The height in points of a text that wraps in a column of that width."""
    return _LINE_HEIGHT * sum(1 + int(_shown_width(line) // (width - 1)) for line in (text or " ").splitlines())


def _shown_width(text: str) -> int:
    """The width in columns of half-width signs."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


class _Choices:
    """Drop-downs; a list too long to stand in the rule itself stands on a hidden sheet."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._long: dict[tuple[str, ...], str] = {}

    def offer(self, sheet: Worksheet, letters: str, head: _Head) -> None:
        """Give a column its drop-down. Other words are warned of, not refused: synonyms are understood."""
        values = head.spec.note.choices if head.spec else ()
        inline = f'"{",".join(values)}"'
        if len(inline) > _LONGEST_INLINE_LIST or any("," in value for value in values):
            letter = get_column_letter(len(self._long) + 1)
            place = f"'{_CHOICES_SHEET}'!${letter}$1:${letter}${len(values)}"
            inline = self._long.setdefault(values, place)
        rule = DataValidation(type="list", formula1=inline, allow_blank=True, showErrorMessage=True)
        rule.errorStyle, rule.errorTitle, rule.error = "warning", head.title, "不在可选值之中，确定要这样填吗？"
        rule.add(f"{letters}2:{letters}{_ROWS}")
        sheet.add_data_validation(rule)

    def finish(self) -> None:
        """Write the hidden sheet, where one is needed."""
        if not self._long:
            return
        sheet = self._book.create_sheet(_CHOICES_SHEET)
        sheet.sheet_state = "hidden"
        for number, values in enumerate(self._long, 1):
            for row, value in enumerate(values, 1):
                sheet.cell(row, number, value)


def _guide(sheet: Worksheet, sheets: dict[str, list[_Head]], title: str) -> None:
    for line in _instructions(sheets, title):
        sheet.append([line])
        sheet.merge_cells(start_row=sheet.max_row, end_row=sheet.max_row, start_column=1, end_column=5)
        cell = sheet.cell(sheet.max_row, 1)
        cell.alignment, cell.font = _WRAPPED, Font(name="宋体", size=11)
        sheet.row_dimensions[sheet.max_row].height = _height(line, sum(_GUIDE_WIDTHS))
    sheet.cell(1, 1).font = Font(name="黑体", size=16)
    sheet.row_dimensions[1].height = 28
    sheet.append([])
    sheet.append(["工作表", "栏目", "是否必填", "含义与写法", "示例"])
    for cell in sheet[sheet.max_row]:
        cell.font, cell.fill, cell.border, cell.alignment = _HEADING_FONT, _OPTIONAL_FILL, _BORDER, _CENTRED
    for name, heads in sheets.items():
        for head in heads:
            sheet.append([name, head.title, "必填" if head.required else "选填", head.words, head.example])
            for cell in sheet[sheet.max_row]:
                cell.border, cell.alignment, cell.number_format = _BORDER, _WRAPPED, "@"
                cell.data_type = "s" if cell.value else cell.data_type
            height = max(_height(head.words, _GUIDE_WIDTHS[3]), _height(head.example, _GUIDE_WIDTHS[4]))
            sheet.row_dimensions[sheet.max_row].height = height
    for letters, width in zip("ABCDE", _GUIDE_WIDTHS, strict=True):
        sheet.column_dimensions[letters].width = width
    sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.page_setup.fitToHeight = "landscape", "9", 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _instructions(sheets: dict[str, list[_Head]], title: str) -> Iterator[str]:
    yield f"{title}名册填写说明"
    lines = [
        f"在“{MAIN_SHEET}”中每行填写一份文书的内容，从示例行以下填起；{KEY}为“{EXAMPLE}”的行不会办理，可留可删。",
        "带 * 且底色较深的栏目必填，其余选填；把鼠标移到标题上可看每栏的写法。",
        "栏目的先后可以调整，选填的栏目可以删去；标题文字请勿改动，也不要合并单元格，不要写合计行。",
        "日期写成 1978.03 或 2026年9月18日 这样的文本。",
        "单元格已设为文本，请勿改成数字：数字 1975.1 分不清 1 月与 10 月，身份证号码末几位会被 Excel 改成 0。",
        "从别处粘贴时，请用“选择性粘贴—数值”，以保留文本格式和下拉选项。",
    ]
    others = [name for name in sheets if name != MAIN_SHEET]
    if others:
        names = "、".join(f"“{name}”" for name in others)
        lines.append(
            f"一份文书有多项内容的，写在工作表{names}中：每项一行，“{OWNER_KEY}”填它所属那一行的{KEY}。"
            f"每份只有一项时，也可以把这些栏目直接加在“{MAIN_SHEET}”中。"
        )
    lines.append("办理后会得到一份回执：有误的单元格标红并有批注，改正后把回执交回即可，已生成的不会重做。")
    yield from (f"{number}. {line}" for number, line in enumerate(lines, 1))


def save_with_fixed_times(book: Workbook, target: IO[bytes]) -> None:
    """Write the workbook with fixed times: openpyxl puts the present into the package and its properties."""
    fresh = io.BytesIO()
    book.save(fresh)
    with zipfile.ZipFile(fresh) as made, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name in made.namelist():
            data = made.read(name)
            if name == "docProps/core.xml":
                data = _with_fixed_times(data)
            entry = zipfile.ZipInfo(name, _FIXED_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(entry, data)


def _with_fixed_times(properties: bytes) -> bytes:
    root = etree.fromstring(properties)
    for time in root.iterfind("{http://purl.org/dc/terms/}*"):
        time.text = f"{_MADE:%Y-%m-%dT%H:%M:%SZ}"
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
