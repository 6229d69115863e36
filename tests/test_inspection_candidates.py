"""The list of people proposed for inspection: not barred, more than the posts, not in the order of votes (16-18)."""

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

EXAMPLE = Path(__file__).parent.parent / "examples" / "inspection_candidates.json"


def values(**changes: Any) -> dict[str, Any]:
    return {**json.loads(EXAMPLE.read_text("utf-8")), **changes}


def filled(data: dict[str, Any]) -> tuple[dict[str, Any], str]:
    form, warnings = read(LIBRARY.kind("inspection_candidates").form, data, locate_in("名单.json"))
    return form.context(), "\n".join(map(str, warnings))


def refused(data: dict[str, Any]) -> str:
    with pytest.raises(DataRefused) as caught:
        filled(data)
    return str(caught.value)


def first(**changes: Any) -> dict[str, Any]:
    """The example with its first person changed."""
    people = values()["建议人选"]
    return values(建议人选=[{**people[0], **changes}, *people[1:]])


def test_the_list_follows_strokes_and_not_votes() -> None:
    shown, warnings = filled(values())
    assert [(person["姓名"], person["会议得票"]) for person in shown["建议名单"]] == [
        ("马晓㛃", "27"),
        ("林示例", "50"),
    ]
    assert shown["人数说明"] == "拟任职务1名，建议考察对象2名"
    assert warnings == ""


@pytest.mark.parametrize(
    ("seats", "reason", "warned"), [(1, None, False), (2, None, True), (2, "意见集中", False), (3, None, True)]
)
def test_there_are_more_people_than_posts_or_a_reason(seats: int, reason: str | None, *, warned: bool) -> None:
    posts = [{**values()["拟任职位"][0], "职数": seats}]
    assert ("一般应当多于拟任职务人数" in filled(values(拟任职位=posts, 等额理由=reason))[1]) is warned


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (first(不得列为考察对象的情形="有"), "林示例有第十七条所列情形，不得列为考察对象"),
        (first(近三年年度考核=["2023合格", "2024基本合格", "2025合格"]), "基本称职（基本合格）以下等次"),
        (first(近三年年度考核=["2023不称职"]), "第十七条第三项"),
        (first(拟任职务="图书馆馆长"), "不在拟任职位之中"),
        (first(姓名="马晓㛃"), "马晓㛃 出现 2 次"),
        (values(拟任职位=values()["拟任职位"] * 2), "列了 2 次"),
    ],
)
def test_what_cannot_be_so_is_refused(data: dict[str, Any], message: str) -> None:
    assert message in refused(data)


def test_a_list_by_votes_alone_is_pointed_out() -> None:
    shown, warnings = filled(values(综合比较择优="否"))
    assert "防止简单以票取人" in warnings
    assert shown["择优提出"] == "否"


def test_votes_and_day_may_be_left_for_later() -> None:
    data = first(会议得票=None, 谈话得票=None)
    del data["确定考察对象日期"]
    shown, _ = filled(data)
    assert [person["会议得票"] for person in shown["建议名单"]] == ["27", "—"]
    assert shown["确定考察对象日期"].endswith("日")


def test_the_list_of_a_case_prints_ratings_votes_and_the_answer_to_article_17() -> None:
    paper = of_kind(papers(), "inspection_candidates")
    text = printed(paper)
    assert all(rating in text for rating in ("2023合格", "2024优秀", "2025合格"))
    assert "人选按姓氏笔画为序，不以得票多少为序" in text
    assert paper.form is not None
    assert {person["不得列为考察对象的情形"] for person in paper.form.context()["建议名单"]} == {"无"}


def test_a_judgement_of_article_17_that_is_missing_is_asked_for() -> None:
    paper = of_kind(papers({"考察对象[1].不得列为考察对象的情形.群众公认度不高": None}), "inspection_candidates")
    assert any("不得列为考察对象的情形" in field for field in paper.missing)


@pytest.mark.parametrize("code", ["11.1", "17.1", "17.3", "17.5", "17.6"])
def test_whom_the_articles_bar_is_not_proposed(code: str) -> None:
    unlawful = next(rule for rule in regulation().rules if rule.code == code).unlawful
    assert of_kind(papers(unlawful), "inspection_candidates").state is PaperState.REFUSED


def test_as_many_people_as_posts_need_a_reason() -> None:
    unlawful = next(rule for rule in regulation().rules if rule.code == "18").unlawful
    assert of_kind(papers(unlawful), "inspection_candidates").state is PaperState.DOUBTED
