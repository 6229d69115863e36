"""Appointment, trial period, resignation, removal and demotion (articles 33, 35-37, 45-47, 49)."""

from __future__ import annotations

from typing import Annotated

from doc_forms.form import (
    AnyDate,
    Day,
    Degree,
    DocumentNumber,
    EthnicGroup,
    Line,
    Part,
    PersonName,
    PoliticalStatus,
    Schooling,
    Sex,
    Text,
    YearMonth,
    YesNo,
    choice,
)

from ._fact import fact, facts
from .inspection import AssessmentTally
from .people import AnyLevel, Candidate

System = Annotated[str, *choice("任用方式", ("委任制", "聘任制"))]
TrialResult = Annotated[str, *choice("考核结果", ("胜任", "不胜任"))]
LeavingKind = Annotated[str, *choice("类型", ("自愿辞职", "引咎辞职", "责令辞职", "免职", "降职"))]
LeavingReason = Annotated[
    str,
    *choice(
        "免职情形",
        (
            "达到任职或退休年龄界限",
            "受到责任追究",
            "不适宜担任现职",
            "违纪违法",
            "辞职或调出",
            "非组织选派离职学习超过一年",
            "因健康原因无法履职一年以上",
            "工作需要或其他原因",
        ),
    ),
]
"""The eight cases of article 45."""
DemotionReason = Annotated[
    str, *choice("降职情形", ("年度考核不称职", "工作能力较弱", "受到组织处理", "其他原因不适宜担任现职务层次"))
]
"""The cases of article 47."""
AuditNeed = Annotated[str, *choice("是否需要审计", ("需要", "不需要"))]
LeavingDecision = Annotated[str, *choice("校党委决定", ("同意", "不同意", "暂缓"))]


class Talk(Part):
    """任职谈话 (article 36)."""

    name: PersonName | None = fact("姓名", "", "林示例")
    talker: Line | None = fact("谈话人", "校党委指定的专人", "党委副书记 何正平")
    date: Day | None = fact("谈话日期", "", "2026-10-09")
    place: Line | None = fact("谈话地点", "", "行政楼305室")
    recorder: PersonName | None = fact("记录人", "", "吴试行")
    merits: Text | None = fact("肯定成绩")
    shortcomings: Text | None = fact("指出不足")
    demands: Text | None = fact("要求和注意事项")
    answer: Text | None = fact("本人表态")


class Term(Part):
    """The appointment of one person: from when, with what trial (articles 35, 37, 49)."""

    name: PersonName | None = fact("姓名", "", "林示例")
    since: Day | None = fact("任职时间", "自党委会决定之日起算", "2026-09-22")
    trial_in_notice: YesNo | None = fact("通知载明试用期", "", "是")
    trial_start: Day | None = fact("试用期开始日期", "", "2026-09-22")
    trial_end: Day | None = fact("试用期满日期", "试用期一年", "2027-09-22")
    report_by: Day | None = fact("到任期限", "通知规定的时间（第四十九条）", "2026-10-15")
    reported: Day | None = fact("到任日期", "", "2026-10-12")


class TrialReview(Part):
    """The review at the end of the trial period (article 35)."""

    name: PersonName | None = fact("姓名")
    date: Day | None = fact("考核日期")
    summary: Text | None = fact("个人总结")
    assessment: AssessmentTally | None = fact("民主测评")
    reviewers: list[PersonName] = facts("考核组成员")
    opinion: Text | None = fact("考核组意见")
    result: TrialResult | None = fact("考核结果")
    outcome: Line | None = fact("处理", "正式任职，或免去试任职务、按试任前职级安排")
    committee_opinion: Text | None = fact("校党委意见")
    committee_date: Day | None = fact("校党委决定日期")


class Appointment(Part):
    """任职 (articles 33-37)."""

    system: System | None = fact("任用方式", "", "委任制")
    hired_reason: Line | None = fact("聘任理由", "聘任制限于少数专业性较强的领导职务（第三十三条）")
    number: DocumentNumber | None = fact("任职通知文号", "", "示院委〔2026〕28号")
    notice_date: Day | None = fact("任职通知日期", "", "2026-10-09")
    terms: list[Term] = facts("任职情况")
    talks: list[Talk] = facts("任职谈话")
    reviews: list[TrialReview] = facts("试用期考核")


class Leaver(Part):
    """Who the person is that leaves a post; not filled for somebody who is under inspection in the same case."""

    sex: Sex | None = fact("性别", "", "女")
    born: YearMonth | None = fact("出生年月", "", "1982.04")
    ethnic_group: EthnicGroup | None = fact("民族", "", "畲族")
    native_place: Line | None = fact("籍贯", "", "福建福安")
    political_status: PoliticalStatus | None = fact("政治面貌", "", "中共党员")
    joined_party: YearMonth | None = fact("入党时间", "", "2003.06")
    started_work: YearMonth | None = fact("参加工作时间", "", "2004.07")
    schooling: Schooling | None = fact("学历", "", "研究生")
    degree: Degree | None = fact("学位", "", "教育学硕士")
    professional_title: Line | None = fact("专业技术职务", "", "副教授")


class Leaving(Part):
    """A resignation, a removal or a demotion (articles 45-47)."""

    name: PersonName | None = fact("姓名")
    kind: LeavingKind | None = fact("类型", "", "自愿辞职")
    post: Line | None = fact("原任职务")
    level: AnyLevel | None = fact("原任层次")
    reason: LeavingReason | None = fact("免职情形")
    account: Text | None = fact("原因说明")
    age_limit: AnyDate | None = fact("到龄日期", "达到任职或退休年龄界限的日期，因到龄免职的填写")
    away_since: AnyDate | None = fact("离岗起始日期", "离职学习或因健康原因不能履职的填写")
    away_until: AnyDate | None = fact("离岗截止日期", "离职学习填学习期满日期；因健康原因仍未到岗的不填")
    applied: Day | None = fact("书面申请日期")
    unit_consent: Day | None = fact("所在单位同意日期")
    decided: Day | None = fact("党委决定日期")
    ordered: Day | None = fact("责令通知日期", "责令辞职的填写")
    last_day: Day | None = fact("最后在岗日期", "未经批准不得擅离职守")
    refused: YesNo | None = fact("拒不辞职", "责令辞职的填写", "否")
    removed: Day | None = fact("免职日期", "拒不辞职的应当免去现职")
    rated_unfit: YesNo | None = fact("年度考核不称职", "年度考核被确定为不称职填是（第四十七条）", "否")
    demotion: DemotionReason | None = fact("降职情形", "降职的填写（第四十七条）")
    new_post: Line | None = fact("降职后职务", "降职的填写，写全称", "示例学院图书馆流通部主任")
    new_level: AnyLevel | None = fact("降职后层次", "降职的填写")
    number: DocumentNumber | None = fact("文号")
    dated: Day | None = fact("成文日期", "批复或免职通知的日期")
    addressee: Line | None = fact(
        "主送机关", "批复送来文单位；免职通知不填的按发文机关所填", "计算机科学与工程学院党总支"
    )
    request: Line | None = fact("来文标题", "批复所答复的请示，不写书名号")
    request_number: DocumentNumber | None = fact("来文字号")
    requested_by: Line | None = fact("来文单位简称", "正文中的称呼", "你总支")
    person: Leaver | None = fact("本人情况", "不是本案考察对象的填写")
    in_post_since: YearMonth | None = fact("任现职时间", "", "2022.03")
    leaves_service: YesNo | None = fact("同时辞去公职", "", "否")
    unit_opinion: Text | None = fact("所在单位意见", "留空的由各单位在表上手写，以下各项意见同")
    discipline_opinion: Text | None = fact("纪委意见")
    discipline_date: Day | None = fact("纪委意见日期")
    audit_need: AuditNeed | None = fact("是否需要审计", "经济责任审计")
    audit_opinion: Text | None = fact("审计意见")
    audit_date: Day | None = fact("审计意见日期")
    organization_opinion: Text | None = fact("组织部意见")
    organization_date: Day | None = fact("组织部意见日期")
    decision: LeavingDecision | None = fact("校党委决定")
    committee_opinion: Text | None = fact("校党委意见")
    note: Text | None = fact("备注")


__all__ = ["Appointment", "Candidate", "Leaving", "Talk", "Term", "TrialReview"]
