"""The period of a public notice (article 34): how it reads, when it is full, and whether a vacation falls into it."""

from __future__ import annotations

import datetime as dt

from doc_forms.form import PartialDate
from doc_forms.regulation import WorkCalendar, YearUnknownError

NOTICE_DAYS = 5
"""Working days for which a notice has to stand, at least."""
_VACATIONS = (((1, 15), (2, 28)), ((7, 10), (8, 31)))
"""When schools are usually on vacation (month, day); the case does not hold a school's own dates."""


def span(start: PartialDate, end: PartialDate) -> str:
    """Write a period as people say it: 2026年9月23日至10月8日."""
    return f"{start.chinese}至{f'{end.month}月{end.day}日' if start.year == end.year else end.chinese}"


def full_until(calendar: WorkCalendar, first: PartialDate) -> str:
    """Say until when a notice has to stand, by both counts, as far as the calendar's tables reach."""
    try:
        soonest = calendar.end_of(first.date, NOTICE_DAYS)
        surest = calendar.end_of(calendar.next_after(first.date), NOTICE_DAYS)
    except YearUnknownError:
        return "公示期应满五个工作日"
    return f"公示至{_chinese(soonest)}满五个工作日，首日不计入则至{_chinese(surest)}"


def touches_vacation(start: dt.date, end: dt.date) -> bool:
    """Tell whether some day from start to end lies where schools are usually on vacation."""
    years = range(start.year, end.year + 1)
    spans = [(dt.date(year, *first), dt.date(year, *last)) for year in years for first, last in _VACATIONS]
    return any(start <= last and first <= end for first, last in spans)


def _chinese(day: dt.date) -> str:
    return PartialDate(day.year, day.month, day.day).chinese
