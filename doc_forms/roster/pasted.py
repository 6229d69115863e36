"""A roster that was pasted: cells separated by tabs, as Excel and WPS put a copied range on the clipboard.

What is pasted is what Excel shows. A cell that shows 1975.1 may have been 1975.10, so it is read as the number that it
was, and refused as in a workbook.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from doc_forms.errors import Fault, FileRefused, Place
from doc_forms.form import Form
from doc_forms.roster.read import Roster
from doc_forms.roster.sheets import Book, Cell, Range, Sheet, SheetRow, column_letters

NAME = "粘贴的内容"
_MOST_SIGNS = 2 << 20
_MONTH_OR_TENTH = re.compile(r"(?:19|20)\d\d\.1")


class PastedBook(Book):
    """Pasted text in the place of a workbook: one sheet without a name, every cell as it is shown."""

    def __init__(self, text: str, folder: Path | None = None) -> None:
        """Take the text; FileRefused where it is longer than anybody pastes, or empty."""
        place = Place(file=NAME)
        if not text.strip():
            raise FileRefused(Fault("paste-empty", "没有内容，请先在 Excel 中复制带标题行的区域", place))
        if len(text) > _MOST_SIGNS:
            raise FileRefused(Fault("paste-size", "内容太长，请改为选择 Excel 文件", place))
        self.path, self.folder = Path(NAME), folder
        self.sheets = (Sheet("", "", visible=True),)
        self.since_1904 = False
        self.stopped = {}
        self._text = text

    def close(self) -> None:
        """Nothing is open."""

    def rows(self, sheet: Sheet) -> Iterator[SheetRow]:
        """Yield every line that holds something."""
        del sheet
        # A cell with a line end comes in quotes; a single quote that somebody typed opens nothing.
        quoting: Literal[0, 3] = csv.QUOTE_NONE if self._text.count('"') % 2 else csv.QUOTE_MINIMAL
        lines = csv.reader(io.StringIO(self._text, newline=""), delimiter="\t", quoting=quoting)
        for number, line in enumerate(lines, 1):
            cells = {column_letters(at): _cell(text) for at, text in enumerate(line, 1) if text.strip()}
            if cells:
                yield SheetRow(number, hidden=False, cells=cells)

    def merges(self, sheet: Sheet) -> list[Range]:
        """The clipboard does not say what was merged."""
        del sheet
        return []


def paste_roster(text: str, form: type[Form], folder: Path | None = None, *, loose: bool = False) -> Roster:
    """Open pasted text as a roster of the form; refusals as those of `open_roster`.

    folder: where the files lie that it names; without one it may name none.
    """
    return Roster(PastedBook(text, folder), form, loose=loose)


def _cell(text: str) -> Cell:
    plain = text.strip()
    return Cell("number", float(plain)) if _MONTH_OR_TENTH.fullmatch(plain) else Cell("text", text)
