"""Chapter 8: open selection and competition for posts (articles 38-41)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from doc_forms.form import Severity
from doc_forms.form.reading import Path
from doc_forms.regulation import Verdict, article, broken, left_to_people, met, need

from .._case.competition import Applicant, Competition
from .._interpretation import Office
from ..case import Case
from ._decided import ascending, dated, unknown
from ._specimens import beyond_rules
from ._subjects import Numbered, Step, candidates, compare, exceptional, out_of_order

GISTS = {
    38: "公开选拔面向社会，竞争上岗在校内；职位空缺而校内没有合适人选，或人选较多、意见难以集中时采用",
    39: "报名条件和资格应符合第五条、第六条，不得因人设置；要突破的，事先报上级组织部门审核同意",
    40: "启动、方案、公布、报名审查、测试测评、考察、讨论决定、任职八步依次进行，报名须经所在单位同意",
    41: "测试测评要科学规范、突出岗位和实绩，防止简单以分数取人",
}

DISPOSITIONS = (
    left_to_people(38, "校党委", "职位情况是否适合竞争性选拔、采用哪一种，由校党委从实际出发决定，程序记录方式和理由"),
    left_to_people(
        39,
        "校党委组织部",
        "条件是否因人设置、同类岗位是否一致，要看条件的内容；人选本身的条件由第五条、第六条的规则核对",
    ),
    left_to_people(41, "校党委组织部", "测试内容是否科学、是否简单以分数取人，由组织者判断，程序不按分数挑选人选"),
)

_COMPETITION = {
    "竞争性选拔理由": "职位空缺，校内符合资格条件的人数较多，人选意见不易集中",
    "公布的资格条件": "符合《规定》第五条、第六条，任正科级职务三年以上",
    "突破资格条件": "否",
    "启动竞争性选拔日期": "2026-08-24",
    "竞争性选拔方案日期": "2026-08-31",
    "公布日期": "2026-09-01",
    "报名截止日期": "2026-09-03",
    "测试测评日期": "2026-09-05",
}
"""A competition for specimens, within the dates of the example case."""


def _entrants(first: dict[str, Any] | None = None, third: dict[str, Any] | None = None) -> list[dict[str, Any]]:
    """Give those who entered, for specimens: the two candidates and one more, with changed facts."""
    lawful = {"本校人员": "是", "所在单位同意": "是", "资格审查合格": "是"}
    changes = {"林示例": first, "马晓㛃": None, "阿卜杜拉·买买提": third}
    return [{"姓名": name, **lawful, **(changed or {})} for name, changed in changes.items()]


def _competing(*entrants: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """Make the example case a competition, with changed facts."""
    facts = {**_COMPETITION, "报名人员": list(entrants) or _entrants(), **changes}
    return {"选拔方式": "竞争上岗", "竞争性选拔": facts}


def _competition(case: Case) -> Competition | None:
    """Give the competition; None where the people were found by recommendation alone."""
    way = case.way or ("竞争性选拔" if case.competition else None)
    return None if need(way, "选拔方式") == "民主推荐" else need(case.competition, "竞争性选拔")


class _Entrant(NamedTuple):
    number: int
    facts: Applicant


def entrants(case: Case) -> Iterator[tuple[str, _Entrant | None]]:
    """Give everybody who entered the competition, for `over=`; one empty subject where nobody has yet."""
    people = case.competition.applicants if case.competition else []
    if not people:
        yield "", None
    for number, person in enumerate(people):
        yield person.name or f"第 {number + 1} 位报名人员", _Entrant(number, person)


def _entrant(subject: _Entrant | None) -> tuple[_Entrant, Path]:
    """Give who entered and the way to the record, or stop the rule where nobody has entered yet."""
    entrant = need(subject, "竞争性选拔", "报名人员")
    return entrant, ("竞争性选拔", "报名人员", entrant.number)


@article(
    38,
    "",
    Severity.ERROR,
    "竞争上岗在学校内部进行，校外人员不参加",
    lawful=_competing(*_entrants(third={"本校人员": "否", "资格审查合格": "否"})),
    unlawful=_competing(*_entrants(third={"本校人员": "否"})),
    over=entrants,
)
def competition_is_the_schools_own(case: Case, subject: _Entrant | None, _office: Office) -> Verdict | None:
    """Art. 38, paragraph 2: open selection faces the public, competition for posts is held within the school."""
    if _competition(case) is None or case.way == "公开选拔":
        return None
    need(case.way, "选拔方式")
    entrant, at = _entrant(subject)
    if need(entrant.facts.of_school, *at, "本校人员") == "是":
        return met("本校人员")
    if need(entrant.facts.qualified, *at, "资格审查合格") == "否":
        return met("不是本校人员，资格审查没有通过")
    return broken("不是本校人员，资格审查却合格", "改为公开选拔，或不予通过资格审查", *at, "本校人员")


@article(
    39,
    "1",
    Severity.ERROR,
    "竞争性选拔的资格条件突破规定的，应事先报上级组织部门审核同意",
    lawful=_competing(突破资格条件="是", 突破条件上级同意日期="2026-08-31"),
    unlawful=_competing(突破资格条件="是", 突破条件上级同意日期="2026-09-01"),
)
def superior_consents_to_wider_conditions(case: Case, _office: Office) -> Verdict | None:
    """Art. 39, paragraph 2: consent is dated before the day on which the conditions are published."""
    stage = _competition(case)
    if stage is None or need(stage.beyond_rules, "竞争性选拔", "突破资格条件") == "否":
        return None
    at = ("竞争性选拔", "突破条件上级同意日期")
    consent = need(stage.superior_consent, *at)
    announced = need(stage.announced, "竞争性选拔", "公布日期")
    facts = f"上级同意 {consent.chinese}，公布条件 {announced.chinese}"
    if compare(consent, announced) < 0:
        return met(facts)
    return broken(facts, "上级同意之后再公布突破规定的条件", *at)


@article(
    39,
    "2",
    Severity.ERROR,
    "竞争性选拔的人选应符合规定的资格，破格的以资格条件突破已获同意为限",
    lawful=_competing(突破资格条件="是", 突破条件上级同意日期="2026-08-31") | beyond_rules("学历"),
    unlawful=_competing() | beyond_rules("学历"),
    over=candidates,
)
def winners_meet_the_conditions(case: Case, subject: Numbered, _office: Office) -> Verdict | None:
    """Art. 39: nobody is promoted exceptionally out of a competition whose conditions kept to articles 5 and 6.

    Whether the person meets those articles is asked by their own rules.
    """
    stage = _competition(case)
    beyond = exceptional(subject) if stage else None
    if stage is None or beyond is None:
        return None
    if need(stage.beyond_rules, "竞争性选拔", "突破资格条件") == "是":
        return met("公布的资格条件突破了规定")
    facts = f"破格突破{'、'.join(beyond.waived) or '资格'}，公布的资格条件没有突破规定"
    return broken(facts, "按公布的条件选用，或先经上级同意突破条件并重新公布", *subject.path("破格提拔"))


@article(
    40,
    "",
    Severity.ERROR,
    "竞争性选拔应按启动、方案、公布、报名、测试、考察、决定、任职的次序进行",
    lawful=_competing(公布日期="2026-08-31"),
    unlawful=_competing(公布日期="2026-08-30"),
)
def steps_follow_one_another(case: Case, _office: Office) -> Verdict | None:
    """Art. 40: items 1 to 8 in order; two steps may share a day. Entries and reviews come between 3 and 5."""
    stage = _competition(case)
    if stage is None:
        return None
    wrong = next((found for found in map(out_of_order, _entries(stage)) if found), None)
    if wrong:
        facts = f"{wrong[0].name} {wrong[0].day.chinese}，{wrong[1].name} {wrong[1].day.chinese}"
        return broken(facts, "公布之后报名，资格审查合格的参加测试，请核对日期", *wrong[1].path)
    at = "竞争性选拔"
    inspected = case.inspection.start if case.inspection else None
    decided = case.decision.date if case.decision else None
    issued = case.appointment.notice_date if case.appointment else None
    steps = [
        dated("启动", stage.start_date, at, "启动竞争性选拔日期"),
        dated("形成方案", stage.plan_date, at, "竞争性选拔方案日期"),
        dated("公布", stage.announced, at, "公布日期"),
        dated("报名截止", stage.closed, at, "报名截止日期"),
        dated("测试测评", stage.tested, at, "测试测评日期"),
        dated("考察", inspected, "考察", "考察开始日期"),
        dated("党委会", decided, "讨论决定", "党委会日期"),
        dated("任职通知", issued, "任职", "任职通知日期"),
    ]
    return ascending(steps, "八个步骤应依次进行")


def _entries(stage: Competition) -> Iterator[list[Step]]:
    """Give what is dated of each entry, with the publication before it and the test after it."""
    at = ("竞争性选拔", "报名人员")
    for number, person in enumerate(stage.applicants):
        whose = person.name or f"第 {number + 1} 位报名人员"
        days = (
            ("公布", stage.announced, ("竞争性选拔", "公布日期")),
            (f"{whose}报名", person.applied, (*at, number, "报名日期")),
            (f"{whose}资格审查", person.review_date, (*at, number, "资格审查日期")),
            ("测试测评", stage.tested, ("竞争性选拔", "测试测评日期")),
        )
        yield [Step(name, day, path) for name, day, path in days if day]


@article(
    40,
    "4",
    Severity.ERROR,
    "报名者应经所在单位同意",
    lawful=_competing(*_entrants(third={"所在单位同意": "否", "资格审查合格": "否"})),
    unlawful=_competing(*_entrants(third={"所在单位同意": "否"})),
    over=entrants,
)
def unit_consents_to_the_entry(case: Case, subject: _Entrant | None, _office: Office) -> Verdict | None:
    """Art. 40 (4): without the unit's consent nobody passes the review of qualifications."""
    if _competition(case) is None:
        return None
    entrant, at = _entrant(subject)
    if need(entrant.facts.unit_consent, *at, "所在单位同意") == "是":
        return met("所在单位同意报名")
    if need(entrant.facts.qualified, *at, "资格审查合格") == "否":
        return met("所在单位不同意，资格审查没有通过")
    return broken("所在单位不同意，资格审查却合格", "取得所在单位同意，或不予通过资格审查", *at, "所在单位同意")


@article(
    40,
    "4b",
    Severity.ERROR,
    "竞争性选拔的人选应经报名和资格审查合格",
    lawful=_competing(*_entrants({"资格审查意见": "符合第五条、第六条"})),
    unlawful=_competing(*_entrants({"资格审查合格": "否", "资格审查意见": "任正科级职务不满三年"})),
    over=candidates,
)
def winners_have_passed_the_review(case: Case, subject: Numbered, _office: Office) -> Verdict | None:
    """Art. 40 (4): who is inspected has entered and passed; a list of entries without the name may be half typed."""
    stage = _competition(case)
    if stage is None:
        return None
    name = subject.need(subject.person.name, "姓名")
    at = ("竞争性选拔", "报名人员")
    entries = {person.name: (number, person) for number, person in enumerate(need(stage.applicants, *at))}
    if name not in entries:
        return unknown("报名人员中还没有这个人，没有报名的不列为人选", *at)
    number, entry = entries[name]
    if need(entry.qualified, *at, number, "资格审查合格") == "是":
        return met("已报名，资格审查合格")
    return broken("资格审查不合格，却列为人选", "核对资格审查结果；不合格的不列为人选", *at, number, "资格审查合格")
