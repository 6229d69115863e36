"""Articles 28-47 at their numbers: one below, at, one above; and what is asked where a fact is missing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from rules_support import OFFICE, SETTINGS, findings, lawful_case, office, outcome, patched, regulation

from doc_forms.form import PartialDate, Severity
from doc_forms.library import Library
from doc_forms.regulation import Finding, Outcome, WorkCalendar

MET, BROKEN, UNKNOWN = Outcome.MET, Outcome.BROKEN, Outcome.UNKNOWN
VOTE, TERM, LEAVING = "讨论决定.表决情况[0]", "任职.任职情况[0]", "辞职免职降职[0]"
SPECIAL = {
    "破格情形": "特别优秀：急难险重任务中作出重大贡献",
    "破格理由": "抗洪抢险中组织转移师生三千余人，保住了全部实验设备",
    "突破的资格": ["任职年限"],
    "上级同意日期": "2026-09-21",
}


def find(patch: dict[str, Any], code: str, with_office: Any = OFFICE) -> list[Finding]:
    """What a rule finds in the patched lawful case."""
    return findings(patched(lawful_case(), patch), code, with_office)


def only(patch: dict[str, Any], code: str, with_office: Any = OFFICE) -> Finding:
    """The one finding of a rule."""
    (finding,) = find(patch, code, with_office)
    return finding


# Two thirds of the members are present (30), by integers.


@pytest.mark.parametrize(
    ("expected", "present", "found"),
    [
        (13, 8, BROKEN),
        (13, 9, MET),
        (13, 10, MET),
        (12, 7, BROKEN),
        (12, 8, MET),
        (12, 9, MET),
        (3, 1, BROKEN),
        (3, 2, MET),
        (1, 1, MET),
        (12, 13, BROKEN),
    ],
)
def test_two_thirds_of_the_members_have_to_be_present(expected: int, present: int, found: Outcome) -> None:
    patch = {"讨论决定.应到委员人数": expected, "讨论决定.实到委员人数": present}
    assert outcome(patch, "30.1") is found


def test_a_meeting_without_its_numbers_cannot_be_told_yet() -> None:
    finding = only({"讨论决定.应到委员人数": None}, "30.1")
    assert finding.outcome is UNKNOWN
    assert "应到委员人数" in finding.verdict.facts
    assert outcome({"讨论决定.应到委员人数": 0}, "30.1") is UNKNOWN


# Everybody votes (30): the three opinions add up to those present without those who withdrew.


@pytest.mark.parametrize(
    ("agree", "disagree", "postponed", "withdrew", "found"),
    [
        (11, 0, 1, 0, MET),
        (10, 0, 1, 0, BROKEN),
        (12, 0, 1, 0, BROKEN),
        (9, 1, 1, 1, MET),
        (10, 1, 1, 1, BROKEN),
        (8, 1, 1, 1, BROKEN),
    ],
)
def test_the_opinions_add_up_to_those_who_may_vote(
    agree: int, disagree: int, postponed: int, withdrew: int, found: Outcome
) -> None:
    patch = {
        f"{VOTE}.同意": agree,
        f"{VOTE}.不同意": disagree,
        f"{VOTE}.缓议": postponed,
        f"{VOTE}.回避人数": withdrew,
    }
    assert outcome(patch, "30.2") is found


def test_a_blank_number_of_votes_is_asked_for_and_not_taken_as_none() -> None:
    assert outcome({f"{VOTE}.缓议": None}, "30.2") is UNKNOWN
    assert outcome({"讨论决定.表决情况": []}, "30.2") is UNKNOWN


# More than half of all members agree to reconsider (30), more than half of those who should attend agree (31).


@pytest.mark.parametrize(
    ("members", "agree", "found"),
    [(13, 6, BROKEN), (13, 7, MET), (12, 6, BROKEN), (12, 7, MET), (12, 8, MET)],
)
def test_more_than_half_of_all_members_agree_to_reconsider(members: int, agree: int, found: Outcome) -> None:
    patch = {"讨论决定.应到委员人数": members, "讨论决定.复议": "是", "讨论决定.同意复议人数": agree}
    assert outcome(patch, "30.3") is found


def test_a_decision_that_was_not_reconsidered_asks_for_no_such_vote() -> None:
    assert find({}, "30.3") == []
    assert outcome({"讨论决定.复议": "是"}, "30.3") is UNKNOWN


@pytest.mark.parametrize(
    ("expected", "agree", "found"),
    [(13, 6, BROKEN), (13, 7, MET), (13, 8, MET), (12, 6, BROKEN), (12, 7, MET)],
)
def test_more_than_half_of_those_who_should_attend_agree(expected: int, agree: int, found: Outcome) -> None:
    assert outcome({"讨论决定.应到委员人数": expected, f"{VOTE}.同意": agree}, "31.3") is found


def test_a_majority_of_those_present_is_not_enough() -> None:
    patch = {"讨论决定.实到委员人数": 9, f"{VOTE}.同意": 6, f"{VOTE}.不同意": 2}
    finding = only(patch, "31.3")
    assert finding.outcome is BROKEN
    assert finding.verdict.facts == "应到 13 人，同意 6 人"
    assert "至少 7 人同意" in finding.verdict.remedy


@pytest.mark.parametrize(
    ("counting", "agree", "found"),
    [
        ("含回避成员", 6, BROKEN),
        ("含回避成员", 7, MET),
        ("不含回避成员", 5, BROKEN),
        ("不含回避成员", 6, MET),
        ("不含回避成员", 7, MET),
    ],
)
def test_whether_withdrawn_members_count_is_the_setting_s_to_say(counting: str, agree: int, found: Outcome) -> None:
    patch = {f"{VOTE}.回避人数": 2, f"{VOTE}.同意": agree}
    assert outcome(patch, "31.3", office(withdrawn_expected=counting)) is found


def test_a_person_who_was_not_carried_needs_no_majority_and_gets_no_papers() -> None:
    patch = {f"{VOTE}.决定": "未通过", f"{VOTE}.同意": 3, f"{VOTE}.不同意": 8}
    assert find(patch, "31.3") == []
    for code in ("34.2", "35.1a", "36.1", "37.1"):
        assert find(patch, code) == []


def test_only_who_was_put_to_the_vote_is_asked_about_afterwards() -> None:
    assert [finding.subject for finding in find({}, "37.1")] == ["林示例"]
    everybody = [finding.subject for finding in find({"讨论决定.表决情况": []}, "37.1")]
    assert everybody == ["林示例", "马晓㛃"]


def test_divided_opinions_postpone_and_a_mixed_result_is_for_people_to_look_at() -> None:
    divided = {"讨论决定.意见分歧较大": "是"}
    assert outcome(divided, "30.4") is BROKEN
    assert outcome(divided | {f"{VOTE}.决定": "缓议"}, "30.4") is MET
    other = {"讨论决定.表决情况[1]": {"姓名": "马晓㛃", "决定": "缓议"}}
    mixed = only(divided | other, "30.4")
    assert (mixed.outcome, mixed.severity) == (BROKEN, Severity.WARNING)
    assert "林示例" in mixed.verdict.facts
    assert outcome(divided | {f"{VOTE}.决定": None}, "30.4") is UNKNOWN


# Consultation and consent come first (28, 29, 32).


@pytest.mark.parametrize(
    ("consulted", "found"), [("2026-09-20", MET), ("2026-09-21", MET), ("2026-09-22", BROKEN), ("2026-09-23", BROKEN)]
)
def test_opinions_are_heard_not_later_than_the_consultation(consulted: str, found: Outcome) -> None:
    assert outcome({"酝酿.征求意见情况[1].日期": consulted}, "28.1") is found


@pytest.mark.parametrize(("left_out", "who"), [(0, "分管校领导"), (1, "有关单位")])
def test_an_opinion_that_is_not_listed_yet_is_named_and_no_violation(left_out: int, who: str) -> None:
    finding = only({f"酝酿.征求意见情况[{left_out}]": None}, "28.1")
    assert finding.outcome is UNKNOWN
    assert who in finding.verdict.facts


@pytest.mark.parametrize("title", ["党委书记参加", "校长参加", "分管副书记参加", "纪委书记参加"])
def test_each_of_the_four_leaders_takes_part_in_the_consultation(title: str) -> None:
    assert outcome({f"酝酿.{title}": "否"}, "28.2") is BROKEN
    assert outcome({f"酝酿.{title}": None}, "28.2") is UNKNOWN


@pytest.mark.parametrize(("day", "found"), [("2026-09-21", MET), ("2026-09-22", MET), ("2026-09-23", BROKEN)])
def test_the_consultation_is_not_later_than_the_decision(day: str, found: Outcome) -> None:
    assert outcome({"酝酿.酝酿日期": day}, "28.3") is found


@pytest.mark.parametrize(
    ("consent", "found", "severity"),
    [
        ("2026-09-21", MET, Severity.ERROR),
        ("2026-09-22", BROKEN, Severity.ERROR),
        ("2026-09-23", BROKEN, Severity.ERROR),
        ("2026-08", MET, Severity.ERROR),
        ("2026-09", BROKEN, Severity.WARNING),
        ("2026-10", BROKEN, Severity.ERROR),
    ],
)
def test_the_superior_s_consent_is_dated_before_the_meeting(consent: str, found: Outcome, severity: Severity) -> None:
    finding = only({"考察对象[0].破格提拔": SPECIAL | {"上级同意日期": consent}}, "29.2")
    assert (finding.outcome, finding.severity) == (found, severity)


def test_consent_is_asked_for_division_level_alone_and_named_where_it_is_missing() -> None:
    special = {"考察对象[0].破格提拔": {key: value for key, value in SPECIAL.items() if key != "上级同意日期"}}
    assert outcome(special, "29.2") is UNKNOWN
    assert find(special | {"职位[0].职务层次": "正科级"}, "29.2") == []
    assert find({}, "29.2") == []


def test_an_exceptional_promotion_is_explained_at_the_meeting_and_in_the_notice() -> None:
    special = {"考察对象[0].破格提拔": SPECIAL}
    for code, field in (("31.1b", f"{VOTE}.说明破格情形和理由"), ("34.3", "任前公示.公示说明破格情形和理由")):
        assert outcome(special, code) is UNKNOWN
        assert outcome(special | {field: "否"}, code) is BROKEN
        assert outcome(special | {field: "是"}, code) is MET
        assert find({}, code) == []


@pytest.mark.parametrize(
    ("day", "found"), [("2026-09-21", BROKEN), ("2026-09-22", MET), ("2026-10-09", MET), ("2026-10-10", BROKEN)]
)
def test_approval_is_sought_between_decision_and_appointment_notice(day: str, found: Outcome) -> None:
    assert outcome({"讨论决定.需报上级审批": "是", "讨论决定.报批日期": day}, "32.1") is found


def test_approval_that_is_needed_and_not_dated_is_asked_for() -> None:
    assert outcome({"讨论决定.需报上级审批": "是"}, "32.1") is UNKNOWN
    assert find({}, "32.1") == []
    assert outcome({"讨论决定.报备日期": None}, "32.2") is UNKNOWN


# Five working days (34), by the official calendar, both counts explained.


def notice(start: str, end: str) -> dict[str, Any]:
    return {"任前公示.公示发布日期": start, "任前公示.公示开始日期": start, "任前公示.公示截止日期": end}


@pytest.mark.parametrize(
    ("start", "end", "with_first", "without_first"),
    [
        ("2026-09-23", "2026-09-29", 4, 3),
        ("2026-09-23", "2026-09-30", 5, 4),
        ("2026-09-23", "2026-10-08", 6, 5),
        ("2026-09-18", "2026-09-22", 4, 3),  # Sunday 09-20 works
        ("2026-09-18", "2026-09-23", 5, 4),
        ("2026-09-18", "2026-09-24", 6, 5),
        ("2026-09-28", "2026-10-08", 4, 3),  # over the National Day
        ("2026-09-28", "2026-10-09", 5, 4),
        ("2026-09-28", "2026-10-10", 6, 5),  # Saturday 10-10 works
        ("2026-10-01", "2026-10-13", 5, 5),  # the first day is no working day
    ],
)
def test_a_notice_stands_five_working_days_by_both_counts(
    start: str, end: str, with_first: int, without_first: int
) -> None:
    finding = only(notice(start, end), "34.2")
    assert f"工作日 {with_first} 天（首日不计入为 {without_first} 天）" in finding.verdict.facts
    if without_first >= 5:
        assert finding.outcome is MET
    else:
        assert finding.outcome is BROKEN
        assert finding.severity is (Severity.WARNING if with_first >= 5 else Severity.ERROR)


@pytest.mark.parametrize(
    ("end", "severity"), [("2026-09-29", Severity.ERROR), ("2026-09-30", Severity.ERROR), ("2026-10-08", None)]
)
def test_an_office_that_does_not_count_the_first_day_needs_one_more(end: str, severity: Severity | None) -> None:
    finding = only(notice("2026-09-23", end), "34.2", office(notice_counting="首日不计入"))
    assert (finding.severity if finding.outcome is BROKEN else None) is severity


def test_the_remedy_names_the_days_on_which_the_notice_is_full() -> None:
    remedy = only(notice("2026-09-28", "2026-09-30"), "34.2").verdict.remedy
    assert remedy == "公示至2026年10月9日满五个工作日，首日不计入则至2026年10月10日"


def test_a_notice_that_was_published_late_counts_from_its_publication() -> None:
    late = notice("2026-09-23", "2026-10-08") | {"任前公示.公示发布日期": "2026-09-30"}
    finding = only(late, "34.2")
    assert "公示 2026年9月30日至10月8日，其间工作日 2 天" in finding.verdict.facts


def test_a_notice_that_ends_before_it_starts_has_no_working_day() -> None:
    finding = only(notice("2026-09-23", "2026-09-22"), "34.2")
    assert (finding.outcome, finding.severity) == (BROKEN, Severity.ERROR)
    assert "工作日 0 天" in finding.verdict.facts


def test_a_year_without_a_table_cannot_be_told_and_the_table_is_named() -> None:
    finding = only(notice("2031-03-03", "2031-03-10"), "34.2")
    assert finding.outcome is UNKNOWN
    assert "2031 年的放假安排尚未收录" in finding.verdict.facts
    assert "放假安排表" in finding.verdict.facts


def test_a_short_notice_at_the_end_of_the_last_known_year_has_a_remedy_without_a_guess(tmp_path: Path) -> None:
    file = tmp_path / "2030.json"
    file.write_text(json.dumps({"年度": 2030, "放假": [], "补班": []}), "utf-8")
    known = SETTINGS.Office(OFFICE.points, WorkCalendar.with_tables([file]), OFFICE.as_of)
    finding = only(notice("2030-12-30", "2030-12-31"), "34.2", known)
    assert finding.outcome is BROKEN
    assert finding.verdict.remedy == "公示期应满五个工作日"


def test_an_added_table_lets_the_rule_tell(tmp_path: Path) -> None:
    file = tmp_path / "2031.json"
    file.write_text(json.dumps({"年度": 2031, "放假": ["2031-03-05"], "补班": []}), "utf-8")
    known = SETTINGS.Office(OFFICE.points, WorkCalendar.with_tables([file]), OFFICE.as_of)
    assert outcome(notice("2031-03-03", "2031-03-10"), "34.2", known) is BROKEN
    assert outcome(notice("2031-03-03", "2031-03-11"), "34.2", known) is MET


@pytest.mark.parametrize(("start", "found"), [("2026-09-21", BROKEN), ("2026-09-22", MET), ("2026-09-23", MET)])
def test_the_notice_starts_on_the_day_of_the_decision_at_the_earliest(start: str, found: Outcome) -> None:
    assert outcome({"任前公示.公示开始日期": start}, "34.1a") is found


@pytest.mark.parametrize(("issued", "found"), [("2026-10-07", BROKEN), ("2026-10-08", BROKEN), ("2026-10-09", MET)])
def test_the_appointment_notice_is_issued_after_the_last_day_of_the_notice(issued: str, found: Outcome) -> None:
    assert outcome({"任职.任职通知日期": issued}, "34.1b") is found


def test_an_objection_stops_the_appointment_notice() -> None:
    affected = {"任前公示.公示结果影响任职": "是"}
    assert outcome(affected, "34.4") is BROKEN
    assert outcome(affected | {"任职.任职通知日期": None}, "34.4") is MET
    assert outcome({"任前公示.公示结果影响任职": None}, "34.4") is UNKNOWN


@pytest.mark.parametrize(
    ("start", "end", "found"),
    [
        ("2026-07-01", "2026-07-09", MET),
        ("2026-07-01", "2026-07-10", BROKEN),
        ("2026-08-31", "2026-09-07", BROKEN),
        ("2026-09-01", "2026-09-07", MET),
        ("2026-01-08", "2026-01-14", MET),
        ("2026-12-25", "2027-01-15", BROKEN),
    ],
)
def test_a_notice_in_the_vacation_is_noted(start: str, end: str, found: Outcome) -> None:
    finding = only(notice(start, end), "34.5")
    assert finding.outcome is found
    assert finding.severity is Severity.NOTE
    assert find(notice(start, end), "34.5", office(vacation_noted="否")) == []


def test_nobody_promoted_needs_no_public_notice() -> None:
    moved = {"考察对象[0].任职方式": "平级调动", "任前公示": None}
    for code in ("34.1a", "34.1b", "34.2", "34.3", "34.4", "34.5"):
        assert find(moved, code) == []
    assert outcome({"任前公示": None}, "34.2") is UNKNOWN


# Trial, talk and the first day of office (35-37).


@pytest.mark.parametrize(
    ("start", "end", "found"),
    [
        ("2026-09-22", "2027-09-21", BROKEN),
        ("2026-09-22", "2027-09-22", MET),
        ("2026-09-22", "2027-09-23", BROKEN),
        ("2026-09-22", "2028-09-22", BROKEN),
        ("2026-09-23", "2027-09-23", BROKEN),  # not from the first day of office
    ],
)
def test_a_trial_lasts_one_year_from_the_first_day_of_office(start: str, end: str, found: Outcome) -> None:
    assert outcome({f"{TERM}.试用期开始日期": start, f"{TERM}.试用期满日期": end}, "35.1a") is found


def test_a_trial_that_starts_on_29_february_ends_on_28() -> None:
    start = {f"{TERM}.任职时间": "2028-02-29", f"{TERM}.试用期开始日期": "2028-02-29"}
    assert outcome(start | {f"{TERM}.试用期满日期": "2029-02-28"}, "35.1a") is MET
    assert outcome(start | {f"{TERM}.试用期满日期": "2029-03-01"}, "35.1a") is BROKEN


@pytest.mark.parametrize("way", ["平级调动", "连任", "兼任", "重新任职"])
def test_only_a_promotion_has_a_trial(way: str) -> None:
    patch: dict[str, Any] = {"考察对象[0].任职方式": way}
    assert find(patch, "35.1a") == find(patch, "35.1b") == find(patch, "35.2a") == []
    finding = only(patch, "35.1c")
    assert (finding.outcome, finding.severity) == (BROKEN, Severity.WARNING)
    none = {f"{TERM}.通知载明试用期": "否", f"{TERM}.试用期开始日期": None, f"{TERM}.试用期满日期": None}
    assert outcome(patch | none, "35.1c") is MET


@pytest.mark.parametrize(("day", "found"), [("2027-09-21", BROKEN), ("2027-09-22", MET), ("2027-09-23", MET)])
def test_the_review_is_held_when_the_trial_is_over(day: str, found: Outcome) -> None:
    assert outcome({"任职.试用期考核[0].考核日期": day}, "35.2a") is found


def test_during_the_trial_the_review_is_not_missed_but_announced() -> None:
    finding = only({"任职.试用期考核": []}, "35.2a", office(PartialDate(2026, 11, 1)))
    assert finding.outcome is UNKNOWN
    assert finding.verdict.facts == "试用期 2027年9月22日届满，届时考核"


@pytest.mark.parametrize(
    ("result", "outcome_text", "found"),
    [
        ("胜任", "正式任职", MET),
        ("胜任", "免去试任职务", BROKEN),
        ("胜任", "另行研究", BROKEN),
        ("不胜任", "免去试任职务，按正科级安排工作", MET),
        ("不胜任", "正式任职", BROKEN),
        ("不胜任", "延长试用期", BROKEN),
    ],
)
def test_the_review_decides_what_becomes_of_the_post(result: str, outcome_text: str, found: Outcome) -> None:
    patch = {"任职.试用期考核[0].考核结果": result, "任职.试用期考核[0].处理": outcome_text}
    assert outcome(patch, "35.2b") is found


@pytest.mark.parametrize(("day", "found"), [("2026-09-21", BROKEN), ("2026-09-22", MET), ("2026-10-09", MET)])
def test_the_talk_follows_the_decision(day: str, found: Outcome) -> None:
    assert outcome({"任职.任职谈话[0].谈话日期": day}, "36.1") is found


@pytest.mark.parametrize("title", ["谈话人", "肯定成绩", "指出不足", "要求和注意事项"])
def test_a_talk_without_one_of_its_parts_cannot_be_told_yet(title: str) -> None:
    finding = only({f"任职.任职谈话[0].{title}": None}, "36.1")
    assert finding.outcome is UNKNOWN
    assert title in finding.verdict.facts


@pytest.mark.parametrize(("day", "found"), [("2026-09-21", BROKEN), ("2026-09-22", MET), ("2026-09-23", BROKEN)])
def test_office_counts_from_the_day_of_the_decision(day: str, found: Outcome) -> None:
    assert outcome({f"{TERM}.任职时间": day}, "37.1") is found


def test_hiring_is_noted_with_its_reason_and_no_violation() -> None:
    hired = {"任职.任用方式": "聘任制"}
    assert outcome(hired, "33.1") is UNKNOWN
    assert only(hired | {"任职.聘任理由": "专业性较强"}, "33.1").severity is Severity.NOTE


# Competition (38-41).

COMPETITION: dict[str, Any] = {
    "突破资格条件": "否",
    "启动竞争性选拔日期": "2026-08-24",
    "竞争性选拔方案日期": "2026-08-31",
    "公布日期": "2026-09-01",
    "报名截止日期": "2026-09-03",
    "测试测评日期": "2026-09-05",
    "报名人员": [{"姓名": "林示例", "所在单位同意": "是"}],
}


def competing(**changes: Any) -> dict[str, Any]:
    return {"选拔方式": "公开选拔", "竞争性选拔": {**COMPETITION, **changes}}


def test_a_selection_by_recommendation_is_not_asked_about_a_competition() -> None:
    for code in ("39.1", "39.2", "40", "40.4"):
        assert find({}, code) == []


@pytest.mark.parametrize(
    ("consent", "found"), [("2026-08-31", MET), ("2026-09-01", BROKEN), ("2026-09-02", BROKEN), (None, UNKNOWN)]
)
def test_consent_to_wider_conditions_comes_before_they_are_published(consent: str | None, found: Outcome) -> None:
    wider = competing(突破资格条件="是", 突破条件上级同意日期=consent)
    assert outcome(wider, "39.1") is found


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({}, MET),
        ({"公布日期": "2026-08-31"}, MET),
        ({"公布日期": "2026-08-30"}, BROKEN),
        ({"报名截止日期": "2026-08-31"}, BROKEN),
        ({"测试测评日期": "2026-09-02"}, BROKEN),
        ({"测试测评日期": "2026-09-15"}, BROKEN),  # after the inspection began
        ({"公布日期": None}, UNKNOWN),
        ({"公布日期": None, "测试测评日期": "2026-09-02"}, BROKEN),
    ],
)
def test_the_steps_of_a_competition_follow_one_another(changes: dict[str, Any], found: Outcome) -> None:
    assert outcome(competing(**changes), "40") is found


@pytest.mark.parametrize(
    ("consent", "qualified", "found"),
    [("是", None, MET), ("否", "是", BROKEN), ("否", "否", MET), ("否", None, UNKNOWN), (None, "是", UNKNOWN)],
)
def test_nobody_enters_without_the_unit_s_consent(consent: str | None, qualified: str | None, found: Outcome) -> None:
    entrant = {"姓名": "买买提·艾力", "所在单位同意": consent, "资格审查合格": qualified}
    assert outcome(competing(报名人员=[entrant]), "40.4") is found
    assert outcome(competing(报名人员=[]), "40.4") is UNKNOWN


# Rotation and recusal (42-44).


@pytest.mark.parametrize(
    ("since", "found", "severity"),
    [
        ("2017-11-01", MET, Severity.ERROR),
        ("2017-10-31", BROKEN, Severity.ERROR),
        ("2017-10-30", BROKEN, Severity.ERROR),
        ("2017-11", MET, Severity.ERROR),
        ("2017-10", BROKEN, Severity.WARNING),
        ("2017-09", BROKEN, Severity.ERROR),
    ],
)
def test_ten_years_in_one_post_end_in_rotation(since: str, found: Outcome, severity: Severity) -> None:
    finding = only({"任职较久的干部[0].任职经历[1].起始时间": since}, "42.2")
    assert (finding.outcome, finding.severity) == (found, severity)


def test_terms_of_the_same_post_count_together_and_another_post_between_does_not() -> None:
    career = "任职较久的干部[0].任职经历"
    lines = [
        {"起始时间": "2016.09", "截止时间": "2021.09", "单位及职务": "示例学院图书馆馆长"},
        {"起始时间": "2021.09", "单位及职务": "示例学院图书馆馆长"},
    ]
    assert outcome({career: lines}, "42.2") is BROKEN
    between = {"起始时间": "2021.03", "截止时间": "2021.09", "单位及职务": "示例学院档案馆馆长"}
    assert outcome({career: [lines[0], between, lines[1]]}, "42.2") is MET


def test_who_is_to_rotate_or_is_of_section_level_is_not_held_up() -> None:
    long_since = {"任职较久的干部[0].任职经历[1].起始时间": "2010-01"}
    assert outcome(long_since | {"任职较久的干部[0].已安排轮岗": "是"}, "42.2") is MET
    assert find(long_since | {"任职较久的干部[0].层次": "正科级"}, "42.2") == []
    assert outcome(long_since | {"任职较久的干部[0].已安排轮岗": None}, "42.2") is UNKNOWN


@pytest.mark.parametrize(
    "reason",
    [
        "直接隶属同一领导人员",
        "直接上下级领导关系",
        "监督与被监督关系",
        "在亲属领导的单位从事组织人事纪检监察审计财务工作",
    ],
)
def test_each_relation_of_article_43_bars_the_post(reason: str) -> None:
    relative = "考察对象[0].家庭成员及亲属[0]"
    findings_ = find({f"{relative}.在本校工作": "是", f"{relative}.回避情形": reason}, "43.1")
    assert [finding.outcome for finding in findings_] == [BROKEN, MET]
    assert reason in findings_[0].verdict.facts


def test_a_relative_at_school_without_a_stated_relation_is_asked_about() -> None:
    relative = "考察对象[0].家庭成员及亲属[0]"
    assert outcome({f"{relative}.在本校工作": "是", f"{relative}.回避情形": None}, "43.1") is UNKNOWN
    assert outcome({f"{relative}.回避情形": None}, "43.1") is MET


def member(**facts: str | None) -> dict[str, Any]:
    return {"讨论决定.委员[11]": {"姓名": "冯敬之", "到会": "是", **facts}, f"{VOTE}.回避人数": 1}


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        ({"是哪位拟任人选的亲属": "林示例", "已回避": "是"}, MET),
        ({"是哪位拟任人选的亲属": "林示例", "已回避": "否"}, BROKEN),
        ({"是哪位拟任人选的亲属": "林示例"}, UNKNOWN),
        ({"是哪位拟任人选的亲属": "林示例", "到会": "否"}, MET),
        ({"姓名": "林示例", "已回避": "否"}, BROKEN),
        ({"姓名": "林示例", "已回避": "是"}, MET),
        ({}, MET),
    ],
)
def test_a_member_who_is_concerned_withdraws(facts: dict[str, str], found: Outcome) -> None:
    assert outcome(member(**facts), "44.1") is found


def test_a_withdrawal_that_the_vote_does_not_count_is_pointed_out() -> None:
    patch = member(是哪位拟任人选的亲属="林示例", 已回避="是") | {f"{VOTE}.回避人数": 0}
    broken = [finding for finding in find(patch, "44.1") if finding.outcome is BROKEN]
    assert [finding.subject for finding in broken] == ["冯敬之"]
    assert "回避人数却是 0" in broken[0].verdict.facts


def test_a_relative_s_name_that_no_candidate_has_is_pointed_out() -> None:
    found = [item for item in find(member(是哪位拟任人选的亲属="林世例"), "44.1") if item.outcome is BROKEN]
    assert [(item.subject, item.severity) for item in found] == [("冯敬之", Severity.WARNING)]


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        ({"姓名": "陈建平", "是哪位考察对象的亲属": "林示例", "已回避": "是"}, MET),
        ({"姓名": "陈建平", "是哪位考察对象的亲属": "林示例", "已回避": "否"}, BROKEN),
        ({"姓名": "陈建平", "是哪位考察对象的亲属": "林示例"}, UNKNOWN),
        ({"姓名": "马晓㛃", "已回避": "否"}, BROKEN),
        ({"姓名": "王秉文", "是哪位考察对象的亲属": "林示例", "已回避": "是"}, BROKEN),  # held talks all the same
    ],
)
def test_an_inspector_who_is_concerned_takes_no_part(facts: dict[str, str], found: Outcome) -> None:
    assert outcome({"考察.考察组[3]": facts}, "44.2") is found


# Removal, resignation and demotion (45-47).


def leaving(**changes: Any) -> dict[str, Any]:
    return {f"{LEAVING}.{title}": value for title, value in changes.items()}


@pytest.mark.parametrize(
    ("limit", "found"), [("2026-06-28", MET), ("2026-06-29", MET), ("2026-06-30", BROKEN), ("2026-06", MET)]
)
def test_a_removal_for_age_waits_for_the_limit(limit: str, found: Outcome) -> None:
    assert outcome(leaving(免职情形="达到任职或退休年龄界限", 到龄日期=limit), "45.1") is found


@pytest.mark.parametrize(
    ("end", "found"),
    [("2027-08-31", BROKEN), ("2027-09-01", BROKEN), ("2027-09-02", MET), ("2027-09", BROKEN), (None, UNKNOWN)],
)
def test_study_that_ends_in_removal_exceeds_one_year(end: str | None, found: Outcome) -> None:
    patch = leaving(免职情形="非组织选派离职学习超过一年", 离岗起始日期="2026-09-01")
    patch |= leaving(离岗截止日期=end) if end else {}
    finding = only(patch, "45.6")
    assert finding.outcome is found
    assert finding.severity is Severity.WARNING


@pytest.mark.parametrize(
    ("start", "found"), [("2025-06-28", MET), ("2025-06-29", MET), ("2025-06-30", BROKEN), ("2025-06", BROKEN)]
)
def test_illness_that_ends_in_removal_lasts_one_year(start: str, found: Outcome) -> None:
    assert outcome(leaving(免职情形="因健康原因无法履职一年以上", 离岗起始日期=start), "45.7") is found


@pytest.mark.parametrize(
    ("applied", "consent", "decided", "found"),
    [
        ("2026-06-08", "2026-06-15", "2026-06-29", MET),
        ("2026-06-29", "2026-06-29", "2026-06-29", MET),
        ("2026-06-16", "2026-06-15", "2026-06-29", BROKEN),
        ("2026-06-08", "2026-06-30", "2026-06-29", BROKEN),
        ("2026-06-08", None, "2026-06-29", UNKNOWN),
        ("2026-06-30", None, "2026-06-29", BROKEN),
    ],
)
def test_a_voluntary_resignation_takes_its_steps_in_order(
    applied: str, consent: str | None, decided: str, found: Outcome
) -> None:
    patch = leaving(书面申请日期=applied, 所在单位同意日期=consent, 党委决定日期=decided)
    assert outcome(patch, "46.1a") is found


@pytest.mark.parametrize(("last", "found"), [("2026-06-28", BROKEN), ("2026-06-29", MET), ("2026-06-30", MET)])
def test_nobody_leaves_the_post_before_the_decision(last: str, found: Outcome) -> None:
    assert outcome(leaving(最后在岗日期=last), "46.1b") is found


@pytest.mark.parametrize(
    ("refused", "removed", "found"),
    [
        ("否", "2026-06-29", MET),
        ("是", "2026-06-30", MET),
        ("是", "2026-06-29", MET),
        ("是", "2026-06-28", BROKEN),
        ("是", None, UNKNOWN),
    ],
)
def test_who_refuses_an_ordered_resignation_is_removed(refused: str, removed: str | None, found: Outcome) -> None:
    patch = leaving(类型="责令辞职", 责令通知日期="2026-06-29", 拒不辞职=refused, 免职日期=removed)
    assert outcome(patch, "46.3") is found
    assert find(patch, "46.1a") == find(patch, "46.1b") == []


def sanctioned(*records: dict[str, Any], before: str = "副处级") -> dict[str, Any]:
    return {"考察对象[0].受处理情况": list(records), "考察对象[0].任职经历[4].层次": before}


@pytest.mark.parametrize("kind", ["引咎辞职", "责令辞职", "问责免职"])
@pytest.mark.parametrize(
    ("date", "found", "severity"),
    [
        ("2025-09-23", BROKEN, Severity.ERROR),
        ("2025-09-22", MET, Severity.ERROR),
        ("2025-09-21", MET, Severity.ERROR),
        ("2025-10", BROKEN, Severity.ERROR),
        ("2025-09", BROKEN, Severity.WARNING),
        ("2025-08", MET, Severity.ERROR),
    ],
)
def test_one_year_passes_before_an_equal_post(kind: str, date: str, found: Outcome, severity: Severity) -> None:
    finding = only(sanctioned({"处理种类": kind, "处理日期": date}), "46.2a")
    assert (finding.outcome, finding.severity) == (found, severity)


def test_a_lower_post_is_free_at_once() -> None:
    record = {"处理种类": "引咎辞职", "处理日期": "2026-06-01"}
    assert outcome(sanctioned(record, before="正处级"), "46.2a") is MET
    assert outcome(sanctioned(record, before="副处级"), "46.2a") is BROKEN
    assert outcome(sanctioned(record, before="其他"), "46.2a") is BROKEN


@pytest.mark.parametrize(
    ("date", "found", "severity"),
    [
        ("2024-09-23", BROKEN, Severity.ERROR),
        ("2024-09-22", MET, Severity.ERROR),
        ("2024-09-21", MET, Severity.ERROR),
        ("2024-09", BROKEN, Severity.WARNING),
    ],
)
def test_two_years_pass_between_demotion_and_promotion(date: str, found: Outcome, severity: Severity) -> None:
    patch = sanctioned({"处理种类": "降职", "处理日期": date})
    finding = only(patch, "46.2b")
    assert (finding.outcome, finding.severity) == (found, severity)
    assert find(patch | {"考察对象[0].任职方式": "平级调动"}, "46.2b") == []


@pytest.mark.parametrize(
    ("until", "found", "severity"),
    [
        ("2026-09-21", MET, Severity.ERROR),
        ("2026-09-22", BROKEN, Severity.ERROR),
        ("2026-09-23", BROKEN, Severity.ERROR),
        ("2026-09", BROKEN, Severity.WARNING),
        ("2026-10", BROKEN, Severity.ERROR),
    ],
)
def test_the_later_end_of_a_sanction_beside_it_holds(until: str, found: Outcome, severity: Severity) -> None:
    resigned = {"处理种类": "责令辞职", "处理日期": "2025-01-10"}
    disciplined = {"处理种类": "党纪处分", "处理日期": "2025-01-10", "影响期届满日期": until}
    finding = only(sanctioned(resigned, disciplined), "46.2a")
    assert (finding.outcome, finding.severity) == (found, severity)


def test_before_the_decision_a_period_that_still_runs_is_a_doubt() -> None:
    patch = sanctioned({"处理种类": "引咎辞职", "处理日期": "2026-01-10"}) | {"讨论决定": None}
    finding = only(patch, "46.2a", office(PartialDate(2026, 11, 22)))
    assert (finding.outcome, finding.severity) == (BROKEN, Severity.WARNING)


def test_a_violation_is_told_before_a_doubt() -> None:
    doubt = {"处理种类": "引咎辞职", "处理日期": "2025-09"}
    violation = {"处理种类": "责令辞职", "处理日期": "2026-02"}
    finding = only(sanctioned(doubt, violation), "46.2a")
    assert finding.severity is Severity.ERROR
    assert "责令辞职" in finding.verdict.facts


@pytest.mark.parametrize(
    ("kind", "found", "severity"),
    [
        ("降职", MET, Severity.ERROR),
        ("免职", BROKEN, Severity.WARNING),
        ("自愿辞职", BROKEN, Severity.ERROR),
    ],
)
def test_an_unfit_rating_ends_in_demotion(kind: str, found: Outcome, severity: Severity) -> None:
    finding = only(leaving(类型=kind, 年度考核不称职="是"), "47.1")
    assert (finding.outcome, finding.severity) == (found, severity)
    assert find(leaving(类型=kind), "47.1") == []


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("副处级", "正处级", BROKEN),
        ("副处级", "副处级", BROKEN),
        ("副处级", "正科级", MET),
        ("副科级", "科员及以下", MET),
        ("副处级", None, UNKNOWN),
    ],
)
def test_a_demotion_lowers_the_level(old: str, new: str | None, found: Outcome) -> None:
    assert outcome(leaving(类型="降职", 原任层次=old, 降职后层次=new), "47.2") is found


# The chapters as a whole.


def test_every_article_from_28_to_47_has_its_gist_and_a_rule_or_people_who_judge() -> None:
    articles = [item for item in regulation().articles if 28 <= item.number <= 47]
    assert len(articles) == 20
    for item in articles:
        assert item.gist
        assert item.rules or item.dispositions, item.number


def test_an_empty_case_breaks_nothing_and_names_what_is_missing(library: Library) -> None:
    empty = library.module("case").Case()
    found = regulation().check(empty, OFFICE, range(28, 48))
    assert {finding.outcome for finding in found} == {UNKNOWN}
    assert all(finding.verdict.facts for finding in found)
