"""The sessions in docs/archive.md and docs/records.md are what comes out, but for checksums, sizes and moments."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from archive_made import BY_CLERK, PDF, PEOPLE
from docs_read import ROOT, outputs, run

EXAMPLES = ROOT / "examples"
_CHANGING = (
    (r"\b[0-9a-f]{64}\b", "校验值"),
    (r"\d+ 字节", "字节"),
    (r"\d{4}-\d\d-\d\d \d\d:\d\d \S+ 已预留", "时间 经办人 已预留"),
)
"""What differs between two runs, or with every change of a template: patterns and what stands for them here."""


def regular(text: str) -> str:
    for pattern, word in _CHANGING:
        text = re.sub(pattern, word, text)
    return text


def shown(page: str) -> Iterator[tuple[str, str]]:
    """Every command of a page's sessions with what is shown to come out."""
    for one in outputs((ROOT / "docs" / page).read_text("utf-8")):
        yield from each(*one)


def each(command: str, text: str) -> Iterator[tuple[str, str]]:
    """One block may hold several commands."""
    first, *others = re.split(r"^\$ ", text, flags=re.MULTILINE)
    yield command, first
    for other in others:
        command, _, text = other.partition("\n")
        yield command, text


def assert_comes_out(folder: Path, command: str, text: str) -> None:
    """Compare; `……` in the page stands for the rest. The register says whole paths, the page their ends."""
    came = regular(run(folder, *shlex.split(command)[1:]).replace(f"{folder}/", ""))
    start, cut, _ = regular(text).partition("……\n")
    assert came.startswith(start) if cut else came == start, came


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DOC_FORMS_RECORDS", str(tmp_path / "records.db"))
    return tmp_path


def test_the_sessions_of_the_archive_are_what_comes_out(desk: Path) -> None:
    shutil.copy(EXAMPLES / "case.json", desk / "副院长.json")
    shutil.copy(EXAMPLES / "archive.json", desk)
    (desk / "总结扫描.pdf").write_bytes(PDF)
    with_gaps, complete, whole, changed = shown("archive.md")
    assert_comes_out(desk, *with_gaps)
    lay_materials(desk / "副院长_材料")
    assert_comes_out(desk, *complete)
    assert_comes_out(desk, *whole)
    tamper(desk / shlex.split(changed[0])[-1])
    assert_comes_out(desk, *changed)


def lay_materials(folder: Path) -> None:
    for person in PEOPLE:
        (folder / person).mkdir(parents=True)
        for item in BY_CLERK:
            (folder / person / f"{item}.pdf").write_bytes(PDF + f"{person}{item}".encode())


def tamper(bag: Path) -> None:
    """What the page tells of: a checksum list gone, a scan exchanged, a scan renamed."""
    (bag / "tagmanifest-sha256.txt").unlink()
    (bag / "data" / "002_林示例_征求意见表.pdf").write_bytes(PDF + b"another")
    (bag / "data" / "001_林示例_工作总结.pdf").rename(bag / "data" / "001_总结.pdf")


def test_the_sessions_of_the_records_are_what_comes_out(desk: Path) -> None:
    """Between taking numbers and looking, a paper was made and its file lost."""
    for command, text in shown("records.md"):
        if command == "doc-forms records check":
            run(desk, "fill", "会议推荐表", str(EXAMPLES / "recommendation_ballot_short.json"), "--out", "文书")
            next((desk / "文书").glob("*.docx")).unlink()
        assert_comes_out(desk, command, text)
