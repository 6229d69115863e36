"""推荐情况汇总表: what a recommendation came to, every rate computed and its base printed (articles 11 to 16)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

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
    choice,
    computed,
    field,
    percent,
)

from ._case.drawing import SOURCES, Data, alike, given, present_post, recommendations
from ._posts import PostLevel
from ._recommendation import Recommendation, VoterType
from ._votes import Ballots, RateBase, rate_base, rate_base_explained, within_seats

if TYPE_CHECKING:
    from ._case.posts import VacantPost
    from .case import Case

MEETING, TALKS = "会议推荐", "谈话调研推荐"
LEAST_TURNOUT_PERCENT = 80
"""Article 13: as a rule four in five of those expected attend the meeting."""
LEAST_INTERVIEWED = 20
"""Article 13: as a rule no fewer people are talked with."""

MOST_TYPES = 5
"""As many types of voter as stand side by side on the paper."""

Key = tuple[str, str]
"""A nominee within the recommendation: the post and the name."""


class Nominee(Part):
    """One person who was recommended, and the votes as counted."""

    name: PersonName = field("姓名", example="林示例")
    post: Line = field("现任职务", help="写全称，含单位", example="示例学院教务处副处长")
    wanted: Line | None = field("推荐职位", help="与推荐职位的职位名称一致；只有一个职位时可不填", blank="")
    votes: Count = field("得票数", example="41")


class TypeVotes(Part):
    """The votes that one type of voter gave one nominee."""

    name: PersonName = field("人选姓名", help="与推荐人选的姓名一致", example="林示例")
    wanted: Line | None = field("推荐职位", help="只有一个职位时可不填", blank="")
    kind: VoterType = field("填表人类别", example="中层正职")
    people: Count = field("参加人数", help="这一类参加推荐的人数", example="20")
    votes: Count = field("得票", help="这一类人投给该人选的票数", example="15")

    def problems(self) -> Iterator[Problem]:
        """Nobody votes twice."""
        yield from super().problems()
        if self.votes > self.people:
            yield Problem("votes", f"得 {self.votes} 票，超过这一类参加推荐的 {self.people} 人，请核对")


class TypeCell(Part):
    """What one type of voter gave one nominee."""

    votes: Line = field("得票")
    rate: Line = field("得票率")


class NomineeResult(Part):
    """One nominee's line of the tally, with the votes of each type of voter where they are stated."""

    name: PersonName = field("姓名")
    post: Line = field("现任职务")
    votes: Count = field("得票数")
    rate: Line = field("得票率")
    first: TypeCell | None = field("第一类", blank="")
    second: TypeCell | None = field("第二类", blank="")
    third: TypeCell | None = field("第三类", blank="")
    fourth: TypeCell | None = field("第四类", blank="")
    fifth: TypeCell | None = field("第五类", blank="")


class PostResult(Part):
    """The tally of one post: its nominees, most votes first."""

    post: Line = field("职位名称")
    level: PostLevel = field("职务层次")
    seats: Count = field("职数")
    nominees: list[NomineeResult] = field("人选", at_least=0)
    total: Count = field("合计得票")


class _Occasion(Recommendation):
    """What was held, when and among whom: the head of the tally."""

    stage: Annotated[str, *choice("推荐类型", (MEETING, TALKS))] = field("推荐类型", example=MEETING)
    held: Day = field("推荐日期", example="2026年9月18日", prints="chinese")
    scope: Text = field("参加推荐范围", example="校领导、全体中层干部和民主党派主要负责人")


class RecommendationSummary(Ballots, _Occasion, Form):
    """The tally of one recommendation meeting or round of talks.

    Valid sheets are those returned without the spoiled and the abstaining. Rates have two decimals, by
    type of voter one decimal and that type's head count as base.
    """

    about = About(
        title="推荐情况汇总表",
        articles=(11, 12, 13, 14, 15, 16),
        file_name="推荐情况汇总表_{推荐类型}_{推荐职位}",
        # 11, 12.4 and 16 look at what is made of the result later
        gates=("12.1", "12.2", "12.3a", "12.3b", 13, 14, 15),
        dated="统计日期",
        subjects=("推荐人选.姓名",),
    )

    base: RateBase = field("比率分母", help="得票率除以什么，印在表上", example="实到人数减作废票", printed=False)
    nominees: list[Nominee] = field("推荐人选", help="按票数自动排序", at_least=0, printed=False)
    by_type: list[TypeVotes] = field("类别得票", help="可不填；填则与总票数核对", at_least=0, printed=False)
    counted: Day = field("统计日期", example="2026年9月18日", prints="chinese")

    @computed("分母说明")
    def base_explained(self) -> str:
        """The base of the rates in words and figures."""
        return rate_base_explained(self.base, self)

    @computed("到会率")
    def turnout(self) -> str:
        """Those present of those expected, in per cent."""
        return percent(self.present, self.expected)

    @computed("得票结果")
    def results(self) -> list[PostResult]:
        """The nominees post by post, most votes first, equal votes as they were typed."""
        return [
            PostResult(
                post=vacancy.name,
                level=vacancy.level,
                seats=vacancy.seats,
                nominees=[self._result(one) for one in self._nominees_of(vacancy.name)],
                total=sum(one.votes for one in self._nominees_of(vacancy.name)),
            )
            for vacancy in self.vacancies
        ]

    @computed("第一类")
    def first_type(self) -> str:
        """The first type of voter and its head count; empty where there is none."""
        return self._type_head(0)

    @computed("第二类")
    def second_type(self) -> str:
        """The second type of voter and its head count; empty where there is none."""
        return self._type_head(1)

    @computed("第三类")
    def third_type(self) -> str:
        """The third type of voter and its head count; empty where there is none."""
        return self._type_head(2)

    @computed("第四类")
    def fourth_type(self) -> str:
        """The fourth type of voter and its head count; empty where there is none."""
        return self._type_head(3)

    @computed("第五类")
    def fifth_type(self) -> str:
        """The fifth type of voter and its head count; empty where there is none."""
        return self._type_head(4)

    @classmethod
    def from_case(cls, case: Case) -> Iterator[Data]:
        """Two tallies a recommendation: of the round of talks, and of the meeting."""
        for posts, head in recommendations(case):
            for stage in (TALKS, MEETING):
                yield {**head, **_tally(case, stage), "推荐人选": _nominees(case, stage, posts) or None}

    @classmethod
    def sources(cls, data: Data) -> dict[str, str]:
        """Where the case holds what the paper prints."""
        if data.get("推荐类型") == MEETING:
            place = "民主推荐.会议推荐"
            own = {"": place, "推荐日期": f"{place}.会议日期", "参加推荐范围": f"{place}.参会人员类别"}
        else:
            place = "民主推荐.谈话推荐"
            own = {"": place, "推荐日期": f"{place}.谈话结束日期", "参加推荐范围": f"{place}.谈话人员类别"}
            own["实到人数"] = f"{place}.谈话人数"
        votes = "会议得票" if data.get("推荐类型") == MEETING else "谈话得票"
        own |= {"推荐人选": "民主推荐.推荐人选", "推荐人选.得票数": f"民主推荐.推荐人选[].{votes}"}
        return {**SOURCES, **own, "比率分母": "民主推荐.比率分母", "统计日期": "民主推荐.汇总分析日期"}

    def problems(self) -> Iterator[Problem]:
        """The votes fit the sheets, the posts and the types of voter; article 13 asks for enough people."""
        yield from super().problems()
        yield from self._turnout_problems()
        yield from self._nominee_problems()
        yield from self._seat_problems()
        yield from self._type_problems()

    def _turnout_problems(self) -> Iterator[Problem]:
        if self.stage == MEETING and self.present * 100 < self.expected * LEAST_TURNOUT_PERCENT:
            message = f"到会 {self.turnout}，低于第十三条一般不少于应到会人数 {LEAST_TURNOUT_PERCENT}% 的要求"
            yield Problem("present", message, Severity.WARNING)
        if self.stage == TALKS and self.present < LEAST_INTERVIEWED:
            message = f"{self.present} 人，少于第十三条谈话推荐一般不少于 {LEAST_INTERVIEWED} 人的要求"
            yield Problem("present", message, Severity.WARNING)

    def _nominee_problems(self) -> Iterator[Problem]:
        posts = {vacancy.name for vacancy in self.vacancies}
        for one in self.nominees:
            wanted = self._wanted(one)
            if not wanted:
                yield Problem("nominees", f"“{one.name}”没有写明推荐职位；推荐职位有多个时应逐人写明")
            elif wanted not in posts:
                yield Problem("nominees", f"“{one.name}”的推荐职位“{wanted}”不在所列推荐职位之中，请核对")
            if one.votes > self.valid:
                yield Problem("nominees", f"“{one.name}”得 {one.votes} 票，超过有效票 {self.valid} 张，请核对")
        for (name, _, _), times in Counter((one.name, one.post, self._wanted(one)) for one in self.nominees).items():
            if times > 1:
                yield Problem("nominees", f"“{name}”在同一职位上列了 {times} 次，请合并")

    def _seat_problems(self) -> Iterator[Problem]:
        for vacancy in self.vacancies:
            votes = sum(one.votes for one in self._nominees_of(vacancy.name))
            if not within_seats(votes, vacancy.seats, self.valid):
                most = vacancy.seats * self.valid
                message = (
                    f"“{vacancy.name}”各人选得票合计 {votes} 票，超过职数 {vacancy.seats} 乘有效票 "
                    f"{self.valid} 张所得的 {most} 票，请核对"
                )
                yield Problem("nominees", message)

    def _type_problems(self) -> Iterator[Problem]:
        if not self.by_type:
            return
        yield from self._type_line_problems()
        heads = self._heads()
        if len(heads) > MOST_TYPES:
            yield Problem("by_type", f"填表人类别有 {len(heads)} 类，至多 {MOST_TYPES} 类，请合并")
        if sum(heads.values()) > self.present:
            message = f"各类别参加人数合计 {sum(heads.values())} 人，超过实到的 {self.present} 人，请核对"
            yield Problem("by_type", message)
        for one in self.nominees:
            yield from self._type_total_problems(one, everybody=sum(heads.values()) == self.present)

    def _type_line_problems(self) -> Iterator[Problem]:
        known = Counter(self._key(one) for one in self.nominees)
        for key, times in Counter(self._key(line) for line in self.by_type).items():
            if not known[key]:
                yield Problem("by_type", f"“{key[1]}”及其推荐职位不在推荐人选之中，请核对")
            elif known[key] > 1 and times:
                yield Problem("by_type", f"推荐人选中有同名的“{key[1]}”，不能按姓名列类别得票，请删去这一项")
        for (key, kind), times in Counter((self._key(line), line.kind) for line in self.by_type).items():
            if times > 1:
                yield Problem("by_type", f"“{key[1]}”的“{kind}”列了 {times} 次，请合并")
        for kind in self._heads():
            people = sorted({line.people for line in self.by_type if line.kind == kind})
            if len(people) > 1:
                numbers = "、".join(str(number) for number in people)
                yield Problem("by_type", f"“{kind}”的参加人数前后不一（{numbers}），请核对")

    def _type_total_problems(self, one: Nominee, *, everybody: bool) -> Iterator[Problem]:
        lines = self._types_of(self._key(one))
        votes = sum(line.votes for line in lines)
        if lines and (votes > one.votes or (everybody and votes != one.votes)):
            message = f"“{one.name}”各类别得票合计 {votes} 票，与得票数 {one.votes} 票不符，请核对"
            yield Problem("by_type", message)

    def _wanted(self, one: Nominee | TypeVotes) -> str:
        return one.wanted or (self.vacancies[0].name if len(self.vacancies) == 1 else "")

    def _key(self, one: Nominee | TypeVotes) -> Key:
        return self._wanted(one), one.name

    def _nominees_of(self, post: str) -> list[Nominee]:
        """The nominees for a post, most votes first."""
        return sorted((one for one in self.nominees if self._wanted(one) == post), key=lambda one: -one.votes)

    def _types_of(self, key: Key) -> list[TypeVotes]:
        return [line for line in self.by_type if self._key(line) == key]

    def _heads(self) -> dict[str, int]:
        """Head counts of the types of voter, as first stated."""
        heads: dict[str, int] = {}
        for line in self.by_type:
            heads.setdefault(line.kind, line.people)
        return heads

    def _result(self, one: Nominee) -> NomineeResult:
        first, second, third, fourth, fifth = self._type_cells(self._key(one))
        return NomineeResult(
            name=one.name,
            post=one.post,
            votes=one.votes,
            rate=percent(one.votes, rate_base(self.base, self)),
            first=first,
            second=second,
            third=third,
            fourth=fourth,
            fifth=fifth,
        )

    def _type_head(self, place: int) -> str:
        heads = list(self._heads().items())
        return "{}\n（{}人）".format(*heads[place]) if place < len(heads) else ""

    def _type_cells(self, key: Key) -> list[TypeCell | None]:
        stated = {line.kind: line for line in self._types_of(key)}
        cells: list[TypeCell | None] = [_type_cell(stated.get(kind)) for kind in self._heads()]
        return [*cells, *[None] * MOST_TYPES][:MOST_TYPES]


def _tally(case: Case, stage: str) -> Data:
    """What was held, when, among whom, and the sheets counted."""
    asked = case.recommendation
    if asked is None:
        return {"推荐类型": stage}
    common: Data = {"推荐类型": stage, "比率分母": asked.rate_base, "统计日期": asked.summary_date}
    if stage == MEETING:
        held = asked.meeting
        own: Data = {"推荐日期": held.date, "参加推荐范围": "、".join(held.groups)} if held else {}
        return {**alike(held, RecommendationSummary), **given({**common, **own})}
    talks = asked.interviews
    own = {"推荐日期": talks.end, "参加推荐范围": "、".join(talks.groups), "实到人数": talks.people} if talks else {}
    return {**alike(talks, RecommendationSummary), **given({**common, **own})}


def _nominees(case: Case, stage: str, posts: list[VacantPost]) -> list[Data]:
    """Everybody who was recommended for one of these posts; who got no vote in one round has 0 there."""
    wanted = {post.name for post in posts}
    return [
        given(
            {
                "姓名": one.name,
                "现任职务": present_post(case, one.name, one.post),
                "推荐职位": one.for_post,
                "得票数": one.meeting_votes if stage == MEETING else one.interview_votes,
            }
        )
        for one in (case.recommendation.candidates if case.recommendation else [])
        if one.for_post in wanted or one.for_post is None
    ]


def _type_cell(line: TypeVotes | None) -> TypeCell:
    if line is None:
        return TypeCell(votes="—", rate="—")
    return TypeCell(votes=str(line.votes), rate=percent(line.votes, line.people, 1))
