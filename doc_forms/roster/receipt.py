"""The receipt (回执): a copy of the clerk's own workbook that says what became of each row.

Failing cells are filled and commented, and two columns at the right give the result and the file's name.
Everything else is copied as it is. A receipt that is given back and comes round again is cleaned of the
old marks, and its two columns are written anew.
"""

from __future__ import annotations

import hashlib
import posixpath
import re
import shutil
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any, Self

from lxml import etree

from doc_forms.errors import Fault, Severity
from doc_forms.roster.layout import FILE_NAME, RESULT
from doc_forms.roster.marking import Marked, Plan, SheetMarker
from doc_forms.roster.marks import Marks
from doc_forms.roster.notes import comments_part, drawing_part
from doc_forms.roster.read import Roster
from doc_forms.roster.rows import RowResult
from doc_forms.roster.sheets import Book, Sheet, column_number, relations_part

_PREFIX = "回执_"
_NUMBERED = re.compile(r"(.+)_([2-9]|[1-9]\d)")
_RESULT_WIDTH, _FILE_WIDTH = 48, 40
_FIXED_DATE = (1980, 1, 1, 0, 0, 0)
_IN_MEMORY = 1 << 20
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES_PART = "[Content_Types].xml"
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_DRAWING_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"


def write_receipt(roster: Roster, target: IO[bytes], results: Iterable[RowResult]) -> None:
    """Write the receipt of a roster whose rows were all read. `results` come in the order of the rows.

    Errors fill a cell red, warnings yellow; both are commented, 2,000 cells a sheet at most. Faults on a
    list's sheet are marked there. Memory stays flat. Raises FileRefused where the workbook cannot be read.
    """
    with tempfile.TemporaryFile() as kept, _OtherSheets() as others:
        receipt = _Receipt(roster.book, kept)
        receipt.mark(roster.sheet, _MainPlan(roster, results, others), _widths(roster))
        by_name = {sheet.name: sheet for sheet in roster.book.sheets if sheet.visible}
        for one in roster.list_sheets:
            receipt.mark(by_name[one], others.plan(one), {})
        receipt.save(target)


def receipt_path(out: Path, roster_file: Path) -> Path:
    """Give the receipt's place in `out`: 回执_名册.xlsx, or the next number where that one is the clerk's by now.

    A receipt that this program wrote and nobody saved since is written over. One that was given back, or that
    somebody has begun to correct, is never: what was typed in it would be lost.
    """
    stem, number = roster_file.stem.removeprefix(_PREFIX), 1
    earlier = _NUMBERED.fullmatch(stem)
    if earlier and stem != roster_file.stem and (roster_file.parent / f"{_PREFIX}{earlier[1]}.xlsx").exists():
        stem, number = earlier[1], int(earlier[2])
    path = out / f"{_PREFIX}{stem}{f'_{number}' if number > 1 else ''}.xlsx"
    while path.exists() and (path.samefile(roster_file) or not _is_as_written(path)):
        number += 1
        path = out / f"{_PREFIX}{stem}_{number}.xlsx"
    return path


def _is_as_written(path: Path) -> bool:
    """Whether a file is a receipt that nobody has saved since it was written."""
    try:
        with zipfile.ZipFile(path) as package:
            return package.comment == _seal(package)
    except (OSError, zipfile.BadZipFile):
        return False


def _seal(package: zipfile.ZipFile) -> bytes:
    """What a receipt carries as the comment of its package: the digest of what its parts hold."""
    parts = "".join(f"{entry.filename} {entry.CRC} {entry.file_size}\n" for entry in package.infolist())
    return b"doc_forms " + hashlib.sha256(parts.encode()).hexdigest().encode()


class _MainPlan:
    """The marks of the main sheet; faults of other sheets are handed on to `others`."""

    def __init__(self, roster: Roster, results: Iterable[RowResult], others: _OtherSheets) -> None:
        self._sheet, self._heading = roster.sheet.name, roster.headings.row
        self._result, self._file = _widths(roster)
        self._results = iter(results)
        self._others = others
        self._next = next(self._results, None)

    def of(self, row: int) -> Marked | None:
        """Give the marks of a row."""
        if row == self._heading:
            return Marked(texts={self._result: RESULT, self._file: FILE_NAME})
        while self._next is not None and self._next.row < row:
            self._next = next(self._results, None)
        if self._next is None or self._next.row != row:
            return None
        found = self._next
        marked = Marked(texts={self._result: found.status, self._file: found.file_name})
        for fault in found.faults:
            if fault.place.sheet in ("", self._sheet):
                _add(marked, fault.place.column or "", fault.severity, fault.message)
            else:
                self._others.add(fault)
        if any(fault.severity is Severity.ERROR for fault in found.faults):
            marked.faults[self._result] = Severity.ERROR, ""
        return marked


class _OtherSheets:
    """Faults on list sheets, kept on disk until those sheets are marked."""

    def __init__(self) -> None:
        self._database = sqlite3.connect("", isolation_level=None)
        self._database.execute("CREATE TABLE fault (sheet TEXT, row INT, letters TEXT, severity TEXT, message TEXT)")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._database.close()

    def add(self, fault: Fault) -> None:
        """Keep a fault."""
        place = fault.place
        values = (place.sheet, place.row, place.column, fault.severity.value, fault.message)
        self._database.execute("INSERT INTO fault VALUES (?, ?, ?, ?, ?)", values)

    def plan(self, sheet: str) -> _OtherPlan:
        """Give the marks of a list's sheet."""
        query = "SELECT row, letters, severity, message FROM fault WHERE sheet = ? ORDER BY row"
        return _OtherPlan(self._database.execute(query, (sheet,)))


class _OtherPlan:
    def __init__(self, faults: Iterator[Any]) -> None:
        self._faults = faults
        self._next = next(faults, None)

    def of(self, row: int) -> Marked | None:
        """Give the marks of a row."""
        marked = Marked()
        while self._next is not None and self._next[0] <= row:
            number, letters, severity, message = self._next
            if number == row:
                _add(marked, letters, Severity(severity), message)
            self._next = next(self._faults, None)
        return marked if marked.faults else None


class _Receipt:
    """The parts of the new package: those that change, on disk; all others are copied when it is saved."""

    def __init__(self, book: Book, kept: IO[bytes]) -> None:
        self._book, self._kept = book, kept
        self._places: dict[str, tuple[int, int]] = {}
        self._styles = next((m for k, m in book.main_relations.values() if k == "styles"), "")
        self._marks = Marks(self._bytes(self._styles) if self._styles else None)
        self._types: list[tuple[str, str, str]] = []

    def mark(self, sheet: Sheet, plan: Plan, widths: dict[int, int]) -> None:
        """Copy a sheet with its marks, and make the comments that belong to it."""
        start = self._kept.seek(0, 2)
        with self._book.part(sheet.member) as source:
            marker = SheetMarker(source, self._kept, plan, self._marks, widths)
            marker.run()
        self._places[sheet.member] = start, self._kept.tell()
        self._comment(sheet, marker)

    def save(self, target: IO[bytes]) -> None:
        """Write the package, its parts in the order of the clerk's."""
        styles = self._marks.to_bytes()
        if styles is not None:
            self._keep(self._styles, styles)
        if self._types:
            self._keep(_TYPES_PART, self._content_types())
        names = self._book.members
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
            for name in [*names, *(name for name in self._places if name not in names)]:
                entry = zipfile.ZipInfo(name, _FIXED_DATE)
                entry.compress_type = zipfile.ZIP_DEFLATED
                with package.open(entry, "w") as part:
                    self._copy(name, part)
            package.comment = _seal(package)

    def _copy(self, name: str, part: IO[bytes]) -> None:
        if name not in self._places:
            with self._book.part(name) as source:
                shutil.copyfileobj(source, part)
            return
        start, end = self._places[name]
        self._kept.seek(start)
        while start < end:
            chunk = self._kept.read(min(_IN_MEMORY, end - start))
            part.write(chunk)
            start += len(chunk)

    def _comment(self, sheet: Sheet, marker: SheetMarker) -> None:
        relations = self._book.relations(sheet.member)
        comments = next((member for kind, member in relations.values() if kind == "comments"), "")
        if not marker.notes and not comments:
            return
        drawing = relations.get(marker.relation, ("", ""))[1]
        part, texts = comments_part(self._bytes(comments) if comments else None, marker.notes)
        stem = posixpath.basename(sheet.member).removesuffix(".xml")
        added = []
        if not comments:
            comments = f"xl/comments_receipt_{stem}.xml"
            added.append(("rIdReceiptComments", "comments", comments))
            self._types.append(("Override", f"/{comments}", _COMMENTS_TYPE))
        if not drawing and marker.relation:
            drawing = f"xl/drawings/vmlDrawing_receipt_{stem}.vml"
            added.append((marker.relation, "vmlDrawing", drawing))
            self._types.append(("Default", "vml", _DRAWING_TYPE))
            self._keep(drawing, drawing_part(None, texts))
        elif drawing:
            self._keep(drawing, drawing_part(self._bytes(drawing), texts))
        self._keep(comments, part)
        if added:
            self._relate(sheet, added)

    def _relate(self, sheet: Sheet, added: list[tuple[str, str, str]]) -> None:
        name = relations_part(sheet.member)
        existing = (
            self._bytes(name) if name in self._book.members else f'<Relationships xmlns="{_RELATIONS}"/>'.encode()
        )
        root = etree.fromstring(existing, etree.XMLParser(resolve_entities=False, no_network=True))
        for identity, kind, member in added:
            attributes = {"Id": identity, "Type": f"{_OFFICE}/{kind}", "Target": f"/{member}"}
            etree.SubElement(root, f"{{{_RELATIONS}}}Relationship", attributes)
        self._keep(name, _serialised(root))

    def _content_types(self) -> bytes:
        root = etree.fromstring(self._bytes(_TYPES_PART), etree.XMLParser(resolve_entities=False, no_network=True))
        tag = str(root.tag).removesuffix("Types")
        known = {item.get("Extension", "").lower() for item in root if item.get("Extension")}
        for kind, name, content_type in self._types:
            if kind == "Override":
                etree.SubElement(root, f"{tag}Override", PartName=name, ContentType=content_type)
            elif name not in known:
                known.add(name)
                root.insert(0, etree.Element(f"{tag}Default", Extension=name, ContentType=content_type))
        return _serialised(root)

    def _keep(self, name: str, data: bytes) -> None:
        start = self._kept.seek(0, 2)
        self._kept.write(data)
        self._places[name] = start, start + len(data)

    def _bytes(self, member: str) -> bytes:
        with self._book.part(member) as stream:
            return stream.read()


def _widths(roster: Roster) -> dict[int, int]:
    """The result columns with their widths: those of an earlier receipt, or the next free ones."""
    earlier = roster.headings.results
    free = roster.last_column + 1
    result = column_number(earlier[RESULT]) if RESULT in earlier else free
    file = column_number(earlier[FILE_NAME]) if FILE_NAME in earlier else max(free, result + 1)
    return {result: _RESULT_WIDTH, file: _FILE_WIDTH}


def _add(marked: Marked, letters: str, severity: Severity, message: str) -> None:
    """Note a fault of a cell; a cell with several shows the worst fill and all the words."""
    if not letters or severity is Severity.NOTE:
        return
    column = column_number(letters)
    before = marked.faults.get(column)
    if before is not None:
        severity = Severity.ERROR if Severity.ERROR in (severity, before[0]) else severity
        message = f"{before[1]}\n{message}"
    marked.faults[column] = severity, message


def _serialised(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
