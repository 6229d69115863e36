"""Where the cells of a workbook say they are: a reader fills every gap before them, so none may lie outside.

One `<row r="99999999999">` keeps openpyxl busy for ever, and one `<mergeCell ref="A1:XFD1048576"/>` has it
make 17 thousand million cells. The references are looked for in the bytes, beside the parser: to have every
cell of a sheet handed over as an event takes three times as long as all the rest.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from doc_forms.errors import Fault, FileRefused, Place
from doc_forms.packages.markup import Reader, Utf8

LAST_ROW = 1_048_576
LAST_COLUMN = 16_384  # XFD
MOST_SPANNED = 200_000
_WINDOW = 4096
_SHOWN = 20

# An attribute `r` that is not plainly a row below a million or a cell up to column WZZ: only these few are
# looked at closely. The pattern starts with a letter and looks back, which is much faster to search for.
_ODD = re.compile(
    rb"""r(?<=[ \t\r\n]r)[ \t\r\n]*=(?!"[A-W]?[A-Z]{0,2}[1-9][0-9]{0,5}")[ \t\r\n]*(?:"([^"<]*)"|'([^'<]*)')""",
)
_HOLDER = re.compile(rb"<(?:[^\s<>/:=]+:)?(?:row|c)[ \t\r\n]")
_REFERENCE = re.compile(rb"\$?([A-Za-z]{0,3})\$?([0-9]{0,9})")
_SPANNING = re.compile(rb"(?:mergeCell|hyperlink)([ \t\r\n][^<]*)")
_REF = re.compile(rb"""\sref[ \t\r\n]*=[ \t\r\n]*(?:"([^"]*)"|'([^']*)')""")


class CellScan:
    """Reads the bytes of one part chunk by chunk, beside its parser."""

    def __init__(self, place: Place) -> None:
        """`place` names the file and the part in messages."""
        self._place = place
        self._in_utf8 = Utf8()
        self._rest = b""
        self._spanned = 0

    def feed(self, chunk: bytes) -> None:
        """Look at the tags that are whole by now. FileRefused at the first reference outside a sheet."""
        text = self._rest + self._in_utf8(chunk)
        cut = max(text.rfind(b"<"), 0)  # a tag holds no other "<", so none is ever cut in two
        self._rest = text[cut:]
        self._look(text[:cut])

    def close(self) -> None:
        """Look at the last tag."""
        self._look(self._rest)

    def _look(self, text: bytes) -> None:
        for match in _ODD.finditer(text):
            self._judge(text, match)
        begin = min((at for at in (text.find(b"mergeCell"), text.find(b"hyperlink")) if at >= 0), default=-1)
        if begin >= 0:
            self._span(text, begin)

    def _judge(self, text: bytes, match: re.Match[bytes]) -> None:
        """Refuse a row or cell outside the sheet; the same letters elsewhere are nobody's address."""
        tag = text.rfind(b"<", max(0, match.start() - _WINDOW), match.start())
        if tag >= 0 and not _HOLDER.match(text, tag):
            return
        reference = match[1] or match[2] or b""
        column, row = _corner(reference)
        if not (0 <= column <= LAST_COLUMN and 1 <= row <= LAST_ROW):
            shown = reference[:_SHOWN].decode("ascii", "replace")
            message = f"行号或单元格编号“{shown}”超出 Excel 的范围（1048576 行、XFD 列），已拒绝；请重新导出。"
            raise FileRefused(Fault("file-cell-range", message, self._place))

    def _span(self, text: bytes, begin: int) -> None:
        for tag in _SPANNING.finditer(text, begin):
            for ref in _REF.finditer(tag[1]):
                self._spanned += _area(ref[1] or ref[2] or b"")
        if self._spanned > MOST_SPANNED:
            message = "合并单元格或超链接的范围过大，已拒绝；请取消整列或整表的合并后另存。"
            raise FileRefused(Fault("file-cell-range", message, self._place))


def _corner(reference: bytes) -> tuple[int, int]:
    """Column (0 when not said) and row (0 when not said); a column beyond any when it cannot be read."""
    match = _REFERENCE.fullmatch(reference.strip())
    if not match:
        return LAST_COLUMN + 1, 0
    column = 0
    for letter in match[1].upper():
        column = column * 26 + letter - ord("A") + 1
    return column, int(match[2] or 0)


def _area(reference: bytes) -> int:
    """How many cells a range covers; whole columns and rows count in full."""
    first, _, last = reference.partition(b":")
    if not last:
        return 1
    (left, top), (right, bottom) = _corner(first), _corner(last)
    width = right - left + 1 if left and right else LAST_COLUMN
    height = bottom - top + 1 if top and bottom else LAST_ROW
    return max(width, 1) * max(height, 1)


class Links(Reader):
    """Reads a link to another book and refuses the kinds that start a program."""

    def start(self, tag: str, _attributes: Mapping[str, str]) -> None:
        """One element begins."""
        if tag.endswith(("}ddeLink", "}oleLink")):
            message = "工作簿含有 DDE 或 OLE 链接，已拒绝；请在“数据—编辑链接”中断开后再用。"
            raise FileRefused(Fault("file-field", message, self.place))
