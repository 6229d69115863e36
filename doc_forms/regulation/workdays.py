"""Working days by the official calendar: holidays and the weekends that are worked instead.

The State Council publishes the next year's days late in the autumn. A year without a table is "cannot be
told": nothing is predicted. An office adds a year's table as a JSON file:
`{"年度": 2027, "放假": ["2027-01-01", …], "补班": ["2027-02-06", …]}`.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from doc_forms.errors import DataRefused, Fault, Place

_SATURDAY = 5
_MOST_DAYS = 400


class YearUnknownError(Exception):
    """The official table of that year is not there."""

    def __init__(self, year: int) -> None:
        super().__init__(f"{year} 年的放假安排尚未收录")
        self.year = year


@dataclass(frozen=True)
class WorkCalendar:
    """The published calendar, with the tables that an office added."""

    added: dict[int, tuple[frozenset[dt.date], frozenset[dt.date]]] = field(default_factory=dict)
    """Year -> (days off, weekend days worked)."""

    @classmethod
    def with_tables(cls, files: Iterable[Path]) -> WorkCalendar:
        """Add an office's own tables (DataRefused where a file is not one)."""
        return cls(dict(_read_table(file) for file in files))

    def is_working_day(self, day: dt.date) -> bool:
        """Tell whether a day is worked (YearUnknownError where the year has no table)."""
        if day.year in self.added:
            off, worked = self.added[day.year]
            return day in worked or (day.weekday() < _SATURDAY and day not in off)
        import chinese_calendar  # noqa: PLC0415 - only rules that count working days need it

        try:
            return bool(chinese_calendar.is_workday(day))
        except NotImplementedError:
            raise YearUnknownError(day.year) from None

    def count(self, start: dt.date, end: dt.date) -> int:
        """Give the number of working days from start to end, both counted."""
        days = (end - start).days + 1
        return sum(self.is_working_day(start + dt.timedelta(n)) for n in range(max(0, min(days, _MOST_DAYS))))

    def end_of(self, start: dt.date, working_days: int) -> dt.date:
        """Give the day on which that many working days are full, the start counted where it is worked."""
        day, left = start, working_days - self.is_working_day(start)
        while left > 0:
            day += dt.timedelta(1)
            left -= self.is_working_day(day)
        return day

    def next_after(self, day: dt.date) -> dt.date:
        """Give the first working day after a day."""
        day += dt.timedelta(1)
        while not self.is_working_day(day):
            day += dt.timedelta(1)
        return day


def _read_table(file: Path) -> tuple[int, tuple[frozenset[dt.date], frozenset[dt.date]]]:
    try:
        table = json.loads(file.read_text("utf-8-sig"))
        year = int(table["年度"])
        off, worked = (frozenset(dt.date.fromisoformat(day) for day in table[key]) for key in ("放假", "补班"))
    except (OSError, ValueError, KeyError, TypeError):
        message = "不是放假安排表；应含“年度”“放假”“补班”，日期写成 2027-01-01"
        raise DataRefused(Fault("calendar-table", message, Place(file=file.name))) from None
    if any(day.year != year for day in off | worked):
        message = f"有不属于 {year} 年的日期，请核对"
        raise DataRefused(Fault("calendar-table", message, Place(file=file.name)))
    return year, (off, worked)
