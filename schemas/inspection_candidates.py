"""考察对象建议名单: whom the organization department proposes to inspect, and why they may be (articles 16 to 18)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

from doc_forms.form import (
    NO_LINE,
    About,
    Count,
    Day,
    Degree,
    EthnicGroup,
    Form,
    Line,
    Part,
    PersonName,
    PoliticalStatus,
    Problem,
    Schooling,
    Severity,
    Sex,
    YearMonth,
    YesNo,
    choice,
    computed,
    field,
)

from ._case.drawing import Data, alike, department, given, latest_ratings, proposed_post
from ._case.order import ORDER, order_of
from ._name_order import NameOrdered
from ._posts import Vacancy

if TYPE_CHECKING:
    from ._case.people import Bars, Candidate
    from .case import Case

NONE, SOME = "无", "有"
EQUAL = "个别提拔任职，意见比较集中，等额确定考察对象"
"""The reason that article 18 allows for as many candidates as posts."""
Barred = Annotated[str, *choice("不得列为考察对象的情形", (NONE, SOME))]
_LOW = re.compile("基本称职|基本合格|不称职|不合格")


class Proposed(Part):
    """One person proposed for inspection."""

    name: PersonName = field("姓名", example="林示例")
    sex: Sex = field("性别", example="女")
    born: YearMonth = field("出生年月", example="1986.04")
    ethnic_group: EthnicGroup = field("民族", example="畲族")
    political_status: PoliticalStatus = field("政治面貌", example="中共党员")
    started_work: YearMonth = field("参加工作时间", example="2009.07")
    schooling: Schooling = field("学历", example="研究生")
    degree: Degree | None = field("学位", example="教育学硕士", blank="")
    post: Line = field("现任职务", help="写全称，含单位", example="计算机科学与工程学院党政办公室主任")
    new_post: Line = field("拟任职务", help="与拟任职位的名称一致", example="计算机科学与工程学院副院长")
    meeting_votes: Count | None = field("会议得票", help="会议推荐得票；没有进行的不填", example="50", blank="—")
    interview_votes: Count | None = field("谈话得票", help="谈话调研推荐得票；没有进行的不填", example="19", blank="—")
    ratings: list[Line] = field("近三年年度考核", help="由远到近，一年一行", example="2023合格", at_least=1)
    barred: Barred = field("不得列为考察对象的情形", help="第十七条所列情形，经核查没有的填无", example="无")
    note: Line | None = field("备注", blank="")

    def problems(self) -> Iterator[Problem]:
        """Whom article 17 bars is not proposed."""
        if self.barred == SOME:
            yield Problem("barred", f"{self.name}有第十七条所列情形，不得列为考察对象，请移出名单")
        if any(map(_LOW.search, self.ratings)):
            message = f"{self.name}近三年有基本称职（基本合格）以下等次，不得列为考察对象（第十七条第三项）"
            yield Problem("ratings", message)


class InspectionCandidates(NameOrdered, Form):
    """The list that the committee determines the candidates from."""

    about = About(
        title="考察对象建议名单",
        articles=(16, 17, 18),
        file_name="考察对象建议名单_{拟任职位}",
        gates=(4, "11.1", "11.2", 16, 17, 18),  # who is recommended and not barred; what follows cannot refuse it
        dated="确定考察对象日期",
        subjects=("建议人选.姓名", "建议人选.拟任职务"),
    )

    organ: Line = field("制表单位", help="写全称", example="中共示例学院委员会组织部")
    vacancies: list[Vacancy] = field("拟任职位", at_least=1)
    people: list[Proposed] = field("建议人选", help="一般应当多于拟任职务人数（第十八条）", at_least=1, printed=False)
    considered: YesNo = field(
        "综合比较择优",
        help="综合民主推荐、平时考核、年度考核、一贯表现和人岗相适等情况提出，没有简单以票取人（第十六条）",
        example="是",
        printed=False,
    )
    equal_reason: Line | None = field(
        "等额理由", help="人选数不多于职数的写明理由（第十八条）", example=EQUAL, blank=NO_LINE
    )
    determined: Day | None = field(
        "确定考察对象日期",
        help="党委会研究确定的日期；不填则留空手写",
        blank="　　　　年　　月　　日",
        prints="chinese",
    )

    @computed("建议名单")
    def proposed(self) -> list[Proposed]:
        """The people in the order that is asked for."""
        return self.in_order(self.people, lambda person: person.name)

    @computed("人数说明")
    def numbers(self) -> str:
        """How many are proposed for how many posts."""
        seats = sum(vacancy.seats for vacancy in self.vacancies)
        return f"拟任职务{seats}名，建议考察对象{len(self.people)}名"

    @computed("择优提出", printed=False)
    def is_weighed(self) -> bool:
        """Whether everything was weighed, as article 16 asks."""
        return self.considered == "是"

    def ordered_names(self) -> list[str]:
        """Give the names of the people, as they were entered."""
        return [person.name for person in self.people]

    def problems(self) -> Iterator[Problem]:
        """Everybody is proposed for a listed post, once; article 18 asks for more people than posts."""
        yield from super().problems()
        if not self.is_weighed:
            message = "应综合民主推荐、平时考核、年度考核等情况比较择优，防止简单以票取人（第十六条）"
            yield Problem("considered", message, Severity.WARNING)
        posts = [vacancy.name for vacancy in self.vacancies]
        for post in sorted({post for post in posts if posts.count(post) > 1}):
            yield Problem("vacancies", f"“{post}”列了 {posts.count(post)} 次，请合并为一项并写明职数")
        for name, times in Counter(self.ordered_names()).items():
            if times > 1:
                yield Problem("people", f"{name} 出现 {times} 次，请核对是否重复")
        for person in self.people:
            if person.new_post not in posts:
                yield Problem("people", f"{person.name}的拟任职务“{person.new_post}”不在拟任职位之中，请核对")
        yield from self._number_problems()
        yield from self.order_problems("people")

    def _number_problems(self) -> Iterator[Problem]:
        for vacancy in self.vacancies:
            number = sum(person.new_post == vacancy.name for person in self.people)
            if number <= vacancy.seats and not self.equal_reason:
                message = (
                    f"“{vacancy.name}”职数 {vacancy.seats} 名，人选 {number} 名，一般应当多于拟任职务人数；"
                    "等额的请填写“等额理由”（第十八条）"
                )
                yield Problem("people", message, Severity.WARNING)

    @classmethod
    def from_case(cls, case: Case) -> Iterator[Data]:
        """One list of all whom the case means to inspect."""
        if not case.candidates:
            return
        found = case.inspection
        posts = [given({"职位名称": post.name, "职务层次": post.level, "职数": post.wanted}) for post in case.posts]
        own = {
            "制表单位": department(case),
            "拟任职位": posts,
            "建议人选": [_proposed(case, person) for person in case.candidates],
            "等额理由": EQUAL if found and found.single == "是" else None,
        }
        yield {**alike(found, cls), **given(own), **order_of(case)}

    @classmethod
    def sources(cls, data: Data) -> dict[str, str]:
        """Where the case holds what the list prints."""
        del data
        return {
            **ORDER,
            "": "考察",
            "制表单位": "发文机关.组织部全称",
            "拟任职位": "职位",
            "拟任职位.职数": "职位[].拟选人数",
            "建议人选": "考察对象",
            "建议人选.会议得票": "民主推荐.推荐人选[].会议得票",
            "建议人选.谈话得票": "民主推荐.推荐人选[].谈话得票",
            "建议人选.近三年年度考核": "考察对象[].年度考核",
            "等额理由": "考察.个别提拔等额确定",
        }


def _proposed(case: Case, person: Candidate) -> Data:
    post = proposed_post(case, person)
    asked = case.recommendation.candidates if case.recommendation else []
    votes = next((one for one in asked if one.name == person.name and one.for_post in (post, None)), None)
    own = {
        "拟任职务": post,
        "会议得票": votes.meeting_votes if votes else None,
        "谈话得票": votes.interview_votes if votes else None,
        "近三年年度考核": latest_ratings(person),
        "不得列为考察对象的情形": _barred(person.bars),
    }
    facts = alike(person, Proposed)
    facts.pop("不得列为考察对象的情形", None)  # in the case the title holds the four judgements themselves
    return {**facts, **given(own)}


def _barred(bars: Bars | None) -> str | None:
    """有 as soon as one judgement says so, 无 when all four are stated, None before."""
    stated = (bars.political, bars.unpopular, bars.canvassing, bars.other) if bars else (None,)
    if "是" in stated:
        return SOME
    return None if None in stated else NONE
