"""Articles 45-47 at their numbers: removal, resignation, one year and two years without a post."""

from __future__ import annotations

from typing import Any

import pytest
from rules_found import find, only
from rules_support import OFFICE, office, outcome, regulation

from doc_forms.form import PartialDate, Severity
from doc_forms.library import Library
from doc_forms.regulation import Outcome

MET, BROKEN, UNKNOWN = Outcome.MET, Outcome.BROKEN, Outcome.UNKNOWN


LEAVING = "辞职免职降职[0]"


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


def test_a_removal_names_which_of_the_eight_cases_it_is() -> None:
    assert outcome(leaving(类型="免职", 免职情形=None), "45.1") is UNKNOWN
    assert find(leaving(类型="免职", 免职情形="不适宜担任现职"), "45.1") == []


@pytest.mark.parametrize("decision", ["不同意", "暂缓"])
def test_who_was_not_let_go_stays_in_the_post(decision: str) -> None:
    assert outcome(leaving(校党委决定=decision), "46.1b") is BROKEN
    assert outcome(leaving(校党委决定=decision, 最后在岗日期=None), "46.1b") is BROKEN  # the removal is dated
    assert outcome(leaving(校党委决定=decision, 最后在岗日期=None, 免职日期=None), "46.1b") is MET


@pytest.mark.parametrize(
    ("offered", "found"), [("2026-06-28", MET), ("2026-06-29", MET), ("2026-06-30", BROKEN), (None, UNKNOWN)]
)
def test_who_is_to_blame_offers_to_resign_before_the_decision(offered: str | None, found: Outcome) -> None:
    assert outcome(leaving(类型="引咎辞职", 书面申请日期=offered), "46.1c") is found


@pytest.mark.parametrize(
    ("facts", "code", "found"),
    [
        ({"类型": "引咎辞职", "原任层次": "副处级"}, "46.2a", BROKEN),
        ({"类型": "免职", "免职情形": "受到责任追究", "原任层次": "副处级"}, "46.2a", BROKEN),
        ({"类型": "引咎辞职", "原任层次": "正处级"}, "46.2a", MET),
        ({"类型": "引咎辞职", "原任层次": "副处级", "免职日期": "2026-10-01"}, "46.2a", None),
        ({"类型": "免职", "免职情形": "工作需要或其他原因", "原任层次": "副处级"}, "46.2a", None),
        ({"类型": "降职", "原任层次": "正科级"}, "46.2b", BROKEN),
    ],
)
def test_what_the_case_itself_records_of_a_candidate_bars_as_well(
    facts: dict[str, str], code: str, found: Outcome | None
) -> None:
    assert outcome(leaving(姓名="林示例", **facts), code) is found


def test_a_post_outside_the_ladder_is_taken_as_equal_and_ends_no_check() -> None:
    patch = sanctioned({"处理种类": "引咎辞职", "处理日期": "2025-10-22"}) | {"职位[0].职务层次": "其他"}
    assert outcome(patch, "46.2a") is BROKEN


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
