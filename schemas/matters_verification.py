"""个人有关事项核实情况表: whether what a person reported of the own matters is so (articles 24 and 25)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, ClassVar

from doc_forms.form import (
    NO_LINE,
    About,
    Day,
    Form,
    Line,
    Part,
    PersonName,
    PoliticalStatus,
    Problem,
    Severity,
    Sex,
    Text,
    YearMonth,
    choice,
    field,
)

from ._case.drawing import Data, alike, department, given, proposed_post
from ._conclusions import NOT_VERIFIED
from ._matters import CONCEALED, NEITHER, OMITTED, MattersJudgement
from ._posts import PostLevel
from ._prose import paragraphs_of

if TYPE_CHECKING:
    from ._case.people import Candidate
    from .case import Case

TRUE = "如实填报"
Conclusion = Annotated[str, *choice("核实结论", (TRUE, OMITTED, CONCEALED))]
_BY_HAND = "\u3000\u3000\u3000年\u3000\u3000月\u3000\u3000日"
_PROMOTED = "提任"
_SECTION_LEVELS = ("正科级", "副科级")


class Difference(Part):
    """One matter in which the report and the inquiry differ."""

    matter: Line = field("事项", help="如 房产、持有股票、因私出国", example="房产")
    reported: Line | None = field("填报情况", example="填报住房1套", blank="")
    found: Line = field("核实情况", example="查询有住房1套、车位1个")
    account: Text | None = field("本人说明", help="本人对不一致的说明", example="误以为车位不需填报", blank="")
    judgement: MattersJudgement | None = field("认定", help="留空手写", example=OMITTED, blank="")


class MattersVerification(Form):
    """One person's report, where it differs from what was found, and what is concluded.

    Without a conclusion it is a sheet to be filled by hand.
    """

    about = About(
        title="个人有关事项核实情况表",
        articles=(24, 25),
        file_name="个人有关事项核实情况表_{姓名}",
        gates=("24.2a", "24.2b"),  # reported in time, then verified; what else article 24 asks for is not of this paper
        dated="核实日期",
        subjects=("姓名",),
    )

    organ: Line | None = field("制表单位", help="印在表题之下", example="中共示例学院委员会组织部", blank=NO_LINE)
    name: PersonName = field("姓名", example="林示例")
    sex: Sex = field("性别", example="女")
    born: YearMonth = field("出生年月", example="1986.04")
    political_status: PoliticalStatus = field("政治面貌", example="中共党员")
    post: Line = field("现任职务", help="写全称，含单位", example="计算机科学与工程学院党政办公室主任")
    new_post: Line = field("拟任职务", help="写全称，含单位", example="计算机科学与工程学院副院长")
    level: PostLevel = field("职务层次", help="拟任职务的层次；处级的必须核实（第二十四条）", example="副处级")
    reported: Day | None = field(
        "填报日期", help="本人填报的日期；留空手写", prints="chinese", example="2026年9月10日", blank=_BY_HAND
    )
    verified_by: Line | None = field("核实机关", help="留空手写", example="党委组织部", blank="")
    differences: list[Difference] = field("不一致事项", help="填报与核实不一致的事项，一项一行；没有的不填", at_least=0)
    conclusion: Conclusion | None = field(
        "核实结论", help="印成方框，没有填的留空手勾", example=TRUE, blank="", printed=False
    )
    explanation: Text | None = field("核实说明", help="可分段；留空手写", blank="", printed=False)
    treatment: Text | None = field(
        "处理意见", help="漏报、瞒报的填写怎样处理、是否影响任用；留空手写", blank="", printed=False
    )
    verifiers: list[PersonName] = field("核实人", help="一般不少于两人；留空手写", example="吴试行、郑样", at_least=0)
    verified: Day | None = field("核实日期", help="留空手写", prints="chinese", example="2026年9月15日", blank=_BY_HAND)

    explanation_paragraphs: ClassVar = paragraphs_of("explanation", "核实说明各段")
    treatment_paragraphs: ClassVar = paragraphs_of("treatment", "处理意见各段")

    def problems(self) -> Iterator[Problem]:
        """First the report, then the inquiry; the conclusion is what the differences amount to."""
        yield from super().problems()
        if self.reported and self.verified and self.verified < self.reported:
            yield Problem("verified", "早于填报日期，应先由本人填报再核实（第二十四条）")
        if self.conclusion and self.verified is None:
            yield Problem("verified", "填写了核实结论，也应填写核实日期")
        if self.verified and self.conclusion is None:
            yield Problem("conclusion", "填写了核实日期，也应填写核实结论")
        if self.name in self.verifiers:
            yield Problem("verifiers", f"{self.name}是填报人本人，不能核实自己的填报，请核对")
        if self.conclusion:
            yield from self._conclusion_problems(self.conclusion)

    def _conclusion_problems(self, conclusion: str) -> Iterator[Problem]:
        judged = [item.judgement for item in self.differences]
        worst = CONCEALED if CONCEALED in judged else OMITTED if OMITTED in judged else TRUE
        if None in judged:
            yield Problem("differences", "已有核实结论，每项不一致都应写明认定")
        elif conclusion != TRUE and not judged:
            yield Problem("differences", f"结论为“{conclusion}”，请列明不一致的事项")
        elif conclusion != worst:
            remedy = f"按所列事项的认定，结论应为“{worst}”，请核对"
            yield Problem("conclusion", f"与不一致事项的认定不符：{remedy}")
        if conclusion != TRUE and not self.treatment:
            yield Problem("treatment", f"结论为“{conclusion}”，请写明处理意见", Severity.WARNING)
        for item in self.differences:
            if item.judgement not in (None, NEITHER) and not item.account:
                message = f"“{item.matter}”认定为{item.judgement}，没有本人说明，请核对是否听取"
                yield Problem("differences", message, Severity.WARNING)

    @classmethod
    def from_case(cls, case: Case) -> Iterator[Data]:
        """One sheet for each person to be promoted: always to a division-level post, else where it was verified."""
        for person in case.candidates:
            if person.way in (None, _PROMOTED):
                yield from _sheet(case, person)

    @classmethod
    def sources(cls, data: Data) -> dict[str, str]:
        """Where the case holds what the sheet prints."""
        del data
        found = "考察.考察情况[]"
        concluded = f"{found}.查核个人有关事项报告"
        return {
            "": "考察对象[]",
            "制表单位": "发文机关.组织部全称",
            "职务层次": "职位[].职务层次",
            "填报日期": f"{found}.个人有关事项填报日期",
            "不一致事项": f"{found}.个人有关事项不一致情况",
            "核实人": f"{found}.个人有关事项核实人",
            "处理意见": f"{found}.个人有关事项处理意见",
            "核实结论": f"{concluded}.结果",
            "核实日期": f"{concluded}.日期",
            "核实机关": f"{concluded}.机关",
            "核实说明": f"{concluded}.说明",
        }


def _sheet(case: Case, person: Candidate) -> Iterator[Data]:
    vacancy, entry = case.post_of(person), case.inspection_of(person.name)
    found = entry[1] if entry else None
    said = found.matters if found else None
    level = vacancy.level if vacancy else None
    if said and said.result == NOT_VERIFIED:
        return
    if level in _SECTION_LEVELS and said is None:
        return
    own = {
        "制表单位": department(case),
        "拟任职务": proposed_post(case, person),
        "职务层次": level,
    }
    checked = (
        {
            "填报日期": found.matters_reported,
            "不一致事项": [alike(item, Difference) for item in found.matters_differences],
            "核实人": found.matters_verifiers,
            "处理意见": found.matters_treatment,
        }
        if found
        else {}
    )
    concluded = (
        {
            "核实结论": said.result,
            "核实日期": said.date,
            "核实机关": said.organ,
            "核实说明": said.explanation,
        }
        if said
        else {}
    )
    yield {**alike(person, MattersVerification), **given(own), **given(checked), **given(concluded)}
