"""The blank roster that is handed to a clerk, and its way back."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Annotated

import openpyxl
import pytest
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from workbooks import Relative, Review

from doc_forms.errors import LibraryRefused, Severity
from doc_forms.form import About, Form, Line, Part, PersonName, choice, field
from doc_forms.library import Library
from doc_forms.packages import check_workbook
from doc_forms.roster import open_roster, write_blank

RANKS = tuple(f"专业技术岗位第{number}级" for number in range(60))
ROSTER_KINDS = [kind.stem for kind in Library().kinds() if kind.form.about.roster]


def blank(form: type[Form] = Review) -> Workbook:
    stream = io.BytesIO()
    write_blank(form, stream, form.about.title)
    return openpyxl.load_workbook(stream)


def test_a_blank_roster_has_a_column_a_field_a_sheet_a_list_and_instructions() -> None:
    book = blank()
    assert book.sheetnames == ["名册", "家庭成员", "填写说明"]
    headings = [cell.value for cell in book["名册"][1]]
    assert headings[:4] == ["序号*", "姓名*", "性别", "出生年月*"]
    assert headings[-3:] == ["参加人员", "组长.姓名", "组长.职务"]
    assert [cell.value for cell in book["家庭成员"][1]] == ["所属序号*", "称谓*", "家属姓名*", "家属出生年月"]


def test_columns_are_text_but_for_counts_and_the_headings_are_frozen() -> None:
    sheet = blank()["名册"]
    letters = {str(cell.value).rstrip("*"): get_column_letter(n) for n, cell in enumerate(sheet[1], 1)}
    assert sheet.column_dimensions[letters["公民身份号码"]].number_format == "@"
    assert sheet.column_dimensions[letters["票数"]].number_format == "General"
    assert sheet[f"{letters['出生年月']}2"].number_format == "@"
    assert str(sheet.freeze_panes).endswith("2")


def test_each_heading_says_what_it_means_and_required_ones_are_seen() -> None:
    sheet = blank()["名册"]
    assert sheet["B1"].comment.text == "姓名（必填）\n按身份证填写，如 阿卜杜拉·买买提。\n示例：林示例"
    assert sheet["B1"].fill.fgColor.rgb != sheet["C1"].fill.fgColor.rgb
    assert "选填" in sheet["C1"].comment.text


def test_lists_of_words_drop_down_long_ones_from_a_hidden_sheet() -> None:
    rules = {str(rule.sqref): rule.formula1 for rule in blank()["名册"].data_validations.dataValidation}
    assert rules["C2:C5000"] == '"男,女"'

    class Ranked(Form):
        about = About(title="职级", articles=(1,), file_name="x")
        rank: Annotated[str, *choice("职级", RANKS)] = field("职级", example=RANKS[0])

    book = blank(Ranked)
    (rule,) = book["名册"].data_validations.dataValidation
    assert rule.formula1 == "'可选值'!$A$1:$A$60"
    assert (book["可选值"].sheet_state, book["可选值"]["A60"].value) == ("hidden", RANKS[-1])


def test_a_filled_blank_comes_back_and_its_example_is_not_read(tmp_path: Path) -> None:
    book = blank()
    given = ("1", "赵样本", "男", "1975.10", "11010519491231002X", "汉族", "群众", "00712", "2026年9月18日", 12, None)
    book["名册"].append([*given, "周示范、吴样本", "陈示例"])
    book["家庭成员"].append([1, "妻", "阿依古丽·买买提", None])
    book.save(tmp_path / "名册.xlsx")
    with open_roster(tmp_path / "名册.xlsx", Review) as roster:
        (row,) = roster.rows()
        form, _ = row.read(Review)
        assert roster.notices == []
    assert form.data() == {
        "姓名": "赵样本",
        "性别": "男",
        "出生年月": "1975-10",
        "公民身份号码": "11010519491231002X",
        "民族": "汉族",
        "政治面貌": "群众",
        "工号": "00712",
        "决定日期": "2026-09-18",
        "票数": 12,
        "参加人员": ["周示范", "吴样本"],
        "组长": {"姓名": "陈示例"},
        "家庭成员": [{"称谓": "妻", "家属姓名": "阿依古丽·买买提"}],
    }


@pytest.mark.parametrize("stem", ROSTER_KINDS)
def test_every_kind_has_a_blank_roster_that_is_safe_and_empty_when_it_comes_back(tmp_path: Path, stem: str) -> None:
    kind = Library().kind(stem)
    path = tmp_path / "名册.xlsx"
    with path.open("wb") as stream:
        write_blank(kind.form, stream, kind.title)
    check_workbook(path)
    with open_roster(path, kind.form) as roster:
        assert list(roster.rows()) == []
        assert [notice.code for notice in roster.notices] == ["roster-empty"]


@pytest.mark.parametrize("stem", ROSTER_KINDS)
def test_the_example_of_every_kind_has_no_faulty_cell_once_it_is_numbered(tmp_path: Path, stem: str) -> None:
    kind = Library().kind(stem)
    book = blank(kind.form)
    for sheet in book.worksheets[:-1]:
        if sheet["A2"].value == "示例":
            sheet["A2"] = 1
    path = tmp_path / "名册.xlsx"
    book.save(path)
    with open_roster(path, kind.form) as roster:
        (row,) = roster.rows()
        assert [fault for fault in row.faults if fault.severity is Severity.ERROR] == []


def test_the_same_form_gives_the_same_bytes_without_the_time_in_them() -> None:
    first, second = io.BytesIO(), io.BytesIO()
    write_blank(Review, first, "审核表")
    write_blank(Review, second, "审核表")
    assert first.getvalue() == second.getvalue()
    with zipfile.ZipFile(first) as package:
        assert {entry.date_time[0] for entry in package.infolist()} == {1980}
        assert package.read("docProps/core.xml").count(b"2020-01-01T00:00:00Z") == 2


def test_an_example_that_looks_like_a_formula_is_text() -> None:
    class Odd(Form):
        about = About(title="怪例", articles=(1,), file_name="x")
        sign: Line = field("符号", example="=1+1")

    assert blank(Odd)["名册"]["B2"].data_type == "s"


def test_a_list_inside_a_list_cannot_be_a_roster() -> None:
    class Branch(Part):
        name: PersonName = field("姓名", example="陈示例")
        family: list[Relative] = field("家属", at_least=0)

    class Tree(Form):
        about = About(title="谱", articles=(1,), file_name="x")
        branches: list[Branch] = field("支", at_least=1)

    with pytest.raises(LibraryRefused, match="“支”中又有列表“家属”"):
        blank(Tree)
