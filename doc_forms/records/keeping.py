"""Backup and restore. A backup is a SQLite store, whatever the store itself is: one whole file that opens anywhere."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import text

from doc_forms.errors import Fault, FileRefused, OutputRefused, Place, RecordsRefused, UsageRefused
from doc_forms.files import make_folder, sync_folder
from doc_forms.records.copying import copy_to_file, copy_to_server, has_rows
from doc_forms.records.looking import uri
from doc_forms.records.places import building_beside, default_folder, make_private_folder, name_new
from doc_forms.records.refusals import refuse, said_of_sqlite
from doc_forms.records.store import Store, file_of, now, open_store, parse_address, set_journal
from doc_forms.records.tables import STORE, VERSION

_PATIENCE = 10.0


def backup(store: Store, file: Path) -> Path:
    """Write the store as it is now to `file`, whole or not at all; others may go on writing meanwhile.

    Raises OutputRefused where a file of that name is there already or cannot be written.
    """
    if file.exists():
        raise OutputRefused(Fault("backup-exists", "文件已存在，没有覆盖；请换一个文件名", Place(file=str(file))))
    make_folder(file.parent)
    with building_beside(file) as building:
        _copy_out(store, building)
        _finish(building)
        if not name_new(building, file):
            raise OutputRefused(Fault("backup-exists", "文件已存在，没有覆盖；请换一个文件名", Place(file=str(file))))
    sync_folder(file.parent)
    return file


def backup_before_migration(store: Store, version: int) -> None:
    """Keep an older store beside itself (a server's: in the user's data folder) before its first step."""
    backup(store, _beside(store.file, f"第{version}版备份"))


def restore(file: Path, url: str | None, *, replace: bool) -> Path | None:
    """Put a backup in a store's place; see `Records.restore`."""
    _require_backup(file)
    address = parse_address(url)
    place = file_of(address)
    if place is None:
        return _restore_to_server(file, url, replace=replace)
    if place.exists() and place.samefile(file):
        raise UsageRefused(Fault("restore-same", "备份就是台账本身，没有改动", Place(file=str(file))))
    kept = None
    if place.exists():
        _require_leave(str(place), replace=replace)
        kept = _set_aside(place, url)
    if place.exists():
        _sqlite_copy(uri(file, "mode=rw"), place)
    else:
        _copy_to_new_place(file, place)
    open_store(url, before_migration=backup_before_migration).close()
    return kept


def _require_leave(where: str, *, replace: bool) -> None:
    if not replace:
        message = "已有台账，没有覆盖；确要用备份代替它，请加 --replace（现有的会先另存一份）"
        raise refuse(where, "restore-exists", message)


def _restore_to_server(file: Path, url: str | None, *, replace: bool) -> Path | None:
    store = open_store(url, before_migration=backup_before_migration)
    try:
        with store.reading() as connection:
            occupied = has_rows(connection)
        kept = None
        if occupied:
            _require_leave(store.where, replace=replace)
            kept = backup(store, _beside(None, "被替换"))
        with store.writing() as connection:
            copy_to_server(file, connection)
    finally:
        store.close()
    open_store(url, before_migration=backup_before_migration).close()
    return kept


def _set_aside(place: Path, url: str | None) -> Path:
    """Keep the present store: as a backup where it can be read, else moved away as it is, with its log."""
    kept = _beside(place, "被替换")
    try:
        store = open_store(url, before_migration=backup_before_migration)
    except RecordsRefused as error:
        if error.faults[0].code != "records-damaged":
            raise
        return _move_away(place, kept)
    try:
        return backup(store, kept)
    except RecordsRefused as error:
        if error.faults[0].code != "records-damaged":
            raise
    finally:
        store.close()
    return _move_away(place, kept)


def _move_away(place: Path, kept: Path) -> Path:
    for ending in ("-wal", "-shm", "-journal", ""):
        part = place.with_name(place.name + ending)
        if part.exists():
            part.rename(kept.with_name(kept.name + ending))
    return kept


def _copy_to_new_place(file: Path, place: Path) -> None:
    make_private_folder(place.parent)
    with building_beside(place) as building:
        _sqlite_copy(uri(file, "mode=rw"), building)
        set_journal(building, place)
        if not name_new(building, place):
            _require_leave(str(place), replace=False)


def _beside(place: Path | None, what: str) -> Path:
    """A name that is free, beside the store or in the user's data folder."""
    near = place or default_folder() / "server.db"
    stem, number = f"{near.stem}-{what}-{now():%Y%m%d-%H%M%S}", 1
    file = near.with_name(f"{stem}.db")
    while file.exists():
        number += 1
        file = near.with_name(f"{stem}-{number}.db")
    return file


def _copy_out(store: Store, building: Path) -> None:
    if store.file:
        _sqlite_copy(store.address, building)
        return
    with store.reading() as connection:
        connection.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"))
        copy_to_file(connection, building)


def _sqlite_copy(source: str, target: Path) -> None:
    """Copy a SQLite database (its URI) as one state of it, its write-ahead log included, into another."""
    try:
        with (
            closing(sqlite3.connect(source, uri=True, timeout=_PATIENCE)) as old,
            closing(sqlite3.connect(target, timeout=_PATIENCE)) as new,
        ):
            new.execute("PRAGMA synchronous=FULL")
            old.backup(new)
    except sqlite3.Error as error:
        raise said_of_sqlite(error, str(target)) or error from None


def _finish(building: Path) -> None:
    """Make a copy one plain file without a log, sound and on the disk."""
    try:
        with closing(sqlite3.connect(building)) as copy:
            copy.execute("PRAGMA journal_mode=DELETE")
            answer = copy.execute("PRAGMA integrity_check(1)").fetchone()[0]
        with building.open("rb+") as stream:
            os.fsync(stream.fileno())
    except sqlite3.Error as error:
        raise said_of_sqlite(error, str(building)) or error from None
    if answer != "ok":
        raise refuse(str(building), "records-damaged", "台账已损坏，不能备份；请用以前的备份恢复")


def _require_backup(file: Path) -> None:
    """Refuse what is no sound backup of ours (FileRefused)."""
    place = Place(file=str(file))
    if not file.is_file():
        raise FileRefused(Fault("backup-file", "不是文件" if file.exists() else "文件不存在", place))
    try:
        with closing(sqlite3.connect(uri(file, "mode=ro"), uri=True, timeout=_PATIENCE)) as copy:
            tables = {row[0] for row in copy.execute("SELECT name FROM sqlite_master")}
            if STORE.name not in tables:
                raise FileRefused(Fault("backup-file", "不是台账的备份，没有改动台账", place))
            version = copy.execute(f"SELECT max(version) FROM {STORE.name}").fetchone()[0]  # noqa: S608 - our own name
            answer = copy.execute("PRAGMA integrity_check(1)").fetchone()[0]
    except sqlite3.Error:
        raise FileRefused(Fault("backup-file", "不是台账的备份，或已损坏，没有改动台账", place)) from None
    if answer != "ok":
        raise FileRefused(Fault("backup-file", "备份已损坏，没有改动台账", place))
    if not version or version > VERSION:
        message = f"备份由较新的程序写成（版本 {version}，本程序只认到 {VERSION}），请升级程序后再恢复"
        raise FileRefused(Fault("backup-newer", message, place))
