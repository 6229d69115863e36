"""The newer pages by keyboard alone, and the pages of a batch in each of its states."""

from __future__ import annotations

import io
import time
from pathlib import Path

import openpyxl
import pytest

pytest.importorskip("playwright", reason="playwright drives the pages")

from playwright.sync_api import Locator, Page, expect
from test_window_photos import EXAMPLES, LIN, PHOTOS, ROSTER
from window_support import open_sample, violations_here

from doc_forms.desk.runs import Runs
from doc_forms.library import Library
from doc_forms.regulation.procedure import State

NOTICE = EXAMPLES / "appointment_notice.xlsx"


def tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab until something has the focus."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if wanted.evaluate("one => one === document.activeElement"):
            return
    pytest.fail("the keyboard does not get there")


def spoiled(folder: Path, rows: int = 9) -> Path:
    """The notices, with so many dates that are none."""
    book = openpyxl.load_workbook(NOTICE)
    sheet = book["名册"]
    column = next(number for number, cell in enumerate(sheet[1], 1) if "成文日期" in str(cell.value))
    filled = [row for row in range(2, sheet.max_row + 1) if str(sheet.cell(row, 1).value or "").isdecimal()]
    for row in filled[:rows]:
        sheet.cell(row, column).value = "2026年9月31日"
    book.save(folder / "任职名册.xlsx")
    return folder / "任职名册.xlsx"


def check(page: Page, address: str, *files: Path) -> None:
    page.goto(address)
    page.get_by_role("link", name="批量", exact=True).first.click()
    page.wait_for_load_state()
    page.locator("#roster").set_input_files(files)
    page.get_by_role("button", name="核对名册").press("Enter")
    page.wait_for_load_state()


def test_a_case_is_put_away_and_brought_back_by_keyboard_alone(tab: Page, office_url: str) -> None:
    case = open_sample(tab, office_url)
    tab.goto(case.partition("/case/")[0])
    tab_to(tab, tab.get_by_role("link", name="移出"))
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/away")
    tab_to(tab, tab.get_by_label("缘由"))
    tab.keyboard.type("暂停")
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("status")).to_be_focused()
    assert violations_here(tab) == []
    tab.keyboard.press("Tab")
    expect(tab.get_by_role("button", name="移回")).to_be_focused()
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("status")).to_contain_text("已移回")
    expect(tab.get_by_role("status")).to_be_focused()


def test_what_came_of_a_batch_and_of_photos_that_were_added_has_the_focus(tab: Page, office_url: str) -> None:
    tab.on("filechooser", lambda _: None)  # from now on: asked for only with the key, it may come too late
    check(tab, office_url, ROSTER)
    tab.get_by_role("button", name="生成 1 份").press("Enter")
    expect(tab.locator(".result")).to_be_focused(timeout=30_000)
    tab.keyboard.press("Tab")
    expect(tab.get_by_role("button", name="打开文件夹")).to_be_focused()
    tab.locator("#photos").set_input_files(EXAMPLES / LIN)
    expect(tab.locator("#photos-told")).to_contain_text("还缺 1 张")
    expect(tab.locator("#photos-told")).to_be_focused()
    assert violations_here(tab) == []
    tab.keyboard.press("Tab")
    expect(tab.locator("#photos")).to_be_focused()
    with tab.expect_file_chooser() as chooser:
        tab.keyboard.press("Enter")
    chooser.value.set_files(sorted(PHOTOS.iterdir()))
    expect(tab.locator("#photos-told")).to_contain_text("2 张照片都在")
    expect(tab.locator("#photos-told")).to_be_focused()


def test_why_something_was_refused_has_the_focus(tab: Page, office_url: str) -> None:
    tab.goto(office_url)
    tab.get_by_role("button", name="新建", exact=True).first.press("Enter")
    expect(tab.get_by_role("alert")).to_be_focused()
    tab.goto(f"{tab.url.rpartition('/')[0]}/batch/nowhere")
    expect(tab.get_by_role("alert")).to_contain_text("没有这次批量")
    expect(tab.get_by_role("alert")).to_be_focused()


def test_a_roster_without_a_good_row_offers_its_receipt_and_nothing_to_make(
    tab: Page, office_url: str, office_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")  # nothing here opens a workbook: the page says where it lies
    check(tab, office_url, spoiled(tmp_path))
    expect(tab.locator("main")).to_contain_text("▲ 9 行都有误，没有可以生成的")
    expect(tab.get_by_role("button", name="生成")).to_have_count(0)
    assert violations_here(tab) == []
    for _ in range(2):  # the second time it is the same one, which the clerk may be correcting
        tab.get_by_role("button", name="打开标红的回执").press("Enter")
        expect(tab.locator("main > .warning")).to_contain_text("回执_任职名册.xlsx")
    (receipt,) = office_home.glob("批量/*/*")
    results = [str(cell.value) for row in openpyxl.load_workbook(receipt)["名册"].iter_rows() for cell in row]
    assert sum("没有 2026 年 9 月 31 日" in one for one in results) == 9
    tab.get_by_role("link", name="批量", exact=True).first.click()
    expect(tab.locator(".runs .badge")).to_have_text("▲ 已核对，没有可以生成的行")


def test_a_receipt_that_was_opened_before_is_given_back_and_then_papers_are_made(
    tab: Page, office_url: str, office_home: Path, tmp_path: Path
) -> None:
    check(tab, office_url, spoiled(tmp_path, rows=1))
    tab.get_by_role("button", name="打开标红的回执").click()
    tab.wait_for_load_state()
    (receipt,) = office_home.glob("批量/*/*")
    book = openpyxl.load_workbook(receipt)
    wrong = next(cell for row in book["名册"].iter_rows() for cell in row if cell.value == "2026年9月31日")
    wrong.value = openpyxl.load_workbook(NOTICE)["名册"][wrong.coordinate].value
    book.save(receipt)
    check(tab, tab.url, receipt)
    tab.get_by_role("button", name="生成 9 份").press("Enter")
    expect(tab.locator(".result")).to_contain_text("已生成 9 份", timeout=30_000)


def test_what_the_clerk_may_choose_is_offered_only_where_that_could_help(tab: Page, office_url: str) -> None:
    check(tab, office_url, EXAMPLES / "case.json")
    expect(tab.get_by_role("alert")).to_contain_text("不是 Excel 工作簿")
    expect(tab.get_by_label("工作表")).to_be_hidden()
    tab.locator("#roster").set_input_files(EXAMPLES / "interview_record.xlsx")
    tab.get_by_text("认错了种类或工作表？").click()
    tab.get_by_label("工作表").fill("没有这张")
    tab.get_by_role("button", name="核对名册").click()
    expect(tab.get_by_role("alert")).to_contain_text("没有这张")
    expect(tab.get_by_label("工作表")).to_be_visible()


def test_a_page_that_waits_for_the_program_says_so(tab: Page, office_url: str) -> None:
    tab.goto(office_url)
    tab.get_by_role("link", name="批量", exact=True).click()
    tab.wait_for_load_state()
    tab.locator("#roster").set_input_files(NOTICE)
    tab.locator("form.drop").evaluate("form => { form.target = '_blank'; }")  # the answer comes elsewhere
    tab.get_by_role("button", name="核对名册").click()
    expect(tab.get_by_role("status")).to_have_text("正在核对名册……")
    assert violations_here(tab) == []


def test_a_batch_that_fails_as_nobody_foresaw_says_so(tmp_path: Path, library: Library) -> None:
    runs = Runs(library, lambda: tmp_path / "批\0量")  # no folder can be called that
    run = runs.take_in([(NOTICE.name, io.BytesIO(NOTICE.read_bytes()))], None)
    run.make(run.turn)
    until = time.monotonic() + 30
    while run.running and time.monotonic() < until:
        time.sleep(0.02)
    assert [line.partition("（")[0] for line in run.trouble] == ["程序内部出错"]
    assert (run.said, run.state) == ("没有做完", State.TO_MEND)
