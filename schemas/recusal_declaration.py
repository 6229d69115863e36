"""亲属关系及任职回避报告表: who the relatives are, and who has to keep out of what (articles 43 and 44)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, ClassVar

from doc_forms.form import (
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
    YesNo,
    choice,
    computed,
    field,
)

from ._case.drawing import Data, alike, given, proposed_post
from ._case.people import RecusalReason
from ._kinship import Kinship, kinship_of
from ._prose import paragraphs_of

if TYPE_CHECKING:
    from ._case.decision import CommitteeMember
    from ._case.inspection import Inspector
    from .case import Case

NONE = "无"
INSPECTION, DISCUSSION = "干部考察", "党委会讨论"
Occasion = Annotated[str, *choice("场合", (INSPECTION, DISCUSSION))]
_BY_HAND = "\u3000\u3000\u3000年\u3000\u3000月\u3000\u3000日"


class Kin(Part):
    """One relative, as far as recusal asks about."""

    relation: Line = field("称谓", help="对填表人的称谓", example="丈夫")
    name: PersonName = field("姓名", example="陈建川")
    kinship: Kinship | None = field(
        "亲属关系", help="第四十三条的四种关系；不填的按称谓判断", example="夫妻关系", blank="", printed=False
    )
    post: Line | None = field("工作单位及职务", example="示例学院后勤管理处科员", blank="")
    at_school: YesNo | None = field("在本校工作", example="是", blank="")
    recusal: RecusalReason | None = field(
        "回避情形", help="与拟任职务（没有的与现任职务）的关系，组织部审核时核对", example="无", blank=""
    )

    @computed("关系类别")
    def shown_kinship(self) -> str:
        """The kinship of article 43: as it is filled in, else as the word for the relative says."""
        return self.kinship or kinship_of(self.relation) or ""

    def problems(self) -> Iterator[Problem]:
        """The kinship is known, and agrees with the word; who works here is looked at."""
        yield from super().problems()
        told = kinship_of(self.relation)
        if self.kinship is None and told is None:
            message = f"从“{self.relation}”看不出是哪一种亲属关系（第四十三条），请选填；不属于四种关系的不必报告"
            yield Problem("kinship", message, Severity.WARNING)
        elif self.kinship and told and self.kinship != told:
            yield Problem("kinship", f"“{self.relation}”属于{told}，请核对", Severity.WARNING)
        if self.at_school == "是" and self.recusal is None:
            yield Problem("recusal", "在本校工作的亲属，请填写回避情形，没有的填“无”", Severity.WARNING)
        if self.at_school == "否" and self.needs_recusal:
            yield Problem("at_school", f"填为不在本校工作，回避情形却填了“{self.recusal}”，请核对", Severity.WARNING)

    @property
    def needs_recusal(self) -> bool:
        """Whether the relative and the person stand in a relation that article 43 rules out."""
        return self.recusal not in (None, NONE)

    @property
    def cleared(self) -> bool:
        """Whether it is known that they do not."""
        return self.recusal == NONE or (self.recusal is None and self.at_school == "否")


class Withdrawing(Part):
    """A member of the inspection team or of the meeting whom the matter concerns (article 44)."""

    name: PersonName = field("姓名", example="冯敬之")
    post: Line | None = field("单位及职务", example="党委委员、教务处处长", blank="")
    occasion: Occasion = field("场合", example=DISCUSSION)
    relation: Line | None = field("与填表人关系", help="本人或何种亲属", example="表兄", blank="亲属")
    withdrew: YesNo | None = field("已回避", example="是", blank="")

    def problems(self) -> Iterator[Problem]:
        """Whoever is concerned withdraws (article 44)."""
        yield from super().problems()
        if self.withdrew == "否":
            message = f"{self.name}涉及回避关系，必须回避（第四十四条），请另派人员或重新讨论"
            yield Problem("withdrew", message, Severity.WARNING)


class RecusalDeclaration(Form):
    """One person's report, and what the organization department makes of it.

    Without relatives it is a sheet to be filled by hand. Facts that are against the articles are what the paper is
    for: they are printed and pointed out, never refused.
    """

    about = About(
        title="亲属关系及任职回避报告表",
        articles=(43, 44),
        file_name="亲属关系及任职回避报告表_{姓名}",
        gates=(),
        subjects=("姓名",),
    )

    name: PersonName = field("姓名", help="填表人", example="林示例")
    sex: Sex = field("性别", example="女")
    born: YearMonth = field("出生年月", example="1986.04")
    political_status: PoliticalStatus = field("政治面貌", example="中共党员")
    post: Line = field("现任职务", help="写全称，含单位", example="示例学院教务处副处长")
    new_post: Line | None = field("拟任职务", help="不涉及任职的不填", example="示例学院教务处处长", blank=NONE)
    relatives: list[Kin] = field("家庭成员及亲属", help="一人一行；一行没有的印空行供手填", at_least=0)
    reported: Day | None = field("报告日期", help="留空手写", prints="chinese", example="2026年9月9日", blank=_BY_HAND)
    withdrawing: list[Withdrawing] = field(
        "回避人员", help="考察组成员、党委会与会人员中的本人和亲属（第四十四条）；没有不填", at_least=0
    )
    opinion: Text | None = field("组织部意见", help="审核情况和回避办法；留空手写", blank="", printed=False)
    opinion_date: Day | None = field("组织部意见日期", prints="chinese", example="2026年9月11日", blank=_BY_HAND)

    opinion_paragraphs: ClassVar = paragraphs_of("opinion", "组织部意见各段")

    @computed("审核结论")
    def conclusion(self) -> str:
        """Who stands in the way by article 43; empty as long as it is not known of everybody."""
        found = [f"{kin.relation}{kin.name}（{kin.recusal}）" for kin in self.relatives if kin.needs_recusal]
        if found:
            return f"应当回避：{'；'.join(found)}"
        return "没有应当回避的任职关系" if self.relatives and all(kin.cleared for kin in self.relatives) else ""

    def problems(self) -> Iterator[Problem]:
        """Nobody is listed twice or as a relative of oneself; a recusal says how it is brought about."""
        yield from super().problems()
        names = [kin.name for kin in self.relatives]
        if self.name in names:
            yield Problem("relatives", "填表人本人不列为亲属，请删去")
        yield from (
            Problem("relatives", f"{name}重复出现，请核对", Severity.WARNING)
            for name in sorted({name for name in names if names.count(name) > 1})
        )
        if any(kin.needs_recusal for kin in self.relatives) and not self.opinion:
            yield Problem("opinion", "有应当回避的任职关系，请写明回避办法（第四十三条）", Severity.WARNING)
        if self.reported and self.opinion_date and self.opinion_date < self.reported:
            yield Problem("opinion_date", "早于报告日期，请核对")

    @classmethod
    def from_case(cls, case: Case) -> Iterator[Data]:
        """One report for each person under inspection, with those who keep out of the person's matter."""
        for person in case.candidates:
            own = {
                "拟任职务": proposed_post(case, person),
                "家庭成员及亲属": [alike(relative, Kin) for relative in person.relatives],
                "回避人员": list(_withdrawing(case, person.name)),
            }
            plain = {title: value for title, value in alike(person, cls).items() if title != "家庭成员及亲属"}
            yield {**plain, **given(own)}

    @classmethod
    def sources(cls, data: Data) -> dict[str, str]:
        """Where the case holds what the report prints."""
        del data
        return {
            "": "考察对象[]",
            "家庭成员及亲属": "考察对象[].家庭成员及亲属",
            "回避人员": "考察.考察组",
            "回避人员.场合": "考察.考察组",
        }


def _withdrawing(case: Case, name: str | None) -> Iterator[Data]:
    """Members of the team and of the meeting who are this person or a relative."""
    team = case.inspection.team if case.inspection else []
    meeting = case.decision.members if case.decision else []
    for occasion, members in ((INSPECTION, team), (DISCUSSION, meeting)):
        for member in members:
            if name and member.name and name in (member.name, member.related_to):
                yield given({**_who(member, name), "场合": occasion, "已回避": member.withdrew})


def _who(member: Inspector | CommitteeMember, name: str) -> Data:
    relation = "本人" if member.name == name else None
    return {"姓名": member.name, "单位及职务": member.post, "与填表人关系": relation}
