"""Chapter 10, article 46: how long a resignation, a removal or a demotion bars from another post."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from doc_forms.form import PartialDate, Severity
from doc_forms.form.periods import reached, years_later
from doc_forms.form.reading import Path
from doc_forms.regulation import Verdict, article, broken, doubtful, met, need

from .._case.appointment import Leaving
from .._case.people import Candidate
from .._interpretation import Office
from ..case import Case
from ._career import judged
from ._subjects import LADDER, Numbered, candidates, compare, is_decided, is_promotion, reference_day, target_level

_RESIGNED_YEARS = 1
_DEMOTED_YEARS = 2
_RESIGNED = ("引咎辞职", "责令辞职", "问责免职")
_OTHER_SANCTIONS = ("党纪处分", "政务处分", "组织处理")
"""What article 46 calls 党纪、政纪处分和组织处理: the longer of the periods holds."""


class Bar(NamedTuple):
    """Something that keeps a candidate from a post for a time."""

    kind: str
    since: PartialDate
    at: Path
    until: PartialDate | None = None
    """Its own end, where one is stated."""
    level: str | None = None
    """The level of the post that was left, where it is recorded with it."""


def bars(case: Case, subject: Numbered, office: Office, *kinds: str) -> Iterator[Bar]:
    """Give a candidate's resignations, removals and demotions of these kinds: those told, and those of this very case.

    What the case itself records counts once it has happened by the reference day.
    """
    for number, item in enumerate(subject.person.sanctions):
        if item.kind in kinds:
            at = subject.path("受处理情况", number, "处理日期")
            yield Bar(item.kind or "", need(item.date, *at), at, item.until)
    for number, leaving in enumerate(case.leavings):
        kind, day = _kind_of(leaving), leaving.removed or leaving.decided
        own = bool(leaving.name) and leaving.name == subject.person.name
        if own and kind in kinds and day and compare(day, reference_day(case, office)) <= 0:
            yield Bar(kind, day, ("辞职免职降职", number, "党委决定日期"), level=leaving.level)


def _kind_of(leaving: Leaving) -> str:
    """The kind as article 46 weighs it: a removal for which somebody was held to account is one of its own."""
    return "问责免职" if (leaving.kind, leaving.reason) == ("免职", "受到责任追究") else leaving.kind or ""


def _barred(case: Case, subject: Numbered, bar: Bar, years: int, office: Office) -> Verdict:
    """Say whether a period is over on the reference day; the longer of several periods holds.

    The same day so many years later is free (一年内, 两年内); a period with a stated end is over the day after it.
    """
    day = reference_day(case, office)
    facts = f"{bar.kind} {bar.since.chinese}，任职 {day.chinese}"
    later, due = _longest(subject.person, bar), years_later(bar.since, years)
    if later and compare(later, day) >= 0 and compare(later, due) >= 0:
        stated = f"{facts}，影响期至 {later.chinese}"
        sure = is_decided(case) and ((later.day and day.day) or compare(later, day) > 0)
        return (broken if sure else doubtful)(stated, f"影响期满后再任职：{later.chinese}之后", *bar.at)
    remedy = f"满{'一年' if years == _RESIGNED_YEARS else '两年'}后再任职：不早于 {due.chinese}"
    return judged(reached(bar.since, day, years), facts, remedy, bar.at, decided=is_decided(case), office=office)


def _longest(person: Candidate, bar: Bar) -> PartialDate | None:
    """Give the latest stated end of the bar itself and of disciplinary and organizational sanctions beside it."""
    ends = [bar.until, *(item.until for item in person.sanctions if item.kind in _OTHER_SANCTIONS)]
    return max((end for end in ends if end), default=None)


def _former_level(subject: Numbered, bar: Bar) -> str:
    """Give the level of the post that was left: as recorded, else of the last post begun before, by the career."""
    if bar.level:
        return bar.level
    subject.need(subject.person.career, "任职经历")
    lines = [
        (subject.need(line.start, "任职经历", index, "起始时间"), index, line)
        for index, line in enumerate(subject.person.career)
    ]
    before = [line for line in lines if compare(line[0], bar.since) < 0]
    _, index, last = max(before or lines, key=lambda line: line[:2])
    return subject.need(last.level, "任职经历", index, "层次")


def _worst(verdicts: list[Verdict]) -> Verdict | None:
    """Give a violation before a doubt, and a doubt before what is met; None of none."""
    return min(verdicts, key=lambda item: (not item.remedy, item.severity is not None), default=None)


_DEPUTY_BEFORE = {
    "考察对象[0].任职经历[4].层次": "副处级",
    "考察对象[0].任职方式": "重新任职",
    "任职.任职情况[0].通知载明试用期": "否",
    "任职.任职情况[0].试用期开始日期": None,
    "任职.任职情况[0].试用期满日期": None,
}
"""The first candidate held a post of the same level before, for specimens."""


@article(
    46,
    "2a",
    Severity.ERROR,
    "引咎辞职、责令辞职和因问责被免职的，一年内不得重新担任相当的领导职务",
    lawful={"考察对象[0].受处理情况": [{"处理种类": "引咎辞职", "处理日期": "2025-09-22"}], **_DEPUTY_BEFORE},
    unlawful={"考察对象[0].受处理情况": [{"处理种类": "引咎辞职", "处理日期": "2025-09-23"}], **_DEPUTY_BEFORE},
    over=candidates,
)
def one_year_without_an_equal_post(case: Case, subject: Numbered, office: Office) -> Verdict | None:
    """Art. 46, last paragraph: no post of the former level or a higher one within a year.

    Where one of the two levels is none of the ladder's, the posts are taken as equal.
    """
    verdicts = []
    for bar in bars(case, subject, office, *_RESIGNED):
        former, new = _former_level(subject, bar), target_level(case, subject)
        if former in LADDER and new in LADDER and LADDER.index(new) < LADDER.index(former):
            verdicts.append(met(f"{bar.kind}前为{former}，拟任{new}，低于原任职务"))
        else:
            verdicts.append(_barred(case, subject, bar, _RESIGNED_YEARS, office))
    return _worst(verdicts)


@article(
    46,
    "2b",
    Severity.ERROR,
    "受到降职处理的，两年内不得提升职务",
    lawful={"考察对象[0].受处理情况": [{"处理种类": "降职", "处理日期": "2024-09-22"}]},
    unlawful={"考察对象[0].受处理情况": [{"处理种类": "降职", "处理日期": "2024-09-23"}]},
    over=candidates,
)
def two_years_without_promotion(case: Case, subject: Numbered, office: Office) -> Verdict | None:
    """Art. 46, last paragraph: for promotions alone."""
    demotions = list(bars(case, subject, office, "降职"))
    if not demotions or not is_promotion(subject):
        return None
    return _worst([_barred(case, subject, bar, _DEMOTED_YEARS, office) for bar in demotions])
