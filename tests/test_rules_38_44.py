"""Articles 38-44 at their numbers: a competition in its order, ten years in one post, recusal."""

from __future__ import annotations

from typing import Any

import pytest
from rules_found import VOTE, find, only
from rules_support import office, outcome

from doc_forms.form import Severity
from doc_forms.regulation import Outcome

MET, BROKEN, UNKNOWN = Outcome.MET, Outcome.BROKEN, Outcome.UNKNOWN


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


LIN: dict[str, Any] = {"姓名": "林示例", "本校人员": "是", "所在单位同意": "是", "资格审查合格": "是"}


@pytest.mark.parametrize(
    ("way", "facts", "found"),
    [
        ("竞争上岗", {}, MET),
        ("竞争上岗", {"本校人员": "否"}, BROKEN),
        ("竞争上岗", {"本校人员": "否", "资格审查合格": "否"}, MET),
        ("竞争上岗", {"本校人员": None}, UNKNOWN),
        ("公开选拔", {"本校人员": "否"}, None),
    ],
)
def test_a_competition_is_held_among_the_school_s_own(way: str, facts: dict[str, Any], found: Outcome | None) -> None:
    assert outcome(competing(报名人员=[LIN | facts]) | {"选拔方式": way}, "38") is found


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        ({"报名日期": "2026-09-01", "资格审查日期": "2026-09-05"}, MET),
        ({"报名日期": "2026-08-31"}, BROKEN),
        ({"资格审查日期": "2026-09-06"}, BROKEN),
        ({"报名日期": "2026-09-03", "资格审查日期": "2026-09-02"}, BROKEN),
    ],
)
def test_an_entry_and_its_review_come_between_the_publication_and_the_test(
    facts: dict[str, str], found: Outcome
) -> None:
    assert outcome(competing(报名人员=[LIN | facts]), "40") is found


def test_who_is_inspected_after_a_competition_has_entered_it_and_passed_the_review() -> None:
    def found(*entrants: dict[str, Any]) -> tuple[Outcome, Severity]:
        finding = find(competing(报名人员=list(entrants)), "40.4b")[0]
        return finding.outcome, finding.severity

    assert found(LIN)[0] is MET
    assert found(LIN | {"资格审查合格": "否"}) == (BROKEN, Severity.ERROR)
    assert found(LIN | {"资格审查合格": None})[0] is UNKNOWN
    assert found(LIN | {"姓名": "别示人"})[0] is UNKNOWN  # may not have been typed in yet


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


def test_ten_years_by_the_month_end_in_rotation_where_the_office_counts_months_as_full() -> None:
    by_month = office(same_month="视为已满")
    finding = only({"任职较久的干部[0].任职经历[1].起始时间": "2017-10"}, "42.2", by_month)
    assert (finding.outcome, finding.severity) == (BROKEN, Severity.ERROR)
    assert only({"任职较久的干部[0].任职经历[1].起始时间": "2017-11"}, "42.2", by_month).outcome is MET


def test_terms_of_the_same_post_count_together_and_another_post_between_does_not() -> None:
    career = "任职较久的干部[0].任职经历"
    lines = [
        {"起始时间": "2016.09", "截止时间": "2021.09", "单位及职务": "示例学院图书馆馆长"},
        {"起始时间": "2021.09", "单位及职务": "示例学院图书馆馆长"},
    ]
    assert outcome({career: lines}, "42.2") is BROKEN
    between = {"起始时间": "2021.03", "截止时间": "2021.09", "单位及职务": "示例学院档案馆馆长"}
    assert outcome({career: [lines[0], between, lines[1]]}, "42.2") is MET


@pytest.mark.parametrize(("again", "found"), [("2017-06-01", BROKEN), ("2020-05-01", MET), ("2020", MET)])
def test_a_stretch_between_two_terms_of_one_post_interrupts_the_ten_years(again: str, found: Outcome) -> None:
    lines = [
        {"起始时间": "2012-05-01", "截止时间": "2017-05-01", "单位及职务": "示例学院图书馆馆长"},
        {"起始时间": again, "单位及职务": "示例学院图书馆馆长"},
    ]
    assert outcome({"任职较久的干部[0].任职经历": lines, "任职较久的干部[0].已安排轮岗": "否"}, "42.2") is found


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


@pytest.mark.parametrize(("decided", "found"), [("2026-09-22", BROKEN), (None, BROKEN), ("2026-06-29", MET)])
def test_a_member_withdraws_too_where_a_relative_s_removal_is_discussed(decided: str | None, found: Outcome) -> None:
    patch = member(是哪位拟任人选的亲属="唐维岳", 已回避="否") | {"辞职免职降职[0].党委决定日期": decided}
    assert outcome(patch, "44.1") is found


@pytest.mark.parametrize(
    ("title", "people", "found"),
    [
        ("列席人员", "党委办公室主任 严守恒、教务处林示例", BROKEN),
        ("列席人员", "林示例（讨论本人时已离席）、严守恒", MET),
        ("列席人员", None, MET),
        ("记录人", "林示例", BROKEN),
        ("主持人", "马晓㛃", BROKEN),
    ],
)
def test_who_attends_without_a_vote_does_not_hear_his_own_matter(
    title: str, people: str | None, found: Outcome
) -> None:
    finding = only({f"讨论决定.{title}": people}, "44.1b")
    assert finding.outcome is found
    assert finding.severity is (Severity.WARNING if found is BROKEN else Severity.ERROR)


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
