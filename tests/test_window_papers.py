"""The panel beside the form, previews and the page of papers, driven as a clerk drives them."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlparse

import pytest

pytest.importorskip("playwright", reason="playwright drives the pages")

from playwright.sync_api import Browser, Page, expect
from window_support import answer, browser_open, open_sample, paper_address, process_open, server_open

from doc_forms.desk import Desk
from doc_forms.paper import find_libreoffice

needs_libreoffice = pytest.mark.skipif(find_libreoffice() is None, reason="LibreOffice is not installed")
MEETING = "/3/recommendation/meeting"
PLACE = "民主推荐/会议推荐/会议地点"
PATIENCE = 30_000  # milliseconds; a first start of LibreOffice on a busy machine


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
    made.on("request", lambda request: wrong.extend([request.url] * (urlparse(request.url).hostname != "127.0.0.1")))
    yield made
    context.close()
    assert [url for url in wrong if not url.startswith(("data:", "blob:"))] == []


def test_the_form_stays_where_it_is_when_the_panel_folds_and_the_fold_is_remembered(
    browser: Browser, home: Path, page: Page
) -> None:
    with server_open(home) as first_url:
        case = open_sample(page, first_url)
        page.goto(case + MEETING)
        field = page.locator(f"[name='f:{PLACE}']")
        before = field.bounding_box()
        expect(page.locator("#findings")).to_be_visible()
        with page.expect_response("**/layout"):
            page.get_by_role("button", name="收起").click()
        expect(page.locator("#findings")).to_be_hidden()
        assert field.bounding_box() == before
        page.reload()
        expect(page.locator("#findings")).to_be_hidden()
        assert field.bounding_box() == before
    with server_open(home) as first_url:
        context = browser.new_context(viewport={"width": 1366, "height": 768})
        again = context.new_page()
        again.goto(first_url)
        again.goto(first_url.partition("/boot")[0] + urlparse(case).path + MEETING)
        expect(again.locator("#findings")).to_be_hidden()
        again.get_by_role("tab", name="审查意见").click()
        expect(again.locator("#findings")).to_be_visible()
        assert again.locator(f"[name='f:{PLACE}']").bounding_box() == before
        context.close()


def test_a_killed_window_opens_where_it_was_and_a_closed_one_at_the_beginning(page: Page, home: Path) -> None:
    with process_open(home) as (_, first_url):
        case = open_sample(page, first_url)
        page.goto(case + MEETING)
        expect(page.get_by_role("heading", level=1)).to_have_text("会议推荐")
    with server_open(home) as first_url:
        page.goto(first_url)
        expect(page.get_by_role("heading", level=1)).to_have_text("会议推荐")
        page.get_by_role("link", name="选任案").first.click()
        expect(page.get_by_role("heading", level=1)).to_have_text("选任案")
    with server_open(home) as first_url:
        page.goto(first_url)
        expect(page.get_by_role("heading", level=1)).to_have_text("选任案")


def test_a_window_that_was_killed_over_one_paper_opens_at_the_list_of_papers(page: Page, home: Path) -> None:
    with process_open(home) as (_, first_url):
        case = open_sample(page, first_url)
        page.goto(paper_address(page, case))
    with server_open(home) as first_url:
        page.goto(first_url)
        expect(page.get_by_role("heading", level=1)).to_have_text("文书")
        expect(page.get_by_role("alert")).to_have_count(0)


def test_votes_are_added_up_as_they_are_typed_and_a_sum_that_does_not_meet_says_so(page: Page, first_url: str) -> None:
    case = open_sample(page, first_url)
    page.goto(f"{case}/3/recommendation/candidates")
    total = page.locator("tfoot td.sum").first
    expect(total).to_have_text("77")
    page.get_by_label("第 1 行 会议得票").press_sequentially("9")
    expect(total).to_have_text("✕ 977")
    expect(page.locator("#findings")).to_contain_text("多于有效票")
    page.goto(f"{case}/6/inspection/people/0/assessment/rows")
    row = page.locator("tbody tr").first.locator("td.sum")
    expect(row).to_have_text("22")
    page.get_by_label("第 1 行 第一档").fill("30")
    expect(row).to_have_text("✕ 33")
    page.get_by_label("第 1 行 第一档").fill("19")
    expect(row).to_have_text("22")


def test_cells_pasted_from_excel_go_each_into_its_own_and_what_has_no_room_is_told(
    page: Page, first_url: str, home: Path
) -> None:
    case = open_sample(page, first_url)
    page.goto(f"{case}/3/recommendation/candidates")
    votes = page.get_by_label("第 1 行 会议得票")
    votes.focus()
    votes.evaluate(PASTE, "40\t18\r\n27\t11\r\n9\t1\r\n")
    expect(page.locator("#saved")).to_have_text("粘贴的内容有 2 格放不下，没有填；行不够的，先添加行再粘贴")
    expect(page.locator("tfoot td.sum")).to_have_text(["67", "29"])
    name = page.get_by_label("第 2 行 姓名")
    name.evaluate(PASTE, "马晓㛃")
    rows = Desk(folder=home).open(case.rpartition("/")[2]).values["民主推荐"]["推荐人选"]
    assert [(row["姓名"], row["会议得票"], row["谈话得票"]) for row in rows] == [
        ("林示例", 40, 18),
        ("马晓㛃", 27, 11),
    ]


PASTE = """(control, text) => {
    const held = new DataTransfer();
    held.setData("text/plain", text);
    control.dispatchEvent(new ClipboardEvent("paste", { clipboardData: held, bubbles: true, cancelable: true }));
}"""


def test_long_words_in_a_row_are_read_whole_and_enter_goes_on_to_the_next_answer(page: Page, first_url: str) -> None:
    case = open_sample(page, first_url)
    page.goto(f"{case}/3/recommendation/candidates")
    cell = page.get_by_label("第 1 行 现任职务")
    assert cell.evaluate("one => one.scrollWidth <= one.clientWidth && one.scrollHeight <= one.clientHeight + 2")
    cell.press("Enter")
    expect(page.get_by_label("第 1 行 推荐职位")).to_be_focused()
    expect(cell).to_have_value("计算机科学与工程学院党政办公室主任")


def test_the_pages_that_are_still_empty_are_named_together_below_the_answers(page: Page, first_url: str) -> None:
    case = open_sample(page, first_url)
    page.goto(f"{case}/5")
    empty = page.locator(".card", has_text="还没有填写的页")
    empty.get_by_role("link", name="林示例 破格提拔").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("林示例 破格提拔")


def test_in_a_small_window_the_panel_lies_over_the_form_and_escape_takes_it_away(page: Page, first_url: str) -> None:
    page.set_viewport_size({"width": 911, "height": 512})
    case = open_sample(page, first_url)
    page.goto(case + MEETING)
    field = page.locator(f"[name='f:{PLACE}']")
    before = field.bounding_box()
    expect(page.locator("#findings")).to_be_hidden()
    page.get_by_role("tab", name="审查意见").click()
    expect(page.locator("#findings")).to_be_visible()
    assert field.bounding_box() == before
    page.keyboard.press("Escape")
    expect(page.locator("#findings")).to_be_hidden()
    expect(page.locator("#fold")).to_be_focused()


@needs_libreoffice
def test_the_tabs_are_changed_by_keyboard_and_the_preview_follows_what_is_typed(page: Page, first_url: str) -> None:
    case = open_sample(page, first_url)
    page.goto(case + MEETING)
    page.get_by_role("tab", name="审查意见").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tab", name="预览")).to_be_focused()
    picture = page.locator("#preview img").first
    expect(picture).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_label("这一页的内容印在").locator("option:checked")).to_contain_text("会议推荐表")
    assert picture.evaluate("image => image.naturalWidth") > 1000
    before = picture.get_attribute("src")
    answer(page, "民主推荐/会议推荐/会议日期", "2026.9.5")
    expect(picture).not_to_have_attribute("src", before or "", timeout=PATIENCE)
    page.keyboard.press("Alt+p")
    expect(page.locator("#preview")).to_be_hidden()


@needs_libreoffice
def test_nothing_on_the_page_moves_while_a_preview_comes(page: Page, first_url: str) -> None:
    case = open_sample(page, first_url)
    page.goto(case + MEETING)
    page.evaluate(
        """() => { window.moved = 0; new PerformanceObserver((list) => {
            for (const entry of list.getEntries()) window.moved += entry.value;
        }).observe({ type: "layout-shift", buffered: true }); }"""
    )
    page.get_by_role("tab", name="预览").click()
    expect(page.locator("#preview img").first).to_be_visible(timeout=PATIENCE)
    answer(page, PLACE, "图书馆报告厅")
    page.wait_for_load_state("networkidle")
    assert page.evaluate("window.moved") == 0


@needs_libreoffice
def test_a_paper_that_lacks_facts_says_which_and_shows_a_draft(page: Page, first_url: str) -> None:
    case = open_sample(page, first_url)
    page.goto(f"{case}/papers")
    row = page.locator("tr[data-paper]", has_text="任前公示")
    row.get_by_role("link", name="任前公示", exact=True).press("Enter")
    expect(page.locator("#preview")).to_contain_text("［黄色］处还没有填写", timeout=PATIENCE)
    expect(page.locator("#preview img").first).to_be_visible(timeout=PATIENCE)
    expect(row).to_contain_text("还缺")
    row.get_by_role("link", name="任前公示（").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("任前公示")
    expect(page.locator("[name='f:任前公示/公示开始日期']")).to_be_focused()


@needs_libreoffice
def test_a_page_of_a_paper_is_enlarged_and_closed_by_keyboard(page: Page, first_url: str) -> None:
    case = open_sample(page, first_url)
    page.goto(paper_address(page, case))
    page.get_by_role("button", name="放大第 1 页").press("Enter", timeout=PATIENCE)
    expect(page.get_by_role("dialog").get_by_role("img")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.get_by_role("button", name="放大第 1 页")).to_be_focused()


def test_one_paper_is_made_and_says_so_then_that_it_was_edited_then_that_the_case_changed(
    page: Page, first_url: str, home: Path
) -> None:
    case = open_sample(page, first_url)
    page.goto(f"{case}/papers")
    row = page.locator("tr[data-paper]", has_text="会议推荐表")
    expect(row).to_contain_text("○ 可以生成")
    row.get_by_role("button", name="生成").click()
    expect(page.get_by_role("status")).to_contain_text("已生成 1 份")
    expect(row).to_contain_text("● 已生成")
    (made,) = home.glob("文书/*/*.docx")
    with made.open("ab") as file:
        file.write(b"\0" * 8)
    page.goto(f"{case}/papers")
    expect(row).to_contain_text("✎ 生成后被手工改动")
    page.goto(case + MEETING)
    answer(page, "民主推荐/会议推荐/会议地点", "图书馆报告厅")
    page.goto(f"{case}/3/recommendation")
    answer(page, "民主推荐/推荐范围", "学校全体正科级干部")
    page.goto(f"{case}/papers")
    expect(row).to_contain_text("▲ 已生成，之后案件有改动")
    row.get_by_role("button", name="重新生成").click()
    expect(row).to_contain_text("● 已生成")
    assert len(list(home.glob("文书/*/*.docx"))) == 2


def test_chosen_papers_are_made_by_keyboard_alone(page: Page, first_url: str, home: Path) -> None:
    case = open_sample(page, first_url)
    page.goto(f"{case}/papers")
    for name in ("会议推荐表", "谈话调研推荐表"):
        page.locator("tr[data-paper]", has_text=name).get_by_role("checkbox").press("Space")
    page.get_by_role("button", name="生成选中的 2 份").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("已生成 2 份")
    assert len(list(home.glob("文书/*/*.docx"))) == 2


def test_a_reason_is_asked_once_and_remembered(page: Page, first_url: str) -> None:
    case = open_sample(page, first_url)
    page.goto(case + MEETING)
    answer(page, "民主推荐/会议推荐/应到人数", "120")
    page.goto(f"{case}/papers")
    row = page.locator("tr[data-paper]", has_text="需说明理由").first
    expect(row.get_by_role("link", name="第十三条")).to_be_visible()
    row.get_by_role("button", name="生成").click()
    expect(page.get_by_role("alert")).to_contain_text("要写明办理理由")
    page.get_by_role("alert").get_by_role("link").click()
    expect(page.get_by_label("办理理由")).to_be_focused()
    page.keyboard.type("无")
    row.get_by_role("button", name="生成").click()
    expect(page.get_by_role("alert")).to_contain_text("理由只写了“无”，没有说明为什么仍要办理")
    page.get_by_label("办理理由").fill("暑期集中培训，已书面说明")
    row.get_by_role("button", name="生成").click()
    expect(page.get_by_role("status")).to_contain_text("已生成 1 份")
    expect(page.get_by_label("办理理由")).to_have_value("暑期集中培训，已书面说明")


@needs_libreoffice
def test_made_papers_are_saved_elsewhere_given_as_pdf_and_printed_as_a_set(
    page: Page, first_url: str, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")  # nothing opens a window of its own: the browser takes the files
    case = open_sample(page, first_url)
    page.goto(f"{case}/papers")
    for name in ("会议推荐表", "谈话调研推荐表"):
        page.locator("tr[data-paper]", has_text=name).get_by_role("checkbox").check()
    page.get_by_role("button", name="生成选中的 2 份").click()
    expect(page.get_by_role("status")).to_contain_text("已生成 2 份")
    page.wait_for_load_state()  # from here on a link to a paper shows it beside the list
    page.locator("tr[data-paper]", has_text="会议推荐表").get_by_role("link").first.click()
    expect(page.get_by_role("button", name="另存为…")).to_be_visible(timeout=PATIENCE)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="另存为…").click()
    assert waiting.value.suggested_filename.endswith(".docx")
    with page.expect_download(timeout=PATIENCE) as waiting:
        page.get_by_role("button", name="PDF", exact=True).click()
    (pdf,) = home.glob("文书/*/*.pdf")
    assert (waiting.value.suggested_filename, waiting.value.path().read_bytes()) == (pdf.name, pdf.read_bytes())
    with page.expect_download(timeout=PATIENCE) as waiting:
        page.get_by_role("button", name="打印全套").click()
    assert waiting.value.suggested_filename == "打印.pdf"
    opener = tmp_path / "xdg-open"
    opener.write_text("#!/bin/sh\n")
    opener.chmod(0o700)
    monkeypatch.setenv("PATH", str(tmp_path))
    page.reload()
    page.get_by_role("button", name="打印全套").click()
    expect(page.get_by_role("status")).to_contain_text("2 份已按办理顺序合成一个 PDF。已交给", timeout=PATIENCE)


def test_without_libreoffice_the_page_says_so_and_offers_the_word_processor(
    page: Page, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DOC_FORMS_SOFFICE", str(home / "nowhere"))
    monkeypatch.setenv("PATH", "")
    with server_open(home) as first_url:
        case = open_sample(page, first_url)
        page.goto(paper_address(page, case))
        expect(page.locator("#sheet")).to_contain_text("看预览要用 LibreOffice，这台电脑上没有找到")
        page.get_by_role("button", name="用 Word 打开草稿").click()
        expect(page.get_by_role("status")).to_contain_text("草稿.docx")


@needs_libreoffice
def test_a_picture_is_shown_to_this_window_only(page: Page, first_url: str) -> None:
    case = open_sample(page, first_url)
    page.goto(paper_address(page, case))
    source = page.locator("#sheet img").first.get_attribute("src", timeout=PATIENCE)
    assert source is not None
    address = case.partition("/case")[0] + source
    assert page.request.get(address).status == 200
    with pytest.raises(urllib.error.HTTPError, match="403"):
        urllib.request.urlopen(address)  # noqa: S310 - our own server, without its cookie


@needs_libreoffice
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_with_previews_has_what_a_screen_reader_stumbles_over(
    browser: Browser, home: Path, scheme: str
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-core comes with this package").Axe()
    with server_open(home) as first_url:
        context = browser.new_context(
            viewport={"width": 1366, "height": 768}, color_scheme="dark" if scheme == "dark" else "light"
        )
        page = context.new_page()
        case = open_sample(page, first_url)
        page.goto(f"{case}/papers")
        page.get_by_role("button", name="生成现在可以出的文书").click()
        found = {}
        alone = [paper_address(page, case), paper_address(page, case, "考察材料 马晓㛃")]
        for address in (f"{case}/papers", *alone, case + MEETING):
            page.goto(address)
            if address.endswith(MEETING):
                page.get_by_role("tab", name="预览").click()
            expect(page.locator("[data-enlarge] img").first).to_be_visible(timeout=PATIENCE)
            violations = axe.run(page).response["violations"]
            found[address] = [(item["id"], item["nodes"][0]["target"]) for item in violations]
        context.close()
    assert {address: items for address, items in found.items() if items} == {}


def test_what_some_cases_leave_empty_is_marked_in_its_label_and_nothing_else_is(page: Page, first_url: str) -> None:
    case = open_sample(page, first_url)
    page.goto(f"{case}/4/recommendation/nominations/0")
    marked = page.locator("#form .field", has=page.locator("label", has_text="（选填）"))
    expect(marked.locator("label")).to_have_text(["推荐职位（选填）"])
    expect(marked.locator(".help")).to_have_text("只有一个职位的可不填")
    expect(page.get_by_label("推荐职位（选填）")).to_be_editable()
    page.goto(f"{case}/1/motion/plan")
    headings = page.locator("table.grid thead th", has_text="（选填）")
    expect(headings).to_have_text(["结束日期（选填）一天完成的不填"])


def test_on_paper_a_page_has_the_answers_and_findings_and_nothing_for_the_screen(page: Page, first_url: str) -> None:
    case = open_sample(page, first_url)
    page.goto(f"{case}/3")
    page.emulate_media(media="print")
    expect(page.locator(".card").first).to_be_visible()
    expect(page.locator("#findings")).to_be_visible()
    for hidden in (".rail", ".panel-head", "#preview", ".actions"):
        expect(page.locator(hidden).first).to_be_hidden()
