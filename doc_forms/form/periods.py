"""Periods of years by calendar months, exact where the days are known and honest where they are not."""

from __future__ import annotations

import calendar
from enum import Enum

from doc_forms.form.dates import PartialDate


class Reached(Enum):
    """Whether a period of years is full: `BORDER` where only unknown days could decide."""

    YES = "yes"
    NO = "no"
    BORDER = "border"


def years_later(date: PartialDate, years: int) -> PartialDate:
    """Give the same day (or month) that many years later; 29 February becomes 28 in a common year."""
    year = date.year + years
    last = calendar.monthrange(year, date.month)[1] if date.month else 0
    return PartialDate(year, date.month, min(date.day, last))


def reached(start: PartialDate, on: PartialDate, years: int) -> Reached:
    """Tell whether `years` full years have passed from `start` to `on` (the anniversary counts as full).

    Where one of the dates lacks its day (or month), the same month (or year) is `BORDER`.
    """
    due = years_later(start, years)
    known = min(_precision(due), _precision(on))
    left, right = _cut(due, known), _cut(on, known)
    if left != right:
        return Reached.YES if left < right else Reached.NO
    return Reached.YES if known == len(("year", "month", "day")) else Reached.BORDER


def months_between(start: PartialDate, end: PartialDate) -> int:
    """Give the full calendar months from start to end; months alone are compared where a day is unknown."""
    months = (end.year - start.year) * 12 + (end.month or 1) - (start.month or 1)
    return months - (1 if start.day and end.day and end.day < start.day else 0)


def duration_text(months: int) -> str:
    """Write a number of months as people say it: 2 年 3 个月."""
    years, rest = divmod(months, 12)
    parts = ([f"{years} 年"] if years else []) + ([f"{rest} 个月"] if rest or not years else [])
    return " ".join(parts)


def _precision(date: PartialDate) -> int:
    return 3 if date.day else 2 if date.month else 1


def _cut(date: PartialDate, precision: int) -> tuple[int, ...]:
    return (date.year, date.month, date.day)[:precision]
