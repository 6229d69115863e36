"""Chapter 5, articles 23 and 24: who is heard about a candidate, and whose opinions are asked."""

from __future__ import annotations

import re
from operator import attrgetter

from doc_forms.regulation import Severity, Verdict, article, broken, met, need

from .._case.inspection import ConclusionFact
from .._interpretation import Office
from ..case import Case
from ._decided import unknown
from ._groups import OFFICE_UNIT, TEACHING_UNIT, missing_groups
from ._inspected import (
    TALKS,
    Inspected,
    Talks,
    ascending_at,
    inspected,
    inspection_of,
    people_of,
    step_or_gap,
    talked_about,
    talks_held,
    told,
)
from ._subjects import Numbered, candidates, compare, is_division, is_promotion, step, target_level

GISTS = {
    23: "谈话和征求意见的范围按所在单位性质确定，一般不少于20人；党外人选另听统战部和所在组织意见",
    24: "听取纪委意见，填报并核实个人有关事项，需要的进行审计，征求宣传、计划生育和综治部门意见",
}

_LEAST_PEOPLE = 20
_TEACHING, _OFFICES = "教学科研教辅机构", "校直机关部处"
_DEPARTMENTS = {
    "宣传部门": "宣传",
    "计划生育部门": "计划生育|计生|卫生健康|人口",
    "综治部门": "综治|综合治理|保卫|政法|平安|安全",
}
"""Article 24 and the words that today's departments of those duties go by."""
_PARTIES = {
    "民革党员": "民革",
    "民盟盟员": "民盟",
    "民建会员": "民建",
    "民进会员": "民进",
    "农工党党员": "农工",
    "致公党党员": "致公",
    "九三学社社员": "九三",
    "台盟盟员": "台盟",
    "无党派人士": "联谊会|知联会",
}
"""Political status -> the words for the party's branch at the school, or for the association of article 23 (3)."""
_FIRST = "考察.考察情况[0]"


def _unit_kind(case: Case, subject: Numbered) -> str:
    """Give the kind of unit that a candidate works in: as stated, or the vacancy's where it is the same unit."""
    if subject.person.unit_kind:
        return subject.person.unit_kind
    post = case.post_of(subject.person)
    if post and post.unit and post.unit_kind and post.unit in subject.need(subject.person.post, "现任职务"):
        return post.unit_kind
    return subject.need(None, "所在单位类别")


def _all_talks(case: Case, talks: Talks, facts: str) -> Verdict | None:
    """Say that it is too early to tell while talks may follow, or of one it is not told whom it was about."""
    if inspection_of(case).end is None:
        return unknown(f"考察还没有结束，{facts}", "考察", "考察结束日期")
    if talks.unassigned is not None:
        need(None, *TALKS, talks.unassigned, "考察对象姓名")
    return None


def _enough_people(case: Case, talks: Talks, kind: str) -> Verdict | None:
    if _unit_kind(case, talks.subject) != kind:
        return None
    people = len(people_of(talks_held(case, talks)))
    facts = f"谈话 {people} 人"
    if people >= _LEAST_PEOPLE:
        return met(facts)
    too_early = _all_talks(case, talks, facts)
    if too_early:
        return too_early
    reason = inspection_of(case).scope_reason
    if reason:
        return met(f"{facts}，已说明：{reason}")
    return broken(facts, f"一般不少于 {_LEAST_PEOPLE} 人，或在“谈话范围说明”中写明理由", *TALKS)


def _groups_heard(case: Case, talks: Talks, kind: str) -> Verdict | None:
    if _unit_kind(case, talks.subject) != kind:
        return None
    wanted = TEACHING_UNIT if kind == "教学科研教辅机构" else OFFICE_UNIT
    held = talks_held(case, talks)
    missing = missing_groups(wanted, told(held, attrgetter("group"), "谈话对象类别"))
    if not missing:
        return met(f"{len(wanted)} 类人员都已谈话")
    facts = f"没有同{'、'.join(missing)}谈话"
    too_early = _all_talks(case, talks, facts)
    if too_early:
        return too_early
    reason = inspection_of(case).scope_reason
    if reason:
        return met(f"{facts}，已说明：{reason}")
    return broken(facts, "补谈这些人员，或在“谈话范围说明”中写明理由", *TALKS)


def _fewer_talks(people: int) -> dict[str, None]:
    """Make a specimen: the second candidate, whose 22 talks are the last, was talked about with that many people."""
    return {f"考察.个别谈话[{number}]": None for number in range(44, 22 + people, -1)}


def _groups(*groups: str, numbers: range) -> dict[str, str]:
    """Make a specimen: talks were held with people of these groups, in turn."""
    return {f"考察.个别谈话[{number}].谈话对象类别": groups[number % len(groups)] for number in numbers}


_IN_AN_OFFICE = {"考察对象[1].所在单位类别": _OFFICES, "考察对象[1].现任职务": "教务处实践教学科科长"}
"""A specimen's second candidate works in the administration, not in the college where the vacancy is."""


@article(
    23,
    "1a",
    Severity.WARNING,
    "考察教学、科研、教辅机构的人选，谈话和征求意见一般不少于20人",
    over=talked_about,
    lawful=_fewer_talks(20),
    unlawful=_fewer_talks(19),
)
def twenty_people_of_a_teaching_unit(case: Case, talks: Talks, _office: Office) -> Verdict | None:
    """At least twenty people are heard about each candidate of a teaching or research unit (article 23, item 1)."""
    return _enough_people(case, talks, _TEACHING)


@article(
    23,
    "1b",
    Severity.WARNING,
    "考察教学、科研、教辅机构的人选，同规定的七类人员谈话",
    over=talked_about,
    lawful=_groups("民盟盟员", numbers=range(18, 20)),
    unlawful=_groups("其他有关人员", numbers=range(18, 20)),
)
def groups_of_a_teaching_unit(case: Case, talks: Talks, _office: Office) -> Verdict | None:
    """The groups that article 23 (1) names are heard, or the range is explained."""
    return _groups_heard(case, talks, _TEACHING)


@article(
    23,
    "2a",
    Severity.WARNING,
    "考察机关部处的人选，谈话和征求意见一般不少于20人",
    over=talked_about,
    lawful=_IN_AN_OFFICE | _fewer_talks(20),
    unlawful=_IN_AN_OFFICE | _fewer_talks(19),
)
def twenty_people_of_an_office(case: Case, talks: Talks, _office: Office) -> Verdict | None:
    """At least twenty people are heard about each candidate of the administration (article 23, item 2)."""
    return _enough_people(case, talks, _OFFICES)


@article(
    23,
    "2b",
    Severity.WARNING,
    "考察机关部处的人选，同规定的三类人员谈话",
    over=talked_about,
    lawful=_IN_AN_OFFICE | _groups("机关党总支委员", numbers=range(35, 38)),
    unlawful=_IN_AN_OFFICE | _groups("所在单位教职员工", numbers=range(35, 38)),
)
def groups_of_an_office(case: Case, talks: Talks, _office: Office) -> Verdict | None:
    """The groups that article 23 (2) names are heard, or the range is explained."""
    return _groups_heard(case, talks, _OFFICES)


def _departments(found: Inspected) -> str:
    """Give the names of the departments whose opinions are there, one a line."""
    opinions = enumerate(found.need(found.person.opinions, "有关部门意见"))
    return "\n".join(found.need(item.department, "有关部门意见", number, "部门") for number, item in opinions)


def _opinions_there(case: Case, found: Inspected, wanted: dict[str, str], remedy: str) -> Verdict:
    """Say whose opinions are missing: broken once the proposal has been made (article 21 (5)), before it too early."""
    names = _departments(found)
    missing = [who for who, words in wanted.items() if not re.search(words, names)]
    if missing:
        facts = f"没有{'、'.join(missing)}的意见"
        if inspection_of(case).department_meeting is None:
            return unknown(f"{facts}，部务会也还没有研究", *found.path("有关部门意见"))
        return broken(facts, remedy, *found.path("有关部门意见"))
    late = _late_opinion(case, found)
    return late or met(f"已有{'、'.join(wanted)}的意见")


def _late_opinion(case: Case, found: Inspected) -> Verdict | None:
    decided = case.decision.date if case.decision else None
    for number, item in enumerate(found.person.opinions):
        day = found.need(item.date, "有关部门意见", number, "日期")
        if decided and compare(day, decided) > 0:
            facts = f"{item.department}的意见 {day.chinese}，党委会 {decided.chinese}"
            return broken(facts, "意见应在党委会之前取得", *found.path("有关部门意见", number, "日期"))
    return None


@article(
    23,
    "3",
    Severity.ERROR,
    "民主党派成员或无党派人士，还应听取统战部和所在党派基层组织或者联谊会负责人的意见",
    over=candidates,
    lawful={"考察.考察情况[1].有关部门意见[4].部门": "民盟示范基层委员会"},
    unlawful={"考察.考察情况[1].有关部门意见[4].部门": "教务处"},
)
def united_front_is_heard(case: Case, subject: Numbered, _office: Office) -> Verdict | None:
    """The United Front department and the person's own party or association are heard (article 23, item 3)."""
    status = subject.need(subject.person.political_status, "政治面貌")
    if status not in _PARTIES:
        return None
    own = "无党派人士联谊会" if status == "无党派人士" else f"{_PARTIES[status]}校内基层组织"
    wanted = {"统战部": "统战", own: _PARTIES[status]}
    return _opinions_there(case, inspected(case, subject), wanted, "听取后填入“有关部门意见”")


def _concluded(case: Case, found: Inspected, conclusion: ConclusionFact | None, title: str) -> Verdict:
    """Say whether a conclusion is there, by the day of the decision."""
    path = found.path(title)
    given = need(conclusion, *path)
    day = step(title, given.date, *path, "日期")
    result = need(given.result, *path, "结果")
    if case.decision and case.decision.date and compare(day.day, case.decision.date) > 0:
        facts = f"{title} {day.day.chinese}，党委会 {case.decision.date.chinese}"
        return broken(facts, "应在党委会之前完成", *day.path)
    return met(f"{day.day.chinese} {result}")


@article(
    24,
    "1",
    Severity.ERROR,
    "讨论决定前就党风廉政情况听取校纪委的意见",
    over=candidates,
    lawful={f"{_FIRST}.听取纪检监察机关意见.日期": "2026-09-22", f"{_FIRST}.考察材料日期": "2026-09-22"},
    unlawful={f"{_FIRST}.听取纪检监察机关意见.日期": "2026-09-23"},
)
def discipline_committee_is_heard(case: Case, subject: Numbered, _office: Office) -> Verdict:
    """The discipline committee has answered, after it was asked and by the day of the decision (article 24)."""
    found = inspected(case, subject)
    asked, answer = found.person.discipline_asked, found.person.discipline
    if asked and answer and answer.date and compare(asked, answer.date) > 0:
        facts = f"{asked.chinese} 征求意见，{answer.date.chinese} 答复"
        return broken(facts, "先征求意见，再取得答复，请核对日期", *found.path("征求纪委意见日期"))
    return _concluded(case, found, answer, "听取纪检监察机关意见")


@article(
    24,
    "2a",
    Severity.ERROR,
    "拟提任的考察对象，考察中先由本人填报个人有关事项",
    over=candidates,
    lawful={f"{_FIRST}.个人有关事项填报日期": "2026-09-16", f"{_FIRST}.查核个人有关事项报告.日期": "2026-09-16"},
    unlawful={f"{_FIRST}.个人有关事项填报日期": "2026-09-17", f"{_FIRST}.查核个人有关事项报告.日期": "2026-09-17"},
)
def matters_are_reported(case: Case, subject: Numbered, _office: Office) -> Verdict | None:
    """Whoever is to be promoted has reported before the inspection is over (article 24)."""
    if not is_promotion(subject):
        return None
    found = inspected(case, subject)
    steps = [
        step_or_gap("填报个人有关事项", found.person.matters_reported, *found.path("个人有关事项填报日期")),
        step_or_gap("考察结束", inspection_of(case).end, "考察", "考察结束日期"),
    ]
    return ascending_at(steps, "考察结束前填报", *found.path("个人有关事项填报日期"))


@article(
    24,
    "2b",
    Severity.ERROR,
    "拟提任处级职务的，个人有关事项填报后按规定核实",
    over=candidates,
    lawful={f"{_FIRST}.查核个人有关事项报告.日期": "2026-09-10"},
    unlawful={f"{_FIRST}.查核个人有关事项报告.日期": "2026-09-09"},
)
def matters_are_verified(case: Case, subject: Numbered, _office: Office) -> Verdict | None:
    """For division level the report is verified by the day of the decision (article 24); else it may be."""
    if not is_promotion(subject) or not is_division(target_level(case, subject)):
        return None
    found = inspected(case, subject)
    reported, verified = found.person.matters_reported, found.person.matters
    if reported and verified and verified.date and compare(reported, verified.date) > 0:
        facts = f"{reported.chinese} 填报，{verified.date.chinese} 核实"
        return broken(facts, "先填报，再核实，请核对日期", *found.path("查核个人有关事项报告", "日期"))
    return _concluded(case, found, verified, "查核个人有关事项报告")


_AUDIT = {"结果": "未发现问题", "机关": "审计处"}


@article(
    24,
    "3",
    Severity.ERROR,
    "需要进行经济责任审计的，讨论决定前委托审计",
    over=candidates,
    lawful={f"{_FIRST}.需经济责任审计": "是", f"{_FIRST}.经济责任审计": {**_AUDIT, "日期": "2026-09-22"}},
    unlawful={f"{_FIRST}.需经济责任审计": "是", f"{_FIRST}.经济责任审计": {**_AUDIT, "日期": "2026-09-23"}},
)
def audit_is_done(case: Case, subject: Numbered, _office: Office) -> Verdict | None:
    """Where an audit is needed, its result is there by the day of the decision (article 24)."""
    found = inspected(case, subject)
    if found.need(found.person.audit_needed, "需经济责任审计") == "否":
        return None
    return _concluded(case, found, found.person.audit, "经济责任审计")


@article(
    24,
    "4",
    Severity.ERROR,
    "征求宣传、计划生育和综治部门的意见",
    over=candidates,
    lawful={f"{_FIRST}.有关部门意见[0].日期": "2026-09-22"},
    unlawful={f"{_FIRST}.有关部门意见[0].部门": "教务处"},
)
def departments_are_asked(case: Case, subject: Numbered, office: Office) -> Verdict:
    """The three departments have given their opinions (article 24); two of them may be left out by the settings."""
    left_out = {
        "计划生育部门": office.points.family_planning_asked == "否",
        "综治部门": office.points.public_security_asked == "否",
    }
    wanted = {who: words for who, words in _DEPARTMENTS.items() if not left_out.get(who)}
    return _opinions_there(case, inspected(case, subject), wanted, "征求后填入“有关部门意见”")
