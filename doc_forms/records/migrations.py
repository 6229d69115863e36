"""From one version of the tables to the next: numbered steps, each inside the transaction of its caller.

A step is written once and never changed: it states its tables itself and does not read `tables`, which goes on.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Column, Connection, Index, Integer, MetaData, Table, Text, insert, literal, select

from doc_forms.records.tables import METADATA, STORE, VERSION

Step = Callable[[Connection], None]


def create(connection: Connection, at: datetime, who: str) -> None:
    """Make every table of this version in an empty database."""
    METADATA.create_all(connection)
    _note_version(connection, VERSION, at, who)


def bring_forward(connection: Connection, version: int, at: datetime, who: str) -> None:
    """Take a store of an earlier version to this one, step by step; all or nothing with the caller's transaction."""
    for number in range(version, VERSION):
        STEPS[number](connection)
        _note_version(connection, number + 1, at, who)


def _note_version(connection: Connection, version: int, at: datetime, who: str) -> None:
    connection.execute(insert(STORE).values(version=version, at=at.isoformat(timespec="milliseconds"), who=who))


def _keep_what_was_done_with_numbers(connection: Connection) -> None:
    """1 -> 2: a number's past is kept; of older numbers the last change is all that is known."""
    metadata = MetaData()
    numbers = Table("numbers", metadata, autoload_with=connection)

    def text(name: str) -> Column[str]:
        return Column(name, Text, nullable=False, server_default="")

    events = Table(
        "number_events",
        metadata,
        Column("position", Integer, primary_key=True, autoincrement=True),
        text("prefix"),
        Column("year", Integer, nullable=False),
        Column("number", Integer, nullable=False),
        *map(text, ("state", "at", "who", "note")),
        Index("number_events_number", "prefix", "year", "number"),
    )
    events.create(connection)
    given = numbers.c
    known = select(given.prefix, given.year, given.number, given.state, given.at, given.who, literal("旧台账转入"))
    columns = ["prefix", "year", "number", "state", "at", "who", "note"]
    ordered = known.order_by(given.prefix, given.year, given.number)
    connection.execute(insert(events).from_select(columns, ordered))


def _work_on_cases(connection: Connection) -> None:
    """2 -> 3: cases are worked on in the store, where the window kept files before."""
    working = Table(
        "working",
        MetaData(),
        Column("id", Text, primary_key=True),
        Column("case_name", Text, nullable=False, unique=True),
        Column("stamp", Integer, nullable=False),
        Column("at", Text, nullable=False, server_default=""),
    )
    working.create(connection)


def _put_cases_away(connection: Connection) -> None:
    """3 -> 4: cases can be put away; a list knows when its rows were last moved."""
    for column in ("lists", "away_at", "away_by", "away_why"):
        connection.exec_driver_sql(f"ALTER TABLE working ADD COLUMN {column} TEXT DEFAULT '' NOT NULL")


STEPS: dict[int, Step] = {1: _keep_what_was_done_with_numbers, 2: _work_on_cases, 3: _put_cases_away}
"""Version -> the step that leads on from it."""
