"""The notice of an inspection: before it begins, by a team that may inspect, by names and posts (article 21)."""

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

EXAMPLE = Path(__file__).parent.parent / "examples" / "inspection_notice.json"
LEADER = {"姓名": "王秉文", "单位及职务": "党委组织部副部长", "职责": "组长"}
OTHER = {"姓名": "吴试行", "单位及职务": "党委组织部干部科科长", "职责": "成员"}


def filled(**changes: Any) -> dict[str, Any]:
    data = {**json.loads(EXAMPLE.read_text("utf-8")), **changes}
    return read(LIBRARY.kind("inspection_notice").form, data, locate_in("预告.json"))[0].context()


def refused(**changes: Any) -> str:
    with pytest.raises(DataRefused) as caught:
        filled(**changes)
    return str(caught.value)


def test_people_stand_in_the_order_of_strokes_that_is_printed() -> None:
    shown = filled()
    assert [person["姓名"] for person in shown["考察名单"]] == ["马晓㛃", "林示例"]
    assert shown["排序说明"] == "按姓氏笔画为序"
    assert [person["姓名"] for person in filled(排序方式="按所填先后")["考察名单"]] == ["林示例", "马晓㛃"]


@pytest.mark.parametrize("day", ["2026-09-13", "2026-09-14"])
def test_the_notice_is_issued_on_the_first_day_at_the_latest(day: str) -> None:
    assert filled(预告日期=day)
    assert "应先发布考察预告再开展考察（第二十一条）" in refused(预告日期="2026-09-15")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"考察结束日期": "2026-09-13"}, "早于考察开始日期"),
        ({"考察组": [LEADER]}, "至少要有 2 项"),
        ({"考察组": [LEADER, LEADER]}, "王秉文重复出现"),
        ({"考察组": [LEADER, {**OTHER, "职责": "组长"}]}, "应有一名组长，现有 2 名"),
        ({"考察组": [OTHER, {**LEADER, "职责": "成员"}]}, "应有一名组长，现在没有"),
        ({"考察组": [LEADER, {**OTHER, "姓名": "林示例"}]}, "林示例是考察对象，不能是考察组成员"),
        ({"主送机关": "机关各部门："}, "末尾不写冒号"),
        ({"考察对象": [{"姓名": "林示例", "现任职务": "科长"}] * 2}, "林示例 出现 2 次"),
        ({"考察对象": [{"姓名": "林示例", "现任职务": "科长", "出生年月": "1986.04"}]}, "出生年月"),
    ],
)
def test_what_cannot_be_so_is_refused(changes: dict[str, Any], message: str) -> None:
    assert message in refused(**changes)


def test_the_notice_of_a_case_names_post_people_team_and_telephones() -> None:
    text = printed(of_kind(papers(), "inspection_notice"))
    for fact in (
        "计算机科学与工程学院副院长拟任人选",
        "马晓㛃",
        "组长：王秉文（党委组织部副部长）",
        "0000\u20110000001",  # printed with a hyphen that no line end parts
        "0000\u20110000002",
    ):
        assert fact in text
    assert "1986" not in text


def test_a_case_announces_an_inspection_whose_end_is_not_known_yet() -> None:
    assert "2026年9月14日起。" in printed(of_kind(papers({"考察.考察结束日期": None}), "inspection_notice"))


@pytest.mark.parametrize("code", ["17.3", "19", "21.1", "21.2", "26.1a", "44.2"])
def test_an_inspection_against_the_articles_is_not_announced(code: str) -> None:
    unlawful = next(rule for rule in regulation().rules if rule.code == code).unlawful
    paper = of_kind(papers(unlawful), "inspection_notice")
    assert paper.state is PaperState.REFUSED


@pytest.mark.parametrize("code", ["21.4", "21.5", "23.1a", "24.1"])
def test_what_the_inspection_then_does_does_not_refuse_its_notice(code: str) -> None:
    unlawful = next(rule for rule in regulation().rules if rule.code == code).unlawful
    assert of_kind(papers(unlawful), "inspection_notice").state is PaperState.READY
