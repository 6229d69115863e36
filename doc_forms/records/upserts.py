"""INSERT … ON CONFLICT, which SQLite and PostgreSQL spell alike and SQLAlchemy does not yet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import sqlite

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql


def upsert(
    connection: Connection, table: Table, key: Sequence[str], renewed: Sequence[str] = (), /, **row: Any
) -> sqlite.Insert | postgresql.Insert:
    """Give the statement that adds a row; one with the same key has the `renewed` columns set, or is left alone."""
    statement = _insert(connection, table)
    if row:
        statement = statement.values(**row)
    if not renewed:
        return statement.on_conflict_do_nothing(index_elements=key)
    given = {name: getattr(statement.excluded, name) for name in renewed}
    return statement.on_conflict_do_update(index_elements=key, set_=given)


def _insert(connection: Connection, table: Table) -> sqlite.Insert | postgresql.Insert:
    if connection.dialect.name != "postgresql":
        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql  # noqa: PLC0415 - 0.03 s that the office's own store need not pay

    return postgresql.insert(table)
