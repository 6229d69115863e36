"""The review at the end of the trial: its year, its votes, its consequence (article 35)."""

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

EXAMPLE = Path(__file__).parent.parent / "examples" / "trial_review.json"
REVIEW, TERM = "任职.试用期考核[0].", "任职.任职情况[0]."
VOTES = ("发出票数", "收回票数", "作废票数", "一档票数", "二档票数", "三档票数", "四档票数", "弃权票数")


def _read(**changes: object) -> tuple[dict[str, Any], str]:
    values = json.loads(EXAMPLE.read_text("utf-8")) | changes
    form, warnings = read(Library().kind("trial_review").form, values, locate_in("data.json"))
    return form.context(), "\n".join(map(str, warnings))


def _unfit(**changes: object) -> tuple[dict[str, Any], str]:
    return _read(考核结果="不胜任", 校党委意见=None, **changes)


def test_the_consequence_follows_from_the_result() -> None:
    assert _read()[0]["处理意见"] == "正式任职"
    assert _unfit()[0]["处理意见"] == "免去试任职务，按试任前职级（正科级）安排工作"


def test_the_result_found_is_marked_and_both_are_left_open_without_one() -> None:
    assert _unfit()[0]["结果选项"] == "□胜任　　　■不胜任"
    assert _read(考核结果=None)[0]["结果选项"] == "□胜任　　　□不胜任"


def test_rates_are_of_the_valid_ballots() -> None:
    shown = _read()[0]
    assert (shown["有效票数"], shown["一档比率"], shown["弃权比率"]) == ("42", "71.43%", "2.38%")


def test_a_review_without_votes_leaves_their_boxes_empty() -> None:
    shown = _read(**dict.fromkeys(VOTES))[0]
    assert (shown["有效票数"], shown["一档票数"], shown["一档比率"]) == ("", "", "")


def test_a_review_on_the_last_day_of_the_trial_is_late_enough() -> None:
    assert _read(考核日期="2027年9月22日")[1] == ""


def test_a_trial_that_lasts_longer_than_a_year_is_asked_about() -> None:
    assert "延长的请核对依据" in _read(试用期满日期="2027年9月23日")[1]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"试用期满日期": "2027年9月21日"}, "“试用期满日期”：试用期为一年，应到 2027年9月22日期满"),
        ({"考核日期": "2027年9月21日", "测评日期": None}, "“考核日期”：早于试用期满日期"),
        ({"校党委决定日期": "2027年9月27日"}, "“校党委决定日期”：早于考核日期"),
        ({"考核日期": None}, "填写了考核结果，也应填写考核日期"),
        ({"考核组成员": ["林示例"]}, "被考核人本人不能是考核组成员"),
        ({"考核结果": None, "处理": "正式任职"}, "填写了处理，也应填写考核结果"),
        ({"处理": "免去试任职务"}, "考核胜任的，应正式任职"),
        ({"处理": "继续试用"}, "考核胜任的，应正式任职"),
        ({"考核结果": "不胜任", "处理": "正式任职"}, "考核不胜任的，应免去试任职务"),
        ({"考核结果": "不胜任", "试任前职级": None}, "“试任前职级”：不胜任的按试任前职级安排工作"),
        ({"四档票数": None}, "“四档票数”：民主测评已有统计结果，此项不能空着"),
        ({"收回票数": 44, "一档票数": 31}, "收回 44 张，超过发出的 43 张"),
        ({"作废票数": 44}, "作废 44 张，超过收回的 43 张"),
        ({"一档票数": 31}, "四档和弃权合计 43 张，与有效票 42 张不符"),
    ],
)
def test_what_cannot_be_so_is_refused(changes: dict[str, object], message: str) -> None:
    with pytest.raises(DataRefused) as refused:
        _read(**changes)
    assert message in str(refused.value)
    assert len(refused.value.faults) == 1


def test_only_those_appointed_on_trial_are_reviewed() -> None:
    assert of_kind(papers(), "trial_review").name == "试用期满考核表_林示例"
    moved = {f"{TERM}{title}": None for title in ("通知载明试用期", "试用期开始日期", "试用期满日期")}
    assert "trial_review" not in {paper.kind.stem for paper in papers(moved)}


def test_the_form_is_drawn_before_the_review_and_names_what_it_lacks() -> None:
    paper = of_kind(papers({"任职.试用期考核": None}), "trial_review")
    assert paper.state is PaperState.READY
    lacking = of_kind(papers({"任职.试用期考核": None, "考察对象[0].民族": None}), "trial_review")
    assert (lacking.state, lacking.missing) == (PaperState.MISSING, ("考察对象 第 1 项 民族",))


def test_post_and_level_before_the_trial_are_those_of_the_career() -> None:
    text = printed(of_kind(papers(), "trial_review"))
    assert "计算机科学与工程学院党政办公室主任" in text
    assert "正科级" in text


def test_the_overall_grades_of_the_assessment_are_the_ones_printed() -> None:
    rows = [
        {"测评项目": "德", "第一档": 1, "第二档": 0, "第三档": 0, "第四档": 0, "弃权": 9},
        {"测评项目": "总体评价", "第一档": 7, "第二档": 2, "第三档": 0, "第四档": 0, "弃权": 1},
    ]
    tally = {"测评等次": "好/较好/一般/差", "发出票数": 10, "收回票数": 10, "作废票数": 0, "各项票数": rows}
    form = of_kind(papers({f"{REVIEW}民主测评": tally}), "trial_review").form
    assert form is not None
    shown = form.context()
    assert (shown["一档"], shown["一档票数"], shown["一档比率"]) == ("好", "7", "70.00%")


@pytest.mark.parametrize(
    ("patch", "code"),
    [
        ({f"{REVIEW}考核日期": "2027-09-21"}, "35.2a"),
        ({f"{REVIEW}处理": "免去试任职务"}, "35.2b"),
        ({f"{TERM}试用期满日期": "2027-09-21"}, "35.1a"),
    ],
)
def test_a_review_against_the_article_is_refused(patch: dict[str, str], code: str) -> None:
    paper = of_kind(papers(patch), "trial_review")
    assert paper.state is PaperState.REFUSED
    assert code in {finding.rule.code for finding in paper.violated}
