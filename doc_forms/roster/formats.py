"""What a number format makes of a number: a date, digits with leading zeros, or plain digits.

The few rules stand here rather than openpyxl's, because loading openpyxl takes longer than reading a
roster, and its table lacks the formats 27-36 and 50-58 that Chinese Excel gives to `1975年10月`
(ECMA-376 part 1, 18.8.30, language zh-cn).
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import cache

_YMD, _YM, _MD, _TIME = "yyyy/m/d", "yyyy/m", "m/d", "h:mm"
BUILT_IN = (
    {0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 49: "@"}
    | dict.fromkeys((14, 15, 22, 30, 31), _YMD)
    | dict.fromkeys((17, 27, 36, 50, 52, 57), _YM)
    | dict.fromkeys((16, 28, 29, 51, 53, 54, 58), _MD)
    | dict.fromkeys((18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47, 55, 56), _TIME)
)
"""Formats that a workbook names by number only, as far as they matter here."""

# Literals ("年", \年), padding (_x, *x) and [colours, conditions, locales]; [h] [mm] [ss] are durations.
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]')
_LAST_SERIAL = 2_958_465
_PHANTOM_LEAP_DAY = 60


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """One number format: its code, and what of a date it shows."""

    code: str
    date: bool = False
    """Shows a day, a month or a year."""
    time: bool = False
    """Shows a time of day or a duration only."""
    month_only: bool = False
    """Shows year and month but no day."""

    @property
    def zeros(self) -> int:
        """Digits shown at least (`00000` shows 00712); 0 for a plain number; -1 when it shows something else."""
        if self.code in ("General", "@", "") or self.code.startswith("G/"):
            return 0
        return len(self.code) if self.code.strip("0") == "" else -1


@cache
def number_format(code: str) -> NumberFormat:
    """Understand a format code such as `yyyy"年"m"月"`."""
    if code.lower() == "general" or code.startswith("G/"):
        return NumberFormat("General")
    signs = _LITERAL.sub("", code.partition(";")[0]).lower()
    day, year = "d" in signs, "y" in signs or "e" in signs.replace("e+", "").replace("e-", "")
    time = bool(re.search("[hs]", signs))
    month = "m" in signs and not (time and not day and not year)
    date = day or year or month
    return NumberFormat(code, date, time and not date, year and month and not day)


def from_serial(serial: float, *, since_1904: bool) -> dt.date:
    """Give the day of Excel's serial number; the time of day is dropped.

    Raises ValueError for numbers that are no day: negative, too large, or 1900-02-29, which Excel has
    and the calendar has not.
    """
    day = int(serial // 1)
    if not 0 < day <= _LAST_SERIAL or (day == _PHANTOM_LEAP_DAY and not since_1904):
        raise ValueError(serial)
    if since_1904:
        return dt.date(1904, 1, 1) + dt.timedelta(days=day)
    return dt.date(1899, 12, 31 if day < _PHANTOM_LEAP_DAY else 30) + dt.timedelta(days=day)
