"""A file from outside: that it can be read, is no bigger than allowed, and is a zip package."""

from __future__ import annotations

import os
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from lxml import etree

from doc_forms.errors import Fault, FileRefused, Place
from doc_forms.packages.offices import Office

MOST_BYTES = 20 * 2**20
_ZIP = b"PK\x03\x04"
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_HEAD = 2048

# Everything that zipfile, zlib, lxml, python-docx and openpyxl were seen to raise on broken files.
DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    etree.LxmlError,
    OSError,
    EOFError,
    ValueError,
    KeyError,
    IndexError,
    AttributeError,
    TypeError,
    OverflowError,
    RuntimeError,
)


@contextmanager
def refusing_damage(name: str, part: str = "") -> Iterator[None]:
    """Turn whatever a library raises on a broken file into one line (FileRefused `file-damaged`)."""
    try:
        yield
    except DAMAGE as error:
        message = "文件已损坏，无法读取。请重新导出或另存后再试。"
        raise FileRefused(Fault("file-damaged", message, Place(file=name, part=part))) from error


@contextmanager
def opened(path: Path) -> Iterator[IO[bytes]]:
    """The file, open for reading; FileRefused when it is missing, no plain file, or unreadable."""
    with _open(path) as stream:
        yield stream


def _open(path: Path) -> IO[bytes]:
    name = path.name or str(path)
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise _refused(name, "file-folder", "这是文件夹，不是文件；请选择其中的文件。")
        if not stat.S_ISREG(status.st_mode):
            raise _refused(name, "file-special", "这不是普通文件，无法读取；请另选文件。")
        return path.open("rb")
    except FileNotFoundError as error:
        raise _refused(name, "file-missing", "找不到此文件，请核对文件名和所在文件夹。") from error
    except PermissionError as error:
        message = "没有读取权限，或文件正被其他程序占用；请关闭该程序或检查权限后再试。"
        raise _refused(name, "file-locked", message) from error
    except (OSError, ValueError) as error:  # ValueError: a name with a NUL
        message = "文件无法读取；请核对文件名，或将文件复制到本机后再试。"
        raise _refused(name, "file-unreadable", message) from error


def check_outside(stream: IO[bytes], name: str, office: Office) -> None:
    """Refuse, with its own message, what is too big or no zip package at all."""
    size = stream.seek(0, os.SEEK_END)
    stream.seek(0)
    head = stream.read(_HEAD)
    if size > MOST_BYTES:
        message = f"文件超过 {MOST_BYTES >> 20} MB，已拒绝；请删除多余的图片或内容后再用。"
        raise _refused(name, "file-too-big", message)
    if not size:
        raise _refused(name, "file-empty", "文件是空的（0 字节）；请重新导出。")
    if head.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in head + stream.read():
            message = f"文件已加密，请去除密码后另存为 {office.suffix}。"
        else:
            message = f"文件为旧格式或已加密，请去除密码后另存为 {office.suffix}。"
        raise _refused(name, "file-old-or-encrypted", message)
    if not head.startswith(_ZIP):
        message = f"不是 {office.formal}（实为{_described(head)}），{office.save_again}。"
        raise _refused(name, "file-not-office", message)


def _described(head: bytes) -> str:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.replace(b"\0", b"")[2:]
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    starts = {
        b"%pdf": " PDF",
        b"{\\rtf": " RTF 文本",
        b"pk\x05\x06": "空压缩包",
        b"rar!": "压缩包",
        b"7z\xbc\xaf": "压缩包",
        b"mime-version": "网页",
        b"\x89png": "图片",
        b"\xff\xd8\xff": "图片",
    }
    for mark, label in starts.items():
        if text.startswith(mark):
            return label
    if text.startswith(b"<"):
        return "网页" if any(mark in text for mark in (b"<!doctype html", b"<html", b"<table")) else " XML 文本"
    return "其他格式" if b"\0" in text else "文本，如 CSV"


def _refused(name: str, code: str, message: str) -> FileRefused:
    return FileRefused(Fault(code, message, Place(file=name)))
