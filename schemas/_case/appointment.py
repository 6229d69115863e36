"""Appointment, trial period, resignation, removal and demotion (articles 33, 35-37, 42, 45-47, 49)."""

from __future__ import annotations

from typing import Annotated

from doc_forms.form import Day, DocumentNumber, Line, Part, PersonName, Text, YesNo, choice

from ._fact import fact, facts
from .people import AnyLevel, Candidate, Experience

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


class Talk(Part):
    """任职谈话 (article 36)."""

    name: PersonName | None = fact("姓名", "", "林示例")
    talker: Line | None = fact("谈话人", "校党委指定的专人", "党委副书记 何正平")
    date: Day | None = fact("谈话日期", "", "2026-10-09")
    merits: Text | None = fact("肯定成绩")
    shortcomings: Text | None = fact("指出不足")
    demands: Text | None = fact("要求和注意事项")


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
    result: TrialResult | None = fact("考核结果")
    outcome: Line | None = fact("处理", "正式任职，或免去试任职务、按试任前职级安排")


class Appointment(Part):
    """任职 (articles 33-37)."""

    system: System | None = fact("任用方式", "", "委任制")
    hired_reason: Line | None = fact("聘任理由", "聘任制限于少数专业性较强的领导职务（第三十三条）")
    number: DocumentNumber | None = fact("任职通知文号", "", "示院委〔2026〕28号")
    notice_date: Day | None = fact("任职通知日期", "", "2026-10-09")
    terms: list[Term] = facts("任职情况")
    talks: list[Talk] = facts("任职谈话")
    reviews: list[TrialReview] = facts("试用期考核")


class LongServing(Part):
    """A division-level official and the posts held, for rotation (article 42)."""

    name: PersonName | None = fact("姓名")
    level: AnyLevel | None = fact("层次", "", "正处级")
    career: list[Experience] = facts("任职经历")
    rotated: YesNo | None = fact("已安排轮岗", "", "")


class Leaving(Part):
    """A resignation, a removal or a demotion (articles 45-47)."""

    name: PersonName | None = fact("姓名")
    kind: LeavingKind | None = fact("类型", "", "自愿辞职")
    post: Line | None = fact("原任职务")
    level: AnyLevel | None = fact("原任层次")
    reason: LeavingReason | None = fact("免职情形")
    account: Text | None = fact("原因说明")
    applied: Day | None = fact("书面申请日期")
    unit_consent: Day | None = fact("所在单位同意日期")
    decided: Day | None = fact("党委决定日期")
    ordered: Day | None = fact("责令通知日期", "责令辞职的填写")
    last_day: Day | None = fact("最后在岗日期", "未经批准不得擅离职守")
    refused: YesNo | None = fact("拒不辞职", "责令辞职的填写", "否")
    removed: Day | None = fact("免职日期", "拒不辞职的应当免去现职")
    rated_unfit: YesNo | None = fact("年度考核不称职", "年度考核被确定为不称职填是（第四十七条）", "否")
    new_level: AnyLevel | None = fact("降职后层次", "降职的填写")
    number: DocumentNumber | None = fact("文号")


__all__ = ["Appointment", "Candidate", "Leaving", "LongServing", "Talk", "Term", "TrialReview"]
