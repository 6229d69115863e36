"""XML from outside, read as a stream: no DOCTYPE, no entities, nothing fetched, no tree in memory."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable
from typing import Any

from lxml import etree

from doc_forms.errors import Fault, FileRefused, Place
from doc_forms.packages.outside import refusing_damage

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_DECLARED = re.compile(rb"""<\?xml[^>]*?\sencoding\s*=\s*["']([^"']*)""")
_ENCODINGS = {b"utf-8", b"utf8", b"us-ascii", b"ascii"}


class Reader:
    """What lxml hands the events of one part to. This one only refuses a DOCTYPE; others look further.

    A subclass that defines `start`, `data` or `end` is called for each of these, which is what costs time.
    """

    def __init__(self, place: Place) -> None:
        """`place` names the file and the part in messages."""
        self.place = place

    def doctype(self, _name: str, _public: str | None, _system: str | None) -> None:
        """Called before any entity is declared, and therefore before one can be expanded."""
        raise FileRefused(Fault("file-doctype", "文件含有不允许的 XML 声明（DOCTYPE），已拒绝。", self.place))

    def close(self) -> None:
        """The part has ended."""


def read(chunks: Iterable[bytes], reader: Reader) -> None:
    """Hand a part to its reader. FileRefused when it is not well-formed, or neither UTF-8 nor UTF-16."""
    with refusing_damage(reader.place.file, reader.place.part):
        target: Any = reader  # lxml asks for the methods that are there; its stubs want all five
        parser = etree.XMLParser(target=target, resolve_entities=False, load_dtd=False, no_network=True)
        for at, chunk in enumerate(chunks):
            if not at:
                _check_encoding(chunk, reader.place)
            parser.feed(chunk)
        parser.close()


class Utf8:
    """Turns the chunks of a part into UTF-8, for a reader of bytes; the first chunk shows what they are."""

    def __init__(self) -> None:
        """Nothing is known before the first chunk."""
        self._begun = False
        self._decoder: codecs.IncrementalDecoder | None = None

    def __call__(self, chunk: bytes) -> bytes:
        """The next chunk in UTF-8."""
        if not self._begun and chunk.startswith(_UTF16):
            self._decoder = codecs.getincrementaldecoder("utf-16")()
        self._begun = True
        return self._decoder.decode(chunk).encode() if self._decoder else chunk


def _check_encoding(head: bytes, place: Place) -> None:
    """Office files are UTF-8 or UTF-16 (ECMA-376 part 2, clause 8.1.4): others would be read in two ways."""
    if head.startswith(_UTF16):
        return
    if b"\0" in head[:8] or declares_other_encoding(head):
        raise FileRefused(Fault("file-encoding", "文件内的 XML 编码不是 UTF-8，已拒绝；请在 Office 中另存。", place))


def declares_other_encoding(head: bytes) -> bool:
    """Whether a part that is not in UTF-16 says at its beginning that it is not in UTF-8 either."""
    declared = _DECLARED.match(head.removeprefix(codecs.BOM_UTF8)[:1024])
    return declared is not None and declared[1].lower() not in _ENCODINGS
