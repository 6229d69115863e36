"""What an Office file from outside must pass before any library sees it.

    offices.py    what a document and a workbook may hold
    outside.py    the file: readable, not too big, a zip at all
    members.py    the zip: names, encryption, bombs; sizes counted while reading
    markup.py     the XML: no DOCTYPE, well-formed, no tree
    relations.py  content types and relationships: macros, links out, missing parts
    fields.py     a template's fields and embedded content
    cells.py      a workbook's references

python-docx and openpyxl take 13 seconds and gigabytes on a file of some kilobytes made to that end, keep
macros and remote links in what they write, and fail on broken files with many kinds of exception. Here every
such file is refused with one line for each reason, and nothing of a big sheet stays in memory.
"""

from __future__ import annotations

import io
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from doc_forms.errors import Fault, FileRefused, Place
from doc_forms.packages import relations as opc
from doc_forms.packages.cells import CellScan, Links
from doc_forms.packages.fields import FieldReader, is_plain
from doc_forms.packages.markup import Reader, read
from doc_forms.packages.members import Members
from doc_forms.packages.offices import EXCEL, WORD, Office
from doc_forms.packages.outside import DAMAGE, check_outside, opened, refusing_damage

__all__ = ["DAMAGE", "Members", "Package", "check_workbook", "open_template", "refusing_damage", "template_from_bytes"]


@dataclass(frozen=True)
class Package:
    """A checked Word template: its file name for messages, its members by name in the package's order."""

    name: str
    parts: dict[str, bytes] = field(repr=False)


def open_template(path: Path) -> Package:
    """Read and check a .docx. FileRefused with every reason found; a bomb or damage stops at once."""
    with opened(path) as stream:
        return _read_template(stream, path.name)


def template_from_bytes(data: bytes, name: str) -> Package:
    """The same for a template that is already in memory; `name` is used in messages only."""
    return _read_template(io.BytesIO(data), name)


def _read_template(stream: IO[bytes], name: str) -> Package:
    gate = _Gate(stream, name, WORD)
    parts = {}
    for member in gate.members.names:
        parts[member] = gate.members.content(member)
        if gate.is_markup(member) and (opc.is_relations(member) or not is_plain(parts[member])):
            reader = FieldReader(gate.place(member))
            gate.read(reader, [parts[member]])
            gate.faults += reader.faults
    gate.close()
    return Package(name, parts)


def check_workbook(path: Path) -> None:
    """Check an .xlsx and keep nothing of it. FileRefused with every reason found.

    After this the file can be opened with `zipfile`, and its sheets read with any parser, within the limits
    of `members` and `cells`. What a library still makes of odd content is for `refusing_damage`.
    """
    with opened(path) as stream:
        gate = _Gate(stream, path.name, EXCEL)
        for member in gate.members.names:
            chunks = gate.members.chunks(member)
            if gate.is_markup(member):
                links = "externallink" in gate.types.of(member)
                reader = (Links if links else Reader)(gate.place(member))
                gate.read(reader, _scanned(chunks, reader.place))
            else:  # inflated and thrown away: the limits and the check sum hold for pictures, too
                deque(chunks, maxlen=0)
        gate.close()


def _scanned(chunks: Iterable[bytes], place: Place) -> Iterator[bytes]:
    """The same chunks, each looked through on its way to the parser."""
    scan = CellScan(place)
    for chunk in chunks:
        scan.feed(chunk)
        yield chunk
    scan.close()


class _Gate:
    """What both kinds have in common: the zip, its types, its relationships, and the faults found so far."""

    def __init__(self, stream: IO[bytes], name: str, office: Office) -> None:
        check_outside(stream, name, office)
        self._office = office
        self._relations: list[opc.Relation] = []
        self.members = Members(stream, name)
        self.types = opc.TypesReader(self.place(opc.TYPES_PART))
        if not {opc.TYPES_PART, opc.ROOT_RELATIONS} <= set(self.members.names):
            message = f"不是 {office.formal}（实为压缩包），{office.save_again}。"
            raise FileRefused(Fault("file-not-office", message, Place(file=name)))
        read(self.members.chunks(opc.TYPES_PART), self.types)
        root = opc.RelationsReader(self.place(opc.ROOT_RELATIONS))
        read(self.members.chunks(opc.ROOT_RELATIONS), root)
        opc.check_main(root.found, self.types, office)
        self.faults = list(opc.type_faults(self.members.names, self.types, office))

    def place(self, member: str) -> Place:
        return Place(file=self.members.file, part=member)

    def is_markup(self, member: str) -> bool:
        """Whether a part is read as XML: by its type, as libraries do, or by its name."""
        return self.types.of(member).endswith("xml") or member.lower().endswith((".xml", ".rels"))

    def read(self, reader: Reader, chunks: Iterable[bytes]) -> None:
        """Hand one part to its reader; relationships are kept, whatever the reader is for."""
        if opc.is_relations(reader.place.part):
            relations = opc.RelationsReader(reader.place)
            read(chunks, relations)
            self._relations += relations.found
        else:
            read(chunks, reader)

    def close(self) -> None:
        """Follow the relationships, and refuse the package when anything was found (FileRefused)."""
        file, names = self.members.file, set(self.members.names)
        self.faults += opc.relation_faults(self._relations, names, file, self._office)
        if self.faults:
            raise FileRefused(dict.fromkeys(self.faults))
