"""The tables of a store, version 4. Times are ISO 8601 texts with their offset; JSON is kept as text."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, MetaData, Table, Text

VERSION = 4
"""The version that this program writes; see `migrations` for the way there."""

METADATA = MetaData()


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False, server_default="")


STORE = Table(
    "doc_forms_store",
    METADATA,
    Column("version", Integer, primary_key=True, autoincrement=False),
    _text("at"),
    _text("who"),
)
"""The mark by which a store is known, one row for each version it has had."""

CASES = Table(
    "cases",
    METADATA,
    Column("name", Text, primary_key=True),
    Column("latest", Integer, nullable=False),
)

REVISIONS = Table(
    "revisions",
    METADATA,
    Column("case_name", Text, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    _text("at"),
    _text("who"),
    _text("note"),
    _text("data"),
    _text("changes"),
)
"""Every revision whole, with what it changed; rows are only ever added."""

DRAFTS = Table(
    "drafts",
    METADATA,
    Column("case_name", Text, primary_key=True),
    Column("path", Text, primary_key=True),
    _text("value"),
    _text("at"),
    _text("who"),
)

WORKING = Table(
    "working",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("case_name", Text, nullable=False, unique=True),
    Column("stamp", Integer, nullable=False),
    _text("at"),
    _text("lists"),
    _text("away_at"),
    _text("away_by"),
    _text("away_why"),
)
"""The cases that are worked on in the window, each under an id that says nothing of it. `stamp` counts every change,
so that a window knows what another has done; `at` is of the last one. Since version 3.

`lists`: the change at which rows of each list were last added, removed or moved, as JSON; a window that shows them as
they stood before must not write into them. `away_at`, `away_by`, `away_why`: since when, by whom and
for what the case is put away. All four since version 4."""

REGISTER = Table(
    "register",
    METADATA,
    Column("position", Integer, primary_key=True, autoincrement=True),
    Column("id", Text, nullable=False, unique=True),
    _text("kind"),
    _text("title"),
    _text("path"),
    _text("person"),
    _text("number"),
    _text("date"),
    _text("document_sha256"),
    _text("template_sha256"),
    _text("data_sha256"),
    _text("case_name"),
    Column("revision", Integer, nullable=False, server_default="0"),
    _text("findings"),
    _text("reasons"),
    _text("made_at"),
    _text("made_by"),
    _text("state"),
    Index("register_path", "path"),
    Index("register_person", "person"),
)

SEQUENCES = Table(
    "sequences",
    METADATA,
    Column("prefix", Text, primary_key=True),
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("first", Integer, nullable=False),
    Column("last", Integer, nullable=False),
)
"""One counter for each organ prefix and year; `last` is the last number given, `first` - 1 before any."""

NUMBERS = Table(
    "numbers",
    METADATA,
    Column("prefix", Text, primary_key=True),
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
    _text("state"),
    _text("for_what"),
    _text("entry"),
    _text("reason"),
    _text("at"),
    _text("who"),
)
"""Each number given and what has become of it; `at` and `who` are of the last change."""

NUMBER_EVENTS = Table(
    "number_events",
    METADATA,
    Column("position", Integer, primary_key=True, autoincrement=True),
    _text("prefix"),
    Column("year", Integer, nullable=False),
    Column("number", Integer, nullable=False),
    _text("state"),
    _text("at"),
    _text("who"),
    _text("note"),
    Index("number_events_number", "prefix", "year", "number"),
)
"""Everything done with a number, in order; rows are only ever added. Since version 2."""
