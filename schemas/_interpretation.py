"""How this office reads the regulation where the text leaves room: each point named, with its default and why.

The settings are data: an office keeps its own as `interpretation.json` beside its cases, keyed by the titles.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from doc_forms.form import Count, Part, PartialDate, YesNo, choice, field
from doc_forms.regulation import WorkCalendar

PartyAge = Annotated[str, *choice("党龄起算", ("转正时间", "入党时间"))]
Counting = Annotated[str, *choice("公示期计法", ("首日计入", "首日不计入"))]
Denominator = Annotated[str, *choice("应到计法", ("含回避成员", "不含回避成员"))]
ValidityEnd = Annotated[str, *choice("推荐有效期止点", ("确定考察对象之日", "党委会决定之日"))]
ValidityStart = Annotated[str, *choice("推荐有效期起点", ("两轮中较早的一轮", "会议推荐之日"))]
SameMonth = Annotated[str, *choice("年月恰满", ("提请核对", "视为已满"))]
Rating = Annotated[str, *choice("年度考核缺失", ("提请核对", "不作要求"))]


class Interpretation(Part):
    """The points of interpretation. Each help text says what the regulation says and why this is the default."""

    junior_years: Count | None = field(
        "副科级在编在岗年限",
        help="第六条第三项“在编在岗以上”缺年数，规定原文如此；没有默认值，须由校党委组织部解释（第五十四条）后填写",
        blank="",
    )
    party_age_from: PartyAge = field(
        "党龄起算",
        help="第六条第七项只说“三年以上的党龄”；党章规定党龄从预备期满转为正式党员之日算起，故默认 转正时间",
        default="转正时间",
    )
    trial_counts: YesNo = field(
        "试用期计入任职年限",
        help="第六条第三项未说明；惯例是考核胜任正式任职后，试用期计入任职年限，故默认 是",
        default="是",
    )
    same_month: SameMonth = field(
        "年月恰满",
        help="规定只说满几年；档案中的日期常只到年月，按月算恰好满时差几天无从知道，故默认 提请核对，也可 视为已满",
        default="提请核对",
    )
    validity_from: ValidityStart = field(
        "推荐有效期起点",
        help="第十一条说推荐结果“在一年内有效”，未说从哪一轮算起；从严，默认 两轮中较早的一轮",
        default="两轮中较早的一轮",
    )
    validity_until: ValidityEnd = field(
        "推荐有效期止点",
        help="第十一条说推荐结果“在一年内有效”，未说到哪一天为止；推荐结果用于确定考察对象，故默认 确定考察对象之日",
        default="确定考察对象之日",
    )
    withdrawn_expected: Denominator = field(
        "应到会成员计法",
        help="第三十一条以“应到会成员超过半数”为准，未说回避成员是否计入；从严，默认 含回避成员",
        default="含回避成员",
    )
    notice_counting: Counting = field(
        "公示期计法",
        help="第三十四条“不少于五个工作日”；公示通告通常把首日计入，故默认 首日计入，同时说明首日不计入时的天数",
        default="首日计入",
    )
    family_planning_asked: YesNo = field(
        "征求计划生育部门意见",
        help="第二十四条列有计划生育部门；多数学校已无此部门，规定未改之前默认 是，已撤并的可改为 否",
        default="是",
    )
    public_security_asked: YesNo = field(
        "征求综治部门意见",
        help="第二十四条列有综治部门；名称已变的学校由承担其职责的部门出具，默认 是",
        default="是",
    )
    ratings_missing: Rating = field(
        "年度考核不满三年",
        help="第十七条第三项看近三年结果；不满三年或未定等次时规定未说如何，默认 提请核对",
        default="提请核对",
    )
    vacation_noted: YesNo = field(
        "提示公示期跨寒暑假",
        help="寒暑假仍是工作日，但校内少有人看到公示，规定没有说；默认 是，写明理由即可照办",
        default="是",
    )


@dataclass(frozen=True)
class Office:
    """What a rule may ask besides the case."""

    points: Interpretation
    calendar: WorkCalendar
    as_of: PartialDate
    """The day on which the case is looked at."""

    def valid_from(self, talks: PartialDate | None, meeting: PartialDate | None) -> PartialDate | None:
        """Give the day from which a recommendation's year counts (article 11); None before that round was held."""
        if self.points.validity_from == "会议推荐之日":
            return meeting
        return min((day for day in (talks, meeting) if day), default=None)
