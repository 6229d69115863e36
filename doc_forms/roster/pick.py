"""Chooses the main sheet of a roster; several that could be it are a question to the clerk, not a guess."""

from __future__ import annotations

from doc_forms.errors import Fault, FileRefused, Place
from doc_forms.form import Form
from doc_forms.roster.headings import ROWS_SEARCHED, Expected, Headings
from doc_forms.roster.layout import GUIDE_SHEET, MAIN_SHEET
from doc_forms.roster.sheets import Book, Sheet


def pick_sheet(book: Book, form: type[Form], expected: Expected, name: str | None) -> tuple[Sheet, Headings]:
    """Give the main sheet and its headings. FileRefused with the sheets to choose from where it is not clear."""
    place = Place(book.path.name)
    visible = [sheet for sheet in book.sheets if sheet.visible]
    if name is not None:
        named = next((sheet for sheet in visible if sheet.name.strip() == name.strip()), None)
        if named is None:
            message = f"没有工作表“{name}”（或已隐藏）；可选：{_listed(visible)}"
            raise FileRefused(Fault("sheet-missing", message, place))
        return named, _headings(book, named, expected)
    lists = {name for one in expected.lists for name in one.sheets}
    rest = [sheet for sheet in visible if sheet.name.strip() not in lists | {GUIDE_SHEET}]
    for exact in (form.about.title, MAIN_SHEET):
        for sheet in rest:
            if sheet.name.strip() == exact:
                return sheet, _headings(book, sheet, expected)
    found = [(sheet, expected.find(book.rows(sheet))) for sheet in rest]
    able = [(sheet, headings) for sheet, headings in found if headings.matched]
    called = [pair for pair in able if form.about.title in pair[0].name or MAIN_SHEET in pair[0].name]
    if len(called or able) == 1:
        return (called or able)[0]
    if able:
        message = f"有几张工作表都可能是名册，请指明用哪一张：{_listed([sheet for sheet, _ in able])}"
        raise FileRefused(Fault("sheet-several", message, place))
    hidden = [sheet for sheet in book.sheets if not sheet.visible and expected.find(book.rows(sheet)).matched]
    if hidden:
        message = f"名册像是在隐藏的工作表里，隐藏的不读；请在 Excel 中取消隐藏再交回：{_listed(hidden)}"
        raise FileRefused(Fault("sheet-hidden", message, place))
    raise FileRefused(_no_headings(expected, place, rest))


def _headings(book: Book, sheet: Sheet, expected: Expected) -> Headings:
    found = expected.find(book.rows(sheet))
    if not found.matched:
        raise FileRefused(_no_headings(expected, Place(book.path.name, sheet.name), [sheet]))
    return found


def _no_headings(expected: Expected, place: Place, sheets: list[Sheet]) -> Fault:
    headings = [column.heading for column in expected.columns] + [one.sheet for one in expected.lists]
    if not sheets:
        return Fault("sheet-missing", "没有可读的工作表（隐藏的工作表不作名册）", place)
    some = "、".join(f"“{heading}”" for heading in headings[:4])
    message = f"前 {ROWS_SEARCHED} 行中找不到标题行，应有{some}等列；请补上标题行，或换用空白名册填写"
    return Fault("heading-missing", message, place)


def _listed(sheets: list[Sheet]) -> str:
    return "、".join(f"“{sheet.name}”" for sheet in sheets)
