"""A roster in Excel becomes rows; what Excel may have altered is refused at its cell."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment
from stdnum.cn import ric
from workbooks import Review, by_hand, save, text_row

from doc_forms.errors import DataRefused, Fault, FileRefused, Severity
from doc_forms.library import Library
from doc_forms.roster.layout import Column
from doc_forms.roster.read import Row, open_roster
from doc_forms.roster.repeats import Repeats
from doc_forms.roster.rows import Grid

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
HEADINGS = ["序号", "姓名", "出生年月"]
ITEM_HEADINGS = ["所属序号", "称谓", "家属姓名"]


def rows_of(path: Path, sheet: str | None = None) -> list[Row]:
    with open_roster(path, Review, sheet) as roster:
        return list(roster.rows())


def messages(row: Row) -> list[str]:
    with pytest.raises(DataRefused) as refused:
        row.read(Review)
    return [str(fault) for fault in refused.value.faults]


def notices(path: Path) -> list[Fault]:
    with open_roster(path, Review) as roster:
        for _ in roster.rows():
            pass
        return roster.notices


def one_row(tmp_path: Path, **values: Any) -> Row:
    given = {"姓名": "赵样本", "出生年月": "1975.10"} | values
    path = save(tmp_path / "名册.xlsx", {"名册": [list(given), list(given.values())]})
    return rows_of(path)[0]


def hand_row(tmp_path: Path, heading: str, cell: str, **parts: Any) -> Row:
    """A roster by hand: 姓名, 出生年月 and the cell C2 under `heading`."""
    head = text_row(1, "姓名", "出生年月", heading)
    data = text_row(2, "赵样本", "1975.10").replace("</row>", cell + "</row>")
    return rows_of(by_hand(tmp_path / "名册.xlsx", head + data, **parts))[0]


def test_a_row_becomes_a_form_and_each_value_has_its_cell(tmp_path: Path) -> None:
    row = one_row(tmp_path, 性别="男", 备注="在职")
    form, warnings = row.read(Review)
    assert (form.name, form.born.dotted, form.sex, warnings) == ("赵样本", "1975.10", "男", [])
    assert str(row.locate(("备注",))) == "名册.xlsx 工作表“名册”第 2 行 D 列“备注”"


def test_an_identity_number_in_a_number_cell_is_an_error_even_where_its_digits_add_up(tmp_path: Path) -> None:
    row = one_row(tmp_path, 公民身份号码=11010519491231002)
    assert messages(row) == [
        "名册.xlsx 工作表“名册”第 2 行 C 列“公民身份号码”：单元格为数字，末几位已被 Excel 改动，请设为文本后重录"
    ]


def test_an_identity_number_that_an_earlier_row_has_is_a_warning_that_names_the_row(tmp_path: Path) -> None:
    numbers = ["11010519491231002X", None, "110105 19491231 002x", "11010519491231002X"]
    rows = [["赵样本", "1949.12", number] for number in numbers]
    path = save(tmp_path / "名册.xlsx", {"名册": [["姓名", "出生年月", "公民身份号码"], *rows]})
    warnings = [[str(fault) for fault in row.read(Review)[1]] for row in rows_of(path)]
    said = "名册.xlsx 工作表“名册”第 {} 行 C 列“公民身份号码”：与第 2 行重复，请核对；确是同一人另有一份的，不必改"
    assert warnings == [[], [], [said.format(4)], [said.format(5)]]


def test_a_repeated_identity_number_is_told_beside_the_errors_of_its_row(tmp_path: Path) -> None:
    rows = [["赵样本", "1949.12", "11010519491231002X"], ["赵样本", "去年", "11010519491231002X"]]
    path = save(tmp_path / "名册.xlsx", {"名册": [["姓名", "出生年月", "公民身份号码"], *rows]})
    second = messages(rows_of(path)[1])
    assert [message.partition("：")[2][:5] for message in second] == ["不是日期，", "与第 2 "]


def test_repeats_are_found_among_many_numbers_that_differ_in_a_digit_only() -> None:
    def number(serial: int) -> str:
        first = f"1101051949{serial:07d}"
        return first + ric.calc_check_digit(first)

    spec = next(one for one in Review.fields() if one.title == "公民身份号码")
    repeats = Repeats([Column((spec.title,), spec, required=False)])
    grid = Grid("名册.xlsx", "名册", {}, {})
    told = [list(repeats.faults(grid, row, {"公民身份号码": number(row % 3000)})) for row in range(2, 5000)]
    assert [bool(faults) for faults in told] == [row > 3001 for row in range(2, 5000)]
    assert "与第 2 行重复" in told[3000][0].message


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (1975.1, "1975.1 无法区分 1 月与 10 月，请改为文本 1975.01 或 1975.10。"),
        (1975.3, "1975.3 是数字，Excel 会去掉末尾的 0，请改为文本 1975.03。"),
        (27668, "27668 是数字而不是日期，请改为文本，如 1978.03"),
    ],
)
def test_a_year_and_month_typed_as_a_number_is_never_guessed(tmp_path: Path, number: float, said: str) -> None:
    assert messages(one_row(tmp_path, 出生年月=number)) == [f"名册.xlsx 工作表“名册”第 2 行 B 列“出生年月”：{said}"]


def test_six_or_eight_digits_in_a_number_cell_are_a_date_and_are_reported(tmp_path: Path) -> None:
    row = one_row(tmp_path, 出生年月=197503)
    assert row.read(Review)[0].born.dotted == "1975.03"
    assert [str(notice.place.column) for notice in row.notices] == ["B"]


@pytest.mark.parametrize(
    ("serial", "code", "since_1904", "day"),
    [
        (46283, "yyyy-mm-dd", False, "2026-09-18"),
        (46283.75, "yyyy/m/d h:mm", False, "2026-09-18"),
        (44821, 'yyyy"年"m"月"d"日"', True, "2026-09-18"),
        (59, "yyyy-mm-dd", False, "1900-02-28"),
    ],
)
def test_a_true_date_cell_is_its_day_in_both_date_systems(
    tmp_path: Path, serial: float, code: str, *, since_1904: bool, day: str
) -> None:
    code = code.replace('"', "&quot;")
    row = hand_row(tmp_path, "决定日期", f'<c r="C2" s="1"><v>{serial}</v></c>', formats=[code], since_1904=since_1904)
    assert row.read(Review)[0].decided.iso == day  # type: ignore[union-attr]


@pytest.mark.parametrize("serial", [60, -5, 0, 99999999])
def test_a_date_cell_that_is_no_day_is_an_error(tmp_path: Path, serial: int) -> None:
    row = hand_row(tmp_path, "决定日期", f'<c r="C2" s="1"><v>{serial}</v></c>', formats=["yyyy-mm-dd"])
    assert "不是有效日期" in messages(row)[0]


def test_a_date_cell_that_shows_only_the_month_does_not_give_a_day(tmp_path: Path) -> None:
    cell, formats = '<c r="C2" s="1"><v>46266</v></c>', ["yyyy&quot;年&quot;m&quot;月&quot;"]
    assert "缺少日" in messages(hand_row(tmp_path, "决定日期", cell, formats=formats))[0]


def test_a_chinese_built_in_month_format_is_a_date(tmp_path: Path) -> None:
    path = save(tmp_path / "名册.xlsx", {"名册": [["姓名", "出生年月"], ["赵样本", 27668]]})
    book = openpyxl.load_workbook(path)
    book.worksheets[0]["B2"].number_format = 'yyyy"年"m"月"'
    book.save(path)
    assert rows_of(path)[0].read(Review)[0].born.dotted == "1975.10"


def test_leading_zeros_shown_by_a_format_are_kept(tmp_path: Path) -> None:
    row = hand_row(tmp_path, "工号", '<c r="C2" s="1"><v>712</v></c>', formats=["00000"])
    assert row.values["工号"] == "00712"


@pytest.mark.parametrize("number", [3.5, 123456789012, 1e21])
def test_a_number_that_may_be_shown_otherwise_than_stored_is_no_text(tmp_path: Path, number: float) -> None:
    assert "请设为文本后重录" in messages(one_row(tmp_path, 工号=number))[0]


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ('<c r="C2"><f>A1&amp;"x"</f></c>', "公式没有结果，请在 Excel 中打开并保存，或改为文本"),
        ('<c r="C2"><f>A1&amp;"x"</f><v></v></c>', "公式没有结果，请在 Excel 中打开并保存，或改为文本"),
        ('<c r="C2" t="e"><f>Z9</f><v>#REF!</v></c>', "公式没有结果（#REF!），请在 Excel 中打开、改正并保存"),
        ('<c r="C2" t="e"><v>#N/A</v></c>', "单元格为错误值 #N/A，请改正"),
    ],
)
def test_a_formula_without_a_result_is_an_error(tmp_path: Path, cell: str, said: str) -> None:
    assert messages(hand_row(tmp_path, "备注", cell)) == [f"名册.xlsx 工作表“名册”第 2 行 C 列“备注”：{said}"]


def test_the_computed_value_of_a_formula_is_read(tmp_path: Path) -> None:
    row = hand_row(tmp_path, "备注", '<c r="C2" t="str"><f>A2&amp;"同志"</f><v>赵样本同志</v></c>')
    assert row.values["备注"] == "赵样本同志"


def test_merged_data_cells_are_an_error_on_every_row_they_cover(tmp_path: Path) -> None:
    path = save(tmp_path / "名册.xlsx", {"名册": [["姓名", "性别", "出生年月"], *[["赵样本", "男", "1975.10"]] * 3]})
    book = openpyxl.load_workbook(path)
    book.worksheets[0].merge_cells("B2:B3")
    book.save(path)
    first, second, third = rows_of(path)
    said = "第 2–3 行 性别为合并单元格（B2:B3），请取消合并并逐格填写"
    assert [fault.message for fault in first.faults + second.faults] == [said, said]
    assert third.faults == []


def test_hidden_rows_are_read_and_a_warning_says_so(tmp_path: Path) -> None:
    path = save(tmp_path / "名册.xlsx", {"名册": [["姓名", "出生年月"], *[["赵样本", "1975.10"]] * 4]})
    book = openpyxl.load_workbook(path)
    for number in (2, 4, 5):
        book.worksheets[0].row_dimensions[number].hidden = True
    book.save(path)
    assert len(rows_of(path)) == 4
    (warning,) = notices(path)
    assert (warning.message[:9], warning.severity) == ("含 3 行隐藏数据", Severity.WARNING)


@pytest.mark.parametrize("total", [["合 计", None, "1"], [None, "总计：12人"], [9, "小计", "1975.10"]])
def test_a_row_of_totals_is_an_error_and_nothing_else_is_said_of_it(tmp_path: Path, total: list[Any]) -> None:
    path = save(
        tmp_path / "名册.xlsx", {"名册": [HEADINGS, [1, "赵样本", "1975.10"], total + [None] * (3 - len(total))]}
    )
    if len(total) == 1:
        book = openpyxl.load_workbook(path)
        book["名册"]["C3"] = "1"
        book.save(path)
    assert messages(rows_of(path)[1]) == ["名册.xlsx 工作表“名册”第 3 行：是合计行，不是数据，请删除"]


def test_a_wrong_dimension_hides_no_cell(tmp_path: Path) -> None:
    data = text_row(1, "姓名", "出生年月") + text_row(2, "赵样本", "1975.10")
    path = by_hand(tmp_path / "名册.xlsx", data, before='<dimension ref="A1"/>')
    assert rows_of(path)[0].values == {"姓名": "赵样本", "出生年月": "1975.10"}


def test_rows_and_cells_without_addresses_are_counted(tmp_path: Path) -> None:
    data = (text_row(1, "姓名", "出生年月") + text_row(2, "赵样本", "1975.10")).replace(' r="', ' x="')
    (row,) = rows_of(by_hand(tmp_path / "名册.xlsx", data))
    assert (row.number, row.values) == (2, {"姓名": "赵样本", "出生年月": "1975.10"})


def test_formatted_emptiness_ends_the_reading_after_a_thousand_rows_with_a_note(tmp_path: Path) -> None:
    data = text_row(1, "姓名", "出生年月") + text_row(2, "赵样本", "1975.10")
    data += "".join(f'<row r="{n}"><c r="A{n}" s="0"/></row>' for n in range(3, 1103))
    path = by_hand(tmp_path / "名册.xlsx", data + text_row(1103, "钱样本", "1976.01"))
    assert len(rows_of(path)) == 1
    assert notices(path)[0].message.startswith("连续 1000 个空行，第 1002 行以后没有读取")


def test_an_absurd_row_number_is_refused_at_once(tmp_path: Path) -> None:
    path = by_hand(tmp_path / "名册.xlsx", '<row r="99999999999"><c t="str"><v>x</v></c></row>')
    with pytest.raises(FileRefused):
        rows_of(path)


def test_rich_text_is_joined_phonetic_guides_are_left_out_and_escapes_decoded(tmp_path: Path) -> None:
    shared = "<si><r><t>第一</t></r><r><rPr><b/></rPr><t>行_x000D_\n第二行_x005F_x0041_</t></r>"
    shared += "<rPh sb='0' eb='1'><t>dì</t></rPh></si>"
    row = hand_row(tmp_path, "备注", '<c r="C2" t="s"><v>0</v></c>', shared=shared)
    assert row.values["备注"] == "第一行\n第二行_x0041_"


def test_odd_spaces_and_full_width_digits_are_made_regular_and_counted(tmp_path: Path) -> None:
    given = [
        ["姓名", "出生年月", "备注"],
        ["赵\u00a0样本 ", "１９７５．１０", "在职"],
        ["钱样本", "1976.01", "\u200b退休"],
    ]
    path = save(tmp_path / "名册.xlsx", {"名册": given})
    first, second = rows_of(path)
    assert (first.read(Review)[0].born.dotted, second.values["备注"]) == ("1975.10", "退休")
    (note,) = notices(path)
    assert note.message.startswith(
        "已自动规整 3 处：第 2 行姓名（空格、不可见字符或换行）；第 2 行出生年月（全角字符）"
    )
    assert note.severity is Severity.NOTE


def test_bidi_controls_are_refused_with_their_code(tmp_path: Path) -> None:
    assert "U+202E" in messages(one_row(tmp_path, 备注="在\u202e职"))[0]


def test_headings_match_in_any_order_with_notes_stars_line_breaks_and_synonyms(tmp_path: Path) -> None:
    given = [
        ["某校名册"],
        [],
        ["出生\n日期*", "身份证号", "姓　名（必填）"],
        ["1975.10", "11010519491231002X", "赵样本"],
    ]
    (row,) = rows_of(save(tmp_path / "名册.xlsx", {"Sheet1": given, "Sheet2": []}))
    assert row.number == 4
    assert row.values == {"出生年月": "1975.10", "公民身份号码": "11010519491231002X", "姓名": "赵样本"}


def test_a_fault_names_its_column_as_the_sheet_heads_it(tmp_path: Path) -> None:
    given: list[list[Any]] = [["姓名", "出生\n日期*", "身份证号"], ["赵样本", 1975.1, "110105"]]
    (row,) = rows_of(save(tmp_path / "名册.xlsx", {"名册": given}))
    assert [line.partition("：")[0] for line in messages(row)] == [
        "名册.xlsx 工作表“名册”第 2 行 B 列“出生日期”",
        "名册.xlsx 工作表“名册”第 2 行 C 列“身份证号”",
    ]


def test_missing_and_doubled_headings_are_named_together_with_a_likely_one(tmp_path: Path) -> None:
    path = save(tmp_path / "名册.xlsx", {"名册": [["姓名", "性别", "姓 名", "出生年"], ["赵样本", "男", "", ""]]})
    with pytest.raises(FileRefused) as refused:
        rows_of(path)
    assert [str(fault) for fault in refused.value.faults] == [
        "名册.xlsx 工作表“名册”第 1 行 C 列：有两列“姓名”，请删去一列或改名",
        "名册.xlsx 工作表“名册”第 1 行：缺少“出生年月”列；若“出生年”即是，请改为“出生年月”",
    ]


def test_columns_that_are_not_used_are_listed_once(tmp_path: Path) -> None:
    path = save(
        tmp_path / "名册.xlsx", {"名册": [["姓名", "出生年月", "电话", "票 数一"], ["赵样本", "1975.10", 1, 2]]}
    )
    (note,) = notices(path)
    assert note.message == "以下各列没有用到：C 列“电话”、D 列“票数一”（是否应为“票数”？）"


def test_several_possible_sheets_are_a_question_and_one_can_be_named(tmp_path: Path) -> None:
    sheet = [["姓名", "出生年月"], ["赵样本", "1975.10"]]
    path = save(tmp_path / "两院.xlsx", {"文学院": sheet, "理学院": sheet, "说明": [["见附件"]]})
    with pytest.raises(FileRefused, match="请指明用哪一张：“文学院”、“理学院”"):
        rows_of(path)
    assert rows_of(path, "理学院")[0].main.sheet == "理学院"


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_hidden_sheets_are_no_rosters(tmp_path: Path, state: str) -> None:
    sheet = [["姓名", "出生年月"], ["赵样本", "1975.10"]]
    path = save(tmp_path / "名册.xlsx", {"旧名册": sheet, "新": sheet})
    book = openpyxl.load_workbook(path)
    book["旧名册"].sheet_state = state  # type: ignore[assignment]
    book.active = 1
    book.save(path)
    assert rows_of(path)[0].main.sheet == "新"


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_roster_that_is_hidden_is_asked_to_be_shown(tmp_path: Path, state: str) -> None:
    path = save(tmp_path / "名册.xlsx", {"封面": [["示例学院"]], "名册": [HEADINGS, [1, "赵样本", "1975.10"]]})
    hide(path, "名册", state)
    with pytest.raises(FileRefused) as refused:
        rows_of(path)
    assert str(refused.value) == (
        "名册.xlsx：名册像是在隐藏的工作表里，隐藏的不读；请在 Excel 中取消隐藏再交回：“名册”"
    )


def test_a_list_that_is_hidden_is_not_left_out_without_a_word(tmp_path: Path) -> None:
    main: list[list[Any]] = [HEADINGS, [1, "赵样本", "1975.10"]]
    path = save(tmp_path / "名册.xlsx", {"名册": main, "家庭成员": [ITEM_HEADINGS, [1, "妻", "周示范"]]})
    hide(path, "家庭成员", "hidden")
    found = notices(path)
    assert [str(fault) for fault in found] == ["名册.xlsx：工作表“家庭成员”已隐藏，没有读取；要用它，请取消隐藏"]
    assert found[0].severity is Severity.WARNING


def hide(path: Path, sheet: str, state: str) -> None:
    """Hide a sheet as Excel does."""
    book = openpyxl.load_workbook(path)
    book[sheet].sheet_state = state  # type: ignore[assignment]
    book.save(path)


def test_items_come_from_their_own_sheet_with_their_own_places(tmp_path: Path) -> None:
    family: list[list[Any]] = [ITEM_HEADINGS, [2, "父", "赵大"], ["1", "妻", "周示范"], [2, "母", "钱小\t一"]]
    main: list[list[Any]] = [HEADINGS, [1, "赵样本", "1975.10"], [2, "钱样本", "1976.01"]]
    first, second = rows_of(save(tmp_path / "名册.xlsx", {"名册": main, "家庭成员": family}))
    assert first.values["家庭成员"] == [{"称谓": "妻", "家属姓名": "周示范"}]
    assert [item["称谓"] for item in second.values["家庭成员"]] == ["父", "母"]
    assert messages(second)[0].startswith("名册.xlsx 工作表“家庭成员”第 4 行 C 列“家属姓名”：")


def test_items_of_nobody_and_doubled_keys_are_errors(tmp_path: Path) -> None:
    family: list[list[Any]] = [ITEM_HEADINGS, [9, "父", "赵大"], [None, "母", "钱二"], [1, "妻", "周示范"]]
    main: list[list[Any]] = [HEADINGS, [1, "赵样本", "1975.10"], [1, "钱样本", "1976.01"]]
    path = save(tmp_path / "名册.xlsx", {"名册": main, "家庭成员": family})
    assert messages(rows_of(path)[1])[0].endswith("A 列“序号”：序号“1”与第 2 行重复，请改正")
    assert [str(fault) for fault in notices(path)] == [
        "名册.xlsx 工作表“家庭成员”第 3 行 A 列“所属序号”：没有填写所属序号，请填写它在“名册”中的序号",
        "名册.xlsx 工作表“家庭成员”第 2 行“所属序号”：“名册”中没有序号为“9”的行，请改正所属序号或补上该行",
    ]


@pytest.mark.parametrize("merged", [False, True])
def test_a_row_whose_items_may_not_all_name_it_is_refused_and_the_others_are_not(
    tmp_path: Path, *, merged: bool
) -> None:
    family: list[list[Any]] = [
        ITEM_HEADINGS,
        [1, "妻", "周示范"],
        [None, "子", "赵小"],
        [None, "女", "赵一"],
        [2, "父", "钱大"],
    ]
    main: list[list[Any]] = [HEADINGS, [1, "赵样本", "1975.10"], [2, "钱样本", "1976.01"]]
    path = save(tmp_path / "名册.xlsx", {"名册": main, "家庭成员": family})
    if merged:
        book = openpyxl.load_workbook(path)
        book["家庭成员"].merge_cells("A2:A4")
        book.save(path)
    first, second = rows_of(path)
    where = "名册.xlsx 工作表“名册”第 2 行 A 列“序号”：“家庭成员”第 3 行等 2 行"
    assert messages(first) == [f"{where}没有填写所属序号，可能是本行的；请在那里每行填写所属序号（不能合并单元格）"]
    assert second.read(Review)[0].name == "钱样本"
    assert [fault.place.row for fault in notices(path)] == [3, 4]


def test_a_row_without_a_number_is_told_why_it_has_no_items_where_it_needs_some(tmp_path: Path) -> None:
    path = tmp_path / "名册.xlsx"
    book = openpyxl.load_workbook(EXAMPLES / "appointment_notice.xlsx")
    book["名册"]["A4"].value = None
    book.save(path)
    with open_roster(path, Library().kind("appointment_notice").form) as roster:
        second = list(roster.rows())[1]
    said = "没有填写序号，找不到本行在“任免人员”中的各项，请填写"
    assert f"名册.xlsx 工作表“名册”第 4 行 A 列“序号”：{said}" in [str(fault) for fault in second.faults]


def test_one_item_a_row_may_stand_on_the_main_sheet(tmp_path: Path) -> None:
    given = [
        ["姓名", "出生年月", "称谓", "家庭成员.家属姓名"],
        ["赵样本", "1975.10", "妻", "周示范"],
        ["钱样本", "1976.01"],
    ]
    first, second = rows_of(save(tmp_path / "名册.xlsx", {"名册": given}))
    assert first.values["家庭成员"] == [{"称谓": "妻", "家属姓名": "周示范"}]
    assert first.locate(("家庭成员", 0, "称谓")).column == "C"
    assert "家庭成员" not in second.values


@pytest.mark.parametrize("mark", ["、", "\n", "；"])
def test_groups_and_lists_of_texts_stand_in_columns(tmp_path: Path, mark: str) -> None:
    names = mark.join(["周示范", "阿卜杜拉·买买提", "吴样本"])
    row = one_row(tmp_path, **{"组长.姓名": "陈示例", "参加人员": names})
    form, _ = row.read(Review)
    assert form.leader is not None
    assert form.leader.name == "陈示例"
    assert form.present == ["周示范", "阿卜杜拉·买买提", "吴样本"]


def test_the_example_row_is_not_read_and_a_filled_one_is_warned_of(tmp_path: Path) -> None:
    path = save(tmp_path / "名册.xlsx", {"名册": [HEADINGS, ["示例", "林示例", "1982.04"], [1, "赵样本", "1975.10"]]})
    assert [row.number for row in rows_of(path)] == [3]
    assert notices(path) == []
    path = save(tmp_path / "名册.xlsx", {"名册": [HEADINGS, ["示例", "李真人", "1982.04"], [1, "赵样本", "1975.10"]]})
    assert [notice.severity for notice in notices(path)] == [Severity.WARNING]


def test_rows_that_are_only_numbered_are_passed_over(tmp_path: Path) -> None:
    path = save(tmp_path / "名册.xlsx", {"名册": [HEADINGS, [1, "赵样本", "1975.10"], [2], [3]]})
    assert len(rows_of(path)) == 1


def test_a_row_that_holds_only_spaces_is_a_blank_row(tmp_path: Path) -> None:
    main: list[list[Any]] = [
        HEADINGS,
        [1, "赵样本", "1975.10"],
        [None, " ", "\u3000"],
        [None, "\u200b", None],
        [2, "\u00a0", None],
    ]
    family: list[list[Any]] = [ITEM_HEADINGS, [1, "妻", "周示范"], [None, " ", None]]
    path = save(tmp_path / "名册.xlsx", {"名册": main, "家庭成员": family})
    assert [row.number for row in rows_of(path)] == [2]
    assert notices(path) == []


@pytest.mark.parametrize(("shown", "value"), [("TRUE", True), ("FALSE", False)])
def test_a_truth_value_is_no_text(tmp_path: Path, *, shown: str, value: bool) -> None:
    said = f"名册.xlsx 工作表“名册”第 2 行 C 列“工号”：单元格为逻辑值 {shown}，请改为文本"
    assert messages(one_row(tmp_path, 工号=value)) == [said]


def test_an_empty_roster_says_so(tmp_path: Path) -> None:
    assert "没有数据行" in str(notices(save(tmp_path / "名册.xlsx", {"名册": [HEADINGS]}))[0])


def test_comments_in_a_sheet_do_no_harm(tmp_path: Path) -> None:
    path = save(tmp_path / "名册.xlsx", {"名册": [["姓名", "出生年月"], ["赵样本", "1975.10"]]})
    book = openpyxl.load_workbook(path)
    book.worksheets[0]["A2"].comment = Comment("看一下", "科长")
    book.save(path)
    assert rows_of(path)[0].values["姓名"] == "赵样本"


def test_a_quick_look_tells_whether_a_sheet_states_many_rows(tmp_path: Path) -> None:
    rows = [["序号", "姓名", "出生年月"], *([str(number), "赵样本", "1975.10"] for number in range(1, 300))]
    with open_roster(save(tmp_path / "名册.xlsx", {"名册": rows}), Review) as roster:
        assert roster.book.has_rows(roster.sheet, 300)
        assert not roster.book.has_rows(roster.sheet, 301)
        assert len(list(roster.rows())) == 299
