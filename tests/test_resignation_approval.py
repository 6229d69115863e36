"""The resignation form: opinions in their order, and what has to go with a decision."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from doc_forms.errors import DataRefused
from doc_forms.form.reading import locate_in, read
from doc_forms.library import Library

EXAMPLE = Path(__file__).parent.parent / "examples" / "resignation_approval.json"


def _read(**changes: str | None) -> tuple[dict[str, Any], str]:
    values = json.loads(EXAMPLE.read_text("utf-8")) | changes
    form, warnings = read(Library().kind("resignation_approval").form, values, locate_in("data.json"))
    return form.context(), "\n".join(map(str, warnings))


def test_a_text_of_several_lines_is_printed_by_paragraphs() -> None:
    assert _read(辞职原因="因身体原因。\n特此申请。")[0]["辞职原因各段"] == ["因身体原因。", "特此申请。"]


def test_an_opinion_not_yet_given_prints_nothing() -> None:
    printed, warnings = _read(组织部意见=None, 组织部意见日期=None)
    assert (printed["组织部意见各段"], printed["组织部意见日期"], warnings) == ([], "", "")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"所在单位意见日期": "2026年8月30日"}, "早于申请日期"),
        ({"党委会日期": "2026年9月3日"}, "早于所在单位意见日期"),
        ({"党委会日期": None}, "也应填写会议日期"),
        ({"任现职时间": "2004.06"}, "早于参加工作时间"),
        ({"是否需要审计": "不需要"}, "又填写了审计意见"),
        ({"辞职类型": "因公辞职"}, "自愿辞职、引咎辞职、责令辞职"),
    ],
)
def test_what_cannot_be_so_is_refused(changes: dict[str, str | None], message: str) -> None:
    with pytest.raises(DataRefused) as refused:
        _read(**changes)
    assert message in str(refused.value)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"组织部意见日期": "2026年9月10日"}, "早于审计意见日期"),
        ({"审计意见": None}, "审计意见未填"),
        ({"公民身份号码": "11010519491231002X"}, "与公民身份号码"),
    ],
)
def test_what_may_be_so_is_shown(changes: dict[str, str | None], message: str) -> None:
    assert message in _read(**changes)[1]
