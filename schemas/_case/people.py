"""The people under inspection: who they are, what they have done, and what would bar them (articles 5-7, 17, 43-46)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from doc_forms.form import (
    AnyDate,
    Degree,
    EthnicGroup,
    IdentityNumber,
    Line,
    Part,
    PersonName,
    PoliticalStatus,
    Problem,
    Schooling,
    Severity,
    Sex,
    Text,
    YearMonth,
    YesNo,
    choice,
)

from .._inspection import AnnualGrade
from .._people import identity_problems
from ._fact import fact, facts
from .approval import ApprovalFacts, Education
from .posts import UnitKind

AnyLevel = Annotated[str, *choice("层次", ("正处级", "副处级", "正科级", "副科级", "科员及以下", "其他"))]
Employment = Annotated[str, *choice("人事身份", ("事业编制", "人事代理", "其他"))]
AppointmentWay = Annotated[str, *choice("任职方式", ("提任", "平级调动", "连任", "兼任", "重新任职"))]
ExceptionalCase = Annotated[
    str,
    *choice(
        "破格情形",
        (
            "特别优秀：急难险重任务中作出重大贡献",
            "特别优秀：艰苦复杂岗位实绩突出",
            "特别优秀：其他岗位实绩特别显著",
            "工作需要：班子结构或职位特殊要求",
            "工作需要：专业性岗位或专项工作急需",
            "工作需要：人才学科建设急需引进",
        ),
    ),
]
"""The six cases of article 7."""
Waived = Annotated[str, *choice("突破的资格", ("任职年限", "工龄或基层经历", "任职职位数", "学历", "培训", "逐级提拔"))]
"""What an exceptional promotion may put aside; article 5 and item 6 (7) are not in the list, they never may."""
SanctionKind = Annotated[
    str, *choice("处理种类", ("诫勉", "组织处理", "党纪处分", "政务处分", "引咎辞职", "责令辞职", "问责免职", "降职"))
]
RecusalReason = Annotated[
    str,
    *choice(
        "回避情形",
        (
            "无",
            "直接隶属同一领导人员",
            "直接上下级领导关系",
            "监督与被监督关系",
            "在亲属领导的单位从事组织人事纪检监察审计财务工作",
        ),
    ),
]


class Experience(Part):
    """One line of a career: a post held, with its dates and its level."""

    start: AnyDate | None = fact("起始时间", "", "2021.03")
    end: AnyDate | None = fact("截止时间", "现任的不填", "")
    post: Line | None = fact("单位及职务", "", "教务处副处长")
    level: AnyLevel | None = fact("层次", "", "副处级")
    grassroots: YesNo | None = fact("基层工作", "算作基层工作经历填是（第六条第一项）", "否")
    exceptional: YesNo | None = fact("破格任职", "这一职务是破格提拔的填是", "否")
    beyond_years: YesNo | None = fact("突破任职年限", "破格任职而任职年限不够的填是（第七条不得连续破格）", "否")
    trial_end: AnyDate | None = fact("试用期满时间", "有试用期的填写", "2022.03")


class Training(Part):
    """A course of training (article 6, item 5)."""

    place: Line | None = fact("培训机构", "", "省委党校")
    start: AnyDate | None = fact("开始时间")
    end: AnyDate | None = fact("结束时间")
    hours: Line | None = fact("学时", "", "110 学时")


class YearRating(Part):
    """The rating of one year (article 17, item 3)."""

    year: AnyDate | None = fact("年度", "", "2025")
    grade: AnnualGrade | None = fact("等次", "", "合格")


class Relative(Part):
    """A member of the family or another relative (articles 17 and 43)."""

    relation: Line | None = fact("称谓", "", "丈夫")
    name: PersonName | None = fact("姓名", "", "陈某某")
    born: YearMonth | None = fact("出生年月", "", "1980.01")
    political_status: PoliticalStatus | None = fact("政治面貌", "", "群众")
    post: Line | None = fact("工作单位及职务", "", "示例公司职员")
    emigrated: YesNo | None = fact("移居国境外", "", "否")
    at_school: YesNo | None = fact("在本校工作", "", "否")
    recusal: RecusalReason | None = fact("回避情形", "与拟任职务的关系（第四十三条）", "无")


class Sanction(Part):
    """A sanction or an earlier resignation that may still weigh (articles 17 (6) and 46)."""

    kind: SanctionKind | None = fact("处理种类", "", "诫勉")
    date: AnyDate | None = fact("处理日期")
    until: AnyDate | None = fact("影响期届满日期")
    still_weighs: YesNo | None = fact("影响使用", "影响期满仍影响使用的填是", "否")


class Bars(Part):
    """The bars of article 17 that people judge and state; facts decide the others."""

    political: YesNo | None = fact("违反政治纪律和政治规矩", "", "否")
    unpopular: YesNo | None = fact("群众公认度不高", "", "否")
    canvassing: YesNo | None = fact("跑官拉票等非组织行为", "", "否")
    other: YesNo | None = fact("其他不宜提拔的原因", "", "否")


class Exceptional(Part):
    """A promotion beyond the rules (article 7)."""

    case: ExceptionalCase | None = fact("破格情形")
    reason: Text | None = fact("破格理由", "写明具体事迹和必要性，介绍情况和公示时都要说明")
    waived: list[Waived] = facts("突破的资格")
    superior_consent: AnyDate | None = fact("上级同意日期", "破格提拔处级干部须报上级组织部门同意（第二十九条）")


class Candidate(Part):
    """One person under inspection."""

    name: PersonName | None = fact("姓名", "", "林示例")
    sex: Sex | None = fact("性别", "", "女")
    born: YearMonth | None = fact("出生年月", "", "1982.04")
    identity_number: IdentityNumber | None = fact("公民身份号码", "只用于核对，不印在文书上")
    ethnic_group: EthnicGroup | None = fact("民族", "", "畲族")
    native_place: Line | None = fact("籍贯", "", "福建福安")
    political_status: PoliticalStatus | None = fact("政治面貌", "", "中共党员")
    joined_party: YearMonth | None = fact("入党时间", "", "2003.06")
    full_member_since: YearMonth | None = fact("转正时间", "党龄从转正之日算起", "2004.06")
    started_work: YearMonth | None = fact("参加工作时间", "", "2004.07")
    employment: Employment | None = fact("人事身份", "", "事业编制")
    employed_since: AnyDate | None = fact("入编时间", "在编或正式入编的时间", "2004.07")
    schooling: Schooling | None = fact("学历", "", "研究生")
    degree: Degree | None = fact("学位", "", "教育学硕士")
    professional_title: Line | None = fact("专业技术职务", "", "副教授")
    post: Line | None = fact("现任职务", "", "教务处副处长")
    unit_kind: UnitKind | None = fact("所在单位类别", "现任职务所在的单位，决定考察谈话的范围（第二十三条）")
    new_post: Line | None = fact("拟任职务", "与职位名称一致", "计算机科学与工程学院副院长")
    way: AppointmentWay | None = fact("任职方式", "", "提任")
    is_exceptional: YesNo | None = fact("是否破格", "破格提拔的填是，并填写破格提拔（第七条）", "否")
    leaves: Line | None = fact("免去职务", "同时免去的职务", "教务处副处长")
    from_professional: YesNo | None = fact("由专业技术岗位转任", "从专业技术岗位到管理岗位填是（第七条）", "否")
    management_experience: YesNo | None = fact("有管理工作经历", "", "是")
    fit: YesNo | None = fact("身体条件合格", "具有正常履行职责的身体条件（第六条第六项）", "是")
    career: list[Experience] = facts("任职经历")
    trainings: list[Training] = facts("培训经历")
    training_met: YesNo | None = fact("任前培训达标", "", "是")
    training_reason: Line | None = fact("培训未达标的特殊情况", "")
    training_done: AnyDate | None = fact("任后培训完成日期", "提任后一年内完成（第六条第五项）")
    ratings: list[YearRating] = facts("年度考核", "近三年")
    relatives: list[Relative] = facts("家庭成员及亲属")
    bars: Bars | None = fact("不得列为考察对象的情形")
    sanctions: list[Sanction] = facts("受处理情况")
    exceptional: Exceptional | None = fact("破格提拔", "是否破格为“是”的填写")
    education: Education | None = fact("学历教育", "任免审批表分全日制和在职填写")
    approval: ApprovalFacts | None = fact("任免审批表", "只有任免审批表才要填的内容")

    def problems(self) -> Iterator[Problem]:
        """The birth date and sex agree with the identity number, where it is given; so do the words on 破格."""
        yield from identity_problems(self.identity_number, self.born, self.sex)
        if self.exceptional and self.is_exceptional == "否":
            message = "填的是“否”，却又填写了破格提拔，现按破格核对；不是破格的请删去破格提拔"
            yield Problem("is_exceptional", message, Severity.WARNING)
