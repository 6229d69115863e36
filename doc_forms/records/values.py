"""What the records hold, as plain values: revisions, register entries, document numbers."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from enum import StrEnum
from pathlib import Path as File
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from doc_forms.form.reading import Path


class Change(NamedTuple):
    """One value that a revision changed: its path (`考察对象[0].姓名`), before and after; None: not there."""

    path: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Revision:
    """One saved state of a case: its number from 1, when (ISO 8601) and by whom, and what it changed."""

    case: str
    number: int
    at: str
    who: str
    note: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class CaseRecord:
    """A case as one of its revisions has it."""

    name: str
    revision: int
    data: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Draft:
    """One field as it was last typed and not yet saved as a revision."""

    path: str
    value: Any
    at: str
    who: str


@dataclass(frozen=True, slots=True)
class Away:
    """That a case was put away: when (ISO 8601), by whom and, if it was said, why."""

    at: str
    who: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class WorkingLine:
    """One case among those that are worked on: its id, its name in the records, when it was changed last."""

    id: str
    name: str
    at: str
    stamp: int
    """Counts every change."""
    away: Away | None = None
    """Since when it is put away; None for one that is not."""


@dataclass(frozen=True, slots=True)
class WorkingCase:
    """A case as it was typed until now: its latest revision, and over it what was typed since."""

    id: str
    name: str
    """Its name in the records, which never changes, whatever the case calls itself."""
    revision: int
    """The latest revision; what was typed since lies over it."""
    stamp: int
    """Counts every change, so that one who read the case earlier knows of a later one."""
    values: dict[str, Any]
    lists: Mapping[Path, int] = field(default_factory=dict)
    """The change at which rows of each list were last added, removed or moved, by its path; of all under ()."""
    away: Away | None = None
    """Since when it is put away; None for one that is not."""


def lists_after(lists: Mapping[Path, int], changes: Mapping[Path, Any], stamp: int) -> dict[Path, int]:
    """Give when rows of each list were last moved, after changes that made this the change count.

    A list is kept whole where its rows were added, removed or moved, and nowhere else.
    """
    return {**lists, **{path: stamp for path, value in changes.items() if isinstance(value, list)}}


class EntryState(StrEnum):
    """How far a paper has come."""

    MAKING = "making"
    MADE = "made"
    FAILED = "failed"

    @property
    def chinese(self) -> str:
        """The state as a clerk reads it."""
        return {"making": "正在生成", "made": "已生成", "failed": "未生成"}[self.value]


@dataclass(frozen=True, slots=True)
class Entry:
    """One paper in the register (发文台账).

    `made_at`, `made_by` and `state` are the register's to fill in; `path` is absolute; sha256 are hexadecimal.
    """

    id: str
    kind: str
    title: str
    path: str
    person: str = ""
    number: str = ""
    date: str = ""
    document_sha256: str = ""
    template_sha256: str = ""
    data_sha256: str = ""
    case: str = ""
    revision: int = 0
    findings: tuple[Any, ...] = ()
    """The findings that were shown when the paper was made, as JSON values."""
    reasons: str = ""
    """Why it was made all the same."""
    made_at: str = ""
    made_by: str = ""
    state: EntryState = EntryState.MAKING

    def to_json(self) -> dict[str, Any]:
        """The same as data, for `--json`."""
        return {name: getattr(self, name) for name in _ENTRY_FIELDS}


_ENTRY_FIELDS = tuple(spec.name for spec in fields(Entry))


class NumberState(StrEnum):
    """What has become of a document number."""

    RESERVED = "reserved"
    ISSUED = "issued"
    VOID = "void"

    @property
    def chinese(self) -> str:
        """The state as a clerk reads it."""
        return {"reserved": "已预留", "issued": "已发出", "void": "已作废"}[self.value]


class Event(NamedTuple):
    """Something that was done with a number: what, when (ISO 8601), by whom, and a word about it."""

    state: NumberState
    at: str
    who: str
    note: str


@dataclass(frozen=True, slots=True)
class Number:
    """A document number (发文字号): `示院委〔2026〕28号`."""

    prefix: str
    year: int
    number: int
    state: NumberState = NumberState.RESERVED
    for_what: str = ""
    entry: str = ""
    """The register entry that bears it; empty while reserved, or where the paper was made by hand."""
    reason: str = ""
    """Why it was made void."""
    history: tuple[Event, ...] = field(default=(), compare=False)

    def __str__(self) -> str:
        """The number as it is printed."""
        return f"{self.prefix}〔{self.year}〕{self.number}号"

    @property
    def explanation(self) -> str:
        """Why no paper bears the number, in one Chinese phrase; empty where one does or where nothing is known."""
        if self.state is NumberState.ISSUED or not self.history:
            return ""
        last = self.history[-1]
        words = self.reason if self.state is NumberState.VOID else self.for_what
        return f"{last.at[:16].replace('T', ' ')} {last.who} {self.state.chinese}：{words}"

    def to_json(self) -> dict[str, Any]:
        """The same as data, for `--json`."""
        events = [event._asdict() for event in self.history]
        return {"text": str(self), **asdict(self), "history": events, "explanation": self.explanation}


_NUMBER = re.compile(r"(?P<prefix>\S+?)\s*[〔\[(（【]\s*(?P<year>\d{4})\s*[〕\])）】]\s*(?P<number>\d+)\s*号?")


def parse_number(text: str) -> tuple[str, int, int] | None:
    """Give prefix, year and number of a written document number; None where it is none."""
    found = _NUMBER.fullmatch(text.strip())
    return (found["prefix"], int(found["year"]), int(found["number"])) if found else None


def data_digest(data: Mapping[str, Any]) -> str:
    """Give the sha256 of data as JSON in one spelling: sorted keys, no spaces, UTF-8."""
    return hashlib.sha256(canonical(data).encode()).hexdigest()


_IN_ONE_SPELLING = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def canonical(value: Any) -> str:
    """Write JSON in its one spelling, so that equal data are equal text."""
    return _IN_ONE_SPELLING(value)


def entry_id(kind: str, template_sha256: str, data_sha256: str, path: File | str) -> str:
    """Give the id of a paper in the register: the same paper made again at the same place is the same entry.

    path: as words, it is absolute already.
    """
    where = path if isinstance(path, str) else str(path.absolute())
    words = [kind, template_sha256, data_sha256, where]
    return hashlib.sha256("\0".join(words).encode("utf-8", "surrogateescape")).hexdigest()[:32]
