"""谈话调研推荐表: one talk, its recommendations and their reasons, kept in confidence (articles 12 and 13)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from doc_forms.form import (
    About,
    Count,
    Day,
    Form,
    Line,
    Part,
    PersonName,
    Problem,
    Severity,
    Text,
    computed,
    field,
)

from ._case.drawing import SOURCES, Data, alike, recommendations
from ._people import Colleague
from ._recommendation import Recommendation, VoterType

if TYPE_CHECKING:
    from .case import Case


class Nomination(Part):
    """One person whom the interviewee recommends, for which post and why."""

    name: PersonName = field("姓名", example="林示例")
    post: Line = field("现任职务", help="写全称，含单位", example="示例学院教务处副处长")
    wanted: Line | None = field("推荐职位", help="与上面的职位名称一致；只有一个职位时可不填", blank="")
    reasons: Text | None = field("推荐理由", help="德才表现和工作实绩", example="政治坚定，熟悉教学管理", blank="")
    shortcomings: Text | None = field("主要不足", example="到基层调研不够经常", blank="")


class NominationBlock(Part):
    """The lines of one nomination as printed: filled, or empty to be written by hand."""

    number: Count = field("序号")
    wanted: Line | None = field("推荐职位", blank="")
    name: PersonName | None = field("姓名", blank="")
    post: Line | None = field("现任职务", blank="")
    reasons: Text | None = field("推荐理由", blank="")
    shortcomings: Text | None = field("主要不足", blank="")


class RecommendationInterview(Recommendation, Form):
    """What one interviewee recommends; prints empty lines for whatever is to be written during the talk."""

    about = About(
        title="谈话调研推荐表",
        articles=(12, 13),
        file_name="谈话调研推荐表_{推荐职位}_{被谈话人姓名}",
        gates=(),  # handed out before the talks
    )

    interviewers: list[Colleague] = field("谈话组成员", help="至少两人", at_least=2)
    recorder: PersonName = field("记录人", example="吴记录")
    held: Day | None = field("谈话日期", help="不填则留空手写", example="2026年9月16日", blank="", prints="chinese")
    hours: Line | None = field("谈话时间", help="起止时刻", example="9:00至9:30", blank="")
    place: Line | None = field("谈话地点", example="行政楼 305 会议室", blank="")
    interviewee: PersonName | None = field("被谈话人姓名", help="不填则留空手写", example="周示范", blank="")
    unit: Line | None = field("被谈话人单位", example="计算机科学与工程学院", blank="")
    post: Line | None = field("被谈话人职务", example="党总支书记", blank="")
    kind: VoterType | None = field("被谈话人类别", example="中层正职", blank="")
    nominations: list[Nomination] = field("推荐人选", help="不填则按职数印空行", at_least=0, printed=False)
    advice: Text | None = field("其他建议", help="对干部队伍建设的意见建议", blank="")

    @computed("推荐内容")
    def blocks(self) -> list[NominationBlock]:
        """The nominations by the order of the posts; empty ones, as many as are wanted, where none is given."""
        if self.nominations:
            return [_filled(number, one, self._wanted(one)) for number, one in enumerate(self._in_order(), start=1)]
        wanted = [vacancy.name for vacancy in self.vacancies for _ in range(vacancy.seats)]
        return [NominationBlock(number=number, wanted=post) for number, post in enumerate(wanted, start=1)]

    @classmethod
    def from_case(cls, case: Case) -> Iterator[Data]:
        """The form to be written on in the talks; what people said in confidence does not stand in the case."""
        talks = case.recommendation.interviews if case.recommendation else None
        for _, head in recommendations(case):
            yield {**alike(talks, cls), **head}

    @classmethod
    def sources(cls, data: Data) -> dict[str, str]:
        """Where the case holds what the paper prints."""
        del data
        return {**SOURCES, "": "民主推荐.谈话推荐"}

    def problems(self) -> Iterator[Problem]:
        """Every nomination is for a listed post, once; more than are wanted is a warning."""
        yield from super().problems()
        posts = {vacancy.name for vacancy in self.vacancies}
        for one in self.nominations:
            wanted = self._wanted(one)
            if not wanted:
                yield Problem("nominations", f"“{one.name}”没有写明推荐职位；推荐职位有多个时应逐人写明")
            elif wanted not in posts:
                yield Problem("nominations", f"“{one.name}”的推荐职位“{wanted}”不在所列推荐职位之中，请核对")
        yield from self._count_problems()

    def _count_problems(self) -> Iterator[Problem]:
        people = Counter((one.name, one.post, self._wanted(one)) for one in self.nominations)
        for (name, _, _), times in people.items():
            if times > 1:
                yield Problem("nominations", f"“{name}”在同一职位上推荐了 {times} 次，请删除重复项")
        for post, number in Counter(self._wanted(one) for one in self.nominations).items():
            seats = self.seats_of(post)
            if seats and number > seats:
                message = f"“{post}”推荐了 {number} 人，超过职数 {seats} 名，请核对"
                yield Problem("nominations", message, Severity.WARNING)

    def _wanted(self, one: Nomination) -> str:
        return one.wanted or (self.vacancies[0].name if len(self.vacancies) == 1 else "")

    def _in_order(self) -> list[Nomination]:
        order = [vacancy.name for vacancy in self.vacancies]
        return sorted(self.nominations, key=lambda one: order.index(self._wanted(one)))


def _filled(number: int, one: Nomination, wanted: str) -> NominationBlock:
    return NominationBlock(
        number=number,
        wanted=wanted,
        name=one.name,
        post=one.post,
        reasons=one.reasons,
        shortcomings=one.shortcomings,
    )
