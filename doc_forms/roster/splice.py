"""Copies XML from one stream to another byte for byte, changed only where a handler says so.

expat tells the byte offset of every tag, so whatever is not changed (formulas, formats, extensions this
product knows nothing of) arrives exactly as the clerk's program wrote it, and only a chunk is in memory.
"""

from __future__ import annotations

import html
from collections.abc import Mapping
from typing import IO
from xml.parsers import expat

_CHUNK = 1 << 16


def quoted(text: str) -> str:
    """Give an attribute's value with its quotation marks (`xml.sax.saxutils` would load the network's modules)."""
    escaped = html.escape(text)
    return '"' + escaped.replace("\n", "&#10;").replace("\r", "&#13;").replace("\t", "&#9;") + '"'


class Splice:
    """A pass over one XML part. Subclasses look at `start` and `end` and call the methods that change it."""

    def __init__(self, source: IO[bytes], target: IO[bytes]) -> None:
        self._source, self._target = source, target
        self._buffer = bytearray()
        self._base = 0
        self._skipping = False
        self._resume_next = False
        self._tag = ""
        self._locals: dict[str, str] = {}
        self.encoding = "utf-8"
        self.prefix = ""
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end

    def run(self) -> None:
        """Copy the whole part."""
        first = True
        while chunk := self._source.read(_CHUNK):
            if first:
                self.encoding = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}.get(chunk[:2], "utf-8")
                first = False
            self._buffer += chunk
            self._parser.Parse(chunk, False)
            self._advance(self._parser.CurrentByteIndex)
        self._parser.Parse(b"", True)
        self._settle(self._base + len(self._buffer))
        self._advance(self._base + len(self._buffer))

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """See an element begin, by its local name."""

    def end(self, name: str) -> None:
        """See an element end."""

    def insert(self, text: str) -> None:
        """Write text before the tag that is being seen."""
        self._advance(self._parser.CurrentByteIndex)
        self._target.write(text.encode(self.encoding))

    def drop_element(self) -> None:
        """Leave out the element that is beginning; call `resume` when it ends."""
        self._advance(self._parser.CurrentByteIndex)
        self._skipping = True

    def resume(self) -> None:
        """Copy again, from the tag after the one that is being seen."""
        self._resume_next = True

    def retag(self, name: str, attributes: Mapping[str, str]) -> None:
        """Write the tag that is beginning with other attributes."""
        self.drop_element()
        self._tag = f"<{self.prefix}{name}" + "".join(f" {key}={quoted(text)}" for key, text in attributes.items())

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if self._tag or self._resume_next:
            self._settle(self._parser.CurrentByteIndex)
        local = self._locals.get(name) or self._learn(name)
        self.start(local, attributes)

    def _end(self, name: str) -> None:
        if self._tag or self._resume_next:
            self._settle(self._parser.CurrentByteIndex)
        self.end(self._locals[name])

    def _learn(self, name: str) -> str:
        """Note the local name of an element; the root tells the prefix that ours must have too."""
        prefix, _, local = name.rpartition(":")
        if not self._locals:
            self.prefix = prefix and f"{prefix}:"
        self._locals[name] = local
        return local

    def _settle(self, offset: int) -> None:
        """Finish what waited for the next tag: the end of a changed tag, or of an element left out."""
        if self._tag:
            closing = "/>".encode(self.encoding)
            at = offset - self._base
            closed = self._buffer[at - len(closing) : at] == closing
            self._target.write((self._tag + ("/>" if closed else ">")).encode(self.encoding))
            self._tag = ""
            self._resume_next = True
        if self._resume_next:
            self._advance(offset)
            self._skipping = self._resume_next = False

    def _advance(self, offset: int) -> None:
        """Copy, or leave out, everything before the offset."""
        count = offset - self._base
        if count <= 0:
            return
        if not self._skipping:
            self._target.write(self._buffer[:count])
        del self._buffer[:count]
        self._base = offset
