"""Backup and restore: one whole file, also while others write; nothing is replaced unasked, and never for good."""

from __future__ import annotations

import sqlite3
import stat
import threading
from contextlib import closing
from pathlib import Path

import pytest
from postgres import Server

from doc_forms.errors import DocFormsError, FileRefused, OutputRefused, RecordsRefused, UsageRefused
from doc_forms.records import Entry, Records


def fill(url: str, *names: str) -> None:
    """Put cases, an entry and a number into a store."""
    with Records.open(url) as records:
        for name in names:
            records.save_case(name, {"姓名": "龦䶮示例"})
            records.begin([Entry(name, "notice", "任职通知", f"/nowhere/{name}")])
            records.reserve("示院委", 2026, name)


def held(url: str) -> tuple[list[str], list[str], list[int]]:
    """What a store holds."""
    with Records.open(url) as records:
        numbers = [number.number for number in records.numbers()]
        return records.cases(), [entry.id for entry in records.entries()], numbers


def test_a_backup_restores_to_an_empty_place_and_counts_on(store_url: str, tmp_path: Path) -> None:
    fill(store_url, "甲案", "乙案")
    with Records.open(store_url) as records:
        file = records.backup(tmp_path / "backups" / "备份.db")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in file.parent.iterdir()] == ["备份.db"]
    other = f"sqlite:///{tmp_path / 'elsewhere' / 'records.db'}"
    assert Records.restore(file, other) is None
    assert held(other) == held(store_url)
    fill(other, "丙案")
    assert held(other)[2] == [1, 2, 3]


def test_a_store_is_replaced_only_when_asked_and_is_kept_then(store_url: str, tmp_path: Path) -> None:
    fill(store_url, "甲案")
    with Records.open(store_url) as records:
        file = records.backup(tmp_path / "备份.db")
    fill(store_url, "乙案")
    newer = held(store_url)
    with pytest.raises(RecordsRefused, match="已有台账，没有覆盖；确要用备份代替它，请加 --replace"):
        Records.restore(file, store_url)
    assert held(store_url) == newer
    kept = Records.restore(file, store_url, replace=True)
    assert kept is not None
    assert held(store_url) == (["甲案"], ["甲案"], [1])
    fill(store_url, "丙案")
    assert held(store_url)[2] == [1, 2]
    assert held(str(kept)) == newer


def test_a_sqlite_backup_moves_to_a_server_and_back(server: Server, tmp_path: Path) -> None:
    old, new = f"sqlite:///{tmp_path / 'a.db'}", server.new_database()
    fill(old, "甲案", "乙案")
    with Records.open(old) as records:
        Records.restore(records.backup(tmp_path / "1.db"), new)
    with Records.open(new) as records:
        Records.restore(records.backup(tmp_path / "2.db"), f"sqlite:///{tmp_path / 'b.db'}")
    assert held(old) == held(new) == held(f"sqlite:///{tmp_path / 'b.db'}")


def test_a_store_that_somebody_has_open_is_replaced_under_his_hands(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'records.db'}"
    fill(url, "甲案")
    with Records.open(url) as records:
        file = records.backup(tmp_path / "备份.db")
        records.save_case("乙案", {})
        Records.restore(file, url, replace=True)
        assert records.cases() == ["甲案"]
        records.save_case("丙案", {})
    assert held(url)[0] == ["丙案", "甲案"]


def test_a_damaged_store_is_moved_aside_and_replaced(tmp_path: Path) -> None:
    path = tmp_path / "records.db"
    fill(str(path), "甲案")
    with Records.open(str(path)) as records:
        file = records.backup(tmp_path / "备份.db")
    for damage in (b"", b"noise " * 4000):
        path.write_bytes(damage)
        kept = Records.restore(file, str(path), replace=True)
        assert kept is not None
        assert kept.read_bytes() == damage
        assert held(str(path))[0] == ["甲案"]


def test_backups_while_others_write_are_whole_states(store_url: str, tmp_path: Path) -> None:
    fill(store_url, "甲案")
    stop = threading.Event()

    def write() -> None:
        with Records.open(store_url) as records:
            while not stop.is_set():
                number = records.reserve("示院委", 2026, "并发")
                records.save_case("并发", {"号": number.number})

    with Records.open(store_url) as records:
        writer = threading.Thread(target=write)
        writer.start()
        try:
            files = [records.backup(tmp_path / f"{count}.db") for count in range(8)]
        finally:
            stop.set()
            writer.join()
    counts = []
    for file in files:
        with closing(sqlite3.connect(file)) as copy:
            assert copy.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            last, given, events = copy.execute(
                "SELECT (SELECT max(last) FROM sequences), (SELECT count(*) FROM numbers),"
                " (SELECT count(*) FROM number_events)"
            ).fetchone()
        assert last == given == events
        counts.append(given)
    assert counts == sorted(counts)
    assert counts[-1] > 1


def test_a_backup_overwrites_nothing(tmp_path: Path) -> None:
    file = tmp_path / "备份.db"
    file.write_bytes(b"something else")
    with (
        Records.open(str(tmp_path / "records.db")) as records,
        pytest.raises(OutputRefused, match="文件已存在，没有覆盖；请换一个文件名"),
    ):
        records.backup(file)
    assert file.read_bytes() == b"something else"


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("missing", "文件不存在"),
        ("noise", "不是台账的备份，或已损坏"),
        ("foreign", "不是台账的备份"),
        ("newer", "较新的程序"),
    ],
)
def test_what_is_no_sound_backup_changes_nothing(what: str, said: str, tmp_path: Path) -> None:
    store, file = str(tmp_path / "records.db"), tmp_path / "备份.db"
    fill(store, "甲案")
    if what == "noise":
        file.write_bytes(b"noise " * 4000)
    elif what != "missing":
        with closing(sqlite3.connect(file)) as connection:
            connection.execute(f"CREATE TABLE {'notes' if what == 'foreign' else 'doc_forms_store'} (version)")
            connection.execute("CREATE TABLE more AS SELECT 1")
            if what == "newer":
                connection.execute("INSERT INTO doc_forms_store VALUES (9)")
            connection.commit()
    with pytest.raises(FileRefused, match=said):
        Records.restore(file, store, replace=True)
    assert held(store)[0] == ["甲案"]


def test_a_store_is_not_restored_from_itself(tmp_path: Path) -> None:
    store = tmp_path / "records.db"
    fill(str(store), "甲案")
    with pytest.raises(UsageRefused, match="备份就是台账本身"):
        Records.restore(store, str(store), replace=True)
    with pytest.raises(DocFormsError, match="没有覆盖"), Records.open(str(store)) as records:
        records.backup(store)
    assert held(str(store))[0] == ["甲案"]
