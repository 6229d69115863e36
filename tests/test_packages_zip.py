from __future__ import annotations

import io
import os
import struct
import time
import tracemalloc
import zipfile
from collections.abc import Callable
from functools import partial

import pytest
from packages_made import (
    DOCUMENT,
    Parts,
    excel_parts,
    excel_refusal,
    in_body,
    put,
    word_bytes,
    word_parts,
    word_refusal,
    zipped,
)


@pytest.fixture
def word() -> Parts:
    return word_parts()


@pytest.fixture
def excel() -> Parts:
    return excel_parts()


# --- the zip ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["/etc/passwd", "../x.xml", "word/../x.xml", "word\\x.xml", "C:/x.xml", "word//x.xml"])
def test_a_member_name_that_leads_elsewhere_is_refused(word: Parts, name: str) -> None:
    put(word, name, b"<a/>", "application/xml")
    assert "不合规的部件名" in word_refusal(word)


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("twin", [DOCUMENT, "Word/Document.XML"])
def test_two_members_of_one_name_are_refused_whatever_the_letters_case(twin: str) -> None:
    stream = io.BytesIO(word_bytes())
    with zipfile.ZipFile(stream, "a") as package:
        package.writestr(twin, b"<a/>")
    assert f"任职通知.docx {twin}：文件内有重名的部件" in word_refusal(stream.getvalue())


def test_an_encrypted_member_is_refused() -> None:
    data = bytearray(word_bytes())
    entry = data.index(b"PK\x01\x02")
    data[entry + 8] |= 1
    assert "文件已加密，请去除密码后另存。" in word_refusal(bytes(data))


def test_a_compression_that_cannot_be_bounded_is_refused(word: Parts) -> None:
    assert "压缩方式不是 Office 所用的" in word_refusal(zipped(word, zipfile.ZIP_LZMA))


# --- bombs ------------------------------------------------------------------------------------------------


def deflated(unit: bytes, count: int, name: str, parts: Parts) -> bytes:
    """A package to which one member of `unit` written `count` times is added, streamed."""
    stream = io.BytesIO(zipped(parts))
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as package, package.open(name, "w") as member:
        for _ in range(count):
            member.write(unit)
    return stream.getvalue()


def quickly(refuse: Callable[[], str], megabytes: int = 24) -> str:
    """Refuses in little time and memory, and gives the message."""
    tracemalloc.start()
    begun = time.process_time()
    try:
        message = refuse()
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < megabytes << 20
    assert time.process_time() - begun < 5
    return message


def test_paragraphs_inflated_a_thousandfold_are_refused_at_once(word: Parts) -> None:
    del word[DOCUMENT]
    bomb = deflated(b"<w:p/>" * 100_000, 100, DOCUMENT, word)
    assert "此部件的压缩比超过 100，已拒绝。" in quickly(lambda: word_refusal(bomb))


def test_an_image_inflated_a_thousandfold_is_refused_at_once(word: Parts, excel: Parts) -> None:
    for parts, refuse in ((word, word_refusal), (excel, excel_refusal)):
        put(parts, "media/image1.png", b"", "image/png")
        del parts["media/image1.png"]
        bomb = deflated(bytes(1 << 20), 60, "media/image1.png", parts)
        refused = partial(refuse, bomb)
        assert "media/image1.png：此部件的压缩比超过 100" in quickly(refused)


def test_a_size_told_wrongly_in_the_directory_does_not_help_a_bomb(word: Parts) -> None:
    del word[DOCUMENT]
    data = bytearray(deflated(b"<w:p/>" * 100_000, 100, DOCUMENT, word))
    entry = data.rindex(b"PK\x01\x02")
    struct.pack_into("<I", data, entry + 24, 2 << 20)
    assert word_refusal(bytes(data)).startswith("任职通知.docx word/document.xml：")


def test_a_member_of_more_than_fifty_megabytes_is_refused_though_it_packs_badly(excel: Parts) -> None:
    put(excel, "xl/media/image1.png", b"", "image/png")
    del excel["xl/media/image1.png"]
    unit = os.urandom(12_000).ljust(1 << 20, b"\0")  # packs about 1 : 80
    bomb = deflated(unit, 51, "xl/media/image1.png", excel)
    assert "此部件解压后超过 50 MB" in quickly(lambda: excel_refusal(bomb))


def test_many_members_of_allowed_size_are_refused_at_two_hundred_megabytes_together(excel: Parts) -> None:
    unit = os.urandom(12_000).ljust(1 << 20, b"\0")
    for number in range(5):
        put(excel, f"xl/media/image{number}.png", unit * 45, "image/png")
    bomb = zipped(excel)
    assert "文件解压后超过 200 MB，已拒绝。" in quickly(lambda: excel_refusal(bomb))


def test_too_many_members_are_refused_before_they_are_listed(word: Parts) -> None:
    crowd = word | {f"word/media/{number}.png": b"" for number in range(2000)}
    assert "部件超过 2000 个，已拒绝。" in quickly(lambda: word_refusal(zipped(crowd)))


def test_a_template_of_too_many_elements_is_refused(word: Parts) -> None:
    paragraphs = "".join(f'<w:p w:rsidR="{number:08X}"/>' for number in range(500_001))
    in_body(word, paragraphs)
    assert "word/document.xml：模板的内容过多" in word_refusal(word)
