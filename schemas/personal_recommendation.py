"""个人署名推荐材料: somebody puts forward a person and signs for it; review and the committee's study (article 15)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from doc_forms.form import (
    NO_LINE,
    About,
    Day,
    Degree,
    EthnicGroup,
    Form,
    Line,
    PersonName,
    PoliticalStatus,
    Problem,
    Schooling,
    Severity,
    Sex,
    Text,
    YearMonth,
    YesNo,
    computed,
    field,
)

from ._case.drawing import Data, alike, candidate_of, given, present_post
from ._kinship import kinship_of
from ._prose import paragraphs_of, says_nothing

if TYPE_CHECKING:
    from ._case.posts import PersonalNomination
    from .case import Case

_BY_HAND = "\u3000\u3000\u3000年\u3000\u3000月\u3000\u3000日"
ANY_POST = "处科级干部"
"""What a person is put forward for where no post is named."""


class PersonalRecommendation(Form):
    """One letter about one person, and what became of it.

    What is not filled in is written by hand: the letter before it is signed, the review before it is made.
    """

    about = About(
        title="个人署名推荐材料",
        articles=(15,),
        file_name="个人署名推荐材料_{推荐人}推荐{被推荐人}",
        # Review and study come before the recommendation begins. Whether it is signed is what the paper is for
        # (15.a), and who is then listed all the same (15.b) is the fault of the list.
        gates=("15.c",),
        dated="推荐日期",
        subjects=("被推荐人",),
    )

    addressee: Line = field("主送机关", help="末尾不写冒号，文书会加上", example="中共示例学院委员会")
    by: PersonName = field("推荐人", example="段其琛")
    by_post: Line | None = field(
        "推荐人单位及职务", help="写全称；留空手写", example="计算机科学与工程学院副院长", blank=""
    )
    name: PersonName = field("被推荐人", example="林示例")
    sex: Sex | None = field("性别", help="不清楚的不填，以下各项同", example="女", blank="", printed=False)
    ethnic_group: EthnicGroup | None = field("民族", example="畲族", blank="", printed=False)
    born: YearMonth | None = field("出生年月", example="1986.04", blank="", printed=False)
    political_status: PoliticalStatus | None = field("政治面貌", example="中共党员", blank="", printed=False)
    schooling: Schooling | None = field("学历", example="研究生", blank="", printed=False)
    degree: Degree | None = field("学位", example="教育学硕士", blank="", printed=False)
    post: Line = field("现任职务", help="写全称，含单位", example="计算机科学与工程学院党政办公室主任", printed=False)
    for_post: Line | None = field(
        "推荐职位",
        help=f"推荐担任的职位，写全称；不指定职位的不填，印“{ANY_POST}”",
        example="计算机科学与工程学院副院长",
        blank=ANY_POST,
    )
    relation: Line | None = field("与被推荐人关系", help="如 同事、上级、师生；留空手写", example="同事", blank=NO_LINE)
    reason: Text | None = field("推荐理由", help="德才表现、工作实绩和不足，可分段；留空手写", blank="", printed=False)
    dated: Day | None = field(
        "推荐日期", help="推荐人署名的日期；留空手写", prints="chinese", example="2026年8月26日", blank=_BY_HAND
    )
    qualified: YesNo | None = field("符合条件", help="组织部审核；留空手勾", blank="", printed=False)
    review: Text | None = field("审核意见", help="可分段；留空手写", blank="", printed=False)
    reviewed: Day | None = field("审核日期", prints="chinese", example="2026年8月28日", blank=_BY_HAND)
    admitted: YesNo | None = field("纳入推荐范围", help="党委研究的结果；留空手勾", blank="", printed=False)
    decision: Text | None = field("研究意见", help="可分段；留空手写", blank="", printed=False)
    decided: Day | None = field("党委研究日期", prints="chinese", example="2026年8月31日", blank=_BY_HAND)

    reason_paragraphs: ClassVar = paragraphs_of("reason", "推荐理由各段")
    review_paragraphs: ClassVar = paragraphs_of("review", "审核意见各段")
    decision_paragraphs: ClassVar = paragraphs_of("decision", "研究意见各段")

    @computed("基本情况")
    def introduction(self) -> str:
        """Who is put forward, in one sentence of what is known."""
        born = f"{self.born.chinese}生" if self.born else None
        schooling = "".join(filter(None, (self.schooling, f"（{self.degree}）" if self.degree else None)))
        known = (self.name, self.sex, self.ethnic_group, born, self.political_status, schooling)
        return f"{'，'.join(filter(None, known))}，现任{self.post}。"

    def problems(self) -> Iterator[Problem]:
        """Nobody puts himself forward; the letter, the review and the committee's study follow one another."""
        yield from super().problems()
        if self.addressee.endswith((":", "：")):
            yield Problem("addressee", "末尾不写冒号，文书会自动加上，请删去")
        if self.by == self.name:
            yield Problem("by", "推荐人与被推荐人是同一人，本人不能推荐自己，请核对")
        if self.reason and says_nothing(self.reason):
            yield Problem("reason", "没有写明具体情况；推荐人要负责地写出推荐材料（第十五条）")
        if self.relation and kinship_of(self.relation):
            message = f"推荐人与被推荐人有亲属关系（{self.relation}），请在审核时说明"
            yield Problem("relation", message, Severity.WARNING)
        yield from self._review_problems()
        yield from self._study_problems()

    def _review_problems(self) -> Iterator[Problem]:
        if self.qualified and self.reviewed is None:
            yield Problem("reviewed", "填写了是否符合条件，也应填写审核日期")
        if self.reviewed and self.qualified is None:
            yield Problem("qualified", "填写了审核日期，也应填写是否符合条件")
        if self.dated and self.reviewed and self.reviewed < self.dated:
            yield Problem("reviewed", "早于推荐日期，应先收到署名的推荐材料再审核（第十五条）")

    def _study_problems(self) -> Iterator[Problem]:
        if self.admitted and self.decided is None:
            yield Problem("decided", "填写了是否纳入推荐范围，也应填写党委研究日期")
        if self.admitted == "是" and self.qualified != "是":
            found = "审核不符合条件" if self.qualified else "还没有审核"
            yield Problem("admitted", f"组织部{found}，不能纳入民主推荐范围（第十五条）")
        if self.decided and self.reviewed and self.decided < self.reviewed:
            yield Problem("decided", "早于审核日期，应先由组织部审核再由党委研究（第十五条）")

    @classmethod
    def from_case(cls, case: Case) -> Iterator[Data]:
        """One letter for each personal nomination."""
        for item in case.recommendation.nominations if case.recommendation else []:
            yield _letter(case, item)

    @classmethod
    def sources(cls, data: Data) -> dict[str, str]:
        """Where the case holds what the letter prints."""
        del data
        known = ("性别", "民族", "出生年月", "政治面貌", "学历", "学位")
        entry = "民主推荐.个人推荐[]"
        return {
            "": entry,
            "主送机关": "发文机关.党委全称",
            **{title: f"考察对象[].{title}" for title in known},
            "党委研究日期": f"{entry}.研究纳入日期",
        }


def _letter(case: Case, item: PersonalNomination) -> Data:
    roll = case.recommendation.roll if case.recommendation else []
    rolled = next((one for one in roll if item.name and one.name == item.name), None)
    person = candidate_of(case, item.name)
    own = {
        "主送机关": case.organs.committee if case.organs else None,
        "现任职务": present_post(case, item.name, item.post or (rolled.post if rolled else None)),
        "推荐职位": item.for_post or (case.posts[0].name if len(case.posts) == 1 else None),
        "党委研究日期": item.committee_date,
    }
    known = [alike(part, PersonalRecommendation) for part in (rolled, person, item)]
    return {**known[0], **known[1], **known[2], **given(own)}
