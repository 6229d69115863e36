"""The receipt is the clerk's own workbook, with what became of each row."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet
from workbooks import Review, by_hand, save, text_row

from doc_forms.errors import DataRefused, Fault, Severity
from doc_forms.packages import check_workbook
from doc_forms.roster import RowResult, open_roster, rowparse, splice, write_receipt

RED, YELLOW = "FFFFC7CD", "FFFFEB9B"


def receipt(source: Path, target: Path) -> Path:
    """Check every row and write the receipt that a merge would write."""
    with open_roster(source, Review) as roster:
        results = [result(row) for row in roster.rows()]
        with target.open("wb") as stream:
            write_receipt(roster, stream, results)
    check_workbook(target)
    return target


def result(row: Any) -> RowResult:
    try:
        form, warnings = row.read(Review)
    except DataRefused as refused:
        return RowResult(row.number, "有误：" + "；".join(f.message for f in refused.faults), "", tuple(refused.faults))
    return RowResult(row.number, "已生成", f"审核表_{form.name}.docx", tuple(warnings))


def sheet_of(path: Path, name: str = "名册") -> Worksheet:
    return openpyxl.load_workbook(path)[name]


def values(sheet: Worksheet) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def colour(sheet: Worksheet, cell: str) -> str | None:
    fill = sheet[cell].fill
    return str(fill.fgColor.rgb) if fill.fill_type else None


def roster_file(path: Path, rows: Iterable[Iterable[Any]]) -> Path:
    return save(path, {"名册": [["序号", "姓名", "性别", "出生年月"], *rows]})


def test_each_row_says_what_became_of_it_and_a_failing_cell_is_filled_and_commented(tmp_path: Path) -> None:
    given = roster_file(tmp_path / "名册.xlsx", [[1, "赵样本", "男", "1975.10"], [2, "钱样本", None, 1975.1]])
    sheet = sheet_of(receipt(given, tmp_path / "回执.xlsx"))
    assert values(sheet) == [
        ["序号", "姓名", "性别", "出生年月", "办理结果", "文件名"],
        [1, "赵样本", "男", "1975.10", "已生成", "审核表_赵样本.docx"],
        [2, "钱样本", None, 1975.1, "有误：1975.1 无法区分 1 月与 10 月，请改为文本 1975.01 或 1975.10。", None],
    ]
    assert (colour(sheet, "D3"), colour(sheet, "E3"), colour(sheet, "D2")) == (RED, RED, None)
    assert "1975.1 无法区分" in sheet["D3"].comment.text
    assert sheet["D2"].comment is None


def test_a_missing_cell_is_made_to_be_marked_in_its_place(tmp_path: Path) -> None:
    given = save(tmp_path / "名册.xlsx", {"名册": [["出生年月", "姓名", "性别"], ["1975.10", None, "男"]]})
    sheet = sheet_of(receipt(given, tmp_path / "回执.xlsx"))
    assert (colour(sheet, "B2"), sheet["C2"].value) == (RED, "男")
    assert "没有填写" in sheet["B2"].comment.text


def test_warnings_are_marked_in_another_colour(tmp_path: Path) -> None:
    given = roster_file(tmp_path / "名册.xlsx", [[1, "赵样本", "男", "1975.10"]])
    with open_roster(given, Review) as roster:
        (row,) = roster.rows()
        place = row.locate(("性别",))
        warning = RowResult(2, "已生成", "x.docx", (Fault("data-together", "请核对", place, Severity.WARNING),))
        target = io.BytesIO()
        write_receipt(roster, target, [warning])
    sheet = openpyxl.load_workbook(target)["名册"]
    assert (colour(sheet, "C2"), colour(sheet, "E2")) == (YELLOW, None)


def test_a_marked_cell_keeps_its_font_and_number_format(tmp_path: Path) -> None:
    given = roster_file(tmp_path / "名册.xlsx", [[1, "赵样本", "男", 1975.1]])
    book = openpyxl.load_workbook(given)
    book["名册"]["D2"].font = Font(name="楷体", bold=True)
    book["名册"]["D2"].number_format = "0.00"
    book.save(given)
    cell = sheet_of(receipt(given, tmp_path / "回执.xlsx"))["D2"]
    assert (cell.font.name, cell.font.bold, cell.number_format) == ("楷体", True, "0.00")


def test_a_receipt_given_back_is_cleaned_and_its_columns_are_written_anew(tmp_path: Path) -> None:
    given = roster_file(tmp_path / "名册.xlsx", [[1, "赵样本", "男", 1975.1], [2, "钱样本", "女", 1976.1]])
    first = receipt(given, tmp_path / "回执1.xlsx")
    book = openpyxl.load_workbook(first)
    book["名册"]["D2"] = "1975.10"
    book["名册"]["G1"] = "科长意见"
    book.save(tmp_path / "改.xlsx")
    sheet = sheet_of(receipt(tmp_path / "改.xlsx", tmp_path / "回执2.xlsx"))
    assert [row[4:] for row in values(sheet)][:2] == [
        ["办理结果", "文件名", "科长意见"],
        ["已生成", "审核表_赵样本.docx", None],
    ]
    assert (colour(sheet, "D2"), colour(sheet, "E2"), colour(sheet, "D3")) == (None, None, RED)
    assert sheet["D2"].comment is None
    assert sheet["D3"].comment.text.count("无法区分") == 1


def test_comments_of_other_people_stay_and_ours_is_added_below_once(tmp_path: Path) -> None:
    given = roster_file(tmp_path / "名册.xlsx", [[1, "赵样本", "男", 1975.1]])
    book = openpyxl.load_workbook(given)
    book["名册"]["B2"].comment = Comment("请核对姓名", "科长")
    book["名册"]["D2"].comment = Comment("档案未定", "科长")
    book.save(given)
    again = receipt(receipt(given, tmp_path / "回执1.xlsx"), tmp_path / "回执2.xlsx")
    sheet = sheet_of(again)
    assert sheet["B2"].comment.text == "请核对姓名"
    text = sheet["D2"].comment.text
    assert (text[:4], text.count("【办理回执】")) == ("档案未定", 1)
    with zipfile.ZipFile(again) as package:
        (drawing,) = [name for name in package.namelist() if name.endswith(".vml")]
        assert package.read(drawing).count(b'ObjectType="Note"') == 2


def test_a_fault_of_a_list_item_is_marked_on_the_list_sheet(tmp_path: Path) -> None:
    main: list[list[Any]] = [["序号", "姓名", "出生年月"], [1, "赵样本", "1975.10"]]
    family: list[list[Any]] = [["所属序号", "称谓", "家属姓名"], [1, "妻", "周示范"], [1, "子", "赵1"]]
    given = save(tmp_path / "名册.xlsx", {"名册": main, "家庭成员": family})
    done = receipt(given, tmp_path / "回执.xlsx")
    sheet = sheet_of(done, "家庭成员")
    assert (colour(sheet, "C3"), colour(sheet, "C2")) == (RED, None)
    assert sheet["C3"].comment is not None
    assert str(sheet_of(done)["D2"].value).startswith("有误：")


def test_what_we_write_is_never_a_formula(tmp_path: Path) -> None:
    given = roster_file(tmp_path / "名册.xlsx", [[1, "赵样本", "男", "1975.10"]])
    target = io.BytesIO()
    with open_roster(given, Review) as roster:
        list(roster.rows())
        write_receipt(roster, target, [RowResult(2, "=HYPERLINK(1)\x01 _x0041_", "+cmd.docx")])
    sheet = openpyxl.load_workbook(target)["名册"]
    assert (sheet["E2"].data_type, sheet["F2"].data_type) == ("s", "s")
    # openpyxl shows inline strings as they are stored; Excel shows _x005F_ as the underline it stands for.
    assert (sheet["E2"].value, sheet["F2"].value) == ("=HYPERLINK(1) _x005F_x0041_", "+cmd.docx")


def test_everything_else_in_the_workbook_stays(tmp_path: Path) -> None:
    given = save(tmp_path / "名册.xlsx", {"名册": [["姓名", "出生年月"], ["赵样本", "1975.10"]], "汇总": [["=1+1"]]})
    book = openpyxl.load_workbook(given)
    book["名册"].freeze_panes = "B2"
    book["名册"].column_dimensions["A"].width = 22
    book["名册"]["A1"].fill = PatternFill("solid", fgColor="FF00FF00")
    book["名册"]["A2"].hyperlink = "https://example.org/"
    book.save(given)
    done = openpyxl.load_workbook(receipt(given, tmp_path / "回执.xlsx"))
    sheet = done["名册"]
    assert (sheet.freeze_panes, sheet.column_dimensions["A"].width) == ("B2", 22)
    assert colour(sheet, "A1") == "FF00FF00"
    assert sheet["A2"].hyperlink is not None
    assert done["汇总"]["A1"].value == "=1+1"
    with zipfile.ZipFile(given) as old, zipfile.ZipFile(tmp_path / "回执.xlsx") as new:
        changed = {name for name in new.namelist() if name not in old.namelist() or old.read(name) != new.read(name)}
    assert changed == {"xl/worksheets/sheet1.xml"}


@pytest.mark.parametrize("gap", ["", "\n  "])
def test_prefixes_odd_spacing_column_ranges_and_empty_cells_are_no_obstacle(tmp_path: Path, gap: str) -> None:
    rows = text_row(1, "姓名", "出生年月", "性别") + text_row(2, "赵样本", "").replace(
        "</row>", f'{gap}<c r="C2" s="1"/>{gap}<c r="H2" s="1"></c></row>'
    ).replace('<row r="2"', '<row r="2" spans="1:3"')
    given = by_hand(
        tmp_path / "名册.xlsx",
        rows.replace("<c ", f"{gap}<c "),
        formats=["0.00"],
        before='<dimension ref="A1:B1"/><cols><col min="2" max="16384" width="9"/></cols>',
        around='<mergeCells count="1"><mergeCell ref="A9:B9"/></mergeCells><tableParts count="0"/>',
    )
    sheet = sheet_of(receipt(given, tmp_path / "回执.xlsx"))
    assert (sheet["D1"].value, sheet["D2"].value) == ("办理结果", "有误：没有填写")
    assert (colour(sheet, "B2"), sheet["C2"].number_format) == (RED, "0.00")
    assert (sheet.column_dimensions["D"].width, sheet.column_dimensions["B"].width) == (48, 9)


def test_a_sheet_written_with_a_namespace_prefix_gets_cells_with_that_prefix(tmp_path: Path) -> None:
    given = by_hand(tmp_path / "名册.xlsx", text_row(1, "姓名", "出生年月") + text_row(2, "赵样本", "x"))
    with zipfile.ZipFile(given) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    name = "xl/worksheets/sheet1.xml"
    xml = parts[name].decode()
    for tag in ("worksheet", "sheetData", "row", "c", "is", "t"):
        for before in (f"<{tag}", f"</{tag}"):
            for after in (" ", ">"):
                xml = xml.replace(before + after, before.replace(tag, f"x:{tag}") + after)
    parts[name] = xml.replace("xmlns=", "xmlns:x=").encode()
    with zipfile.ZipFile(given, "w") as package:
        for member, data in parts.items():
            package.writestr(member, data)
    sheet = sheet_of(receipt(given, tmp_path / "回执.xlsx"))
    assert (sheet["C2"].value, colour(sheet, "B2")) == ("有误：不是日期，请写成 1978.03 或 1978年3月15日 这样", RED)


def test_the_same_roster_gives_the_same_receipt(tmp_path: Path) -> None:
    given = roster_file(tmp_path / "名册.xlsx", [[1, "赵样本", "男", 1975.1]])
    first, second = (receipt(given, tmp_path / f"回执{n}.xlsx") for n in (1, 2))
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize("size", [1, 3, 64])
def test_the_receipt_does_not_depend_on_where_the_chunks_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    main: list[list[Any]] = [
        ["序号", "姓名", "出生年月", "性别"],
        [1, "赵样本", 1975.1, "男"],
        [2, None, "1976.01", "女士"],
    ]
    given = receipt(save(tmp_path / "名册.xlsx", {"名册": main}), tmp_path / "回执0.xlsx")
    whole = receipt(given, tmp_path / "回执1.xlsx")
    monkeypatch.setattr(splice, "_CHUNK", size)
    monkeypatch.setattr(rowparse, "_CHUNK", size)
    assert receipt(given, tmp_path / "回执2.xlsx").read_bytes() == whole.read_bytes()
