"""The inspection: what was done for all, and what was found of each person (articles 16-27)."""

from __future__ import annotations

from functools import cached_property
from typing import Annotated

from doc_forms.form import (
    Count,
    Day,
    DocumentNumber,
    Line,
    Part,
    PersonName,
    PoliticalStatus,
    Schooling,
    Text,
    YearMonth,
    YesNo,
    choice,
)

from .._assessment import Scale
from .._inspection import TeamRole
from .._matters import MattersJudgement
from ._fact import fact, facts

Relation = Annotated[str, *choice("与考察对象关系", ("上级", "同级", "下级", "服务对象", "本人", "其他"))]
Agreement = Annotated[str, *choice("是否同意任职", ("同意", "不同意", "不了解"))]


class Inspector(Part):
    """A member of the inspection team (articles 26 and 44)."""

    name: PersonName | None = fact("姓名", "", "王秉文")
    post: Line | None = fact("单位及职务", "", "党委组织部副部长")
    role: TeamRole | None = fact("职责", "", "组长")
    related_to: PersonName | None = fact("是哪位考察对象的亲属", "有回避关系的填考察对象姓名；没有不填")
    withdrew: YesNo | None = fact("已回避", "有回避关系的填写：没有参加对该考察对象的考察填是")


class Interviewee(Part):
    """One talk about one person (articles 22 (3) and 23)."""

    about: PersonName | None = fact("考察对象姓名", "", "林示例")
    name: PersonName | None = fact("谈话对象", "", "郑维")
    post: Line | None = fact("谈话对象单位及职务", "", "教务处综合科科长")
    group: Line | None = fact("谈话对象类别", "第二十三条所列的类别", "科级干部")
    political_status: PoliticalStatus | None = fact("谈话对象政治面貌")
    relation: Relation | None = fact("与考察对象关系", "考察对象本人面谈的选“本人”", "同级")
    date: Day | None = fact("谈话日期", "", "2026-09-14")
    place: Line | None = fact("谈话地点")
    talkers: list[PersonName] = facts("谈话人", "考察组成员，两名以上")
    recorder: PersonName | None = fact("记录人")
    recorded: YesNo | None = fact("有原始记录", "", "是")
    content: Text | None = fact("谈话内容")
    agrees: Agreement | None = fact("是否同意任职", "", "同意")


class GradeRow(Part):
    """One row of the assessment tally."""

    item: Line | None = fact("测评项目", "德、能、勤、绩、廉或总体评价", "德")
    first: Count | None = fact("第一档", "如 优秀")
    second: Count | None = fact("第二档", "如 称职")
    third: Count | None = fact("第三档", "如 基本称职")
    fourth: Count | None = fact("第四档", "如 不称职")
    abstained: Count | None = fact("弃权", "没有填 0")


class AssessmentTally(Part):
    """The democratic assessment of one person (articles 22 (2) and 25 (3))."""

    date: Day | None = fact("测评日期", "", "2026-09-14")
    scope: Line | None = fact("参加范围")
    scale: Scale | None = fact("测评等次", "四个等次用哪一组", "优秀/称职/基本称职/不称职")
    expected: Count | None = fact("应到人数", "", "45")
    present: Count | None = fact("实到人数", "", "43")
    issued: Count | None = fact("发出票数", "", "43")
    returned: Count | None = fact("收回票数", "", "43")
    spoiled: Count | None = fact("作废票数", "没有填 0", "1")
    rows: list[GradeRow] = facts("各项票数")
    agree: Count | None = fact("同意票数", "对拟任职务的意见")
    disagree: Count | None = fact("不同意票数")
    unsure: Count | None = fact("不了解票数")


class ConclusionFact(Part):
    """One conclusion of article 25, item 4."""

    result: Line | None = fact("结果", "", "未发现问题")
    date: Day | None = fact("日期", "", "2026-09-16")
    organ: Line | None = fact("机关", "", "校纪委")
    explanation: Text | None = fact("说明")


class FileFacts(Part):
    """The key facts as the personnel file was audited to (articles 25 (4) and 48 (10))."""

    born: YearMonth | None = fact("档案出生年月", "", "1982.04")
    started_work: YearMonth | None = fact("档案参加工作时间", "", "2004.07")
    joined_party: YearMonth | None = fact("档案入党时间", "", "2003.06")
    schooling: Schooling | None = fact("档案学历", "", "研究生")


class DepartmentOpinion(Part):
    """What another department thinks (articles 23 (3) and 24)."""

    department: Line | None = fact("部门", "", "党委宣传部")
    date: Day | None = fact("日期", "", "2026-09-15")
    opinion: Line | None = fact("意见", "", "无不同意见")


class MattersDifference(Part):
    """One matter in which a report of personal matters differs from what was found (article 24)."""

    matter: Line | None = fact("事项", "", "房产")
    reported: Line | None = fact("填报情况", "", "填报住房1套")
    found: Line | None = fact("核实情况", "", "查询有住房1套、车位1个")
    account: Text | None = fact("本人说明")
    judgement: MattersJudgement | None = fact("认定", "", "漏报")


class DisciplineLetter(Part):
    """A letter that asks the discipline committee about those under inspection (article 24)."""

    number: DocumentNumber | None = fact("发文字号", "", "示院组函〔2026〕9号")
    dated: Day | None = fact("成文日期", "与考察情况中的征求纪委意见日期一致", "2026-09-11")
    reply_by: Day | None = fact("回复期限", "", "2026-09-16")
    contact: PersonName | None = fact("联系人", "", "吴试行")
    phone: Line | None = fact("联系电话")


class PersonInspection(Part):
    """What the inspection did and found about one person."""

    name: PersonName | None = fact("姓名", "", "林示例")
    self_report: Day | None = fact("述职日期", "工作总结交来的日期", "2026-09-12")
    talked_with: Day | None = fact("面谈日期", "考察组同考察对象面谈", "2026-09-15")
    opinion_forms_issued: Count | None = fact("征求意见表发出", "", "32")
    opinion_forms_returned: Count | None = fact("征求意见表收回", "", "32")
    assessment_forms_issued: YesNo | None = fact("谈话人员中发放民主测评表", "", "是")
    assessment: AssessmentTally | None = fact("民主测评")
    matters_reported: Day | None = fact("个人有关事项填报日期", "", "2026-09-11")
    matters: ConclusionFact | None = fact("查核个人有关事项报告")
    matters_differences: list[MattersDifference] = facts("个人有关事项不一致情况", "填报与核实不一致的，一项一行")
    matters_treatment: Text | None = fact("个人有关事项处理意见", "漏报、瞒报的填写")
    matters_verifiers: list[PersonName] = facts("个人有关事项核实人")
    discipline_asked: Day | None = fact("征求纪委意见日期", "", "2026-09-11")
    discipline: ConclusionFact | None = fact("听取纪检监察机关意见")
    file_audit: ConclusionFact | None = fact("审核干部人事档案")
    file_facts: FileFacts | None = fact("档案认定", "审核档案认定的关键信息，与任职信息核对（第四十八条第十项）")
    petitions: ConclusionFact | None = fact("查核信访举报")
    audit_needed: YesNo | None = fact("需经济责任审计", "", "否")
    audit: ConclusionFact | None = fact("经济责任审计")
    opinions: list[DepartmentOpinion] = facts(
        "有关部门意见", "宣传、计划生育、综治等部门，民主党派或无党派的还有统战部等"
    )
    virtue: Text | None = fact("德")
    ability: Text | None = fact("能")
    diligence: Text | None = fact("勤")
    achievement: Text | None = fact("绩")
    integrity: Text | None = fact("廉")
    strengths: Text | None = fact("主要特长")
    shortcomings: Text | None = fact("主要缺点和不足")
    written: Day | None = fact("考察材料日期", "", "2026-09-18")


class ArchivedItem(Part):
    """Material handed to the organization department after the inspection (article 27)."""

    name: Line | None = fact("材料名称", "", "个别谈话记录")
    about: PersonName | None = fact("考察对象姓名", "属于整个案件的不填")
    date: Day | None = fact("形成日期")
    pages: Count | None = fact("页数")


class Inspection(Part):
    """Everything of the inspection."""

    single: YesNo | None = fact("个别提拔等额确定", "意见比较集中、等额确定考察对象填是（第十八条）", "否")
    determined: Day | None = fact("确定考察对象日期", "", "2026-09-08")
    considered: YesNo | None = fact("综合比较择优", "没有简单以票取人（第十六条）", "是")
    team: list[Inspector] = facts("考察组")
    plan_date: Day | None = fact("考察方案日期", "", "2026-09-09")
    notice_date: Day | None = fact("考察预告日期", "", "2026-09-10")
    start: Day | None = fact("考察开始日期", "", "2026-09-14")
    end: Day | None = fact("考察结束日期", "", "2026-09-16")
    contact: Line | None = fact("考察组联系电话")
    complaint_phone: Line | None = fact("监督举报电话")
    letters: list[DisciplineLetter] = facts("廉政意见函", "征求纪委意见的函，一函一行")
    voter_types: list[Line] = facts("填表人类别", "测评表和征求意见表上供勾选的类别，不分类的不填")
    interviews: list[Interviewee] = facts("个别谈话")
    scope_reason: Line | None = fact("谈话范围说明", "谈话人数或范围有调整时写明理由")
    people: list[PersonInspection] = facts("考察情况")
    evaluated: Day | None = fact("综合评价日期", "综合分析，对考察对象作出评价（第二十一条第四项）", "2026-09-17")
    department_meeting: Day | None = fact("部务会日期", "组织部部务会研究任用建议方案", "2026-09-18")
    reported: Day | None = fact("报告党委日期", "", "2026-09-19")
    archived: Day | None = fact("归档日期", "", "2026-10-30")
    archive: list[ArchivedItem] = facts("归档材料")

    @cached_property
    def talks_about(self) -> dict[str | None, list[tuple[int, Interviewee]]]:
        """The talks by the name of the person they were about, each with its number in the list; None: not told."""
        about: dict[str | None, list[tuple[int, Interviewee]]] = {}
        for number, talk in enumerate(self.interviews):
            about.setdefault(talk.about, []).append((number, talk))
        return about

    @cached_property
    def people_by_name(self) -> dict[str | None, tuple[int, PersonInspection]]:
        """What was found of each person by name, with its number in the list; the first where a name comes twice."""
        return {item.name: (number, item) for number, item in reversed(list(enumerate(self.people)))}
