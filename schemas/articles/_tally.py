"""Whether the counts of a recommendation or an assessment can be true together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from doc_forms.form.reading import Path
from doc_forms.regulation import need

from .._case.inspection import AssessmentTally
from .._case.recommendation import Meeting, Recommendation
from .._votes import within_seats
from ..case import Case

Fault = tuple[str, Path]
"""What does not go together, and the field to go to."""

_MEETING: Path = ("民主推荐", "会议推荐")
_COUNTS = (("应到", "expected"), ("实到", "present"), ("发出", "issued"), ("收回", "returned"))
_TITLES = {"expected": "应到人数", "present": "实到人数", "issued": "发出票数", "returned": "收回票数"}


def turnout_faults(tally: Meeting | AssessmentTally, path: Path) -> Iterator[Fault]:
    """Find counts that exceed the one they are taken from: expected, present, issued, returned."""
    counts = [(word, need(getattr(tally, name), *path, _TITLES[name]), _TITLES[name]) for word, name in _COUNTS]
    for (word, most, _), (less_word, count, title) in pairwise(counts):
        if count > most:
            yield f"{less_word} {count}，多于{word} {most}", (*path, title)


def tally_faults(case: Case, meeting: Meeting, found: Recommendation) -> Sequence[Fault]:
    """Find what does not go together in the votes of the recommendation (empty where they add up)."""
    faults = list(turnout_faults(meeting, _MEETING))
    returned = need(meeting.returned, *_MEETING, "收回票数")
    spoiled = need(meeting.spoiled, *_MEETING, "作废票数")
    set_aside = spoiled + need(meeting.abstained, *_MEETING, "弃权票数")
    if set_aside > returned:
        return [*faults, (f"作废和弃权 {set_aside} 票，多于收回 {returned} 票", (*_MEETING, "作废票数"))]
    need(found.candidates, "民主推荐", "推荐人选")
    valid = returned - set_aside
    return [*faults, *_votes_of_each(found, valid), *_votes_of_posts(case, found, valid)]


def _votes_of_each(found: Recommendation, valid: int) -> Iterator[Fault]:
    people = found.interviews.people if found.interviews else None
    for number, item in enumerate(found.candidates):
        path: Path = ("民主推荐", "推荐人选", number)
        if item.meeting_votes is not None and item.meeting_votes > valid:
            yield f"{item.name or ''}会议得票 {item.meeting_votes}，多于有效票 {valid}", (*path, "会议得票")
        if item.interview_votes is not None and people is not None and item.interview_votes > people:
            yield f"{item.name or ''}谈话得票 {item.interview_votes}，多于谈话人数 {people}", (*path, "谈话得票")


def _votes_of_posts(case: Case, found: Recommendation, valid: int) -> Iterator[Fault]:
    """Find posts with more votes than their ballots can hold: each names at most as many people as are wanted."""
    votes: dict[str | None, int] = defaultdict(int)
    for item in found.candidates:
        votes[item.for_post] += item.meeting_votes or 0
    for post in case.posts:
        if post.wanted and not within_seats(votes[post.name], post.wanted, valid):
            facts = f"{post.name or ''}共得 {votes[post.name]} 票，{valid} 张有效票最多 {post.wanted * valid} 票"
            yield facts, ("民主推荐", "推荐人选")


def assessment_faults(tally: AssessmentTally, path: Path) -> Sequence[Fault]:
    """Find what does not go together in one person's assessment (empty where it adds up)."""
    faults = list(turnout_faults(tally, path))
    valid = need(tally.returned, *path, "收回票数") - need(tally.spoiled, *path, "作废票数")
    for number, row in enumerate(need(tally.rows, *path, "各项票数")):
        total = sum(count or 0 for count in (row.first, row.second, row.third, row.fourth, row.abstained))
        if total > valid:
            faults.append((f"“{row.item or ''}”共 {total} 票，多于有效票 {valid}", (*path, "各项票数", number)))
    answers = sum(count or 0 for count in (tally.agree, tally.disagree, tally.unsure))
    if answers > valid:
        faults.append((f"对拟任职务的意见共 {answers} 票，多于有效票 {valid}", (*path, "同意票数")))
    return faults
