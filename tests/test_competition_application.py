"""Who applies for a post: the unit consents first, a competition is the school's own, years are counted (38 to 40)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from case_papers import of_kind, papers, printed
from rules_support import LIBRARY

from doc_forms.casework.papers import PaperState
from doc_forms.errors import DataRefused
from doc_forms.form.reading import locate_in, read

EXAMPLE = Path(__file__).parent.parent / "examples" / "competition_application.json"
STAGE = {
    "公布的资格条件": "任正科级职务三年以上",
    "突破资格条件": "否",
    "启动竞争性选拔日期": "2026-08-24",
    "竞争性选拔方案日期": "2026-08-31",
    "公布日期": "2026-09-01",
    "报名截止日期": "2026-09-03",
    "测试测评日期": "2026-09-05",
}
FIRST = {"姓名": "林示例", "本校人员": "是", "所在单位同意": "是", "资格审查合格": "是"}


def filled(**changes: Any) -> tuple[dict[str, Any], str]:
    values = {**json.loads(EXAMPLE.read_text("utf-8")), **changes}
    form, warnings = read(LIBRARY.kind("competition_application").form, values, locate_in("报名表.json"))
    return form.context(), "\n".join(map(str, warnings))


def open_review(**changes: Any) -> tuple[dict[str, Any], str]:
    """The form before anybody has reviewed it."""
    return filled(**{"资格审查合格": None, "资格审查意见": None, "资格审查日期": None, **changes})


def career(*lines: tuple[str, str | None, str]) -> list[dict[str, Any]]:
    return [
        {"起始时间": start, "截止时间": end, "单位及职务": f"示例学院第{number}岗位", "层次": level}
        for number, (start, end, level) in enumerate(lines, 1)
    ]


def competing(*applicants: dict[str, Any], way: str | None = "竞争上岗", **stage: Any) -> dict[str, Any]:
    return {"选拔方式": way, "竞争性选拔": {**STAGE, **stage, "报名人员": list(applicants)}}


def test_what_is_counted_is_counted_to_the_day_that_the_entries_close() -> None:
    shown, warnings = filled()
    assert shown["任职情况"] == "截至2026年9月3日：年龄40岁，工龄17年2个月，任正科级7年11个月"
    assert warnings == ""
    assert filled(计算日期=None)[0]["任职情况"] == ""


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ((("2018.10", "2022.03", "正科级"), ("2022.03", None, "正科级")), "任正科级7年11个月"),
        ((("2022.03", None, "正科级"), ("2018.10", "2022.03", "正科级")), "任正科级7年11个月"),
        ((("2015.09", "2018.10", "正科级"), ("2018.10", "2020.03", "副科级"), ("2020.03", None, "正科级")), "6年6个月"),
        ((("2018.10", "2022.03", "正科级"),), ""),
    ],
)
def test_years_at_a_level_count_without_a_break(lines: tuple[tuple[str, str | None, str], ...], said: str) -> None:
    shown = open_review(学习工作简历=career(*lines))[0]["任职情况"]
    assert said in shown
    assert bool(said) == ("任正科级" in shown)


@pytest.mark.parametrize(
    ("consent", "qualified", "boxes"),
    [
        ("是", "是", ("■同意报名　　　□不同意报名", "■合格　　　□不合格")),
        ("否", "否", ("□同意报名　　　■不同意报名", "□合格　　　■不合格")),
        (None, None, ("□同意报名　　　□不同意报名", "□合格　　　□不合格")),
    ],
)
def test_what_the_unit_and_the_review_say_is_marked(
    consent: str | None, qualified: str | None, boxes: tuple[str, str]
) -> None:
    shown, _ = filled(所在单位同意=consent, 资格审查合格=qualified)
    assert (shown["单位选项"], shown["审查选项"]) == boxes


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"所在单位同意": "否"}, "“资格审查合格”：所在单位不同意，资格审查不能合格"),
        ({"所在单位同意": None}, "没有所在单位的意见，资格审查不能合格：报名应当经所在单位同意（第四十条）"),
        ({"本校人员": "否"}, "竞争上岗在学校内部进行（第三十八条）"),
        ({"资格审查日期": "2026-09-01", "所在单位意见日期": None}, "早于报名日期"),
        ({"所在单位意见日期": "2026-09-05"}, "早于所在单位意见日期"),
        ({"学习工作简历": career(("2018.10", "2018.09", "正科级"))}, "早于起始时间"),
    ],
)
def test_what_cannot_be_so_is_refused(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(DataRefused) as refused:
        filled(**changes)
    assert message in str(refused.value)
    assert len(refused.value.faults) == 1


def test_whoever_is_not_of_the_school_applies_in_an_open_selection() -> None:
    assert filled(选拔方式="公开选拔", 本校人员="否")[1] == ""


@pytest.mark.parametrize(
    ("changes", "warning"),
    [
        ({"报名日期": "2026-09-03"}, ""),
        ({"报名日期": "2026-09-04", "所在单位意见日期": None}, "晚于报名截止（计算）日期"),
        ({"学历": "大专"}, "处级职务一般应当具有大学本科以上学历（第六条）"),
        ({"学历": "大专", "报考层次": "正科级"}, ""),
        ({"参加工作时间": "2021.10"}, "到2026年9月3日工龄不满 5 年（第六条）"),
        ({"参加工作时间": "2021.08"}, ""),
        ({"学习工作简历": career(("2023.10", None, "正科级"))}, "任正科级到2026年9月3日未满 3 年（第六条）"),
        ({"学习工作简历": career(("2023.09", None, "正科级"))}, "任正科级到2026年9月3日是否满 3 年（第六条），请核对"),
        ({"学习工作简历": career(("2023.09.03", None, "正科级"))}, ""),
        ({"学习工作简历": career(("2023.09.04", None, "正科级"))}, "未满 3 年"),
        ({"报考层次": "正处级", "学习工作简历": career(("2024.09.04", None, "副处级"))}, "未满 2 年"),
        ({"资格审查合格": "否", "资格审查意见": None}, "审查不合格的，请写明原因"),
    ],
)
def test_what_article_6_asks_and_the_facts_do_not_show_is_pointed_out(changes: dict[str, Any], warning: str) -> None:
    said = filled(**changes)[1]
    assert warning in said
    assert bool(warning) == bool(said)


def test_everybody_who_entered_gets_a_form_with_what_is_known_of_the_person_under_inspection() -> None:
    other = {"姓名": "丁一", "性别": "男", "出生年月": "1985.01", "民族": "汉族", "政治面貌": "群众"}
    other |= {"参加工作时间": "2008.07", "学历": "大学", "现任职务": "示例学院科研处综合科科长"}
    found = papers(competing(FIRST, other))
    first = of_kind(found, "competition_application", "林示例")
    assert first.name == "竞争上岗报名表_林示例_计算机科学与工程学院副院长"
    text = printed(first)
    assert all(words in text for words in ("畲族", "2022.03--", "2023合格、2024优秀、2025合格", "任正科级职务三年以上"))
    assert "任正科级7年11个月" in text
    assert of_kind(found, "competition_application", "丁一").state is PaperState.READY


def test_what_the_applicant_filled_in_counts_more_than_what_was_known() -> None:
    assert "示例学院团委书记" in printed(
        of_kind(papers(competing({**FIRST, "现任职务": "示例学院团委书记"})), "competition_application")
    )


def test_a_fact_that_is_missing_is_named_where_the_applicant_stands() -> None:
    found = papers(competing(FIRST, {"姓名": "丁一", "报考职位": "计算机科学与工程学院副院长"}))
    paper = of_kind(found, "competition_application", "丁一")
    assert paper.state is PaperState.MISSING
    assert {"竞争性选拔 报名人员 第 2 项 性别", "竞争性选拔 报名人员 第 2 项 现任职务"} <= set(paper.missing)


@pytest.mark.parametrize("way", ["民主推荐", None])
def test_a_selection_without_a_competition_has_no_forms(way: str | None) -> None:
    stems = {paper.kind.stem for paper in papers({"选拔方式": way})}
    assert "competition_application" not in stems


@pytest.mark.parametrize(
    ("patch", "code"),
    [
        (competing({**FIRST, "所在单位同意": "否"}), "40.4"),
        (competing(FIRST, 突破资格条件="是", 突破条件上级同意日期="2026-09-01"), "39.1"),
    ],
)
def test_an_application_against_the_articles_is_refused(patch: dict[str, Any], code: str) -> None:
    paper = of_kind(papers(patch), "competition_application")
    assert paper.state is PaperState.REFUSED
    assert code in {finding.rule.code for finding in paper.violated}
