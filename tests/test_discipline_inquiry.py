"""The letter to the discipline committee: about whom, until when, with the form of the reply (article 24)."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from case_papers import of_kind, papers, printed
from rules_support import LIBRARY, apply, regulation

from doc_forms import Office
from doc_forms.casework.papers import CasePaper, PaperState
from doc_forms.errors import DataRefused
from doc_forms.form.reading import locate_in, read

EXAMPLE = Path(__file__).parent.parent / "examples" / "discipline_inquiry.json"
ASKED = "考察.考察情况[{}].征求纪委意见日期"
ANSWERS = ("未发现问题", "有反映正在核实", "处分影响期内", "其他")


def filled(**changes: Any) -> dict[str, Any]:
    data = apply(json.loads(EXAMPLE.read_text("utf-8")), changes)
    return read(LIBRARY.kind("discipline_inquiry").form, data, locate_in("函.json"))[0].context()


def refused(**changes: Any) -> str:
    with pytest.raises(DataRefused) as caught:
        filled(**changes)
    assert len(caught.value.faults) == 1
    return str(caught.value)


def person(name: str) -> dict[str, str]:
    return {"姓名": name, "现任职务": "图书馆副馆长", "拟任职务": "图书馆馆长"}


@pytest.mark.parametrize(
    ("names", "title"),
    [
        (["林示例"], "关于征求林示例同志党风廉政情况意见的函"),
        (["林示例", "马晓㛃"], "关于征求马晓㛃、林示例同志党风廉政情况意见的函"),
        (["林示例", "马晓㛃", "郑样"], "关于征求马晓㛃等同志党风廉政情况意见的函"),
    ],
)
def test_the_title_names_two_people_in_order_and_more_by_the_first(names: list[str], title: str) -> None:
    shown = filled(征求意见人员=[person(name) for name in names])
    assert shown["标题"] == shown["标题分行"].replace("\n", "") == title
    assert shown["缘由"].count("同志被确定为考察对象") == 1


@pytest.mark.parametrize(
    ("addressee", "you"),
    [("中共示例学院纪律检查委员会", "征求你委意见"), ("校纪委", "征求你委意见"), ("监察专员办公室", "征求你单位意见")],
)
def test_whoever_is_asked_is_addressed_as_what_it_is(addressee: str, you: str) -> None:
    assert you in filled(主送机关=addressee)["缘由"]


def test_without_the_day_of_the_determination_the_letter_claims_none() -> None:
    assert "拟对以下2名同志进行考察" in filled(确定考察对象日期=None)["缘由"]


@pytest.mark.parametrize(
    ("kind", "words"),
    [("提拔", "现因干部提任工作需要，就上述人员党风廉政情况征求"), (None, "进行考察。现就上述人员党风廉政情况征求")],
)
def test_the_letter_says_its_type_and_one_without_it_reads_as_before(kind: str | None, words: str) -> None:
    assert words in filled(类型=kind, 确定考察对象日期=None)["缘由"]
    assert "应为以下之一：选拔任用、提任" in refused(类型="函询")


@pytest.mark.parametrize(
    ("ways", "words"),
    [
        (("提任", "提任"), "现因干部提任工作需要"),
        (("提任", "平级调动"), "现因干部选拔任用工作需要"),
        (("提任", None), "。现就上述人员"),
    ],
)
def test_the_type_comes_from_the_ways_in_which_the_people_are_to_be_appointed(
    ways: tuple[str | None, ...], words: str
) -> None:
    (letter,) = letters({f"考察对象[{number}].任职方式": way for number, way in enumerate(ways)})
    assert words in printed(letter)


@pytest.mark.parametrize(
    ("stem", "title"),
    [
        ("discipline_inquiry", "联系电话"),
        ("inspection_notice", "监督举报电话"),
        ("public_notice", "受理电话"),
        ("competition_application", "联系电话"),
    ],
)
def test_a_telephone_number_is_printed_whole_and_given_back_as_it_was_typed(
    tmp_path: Path, stem: str, title: str
) -> None:
    data = EXAMPLE.with_name(f"{stem}.json")
    paper = Office().fill(stem, data, tmp_path).path
    number = json.loads(data.read_text("utf-8"))[title]
    body = zipfile.ZipFile(paper).read("word/document.xml").decode()
    assert "-" in number
    assert (number.replace("-", "\u2011") in body, number in body) == (True, False)
    published = {"inspection_notice", "public_notice"}  # these carry none of their data
    kept = Office().open_data(paper).data or {}
    assert kept.get(title) == (None if stem in published else number)


@pytest.mark.parametrize("day", ["2026-09-10", "2026-09-11"])
def test_a_reply_may_be_asked_for_on_the_day_of_the_letter_at_the_earliest(day: str) -> None:
    assert filled(回复期限=day)
    assert "“回复期限”：早于成文日期" in refused(回复期限="2026-09-09")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"确定考察对象日期": "2026-09-11"}, "早于确定考察对象日期"),
        ({"主送机关": "校纪委："}, "末尾不写冒号"),
        ({"发文机关标志": "中共示例学院委员会组织部文件"}, "请删去“文件”二字"),
        ({"征求意见人员[1].姓名": "林示例"}, "林示例 出现 2 次"),
        ({"征求意见人员": []}, "至少要有 1 项"),
        ({"征求意见人员[0].公民身份号码": "1"}, "公民身份号码"),
    ],
)
def test_what_cannot_be_so_is_refused(changes: dict[str, Any], message: str) -> None:
    assert message in refused(**changes)


def test_the_reply_has_four_boxes_for_everybody_none_of_them_ticked() -> None:
    text = printed(of_kind(papers(), "discipline_inquiry"))
    assert [text.count(f"□{answer}") for answer in ANSWERS] == [2, 2, 2, 2]
    assert "■" not in text


def test_the_reply_begins_on_a_page_of_its_own() -> None:
    body = docx.Document(str(LIBRARY.kind("discipline_inquiry").template))
    assert [item.text for item in body.paragraphs if item.paragraph_format.page_break_before] == ["附件"]


def test_the_letter_of_a_case_takes_its_number_and_term_from_the_letter_of_that_day() -> None:
    paper = of_kind(papers(), "discipline_inquiry")
    text = printed(paper)
    for fact in ("示院组函〔2026〕9号", "2026年9月15日前书面回复", "马晓㛃", "1986.04", "（联系人：吴试行  联系电话："):
        assert fact in text
    assert paper.subjects == ("林示例", "马晓㛃")


def letters(patch: dict[str, Any]) -> list[CasePaper]:
    return [paper for paper in papers(patch) if paper.kind.stem == "discipline_inquiry"]


def test_people_asked_about_on_two_days_stand_in_two_letters() -> None:
    later = {ASKED.format(1): "2026-09-11"}
    first, second = letters(later)
    assert (first.subjects, first.state) == (("林示例",), PaperState.READY)
    assert (second.subjects, second.state) == (("马晓㛃",), PaperState.REFUSED)
    assert second.missing == ("考察 廉政意见函 第 1 项 回复期限",)
    own = {"发文字号": "示院组函〔2026〕10号", "成文日期": "2026-09-11", "回复期限": "2026-09-16"}
    assert "示院组函〔2026〕10号" in printed(letters(later | {"考察.廉政意见函[1]": own})[1])


def test_before_anybody_is_asked_about_the_letter_waits_for_its_day() -> None:
    (paper,) = letters({ASKED.format(0): None, ASKED.format(1): None, "考察.廉政意见函[0].成文日期": None})
    assert (paper.state, paper.missing) == (PaperState.MISSING, ("考察 考察情况 第 1 项 征求纪委意见日期",))


def test_a_letter_that_follows_its_answer_is_refused() -> None:
    late = {ASKED.format(0): "2026-09-16", ASKED.format(1): "2026-09-16"}
    (paper,) = letters(late | {"考察.廉政意见函[0]": {"回复期限": "2026-09-18"}})
    assert paper.state is PaperState.REFUSED
    assert {finding.rule.code for finding in paper.violated} == {"24.1"}


@pytest.mark.parametrize("code", ["17.6", "21.2", "24.2a", "24.3", "24.4"])
def test_what_else_the_inspection_asks_for_does_not_refuse_the_letter(code: str) -> None:
    unlawful = next(rule for rule in regulation().rules if rule.code == code).unlawful
    assert of_kind(papers(unlawful), "discipline_inquiry").state is PaperState.READY
