"""The database: opened, known for ours, brought forward, and written one whole transaction at a time.

SQLite writes under BEGIN IMMEDIATE (a deferred transaction that reads first fails at once under other writers),
with WAL on a local disk and synchronous=FULL: what was acknowledged outlives the process and the power.
"""

from __future__ import annotations

import getpass
import os
import sqlite3
import threading
import weakref
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, func, inspect, make_url, select
from sqlalchemy.exc import ArgumentError, DBAPIError

from doc_forms.errors import Fault, UsageRefused
from doc_forms.records.looking import Look, look_at, look_at_copy, uri
from doc_forms.records.migrations import bring_forward, create
from doc_forms.records.places import building_beside, default_file, is_local, make_private_folder, name_new
from doc_forms.records.refusals import READ_ONLY, refusal_of, refuse, said_of_sqlite
from doc_forms.records.tables import STORE, VERSION

Clock = Callable[[], datetime]
BeforeMigration = Callable[["Store", int], None]
"""Told the store and its old version, before the first step and inside its transaction."""

PATIENCE = 10.0
"""Seconds to wait while another program writes."""
_WRITES = "doc_forms_writes"
_ADVISORY_LOCK = 0x646F6366  # "docf": making and bringing forward the tables on a server, one at a time


def now() -> datetime:
    """The time here, with its offset."""
    return datetime.now().astimezone()


@dataclass(frozen=True)
class Store:
    """An open database."""

    engine: Engine
    where: str
    """How messages name it: the path, or the server's address without the password."""
    clock: Clock
    who: str
    look: Look | None = None
    """How a store is read that cannot be written; None for any other."""
    _closed: threading.Event = field(default_factory=threading.Event, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Have the database let go of when nobody holds the store any more, closed or not."""
        weakref.finalize(self, self.engine.dispose)

    @property
    def file(self) -> Path | None:
        """The SQLite file; None on a server."""
        return file_of(self.engine.url)

    @property
    def address(self) -> str:
        """What SQLite opens, as a URI; the store's own file, or how a read-only one is read."""
        return self.look.address if self.look else uri(self.file or Path(), "mode=rw")

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that sees one state of the store (RecordsRefused)."""
        with self._transaction(writes=False) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection; what is done in the block is kept whole when it ends, or not at all (RecordsRefused)."""
        if self.look:
            raise refuse(self.where, "records-read-only", READ_ONLY)
        with self._transaction(writes=True) as connection:
            yield connection

    @contextmanager
    def _transaction(self, *, writes: bool) -> Iterator[Connection]:
        try:
            with self.engine.connect() as connection:
                connection.execution_options(**{_WRITES: writes})
                with connection.begin():
                    yield connection
                if self._closed.is_set():  # by another thread meanwhile: nobody would take the connection again
                    connection.detach()
        except DBAPIError as error:
            refusal = refusal_of(error, self.where)
            if refusal is None:
                raise
            raise refusal from None

    def stamp(self) -> dict[str, str]:
        """When and by whom, for a row that is written now."""
        return {"at": self.clock().isoformat(timespec="milliseconds"), "who": self.who}

    def close(self) -> None:
        """Let go of the database; what is being done in another thread is done to its end."""
        self._closed.set()
        self.engine.dispose()
        if self.look:
            self.look.end()


def open_store(
    url: str | None,
    *,
    clock: Clock = now,
    who: str | None = None,
    patience: float = PATIENCE,
    before_migration: BeforeMigration | None = None,
) -> Store:
    """Open the store at `url` and bring it forward; a SQLite store that is not there is made.

    url: None is the user's own store. Raises UsageRefused for an address that is none, RecordsRefused for a
    store that is damaged, foreign, newer, read-only or held by another program, OutputRefused for its folder.
    """
    address = parse_address(url)
    file = file_of(address)
    where = str(file) if file else address.render_as_string(hide_password=True)
    if file is not None:
        _prepare_file(file, where, clock, who or user())
    store = Store(_engine(address, patience), where, clock, who or user())
    try:
        _make_current(store, before_migration)
    except BaseException:
        store.close()
        raise
    return store


def look_into(url: str | None, *, before_migration: BeforeMigration | None = None) -> Store:
    """Open the store at `url` to read it, also where it can only be read; else as `open_store` does."""
    file = file_of(parse_address(url))
    if file is None or not file.exists() or _writable(file):
        return open_store(url, before_migration=before_migration)
    _require_whole(file, str(file))
    store = _read_by(look_at(file), file)
    try:
        if _is_earlier(store):
            store.close()
            store = _read_by(look_at_copy(file), file)
            _make_current(replace(store, look=None), None)
        else:
            _make_current(store, None)
    except BaseException:
        store.close()
        raise
    return store


def _read_by(look: Look, file: Path) -> Store:
    engine = _engine(URL.create("sqlite", database=str(file)), PATIENCE, look)
    return Store(engine, str(file), now, user(), look)


def _is_earlier(store: Store) -> bool:
    """Whether a store has tables of an earlier version of the program."""
    with store.reading() as connection:
        return 0 < version_of(connection) < VERSION


def user() -> str:
    """The name of the one who is at the machine."""
    with suppress(OSError, KeyError, ImportError):
        return getpass.getuser()
    return "未知用户"


def parse_address(url: str | None) -> URL:
    """Give the address of a store: None, a path, sqlite:///PATH or postgresql+psycopg://… (UsageRefused)."""
    if url is None:
        return URL.create("sqlite", database=str(default_file()))
    if "://" not in url:
        return URL.create("sqlite", database=str(Path(url).expanduser()))
    try:
        address = make_url(url)
    except (ArgumentError, ValueError):
        address = None
    if address is not None and address.drivername == "postgresql":
        address = address.set(drivername="postgresql+psycopg")
    if address is None or address.drivername not in {"sqlite", "postgresql+psycopg"} or not address.database:
        message = "--records 应为文件路径、sqlite:///路径 或 postgresql+psycopg://用户@服务器/数据库"
        raise UsageRefused(Fault("records-url", message))
    try:
        address.get_dialect().import_dbapi()
    except ImportError:
        message = "使用 PostgreSQL 需要另装驱动：pip install 'doc-forms[postgres]'"
        raise UsageRefused(Fault("records-driver", message)) from None
    return address


def file_of(address: URL) -> Path | None:
    """The file of a SQLite address."""
    return Path(address.database or "").absolute() if address.get_backend_name() == "sqlite" else None


def _engine(address: URL, patience: float, look: Look | None = None) -> Engine:
    file = file_of(address)
    if file is None:
        waits = f"-c lock_timeout={int(patience * 1000)} -c timezone=UTC"
        return create_engine(address, connect_args={"connect_timeout": max(2, int(patience)), "options": waits})
    options: dict[str, Any] = {"connect_args": {"timeout": patience}}
    if look:
        options = {"creator": partial(sqlite3.connect, look.address, patience, uri=True, check_same_thread=False)}
    engine = create_engine(address.set(database=str(file)), **options)

    @event.listens_for(engine, "connect")
    def _set_up(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # BEGIN is said below, not by the sqlite3 module
        for pragma in ("synchronous=FULL", "foreign_keys=ON", "secure_delete=ON", "trusted_schema=OFF"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get(_WRITES, True)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _prepare_file(file: Path, where: str, clock: Clock, who: str) -> None:
    """Make the store where there is none; refuse one that is empty or cannot be written."""
    if not file.exists():
        make_private_folder(file.parent)
        _make_file(file, clock, who)
        return
    _require_whole(file, where)
    if not _writable(file):
        raise refuse(where, "records-read-only", READ_ONLY)


def _require_whole(file: Path, where: str) -> None:
    """Refuse what is no file, and a store that has lost its content."""
    if not file.is_file():
        raise refuse(where, "records-foreign", "不是文件，请检查路径")
    if file.stat().st_size == 0:
        message = (
            "文件是空的（原有内容已丢失），没有改动；请用最近的备份恢复：doc-forms records restore 备份文件 --replace"
        )
        raise refuse(where, "records-damaged", message)


def _writable(file: Path) -> bool:
    return os.access(file, os.W_OK) and os.access(file.parent, os.W_OK)


def _make_file(file: Path, clock: Clock, who: str) -> None:
    """Build the store under another name: under its own it is whole, and an empty one is a lost one."""
    with building_beside(file) as building:
        store = Store(_engine(URL.create("sqlite", database=str(building)), PATIENCE), str(file), clock, who)
        try:
            with store.writing() as connection:
                create(connection, clock(), who)
        finally:
            store.close()
        set_journal(building, file)
        name_new(building, file)  # where another process was first, its store is the store


def set_journal(file: Path, place: Path) -> None:
    """Give a SQLite file that nobody has open the journal that suits the place where it will lie."""
    journal = "WAL" if is_local(place) else "DELETE"
    try:
        with closing(sqlite3.connect(file)) as connection:
            connection.execute(f"PRAGMA journal_mode={journal}")
    except sqlite3.Error as error:
        raise said_of_sqlite(error, str(place)) or error from None


def _make_current(store: Store, before_migration: BeforeMigration | None) -> None:
    with store.reading() as connection:
        version = version_of(connection)
        tables = [] if version else inspect(connection).get_table_names()
    if version == VERSION:
        return
    if version > VERSION:
        message = f"由较新的程序建立（版本 {version}，本程序只认到 {VERSION}），没有改动；请升级程序后再打开"
        raise refuse(store.where, "records-newer", message)
    if version == 0 and (tables or store.file):  # a file gets its name when it is whole: see `_make_file`
        message = "是别的程序的数据库，不是台账，没有改动；请检查 --records 所指的位置"
        raise refuse(store.where, "records-foreign", message)
    with store.writing() as connection:
        _lock_tables(connection)
        version = version_of(connection)  # another process may have been first
        if version == 0:
            create(connection, store.clock(), store.who)
        elif version < VERSION:
            if before_migration:
                before_migration(store, version)
            bring_forward(connection, version, store.clock(), store.who)


def _lock_tables(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(_ADVISORY_LOCK)))


def version_of(connection: Connection) -> int:
    """Give the version of the store's tables; 0 where it has no mark of ours."""
    if not inspect(connection).has_table(STORE.name):
        return 0
    return connection.execute(select(func.max(STORE.c.version))).scalar() or 0
