"""Parses a worksheet's XML into raw rows with expat: no tree is built, which halves the cost of reading."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO
from xml.parsers import expat

_CHUNK = 1 << 16


@dataclass(slots=True)
class RawCell:
    """A cell as the file states it; `value` is None where it has none."""

    place: str | None
    kind: str | None
    style: str | None
    value: str | None = None
    formula: bool = False


@dataclass(slots=True)
class RawRow:
    """A row as the file states it: its attributes and the cells that hold something."""

    attributes: dict[str, str]
    cells: list[RawCell] = field(default_factory=list)


def parse_rows(stream: IO[bytes]) -> Iterator[RawRow]:
    """Yield the rows of a worksheet. Raises ExpatError for broken XML and ValueError for a DOCTYPE."""
    rows = _Rows()
    while chunk := stream.read(_CHUNK):
        rows.parser.Parse(chunk, False)
        yield from rows.taken()
    rows.parser.Parse(b"", True)
    yield from rows.taken()


class _Rows:
    """The state of one parse: what the handlers have seen of the row and the cell they are in."""

    __slots__ = ("_c", "_cell", "_collecting", "_done", "_f", "_is", "_phonetic", "_r", "_row", "_t", "_v", "parser")

    def __init__(self) -> None:
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._root
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.StartDoctypeDeclHandler = _refuse_doctype
        self._done: list[RawRow] = []
        self._row = RawRow({})
        self._cell = RawCell(None, None, None)
        self._collecting = self._phonetic = False

    def taken(self) -> list[RawRow]:
        """Give the rows finished since the last time."""
        done, self._done = self._done, []
        return done

    def _root(self, name: str, _: dict[str, str]) -> None:
        """Learn the prefix that the file writes its elements with (mostly none)."""
        prefix = name[: name.rfind(":") + 1]
        self._c, self._v, self._f, self._is = (prefix + local for local in ("c", "v", "f", "is"))
        self._t, self._r = prefix + "t", prefix + "row"
        self.parser.StartElementHandler = self._start

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == self._c:
            get = attributes.get
            self._cell = RawCell(get("r"), get("t"), get("s"))
        elif name == self._v or name == self._is:  # noqa: PLR1714 - quicker than a tuple, per cell
            self._cell.value = ""
            self._collecting = name == self._v
        elif name == self._t:
            self._collecting = not self._phonetic
        elif name == self._f:
            self._cell.formula = True
        elif name == self._r:
            self._row = RawRow(attributes)
        elif name.endswith("rPh"):
            self._phonetic = True

    def _text(self, text: str) -> None:
        if self._collecting:
            self._cell.value = text if not self._cell.value else self._cell.value + text

    def _end(self, name: str) -> None:
        if name == self._c:
            self._row.cells.append(self._cell)
        elif name == self._v or name == self._t:  # noqa: PLR1714 - as above
            self._collecting = False
        elif name == self._r:
            self._done.append(self._row)
        elif name.endswith("rPh"):
            self._phonetic = False


def _refuse_doctype(*_: object) -> None:
    message = "a worksheet has no DOCTYPE"
    raise ValueError(message)
