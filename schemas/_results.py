"""Recommendation, assessment and interviews as numbers that add up (article 25, item 3)."""

from __future__ import annotations

from collections.abc import Iterator

from doc_forms.form import Count, Part, Problem, computed, field, percent

from ._assessment import OVERALL, GradeCounts, Graded
from ._votes import Ballots, RateBase, Sheets, rate_base


def _rank_problems(rank: int) -> Iterator[Problem]:
    if rank < 1:
        yield Problem("rank", "位次从 1 起")


class MeetingRecommendation(Ballots):
    """What the recommendation meeting gave one person."""

    votes: Count = field("得票数", example="72")
    rank: Count = field("位次", help="按得票多少排列的位次", example="1")
    base: RateBase = field("比率分母", help="与推荐情况汇总表一致", example="有效票")

    @computed("得票率")
    def rate(self) -> str:
        """Votes in per cent of the stated base."""
        return percent(self.votes, rate_base(self.base, self))

    def problems(self) -> Iterator[Problem]:
        """The votes stay within the valid ballots."""
        yield from super().problems()
        yield from _rank_problems(self.rank)
        if self.votes > self.valid:
            yield Problem("votes", f"得票 {self.votes} 张，超过有效票 {self.valid} 张，请核对")


class TalkRecommendation(Part):
    """What the recommendation talks gave one person."""

    people: Count = field("谈话人数", help="参加谈话调研推荐的人数", example="58")
    votes: Count = field("得票数", help="推荐此人的人数", example="49")
    rank: Count = field("位次", help="按得票多少排列的位次", example="1")

    @computed("得票率")
    def rate(self) -> str:
        """Votes in per cent of the people talked with."""
        return percent(self.votes, self.people)

    def problems(self) -> Iterator[Problem]:
        """Nobody is recommended more often than there were talks."""
        yield from super().problems()
        yield from _rank_problems(self.rank)
        if self.votes > self.people:
            yield Problem("votes", f"得票 {self.votes} 票，超过谈话的 {self.people} 人，请核对")


class OverallAssessment(Graded, Sheets):
    """The assessment ballots and their overall judgement."""

    overall: GradeCounts = field("总体评价", help="测评结果汇总表的“总体评价”一行")

    @computed("二档以上比率")
    def good_rate(self) -> str:
        """The two upper grades together in per cent of the valid ballots."""
        return percent(self.overall.first + self.overall.second, self.valid)

    def problems(self) -> Iterator[Problem]:
        """The overall grades add up to the valid ballots."""
        yield from super().problems()
        if self.overall.item != OVERALL:
            yield Problem("overall", f"应填“{OVERALL}”一行，现为“{self.overall.item}”")
        if self.spoiled <= self.returned and self.overall.total != self.valid:
            message = f"四档和弃权合计 {self.overall.total} 张，与有效票 {self.valid} 张不符，请核对"
            yield Problem("overall", message)


class Interviews(Part):
    """What those interviewed think of the proposed post."""

    people: Count = field("谈话人数", help="参加考察谈话的人数", example="42")
    agree: Count = field("同意", help="同意拟任职务的人数", example="40")
    disagree: Count = field("不同意", help="没有填 0", example="0")
    unsure: Count = field("不了解", help="没有填 0", example="2")

    @computed("同意率")
    def agree_rate(self) -> str:
        """Those who agree in per cent of the people interviewed."""
        return percent(self.agree, self.people)

    def problems(self) -> Iterator[Problem]:
        """The three answers add up to the people interviewed."""
        yield from super().problems()
        total = self.agree + self.disagree + self.unsure
        if total != self.people:
            message = f"同意、不同意、不了解合计 {total} 人，与谈话的 {self.people} 人不符，请核对"
            yield Problem("people", message)
