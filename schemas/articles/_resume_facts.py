"""What a 简历 tells against the other facts of the same person: each answer one phrase with both facts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from doc_forms.form import SCHOOLINGS, PartialDate
from doc_forms.form.periods import Reached, reached

from .._case.approval import Education
from .._case.people import Candidate
from .._resume import Entry
from .._resume_periods import gaps, is_study, months, overlaps, said, sub_periods

_SCHOOL_AGE, _WORKING_AGE = 12, 16
_UNIVERSITY = re.compile(r"^.+?(?:大学|学院|学校|党校|研究院|研究所|中学|中专)")
_JOINED = re.compile(r"((?:19|20)\d\d)\s*[.年]\s*(\d{1,2})\s*月?\s*(?:加入中国共产党|入党)")
_IN_BRACKETS = re.compile(r"[（(][^（）()]*[）)]")
_BETWEEN_POSTS = re.compile("[、，,；;]")
_OTHER_WORDS = {"本科": "大学", "大学专科": "大专", "专科": "大专"}


def breaks(entries: Sequence[Entry], on: PartialDate | None) -> Iterator[str]:
    """Gaps and overlaps by the month, and an end before the day on which the form was filled in."""
    for earlier, later in gaps(entries):
        yield f"“{said(earlier)}”与“{said(later)}”之间缺 {months(_end(earlier), later.start)} 个月"
    for earlier, later in overlaps(entries):
        yield f"“{said(earlier)}”与“{said(later)}”时间重叠"
    last = max(entries, key=lambda entry: entry.start)
    if on and last.end and all(entry.end for entry in entries) and months(last.end, on) > 1:
        yield f"“{said(last)}”之后没有经历，填表时间为 {on.dotted}"


def joining(person: Candidate, entries: Sequence[Entry]) -> Iterator[str]:
    """The start of work, and joining the party, against the lines."""
    work = [entry for entry in entries if not is_study(entry.text)]
    started = person.started_work
    if started and work:
        first = min(work, key=lambda entry: entry.start)
        if months(started, first.start):
            yield f"参加工作时间填 {started.dotted}，简历中最早的工作经历是“{said(first)}”"
    joined, first = person.joined_party, min(entries, key=lambda entry: entry.start)
    if not joined:
        return
    if months(first.start, joined) < 0:
        yield f"入党时间填 {joined.dotted}，简历从“{said(first)}”写起，没有写到入党的时候"
    for entry in entries:
        for found in _JOINED.finditer("\n".join((entry.text, *entry.more))):
            told = PartialDate(int(found[1]), int(found[2]))
            if months(told, joined):
                yield f"入党时间填 {joined.dotted}，简历写 {told.dotted} 入党"


def schooling(person: Candidate, entries: Sequence[Entry]) -> Iterator[str]:
    """Schools that no line names, in-service study before work, and a highest schooling that the two do not hold."""
    education = person.education or Education()
    periods = [*entries, *(inner for entry in entries for inner in sub_periods(entry))]
    for title, school in (
        ("全日制毕业院校系", education.full_time_school),
        ("在职毕业院校系", education.in_service_school),
    ):
        found = [period for period in periods if school and _names(period.text, school)]
        if school and not found:
            yield f"{title}填{school}，简历中没有在该校学习的经历"
        started = person.started_work
        early = next((period for period in found if started and months(started, period.start) < 0), None)
        if title.startswith("在职") and early and started:
            yield f"在职教育“{said(early)}”早于参加工作时间 {started.dotted}"
    levels = [text for text in (education.full_time_schooling, education.in_service_schooling) if text]
    both = len(levels) == 2  # noqa: PLR2004 - with one of them absent, the other may be the highest
    if person.schooling and both and not any(_same_level(person.schooling, text) for text in levels):
        yield f"学历填{person.schooling}，学历教育填{'、'.join(levels)}"


def posts(person: Candidate, entries: Sequence[Entry]) -> Iterator[str]:
    """The present post against the lines that go on, and the posts of the case against the lines of their months."""
    if person.post:
        held = [entry for entry in entries if entry.end is None]
        last = max(entries, key=lambda entry: entry.start)
        if not held:
            yield f"现任职务填{person.post}，简历最后一段“{said(last)}”已经截止"
        elif not any(_same_post(person.post, entry.text) for entry in held):
            yield f"现任职务填{person.post}，简历最后一段是“{said(held[-1])}”"
    for line in person.career:
        if not line.start or not line.start.month or not line.post:
            continue
        same = [entry for entry in entries if not months(line.start, entry.start)]
        if not same:
            yield f"任职经历有 {line.start.dotted} 起的{line.post}，简历没有这个时间开始的一段"
        elif line.end and line.end.month and not any(entry.end and not months(line.end, entry.end) for entry in same):
            yield f"任职经历的{line.post}到 {line.end.dotted}，简历写“{said(same[0])}”"


def ages(born: PartialDate, entries: Sequence[Entry]) -> Iterator[str]:
    """Lines that begin at an age at which nobody studies, or works, as they say."""
    for entry in entries:
        least = _SCHOOL_AGE if is_study(entry.text) else _WORKING_AGE
        if reached(born, entry.start, least) is Reached.NO:
            yield f"出生年月填 {born.dotted}，“{said(entry)}”开始时不满 {least} 岁"


def age_on(born: PartialDate, day: PartialDate) -> int:
    """Give the full years by months, as the form counts them."""
    return months(born, day) // 12


def _end(entry: Entry) -> PartialDate:
    return entry.end or entry.start


def _names(text: str, school: str) -> bool:
    """Whether a line names a school: its university, without the department."""
    found = _UNIVERSITY.match(school)
    return _plain(found[0] if found else school) in _plain(text)


def _same_level(level: str, written: str) -> bool:
    for other, word in _OTHER_WORDS.items():
        written = written.replace(other, word)
    best = next((one for one in sorted(SCHOOLINGS, key=len, reverse=True) if one in written), written)
    return best == level


def _same_post(post: str, text: str) -> bool:
    told = _plain(text)
    parts = [part for part in map(_plain, _BETWEEN_POSTS.split(_IN_BRACKETS.sub("", post))) if part]
    return any(part in told or told in part for part in parts)


def _plain(text: str) -> str:
    return "".join(_IN_BRACKETS.sub("", text).split())
