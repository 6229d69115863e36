"""The window's pages, driven as a clerk drives them: typed, saved, refused, lost and found again."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Literal
from urllib.parse import urlparse

import pytest

pytest.importorskip("playwright", reason="playwright drives the pages")

from playwright.sync_api import Browser, Page, expect
from window_support import answer, browser_open, open_sample, process_open, server_open

from doc_forms.desk import Desk

MEETING = "/3/recommendation/meeting"
ROWS = "/3/recommendation/candidates"
DATE, PRESENT = "民主推荐/会议推荐/会议日期", "民主推荐/会议推荐/实到人数"
KILLS = int(os.environ.get("DOC_FORMS_KILLS", "3"))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests of this file."""
    with browser_open() as opened:
        yield opened


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An empty desk."""
    return tmp_path / "home"


@pytest.fixture
def first_url(home: Path) -> Iterator[str]:
    """The address that opens the window."""
    with server_open(home) as address:
        yield address


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A tab of its own; an error of a script fails the test, and so does a word to anybody but this computer."""
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    made = context.new_page()
    wrong: list[str] = []
    made.on("pageerror", lambda error: wrong.append(str(error)))
    made.on("request", lambda request: wrong.extend(foreign(request.url)))
    yield made
    context.close()
    assert wrong == []


def foreign(url: str) -> list[str]:
    parts = urlparse(url)
    return [] if parts.scheme in {"data", "blob"} or parts.hostname == "127.0.0.1" else [url]


def test_an_empty_desk_says_what_to_do_first(page: Page, first_url: str) -> None:
    page.goto(first_url)
    expect(page.locator(".empty")).to_have_text("还没有选任案。在上面新建一个，或先看看示例。")
    page.get_by_role("button", name="新建").click()
    expect(page.get_by_role("alert")).to_contain_text("请给案件起个名称")
    page.get_by_label("新建选任案").fill("教务处副处长选任")
    page.get_by_role("button", name="新建").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("教务处副处长选任")
    expect(page.locator("tbody tr").first).to_contain_text("○ 未开始")


def test_the_example_case_opens_on_its_steps_with_states_and_papers(page: Page, first_url: str) -> None:
    open_sample(page, first_url)
    rows = page.locator("table.tasks tbody tr")
    expect(rows.filter(has_text="民主推荐").first).to_contain_text("● 已完成")
    expect(rows.filter(has_text="民主推荐").first).to_contain_text("可生成 3 / 3 份")
    expect(rows.filter(has_text="组织考察")).to_contain_text("◐ 进行中")


def test_a_date_typed_freely_is_kept_as_it_is_left_and_shown_back_in_words(
    page: Page, first_url: str, home: Path
) -> None:
    case = open_sample(page, first_url)
    page.goto(case + MEETING)
    answer(page, DATE, "2026.9.5")
    expect(page.locator(".field.date .said").first).to_have_text("2026年9月5日")
    kept = Desk(folder=home).open(case.rpartition("/")[2])
    assert kept.values["民主推荐"]["会议推荐"]["会议日期"] == "2026.9.5"


def test_a_finding_stands_beside_the_form_as_soon_as_the_fact_is_left(page: Page, first_url: str) -> None:
    case = open_sample(page, first_url)
    page.goto(case + MEETING)
    expect(page.locator("#panel")).to_contain_text("没有不符合规定之处")
    answer(page, PRESENT, "60")
    finding = page.locator("#panel li", has_text="第十三条")
    expect(finding).to_contain_text("应到 90 人，实到 60 人")
    finding.get_by_role("link", name="第十三条").click()
    expect(page.get_by_role("dialog")).to_contain_text("第 13 条")
    page.keyboard.press("Escape")
    page.goto(case)
    expect(page.locator("tbody tr").filter(has_text="民主推荐").first).to_contain_text("需注意")


def test_a_wrong_answer_is_told_at_the_field_and_in_a_summary_and_stays_as_typed(page: Page, first_url: str) -> None:
    case = open_sample(page, first_url)
    page.goto(case + MEETING)
    answer(page, DATE, "2026-13-05")
    field = page.locator(f"[name='f:{DATE}']")
    expect(field).to_have_attribute("aria-invalid", "true")
    page.get_by_role("button", name="保存并继续").click()
    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("会议日期：没有 2026 年 13 月 5 日，请核对")
    expect(field).to_have_value("2026-13-05")
    summary.get_by_role("link", name="会议日期").click()
    expect(field).to_be_focused()
    summary.get_by_role("link", name="先不改，继续下一页").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("推荐人选")


def test_rows_are_added_moved_removed_and_brought_back_by_keyboard(page: Page, first_url: str) -> None:
    case = open_sample(page, first_url)
    page.goto(case + ROWS)
    names = page.locator("td.person input")
    page.locator("[data-add]").focus()
    page.keyboard.press("Enter")
    expect(names.nth(2)).to_be_focused()
    page.keyboard.type("阿卜杜拉·买买提")
    page.keyboard.press("Alt+ArrowUp")
    expect(names.nth(1)).to_have_value("阿卜杜拉·买买提")
    expect(names.nth(1)).to_be_focused()
    page.get_by_role("button", name="删除第 2 行：阿卜杜拉·买买提").press("Enter")
    expect(names).to_have_count(2)
    expect(names.nth(0)).to_be_focused()  # the page goes there by itself, and takes the focus from what comes sooner
    page.get_by_role("button", name="撤销删除").press("Enter")
    expect(names).to_have_count(3)
    assert [one.input_value() for one in names.all()] == ["林示例", "阿卜杜拉·买买提", "马晓㛃"]


def test_what_is_typed_just_before_a_row_moves_stays_with_its_row(page: Page, first_url: str, home: Path) -> None:
    case = open_sample(page, first_url)
    page.goto(case + ROWS)
    names = page.locator("td.person input")
    expect(names.nth(1)).to_have_value("马晓㛃")
    names.nth(1).fill("马示范")
    page.keyboard.press("Alt+ArrowUp")
    expect(names.nth(0)).to_have_value("马示范")
    expect(names.nth(0)).to_be_focused()
    page.wait_for_load_state("networkidle")  # whatever the page before still had to say was said
    rows = Desk(folder=home).open(case.rpartition("/")[2]).values["民主推荐"]["推荐人选"]
    assert [row["姓名"] for row in rows] == ["马示范", "林示例"]


def test_a_text_longer_than_anybody_types_is_kept_and_sent_as_any_other(page: Page, first_url: str, home: Path) -> None:
    case = open_sample(page, first_url)
    page.goto(f"{case}/1/motion")
    long = "字" * 300_000
    name = "动议/初步建议内容"
    page.locator(f"[name='f:{name}']").evaluate("(area, text) => { area.value = text }", long)
    page.get_by_role("button", name="保存并继续").last.click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text("没有办成")
    page.wait_for_url(lambda address: not address.endswith("/motion"))
    assert Desk(folder=home).open(case.rpartition("/")[2]).values["动议"]["初步建议内容"] == long


def test_two_clicks_on_a_button_do_their_work_once(page: Page, first_url: str) -> None:
    case = open_sample(page, first_url)
    page.goto(case + ROWS)
    page.locator("[data-add]").dblclick()
    expect(page.locator("td.person input").nth(2)).to_be_focused()
    expect(page.locator("td.person input")).to_have_count(3)
    page.goto(f"{case.partition('/case')[0]}/register/numbers")
    page.get_by_label("机关代字").fill("示院委")
    page.get_by_label("用途").fill("任职通知")
    page.get_by_role("button", name="取下一个号").dblclick()
    expect(page.get_by_role("status")).to_contain_text("1号")
    page.reload()
    expect(page.get_by_role("status")).to_contain_text("1号")
    expect(page.locator("#numbers tbody tr")).to_have_count(1)


def test_a_page_says_why_a_step_is_not_done_of_which_every_fact_is_there(page: Page, first_url: str) -> None:
    case = open_sample(page, first_url)
    page.goto(f"{case}/5/candidates/0")
    answer(page, "考察对象/0/姓名", "<b>林")
    page.goto(case)
    row = page.locator("table.tasks tbody tr").first
    expect(row).to_contain_text("◐ 进行中")
    expect(row).to_contain_text("第四十八条（十）还不能核对，尚未填写“考察对象 第 1 项 姓名”")
    row.get_by_role("link").click()
    page.locator("summary", has_text="还不能核对的规定（1 处）").click()
    page.get_by_role("link", name="去补录").click()
    expect(page.locator("[name='f:考察对象/0/姓名']")).to_be_focused()


def test_a_task_is_done_by_keyboard_alone(page: Page, first_url: str) -> None:
    page.goto(first_url)
    go_to(page, "新建选任案")
    page.keyboard.type("教务处副处长选任")
    press_enter(page, "教务处副处长选任")
    go_to(page, "继续办理：分析研判和动议")
    press_enter(page, "分析研判和动议")
    go_to(page, "开始填写")
    press_enter(page, "基本情况")
    go_to(page, "民主推荐")
    page.keyboard.press("Space")
    go_to(page, "保存并继续")
    press_enter(page, "发文机关")
    go_to(page, "机关代字")
    page.keyboard.type("示院委")
    go_to(page, "保存并继续")
    press_enter(page, "职位")
    go_to(page, "分析研判和动议")
    press_enter(page, "分析研判和动议")
    expect(page.locator(".card").nth(0)).to_contain_text("民主推荐")
    expect(page.locator(".card").nth(1)).to_contain_text("示院委")


def press_enter(page: Page, heading: str) -> None:
    """Press Enter and wait for the page that it leads to."""
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    page.wait_for_load_state()


def go_to(page: Page, name: str) -> None:
    """Press Tab until what has the focus is called so."""
    said = """() => { const one = document.activeElement;
        return [one.getAttribute("aria-label"), ...[...(one.labels ?? [])].map((label) => label.innerText),
                one.innerText].filter(Boolean).map((text) => text.trim()) }"""
    for _ in range(60):
        page.keyboard.press("Tab")
        if name in page.evaluate(said):
            return
    pytest.fail(f"Tab never comes to {name}")


def test_two_windows_on_one_case_see_each_others_work_and_lose_none(browser: Browser, home: Path) -> None:
    with server_open(home) as first_url:
        context = browser.new_context()
        one, other = context.new_page(), context.new_page()
        case = open_sample(one, first_url)
        one.goto(case + MEETING)
        other.goto(case + MEETING)
        answer(one, PRESENT, "85")
        answer(other, "民主推荐/会议推荐/会议地点", "图书馆报告厅")
        one.reload()
        expect(one.locator(f"[name='f:{PRESENT}']")).to_have_value("85")
        expect(one.locator("[name='f:民主推荐/会议推荐/会议地点']")).to_have_value("图书馆报告厅")
        one.goto(case + ROWS)
        other.goto(case + ROWS)
        one.get_by_role("button", name="删除第 2 行").click()
        expect(one.locator("td.person input")).to_have_count(1)
        other.get_by_role("button", name="删除第 2 行").click()
        expect(other.get_by_role("heading", level=1)).to_have_text("没有办成")
        assert len(Desk(folder=home).open(case.rpartition("/")[2]).values["民主推荐"]["推荐人选"]) == 1
        context.close()


def test_an_answer_is_not_written_to_another_person_because_a_second_window_removed_one(
    browser: Browser, home: Path
) -> None:
    with server_open(home) as first_url:
        context = browser.new_context()
        one, other = context.new_page(), context.new_page()
        case = open_sample(one, first_url)
        other.goto(f"{case}/5/candidates/1")
        one.goto(f"{case}/5/candidates")
        one.get_by_role("button", name="删除第 1 行").click()
        expect(one.locator("tr[data-row]")).to_have_count(1)
        one.locator("[data-add]").click()
        expect(one.locator("tr[data-row]")).to_have_count(2)
        one.locator("[data-add]").click()
        expect(one.locator("tr[data-row]")).to_have_count(3)
        other.locator("[name='f:考察对象/1/籍贯']").fill("福建宁德")
        other.keyboard.press("Tab")
        expect(other.locator("#saved")).to_have_text(
            "这个列表在别的窗口增删或移动过行，刚才填的没有写入；请刷新本页后再填"
        )
        expect(other.locator("[name='f:考察对象/1/籍贯']")).to_have_value("福建宁德")
        other.get_by_role("button", name="保存并继续").last.click()
        expect(other.get_by_role("heading", level=1)).to_have_text("没有办成")
        people = Desk(folder=home).open(case.rpartition("/")[2]).values["考察对象"]
        assert [person.get("籍贯", "") for person in people] == ["福建泉州", "", ""]
        context.close()


def test_a_window_that_is_killed_loses_no_field_that_was_left(
    browser: Browser, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fields = ("启动意见日期", "分析研判日期", "初步建议内容", "工作方案日期")
    lost = []
    for run in range(KILLS):
        with process_open(home / str(run)) as (process, first_url):
            context = browser.new_context()
            page = context.new_page()
            case = open_sample(page, first_url)
            page.goto(f"{case}/1/motion")
            for place, field in enumerate(fields, 1):
                answer(page, f"动议/{field}", f"2026.{run % 12 + 1}.{place}")
            page.locator("[name='f:动议/报告主要领导日期']").press_sequentially("2026.8")
            time.sleep(run % 7 * 0.015)
            process.kill()
            context.close()
        kept = Desk(folder=home / str(run)).open(case.rpartition("/")[2]).values["动议"]
        lost += [field for place, field in enumerate(fields, 1) if kept[field] != f"2026.{run % 12 + 1}.{place}"]
        shutil.rmtree(home / str(run))
    with capsys.disabled():
        sys.stdout.write(f"\nkilled while typing {KILLS} times: {len(lost)} of {KILLS * len(fields)} fields lost\n")
    assert lost == []


def test_a_page_says_so_when_the_program_is_gone_and_keeps_what_was_typed(browser: Browser, home: Path) -> None:
    context = browser.new_context()
    page = context.new_page()
    with process_open(home) as (process, first_url):
        case = open_sample(page, first_url)
        page.goto(case + MEETING)
        process.kill()
        process.wait()
        page.locator(f"[name='f:{PRESENT}']").fill("84")
        page.keyboard.press("Tab")
        expect(page.locator("#saved")).to_contain_text("没有保存：程序已经关闭")
        expect(page.locator(f"[name='f:{PRESENT}']")).to_have_value("84")
    context.close()


def test_a_finished_page_is_a_revision_that_can_be_looked_at_and_gone_back_from(page: Page, first_url: str) -> None:
    case = open_sample(page, first_url)
    page.goto(case + MEETING)
    answer(page, PRESENT, "60")
    page.get_by_role("button", name="保存并继续").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("推荐人选")
    page.goto(case)
    page.get_by_role("link", name="历史").click()
    rows = page.locator("table.history tbody tr")
    expect(rows).to_have_count(2)
    expect(rows.first).to_contain_text("填写：")
    rows.first.locator("summary").click()
    expect(rows.first).to_contain_text("民主推荐 会议推荐 实到人数 原为86 改为60")
    rows.last.get_by_role("button", name="恢复").click()
    expect(rows.first).to_contain_text("恢复第 1 版")
    page.goto(case + MEETING)
    expect(page.locator(f"[name='f:{PRESENT}']")).to_have_value("86")


def test_papers_are_made_and_those_that_cannot_be_say_why(page: Page, first_url: str, home: Path) -> None:
    case = open_sample(page, first_url)
    page.goto(f"{case}/papers")
    expect(page.locator("tr", has_text="考察材料").last).to_contain_text("还缺")
    page.get_by_role("button", name="生成现在可以出的文书").click()
    expect(page.get_by_role("status")).to_contain_text("已生成")
    made = [*home.glob("文书/*/*.docx"), *home.glob("文书/*/*.xlsx")]
    assert len(made) > 20
    expect(page.get_by_role("button", name="打开文件夹")).to_be_visible()
    page.get_by_role("link", name="台账").click()
    expect(page.get_by_role("heading", level=2)).to_have_text(f"文书（{len(made)} 份）")
    expect(page.locator("main")).to_contain_text("台账与文件相符，没有问题")


def test_a_roster_is_recognised_checked_and_made_with_a_receipt(
    page: Page, first_url: str, home: Path, root: Path
) -> None:
    page.goto(first_url)
    page.get_by_role("link", name="批量").click()
    page.locator("#roster").set_input_files(root / "examples" / "appointment_notice.xlsx")
    page.get_by_role("button", name="核对名册").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("任职通知")
    page.get_by_role("button", name="生成 9 份").click()
    expect(page.get_by_role("status")).to_contain_text("已生成 9 份")
    assert len(list(home.glob("批量/*/*.docx"))) == 9
    assert len(list(home.glob("批量/*/回执_*.xlsx"))) == 1
    page.get_by_role("link", name="台账").click()
    expect(page.get_by_role("heading", level=2)).to_have_text("文书（9 份）")
    expect(page.locator("main")).to_contain_text("台账与文件相符，没有问题")


def test_a_file_that_is_no_roster_is_refused_in_words(page: Page, first_url: str, root: Path) -> None:
    page.goto(first_url)
    page.get_by_role("link", name="批量").click()
    page.locator("#roster").set_input_files(root / "README.md")
    page.get_by_role("button", name="核对名册").click()
    expect(page.get_by_role("alert")).to_contain_text("不是 Excel 工作簿")


def test_a_blank_roster_is_handed_out(page: Page, first_url: str) -> None:
    page.goto(first_url)
    page.get_by_role("link", name="批量").click()
    page.locator("#blank-kind").select_option(label="任职通知")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="下载").click()
    assert waiting.value.suggested_filename == "任职通知_空白名册.xlsx"


PAGES = (
    "",
    "/3",
    MEETING,
    ROWS,
    "/1/motion",
    "/5/candidates",
    "/5/candidates/0",
    "/5/candidates/0/career",
    "/papers",
    "/history",
)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_has_what_a_screen_reader_stumbles_over(
    browser: Browser, home: Path, scheme: Literal["light", "dark"]
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-core comes with this package").Axe()
    with server_open(home) as first_url:
        context = browser.new_context(viewport={"width": 1366, "height": 768}, color_scheme=scheme)
        page = context.new_page()
        case = open_sample(page, first_url)
        page.goto(case + MEETING)
        answer(page, DATE, "2026-13-05")
        answer(page, PRESENT, "60")
        base = case.partition("/case")[0]
        found = {}
        for address in [
            *(case + end for end in PAGES),
            *(base + end for end in ("/", "/batch", "/register", "/articles", "/articles/34")),
        ]:
            page.goto(address)
            violations = axe.run(page).response["violations"]
            found[address] = [(item["id"], item["nodes"][0]["target"]) for item in violations]
        context.close()
    assert {address: items for address, items in found.items() if items} == {}


@pytest.mark.parametrize("width", [1366, 1024, 911])
def test_no_page_is_wider_than_the_window(page: Page, first_url: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 600})
    case = open_sample(page, first_url)
    for end in PAGES:
        page.goto(case + end)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, end
