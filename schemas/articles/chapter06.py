"""Chapter 6: deliberation and decision (articles 28-32)."""

from __future__ import annotations

from doc_forms.form import Severity
from doc_forms.regulation import Verdict, article, broken, doubtful, left_to_people, met, need

from .._case.decision import Consultation, Decision
from .._interpretation import Office
from ..case import Case
from ._decided import Ballot, ascending, ballots, dated, unknown, voted
from ._specimens import beyond_rules
from ._subjects import (
    Numbered,
    candidates,
    compare,
    decision_day,
    exceptional,
    is_division,
    may_be_exceptional,
    target_level,
)

GISTS = {
    28: "提拔处科级干部，会前先听取分管校领导和有关单位的意见，再在书记、校长、分管副书记、纪委书记等范围内酝酿",
    29: "任免由校党委会集体讨论决定；破格提拔处级干部，会前先报上级组织部门同意",
    30: "三分之二以上成员到会，每位与会成员表明同意、不同意或缓议；分歧较大的暂缓决定；复议须经半数以上成员同意",
    31: "先由组织部负责人逐个介绍人选，再充分讨论，最后表决，应到会成员超过半数同意才形成决定",
    32: "需要报上级审批或备案的干部，按规定及时上报",
}

DISPOSITIONS = (
    left_to_people(29, "校党委", "职务是否属于上级党委管理、只提选任建议，由干部管理权限决定，案件中无从推算"),
    left_to_people(30, "校党委会", "发表意见的时间是否足够、采取哪一种方式表决，由会议掌握，程序只作记录"),
    left_to_people(31, "校党委会", "讨论是否充分（第二项）由会议判断，程序只计算介绍和表决"),
    left_to_people(32, "校党委组织部", "哪些干部须报批或报备、怎样算及时，依上级规定确定，程序只核对日期先后"),
)


@article(
    28,
    "1",
    Severity.ERROR,
    "酝酿前应分别征求分管校领导和有关单位的意见",
    lawful={"酝酿.征求意见情况[0].日期": "2026-09-21", "酝酿.酝酿日期": "2026-09-21"},
    unlawful={"酝酿.征求意见情况[0].日期": "2026-09-22"},
)
def opinions_come_before_the_consultation(case: Case, _office: Office) -> Verdict:
    """Art. 28, paragraph 2: the school leader in charge and the units are heard, not later than the consultation.

    An opinion that is not listed is "not yet"; one that is dated after the consultation is a violation.
    """
    stage = need(case.consultation, "酝酿")
    at = ("酝酿", "征求意见情况")
    need(stage.opinions, *at)
    for number, opinion in enumerate(stage.opinions):
        who = need(opinion.post, *at, number, "单位或职务")
        if opinion.date and stage.date and compare(opinion.date, stage.date) > 0:
            facts = f"{who} {opinion.date.chinese}提出意见，酝酿在 {stage.date.chinese}"
            return broken(facts, "征求意见应在酝酿之前完成，请核对日期", *at, number, "日期")
    need(stage.date, "酝酿", "酝酿日期")
    for number, opinion in enumerate(stage.opinions):
        need(opinion.date, *at, number, "日期")
    missing = _not_heard(stage)
    if missing:
        return unknown(f"征求意见情况中还没有{missing}的意见", *at)
    return met("、".join(f"{item.post} {item.date.chinese}" for item in stage.opinions if item.date))


def _not_heard(stage: Consultation) -> str:
    """Say whose opinion is not in the list: the leader in charge is told by 分管, everybody else is a unit."""
    leader = ["分管" in (item.post or "") for item in stage.opinions]
    return "" if any(leader) and not all(leader) else "有关单位" if any(leader) else "分管校领导"


@article(
    28,
    "2",
    Severity.ERROR,
    "应在党委书记、校长、分管干部工作的副书记、纪委书记范围内充分酝酿",
    lawful={"酝酿.纪委书记参加": "是"},
    unlawful={"酝酿.纪委书记参加": "否"},
)
def four_leaders_take_part(case: Case, _office: Office) -> Verdict:
    """Art. 28, paragraph 2: secretary, president, deputy secretary for personnel, discipline secretary."""
    stage = need(case.consultation, "酝酿")
    there = {
        "党委书记参加": stage.secretary,
        "校长参加": stage.president,
        "分管副书记参加": stage.deputy_secretary,
        "纪委书记参加": stage.discipline_secretary,
    }
    away = [title for title, answer in there.items() if answer == "否"]
    if away:
        names = "、".join(title.removesuffix("参加") for title in away)
        return broken(f"{names}没有参加酝酿", f"请{names}参加酝酿后再提交党委会", "酝酿", away[0])
    for title, answer in there.items():
        need(answer, "酝酿", title)
    return met("党委书记、校长、分管副书记、纪委书记都参加了酝酿")


@article(
    28,
    "3",
    Severity.ERROR,
    "酝酿应在党委会讨论决定之前",
    lawful={"酝酿.酝酿日期": "2026-09-22"},
    unlawful={"酝酿.酝酿日期": "2026-09-23"},
)
def consultation_comes_before_the_decision(case: Case, _office: Office) -> Verdict:
    """Art. 28: the consultation proposes whom the committee then discusses; the same day is allowed."""
    stage, decision = case.consultation, case.decision
    steps = [
        dated("酝酿", stage.date if stage else None, "酝酿", "酝酿日期"),
        dated("党委会", decision.date if decision else None, "讨论决定", "党委会日期"),
    ]
    return ascending(steps, "酝酿应不晚于党委会")


@article(
    29,
    "1",
    Severity.ERROR,
    "干部任免应由校党委会集体讨论决定",
    lawful={"讨论决定.集体讨论": "是"},
    unlawful={"讨论决定.集体讨论": "否"},
)
def committee_decides_together(case: Case, _office: Office) -> Verdict:
    """Art. 29, paragraph 1: a collective decision of the party committee."""
    decision = need(case.decision, "讨论决定")
    if need(decision.collective, "讨论决定", "集体讨论") == "是":
        return met("校党委会集体讨论决定")
    return broken("没有经校党委会集体讨论", "提交校党委会集体讨论决定", "讨论决定", "集体讨论")


@article(
    29,
    "2",
    Severity.ERROR,
    "破格提拔处级干部，应在讨论决定前报经上级组织部门同意",
    lawful=beyond_rules("学历", 上级同意日期="2026-09-21"),
    unlawful=beyond_rules("学历", 上级同意日期="2026-09-22"),
    over=candidates,
)
def superior_consents_before_the_meeting(case: Case, subject: Numbered, _office: Office) -> Verdict | None:
    """Art. 29, paragraph 2: for an exceptional promotion to division level, consent dated before the meeting's day."""
    beyond = exceptional(subject)
    if beyond is None or not is_division(target_level(case, subject)):
        return None
    at = subject.path("破格提拔", "上级同意日期")
    consent, meeting = need(beyond.superior_consent, *at), decision_day(case)
    facts = f"上级同意 {consent.chinese}，党委会 {meeting.chinese}"
    order = compare(consent, meeting)
    if order == 0 and not consent.day:
        return doubtful(f"{facts}，同意日期未填到日", "按上级批复把同意日期填写到日", *at)
    return met(facts) if order < 0 else broken(facts, "上级同意应早于党委会；未经同意的不得提交讨论", *at)


@article(
    30,
    "1",
    Severity.ERROR,
    "党委会应有三分之二以上成员到会",
    lawful={"讨论决定.实到委员人数": 9, "讨论决定.表决情况[0].同意": 8},
    unlawful={"讨论决定.实到委员人数": 8, "讨论决定.表决情况[0].同意": 7},
)
def two_thirds_are_present(case: Case, _office: Office) -> Verdict:
    """Art. 30: two thirds of all members, the third itself included; 3 x present >= 2 x expected, in integers."""
    decision = need(case.decision, "讨论决定")
    expected = _expected(decision)
    present = need(decision.present, "讨论决定", "实到委员人数")
    facts = f"应到 {expected} 人，实到 {present} 人"
    least = -(-2 * expected // 3)
    if present > expected:
        return broken(facts, "实到人数多于应到人数，请核对", "讨论决定", "实到委员人数")
    if 3 * present >= 2 * expected:
        return met(facts)
    return broken(facts, f"至少 {least} 人到会才能讨论决定", "讨论决定", "实到委员人数")


def _expected(decision: Decision) -> int:
    """Give the number of members who should attend; none at all counts as not filled."""
    return need(decision.expected or None, "讨论决定", "应到委员人数")


@article(
    30,
    "2",
    Severity.ERROR,
    "每位与会成员都应明确表示同意、不同意或缓议",
    lawful={"讨论决定.表决情况[0].缓议": 1},
    unlawful={"讨论决定.表决情况[0].缓议": 0},
    over=ballots,
)
def every_attendee_votes(case: Case, subject: Ballot | None, _office: Office) -> Verdict:
    """Art. 30: agree, disagree and postpone add up to those present without those who withdrew (art. 44)."""
    ballot = voted(subject)
    votes = ballot.votes
    agree, disagree = ballot.need(votes.agree, "同意"), ballot.need(votes.disagree, "不同意")
    postponed, withdrew = ballot.need(votes.postponed, "缓议"), ballot.need(votes.withdrew, "回避人数")
    decision = need(case.decision, "讨论决定")
    present = need(decision.present, "讨论决定", "实到委员人数")
    total, voters = agree + disagree + postponed, present - withdrew
    facts = f"同意 {agree}、不同意 {disagree}、缓议 {postponed}，共 {total} 人；实到 {present} 人，回避 {withdrew} 人"
    if total == voters:
        return met(facts)
    return broken(facts, f"三种意见合计应为 {max(voters, 0)} 人，请核对表决记录", *ballot.path("同意"))


@article(
    30,
    "3",
    Severity.ERROR,
    "任免决定复议，应经党委会超过半数成员同意",
    lawful={"讨论决定.复议": "是", "讨论决定.同意复议人数": 7},
    unlawful={"讨论决定.复议": "是", "讨论决定.同意复议人数": 6},
)
def majority_agrees_to_reconsider(case: Case, _office: Office) -> Verdict | None:
    """Art. 30, paragraph 2: more than half of all members, not of those present; 2 x agreeing > members."""
    decision = need(case.decision, "讨论决定")
    if need(decision.reconsidered, "讨论决定", "复议") == "否":
        return None
    members = _expected(decision)
    agree = need(decision.reconsider_agree, "讨论决定", "同意复议人数")
    facts = f"成员 {members} 人，同意复议 {agree} 人"
    if 2 * agree > members:
        return met(facts)
    return broken(facts, f"至少 {members // 2 + 1} 人同意才能复议", "讨论决定", "同意复议人数")


@article(
    30,
    "4",
    Severity.ERROR,
    "意见分歧较大或有重大问题不清楚的，应暂缓决定",
    lawful={"讨论决定.意见分歧较大": "是", "讨论决定.表决情况[0].决定": "缓议"},
    unlawful={"讨论决定.意见分歧较大": "是"},
)
def divided_committee_postpones(case: Case, _office: Office) -> Verdict:
    """Art. 30: with divided opinions nobody is decided on.

    The field is the meeting's: where only some were postponed, people have to say whom the division was about.
    """
    decision = need(case.decision, "讨论决定")
    if need(decision.divided, "讨论决定", "意见分歧较大") == "否":
        return met("没有较大分歧")
    results = [
        (ballot, ballot.need(ballot.votes.result, "决定"))
        for ballot in (voted(subject) for _, subject in ballots(case))
    ]
    decided = [ballot for ballot, result in results if result != "缓议"]
    if not decided:
        return met("意见分歧较大，暂缓决定")
    names = "、".join(ballot.votes.name or "未填姓名的人选" for ballot in decided)
    facts, at = f"意见分歧较大，仍对{names}作出了决定", decided[0].path("决定")
    if len(decided) < len(results):
        return doubtful(facts, f"核对分歧是否与{names}无关，有关的应改为缓议", *at)
    return broken(facts, "查清问题后再上会，这次的决定应为缓议", *at)


@article(
    31,
    "1a",
    Severity.ERROR,
    "组织部负责人应逐个介绍拟任人选的推荐、考察和任免理由等情况",
    lawful={"讨论决定.表决情况[0].逐个介绍情况": "是"},
    unlawful={"讨论决定.表决情况[0].逐个介绍情况": "否"},
    over=ballots,
)
def each_person_is_introduced(_case: Case, subject: Ballot | None, _office: Office) -> Verdict:
    """Art. 31 (1): one by one, by the head of the organization department."""
    ballot = voted(subject)
    if ballot.need(ballot.votes.introduced, "逐个介绍情况") == "是":
        return met("会上逐个介绍了情况")
    return broken("会上没有逐个介绍情况", "由组织部负责人逐个介绍后再讨论表决", *ballot.path("逐个介绍情况"))


@article(
    31,
    "1b",
    Severity.ERROR,
    "破格提拔的人选，会上应说明破格的具体情形和理由",
    lawful=beyond_rules("学历"),
    unlawful=beyond_rules("学历") | {"讨论决定.表决情况[0].说明破格情形和理由": "否"},
    over=ballots,
)
def exceptional_promotion_is_explained(case: Case, subject: Ballot | None, _office: Office) -> Verdict | None:
    """Art. 31 (1): applies to those whom the case holds as exceptional promotions."""
    if (subject is None or not subject.votes.name) and not any(may_be_exceptional(who) for _, who in candidates(case)):
        return None
    ballot = voted(subject)
    name = ballot.need(ballot.votes.name, "姓名")
    own = (Numbered(number, person) for number, person in enumerate(case.candidates) if person.name == name)
    if not any(map(exceptional, own)):
        return None
    if ballot.need(ballot.votes.exceptional_explained, "说明破格情形和理由") == "是":
        return met("会上说明了破格情形和理由")
    return broken("会上没有说明破格情形和理由", "说明具体情形和理由后再表决", *ballot.path("说明破格情形和理由"))


@article(
    31,
    "3",
    Severity.ERROR,
    "应到会成员超过半数同意才能形成决定",
    lawful={"讨论决定.表决情况[0].同意": 7, "讨论决定.表决情况[0].不同意": 4},
    unlawful={"讨论决定.表决情况[0].同意": 6, "讨论决定.表决情况[0].不同意": 5},
    over=ballots,
)
def majority_of_all_who_should_attend(case: Case, subject: Ballot | None, office: Office) -> Verdict | None:
    """Art. 31 (3): 2 x agreeing > members who should attend, not those who came.

    Setting `withdrawn_expected`: whether members who withdrew (art. 44) are counted among those who should attend.
    """
    ballot = voted(subject)
    if ballot.need(ballot.votes.result, "决定") != "通过":
        return None
    agree, members = ballot.need(ballot.votes.agree, "同意"), _expected(need(case.decision, "讨论决定"))
    facts = f"应到 {members} 人，同意 {agree} 人"
    if office.points.withdrawn_expected == "不含回避成员":
        withdrew = ballot.need(ballot.votes.withdrew, "回避人数")
        members, facts = members - withdrew, f"{facts}，回避 {withdrew} 人不计入应到"
    if 2 * agree > members:
        return met(facts)
    return broken(facts, f"至少 {members // 2 + 1} 人同意才能通过", *ballot.path("同意"))


@article(
    32,
    "1",
    Severity.ERROR,
    "需要报上级审批的，应在党委会决定后、任职通知前报批",
    lawful={"讨论决定.需报上级审批": "是", "讨论决定.报批日期": "2026-09-22"},
    unlawful={"讨论决定.需报上级审批": "是", "讨论决定.报批日期": "2026-09-21"},
)
def approval_is_sought(case: Case, _office: Office) -> Verdict | None:
    """Art. 32: a date of sending up, between the decision and the appointment notice (each day included)."""
    decision = need(case.decision, "讨论决定")
    if need(decision.approval_needed, "讨论决定", "需报上级审批") == "否":
        return None
    steps = [
        dated("党委会", decision.date, "讨论决定", "党委会日期"),
        dated("报上级审批", decision.approval_date, "讨论决定", "报批日期"),
    ]
    if case.appointment and case.appointment.notice_date:
        steps.append(dated("任职通知", case.appointment.notice_date, "任职", "任职通知日期"))
    return ascending(steps, "报批应在决定之后、发任职通知之前")


@article(
    32,
    "2",
    Severity.ERROR,
    "需要报上级备案的，应在党委会决定后报备",
    lawful={"讨论决定.报备日期": "2026-09-22"},
    unlawful={"讨论决定.报备日期": "2026-09-21"},
)
def decision_is_filed(case: Case, _office: Office) -> Verdict | None:
    """Art. 32: a date of filing, on the day of the decision or later."""
    decision = need(case.decision, "讨论决定")
    if need(decision.filing_needed, "讨论决定", "需报上级备案") == "否":
        return None
    steps = [
        dated("党委会", decision.date, "讨论决定", "党委会日期"),
        dated("报上级备案", decision.filing_date, "讨论决定", "报备日期"),
    ]
    return ascending(steps, "报备应在决定之后")
