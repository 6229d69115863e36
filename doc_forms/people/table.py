"""People as an Excel roster: the columns and list sheets that somebody has something in, headed by their titles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from doc_forms.form import Part
from doc_forms.people.comparing import shown_date
from doc_forms.roster.blank import save_with_fixed_times
from doc_forms.roster.layout import KEY, MAIN_SHEET, OWNER_KEY, Column, columns_of, lists_of

Values = Mapping[str, Any]
_WIDEST, _NARROWEST = 40, 9


def write_people(
    form: type[Part],
    people: Sequence[Values],
    stream: IO[bytes],
    *,
    always: Collection[str] = (),
    never: Collection[str] = (),
) -> None:
    """Write people as a roster that the roster reader takes back; every cell is text.

    always: titles that have a column though nobody has anything there, so that it can be filled in. never: titles that
    no roster can hold. A field of a group is headed by its own title where no other field has it, so that a paper that
    asks for it without the group finds it, too. The same people give the same bytes.
    """
    book = Workbook()
    main = book.worksheets[0]
    main.title = MAIN_SHEET
    numbered = [(str(number), person) for number, person in enumerate(people, 1)]
    columns = [column for column in columns_of(form) if column.path[-1] not in never]
    _fill(main, KEY, columns, numbered, always)
    for one in lists_of(form):
        items = [(key, item) for key, person in numbered for item in _at(person, one.path) or ()]
        if items and one.path[-1] not in never:
            _fill(book.create_sheet(one.sheet), OWNER_KEY, one.columns, items)
    save_with_fixed_times(book, stream)


def _fill(
    sheet: Worksheet,
    key: str,
    columns: Sequence[Column],
    rows: Sequence[tuple[str, Values]],
    always: Collection[str] = (),
) -> None:
    shared = Counter(column.path[-1] for column in columns)
    used = [
        column for column in columns if column.path[-1] in always or any(_at(values, column.path) for _, values in rows)
    ]
    headings = [column.path[-1] if shared[column.path[-1]] == 1 else column.heading for column in used]
    lines = [[key, *headings]]
    lines += [[number, *(_text(_at(values, column.path)) for column in used)] for number, values in rows]
    for row, line in enumerate(lines, 1):
        for place, text in enumerate(line, 1):
            cell = sheet.cell(row, place, text or None)
            cell.number_format = "@"
            cell.alignment = Alignment(wrap_text=True, vertical="center")
            if text:
                cell.data_type = "s"  # a text that begins with = is no formula
            if row == 1:
                cell.font = Font(name="黑体", size=11)
    for place, texts in enumerate(zip(*lines, strict=True), 1):
        longest = max(len(part) for text in texts for part in text.split("\n"))
        sheet.column_dimensions[get_column_letter(place)].width = min(max(2 * longest + 2, _NARROWEST), _WIDEST)
    sheet.freeze_panes = "C2"


def _text(value: Any) -> str:
    if isinstance(value, list):
        return "\n".join(map(_text, value))
    return shown_date(str(value)) if value is not None else ""


def _at(values: Any, path: Iterable[str]) -> Any:
    for step in path:
        values = values.get(step) if isinstance(values, Mapping) else None
    return values
