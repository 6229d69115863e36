"""The steps of a selection in the order of the regulation, each with its articles, facts and papers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from doc_forms.regulation.procedure import Step

if TYPE_CHECKING:
    from .case import Case

_COMPETITIVE = ("公开选拔", "竞争上岗")


def _selects(case: Case) -> bool:
    """Tell whether the case fills a post at all: some only record a resignation."""
    return not case.leavings or bool(case.posts or case.candidates or case.recommendation)


def _recommends(case: Case) -> bool:
    return _selects(case) and (case.way != "公开选拔" or case.recommendation is not None)


def _competes(case: Case) -> bool:
    return case.way in _COMPETITIVE


def _promotes(case: Case) -> bool:
    """Tell whether somebody is promoted, or may be: only promotions are announced and tried."""
    return _selects(case) and (not case.candidates or any(person.way in (None, "提任") for person in case.candidates))


STEPS: tuple[Step, ...] = (
    Step(
        "分析研判和动议",
        (8, 9, 10, 48),
        (
            "职位[].职位名称",
            "职位[].职务层次",
            "职位[].拟选人数",
            "动议.启动意见日期",
            "动议.分析研判日期",
            "动议.初步建议日期",
            "动议.报告主要领导日期",
            "动议.动议党委会日期",
            "动议.工作方案日期",
        ),
        ("analysis_proposal", "headcount_table"),
        applies=_selects,
    ),
    Step(
        "公开选拔、竞争上岗",
        (38, 39, 40, 41),
        (
            "竞争性选拔.竞争性选拔方案日期",
            "竞争性选拔.公布日期",
            "竞争性选拔.报名人员[].姓名",
            "竞争性选拔.测试测评日期",
        ),
        ("competition_application",),
        applies=_competes,
    ),
    Step(
        "民主推荐",
        (11, 12, 13, 14, 15),
        (
            "民主推荐.谈话推荐.谈话开始日期",
            "民主推荐.谈话推荐.谈话结束日期",
            "民主推荐.谈话推荐.谈话人数",
            "民主推荐.会议推荐.会议日期",
            "民主推荐.会议推荐.实到人数",
            "民主推荐.会议推荐.收回票数",
            "民主推荐.推荐人选[].会议得票",
            "民主推荐.推荐人选[].谈话得票",
        ),
        ("personal_recommendation", "recommendation_interview", "recommendation_ballot"),
        _recommends,
    ),
    Step(
        "推荐情况汇总和汇报",
        (12,),
        ("民主推荐.汇总分析日期", "民主推荐.汇报日期"),
        ("recommendation_summary",),
        _recommends,
    ),
    Step(
        "确定考察对象",
        (2, 3, 4, 5, 6, 7, 16, 17, 18, 43),
        ("考察对象[].姓名", "考察对象[].拟任职务", "考察.确定考察对象日期"),
        (
            "inspection_candidates",
            "recusal_declaration",
        ),
        _selects,
    ),
    Step(
        "组织考察",
        (19, 21, 22, 23, 26),
        (
            "考察.考察组[].姓名",
            "考察.考察方案日期",
            "考察.考察预告日期",
            "考察.考察开始日期",
            "考察.个别谈话[].谈话日期",
            "考察.考察情况[].民主测评.测评日期",
            "考察.考察情况[].面谈日期",
            "考察.考察结束日期",
        ),
        ("inspection_notice", "assessment_ballot", "opinion_form", "interview_record", "assessment_summary"),
        _selects,
    ),
    Step(
        "考察材料和任用建议",
        (20, 24, 25),
        ("考察.考察情况[].考察材料日期", "考察.综合评价日期", "考察.部务会日期", "考察.报告党委日期"),
        ("discipline_inquiry", "matters_verification", "inspection_report"),
        _selects,
    ),
    Step("考察材料归档", (27,), ("考察.归档日期", "考察.归档材料[].材料名称"), applies=_selects),
    Step("酝酿", (28,), ("酝酿.征求意见情况[].日期", "酝酿.酝酿日期"), ("consultation_record",), _selects),
    Step(
        "讨论决定",
        (29, 30, 31, 32, 44),
        ("讨论决定.党委会日期", "讨论决定.应到委员人数", "讨论决定.实到委员人数", "讨论决定.表决情况[].决定"),
        ("appointment_approval", "decision_record"),
        _selects,
    ),
    Step(
        "任前公示",
        (34,),
        ("任前公示.公示开始日期", "任前公示.公示截止日期", "任前公示.公示结果影响任职"),
        ("public_notice",),
        _promotes,
    ),
    Step(
        "任职",
        (33, 36, 37, 49),
        ("任职.任职通知文号", "任职.任职通知日期", "任职.任职情况[].任职时间", "任职.任职谈话[].谈话日期"),
        ("appointment_notice", "appointment_talk"),
        _selects,
    ),
    Step("试用期", (35,), ("任职.试用期考核[].考核日期", "任职.试用期考核[].考核结果"), ("trial_review",), _promotes),
    Step(
        "轮岗交流",
        (42,),
        ("轮岗计算日期", "任职较久的干部[].已安排轮岗"),
        ("rotation_list",),
        lambda case: bool(case.long_serving),
    ),
    Step(
        "免职、辞职和降职",
        (45, 46, 47),
        ("辞职免职降职[].党委决定日期", "辞职免职降职[].文号"),
        ("resignation_approval", "resignation_reply", "removal_notice"),
        lambda case: bool(case.leavings),
    ),
)
"""An article that two steps share is looked after in the first of them."""
