"""Boundaries of articles 11 to 15: validity of the recommendation, its steps, who takes part, nominations.

The lawful case: talks until 2026-09-03, meeting 09-04, candidates determined 09-08, decision 09-22.
"""

from __future__ import annotations

from typing import Any

import pytest
from rules_found import only
from rules_support import findings, lawful_case, office, outcome, patched

from doc_forms.regulation import Outcome, Severity

MET, BROKEN, UNKNOWN, SILENT = Outcome.MET, Outcome.BROKEN, Outcome.UNKNOWN, None
ERROR, WARNING = Severity.ERROR, Severity.WARNING
TALKS, MEETING = "民主推荐.谈话推荐", "民主推荐.会议推荐"
UNTIL_DECISION = office(validity_until="党委会决定之日")
SECTION = {"职位[0].职务层次": "正科级"}


@pytest.mark.parametrize(("meeting", "talks", "expected"), [(0, 0, BROKEN), (1, 0, MET), (0, 1, MET)])
def test_somebody_without_any_vote_was_not_recommended(meeting: int, talks: int, expected: Outcome) -> None:
    patch = {"民主推荐.推荐人选[0].会议得票": meeting, "民主推荐.推荐人选[0].谈话得票": talks}
    assert outcome(patch, "11.1") is expected


def test_a_list_that_is_not_summed_up_yet_may_still_name_the_candidate() -> None:
    other = {"民主推荐.推荐人选[1].姓名": "高远征"}
    assert outcome(other, "11.1") is BROKEN
    assert outcome(other | {"民主推荐.汇总分析日期": None}, "11.1") is UNKNOWN


@pytest.mark.parametrize("part", [TALKS, MEETING])
def test_both_rounds_are_asked_for(part: str) -> None:
    assert outcome({part: None}, "11.1") is UNKNOWN


@pytest.mark.parametrize("way", ["公开选拔", "竞争上岗"])
def test_a_competition_may_do_without_a_recommendation(way: str) -> None:
    case = patched(lawful_case(), {"选拔方式": way, "民主推荐": None})
    codes = ("11.1", "11.2", "12.1", "12.2", "12.3a", "12.3b", "12.4", "13.0", "13.1a", "13.1b", "13.1c", "14")
    assert [found for code in codes for found in findings(case, code)] == []


@pytest.mark.parametrize(
    ("talks_end", "expected", "weight"),
    [
        ("2025-09-07", BROKEN, ERROR),
        ("2025-09-08", BROKEN, WARNING),
        ("2025-09-09", BROKEN, WARNING),
        ("2025-09-21", BROKEN, WARNING),
        ("2025-09-22", MET, ERROR),
        ("2025-09-23", MET, ERROR),
    ],
)
def test_a_recommendation_is_valid_for_a_year_until_the_candidates_are_determined(
    talks_end: str, expected: Outcome, weight: Severity
) -> None:
    finding = only({f"{TALKS}.谈话结束日期": talks_end}, "11.2")
    assert (finding.outcome, finding.severity) == (expected, weight)


@pytest.mark.parametrize(("talks_end", "expected"), [("2025-09-21", BROKEN), ("2025-09-22", MET), ("2025-09-23", MET)])
def test_an_office_may_read_the_year_as_ending_with_the_decision(talks_end: str, expected: Outcome) -> None:
    finding = only({f"{TALKS}.谈话结束日期": talks_end}, "11.2", UNTIL_DECISION)
    assert (finding.outcome, finding.severity) == (expected, ERROR)


def test_a_year_that_ends_with_a_decision_not_taken_yet_cannot_be_told() -> None:
    assert only({"讨论决定": None}, "11.2", UNTIL_DECISION).outcome is UNKNOWN
    assert only({"讨论决定": None}, "11.2").outcome is MET


@pytest.mark.parametrize(("determined", "expected"), [("2025-02-28", MET), ("2025-03-01", BROKEN)])
def test_a_year_from_a_leap_day_ends_on_the_last_of_february(determined: str, expected: Outcome) -> None:
    patch = {f"{TALKS}.谈话结束日期": "2024-02-29", "考察.确定考察对象日期": determined, "讨论决定": None}
    assert only(patch, "11.2").outcome is expected


def test_the_year_runs_from_the_earlier_round() -> None:
    assert only({f"{MEETING}.会议日期": "2025-09-07"}, "11.2").outcome is BROKEN
    assert "会议推荐 2025年9月7日，有效至 2026年9月7日" in str(only({f"{MEETING}.会议日期": "2025-09-07"}, "11.2"))


def test_an_office_may_count_the_year_from_the_meeting() -> None:
    from_meeting = office(validity_from="会议推荐之日")
    assert only({f"{TALKS}.谈话结束日期": "2025-09-07"}, "11.2", from_meeting).outcome is MET
    found = only({f"{MEETING}.会议日期": "2025-09-07"}, "11.2", from_meeting)
    assert (found.outcome, found.severity) == (BROKEN, ERROR)


@pytest.mark.parametrize(("end", "expected"), [("2026-09-03", MET), ("2026-09-04", MET), ("2026-09-05", BROKEN)])
def test_the_talks_end_by_the_day_of_the_meeting(end: str, expected: Outcome) -> None:
    assert outcome({f"{TALKS}.谈话结束日期": end}, "12.1") is expected


@pytest.mark.parametrize(
    "left_out",
    ["公布推荐职位", "公布任职条件", "公布推荐范围", "提供干部名册", "提出有关要求", "组织填写推荐表"],
)
def test_nothing_is_left_out_of_the_meeting(left_out: str) -> None:
    finding = only({f"{MEETING}.{left_out}": "否"}, "12.2")
    assert finding.outcome is BROKEN
    assert left_out in finding.verdict.facts
    assert outcome({f"{MEETING}.{left_out}": None}, "12.2") is UNKNOWN


@pytest.mark.parametrize(("day", "expected"), [("2026-09-03", BROKEN), ("2026-09-04", MET), ("2026-09-05", MET)])
def test_the_summary_follows_both_rounds(day: str, expected: Outcome) -> None:
    assert outcome({"民主推荐.汇总分析日期": day}, "12.3a") is expected


@pytest.mark.parametrize(
    ("patch", "expected"),
    [
        ({f"{MEETING}.应到人数": 86}, MET),
        ({f"{MEETING}.应到人数": 85}, BROKEN),
        ({f"{MEETING}.实到人数": 85}, BROKEN),
        ({f"{MEETING}.收回票数": 87}, BROKEN),
        ({"民主推荐.推荐人选[0].谈话得票": 32}, MET),
        ({"民主推荐.推荐人选[0].谈话得票": 33}, BROKEN),
        ({"民主推荐.推荐人选[0].会议得票": 83, "民主推荐.推荐人选[1].会议得票": 0}, MET),
        ({"民主推荐.推荐人选[0].会议得票": 84, "民主推荐.推荐人选[1].会议得票": 0}, BROKEN),
        ({"民主推荐.推荐人选[0].会议得票": 57}, BROKEN),
        ({"民主推荐.推荐人选[0].会议得票": 57, "职位[0].拟选人数": 2}, MET),
        ({f"{MEETING}.作废票数": 87}, BROKEN),
        ({f"{MEETING}.弃权票数": None}, UNKNOWN),
    ],
)
def test_no_count_exceeds_the_one_it_is_taken_from(patch: dict[str, Any], expected: Outcome) -> None:
    assert outcome(patch, "12.3b") is expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2026-09-06", BROKEN), ("2026-09-07", MET), ("2026-09-08", MET), ("2026-09-09", BROKEN)],
)
def test_the_report_lies_between_the_summary_and_the_determination(day: str, expected: Outcome) -> None:
    assert outcome({"民主推荐.汇报日期": day}, "12.4") is expected


@pytest.mark.parametrize(
    ("expected_people", "present", "found"),
    [
        (100, 79, BROKEN),
        (100, 80, MET),
        (100, 81, MET),
        (5, 3, BROKEN),
        (5, 4, MET),
        (62, 49, BROKEN),
        (62, 50, MET),
        (1, 0, BROKEN),
        (1, 1, MET),
        (0, 0, UNKNOWN),
    ],
)
def test_four_fifths_of_those_expected_attend(expected_people: int, present: int, found: Outcome) -> None:
    patch = {f"{MEETING}.应到人数": expected_people, f"{MEETING}.实到人数": present}
    assert outcome(patch, "13.0") is found


def test_too_few_people_is_a_warning_that_names_how_many_there_should_be() -> None:
    finding = only({f"{MEETING}.应到人数": 62, f"{MEETING}.实到人数": 49}, "13.0")
    assert finding.severity is WARNING
    assert "应有 50 人以上" in finding.verdict.remedy


@pytest.mark.parametrize(("people", "expected"), [(19, BROKEN), (20, MET), (21, MET)])
def test_twenty_people_are_talked_to_at_either_level(people: int, expected: Outcome) -> None:
    assert outcome({f"{TALKS}.谈话人数": people}, "13.1a") is expected
    assert outcome({f"{TALKS}.谈话人数": people}, "13.2a") is SILENT
    assert outcome(SECTION | {f"{TALKS}.谈话人数": people}, "13.2a") is expected
    assert outcome(SECTION | {f"{TALKS}.谈话人数": people}, "13.1a") is SILENT


def test_missing_groups_are_named_as_a_warning() -> None:
    finding = only({f"{MEETING}.参会人员类别": ["校领导", "全体中层干部", "人大代表"]}, "13.1b")
    assert finding.severity is WARNING
    assert "近期退休的原校领导、离退休党支部负责人、校各民主党派主要负责人" in finding.verdict.facts


def test_retired_leaders_do_not_stand_for_those_in_office() -> None:
    assert outcome({f"{TALKS}.谈话人员类别": ["近期退休的原校领导", "中层正职"]}, "13.1c") is BROKEN
    assert outcome({f"{TALKS}.谈话人员类别": ["校领导", "正处级干部"]}, "13.1c") is MET


def test_an_explained_adjustment_of_the_range_is_enough() -> None:
    few = {f"{MEETING}.参会人员类别": ["校领导", "全体中层干部"]}
    assert outcome(few | {"民主推荐.范围调整说明": "学校没有民主党派组织和上级代表"}, "13.1b") is MET


def test_section_level_asks_for_the_whole_unit_and_its_representatives() -> None:
    assert outcome(SECTION | {f"{MEETING}.参会人员类别": ["全体教职工"]}, "13.2b") is MET
    finding = only(SECTION | {f"{TALKS}.谈话人员类别": ["所在单位领导班子成员", "教工党支部书记"]}, "13.2c")
    assert finding.severity is WARNING
    assert "党总支委员、工会主席、科级干部、教研室主任、教代会代表" in finding.verdict.facts


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2026-09-02", BROKEN), ("2026-09-03", MET), ("2026-09-04", MET), ("2026-09-05", BROKEN)],
)
def test_a_shortlist_lies_between_talks_and_meeting(day: str, expected: Outcome) -> None:
    finding = only({"民主推荐.个别提拔": "是", "民主推荐.初步名单党委会日期": day}, "14")
    assert (finding.outcome, finding.severity) == (expected, ERROR)


def test_a_shortlist_is_for_single_promotions_and_never_demanded() -> None:
    assert outcome({"民主推荐.个别提拔": "是"}, "14") is SILENT
    finding = only({"民主推荐.初步名单党委会日期": "2026-09-04"}, "14")
    assert (finding.outcome, finding.severity) == (BROKEN, WARNING)


def nomination(**changes: str | None) -> dict[str, Any]:
    return {f"民主推荐.个人推荐[0].{title}": value for title, value in changes.items()}


def test_a_nomination_without_a_signed_letter_is_refused() -> None:
    assert outcome(nomination(署名推荐材料="否"), "15.a") is BROKEN
    assert outcome(nomination(署名推荐材料=None), "15.a") is UNKNOWN


def test_somebody_found_unfit_may_be_nominated_but_not_recommended() -> None:
    assert outcome(nomination(符合条件="否"), "15.b") is BROKEN
    assert outcome(nomination(符合条件="否", 被推荐人="高远征"), "15.b") is MET
    assert outcome(nomination(符合条件="否"), "15.c") is SILENT


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2026-08-27", BROKEN), ("2026-08-28", MET), ("2026-09-02", MET), ("2026-09-03", BROKEN)],
)
def test_the_committee_admits_a_nominee_between_review_and_talks(day: str, expected: Outcome) -> None:
    assert outcome(nomination(研究纳入日期=day), "15.c") is expected
