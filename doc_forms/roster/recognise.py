"""Tells by the headings of a workbook which kind of paper it is a roster of."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from doc_forms.errors import Fault, FileRefused, Place
from doc_forms.library import Kind
from doc_forms.packages import check_workbook
from doc_forms.roster.headings import Expected
from doc_forms.roster.sheets import Book


def recognise(file: Path, kinds: Iterable[Kind]) -> Kind:
    """Give the kind whose headings the workbook states most of, and least beside.

    Raises FileRefused where the file is no safe workbook, where no kind fits, or where two fit alike.
    """
    check_workbook(file)
    book = Book(file)
    try:
        scored = sorted(((_fit(book, kind), kind) for kind in kinds), key=lambda pair: pair[0], reverse=True)
    finally:
        book.close()
    place = Place(file=file.name)
    if not scored or scored[0][0][0] <= 0:
        message = "看不出是哪一种文书的名册：没有认得的标题行。请用下面的空白名册填写"
        raise FileRefused(Fault("roster-unknown", message, place))
    alike = [kind.title for fit, kind in scored if fit == scored[0][0]]
    if len(alike) > 1:
        message = f"几种文书的名册都像：{'、'.join(alike)}。请在下面选定种类后再选文件"
        raise FileRefused(Fault("roster-unclear", message, place))
    return scored[0][1]


def _fit(book: Book, kind: Kind) -> tuple[int, int]:
    """How well a workbook fits a kind: headings understood less those missing; then whether a sheet is named so."""
    expected = Expected.on_main_sheet(kind.form)
    names = {sheet.name.strip() for sheet in book.sheets if sheet.visible}
    lists = {name for one in expected.lists for name in one.sheets}
    best = 0
    for sheet in book.sheets:
        if not sheet.visible or sheet.name.strip() in lists:
            continue
        found = expected.find(book.rows(sheet))
        present = {column.path for column in found.columns.values()}
        lacking = sum(column.required and column.path not in present for column in expected.columns)
        best = max(best, 2 * found.matched - 2 * lacking - len(found.unknown) if found.matched else 0)
    return best + 2 * len(lists & names), int(kind.title in names)
