"""What the tests of the docs share: their pages, the code blocks in them, and what the command line says."""

from __future__ import annotations

import contextlib
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from doc_forms import cli

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
TEXT = {path: path.read_text("utf-8") for path in PAGES}
FENCE = re.compile(r"^( *)```([^\n]*)\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)


class Block(NamedTuple):
    """A code block: the words after its fence, and its text."""

    info: str
    text: str


def blocks(text: str) -> list[Block]:
    return [Block(info.strip(), body) for _, info, body in FENCE.findall(text)]


def block(text: str, info: str) -> str:
    (found,) = [one.text for one in blocks(text) if one.info == info]
    return found


def run(folder: Path, *words: str) -> str:
    """What the command line says in a folder, its faults first."""
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8") for _ in range(2))
    with contextlib.chdir(folder), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        with pytest.raises(SystemExit):
            cli.run(words)
        for stream in (out, err):
            stream.flush()
    return "".join(stream.buffer.getvalue().decode() for stream in (err, out))


def outputs(text: str) -> Iterator[tuple[str, str]]:
    """The commands of `$ …` sessions with what they print."""
    for one in blocks(text):
        if one.text.startswith("$ "):
            command, _, shown = one.text.partition("\n")
            yield command.removeprefix("$ "), shown
