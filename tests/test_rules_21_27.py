"""Boundaries of articles 21 to 27: the inspection's steps, talks, opinions, report, team and file.

The lawful case: plan 2026-09-09, notice 09-10, inspection 09-14 to 09-16 with 23 and 22 talks, evaluation and
report 09-17, department's meeting 09-18, reported 09-20, filed 09-21, decision 09-22.
"""

from __future__ import annotations

from typing import Any

import pytest
from rules_candidates import FIRST, first, first_outcome
from rules_found import find, only
from rules_support import office, outcome

from doc_forms.regulation import Outcome, Severity

MET, BROKEN, UNKNOWN, SILENT = Outcome.MET, Outcome.BROKEN, Outcome.UNKNOWN, None
ERROR, WARNING = Severity.ERROR, Severity.WARNING
FOUND, TALK, KIND = "考察.考察情况[0]", "考察.个别谈话", "考察对象[1].所在单位类别"
SECTION = {"职位[0].职务层次": "正科级"}


@pytest.mark.parametrize(
    ("code", "path", "day", "expected"),
    [
        ("21.1", "考察.考察方案日期", "2026-09-10", MET),
        ("21.1", "考察.考察方案日期", "2026-09-11", BROKEN),
        ("21.2", "考察.考察预告日期", "2026-09-13", MET),
        ("21.2", "考察.考察预告日期", "2026-09-14", MET),
        ("21.2", "考察.考察预告日期", "2026-09-15", BROKEN),
        ("21.2", f"{TALK}[7].谈话日期", "2026-09-10", MET),
        ("21.2", f"{TALK}[7].谈话日期", "2026-09-09", BROKEN),
        ("21.3", f"{TALK}[7].谈话日期", "2026-09-13", BROKEN),
        ("21.3", f"{TALK}[7].谈话日期", "2026-09-16", MET),
        ("21.3", f"{TALK}[7].谈话日期", "2026-09-17", BROKEN),
        ("21.3", f"{FOUND}.民主测评.测评日期", "2026-09-13", BROKEN),
        ("21.3", f"{FOUND}.民主测评.测评日期", "2026-09-14", MET),
        ("21.3", f"{FOUND}.面谈日期", "2026-09-16", MET),
        ("21.3", f"{FOUND}.面谈日期", "2026-09-17", BROKEN),
        ("21.4", "考察.综合评价日期", "2026-09-15", BROKEN),
        ("21.4", "考察.综合评价日期", "2026-09-16", MET),
        ("21.5", "考察.部务会日期", "2026-09-16", BROKEN),
        ("21.5", "考察.部务会日期", "2026-09-17", MET),
        ("21.5", "考察.部务会日期", "2026-09-20", MET),
        ("21.5", "考察.部务会日期", "2026-09-21", BROKEN),
        ("21.5", "考察.报告党委日期", "2026-09-22", MET),
        ("21.5", "考察.报告党委日期", "2026-09-23", BROKEN),
        ("22.1", f"{FOUND}.述职日期", "2026-09-16", MET),
        ("22.1", f"{FOUND}.述职日期", "2026-09-17", BROKEN),
        ("24.1", f"{FOUND}.听取纪检监察机关意见.日期", "2026-09-09", BROKEN),
        ("24.1", f"{FOUND}.听取纪检监察机关意见.日期", "2026-09-22", MET),
        ("24.1", f"{FOUND}.听取纪检监察机关意见.日期", "2026-09-23", BROKEN),
        ("24.2a", f"{FOUND}.个人有关事项填报日期", "2026-09-16", MET),
        ("24.2a", f"{FOUND}.个人有关事项填报日期", "2026-09-17", BROKEN),
        ("24.2b", f"{FOUND}.查核个人有关事项报告.日期", "2026-09-09", BROKEN),
        ("24.2b", f"{FOUND}.查核个人有关事项报告.日期", "2026-09-10", MET),
        ("24.2b", f"{FOUND}.查核个人有关事项报告.日期", "2026-09-22", MET),
        ("24.2b", f"{FOUND}.查核个人有关事项报告.日期", "2026-09-23", BROKEN),
        ("24.4", f"{FOUND}.有关部门意见[0].日期", "2026-09-22", MET),
        ("24.4", f"{FOUND}.有关部门意见[0].日期", "2026-09-23", BROKEN),
        ("25.0", f"{FOUND}.考察材料日期", "2026-09-15", BROKEN),
        ("25.0", f"{FOUND}.考察材料日期", "2026-09-16", MET),
        ("25.0", f"{FOUND}.考察材料日期", "2026-09-22", MET),
        ("25.0", f"{FOUND}.考察材料日期", "2026-09-23", BROKEN),
        ("25.4", f"{FOUND}.审核干部人事档案.日期", "2026-09-17", MET),
        ("25.4", f"{FOUND}.审核干部人事档案.日期", "2026-09-18", BROKEN),
        ("27.b", "考察.归档日期", "2026-09-15", BROKEN),
        ("27.b", "考察.归档日期", "2026-09-16", MET),
    ],
)
def test_steps_follow_one_another_to_the_day(code: str, path: str, day: str, expected: Outcome) -> None:
    assert outcome({path: day}, code) is expected
    assert outcome({path: None}, code) in ({MET} if code == "21.2" and path.startswith(TALK) else {UNKNOWN})


@pytest.mark.parametrize(
    ("issued", "returned", "expected", "weight"),
    [
        (0, 0, BROKEN, ERROR),
        (22, 22, BROKEN, WARNING),
        (23, 22, MET, ERROR),
        (23, 23, MET, ERROR),
        (23, 24, BROKEN, ERROR),
        (24, 24, MET, ERROR),
    ],
)
def test_opinion_forms_are_handed_to_those_talked_to(
    issued: int, returned: int, expected: Outcome, weight: Severity
) -> None:
    finding = first({f"{FOUND}.征求意见表发出": issued, f"{FOUND}.征求意见表收回": returned}, "22.2")
    assert (finding.outcome, finding.severity) == (expected, weight)


@pytest.mark.parametrize(
    ("talkers", "expected"),
    [
        (["王秉文"], BROKEN),
        (["王秉文", "王秉文"], BROKEN),
        (["王秉文", "赵自立"], BROKEN),
        (["王秉文", "郑样"], MET),
        (["王秉文", "郑样", "吴试行"], MET),
        (["王秉文", "郑样", "赵自立"], MET),
        ([], UNKNOWN),
    ],
)
def test_two_members_of_the_team_are_at_each_talk(talkers: list[str], expected: Outcome) -> None:
    finding = first({f"{TALK}[4].谈话人": talkers}, "22.3a")
    assert finding.outcome is expected
    assert ("段其琛" in finding.verdict.facts) is (expected is not MET)


def test_a_talk_without_its_record_goes_to_that_talk() -> None:
    finding = first({f"{TALK}[4].有原始记录": "否"}, "22.3b")
    assert finding.outcome is BROKEN
    assert finding.to_json()["field"] == "考察 个别谈话 第 5 项 有原始记录"


def talks_with(people: int, **more: Any) -> dict[str, Any]:
    """The second candidate, whose 22 talks stand last, was talked about with that many people."""
    return {f"{TALK}[{number}]": None for number in range(44, 22 + people, -1)} | more


@pytest.mark.parametrize(("kind", "code", "other"), [(None, "23.1a", "23.2a"), ("校直机关部处", "23.2a", "23.1a")])
@pytest.mark.parametrize(("people", "expected"), [(19, BROKEN), (20, MET), (21, MET)])
def test_twenty_people_are_heard_in_either_kind_of_unit(
    kind: str | None, code: str, other: str, people: int, expected: Outcome
) -> None:
    patch = talks_with(people) | ({KIND: kind} if kind else {})
    of_second = [finding for finding in find(patch, code) if finding.subject == "马晓㛃"]
    assert [finding.outcome for finding in of_second] == [expected]
    assert of_second[0].severity is WARNING
    assert "马晓㛃" not in {finding.subject for finding in find(patch, other)}


@pytest.mark.parametrize(("post", "expected"), [("教师", BROKEN), ("图书馆馆员", MET)])
def test_somebody_heard_twice_is_one_person_and_a_namesake_another(post: str, expected: Outcome) -> None:
    person = {f"{TALK}[41].谈话对象": "柯尔本", f"{TALK}[41].谈话对象单位及职务": "教师"}
    again = {f"{TALK}[42].谈话对象": "柯尔本", f"{TALK}[42].谈话对象单位及职务": post}
    assert outcome(person | again | talks_with(20), "23.1a") is expected


def test_fewer_people_may_be_explained_and_may_still_follow() -> None:
    assert outcome(talks_with(19) | {"考察.谈话范围说明": "实验中心只有 18 人，已全部谈话"}, "23.1a") is MET
    assert outcome(talks_with(19) | {"考察.考察结束日期": None}, "23.1a") is UNKNOWN
    assert outcome({f"{TALK}[{number}].考察对象姓名": None for number in range(19, 45)}, "23.1a") is UNKNOWN


def test_the_groups_go_by_the_unit_in_which_the_candidate_works_now() -> None:
    moved = {f"{FIRST}.现任职务": "教务处副处长"}
    assert first_outcome(moved, "23.1a") is UNKNOWN
    assert first_outcome(moved | {f"{FIRST}.所在单位类别": "校直机关部处"}, "23.2b") is MET
    assert first_outcome(moved | {f"{FIRST}.所在单位类别": "校直机关部处"}, "23.1b") is SILENT


def test_missing_groups_are_named_as_a_warning() -> None:
    finding = first({f"{TALK}[{number}].谈话对象类别": "其他有关人员" for number in (0, *range(12, 18))}, "23.1b")
    assert finding.severity is WARNING
    assert "所在单位分管校领导、教工党支部书记、教代会代表" in finding.verdict.facts


@pytest.mark.parametrize(
    ("status", "department", "expected"),
    [
        ("民盟盟员", "民盟示例学院支部", MET),
        ("民盟盟员", "民进示例学院支部", BROKEN),
        ("九三学社社员", "九三学社示例学院支社", MET),
        ("无党派人士", "无党派人士联谊会", MET),
        ("无党派人士", "民盟示例学院支部", BROKEN),
        ("群众", "教务处", SILENT),
    ],
)
def test_a_candidate_of_another_party_is_spoken_for_by_its_own_people(
    status: str, department: str, expected: Outcome | None
) -> None:
    patch = {"考察对象[1].政治面貌": status, "考察.考察情况[1].有关部门意见[4].部门": department}
    assert outcome(patch, "23.3") is expected


def test_without_the_united_front_department_it_is_named() -> None:
    (finding,) = find({"考察.考察情况[1].有关部门意见[3].部门": "教务处"}, "23.3")
    assert "统战部" in finding.verdict.facts


def test_opinions_that_may_still_come_are_no_violation() -> None:
    assert outcome({f"{FOUND}.有关部门意见[0]": None}, "24.4") is BROKEN
    assert outcome({f"{FOUND}.有关部门意见[0]": None, "考察.部务会日期": None}, "24.4") is UNKNOWN


@pytest.mark.parametrize(("left_out", "setting"), [(1, "family_planning_asked"), (2, "public_security_asked")])
def test_the_settings_say_which_departments_still_exist(left_out: int, setting: str) -> None:
    patch = {f"{FOUND}.有关部门意见[{left_out}]": None}
    points: dict[str, Any] = {setting: "否"}
    assert first_outcome(patch, "24.4") is BROKEN
    assert first_outcome(patch, "24.4", office(**points)) is MET


def test_section_level_may_leave_the_report_unverified() -> None:
    none = {f"{FOUND}.查核个人有关事项报告": None}
    assert (first_outcome(none, "24.2b"), first_outcome(none, "25.4")) == (UNKNOWN, UNKNOWN)
    assert (first_outcome(SECTION | none, "24.2b"), first_outcome(SECTION | none, "25.4")) == (SILENT, MET)


def test_somebody_moved_sideways_reports_nothing() -> None:
    patch = {f"{FIRST}.任职方式": "平级调动", f"{FOUND}.个人有关事项填报日期": None}
    assert first_outcome(patch, "24.2a") is SILENT


@pytest.mark.parametrize(("day", "expected"), [("2026-09-22", MET), ("2026-09-23", BROKEN), (None, UNKNOWN)])
def test_an_audit_that_is_needed_is_done_by_the_decision(day: str | None, expected: Outcome) -> None:
    audit = {"结果": "未发现问题", "机关": "审计处"} | ({"日期": day} if day else {})
    assert first_outcome({f"{FOUND}.需经济责任审计": "是", f"{FOUND}.经济责任审计": audit}, "24.3") is expected


def test_an_audit_that_is_not_needed_is_not_asked_for() -> None:
    assert first_outcome({f"{FOUND}.需经济责任审计": "否"}, "24.3") is SILENT
    assert first_outcome({f"{FOUND}.需经济责任审计": None}, "24.3") is UNKNOWN


@pytest.mark.parametrize("title", ["德", "能", "勤", "绩", "廉", "主要特长"])
def test_every_account_of_the_report_tells_something(title: str) -> None:
    assert first_outcome({f"{FOUND}.{title}": "略"}, "25.1") is BROKEN
    assert first_outcome({f"{FOUND}.{title}": None}, "25.1") is UNKNOWN


@pytest.mark.parametrize("text", ["无", "没有明显缺点", "——"])
def test_nobody_is_without_shortcomings(text: str) -> None:
    assert first_outcome({f"{FOUND}.主要缺点和不足": text}, "25.2") is BROKEN
    assert first_outcome({f"{FOUND}.主要缺点和不足": None}, "25.2") is UNKNOWN


@pytest.mark.parametrize(
    ("patch", "expected"),
    [
        ({f"{FOUND}.民主测评.应到人数": 22}, BROKEN),
        ({f"{FOUND}.民主测评.收回票数": 22, f"{FOUND}.民主测评.作废票数": 0}, MET),
        ({f"{FOUND}.民主测评.收回票数": 22}, BROKEN),
        ({f"{FOUND}.民主测评.同意票数": 22}, BROKEN),
        ({f"{FOUND}.民主测评": None}, UNKNOWN),
        ({"民主推荐.推荐人选[0].会议得票": None}, UNKNOWN),
        ({"民主推荐.会议推荐": None}, UNKNOWN),
        ({"选拔方式": "竞争上岗", "民主推荐": None}, MET),
    ],
)
def test_the_figures_of_the_report_are_there_and_add_up(patch: dict[str, Any], expected: Outcome) -> None:
    assert first_outcome(patch, "25.3") is expected


@pytest.mark.parametrize("title", ["审核干部人事档案", "查核个人有关事项报告", "听取纪检监察机关意见", "查核信访举报"])
@pytest.mark.parametrize("part", ["结果", "日期", "机关"])
def test_each_of_the_four_conclusions_has_result_date_and_organ(title: str, part: str) -> None:
    finding = first({f"{FOUND}.{title}.{part}": None}, "25.4")
    assert finding.outcome is UNKNOWN
    assert f"{title} {part}" in finding.verdict.facts


def test_a_conclusion_that_is_pending_is_asked_about() -> None:
    finding = first({f"{FOUND}.查核信访举报.结果": "正在核实"}, "25.4")
    assert (finding.outcome, finding.severity) == (BROKEN, WARNING)


MEMBERS = [{"姓名": name, "职责": role} for name, role in (("王秉文", "组长"), ("吴试行", "成员"), ("郑样", "成员"))]


@pytest.mark.parametrize(("number", "expected"), [(0, UNKNOWN), (1, BROKEN), (2, MET), (3, MET)])
def test_a_team_has_two_members(number: int, expected: Outcome) -> None:
    assert outcome({"考察.考察组": MEMBERS[:number]}, "26.1a") is expected


def test_a_team_is_counted_by_different_people_and_once_it_has_started() -> None:
    assert outcome({"考察.考察组": [MEMBERS[0], MEMBERS[0]]}, "26.1a") is BROKEN
    assert outcome({"考察.考察组": MEMBERS[:1], "考察.考察开始日期": None}, "26.1a") is UNKNOWN


@pytest.mark.parametrize(
    ("first_role", "second_role", "expected"),
    [("组长", "成员", MET), ("成员", "成员", BROKEN), ("组长", "组长", BROKEN), ("组长", None, UNKNOWN)],
)
def test_a_team_has_one_leader(first_role: str, second_role: str | None, expected: Outcome) -> None:
    finding = only({"考察.考察组[0].职责": first_role, "考察.考察组[1].职责": second_role}, "26.1b")
    assert finding.outcome is expected


@pytest.mark.parametrize(
    ("number", "kind"),
    [(1, "工作总结"), (2, "征求意见表"), (3, "民主测评表"), (4, "个别谈话记录"), (5, "综合评价材料"), (6, "考察材料")],
)
def test_what_is_missing_from_the_file_is_named(number: int, kind: str) -> None:
    finding = first({f"考察.归档材料[{number}]": None}, "27.a")
    assert finding.outcome is BROKEN
    assert kind in finding.verdict.facts


def test_material_of_the_whole_case_counts_for_everybody() -> None:
    assert first_outcome({"考察.归档材料[1].考察对象姓名": None}, "27.a") is MET
    assert [finding.outcome for finding in find({"考察.归档材料[0]": None}, "27.a")] == [BROKEN, BROKEN]


def test_a_file_not_handed_over_yet_cannot_be_told() -> None:
    assert outcome({"考察.归档日期": None, "考察.归档材料[1]": None}, "27.a") is UNKNOWN
