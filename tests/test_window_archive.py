"""The window's archive: what is missing with its article, scans added, packages built, and verified in words."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pytest

pytest.importorskip("playwright", reason="playwright drives the pages")

from archive_made import BY_CLERK, EXAMPLES, JPEG, PDF, PEOPLE, PNG, archived, case_in
from playwright.sync_api import FilePayload, Page, expect
from window_support import server_open, violations

from doc_forms.desk import Desk, RecordsChoice
from doc_forms.editing import Values
from doc_forms.web.shell import BrowserShell

PATIENCE = 60_000  # milliseconds; building packages on a busy machine
SUMMARY = "工作总结"


def desk_of(home: Path) -> Desk:
    return Desk(folder=home, records=RecordsChoice())


@pytest.fixture
def case(office_home: Path, tab: Page, office_url: str) -> str:
    """The page of the whole example case in the archive, the office's settings kept."""
    desk = desk_of(office_home)
    values: Values = json.loads((EXAMPLES / "case.json").read_text("utf-8"))
    settings = json.loads((EXAMPLES / "archive.json").read_text("utf-8"))
    assert desk.archive.keep_settings({title: str(value) for title, value in settings.items()}) == {}
    made = desk.add(values, "录入")
    tab.goto(office_url)
    return f"{tab.url.rstrip('/')}/archive/{made}"


def row_of(person: str, item: str) -> str:
    """The address of an item's row."""
    return f"[data-item='{person}/{item}']" if person else f"[data-item='{item}']"


def add(page: Page, person: str, item: str, name: str, data: bytes) -> None:
    file = FilePayload(name=name, mimeType="application/octet-stream", buffer=data)
    with page.expect_navigation():
        page.locator(f"{row_of(person, item)} input[type=file]").set_input_files([file])


def build(page: Page) -> None:
    page.get_by_label("PDF/A").set_checked(False)
    page.get_by_role("button", name="生成档案包").click()
    expect(page.locator(".result, .summary")).to_be_visible(timeout=PATIENCE)


def test_what_is_missing_is_named_with_its_article_until_a_scan_is_added(tab: Page, case: str) -> None:
    tab.goto(case)
    missing = tab.locator(".pack .warning")
    expect(missing).to_contain_text("还缺 8 项")
    expect(missing).to_contain_text(f"林示例 {SUMMARY}")
    row = tab.locator(row_of("林示例", SUMMARY))
    expect(row).to_contain_text("缺")
    expect(row).to_contain_text("第二十七条")
    add(tab, "林示例", SUMMARY, "总结 扫描.pdf", PDF)
    expect(tab).to_have_url(re.compile(r"/archive/[0-9a-f]+#i-\d+$"))  # nobody's name
    expect(row).to_contain_text("总结 扫描.pdf")
    expect(row).to_contain_text("已有")
    expect(missing).to_contain_text("还缺 7 项")


def test_a_file_is_told_by_its_content_and_a_wrong_one_leaves_nothing(tab: Page, case: str, office_home: Path) -> None:
    tab.goto(case)
    add(tab, "林示例", SUMMARY, "总结.pdf", JPEG)
    expect(tab.get_by_role("alert")).to_contain_text("后缀是 .pdf，内容却是 JPEG")
    expect(tab.get_by_role("alert")).to_contain_text("总结.pdf")
    assert [file for file in office_home.glob("材料/**/*") if file.is_file()] == []
    add(tab, "林示例", SUMMARY, "总结.pdf", PDF[:-6])
    expect(tab.get_by_role("alert")).to_contain_text("不完整")
    add(tab, "林示例", SUMMARY, "总结.png", PNG)
    expect(tab.locator(row_of("林示例", SUMMARY))).to_contain_text("总结.png")


def test_files_too_large_to_be_sent_at_once_are_told_before_they_are_sent(tab: Page, case: str) -> None:
    tab.goto(case)
    tab.wait_for_load_state()
    tab.evaluate(
        """row => {
            const large = name => Object.defineProperty(new File(["%PDF-"], name), "size", { value: 260 * 2 ** 20 });
            const files = [large("一.pdf"), large("二.pdf")];
            const input = document.querySelector(`${row} input[type=file]`);
            Object.defineProperty(input, "files", { get: () => files });
            input.dispatchEvent(new Event("change"));
        }""",
        row_of("林示例", SUMMARY),
    )
    expect(tab.get_by_role("alert")).to_have_text(
        "✕ 一次最多收 500 MB，这次是 520 MB，没有收下；请分几次加入，或拆小后再加"
    )
    expect(tab.locator(".pack .warning")).to_contain_text("还缺 8 项")


def test_a_scan_that_is_taken_out_lies_aside_and_is_not_deleted(tab: Page, case: str, office_home: Path) -> None:
    tab.goto(case)
    add(tab, "林示例", SUMMARY, "总结.pdf", PDF)
    tab.get_by_role("button", name=f"移出 林示例 {SUMMARY} 总结.pdf").click()
    expect(tab.locator(".pack .warning")).to_contain_text("还缺 8 项")
    (aside,) = office_home.glob("材料/已移出/*.pdf")
    assert aside.read_bytes() == PDF


def test_scans_stay_with_a_case_that_gets_another_name(tmp_path: Path) -> None:
    desk = desk_of(tmp_path)
    made = desk.sample()
    desk.archive.add(desk.open(made), "民主推荐材料", "推荐.pdf", io.BytesIO(PDF))
    renamed = desk.put(made, {("案件名称",): "另一个名称"})
    item = next(item for item in desk.archive.items(renamed) if item.title == "民主推荐材料")
    assert [file.name for file in item.files] == ["推荐.pdf"]


def test_a_whole_case_is_archived_and_its_packages_are_found_whole_then_a_changed_file_by_name(
    tab: Page, case: str, office_home: Path
) -> None:
    tab.goto(case)
    for person in PEOPLE:
        for item in BY_CLERK:
            add(tab, person, item, f"{item}.pdf", PDF + f"{person}{item}".encode())
    expect(tab.locator(".pack")).to_contain_text("应归档的材料已齐")
    build(tab)
    expect(tab.get_by_role("status")).to_contain_text("已归档 4 个档案包，材料齐全")
    digest = tab.locator(".bags code").first.inner_text()
    assert len(digest) == 64
    tab.get_by_role("button", name="核验").click()
    expect(tab.get_by_role("status")).to_contain_text("核验了 4 个档案包")
    expect(tab.get_by_role("status")).to_contain_text("全部完好，与归档时一致")
    expect(tab.locator("main")).to_contain_text("与发文台账中的校验值一致")
    spoiled = next(office_home.glob("档案/*/01_*/data/001_*.docx"))
    spoiled.write_bytes(spoiled.read_bytes() + b" ")
    tab.get_by_role("link", name="核验别的档案包").click()
    tab.get_by_label("纸质目录上的校验值").fill(f"{digest[:32]} {digest[32:].upper()}")
    tab.locator("button[name=folder]").click()
    expect(tab.get_by_role("alert")).to_contain_text("1 个档案包有改动，共 2 处")
    expect(tab.get_by_role("alert")).to_contain_text("所填的校验值与“01_案件文书档案”一致")
    expect(tab.locator("main")).to_contain_text(f"{spoiled.name}：内容已改变")


def test_archiving_saves_the_case_as_a_revision_and_the_same_packages_are_not_made_twice(
    tab: Page, case: str, office_home: Path
) -> None:
    tab.goto(case)
    build(tab)
    expect(tab.get_by_role("status")).to_contain_text("缺 8 项，目录和备考表上已写明")
    expect(tab.locator(".faults")).to_contain_text(f"马晓㛃 {SUMMARY}（第二十七条）")
    tab.goto(case)
    build(tab)
    expect(tab.get_by_role("status")).to_contain_text("没有重做")
    assert len([folder for folder in office_home.glob("档案/*") if folder.is_dir()]) == 1


def test_a_digest_that_no_package_has_is_said_even_where_all_is_whole(tab: Page, case: str) -> None:
    tab.goto(case)
    build(tab)
    tab.goto(f"{case.rpartition('/')[0]}/verify")
    tab.get_by_label("纸质目录上的校验值").fill("0" * 64)
    tab.locator("button[name=folder]").click()
    expect(tab.get_by_role("alert")).to_contain_text("与其中哪一个都不一致")


class Chosen(BrowserShell):
    """A desktop whose clerk chooses these folders, one after the other."""

    in_browser = False

    def __init__(self, *folders: Path | None) -> None:
        super().__init__()
        self.folders = list(folders)

    def choose_folder(self) -> Path | None:
        return self.folders.pop(0)


def test_a_package_from_elsewhere_is_chosen_and_verified_and_a_folder_that_is_none_is_said(
    tab: Page, tmp_path: Path
) -> None:
    archived(case_in(tmp_path / "案件"), tmp_path / "别处")
    with server_open(tmp_path / "home", Chosen(None, tmp_path / "案件", tmp_path / "别处")) as address:
        tab.goto(address)
        tab.get_by_role("link", name="档案", exact=True).click()
        tab.get_by_role("link", name="核验").click()
        choose = tab.get_by_role("button", name="选择别处的档案包")
        choose.click()
        expect(tab.get_by_role("heading", level=1)).to_have_text("档案")
        choose.click()
        expect(tab.get_by_role("alert")).to_contain_text("不是档案包，其中也没有档案包")
        choose.click()
        expect(tab.get_by_role("status")).to_contain_text("核验了 4 个档案包")
        expect(tab.get_by_role("status")).to_contain_text("全部完好")


def test_a_case_leads_to_its_archive_and_back(tab: Page, case: str) -> None:
    tab.goto(case.replace("/archive/", "/case/"))
    name = tab.get_by_role("heading", level=1).inner_text()
    tab.get_by_role("link", name="归档", exact=True).click()
    expect(tab.get_by_role("heading", level=1)).to_have_text("应归档的材料")
    tab.get_by_role("link", name="回到案件").click()
    expect(tab.get_by_role("heading", level=1)).to_have_text(name)


def test_the_register_opens_the_folder_of_a_package(tab: Page, case: str, office_home: Path) -> None:
    tab.goto(case)
    build(tab)
    lines = desk_of(office_home).register.look().lines
    assert {line.shown.parent.parent for line in lines} == {office_home / "档案"}


def test_without_settings_nothing_is_built_and_wrong_ones_are_said_at_their_fields(tab: Page, office_url: str) -> None:
    tab.goto(office_url)
    tab.get_by_role("button", name="打开一个示例").click()
    tab.get_by_role("link", name="档案", exact=True).click()
    expect(tab.locator("main")).to_contain_text("还没有填归档设置")
    tab.locator("#cases a").click()
    expect(tab.get_by_role("button", name="生成档案包")).to_have_count(0)
    tab.get_by_role("link", name="先填归档设置").click()
    tab.get_by_label("全宗号").fill("19")
    tab.get_by_role("button", name="保存").click()
    expect(tab.get_by_role("alert")).to_contain_text("全宗号：应为 4 位")
    expect(tab.get_by_role("alert")).to_contain_text("全宗名称：请填写全宗名称")
    expect(tab.get_by_label("全宗号")).to_have_value("19")
    tab.get_by_label("全宗号").fill("J001")
    tab.get_by_label("全宗名称").fill("中共示例学院委员会")
    tab.get_by_role("button", name="保存").click()
    expect(tab.get_by_role("status")).to_contain_text("归档设置已保存")


def test_the_pages_of_the_archive_have_nothing_that_a_screen_reader_stumbles_over(tab: Page, case: str) -> None:
    base = case.rpartition("/")[0]
    tab.goto(case)
    add(tab, "林示例", SUMMARY, "总结.pdf", PDF)
    build(tab)
    pages = (base, case, f"{case}/built", f"{base}/verify", f"{base}/settings")
    found = {page: violations(tab, page) for page in pages}
    assert {page: wrong for page, wrong in found.items() if wrong} == {}
