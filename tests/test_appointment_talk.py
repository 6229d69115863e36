"""The talk before taking office: what article 36 asks of it, and what the case gives it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from case_papers import of_kind, papers, printed

from doc_forms.casework.papers import PaperState
from doc_forms.errors import DataRefused
from doc_forms.form.reading import locate_in, read
from doc_forms.library import Library

EXAMPLE = Path(__file__).parent.parent / "examples" / "appointment_talk.json"
TALK = "任职.任职谈话[0]."


def _printed(**changes: str | None) -> dict[str, Any]:
    values = json.loads(EXAMPLE.read_text("utf-8")) | changes
    return read(Library().kind("appointment_talk").form, values, locate_in("data.json"))[0].context()


def test_a_talk_on_the_day_of_the_decision_is_late_enough() -> None:
    assert _printed(谈话日期="2026年9月22日")["谈话日期"] == "2026年9月22日"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"谈话日期": "2026年9月21日"}, "“谈话日期”：早于校党委会决定日期"),
        ({"谈话人": "党委副书记 林示例"}, "“谈话人”：谈话对象本人不能是谈话人"),
        ({"记录人": "林示例"}, "“记录人”：谈话对象本人不能是记录人"),
        ({"指出不足": None}, "“指出不足”：已录入谈话内容，此项不能空着（第三十六条：指出不足）"),
        ({"指出不足": "无"}, "“指出不足”：没有写出内容"),
        ({"要求和注意事项": "暂无。"}, "提出要求和需要注意的问题"),
        ({"谈话人": None}, "“谈话人”：已录入谈话内容，此项不能空着"),
        ({"谈话日期": None}, "“谈话日期”：已录入谈话内容，此项不能空着"),
    ],
)
def test_a_record_that_says_less_than_the_article_asks_is_refused(changes: dict[str, str | None], message: str) -> None:
    with pytest.raises(DataRefused) as refused:
        _printed(**changes)
    assert message in str(refused.value)
    assert len(refused.value.faults) == 1


def test_a_sheet_to_be_written_by_hand_needs_only_the_person_and_the_decision() -> None:
    by_hand = dict.fromkeys(("谈话人", "谈话日期", "谈话地点", "记录人"))
    said = dict.fromkeys(("肯定成绩", "指出不足", "要求和注意事项", "本人表态"))
    assert _printed(**by_hand, **said)["肯定成绩各段"] == []


def test_everybody_whom_the_committee_decided_on_gets_a_record_and_nobody_else() -> None:
    votes = {"姓名": "马晓㛃", "同意": 11, "不同意": 0, "缓议": 1, "回避人数": 0, "逐个介绍情况": "是"}
    names = {
        result: {paper.name for paper in papers({"讨论决定.表决情况[1]": {**votes, "决定": result}})}
        for result in ("通过", "未通过", "缓议")
    }
    assert {result: "任职谈话记录_马晓㛃" in found for result, found in names.items()} == {
        "通过": True,
        "未通过": False,
        "缓议": False,
    }


def test_the_record_prints_what_the_case_says_of_the_talk() -> None:
    text = printed(of_kind(papers({f"{TALK}记录人": "陈㛃"}), "appointment_talk"))
    assert "党委副书记 何正平" in text
    assert "群众基础好" in text
    assert "陈㛃" in text


def test_a_talk_before_the_decision_is_refused_with_the_article() -> None:
    paper = of_kind(papers({f"{TALK}谈话日期": "2026-09-21"}), "appointment_talk")
    assert paper.state is PaperState.REFUSED
    assert [finding.rule.code for finding in paper.violated] == ["36.1"]


def test_a_talk_waits_for_the_count_of_the_vote() -> None:
    paper = of_kind(papers({"讨论决定.表决情况[0].同意": None}), "appointment_talk")
    assert paper.state is PaperState.REFUSED
    assert [finding.rule.code for finding in paper.violated] == ["31.3"]


def test_a_post_that_is_not_told_is_asked_for_by_its_field_of_the_case() -> None:
    paper = of_kind(papers({"考察对象[0].现任职务": None}), "appointment_talk")
    assert paper.state is PaperState.REFUSED  # the talk has its day already
    assert paper.missing == ("考察对象 第 1 项 现任职务",)
