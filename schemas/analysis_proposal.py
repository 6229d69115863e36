"""分析研判和初步建议: from the wish to select to the work plan that the committee's discussion comes to (8 to 10)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, ClassVar

from doc_forms.form import About, Count, Day, Form, Line, Part, Problem, Severity, Text, computed, field

from ._case.drawing import Data, alike, department, given
from ._motion import matters_missing
from ._posts import Post
from ._prose import paragraphs_of

if TYPE_CHECKING:
    from .case import Case

_BY_HAND = "\u3000\u3000\u3000年\u3000\u3000月\u3000\u3000日"
_STEPS = (
    ("proposed", "初步建议", "（第九条）"),
    ("reported", "向主要领导报告", "（第十条）"),
    ("discussed", "党委会酝酿", "（第十条）"),
    ("planned", "形成工作方案", "（第十条）"),
)
"""The fields whose days ascend, each with what is done on it."""


class PlannedPost(Post):
    """A post that is to be filled, with the numbers that decide whether it may be."""

    approved: Count | None = field("核定职数", help="同类职务的核定数；留空手写", example="3", blank="")
    filled: Count | None = field("现配人数", help="同类职务现有人数；留空手写", example="2", blank="")
    leaving: Count | None = field("拟免人数", help="这次同时免去的人数，没有填 0", example="0", blank="")
    wanted: Count = field("拟选人数", example="1")

    @computed("配备后人数")
    def after(self) -> str:
        """How many hold such posts afterwards; empty as long as it is not known how many do now."""
        return "" if self.filled is None else str(self.filled + self.wanted - (self.leaving or 0))

    def problems(self) -> Iterator[Problem]:
        """Somebody is wanted; no more than are approved (article 48)."""
        yield from super().problems()
        if not self.wanted:
            yield Problem("wanted", "拟选人数至少为 1")
        if self.approved is not None and self.filled is not None and int(self.after) > self.approved:
            message = f"配备后 {self.after} 人，超过核定的 {self.approved} 人，不准超职数配备（第四十八条），请核对"
            yield Problem("wanted", message, Severity.WARNING)


class PlannedStep(Part):
    """One step of the work plan: what, with whom, when and whose work it is."""

    step: Line = field("步骤", example="会议推荐")
    scope: Line | None = field("范围", help="参加范围或对象；留空手写", example="全体中层干部", blank="")
    start: Day | None = field("开始日期", help="留空手写", example="2026年9月4日", blank="", printed=False)
    end: Day | None = field("结束日期", help="一天完成的不填", blank="", printed=False)
    duty: Line | None = field("责任分工", help="牵头和配合的部门；留空手写", example="组织部牵头", blank="")

    @computed("时间")
    def when(self) -> str:
        """The day or days of the step, the last on a line of its own; the year once, where it is the same."""
        if self.start is None or self.end is None or self.start == self.end:
            return self.start.chinese if self.start else ""
        end = self.end.chinese
        return f"{self.start.chinese}\n至{end.partition('年')[2] if self.end.year == self.start.year else end}"

    def problems(self) -> Iterator[Problem]:
        """It ends after it begins."""
        yield from super().problems()
        if self.end and self.start is None:
            yield Problem("start", "填写了结束日期，也应填写开始日期")
        elif self.end and self.start and self.end < self.start:
            yield Problem("end", "早于开始日期，请核对")


class AnalysisProposal(Form):
    """The record of the motion; the work plan, once there is one, stands on a page of its own.

    What is not filled in is written by hand.
    """

    about = About(
        title="分析研判和初步建议",
        articles=(8, 9, 10),
        file_name="分析研判和初步建议_{拟任职位}",
        roster=False,
        # Its own steps in their order, for posts that may be filled. When the recommendation then begins (10.c)
        # cannot refuse it.
        gates=(8, 9, "10.a", "10.b", "48.1"),
        dated="初步建议日期",
        subjects=("拟任职位.职位名称",),
    )

    organ: Line = field("制表单位", help="写全称", example="中共示例学院委员会组织部")
    opened: Day | None = field(
        "启动意见日期", help="校党委提出启动意见（第八条）；留空手写，以下各项同", prints="chinese", blank=_BY_HAND
    )
    posts: list[PlannedPost] = field("拟任职位", at_least=1)
    analysed: Day | None = field("分析研判日期", prints="chinese", example="2026年8月26日", blank=_BY_HAND)
    analysis: Text | None = field(
        "分析研判情况", help="班子结构、岗位需要、干部队伍情况，可分段", blank="", printed=False
    )
    proposed: Day | None = field("初步建议日期", prints="chinese", example="2026年8月27日", blank=_BY_HAND)
    proposal: Text | None = field(
        "初步建议内容", help="职位、条件、范围、方式、程序和人选意向，一项一段（第九条）", blank="", printed=False
    )
    leaders: Line | None = field("报告对象", help="校党委主要领导成员", example="党委书记、校长", blank="")
    reported: Day | None = field("报告主要领导日期", prints="chinese", example="2026年8月28日", blank=_BY_HAND)
    leaders_opinion: Text | None = field("主要领导意见", blank="", printed=False)
    discussed: Day | None = field("动议党委会日期", prints="chinese", example="2026年8月31日", blank=_BY_HAND)
    discussion: Text | None = field("动议酝酿意见", help="校党委会酝酿的意见", blank="", printed=False)
    plan: list[PlannedStep] = field("工作步骤", help="工作方案的各步骤，一步一行；没有的不印工作方案", at_least=0)
    demands: Text | None = field("工作要求", help="纪律和其他要求，可分段", blank="", printed=False)
    planned: Day | None = field("工作方案日期", prints="chinese", example="2026年9月1日", blank=_BY_HAND)

    analysis_paragraphs: ClassVar = paragraphs_of("analysis", "分析研判各段")
    proposal_paragraphs: ClassVar = paragraphs_of("proposal", "初步建议各段")
    leaders_paragraphs: ClassVar = paragraphs_of("leaders_opinion", "主要领导意见各段")
    discussion_paragraphs: ClassVar = paragraphs_of("discussion", "动议酝酿意见各段")
    demands_paragraphs: ClassVar = paragraphs_of("demands", "工作要求各段")

    @computed("方案缘由")
    def cause(self) -> str:
        """What the plan comes from, in a sentence that can stand without the day of the discussion."""
        decided = f"经{self.discussed.chinese}校党委会酝酿" if self.discussed else "经校党委会酝酿"
        posts = "、".join(f"{post.name}（{post.wanted}名）" for post in self.posts)
        return f"{decided}，就{posts}的选拔任用形成工作方案如下。"

    def problems(self) -> Iterator[Problem]:
        """The steps of articles 8 to 10 follow one another; the proposal speaks of its six matters."""
        yield from super().problems()
        for name, times in Counter(post.name for post in self.posts).items():
            if times > 1:
                yield Problem("posts", f"“{name}”列了 {times} 次，请合并为一项并写明拟选人数")
        yield from self._order_problems()
        if self.proposal and matters_missing(self.proposal):
            message = f"没有写到{'、'.join(matters_missing(self.proposal))}，初步建议应写明这些方面（第九条）"
            yield Problem("proposal", message, Severity.WARNING)
        if self.discussion and self.discussed is None:
            yield Problem("discussed", "填写了酝酿意见，也应填写动议党委会日期")
        for item in self.plan:
            if self.planned and item.start and item.start < self.planned:
                message = f"“{item.step}”{item.start.chinese}开始，早于工作方案日期，请核对"
                yield Problem("plan", message, Severity.WARNING)

    def _order_problems(self) -> Iterator[Problem]:
        for name, what in (("opened", "启动意见"), ("analysed", "分析研判")):
            day = getattr(self, name)
            if day and self.proposed and self.proposed < day:
                where = "（第八条）" if name == "opened" else "（第九条）"
                yield Problem("proposed", f"早于{what}日期，应先有{what}再提出初步建议{where}")
        told = [(name, what, where, getattr(self, name)) for name, what, where in _STEPS if getattr(self, name)]
        for (_, before, _, early), (name, what, where, late) in pairwise(told):
            if late < early:
                yield Problem(name, f"早于{before}的日期，应先{before}再{what}{where}")

    @classmethod
    def from_case(cls, case: Case) -> Iterator[Data]:
        """One record for all posts of the case, as soon as something of the motion is told."""
        if case.motion is None:
            return
        posts = [alike(post, PlannedPost) for post in case.posts]
        yield {**alike(case.motion, cls), **given({"制表单位": department(case), "拟任职位": posts})}

    @classmethod
    def sources(cls, data: Data) -> dict[str, str]:
        """Where the case holds what the record prints."""
        del data
        return {"": "动议", "制表单位": "发文机关.组织部全称", "拟任职位": "职位"}
