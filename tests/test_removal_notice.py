"""Removals and demotions in one decision: its words, its lawful cases, and no second paper about the same person."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from case_papers import of_kind, papers, printed
from rules_support import LIBRARY, apply

from doc_forms.casework.papers import PaperState
from doc_forms.errors import DataRefused
from doc_forms.form.reading import locate_in, read

EXAMPLE = Path(__file__).parent.parent / "examples" / "removal_notice.json"
DEMOTED: dict[str, Any] = {
    "姓名": "严䶮",
    "类型": "降职",
    "原任职务": "科技处副处长",
    "原任层次": "副处级",
    "降职情形": "年度考核不称职",
    "年度考核不称职": "是",
    "降职后职务": "科技处项目管理科科长",
    "降职后层次": "正科级",
    "党委决定日期": "2026-11-03",
    "文号": "示院委〔2026〕31号",
    "成文日期": "2026-11-06",
}
REMOVED: dict[str, Any] = {
    "姓名": "孙明远",
    "类型": "免职",
    "原任职务": "图书馆馆长",
    "免职情形": "达到任职或退休年龄界限",
    "到龄日期": "2026-10-31",
    "年度考核不称职": "否",
    "党委决定日期": "2026-11-03",
    "成文日期": "2026-11-06",
}


def _read(patch: dict[str, Any]) -> dict[str, Any]:
    values = apply(json.loads(EXAMPLE.read_text("utf-8")), patch)
    return read(LIBRARY.kind("removal_notice").form, values, locate_in("data.json"))[0].context()


def _leavings(*people: dict[str, Any]) -> dict[str, Any]:
    return {"辞职免职降职": list(people)}


def test_each_person_is_decided_on_with_the_lawful_case_in_the_words_of_the_article() -> None:
    shown = _read({})
    assert shown["前列事项"] == ["因达到任职年龄界限或者退休年龄界限，免去孙明远同志示例学院图书馆馆长职务；"]
    assert shown["末列事项"] == (
        "因年度考核被确定为不称职，严䶮同志降职使用，任科技处项目管理科科长（正科级），免去其科技处副处长职务。"
    )


def test_the_lawful_case_is_left_out_on_request() -> None:
    assert _read({"写明情形": "否"})["前列事项"] == ["免去孙明远同志示例学院图书馆馆长职务；"]


@pytest.mark.parametrize(
    ("patch", "title"),
    [
        ({}, "关于孙明远、严䶮同志免职、降职的决定"),
        ({"免职降职人员[1]": None}, "关于孙明远同志免职的决定"),
        ({"免职降职人员[0]": None, "文种": "通知"}, "关于严䶮同志降职的通知"),
    ],
)
def test_the_title_says_who_and_whether_removed_or_demoted(patch: dict[str, Any], title: str) -> None:
    assert _read(patch)["标题"] == title


def test_the_pay_of_the_new_post_is_stated_for_those_demoted_alone() -> None:
    assert _read({})["待遇"] == "严䶮同志的待遇按照新任职务的标准执行。"
    assert _read({"免职降职人员[1]": None})["待遇"] == ""


@pytest.mark.parametrize(
    ("patch", "message"),
    [
        ({"免职降职人员[0].免职情形": None}, "免职的应填写免职情形（第四十五条）"),
        ({"免职降职人员[0].降职后职务": "图书馆副馆长"}, "免职的不填"),
        ({"免职降职人员[1].免职情形": "不适宜担任现职"}, "降职的不填，请填降职情形"),
        ({"免职降职人员[1].降职情形": None}, "降职的应填写（第四十七条）"),
        ({"免职降职人员[1].降职后层次": "副处级"}, "降职后的层次应低于原任的副处级"),
        ({"免职降职人员[0].原任职务": "图书馆馆长职务"}, "末尾不写“职务”二字"),
        ({"决定日期": "2026年11月7日"}, "“成文日期”：早于校党委会决定日期"),
    ],
)
def test_what_cannot_be_so_is_refused(patch: dict[str, Any], message: str) -> None:
    with pytest.raises(DataRefused) as refused:
        _read(patch)
    assert message in str(refused.value)
    assert len(refused.value.faults) == 1


def test_a_demotion_of_the_case_is_drawn_with_everything_that_it_prints() -> None:
    paper = of_kind(papers(_leavings(DEMOTED)), "removal_notice")
    assert paper.state is PaperState.READY
    assert "任科技处项目管理科科长（正科级）" in printed(paper)


@pytest.mark.parametrize("title", ["降职后职务", "降职情形", "降职后层次"])
def test_what_a_demotion_lacks_is_named_by_its_field_of_the_case(title: str) -> None:
    entry = {key: value for key, value in DEMOTED.items() if key != title}
    paper = of_kind(papers(_leavings(entry)), "removal_notice")
    assert paper.state is PaperState.REFUSED
    assert f"辞职免职降职 第 1 项 {title}" in "".join(paper.reasons())


def test_one_number_makes_one_decision_and_no_person_has_two_papers() -> None:
    together = papers(_leavings(DEMOTED, {**REMOVED, "文号": DEMOTED["文号"]}))
    assert {"孙明远", "严䶮"} == set(of_kind(together, "removal_notice").subjects)
    assert "resignation_reply" not in {paper.kind.stem for paper in together}


def test_a_removal_of_one_person_keeps_its_own_notice() -> None:
    apart = papers(_leavings(DEMOTED, {**REMOVED, "文号": "示院委〔2026〕32号"}))
    assert of_kind(apart, "removal_notice").subjects == ("严䶮",)
    assert of_kind(apart, "resignation_reply").subjects == ("孙明远",)


def test_a_demotion_to_a_level_that_is_not_lower_is_refused() -> None:
    paper = of_kind(papers(_leavings({**DEMOTED, "降职后层次": "正处级"})), "removal_notice")
    assert paper.state is PaperState.REFUSED
    assert [finding.rule.code for finding in paper.violated] == ["47.2"]
