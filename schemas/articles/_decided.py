"""Who was put to the vote and who is to be appointed, and the records kept of them under their names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol, TypeVar

from doc_forms.form import PartialDate
from doc_forms.form.reading import Path
from doc_forms.regulation import NotYet, Outcome, Verdict, broken, met, need

from .._case.decision import Votes
from ..case import Case
from ._subjects import Numbered, Step, candidates, is_promotion, out_of_order, steps_text

T = TypeVar("T")


class Named(Protocol):
    """A record of one person."""

    @property
    def name(self) -> str | None:
        """The person's name."""


N = TypeVar("N", bound=Named)


class Ballot(NamedTuple):
    """The vote on one person, with its number in the list (from 0)."""

    number: int
    votes: Votes

    def path(self, *steps: str | int) -> Path:
        """Give the way to a field of this vote."""
        return ("讨论决定", "表决情况", self.number, *steps)

    def need(self, value: T | None, *steps: str | int) -> T:
        """Give a fact of this vote, or stop the rule with "cannot be told yet"."""
        return need(value, *self.path(*steps))


def ballots(case: Case) -> Iterator[tuple[str, Ballot | None]]:
    """Give every person put to the vote, for `over=`; one empty subject where nobody has been yet."""
    votes = case.decision.votes if case.decision else []
    if not votes:
        yield "", None
    for number, item in enumerate(votes):
        yield item.name or f"第 {number + 1} 项表决", Ballot(number, item)


def voted(ballot: Ballot | None) -> Ballot:
    """Give the vote, or stop the rule where nobody has been put to the vote yet."""
    return need(ballot, "讨论决定", "表决情况")


def appointees(case: Case) -> Iterator[tuple[str, Numbered]]:
    """Give the candidates to be appointed, for `over=`: all before the vote, then those whom it carried.

    More people are inspected than appointed (article 18): who was not put to the vote is not asked about.
    """
    votes = case.decision.votes if case.decision else []
    carried = {item.name for item in votes if item.result in {None, "通过"}}
    for name, subject in candidates(case):
        if not votes or subject.person.name in carried:
            yield name, subject


def has_promotion(case: Case) -> bool:
    """Tell whether somebody is to be promoted; stops the rule where that is not told of anybody."""
    need(case.candidates, "考察对象")
    people = [subject for _, subject in appointees(case)]
    known = [subject for subject in people if subject.person.way]
    return any(map(is_promotion, known)) or any(map(is_promotion, people))


def record(items: Sequence[N], subject: Numbered, *path: str | int) -> tuple[int, N]:
    """Give the record of a candidate with its number; stops the rule where there is none yet."""
    name = subject.need(subject.person.name, "姓名")
    found = next(((number, item) for number, item in enumerate(items) if item.name == name), None)
    return need(found, *path)


def unknown(facts: str, *at: str | int) -> Verdict:
    """Say that it cannot be told yet, in words where the path of a field would not say enough."""
    return Verdict(Outcome.UNKNOWN, facts, "", at)


def dated(name: str, day: PartialDate | None, *path: str | int) -> Step | NotYet:
    """Make a dated step of `ascending`, or keep the name of the missing field."""
    return Step(name, day, path) if day else NotYet(path)


def ascending(steps: Sequence[Step | NotYet], demand: str) -> Verdict:
    """Say whether dated steps follow one another: broken as soon as two known ones do not, met when all are known."""
    known = [item for item in steps if isinstance(item, Step)]
    missing = next((item for item in steps if isinstance(item, NotYet)), None)
    wrong = out_of_order(known)
    if wrong:
        first, second = wrong
        facts = f"{first.name} {first.day.chinese}，{second.name} {second.day.chinese}"
        return broken(facts, f"{demand}，请核对日期", *second.path)
    if missing:
        raise missing
    return met(steps_text(known))
