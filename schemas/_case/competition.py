"""Open selection and competition for posts: its steps and who entered it (articles 38-41)."""

from __future__ import annotations

from doc_forms.form import (
    Day,
    Degree,
    EthnicGroup,
    IdentityNumber,
    Line,
    Part,
    PersonName,
    PoliticalStatus,
    Schooling,
    Sex,
    Text,
    YearMonth,
    YesNo,
)

from ._fact import fact, facts
from .people import Experience


class Applicant(Part):
    """Somebody who entered a competition (article 40, item 4).

    What is known of the person under inspection need not be filled here again.
    """

    name: PersonName | None = fact("姓名", "是考察对象的，个人情况可以不再填", "林示例")
    for_post: Line | None = fact("报考职位", "只有一个职位的不填", "计算机科学与工程学院副院长")
    other_posts: YesNo | None = fact("服从调配", "", "是")
    sex: Sex | None = fact("性别", "", "女")
    born: YearMonth | None = fact("出生年月", "", "1982.04")
    identity_number: IdentityNumber | None = fact("公民身份号码", "只用于核对，不印在文书上")
    ethnic_group: EthnicGroup | None = fact("民族", "", "畲族")
    native_place: Line | None = fact("籍贯", "", "福建福安")
    political_status: PoliticalStatus | None = fact("政治面貌", "", "中共党员")
    joined_party: YearMonth | None = fact("入党时间", "", "2003.06")
    started_work: YearMonth | None = fact("参加工作时间", "", "2004.07")
    schooling: Schooling | None = fact("学历", "", "研究生")
    degree: Degree | None = fact("学位", "", "教育学硕士")
    school: Line | None = fact("毕业院校及专业", "", "示例师范大学高等教育学专业")
    professional_title: Line | None = fact("专业技术职务", "", "副教授")
    post: Line | None = fact("现任职务", "写全称，含单位", "教务处副处长")
    of_school: YesNo | None = fact("本校人员", "竞争上岗只限本校人员（第三十八条）", "是")
    phone: Line | None = fact("联系电话")
    career: list[Experience] = facts("任职经历")
    rewards: Text | None = fact("奖惩情况")
    reasons: Text | None = fact("竞聘理由")
    applied: Day | None = fact("报名日期", "", "2026-09-02")
    unit_consent: YesNo | None = fact("所在单位同意", "", "是")
    unit_opinion: Line | None = fact("所在单位意见", "补充的话")
    unit_date: Day | None = fact("所在单位意见日期")
    qualified: YesNo | None = fact("资格审查合格", "", "是")
    review: Line | None = fact("资格审查意见", "不合格的写明原因")
    review_date: Day | None = fact("资格审查日期")


class Competition(Part):
    """Open selection and competition for posts (articles 38-41)."""

    reason: Line | None = fact("竞争性选拔理由", "职位空缺情况和采用这种方式的原因（第三十八条）")
    conditions: Text | None = fact("公布的资格条件", "不得因人设置（第三十九条）")
    beyond_rules: YesNo | None = fact("突破资格条件", "资格条件突破规定填是", "否")
    superior_consent: Day | None = fact("突破条件上级同意日期", "上级组织部门审核同意的日期")
    start_date: Day | None = fact("启动竞争性选拔日期", "校党委提出意见")
    plan_date: Day | None = fact("竞争性选拔方案日期", "党委研究后形成方案")
    announced: Day | None = fact("公布日期", "公布职位、资格条件、基本程序和方法")
    closed: Day | None = fact("报名截止日期")
    tested: Day | None = fact("测试测评日期", "能力和素质测试、测评")
    applicants: list[Applicant] = facts("报名人员")
