"""Consultation, deliberation and decision, public notice (articles 28-32, 34, 44)."""

from __future__ import annotations

from typing import Annotated

from doc_forms.form import Count, Day, Line, Part, PersonName, Text, YesNo, choice

from ._fact import fact, facts

VotingWay = Annotated[str, *choice("表决方式", ("口头表决", "举手表决", "无记名投票"))]
Decided = Annotated[str, *choice("决定", ("通过", "未通过", "缓议"))]


class Consulted(Part):
    """Somebody whose opinion was sought before the decision (article 28)."""

    name: PersonName | None = fact("姓名", "征求单位意见的不填")
    post: Line | None = fact("单位或职务", "如 分管校领导、计算机科学与工程学院", "分管校领导")
    date: Day | None = fact("日期", "", "2026-09-20")
    opinion: Line | None = fact("意见", "", "同意")


class Consultation(Part):
    """酝酿 (article 28)."""

    opinions: list[Consulted] = facts("征求意见情况", "分管校领导、有关单位")
    date: Day | None = fact("酝酿日期", "", "2026-09-21")
    secretary: YesNo | None = fact("党委书记参加", "", "是")
    president: YesNo | None = fact("校长参加", "", "是")
    deputy_secretary: YesNo | None = fact("分管副书记参加", "", "是")
    discipline_secretary: YesNo | None = fact("纪委书记参加", "", "是")
    others: Line | None = fact("其他酝酿人员", "", "组织部部长 高树人")
    opinion: Text | None = fact("酝酿意见")


class CommitteeMember(Part):
    """A member of the party committee at the meeting (articles 30 and 44)."""

    name: PersonName | None = fact("姓名", "", "陈立言")
    post: Line | None = fact("职务", "", "党委书记")
    present: YesNo | None = fact("到会", "", "是")
    related_to: PersonName | None = fact("是哪位拟任人选的亲属", "本人或亲属被讨论的填该人选姓名；没有不填")
    withdrew: YesNo | None = fact("已回避", "", "")


class Votes(Part):
    """The vote on one person (articles 30 and 31)."""

    name: PersonName | None = fact("姓名", "", "林示例")
    introduced: YesNo | None = fact("逐个介绍情况", "组织部负责人介绍推荐、考察和任免理由", "是")
    exceptional_explained: YesNo | None = fact("说明破格情形和理由", "破格提拔的填写")
    agree: Count | None = fact("同意", "", "11")
    disagree: Count | None = fact("不同意", "", "0")
    postponed: Count | None = fact("缓议", "", "0")
    withdrew: Count | None = fact("回避人数", "没有填 0", "0")
    result: Decided | None = fact("决定", "", "通过")


class Decision(Part):
    """党委会讨论决定 (articles 29-32)."""

    date: Day | None = fact("党委会日期", "任职时间自这一天起算（第三十七条）", "2026-09-22")
    number: Line | None = fact("会议编号", "", "2026年第18次")
    place: Line | None = fact("会议地点", "", "行政楼第一会议室")
    chair: Line | None = fact("主持人", "", "陈立言")
    observers: Line | None = fact("列席人员", "", "党委办公室主任 严守恒")
    recorder: Line | None = fact("记录人", "", "吴试行")
    collective: YesNo | None = fact("集体讨论", "", "是")
    expected: Count | None = fact("应到委员人数", "全体成员数", "13")
    present: Count | None = fact("实到委员人数", "", "12")
    members: list[CommitteeMember] = facts("委员")
    way: VotingWay | None = fact("表决方式", "", "无记名投票")
    divided: YesNo | None = fact("意见分歧较大", "分歧较大或有重大问题不清楚应当缓议", "否")
    votes: list[Votes] = facts("表决情况")
    reconsidered: YesNo | None = fact("复议", "经过复议的填是", "否")
    reconsider_agree: Count | None = fact("同意复议人数")
    approval_needed: YesNo | None = fact("需报上级审批", "", "否")
    approval_date: Day | None = fact("报批日期")
    filing_needed: YesNo | None = fact("需报上级备案", "", "否")
    filing_date: Day | None = fact("报备日期")


class PublicNotice(Part):
    """任前公示 (article 34)."""

    issued: Day | None = fact("公示发布日期", "", "2026-09-23")
    start: Day | None = fact("公示开始日期", "", "2026-09-23")
    end: Day | None = fact("公示截止日期", "", "2026-09-30")
    scope: Line | None = fact("公示范围", "", "校内")
    exceptional_explained: YesNo | None = fact("公示说明破格情形和理由", "破格提拔的填写")
    department: Line | None = fact("受理部门")
    phone: Line | None = fact("受理电话")
    email: Line | None = fact("受理邮箱")
    affects: YesNo | None = fact("公示结果影响任职", "", "否")
    result: Text | None = fact("公示结果说明")
