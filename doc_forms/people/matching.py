"""The people of two sources side by side: who is in both, what the two tell differently, who is in one only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

from doc_forms.errors import Fault, Severity
from doc_forms.library import Library
from doc_forms.people.comparing import Difference, differences
from doc_forms.people.incoming import Incoming, Taken, intake_of, named


@dataclass
class Compared:
    """What a comparison of people found."""

    same: int = 0
    """How many people are in both sources with nothing told differently."""
    matched: int = 0
    """How many are in both."""
    found: list[Fault] = field(default_factory=list)
    """WARNINGs: every difference with both values and places, and everybody who is in one source only."""
    faults: list[Fault] = field(default_factory=list)
    """What was said when the sources were read."""

    @property
    def differs(self) -> bool:
        """Whether the two sources are not the same, or could not be read in all."""
        return bool(self.found) or any(fault.severity is Severity.ERROR for fault in self.faults)

    @property
    def said(self) -> str:
        """The counts in a sentence."""
        return f"两边都有 {self.matched} 人，其中 {self.same} 人完全一致；不同之处 {len(self.found)} 处。"

    def lines(self) -> Iterator[str]:
        """Give the result as a clerk reads it: one line a difference, then the counts."""
        yield from (f"▲ {fault}" for fault in self.found)
        yield self.said

    def to_json(self) -> dict[str, Any]:
        """The same as data, for `--json`."""
        return {
            "matched": self.matched,
            "same": self.same,
            "differences": [fault.to_json() for fault in self.found],
            "faults": [fault.to_json() for fault in self.faults],
        }


def compare(library: Library, ours: Taken, theirs: Taken) -> Compared:
    """Compare the people of two sources, by the identity number, else by the name.

    Only facts are compared for which both sources have a place: a roster without a column says nothing of it. A cell
    that could not be read is a fault of its source and no difference.
    """
    intake = intake_of(library)
    result = Compared(faults=[*ours.all_faults, *theirs.all_faults])
    left = list(named(intake, theirs.people))
    for person in named(intake, ours.people):
        match = _match(intake, person, left)
        if match is None:
            result.found.append(_alone(intake, person, "另一边没有此人"))
            continue
        left.remove(match)
        found = list(_between(intake, person, match))
        result.matched += 1
        result.same += not found
        result.found += found
    result.found += [_alone(intake, person, "另一边没有此人") for person in left]
    return result


def _match(intake: ModuleType, person: Incoming, others: list[Incoming]) -> Incoming | None:
    for title in (intake.IDENTITY_NUMBER, intake.NAME):
        mine = person.values.get(title)
        found = next((other for other in others if mine and other.values.get(title) == mine), None)
        if found is not None:
            return found
    return None


def _between(intake: ModuleType, person: Incoming, other: Incoming) -> Iterator[Fault]:
    name = person.values[intake.NAME]
    unread = {fault.place for fault in (*person.faults, *other.faults) if fault.severity is Severity.ERROR}
    mine, yours = ({**one.derived, **one.values} for one in (person, other))
    for found in differences(intake.PeopleRoster, mine, yours, intake.ITEM_KEYS):
        here, there = person.locate(found.path), other.locate(found.other)
        if unread & {here, there} or not (_states(person, found) and _states(other, found)):
            continue
        if found.hidden and found.ours and found.theirs:
            message = f"【{name}】与 {there} 不同"
        else:
            message = f"【{name}】为“{found.shown(found.ours)}”，而 {there} 为“{found.shown(found.theirs)}”"
        yield Fault("people-differ", message, here, Severity.WARNING)


def _states(person: Incoming, found: Difference) -> bool:
    """Whether the source of a person has a place for the fact at all."""
    if person.titles is None:
        return True
    titles = tuple(step for step in found.path if isinstance(step, str))
    return any(known[: len(titles)] == titles for known in person.titles)


def _alone(intake: ModuleType, person: Incoming, message: str) -> Fault:
    name = person.values[intake.NAME]
    return Fault("people-alone", f"【{name}】{message}", person.locate((intake.NAME,)), Severity.WARNING)
