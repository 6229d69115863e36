"""The opinions sought and the deliberation before the committee meets (article 28)."""

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

EXAMPLE = Path(__file__).parent.parent / "examples" / "consultation_record.json"


def _read(patch: dict[str, Any]) -> tuple[dict[str, Any], str]:
    values = apply(json.loads(EXAMPLE.read_text("utf-8")), patch)
    form, warnings = read(Library().kind("consultation_record").form, values, locate_in("data.json"))
    return form.context(), "\n".join(map(str, warnings))


def test_an_opinion_on_the_day_of_the_deliberation_is_in_time() -> None:
    assert _read({"征求意见[0].日期": "2026年9月21日"})[1] == ""


@pytest.mark.parametrize(
    ("patch", "message"),
    [
        ({"征求意见[1].日期": "2026年9月22日"}, "计算机科学与工程学院 2026年9月22日提出意见，晚于酝酿日期"),
        ({"拟任人选[1].姓名": "林示例"}, "林示例出现 2 次"),
        ({"酝酿日期": None}, "“酝酿日期”：填写了酝酿意见，也应填写酝酿日期"),
        ({"征求意见": []}, "“征求意见”"),
    ],
)
def test_what_cannot_be_so_is_refused(patch: dict[str, Any], message: str) -> None:
    with pytest.raises(DataRefused) as refused:
        _read(patch)
    assert message in str(refused.value)
    assert len(refused.value.faults) == 1


@pytest.mark.parametrize(
    ("patch", "message"),
    [
        ({"征求意见[1]": None}, "没有列出有关单位"),
        ({"征求意见[0].单位或职务": "教务处"}, "没有列出分管校领导"),
        ({"纪委书记参加": "否"}, "“纪委书记参加”：第二十八条要求在这一范围内充分酝酿"),
    ],
)
def test_a_deliberation_that_falls_short_of_the_article_is_asked_about(patch: dict[str, Any], message: str) -> None:
    assert message in _read(patch)[1]


def test_all_candidates_and_all_opinions_of_the_case_stand_in_one_table() -> None:
    text = printed(of_kind(papers({"酝酿.征求意见情况[1].意见": "同意，建议分管实践教学"}), "consultation_record"))
    assert all(name in text for name in ("林示例", "马晓㛃", "（黄允之）", "同意，建议分管实践教学"))
    assert text.count("■参加") == 4


def test_before_anybody_is_asked_the_table_names_whom_the_case_lacks() -> None:
    paper = of_kind(papers({"酝酿": None}), "consultation_record")
    assert (paper.state, paper.missing) == (PaperState.MISSING, ("酝酿 征求意见情况",))


def test_the_table_is_ready_for_signatures_before_the_opinions_are_there() -> None:
    asked = [{"单位或职务": "分管校领导"}, {"单位或职务": "教务处"}]
    paper = of_kind(papers({"酝酿": {"征求意见情况": asked}}), "consultation_record")
    assert paper.state is PaperState.READY


@pytest.mark.parametrize(
    ("patch", "code"),
    [({"酝酿.校长参加": "否"}, "28.2"), ({"酝酿.酝酿日期": "2026-09-23"}, "28.3")],
)
def test_a_deliberation_against_the_article_is_refused(patch: dict[str, str], code: str) -> None:
    paper = of_kind(papers(patch), "consultation_record")
    assert paper.state is PaperState.REFUSED
    assert [finding.rule.code for finding in paper.violated] == [code]


def test_a_case_that_only_records_a_resignation_has_no_deliberation() -> None:
    kinds = {paper.kind.stem for paper in papers({"考察对象": None})}
    assert "consultation_record" not in kinds
