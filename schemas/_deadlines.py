"""The days that a selection has to watch, each with its article."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING

from doc_forms.form import PartialDate
from doc_forms.form.periods import years_later
from doc_forms.regulation import YearUnknownError
from doc_forms.regulation.procedure import Deadline

if TYPE_CHECKING:
    from ._interpretation import Office
    from .case import Case

_NOTICE_DAYS = 5
"""Working days of a public notice (article 34)."""


def deadlines(case: Case, office: Office) -> Iterator[Deadline]:
    """Give every deadline that the case holds the facts of, in the order of the procedure."""
    yield from _validity(case, office)
    yield from _appointment_notice(case, office)
    yield from _reporting(case, office)
    yield from _training(case, office)
    yield from _trial(case, office)


def _validity(case: Case, office: Office) -> Iterator[Deadline]:
    """The result of the recommendation is valid for a year from the round that the setting names (article 11)."""
    asked = case.recommendation
    if asked is None:
        return
    talks = asked.interviews.end if asked.interviews else None
    meeting = asked.meeting.date if asked.meeting else None
    first = office.valid_from(talks, meeting)
    if first is None:
        return
    until = office.points.validity_until
    if until == "确定考察对象之日":
        used = case.inspection.determined if case.inspection else None
    else:
        used = case.decision.date if case.decision else None
    facts = f"推荐 {first.chinese}，结果一年内有效，算到{until}"
    yield Deadline("推荐结果有效期", 11, years_later(first, 1), facts, met=_is_past(used, office))


def _appointment_notice(case: Case, office: Office) -> Iterator[Deadline]:
    """The next working day after the public notice is the first on which the appointment notice may issue (34)."""
    notice = case.notice
    if notice is None or notice.start is None:
        return
    title = "最早可以下发任职通知"
    issued = case.appointment.notice_date if case.appointment else None
    met = _is_past(issued, office)
    try:
        end = notice.end.date if notice.end else _shortest_notice(notice.start.date, office)
        day = office.calendar.next_after(end)
    except YearUnknownError as error:
        yield Deadline(title, 34, None, f"{error}，工作日无从计算", met=met, opens=True)
        return
    planned = "" if notice.end else "（未填截止日期，按五个工作日推算）"
    facts = f"公示到 {_partial(end).chinese}{planned}，其后第一个工作日"
    yield Deadline(title, 34, _partial(day), facts, met=met, opens=True)


def _shortest_notice(start: dt.date, office: Office) -> dt.date:
    """Give the last day of the shortest notice; whether its first day counts is a point of interpretation."""
    counts = office.points.notice_counting == "首日计入"
    return office.calendar.end_of(start if counts else office.calendar.next_after(start), _NOTICE_DAYS)


def _reporting(case: Case, office: Office) -> Iterator[Deadline]:
    """Who is appointed reports within the time that the notice states (article 49)."""
    for term in case.appointment.terms if case.appointment else []:
        if term.report_by:
            done = _is_past(term.reported, office)
            yield Deadline("到任期限", 49, term.report_by, "任职通知规定的时间", term.name or "", done)


def _training(case: Case, office: Office) -> Iterator[Deadline]:
    """Training that was not complete before is completed within a year of the appointment (article 6, item 5)."""
    decided = case.decision.date if case.decision else None
    appointed = {vote.name for vote in case.decision.votes if vote.result == "通过"} if case.decision else set()
    for person in case.candidates:
        if decided and person.name in appointed and person.training_met == "否":
            done = _is_past(person.training_done, office)
            facts = f"任前培训未达标，{decided.chinese}任职后一年内完成"
            yield Deadline("任后培训", 6, years_later(decided, 1), facts, person.name or "", done)


def _trial(case: Case, office: Office) -> Iterator[Deadline]:
    """The trial period ends a year after the appointment; then the person is reviewed (article 35)."""
    made = case.appointment
    if made is None:
        return
    reviewed = {review.name for review in made.reviews if review.result and _is_past(review.date, office)}
    for term in made.terms:
        end = term.trial_end or (years_later(term.trial_start, 1) if term.trial_start else None)
        if end:
            yield Deadline("试用期满", 35, end, "试用期一年，期满考核", term.name or "", term.name in reviewed)


def _is_past(day: PartialDate | None, office: Office) -> bool:
    """Tell whether something was done on the day on which the case is looked at, or before."""
    return day is not None and day <= office.as_of


def _partial(day: dt.date) -> PartialDate:
    return PartialDate(day.year, day.month, day.day)
