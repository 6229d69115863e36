"""Pictures for tests, drawn by hand byte by byte: flat colour, any size, whole or damaged."""

from __future__ import annotations

import struct
import zlib


def png(width: int = 30, height: int = 40, shade: int = 200) -> bytes:
    """Give a grey PNG."""
    rows = b"".join(b"\0" + bytes([shade]) * width for _ in range(height))
    head = struct.pack(">2I5B", width, height, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )


def jpeg(width: int = 32, height: int = 40, shade: int = 0) -> bytes:
    """Give a grey baseline JPEG: one component, every block the same (shade: 0 to 7)."""
    quantities = b"\xff\xdb" + struct.pack(">HB", 67, 0) + b"\1" * 64
    frame = b"\xff\xc0" + struct.pack(">HBHHB3B", 11, 8, height, width, 1, 1, 0x11, 0)
    # Two Huffman tables with two codes each: 0 = "no difference" (or end of block), 10 = a difference of 3 bits.
    first = b"\xff\xc4" + struct.pack(">HB", 21, 0x00) + bytes([1, 1] + [0] * 14) + b"\x00\x03"
    others = b"\xff\xc4" + struct.pack(">HB", 21, 0x10) + bytes([1, 1] + [0] * 14) + b"\x00\x03"
    scan = b"\xff\xda" + struct.pack(">HB2B3B", 8, 1, 1, 0x00, 0, 63, 0)
    blocks = -(-width // 8) * -(-height // 8)
    bits = ("10" + f"{4 + shade % 4:03b}" if shade else "0") + "0" + "00" * (blocks - 1)
    bits += "1" * (-len(bits) % 8)
    data = int(bits, 2).to_bytes(len(bits) // 8).replace(b"\xff", b"\xff\0")
    return b"\xff\xd8" + quantities + frame + first + others + scan + data + b"\xff\xd9"
