"""Chapter 9: rotation and recusal (articles 42-44)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from doc_forms.form import PartialDate, Severity
from doc_forms.form.periods import Reached, duration_text, months_between, reached
from doc_forms.regulation import Verdict, article, broken, doubtful, left_to_people, met, need

from .._case.decision import CommitteeMember
from .._case.inspection import Inspector
from .._case.rotation import LongServing, held_since, present_term
from .._interpretation import Office
from ..case import Case
from ._subjects import Numbered, candidates, is_division

GISTS = {
    42: "干部轮岗交流，处级干部在同一职位任满十年应当轮岗",
    43: "夫妻、直系血亲、三代以内旁系血亲和近姻亲不得直接隶属同一领导人员、有直接上下级或监督关系，"
    "也不得在亲属任领导的基层单位从事组织人事、纪检、监察、审计、财务工作",
    44: "讨论任免和考察干部，涉及本人及其亲属的必须回避",
}

DISPOSITIONS = (
    left_to_people(
        42, "校党委组织部", "工作需要、锻炼提高等轮岗对象和单位之间的交流要统筹安排，程序只计算同一职位任满十年"
    ),
    left_to_people(43, "校党委组织部", "亲属关系的远近和职务之间的关系由组织部认定后填写，程序按认定的回避情形核对"),
    left_to_people(44, "校党委组织部", "组织部内部讨论时的与会人员不在案件之中，由组织部自行落实回避"),
)

_ROTATION_YEARS = 10
_SEPARATORS = re.compile(r"[\s、，,；;]+")


class _LongServer(NamedTuple):
    number: int
    facts: LongServing


def long_servers(case: Case) -> Iterator[tuple[str, _LongServer]]:
    """Give the officials who may have to rotate, for `over=`."""
    for number, person in enumerate(case.long_serving):
        yield person.name or f"第 {number + 1} 位干部", _LongServer(number, person)


@article(
    42,
    "2",
    Severity.ERROR,
    "处级干部在同一职位任满十年的应轮岗交流",
    lawful={"任职较久的干部[0].任职经历[1].起始时间": "2017-11-01"},
    unlawful={"任职较久的干部[0].任职经历[1].起始时间": "2017-10-31"},
    over=long_servers,
)
def ten_years_in_one_post_end_in_rotation(_case: Case, subject: _LongServer, office: Office) -> Verdict | None:
    """Art. 42 (2): years in the post held now, on the day on which the case is looked at.

    Terms of the same post (the same wording) that follow one another count together.
    """
    person, at = subject.facts, ("任职较久的干部", subject.number)
    if not is_division(need(person.level, *at, "层次")):
        return None
    if person.rotated == "是":
        return met("已安排轮岗")
    held = _present_post(person, *at)
    if held is None:
        return None
    post, since = held
    facts = (
        f"{since.chinese}起任{post}，到 {office.as_of.chinese}为 {duration_text(months_between(since, office.as_of))}"
    )
    full = reached(since, office.as_of, _ROTATION_YEARS)
    if full is Reached.NO:
        return met(facts)
    if full is Reached.BORDER and office.points.same_month == "提请核对":
        return doubtful(f"{facts}，日期未填到日", "核对任职日期，任满十年的安排轮岗", *at, "任职经历")
    need(person.rotated, *at, "已安排轮岗")
    return broken(facts, "安排轮岗交流", *at, "已安排轮岗")


def _present_post(person: LongServing, *at: str | int) -> tuple[str, PartialDate] | None:
    """Give the post held now and since when; None where every post has ended."""
    career = need(person.career, *at, "任职经历")
    for number, item in enumerate(career):
        need(item.start, *at, "任职经历", number, "起始时间")
    present = present_term(career)
    if present is None:
        return None
    post = need(career[present].post, *at, "任职经历", present, "单位及职务")
    return post, need(held_since(career, present), *at, "任职经历", present, "起始时间")


@article(
    43,
    "1",
    Severity.ERROR,
    "与亲属不得有应当回避的任职关系",
    lawful={"考察对象[0].家庭成员及亲属[0].在本校工作": "是", "考察对象[0].家庭成员及亲属[0].回避情形": "无"},
    unlawful={
        "考察对象[0].家庭成员及亲属[0].在本校工作": "是",
        "考察对象[0].家庭成员及亲属[0].回避情形": "直接上下级领导关系",
    },
    over=candidates,
)
def no_relative_stands_in_the_way(_case: Case, subject: Numbered, _office: Office) -> Verdict:
    """Art. 43: relatives who work at the school, as the organization department found their relation to the post."""
    at = subject.path("家庭成员及亲属")
    relatives = need(subject.person.relatives, *at)
    for number, item in enumerate(relatives):
        if item.recusal and item.recusal != "无":
            who = f"{item.relation or '亲属'}{item.name or ''}"
            return broken(f"{who}：{item.recusal}", "调整拟任职务，或先调整亲属的岗位", *at, number, "回避情形")
    for number, item in enumerate(relatives):
        if need(item.at_school, *at, number, "在本校工作") == "是":
            need(item.recusal, *at, number, "回避情形")
    return met(f"列出亲属 {len(relatives)} 人，没有应当回避的任职关系")


class _Member(NamedTuple):
    number: int
    facts: CommitteeMember


def members(case: Case) -> Iterator[tuple[str, _Member | None]]:
    """Give the members of the committee, for `over=`; one empty subject where none is entered yet."""
    people = case.decision.members if case.decision else []
    if not people:
        yield "", None
    for number, person in enumerate(people):
        yield person.name or f"第 {number + 1} 位委员", _Member(number, person)


def _inspected(case: Case) -> set[str]:
    """The names of those under inspection."""
    return {person.name for person in case.candidates if person.name}


def _discussed(case: Case) -> set[str]:
    """The names of those whom the meeting discusses: 任免 are removals and resignations of its day, too."""
    day = case.decision.date if case.decision else None
    leavers = {item.name for item in case.leavings if item.name and item.decided in {None, day}}
    return _inspected(case) | leavers


def _concern(names: set[str], name: str | None, related_to: str | None) -> str:
    """Give whom of these the matter makes this person's own or a relative's; empty where there is none."""
    return next((other for other in (name, related_to) if other in names and other), "")


def _stranger(case: Case, related_to: str | None, *at: str | int) -> Verdict | None:
    """Point out a relative's name that nobody of the case has: a slip of the pen would hide a recusal."""
    known = _inspected(case) | {item.name for item in case.leavings}
    if not related_to or not case.candidates or related_to in known:
        return None
    return doubtful(f"填为{related_to}的亲属，考察对象中没有这个人", "核对姓名；没有回避关系的不填", *at)


@article(
    44,
    "1",
    Severity.ERROR,
    "党委会讨论涉及与会人员本人及其亲属的，本人必须回避",
    lawful={
        "讨论决定.委员[11].是哪位拟任人选的亲属": "林示例",
        "讨论决定.委员[11].已回避": "是",
        "讨论决定.表决情况[0].同意": 10,
        "讨论决定.表决情况[0].回避人数": 1,
    },
    unlawful={"讨论决定.委员[11].是哪位拟任人选的亲属": "林示例", "讨论决定.委员[11].已回避": "否"},
    over=members,
)
def concerned_member_withdraws(case: Case, subject: _Member | None, _office: Office) -> Verdict:
    """Art. 44: a member at the meeting who is discussed there, or a relative of somebody who is, withdraws."""
    member = need(subject, "讨论决定", "委员")
    at = ("讨论决定", "委员", member.number)
    name = _concern(_discussed(case), member.facts.name, member.facts.related_to)
    if not name:
        slip = _stranger(case, member.facts.related_to, *at, "是哪位拟任人选的亲属")
        return slip or met("与拟任人选没有回避关系")
    concern = "讨论的是本人" if name == member.facts.name else f"{name}的亲属"
    if need(member.facts.present, *at, "到会") == "否":
        return met(f"{concern}，没有到会")
    if need(member.facts.withdrew, *at, "已回避") == "否":
        return broken(f"{concern}，没有回避", "回避后重新讨论表决，并核对回避人数", *at, "已回避")
    for number, votes in enumerate(case.decision.votes if case.decision else []):
        if votes.name == name and votes.withdrew == 0:
            facts = f"{concern}，填为已回避，表决{name}时回避人数却是 0"
            return broken(facts, "核对回避情况和回避人数", "讨论决定", "表决情况", number, "回避人数")
    return met(f"{concern}，已回避")


@article(
    44,
    "1b",
    Severity.ERROR,
    "列席、记录和主持会议的人，讨论涉及本人的也必须回避",
    lawful={"讨论决定.列席人员": "党委办公室主任 严守恒、林示例（讨论本人时已离席）"},
    unlawful={"讨论决定.列席人员": "党委办公室主任 严守恒、林示例"},
)
def nobody_attends_the_discussion_of_himself(case: Case, _office: Office) -> Verdict:
    """Art. 44: all who attend (与会人员), not the members alone; a remark behind the name says that it was seen to."""
    decision = need(case.decision, "讨论决定")
    need(decision.date, "讨论决定", "党委会日期")
    attending = {"列席人员": decision.observers, "记录人": decision.recorder, "主持人": decision.chair}
    for title, people in attending.items():
        named = [one for one in _SEPARATORS.split(people or "") if one]
        found = next((name for name in sorted(_discussed(case)) for one in named if one.endswith(name)), "")
        if found:
            remedy = (
                "核实讨论本人时是否离开会场：没有离开的，回避后重新讨论；已离开的，在姓名后注明（讨论本人时已离席）"
            )
            return doubtful(f"{title}中有{found}，会议讨论的正是本人的任免", remedy, "讨论决定", title)
    return met("列席、记录、主持的人与所讨论的人不同")


class _TeamMember(NamedTuple):
    number: int
    facts: Inspector


def inspectors(case: Case) -> Iterator[tuple[str, _TeamMember | None]]:
    """Give the members of the inspection team, for `over=`; one empty subject where none is entered yet."""
    people = case.inspection.team if case.inspection else []
    if not people:
        yield "", None
    for number, person in enumerate(people):
        yield person.name or f"第 {number + 1} 位考察组成员", _TeamMember(number, person)


@article(
    44,
    "2",
    Severity.ERROR,
    "考察组成员涉及考察对象是本人或其亲属的，本人必须回避",
    lawful={"考察.考察组[3]": {"姓名": "陈建平", "职责": "成员", "是哪位考察对象的亲属": "林示例", "已回避": "是"}},
    unlawful={"考察.考察组[0].是哪位考察对象的亲属": "林示例", "考察.考察组[0].已回避": "否"},
    over=inspectors,
)
def concerned_inspector_withdraws(case: Case, subject: _TeamMember | None, _office: Office) -> Verdict:
    """Art. 44: an inspector takes no part in inspecting a relative, and holds no talk about one."""
    inspector = need(subject, "考察", "考察组")
    at = ("考察", "考察组", inspector.number)
    name = _concern(_inspected(case), inspector.facts.name, inspector.facts.related_to)
    if not name:
        slip = _stranger(case, inspector.facts.related_to, *at, "是哪位考察对象的亲属")
        return slip or met("与考察对象没有回避关系")
    concern = "本人是考察对象" if name == inspector.facts.name else f"{name}的亲属"
    if need(inspector.facts.withdrew, *at, "已回避") == "否":
        return broken(f"{concern}，没有回避", f"另派人员考察{name}", *at, "已回避")
    talks = _talks_held(case, name, inspector.facts.name)
    if talks:
        facts = f"{concern}，填为已回避，却参加了 {len(talks)} 次关于{name}的谈话"
        return broken(facts, "由其他考察组成员重新谈话", "考察", "个别谈话", talks[0], "谈话人")
    return met(f"{concern}，已回避")


def _talks_held(case: Case, about: str, talker: str | None) -> list[int]:
    """Give the numbers of the talks about a candidate that one member of the team held."""
    talks = case.inspection.interviews if case.inspection else []
    return [number for number, talk in enumerate(talks) if talk.about == about and talker in talk.talkers]
