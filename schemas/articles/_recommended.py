"""The democratic recommendation and its two rounds, as the rules of chapter 4 look at them."""

from __future__ import annotations

from doc_forms.form.reading import Path
from doc_forms.regulation import need

from .._case.recommendation import InterviewRound, Meeting, Recommendation
from ..case import Case
from ._subjects import Step, step

TALKS: Path = ("民主推荐", "谈话推荐")
MEETING: Path = ("民主推荐", "会议推荐")


def recommendation_of(case: Case) -> Recommendation | None:
    """Give the recommendation; None for a competition without one (article 40 (5) only allows it there)."""
    if case.way in {"公开选拔", "竞争上岗"} and case.recommendation is None:
        return None
    return need(case.recommendation, "民主推荐")


def talks_of(found: Recommendation) -> InterviewRound:
    """Give the round of talks; stops the rule before there is one."""
    return need(found.interviews, *TALKS)


def meeting_of(found: Recommendation) -> Meeting:
    """Give the meeting; stops the rule before there is one."""
    return need(found.meeting, *MEETING)


def rounds_of(found: Recommendation) -> list[Step]:
    """Give the two rounds with the days on which they ended."""
    return [
        step("谈话调研推荐", talks_of(found).end, *TALKS, "谈话结束日期"),
        step("会议推荐", meeting_of(found).date, *MEETING, "会议日期"),
    ]
