"""Chapter 2 (articles 5-7): conditions; the qualifications of service and schooling, article 6 (1) to (4)."""

from __future__ import annotations

from doc_forms.form.periods import Reached, reached, years_later
from doc_forms.regulation import Severity, Verdict, article, broken, left_to_people, met, need

from .._case.people import Experience
from .._interpretation import Office
from .._qualifications import DEGREE_COURSE, WORKING_YEARS, YEARS_BELOW
from ..case import Case
from ._career import current_lines, day_text, judged, lines_before, not_told, served_as, since_text
from ._specimens import FIRST_JOB_FROM_2010, post_of, two_posts
from ._subjects import (
    Numbered,
    candidates,
    is_decided,
    is_promotion,
    promoted_to_division,
    reference_day,
    target_level,
    waives,
)

GISTS = {
    5: "处科级干部都应具备的六项基本条件：政治、信念、求实、能力、廉洁、民主作风",
    6: "提任处科级干部的七项基本资格：工龄和基层经历、下级任职、任职年限、学历、培训、身体、法定资格和党龄",
    7: "逐级提拔；特别优秀或工作特殊需要的可以破格，但有几条不可突破的界限",
}

DISPOSITIONS = (
    left_to_people(5, "校党委、组织部、考察组", "政治表现、能力和作风要由考察了解并集体评价，程序不打分、不代替判断"),
    left_to_people(7, "校党委", "是否特别优秀、是否确有工作需要由校党委从严掌握，程序只核对情形、理由和不可突破的界限"),
)

_GRASSROOTS_YEARS = 2
_POSTS_BELOW = 2
_AGENCY_YEARS = 1


@article(
    6,
    "1a",
    Severity.ERROR,
    "提任处级领导职务应有五年以上工龄",
    over=candidates,
    lawful={"考察对象[0].参加工作时间": "2021.08"},
    unlawful={"考察对象[0].参加工作时间": "2021.10"},
)
def has_worked_five_years(case: Case, subject: Numbered, office: Office) -> Verdict | None:
    """Article 6 (1): five full years from 参加工作时间 to the reference day; equal months are left to people."""
    if not promoted_to_division(case, subject, "工龄或基层经历"):
        return None
    start, day = subject.need(subject.person.started_work, "参加工作时间"), reference_day(case, office)
    facts = f"{start.dotted} 参加工作，至 {day_text(case, office)}，工龄 {since_text(start, day)}"
    remedy = f"工龄 {years_later(start, WORKING_YEARS).dotted} 后方满五年"
    outcome = reached(start, day, WORKING_YEARS)
    return judged(outcome, facts, remedy, subject.path("参加工作时间"), decided=is_decided(case), office=office)


@article(
    6,
    "1b",
    Severity.ERROR,
    "提任处级领导职务应有两年以上基层工作经历",
    over=candidates,
    lawful=FIRST_JOB_FROM_2010 | {"考察对象[0].任职经历[0].截止时间": "2012-08-01"},
    unlawful=FIRST_JOB_FROM_2010 | {"考察对象[0].任职经历[0].截止时间": "2012-07-31"},
)
def has_grassroots_years(case: Case, subject: Numbered, office: Office) -> Verdict | None:
    """Article 6 (1): the career's lines marked as grass-roots work add up to two years."""
    if not promoted_to_division(case, subject, "工龄或基层经历"):
        return None
    day = reference_day(case, office)
    total = served_as(subject, day, lambda line: line.grassroots == "是")
    outcome = total.reached(_GRASSROOTS_YEARS)
    if outcome is not Reached.YES and (not_yet := not_told(subject, day, "基层工作")):
        return not_yet
    facts = f"至 {day_text(case, office)}，基层工作经历合计 {total.text}"
    remedy = "补足两年基层工作经历；有漏记的，在任职经历中标明基层工作"
    return judged(outcome, facts, remedy, subject.path("任职经历"), decided=is_decided(case), office=office)


@article(
    6,
    "2",
    Severity.WARNING,
    "提任处级领导职务一般应在下一级两个以上职位任过职",
    over=candidates,
    lawful={"考察对象[0].任职经历": two_posts("正科级", "2018-10-08")},
    unlawful={
        "考察对象[0].任职经历[3]": None,
        "考察对象[0].任职经历[3].起始时间": "2018.10",
    },
)
def has_held_two_posts(case: Case, subject: Numbered, office: Office) -> Verdict | None:
    """Article 6 (2): different posts of the next lower level, counted by name, up to the reference day."""
    if not promoted_to_division(case, subject, "任职职位数"):
        return None
    below, _ = YEARS_BELOW[target_level(case, subject)]
    day = reference_day(case, office)
    posts = {line.post for _, line in lines_before(subject, day) if line.level == below and line.post}
    if len(posts) < _POSTS_BELOW and (not_yet := not_told(subject, day, "层次", "单位及职务")):
        return not_yet
    facts = f"任过{below}职位 {len(posts)} 个{'：' if posts else ''}{'、'.join(sorted(posts))}"
    if len(posts) >= _POSTS_BELOW:
        return met(facts)
    return broken(facts, f"一般应有两个以上{below}职位的经历；确需提任的说明理由", *subject.path("任职经历"))


def _years_below(case: Case, subject: Numbered, office: Office, target: str) -> Verdict | None:
    """Article 6 (3): time at the next lower level; the trial period counts as the setting says."""
    if not is_promotion(subject) or target_level(case, subject) != target or waives(subject, "任职年限"):
        return None
    below, years = YEARS_BELOW[target]
    day = reference_day(case, office)

    def at_level(line: Experience) -> bool:
        return line.level == below

    total = served_as(subject, day, at_level, trial_counts=office.points.trial_counts == "是")
    outcome = total.reached(years)
    if outcome is not Reached.YES and (not_yet := not_told(subject, day, "层次")):
        return not_yet
    facts = f"至 {day_text(case, office)}，在{below}岗位工作合计 {total.text}"
    remedy = f"在{below}岗位满 {years} 年后再提任，确有需要的按第七条办理破格"
    return judged(outcome, facts, remedy, subject.path("任职经历"), decided=is_decided(case), office=office)


@article(
    6,
    "3a",
    Severity.ERROR,
    "提任正处级应在副处级岗位工作两年以上",
    over=candidates,
    lawful=post_of("正处级", "副处级") | {"考察对象[0].任职经历": two_posts("副处级", "2024-09-22")},
    unlawful=post_of("正处级", "副处级") | {"考察对象[0].任职经历": two_posts("副处级", "2024-09-23")},
)
def has_served_as_deputy_division_head(case: Case, subject: Numbered, office: Office) -> Verdict | None:
    """Article 6 (3): two years at 副处级."""
    return _years_below(case, subject, office, "正处级")


@article(
    6,
    "3b",
    Severity.ERROR,
    "提任副处级应在正科级岗位工作三年以上",
    over=candidates,
    lawful={"考察对象[0].任职经历": two_posts("正科级", "2023-09-22")},
    unlawful={"考察对象[0].任职经历": two_posts("正科级", "2023-09-23")},
)
def has_served_as_section_head(case: Case, subject: Numbered, office: Office) -> Verdict | None:
    """Article 6 (3): three years at 正科级."""
    return _years_below(case, subject, office, "副处级")


@article(
    6,
    "3c",
    Severity.ERROR,
    "提任正科级应在副科级岗位工作两年以上",
    over=candidates,
    lawful=post_of("正科级", "副科级") | {"考察对象[0].任职经历": two_posts("副科级", "2024-09-22")},
    unlawful=post_of("正科级", "副科级") | {"考察对象[0].任职经历": two_posts("副科级", "2024-09-23")},
)
def has_served_as_deputy_section_head(case: Case, subject: Numbered, office: Office) -> Verdict | None:
    """Article 6 (3): two years at 副科级."""
    return _years_below(case, subject, office, "正科级")


@article(
    6,
    "3d",
    Severity.ERROR,
    "提任副科级应在编在岗达到规定年限",
    over=candidates,
    lawful=post_of("副科级", "科员及以下") | {"考察对象[0].入编时间": "2023-09-22", "解释口径.副科级在编在岗年限": 3},
    unlawful=post_of("副科级", "科员及以下") | {"考察对象[0].入编时间": "2023-09-23", "解释口径.副科级在编在岗年限": 3},
)
def has_been_on_the_staff(case: Case, subject: Numbered, office: Office) -> Verdict | None:
    """Article 6 (3): the number of years is missing in the text, so the setting has no default and is asked for."""
    if not _to_deputy_section(case, subject):
        return None
    employment = subject.need(subject.person.employment, "人事身份")
    if employment == "人事代理":
        return None
    if employment == "其他":
        remedy = "规定只列在编和人事代理两种，请核对人事身份"
        return broken("人事身份为“其他”，不是在编人员", remedy, *subject.path("人事身份"))
    years = need(office.points.junior_years, "解释口径", "副科级在编在岗年限")
    return _on_the_staff(case, subject, office, years)


@article(
    6,
    "3e",
    Severity.ERROR,
    "人事代理人员提任副科级应在岗且正式入编一年以上",
    over=candidates,
    lawful=post_of("副科级", "科员及以下") | {"考察对象[0].人事身份": "人事代理", "考察对象[0].入编时间": "2025-09-22"},
    unlawful=post_of("副科级", "科员及以下")
    | {"考察对象[0].人事身份": "人事代理", "考察对象[0].入编时间": "2025-09-23"},
)
def agency_staff_have_been_a_year(case: Case, subject: Numbered, office: Office) -> Verdict | None:
    """Article 6 (3): people of 人事代理 are in post and formally on the establishment for a year."""
    if not _to_deputy_section(case, subject):
        return None
    if subject.need(subject.person.employment, "人事身份") != "人事代理":
        return None
    return _on_the_staff(case, subject, office, _AGENCY_YEARS)


def _to_deputy_section(case: Case, subject: Numbered) -> bool:
    return is_promotion(subject) and target_level(case, subject) == "副科级" and not waives(subject, "任职年限")


def _on_the_staff(case: Case, subject: Numbered, office: Office, years: int) -> Verdict:
    """In post on the eve of the reference day, and on the establishment for so many years."""
    day = reference_day(case, office)
    current_lines(subject, day)
    start = subject.need(subject.person.employed_since, "入编时间")
    facts = f"{start.dotted} 入编，至 {day_text(case, office)}，在编 {since_text(start, day)}"
    remedy = f"应满 {years} 年，{years_later(start, years).dotted} 后方可"
    return judged(
        reached(start, day, years), facts, remedy, subject.path("入编时间"), decided=is_decided(case), office=office
    )


@article(
    6,
    "4",
    Severity.WARNING,
    "提任处级领导职务一般应有大学本科以上文化程度",
    over=candidates,
    lawful={"考察对象[0].学历": "大学"},
    unlawful={"考察对象[0].学历": "大专"},
)
def has_a_degree_course(case: Case, subject: Numbered, _office: Office) -> Verdict | None:
    """Article 6 (4): 大学本科 or above; courses of the party schools count as equal."""
    if not promoted_to_division(case, subject, "学历"):
        return None
    schooling = subject.need(subject.person.schooling, "学历")
    if schooling in DEGREE_COURSE:
        return met(f"学历为{schooling}")
    return broken(f"学历为{schooling}，低于大学本科", "一般应为大学本科以上；确需提任的说明理由", *subject.path("学历"))
