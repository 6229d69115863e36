"""Boundaries of articles 1 to 6 and 8 to 10: who is covered, qualifications, the motion.

The lawful case is decided on 2026-09-22. Each row: a change to it, and what the rule finds.
"""

from __future__ import annotations

import pytest
from rules_candidates import CAREER, FIRST, PARTY, VACANCY, first, first_outcome, in_office, line, whole
from rules_support import AS_OF, office, outcome

from doc_forms.form import PartialDate
from doc_forms.regulation import Outcome, Severity

MET, BROKEN, UNKNOWN, SILENT = Outcome.MET, Outcome.BROKEN, Outcome.UNKNOWN, None


@pytest.mark.parametrize("level", ["正处级", "副处级", "正科级", "副科级"])
def test_the_four_levels_are_covered(level: str) -> None:
    assert outcome({VACANCY: level}, "4.0") is MET


def test_a_post_beyond_the_four_levels_is_not_covered() -> None:
    assert outcome({VACANCY: "其他"}, "4.0") is BROKEN


def test_a_post_without_a_level_cannot_be_told() -> None:
    assert outcome({VACANCY: None}, "4.0") is UNKNOWN


@pytest.mark.parametrize(("started", "expected"), [("2021.08", MET), ("2021.10", BROKEN), ("2016.01", MET)])
def test_five_years_of_work_are_asked_of_division_level(started: str, expected: Outcome) -> None:
    assert first_outcome({f"{FIRST}.参加工作时间": started}, "6.1a") is expected


def test_five_years_that_end_in_the_month_of_the_decision_are_left_to_people() -> None:
    found = first({f"{FIRST}.参加工作时间": "2021.09"}, "6.1a")
    assert (found.outcome, found.severity) == (BROKEN, Severity.WARNING)
    assert "日期未填到日" in str(found)


def test_section_level_asks_for_no_five_years() -> None:
    assert first_outcome({VACANCY: "正科级", f"{FIRST}.参加工作时间": "2025.01"}, "6.1a") is SILENT


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2010-08-02", "2012-08-01", BROKEN),
        ("2010-08-01", "2012-08-01", MET),
        ("2010-07-31", "2012-08-01", MET),
    ],
)
def test_two_years_at_the_grass_roots_are_exact_to_the_day(start: str, end: str, expected: Outcome) -> None:
    patch = {f"{FIRST}.参加工作时间": "2010.08", f"{CAREER}[0].起始时间": start, f"{CAREER}[0].截止时间": end}
    assert first_outcome(patch, "6.1b") is expected


def test_separate_spells_at_the_grass_roots_add_up() -> None:
    spells = [
        line("2010-01-01", "2011-01-01", "其他", 基层工作="是"),
        line("2011-01-01", "2015-01-01", "科员及以下"),
        line("2015-01-01", "2016-01-01", "科员及以下", 基层工作="是"),
    ]
    assert first_outcome({CAREER: whole(*spells)}, "6.1b") is MET
    spells[2]["截止时间"] = "2015-12-31"
    assert first_outcome({CAREER: whole(*spells)}, "6.1b") is BROKEN


def test_days_left_over_from_separate_spells_make_a_month_at_thirty() -> None:
    spells = [
        line("2010-01-01", "2010-12-16", "其他", 基层工作="是"),
        line("2015-01-01", "2016-01-16", "科员及以下", 基层工作="是"),
    ]
    assert first_outcome({CAREER: whole(*spells)}, "6.1b") is MET
    spells[1]["截止时间"] = "2016-01-15"
    assert first_outcome({CAREER: whole(*spells)}, "6.1b") is BROKEN


def test_spells_that_overlap_count_once() -> None:
    spells = [
        line("2010-01-01", "2011-07-01", "其他", 基层工作="是"),
        line("2010-07-01", "2011-12-31", "其他", 基层工作="是"),
    ]
    assert first_outcome({CAREER: whole(*spells)}, "6.1b") is BROKEN


def test_a_trial_period_is_grass_roots_experience_all_the_same() -> None:
    spells = [line("2024-09-01", None, "科员及以下", 基层工作="是", 试用期满时间="2027-09-01")]
    assert first_outcome({CAREER: whole(*spells)}, "6.1b") is MET


def test_a_line_not_yet_marked_as_grass_roots_or_not_leaves_a_shortfall_open() -> None:
    patch = {f"{CAREER}[0].截止时间": "2010.07", f"{CAREER}[1].基层工作": None}
    assert first_outcome(patch, "6.1b") is UNKNOWN


def test_a_career_with_a_hole_leaves_a_shortfall_open() -> None:
    patch = {CAREER: [line("2009.07", "2018.10", "科员及以下"), line("2024.10", None, "正科级")]}
    found = [first(patch, code) for code in ("6.1b", "6.2", "6.3b")]
    assert [item.outcome for item in found] == [UNKNOWN] * 3
    assert "缺 2018.10 至 2024.10 一段" in str(found[0])


def test_a_career_that_begins_after_the_start_of_work_leaves_a_shortfall_open() -> None:
    patch = {CAREER: [line("2024.10", None, "正科级")]}
    assert first_outcome(patch, "6.3b") is UNKNOWN
    assert first_outcome(patch | {f"{FIRST}.参加工作时间": "2024.10"}, "6.3b") is BROKEN


@pytest.mark.parametrize(("posts", "expected"), [(["甲"], BROKEN), (["甲", "甲"], BROKEN), (["甲", "乙"], MET)])
def test_two_different_posts_of_the_level_below_are_usual(posts: list[str], expected: Outcome) -> None:
    lines = [line(f"{2018 + n}.01", f"{2019 + n}.01", "正科级", post) for n, post in enumerate(posts)]
    found = first({CAREER: whole(*lines)}, "6.2")
    assert found.outcome is expected
    assert found.severity is Severity.WARNING


def test_three_posts_of_the_level_below_are_more_than_enough() -> None:
    lines = [line(f"{2018 + n}.01", f"{2019 + n}.01", "正科级", post) for n, post in enumerate("甲乙丙")]
    assert first_outcome({CAREER: whole(*lines)}, "6.2") is MET


YEARS_BELOW = [("6.3a", "正处级", "副处级", 2), ("6.3b", "副处级", "正科级", 3), ("6.3c", "正科级", "副科级", 2)]


@pytest.mark.parametrize("row", YEARS_BELOW)
@pytest.mark.parametrize(("day", "expected"), [("09-23", BROKEN), ("09-22", MET), ("09-21", MET)])
def test_years_at_the_level_below_are_exact_to_the_day(
    row: tuple[str, str, str, int], day: str, expected: Outcome
) -> None:
    code, target, below, years = row
    assert first_outcome(in_office(target, below, f"{2026 - years}-{day}"), code) is expected


@pytest.mark.parametrize(("code", "target", "below", "years"), YEARS_BELOW)
def test_years_known_by_the_month_alone_are_left_to_people_at_the_border(
    code: str, target: str, below: str, years: int
) -> None:
    found = first(in_office(target, below, f"{2026 - years}.09"), code)
    assert (found.outcome, found.severity) == (BROKEN, Severity.WARNING)
    assert first_outcome(in_office(target, below, f"{2026 - years}.08"), code) is MET
    assert first(in_office(target, below, f"{2026 - years}.10"), code).severity is Severity.ERROR


@pytest.mark.parametrize(("code", "target", "below", "years"), YEARS_BELOW)
def test_a_setting_lets_years_that_are_full_by_the_month_count_as_full(
    code: str, target: str, below: str, years: int
) -> None:
    by_month = office(same_month="视为已满")
    found = first(in_office(target, below, f"{2026 - years}.09"), code, by_month)
    assert (found.outcome, found.verdict.facts.endswith("按月视为已满")) == (MET, True)
    assert first(in_office(target, below, f"{2026 - years}.10"), code, by_month).severity is Severity.ERROR


@pytest.mark.parametrize(("code", "target", "below", "years"), YEARS_BELOW)
def test_years_at_another_level_do_not_count(code: str, target: str, below: str, years: int) -> None:
    assert years > 0
    assert first_outcome(in_office(target, below, "2015-01-01", 层次="科员及以下"), code) is BROKEN


def test_posts_of_one_level_in_a_row_count_as_one_spell() -> None:
    lines = [line("2023-09-22", "2024-12-31", "正科级"), line("2025-01-01", None, "正科级")]
    assert first_outcome({CAREER: whole(*lines)}, "6.3b") is MET


def test_a_break_between_posts_of_one_level_does_not_count() -> None:
    lines = [line("2023-09-22", "2024-12-01", "正科级"), line("2025-01-01", None, "正科级")]
    assert first_outcome({CAREER: whole(*lines)}, "6.3b") is BROKEN


def test_a_trial_period_counts_unless_the_setting_says_otherwise() -> None:
    patch = in_office("副处级", "正科级", "2023-09-22", 试用期满时间="2024-09-22")
    assert first_outcome(patch, "6.3b") is MET
    assert first_outcome(patch, "6.3b", office(trial_counts="否")) is BROKEN
    earlier = in_office("副处级", "正科级", "2022-09-22", 试用期满时间="2023-09-22")
    assert first_outcome(earlier, "6.3b", office(trial_counts="否")) is MET


def test_a_trial_period_that_is_not_over_does_not_count_as_years_in_office() -> None:
    patch = in_office("副处级", "正科级", "2023-09-01", 试用期满时间="2026-09-23")
    assert first_outcome(patch, "6.3b") is BROKEN


def test_years_are_not_asked_of_a_move_on_the_same_level() -> None:
    patch = in_office("副处级", "正科级", "2026-01-01") | {f"{FIRST}.任职方式": "平级调动"}
    assert first_outcome(patch, "6.3b") is SILENT


def test_before_the_decision_a_shortfall_is_counted_to_the_day_of_looking_and_left_to_people() -> None:
    patch = in_office("副处级", "正科级", "2023-10-01") | {"讨论决定": None}
    before = first(patch, "6.3b", office(PartialDate(2026, 9, 30)))
    assert (before.outcome, before.severity) == (BROKEN, Severity.WARNING)
    assert "尚未决定" in str(before)
    assert first_outcome(patch, "6.3b", office(PartialDate(2026, 10, 1))) is MET


JUNIOR = {VACANCY: "副科级", f"{FIRST}.任职经历": [line("2020.01", None, "科员及以下")]}


def test_the_years_that_the_text_does_not_name_are_asked_for() -> None:
    found = first(JUNIOR, "6.3d")
    assert found.outcome is UNKNOWN
    assert "副科级在编在岗年限" in str(found)


@pytest.mark.parametrize(
    ("years", "employed", "expected"),
    [
        (1, "2025-09-23", BROKEN),
        (1, "2025-09-22", MET),
        (3, "2023-09-23", BROKEN),
        (3, "2023-09-22", MET),
        (3, "2023-09-21", MET),
    ],
)
def test_junior_years_follow_the_setting(years: int, employed: str, expected: Outcome) -> None:
    patch = JUNIOR | {f"{FIRST}.入编时间": employed}
    assert first_outcome(patch, "6.3d", office(junior_years=years)) is expected


@pytest.mark.parametrize(("employed", "expected"), [("2025-09-23", BROKEN), ("2025-09-22", MET), ("2025-09-21", MET)])
def test_agency_staff_need_one_year_on_the_establishment(employed: str, expected: Outcome) -> None:
    patch = JUNIOR | {f"{FIRST}.人事身份": "人事代理", f"{FIRST}.入编时间": employed}
    assert first_outcome(patch, "6.3e") is expected
    assert first_outcome(patch, "6.3d") is SILENT


@pytest.mark.parametrize(
    ("schooling", "expected"),
    [("大专", BROKEN), ("大学", MET), ("研究生", MET), ("省委党校大学", MET), ("大学普通班", MET), ("中专", BROKEN)],
)
def test_a_degree_course_is_usual(schooling: str, expected: Outcome) -> None:
    found = first({f"{FIRST}.学历": schooling}, "6.4")
    assert found.outcome is expected
    assert found.severity is Severity.WARNING


UNTRAINED = {f"{FIRST}.任前培训达标": "否", f"{FIRST}.培训未达标的特殊情况": "2025年援疆"}


@pytest.mark.parametrize(("done", "expected"), [("2027-09-21", MET), ("2027-09-22", MET), ("2027-09-23", BROKEN)])
def test_missed_training_is_made_up_within_a_year(done: str, expected: Outcome) -> None:
    assert first_outcome(UNTRAINED | {f"{FIRST}.任后培训完成日期": done}, "6.5b") is expected


def test_missed_training_not_yet_made_up_cannot_be_told() -> None:
    assert first_outcome(UNTRAINED, "6.5a") is MET
    assert first_outcome(UNTRAINED, "6.5b") is UNKNOWN


def test_missed_training_without_a_reason_yet_cannot_be_told() -> None:
    assert first_outcome({f"{FIRST}.任前培训达标": "否"}, "6.5a") is UNKNOWN


@pytest.mark.parametrize(("since", "expected"), [("2023.08", MET), ("2023.10", BROKEN), ("2020.01", MET)])
def test_three_years_of_party_standing_count_from_full_membership(since: str, expected: Outcome) -> None:
    assert first_outcome(PARTY | {f"{FIRST}.转正时间": since}, "6.7") is expected


def test_party_standing_at_the_border_is_left_to_people() -> None:
    assert first(PARTY | {f"{FIRST}.转正时间": "2023.09"}, "6.7").severity is Severity.WARNING


def test_party_standing_may_count_from_joining_by_the_setting() -> None:
    patch = PARTY | {f"{FIRST}.入党时间": "2023.01", f"{FIRST}.转正时间": "2024.01"}
    assert first_outcome(patch, "6.7") is BROKEN
    assert first_outcome(patch, "6.7", office(party_age_from="入党时间")) is MET


@pytest.mark.parametrize(("joined", "expected"), [("2022.08", UNKNOWN), ("2022.10", BROKEN), ("2006.06", UNKNOWN)])
def test_joining_alone_proves_a_shortfall_at_most(joined: str, expected: Outcome) -> None:
    found = first(PARTY | {f"{FIRST}.入党时间": joined, f"{FIRST}.转正时间": None}, "6.7")
    assert (found.outcome, found.severity) == (expected, Severity.ERROR)


def test_a_party_post_is_held_by_a_member() -> None:
    assert first_outcome(PARTY | {f"{FIRST}.政治面貌": "群众"}, "6.7") is BROKEN


def test_other_posts_ask_for_no_party_standing() -> None:
    assert first_outcome({f"{FIRST}.转正时间": "2026.01"}, "6.7") is SILENT


@pytest.mark.parametrize(
    ("code", "title", "at", "beyond"),
    [
        ("8", "启动意见日期", "2026-08-27", "2026-08-28"),
        ("9.a", "分析研判日期", "2026-08-27", "2026-08-28"),
        ("10.a", "报告主要领导日期", "2026-08-31", "2026-09-01"),
        ("10.a", "报告主要领导日期", "2026-08-27", "2026-08-26"),
        ("10.b", "工作方案日期", "2026-08-31", "2026-08-30"),
        ("10.c", "工作方案日期", "2026-09-02", "2026-09-03"),
    ],
)
def test_the_steps_of_the_motion_ascend_and_may_share_a_day(code: str, title: str, at: str, beyond: str) -> None:
    assert outcome({f"动议.{title}": at}, code) is MET
    assert outcome({f"动议.{title}": beyond}, code) is BROKEN
    assert outcome({f"动议.{title}": None}, code) is UNKNOWN


def test_the_plan_is_compared_with_whichever_recommendation_came_first() -> None:
    patch = {"动议.工作方案日期": "2026-09-03", "民主推荐.谈话推荐": None}
    assert outcome(patch, "10.c") is MET
    assert outcome(patch | {"民主推荐.会议推荐.会议日期": "2026-09-02"}, "10.c") is BROKEN
    assert outcome({"民主推荐": None}, "10.c") is UNKNOWN


def test_what_is_looked_at_after_the_decision_is_counted_to_the_decision() -> None:
    patch = in_office("副处级", "正科级", "2023-09-23")
    assert first_outcome(patch, "6.3b", office(AS_OF)) is BROKEN
