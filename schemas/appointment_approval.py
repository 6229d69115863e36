"""干部任免审批表: the national form, on which every appointment and dismissal is submitted (article 33).

Two faces of one sheet; rows and columns as in the national layout (docs/appointment-approval.md compares them). The
rows keep their heights, so the letters shrink where there is more to say; more than seven relatives go on a
continuation page.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from doc_forms.form import (
    About,
    Day,
    EthnicGroup,
    Form,
    IdentityNumber,
    Line,
    Part,
    PartialDate,
    PersonName,
    Picture,
    PoliticalStatus,
    Problem,
    Severity,
    Sex,
    Text,
    YearMonth,
    computed,
    field,
)

from ._approval_resume import ResumeLine, printed_lines, resume_size
from ._career_resume import career_resume
from ._case.drawing import Data, alike, department, given, proposed_post
from ._fitting import Fitted, broken_name, overfull
from ._people import identity_problems
from ._resume import read_resume, resume_faults

if TYPE_CHECKING:
    from ._case.people import Candidate
    from .case import Case

ROWS = 7
"""Relatives on the second face; the others go on the continuation page."""
_MOST = 25
_NAME, _RELATIVE_NAME = 23, 22  # millimetres of their columns
_BY_HAND = "\u3000\u3000\u3000年\u3000\u3000月\u3000\u3000日"
_DEAD = ("已去世", "已故", "已逝世", "去世")
_PARTIES = {
    "民革党员": "民革",
    "民盟盟员": "民盟",
    "民建会员": "民建",
    "民进会员": "民进",
    "农工党党员": "农工党",
    "致公党党员": "致公党",
    "九三学社社员": "九三学社",
    "台盟盟员": "台盟",
    "无党派人士": "无党派",
    "群众": "群众",
    "共青团员": "共青团员",
}
"""What stands under 入党时间 for those who are not in the party."""
_TRIAL = "（试用期一年）"
_PROMOTED = "提任"


def age_at(born: PartialDate, on: PartialDate) -> int:
    """Give the full years by calendar months, as the form counts them; the month of birth counts as full."""
    return on.year - born.year - (on.month < born.month)


class FamilyMember(Part):
    """A member of the family or another important relation."""

    relation: Line = field("称谓", help="按丈夫（妻子）、子女、父母、其他的次序", example="丈夫")
    name: PersonName = field("姓名", example="陈某某", printed=False)
    born: YearMonth | None = field("出生年月", help="已去世的不印", example="1980.01", blank="", printed=False)
    political_status: PoliticalStatus | None = field("政治面貌", example="群众", blank="")
    post: Line = field("工作单位及职务", help="退休、去世的注明，如 ××退休教师、已去世", example="示例公司职员")

    @computed("姓名栏")
    def name_shown(self) -> str:
        """The name; a long one breaks at its dot."""
        return broken_name(self.name, _RELATIVE_NAME)

    @computed("出生年月栏")
    def born_shown(self) -> str:
        """The month of birth; nothing where the person has died."""
        return self.born.dotted if self.born and not any(word in self.post for word in _DEAD) else ""

    relation_size: ClassVar = Fitted("relation", "称谓", 19, 11.5)
    name_size: ClassVar = Fitted("name_shown", "姓名", _RELATIVE_NAME, 11.5, typed="name")
    status_size: ClassVar = Fitted("political_status", "政治面貌", 19, 11.5)
    post_size: ClassVar = Fitted("post", "工作单位及职务", 71, 11.5)

    def problems(self) -> Iterator[Problem]:
        """Everything fits its cell."""
        yield from super().problems()
        yield from overfull(self)


class AppointmentApproval(Form):
    """One person's form: the person's facts, the posts, the 简历, the family; the organs' opinions by hand."""

    about = About(
        title="干部任免审批表",
        articles=(33,),
        file_name="干部任免审批表_{姓名}",
        gates=(4, 6, 7, 17, 33),  # who may be appointed at all; what follows the form cannot refuse it
        dated="填表时间",
        subjects=("姓名",),
    )

    photo: Picture | None = field("照片", help="近期正面免冠照片；没有的留出照片框", blank="")
    name: PersonName = field("姓名", example="林示例")
    sex: Sex = field("性别", example="女")
    born: YearMonth = field("出生年月", example="1982.04", printed=False)
    identity_number: IdentityNumber | None = field(
        "公民身份号码", help="只用于核对，不印在表上", example="", blank="", printed=False
    )
    ethnic_group: EthnicGroup = field("民族", example="畲族")
    native_place: Line = field("籍贯", help="省名加县市名，不写“省”“市”", example="福建福安")
    birthplace: Line = field("出生地", help="省名加县市名，不写“省”“市”", example="福建建阳")
    political_status: PoliticalStatus | None = field(
        "政治面貌", help="填了入党时间的可以不填", example="中共党员", blank="", printed=False
    )
    joined_party: YearMonth | None = field("入党时间", help="中共党员填写", example="2003.06", blank="", printed=False)
    joined_as_written: Line | None = field(
        "入党时间写法",
        help="双重党籍写 1998.06；民盟；其余不填，由政治面貌和入党时间得出",
        example="",
        blank="",
        printed=False,
    )
    started_work: YearMonth = field("参加工作时间", example="2004.07")
    health: Line = field("健康状况", example="健康")
    professional_title: Line | None = field("专业技术职务", example="副教授", blank="无")
    expertise: Line | None = field("熟悉专业有何专长", example="高等教育管理", blank="")
    full_time_schooling: Line | None = field("全日制学历", example="大学", blank="")
    full_time_degree: Line | None = field("全日制学位", example="文学学士", blank="")
    full_time_school: Line | None = field("全日制毕业院校系", example="示例师范大学文学院", blank="")
    full_time_major: Line | None = field("全日制专业", help="学位另有院校的写全", example="汉语言文学专业", blank="")
    in_service_schooling: Line | None = field("在职学历", example="研究生", blank="")
    in_service_degree: Line | None = field("在职学位", example="教育学硕士", blank="")
    in_service_school: Line | None = field("在职毕业院校系", example="示例大学教育学院", blank="")
    in_service_major: Line | None = field("在职专业", help="学位另有院校的写全", example="高等教育学专业", blank="")
    post: Line = field("现任职务", help="写全称", example="示例学院教务处副处长")
    new_post: Line | None = field(
        "拟任职务", help="写全称；有试用期的注明", example="示例学院教务处处长（试用期一年）", blank="无"
    )
    leaves: Line | None = field("拟免职务", help="写全称", example="示例学院教务处副处长", blank="无")
    resume: Text = field(
        "简历",
        help="每段经历一行，如 2004.07--2008.09  单位及职务；现任的不写截止年月；套入的另起一行写（其间：…）",
        example="2004.07--         示例学院教务处科员",
        printed=False,
    )
    awards: Text | None = field("奖惩情况", help="没有的不填，印“无”", example="", blank="无")
    assessments: Text = field("年度考核结果", help="近三年", example="2023年合格，2024年优秀，2025年合格")
    reason: Text = field("任免理由", example="因工作需要，符合任职条件。")
    relatives: list[FamilyMember] = field(
        "家庭成员", help="家庭主要成员及重要社会关系；第二面印七人，多的印在续页", at_least=0, at_most=_MOST
    )
    reporting_unit: Line = field("呈报单位", example="中共示例学院委员会组织部")
    reported_on: Day | None = field("呈报日期", help="留空手写", prints="chinese", example="", blank=_BY_HAND)
    age_on: Day | None = field("计算年龄时间", help="不填的按填表时间", example="", blank="", printed=False)
    filled_on: Day = field("填表时间", prints="chinese", example="2026年9月20日")
    filled_by: Line | None = field("填表人", help="留空手写", example="吴试行", blank="")

    @computed("出生年月栏")
    def born_shown(self) -> str:
        """The month of birth, and under it the age at the date that the paper states."""
        return f"{self.born.dotted}\n（{age_at(self.born, self.age_on or self.filled_on)}岁）"

    @computed("姓名栏")
    def name_shown(self) -> str:
        """The name; a long one breaks at its dot."""
        return broken_name(self.name, _NAME)

    @computed("计算年龄时间栏")
    def age_on_shown(self) -> str:
        """When the age was counted, where that is not the day on which the form was filled in."""
        other = self.age_on and self.age_on != self.filled_on
        return f"（年龄计算至{self.age_on.chinese}）" if other and self.age_on else ""

    @computed("入党时间栏")
    def joined_shown(self) -> str:
        """The month of joining the party, or the short name of another party."""
        month = self.joined_party.dotted if self.joined_party else ""
        return self.joined_as_written or month or _PARTIES.get(self.political_status or "", "")

    @computed("简历各行")
    def resume_lines(self) -> list[ResumeLine]:
        """The 简历 by lines, the dates apart from the words that hang beside them."""
        return printed_lines(read_resume(self.resume))

    @computed("简历字号", printed=False)
    def resume_letters(self) -> str:
        """The size of letters at which the 简历 fills its box."""
        return resume_size(read_resume(self.resume))

    @computed("家庭成员空行", printed=False)
    def empty_rows(self) -> list[str]:
        """The rows that are left of the seven."""
        return [""] * (ROWS - len(self.relatives))

    @computed("续页空行", printed=False)
    def empty_rows_continued(self) -> list[str]:
        """The rows that are left of the seven on the continuation page."""
        return [""] * (2 * ROWS - len(self.relatives))

    @computed("续页", printed=False)
    def continued(self) -> str:
        """Says whether there is a continuation page."""
        return "有" if len(self.relatives) > ROWS else ""

    name_size: ClassVar = Fitted("name_shown", "姓名", _NAME, 12.3, typed="name")
    ethnic_size: ClassVar = Fitted("ethnic_group", "民族", 23, 12.3)
    native_size: ClassVar = Fitted("native_place", "籍贯", 22, 12.3)
    birthplace_size: ClassVar = Fitted("birthplace", "出生地", 23, 12.3)
    joined_size: ClassVar = Fitted("joined_shown", "入党时间", 23, 12.3, typed="joined_as_written")
    health_size: ClassVar = Fitted("health", "健康状况", 23, 12.3)
    title_size: ClassVar = Fitted("professional_title", "专业技术职务", 41, 12.3)
    expertise_size: ClassVar = Fitted("expertise", "熟悉专业有何专长", 46, 12.3)
    full_time_schooling_size: ClassVar = Fitted("full_time_schooling", "全日制学历", 40, 6)
    full_time_degree_size: ClassVar = Fitted("full_time_degree", "全日制学位", 40, 6)
    full_time_school_size: ClassVar = Fitted("full_time_school", "全日制毕业院校系", 61, 6)
    full_time_major_size: ClassVar = Fitted("full_time_major", "全日制专业", 61, 6)
    in_service_schooling_size: ClassVar = Fitted("in_service_schooling", "在职学历", 40, 6)
    in_service_degree_size: ClassVar = Fitted("in_service_degree", "在职学位", 40, 6)
    in_service_school_size: ClassVar = Fitted("in_service_school", "在职毕业院校系", 61, 6)
    in_service_major_size: ClassVar = Fitted("in_service_major", "在职专业", 61, 6)
    post_size: ClassVar = Fitted("post", "现任职务", 124, 12)
    new_post_size: ClassVar = Fitted("new_post", "拟任职务", 124, 12)
    leaves_size: ClassVar = Fitted("leaves", "拟免职务", 124, 12)
    awards_size: ClassVar = Fitted("awards", "奖惩情况", 151, 25)
    assessments_size: ClassVar = Fitted("assessments", "年度考核结果", 151, 20)
    reason_size: ClassVar = Fitted("reason", "任免理由", 151, 24)
    reporting_size: ClassVar = Fitted("reporting_unit", "呈报单位", 151, 20)

    def problems(self) -> Iterator[Problem]:
        """Everything fits its box; the dates follow one another; there is something to approve."""
        yield from super().problems()
        yield from identity_problems(self.identity_number, self.born, self.sex)
        yield from overfull(self)
        if not self.resume_letters:
            message = "太长：按最小的字（8 磅）46 行排满，仍放不进简历栏，请精简"
            yield Problem("resume", message)
        for said in resume_faults(read_resume(self.resume)):
            yield Problem("resume", said, Severity.WARNING)
        if not (self.new_post or self.leaves):
            yield Problem("new_post", "拟任职务和拟免职务至少要填一项")
        if self.born.year >= self.filled_on.year:
            yield Problem("born", "晚于填表时间，请核对")
        if not (self.political_status or self.joined_party or self.joined_as_written):
            yield Problem("political_status", "没有填写；请填写，中共党员填入党时间亦可")
        if self.political_status in ("中共党员", "中共预备党员") and not (self.joined_party or self.joined_as_written):
            yield Problem("joined_party", "中共党员请填写入党时间", Severity.WARNING)
        if not (self.full_time_schooling or self.in_service_schooling):
            yield Problem("full_time_schooling", "全日制学历和在职学历都没有填写，请核对", Severity.WARNING)

    @classmethod
    def from_case(cls, case: Case) -> Iterator[Data]:
        """One form for each person who is put to the vote; before the vote, for each under inspection."""
        votes = case.decision.votes if case.decision else []
        carried = {vote.name for vote in votes if vote.result in (None, "通过")}
        for person in case.candidates:
            if not votes or person.name in carried:
                yield _approval_of(case, person)

    @classmethod
    def sources(cls, data: Data) -> dict[str, str]:
        """Where the case holds what the form prints."""
        del data
        person = "考察对象[]"
        sheet = {spec.title: f"{person}.任免审批表.{spec.title}" for spec in cls.fields() if spec.name in _ON_SHEET}
        school = {spec.title: f"{person}.学历教育.{spec.title}" for spec in cls.fields() if spec.name in _SCHOOLS}
        own = {"拟免职务": f"{person}.免去职务", "家庭成员": f"{person}.家庭成员及亲属"}
        return {"": person, **sheet, **school, **own}


_SCHOOLS = {
    f"{when}_{what}" for when in ("full_time", "in_service") for what in ("schooling", "degree", "school", "major")
}
_ON_SHEET = {
    "photo",
    "birthplace",
    "joined_as_written",
    "health",
    "expertise",
    "resume",
    "awards",
    "assessments",
    "reason",
    "reporting_unit",
    "age_on",
    "filled_on",
    "filled_by",
}


def _approval_of(case: Case, person: Candidate) -> Data:
    """What the case knows of one person's form."""
    sheet = person.approval
    own = {
        "拟任职务": (sheet.new_post_as_written if sheet else None) or _new_post(case, person),
        "拟免职务": person.leaves,
        "简历": (sheet.resume if sheet else None) or career_resume(person) or None,
        "年度考核结果": (sheet.assessments if sheet else None) or _ratings(person),
        "家庭成员": [alike(relative, FamilyMember) for relative in person.relatives],
        "呈报单位": (sheet.reporting_unit if sheet else None) or department(case),
    }
    return {
        **alike(person, AppointmentApproval),
        **alike(person.education, AppointmentApproval),
        **alike(sheet, AppointmentApproval),
        **given(own),
    }


def _new_post(case: Case, person: Candidate) -> str | None:
    """The post proposed, with the trial period of whoever is promoted (article 35)."""
    post = proposed_post(case, person)
    return f"{post}{_TRIAL}" if post and person.way == _PROMOTED else post


def _ratings(person: Candidate) -> str:
    """The ratings of the last three years in a sentence."""
    rated = sorted((one.year.year, one.grade) for one in person.ratings if one.year and one.grade)
    return "，".join(f"{year}年{grade}" for year, grade in rated[-3:])
