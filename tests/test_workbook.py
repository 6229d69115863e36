"""A paper that also comes as a workbook: the same facts as tables, whole or not at all, known to the register."""

from __future__ import annotations

import hashlib
import io
import json
import os
import stat
import zipfile
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from rules_support import lawful_case

from doc_forms import MergeOptions, Office
from doc_forms.errors import OutputRefused
from doc_forms.form import Form
from doc_forms.library import Library
from doc_forms.office import RecordsChoice
from doc_forms.records import Entry, EntryState, Records
from doc_forms.workbook import workbook_of

EXAMPLES = Path(__file__).parent.parent / "examples"
SCHEMA = """
from doc_forms.form import About, Count, Day, Form, Line, Part, PersonName, computed, field


class Item(Part):
    name: Line = field("品名")
    number: Count = field("数量")
    kept: Day | None = field("入库日期", prints="chinese", blank="—")
    inner: Line | None = field("内部编号", blank="", printed=False)


class Total(Part):
    number: Count = field("总数")


class Stock(Form):
    about = About(title="物品清单", articles=(48,), file_name="物品清单_{保管人}", workbook=("物品", "小计"))
    keeper: PersonName = field("保管人", example="林示例")
    place: Line | None = field("地点", blank="　　　　楼")
    secret: Line | None = field("密码", blank="", printed=False)
    items: list[Item] = field("物品", at_least=1)

    @computed("小计")
    def totals(self) -> list[Total]:
        return [Total(number=sum(item.number for item in self.items))]
"""
ITEMS = [
    {"品名": '=HYPERLINK("x")', "数量": 12, "入库日期": "2026-09-18", "内部编号": "甲"},
    {"品名": "+1", "数量": 0},
]
DATA: dict[str, Any] = {"保管人": "林示例", "密码": "口令", "物品": ITEMS}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of one kind that also comes as a workbook."""
    folder = tmp_path_factory.mktemp("library")
    (folder / "schemas").mkdir()
    (folder / "templates").mkdir()
    (folder / "schemas" / "stock.py").write_text(SCHEMA, "utf-8")
    document = docx.Document()
    for line in (
        "{{ 保管人 }}{{ 地点 }}",
        "{% for 物 in 物品 %}{{ 物.品名 }}{{ 物.数量 }}{{ 物.入库日期 }}{% endfor %}",
        "{% for 和 in 小计 %}{{ 和.总数 }}{% endfor %}",
    ):
        document.add_paragraph(line)
    document.save(str(folder / "templates" / "stock.docx"))
    return folder


def form_of(library: Path, data: dict[str, Any]) -> Form:
    return Library(library).kind("stock").form.model_validate(data)


def roster(path: Path, library: Path, count: int) -> Path:
    Office(library).roster("stock", path)
    book = openpyxl.load_workbook(path)
    for number in range(1, count + 1):
        book["名册"].append([number, f"林{chr(0x4E00 + number)}"])
        book["物品"].append([number, "纸", number])
    book.save(path)
    return path


def entries(url: str) -> list[Entry]:
    with Records.open(url) as records:
        assert [str(fault) for fault in records.check()] == []
        return records.entries()


def test_lists_become_sheets_under_their_titles_and_single_facts_stand_above(library: Path, tmp_path: Path) -> None:
    paper = Office(library).fill("stock", DATA, tmp_path)
    assert paper.workbook == tmp_path / "物品清单_林示例.xlsx"
    book = openpyxl.load_workbook(paper.workbook)
    assert book.sheetnames == ["物品", "小计"]
    assert list(book["物品"].values) == [
        ("物品清单", None, None),
        ("保管人：林示例", None, None),
        (None, None, None),
        ("品名", "数量", "入库日期"),
        ('=HYPERLINK("x")', 12, "2026年9月18日"),
        ("+1", 0, "—"),
    ]
    assert list(book["小计"].values)[-2:] == [("总数",), (12,)]


def test_what_is_not_printed_is_not_in_the_workbook_either(library: Path) -> None:
    assert b"\xe5\x8f\xa3\xe4\xbb\xa4" not in b"".join(unpacked(workbook_of(form_of(library, DATA))))


def unpacked(data: bytes) -> list[bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return [package.read(name) for name in package.namelist()]


def test_a_text_that_begins_as_a_formula_stays_text_and_a_number_a_number(library: Path, tmp_path: Path) -> None:
    paper = Office(library).fill("stock", DATA, tmp_path)
    assert paper.workbook
    sheet = openpyxl.load_workbook(paper.workbook)["物品"]
    assert [(sheet[cell].data_type, sheet[cell].number_format) for cell in ("A5", "A6", "B5")] == [
        ("s", "General"),
        ("s", "General"),
        ("n", "0"),
    ]
    assert not any(b"<f>" in part for part in unpacked(paper.workbook.read_bytes()))


def test_a_sheet_keeps_its_heading_and_prints_on_a4(library: Path, tmp_path: Path) -> None:
    paper = Office(library).fill("stock", {**DATA, "物品": [{"品名": "长" * 200, "数量": 1}]}, tmp_path)
    assert paper.workbook
    sheet = openpyxl.load_workbook(paper.workbook)["物品"]
    assert sheet.freeze_panes == "A5"
    assert sheet.print_title_rows == "$4:$4"
    assert sheet.page_setup.paperSize == 9
    assert sheet.sheet_properties.pageSetUpPr
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width) == (32, 6)
    assert sheet["A5"].alignment.wrap_text


def test_the_same_form_gives_the_same_bytes(library: Path) -> None:
    assert workbook_of(form_of(library, DATA)) == workbook_of(form_of(library, DATA))


def test_a_text_that_excel_would_cut_off_says_that_it_goes_on(library: Path) -> None:
    form = form_of(library, {**DATA, "物品": [{"品名": "纸" * 40000, "数量": 1}]})
    text = str(openpyxl.load_workbook(io.BytesIO(workbook_of(form)))["物品"]["A5"].value)
    assert len(text) == 32767
    assert text.endswith("（余下文字见 Word 文书）")


def test_a_workbook_that_was_edited_is_kept_and_the_new_one_saved_beside_it(library: Path, tmp_path: Path) -> None:
    office = Office(library)
    first = office.fill("stock", DATA, tmp_path)
    assert first.workbook
    assert stat.S_IMODE(first.workbook.stat().st_mode) == 0o600
    first.workbook.write_bytes(b"edited by hand")
    second = office.fill("stock", DATA, tmp_path)
    assert (second.path, second.written) == (first.path, False)
    assert second.workbook == tmp_path / "物品清单_林示例_新稿.xlsx"
    assert first.workbook.read_bytes() == b"edited by hand"
    second.workbook.unlink()
    assert office.fill("stock", DATA, tmp_path).workbook == second.workbook
    assert second.workbook.is_file()


def test_a_workbook_that_cannot_be_written_leaves_nothing_half_made(library: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    in_the_way = out / f".doc_forms-{os.getpid()}-物品清单_林示例.xlsx"  # where its temporary file would be
    in_the_way.mkdir()
    with pytest.raises(OutputRefused):
        Office(library).fill("stock", DATA, out)
    assert not [file for file in out.iterdir() if file.is_file() and file.suffix == ".xlsx"]
    in_the_way.rmdir()
    paper = Office(library).fill("stock", DATA, out)
    assert {file.name for file in out.iterdir()} == {"物品清单_林示例.docx", "物品清单_林示例.xlsx"}
    assert paper.workbook


def test_a_kind_without_a_workbook_gives_none(tmp_path: Path) -> None:
    paper = Office().fill("resignation_reply", EXAMPLES / "resignation_reply.json", tmp_path)
    assert paper.workbook is None
    assert [file.suffix for file in tmp_path.iterdir()] == [".docx"]


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_merge_makes_a_workbook_a_row_and_the_register_knows_both_files(
    jobs: int, library: Path, tmp_path: Path
) -> None:
    url, out = str(tmp_path / "r.db"), tmp_path / "out"
    office = Office(library, RecordsChoice(url))
    options = MergeOptions(jobs=jobs)
    for made in (50, 0):
        report = office.merge("stock", roster(tmp_path / f"名册{made}.xlsx", library, 50), out, options=options)
        assert (report.made, report.kept) == (made, 50 - made)
        found = entries(url)
        files = {path: hashlib.sha256(path.read_bytes()).hexdigest() for path in out.glob("物品清单*")}
        assert {Path(entry.path): entry.document_sha256 for entry in found} == files
        assert len(files) == 100
        assert {entry.state for entry in found} == {EntryState.MADE}


def test_a_paper_that_is_filled_is_registered_with_its_workbook(library: Path, tmp_path: Path) -> None:
    url = str(tmp_path / "r.db")
    with Records.open(url):
        pass
    paper = Office(library, RecordsChoice(url)).fill("stock", DATA, tmp_path / "out")
    assert {Path(entry.path): entry.title for entry in entries(url)} == {
        paper.path: "物品清单",
        paper.workbook: "物品清单（工作簿）",
    }


def test_the_papers_of_a_case_come_with_their_workbooks(tmp_path: Path) -> None:
    case, out = tmp_path / "案件.json", tmp_path / "out"
    case.write_text(json.dumps(lawful_case(), ensure_ascii=False), "utf-8")
    url = str(tmp_path / "r.db")
    folder = Office(records=RecordsChoice(url)).papers(case, out)
    (book,) = [item.workbook for item in folder.made if item.workbook]
    assert book.name.endswith("职数核定与配备情况表_2026年8月26日.xlsx")
    assert f"文书：{out}（含 Excel 工作簿 1 份）" in list(folder.lines())
    assert book in {Path(entry.path) for entry in entries(url)}
    assert sheet_of(book)[-1][1:9] == ("合计", None, None, 3, 2, 1, 0, 3)


def sheet_of(file: Path) -> list[tuple[Any, ...]]:
    return list(openpyxl.load_workbook(file)["配备情况"].values)
