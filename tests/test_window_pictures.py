"""The pictures of the window in the docs: each is one that the command takes from the running program."""

from __future__ import annotations

import re
import runpy
import struct
from pathlib import Path

import pytest

pytest.importorskip("playwright", reason="playwright takes the pictures")

from window_support import chromium

from doc_forms.paper import find_libreoffice

ROOT = Path(__file__).resolve().parent.parent
SHOWN = re.compile(r"pictures/(window-[\w-]+\.png)\)")


def size_of(picture: Path) -> tuple[int, int]:
    width, height = struct.unpack(">II", picture.read_bytes()[16:24])
    return width, height


@pytest.mark.skipif(find_libreoffice() is None, reason="LibreOffice is not installed")
def test_every_picture_of_the_window_that_the_docs_show_is_taken_by_the_command(tmp_path: Path) -> None:
    chromium()
    script = runpy.run_path(str(ROOT / "scripts" / "window_pictures.py"))
    taken = {picture.name: size_of(picture) for picture in script["take_pictures"](tmp_path)}
    pages = [ROOT / "README.md", *ROOT.glob("docs/*.md")]
    shown = {name for page in pages for name in SHOWN.findall(page.read_text("utf-8"))}
    assert shown == set(taken)
    assert taken == {file.name: size_of(file) for file in script["PICTURES"].glob("window-*.png")}
