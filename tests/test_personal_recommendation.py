"""Somebody puts forward a person and signs for it; the department reviews, then the committee studies (article 15)."""

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

EXAMPLE = Path(__file__).parent.parent / "examples" / "personal_recommendation.json"
NOMINATION = "民主推荐.个人推荐[0]"
STUDIED = ("纳入推荐范围", "研究意见", "党委研究日期")
REVIEWED = ("符合条件", "审核意见", "审核日期")


def _read(**changes: Any) -> tuple[dict[str, Any], str]:
    values = apply(json.loads(EXAMPLE.read_text("utf-8")), changes)
    form, warnings = read(LIBRARY.kind("personal_recommendation").form, values, locate_in("推荐.json"))
    return form.context(), "\n".join(map(str, warnings))


def _refused(**changes: Any) -> str:
    with pytest.raises(DataRefused) as caught:
        _read(**changes)
    assert len(caught.value.faults) == 1
    return str(caught.value)


def _without(*titles: str) -> dict[str, None]:
    return dict.fromkeys(titles)


def test_whoever_is_put_forward_is_introduced_by_what_is_known() -> None:
    whole = "林示例，女，畲族，1986年4月生，中共党员，研究生（教育学硕士），现任计算机科学与工程学院党政办公室主任。"
    assert _read()[0]["基本情况"] == whole
    known = _read(**_without("性别", "民族", "出生年月", "政治面貌", "学历", "学位"))[0]["基本情况"]
    assert known == "林示例，现任计算机科学与工程学院党政办公室主任。"


def test_without_a_post_the_person_is_put_forward_for_the_ranks() -> None:
    assert _read(推荐职位=None)[0]["推荐职位"] == "处科级干部"


@pytest.mark.parametrize("day", ["2026-08-26", "2026-08-27"])
def test_a_letter_is_reviewed_on_its_own_day_at_the_earliest(day: str) -> None:
    assert _read(审核日期=day)[1] == ""
    assert "应先收到署名的推荐材料再审核" in _refused(审核日期="2026-08-25")


@pytest.mark.parametrize("day", ["2026-08-28", "2026-08-29"])
def test_the_committee_studies_on_the_day_of_the_review_at_the_earliest(day: str) -> None:
    assert _read(党委研究日期=day)[1] == ""
    assert "应先由组织部审核再由党委研究" in _refused(党委研究日期="2026-08-27")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"推荐人": "林示例"}, "本人不能推荐自己"),
        ({"推荐理由": "暂无。"}, "要负责地写出推荐材料"),
        ({"主送机关": "校党委："}, "末尾不写冒号"),
        ({"符合条件": "否"}, "组织部审核不符合条件，不能纳入民主推荐范围"),
        (_without(*REVIEWED), "组织部还没有审核，不能纳入民主推荐范围"),
        (_without("审核日期"), "填写了是否符合条件，也应填写审核日期"),
        (_without("符合条件", *STUDIED), "填写了审核日期，也应填写是否符合条件"),
        (_without("党委研究日期"), "填写了是否纳入推荐范围，也应填写党委研究日期"),
    ],
)
def test_what_cannot_be_so_is_refused(changes: dict[str, Any], message: str) -> None:
    assert message in _refused(**changes)


def test_who_does_not_qualify_is_recorded_and_not_admitted() -> None:
    assert _read(符合条件="否", 纳入推荐范围="否")[1] == ""
    assert _read(符合条件="否", **_without(*STUDIED))[1] == ""


def test_a_relative_who_is_put_forward_is_pointed_out() -> None:
    assert "有亲属关系（表弟），请在审核时说明" in _read(与被推荐人关系="表弟")[1]


def test_the_letter_of_a_case_takes_the_person_from_those_under_inspection() -> None:
    text = printed(of_kind(papers({"考察对象[0].现任职务": "教务处实践教学科科长"}), "personal_recommendation"))
    for fact in (
        "研究生（教育学硕士），现任教务处实践教学科科长。",
        "（计算机科学与工程学院副院长）",
        "■符合条件",
        "■纳入民主推荐范围",
    ):
        assert fact in text


def test_a_person_of_the_roll_only_is_introduced_as_the_roll_has_it() -> None:
    text = printed(of_kind(papers({f"{NOMINATION}.被推荐人": "欧阳清"}), "personal_recommendation"))
    assert "欧阳清，女，1984年9月生，现任教务处教学质量科科长。" in text


def test_a_person_whom_the_case_does_not_know_is_missed_at_the_nomination() -> None:
    paper = of_kind(papers({f"{NOMINATION}.被推荐人": "周示范"}), "personal_recommendation")
    assert "民主推荐 个人推荐 第 1 项 现任职务" in paper.missing
    known = papers({f"{NOMINATION}.被推荐人": "周示范", f"{NOMINATION}.现任职务": "图书馆副馆长"})
    assert "周示范，现任图书馆副馆长。" in printed(of_kind(known, "personal_recommendation"))


def test_a_letter_is_ready_to_be_written_and_signed_by_hand() -> None:
    known = {"被推荐人": "林示例", "推荐人": "段其琛"}
    paper = of_kind(papers({"民主推荐.个人推荐": [known]}), "personal_recommendation")
    assert paper.state is PaperState.READY
    assert "□符合条件　　□不符合条件" in printed(paper)


def test_a_study_after_the_recommendation_has_begun_refuses_the_letter() -> None:
    unlawful = next(rule for rule in regulation().rules if rule.code == "15.c").unlawful
    paper = of_kind(papers(unlawful), "personal_recommendation")
    assert paper.state is PaperState.REFUSED
    assert [finding.rule.code for finding in paper.violated] == ["15.c"]


@pytest.mark.parametrize(
    "patch",
    [
        {f"{NOMINATION}.署名推荐材料": "否"},
        {f"{NOMINATION}.符合条件": "否", f"{NOMINATION}.纳入推荐范围": "否"},
    ],
)
def test_neither_a_missing_signature_nor_a_list_against_the_review_refuses_the_letter(patch: dict[str, str]) -> None:
    assert of_kind(papers(patch), "personal_recommendation").state is PaperState.READY


def test_each_nomination_has_a_letter_and_a_case_without_any_has_none() -> None:
    second = {"被推荐人": "马晓㛃", "推荐人": "黄允之"}
    both = [paper for paper in papers({"民主推荐.个人推荐[1]": second}) if paper.kind.stem == "personal_recommendation"]
    assert [paper.subjects for paper in both] == [("林示例",), ("马晓㛃",)]
    assert "personal_recommendation" not in {paper.kind.stem for paper in papers({"民主推荐.个人推荐": None})}
