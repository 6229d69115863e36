"""What is to be filled: posts, their approved numbers, and how the selection came about (articles 4, 7-10, 48)."""

from __future__ import annotations

from typing import Annotated

from doc_forms.form import Count, Day, Line, Part, Text, YesNo, choice

from ._fact import fact, facts

VacancyLevel = Annotated[str, *choice("职务层次", ("正处级", "副处级", "正科级", "副科级", "其他"))]
"""The four levels that the regulation covers, and whatever else somebody may enter (article 4)."""
UnitKind = Annotated[str, *choice("单位类别", ("教学科研教辅机构", "校直机关部处"))]
"""Article 23 names different people to be heard for the two."""
Way = Annotated[str, *choice("选拔方式", ("民主推荐", "公开选拔", "竞争上岗"))]


class Organs(Part):
    """Who issues the papers."""

    committee: Line | None = fact("党委全称", "红头和落款用", "中共示例学院委员会")
    department: Line | None = fact("组织部全称", "", "中共示例学院委员会组织部")
    discipline: Line | None = fact("纪委全称", "征求廉政意见时的主送机关", "中共示例学院纪律检查委员会")
    code: Line | None = fact("机关代字", "发文字号开头的几个字", "示院委")
    printing_office: Line | None = fact("印发机关", "", "中共示例学院委员会办公室")
    main_recipients: Line | None = fact("主送机关", "", "各党总支、直属党支部，各学院，机关各部门、各直属单位")
    copies_to: Line | None = fact("抄送机关", "", "纪委办公室，人事处，财务处，档案馆")


class VacantPost(Part):
    """One post to be filled, with the numbers that article 48 (1) compares."""

    name: Line | None = fact("职位名称", "写全称，含单位", "计算机科学与工程学院副院长")
    level: VacancyLevel | None = fact("职务层次", "处、科级四个层次；之外的填其他，不适用本规定（第四条）", "副处级")
    unit: Line | None = fact("所在单位", "", "计算机科学与工程学院")
    unit_kind: UnitKind | None = fact("单位类别", "决定考察实绩的重点（第二十条）", "教学科研教辅机构")
    party_post: YesNo | None = fact("党组织职务", "党的基层组织领导职务填是（第六条第七项）", "否")
    wanted: Count | None = fact("拟选人数", "", "1")
    approved: Count | None = fact("核定职数", "同类职务的核定数（第四十八条）", "3")
    filled: Count | None = fact("现配人数", "同类职务现有人数", "2")
    leaving: Count | None = fact("拟免人数", "这次同时免去的人数，没有填 0", "0")


class PlanStep(Part):
    """One step of the work plan (article 10)."""

    step: Line | None = fact("步骤", "", "会议推荐")
    scope: Line | None = fact("范围", "参加范围或对象", "全体中层干部")
    start: Day | None = fact("开始日期", "", "2026-09-04")
    end: Day | None = fact("结束日期", "一天完成的不填")
    duty: Line | None = fact("责任分工", "", "组织部牵头")


class Motion(Part):
    """From the wish to select to the work plan (articles 8-10)."""

    wish_date: Day | None = fact("启动意见日期", "校党委提出启动意见（第八条）", "2026-08-24")
    analysis_date: Day | None = fact("分析研判日期", "组织部综合分析研判（第九条）", "2026-08-26")
    analysis: Text | None = fact("分析研判情况", "班子结构、岗位需要、干部队伍情况")
    proposal_date: Day | None = fact("初步建议日期", "组织部提出初步建议（第九条）", "2026-08-27")
    proposal: Text | None = fact("初步建议内容", "职位、条件、范围、方式、程序和人选意向")
    report_date: Day | None = fact("报告主要领导日期", "向校党委主要领导成员报告（第十条）", "2026-08-28")
    leaders: Line | None = fact("报告对象", "", "党委书记、校长")
    leaders_opinion: Text | None = fact("主要领导意见")
    committee_date: Day | None = fact("动议党委会日期", "提交校党委会酝酿（第十条）", "2026-08-31")
    committee_opinion: Text | None = fact("动议酝酿意见", "校党委会酝酿的意见")
    plan_date: Day | None = fact("工作方案日期", "形成工作方案（第十条）", "2026-09-01")
    plan: list[PlanStep] = facts("工作步骤", "工作方案的各步骤，一步一行")
    demands: Text | None = fact("工作要求", "工作方案中的纪律和其他要求")


class PersonalNomination(Part):
    """A person recommended to the committee by an individual (article 15)."""

    name: Line | None = fact("被推荐人", "", "林示例")
    post: Line | None = fact("现任职务", "被推荐人是考察对象的，以考察对象所填为准", "教务处副处长")
    for_post: Line | None = fact("推荐职位", "只有一个职位的可不填")
    by: Line | None = fact("推荐人", "", "段其琛")
    by_post: Line | None = fact("推荐人单位及职务", "", "计算机科学与工程学院副院长")
    relation: Line | None = fact("与被推荐人关系", "", "同事")
    reason: Text | None = fact("推荐理由", "推荐材料写明的德才表现、实绩和不足")
    dated: Day | None = fact("推荐日期", "推荐人署名的日期")
    signed_letter: YesNo | None = fact("署名推荐材料", "有署名的推荐材料填是", "是")
    reviewed: Day | None = fact("审核日期", "组织部审核")
    qualified: YesNo | None = fact("符合条件", "组织部审核意见", "是")
    review: Text | None = fact("审核意见")
    committee_date: Day | None = fact("研究纳入日期", "党委研究纳入推荐范围")
    admitted: YesNo | None = fact("纳入推荐范围", "党委研究的结果", "是")
    decision: Text | None = fact("研究意见")
