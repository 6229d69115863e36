"""Articles 28-32 at their numbers: two thirds, more than half, and what comes before the decision."""

from __future__ import annotations

import pytest
from rules_found import SPECIAL, VOTE, find, only
from rules_support import office, outcome

from doc_forms.form import Severity
from doc_forms.regulation import Outcome

MET, BROKEN, UNKNOWN = Outcome.MET, Outcome.BROKEN, Outcome.UNKNOWN


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
