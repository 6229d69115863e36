"""Boundaries of article 7: promotion step by step, and promotions beyond the rules."""

from __future__ import annotations

from typing import Any

import pytest
from rules_candidates import CAREER, FIRST, PARTY, exceptional, first, first_outcome, in_office, line

from doc_forms.regulation import Outcome, Severity

MET, BROKEN, UNKNOWN, SILENT = Outcome.MET, Outcome.BROKEN, Outcome.UNKNOWN, None


@pytest.mark.parametrize(
    ("code", "waived", "patch"),
    [
        ("6.1a", "工龄或基层经历", {f"{FIRST}.参加工作时间": "2024.01"}),
        ("6.1b", "工龄或基层经历", {f"{CAREER}[0].基层工作": "否"}),
        ("6.2", "任职职位数", {f"{CAREER}[3].层次": "副科级"}),
        ("6.3b", "任职年限", in_office("副处级", "正科级", "2025-01-01")),
        ("6.4", "学历", {f"{FIRST}.学历": "大专"}),
        ("6.5a", "培训", {f"{FIRST}.任前培训达标": "否", f"{FIRST}.培训未达标的特殊情况": "无"}),
        ("7.1", "逐级提拔", {f"{CAREER}[4].层次": "副科级"}),
    ],
)
def test_an_exceptional_promotion_puts_aside_what_it_names_and_nothing_else(
    code: str, waived: str, patch: dict[str, Any]
) -> None:
    assert first_outcome(patch | exceptional(waived), code) is SILENT
    other = "学历" if waived != "学历" else "培训"
    assert first_outcome(patch | exceptional(other), code) is BROKEN


def test_an_exceptional_promotion_never_puts_aside_party_standing() -> None:
    patch = PARTY | {f"{FIRST}.转正时间": "2024.01"} | exceptional("任职年限")
    assert first_outcome(patch, "7.4a") is BROKEN
    assert first_outcome(patch, "6.7") is SILENT


@pytest.mark.parametrize("reason", ["工作需要", "专业性岗位或专项工作急需。", "无"])
def test_a_reason_that_repeats_the_heading_is_none(reason: str) -> None:
    assert first_outcome(exceptional("任职年限", 破格理由=reason), "7.3") is BROKEN


def test_an_exceptional_promotion_without_its_reason_yet_cannot_be_told() -> None:
    patch = {f"{FIRST}.破格提拔": {"破格情形": "特别优秀：艰苦复杂岗位实绩突出"}}
    assert first_outcome(patch, "7.2") is UNKNOWN
    assert first_outcome(patch, "7.3") is SILENT


@pytest.mark.parametrize(
    ("now", "expected"),
    [("正科级", MET), ("副科级", BROKEN), ("科员及以下", BROKEN)],
)
def test_promotion_goes_to_the_next_level(now: str, expected: Outcome) -> None:
    assert first_outcome({f"{CAREER}[4].层次": now}, "7.1") is expected


@pytest.mark.parametrize("now", ["副处级", "正处级", "其他"])
def test_a_promotion_from_the_same_or_no_level_is_left_to_people(now: str) -> None:
    found = first({f"{CAREER}[4].层次": now}, "7.1")
    assert (found.outcome, found.severity) == (BROKEN, Severity.WARNING)


def test_the_new_post_itself_is_not_the_level_promoted_from() -> None:
    patch = {f"{CAREER}[4].截止时间": "2026.09", f"{CAREER}[5]": line("2026.09", None, "副处级")}
    assert first_outcome(patch, "7.1") is MET


@pytest.mark.parametrize(("now", "expected"), [("正科级", MET), ("副科级", MET), ("科员及以下", BROKEN)])
def test_an_exceptional_promotion_skips_one_level_at_most(now: str, expected: Outcome) -> None:
    assert first_outcome(exceptional("逐级提拔") | {f"{CAREER}[4].层次": now}, "7.4e") is expected


@pytest.mark.parametrize(("over", "expected"), [("2026-09-21", MET), ("2026-09-22", MET), ("2026-09-23", BROKEN)])
def test_nobody_is_promoted_exceptionally_inside_a_trial_period(over: str, expected: Outcome) -> None:
    patch = exceptional("任职年限") | {f"{CAREER}[4].试用期满时间": over}
    assert first_outcome(patch, "7.4c") is expected


def test_a_post_of_less_than_a_year_without_the_end_of_its_trial_cannot_be_told() -> None:
    patch = exceptional("任职年限") | {f"{CAREER}[4].起始时间": "2025-09-23"}
    assert first_outcome(patch, "7.4c") is UNKNOWN
    patch[f"{CAREER}[4].起始时间"] = "2025-09-22"
    assert first_outcome(patch, "7.4c") is MET


@pytest.mark.parametrize(("earlier", "expected"), [("是", BROKEN), ("否", MET)])
def test_years_are_not_put_aside_twice_in_a_row(earlier: str, expected: Outcome) -> None:
    before = {f"{CAREER}[3].破格任职": "是", f"{CAREER}[3].突破任职年限": earlier}
    assert first_outcome(exceptional("任职年限") | before, "7.4d") is expected
    assert first_outcome(exceptional("学历") | before, "7.4d") is SILENT


def test_years_put_aside_two_promotions_ago_do_not_matter() -> None:
    before = {f"{CAREER}[2].破格任职": "是", f"{CAREER}[2].突破任职年限": "是"}
    assert first_outcome(exceptional("任职年限") | before, "7.4d") is MET


@pytest.mark.parametrize(
    ("title", "managed", "expected"), [("副教授", "是", MET), ("副教授", "否", BROKEN), ("无", "是", BROKEN)]
)
def test_a_specialist_brings_a_title_and_experience_of_management(title: str, managed: str, expected: Outcome) -> None:
    patch = {f"{FIRST}.由专业技术岗位转任": "是", f"{FIRST}.专业技术职务": title, f"{FIRST}.有管理工作经历": managed}
    assert first_outcome(patch, "7.4b") is expected
