"""Boundaries of articles 16 to 20: who may be a candidate for inspection, how many, and what is looked at.

The lawful case: candidates determined on 2026-09-08, decision on 2026-09-22.
"""

from __future__ import annotations

from typing import Any

import pytest
from rules_candidates import FIRST, first, first_outcome
from rules_found import only
from rules_support import office, outcome

from doc_forms.regulation import Outcome, Severity

MET, BROKEN, UNKNOWN = Outcome.MET, Outcome.BROKEN, Outcome.UNKNOWN
ERROR, WARNING = Severity.ERROR, Severity.WARNING
BARS, FAMILY = f"{FIRST}.不得列为考察对象的情形", f"{FIRST}.家庭成员及亲属"


def test_choice_by_votes_alone_is_only_pointed_out() -> None:
    assert only({"考察.综合比较择优": "否"}, "16").severity is Severity.NOTE
    assert outcome({"考察.综合比较择优": None}, "16") is UNKNOWN


@pytest.mark.parametrize(
    ("code", "title"),
    [
        ("17.1", "违反政治纪律和政治规矩"),
        ("17.2", "群众公认度不高"),
        ("17.4", "跑官拉票等非组织行为"),
        ("17.7", "其他不宜提拔的原因"),
    ],
)
def test_a_stated_bar_bars_and_an_unstated_one_cannot_be_told(code: str, title: str) -> None:
    assert first_outcome({f"{BARS}.{title}": "否"}, code) is MET
    assert first_outcome({f"{BARS}.{title}": "是"}, code) is BROKEN
    assert first_outcome({f"{BARS}.{title}": None}, code) is UNKNOWN
    assert first_outcome({BARS: None}, code) is UNKNOWN


def rated(**grades: str) -> dict[str, Any]:
    return {f"{FIRST}.年度考核": [{"年度": year[1:], "等次": grade} for year, grade in grades.items()]}


GOOD = {"y2023": "合格", "y2024": "优秀", "y2025": "称职"}


@pytest.mark.parametrize("grade", ["基本合格", "不合格", "基本称职", "不称职"])
@pytest.mark.parametrize(
    ("year", "expected"), [("y2022", MET), ("y2023", BROKEN), ("y2024", BROKEN), ("y2025", BROKEN), ("y2026", MET)]
)
def test_a_poor_grade_bars_in_the_three_years_before(year: str, grade: str, expected: Outcome) -> None:
    assert first_outcome(rated(**(GOOD | {year: grade})), "17.3") is expected


def test_a_year_without_a_grade_is_asked_about_unless_the_office_says_otherwise() -> None:
    for patch in (rated(y2024="合格", y2025="合格"), rated(**GOOD | {"y2024": "未定等次"})):
        finding = first(patch, "17.3")
        assert (finding.outcome, finding.severity) == (BROKEN, WARNING)
        assert first_outcome(patch, "17.3", office(ratings_missing="不作要求")) is MET


def test_a_poor_grade_among_the_three_latest_results_is_asked_about() -> None:
    finding = first(rated(y2022="基本合格", y2023="合格", y2024="合格"), "17.3")
    assert (finding.outcome, finding.severity) == (BROKEN, WARNING)


def test_no_ratings_at_all_cannot_be_told() -> None:
    assert first_outcome({f"{FIRST}.年度考核": None}, "17.3") is UNKNOWN
    assert first_outcome({f"{FIRST}.年度考核[1].等次": None}, "17.3") is UNKNOWN


def family(*members: tuple[str, str | None], post: str = "某公司职员") -> dict[str, Any]:
    people = [
        {"称谓": relation, "工作单位及职务": post} | ({"移居国境外": gone} if gone else {})
        for relation, gone in members
    ]
    return {FAMILY: people}


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ([("丈夫", "是")], BROKEN),
        ([("丈夫", "否"), ("女儿", "是")], MET),
        ([("丈夫", None), ("女儿", "是")], UNKNOWN),
        ([("女儿", "是")], BROKEN),
        ([("长子", "是"), ("次女", "是")], BROKEN),
        ([("长子", "是"), ("次女", "否")], MET),
        ([("长子", None), ("次女", "否")], MET),
        ([("长子", "是"), ("次女", None)], UNKNOWN),
        ([("父亲", "是"), ("女婿", "是"), ("儿媳", "是"), ("前夫", "是")], MET),
        ([("前夫", "是"), ("养女", "是")], BROKEN),
    ],
)
def test_an_emigrated_spouse_bars_and_children_only_without_one(
    members: list[tuple[str, str | None]], expected: Outcome
) -> None:
    assert first_outcome(family(*members), "17.5") is expected


def test_a_spouse_who_has_died_counts_as_none() -> None:
    patch = family(("丈夫", "否"), ("女儿", "是"))
    assert first_outcome(patch | {f"{FAMILY}[0].工作单位及职务": "已去世"}, "17.5") is BROKEN


def test_an_unwritten_family_cannot_be_told() -> None:
    assert first_outcome({FAMILY: None}, "17.5") is UNKNOWN
    assert first_outcome({f"{FAMILY}[1].称谓": None}, "17.5") is UNKNOWN


def sanctioned(until: str | None, kind: str = "党纪处分", weighs: str = "否") -> dict[str, Any]:
    facts = {"处理种类": kind, "影响使用": weighs} | ({"影响期届满日期": until} if until else {})
    return {f"{FIRST}.受处理情况": [facts]}


@pytest.mark.parametrize(
    ("until", "expected", "weight"),
    [
        ("2026-09-07", MET, ERROR),
        ("2026-09-08", BROKEN, WARNING),
        ("2026-09-21", BROKEN, WARNING),
        ("2026-09-22", BROKEN, ERROR),
        ("2026-09-23", BROKEN, ERROR),
        ("2026.08", MET, ERROR),
        ("2026.09", BROKEN, WARNING),
        ("2026.10", BROKEN, ERROR),
    ],
)
def test_a_sanction_bars_until_its_period_has_ended(until: str, expected: Outcome, weight: Severity) -> None:
    finding = first(sanctioned(until), "17.6")
    assert (finding.outcome, finding.severity) == (expected, weight)


def test_a_sanction_that_still_weighs_bars_after_its_period() -> None:
    assert first_outcome(sanctioned("2020-01-01", weighs="是"), "17.6") is BROKEN
    assert first_outcome(sanctioned(None, weighs="是"), "17.6") is BROKEN


def test_a_sanction_without_an_end_cannot_be_told_and_a_worse_one_speaks_first() -> None:
    assert first_outcome(sanctioned(None), "17.6") is UNKNOWN
    asked = sanctioned("2026-09-10")[f"{FIRST}.受处理情况"]
    barred = sanctioned("2026-12-31")[f"{FIRST}.受处理情况"]
    assert first({f"{FIRST}.受处理情况": asked + barred}, "17.6").severity is ERROR


def test_resignations_and_demotions_have_periods_of_their_own() -> None:
    assert first_outcome(sanctioned("2027-01-01", kind="引咎辞职"), "17.6") is MET


def test_before_the_decision_a_running_period_is_asked_about() -> None:
    finding = first(sanctioned("2026-09-22") | {"讨论决定": None}, "17.6")
    assert (finding.outcome, finding.severity) == (BROKEN, WARNING)


@pytest.mark.parametrize(
    ("wanted", "agreed", "expected"),
    [(1, "否", MET), (2, "否", BROKEN), (2, "是", MET), (2, None, UNKNOWN), (3, "否", BROKEN), (3, "是", BROKEN)],
)
def test_candidates_outnumber_posts_or_equal_them_by_agreement(
    wanted: int, agreed: str | None, expected: Outcome
) -> None:
    finding = only({"职位[0].拟选人数": wanted, "考察.个别提拔等额确定": agreed}, "18")
    assert finding.outcome is expected
    assert finding.severity is WARNING


def test_candidates_are_not_counted_before_they_are_determined() -> None:
    assert outcome({"职位[0].拟选人数": 2, "考察.确定考察对象日期": None}, "18") is UNKNOWN


@pytest.mark.parametrize(("day", "expected"), [("2026-09-13", MET), ("2026-09-14", MET), ("2026-09-15", BROKEN)])
def test_the_inspection_starts_with_determined_candidates(day: str, expected: Outcome) -> None:
    assert outcome({"考察.确定考察对象日期": day}, "19") is expected


def test_a_missing_aspect_of_the_assessment_is_named() -> None:
    finding = first({"考察.考察情况[0].民主测评.各项票数[4].测评项目": "其他"}, "20.a")
    assert (finding.outcome, finding.severity) == (BROKEN, WARNING)
    assert "廉" in finding.verdict.facts


@pytest.mark.parametrize(("kind", "expected"), [("教学科研教辅机构", MET), ("校直机关部处", BROKEN)])
def test_achievements_speak_of_what_the_unit_is_for(kind: str, expected: Outcome) -> None:
    patch = {"职位[0].单位类别": kind, "考察.考察情况[0].绩": "建成省级一流课程三门。"}
    assert first_outcome(patch, "20.b") is expected
