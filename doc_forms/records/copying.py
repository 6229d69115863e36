"""Stores carried from one database to another, table by table, in whatever version they are."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import (
    URL,
    Column,
    Connection,
    Engine,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    create_engine,
    func,
    insert,
    select,
)

from doc_forms.records.tables import METADATA

_ROWS_AT_ONCE = 500
_COUNTED = "position"
"""The column that counts rows by itself, in the tables that have it."""


def file_engine(file: Path) -> Engine:
    """Give an engine for a plain SQLite file."""
    return create_engine(URL.create("sqlite", database=str(file)))


def copy_to_file(source: Connection, file: Path) -> None:
    """Write every table of a store into an empty SQLite file."""
    engine = file_engine(file)
    try:
        with engine.begin() as target:
            _copy(source, target)
    finally:
        engine.dispose()


def copy_to_server(file: Path, target: Connection) -> None:
    """Put the tables of a SQLite store in the place of those on a server, inside the caller's transaction."""
    present = MetaData()
    present.reflect(target, only=_is_ours)
    present.drop_all(target)
    engine = file_engine(file)
    try:
        with engine.connect() as source:
            for table in _copy(source, target):
                if _COUNTED in table.columns:
                    _count_on(target, table)
    finally:
        engine.dispose()


def has_rows(connection: Connection) -> bool:
    """Whether a store holds anything of the office's."""
    present = MetaData()
    present.reflect(connection, only=_is_ours)
    held = [table for name, table in present.tables.items() if name != "doc_forms_store"]
    return any(connection.execute(select(table).limit(1)).first() for table in held)


def _copy(source: Connection, target: Connection) -> list[Table]:
    found, made = MetaData(), MetaData()
    found.reflect(source, only=_is_ours)
    for table in found.sorted_tables:
        _same_shape(table, made)
    made.create_all(target)
    for table in found.sorted_tables:
        rows = source.execute(select(table)).mappings()
        while chunk := rows.fetchmany(_ROWS_AT_ONCE):
            target.execute(insert(made.tables[table.name]), [dict(row) for row in chunk])
    return list(made.sorted_tables)


def _same_shape(table: Table, metadata: MetaData) -> Table:
    """The same table without what only one kind of database says."""
    columns = [
        Column(
            column.name,
            Text() if isinstance(column.type, Text) else Integer(),
            primary_key=column.primary_key,
            autoincrement=column.name == _COUNTED,
            nullable=column.nullable,
            server_default=None if column.primary_key else ("" if isinstance(column.type, Text) else "0"),
        )
        for column in table.columns
    ]
    unique = [item for item in table.constraints if isinstance(item, UniqueConstraint)]
    keys = [UniqueConstraint(*(column.name for column in item.columns)) for item in unique]
    indexes = [Index(item.name, *(column.name for column in item.columns)) for item in table.indexes if not item.unique]
    return Table(table.name, metadata, *columns, *keys, *indexes)


def _count_on(target: Connection, table: Table) -> None:
    """Let a server count on from the rows that were put in."""
    column = table.columns[_COUNTED]
    last = target.execute(select(func.max(column))).scalar()
    if last:
        target.execute(select(func.setval(func.pg_get_serial_sequence(table.name, _COUNTED), last)))


def _is_ours(name: str, _metadata: MetaData) -> bool:
    return name in METADATA.tables
