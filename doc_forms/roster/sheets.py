"""Rows of an .xlsx workbook, streamed: memory stays the same however long the sheet is.

Why not openpyxl: its read-only mode keeps every shared string in memory and shows neither merged cells
nor hidden rows; formulas and values come from two readings; it obeys a wrong `<dimension>` and loops on
absurd row numbers. Here one pass over the sheet's XML gives a row with everything that a careful reader
needs to know of each cell: its value, what its format shows, and whether a formula stands behind it.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Literal, Self
from xml.parsers.expat import ExpatError

from lxml import etree

from doc_forms.errors import Fault, FileRefused, Place
from doc_forms.roster.formats import BUILT_IN, NumberFormat, number_format
from doc_forms.roster.rowparse import RawCell, RawRow, parse_rows
from doc_forms.roster.strings import SharedStrings, elements, unescape

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
BLANK_ROWS = 1_000
"""So many blank rows in a row end a sheet: formatted emptiness may go on for a million of them."""

_RELATION_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION_ID = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    etree.XMLSyntaxError,
    ExpatError,
    OSError,
    KeyError,
    ValueError,
    IndexError,
    NotImplementedError,
    RuntimeError,
)
_INTEGER = re.compile(r"-?\d{1,300}$")
_ROW = re.compile(rb"<(?:\w+:)?row[\s>]")
_LOOK = 1 << 16
_RANGE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?$")
_GENERAL = NumberFormat("General")

CellKind = Literal["text", "number", "boolean", "error", "no result"]


@dataclass(slots=True)
class Cell:
    """A cell that holds something. `no result`: a formula that no program has computed yet."""

    kind: CellKind
    value: str | float | bool
    shown: NumberFormat = _GENERAL
    formula: bool = False


@dataclass(slots=True)
class SheetRow:
    """A row that is not blank: its number in Excel and its cells by column letter."""

    number: int
    hidden: bool
    cells: dict[str, Cell]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A worksheet: its name, its part in the package, and whether Excel shows it."""

    name: str
    member: str
    visible: bool


@dataclass(frozen=True, slots=True)
class Range:
    """A rectangle of cells; columns and rows from 1, both ends included."""

    left: int
    top: int
    right: int
    bottom: int

    def __str__(self) -> str:
        return f"{column_letters(self.left)}{self.top}:{column_letters(self.right)}{self.bottom}"


def column_number(letters: str) -> int:
    """Give 1 for A, 27 for AA (ValueError for anything that is no column)."""
    number = 0
    for letter in letters:
        if not "A" <= letter <= "Z":
            raise ValueError(letters)
        number = number * 26 + ord(letter) - 64
    if not 0 < number <= LAST_COLUMN:
        raise ValueError(letters)
    return number


def column_letters(number: int) -> str:
    """Give A for 1, AA for 27."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def parse_range(text: str) -> Range:
    """Read `B2:C5` (ValueError when it is no range)."""
    found = _RANGE.match(text)
    if not found:
        raise ValueError(text)
    left, top, right, bottom = found.groups()
    return Range(column_number(left), int(top), column_number(right or left), int(bottom or top))


def relations_part(member: str) -> str:
    """Give the name of the part that holds a part's relations; "" stands for the package."""
    folder, name = posixpath.split(member)
    return posixpath.join(folder, "_rels", f"{name}.rels")


class Book:
    """An open workbook. Close it, or use it as a context manager.

    Every failure to read is FileRefused naming the part. The safety gate for files from outside is not
    here: call `doc_forms.packages.check_workbook` first.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.folder: Path | None = path.parent
        """Where the files lie that it names; None where it may name none."""
        self.sheets: tuple[Sheet, ...] = ()
        self.since_1904 = False
        self.stopped: dict[str, int] = {}
        """By sheet: the row after which reading stopped at `BLANK_ROWS` blank rows."""
        self.main_relations: dict[str, tuple[str, str]] = {}
        """The relations of the workbook part, as `relations` gives them."""
        self._formats: list[NumberFormat] = []
        self._strings: SharedStrings | None = None
        with self._whole(""):
            self._zip = zipfile.ZipFile(path)
        try:
            self._read_workbook()
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file and delete the temporary store of texts."""
        self._zip.close()
        if self._strings is not None:
            self._strings.close()

    def rows(self, sheet: Sheet) -> Iterator[SheetRow]:
        """Yield every row that holds something, in the order of the sheet."""
        number = blank = 0
        with self.part(sheet.member) as stream:
            for row in parse_rows(stream):
                given = row.attributes.get("r")
                number = int(given) if given else number + 1
                if not 0 < number <= LAST_ROW:
                    raise ValueError(number)
                cells = self._cells(row)
                if cells:
                    blank = 0
                    yield SheetRow(number, row.attributes.get("hidden") in ("1", "true"), cells)
                    continue
                blank += 1
                if blank >= BLANK_ROWS:
                    self.stopped[sheet.name] = number
                    return

    def merges(self, sheet: Sheet) -> list[Range]:
        """Give the merged ranges, which the file states after all rows.

        Most sheets have none, and a look for the word is quicker than a parse.
        """
        with self.part(sheet.member) as stream:
            if not _mentions(stream, "mergeCell"):
                return []
        with self.part(sheet.member) as stream:
            found = elements(stream, "row", "mergeCell")
            return [parse_range(item.get("ref", "")) for item in found if _local(item) == "mergeCell"]

    def has_rows(self, sheet: Sheet, count: int) -> bool:
        """Whether the file states so many rows of a sheet, blank ones included; a quick look, for UTF-8 only."""
        stated = 0
        with self.part(sheet.member) as stream:
            while stated < count and (chunk := stream.read(_LOOK)):
                stated += len(_ROW.findall(chunk))
        return stated >= count

    @property
    def members(self) -> list[str]:
        """The names of all parts, in the order of the package."""
        return self._zip.namelist()

    def relations(self, member: str) -> dict[str, tuple[str, str]]:
        """Give the inner relations of a part ("" for the package): id -> (last word of its type, part)."""
        relations = relations_part(member)
        found: dict[str, tuple[str, str]] = {}
        if relations not in self._zip.NameToInfo:
            return found
        for relation in self._tree(relations):
            if relation.get("TargetMode") != "External":
                target = posixpath.join("/" + posixpath.dirname(member), relation.get("Target", ""))
                kind = relation.get("Type", "").rpartition("/")[2]
                found[relation.get("Id", "")] = kind, posixpath.normpath(target).lstrip("/")
        return found

    def _read_workbook(self) -> None:
        member = self._main_part()
        root = self._tree(member)
        targets = self.main_relations = self.relations(member)
        by_kind = {kind: target for kind, target in targets.values() if kind != "worksheet"}
        properties = root.find("{*}workbookPr")
        self.since_1904 = properties is not None and properties.get("date1904") in ("1", "true")
        self.sheets = tuple(self._sheets(root, targets))
        if "styles" in by_kind:
            with self._whole(by_kind["styles"]):
                self._formats = _formats(self._tree(by_kind["styles"]))
        if "sharedStrings" in by_kind:
            with self.part(by_kind["sharedStrings"]) as stream:
                self._strings = SharedStrings.load(stream)

    def _main_part(self) -> str:
        for kind, target in self.relations("").values():
            if kind == "officeDocument":
                return target
        whole_package = relations_part("")
        raise self._refused(whole_package)

    def _sheets(self, root: etree._Element, targets: dict[str, tuple[str, str]]) -> Iterator[Sheet]:
        for item in root.iterfind("{*}sheets/{*}sheet"):
            kind, member = targets.get(item.get(_RELATION_ID) or item.get(_STRICT_RELATION_ID) or "", ("", ""))
            if kind == "worksheet":
                yield Sheet(unescape(item.get("name", "")), member, item.get("state", "visible") == "visible")

    def _cells(self, row: RawRow) -> dict[str, Cell]:
        cells: dict[str, Cell] = {}
        letters = ""
        for raw in row.cells:
            letters = raw.place.rstrip("0123456789") if raw.place else _after(letters)
            if raw.value is not None or raw.formula:
                cell = self._cell(raw)
                if cell is not None:
                    cells[letters] = cell
        return cells

    def _cell(self, raw: RawCell) -> Cell | None:
        kind, value, formula = raw.kind, raw.value, raw.formula
        if kind == "s" and value:
            return _text(self._string(int(value)), formula=formula)
        if kind in ("inlineStr", "str", "d"):
            return _text(value and unescape(value), formula=formula)
        if not value:
            return Cell("no result", "", formula=True) if formula else None
        if kind == "b":
            return Cell("boolean", value in ("1", "true"), formula=formula)
        if kind == "e":
            return Cell("error", value, formula=formula)
        number = int(value) if _INTEGER.match(value) else float(value)
        return Cell("number", number, self._format(raw.style), formula)

    def _string(self, number: int) -> str:
        if self._strings is None:
            raise IndexError(number)
        return self._strings[number]

    def _format(self, style: str | None) -> NumberFormat:
        if not style or not self._formats:
            return _GENERAL
        return self._formats[int(style)]

    @contextmanager
    def part(self, member: str) -> Iterator[IO[bytes]]:
        """Open a part of the package; whatever goes wrong while it is read is FileRefused."""
        with self._whole(member), self._zip.open(member) as stream:
            yield stream

    def _tree(self, member: str) -> etree._Element:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True)
        with self.part(member) as stream:
            return etree.parse(stream, parser).getroot()

    @contextmanager
    def _whole(self, member: str) -> Iterator[None]:
        try:
            yield
        except FileNotFoundError:
            raise FileRefused(Fault("file-missing", "找不到此文件", Place(file=self.path.name))) from None
        except _BROKEN as error:
            raise self._refused(member) from error

    def _refused(self, member: str) -> FileRefused:
        part = f"（{member}）" if member else ""
        message = f"文件已损坏，无法读取{part}。请重新导出。"
        return FileRefused(Fault("file-damaged", message, Place(file=self.path.name)))


def _text(value: str | None, *, formula: bool) -> Cell | None:
    if value is None:
        return Cell("no result", "", formula=True)
    return Cell("text", value, formula=formula) if value else None


def _local(element: etree._Element) -> str:
    return element.tag.rpartition("}")[2]


def _after(letters: str) -> str:
    return column_letters(column_number(letters) + 1) if letters else "A"


def _formats(root: etree._Element) -> list[NumberFormat]:
    own = {int(item.get("numFmtId", "0")): item.get("formatCode", "") for item in root.iterfind("{*}numFmts/{*}numFmt")}
    codes = BUILT_IN | own
    numbers = (int(item.get("numFmtId") or 0) for item in root.iterfind("{*}cellXfs/{*}xf"))
    # An unknown built-in number shows something that is neither a date nor plain digits.
    return [number_format(codes.get(number, "?")) for number in numbers]


def _mentions(stream: IO[bytes], word: str) -> bool:
    """Tell whether the XML holds the word, in UTF-8 or UTF-16."""
    needles = (word.encode(), word.encode("utf-16-le"), word.encode("utf-16-be"))
    rest = b""
    while chunk := stream.read(_LOOK):
        rest += chunk
        if any(needle in rest for needle in needles):
            return True
        rest = rest[-64:]
    return False
