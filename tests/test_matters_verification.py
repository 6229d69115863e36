"""The sheet on a person's own matters: first the report, then the inquiry; the conclusion follows from the parts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from case_papers import of_kind, papers, printed
from rules_support import LIBRARY, apply, regulation

from doc_forms.casework.papers import PaperState
from doc_forms.errors import DataRefused
from doc_forms.form.reading import locate_in, read

EXAMPLE = Path(__file__).parent.parent / "examples" / "matters_verification.json"
FOUND = "考察.考察情况[0]"
SECTION_POST = {"职位[0].职务层次": "正科级"}
HOUSE = {"事项": "房产", "填报情况": "1套", "核实情况": "2套", "本人说明": "漏填", "认定": "漏报"}
HIDDEN = {**HOUSE, "事项": "股票", "认定": "瞒报"}
NEITHER = {**HOUSE, "事项": "工资", "认定": "不属漏报瞒报"}
TREATED = {"处理意见": "批评教育，限期补报。"}


def _read(**changes: Any) -> tuple[dict[str, Any], str]:
    values = apply(json.loads(EXAMPLE.read_text("utf-8")), changes)
    form, warnings = read(LIBRARY.kind("matters_verification").form, values, locate_in("核实.json"))
    return form.context(), "\n".join(map(str, warnings))


def _refused(**changes: Any) -> str:
    with pytest.raises(DataRefused) as caught:
        _read(**changes)
    assert len(caught.value.faults) == 1
    return str(caught.value)


@pytest.mark.parametrize("day", ["2026-09-10", "2026-09-11"])
def test_a_report_is_verified_on_its_own_day_at_the_earliest(day: str) -> None:
    assert _read(核实日期=day)
    assert "应先由本人填报再核实（第二十四条）" in _refused(核实日期="2026-09-09")


@pytest.mark.parametrize(
    ("differences", "conclusion"),
    [
        ([], "如实填报"),
        ([NEITHER], "如实填报"),
        ([NEITHER, HOUSE], "漏报"),
        ([HOUSE, HIDDEN, NEITHER], "瞒报"),
    ],
)
def test_the_conclusion_is_the_worst_of_the_judgements(differences: list[dict[str, str]], conclusion: str) -> None:
    assert _read(不一致事项=differences, 核实结论=conclusion, **TREATED)[1] == ""
    for other in {"如实填报", "漏报", "瞒报"} - {conclusion}:
        assert _refused(不一致事项=differences, 核实结论=other, **TREATED)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"核实日期": None}, "填写了核实结论，也应填写核实日期"),
        ({"核实结论": None}, "填写了核实日期，也应填写核实结论"),
        ({"核实人": ["吴试行", "林示例"]}, "林示例是填报人本人"),
        ({"不一致事项[0].认定": None}, "每项不一致都应写明认定"),
        ({"不一致事项": [], "核实结论": "漏报", **TREATED}, "请列明不一致的事项"),
        ({"职务层次": "科员"}, "“职务层次”"),
    ],
)
def test_what_cannot_be_so_is_refused(changes: dict[str, Any], message: str) -> None:
    assert message in _refused(**changes)


def test_an_omission_without_treatment_or_the_persons_account_is_asked_about() -> None:
    said = _read(不一致事项=[{**HOUSE, "本人说明": None}], 核实结论="漏报")[1]
    assert "结论为“漏报”，请写明处理意见" in said
    assert "“房产”认定为漏报，没有本人说明" in said


def test_differences_that_are_still_looked_into_need_no_judgement() -> None:
    open_matter = {"不一致事项[0].认定": None, "核实结论": None, "核实日期": None}
    assert _read(**open_matter)[0]["核实日期"].strip().endswith("日")


def test_the_sheet_of_a_case_says_what_was_concluded_who_verified_and_when() -> None:
    text = printed(of_kind(papers({f"{FOUND}.个人有关事项不一致情况": [NEITHER]}), "matters_verification", "林示例"))
    for fact in ("■如实填报", "2026年9月10日", "2026年9月15日", "吴试行、郑样", "党委组织部", "不属漏报瞒报"):
        assert fact in text


def test_a_case_whose_conclusion_does_not_follow_is_refused_at_its_field() -> None:
    paper = of_kind(papers({f"{FOUND}.个人有关事项不一致情况": [HIDDEN]}), "matters_verification", "林示例")
    assert paper.state is PaperState.REFUSED
    assert "查核个人有关事项报告 结果" in "".join(paper.reasons())


def test_the_sheet_is_ready_to_be_filled_by_hand_once_the_candidate_is_known() -> None:
    paper = of_kind(papers({f"{FOUND}": {"姓名": "林示例"}}), "matters_verification", "林示例")
    assert paper.state is PaperState.READY
    assert "□如实填报　　□漏报　　□瞒报" in printed(paper)


@pytest.mark.parametrize(
    ("patch", "sheets"),
    [
        ({}, 2),
        ({f"{FOUND}.查核个人有关事项报告": None}, 2),
        (SECTION_POST, 2),
        (SECTION_POST | {f"{FOUND}.查核个人有关事项报告": None}, 1),
        (SECTION_POST | {f"{FOUND}.查核个人有关事项报告.结果": "已填报未核实"}, 1),
        ({"考察对象[0].任职方式": "平级调动"}, 1),
    ],
)
def test_division_level_is_always_verified_and_section_level_where_it_was_found_necessary(
    patch: dict[str, Any], sheets: int
) -> None:
    assert [paper.kind.stem for paper in papers(patch)].count("matters_verification") == sheets


@pytest.mark.parametrize("code", ["24.2a", "24.2b"])
def test_a_report_or_inquiry_against_the_article_refuses_the_sheet(code: str) -> None:
    unlawful = next(rule for rule in regulation().rules if rule.code == code).unlawful
    paper = of_kind(papers(unlawful), "matters_verification", "林示例")
    assert paper.state is PaperState.REFUSED
    assert code in {finding.rule.code for finding in paper.violated}


@pytest.mark.parametrize("code", ["24.1", "24.3", "24.4", "31.3"])
def test_what_is_asked_of_others_does_not_refuse_the_sheet(code: str) -> None:
    unlawful = next(rule for rule in regulation().rules if rule.code == code).unlawful
    assert of_kind(papers(unlawful), "matters_verification", "林示例").state is PaperState.READY
