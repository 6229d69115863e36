"""The window's first page and batches: resignations by themselves, rosters with faults, work that is cancelled."""

from __future__ import annotations

import base64
import shutil
from pathlib import Path

import openpyxl
import pytest

pytest.importorskip("playwright", reason="playwright drives the pages")

from playwright.sync_api import Page, expect
from window_support import violations

CANCEL_ONCE_THE_RATE_IS_KNOWN = """() => {
    const line = document.querySelector(".progress .line");
    if (!line) return Boolean(document.querySelector(".result"));
    if (!/生成.* 1500，每秒 [0-9]+ 份，约剩 [0-9]+ 秒/.test(line.textContent)) return false;
    document.querySelector("form[action$='/cancel'] button").click();
    return true;
}"""
"""Pressed by the page itself: on a busy machine the work could be over before another process presses it."""
ROSTER = Path(__file__).resolve().parent.parent / "examples" / "appointment_notice.xlsx"


def spoiled(folder: Path) -> Path:
    """The example roster with a day that is none in its third row of data."""
    book = openpyxl.load_workbook(ROSTER)
    book["名册"]["F5"] = "2026年9月31日"
    file = folder / "九月任职.xlsx"
    book.save(file)
    return file


def long_roster(folder: Path, rows: int) -> Path:
    """The example roster with its first row many times over, each with a number of its own."""
    book = openpyxl.load_workbook(ROSTER)
    sheet, people = book["名册"], book["任免人员"]
    sheet.delete_rows(4, sheet.max_row)
    first = [cell.value for cell in sheet[3]]
    person = next([cell.value for cell in row] for row in people.iter_rows(min_row=3) if row[0].value == first[0])
    people.delete_rows(3, people.max_row)
    for number in range(1, rows + 1):
        for column, value in enumerate(first, 1):
            sheet.cell(number + 2, column, value)
        sheet.cell(number + 2, 1, str(number))
        for column, value in enumerate(person, 1):
            people.cell(number + 2, column, value)
        people.cell(number + 2, 1, str(number))
    file = folder / "许多.xlsx"
    book.save(file)
    return file


def check(page: Page, office_url: str, roster: Path) -> None:
    page.goto(office_url)
    page.get_by_role("link", name="批量").click()
    page.locator("#roster").set_input_files(roster)
    page.get_by_role("button", name="核对名册").click()


def test_a_case_that_only_records_a_resignation_has_that_step_alone(tab: Page, office_url: str) -> None:
    tab.goto(office_url)
    tab.get_by_text("只办辞职、免职或降职").click()
    tab.get_by_label("事项").select_option("引咎辞职")
    tab.locator(".leaving button").click()
    expect(tab.get_by_role("alert")).to_contain_text("请给案件起个名称")
    expect(tab.get_by_label("事项")).to_have_value("引咎辞职")
    tab.get_by_label("名称", exact=True).fill("林示例辞去副院长")
    tab.locator(".leaving button").click()
    expect(tab.get_by_role("heading", level=1)).to_have_text("免职、辞职和降职")
    expect(tab.locator("main")).to_contain_text("引咎辞职")
    tab.get_by_role("link", name="林示例辞去副院长").click()
    expect(tab.locator("table.tasks tbody tr")).to_have_count(1)
    tab.get_by_role("link", name="选任案").first.click()
    row = tab.locator("#cases tbody tr")
    expect(row).to_contain_text("免职、辞职和降职")


def test_a_fault_of_a_roster_stands_with_its_cell_and_its_remedy_and_the_others_are_made(
    tab: Page, office_url: str, tmp_path: Path
) -> None:
    check(tab, office_url, spoiled(tmp_path))
    expect(tab.locator("main")).to_contain_text("8 行可以生成，1 行有误")
    row = tab.locator("table tbody tr").first
    expect(row).to_contain_text("名册 第 5 行 F 列")
    expect(row).to_contain_text("成文日期")
    expect(row).to_contain_text("没有 2026 年 9 月 31 日，请核对")
    tab.get_by_role("button", name="生成 8 份").click()
    expect(tab.get_by_role("status")).to_contain_text("已生成 8 份，1 行有误，已写入回执", timeout=30_000)
    expect(tab.locator("#made tbody tr")).to_have_count(8)
    tab.get_by_label("查找").fill("没有这个人")
    expect(tab.locator("#none-found")).to_be_visible()
    tab.get_by_role("link", name="批量", exact=True).first.click()
    expect(tab.locator(".runs tbody tr")).to_contain_text("已生成 8 份，1 行有误")


def test_a_roster_that_is_dropped_on_the_box_is_checked_at_once(tab: Page, office_url: str) -> None:
    tab.goto(office_url)
    tab.get_by_role("link", name="批量").click()
    tab.wait_for_load_state()
    tab.evaluate(
        """data => {
            const bytes = Uint8Array.from(atob(data), letter => letter.charCodeAt(0));
            const held = new DataTransfer();
            held.items.add(new File([bytes], "任职.xlsx"));
            const how = { dataTransfer: held, bubbles: true, cancelable: true };
            document.querySelector("[data-drop]").dispatchEvent(new DragEvent("drop", how));
        }""",
        base64.b64encode(ROSTER.read_bytes()).decode(),
    )
    expect(tab.get_by_role("heading", level=1)).to_have_text("任职通知")
    expect(tab.locator("main")).to_contain_text("9 行可以生成")


def test_a_folder_that_nothing_can_open_is_named_and_an_opener_that_gives_up_counts_as_none(
    tab: Page, office_url: str, office_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    check(tab, office_url, ROSTER)
    tab.get_by_role("button", name="生成 9 份").click()
    expect(tab.get_by_role("status")).to_contain_text("已生成 9 份", timeout=30_000)
    (folder,) = office_home.glob("批量/*")
    for ending, said in ((3, [f"▲ 这台电脑上没有能打开它的程序，请自己到这里打开：{folder}"]), (0, [])):
        opener = tmp_path / "xdg-open"
        opener.write_text(f"#!/bin/sh\nexit {ending}\n")
        opener.chmod(0o700)
        monkeypatch.setenv("PATH", str(tmp_path))
        tab.get_by_role("button", name="打开文件夹").click()
        expect(tab.locator("main > p.warning")).to_have_text(said)
    shutil.rmtree(folder)
    opener.write_text("#!/bin/sh\nexit 2\n")
    tab.get_by_role("button", name="打开文件夹").click()
    expect(tab.locator("main > p.warning")).to_contain_text("文件已经不在原处")


def test_of_several_sheets_that_could_be_the_roster_the_clerk_names_one(
    tab: Page, office_url: str, tmp_path: Path
) -> None:
    book = openpyxl.load_workbook(ROSTER.with_name("interview_record.xlsx"))
    book.copy_worksheet(book.worksheets[0]).title = "二院"
    book.worksheets[0].title = "一院"
    book.save(tmp_path / "谈话.xlsx")
    check(tab, office_url, tmp_path / "谈话.xlsx")
    expect(tab.get_by_role("alert")).to_contain_text("请指明用哪一张：“一院”、“二院”")
    tab.locator("#roster").set_input_files(tmp_path / "谈话.xlsx")
    tab.get_by_label("工作表").fill("一院")
    tab.get_by_role("button", name="核对名册").click()
    expect(tab.get_by_role("heading", level=1)).to_have_text("个别谈话记录")
    tab.get_by_role("button", name="生成 3 份").click()
    expect(tab.get_by_role("status")).to_contain_text("已生成 3 份", timeout=30_000)


def test_a_batch_that_is_cancelled_keeps_whole_papers_and_goes_on_where_it_stopped(
    tab: Page, office_url: str, office_home: Path, tmp_path: Path
) -> None:
    check(tab, office_url, long_roster(tmp_path, 1500))
    tab.get_by_role("button", name="生成 1500 份").click()
    tab.wait_for_function(CANCEL_ONCE_THE_RATE_IS_KNOWN, timeout=60_000)
    expect(tab.locator(".result")).to_contain_text("已取消", timeout=60_000)
    made = len(list(office_home.glob("批量/*/*.docx")))
    assert 0 < made < 1500
    expect(tab.locator(".result")).to_contain_text(f"文件夹里有 {made} 份，都完整")
    expect(tab.locator(".primary")).to_have_text("接着生成")
    tab.get_by_role("button", name="接着生成").click()
    expect(tab.locator(".result")).to_contain_text(f"{made} 份已有、未重做", timeout=60_000)
    assert len(list(office_home.glob("批量/*/*.docx"))) == 1500


def test_the_first_page_and_those_of_a_batch_have_nothing_that_a_screen_reader_stumbles_over(
    tab: Page, office_url: str, tmp_path: Path
) -> None:
    check(tab, office_url, spoiled(tmp_path))
    run = tab.url
    base = run.partition("/batch")[0]
    tab.get_by_role("button", name="生成 8 份").click()
    expect(tab.locator("#made")).to_be_visible(timeout=30_000)
    found = {page: violations(tab, page) for page in (run, f"{base}/batch", f"{base}/")}
    assert {page: wrong for page, wrong in found.items() if wrong} == {}
