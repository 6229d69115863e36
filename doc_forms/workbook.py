"""Workbooks that this product writes: tables to read, to print on A4 and to go on working with.

A kind whose `About.workbook` names lists of its form comes as a workbook too: a sheet a list, the single facts above
the first. Numbers are numbers, everything else is text and never a formula, and the same form gives the same bytes.
"""

from __future__ import annotations

import io
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, NamedStyle, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from doc_forms.form import FieldSpec, Form, Part

PLAIN, HEADING, TEXT, NUMBER, TITLE = "封面", "表头", "条目", "数字", "标题"
"""The named styles of every workbook."""
_LONGEST = 32767  # characters of a cell
_GOES_ON = "……（余下文字见 Word 文书）"
_NARROWEST, _WIDEST = 6, 32  # columns, in half-width characters
_PORTRAIT = 90  # what an upright page holds, in the same
_A4 = "9"
_FIXED = (1980, 1, 1, 0, 0, 0)
_LINE = Side(style="thin")
_BORDER = Border(_LINE, _LINE, _LINE, _LINE)
_CORE = "docProps/core.xml"
_CORE_TEXT = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<cp:coreProperties '
    b'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>'
)


def workbook_of(form: Form) -> bytes:
    """Give the form as a workbook, by its kind's `About.workbook`."""
    about, specs = form.about, {spec.title: spec for spec in type(form).fields()}
    book = new_book()
    for number, title in enumerate(about.workbook):
        spec = specs[title]
        if spec.part is None:
            raise TypeError(title)  # a sheet is made of a list of parts
        head = [about.title, *_singles(form, specs.values())] if not number else [f"{about.title}：{title}"]
        _write(add_sheet(book, title), head, spec.part, getattr(form, spec.name))
    return fixed(book)


def _singles(form: Form, specs: Iterable[FieldSpec]) -> Iterator[str]:
    """The single facts of a form, a line each; what is left to be written by hand has no line."""
    shown = form.context()
    for spec in specs:
        value = getattr(form, spec.name)
        if spec.printed and spec.shape == "value" and value not in (None, ""):
            yield f"{spec.title}：{shown[spec.title]}"


def _write(sheet: Worksheet, head: Sequence[str], part: type[Part], items: Sequence[Part]) -> None:
    """The lines above, then a row an item under the titles of its fields."""
    columns = [spec for spec in part.fields() if spec.printed and spec.part is None]
    rows = [[_cell(spec, item) for spec in columns] for item in items]
    for line in head:
        sheet.append([_short(line)])
    sheet.append([])
    sheet.append([spec.title for spec in columns])
    for row in rows:
        sheet.append(row)
    widths = [_width([spec.title, *(row[place] for row in rows)]) for place, spec in enumerate(columns)]
    dress(sheet, len(head) + 2, widths)
    sheet["A1"].style = TITLE


def _cell(spec: FieldSpec, item: Part) -> int | str | None:
    """A value as its cell holds it: a number, or the text that the paper prints."""
    value = getattr(item, spec.name)
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    shown = item.context()[spec.title]
    return _short("\n".join(shown) if isinstance(shown, list) else shown) or None


def _short(text: str) -> str:
    """A text that a cell takes; one that Excel would cut off in silence says that it goes on."""
    return text if len(text) <= _LONGEST else text[: _LONGEST - len(_GOES_ON)] + _GOES_ON


def _width(values: Iterable[Any]) -> int:
    """How wide a column is for what stands in it, in half-width characters; longer texts are wrapped."""
    lines = (line for value in values if value is not None for line in str(value).split("\n"))
    longest = max(
        (sum(1 + (unicodedata.east_asian_width(sign) in "WFA") for sign in line) for line in lines), default=0
    )
    return min(max(longest + 2, _NARROWEST), _WIDEST)


def _half_widths(line: str) -> int:
    return sum(1 + (unicodedata.east_asian_width(sign) in "WFA") for sign in line)


def new_book() -> Workbook:
    """Give a workbook without sheets that knows the named styles."""
    book = Workbook()
    for sheet in book.worksheets:
        book.remove(sheet)
    for style in _styles():
        book.add_named_style(style)
    return book


def add_sheet(book: Workbook, title: str) -> Worksheet:
    """Add a sheet at the end."""
    sheet = book.create_sheet(title)
    if not isinstance(sheet, Worksheet):
        raise TypeError  # a new sheet is one, only charts are not
    return sheet


def dress(sheet: Worksheet, heading: int, widths: Sequence[float]) -> None:
    """Make a filled sheet readable and ready to print: styles, column widths, a heading that stays, A4 pages.

    heading: the number of the row of the column titles; what stands above it is the cover. Texts become texts, also
    where they begin as a formula does.
    """
    for column, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    for number, cells in enumerate(sheet.iter_rows(min_row=1), 1):
        name = PLAIN if number < heading else HEADING if number == heading else TEXT
        for cell in cells:
            cell.style = NUMBER if name == TEXT and isinstance(cell.value, int) else name
            if isinstance(cell.value, str):
                cell.data_type = "s"  # never a formula
    sheet.freeze_panes = f"A{heading + 1}"
    sheet.print_title_rows = f"{heading}:{heading}"
    sheet.page_setup.orientation = "landscape" if sum(widths) > _PORTRAIT else "portrait"
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_options.horizontalCentered = True
    footer = sheet.oddFooter
    if footer and footer.center:
        footer.center.text = "— &P —"


def _styles() -> Iterator[NamedStyle]:
    """Named once: dressing each cell by itself would take half the time of a whole case."""
    for name, size, bold, framed in (
        (PLAIN, 11, False, False),
        (HEADING, 11, True, True),
        (TEXT, 11, False, True),
        (NUMBER, 11, False, True),
        (TITLE, 16, True, False),
    ):
        style = NamedStyle(name, Font(name="宋体", size=size, bold=bold))
        centred = "center" if name in (HEADING, NUMBER) else None
        style.alignment = Alignment(horizontal=centred, vertical="center", wrap_text=framed)
        if framed:
            style.border = _BORDER
        if name == NUMBER:
            style.number_format = "0"
        yield style


def fixed(book: Workbook) -> bytes:
    """Save without a clock: members with a fixed date, no times in the properties."""
    raw, target_bytes = io.BytesIO(), io.BytesIO()
    book.save(raw)
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(target_bytes, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, _FIXED)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, _CORE_TEXT if name == _CORE else source.read(name))
    return target_bytes.getvalue()
