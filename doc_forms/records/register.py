"""The register (发文台账): a paper is entered before its file gets its name, and finished after."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, func, select, update

from doc_forms.records.store import Store
from doc_forms.records.tables import REGISTER
from doc_forms.records.upserts import upsert
from doc_forms.records.values import Entry, EntryState, canonical

_RENEWED = ("person", "number", "date", "case_name", "revision", "findings", "reasons", "made_at", "made_by", "state")
"""What a paper that is begun again is entered with; what it was made from is in its id and stays."""


def begin(store: Store, entries: Sequence[Entry]) -> None:
    """Enter papers as being made. One that is in the register as made already is left as it is."""
    if not entries:
        return
    stamp = store.stamp()
    rows = {entry.id: _as_row(entry, stamp) for entry in entries}
    with store.writing() as connection:
        made = _made(connection, list(rows))
        fresh = [row for name, row in rows.items() if name not in made]
        if fresh:
            connection.execute(upsert(connection, REGISTER, ("id",), _RENEWED), fresh)


def finish(store: Store, entries: Iterable[Entry | str]) -> None:
    """Note that papers have their names: by id as entered, or as the entry now is (its path, its sha256)."""
    given = list(entries)
    plain = [entry for entry in given if isinstance(entry, str)]
    changed = [entry for entry in given if not isinstance(entry, str)]
    with store.writing() as connection:
        _set_state(connection, plain, EntryState.MADE)
        if changed:
            named: dict[str, Any] = {"path": bindparam("now_path"), "document_sha256": bindparam("now_sha256")}
            values = update(REGISTER).where(REGISTER.c.id == bindparam("which")).values(state=EntryState.MADE, **named)
            rows = [{"which": item.id, "now_path": item.path, "now_sha256": item.document_sha256} for item in changed]
            connection.execute(values, rows)


def fail(store: Store, ids: Iterable[str]) -> None:
    """Note that papers were not made after all; one that was made before stays so."""
    failed = list(ids)
    if failed:
        with store.writing() as connection:
            _set_state(connection, failed, EntryState.FAILED, unless=EntryState.MADE)


def entries(store: Store, **wanted: Any) -> list[Entry]:
    """Give entries in the order they were made; see `Records.entries`."""
    chosen = select(REGISTER).order_by(REGISTER.c.position)
    columns = {"case": REGISTER.c.case_name}
    for name, value in wanted.items():
        if value is None:
            continue
        condition = _in_year(value) if name == "year" else columns.get(name, REGISTER.c.get(name)) == value
        chosen = chosen.where(condition)
    with store.reading() as connection:
        return [_as_entry(row) for row in connection.execute(chosen)]


def _in_year(year: int) -> ColumnElement[bool]:
    """The year of the paper's own date, or of the day it was made where it has none."""
    day = func.coalesce(func.nullif(REGISTER.c.date, ""), REGISTER.c.made_at)
    return func.substr(day, 1, 4) == str(year)


def _made(connection: Connection, ids: list[str]) -> set[str]:
    chosen = select(REGISTER.c.id).where(REGISTER.c.id.in_(ids), REGISTER.c.state == EntryState.MADE)
    return set(connection.execute(chosen).scalars())


def _set_state(connection: Connection, ids: list[str], state: EntryState, unless: EntryState | None = None) -> None:
    if ids:
        chosen = update(REGISTER).where(REGISTER.c.id == bindparam("which"), REGISTER.c.state != (unless or ""))
        connection.execute(chosen.values(state=state), [{"which": name} for name in ids])


def _as_row(entry: Entry, stamp: dict[str, str]) -> dict[str, Any]:
    row = entry.to_json()
    row["case_name"] = row.pop("case")
    row["findings"] = canonical(row["findings"])
    return {**row, "made_at": stamp["at"], "made_by": stamp["who"], "state": str(EntryState.MAKING)}


def _as_entry(row: Any) -> Entry:
    values = dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's documented accessor
    del values["position"]
    values["case"] = values.pop("case_name")
    values["findings"] = tuple(json.loads(values["findings"] or "[]"))
    values["state"] = EntryState(values["state"])
    return Entry(**values)
