"""Chapter 5, articles 21 and 22: how the inspection proceeds and by what means it learns."""

from __future__ import annotations

from operator import attrgetter

from doc_forms.regulation import Severity, Verdict, article, broken, doubtful, left_to_people, met, need

from .._interpretation import Office
from ..case import Case
from ._decided import ascending
from ._inspected import (
    TALKS,
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
from ._subjects import Numbered, candidates, compare, step

GISTS = {
    21: "考察的程序：组织考察组和方案、发布预告、多种方式了解、综合评价、研究建议并报党委",
    22: "考察的方法：述职、征求意见和民主测评、两人以上谈话并记录、走访、查档、面谈、专项调查",
}

DISPOSITIONS = (
    left_to_people(21, "校党委组织部", "考察时间是否充足由组织部按对象和任务判断"),
    left_to_people(22, "考察组", "是否实地走访、查阅资料、专项调查和延伸考察由考察组按需要决定"),
)

_LEAST_TALKERS = 2
_FIRST = "考察.考察情况[0]"


@article(
    21,
    "1",
    Severity.ERROR,
    "组织考察组、制定考察方案之后，再发布考察预告",
    lawful={"考察.考察方案日期": "2026-09-10"},
    unlawful={"考察.考察方案日期": "2026-09-11"},
)
def plan_precedes_the_notice(case: Case, _office: Office) -> Verdict:
    """There is a team, and its plan is not dated after the notice (article 21, items 1 and 2)."""
    inspection = inspection_of(case)
    plan = step_or_gap("考察方案", inspection.plan_date, "考察", "考察方案日期")
    notice = step_or_gap("考察预告", inspection.notice_date, "考察", "考察预告日期")
    verdict = ascending([plan, notice], "先有考察方案，再发布预告")
    need(inspection.team, "考察", "考察组")
    return verdict


@article(
    21,
    "2",
    Severity.ERROR,
    "发布考察预告不迟于第一次谈话",
    lawful={"考察.考察预告日期": "2026-09-14"},
    unlawful={"考察.考察预告日期": "2026-09-15"},
)
def notice_precedes_the_talks(case: Case, _office: Office) -> Verdict:
    """The notice is out before the inspection and its first talk begin, at the latest on that day (article 21 (2))."""
    inspection = inspection_of(case)
    notice = step("考察预告", inspection.notice_date, "考察", "考察预告日期")
    start = step("考察开始", inspection.start, "考察", "考察开始日期")
    talks = [(item.date, number) for number, item in enumerate(inspection.interviews) if item.date]
    first = start
    if talks and min(talks)[0] < start.day:
        day, number = min(talks)
        first = step("谈话", day, *TALKS, number, "谈话日期")
    facts = f"预告 {notice.day.chinese}，{first.name} {first.day.chinese}"
    if compare(notice.day, first.day) > 0:
        return broken(facts, "先发布预告，再开始考察谈话", *notice.path)
    return met(facts)


@article(
    21,
    "3",
    Severity.ERROR,
    "考察期间进行个别谈话、民主测评和同考察对象面谈",
    over=talked_about,
    lawful={f"{_FIRST}.面谈日期": "2026-09-14"},
    unlawful={f"{_FIRST}.面谈日期": "2026-09-17"},
)
def ways_of_learning_are_used(case: Case, talks: Talks, _office: Office) -> Verdict:
    """Talks, the assessment and the meeting with the candidate lie within the inspection (article 21, item 3)."""
    inspection, found = inspection_of(case), inspected(case, talks.subject)
    start = need(inspection.start, "考察", "考察开始日期")
    end = need(inspection.end, "考察", "考察结束日期")
    tally = found.person.assessment
    held = talks_held(case, talks)
    days = told(held, attrgetter("date"), "谈话日期")
    steps = [
        *(step("个别谈话", day, *TALKS, held[days.index(day)][0], "谈话日期") for day in (min(days), max(days))),
        step("民主测评", tally.date if tally else None, *found.path("民主测评", "测评日期")),
        step("面谈", found.person.talked_with, *found.path("面谈日期")),
    ]
    outside = next((item for item in steps if item.day < start or item.day > end), None)
    if outside:
        facts = f"考察 {start.chinese}至{end.chinese}，{outside.name} {outside.day.chinese}"
        return broken(facts, "各种方式都在考察期间进行，请核对日期", *outside.path)
    return met(f"考察 {start.chinese}至{end.chinese}，其间谈话 {len(held)} 次，并有民主测评、面谈")


@article(
    21,
    "4",
    Severity.ERROR,
    "考察了解情况之后，再综合分析、作出评价",
    lawful={"考察.综合评价日期": "2026-09-16"},
    unlawful={"考察.综合评价日期": "2026-09-15"},
)
def evaluation_follows_the_inspection(case: Case, _office: Office) -> Verdict:
    """The evaluation is not dated before the end of the inspection (article 21, item 4)."""
    inspection = inspection_of(case)
    end = step_or_gap("考察结束", inspection.end, "考察", "考察结束日期")
    evaluated = step_or_gap("综合评价", inspection.evaluated, "考察", "综合评价日期")
    return ascending([end, evaluated], "考察结束后再综合评价")


@article(
    21,
    "5",
    Severity.ERROR,
    "综合评价后由部务会研究任用建议方案，再报告校党委",
    lawful={"考察.部务会日期": "2026-09-20"},
    unlawful={"考察.部务会日期": "2026-09-21"},
)
def proposal_reaches_the_committee(case: Case, _office: Office) -> Verdict:
    """Evaluation, the department's meeting, the report and the decision follow one another (article 21, item 5)."""
    inspection = inspection_of(case)
    steps = [
        step_or_gap("综合评价", inspection.evaluated, "考察", "综合评价日期"),
        step_or_gap("部务会", inspection.department_meeting, "考察", "部务会日期"),
        step_or_gap("报告党委", inspection.reported, "考察", "报告党委日期"),
    ]
    if case.decision and case.decision.date:
        steps.append(step("党委会", case.decision.date, "讨论决定", "党委会日期"))
    return ascending(steps, "综合评价、部务会研究、报告党委依次进行")


@article(
    22,
    "1",
    Severity.ERROR,
    "考察对象在考察中述职，交来工作总结",
    over=candidates,
    lawful={f"{_FIRST}.述职日期": "2026-09-16"},
    unlawful={f"{_FIRST}.述职日期": "2026-09-17"},
)
def candidate_reports(case: Case, subject: Numbered, _office: Office) -> Verdict:
    """The candidate's own report is there before the inspection ends (article 22, item 1)."""
    found = inspected(case, subject)
    steps = [
        step_or_gap("述职", found.person.self_report, *found.path("述职日期")),
        step_or_gap("考察结束", inspection_of(case).end, "考察", "考察结束日期"),
    ]
    return ascending_at(steps, "考察结束前述职", *found.path("述职日期"))


@article(
    22,
    "2",
    Severity.ERROR,
    "向参与个别谈话的人员发放征求意见表和民主测评表",
    over=talked_about,
    lawful={f"{_FIRST}.征求意见表发出": 23, f"{_FIRST}.征求意见表收回": 23},
    unlawful={f"{_FIRST}.谈话人员中发放民主测评表": "否"},
)
def forms_are_handed_out(case: Case, talks: Talks, _office: Office) -> Verdict:
    """Both forms are handed to those talked to (article 22, item 2); fewer forms than people is asked about."""
    found = inspected(case, talks.subject)
    issued = found.need(found.person.opinion_forms_issued, "征求意见表发出")
    returned = found.need(found.person.opinion_forms_returned, "征求意见表收回")
    facts = f"征求意见表发出 {issued} 份、收回 {returned} 份"
    if not issued:
        return broken("没有发放征求意见表", "向谈话人员发放征求意见表", *found.path("征求意见表发出"))
    if found.need(found.person.assessment_forms_issued, "谈话人员中发放民主测评表") == "否":
        return broken("没有发放民主测评表", "向谈话人员发放民主测评表", *found.path("谈话人员中发放民主测评表"))
    if returned > issued:
        return broken(facts, "收回不会多于发出，请核对", *found.path("征求意见表收回"))
    people = len(people_of(talks_held(case, talks)))
    if issued < people:
        return doubtful(f"{facts}，谈话 {people} 人", "请核对是否有谈话人员没有领到", *found.path("征求意见表发出"))
    return met(f"{facts}，并发放了民主测评表")


@article(
    22,
    "3a",
    Severity.ERROR,
    "个别谈话至少要有两名以上考察组成员参加",
    over=talked_about,
    lawful={"考察.个别谈话[0].谈话人": ["吴试行", "郑样"]},
    unlawful={"考察.个别谈话[0].谈话人": ["吴试行", "赵自立"]},
)
def two_of_the_team_talk(case: Case, talks: Talks, _office: Office) -> Verdict:
    """Two or more members of the team, by name, take part in each talk (article 22, item 3).

    A team of one is article 26's matter: then people are only counted here.
    """
    team = need(inspection_of(case).team, "考察", "考察组")
    members = {need(item.name, "考察", "考察组", number, "姓名") for number, item in enumerate(team)}
    held = talks_held(case, talks)
    for number, talk in held:
        own = members.intersection(talk.talkers) if len(members) >= _LEAST_TALKERS else set(talk.talkers)
        if talk.talkers and len(own) < _LEAST_TALKERS:
            facts = f"同{talk.name or '谈话对象'}的谈话中，考察组成员只有 {len(own)} 名"
            return broken(
                facts, f"由 {_LEAST_TALKERS} 名以上考察组成员谈话，姓名与“考察组”一致", *TALKS, number, "谈话人"
            )
    told(held, attrgetter("talkers"), "谈话人")
    return met(f"{len(held)} 次谈话都有 {_LEAST_TALKERS} 名以上考察组成员")


@article(
    22,
    "3b",
    Severity.ERROR,
    "个别谈话要有原始记录",
    over=talked_about,
    lawful={"考察.个别谈话[0].有原始记录": "是"},
    unlawful={"考察.个别谈话[0].有原始记录": "否"},
)
def talks_are_recorded(case: Case, talks: Talks, _office: Office) -> Verdict:
    """Each talk has its original record (article 22, item 3)."""
    held = talks_held(case, talks)
    for number, talk in held:
        if talk.recorded == "否":
            facts = f"同{talk.name or '谈话对象'}的谈话没有原始记录"
            return broken(facts, "补齐原始记录", *TALKS, number, "有原始记录")
    told(held, attrgetter("recorded"), "有原始记录")
    return met(f"{len(held)} 次谈话都有原始记录")
