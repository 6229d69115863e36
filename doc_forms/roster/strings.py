"""The shared strings of a workbook, kept on disk: half a million of them cost a few megabytes of memory.

Excel stores each text once and lets cells point to it by number, so a reader must be able to reach any
of them at any time. Here the texts lie one after another in a temporary file (in memory while small),
and only their offsets are held.
"""

from __future__ import annotations

import re
import tempfile
from array import array
from collections.abc import Iterator
from typing import IO, Any

from lxml import etree

_IN_MEMORY = 1 << 20
_REMEMBERED = 4096
_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")


def elements(stream: IO[bytes], *names: str) -> Iterator[etree._Element]:
    """Yield the finished elements of those local names; each is forgotten when the next is asked for.

    Entities are not resolved, nothing is fetched, and libxml2's limits on depth and size stay on.
    """
    tags = [f"{{*}}{name}" for name in names]
    found = etree.iterparse(
        stream,
        events=("end",),
        tag=tags,
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    for _, element in found:
        yield element
        element.clear()
        parent = element.getparent()
        while parent is not None and element.getprevious() is not None:
            del parent[0]


def text_of(element: etree._Element) -> str:
    """Give the text of a string item: its runs joined, phonetic guides left out, `_x000D_` decoded."""
    words: list[str] = []
    for child in element:
        tag = child.tag
        if tag.endswith("}t"):
            words.append(child.text or "")
        elif tag.endswith("}r"):
            words.extend(run.text or "" for run in child if run.tag.endswith("}t"))
    return unescape("".join(words))


def unescape(text: str) -> str:
    r"""Decode Excel's `_xHHHH_` (ECMA-376 part 1, 22.4.2.4): `_x000D_` is a carriage return, `_x005F_` a `_`."""
    return _ESCAPE.sub(lambda found: chr(int(found.group(1), 16)), text) if "_x" in text else text


class SharedStrings:
    """Texts by number; IndexError for a number that the workbook does not have."""

    def __init__(self) -> None:
        # A temporary file is made with mode 0600 and has no name that another process could open.
        self._store: Any = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - closed by close()
        self._offsets = array("I", [0])
        self._recent: dict[int, str] = {}

    @classmethod
    def load(cls, stream: IO[bytes]) -> SharedStrings:
        """Read `xl/sharedStrings.xml`."""
        strings = cls()
        write, offsets, end = strings._store.write, strings._offsets, 0
        for item in elements(stream, "si"):
            end += write(text_of(item).encode("utf-8", "surrogatepass"))
            offsets.append(end)
        return strings

    def __len__(self) -> int:
        return len(self._offsets) - 1

    def __getitem__(self, number: int) -> str:
        text = self._recent.get(number)
        if text is None:
            if number < 0:
                raise IndexError(number)
            start, end = self._offsets[number], self._offsets[number + 1]
            self._store.seek(start)
            text = self._store.read(end - start).decode("utf-8", "surrogatepass")
            if len(self._recent) >= _REMEMBERED:
                self._recent.clear()
            self._recent[number] = text
        return text

    def close(self) -> None:
        """Delete the temporary file."""
        self._store.close()
