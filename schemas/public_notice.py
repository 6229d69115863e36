"""任前公示: the notice by which the school learns whom the committee means to promote (article 34).

It shows what the public needs to know whom it is about and nothing else: no identity number, no day of birth, no
telephone number and no family of a person.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from doc_forms.form import (
    NO_LINE,
    About,
    Day,
    Degree,
    EthnicGroup,
    Form,
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
    computed,
    field,
)
from doc_forms.regulation import WorkCalendar, YearUnknownError

from ._case.drawing import Data, alike, candidate_of, given, proposed_post
from ._case.order import ORDER, order_of
from ._name_order import NameOrdered
from ._prose import paragraphs_of
from ._red_head import BASIS, long_signature

if TYPE_CHECKING:
    from ._case.people import Candidate
    from .case import Case

PROMOTED = "提任"
LEAST_DAYS = 5
"""Working days for which the notice stands, at least."""
_QUALIFIED = ("6.1a", "6.1b", "6.2", "6.3a", "6.3b", "6.3c", "6.3d", "6.3e", "6.4", "6.5a", "6.7")
_PRIVATE = {
    "身份证号": re.compile(r"(?<!\d)(?:\d{17}[\dXx]|\d{15})(?!\d)"),
    "手机号码": re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)"),
}
_FAMILY = re.compile("妻子|丈夫|配偶|儿子|女儿|岳父|岳母|公公|婆婆|家庭住址|家庭成员")
_TEXTS = ("native_place", "professional_title", "post", "new_post", "career", "exceptional_reason")


class Announced(Part):
    """One person of the notice, with what may be published."""

    name: PersonName = field("姓名", example="林示例")
    sex: Sex = field("性别", example="女")
    ethnic_group: EthnicGroup = field("民族", example="畲族")
    born: YearMonth = field("出生年月", help="只公布到月", example="1986.04", prints="chinese")
    native_place: Line = field("籍贯", help="省名加县市名", example="福建福安")
    political_status: PoliticalStatus = field("政治面貌", example="中共党员")
    joined_party: YearMonth | None = field(
        "入党时间", help="中共党员填写", example="2006.06", blank=NO_LINE, prints="chinese"
    )
    started_work: YearMonth = field("参加工作时间", example="2009.07", prints="chinese")
    schooling: Schooling = field("学历", example="研究生")
    degree: Degree | None = field("学位", example="教育学硕士", blank=NO_LINE)
    professional_title: Line | None = field("专业技术职务", example="副教授", blank=NO_LINE)
    post: Line = field("现任职务", help="写全称，含单位", example="计算机科学与工程学院党政办公室主任")
    new_post: Line = field("拟任职务", help="写全称，含单位", example="计算机科学与工程学院副院长")
    career: Text | None = field("简历", help="不公布简历的不填；一行一段", blank="", printed=False)
    exceptional_case: Line | None = field(
        "破格情形", help="破格提拔的填写（第七条所列情形）", example="特别优秀：艰苦复杂岗位实绩突出", blank=NO_LINE
    )
    exceptional_reason: Text | None = field(
        "破格理由", help="破格提拔的填写，写明具体理由（第三十四条）", blank="", printed=False
    )

    career_paragraphs: ClassVar = paragraphs_of("career", "简历各段")
    reason_paragraphs: ClassVar = paragraphs_of("exceptional_reason", "破格理由各段")

    def problems(self) -> Iterator[Problem]:
        """Nothing that must not be published; an exceptional promotion with its case and its reason."""
        yield from super().problems()
        for name in _TEXTS:
            yield from _unpublishable(name, getattr(self, name) or "")
        if bool(self.exceptional_case) != bool(self.exceptional_reason):
            missing = "exceptional_reason" if self.exceptional_case else "exceptional_case"
            yield Problem(missing, "破格提拔的，破格情形和破格理由都要公示（第三十四条），请补充")
        if self.joined_party and "中共" not in self.political_status:
            yield Problem("joined_party", f"政治面貌为“{self.political_status}”的不填入党时间，请核对")


class PublicNotice(NameOrdered, Form):
    """Who is announced, until when, and where opinions are received."""

    about = About(
        title="任前公示",
        articles=(34,),
        file_name="任前公示_{公示日期}_{公示对象}",
        # Announced is whom the committee decided to promote (29 to 31), who qualifies (6, 7) and is not barred
        # (17, 43, 46). What comes of the notice (34.1b, 34.4) cannot refuse it.
        gates=(*_QUALIFIED, 7, 17, 29, 30, 31, "34.1a", "34.2", "34.3", 43, "46.2a", "46.2b"),
        settled=("30.1", 31),
        dated="公示日期",
        subjects=("公示对象.姓名", "公示对象.拟任职务"),
        published=True,
    )

    number: Line | None = field("公示编号", help="本单位编号的填写", example="2026年第5号", blank=NO_LINE)
    addressee: Line = field("主送机关", help="末尾不写冒号，文书会加上", example="校内各单位")
    basis: Line = field("公示依据", help="所依据的条例和规定", default=BASIS)
    decided: Day = field("决定日期", help="校党委会讨论决定的日期", prints="chinese", example="2026年9月22日")
    people: list[Announced] = field("公示对象", help="提任处科级职务的人选", at_least=1, printed=False)
    start: Day = field("公示开始日期", prints="chinese", example="2026年9月23日")
    end: Day = field("公示截止日期", help="不少于五个工作日", prints="chinese", example="2026年9月30日")
    department: Line = field("受理部门", example="党委组织部、校纪委办公室")
    phone: Line = field("受理电话", example="0000-0000002")
    email: Line | None = field("受理邮箱", example="zzb@example.edu.cn", blank=NO_LINE)
    address: Line | None = field("受理地址", example="行政楼 510 室", blank=NO_LINE)
    signed_by: Line = field("署名", help="发布公示的机关", example="中共示例学院委员会组织部")
    dated: Day = field("公示日期", help="发布公示的日期", prints="chinese", example="2026年9月23日")

    signature_is_long: ClassVar = long_signature("signed_by")

    @computed("公示名单")
    def announced(self) -> list[Announced]:
        """The people in the order that is asked for."""
        return self.in_order(self.people, lambda person: person.name)

    def ordered_names(self) -> list[str]:
        """Give the names of the people, as they were entered."""
        return [person.name for person in self.people]

    def problems(self) -> Iterator[Problem]:
        """The notice follows the decision and stands for five working days; everybody is in it once."""
        yield from super().problems()
        if self.addressee.endswith((":", "：")):
            yield Problem("addressee", "末尾不写冒号，文书会自动加上，请删去")
        if self.dated < self.decided:
            yield Problem("dated", "早于校党委会决定日期，应在讨论决定之后公示（第三十四条）")
        if self.start < self.dated:
            yield Problem("start", "早于公示日期，请核对")
        yield from _period_problems(self.start, self.end)
        for name, times in Counter(self.ordered_names()).items():
            if times > 1:
                yield Problem("people", f"{name} 出现 {times} 次，请核对是否重复", Severity.WARNING)
        yield from self.order_problems("people")

    @classmethod
    def from_case(cls, case: Case) -> Iterator[Data]:
        """One notice for all whom the committee decided to promote; none where nobody is promoted."""
        votes = case.decision.votes if case.decision else []
        waiting = not votes or any(vote.result is None for vote in votes)
        passed = [candidate_of(case, vote.name) for vote in votes if vote.result == "通过"]
        chosen = [person for person in (case.candidates if waiting else passed) if person]
        if any(person.way in (None, PROMOTED) for person in chosen):
            people = [_announced(case, person) for person in chosen if person.way in (None, PROMOTED)]
            yield {**_head(case), **order_of(case), "公示对象": None if waiting else people}

    @classmethod
    def sources(cls, data: Data) -> dict[str, str]:
        """Where the case holds what the notice prints."""
        del data
        return {
            **ORDER,
            "": "任前公示",
            "主送机关": "发文机关.主送机关",
            "决定日期": "讨论决定.党委会日期",
            "公示对象": "讨论决定.表决情况",
            **{f"公示对象.{spec.title}": f"考察对象[].{spec.title}" for spec in Announced.fields()},
            "公示对象.破格情形": "考察对象[].破格提拔.破格情形",
            "公示对象.破格理由": "考察对象[].破格提拔.破格理由",
            "署名": "发文机关.组织部全称",
            "公示日期": "任前公示.公示发布日期",
        }


def _unpublishable(name: str, text: str) -> Iterator[Problem]:
    for what, shape in _PRIVATE.items():
        if shape.search(text):
            yield Problem(name, f"含有{what}，公示中不得出现，请删去")
    if _FAMILY.search(text):
        yield Problem(name, "提到了家庭情况，公示一般不公布，请核对", Severity.WARNING)


def _period_problems(start: PartialDate, end: PartialDate) -> Iterator[Problem]:
    if end < start:
        yield Problem("end", "早于公示开始日期，请核对")
        return
    try:
        days = WorkCalendar().count(start.date, end.date)
    except YearUnknownError as error:
        message = f"{error}，公示期是否满 {LEAST_DAYS} 个工作日请自行核对"
        yield Problem("end", message, Severity.WARNING)
        return
    if days < LEAST_DAYS:
        yield Problem("end", f"公示期只有 {days} 个工作日，不得少于 {LEAST_DAYS} 个（第三十四条）")


def _head(case: Case) -> Data:
    organs, notice, decision = case.organs, case.notice, case.decision
    own: Data = {
        "主送机关": organs.main_recipients if organs else None,
        "署名": organs.department if organs else None,
        "决定日期": decision.date if decision else None,
        "公示日期": notice.issued if notice else None,
    }
    return {**alike(notice, PublicNotice), **given(own)}


def _announced(case: Case, person: Candidate) -> Data:
    beyond = person.exceptional
    own = {
        "拟任职务": proposed_post(case, person),
        "破格情形": beyond.case if beyond else None,
        "破格理由": beyond.reason if beyond else None,
    }
    return {**alike(person, Announced), **given(own)}
