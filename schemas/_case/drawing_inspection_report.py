"""The facts of an inspection report, gathered from the whole case (article 25)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .._assessment import OVERALL
from .._conclusions import Conclusion
from .._inspection import AnnualRating, InspectionFile, TeamMember
from .._people import Person
from .._results import MeetingRecommendation, OverallAssessment
from .drawing import Data, alike, given, grade_counts, proposed_post

if TYPE_CHECKING:
    from ..case import Case
    from .inspection import Interviewee, PersonInspection
    from .people import Candidate
    from .recommendation import Recommended

_YEARS = 3
_CONCLUSIONS = ("审核干部人事档案", "查核个人有关事项报告", "听取纪检监察机关意见", "查核信访举报")
_ANSWERS = ("同意", "不同意", "不了解")


def report_of(case: Case, person: Candidate) -> Data:
    """Give what the case knows of the report about one person."""
    _, found = case.inspection_of(person.name) or (0, None)
    return {
        **alike(found, InspectionFile),
        **(_conclusions(found) if found else {}),
        **given(
            {
                "考察对象": alike(person, Person),
                "拟任职务": proposed_post(case, person),
                "近三年年度考核": _ratings(person),
                "会议推荐": _meeting(case, person),
                "谈话调研推荐": _talks(case, person),
                "民主测评": _assessment(found),
                "考察谈话": _interviews(case, person),
                "考察组": [alike(member, TeamMember) for member in case.inspection.team] if case.inspection else [],
                "形成日期": found.written if found else None,
            }
        ),
    }


def _conclusions(found: PersonInspection) -> Data:
    parts = (found.file_audit, found.matters, found.discipline, found.petitions)
    return given({title: alike(part, Conclusion) for title, part in zip(_CONCLUSIONS, parts, strict=True)})


def _ratings(person: Candidate) -> list[Data]:
    dated = sorted((rating for rating in person.ratings if rating.year), key=lambda rating: str(rating.year))
    return [{**alike(rating, AnnualRating), "年度": rating.year.year} for rating in dated[-_YEARS:] if rating.year]


def _meeting(case: Case, person: Candidate) -> Data:
    asked = case.recommendation
    if asked is None or asked.meeting is None:
        return {}
    own = {"得票数": _votes(case, person, "meeting_votes"), "位次": _rank(case, person, "meeting_votes")}
    return {**alike(asked.meeting, MeetingRecommendation), **given({**own, "比率分母": asked.rate_base})}


def _talks(case: Case, person: Candidate) -> Data:
    talks = case.recommendation.interviews if case.recommendation else None
    own = {"得票数": _votes(case, person, "interview_votes"), "位次": _rank(case, person, "interview_votes")}
    return given({"谈话人数": talks.people, **own}) if talks else {}


def _votes(case: Case, person: Candidate, votes: str) -> int | None:
    found: list[int | None] = [getattr(one, votes) for one in _nominees(case, person) if one.name == person.name]
    return found[0] if found else None


def _rank(case: Case, person: Candidate, votes: str) -> int | None:
    """The place among those recommended for the same post; none before everybody's votes are known."""
    own = _votes(case, person, votes)
    others = [getattr(one, votes) for one in _nominees(case, person)]
    if own is None or None in others:
        return None
    return 1 + len([other for other in others if other > own])


def _nominees(case: Case, person: Candidate) -> list[Recommended]:
    """Those recommended for the post that the person is meant for."""
    post = proposed_post(case, person)
    return [
        one for one in (case.recommendation.candidates if case.recommendation else []) if one.for_post in (post, None)
    ]


def _assessment(found: PersonInspection | None) -> Data:
    tally = found.assessment if found else None
    overall = next((row for row in tally.rows if row.item == OVERALL), None) if tally else None
    return {**alike(tally, OverallAssessment), **given({"总体评价": grade_counts(overall) if overall else None})}


def _interviews(case: Case, person: Candidate) -> Data:
    """How many were heard and what they think; the answers are counted when every talk has one."""
    talks: list[Interviewee] = case.inspection.interviews if case.inspection else []
    answers = [talk.agrees for talk in talks if talk.about == person.name]
    if not answers:
        return {}
    counts = {answer: answers.count(answer) for answer in _ANSWERS} if None not in answers else {}
    return {"谈话人数": len(answers), **counts}
