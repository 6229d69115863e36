"""The public notice: what it may publish, in which order, for how long, and whom it takes from a case (article 34)."""

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

EXAMPLE = Path(__file__).parent.parent / "examples" / "public_notice.json"
SECOND = {"姓名": "马晓㛃", "逐个介绍情况": "是", "同意": 12, "不同意": 0, "缓议": 0, "回避人数": 0, "决定": "通过"}


def values(**changes: Any) -> dict[str, Any]:
    return {**json.loads(EXAMPLE.read_text("utf-8")), **changes}


def filled(data: dict[str, Any]) -> tuple[dict[str, Any], str]:
    form, warnings = read(LIBRARY.kind("public_notice").form, data, locate_in("公示.json"))
    return form.context(), "\n".join(map(str, warnings))


def person(**changes: Any) -> dict[str, Any]:
    """The example with one person, changed."""
    return values(公示对象=[{**values()["公示对象"][0], **changes}])


def refused(data: dict[str, Any]) -> str:
    with pytest.raises(DataRefused) as caught:
        filled(data)
    return str(caught.value)


def test_people_stand_in_the_order_of_the_strokes_of_their_surnames_and_the_notice_says_so() -> None:
    printed_, _ = filled(values())
    assert [one["姓名"] for one in printed_["公示名单"]] == ["王䶮", "阿卜杜拉·买买提", "林㛃", "林示例"]
    assert printed_["排序说明"] == "按姓氏笔画为序"
    assert filled(values(排序方式="姓名笔画"))[0]["排序说明"] == "按姓名笔画为序"
    assert filled(person())[0]["排序说明"] == ""


@pytest.mark.parametrize("title", ["公民身份号码", "身份证号", "家庭成员及亲属", "联系电话"])
def test_there_is_no_place_for_what_must_not_be_published(title: str) -> None:
    refused(person(**{title: "示例"}))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("1986年生（11010519491231002X）", "含有身份证号"),
        ("身份证 110105491231002", "含有身份证号"),
        ("电话 13800000000", "含有手机号码"),
    ],
)
def test_private_numbers_in_a_text_are_refused_without_repeating_them(text: str, message: str) -> None:
    said = refused(person(简历=text))
    assert message in said
    assert text not in said


def test_family_in_a_text_is_pointed_out() -> None:
    assert "提到了家庭情况" in filled(person(简历="2009.07 参加工作，丈夫为本校教师"))[1]


@pytest.mark.parametrize("given", ["破格情形", "破格理由"])
def test_an_exceptional_promotion_is_published_with_its_case_and_its_reason(given: str) -> None:
    assert "破格情形和破格理由都要公示" in refused(person(**{given: "工作需要：专业性岗位或专项工作急需"}))


@pytest.mark.parametrize(
    ("start", "end", "enough"),
    [
        ("2026-09-23", "2026-09-28", False),  # a holiday on the 25th
        ("2026-09-23", "2026-09-30", True),
        ("2026-09-18", "2026-09-22", False),
        ("2026-09-18", "2026-09-23", True),  # a Sunday that is worked counts
        ("2026-09-28", "2026-10-08", False),
        ("2026-09-28", "2026-10-09", True),
    ],
)
def test_a_notice_stands_for_five_working_days(start: str, end: str, *, enough: bool) -> None:
    data = values(决定日期="2026-09-17", 公示日期="2026-09-18", 公示开始日期=start, 公示截止日期=end)
    if enough:
        assert "工作日" not in filled(data)[1]
    else:
        assert "不得少于 5 个" in refused(data)


def test_a_year_without_official_holidays_is_said_and_not_counted() -> None:
    days = {
        "决定日期": "2031-03-01",
        "公示日期": "2031-03-03",
        "公示开始日期": "2031-03-03",
        "公示截止日期": "2031-03-04",
    }
    assert "2031 年的放假安排尚未收录" in filled(values(**days))[1]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"公示日期": "2026-09-21"}, "早于校党委会决定日期"),
        ({"公示开始日期": "2026-09-22"}, "早于公示日期"),
        ({"公示截止日期": "2026-09-22"}, "早于公示开始日期"),
        ({"主送机关": "校内各单位："}, "末尾不写冒号"),
    ],
)
def test_what_cannot_be_so_is_refused(changes: dict[str, Any], message: str) -> None:
    assert message in refused(values(**changes))


def test_a_case_announces_whom_the_committee_decided_to_promote() -> None:
    alone = printed(of_kind(papers(), "public_notice"))
    assert "林示例" in alone
    assert "马晓㛃" not in alone
    both = of_kind(papers({"讨论决定.表决情况[1]": SECOND, "职位[0].拟选人数": 2}), "public_notice")
    text = printed(both)
    assert text.index("马晓㛃") < text.index("林示例")
    assert "（以上人员按姓氏笔画为序）" in text


def test_a_case_says_how_its_lists_are_ordered() -> None:
    patch = {"讨论决定.表决情况[1]": SECOND, "排序方式": "按所填先后", "补充笔顺": [{"字": "鼗", "笔顺": "34153"}]}
    text = printed(of_kind(papers(patch), "public_notice"))
    assert text.index("林示例") < text.index("马晓㛃")
    assert "为序" not in text


@pytest.mark.parametrize("patch", [{"考察对象[0].任职方式": "平级调动"}, {"讨论决定.表决情况[0].决定": "未通过"}])
def test_no_notice_is_drawn_where_nobody_is_promoted(patch: dict[str, Any]) -> None:
    assert "public_notice" not in {paper.kind.stem for paper in papers(patch)}


def test_the_identity_number_of_a_case_is_not_in_the_notice() -> None:
    paper = of_kind(papers({"考察对象[0].公民身份号码": "350981198604100023"}), "public_notice")
    assert "350981198604100023" not in printed(paper)


@pytest.mark.parametrize("code", ["6.3b", "17.3", "30.1", "31.3", "34.1a", "34.2", "34.3", "43.1"])
def test_what_the_articles_forbid_is_not_announced(code: str) -> None:
    unlawful = next(rule for rule in regulation().rules if rule.code == code).unlawful
    paper = of_kind(papers(unlawful), "public_notice")
    assert paper.state is PaperState.REFUSED
    assert code in {finding.rule.code for finding in paper.violated}


@pytest.mark.parametrize("code", ["34.1b", "34.4", "35.1a"])
def test_what_comes_of_the_notice_does_not_refuse_it(code: str) -> None:
    unlawful = next(rule for rule in regulation().rules if rule.code == code).unlawful
    assert of_kind(papers(unlawful), "public_notice").state is PaperState.READY
