"""The record of the committee's votes: two thirds, majorities and recusals counted out (articles 29-31, 44)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from case_papers import of_kind, papers, printed
from rules_support import LIBRARY, regulation

from doc_forms.casework.papers import PaperState
from doc_forms.errors import DataRefused
from doc_forms.form.reading import locate_in, read

EXAMPLE = Path(__file__).parent.parent / "examples" / "decision_record.json"


def meeting(expected: int, present: int, *, withdrawn: int = 0, **vote: Any) -> dict[str, Any]:
    """A meeting that votes on one person: so many members, of whom the first so many are there."""
    data: dict[str, Any] = json.loads(EXAMPLE.read_text("utf-8"))
    members = [
        {
            "姓名": f"委员{'甲乙丙丁戊己庚辛壬癸子丑寅卯辰'[number]}",
            "职务": "党委委员",
            "到会": "是" if number < present else "否",
        }
        for number in range(expected)
    ]
    for member in members[:withdrawn]:
        member |= {"是哪位拟任人选的亲属": "林示例", "已回避": "是"}
    votes = [{**data["表决情况"][0], "回避人数": withdrawn, **vote}]
    return {**data, "应到委员人数": expected, "实到委员人数": present, "委员": members, "表决情况": votes}


def filled(data: dict[str, Any]) -> tuple[dict[str, Any], str]:
    form, warnings = read(LIBRARY.kind("decision_record").form, data, locate_in("表决.json"))
    return form.context(), "\n".join(map(str, warnings))


def refused(data: dict[str, Any]) -> str:
    with pytest.raises(DataRefused) as caught:
        filled(data)
    return str(caught.value)


def test_a_vote_says_by_which_procedure_the_person_was_found() -> None:
    assert filled(meeting(13, 12))[0]["各人表决"][0]["任免事项"].startswith("（提任，民主推荐）由")
    assert filled(meeting(13, 12, 任免程序=None))[0]["各人表决"][0]["任免事项"].startswith("（提任）由")


@pytest.mark.parametrize(
    ("expected", "present", "enough"), [(13, 9, True), (13, 8, False), (12, 8, True), (12, 7, False), (1, 1, True)]
)
def test_two_thirds_of_all_members_are_there_the_third_itself_included(
    expected: int, present: int, *, enough: bool
) -> None:
    data = meeting(expected, present, 同意=present, 不同意=0, 缓议=0, 决定="缓议")
    if enough:
        assert f"应到{expected}人，实到{present}人，达到三分之二" in filled(data)[0]["到会说明"]
    else:
        assert "人到会才能讨论决定（第三十条）" in refused(data)


@pytest.mark.parametrize(
    ("expected", "agree", "carried"), [(13, 7, True), (13, 6, False), (12, 7, True), (12, 6, False)]
)
def test_more_than_half_of_all_members_carry_a_vote_not_of_those_present(
    expected: int, agree: int, *, carried: bool
) -> None:
    data = meeting(expected, 10, 同意=agree, 不同意=10 - agree, 缓议=0, 决定="通过")
    if carried:
        shown, warnings = filled(data)
        assert shown["各人表决"][0]["计票说明"] == f"应到{expected}人，须7人以上同意；同意{agree}人，超过半数"
        assert warnings == ""
    else:
        assert "须 7 人以上才能通过（第三十一条）" in refused(data)


def test_whether_withdrawn_members_count_is_a_setting_and_is_printed() -> None:
    data = meeting(12, 10, withdrawn=2, 同意=6, 不同意=1, 缓议=1, 决定="通过")
    shown, warnings = filled(data)
    assert shown["各人表决"][0]["计票说明"] == "应到12人，须7人以上同意；同意6人，未超过半数"
    assert "请把“应到计法”改为“不含回避成员”" in warnings
    shown, warnings = filled({**data, "应到计法": "不含回避成员"})
    assert shown["各人表决"][0]["计票说明"] == "应到12人减回避2人，须6人以上同意；同意6人，超过半数"
    assert warnings == ""


def test_a_majority_that_the_decision_denies_is_pointed_out() -> None:
    assert "同意已超过半数" in filled(meeting(13, 12, 同意=12, 不同意=0, 缓议=0, 决定="未通过"))[1]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (meeting(13, 12, 同意=11, 不同意=0, 缓议=0), "三种意见共 11 人，应为实到 12 人减回避 0 人，即 12 人"),
        (meeting(13, 12) | {"应到委员人数": 12}, "应到 12 人，委员名单却有 13 人"),
        (meeting(13, 12) | {"实到委员人数": 11}, "实到 11 人，委员名单中到会的却有 12 人"),
        (
            meeting(13, 12, withdrawn=1, 同意=11, 缓议=1, 回避人数=0),
            "回避 0 人，委员名单中与其有回避关系且到会的却有 1 人",
        ),
        (meeting(13, 12, 逐个介绍情况="否"), "逐个介绍情况后再表决（第三十一条）"),
        (meeting(13, 12, 说明破格情形和理由="否"), "应当说明具体情形和理由"),
        (meeting(13, 12, 拟任职务=None), "任免方式为“提任”的应填写拟任职务"),
        (meeting(13, 12, 任免方式="免职", 免去职务=None), "任免方式为“免职”的应填写免去职务"),
        (meeting(13, 12) | {"复议": "是", "同意复议人数": 6}, "复议须 7 名以上成员同意"),
    ],
)
def test_what_cannot_be_so_is_refused(data: dict[str, Any], message: str) -> None:
    assert message in refused(data)


def test_a_member_whom_a_vote_concerns_has_to_withdraw() -> None:
    data = meeting(13, 12, withdrawn=1, 同意=10, 不同意=0, 缓议=1)
    assert filled(data)[0]["委员"][0]["回避情况"] == "林示例的亲属，已回避"
    data["委员"][0]["已回避"] = "否"
    assert "必须回避（第四十四条）" in refused(data)
    own = meeting(13, 12, 回避人数=1, 同意=10, 不同意=0, 缓议=1)
    own["委员"][0]["姓名"] = "林示例"
    assert "林示例本人被讨论，必须回避" in refused(own)


def test_a_decision_taken_up_again_says_who_agreed_to_that() -> None:
    data = meeting(13, 12) | {"复议": "是", "同意复议人数": 7}
    assert filled(data)[0]["复议情况"] == "本次为复议。同意复议7人，成员13人，须7人以上同意"


def test_the_record_of_a_case_prints_attendance_and_majority() -> None:
    text = printed(of_kind(papers({"讨论决定.主持人": "陈立言"}), "decision_record"))
    assert "应到13人，实到12人，达到三分之二（至少9人）" in text
    assert "应到13人，须7人以上同意；同意11人，超过半数" in text
    assert "苏予安" in text
    assert "陈立言" in text


@pytest.mark.parametrize("code", ["29.1", "30.1", "30.2", "30.3", "30.4", "31.1a", "31.3", "44.1"])
def test_a_vote_against_the_articles_gets_no_record(code: str) -> None:
    unlawful = next(rule for rule in regulation().rules if rule.code == code).unlawful
    paper = of_kind(papers(unlawful), "decision_record")
    assert paper.state is PaperState.REFUSED
    assert code in {finding.rule.code for finding in paper.violated}


@pytest.mark.parametrize("code", ["28.2", "32.1", "34.2", "37.1"])
def test_what_comes_before_or_after_the_meeting_does_not_refuse_its_record(code: str) -> None:
    unlawful = next(rule for rule in regulation().rules if rule.code == code).unlawful
    assert of_kind(papers(unlawful), "decision_record").state is PaperState.READY
