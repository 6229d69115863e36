"""The rows of list sheets, kept on disk by the 序号 they belong to, so that memory does not grow with them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from doc_forms.errors import Fault, Place, Severity


@dataclass(slots=True)
class Item:
    """One item of a list: its row on the list's sheet, its values, and what is wrong with its cells."""

    row: int
    values: dict[str, Any]
    faults: list[Fault]
    notices: list[Fault]


class Items:
    """A private temporary database: SQLite makes it in memory and moves it to a file that has no name."""

    def __init__(self) -> None:
        self._database = sqlite3.connect("", isolation_level=None)
        self._database.execute("PRAGMA journal_mode=OFF")
        self._database.execute("CREATE TABLE item (list INT, owner TEXT, row INT, content TEXT)")
        self._database.execute("CREATE TABLE main (owner TEXT PRIMARY KEY, row INT) WITHOUT ROWID")
        self._database.execute("CREATE TABLE doubt (owner TEXT, list INT, row INT)")
        self._lists: set[int] = set()

    @property
    def lists(self) -> set[int]:
        """The numbers of the lists that have rows of their own."""
        return self._lists

    def close(self) -> None:
        """Delete the database."""
        self._database.close()

    def add(self, number: int, owner: str, item: Item) -> None:
        """Keep an item of list `number` that belongs to the row with the 序号 `owner`."""
        self._lists.add(number)
        content = json.dumps([item.values, _packed(item.faults), _packed(item.notices)], ensure_ascii=True)
        self._database.execute("INSERT INTO item VALUES (?, ?, ?, ?)", (number, owner, item.row, content))

    def doubt(self, number: int, owner: str, row: int) -> None:
        """Note a row of list `number` that names nobody and stands below the items of `owner`."""
        self._database.execute("INSERT INTO doubt VALUES (?, ?, ?)", (owner, number, row))

    def doubts_of(self, owner: str) -> Iterator[tuple[int, int, int]]:
        """Yield for each list how many rows may be this main row's as well, and the first of them: list, row, count."""
        query = "SELECT list, MIN(row), COUNT(*) FROM doubt WHERE owner = ? GROUP BY list ORDER BY list"
        yield from self._database.execute(query, (owner,))

    def ready(self) -> None:
        """Say that every item was added."""
        self._database.execute("CREATE INDEX by_owner ON item (owner, list, row)")
        self._database.execute("CREATE INDEX doubt_by_owner ON doubt (owner, list, row)")

    def begin(self) -> None:
        """Start a pass over the main sheet."""
        self._database.execute("DELETE FROM main")

    def claim(self, owner: str, row: int) -> int:
        """Note that a main row has this 序号; give the row that had it before, or 0."""
        before = self._database.execute("SELECT row FROM main WHERE owner = ?", (owner,)).fetchone()
        if before is None:
            self._database.execute("INSERT INTO main VALUES (?, ?)", (owner, row))
            return 0
        return int(before[0])

    def of(self, owner: str) -> dict[int, list[Item]]:
        """Give the items of a main row by the number of their list, in the order of their sheets."""
        found: dict[int, list[Item]] = {}
        query = "SELECT list, row, content FROM item WHERE owner = ? ORDER BY list, row"
        for number, row, content in self._database.execute(query, (owner,)):
            values, faults, notices = json.loads(content)
            found.setdefault(number, []).append(Item(row, values, _unpacked(faults), _unpacked(notices)))
        return found

    def orphans(self) -> Iterator[tuple[int, int, str]]:
        """Yield list, row and 所属序号 of every item whose main row did not come in this pass."""
        query = "SELECT list, row, owner FROM item WHERE owner NOT IN (SELECT owner FROM main) ORDER BY list, row"
        yield from self._database.execute(query)


def _packed(faults: list[Fault]) -> list[list[Any]]:
    return [[fault.code, fault.message, asdict(fault.place), fault.severity.value] for fault in faults]


def _unpacked(packed: list[list[Any]]) -> list[Fault]:
    return [Fault(code, message, Place(**place), Severity(severity)) for code, message, place, severity in packed]
