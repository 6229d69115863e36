"""The revisions of a case: who saved what and when, and the way back to an earlier one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from doc_forms.records import Change, Records, Revision

_MOST_CHANGES = 200
_LONGEST = 60
_PHOTO = re.compile(r"(?:/9j/|iVBORw0KGgo)[\w+/]{60}")
"""How a JPEG or a PNG begins in base64."""
_PLACE = re.compile(r"\[(\d+)\]")


@dataclass(frozen=True)
class ChangeLine:
    """One thing that a revision changed, as a clerk reads it; an empty side means that nothing stood there."""

    field: str
    before: str
    after: str


@dataclass(frozen=True)
class RevisionLine:
    """One revision of a case."""

    number: int
    day: str
    time: str
    who: str
    note: str
    count: int
    """How many things it changed."""
    changes: tuple[ChangeLine, ...]
    """The first of them."""

    @property
    def more(self) -> int:
        """How many changes are not shown."""
        return self.count - len(self.changes)


class HistoryDesk:
    """What can be done with the revisions of a case."""

    def __init__(self, records: Records) -> None:
        self._records = records

    def of(self, case: str) -> list[RevisionLine]:
        """Give the revisions of a case, the newest first (UsageRefused where there is no such case)."""
        name = self._records.working.case(case).name
        return [_line(revision) for revision in reversed(self._records.revisions(name))]

    def restore(self, case: str, number: int) -> Revision:
        """Make an earlier revision the newest one; what stands now is a revision, too, and can be restored.

        RecordsRefused where the case has no such revision.
        """
        name = self._records.working.case(case).name
        data = self._records.case(name, number).data
        return self._records.working.replace(case, data, f"恢复第 {number} 版")


def _line(revision: Revision) -> RevisionLine:
    day, _, time = revision.at.partition("T")
    changes = tuple(_change(change) for change in revision.changes[:_MOST_CHANGES])
    return RevisionLine(revision.number, day, time[:5], revision.who, revision.note, len(revision.changes), changes)


def _change(change: Change) -> ChangeLine:
    words = _PLACE.sub(lambda found: f" 第 {int(found[1]) + 1} 项 ", change.path).replace(".", " ")
    return ChangeLine(" ".join(words.split()), _said(change.before), _said(change.after))


def _said(value: Any) -> str:
    """A value in short; of a group or a list what is written in it."""
    text = "、".join(_words(value))
    return f"{text[:_LONGEST]}……" if len(text) > _LONGEST else text


def _words(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            yield from _words(inner)
    elif value is not None:
        yield "（照片）" if _PHOTO.match(str(value)) else str(value)
