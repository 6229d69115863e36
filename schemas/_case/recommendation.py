"""Democratic recommendation: interview round and meeting (articles 11-15)."""

from __future__ import annotations

from typing import Annotated

from doc_forms.form import Count, Day, Line, Part, PersonName, Sex, Text, YearMonth, YesNo, choice

from .._votes import RateBase
from ._fact import fact, facts
from .posts import PersonalNomination

Targeting = Annotated[str, *choice("推荐方式", ("定向推荐", "非定向推荐"))]


class Talker(Part):
    """Somebody who holds the recommendation talks."""

    name: PersonName | None = fact("姓名", "", "郑怀远")
    post: Line | None = fact("单位及职务", "", "党委组织部副部长")


class InterviewRound(Part):
    """谈话调研推荐 (article 12, item 1; article 13)."""

    start: Day | None = fact("谈话开始日期", "", "2026-09-02")
    end: Day | None = fact("谈话结束日期", "", "2026-09-03")
    people: Count | None = fact("谈话人数", "一般不少于 20 人（第十三条）", "32")
    groups: list[Line] = facts("谈话人员类别", "如 校领导、中层正职")
    place: Line | None = fact("谈话地点", "", "行政楼305会议室")
    talkers: list[Talker] = facts("谈话组成员", "至少两人")
    recorder: PersonName | None = fact("记录人", "", "吴清和")
    expected: Count | None = fact("应到人数", "应参加谈话的人数", "32")
    issued: Count | None = fact("发出票数", "发出的谈话推荐表", "32")
    returned: Count | None = fact("收回票数", "", "32")
    spoiled: Count | None = fact("作废票数", "没有填 0", "0")
    abstained: Count | None = fact("弃权票数", "没有填 0", "0")


class Meeting(Part):
    """会议推荐 (article 12, item 2; article 13)."""

    date: Day | None = fact("会议日期", "", "2026-09-04")
    place: Line | None = fact("会议地点", "", "行政楼第一会议室")
    groups: list[Line] = facts("参会人员类别", "如 校领导、全体中层干部")
    expected: Count | None = fact("应到人数", "", "62")
    present: Count | None = fact("实到人数", "到会一般不少于应到的 80%", "60")
    issued: Count | None = fact("发出票数", "", "60")
    returned: Count | None = fact("收回票数", "", "60")
    spoiled: Count | None = fact("作废票数", "没有填 0", "1")
    abstained: Count | None = fact("弃权票数", "没有填 0", "2")
    posts_announced: YesNo | None = fact("公布推荐职位", "", "是")
    conditions_announced: YesNo | None = fact("公布任职条件", "", "是")
    scope_announced: YesNo | None = fact("公布推荐范围", "", "是")
    roll_provided: YesNo | None = fact("提供干部名册", "", "是")
    demands_stated: YesNo | None = fact("提出有关要求", "", "是")
    ballots_filled: YesNo | None = fact("组织填写推荐表", "", "是")


class Recommended(Part):
    """The votes of one person who was recommended."""

    name: PersonName | None = fact("姓名", "", "林示例")
    post: Line | None = fact("现任职务", "", "教务处副处长")
    for_post: Line | None = fact("推荐职位", "", "计算机科学与工程学院副院长")
    meeting_votes: Count | None = fact("会议得票", "", "41")
    interview_votes: Count | None = fact("谈话得票", "", "25")


class RollPerson(Part):
    """A person of the roll that voters are given (article 12, item 2)."""

    name: PersonName | None = fact("姓名", "是考察对象的，其他各项以考察对象所填为准", "林示例")
    sex: Sex | None = fact("性别", "", "女")
    born: YearMonth | None = fact("出生年月", "", "1982.04")
    post: Line | None = fact("现任职务", "", "教务处副处长")


class Recommendation(Part):
    """Everything of the recommendation."""

    targeting: Targeting | None = fact("推荐方式", "", "定向推荐")
    single_promotion: YesNo | None = fact("个别提拔", "个别提拔任职可先谈话、后会议（第十四条）", "否")
    conditions: Text | None = fact("任职条件")
    scope: Line | None = fact("推荐范围")
    roll_order: Line | None = fact("名册排序", "印在干部名册标题下", "按姓氏笔画为序")
    roll: list[RollPerson] = facts("干部名册", "随推荐表发给参会人员的名册")
    interviews: InterviewRound | None = fact("谈话推荐")
    shortlist_date: Day | None = fact("初步名单党委会日期", "个别提拔先谈话时，党委会研究初步名单（第十四条）")
    meeting: Meeting | None = fact("会议推荐")
    scope_adjusted: Line | None = fact("范围调整说明", "人员范围作了调整时写明理由（第十三条）")
    rate_base: RateBase | None = fact("比率分母", "", "有效票")
    candidates: list[Recommended] = facts("推荐人选")
    summary_date: Day | None = fact("汇总分析日期", "", "2026-09-05")
    report_date: Day | None = fact("汇报日期", "向校党委汇报推荐情况", "2026-09-07")
    nominations: list[PersonalNomination] = facts("个人推荐")
