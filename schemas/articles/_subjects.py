"""Whom and what the rules look at: the candidates by number, their vacancies, levels, and the reference day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple, TypeVar

from doc_forms.form import PartialDate
from doc_forms.form.reading import Path
from doc_forms.regulation import need

from .._case.people import Candidate, Exceptional
from .._case.posts import VacantPost
from .._interpretation import Office
from .._qualifications import DIVISION
from ..case import Case

T = TypeVar("T")

LADDER = ("科员及以下", "副科级", "正科级", "副处级", "正处级")
"""The levels from below; promotion goes from one to the next (article 7)."""
SECTION = ("正科级", "副科级")
"""科级: section level."""
_PLACEHOLDERS = ("无", "没有", "略", "同上", "见附件", "工作需要", "特别优秀", "/", "／", "-", "—")


class Numbered(NamedTuple):
    """A candidate with its number in the list (from 0), so that a finding can name the field."""

    number: int
    person: Candidate

    def path(self, *steps: str | int) -> Path:
        """Give the way to a field of this candidate."""
        return ("考察对象", self.number, *steps)

    def need(self, value: T | None, *steps: str | int) -> T:
        """Give a fact of this candidate, or stop the rule with "cannot be told yet"."""
        return value or need(value, *self.path(*steps))  # the path is made only where it may be wanted


class Step(NamedTuple):
    """One dated step of a procedure, with the field that holds it."""

    name: str
    day: PartialDate
    path: Path


def candidates(case: Case) -> Iterator[tuple[str, Numbered]]:
    """Give every candidate with the name that a finding shows, for `over=`."""
    for number, person in enumerate(case.candidates):
        yield person.name or f"第 {number + 1} 位考察对象", Numbered(number, person)


def vacancies(case: Case) -> Iterator[tuple[str, tuple[int, VacantPost]]]:
    """Give every vacant post with its number (from 0), for `over=`."""
    for number, post in enumerate(case.posts):
        yield post.name or f"第 {number + 1} 个职位", (number, post)


def vacancy(case: Case, subject: Numbered) -> tuple[int, VacantPost]:
    """Give the vacancy (and its number) that a candidate is meant for; stops the rule where it is not told."""
    need(case.posts, "职位")
    return subject.need(case.vacancy_of(subject.person), "拟任职务")


def target_level(case: Case, subject: Numbered) -> str:
    """Give the level of the post that a candidate is meant for: 正处级, 副处级, 正科级 or 副科级."""
    number, post = vacancy(case, subject)
    return need(post.level, "职位", number, "职务层次")


def case_levels(case: Case) -> set[str]:
    """Give the levels of all vacant posts; stops the rule where one is not told."""
    need(case.posts, "职位")
    return {need(post.level, "职位", number, "职务层次") for number, post in enumerate(case.posts)}


def is_division(level: str) -> bool:
    """Tell whether a level is 处级."""
    return level in DIVISION


def is_promotion(subject: Numbered) -> bool:
    """Tell whether the candidate is to be promoted (提任), not moved sideways or appointed again."""
    return subject.need(subject.person.way, "任职方式") == "提任"


def promoted_to_division(case: Case, subject: Numbered, qualification: str = "") -> bool:
    """Tell whether the candidate is promoted to 处级 and, where a qualification is named, must have it."""
    return is_promotion(subject) and is_division(target_level(case, subject)) and not waives(subject, qualification)


def exceptional(subject: Numbered) -> Exceptional | None:
    """Give the exceptional promotion of a candidate; None where it is said to be none, or no promotion.

    Nothing filled in is no answer: it stops the rule, as every absent fact does.
    """
    person = subject.person
    if person.exceptional is not None or not may_be_exceptional(subject):
        return person.exceptional
    subject.need(person.is_exceptional, "是否破格")
    return need(None, *subject.path("破格提拔"))


def may_be_exceptional(subject: Numbered) -> bool:
    """Tell whether a candidate's promotion is exceptional, or it is not told that it is not."""
    person = subject.person
    return person.exceptional is not None or (person.is_exceptional != "否" and person.way in {None, "提任"})


def waives(subject: Numbered, what: str) -> bool:
    """Tell whether an exceptional promotion puts this qualification aside (article 7)."""
    beyond = exceptional(subject)
    return beyond is not None and what in subject.need(beyond.waived, "破格提拔", "突破的资格")


def decision_day(case: Case) -> PartialDate:
    """Give the day of the committee's decision; stops the rule before it is known."""
    decision = need(case.decision, "讨论决定")
    return need(decision.date, "讨论决定", "党委会日期")


def is_decided(case: Case) -> bool:
    """Tell whether the day of the committee's decision is known."""
    return case.decision is not None and case.decision.date is not None


def reference_day(case: Case, office: Office) -> PartialDate:
    """Give the day at which years are counted (基准日): the committee's decision.

    Before the decision it is the day on which the case is looked at (`office.as_of`): what is reached by then
    stays reached, what is not may still be by the decision, so a rule calls it `doubtful`, not `broken`.
    """
    return case.decision.date if case.decision and case.decision.date else office.as_of


def compare(left: PartialDate, right: PartialDate) -> int:
    """Compare two dates as far as both are known: -1, 0 or 1."""
    a, b = left.year, right.year
    if left.month and right.month:
        a, b = a * 12 + left.month, b * 12 + right.month
        if left.day and right.day:
            a, b = a * 31 + left.day, b * 31 + right.day
    return (a > b) - (a < b)


def step(name: str, day: PartialDate | None, *path: str | int) -> Step:
    """Make a dated step; stops the rule where its date is not there yet."""
    return Step(name, need(day, *path), path)


def out_of_order(steps: Sequence[Step]) -> tuple[Step, Step] | None:
    """Give the first two neighbours of which the later step is dated earlier; None where the dates ascend."""
    pairs = pairwise(steps)
    return next((pair for pair in pairs if compare(pair[0].day, pair[1].day) > 0), None)


def steps_text(steps: Sequence[Step]) -> str:
    """Write the steps with their dates: 分析研判 2026-08-26、初步建议 2026-08-27."""
    return "、".join(f"{item.name} {item.day}" for item in steps)


def says_nothing(reason: str, heading: str = "") -> bool:
    """Tell whether a reason is a mere placeholder or repeats the heading that it stands under."""
    words = reason.strip(" 。．.，,；;")
    return not words or words in _PLACEHOLDERS or words in heading
