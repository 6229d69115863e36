"""Relatives and recusal (articles 43 and 44): which kinship a word stands for, and who has to keep out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from case_papers import of_kind, papers, printed
from rules_support import apply

from doc_forms.casework.papers import PaperState
from doc_forms.errors import DataRefused
from doc_forms.form.reading import locate_in, read
from doc_forms.library import Library

EXAMPLE = Path(__file__).parent.parent / "examples" / "recusal_declaration.json"
RELATIVES = "考察对象[0].家庭成员及亲属"
KINSHIP = Library().module("_kinship")


def _read(patch: dict[str, Any]) -> tuple[dict[str, Any], str]:
    values = apply(json.loads(EXAMPLE.read_text("utf-8")), patch)
    form, warnings = read(Library().kind("recusal_declaration").form, values, locate_in("data.json"))
    return form.context(), "\n".join(map(str, warnings))


@pytest.mark.parametrize(
    ("relation", "kinship"),
    [
        ("丈夫", "夫妻关系"),
        ("次女", "直系血亲关系"),
        ("外祖父", "直系血亲关系"),
        ("舅舅", "三代以内旁系血亲关系"),
        ("外甥女", "三代以内旁系血亲关系"),
        ("表妹", "三代以内旁系血亲关系"),
        ("岳母", "近姻亲关系"),
        ("连襟", "近姻亲关系"),
        ("舅妈", "近姻亲关系"),
        ("亲家", "近姻亲关系"),
        ("同学", None),
    ],
)
def test_a_word_for_a_relative_stands_for_its_kinship_or_for_none(relation: str, kinship: str | None) -> None:
    assert KINSHIP.kinship_of(relation) == kinship


def test_no_word_stands_for_two_kinships() -> None:
    words = [word for line in KINSHIP._WORDS.values() for word in line.split()]
    assert len(words) == len(set(words))


def test_the_kinship_that_is_filled_in_goes_before_the_word() -> None:
    shown, warnings = _read({"家庭成员及亲属[0]": {"称谓": "前夫之子", "姓名": "陈晓", "亲属关系": "近姻亲关系"}})
    assert shown["家庭成员及亲属"][0]["关系类别"] == "近姻亲关系"
    assert "亲属关系" not in warnings


@pytest.mark.parametrize(
    ("patch", "conclusion"),
    [
        ({}, "没有应当回避的任职关系"),
        ({"家庭成员及亲属[5].回避情形": "监督与被监督关系"}, "应当回避：表兄冯敬之（监督与被监督关系）"),
        ({"家庭成员及亲属[5].回避情形": None}, ""),
        ({"家庭成员及亲属[0].在本校工作": None}, ""),
        ({"家庭成员及亲属": []}, ""),
    ],
)
def test_nobody_is_cleared_before_every_relative_is_known_to_stand_nowhere_in_the_way(
    patch: dict[str, Any], conclusion: str
) -> None:
    assert _read(patch)[0]["审核结论"] == conclusion


@pytest.mark.parametrize(
    ("patch", "message"),
    [
        ({"家庭成员及亲属[0].称谓": "干亲"}, "看不出是哪一种亲属关系"),
        ({"家庭成员及亲属[0].亲属关系": "近姻亲关系"}, "“丈夫”属于夫妻关系"),
        ({"家庭成员及亲属[5].回避情形": None}, "请填写回避情形"),
        ({"家庭成员及亲属[0].回避情形": "监督与被监督关系"}, "填为不在本校工作"),
        ({"家庭成员及亲属[1].姓名": "林有根"}, "林有根重复出现"),
        ({"回避人员[0].已回避": "否"}, "冯敬之涉及回避关系，必须回避（第四十四条）"),
        ({"家庭成员及亲属[5].回避情形": "监督与被监督关系", "组织部意见": None}, "请写明回避办法"),
    ],
)
def test_what_is_unclear_or_against_the_articles_is_pointed_out(patch: dict[str, Any], message: str) -> None:
    assert message in _read(patch)[1]


@pytest.mark.parametrize(
    ("patch", "message"),
    [
        ({"家庭成员及亲属[0].姓名": "林示例"}, "填表人本人不列为亲属"),
        ({"组织部意见日期": "2026年9月8日"}, "“组织部意见日期”：早于报告日期"),
    ],
)
def test_what_cannot_be_so_is_refused(patch: dict[str, Any], message: str) -> None:
    with pytest.raises(DataRefused) as refused:
        _read(patch)
    assert message in str(refused.value)
    assert len(refused.value.faults) == 1


def test_every_candidate_reports_the_relatives_of_the_case() -> None:
    found = papers()
    assert "陈建川" in printed(of_kind(found, "recusal_declaration", "林示例"))
    assert "陈建川" not in printed(of_kind(found, "recusal_declaration", "马晓㛃"))


def test_a_relation_that_rules_the_post_out_is_reported_and_does_not_refuse_the_report() -> None:
    patch = {f"{RELATIVES}[0].在本校工作": "是", f"{RELATIVES}[0].回避情形": "直接上下级领导关系"}
    paper = of_kind(papers(patch), "recusal_declaration", "林示例")
    assert paper.state is PaperState.READY
    assert "应当回避：丈夫陈建川（直接上下级领导关系）" in printed(paper)


def test_relatives_in_the_team_and_in_the_meeting_stand_in_the_report_of_the_person_concerned() -> None:
    patch = {
        "考察.考察组[0].是哪位考察对象的亲属": "马晓㛃",
        "考察.考察组[0].已回避": "是",
        "讨论决定.委员[11].是哪位拟任人选的亲属": "林示例",
        "讨论决定.委员[11].已回避": "是",
    }
    found = papers(patch)
    named = {
        name: [(who.name, who.occasion) for who in paper.form.withdrawing]  # type: ignore[union-attr]
        for name in ("林示例", "马晓㛃")
        for paper in [of_kind(found, "recusal_declaration", name)]
    }
    assert named == {"林示例": [("冯敬之", "党委会讨论")], "马晓㛃": [("王秉文", "干部考察")]}


def test_a_candidate_who_sits_at_the_meeting_is_named_as_the_person() -> None:
    member = {"姓名": "林示例", "职务": "党委委员", "到会": "是", "已回避": "是"}
    text = printed(of_kind(papers({"讨论决定.委员[13]": member}), "recusal_declaration", "林示例"))
    assert "本人" in text.partition("二、考察和讨论中的回避")[2].partition("三、")[0]


def test_a_sheet_without_relatives_has_lines_to_write_on() -> None:
    paper = of_kind(papers({RELATIVES: None}), "recusal_declaration", "林示例")
    assert paper.state is PaperState.READY
    assert "陈建川" not in printed(paper)
