"""What the lines of a 简历 tell when they are read as periods: study or work, gaps, overlaps, sub-periods."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from doc_forms.form import PartialDate

from ._resume import Entry, read_resume

_STUDY = re.compile("学习|攻读|就读|在读|待业|学生$|研究生$|专业$")
_BRACKETS = "（）()【】[] \t　"
_DURING = re.compile(r"^(?:其间|期间|其中)\s*[：:，,]?")
_MONTHS_A_YEAR = 12
Pair = tuple[Entry, Entry]


def is_study(text: str) -> bool:
    """Tell whether the words of an entry speak of study, or of waiting for work, and not of a post."""
    return bool(_STUDY.search(text))


def sub_periods(entry: Entry) -> Iterator[Entry]:
    """Give the periods within an entry: （其间：2008.09--2011.06  在职攻读硕士学位；2012.03--2012.07  挂职）."""
    for line in entry.more:
        inner = _DURING.sub("", line.strip(_BRACKETS)).strip(_BRACKETS)
        for one in re.split("[；;]", inner):
            yield from read_resume(_DURING.sub("", one.strip())).entries


def gaps(entries: Sequence[Entry]) -> Iterator[Pair]:
    """Give the neighbours between which a month or more is told of by no entry."""
    run: Entry | None = None
    for entry in _in_order(entries):
        if run and run.end and months(run.end, entry.start) > 1:
            yield run, entry
        if run is None or (run.end and (entry.end is None or entry.end > run.end)):
            run = entry


def overlaps(entries: Sequence[Entry]) -> Iterator[Pair]:
    """Give the neighbours of which the later begins before the month in which the earlier ends."""
    ordered = _in_order(entries)
    for earlier, later in pairwise(ordered):
        if earlier.end is None or later.start < earlier.end:
            yield earlier, later


def months(earlier: PartialDate, later: PartialDate) -> int:
    """Give the months from one month to another."""
    return (later.year - earlier.year) * _MONTHS_A_YEAR + later.month - earlier.month


def said(entry: Entry) -> str:
    """Name an entry in a message: 2012.08--2015.09 示例学院教学秘书."""
    end = entry.end.dotted if entry.end else "今"
    return f"{entry.start.dotted} 至 {end} {entry.text}".rstrip()


def _in_order(entries: Sequence[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda entry: entry.start)
