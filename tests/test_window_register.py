"""The window's register: papers with what became of their files, document numbers given once and never left open."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("playwright", reason="playwright drives the pages")

from playwright.sync_api import Page, expect
from window_support import open_sample, violations

from doc_forms.desk import Desk, RecordsChoice
from doc_forms.errors import UsageRefused


def desk_of(home: Path) -> Desk:
    return Desk(folder=home, records=RecordsChoice())


def reserve(page: Page, prefix: str, for_what: str) -> None:
    page.get_by_label("机关代字").fill(prefix)
    page.get_by_label("用途").fill(for_what)
    page.get_by_role("button", name="取下一个号").click()


def test_a_number_is_reserved_issued_and_another_made_void_with_its_reason(
    tab: Page, office_url: str, office_home: Path
) -> None:
    tab.goto(office_url)
    tab.get_by_role("link", name="台账").click()
    tab.get_by_role("link", name="文号").click()
    expect(tab.locator(".empty")).to_contain_text("还没有取过文号")
    reserve(tab, "示院委", "林示例任职通知")
    year = desk_of(office_home).today().year
    expect(tab.get_by_role("status")).to_contain_text(f"已预留 示院委〔{year}〕1号")
    reserve(tab, "示院委", "马晓㛃任职通知")
    tab.get_by_role("link", name=f"发出 示院委〔{year}〕1号").click()
    expect(tab.locator("form.confirm")).to_contain_text("不能再给别的文书")
    tab.get_by_role("button", name="发出").click()
    expect(tab.locator("#numbers tr", has_text=f"〔{year}〕1号")).to_contain_text("手工制作的文书")
    tab.get_by_role("link", name=f"作废 示院委〔{year}〕2号").click()
    expect(tab.locator("form.confirm")).to_contain_text("永远不再使用")
    tab.get_by_label("原因").fill("文稿撤回")
    tab.get_by_role("button", name="作废").click()
    expect(tab.locator("#numbers tr", has_text=f"〔{year}〕2号")).to_contain_text("已作废：文稿撤回")
    assert [line.explained for line in desk_of(office_home).register.numbers()] == [True, True]


def test_a_number_is_not_made_void_without_a_reason_nor_twice(tab: Page, office_url: str) -> None:
    tab.goto(office_url)
    tab.get_by_role("link", name="台账").click()
    tab.get_by_role("link", name="文号").click()
    reserve(tab, "示院委", "任职通知")
    tab.get_by_role("link", name="作废").click()
    address = tab.url
    tab.get_by_role("button", name="作废").click()
    expect(tab.get_by_role("alert")).to_contain_text("要写明原因")
    expect(tab.get_by_label("原因")).to_have_attribute("aria-invalid", "true")
    tab.get_by_label("原因").fill("重复")
    tab.get_by_role("button", name="作废").click()
    tab.goto(address)
    tab.get_by_label("原因").fill("再来一次")
    tab.get_by_role("button", name="作废").click()
    expect(tab.get_by_role("alert")).to_contain_text("已作废（重复），不能作废")


def test_a_sequence_begins_where_earlier_numbers_were_given_by_hand_once_only(tab: Page, office_url: str) -> None:
    tab.goto(office_url)
    tab.get_by_role("link", name="台账").click()
    tab.get_by_role("link", name="文号").click()
    tab.get_by_text("以前的号是手工取的").click()
    tab.get_by_label("从几号起").fill("28")
    reserve(tab, "示院委", "任职通知")
    expect(tab.get_by_role("status")).to_contain_text("28号")
    tab.get_by_text("以前的号是手工取的").click()
    tab.get_by_label("从几号起").fill("40")
    reserve(tab, "示院委", "免职通知")
    expect(tab.get_by_role("alert")).to_contain_text("已有文号，不能再定起始号")
    expect(tab.get_by_label("用途")).to_have_value("免职通知")


@pytest.mark.parametrize(("year", "first"), [("二〇二六", ""), ("26", ""), ("2026", "第一号")])
def test_a_year_or_first_number_that_is_none_takes_no_number(tmp_path: Path, year: str, first: str) -> None:
    desk = desk_of(tmp_path)
    with pytest.raises(UsageRefused, match="数字"):
        desk.register.reserve("示院委", year, "任职通知", first)
    assert desk.register.numbers() == []


@pytest.mark.parametrize("prefix", ["<b>", "示院委2026", "示院委〔2026〕", "SYW"])
def test_letters_that_no_paper_would_take_get_no_number(tmp_path: Path, prefix: str) -> None:
    desk = Desk(folder=tmp_path, records=RecordsChoice())
    with pytest.raises(UsageRefused, match="机关代字只写汉字"):
        desk.register.reserve(prefix, "2026", "任职通知")
    assert desk.register.numbers() == []


def test_a_paper_that_was_edited_or_is_gone_is_flagged_in_the_list(
    tab: Page, office_url: str, office_home: Path
) -> None:
    case = open_sample(tab, office_url)
    desk = desk_of(office_home)
    desk.papers.make(desk.open(case.rpartition("/")[2]), "")
    edited, gone = sorted(office_home.glob("文书/*/*个别谈话记录*.docx"))[:2]
    edited.write_bytes(edited.read_bytes() + b" ")
    gone.unlink()
    tab.get_by_role("link", name="台账").click()
    expect(tab.locator("#entries tbody tr", has_text="改动过")).to_have_count(1)
    expect(tab.locator("#entries tbody tr", has_text="找不到文件")).to_have_count(1)
    expect(tab.locator(".faults")).to_contain_text(edited.name)
    tab.get_by_label("查找").fill("改动过")
    expect(tab.locator("#entries tbody tr:visible")).to_have_count(1)
    tab.get_by_label("查找").fill("没有这几个字")
    expect(tab.locator("#none-found")).to_be_visible()


def test_a_number_without_a_paper_is_counted_in_the_register(tab: Page, office_url: str, office_home: Path) -> None:
    tab.goto(office_url)
    desk_of(office_home).register.reserve("示院委", "2026", "任职通知")
    tab.get_by_role("link", name="台账").click()
    expect(tab.locator("main")).to_contain_text("有 1 个文号还没有去向")


def test_the_pages_of_the_register_have_nothing_that_a_screen_reader_stumbles_over(
    tab: Page, office_url: str, office_home: Path
) -> None:
    case = open_sample(tab, office_url)
    base = case.partition("/case")[0]
    desk = desk_of(office_home)
    desk.papers.make(desk.open(case.rpartition("/")[2]), "")
    number = desk.register.reserve("示院委", "2026", "任职通知")
    pages = ("", "/numbers", f"/numbers/{number}/issue", f"/numbers/{number}/void")
    found = {page: violations(tab, f"{base}/register{page}") for page in pages}
    assert {page: wrong for page, wrong in found.items() if wrong} == {}
