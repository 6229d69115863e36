"""A store where nothing can be written: looked at, listed, checked, backed up; what writes is refused in one line."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from small_disk import own_disk
from test_records_store import build
from without_rights import as_nobody, open_folder

from doc_forms.records import Records

READ_ONLY = "只读，不能记录；请检查这个文件及其文件夹的写入权限"
LISTED = "示院委〔2026〕1号  已预留  任职通知\n共 1 个\n"


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that any user may enter, so that one without rights can be told about it."""
    with open_folder() as made:
        yield made


def kept_in(folder: Path) -> Path:
    """A store with a number in it."""
    file = folder / "records.db"
    with Records.open(str(file)) as records:
        records.reserve("示院委", 2026, "任职通知")
    return file


def closed(file: Path) -> None:
    """Take all rights to write from a store and its folder."""
    for part in file.parent.iterdir():
        part.chmod(0o444)
    file.parent.chmod(0o555)


def stopped_in_the_middle(folder: Path) -> Path:
    """A store as a copy of it holds it that was made while a program had it open: the latest is only in its log."""
    file = kept_in(folder)
    elsewhere = folder / "copy"
    elsewhere.mkdir(mode=0o755)
    with Records.open(str(file)) as records:
        records.reserve("示院委", 2026, "免职通知")
        for name in (file.name, f"{file.name}-wal"):
            shutil.copy(folder / name, elsewhere / name)
    return elsewhere / file.name


def test_a_store_in_a_read_only_folder_is_listed_and_left_as_it_is(folder: Path) -> None:
    file = kept_in(folder)
    closed(file)
    before = sorted(folder.iterdir())
    assert as_nobody("--records", file, "numbers", "list") == (0, LISTED, "")
    assert as_nobody("--records", file, "records", "list") == (0, "共 0 份\n", "")
    status, out, _ = as_nobody("--records", file, "records", "check")
    assert (status, out) == (0, "有 1 处需要处理。\n")
    assert sorted(folder.iterdir()) == before


def test_a_read_only_store_in_a_folder_that_can_be_written_is_listed_and_nothing_is_left_beside_it(
    folder: Path,
) -> None:
    file = kept_in(folder)
    file.chmod(0o444)
    folder.chmod(0o777)
    assert as_nobody("--records", file, "numbers", "list") == (0, LISTED, "")
    assert list(folder.iterdir()) == [file]


def test_what_writes_into_a_read_only_store_is_refused_in_one_line(folder: Path) -> None:
    file = kept_in(folder)
    closed(file)
    for words in (("reserve", "示院委", "--for", "通知"), ("void", "示院委〔2026〕1号", "--reason", "写错")):
        assert as_nobody("--records", file, "numbers", *words) == (1, "", f"✕ {file}：{READ_ONLY}\n")


def test_what_stands_only_in_the_log_of_a_read_only_store_is_listed_too(folder: Path) -> None:
    file = stopped_in_the_middle(folder)
    closed(file)
    status, out, complaint = as_nobody("--records", file, "numbers", "list")
    assert (status, complaint) == (0, "")
    assert out.splitlines()[1:] == ["示院委〔2026〕2号  已预留  免职通知", "共 2 个"]


def test_a_copy_that_was_needed_for_a_look_goes_with_it(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = stopped_in_the_middle(folder)
    (aside := tmp_path / "aside").mkdir(mode=0o777)
    aside.chmod(0o777)
    for above in (tmp_path, *tmp_path.parents[:2]):
        above.chmod(0o755)
    monkeypatch.setenv("TMPDIR", str(aside))
    closed(file)
    assert as_nobody("--records", file, "numbers", "list")[0] == 0
    assert list(aside.iterdir()) == []


def test_what_a_share_had_not_finished_writing_is_undone_in_a_read_only_look(folder: Path) -> None:
    file = kept_in(folder)
    elsewhere = folder / "copy"
    elsewhere.mkdir(mode=0o755)
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
        connection.execute("PRAGMA cache_size=1")
        connection.execute("PRAGMA cache_spill=1")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("DELETE FROM numbers")
        connection.executemany("INSERT INTO cases VALUES (?, 1)", [(f"案{n}" * 40,) for n in range(2000)])
        for name in (file.name, f"{file.name}-journal"):
            shutil.copy(folder / name, elsewhere / name)
        connection.execute("ROLLBACK")
    closed(elsewhere / file.name)
    assert as_nobody("--records", elsewhere / file.name, "numbers", "list") == (0, LISTED, "")


@pytest.mark.parametrize("version", [1, 2])
def test_an_earlier_version_in_a_read_only_folder_is_read_and_left_in_its_version(folder: Path, version: int) -> None:
    file = folder / "old" / "records.db"
    build(f"sqlite:///{file}", version)
    closed(file)
    before = file.read_bytes()
    status, out, complaint = as_nobody("--records", file, "numbers", "list", "--year", "2026")
    assert (status, complaint) == (0, "")
    assert out.splitlines()[-1] == "共 3 个"
    assert file.read_bytes() == before
    assert list(file.parent.iterdir()) == [file]


def test_a_read_only_store_that_is_held_open_is_read_with_its_latest_numbers(folder: Path) -> None:
    file = kept_in(folder)
    with Records.open(str(file)) as records:
        records.reserve("示院委", 2026, "免职通知")
        closed(file)
        assert as_nobody("--records", file, "numbers", "list")[1].splitlines()[-1] == "共 2 个"
        folder.chmod(0o755)


@pytest.mark.parametrize("words", ["records list", "records check", "numbers list", "records backup {copy}"])
def test_a_store_on_a_read_only_disk_is_looked_at_and_backed_up(tmp_path: Path, words: str) -> None:
    before = own_disk()
    if before is None:
        pytest.skip("only root may lay a read-only disk over a folder here")
    kept_in(tmp_path)
    (disk := tmp_path / "disk").mkdir()
    copy = tmp_path / "备份.db"
    command = (
        f"cp {tmp_path}/records.db {disk}/ && mount -o remount,ro {disk} && "
        f"{sys.executable} -m doc_forms.cli --records {disk}/records.db {words.format(copy=copy)}"
    )
    answer = subprocess.run([*before, str(disk), "sh", "-c", command], capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr
    if "{copy}" in words:
        with Records.open(str(copy)) as records:
            assert [str(number) for number in records.numbers()] == ["示院委〔2026〕1号"]


def test_a_read_only_store_that_is_damaged_is_named_with_the_remedy(folder: Path) -> None:
    file = kept_in(folder)
    file.write_bytes(b"noise " * 4000)
    closed(file)
    said = f"✕ {file}：不是台账文件，或文件已损坏，没有改动；请检查路径，或用备份恢复\n"
    assert as_nobody("--records", file, "records", "list") == (1, "", said)


def test_a_store_that_may_not_be_read_is_named_in_one_line(folder: Path) -> None:
    file = kept_in(folder)
    file.chmod(0)
    assert as_nobody("--records", file, "records", "list") == (
        1,
        "",
        f"✕ {file}：打不开；请检查文件夹是否存在、是否有读写权限\n",
    )
    folder.chmod(0o700)
    status, out, complaint = as_nobody("--records", file, "records", "list")
    assert (status, out) == (1, "")
    assert complaint.count("\n") == 1
