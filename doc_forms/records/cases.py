"""Cases: every revision is kept whole; drafts are kept field by field until they are saved as one."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from doc_forms.errors import Fault, RecordsRefused
from doc_forms.records.store import Store
from doc_forms.records.tables import CASES, DRAFTS, REVISIONS
from doc_forms.records.upserts import upsert
from doc_forms.records.values import CaseRecord, Change, Draft, Revision, canonical


def save_case(store: Store, name: str, data: Mapping[str, Any], note: str, based_on: int | None) -> Revision:
    """Add a revision; the same data again give the latest one and add nothing. See `Records.save_case`."""
    after = json.loads(json.dumps(data, ensure_ascii=False))  # in the order of the schema, for those who read it
    with store.writing() as connection:
        connection.execute(upsert(connection, CASES, ("name",), name=name, latest=0))
        chosen = select(CASES.c.latest).where(CASES.c.name == name).with_for_update()
        latest = connection.execute(chosen).scalar_one()
        if based_on is not None and based_on != latest:
            message = f"案件“{name}”已有第 {latest} 版，您改的是第 {based_on} 版；请打开最新一版，把改动并入后再保存"
            raise RecordsRefused(Fault("records-revision", message))
        return add_revision(connection, name, latest, after, {"note": note, **store.stamp()})


def add_revision(connection: Connection, name: str, latest: int, after: Any, said: Mapping[str, str]) -> Revision:
    """Add the revision after the `latest`, in the caller's transaction; the same data give the latest one.

    said: the note, when and by whom.
    """
    before = data_of(connection, name, latest)
    changes = tuple(changes_between(before, after))
    if latest and not changes:
        return _revision(connection, name, latest)
    row = {"number": latest + 1, "data": json.dumps(after, ensure_ascii=False), "changes": canonical(changes), **said}
    connection.execute(insert(REVISIONS).values(case_name=name, **row))
    connection.execute(update(CASES).where(CASES.c.name == name).values(latest=latest + 1))
    return _revision(connection, name, latest + 1)


def case(store: Store, name: str, revision: int | None) -> CaseRecord:
    """Give a case as its latest revision, or another one, has it (RecordsRefused where there is none)."""
    with store.reading() as connection:
        latest = connection.execute(select(CASES.c.latest).where(CASES.c.name == name)).scalar()
        latest = latest or 0
        wanted = latest if revision is None else revision
        if wanted not in range(1, latest + 1):
            message = f"没有案件“{name}”" if not latest else f"案件“{name}”没有第 {wanted} 版（最新是第 {latest} 版）"
            raise RecordsRefused(Fault("records-case", message))
        return CaseRecord(name, wanted, data_of(connection, name, wanted))


def cases(store: Store) -> list[str]:
    """Give the names of all cases, in order."""
    with store.reading() as connection:
        return list(connection.execute(select(CASES.c.name).where(CASES.c.latest > 0).order_by(CASES.c.name)).scalars())


def revisions(store: Store, name: str) -> list[Revision]:
    """Give the revisions of a case, the first one first."""
    chosen = select(REVISIONS).where(REVISIONS.c.case_name == name).order_by(REVISIONS.c.number)
    with store.reading() as connection:
        return [_as_revision(row) for row in connection.execute(chosen)]


def save_draft(store: Store, name: str, path: str, value: Any) -> None:
    """Keep what was typed into one field."""
    row = {"case_name": name, "path": path, "value": canonical(value), **store.stamp()}
    with store.writing() as connection:
        connection.execute(upsert(connection, DRAFTS, ("case_name", "path"), ("value", "at", "who"), **row))


def drafts(store: Store, name: str) -> dict[str, Draft]:
    """Give what was typed and not yet saved, by path."""
    chosen = select(DRAFTS).where(DRAFTS.c.case_name == name).order_by(DRAFTS.c.path)
    with store.reading() as connection:
        found = connection.execute(chosen).all()
    return {row.path: Draft(row.path, json.loads(row.value), row.at, row.who) for row in found}


def clear_drafts(store: Store, name: str) -> None:
    """Forget what was typed, after it was saved or given up."""
    with store.writing() as connection:
        connection.execute(delete(DRAFTS).where(DRAFTS.c.case_name == name))


def changes_between(before: Any, after: Any, path: str = "") -> Iterator[Change]:
    """Give every value that differs between two JSON values, with its path; None stands for "not there"."""
    if isinstance(before, dict) and isinstance(after, dict):
        for title in dict.fromkeys([*before, *after]):
            yield from changes_between(before.get(title), after.get(title), f"{path}.{title}" if path else title)
    elif isinstance(before, list) and isinstance(after, list):
        for index in range(max(len(before), len(after))):
            yield from changes_between(_at(before, index), _at(after, index), f"{path}[{index}]")
    elif before != after or type(before) is not type(after):
        yield Change(path, before, after)


def _at(items: list[Any], index: int) -> Any:
    return items[index] if index < len(items) else None


def data_of(connection: Connection, name: str, number: int) -> dict[str, Any]:
    """Give the data of a revision; of none before the first (RecordsRefused where they are damaged)."""
    if not number:
        return {}
    chosen = select(REVISIONS.c.data).where(REVISIONS.c.case_name == name, REVISIONS.c.number == number)
    text = connection.execute(chosen).scalar()
    try:
        found = json.loads(text or "")
    except ValueError:
        found = None
    if not isinstance(found, dict):
        message = f"案件“{name}”第 {number} 版的内容已损坏；请用最近的备份恢复：doc-forms records restore 备份文件"
        raise RecordsRefused(Fault("records-case", message))
    return found


def _revision(connection: Connection, name: str, number: int) -> Revision:
    chosen = select(REVISIONS).where(REVISIONS.c.case_name == name, REVISIONS.c.number == number)
    return _as_revision(connection.execute(chosen).one())


def _as_revision(row: Any) -> Revision:
    changes = tuple(Change(*change) for change in json.loads(row.changes))
    return Revision(row.case_name, row.number, row.at, row.who, row.note, changes)
