"""Every page that the window has, on a desk where everything has been used: none may be forgotten by these tests."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest

pytest.importorskip("playwright", reason="playwright drives the pages")

from archive_made import EXAMPLES
from exchange_made import LIN
from playwright.sync_api import Browser, FilePayload, Page, expect
from window_support import open_sample, paper_address, server_open, violations, violations_here
from workbooks import save

from doc_forms.data import read_data_file
from doc_forms.desk import Desk, RecordsChoice
from doc_forms.exchange import write_lrmx
from doc_forms.web.app import make_app
from doc_forms.web.rail import ENTRIES as RAIL
from doc_forms.web.shell import BrowserShell

NO_PAGES = {
    "/static/<path:filename>",
    "/previews/<int:preview>/<int:page>.png",
    "/batch/<run>/state",
    "/archive/<case>/state",
    "/case/<case>/preview",
    "/case/<case>/<int:step>/findings",
}
"""What a page fetches for itself: files, states, and parts of it that are looked at where they stand."""
TOPIC = "/case/<case>/<int:step>/<path:address>"
PATIENCE = 60_000  # milliseconds
Pages = dict[str, str]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The desk of an office that has used everything once."""
    return tmp_path_factory.mktemp("desk") / "home"


@pytest.fixture(scope="module")
def pages(chrome: Browser, home: Path) -> Iterator[tuple[Page, Pages]]:
    """A tab, and an address of each page by its route."""
    with server_open(home) as first_url:
        page = chrome.new_context(viewport={"width": 1366, "height": 768}).new_page()
        yield page, _used(page, home, first_url)
        page.context.close()


def _used(page: Page, home: Path, first_url: str) -> Pages:
    case = open_sample(page, first_url)
    base, _, name = case.partition("/case/")
    desk = Desk(folder=home, records=RecordsChoice())
    desk.papers.make(desk.open(name), "")
    desk.archive.keep_settings({key: str(value) for key, value in read_data_file(EXAMPLES / "archive.json").items()})
    draft = desk.new("草稿")
    desk.away.put_away(desk.new("移出的案件"), "暂停")
    number = desk.register.reserve("示院委", "2026", "任职通知")
    page.goto(f"{base}/batch")
    page.locator("#roster").set_input_files(EXAMPLES / "appointment_notice.xlsx")
    page.get_by_role("button", name="核对名册").click()
    page.wait_for_url("**/batch/*")
    run = page.url
    page.goto(f"{case}/people")
    page.get_by_label("或者粘贴").fill("姓名\t性别\n甘试行\t女\n")
    page.get_by_role("button", name="核对").click()
    page.wait_for_url("**/people/*")
    offer = page.url
    page.goto(f"{base}/archive/{name}")
    page.get_by_label("PDF/A").set_checked(False)
    page.get_by_role("button", name="生成档案包").click()
    expect(page.locator(".result, .summary")).to_be_visible(timeout=PATIENCE)
    page.get_by_role("button", name="核验").click()
    page.wait_for_url("**/verify/*")
    verified = page.url
    return {
        "/": f"{base}/",
        "/cases/away": f"{base}/cases/away",
        "/case/<case>/away": f"{case}/away",
        "/case/<case>/delete": f"{base}/case/{draft}/delete",
        "/case/<case>": case,
        "/case/<case>/<int:step>": f"{case}/3",
        "/case/<case>/<int:step>/<path:address>": f"{case}/3/recommendation/meeting",
        "/case/<case>/papers": f"{case}/papers",
        "/case/<case>/papers/<paper>": paper_address(page, case),
        "/case/<case>/history": f"{case}/history",
        "/case/<case>/people": f"{case}/people",
        "/case/<case>/people/<offer>": offer,
        "/case/<case>/people/compare": f"{case}/people/compare",
        "/case/<case>/people/compare/<found>": _compared(page, case, home),
        "/case/<case>/people/written/<found>": _written(page, case),
        "/batch": f"{base}/batch",
        "/batch/<run>": run,
        "/register": f"{base}/register",
        "/register/numbers": f"{base}/register/numbers",
        "/register/numbers/<number>/<do>": f"{base}/register/numbers/{number}/void",
        "/archive": f"{base}/archive",
        "/archive/<case>": f"{base}/archive/{name}",
        "/archive/<case>/built": f"{base}/archive/{name}/built",
        "/archive/settings": f"{base}/archive/settings",
        "/archive/verify": f"{base}/archive/verify",
        "/archive/verify/<found>": verified,
        "/articles": f"{base}/articles",
        "/articles/<int:number>": f"{base}/articles/34",
        "/templates": f"{base}/templates",
    }


def _compared(page: Page, case: str, home: Path) -> str:
    """The page of a comparison that found differences and a file that it could not read."""
    page.goto(f"{case}/people/compare")
    roster = save(home / "名册.xlsx", {"名册": [["姓名", "出生年月"], ["林示例", "1986.05"]]})
    files = {"林示例.lrmx": write_lrmx(LIN), "坏.lrmx": b"x"}
    given = [FilePayload(name=name, mimeType="application/octet-stream", buffer=data) for name, data in files.items()]
    page.locator("#file").set_input_files(given)
    page.locator("#roster").set_input_files(roster)
    page.get_by_role("button", name="对照", exact=True).click()
    page.wait_for_url("**/compare/*")
    return page.url


def _written(page: Page, case: str) -> str:
    """The page that says which exchange files were written."""
    page.goto(f"{case}/people")
    page.get_by_role("button", name="写出").click()
    page.wait_for_url("**/written/*")
    return page.url


def test_these_tests_know_every_page_that_the_window_has(pages: tuple[Page, Pages], tmp_path: Path) -> None:
    rules = make_app(Desk(folder=tmp_path / "other", records=RecordsChoice()), BrowserShell()).url_map.iter_rules()
    assert {rule.rule for rule in rules if "GET" in (rule.methods or ())} - NO_PAGES == set(pages[1])


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_of_all_has_what_a_screen_reader_stumbles_over(pages: tuple[Page, Pages], scheme: str) -> None:
    page, addresses = pages
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    found = {rule: violations(page, address) for rule, address in addresses.items()}
    assert {rule: wrong for rule, wrong in found.items() if wrong} == {}


def test_no_page_that_refuses_or_says_what_was_done_has_what_a_screen_reader_stumbles_over(
    pages: tuple[Page, Pages],
) -> None:
    page, addresses = pages
    page.emulate_media(color_scheme="dark")  # the harder one; the parts of these pages are seen in both elsewhere
    found = {}
    for rule, fills, button, said in ANSWERED:
        page.goto(addresses[rule] if rule in addresses else f"{addresses['/']}nowhere")
        for place, value in fills.items():
            if value.endswith(".xlsx"):
                page.locator(place).first.set_input_files(EXAMPLES / value)
            else:
                page.locator(place).fill(value)
        if button:
            page.locator(button).first.click()
        expect(page.locator("main")).to_contain_text(said)
        found[f"{rule} {said}"] = violations_here(page)
    assert {where: wrong for where, wrong in found.items() if wrong} == {}


ANSWERED: tuple[tuple[str, dict[str, str], str, str], ...] = (
    ("/", {}, "form.new button", "请给案件起个名称"),
    ("/case/<case>/away", {"#why": "暂停"}, "button.primary", "已移出"),
    ("/batch", {}, "button.primary", "这个文件不能用"),
    ("/case/<case>/people", {"#file": "appointment_notice.xlsx"}, "button.primary", "找不到标题行"),
    ("/case/<case>/people", {}, "button.primary", "请先选择文件"),
    ("/case/<case>/people/compare", {}, "button.primary", "没有对照"),
    ("/register/numbers", {}, "button.primary", "没有取号"),
    ("/register/numbers", {"#prefix": "示院委", "#for_what": "免职通知"}, "button.primary", "已预留"),
    ("/register/numbers/<number>/<do>", {}, "button.primary", "没有办成"),
    ("/archive/settings", {"input[name=fonds]": "1"}, "button.primary", "还没有保存"),
    ("/archive/settings", {}, "button.primary", "归档设置已保存"),
    ("/archive/<case>", {"input[name=scan]": "appointment_notice.xlsx"}, "", "有文件没有加入"),
    ("/templates", {"#f-public_notice": "appointment_notice.xlsx"}, "", "没有换用"),
    ("/case/<case>/papers", {}, "button[formaction$='papers/show']", "打开"),
    (TOPIC, {"[name$='会议日期']": "2026.13"}, "#form button.primary", "有 1 处要改"),
    ("no such page", {}, "", "没有办成"),
    ("/", {}, ".leave button", "程序已退出"),
)
"""Pages that come of an answer: where, what is filled in, what is pressed, and what is said."""


@pytest.mark.parametrize("width", [1366, 1024, 911])
def test_every_page_fits_the_window_has_one_heading_and_says_where_one_is(
    pages: tuple[Page, Pages], width: int
) -> None:
    page, addresses = pages
    page.set_viewport_size({"width": width, "height": 600})
    wrong = []
    for rule, address in addresses.items():
        answer = page.goto(address)
        if answer is None or answer.status != 200:
            wrong.append(f"{rule}: not answered")
        if page.evaluate("document.documentElement.scrollWidth - innerWidth") > 0:
            wrong.append(f"{rule}: wider than the window")
        if page.get_by_role("heading", level=1).count() != 1:
            wrong.append(f"{rule}: not one main heading")
        if re.search(r"None|Traceback|\{\{|Undefined", page.locator("main").inner_text()):
            wrong.append(f"{rule}: words of the program")
    assert wrong == []


def test_what_a_browser_remembers_of_a_page_names_neither_a_case_nor_a_person(
    pages: tuple[Page, Pages], home: Path
) -> None:
    page, addresses = pages
    case = Desk(folder=home).open(addresses["/case/<case>"].rpartition("/")[2])
    asked = [one for number in range(len(case.steps)) for one in case.topics(number)]
    topics = [f"{addresses['/case/<case>']}/{one.step + 1}/{one.address}" for one in asked]
    names = {case.name, *case.names()}
    assert len(names) > 10
    titles = {}
    for address in [*addresses.values(), *topics]:
        page.goto(address)
        titles[unquote(page.url)] = page.title()
    kept = [f"{title}\n{address}" for address, title in titles.items()]
    assert [(name, one) for one in kept for name in names if name in one] == []
    assert [address for address, title in titles.items() if case.id in address and case.label[-4:] not in title] == []


def test_every_page_is_gone_through_by_keyboard_with_the_focus_in_sight(pages: tuple[Page, Pages]) -> None:
    page, addresses = pages
    page.set_viewport_size({"width": 1366, "height": 768})
    wrong = []
    for rule, address in addresses.items():
        page.goto(address)
        reached = set[str]()
        for _ in range(14):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement === document.body"):
                break  # past the last one
            reached.add(page.evaluate(FOCUS))
        wrong += [f"{rule}: {one}" for one in reached if one.startswith("hidden")]
        if len(reached) < len(RAIL):
            wrong.append(f"{rule}: the keyboard does not reach the menu")
    assert wrong == []


def test_nothing_moves_on_any_page_once_it_is_seen(pages: tuple[Page, Pages]) -> None:
    page, addresses = pages
    page.set_viewport_size({"width": 1366, "height": 768})
    page.add_init_script(MOVED)
    grid = f"{addresses['/case/<case>']}/6/inspection/people/0/assessment/rows"
    moved = {}
    for address in [*addresses.values(), grid]:
        page.goto(address)
        page.wait_for_load_state("networkidle")
        moved[address] = page.evaluate("window.moved")
    assert {address: what for address, what in moved.items() if what} == {}


MOVED = """window.moved = []; new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) window.moved.push(entry.sources.map(({ node }) => String(node?.nodeName)));
}).observe({ type: "layout-shift", buffered: true })"""
"""Notes what moves on a page, from its beginning."""
FOCUS = """() => {
    const one = document.activeElement, box = one.getBoundingClientRect(), look = getComputedStyle(one);
    const seen = box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight;
    const ring = look.outlineStyle !== "none" && parseFloat(look.outlineWidth) >= 2 || look.boxShadow !== "none";
    const all = [...document.querySelectorAll("*")];
    return (seen && ring ? "" : "hidden ") + one.tagName + " " + all.indexOf(one) + " " + one.textContent.slice(0, 20);
}"""
"""Which element has the focus, and whether one can see it."""
