"""What the red-head papers say: titles, trial periods, terms, numbers; and what they refuse."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import docx
import pypdfium2
import pytest
from docx.oxml.ns import qn

from doc_forms import Office
from doc_forms.errors import DataRefused
from doc_forms.form.reading import locate_in, read
from doc_forms.library import Library
from doc_forms.making import Maker
from doc_forms.paper import find_libreoffice, to_pdf

EXAMPLES = Path(__file__).parent.parent / "examples"
PROMOTED = {"姓名": "林示例", "任免方式": "提任", "任职职务": "图书馆馆长"}
MOVED = {"姓名": "周示范", "任免方式": "平级调动", "任职职务": "教务处处长", "免去职务": "人事处处长"}
REMOVED = {"姓名": "阿卜杜拉·买买提", "任免方式": "免职", "免去职务": "校工会副主席"}
CONTINUED = {"姓名": "陈㛃", "任免方式": "连任", "任职职务": "财务处处长"}


def _paper(stem: str, changes: dict[str, Any]) -> dict[str, Any]:
    values = json.loads((EXAMPLES / f"{stem}.json").read_text("utf-8")) | changes
    return read(Library().kind(stem).form, values, locate_in("data.json"))[0].context()


def _notice(*people: dict[str, str], **changes: str) -> dict[str, Any]:
    return _paper("appointment_notice", {"任免人员": list(people), **changes})


def _reply(**changes: str | None) -> dict[str, Any]:
    return _paper("resignation_reply", changes)


def _refusal(stem: str, changes: dict[str, Any]) -> str:
    with pytest.raises(DataRefused) as refused:
        _paper(stem, changes)
    return str(refused.value)


@pytest.mark.parametrize(
    ("people", "title"),
    [
        ([PROMOTED], "关于林示例同志任职的通知"),
        ([PROMOTED, CONTINUED], "关于林示例、陈㛃同志任职的通知"),
        ([PROMOTED, CONTINUED, {**CONTINUED, "姓名": "何范"}], "关于林示例等同志任职的通知"),
        ([MOVED], "关于周示范同志职务任免的通知"),
        ([PROMOTED, MOVED, REMOVED], "关于林示例等同志职务任免的通知"),
        ([REMOVED], "关于阿卜杜拉·买买提同志免职的通知"),
    ],
)
def test_a_notice_is_titled_by_how_many_people_it_names_and_what_it_does(
    people: list[dict[str, str]], title: str
) -> None:
    assert _notice(*people)["标题"] == title


def test_only_a_promotion_carries_the_trial_period() -> None:
    decisions = [person["任免内容"] for person in _notice(PROMOTED, MOVED, CONTINUED)["任免人员"]]
    assert decisions == [
        "林示例同志任图书馆馆长（试用期一年）",
        "周示范同志任教务处处长，免去其人事处处长职务",
        "陈㛃同志继续任财务处处长",
    ]


def test_someone_only_removed_is_not_said_to_be_appointed() -> None:
    notice = _notice(REMOVED)
    assert notice["任免人员"][0]["任免内容"] == "免去阿卜杜拉·买买提同志校工会副主席职务"
    assert notice["任职起算"] == ""


@pytest.mark.parametrize(
    ("people", "term"),
    [
        ([PROMOTED], "任职时间自2026年9月18日起计算。"),
        ([PROMOTED, MOVED], "以上同志的任职时间自2026年9月18日起计算。"),
        ([PROMOTED, REMOVED], "林示例同志的任职时间自2026年9月18日起计算。"),
        ([PROMOTED, MOVED, REMOVED], "以上任职同志的任职时间自2026年9月18日起计算。"),
    ],
)
def test_the_term_counts_from_the_decision_for_those_appointed(people: list[dict[str, str]], term: str) -> None:
    assert _notice(*people)["任职起算"] == term


def test_who_passed_the_trial_serves_from_the_first_decision() -> None:
    passed = {
        "姓名": "龚𬭚",
        "任免方式": "试用期满",
        "任职职务": "校团委书记",
        "试任决定日期": "2025.09.12",
    }
    notice = _notice(passed)
    assert notice["任免人员"][0]["任免内容"] == "龚𬭚同志试用期满，正式任校团委书记，任职时间自2025年9月12日起计算"
    assert notice["任职起算"] == ""


def test_a_long_title_breaks_between_its_phrases() -> None:
    names = ("古丽米热·艾合买提江", "阿卜杜拉·买买提")
    title = _notice(*({**MOVED, "姓名": name} for name in names))["标题分行"]
    assert title == "关于古丽米热·艾合买提江、\n阿卜杜拉·买买提同志职务任免的通知"


def test_the_title_of_a_long_post_breaks_at_its_commas_and_brackets() -> None:
    post = "继续教育学院（职业技能培训中心）党总支书记、信息技术中心副主任"
    title = _reply(所免职务=post)["标题分行"]
    assert title.split("\n") == [
        "关于同意林示例同志辞去",
        "继续教育学院（职业技能培训中心）",
        "党总支书记、信息技术中心副主任职务的批复",
    ]


@pytest.mark.parametrize("typed", ["示院委[2026]028号", "示院委（2026）第28号", "示院委〔2026〕28号"])
def test_a_document_number_has_corner_brackets_and_no_leading_zeros(typed: str) -> None:
    assert _notice(PROMOTED, 发文字号=typed)["发文字号"] == "示院委〔2026〕28号"


def test_an_issuing_mark_that_would_not_fit_its_line_is_set_smaller() -> None:
    assert _notice(PROMOTED)["标志较长"] == "否"
    assert _notice(PROMOTED, 发文机关标志="中共示例师范职业技术大学委员会文件")["标志较长"] == "是"


def test_a_signature_that_would_not_fit_above_its_date_gets_a_wider_block() -> None:
    assert _notice(PROMOTED, 署名="中共示例师范职业大学委员会")["署名较长"] == "否"
    assert _notice(PROMOTED, 署名="中共示例师范职业技术大学委员会")["署名较长"] == "是"


@pytest.mark.parametrize(
    "stem",
    [
        "appointment_notice",
        "discipline_inquiry",
        "inspection_notice",
        "public_notice",
        "removal_notice",
        "resignation_reply",
    ],
)
def test_only_under_a_long_signature_the_date_leaves_its_place_four_characters_from_the_margin(
    stem: str, tmp_path: Path
) -> None:
    values = json.loads((EXAMPLES / f"{stem}.json").read_text("utf-8"))
    assert _signed(stem, {**values, "署名": "中共示例学院委员会"}, tmp_path / "short") == ("right", "400")
    assert _signed(stem, {**values, "署名": "中共示例师范职业技术大学委员会"}, tmp_path / "long") == ("center", None)


def _signed(stem: str, values: dict[str, str], out: Path) -> tuple[str | None, str | None]:
    """How the date below the signature is aligned, and its distance from the margin in hundredths of a character."""
    paper = Office().fill(stem, values, out).path
    paragraphs = list(docx.Document(str(paper)).paragraphs)
    signature = max(number for number, paragraph in enumerate(paragraphs) if paragraph.text == values["署名"])
    alignment = paragraphs[signature + 1]._p.find(f".//{qn('w:jc')}")
    indent = paragraphs[signature + 1]._p.find(f".//{qn('w:ind')}")
    assert alignment is not None
    assert indent is not None
    return alignment.get(qn("w:val")), indent.get(qn("w:rightChars"))


@pytest.mark.parametrize(
    ("person", "message"),
    [
        ({"姓名": "林示例", "任免方式": "提任"}, "应填写任职职务"),
        ({**PROMOTED, "任免方式": "免职"}, "不填任职职务"),
        ({"姓名": "林示例", "任免方式": "免职"}, "应填写免去的职务"),
        ({**PROMOTED, "任免方式": "试用期满"}, "试任决定日期"),
        ({**PROMOTED, "任职职务": "图书馆馆长（试用期一年）"}, "不写试用期"),
        ({**MOVED, "免去职务": "人事处处长职务"}, "不写“职务”二字"),
    ],
)
def test_posts_that_do_not_go_with_the_manner_are_refused(person: dict[str, str], message: str) -> None:
    assert message in _refusal("appointment_notice", {"任免人员": [person]})


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"成文日期": "2026年9月17日"}, "早于校党委会决定日期"),
        ({"印发日期": "2026年9月27日"}, "早于成文日期"),
        ({"主送机关": "各学院："}, "末尾不写冒号"),
        ({"抄送机关": "人事处。"}, "末尾不写句号"),
    ],
)
@pytest.mark.parametrize("stem", ["appointment_notice", "resignation_reply", "removal_notice"])
def test_what_the_paper_adds_itself_or_signs_too_early_is_refused(
    stem: str, changes: dict[str, str], message: str
) -> None:
    assert message in _refusal(stem, changes)


@pytest.mark.parametrize(
    ("kind", "decision"),
    [
        ("自愿辞职", "同意林示例同志辞去计算机科学与工程学院副院长职务。"),
        ("引咎辞职", "同意林示例同志引咎辞去计算机科学与工程学院副院长职务。"),
        ("责令辞职", "同意林示例同志辞去计算机科学与工程学院副院长职务（责令辞职）。"),
    ],
)
def test_the_reply_names_the_way_of_resigning(kind: str, decision: str) -> None:
    reply = _reply(辞职类型=kind)
    assert reply["决定"] == decision
    assert reply["标题"] == "关于同意林示例同志辞去计算机科学与工程学院副院长职务的批复"
    assert reply["来文引述"].startswith("你总支《关于林示例同志")
    assert reply["结语"] == "此复。"


@pytest.mark.parametrize(
    ("stated", "decision"),
    [
        ("是", "因达到退休年龄界限，免去林示例同志图书馆馆长职务。"),
        ("否", "免去林示例同志图书馆馆长职务。"),
    ],
)
def test_a_removal_states_its_case_only_when_asked(stated: str, decision: str) -> None:
    notice = _paper("resignation_reply", _removal(stated))
    assert (notice["标题"], notice["决定"]) == ("关于林示例同志免职的通知", decision)
    assert (notice["来文引述"], notice["结语"]) == ("", "特此通知。")


def _removal(stated: str) -> dict[str, str | None]:
    return {
        "文种": "免职通知",
        "所免职务": "图书馆馆长",
        "免职情形": "达到退休年龄界限",
        "写明免职情形": stated,
        "辞职类型": None,
        "来文标题": None,
        "来文字号": None,
    }


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"辞职类型": None}, "应填写"),
        ({"免职情形": "调出"}, "不填"),
        ({"来文标题": None}, "也应填写来文标题"),
        ({"文种": "免职通知"}, "免职通知不引来文"),
        ({"来文标题": "《关于辞职的请示》"}, "不写书名号"),
    ],
)
def test_facts_that_the_chosen_paper_has_no_place_for_are_refused(changes: dict[str, str | None], message: str) -> None:
    assert message in _refusal("resignation_reply", changes)


@pytest.mark.skipif(find_libreoffice() is None, reason="LibreOffice is not installed")
def test_the_imprint_of_a_notice_never_stands_alone_on_a_page_however_many_people_it_names(tmp_path: Path) -> None:
    values = json.loads((EXAMPLES / "appointment_notice.json").read_text("utf-8"))
    files = []
    for count in range(3, 25):  # a person takes one line and a page has 22: every end of a page comes up
        people = [{**MOVED, "姓名": f"周示{chr(0x4E00 + number)}"} for number in range(count)]
        files.append(tmp_path / f"{count}.docx")
        maker = Maker.open(Library().kind("appointment_notice"))
        form, _ = read(maker.kind.form, {**values, "任免人员": people}, locate_in("data.json"))
        files[-1].write_bytes(maker.make(maker.draft(form)))
    last_pages = [_last_page(pdf) for pdf in to_pdf(files, tmp_path)]
    assert [text.startswith("抄送") for text in last_pages] == [False] * len(files)
    assert all("特此通知。" in text and "印发" in text for text in last_pages)


def _last_page(pdf: Path) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "".join(document[len(document) - 1].get_textpage().get_text_range().split())
    finally:
        document.close()
