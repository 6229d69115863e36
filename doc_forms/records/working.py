"""Cases that are worked on: each field is kept as it is typed, over the latest revision, until it is saved as one.

A draft is what was put at a path (a list of titles and item numbers, as JSON), a whole list where its rows changed.
Drafts are of one person at a time: before somebody else's is kept, the earlier ones become a revision under their name.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, delete, func, select, text, update

from doc_forms.editing import put
from doc_forms.errors import Fault, RecordsRefused, UsageRefused
from doc_forms.form.reading import Path
from doc_forms.records.cases import add_revision, data_of
from doc_forms.records.store import Store
from doc_forms.records.tables import CASES, DRAFTS, REGISTER, REVISIONS, WORKING
from doc_forms.records.upserts import upsert
from doc_forms.records.values import Away, Revision, WorkingCase, WorkingLine, canonical, lists_after


class WorkingCases:
    """The cases of a store that are worked on in the window; see `Records.working`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def lines(self) -> list[WorkingLine]:
        """Give every case, those changed last first, also those that are put away."""
        chosen = select(WORKING).order_by(WORKING.c.at.desc(), WORKING.c.id)
        with self._store.reading() as connection:
            return [_line(row) for row in connection.execute(chosen)]

    def line(self, id_: str) -> WorkingLine:
        """Give what is known of a case without reading it (UsageRefused where there is none)."""
        with self._store.reading() as connection:
            return _line(_row(connection, id_))

    def add(self, name: str, data: Mapping[str, Any], note: str, id_: str | None = None) -> str:
        """Begin to work on a new case and give its id; where the name is taken, a number is added to it.

        id_: the id that it has had elsewhere; where there is a case of that id already, nothing is done.
        """
        id_ = id_ or secrets.token_hex(6)
        with self._store.writing() as connection:
            own = _free_name(connection, name)
            said = self._store.stamp()
            begun = upsert(connection, WORKING, ("id",), id=id_, case_name=own, stamp=1, at=said["at"])
            if connection.execute(begun.returning(WORKING.c.id)).first():
                add_revision(connection, own, 0, dict(data), {"note": note, **said})
            else:
                connection.execute(delete(CASES).where(CASES.c.name == own))
        return id_

    def names(self) -> set[str]:
        """Give the names in the records of the cases that are worked on."""
        with self._store.reading() as connection:
            return set(connection.execute(select(WORKING.c.case_name)).scalars())

    def has(self, id_: str) -> bool:
        """Whether a case of that id is worked on."""
        with self._store.reading() as connection:
            return connection.execute(select(WORKING.c.id).where(WORKING.c.id == id_)).first() is not None

    def stamp(self, id_: str) -> int:
        """Give the change count of a case (UsageRefused where there is none)."""
        with self._store.reading() as connection:
            stamp: int = _row(connection, id_).stamp
            return stamp

    def case(self, id_: str) -> WorkingCase:
        """Give a case as it was typed until now (UsageRefused where there is none, RecordsRefused if damaged)."""
        with self._store.reading() as connection:
            if connection.dialect.name == "postgresql":  # one state of the store for all that is read below
                connection.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"))
            return _working(connection, id_)

    def keep(self, id_: str, stamp: int, changes: Mapping[Path, Any]) -> int | None:
        """Keep what was typed, by path, and give the new change count.

        None, and nothing is kept, where the change count is no longer `stamp`.

        An empty value takes away what stood there. A list is kept whole, with whatever was typed into its rows.
        """
        with self._store.writing() as connection:
            row = _row(connection, id_, locked=True)
            if row.stamp != stamp:
                return None
            said = self._store.stamp()
            lists = lists_after(_lists(row), changes, stamp + 1)
            others = _writer(connection, row.case_name)
            if others not in (None, said["who"]):
                _save(connection, id_, {"note": "换人填写之前", "at": said["at"], "who": others})
            for path, value in changes.items():
                _put_draft(connection, row.case_name, path, value, said)
            return _changed(connection, id_, said["at"], lists)

    def save(self, id_: str, note: str, stamp: int | None = None) -> Revision | None:
        """Save what was typed as a revision; give it, or the latest one where nothing differs from that.

        None, and nothing is saved, where the change count is no longer `stamp`.
        """
        with self._store.writing() as connection:
            row = _row(connection, id_, locked=True)
            if stamp is not None and row.stamp != stamp:
                return None
            said = self._store.stamp()
            who = _writer(connection, row.case_name) or said["who"]
            return _save(connection, id_, {"note": note, "at": said["at"], "who": who})

    def replace(self, id_: str, data: Mapping[str, Any], note: str) -> Revision:
        """Make other data the latest revision; what was typed until now is saved as one first."""
        with self._store.writing() as connection:
            row = _row(connection, id_, locked=True)
            said = self._store.stamp()
            who = _writer(connection, row.case_name)
            if who:
                _save(connection, id_, {"note": f"{note}之前", "at": said["at"], "who": who})
            made = add_revision(
                connection, row.case_name, _latest(connection, row.case_name), dict(data), {"note": note, **said}
            )
            _changed(connection, id_, said["at"], {(): row.stamp + 1})
            return made

    def put_away(self, id_: str, why: str = "") -> None:
        """Put a case away, and save what was typed as a revision first; one that is away already stays as it is.

        Nothing of it is deleted, and it can be opened, changed and brought back as before.
        """
        with self._store.writing() as connection:
            row = _row(connection, id_, locked=True)
            if row.away_at:
                return
            said = self._store.stamp()
            who = _writer(connection, row.case_name)
            if who:
                _save(connection, id_, {"note": "移出", "at": said["at"], "who": who})
            _set_away(connection, id_, Away(said["at"], said["who"], why))

    def bring_back(self, id_: str) -> None:
        """Bring a case back that was put away."""
        with self._store.writing() as connection:
            _row(connection, id_, locked=True)
            _set_away(connection, id_, Away("", ""))

    def discard(self, id_: str, stamp: int) -> None:
        """Delete a case with its revisions and what was typed: only for one that nothing was ever made of.

        RecordsRefused, and nothing is deleted, where a paper or a package of it stands in the register, or where the
        change count is no longer `stamp`.
        """
        with self._store.writing() as connection:
            row = _row(connection, id_, locked=True)
            registered = select(REGISTER.c.id).where(REGISTER.c.case_name == row.case_name).limit(1)
            if connection.execute(registered).first():
                message = "台账上有这个案件的文书，要留存，没有删除；可以移出"
                raise RecordsRefused(Fault("case-registered", message))
            if row.stamp != stamp:
                raise RecordsRefused(Fault("case-moved", "这个案件刚才又有改动，没有删除；请看过现在的内容再定"))
            for table in (DRAFTS, REVISIONS):
                connection.execute(delete(table).where(table.c.case_name == row.case_name))
            connection.execute(delete(WORKING).where(WORKING.c.id == id_))
            connection.execute(delete(CASES).where(CASES.c.name == row.case_name))

    def pending(self) -> list[str]:
        """Give the ids of the cases into which something was typed that no revision has yet."""
        chosen = select(WORKING.c.id).where(WORKING.c.case_name.in_(select(DRAFTS.c.case_name)))
        with self._store.reading() as connection:
            return list(connection.execute(chosen).scalars())


def _free_name(connection: Connection, name: str) -> str:
    """Take a name that no case of the store has yet."""
    own, number = name, 1
    while not _is_new(connection, own):
        number += 1
        own = f"{name}（{number}）"
    return own


def _is_new(connection: Connection, name: str) -> bool:
    begun = upsert(connection, CASES, ("name",), name=name, latest=0)
    return connection.execute(begun.returning(CASES.c.name)).first() is not None


def _row(connection: Connection, id_: str, *, locked: bool = False) -> Any:
    chosen = select(WORKING).where(WORKING.c.id == id_)
    row = connection.execute(chosen.with_for_update() if locked else chosen).one_or_none()
    if row is None:
        raise UsageRefused(Fault("case-gone", "没有这个案件，可能已被删除"))
    return row


def _latest(connection: Connection, name: str) -> int:
    latest: int = connection.execute(select(CASES.c.latest).where(CASES.c.name == name)).scalar_one()
    return latest


def _working(connection: Connection, id_: str) -> WorkingCase:
    row = _row(connection, id_)
    latest = _latest(connection, row.case_name)
    values = data_of(connection, row.case_name, latest)
    for path, value in _drafts(connection, row.case_name):
        try:
            put(values, path, value)
        except (UsageRefused, TypeError, AttributeError, KeyError):
            message = f"案件“{row.case_name}”填写中的内容已损坏；请用最近的备份恢复：doc-forms records restore 备份文件"
            raise RecordsRefused(Fault("records-case", message)) from None
    return WorkingCase(id_, row.case_name, latest, row.stamp, values, _lists(row), _away(row))


def _line(row: Any) -> WorkingLine:
    return WorkingLine(row.id, row.case_name, row.at, row.stamp, _away(row))


def _away(row: Any) -> Away | None:
    return Away(row.away_at, row.away_by, row.away_why) if row.away_at else None


def _set_away(connection: Connection, id_: str, away: Away) -> None:
    """Say that a case is put away; for other windows that is a change, and its place in the list stays."""
    told = {"away_at": away.at, "away_by": away.who, "away_why": away.why, "stamp": WORKING.c.stamp + 1}
    connection.execute(update(WORKING).where(WORKING.c.id == id_).values(**told))


def _lists(row: Any) -> dict[Path, int]:
    return {tuple(json.loads(path)): stamp for path, stamp in json.loads(row.lists or "{}").items()}


def _drafts(connection: Connection, name: str) -> Iterator[tuple[Path, Any]]:
    """What was typed, the outer before the inner: a list that was kept whole is older than what stands in its rows."""
    rows = connection.execute(select(DRAFTS.c.path, DRAFTS.c.value).where(DRAFTS.c.case_name == name))
    found = [(tuple(json.loads(row.path)), json.loads(row.value)) for row in rows]
    return iter(sorted(found, key=lambda item: len(item[0])))


def _writer(connection: Connection, name: str) -> str | None:
    """Who typed what no revision has yet; None where there is nothing."""
    return connection.execute(select(DRAFTS.c.who).where(DRAFTS.c.case_name == name).limit(1)).scalar()


def _put_draft(connection: Connection, name: str, path: Path, value: Any, said: Mapping[str, str]) -> None:
    place = canonical(path)
    within = f"{place[:-1]},"  # how the paths of everything inside begin
    inside = func.substr(DRAFTS.c.path, 1, len(within)) == within
    connection.execute(delete(DRAFTS).where(DRAFTS.c.case_name == name, inside))
    row = {"case_name": name, "path": place, "value": canonical(value), **said}
    connection.execute(upsert(connection, DRAFTS, ("case_name", "path"), ("value", "at", "who"), **row))


def _save(connection: Connection, id_: str, said: Mapping[str, str]) -> Revision:
    found = _working(connection, id_)
    made = add_revision(connection, found.name, found.revision, found.values, said)
    connection.execute(delete(DRAFTS).where(DRAFTS.c.case_name == found.name))
    return made


def _changed(connection: Connection, id_: str, at: str, lists: Mapping[Path, int]) -> int:
    kept = canonical({canonical(path): stamp for path, stamp in lists.items()})
    moved = update(WORKING).where(WORKING.c.id == id_).values(stamp=WORKING.c.stamp + 1, at=at, lists=kept)
    stamp: int = connection.execute(moved.returning(WORKING.c.stamp)).scalar_one()
    return stamp
