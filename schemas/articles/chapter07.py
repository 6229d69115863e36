"""Chapter 7: taking office (articles 33-37): public notice, trial period, talk, and the day that counts."""

from __future__ import annotations

import datetime as dt

from doc_forms.form import Severity
from doc_forms.form.periods import years_later
from doc_forms.regulation import (
    Verdict,
    YearUnknownError,
    article,
    broken,
    doubtful,
    left_to_people,
    met,
    need,
)

from .._case.appointment import Appointment, Term
from .._case.decision import PublicNotice
from .._interpretation import Office
from ..case import Case
from ._decided import appointees, ascending, dated, has_promotion, record, unknown
from ._notice_period import NOTICE_DAYS, full_until, span, touches_vacation
from ._specimens import beyond_rules
from ._subjects import Numbered, compare, decision_day, exceptional, is_promotion

GISTS = {
    33: "处科级职务实行委任制，少数专业性较强的领导职务可以聘任",
    34: "提任处科级职务，决定之后、发通知之前在校内公示至少五个工作日，破格的说明情形和理由，结果不影响任职才办手续",
    35: "提拔任职试用一年，期满考核：胜任的正式任职，不胜任的免去试任职务、按试任前职级安排；出现重大失误可提前结束",
    36: "决定任用的干部，由校党委指定专人谈话，肯定成绩、指出不足、提出要求",
    37: "任职时间从校党委会决定之日算起",
}

DISPOSITIONS = (
    left_to_people(33, "校党委", "哪些领导职务专业性较强、可以聘任，由校党委确定，程序遇到聘任制时提请确认"),
    left_to_people(
        34, "校党委组织部", "公示内容是否真实准确、反映的问题是否影响任职，由组织部核查，程序只看日期和结论"
    ),
    left_to_people(35, "校党委", "试用期间是否出现重大失误或严重错误、是否提前结束试用，由校党委会研究决定"),
)

_TRIAL_YEARS = 1


@article(
    33,
    "1",
    Severity.NOTE,
    "处科级职务实行委任制，聘任制限于少数专业性较强的领导职务",
    lawful={"任职.任用方式": "委任制"},
    unlawful={"任职.任用方式": "聘任制", "任职.聘任理由": "网络信息中心主任，专业性较强"},
)
def office_is_given_by_commission(case: Case, _office: Office) -> Verdict:
    """Art. 33: commission is the rule; hiring is pointed out with its reason, for people to confirm."""
    stage = need(case.appointment, "任职")
    if need(stage.system, "任职", "任用方式") == "委任制":
        return met("实行委任制")
    reason = need(stage.hired_reason, "任职", "聘任理由")
    return broken(f"实行聘任制，理由：{reason}", "请确认该职务属于专业性较强的领导职务", "任职", "任用方式")


def _notice(case: Case) -> PublicNotice | None:
    """Give the public notice; None where nobody is promoted, so that article 34 asks for none."""
    return need(case.notice, "任前公示") if has_promotion(case) else None


@article(
    34,
    "1a",
    Severity.ERROR,
    "公示应在校党委会讨论决定之后",
    lawful={"任前公示.公示发布日期": "2026-09-22", "任前公示.公示开始日期": "2026-09-22"},
    unlawful={"任前公示.公示发布日期": "2026-09-21", "任前公示.公示开始日期": "2026-09-21"},
)
def notice_follows_the_decision(case: Case, _office: Office) -> Verdict | None:
    """Art. 34: the notice begins on the day of the decision at the earliest."""
    notice = _notice(case)
    if notice is None:
        return None
    decided = case.decision.date if case.decision else None
    steps = [
        dated("党委会", decided, "讨论决定", "党委会日期"),
        dated("公示开始", notice.start, "任前公示", "公示开始日期"),
    ]
    return ascending(steps, "公示应在党委会决定之后开始")


@article(
    34,
    "1b",
    Severity.ERROR,
    "任职通知应在公示期满之后下发",
    lawful={"任职.任职通知日期": "2026-10-09"},
    unlawful={"任职.任职通知日期": "2026-10-08"},
)
def appointment_notice_follows_the_public_notice(case: Case, _office: Office) -> Verdict | None:
    """Art. 34: the appointment notice is dated after the last day of the public notice."""
    notice = _notice(case)
    if notice is None:
        return None
    end = need(notice.end, "任前公示", "公示截止日期")
    issued = need(need(case.appointment, "任职").notice_date, "任职", "任职通知日期")
    facts = f"公示至 {end.chinese}，任职通知 {issued.chinese}"
    if compare(end, issued) < 0:
        return met(facts)
    return broken(facts, "公示期满、结果不影响任职后再下发任职通知", "任职", "任职通知日期")


@article(
    34,
    "2",
    Severity.ERROR,
    "公示期不少于五个工作日",
    lawful={"任前公示.公示截止日期": "2026-10-08"},
    unlawful={"任前公示.公示截止日期": "2026-09-29"},
)
def notice_lasts_five_working_days(case: Case, office: Office) -> Verdict | None:
    """Art. 34: working days by the official calendar, the last day included.

    Setting `notice_counting` says whether the first day counts (what most notices print) or not. Where only the
    count with the first day is full, people have to look. A period published late counts from its publication.
    """
    notice = _notice(case)
    if notice is None:
        return None
    start = need(notice.start, "任前公示", "公示开始日期")
    end = need(notice.end, "任前公示", "公示截止日期")
    first = max(start, notice.issued or start)
    try:
        with_first = office.calendar.count(first.date, end.date)
        without_first = office.calendar.count(first.date + dt.timedelta(1), end.date)
    except YearUnknownError as error:
        return unknown(f"{error}，工作日无从计算；请添加 {error.year} 年放假安排表", "任前公示", "公示截止日期")
    facts = f"公示 {span(first, end)}，其间工作日 {with_first} 天（首日不计入为 {without_first} 天）"
    counted = with_first if office.points.notice_counting == "首日计入" else without_first
    at = ("任前公示", "公示截止日期")
    if counted < NOTICE_DAYS:
        return broken(facts, full_until(office.calendar, first), *at)
    if without_first < NOTICE_DAYS:
        return doubtful(facts, "首日不计入则不足五个工作日，可延长公示，或确认本校首日计入", *at)
    return met(facts)


@article(
    34,
    "3",
    Severity.ERROR,
    "涉及破格提拔的，公示应说明破格的具体情形和理由",
    lawful=beyond_rules("学历"),
    unlawful=beyond_rules("学历") | {"任前公示.公示说明破格情形和理由": "否"},
)
def notice_explains_exceptional_promotions(case: Case, _office: Office) -> Verdict | None:
    """Art. 34: applies where one of those to be appointed is an exceptional promotion."""
    names = [name for name, subject in appointees(case) if exceptional(subject)]
    if not names:
        return None
    notice = need(case.notice, "任前公示")
    if need(notice.exceptional_explained, "任前公示", "公示说明破格情形和理由") == "是":
        return met(f"公示说明了{'、'.join(names)}破格的情形和理由")
    facts = f"公示没有说明{'、'.join(names)}破格的情形和理由"
    return broken(facts, "在公示中写明破格的具体情形和理由", "任前公示", "公示说明破格情形和理由")


@article(
    34,
    "4",
    Severity.ERROR,
    "公示结果不影响任职的，才能办理任职手续",
    lawful={"任前公示.公示结果影响任职": "否"},
    unlawful={"任前公示.公示结果影响任职": "是"},
)
def notice_result_allows_the_appointment(case: Case, _office: Office) -> Verdict | None:
    """Art. 34: no appointment notice where the result affects the appointment."""
    notice = _notice(case)
    if notice is None:
        return None
    if need(notice.affects, "任前公示", "公示结果影响任职") == "否":
        return met("公示结果不影响任职")
    issued = case.appointment.notice_date if case.appointment else None
    if issued is None:
        return met("公示结果影响任职，没有发任职通知")
    facts = f"公示结果影响任职，任职通知 {issued.chinese}"
    return broken(facts, "查清并重新研究之前不得办理任职手续", "任前公示", "公示结果影响任职")


@article(
    34,
    "5",
    Severity.WARNING,
    "公示期宜避开寒暑假",
    lawful={"任前公示.公示截止日期": "2026-10-08"},
    unlawful={
        "讨论决定.需报上级备案": "否",
        "任前公示.公示开始日期": "2027-01-11",
        "任前公示.公示截止日期": "2027-01-15",
        "任职.任职通知日期": "2027-01-18",
        "任职.任职谈话[0].谈话日期": "2027-01-18",
        "任职.任职情况[0].到任期限": "2027-01-20",
        "任职.任职情况[0].到任日期": "2027-01-19",
    },
)
def notice_avoids_vacations(case: Case, office: Office) -> Verdict | None:
    """Art. 34: vacation days are working days, but few people at school read a notice then (`vacation_noted`)."""
    notice = _notice(case)
    if notice is None or office.points.vacation_noted == "否":
        return None
    start = need(notice.start, "任前公示", "公示开始日期")
    end = need(notice.end, "任前公示", "公示截止日期")
    facts = f"公示 {span(start, end)}"
    if not touches_vacation(start.date, end.date):
        return met(facts)
    return broken(f"{facts}，在学校通常放寒暑假的时候", "改期，或者写明怎样使师生看到公示", "任前公示", "公示开始日期")


def _appointment(case: Case) -> Appointment:
    return need(case.appointment, "任职")


def _term(case: Case, subject: Numbered) -> tuple[int, Term]:
    return record(_appointment(case).terms, subject, "任职", "任职情况")


@article(
    35,
    "1a",
    Severity.ERROR,
    "提拔任职的试用期为一年",
    lawful={"任职.任职情况[0].试用期满日期": "2027-09-22"},
    unlawful={"任职.任职情况[0].试用期满日期": "2027-09-21"},
    over=appointees,
)
def trial_lasts_one_year(case: Case, subject: Numbered, _office: Office) -> Verdict | None:
    """Art. 35: for promotions; from the first day of office (art. 37) to the same day of the next year, exactly."""
    if not is_promotion(subject):
        return None
    number, term = _term(case, subject)
    at = ("任职", "任职情况", number)
    start = need(term.trial_start, *at, "试用期开始日期")
    if term.since and compare(start, term.since) != 0:
        facts = f"任职时间 {term.since.chinese}，试用期从 {start.chinese}开始"
        return broken(facts, "试用期应从任职之日开始", *at, "试用期开始日期")
    end, due = need(term.trial_end, *at, "试用期满日期"), years_later(start, _TRIAL_YEARS)
    facts = f"试用期 {start.chinese}至 {end.chinese}"
    if compare(end, due) == 0:
        return met(facts)
    return broken(facts, f"试用一年，至 {due.chinese}期满", *at, "试用期满日期")


@article(
    35,
    "1b",
    Severity.ERROR,
    "提拔任职的，任职通知应载明试用期",
    lawful={"任职.任职情况[0].通知载明试用期": "是"},
    unlawful={"任职.任职情况[0].通知载明试用期": "否"},
    over=appointees,
)
def notice_states_the_trial(case: Case, subject: Numbered, _office: Office) -> Verdict | None:
    """Art. 35: for promotions, the appointment notice says that a trial period applies."""
    if not is_promotion(subject):
        return None
    number, term = _term(case, subject)
    at = ("任职", "任职情况", number, "通知载明试用期")
    if need(term.trial_in_notice, *at) == "是":
        return met("任职通知载明试用期")
    return broken("任职通知没有载明试用期", "在任职通知的职务之后注明（试用期一年）", *at)


@article(
    35,
    "1c",
    Severity.WARNING,
    "不是提拔任职的，不设试用期",
    lawful={
        "考察对象[0].任职方式": "重新任职",
        "任职.任职情况[0].通知载明试用期": "否",
        "任职.任职情况[0].试用期开始日期": None,
        "任职.任职情况[0].试用期满日期": None,
    },
    unlawful={"考察对象[0].任职方式": "重新任职"},
    over=appointees,
)
def only_promotions_have_a_trial(case: Case, subject: Numbered, _office: Office) -> Verdict | None:
    """Art. 35 asks a trial of promotions alone: none for a move, another term or a second office."""
    if is_promotion(subject):
        return None
    number, term = _term(case, subject)
    at = ("任职", "任职情况", number, "通知载明试用期")
    stated = need(term.trial_in_notice, *at) == "是"
    if not stated and not term.trial_start and not term.trial_end:
        return met(f"{subject.person.way}，没有设试用期")
    return broken(f"{subject.person.way}，却设了试用期", "删去试用期，或核对任职方式", *at)


@article(
    35,
    "2a",
    Severity.ERROR,
    "试用期满后应进行考核",
    lawful={"任职.试用期考核[0].考核日期": "2027-09-22"},
    unlawful={"任职.试用期考核[0].考核日期": "2027-09-21"},
    over=appointees,
)
def review_follows_the_trial(case: Case, subject: Numbered, office: Office) -> Verdict | None:
    """Art. 35, paragraph 2: the review is dated on the last day of the trial or later, and has a result."""
    if not is_promotion(subject):
        return None
    number, term = _term(case, subject)
    end = need(term.trial_end, "任职", "任职情况", number, "试用期满日期")
    if compare(office.as_of, end) < 0 and not _appointment(case).reviews:
        return unknown(f"试用期 {end.chinese}届满，届时考核", "任职", "试用期考核")
    item, review = record(_appointment(case).reviews, subject, "任职", "试用期考核")
    day = need(review.date, "任职", "试用期考核", item, "考核日期")
    facts = f"试用期满 {end.chinese}，考核 {day.chinese}"
    if compare(day, end) < 0:
        return broken(facts, "试用期满后再考核", "任职", "试用期考核", item, "考核日期")
    result = need(review.result, "任职", "试用期考核", item, "考核结果")
    return met(f"{facts}，{result}")


@article(
    35,
    "2b",
    Severity.ERROR,
    "考核胜任的正式任职，不胜任的免去试任职务",
    lawful={"任职.试用期考核[0].考核结果": "不胜任", "任职.试用期考核[0].处理": "免去试任职务，按正科级安排工作"},
    unlawful={"任职.试用期考核[0].考核结果": "不胜任", "任职.试用期考核[0].处理": "正式任职"},
    over=appointees,
)
def review_has_its_consequence(case: Case, subject: Numbered, _office: Office) -> Verdict | None:
    """Art. 35, paragraph 2: told by the words 正式任职 and 免去 in what was done."""
    if not is_promotion(subject):
        return None
    item, review = record(_appointment(case).reviews, subject, "任职", "试用期考核")
    at = ("任职", "试用期考核", item)
    result, outcome = need(review.result, *at, "考核结果"), need(review.outcome, *at, "处理")
    facts = f"考核{result}，处理：{outcome}"
    removed = "免" in outcome
    if removed == (result == "不胜任") and removed != ("正式任职" in outcome):
        return met(facts)
    remedy = "正式任职" if result == "胜任" else "免去试任职务，按试任前职级安排工作"
    return broken(facts, f"考核{result}的，应{remedy}", *at, "处理")


@article(
    36,
    "1",
    Severity.ERROR,
    "对决定任用的干部，应由校党委指定专人谈话",
    lawful={"任职.任职谈话[0].谈话日期": "2026-09-22"},
    unlawful={"任职.任职谈话[0].谈话日期": "2026-09-21"},
    over=appointees,
)
def appointee_is_talked_with(case: Case, subject: Numbered, _office: Office) -> Verdict:
    """Art. 36: after the decision, by a named person; merits, shortcomings and demands are on record."""
    number, talk = record(_appointment(case).talks, subject, "任职", "任职谈话")
    at = ("任职", "任职谈话", number)
    day, decided = need(talk.date, *at, "谈话日期"), decision_day(case)
    facts = f"党委会 {decided.chinese}，谈话 {day.chinese}"
    if compare(day, decided) < 0:
        return broken(facts, "党委会决定之后再谈话", *at, "谈话日期")
    talker = need(talk.talker, *at, "谈话人")
    need(talk.merits, *at, "肯定成绩")
    need(talk.shortcomings, *at, "指出不足")
    need(talk.demands, *at, "要求和注意事项")
    return met(f"{facts}，谈话人 {talker}")


@article(
    37,
    "1",
    Severity.ERROR,
    "任职时间自校党委会决定之日起计算",
    lawful={"任职.任职情况[0].任职时间": "2026-09-22"},
    unlawful={
        "任职.任职情况[0].任职时间": "2026-10-09",
        "任职.任职情况[0].试用期开始日期": "2026-10-09",
        "任职.任职情况[0].试用期满日期": "2027-10-09",
        "任职.试用期考核[0].考核日期": "2027-10-11",
    },
    over=appointees,
)
def office_counts_from_the_decision(case: Case, subject: Numbered, _office: Office) -> Verdict:
    """Art. 37: the day of the committee's decision, not that of the notice."""
    number, term = _term(case, subject)
    at = ("任职", "任职情况", number, "任职时间")
    since, decided = need(term.since, *at), decision_day(case)
    facts = f"任职时间 {since.chinese}，党委会 {decided.chinese}"
    return met(facts) if compare(since, decided) == 0 else broken(facts, f"任职时间应为 {decided.chinese}", *at)
