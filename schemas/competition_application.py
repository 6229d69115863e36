"""公开选拔、竞争上岗报名表: who applies for what, with the unit's consent and the review (articles 38 to 40)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, ClassVar

from doc_forms.form import (
    About,
    AnyDate,
    Day,
    Degree,
    EthnicGroup,
    Form,
    IdentityNumber,
    Line,
    Part,
    PartialDate,
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
    computed,
    field,
)
from doc_forms.form.periods import Reached, duration_text, months_between, reached

from ._case.drawing import Data, alike, candidate_of, given, latest_ratings
from ._case.people import AnyLevel
from ._people import identity_problems
from ._posts import PostLevel
from ._prose import paragraphs_of
from ._qualifications import DEGREE_COURSE, DIVISION, WORKING_YEARS, YEARS_BELOW

if TYPE_CHECKING:
    from ._case.competition import Applicant
    from ._case.people import Candidate
    from ._case.posts import VacantPost
    from .case import Case

YES, NO = "是", "否"
OPEN, INNER = "公开选拔", "竞争上岗"
CompetitiveWay = Annotated[str, *choice("选拔方式", (OPEN, INNER))]
_BY_HAND = "\u3000\u3000\u3000年\u3000\u3000月\u3000\u3000日"
_STILL = "\u3000\u3000\u3000 "  # as wide as a month
_MONTHS = 12


class Held(Part):
    """One line of what the applicant has studied and done."""

    start: AnyDate = field("起始时间", example="2018.10", printed=False)
    end: AnyDate | None = field("截止时间", help="现任的不填", blank="", printed=False)
    what: Line = field("单位及职务", help="学习的写院校和专业", example="示例学院教务处实践教学科科长")
    level: AnyLevel | None = field("层次", example="正科级", blank="", printed=False)

    @computed("起止时间")
    def span(self) -> str:
        """From when to when, as careers are written: 2018.10--2022.03."""
        return f"{self.start.dotted}--{self.end.dotted if self.end else _STILL}"

    def problems(self) -> Iterator[Problem]:
        """Nothing ends before it began."""
        yield from super().problems()
        if self.end and self.end < self.start:
            yield Problem("end", "早于起始时间，请核对")


class CompetitionApplication(Form):
    """The form as it travels: the applicant signs, the unit consents, the organization department reviews."""

    about = About(
        title="公开选拔、竞争上岗报名表",
        articles=(38, 39, 40),
        file_name="{选拔方式}报名表_{姓名}_{报考职位}",
        gates=("39.1", "40.4"),  # conditions beyond the rules without consent; a review against the unit's will
        dated="资格审查日期",
        subjects=("姓名",),
    )

    way: CompetitiveWay = field("选拔方式", help="公开选拔面向社会，竞争上岗在校内", example=INNER)
    post: Line = field("报考职位", help="与公布的职位名称一致", example="计算机科学与工程学院副院长")
    level: PostLevel = field("报考层次", example="副处级")
    other_posts: YesNo | None = field("服从调配", help="愿意调配到其他职位的填是", example="是", blank="")
    name: PersonName = field("姓名", example="林示例")
    sex: Sex = field("性别", example="女")
    born: YearMonth = field("出生年月", example="1986.04")
    identity_number: IdentityNumber | None = field(
        "公民身份号码", help="只用于核对，不印在表上", example="", blank="", printed=False
    )
    ethnic_group: EthnicGroup = field("民族", example="畲族")
    native_place: Line | None = field("籍贯", example="福建福安", blank="")
    political_status: PoliticalStatus = field("政治面貌", example="中共党员")
    joined_party: YearMonth | None = field("入党时间", example="2006.06", blank="")
    started_work: YearMonth = field("参加工作时间", example="2009.07")
    schooling: Schooling = field("学历", example="研究生")
    degree: Degree | None = field("学位", example="教育学硕士", blank="无")
    school: Line | None = field("毕业院校及专业", example="示例师范大学高等教育学专业", blank="")
    professional_title: Line | None = field("专业技术职务", example="副教授", blank="无")
    present_post: Line = field("现任职务", help="写全称，含单位", example="计算机科学与工程学院党政办公室主任")
    of_school: YesNo | None = field("本校人员", help="竞争上岗只限本校人员", example="是", blank="")
    phone: Line | None = field("联系电话", example="0000-0000003", blank="")
    counted_to: Day | None = field(
        "计算日期", help="年龄、工龄、任职年限算到这一天，通常为报名截止日期", prints="chinese", blank="", printed=False
    )
    conditions: Text | None = field("资格条件", help="公布的条件，可分段", blank="", printed=False)
    career: list[Held] = field("学习工作简历", help="由远到近，一行一段；一段没有的留空手写", at_least=0)
    rewards: Text | None = field("奖惩情况", help="没有填无；留空手写", example="无", blank="", printed=False)
    ratings: list[Line] = field("近三年年度考核", help="由远到近，一年一行", example="2023合格", at_least=0)
    reasons: Text | None = field("竞聘理由", help="主要业绩和竞聘理由，可分段；留空手写", blank="", printed=False)
    applied: Day | None = field("报名日期", prints="chinese", example="2026年9月2日", blank=_BY_HAND)
    unit_consent: YesNo | None = field(
        "所在单位同意", help="报名须经所在单位同意（第四十条）；留空由单位填", example="是", blank="", printed=False
    )
    unit_opinion: Line | None = field("所在单位意见", help="补充的话", blank="")
    unit_date: Day | None = field("所在单位意见日期", prints="chinese", example="2026年9月2日", blank=_BY_HAND)
    qualified: YesNo | None = field("资格审查合格", help="留空由组织部填", example="是", blank="", printed=False)
    review: Line | None = field("资格审查意见", help="不合格的写明原因", blank="")
    review_date: Day | None = field("资格审查日期", prints="chinese", example="2026年9月4日", blank=_BY_HAND)

    condition_paragraphs: ClassVar = paragraphs_of("conditions", "资格条件各段")
    reward_paragraphs: ClassVar = paragraphs_of("rewards", "奖惩情况各段")
    reason_paragraphs: ClassVar = paragraphs_of("reasons", "竞聘理由各段")

    @computed("单位选项")
    def consent_boxes(self) -> str:
        """Consent or not as boxes, what the unit said marked."""
        return _boxes(self.unit_consent, "同意报名", "不同意报名")

    @computed("审查选项")
    def review_boxes(self) -> str:
        """Qualified or not as boxes, what the review found marked."""
        return _boxes(self.qualified, "合格", "不合格")

    @computed("任职情况")
    def counted(self) -> str:
        """Age, years of work and years at the present level on the day that is counted to; empty without one."""
        if self.counted_to is None:
            return ""
        age = months_between(self.born, self.counted_to) // _MONTHS
        said = [f"年龄{age}岁", f"工龄{_duration(self.started_work, self.counted_to)}"]
        if since := self._level_since():
            said.append(f"任{since[0]}{_duration(since[1], self.counted_to)}")
        return f"截至{self.counted_to.chinese}：{'，'.join(said)}"

    def _level_since(self) -> tuple[str, PartialDate] | None:
        """The level held now, and since when without a break of level."""
        lines = sorted(self.career, key=lambda line: line.start, reverse=True)
        if not lines or lines[0].end or not lines[0].level:
            return None
        level, since = lines[0].level, lines[0].start
        for line in lines[1:]:
            if line.level != level:
                break
            since = line.start
        return level, since

    def problems(self) -> Iterator[Problem]:
        """The unit consents before the review passes anybody; a competition is the school's own."""
        yield from super().problems()
        yield from identity_problems(self.identity_number, self.born, self.sex)
        if self.way == INNER and self.of_school == NO:
            yield Problem("of_school", "竞争上岗在学校内部进行（第三十八条），校外人员请报公开选拔")
        if self.qualified == YES and self.unit_consent != YES:
            said = "所在单位不同意" if self.unit_consent else "没有所在单位的意见"
            yield Problem("qualified", f"{said}，资格审查不能合格：报名应当经所在单位同意（第四十条）")
        if self.qualified == NO and not self.review:
            yield Problem("review", "审查不合格的，请写明原因", Severity.WARNING)
        yield from self._date_problems()
        yield from self._qualification_problems()

    def _date_problems(self) -> Iterator[Problem]:
        if self.applied and self.review_date and self.review_date < self.applied:
            yield Problem("review_date", "早于报名日期，请核对")
        if self.unit_date and self.review_date and self.review_date < self.unit_date:
            yield Problem("review_date", "早于所在单位意见日期，请核对")
        if self.applied and self.counted_to and self.counted_to < self.applied:
            yield Problem("applied", "晚于报名截止（计算）日期，请核对", Severity.WARNING)

    def _qualification_problems(self) -> Iterator[Problem]:
        """What article 6 asks of the post's level and the facts do not show (article 39); beyond it needs consent."""
        if self.level in DIVISION and self.schooling not in DEGREE_COURSE:
            yield Problem("schooling", "处级职务一般应当具有大学本科以上学历（第六条），请核对", Severity.WARNING)
        if self.counted_to is None:
            return
        if self.level in DIVISION and reached(self.started_work, self.counted_to, WORKING_YEARS) is Reached.NO:
            message = f"到{self.counted_to.chinese}工龄不满 {WORKING_YEARS} 年（第六条），条件有突破的须经上级同意"
            yield Problem("started_work", message, Severity.WARNING)
        since, needed = self._level_since(), YEARS_BELOW.get(self.level)
        if since and needed and since[0] == needed[0]:
            full = reached(since[1], self.counted_to, needed[1])
            if full is not Reached.YES:
                open_ = "未满" if full is Reached.NO else "是否满"
                message = f"任{since[0]}到{self.counted_to.chinese}{open_} {needed[1]} 年（第六条），请核对"
                yield Problem("career", message, Severity.WARNING)

    @classmethod
    def from_case(cls, case: Case) -> Iterator[Data]:
        """One form for each who entered the competition, with what is known of a person under inspection."""
        stage = case.competition
        if stage is None or case.way not in (OPEN, INNER, None):
            return
        for person in stage.applicants:
            candidate = candidate_of(case, person.name)
            post = _post_of(case, person, candidate)
            career = person.career or (candidate.career if candidate else [])
            own = {
                "选拔方式": case.way,
                "报考职位": person.for_post or (post.name if post else None),
                "报考层次": post.level if post else None,
                "计算日期": stage.closed,
                "资格条件": stage.conditions,
                "学习工作简历": [alike(line, Held) for line in career],
                "近三年年度考核": latest_ratings(candidate) if candidate else [],
            }
            yield {**alike(candidate, cls), **alike(person, cls), **given(own)}

    @classmethod
    def sources(cls, data: Data) -> dict[str, str]:
        """Where the case holds what the form prints."""
        del data
        return {
            "": "竞争性选拔.报名人员[]",
            "选拔方式": "选拔方式",
            "报考层次": "职位[].职务层次",
            "计算日期": "竞争性选拔.报名截止日期",
            "资格条件": "竞争性选拔.公布的资格条件",
            "学习工作简历": "竞争性选拔.报名人员[].任职经历",
        }


def _boxes(answer: str | None, yes: str, no: str) -> str:
    return f"{'■' if answer == YES else '□'}{yes}　　　{'■' if answer == NO else '□'}{no}"


def _duration(since: PartialDate, until: PartialDate) -> str:
    return duration_text(months_between(since, until)).replace(" ", "")


def _post_of(case: Case, person: Applicant, candidate: Candidate | None) -> VacantPost | None:
    """The vacancy that somebody applies for; the only one there is, where none is named."""
    named = person.for_post or (candidate.new_post if candidate else None)
    if named is None and len(case.posts) == 1:
        return case.posts[0]
    return next((post for post in case.posts if named and post.name == named), None)
