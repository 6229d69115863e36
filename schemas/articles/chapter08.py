"""Chapter 8: open selection and competition for posts (articles 38-41)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from doc_forms.form import Severity
from doc_forms.regulation import Verdict, article, broken, left_to_people, met, need

from .._case.competition import Applicant, Competition
from .._interpretation import Office
from ..case import Case
from ._decided import ascending, dated
from ._specimens import beyond_rules
from ._subjects import Numbered, candidates, compare, exceptional

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
    "报名人员": [
        {"姓名": "林示例", "所在单位同意": "是", "资格审查合格": "是"},
        {"姓名": "阿卜杜拉·买买提", "所在单位同意": "否", "资格审查合格": "否"},
    ],
}
"""A competition for specimens, within the dates of the example case."""


def _competing(**changes: Any) -> dict[str, Any]:
    """Make the example case a competition, with changed facts."""
    return {"选拔方式": "竞争上岗", "竞争性选拔": {**_COMPETITION, **changes}}


def _competition(case: Case) -> Competition | None:
    """Give the competition; None where the people were found by recommendation alone."""
    way = case.way or ("竞争性选拔" if case.competition else None)
    return None if need(way, "选拔方式") == "民主推荐" else need(case.competition, "竞争性选拔")


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
        return met("资格条件经上级同意突破规定")
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
    """Art. 40: items 1 to 8 in order; two steps may share a day."""
    stage = _competition(case)
    if stage is None:
        return None
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


@article(
    40,
    "4",
    Severity.ERROR,
    "报名者应经所在单位同意",
    lawful=_competing(),
    unlawful=_competing(报名人员=[{"姓名": "阿卜杜拉·买买提", "所在单位同意": "否", "资格审查合格": "是"}]),
    over=entrants,
)
def unit_consents_to_the_entry(case: Case, subject: _Entrant | None, _office: Office) -> Verdict | None:
    """Art. 40 (4): without the unit's consent nobody passes the review of qualifications."""
    if _competition(case) is None:
        return None
    entrant = need(subject, "竞争性选拔", "报名人员")
    at = ("竞争性选拔", "报名人员", entrant.number)
    if need(entrant.facts.unit_consent, *at, "所在单位同意") == "是":
        return met("所在单位同意报名")
    if need(entrant.facts.qualified, *at, "资格审查合格") == "否":
        return met("所在单位不同意，资格审查没有通过")
    return broken("所在单位不同意，资格审查却合格", "取得所在单位同意，或不予通过资格审查", *at, "所在单位同意")
