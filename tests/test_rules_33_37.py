"""Articles 33-37 at their numbers: five working days of notice, one year of trial, the first day of office."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from rules_found import TERM, find, only
from rules_support import OFFICE, SETTINGS, office, outcome

from doc_forms.form import PartialDate, Severity
from doc_forms.regulation import Outcome, WorkCalendar

MET, BROKEN, UNKNOWN = Outcome.MET, Outcome.BROKEN, Outcome.UNKNOWN


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
def test_a_notice_in_the_vacation_wants_a_reason(start: str, end: str, found: Outcome) -> None:
    finding = only(notice(start, end), "34.5")
    assert finding.outcome is found
    assert finding.severity is Severity.WARNING
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
