"""Opening the records: for the owner only, older ones brought forward, everything else refused in one line."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

import pytest
from postgres import Server
from small_disk import own_disk
from sqlalchemy import text

from doc_forms.errors import DocFormsError, RecordsRefused, UsageRefused
from doc_forms.records import NumberState, Records
from doc_forms.records.places import is_local

VERSION_1 = """
CREATE TABLE doc_forms_store (version INTEGER NOT NULL PRIMARY KEY, at TEXT DEFAULT '' NOT NULL,
    who TEXT DEFAULT '' NOT NULL);
CREATE TABLE cases (name TEXT NOT NULL PRIMARY KEY, latest INTEGER NOT NULL);
CREATE TABLE revisions (case_name TEXT NOT NULL, number INTEGER NOT NULL, at TEXT DEFAULT '' NOT NULL,
    who TEXT DEFAULT '' NOT NULL, note TEXT DEFAULT '' NOT NULL, data TEXT DEFAULT '' NOT NULL,
    changes TEXT DEFAULT '' NOT NULL, PRIMARY KEY (case_name, number));
CREATE TABLE drafts (case_name TEXT NOT NULL, path TEXT NOT NULL, value TEXT DEFAULT '' NOT NULL,
    at TEXT DEFAULT '' NOT NULL, who TEXT DEFAULT '' NOT NULL, PRIMARY KEY (case_name, path));
CREATE TABLE register (position {counted}, id TEXT NOT NULL UNIQUE, kind TEXT DEFAULT '' NOT NULL,
    title TEXT DEFAULT '' NOT NULL, path TEXT DEFAULT '' NOT NULL, person TEXT DEFAULT '' NOT NULL,
    number TEXT DEFAULT '' NOT NULL, date TEXT DEFAULT '' NOT NULL, document_sha256 TEXT DEFAULT '' NOT NULL,
    template_sha256 TEXT DEFAULT '' NOT NULL, data_sha256 TEXT DEFAULT '' NOT NULL, case_name TEXT DEFAULT '' NOT NULL,
    revision INTEGER DEFAULT 0 NOT NULL, findings TEXT DEFAULT '' NOT NULL, reasons TEXT DEFAULT '' NOT NULL,
    made_at TEXT DEFAULT '' NOT NULL, made_by TEXT DEFAULT '' NOT NULL, state TEXT DEFAULT '' NOT NULL);
CREATE INDEX register_path ON register (path);
CREATE INDEX register_person ON register (person);
CREATE TABLE sequences (prefix TEXT NOT NULL, year INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL,
    PRIMARY KEY (prefix, year));
CREATE TABLE numbers (prefix TEXT NOT NULL, year INTEGER NOT NULL, number INTEGER NOT NULL,
    state TEXT DEFAULT '' NOT NULL, for_what TEXT DEFAULT '' NOT NULL, entry TEXT DEFAULT '' NOT NULL,
    reason TEXT DEFAULT '' NOT NULL, at TEXT DEFAULT '' NOT NULL, who TEXT DEFAULT '' NOT NULL,
    PRIMARY KEY (prefix, year, number));
INSERT INTO doc_forms_store VALUES (1, '2026-03-01T09:00:00.000+08:00', '甲');
INSERT INTO cases VALUES ('甲案', 2);
INSERT INTO revisions VALUES ('甲案', 1, '2026-03-01', '甲', '', '{{"姓名":"林示例"}}', '[["姓名",null,"林示例"]]');
INSERT INTO revisions VALUES ('甲案', 2, '2026-03-02', '乙', '改名',
    '{{"姓名":"𬭚示例"}}', '[["姓名","林示例","𬭚示例"]]');
INSERT INTO drafts VALUES ('甲案', '岗位', '"副院长"', '2026-03-03', '甲');
INSERT INTO register (id, kind, title, path, person, state, made_at, findings)
    VALUES ('e1', 'appointment_notice', '任职通知', '/nowhere/甲.docx', '林示例', 'made', '2026-03-04', '[]');
INSERT INTO sequences VALUES ('示院委', 2026, 1, 3);
INSERT INTO numbers VALUES ('示院委', 2026, 1, 'issued', '任职通知', 'e1', '', '2026-03-04', '甲');
INSERT INTO numbers VALUES ('示院委', 2026, 2, 'void', '任职通知', '', '写错', '2026-03-05', '乙');
INSERT INTO numbers VALUES ('示院委', 2026, 3, 'reserved', '免职通知', '', '', '2026-03-06', '甲');
"""
"""What the first version of the program would have left."""

VERSION_2 = """
CREATE TABLE number_events (position {counted}, prefix TEXT DEFAULT '' NOT NULL, year INTEGER NOT NULL,
    number INTEGER NOT NULL, state TEXT DEFAULT '' NOT NULL, at TEXT DEFAULT '' NOT NULL,
    who TEXT DEFAULT '' NOT NULL, note TEXT DEFAULT '' NOT NULL);
CREATE INDEX number_events_number ON number_events (prefix, year, number);
INSERT INTO number_events (prefix, year, number, state, at, who, note)
    SELECT prefix, year, number, state, at, who, '旧台账转入' FROM numbers ORDER BY number;
INSERT INTO doc_forms_store VALUES (2, '2026-04-01T09:00:00.000+08:00', '甲');
"""
"""What the second had besides."""

VERSION_3 = """
CREATE TABLE working (id TEXT NOT NULL PRIMARY KEY, case_name TEXT NOT NULL UNIQUE, stamp INTEGER NOT NULL,
    at TEXT DEFAULT '' NOT NULL);
INSERT INTO doc_forms_store VALUES (3, '2026-05-01T09:00:00.000+08:00', '甲');
"""
"""What the third had besides."""


def build(url: str, version: int) -> None:
    """A store as that version of the program would have left it."""
    script = "".join([VERSION_1, VERSION_2, VERSION_3][:version])
    if url.startswith("sqlite"):
        file = Path(url.removeprefix("sqlite:///"))
        file.parent.mkdir(exist_ok=True)
        with closing(sqlite3.connect(file)) as connection:
            connection.executescript(script.format(counted="INTEGER NOT NULL PRIMARY KEY"))
        return
    import psycopg  # noqa: PLC0415 - only where there is a server

    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute(script.format(counted="SERIAL NOT NULL PRIMARY KEY").encode())


def refusal(url: str, **options: float) -> str:
    with pytest.raises(DocFormsError) as refused:
        Records.open(url, **options).close()  # type: ignore[arg-type]  # patience
    assert len(refused.value.faults) == 1
    line = str(refused.value)
    assert "\n" not in line
    return line


def file_of(url: str) -> Path:
    return Path(url.removeprefix("sqlite:///"))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A store with a case and a number in it."""
    path = tmp_path / "records" / "records.db"
    with Records.open(str(path)) as records:
        records.save_case("甲案", {"姓名": "林示例"})
        records.reserve("示院委", 2026, "任职通知")
    return path


def test_the_users_own_store_is_for_its_owner_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    before = os.umask(0)
    try:
        with Records.open() as records:
            records.save_case("甲案", {})
            modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "doc_forms").iterdir()}
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "doc_forms").stat().st_mode) == 0o700
    assert modes == {"records.db": 0o600, "records.db-wal": 0o600, "records.db-shm": 0o600}


def test_a_store_is_written_through_to_the_disk_and_forgets_what_is_deleted(file: Path) -> None:
    with Records.open(str(file)) as records, records._store.reading() as connection:
        asked = ("journal_mode", "synchronous", "secure_delete", "foreign_keys")
        said = [connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() for pragma in asked]
    assert said == ["wal", 2, 1, 1]


@pytest.mark.parametrize("version", [1, 2, 3])
def test_a_store_of_an_earlier_version_opens_with_a_backup_and_loses_nothing(
    version: int, store_url: str, tmp_path: Path
) -> None:
    build(store_url, version)
    with Records.open(store_url) as records:
        assert [item.note for item in records.revisions("甲案")] == ["", "改名"]
        assert records.case("甲案").data == {"姓名": "𬭚示例"}
        assert records.drafts("甲案")["岗位"].value == "副院长"
        assert [(item.id, item.person) for item in records.entries()] == [("e1", "林示例")]
        numbers = records.numbers()
        assert [(str(item), item.state) for item in numbers] == [
            ("示院委〔2026〕1号", NumberState.ISSUED),
            ("示院委〔2026〕2号", NumberState.VOID),
            ("示院委〔2026〕3号", NumberState.RESERVED),
        ]
        assert [item.explanation for item in records.gaps("示院委", 2026)] == [
            "2026-03-05 乙 已作废：写错",
            "2026-03-06 甲 已预留：免职通知",
        ]
        assert str(records.reserve("示院委", 2026, "任职通知")) == "示院委〔2026〕4号"
        assert records.working.lines() == []
        assert records.working.case(records.working.add("甲案", {"姓名": "乙"}, "")).name == "甲案（2）"
    kept = [path for path in tmp_path.rglob("*.db") if f"第{version}版备份" in path.name]
    assert len(kept) == 1
    with closing(sqlite3.connect(kept[0])) as connection:
        assert connection.execute("SELECT max(version) FROM doc_forms_store").fetchone() == (version,)
        assert connection.execute("SELECT count(*) FROM numbers").fetchone() == (3,)


def test_a_case_that_was_worked_on_in_an_earlier_version_goes_on_where_it_stood(store_url: str) -> None:
    build(store_url, 3)
    begun = """
        INSERT INTO cases VALUES ('乙案', 1);
        INSERT INTO revisions VALUES ('乙案', 1, '2026-05-01', '甲', '', '{"姓名":"周示范"}', '[]');
        INSERT INTO drafts VALUES ('乙案', '["岗位"]', '"副院长"', '2026-05-02', '甲');
        INSERT INTO working VALUES ('0123456789ab', '乙案', 7, '2026-05-02');
    """
    if store_url.startswith("sqlite"):
        with closing(sqlite3.connect(file_of(store_url))) as connection:
            connection.executescript(begun)
    else:
        import psycopg  # noqa: PLC0415 - only where there is a server

        with psycopg.connect(store_url.replace("+psycopg", ""), autocommit=True) as server:
            server.execute(begun.encode())
    with Records.open(store_url) as records:
        found = records.working.case("0123456789ab")
        assert (found.stamp, found.lists) == (7, {})
        assert found.values == {"姓名": "周示范", "岗位": "副院长"}
        assert records.working.keep(found.id, 7, {("姓名",): "林示"}) == 8
        assert [line.id for line in records.working.lines()] == ["0123456789ab"]


@pytest.mark.parametrize("version", [1, 2, 3])
def test_a_store_brought_forward_has_the_tables_of_a_new_one(version: int, tmp_path: Path) -> None:
    shapes = []
    for name in ("old", "new"):
        path = tmp_path / f"{name}.db"
        if name == "old":
            build(f"sqlite:///{path}", version)
        Records.open(str(path)).close()
        with closing(sqlite3.connect(path)) as connection:
            tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            shapes.append({table: connection.execute(f"PRAGMA table_info({table})").fetchall() for table in tables})
    assert {table: [row[:3] for row in shapes[0][table]] for table in shapes[0]} == {
        table: [row[:3] for row in shapes[1][table]] for table in shapes[1]
    }


def test_a_failed_step_leaves_the_old_store_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    build(f"sqlite:///{path}", 1)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE INDEX number_events_number ON numbers (state)")  # the name that the step needs
    with pytest.raises(Exception, match="number_events_number"):
        Records.open(str(path))
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT max(version) FROM doc_forms_store").fetchone() == (1,)
        assert not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'number_events'").fetchall()


def test_a_store_that_is_overwritten_with_noise_is_refused_with_the_remedy(file: Path) -> None:
    file.write_bytes(b"noise " * 4000)
    line = refusal(str(file))
    assert line == f"{file}：不是台账文件，或文件已损坏，没有改动；请检查路径，或用备份恢复"
    assert file.read_bytes().startswith(b"noise")


def test_a_store_with_damaged_pages_is_found_by_the_check_and_not_read(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    data = bytearray(file.read_bytes())
    data[4096 * 2 :] = bytes(len(data) - 4096 * 2)
    file.write_bytes(data)
    with Records.open(str(file)) as records:
        assert [fault.code for fault in records.check()] == ["records-damaged"]
        with pytest.raises(RecordsRefused, match="文件已损坏；请用最近的备份恢复"):
            records.cases()


def test_an_empty_file_is_a_lost_store_and_not_a_new_one(file: Path) -> None:
    file.write_bytes(b"")
    assert "文件是空的（原有内容已丢失）" in refusal(str(file))
    assert file.read_bytes() == b""


def test_a_database_without_a_table_is_not_filled_as_a_new_store(tmp_path: Path) -> None:
    file = tmp_path / "records.db"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE notes (text)")
        connection.execute("DROP TABLE notes")
    before = file.read_bytes()
    assert "是别的程序的数据库，不是台账，没有改动" in refusal(str(file))
    assert file.read_bytes() == before


def test_another_programs_database_is_refused_and_left_alone(store_url: str) -> None:
    if store_url.startswith("sqlite"):
        file_of(store_url).parent.mkdir()
        with closing(sqlite3.connect(file_of(store_url))) as connection:
            connection.execute("CREATE TABLE notes (text)")
    else:
        import psycopg  # noqa: PLC0415 - only where there is a server

        with psycopg.connect(store_url.replace("+psycopg", ""), autocommit=True) as server:
            server.execute("CREATE TABLE notes (text text)")
    assert "是别的程序的数据库，不是台账，没有改动" in refusal(store_url)


def test_a_store_of_a_newer_program_is_refused_and_left_alone(store_url: str) -> None:
    with Records.open(store_url) as records, records._store.writing() as connection:
        connection.exec_driver_sql("INSERT INTO doc_forms_store (version) VALUES (9)")
    assert "由较新的程序建立（版本 9，本程序只认到 4），没有改动；请升级程序后再打开" in refusal(store_url)


def test_a_read_only_store_is_refused_in_one_line() -> None:
    folder = Path(tempfile.mkdtemp(prefix="doc_forms-read-only-"))  # a place that any user may enter
    try:
        folder.chmod(0o755)
        file = folder / "records.db"
        Records.open(str(file)).close()
        file.chmod(0o444)
        folder.chmod(0o555)
        assert "只读，不能记录；请检查这个文件及其文件夹的写入权限" in as_nobody(file)
        assert "没有写入权限" in as_nobody(folder / "another.db")
    finally:
        folder.chmod(0o755)
        shutil.rmtree(folder)


def as_nobody(file: Path) -> str:
    """What somebody without rights is told; root has them all and gives them up."""
    code = (
        "import os, sys; from doc_forms.errors import DocFormsError; from doc_forms.records import Records, keeping\n"
        "os.geteuid() or os.setuid(65534)\n"
        "try: Records.open(sys.argv[1])\n"
        "except DocFormsError as error: print(error)"
    )
    root = Path(__file__).resolve().parent.parent
    environment = {**os.environ, "PYTHONPATH": str(root)}
    command = [sys.executable, "-c", code, str(file)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("words", ["--records {disk}/r.db numbers reserve 甲 --for 通知", "records backup {disk}/b.db"])
def test_nothing_is_made_on_a_read_only_disk_and_one_line_says_so(tmp_path: Path, words: str) -> None:
    before = own_disk()
    if before is None:
        pytest.skip("only root may lay a read-only disk over a folder here")
    Records.open(None).close()
    (disk := tmp_path / "disk").mkdir()
    command = f"mount -o remount,ro {disk} && {sys.executable} -m doc_forms.cli {words.format(disk=disk)}"
    answer = subprocess.run([*before, str(disk), "sh", "-c", command], capture_output=True, text=True, check=False)
    assert (answer.returncode, answer.stdout) == (1, "")
    assert answer.stderr == f"✕ {disk}：所在位置只读，请换一个文件夹\n"


def test_a_store_that_another_program_holds_is_refused_after_the_wait(file: Path) -> None:
    with (
        closing(sqlite3.connect(file, isolation_level=None)) as other,
        Records.open(str(file), patience=0.1) as records,
    ):
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(RecordsRefused) as refused:
            records.reserve("示院委", 2026, "任职通知")
        other.execute("ROLLBACK")
        assert str(refused.value) == f"{file}：正被另一个程序占用，这一步没有记下；请关闭另一个程序或稍候再试"
        assert records.reserve("示院委", 2026, "任职通知").number == 2


def test_a_server_whose_table_is_held_is_refused_after_the_wait(server: Server) -> None:
    url = server.new_database()
    with Records.open(url) as other, Records.open(url, patience=0.1) as records:
        records.reserve("示院委", 2026, "任职通知")
        with other._store.writing() as connection:
            connection.exec_driver_sql("LOCK TABLE sequences IN ACCESS EXCLUSIVE MODE")
            with pytest.raises(RecordsRefused, match="正被另一个程序占用"):
                records.reserve("示院委", 2026, "任职通知")


def test_a_writer_waits_for_another_one_and_a_reader_waits_for_nobody(file: Path) -> None:
    with Records.open(str(file)) as one, Records.open(str(file), patience=0.1) as two:
        with one._store.writing() as connection:
            connection.exec_driver_sql("DELETE FROM cases")
            assert two.cases() == ["甲案"]
            with pytest.raises(RecordsRefused, match="正被另一个程序占用"):
                two.save_case("乙案", {})
        assert two.save_case("乙案", {}).number == 1
        assert one.cases() == ["乙案"]


@pytest.mark.parametrize("url", ["mysql://host/db", "postgresql+nothing://host/db", "sqlite://", "http://x"])
def test_an_address_that_is_none_is_refused_with_an_example(url: str) -> None:
    with pytest.raises(UsageRefused, match="--records 应为文件路径"):
        Records.open(url)


def test_a_server_that_does_not_answer_is_named_without_its_password(tmp_path: Path) -> None:
    line = refusal(f"postgresql://clerk:secret@/records?host={tmp_path}", patience=1)
    assert "数据库服务器连不上；请检查网络、地址、用户和口令" in line
    assert "secret" not in line


def test_the_folder_of_a_store_may_be_on_this_machine_or_not(tmp_path: Path) -> None:
    assert is_local(tmp_path / "records.db")


def test_many_processes_that_open_a_missing_store_at_once_share_one(tmp_path: Path) -> None:
    path = tmp_path / "new" / "records.db"
    code = (
        "import sys; from doc_forms.records import Records; Records.open(sys.argv[1]).reserve('示院委', 2026, '并发')"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parent.parent)}
    started = [subprocess.Popen([sys.executable, "-c", code, str(path)], env=environment) for _ in range(4)]
    assert [process.wait() for process in started] == [0, 0, 0, 0]
    with Records.open(str(path)) as records:
        assert [number.number for number in records.numbers()] == [1, 2, 3, 4]
    assert [item.name for item in path.parent.iterdir()] == ["records.db"]


def test_a_connection_that_is_in_use_when_the_store_is_closed_is_closed_after_it(tmp_path: Path) -> None:
    records = Records.open(str(tmp_path / "records.db"))
    with records._store.reading() as connection:
        raw = connection.connection.dbapi_connection
        records.close()
        connection.execute(text("SELECT 1"))
    assert raw is not None
    with pytest.raises(sqlite3.ProgrammingError, match="closed database"):
        raw.execute("SELECT 1")
