"""The motion on paper: analysis, proposal, report, discussion, work plan, in the order of articles 8 to 10."""

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

EXAMPLE = Path(__file__).parent.parent / "examples" / "analysis_proposal.json"


def _read(changes: dict[str, Any]) -> tuple[dict[str, Any], str]:
    values = apply(json.loads(EXAMPLE.read_text("utf-8")), changes)
    form, warnings = read(LIBRARY.kind("analysis_proposal").form, values, locate_in("动议.json"))
    return form.context(), "\n".join(map(str, warnings))


def _refused(changes: dict[str, Any]) -> str:
    with pytest.raises(DataRefused) as caught:
        _read(changes)
    return "\n".join(str(fault) for fault in caught.value.faults)


def test_the_example_has_nothing_to_warn_of() -> None:
    context, warnings = _read({})
    assert warnings == ""
    assert context["拟任职位"][0]["配备后人数"] == "3"
    assert context["方案缘由"].startswith("经2026年8月31日校党委会酝酿，就计算机科学与工程学院副院长（1名）")


@pytest.mark.parametrize(
    ("earlier", "later", "message"),
    [
        ("启动意见日期", "初步建议日期", "早于启动意见日期，应先有启动意见再提出初步建议（第八条）"),
        ("分析研判日期", "初步建议日期", "早于分析研判日期，应先有分析研判再提出初步建议（第九条）"),
        ("初步建议日期", "报告主要领导日期", "早于初步建议的日期，应先初步建议再向主要领导报告（第十条）"),
        ("报告主要领导日期", "动议党委会日期", "早于向主要领导报告的日期，应先向主要领导报告再党委会酝酿（第十条）"),
        ("动议党委会日期", "工作方案日期", "早于党委会酝酿的日期，应先党委会酝酿再形成工作方案（第十条）"),
    ],
)
def test_the_steps_of_the_motion_may_share_a_day_but_not_change_places(earlier: str, later: str, message: str) -> None:
    days = ("启动意见日期", "分析研判日期", "初步建议日期", "报告主要领导日期", "动议党委会日期", "工作方案日期")
    one_day = dict.fromkeys(days, "2026年8月26日")
    assert _read(one_day)[1] == ""
    assert message in _refused({**one_day, earlier: "2026年8月27日", later: "2026年8月26日"} | _after(later, days))


def _after(title: str, days: tuple[str, ...]) -> dict[str, None]:
    """Leave out what comes after, so that only the two days are compared."""
    return dict.fromkeys(days[days.index(title) + 1 :])


@pytest.mark.parametrize(("filled", "warned"), [(1, False), (2, False), (3, True)])
def test_more_than_the_approved_number_is_pointed_out(filled: int, warned: bool) -> None:  # noqa: FBT001
    _, warnings = _read({"拟任职位[0].现配人数": filled})
    assert ("不准超职数配备（第四十八条）" in warnings) is warned


def test_a_post_that_wants_nobody_or_stands_there_twice_is_refused() -> None:
    assert "拟选人数至少为 1" in _refused({"拟任职位[0].拟选人数": 0})
    again = {"职位名称": "计算机科学与工程学院副院长", "职务层次": "副处级", "拟选人数": 1}
    assert "列了 2 次" in _refused({"拟任职位[1]": again})


def test_a_proposal_that_leaves_out_a_matter_is_asked_for_it() -> None:
    assert "没有写到范围、程序" in _read({"初步建议内容": "职位、条件、方式如前，人选意向待定。"})[1]


def test_a_step_of_the_plan_ends_after_it_begins_and_comes_after_the_plan() -> None:
    assert "早于开始日期" in _refused({"工作步骤[0].结束日期": "2026年9月1日"})
    assert "也应填写开始日期" in _refused({"工作步骤[0].开始日期": None})
    step = {"工作步骤[0].开始日期": "2026年8月30日", "工作步骤[0].结束日期": None}
    assert "“谈话调研推荐”2026年8月30日开始，早于工作方案日期" in _read(step)[1]


def test_days_of_one_year_name_the_year_once_and_the_last_day_begins_a_line() -> None:
    context, _ = _read({"工作步骤[0].结束日期": "2027年1月3日"})
    assert context["工作步骤"][0]["时间"] == "2026年9月2日\n至2027年1月3日"
    assert _read({})[0]["工作步骤"][0]["时间"] == "2026年9月2日\n至9月3日"


def test_the_case_tells_the_motion_once_for_the_paper() -> None:
    text = printed(of_kind(papers({"动议.主要领导意见": "同意，抓紧办理"}), "analysis_proposal"))
    for fact in ("同意，抓紧办理", "党委书记、校长", "谈话调研推荐", "2026年9月2日至9月3日"):
        assert fact in text


def test_a_proposal_before_the_wish_refuses_the_paper() -> None:
    unlawful = next(rule for rule in regulation().rules if rule.code == "8").unlawful
    paper = of_kind(papers(unlawful), "analysis_proposal")
    assert paper.state is PaperState.REFUSED
    assert "8" in [finding.rule.code for finding in paper.violated]


def test_a_case_without_a_motion_has_no_such_paper() -> None:
    assert "analysis_proposal" not in {paper.kind.stem for paper in papers({"动议": None})}
