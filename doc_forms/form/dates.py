"""Dates as cadres' papers know them: often only a year and a month, printed 1978.03 or 1978年3月."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated, Any

from pydantic import BeforeValidator, PlainSerializer

from doc_forms.form.note import TypeNote
from doc_forms.form.text import as_line, half_width

_SEPARATED = re.compile(r"(\d{4})\s*[.\-/年]\s*(\d{1,2})(?:\s*[.\-/月]\s*(\d{1,2})\s*日?|\s*月)?$")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})?$")
_YEAR = re.compile(r"(\d{4})\s*年?$")
_EARLIEST, _LATEST = 1900, 2100


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A date of which the month and the day may be unknown (0)."""

    year: int
    month: int = 0
    day: int = 0

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read 1978.03, 1978-03, 197803, 1978年3月, 19780315, 1978.3.15 or 1978 (ValueError otherwise)."""
        plain = half_width(text).strip()
        found = _SEPARATED.match(plain) or _COMPACT.match(plain) or _YEAR.match(plain)
        if not found:
            message = "不是日期，请写成 1978.03 或 1978年3月15日 这样"
            raise ValueError(message)
        year, month, day = (int(group or 0) for group in (*found.groups(), None, None)[:3])
        _refuse_impossible(year, month, day, month_given=len(found.groups()) > 1)
        return cls(year, month, day)

    @property
    def iso(self) -> str:
        """The stored form: 1978, 1978-03 or 1978-03-15."""
        if self.day:
            return f"{self.year:04d}-{self.month:02d}-{self.day:02d}"
        return f"{self.year:04d}-{self.month:02d}" if self.month else f"{self.year:04d}"

    @property
    def dotted(self) -> str:
        """The form of tables and of the national approval form: 1978.03 (with .15 where the day is known)."""
        return self.iso.replace("-", ".")

    @property
    def chinese(self) -> str:
        """The form of running text, without leading zeros (GB/T 9704-2012, 7.3.5): 1978年3月."""
        text = f"{self.year}年"
        if self.month:
            text += f"{self.month}月"
        if self.day:
            text += f"{self.day}日"
        return text

    @property
    def date(self) -> dt.date:
        """The calendar day; raises ValueError when month or day is unknown."""
        return dt.date(self.year, self.month, self.day)

    def __str__(self) -> str:
        """The stored form."""
        return self.iso


def _refuse_impossible(year: int, month: int, day: int, *, month_given: bool) -> None:
    if not _EARLIEST <= year <= _LATEST:
        message = f"年份 {year} 不在 {_EARLIEST}—{_LATEST} 之间，请核对"
        raise ValueError(message)
    try:
        if month_given:
            dt.date(year, month, day or 1)
    except ValueError:
        message = f"没有 {year} 年 {month} 月{f' {day} 日' if day else ''}，请核对"
        raise ValueError(message) from None


def _as_partial_date(value: Any) -> PartialDate:
    if isinstance(value, PartialDate):
        return value
    if isinstance(value, dt.date):
        return PartialDate(value.year, value.month, value.day)
    return _parsed(as_line(value))


@lru_cache(maxsize=4096)
def _parsed(text: str) -> PartialDate:
    """The same days come again and again in a roster, and all of them whenever a case is read anew."""
    return PartialDate.parse(text)


def _as_year_month(value: Any) -> PartialDate:
    date = _as_partial_date(value)
    if not date.month:
        message = "缺少月份，请写成 1978.03 这样"
        raise ValueError(message)
    return PartialDate(date.year, date.month)


def _as_day(value: Any) -> PartialDate:
    date = _as_partial_date(value)
    if not date.day:
        message = "缺少日，请写成 2026年9月28日 这样"
        raise ValueError(message)
    return date


_ISO = PlainSerializer(lambda date: date.iso, return_type=str)

AnyDate = Annotated[
    PartialDate,
    BeforeValidator(_as_partial_date),
    _ISO,
    TypeNote("日期", "如 1978.03 或 1978年3月15日", cell="date"),
]
"""A year, a month or a day, as far as it is known."""

YearMonth = Annotated[PartialDate, BeforeValidator(_as_year_month), _ISO, TypeNote("年月", "如 1978.03", cell="date")]
"""A month; a day that was typed as well is dropped."""

Day = Annotated[
    PartialDate, BeforeValidator(_as_day), _ISO, TypeNote("日期", "如 2026年9月28日", cell="date", day=True)
]
"""A full calendar day."""
