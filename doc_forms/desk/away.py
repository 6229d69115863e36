"""Cases that are put away: out of the lists and nothing else; and the one way by which a draft is deleted for good.

An office has to keep what it decided and issued. So a case that a paper, an archive package, a scan or a document
number came of is only ever put away; one that nothing came of may be deleted, once the clerk has seen what goes.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from doc_forms.desk.open_case import NAME, UNNAMED, UNREADABLE, OpenCase
from doc_forms.errors import DocFormsError, Fault, RecordsRefused
from doc_forms.records import Away, Records

__all__ = ["AwayDesk", "AwayLine", "Holding"]

_LEFT_BY = {"生成文书": "生成过文书", "归档": "归过档"}
"""What the note of a revision says was done with it."""


@dataclass(frozen=True)
class AwayLine:
    """One case among those that are put away."""

    id: str
    name: str
    away: Away

    @property
    def day(self) -> str:
        """When it was put away: 2026-11-26 14:03."""
        return said_time(self.away.at)


@dataclass(frozen=True)
class Holding:
    """What there is of a case: what stays when it is put away, and what would go if it were deleted."""

    id: str
    name: str
    stamp: int
    """The state of the case that this is about."""
    away: Away | None
    revisions: int
    last: str
    """When and by whom the latest revision was saved."""
    people: int = 0
    """How many names are in it."""
    came_of_it: tuple[str, ...] = ()
    """What came of it, so that it has to be kept; empty where nothing did and it may be deleted."""
    deadline: str = ""
    """The next thing that has to be done by a day; the list of cases no longer reminds of it."""
    trouble: str = ""
    """Why the case cannot be opened; empty where it can."""


class AwayDesk:
    """What can be done with cases that are not worked on any more."""

    def __init__(self, records: Records, places: Sequence[Path], open_: Callable[[str], OpenCase]) -> None:
        """`places`: where the files of all cases lie, a folder a case. `open_`: gives a case as the desk does."""
        self._records = records
        self._places = places
        self._open = open_

    def lines(self) -> list[AwayLine]:
        """Give every case that is put away, those put away last first."""
        found = [(line, line.away) for line in self._records.working.lines() if line.away]
        found.sort(key=lambda item: item[1].at, reverse=True)
        return [AwayLine(line.id, self._name(line.id), away) for line, away in found]

    def count(self) -> int:
        """Say how many cases are put away."""
        return sum(line.away is not None for line in self._records.working.lines())

    def look(self, case: str) -> Holding:
        """Give what there is of a case, of one that cannot be opened what can be said (UsageRefused for none)."""
        line = self._records.working.line(case)
        revisions = self._records.revisions(line.name)
        saved = Holding(
            case,
            UNREADABLE,
            line.stamp,
            line.away,
            len(revisions),
            f"{said_time(revisions[-1].at)} {revisions[-1].who}" if revisions else "",
        )
        try:
            opened = self._open(case)
        except DocFormsError as error:
            return replace(saved, came_of_it=("内容已损坏，看不出有没有出过文书",), trouble=str(error.faults[0]))
        due = opened.next_deadline
        return replace(
            saved,
            name=opened.name,
            stamp=opened.stamp,
            people=len(opened.names()),
            came_of_it=tuple(self._came_of(opened, line.name)),
            deadline=f"{due.title} {due.day.chinese}" if due and due.day else "",
        )

    def put_away(self, case: str, why: str = "") -> str:
        """Put a case away, and give its name; nothing of it is deleted (UsageRefused where there is none)."""
        self._records.working.put_away(case, why.strip())
        return self._name(case)

    def bring_back(self, case: str) -> str:
        """Bring a case back into the lists, and give its name (UsageRefused where there is none)."""
        self._records.working.bring_back(case)
        return self._name(case)

    def delete(self, case: str, stamp: int) -> str:
        """Delete a case for good, and give what its name was; no file is touched.

        stamp: the state that the clerk was shown. RecordsRefused where something came of the case, or where it was
        changed since; UsageRefused where there is none.
        """
        held = self.look(case)
        if held.came_of_it:
            message = f"这个案件{'、'.join(held.came_of_it)}，要留存，没有删除；可以移出"
            raise RecordsRefused(Fault("case-kept", message))
        self._records.working.discard(case, stamp)
        return held.name

    def _name(self, case: str) -> str:
        """What the clerk calls a case, without looking at it as a whole."""
        try:
            return str(self._records.working.case(case).values.get(NAME) or UNNAMED)
        except DocFormsError:
            return UNREADABLE

    def _came_of(self, case: OpenCase, name: str) -> Iterator[str]:
        """Say what came of a case; `name`: its name in the records."""
        entries = {entry.id for own in {name, case.name} for entry in self._records.entries(case=own)}
        if entries:
            yield f"台账上登记有 {len(entries)} 件"
        else:
            notes = {revision.note for revision in self._records.revisions(name)}
            yield from (said for note, said in _LEFT_BY.items() if note in notes)
        files = sum(count_files(folder) for place in self._places for folder in place.glob(f"*_{case.id[:4]}*"))
        if files:
            yield f"文件夹里有 {files} 个文件"
        text = json.dumps(case.values, ensure_ascii=False)
        numbers = [str(number) for number in self._records.numbers() if str(number) in text]
        if numbers:
            yield f"用了文号 {'、'.join(numbers)}"


def said_time(at: str) -> str:
    """Write a time of the records as a clerk reads it: 2026-11-26 14:03."""
    return at[:16].replace("T", " ")


def count_files(folder: Path) -> int:
    """Count the files in a folder and below, hidden ones left out."""
    if not folder.is_dir():
        return 0
    return sum(file.is_file() and not file.name.startswith(".") for file in folder.rglob("*"))
