"""Boundaries of articles 48 to 55: headcount, key facts, taking up the post."""

from __future__ import annotations

from typing import Any

import pytest
from rules_support import findings, lawful_case, outcome, patched, regulation

from doc_forms.regulation import Outcome, Severity

MET, BROKEN, UNKNOWN, SILENT = Outcome.MET, Outcome.BROKEN, Outcome.UNKNOWN, None
AUDIT = "考察.考察情况[0].审核干部人事档案"
FILE = "考察.考察情况[0].档案认定"


@pytest.mark.parametrize(
    ("filled", "leaving", "expected"), [(1, 0, MET), (2, 0, MET), (3, 0, BROKEN), (3, 1, MET), (4, 1, BROKEN)]
)
def test_nobody_is_appointed_beyond_the_approved_number(filled: int, leaving: int, expected: Outcome) -> None:
    assert outcome({"职位[0].现配人数": filled, "职位[0].拟免人数": leaving}, "48.1") is expected


@pytest.mark.parametrize("title", ["核定职数", "现配人数", "拟选人数", "拟免人数"])
def test_a_headcount_that_is_not_told_is_not_exceeded(title: str) -> None:
    assert outcome({f"职位[0].{title}": None}, "48.1") is UNKNOWN


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ({"档案出生年月": "1986.04"}, MET),
        ({"档案出生年月": "1986.03"}, BROKEN),
        ({"档案参加工作时间": "2009.08"}, BROKEN),
        ({"档案入党时间": "2006.05"}, BROKEN),
        ({"档案学历": "大学"}, BROKEN),
    ],
)
def test_a_key_fact_other_than_the_file_needs_an_explanation(found: dict[str, str], expected: Outcome) -> None:
    assert outcome({FILE: found, f"{AUDIT}.说明": "无"}, "48.10a") is expected
    assert outcome({FILE: found, f"{AUDIT}.说明": "经审核认定。"}, "48.10a") is MET


def test_an_explanation_that_is_not_written_yet_is_waited_for() -> None:
    finding = findings(patched(lawful_case(), {FILE: {"档案学历": "大学"}, f"{AUDIT}.说明": None}), "48.10a")[0]
    assert finding.outcome is UNKNOWN
    assert finding.verdict.facts == "尚未填写“考察 考察情况 林示例 审核干部人事档案 说明”"


def test_a_file_not_yet_audited_cannot_explain_anything() -> None:
    assert outcome({FILE: {"档案学历": "大学"}, AUDIT: None}, "48.10a") is UNKNOWN


@pytest.mark.parametrize(
    ("patch", "expected"),
    [
        ({"入党时间": "2004.03"}, BROKEN),
        ({"入党时间": "2004.04"}, MET),
        ({"入党时间": "2004.05"}, MET),
        ({"参加工作时间": "2002.03"}, BROKEN),
        ({"参加工作时间": "2002.05"}, MET),
        ({"转正时间": "2006.05"}, BROKEN),
    ],
)
def test_key_facts_that_contradict_each_other_are_shown(patch: dict[str, str], expected: Outcome) -> None:
    changes: dict[str, Any] = {f"考察对象[0].{title}": value for title, value in patch.items()}
    assert outcome(changes | {f"{AUDIT}.说明": "无"}, "48.10b") is expected


def test_a_birth_date_other_than_the_identity_numbers_is_shown_without_the_number() -> None:
    number = "11010119860308004"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    number += "10X98765432"[sum(int(a) * b for a, b in zip(number, weights, strict=True)) % 11]
    patch = {"考察对象[0].公民身份号码": number, f"{AUDIT}.说明": "无"}
    found = findings(patched(lawful_case(), patch), "48.10b")[0]
    assert (found.outcome, found.severity) == (BROKEN, Severity.WARNING)
    assert number not in str(found)


@pytest.mark.parametrize(("came", "expected"), [("2026-10-14", MET), ("2026-10-15", MET), ("2026-10-16", BROKEN)])
def test_the_post_is_taken_up_within_the_limit(came: str, expected: Outcome) -> None:
    assert outcome({"任职.任职情况[0].到任日期": came}, "49") is expected


def test_taking_up_the_post_is_asked_of_those_whom_the_committee_chose() -> None:
    found = findings(patched(lawful_case(), {"任职.任职情况[0].到任日期": "2026-10-16"}), "49")
    assert [(item.subject, item.severity) for item in found] == [("林示例", Severity.WARNING)]


def test_who_goes_on_in_the_same_post_has_nowhere_to_arrive() -> None:
    assert outcome({"考察对象[0].任职方式": "连任", "任职.任职情况[0].到任日期": None}, "49") is SILENT


def test_an_entry_to_a_competition_tells_the_same_of_a_candidate() -> None:
    entry = {"姓名": "林示例", "出生年月": "1987.04"}
    finding = findings(patched(lawful_case(), {"竞争性选拔": {"报名人员": [entry]}}), "48.10h")[0]
    assert "报名人员填 1987.04" in finding.verdict.facts


def test_taking_up_the_post_cannot_be_told_before_the_appointment() -> None:
    assert outcome({"任职": None}, "49") is UNKNOWN


def test_every_article_of_these_chapters_has_a_gist_and_a_place() -> None:
    mine = [item for item in regulation().articles if item.number in (*range(1, 11), *range(48, 56))]
    assert all(item.gist and (item.rules or item.dispositions) for item in mine)
