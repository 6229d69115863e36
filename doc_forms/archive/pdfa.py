"""PDF/A-2b copies of Word files, made by LibreOffice, with the same bytes each time.

LibreOffice 7.4 writes the moment into a PDF in five places and takes no notice of SOURCE_DATE_EPOCH. The creation
date (in the properties and in the XMP packet), the file identifier and a check sum of its own stand uncompressed
and have a fixed length: they are set to other values of the same length without moving anything. The colour
profile of the output intent is dated, too, and compressed: its stream is packed anew, and the cross-reference
table (ISO 32000-1, 7.5.4) follows.
"""

from __future__ import annotations

import hashlib
import re
import struct
import tempfile
import zlib
from collections.abc import Sequence
from pathlib import Path

from doc_forms.form import PartialDate
from doc_forms.paper import to_pdf

_DATE = re.compile(rb"(/(?:CreationDate|ModDate)\s*\(D:)\d{14}([^)]*\))")
_XMP_DATE = re.compile(rb"(<xmp:(?:CreateDate|ModifyDate|MetadataDate)>)\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d")
_IDENTIFIER = re.compile(rb"(/ID\s*\[\s*<)([0-9A-F]{32})(>\s*<)([0-9A-F]{32})(>)")
_CHECKSUM = re.compile(rb"(/DocChecksum\s*/)([0-9A-F]{32})")
_PROFILE = re.compile(rb"\d+ 0 obj\s*<</N 3/Length (\d+) 0 R/Filter/FlateDecode>>\s*stream\r?\n")
_ENTRY = re.compile(rb"(\d{10})( \d{5} n)")
_START = re.compile(rb"startxref\s+(\d+)")
_DATED, _SIGNATURE = slice(24, 36), slice(36, 40)  # ICC.1:2010, 7.2.1: date and time, profile file signature
_PAGE = re.compile(rb"/Type\s*/Page(?![A-Za-z])")


def copies(papers: Sequence[bytes], day: PartialDate) -> list[bytes]:
    """Give a PDF/A-2b copy of each Word file, dated by the day of archiving (OutputRefused as for `to_pdf`)."""
    if not papers:
        return []
    with tempfile.TemporaryDirectory(prefix="doc-forms-") as name:
        desk = Path(name)
        files = [desk / f"{number}.docx" for number in range(1, len(papers) + 1)]
        for file, data in zip(files, papers, strict=True):
            file.write_bytes(data)
        made = to_pdf(files, desk / "pdf", pdf_a=True)
        return [fixed(file.read_bytes(), day) for file in made]


def fixed(pdf: bytes, day: PartialDate) -> bytes:
    """Give the same PDF with the moment taken out: dates are midnight of `day`, identifiers follow the content."""
    pdf = _with_fixed_profile(pdf, day)
    pdf = _DATE.sub(lambda found: found[1] + f"{day.date:%Y%m%d}000000".encode() + found[2], pdf)
    pdf = _XMP_DATE.sub(lambda found: found[1] + f"{day.date:%Y-%m-%d}T00:00:00".encode(), pdf)
    blank = b"0" * 32
    pdf = _IDENTIFIER.sub(lambda found: found[1] + blank + found[3] + blank + found[5], pdf)
    pdf = _CHECKSUM.sub(lambda found: found[1] + blank, pdf)
    mark = hashlib.sha256(pdf).hexdigest()[:32].upper().encode()
    return _IDENTIFIER.sub(lambda found: found[1] + mark + found[3] + mark + found[5], pdf)


def pages_of(pdf: bytes) -> int:
    """Count the pages of a PDF that LibreOffice wrote (its page objects are never packed into streams)."""
    return len(_PAGE.findall(pdf))


def _with_fixed_profile(pdf: bytes, day: PartialDate) -> bytes:
    """Date the colour profile by `day`; a PDF that is built otherwise is given back as it is."""
    found = _PROFILE.search(pdf)
    length = re.search(rb"\n" + found[1] + rb" 0 obj\s*(\d+)\s*endobj", pdf) if found else None
    if not found or not length or _START.search(pdf) is None:
        return pdf
    start, end = found.end(), found.end() + int(length[1])
    try:
        profile = bytearray(zlib.decompress(pdf[start:end]))
    except zlib.error:
        return pdf
    if profile[_SIGNATURE] != b"acsp":
        return pdf
    profile[_DATED] = struct.pack(">6H", day.year, day.month, day.day, 0, 0, 0)
    packed = zlib.compress(bytes(profile), 9)
    return _respelt(pdf, [(start, end, packed), (*length.span(1), str(len(packed)).encode())])


def _respelt(pdf: bytes, changes: Sequence[tuple[int, int, bytes]]) -> bytes:
    """Put other bytes at some places, in their order, and move what the cross-reference table says with them."""

    def moved(offset: int) -> int:
        return offset + sum(len(new) - (end - start) for start, end, new in changes if end <= offset)

    def entry(one: re.Match[bytes]) -> bytes:
        return f"{moved(int(one[1])):010d}".encode() + one[2]

    table = pdf.rindex(b"\nxref") + 1
    ending = _ENTRY.sub(entry, pdf[table:])
    ending = _START.sub(lambda one: f"startxref\n{moved(int(one[1]))}".encode(), ending)
    pieces, last = [], 0
    for start, end, new in changes:
        pieces += [pdf[last:start], new]
        last = end
    return b"".join([*pieces, pdf[last:table], ending])
