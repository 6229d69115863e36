"""Counts and rates: whole numbers typed by people, percentages computed by integers."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator

from doc_forms.form.note import TypeNote
from doc_forms.form.text import as_line, half_width

_COUNT = re.compile(r"(\d{1,6})\s*[人票份名次页个]?$")


def _as_count(value: Any) -> int:
    if isinstance(value, bool):
        message = "应为整数，如 12"
        raise ValueError(message)  # noqa: TRY004 - pydantic gathers ValueError, not TypeError
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int):
        if value < 0:
            message = "不能是负数"
            raise ValueError(message)
        return value
    found = _COUNT.match(half_width(as_line(value))) if isinstance(value, str) else None
    if not found:
        message = "应为整数，如 12"
        raise ValueError(message)
    return int(found.group(1))


Count = Annotated[int, BeforeValidator(_as_count), TypeNote("整数", "如 12", cell="number")]
"""A whole number of people, votes or sheets, zero or more."""


def percent(part: int, whole: int, places: int = 2) -> str:
    """Give part of whole in per cent, rounded half up, e.g. `85.71%`; `—` where the whole is zero."""
    if not whole:
        return "—"
    exact = Decimal(part * 100) / Decimal(whole)
    return f"{exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)}%"
