"""PDF pages as PNG pictures, and several PDFs as one, through PDFium."""

from __future__ import annotations

import io
import struct
import threading
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

_PDFIUM = threading.RLock()  # PDFium takes one caller at a time
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_TRUECOLOUR = 2
_QUICK = 1  # how hard the picture is compressed: it is shown once, on this computer


@dataclass(frozen=True)
class PageSize:
    """A page's width and height in points (1/72 inch)."""

    width: float
    height: float


def page_sizes(pdf: bytes) -> tuple[PageSize, ...]:
    """Give the size of every page."""
    with _PDFIUM, _opened(pdf) as document:
        return tuple(PageSize(*document.get_page_size(number)) for number in range(len(document)))


def draw_page(pdf: bytes, number: int, scale: float) -> bytes:
    """Draw a page (counted from 0) as PNG with `scale` pixels a point."""
    with _PDFIUM, _opened(pdf) as document:
        bitmap = document[number].render(scale=scale, rev_byteorder=True, prefer_bgrx=False)
        try:
            return _png(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer), bitmap.n_channels)
        finally:
            bitmap.close()


def join_pdfs(pdfs: Iterable[bytes]) -> bytes:
    """Give one PDF of all pages, in order."""
    import pypdfium2  # noqa: PLC0415 - as in `_opened`

    with _PDFIUM:
        joined = pypdfium2.PdfDocument.new()
        try:
            for pdf in pdfs:
                with _opened(pdf) as document:
                    joined.import_pages(document)
            stream = io.BytesIO()
            joined.save(stream)
            return stream.getvalue()
        finally:
            joined.close()


def _opened(pdf: bytes) -> Any:
    import pypdfium2  # noqa: PLC0415 - 70 ms that a window without previews need not pay

    return pypdfium2.PdfDocument(pdf)


def _png(width: int, height: int, stride: int, pixels: bytes, channels: int) -> bytes:
    """Write rows of RGB as PNG (ISO/IEC 15948); a fourth channel is dropped."""
    rows = (pixels[row * stride : row * stride + width * channels] for row in range(height))
    if channels > 3:  # noqa: PLR2004 - red, green, blue
        rows = (bytes(_without_fourth(row)) for row in rows)
    data = zlib.compress(b"".join(b"\0" + row for row in rows), _QUICK)
    header = struct.pack(">IIBBBBB", width, height, 8, _TRUECOLOUR, 0, 0, 0)
    return _SIGNATURE + _chunk(b"IHDR", header) + _chunk(b"IDAT", data) + _chunk(b"IEND", b"")


def _without_fourth(row: bytes) -> bytearray:
    kept = bytearray(len(row) // 4 * 3)
    for channel in range(3):
        kept[channel::3] = row[channel::4]
    return kept


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
