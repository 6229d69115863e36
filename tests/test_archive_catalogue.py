"""How the catalogue reads on paper: no name is broken over two lines, what stands in a narrow column fits it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import docx
import pypdfium2
import pytest
from archive_made import archived, case_in

from doc_forms.errors import Place
from doc_forms.form.reading import read
from doc_forms.identity import identity_of
from doc_forms.library import Library
from doc_forms.making import Maker
from doc_forms.packages import open_template
from doc_forms.paper import find_libreoffice, to_pdf

LIBRARY = Library()
FITTING = LIBRARY.module("_fitting")
WIDTH = LIBRARY.module("archive_catalogue").SUBJECT_WIDTH
ROOT = Path(__file__).resolve().parent.parent
TEMPLATE = ROOT / "templates" / "archive_catalogue.docx"
EXAMPLE: dict[str, Any] = json.loads((ROOT / "examples" / "archive_catalogue.json").read_text("utf-8"))
TWIPS = 20
needs_libreoffice = pytest.mark.skipif(find_libreoffice() is None, reason="LibreOffice is not installed")


def lines(text: str, *words: str, width: float = WIDTH) -> list[str]:
    return str(FITTING.kept_lines(text, words, width)).split("\n")


def test_a_subject_breaks_between_its_phrases_where_they_fit_on_lines_of_their_own() -> None:
    assert lines("推荐情况汇总表 谈话调研推荐 计算机科学与工程学院副院长") == [
        "推荐情况汇总表 谈话调研推荐",
        "计算机科学与工程学院副院长",
    ]


@pytest.mark.parametrize("before", range(17))
def test_a_name_stays_whole_wherever_the_line_ends(before: int) -> None:
    names = ("马晓㛃", "阿卜杜拉·买买提", "林示例")
    text = f"关于{'甲' * before}征求马晓㛃、阿卜杜拉·买买提、林示例同志党风廉政情况意见的函"
    made = lines(text, *names)
    assert "".join(made) == text
    assert all(sum(name in line for line in made) == 1 for name in names)
    assert all(FITTING.ems(line) <= WIDTH and line[0] not in "、，。）］" for line in made)


def test_a_date_and_a_number_stay_whole_too() -> None:
    assert lines("关于古丽娜尔·艾合买提同志任职2026年9月28日党委会决定", "古丽娜尔·艾合买提") == [
        "关于古丽娜尔·艾合买提同志任职",
        "2026年9月28日党委会决定",
    ]


def test_a_word_that_no_line_holds_is_parted_where_the_line_is_full() -> None:
    assert lines("甲" * 40, "甲" * 17) == ["甲" * 16, "甲" * 16, "甲" * 8]


def test_the_columns_of_the_template_hold_what_usually_stands_in_them() -> None:
    """Widths in twips; the letters' sizes are those of the template's runs, in half points."""
    table = docx.Document(str(TEMPLATE)).tables[1]
    usual = {
        "档号": "J001-WS·2026-D30-ZZB-0001",
        "文号": "示院组函〔2026〕28号",
        "责任者": "中共示例学院委员会组织部",
        "题名各行": "一" * int(WIDTH),
        "日期": "20260917",
        "备注": "缺件（第二十七条）",
    }
    row = next(row for row in table.rows if "{{ 件.序号 }}" in row.cells[0].text)
    for cell in row.cells:
        title = re.sub(r"[{} ]|件\.", "", cell.text)
        if title in usual:
            size = cell.paragraphs[0].runs[0].font.size
            assert size is not None
            assert cell.width is not None
            room = (cell.width.pt - 2 * 45 / TWIPS) / size.pt
            assert FITTING.ems(usual.pop(title)) <= room, title
    assert not usual


@needs_libreoffice
def test_the_printed_catalogue_breaks_no_name_and_says_what_is_missing_on_one_line(tmp_path: Path) -> None:
    names = ["马示范", "林示例"]
    subjects = [f"关于征求{'某' * number}马示范、林示例同志党风廉政情况意见的函" for number in range(6, 14)]
    rows = [{"序号": number, "题名": text, "整词": names} for number, text in enumerate(subjects, 1)]
    facts = EXAMPLE | {"归档文件": [*rows, {"题名": "综合评价材料", "备注": "缺件（第二十七条）"}]}
    (tmp_path / "paper.docx").write_bytes(made(facts))
    to_pdf([tmp_path / "paper.docx"], tmp_path)
    text = printed(tmp_path / "paper.pdf")
    assert [text.count(name) for name in names] == [8 + EXAMPLE["案卷题名"].count(name) for name in names]
    assert "缺件（第二十七条）" in text


def test_a_catalogue_of_a_case_keeps_the_names_of_those_whom_its_papers_are_about(tmp_path: Path) -> None:
    year = archived(case_in(tmp_path), tmp_path / "out")
    assert year.cases[0].folder is not None
    paper = next(year.cases[0].folder.glob("01*")) / "data" / "000_归档文件目录.docx"
    identity = identity_of(open_template(paper))
    assert identity is not None
    assert identity.data is not None
    words = {row["题名"]: row.get("整词", []) for row in identity.data["归档文件"]}
    assert sorted(words["关于征求马晓㛃、林示例同志党风廉政情况意见的函"]) == ["林示例", "马晓㛃"]
    assert words["关于林示例同志职务任免的通知"] == ["林示例"]


def printed(file: Path) -> str:
    with pypdfium2.PdfDocument(file) as pdf:
        return "\n".join(page.get_textpage().get_text_bounded().replace("\r", "") for page in pdf)


def made(facts: dict[str, Any], template: Path | None = None) -> bytes:
    kind = LIBRARY.kind("archive_catalogue")
    form, _ = read(kind.form, facts, lambda _path: Place())
    maker = Maker.open(kind, template)
    return maker.make(maker.draft(form))


def test_an_office_that_prints_the_subject_itself_still_can(tmp_path: Path) -> None:
    own = docx.Document(str(TEMPLATE))
    for row in own.tables[1].rows:
        for run in row.cells[4].paragraphs[0].runs:
            run.text = run.text.replace("题名各行", "题名")
    file = tmp_path / "archive_catalogue.docx"
    own.save(str(file))
    (tmp_path / "paper.docx").write_bytes(made(EXAMPLE, file))
    said = docx.Document(str(tmp_path / "paper.docx")).tables[1].rows[4].cells[4].text
    assert said == EXAMPLE["归档文件"][3]["题名"]
