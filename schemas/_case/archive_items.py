"""What the inspection archive of a case must hold (articles 25 and 27), and what the case says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from doc_forms.form import PartialDate
from doc_forms.regulation.material import Handed, Material, never

from .drawing import department, recommends

if TYPE_CHECKING:
    from ..case import Case

BY_HAND = ("recommendation_ballot", "recommendation_interview", "opinion_form", "assessment_ballot")
"""Kinds that are handed out blank: what is kept of them is what came back."""


def _recommends(case: Case, _person: str) -> bool:
    return recommends(case)


def _appoints(case: Case, _person: str) -> bool:
    return bool(appointed(case))


def _leaves(case: Case, _person: str) -> bool:
    return any(leaving.number for leaving in case.leavings)


MATERIALS: tuple[Material, ...] = (
    Material(
        "动议材料",
        (10,),
        kinds=("analysis_proposal",),
        filled=("初步建议日期", "初步建议内容"),
        dated=("初步建议日期",),
        of_person=False,
        required=never,
    ),
    Material(
        "民主推荐材料",
        (27, 12),
        kinds=("recommendation_summary",),
        dated=("推荐日期", "统计日期"),
        of_person=False,
        required=_recommends,
    ),
    Material(
        "个人署名推荐材料",
        (15,),
        kinds=("personal_recommendation",),
        filled=("推荐理由", "推荐日期"),
        dated=("推荐日期",),
        of_person=False,
        required=never,
    ),
    Material("推荐票", (12,), of_person=False, required=never),
    Material(
        "考察对象确定材料",
        (18,),
        kinds=("inspection_candidates",),
        dated=("确定考察对象日期",),
        of_person=False,
        required=never,
    ),
    Material(
        "考察方案和预告", (22, 21), kinds=("inspection_notice",), dated=("预告日期",), of_person=False, required=never
    ),
    Material(
        "征求纪委意见材料",
        (24,),
        kinds=("discipline_inquiry",),
        dated=("成文日期",),
        of_person=False,
        required=never,
    ),
    Material("酝酿材料", (28,), kinds=("consultation_record",), dated=("酝酿日期",), of_person=False, required=never),
    Material(
        "党委会讨论决定材料", (30,), kinds=("decision_record",), dated=("党委会日期",), of_person=False, required=never
    ),
    Material("任前公示材料", (34,), kinds=("public_notice",), dated=("公示日期",), of_person=False, required=never),
    Material(
        "任职通知",
        (37,),
        kinds=("appointment_notice",),
        dated=("成文日期",),
        of_person=False,
        required=_appoints,
        personal=True,
    ),
    Material(
        "免职辞职材料",
        (45, 46),
        kinds=("resignation_approval", "resignation_reply", "removal_notice"),
        dated=("成文日期", "党委会日期", "申请日期"),
        of_person=False,
        required=_leaves,
    ),
    Material("案件其他材料", (27,), of_person=False, required=never),
    Material("工作总结", (27,), by_person=True),
    Material("征求意见表", (27,)),
    Material("民主测评表", (27,)),
    Material("民主测评结果汇总表", (25, 27), kinds=("assessment_summary",), dated=("测评日期",)),
    Material("个别谈话记录", (27,), kinds=("interview_record",), filled=("谈话记录",), dated=("谈话日期",)),
    Material("综合评价材料", (27,)),
    Material("考察材料", (25,), kinds=("inspection_report",), dated=("形成日期",), personal=True),
    Material(
        "审核查核结论材料",
        (25,),
        kinds=("matters_verification",),
        filled=("核实结论",),
        dated=("核实日期",),
        required=never,
    ),
    Material("亲属关系和回避材料", (43, 44), kinds=("recusal_declaration",), dated=("报告日期",), required=never),
    Material(
        "任职谈话记录",
        (36,),
        kinds=("appointment_talk",),
        filled=("谈话日期",),
        dated=("谈话日期",),
        required=never,
    ),
    Material("试用期考核材料", (35,), kinds=("trial_review",), dated=("考核日期",), required=never),
    Material(
        "干部任免审批表",
        (25,),
        kinds=("appointment_approval",),
        dated=("填表时间",),
        required=never,
        personal=True,
    ),
    Material("个人其他材料", (27,), required=never),
)
"""In the order of the catalogue: the whole case first, then each person.

The article's list ends with 等: the items that are never missed are those that an office usually keeps as well.
"""

OTHER = ("案件其他材料", "个人其他材料")
"""Where papers of kinds go that no item names: about several people or none, and about one."""


def people(case: Case) -> list[str]:
    """Give the names of those under inspection, in the order of the case."""
    return [person.name for person in case.candidates if person.name]


def appointed(case: Case) -> list[str]:
    """Give the names of those under inspection who were appointed: their materials go to the personal file, too."""
    terms = case.appointment.terms if case.appointment else []
    names = {term.name for term in terms if term.since}
    return [name for name in people(case) if name in names]


def archived_on(case: Case) -> PartialDate | None:
    """Give the day on which the case was archived."""
    return case.inspection.archived if case.inspection else None


def author(case: Case) -> str:
    """Give who draws up the papers that do not say so themselves."""
    return department(case) or ""


def handed_over(case: Case) -> list[Handed]:
    """Give what the case says was handed over, with its date and pages."""
    items = case.inspection.archive if case.inspection else []
    return [
        Handed(item.name or "", item.about or "", item.date.iso.replace("-", "") if item.date else "", item.pages or 0)
        for item in items
    ]
