"""What the inspection did and found, as the rules of chapter 5 look at it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from operator import attrgetter
from typing import NamedTuple, TypeVar

from doc_forms.form import PartialDate
from doc_forms.form.reading import Path
from doc_forms.regulation import NotYet, Outcome, Verdict, need

from .._case.inspection import Inspection, Interviewee, PersonInspection
from ..case import Case
from ._decided import ascending
from ._subjects import Numbered, Step, candidates

T = TypeVar("T")

TALKS = ("考察", "个别谈话")


class Inspected(NamedTuple):
    """What was found of one candidate, with its number in the list (from 0)."""

    number: int
    person: PersonInspection

    def path(self, *steps: str | int) -> Path:
        """Give the way to a field of this person's inspection."""
        return ("考察", "考察情况", self.number, *steps)

    def need(self, value: T | None, *steps: str | int) -> T:
        """Give a fact of this person's inspection, or stop the rule with "cannot be told yet"."""
        return value or need(value, *self.path(*steps))  # the path is made only where it may be wanted


class Talks(NamedTuple):
    """The talks about one candidate, each with its number in the list of all talks (from 0)."""

    subject: Numbered
    items: list[tuple[int, Interviewee]]
    unassigned: int | None
    """The first talk of which it is not told whom it was about."""


def inspection_of(case: Case) -> Inspection:
    """Give the inspection; stops the rule before there is one."""
    return need(case.inspection, "考察")


def inspected(case: Case, subject: Numbered) -> Inspected:
    """Give what the inspection found of a candidate; stops the rule where nothing is recorded yet."""
    inspection_of(case)
    name = subject.need(subject.person.name, "姓名")
    return Inspected(*need(case.inspection_of(name), "考察", "考察情况"))


def determined_day(case: Case) -> PartialDate:
    """Give the day on which the committee determined the candidates (article 18)."""
    return need(inspection_of(case).determined, "考察", "确定考察对象日期")


def talked_about(case: Case) -> Iterator[tuple[str, Talks]]:
    """Give every candidate with the talks about the person, for `over=`."""
    about = case.inspection.talks_about if case.inspection else {}
    unassigned = about[None][0][0] if None in about else None
    for name, subject in candidates(case):
        yield name, Talks(subject, about.get(subject.person.name, []) if subject.person.name else [], unassigned)


def talks_held(case: Case, talks: Talks) -> list[tuple[int, Interviewee]]:
    """Give the talks about a candidate; stops the rule where there is none yet."""
    inspection_of(case)
    talks.subject.need(talks.subject.person.name, "姓名")
    return need(talks.items, *TALKS)


def told(held: Sequence[tuple[int, Interviewee]], fact: Callable[[Interviewee], T | None], title: str) -> list[T]:
    """Give one fact of each talk; stops the rule at the first talk of which it is not told."""
    values = [value for _, talk in held if (value := fact(talk))]
    if len(values) < len(held):
        need(None, *TALKS, next(number for number, talk in held if not fact(talk)), title)
    return values


def people_of(held: Sequence[tuple[int, Interviewee]]) -> set[tuple[str, str | None]]:
    """Give the people talked to, each once: two of the same name in different posts are two."""
    return set(zip(told(held, attrgetter("name"), "谈话对象"), [talk.post for _, talk in held], strict=True))


def step_or_gap(name: str, day: PartialDate | None, *path: str | int) -> Step | NotYet:
    """Give a dated step, or the gap where its date is not there yet, for `ascending`."""
    return Step(name, day, path) if day else NotYet(path)


def ascending_at(steps: Sequence[Step | NotYet], demand: str, *at: str | int) -> Verdict:
    """Say whether dated steps follow one another, as `ascending`, and go to this field where they do not."""
    verdict = ascending(steps, demand)
    return replace(verdict, at=at) if verdict.outcome is Outcome.BROKEN else verdict
