"""Marks one worksheet: failing cells get a fill and a comment, result columns are written at the right."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import IO, Protocol

from doc_forms.errors import Severity
from doc_forms.roster.marks import Marks
from doc_forms.roster.sheets import column_letters, column_number
from doc_forms.roster.splice import Splice, quoted

NOTES_A_SHEET = 2_000
"""Comments beyond this number are left out: Excel grows slow, and the result column says the same."""

_LONGEST_TEXT = 32_767
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_AFTER_LEGACY_DRAWING = {
    *("legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst")
}


@dataclass(slots=True)
class Marked:
    """What is to be written in one row: faulty columns with their severity and words, texts by column."""

    faults: dict[int, tuple[Severity, str]] = field(default_factory=dict)
    texts: dict[int, str] = field(default_factory=dict)


class Plan(Protocol):
    """Tells what to write in a row; asked row by row, from above."""

    def of(self, row: int) -> Marked | None:
        """Give the marks of a row, or None where it is left as it is."""


class SheetMarker(Splice):
    """Copies a worksheet with marks. `notes` holds the comments to make, once `run` is done."""

    def __init__(
        self, source: IO[bytes], target: IO[bytes], plan: Plan, marks: Marks, widths: Mapping[int, int]
    ) -> None:
        """Mark by `plan`; `widths` are the result columns with their widths in characters."""
        super().__init__(source, target)
        self._plan, self._marks, self._widths = plan, marks, widths
        self.notes: dict[str, str] = {}
        self.relation = ""
        """The id of the relation to the drawing of comments: the sheet's own, or the one written here."""
        self._own_relation = "rIdReceiptDrawing"
        self._row = self._column = 0
        self._marked = Marked()
        self._pending: list[int] = []
        self._style: str | None = None
        self._columns: list[dict[str, str]] | None = None
        self._in_data = self._skipping_cell = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Change what has to be changed at the beginning of an element."""
        if self._in_data:
            if name == "c":
                self._start_cell(attributes)
            elif name == "row":
                self._start_row(attributes)
        else:
            self._start_around(name, attributes)

    def _start_around(self, name: str, attributes: dict[str, str]) -> None:
        """See an element outside the rows begin."""
        if name == "sheetData":
            if self._widths and self._columns is None:
                self._write_columns([])
            self._in_data = True
        elif name == "cols" and self._widths:
            self._columns = []
            self.drop_element()
        elif name == "col" and self._columns is not None:
            self._columns.append(attributes)
        elif name == "dimension":
            self.drop_element()
        elif name == "legacyDrawing":
            self.relation = next((text for key, text in attributes.items() if key.rpartition(":")[2] == "id"), "")
        elif name in _AFTER_LEGACY_DRAWING:
            self._write_drawing()

    def end(self, name: str) -> None:
        """Write what is still missing at the end of an element."""
        if self._in_data:
            if name == "row":
                self._write_pending(before=None)
            elif name == "sheetData":
                self._in_data = False
            elif name == "c" and self._skipping_cell:
                self._skipping_cell = False
                self.resume()
        elif name == "cols" and self._widths:
            self._write_columns(self._columns or [])
            self.resume()
        elif name == "dimension":
            self.resume()
        elif name == "worksheet":
            self._write_drawing()

    def _start_row(self, attributes: dict[str, str]) -> None:
        given = attributes.get("r")
        self._row = int(given) if given else self._row + 1
        self._column, self._style = 0, None
        marked = self._plan.of(self._row)
        self._marked = marked or Marked()
        self._pending = sorted({*self._marked.faults, *self._marked.texts})
        for column, (_, words) in self._marked.faults.items():
            if words and len(self.notes) < NOTES_A_SHEET:
                self.notes[f"{column_letters(column)}{self._row}"] = words
        if marked is not None and "spans" in attributes:
            self.retag("row", {key: text for key, text in attributes.items() if key != "spans"})

    def _start_cell(self, attributes: dict[str, str]) -> None:
        place, style = attributes.get("r"), attributes.get("s")
        self._column = column_number(place.rstrip("0123456789")) if place else self._column + 1
        if self._pending and self._pending[0] < self._column:
            self._write_pending(before=self._column)
        cleaned = self._marks.plain(style)
        if self._column in self._widths:
            self._write_cell(self._column)
            self.drop_element()
            self._skipping_cell = True
            return
        self._style = cleaned or style
        if self._column in self._pending:
            self._pending.remove(self._column)
            cleaned = self._marks.marked(self._style, self._marked.faults[self._column][0])
        if cleaned is not None:
            self.retag("c", attributes | {"s": cleaned})

    def _write_pending(self, before: int | None) -> None:
        while self._pending and (before is None or self._pending[0] < before):
            self._write_cell(self._pending[0])

    def _write_cell(self, column: int) -> None:
        """Write the cell of a column anew: its text, its mark, or nothing."""
        if column not in self._pending:
            return
        self._pending.remove(column)
        style, p = self._style, self.prefix
        if column in self._marked.faults:
            style = self._marks.marked(style, self._marked.faults[column][0])
        start = f'<{p}c r="{column_letters(column)}{self._row}"' + (f' s="{style}"' if style else "")
        text = self._marked.texts.get(column, "")
        if not text:
            self.insert(f"{start}/>")
            return
        # An inline string is never a formula, whatever it begins with.
        words = html.escape(_cell_text(text), quote=False)
        self.insert(f'{start} t="inlineStr"><{p}is><{p}t xml:space="preserve">{words}</{p}t></{p}is></{p}c>')

    def _write_columns(self, given: list[dict[str, str]]) -> None:
        """Write the widths of the columns: the sheet's own, with ours cut out and added."""
        p, ours = self.prefix, sorted(self._widths)
        pieces: list[tuple[int, int, dict[str, str]]] = []
        for attributes in given:
            first, last = int(attributes["min"]), int(attributes["max"])
            for column in ours:
                if first <= column <= last:
                    pieces += [(first, column - 1, attributes)] if first < column else []
                    first = column + 1
            pieces += [(first, last, attributes)] if first <= last else []
        pieces += [(column, column, {"width": str(self._widths[column]), "customWidth": "1"}) for column in ours]
        words = []
        for first, last, attributes in sorted(pieces, key=lambda piece: piece[0]):
            written = attributes | {"min": str(first), "max": str(last)}
            words.append(f"<{p}col" + "".join(f" {key}={quoted(text)}" for key, text in written.items()) + "/>")
        self.insert(f"<{p}cols>{''.join(words)}</{p}cols>")

    def _write_drawing(self) -> None:
        if self.relation or not self.notes:
            return
        self.relation = self._own_relation
        self.insert(f'<{self.prefix}legacyDrawing xmlns:r="{_OFFICE}" r:id="{self.relation}"/>')


def _cell_text(text: str) -> str:
    """Give the text as a cell can hold it: no control characters, nothing that looks like `_x000D_`, not too long."""
    return _LOOKS_ESCAPED.sub("_x005F_", _NOT_XML.sub("", text))[:_LONGEST_TEXT]
