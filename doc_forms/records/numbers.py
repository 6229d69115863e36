"""Document numbers (发文字号): one sequence for each organ prefix and year; none is given twice, no gap unexplained."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, and_, insert, select, update

from doc_forms.errors import Fault, RecordsRefused
from doc_forms.records.store import Store
from doc_forms.records.tables import NUMBER_EVENTS, NUMBERS, REGISTER, SEQUENCES
from doc_forms.records.upserts import upsert
from doc_forms.records.values import EntryState, Event, Number, NumberState, parse_number

_YEAR = re.compile(r"[〔〕\[\]【】]|\d{4}")
_FOUND = "取号时台账上已有文书用这个号"


def reserve(store: Store, prefix: str, year: int, for_what: str) -> Number:
    """Give the next number of a sequence, for this caller alone; the first one is 1 unless `start` says other.

    Numbers that papers in the register bear already, typed into a roster or a page, are passed over as issued.
    """
    number = Number(_organ(prefix, year), year, 0, for_what=for_what.strip())
    if not number.prefix or not number.for_what:
        raise RecordsRefused(Fault("number-words", "预留文号要写明机关代字和用途"))
    with store.writing() as connection:
        connection.execute(
            upsert(connection, SEQUENCES, ("prefix", "year"), prefix=number.prefix, year=year, first=1, last=0)
        )
        # The update itself takes the number: under a read before it two processes would take the same.
        taken = update(SEQUENCES).where(_of(SEQUENCES, number.prefix, year)).values(last=SEQUENCES.c.last + 1)
        while True:
            value = connection.execute(taken.returning(SEQUENCES.c.last)).scalar_one()
            candidate = Number(number.prefix, year, value)
            bearer = _bearer(connection, candidate)
            if bearer is None:
                break
            _add(connection, store, bearer, _FOUND)
        _add(connection, store, replace(candidate, for_what=number.for_what), number.for_what)
        return _number(connection, number.prefix, year, value)


def start(store: Store, prefix: str, year: int, first: int) -> None:
    """Begin a sequence at `first`, where earlier numbers were given by hand (RecordsRefused once it is in use)."""
    with store.writing() as connection:
        row = {"prefix": _organ(prefix, year), "year": year, "first": first, "last": first - 1}
        begun = upsert(connection, SEQUENCES, ("prefix", "year"), **row).returning(SEQUENCES.c.last)
        if connection.execute(begun).first() is None:
            message = f"{prefix}〔{year}〕已有文号，不能再定起始号"
            raise RecordsRefused(Fault("number-start", message))


def _organ(prefix: str, year: int) -> str:
    """The letters of the organ; RecordsRefused where a year is among them, or a number could not be read again."""
    organ = "".join(prefix.split())
    if _YEAR.search(organ) or (organ and parse_number(str(Number(organ, year, 1))) != (organ, year, 1)):
        message = f"“{prefix}”不能作机关代字；只写代字，如 示院委，不写年份和括号"
        raise RecordsRefused(Fault("number-prefix", message))
    return organ


def issue(store: Store, number: Number, entry: str) -> Number:
    """Give a reserved number to a paper of the register; the same paper again changes nothing (RecordsRefused)."""
    with store.writing() as connection:
        found = _locked(connection, number)
        if (found.state, found.entry) == (NumberState.ISSUED, entry):
            return found
        if found.state is not NumberState.RESERVED:
            raise _not_from(found, "发出")
        return _change(connection, store, found, NumberState.ISSUED, entry, entry=entry)


def void(store: Store, number: Number, reason: str) -> Number:
    """Make a number void for good, with the reason; also one that was issued and is withdrawn (RecordsRefused)."""
    if not reason.strip():
        raise RecordsRefused(Fault("number-reason", f"作废 {number} 要写明原因"))
    with store.writing() as connection:
        found = _locked(connection, number)
        if found.state is NumberState.VOID:
            raise _not_from(found, "作废")
        return _change(connection, store, found, NumberState.VOID, reason.strip(), reason=reason.strip())


def numbers(store: Store, prefix: str | None, year: int | None) -> list[Number]:
    """Give the numbers of a sequence, or of all, in order, each with its history."""
    with store.reading() as connection:
        return _numbers(connection, prefix, year)


def gaps(store: Store, prefix: str, year: int) -> list[Number]:
    """Give the numbers that no paper bears; `explanation` is empty where nothing says why."""
    with store.reading() as connection:
        known = {item.number: item for item in _numbers(connection, prefix, year)}
        row = connection.execute(select(SEQUENCES).where(_of(SEQUENCES, prefix, year))).one_or_none()
    span = range(row.first, row.last + 1) if row else range(0)
    all_of_them = [known.get(value, Number(prefix, year, value)) for value in span]
    return [item for item in all_of_them if item.state is not NumberState.ISSUED]


def sequences(store: Store) -> list[tuple[str, int]]:
    """Give every prefix and year that has a sequence."""
    chosen = select(SEQUENCES.c.prefix, SEQUENCES.c.year).order_by(SEQUENCES.c.prefix, SEQUENCES.c.year)
    with store.reading() as connection:
        return [(row.prefix, row.year) for row in connection.execute(chosen)]


def _bearer(connection: Connection, number: Number) -> Number | None:
    """The number as issued to the latest paper in the register that bears it; None where none does."""
    chosen = select(REGISTER).where(REGISTER.c.number == str(number), REGISTER.c.state != EntryState.FAILED)
    paper = connection.execute(chosen.order_by(REGISTER.c.position.desc()).limit(1)).one_or_none()
    return replace(number, state=NumberState.ISSUED, for_what=paper.title, entry=paper.id) if paper else None


def _add(connection: Connection, store: Store, number: Number, note: str) -> None:
    given = {"prefix": number.prefix, "year": number.year, "number": number.number, "state": number.state}
    stamp = store.stamp()
    connection.execute(insert(NUMBERS).values(**given, for_what=number.for_what, entry=number.entry, **stamp))
    connection.execute(insert(NUMBER_EVENTS).values(**given, note=note, **stamp))


def _of(table: Table, prefix: str, year: int, number: int | None = None) -> ColumnElement[bool]:
    exact = () if number is None else (table.c.number == number,)
    return and_(table.c.prefix == prefix, table.c.year == year, *exact)


def _numbers(connection: Connection, prefix: str | None, year: int | None, number: int | None = None) -> list[Number]:
    wanted = {"prefix": prefix, "year": year, "number": number}
    conditions = [(name, value) for name, value in wanted.items() if value is not None]
    rows = select(NUMBERS).where(*(NUMBERS.c[name] == value for name, value in conditions))
    events = select(NUMBER_EVENTS).where(*(NUMBER_EVENTS.c[name] == value for name, value in conditions))
    history = defaultdict[tuple[str, int, int], list[Event]](list)
    for row in connection.execute(events.order_by(NUMBER_EVENTS.c.position)):
        history[row.prefix, row.year, row.number].append(Event(NumberState(row.state), row.at, row.who, row.note))
    ordered = rows.order_by(NUMBERS.c.prefix, NUMBERS.c.year, NUMBERS.c.number)
    return [_as_number(row, history[row.prefix, row.year, row.number]) for row in connection.execute(ordered)]


def _as_number(row: Any, history: list[Event]) -> Number:
    state = NumberState(row.state)
    return Number(row.prefix, row.year, row.number, state, row.for_what, row.entry, row.reason, tuple(history))


def _number(connection: Connection, prefix: str, year: int, number: int) -> Number:
    return _numbers(connection, prefix, year, number)[0]


def _locked(connection: Connection, number: Number) -> Number:
    key = (number.prefix, number.year, number.number)
    if connection.execute(select(NUMBERS.c.number).where(_of(NUMBERS, *key)).with_for_update()).scalar() is None:
        raise RecordsRefused(Fault("number-unknown", f"{number} 没有预留过；请先用 numbers reserve 取号"))
    return _number(connection, *key)


def _change(
    connection: Connection, store: Store, number: Number, state: NumberState, note: str, **changed: str
) -> Number:
    key = (number.prefix, number.year, number.number)
    given = dict(zip(("prefix", "year", "number"), key, strict=True))
    stamp = store.stamp()
    connection.execute(update(NUMBERS).where(_of(NUMBERS, *key)).values(state=state, **changed, **stamp))
    connection.execute(insert(NUMBER_EVENTS).values(**given, state=state, note=note, **stamp))
    return _number(connection, *key)


def _not_from(number: Number, verb: str) -> RecordsRefused:
    detail = f"（{number.reason}）" if number.reason else ""
    return RecordsRefused(Fault("number-state", f"{number} {number.state.chinese}{detail}，不能{verb}"))
