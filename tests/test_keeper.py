"""The command line's merge has its register kept by a process beside it; the clerk sees no difference."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import openpyxl
import pytest
from reminder_library import make_library

from doc_forms.office import RecordsChoice
from doc_forms.records import EntryState, Records
from doc_forms.records.keeper import Keeper
from doc_forms.workers import may_fork


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of one small kind."""
    return make_library(tmp_path_factory.mktemp("library"))


class Merge:
    """One merge by the command line: its roster, its store, its papers."""

    def __init__(self, library: Path, folder: Path, rows: int) -> None:
        book = openpyxl.Workbook(write_only=True)
        sheet = book.create_sheet("名册")
        sheet.append(["姓名", "职务", "日期"])
        for number in range(rows):
            sheet.append([f"林{chr(0x4E00 + number)}", "副院长", "2026年9月18日"])
        book.save(folder / "名册.xlsx")
        self.out, self.store = folder / "out", folder / "r.db"
        options = ["--library", str(library), "--records", str(self.store), "merge", "reminder"]
        self._words = [sys.executable, "-m", "doc_forms.cli", *options, str(folder / "名册.xlsx"), "--out"]

    def start(self, *options: str) -> subprocess.Popen[str]:
        words = [*self._words, str(self.out), *options]
        return subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8")

    def run(self, *options: str) -> tuple[int, str, str]:
        child = self.start(*options)
        said, wrong = child.communicate(timeout=60)
        return child.returncode, said, wrong

    def papers(self) -> set[str]:
        return {str(path) for path in self.out.glob("提醒*.docx")}

    def entered(self) -> dict[str, EntryState]:
        with Records.open(str(self.store)) as records:
            return {entry.path: entry.state for entry in records.entries()}


@pytest.mark.parametrize("options", [(), ("--jobs", "2"), ("--one-file",)])
def test_every_paper_is_entered(library: Path, tmp_path: Path, options: tuple[str, ...]) -> None:
    merge = Merge(library, tmp_path, 130)
    assert merge.run(*options)[0] == 0
    made = merge.papers() or {str(path) for path in merge.out.glob("*合并打印.docx")}
    assert merge.entered() == dict.fromkeys(made, EntryState.MADE)
    with Records.open(str(merge.store)) as records:
        assert records.check() == []


def test_what_the_store_refuses_is_one_line_with_its_way_out(library: Path, tmp_path: Path) -> None:
    merge = Merge(library, tmp_path, 3)
    merge.store.write_bytes(b"noise " * 1000)
    status, _, wrong = merge.run()
    assert (status, len(wrong.splitlines())) == (1, 1)
    assert "不是台账文件" in wrong
    assert "要不登记而生成，请加 --no-records" in wrong
    assert merge.papers() == set()


@pytest.mark.parametrize("options", [("--check",), ("--no-such-option",)])
def test_where_no_paper_is_made_no_store_is_made(library: Path, tmp_path: Path, options: tuple[str, ...]) -> None:
    merge = Merge(library, tmp_path, 3)
    merge.run(*options)
    assert not merge.store.exists()


def test_a_merge_that_is_refused_makes_no_store(library: Path, tmp_path: Path) -> None:
    merge = Merge(library, tmp_path, 3)
    (tmp_path / "名册.xlsx").write_bytes(b"no workbook")
    status, _, wrong = merge.run()
    assert (status, len(wrong.splitlines())) == (1, 1)
    assert not merge.store.exists()


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="only Linux tells the children of a process")
def test_when_the_keeper_is_killed_the_merge_stops_and_a_second_run_completes_it(library: Path, tmp_path: Path) -> None:
    merge = Merge(library, tmp_path, 3000)
    child = merge.start("--jobs", "1")
    deadline = time.monotonic() + 60
    while not merge.papers() and child.poll() is None and time.monotonic() < deadline:
        time.sleep(0.005)
    (keeper,) = Path(f"/proc/{child.pid}/task/{child.pid}/children").read_text().split()
    os.kill(int(keeper), signal.SIGKILL)
    _, wrong = child.communicate(timeout=60)
    assert (child.returncode, len(wrong.splitlines())) == (1, 1)
    assert "登记台账的进程意外结束，其后的文书没有登记；请重新运行同一命令，会接着做完" in wrong
    assert merge.papers() <= set(merge.entered())
    assert len(merge.papers()) < 3000
    assert merge.run()[0] == 0
    assert merge.entered() == dict.fromkeys(merge.papers(), EntryState.MADE)
    assert len(merge.papers()) == 3000


@pytest.mark.skipif(not may_fork(), reason="the register is kept by this process")
def test_a_keeper_whose_last_answer_nobody_waits_for_ends_without_a_word(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(ZeroDivisionError):
        _fail_before_the_answer(RecordsChoice(str(tmp_path / "r.db")))
    assert capfd.readouterr() == ("", "")


def _fail_before_the_answer(choice: RecordsChoice) -> None:
    with Keeper(choice.open) as keeper:
        keeper.begin([])
        keeper.finish([])
        time.sleep(0.3)  # the answer is there, and stays unread
        raise ZeroDivisionError
