"""PDF/A-2b copies of Word files, made by LibreOffice, with the same bytes each time.

LibreOffice 7.4 writes the moment into a PDF and takes no notice of SOURCE_DATE_EPOCH: the creation date (in the
properties and in the XMP packet), the file identifier, and a check sum of its own. All four stand uncompressed
and have a fixed length, so that they can be set to other values of the same length without moving anything.
"""

from __future__ import annotations

import hashlib
import re
import tempfile
from collections.abc import Sequence
from pathlib import Path

from doc_forms.form import PartialDate
from doc_forms.paper import to_pdf

_DATE = re.compile(rb"(/(?:CreationDate|ModDate)\s*\(D:)\d{14}([^)]*\))")
_XMP_DATE = re.compile(rb"(<xmp:(?:CreateDate|ModifyDate|MetadataDate)>)\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d")
_IDENTIFIER = re.compile(rb"(/ID\s*\[\s*<)([0-9A-F]{32})(>\s*<)([0-9A-F]{32})(>)")
_CHECKSUM = re.compile(rb"(/DocChecksum\s*/)([0-9A-F]{32})")
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
