"""Approved, filled, planned, leaving: what is over or short is computed, and nobody is added beyond it (article 48)."""

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

EXAMPLE = Path(__file__).parent.parent / "examples" / "headcount_table.json"


def values(**changes: Any) -> dict[str, Any]:
    return {**json.loads(EXAMPLE.read_text("utf-8")), **changes}


def filled(data: dict[str, Any]) -> tuple[dict[str, Any], str]:
    form, warnings = read(LIBRARY.kind("headcount_table").form, data, locate_in("职数.json"))
    return form.context(), "\n".join(map(str, warnings))


def row(approved: int, filled_: int, planned: int, leaving: int, **changes: Any) -> dict[str, Any]:
    counts = {"核定职数": approved, "现配人数": filled_, "拟配人数": planned, "拟免人数": leaving}
    return {"单位": "教务处", "职务": "副处长", "职务层次": "副处级", **counts, **changes}


def one(*counts: int, **changes: Any) -> dict[str, Any]:
    return values(单位职数=[row(*counts, **changes)])


@pytest.mark.parametrize(
    ("counts", "after", "over", "vacant"),
    [
        ((3, 2, 1, 0), "3", "0", "0"),
        ((3, 3, 1, 1), "3", "0", "0"),
        ((3, 2, 0, 0), "2", "0", "1"),
        ((2, 3, 0, 0), "3", "1", "0"),
        ((2, 3, 0, 1), "2", "0", "0"),
        ((0, 0, 0, 0), "0", "0", "0"),
    ],
)
def test_over_and_short_are_computed(counts: tuple[int, ...], after: str, over: str, vacant: str) -> None:
    shown = filled(one(*counts, 备注="说明"))[0]["配备情况"][0]
    assert (shown["配备后人数"], shown["超配"], shown["空缺"]) == (after, over, vacant)


@pytest.mark.parametrize("computed", ["配备后人数", "超配", "空缺", "序号"])
def test_what_is_computed_cannot_be_typed(computed: str) -> None:
    with pytest.raises(DataRefused):
        filled(one(3, 2, 1, 0, **{computed: 1}))


def test_a_vacancy_of_one_unit_fills_no_excess_of_another() -> None:
    shown, _ = filled(values(单位职数=[row(2, 3, 0, 0, 备注="遗留"), row(3, 2, 0, 0, 单位="人事处")]))
    total = shown["配备情况"][-1]
    assert (total["单位"], total["核定职数"], total["配备后人数"]) == ("合计", "5", "5")
    assert (total["超配"], total["空缺"]) == ("1", "1")
    assert shown["总体情况"] == "核定5名，现配5名，拟配0名，拟免0名，配备后5名，超配1名，空缺1名"


def test_sums_go_by_level_from_the_highest_and_end_with_the_whole() -> None:
    shown, warnings = filled(values())
    assert [(one["职务层次"], one["核定职数"], one["现配人数"]) for one in shown["分层次合计"]] == [
        ("正处级", "3", "3"),
        ("副处级", "8", "7"),
        ("正科级", "1", "1"),
        ("副科级", "1", "0"),
        ("合计", "13", "11"),
    ]
    assert [one["序号"] for one in shown["配备情况"]] == [*map(str, range(1, 10)), ""]
    assert warnings == ""


def test_a_table_without_excess_says_so() -> None:
    assert filled(one(3, 2, 1, 0))[0]["总体情况"].endswith("配备后3名，没有超配")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (one(3, 3, 1, 0), "教务处副处长（副处级）核定 3 人，配备后 4 人，超 1 人：不准超职数配备（第四十八条）"),
        (one(3, 5, 1, 2), "超 1 人：不准超职数配备"),
        (one(3, 1, 0, 2), "拟免 2 人，多于现配的 1 人"),
        (values(单位职数=[row(3, 2, 1, 0), row(3, 2, 0, 0)]), "教务处副处长（副处级）列了 2 次，请合并为一行"),
    ],
)
def test_what_cannot_be_so_is_refused(data: dict[str, Any], message: str) -> None:
    with pytest.raises(DataRefused) as refused:
        filled(data)
    assert message in str(refused.value)


@pytest.mark.parametrize(
    ("counts", "note", "warned"),
    [((2, 3, 0, 0), None, True), ((2, 3, 0, 0), "到龄免去一名", False), ((2, 2, 0, 0), None, False)],
)
def test_an_excess_that_is_there_already_is_shown_and_asked_about(
    counts: tuple[int, ...], note: str | None, *, warned: bool
) -> None:
    assert ("请写明原因和消化办法" in filled(one(*counts, 备注=note))[1]) is warned


def test_the_table_of_a_case_tells_the_post_from_its_unit() -> None:
    paper = of_kind(papers(), "headcount_table")
    assert paper.form is not None
    first = paper.form.context()["配备情况"][0]
    assert (first["单位"], first["职务"], first["配备后人数"]) == ("计算机科学与工程学院", "副院长", "3")
    assert "2026年8月26日" in printed(paper)


def test_the_table_of_a_case_against_article_48_is_refused_and_the_field_is_named() -> None:
    unlawful = next(rule for rule in regulation().rules if rule.code == "48.1").unlawful
    paper = of_kind(papers(unlawful), "headcount_table")
    assert paper.state is PaperState.REFUSED
    assert any("“职位 第 1 项 拟选人数”" in reason and "第四十八条" in reason for reason in paper.reasons())


def test_a_case_that_counts_nothing_yet_has_no_table_and_one_that_begins_to_is_told_what_it_lacks() -> None:
    nothing = {f"职位[0].{title}": None for title in ("核定职数", "现配人数", "拟免人数")}
    assert "headcount_table" not in {paper.kind.stem for paper in papers(nothing)}
    begun = of_kind(papers({"职位[0].现配人数": None, "动议.分析研判日期": None}), "headcount_table")
    assert begun.state is PaperState.MISSING
    assert set(begun.missing) == {"职位 第 1 项 现配人数", "动议 分析研判日期"}
