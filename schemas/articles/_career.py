"""A career counted: the posts held before the reference day, their levels, and how long they were held."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from doc_forms.form import PartialDate
from doc_forms.form.periods import Reached, duration_text, months_between
from doc_forms.form.reading import Path
from doc_forms.regulation import Outcome, Verdict, broken, doubtful, met

from .._case.people import Experience
from .._interpretation import Office
from ..case import Case
from ._subjects import LADDER, Numbered, compare, is_decided, reference_day

_MONTHS_A_YEAR = 12
_DAYS_EVERY_MONTH_HAS = 28
_DAYS_A_MONTH = 30
"""Days left over from several separate spells make a month at thirty; those of one spell alone never do."""
Spell = tuple[PartialDate, PartialDate]
Line = tuple[int, Experience]
"""A line of the career with its number (from 0)."""


class Served(NamedTuple):
    """How long somebody served, in full months: at least and at most, where days are unknown."""

    least: int
    most: int

    def reached(self, years: int) -> Reached:
        """Tell whether so many years are full; BORDER where only unknown days could decide."""
        if self.least >= years * _MONTHS_A_YEAR:
            return Reached.YES
        return Reached.NO if self.most < years * _MONTHS_A_YEAR else Reached.BORDER

    @property
    def text(self) -> str:
        """Write the duration as people say it: 2 年 3 个月, with 约 where days are unknown."""
        return ("" if self.least == self.most else "约 ") + duration_text(self.most)


def served(spells: Iterable[Spell]) -> Served:
    """Add up spells of service; spells that touch or overlap count once."""
    joined = list(_joined(spells))
    least = _sum((_bound(start, last=True), _bound(end, last=False)) for start, end in joined)
    most = _sum((_bound(start, last=False), _bound(end, last=True)) for start, end in joined)
    return Served(least, most)


def lines_before(subject: Numbered, day: PartialDate) -> list[Line]:
    """Give the lines of the career that began before a day; stops the rule where a beginning is not told.

    A line that begins on the day itself (or in its month, where only the month is known) is the new post.
    """
    subject.need(subject.person.career, "任职经历")
    lines = [
        (number, line, subject.need(line.start, "任职经历", number, "起始时间"))
        for number, line in enumerate(subject.person.career)
    ]
    return [(number, line) for number, line, start in lines if compare(start, day) < 0]


def current_lines(subject: Numbered, day: PartialDate) -> list[Line]:
    """Give the posts still held on the eve of a day; stops the rule where the career shows none."""
    held = [line for line in lines_before(subject, day) if not line[1].end or compare(line[1].end, day) >= 0]
    return subject.need(held, "任职经历")


def current_level(subject: Numbered, day: PartialDate) -> str:
    """Give the highest level held on the eve of a day; 其他 where no post held has a level of the ladder."""
    levels = [subject.need(line.level, "任职经历", number, "层次") for number, line in current_lines(subject, day)]
    on_ladder = [level for level in levels if level in LADDER]
    return max(on_ladder, key=LADDER.index) if on_ladder else "其他"


def spell_of(line: Experience, day: PartialDate, *, trial_counts: bool | None = None) -> Spell | None:
    """Give the part of a post that counts up to a day; None where nothing of it does.

    For years in office (`trial_counts` given) a trial period counts only where the setting says so, and only
    once it is over: until then nobody has been found equal to the post. Other experience takes no heed of it.
    """
    start, end = line.start, line.end
    if start is None:
        return None
    if trial_counts is not None and line.trial_end and (not trial_counts or compare(line.trial_end, day) > 0):
        start = line.trial_end
    end = day if end is None or compare(end, day) > 0 else end
    return (start, end) if compare(start, end) <= 0 else None


def served_as(
    subject: Numbered, day: PartialDate, counts: Callable[[Experience], bool], *, trial_counts: bool | None = None
) -> Served:
    """Add up the posts of a career, up to a day, for which `counts` holds."""
    lines = [line for _, line in lines_before(subject, day) if counts(line)]
    spells = [spell_of(line, day, trial_counts=trial_counts) for line in lines]
    return served(spell for spell in spells if spell)


def not_told(subject: Numbered, day: PartialDate, *titles: str) -> Verdict | None:
    """Say what keeps a shortfall from being certain: a blank in a line, or a stretch that no line covers.

    A career may be entered by halves; a complete one has no hole from the start of work to the day. Stops the
    rule at a blank, gives the verdict "cannot be told yet" for a hole, None where everything is there.
    """
    for number, line in lines_before(subject, day):
        values = {"单位及职务": line.post, "层次": line.level, "基层工作": line.grassroots}
        for title in titles:
            subject.need(values[title], "任职经历", number, title)
    hole = _hole(subject, day)
    if hole is None:
        return None
    facts = f"任职经历缺 {hole[0].dotted} 至 {hole[1].dotted} 一段，尚不能断定"
    return Verdict(Outcome.UNKNOWN, facts, "补齐任职经历，没有任职的也列一行写明", subject.path("任职经历"))


def since_text(start: PartialDate, day: PartialDate) -> str:
    """Write how long it is since a date: 4 年 11 个月."""
    return duration_text(max(0, months_between(start, day)))


def day_text(case: Case, office: Office) -> str:
    """Write the reference day, saying so where nothing is decided yet."""
    note = "" if is_decided(case) else "（尚未决定，暂按查看之日）"
    return f"{reference_day(case, office)}{note}"


def judged(  # noqa: PLR0913 - the parts of a verdict, and what it depends on by keyword
    outcome: Reached, facts: str, remedy: str, at: Path, *, decided: bool, office: Office
) -> Verdict:
    """Say what a period means: full, short, or to be looked at where days are unknown or nothing is decided yet.

    Unknown days are looked at, or count as a full month, by the setting 年月恰满.
    """
    if outcome is Reached.YES:
        return met(facts)
    if outcome is Reached.BORDER and office.points.same_month == "视为已满":
        return met(f"{facts}，日期未填到日，按月视为已满")
    if outcome is Reached.BORDER:
        return doubtful(f"{facts}，日期未填到日，是否届满无法断定", "核对档案，把日期填写到日", *at)
    return (broken if decided else doubtful)(facts, remedy, *at)


def _hole(subject: Numbered, day: PartialDate) -> Spell | None:
    """Give the first stretch of over a month, from the start of work to the day, that no line covers."""
    covered = subject.need(subject.person.started_work, "参加工作时间")
    lines = sorted((line.start, line.end or day) for _, line in lines_before(subject, day) if line.start)
    for start, end in (*lines, (day, day)):
        if _months_apart(covered, start) > 1:
            return covered, start
        covered = end if compare(end, covered) > 0 else covered
    return None


def _months_apart(earlier: PartialDate, later: PartialDate) -> int:
    if not earlier.month or not later.month:
        return later.year - earlier.year
    return (later.year - earlier.year) * _MONTHS_A_YEAR + later.month - earlier.month


def _joined(spells: Iterable[Spell]) -> Iterator[Spell]:
    run: Spell | None = None
    for start, end in sorted(spells):
        if run is None:
            run = (start, end)
        elif compare(start, run[1]) <= 0 or _is_next_day(run[1], start):
            run = (run[0], end if compare(end, run[1]) > 0 else run[1])
        else:
            yield run
            run = (start, end)
    if run:
        yield run


def _is_next_day(end: PartialDate, start: PartialDate) -> bool:
    return bool(end.day and start.day) and (start.date - end.date).days == 1


def _bound(date: PartialDate, *, last: bool) -> dt.date:
    """Give the first or last day that a date with unknown parts may mean."""
    month = date.month or (_MONTHS_A_YEAR if last else 1)
    day = date.day or (calendar.monthrange(date.year, month)[1] if last else 1)
    return dt.date(date.year, month, day)


def _sum(spells: Iterable[tuple[dt.date, dt.date]]) -> int:
    parts = [_months_and_days(start, end) for start, end in spells if start < end]
    left_over = [days for _, days in parts if days]
    return sum(months for months, _ in parts) + (sum(left_over) // _DAYS_A_MONTH if len(left_over) > 1 else 0)


def _months_and_days(start: dt.date, end: dt.date) -> tuple[int, int]:
    months = (end.year - start.year) * _MONTHS_A_YEAR + end.month - start.month
    months -= _months_later(start, months) > end
    return months, (end - _months_later(start, months)).days


def _months_later(day: dt.date, months: int) -> dt.date:
    year, month = divmod(day.year * _MONTHS_A_YEAR + day.month - 1 + months, _MONTHS_A_YEAR)
    if day.day <= _DAYS_EVERY_MONTH_HAS:
        return dt.date(year, month + 1, day.day)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
