"""Two windows on one case: rows that one of them moves are other rows for the other one, until it looks again."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("playwright", reason="playwright drives the pages")

from playwright.sync_api import Locator, Page, expect
from test_window_photos import ROSTER, Choosing
from window_support import answer, open_sample, server_open

from doc_forms.desk import Desk

HOME = "考察对象/{}/籍贯"


def people(home: Path, case: str) -> list[dict[str, Any]]:
    """Those whom the case looks at, as they are kept now."""
    found: list[dict[str, Any]] = Desk(folder=home).open(case.rpartition("/")[2]).values["考察对象"]
    return found


def test_an_answer_is_not_written_to_another_person_because_a_second_window_moved_one(
    tab: Page, office_url: str, office_home: Path
) -> None:
    other = tab.context.new_page()
    case = open_sample(tab, office_url)
    before = people(office_home, case)
    other.goto(f"{case}/5/candidates/1")
    tab.goto(f"{case}/5/candidates")
    tab.get_by_role("button", name="上移第 2 行").click()
    expect(tab.locator("tr[data-row] th").first).to_contain_text(before[1]["姓名"])
    other.locator(f"[name='f:{HOME.format(1)}']").fill("福建宁德")
    other.keyboard.press("Tab")
    refused = "这个列表在别的窗口增删或移动过行，刚才填的没有写入；请刷新本页后再填"
    expect(other.locator("#saved")).to_have_text(refused)
    expect(other.locator(f"[name='f:{HOME.format(1)}']")).to_have_value("福建宁德")
    other.get_by_role("button", name="保存并继续").last.click()
    expect(other.get_by_role("heading", level=1)).to_have_text("没有办成")
    assert people(office_home, case) == before[::-1]
    other.goto(f"{case}/5/candidates/0")
    answer(other, HOME.format(0), "福建宁德")
    assert people(office_home, case) == [{**before[1], "籍贯": "福建宁德"}, before[0]]


def test_a_row_is_not_removed_in_place_of_another_because_a_second_window_moved_them(
    tab: Page, office_url: str, office_home: Path
) -> None:
    other = tab.context.new_page()
    case = open_sample(tab, office_url)
    before = people(office_home, case)
    for page in (tab, other):
        page.goto(f"{case}/5/candidates")
    tab.get_by_role("button", name="下移第 1 行").click()
    expect(tab.locator("tr[data-row] th").first).to_contain_text(before[1]["姓名"])
    other.get_by_role("button", name="删除第 1 行").click()
    expect(other.get_by_role("alert")).to_contain_text("刚才点的没有执行；请刷新本页，看清是哪一行后再点")
    assert people(office_home, case) == before[::-1]
    other.goto(f"{case}/5/candidates")
    other.get_by_role("button", name="删除第 2 行").click()
    expect(other.locator("tr[data-row]")).to_have_count(1)
    assert people(office_home, case) == before[1:]


def move_down(page: Page, case: str) -> None:
    """Let the two people change places."""
    page.goto(f"{case}/5/candidates")
    page.get_by_role("button", name="下移第 1 行").click()
    expect(page.locator("tr[data-row] th").first).to_contain_text(MA)


def remove_first(page: Page, case: str) -> None:
    """Take the first person out of the case."""
    page.goto(f"{case}/5/candidates")
    page.get_by_role("button", name="删除第 1 行").click()
    expect(page.locator("tr[data-row]")).to_have_count(1)


def row_of(page: Page, title: str) -> Locator:
    return page.locator("tr[data-paper]", has=page.get_by_role("link", name=title, exact=True))


def made(home: Path) -> list[str]:
    return sorted(file.stem.partition("_")[2] for file in home.glob("文书/*/*.docx"))


LIN, MA = "林示例", "马晓㛃"
GONE = "案件在别处改动过，这份文书已经没有了，没有办理；请看清现在的文书是谁的再点"


def test_a_list_of_papers_that_is_older_than_the_case_makes_the_paper_that_was_pressed(
    tab: Page, office_url: str, office_home: Path
) -> None:
    other = tab.context.new_page()
    case = open_sample(tab, office_url)
    other.goto(f"{case}/papers")
    move_down(tab, case)
    row_of(other, f"征求意见表 {LIN}").get_by_role("button", name="生成").click()
    expect(other.get_by_role("status")).to_contain_text("已生成 1 份")
    assert made(office_home) == [f"征求意见表_{LIN}"]


def test_a_paper_that_the_case_has_no_more_is_not_made_nor_shown_and_the_page_says_so(
    tab: Page, office_url: str, office_home: Path
) -> None:
    other = tab.context.new_page()
    case = open_sample(tab, office_url)
    other.goto(f"{case}/papers")
    remove_first(tab, case)
    row_of(other, f"征求意见表 {LIN}").get_by_role("link").first.click()
    expect(other.locator("#preview")).to_contain_text(GONE)
    row_of(other, f"征求意见表 {LIN}").get_by_role("button", name="生成").click()
    expect(other.get_by_role("alert")).to_contain_text(GONE)
    expect(other.get_by_role("alert")).to_be_focused()
    expect(row_of(other, f"征求意见表 {LIN}")).to_have_count(0)
    assert made(office_home) == []
    row_of(other, f"征求意见表 {MA}").get_by_role("button", name="生成").click()
    expect(other.get_by_role("status")).to_contain_text("已生成 1 份")
    assert made(office_home) == [f"征求意见表_{MA}"]


def test_of_chosen_papers_none_is_made_where_one_is_no_more_and_the_others_stay_chosen(
    tab: Page, office_url: str, office_home: Path
) -> None:
    other = tab.context.new_page()
    case = open_sample(tab, office_url)
    other.goto(f"{case}/papers")
    for name in (LIN, MA):
        row_of(other, f"征求意见表 {name}").get_by_role("checkbox").check()
    remove_first(tab, case)
    other.get_by_role("button", name="生成选中的 2 份").click()
    expect(other.get_by_role("alert")).to_contain_text("选中的 2 份里有 1 份已经没有了，没有办理")
    assert made(office_home) == []
    expect(row_of(other, f"征求意见表 {MA}").get_by_role("checkbox")).to_be_checked()
    other.get_by_role("button", name="生成选中的 1 份").click()
    expect(other.get_by_role("status")).to_contain_text("已生成 1 份")
    assert made(office_home) == [f"征求意见表_{MA}"]


def test_the_paper_whose_button_is_pressed_is_opened_whichever_are_chosen(
    tab: Page, office_url: str, office_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")  # nothing here opens a paper: the page says where it lies
    case = open_sample(tab, office_url)
    desk = Desk(folder=office_home)
    desk.papers.make(desk.open(case.rpartition("/")[2]), "")
    tab.goto(f"{case}/papers")
    row_of(tab, f"征求意见表 {LIN}").get_by_role("checkbox").check()
    row_of(tab, f"征求意见表 {MA}").get_by_role("button", name="打开").click()
    expect(tab.get_by_role("status")).to_contain_text(f"征求意见表_{MA}.docx")
    row_of(tab, f"征求意见表 {LIN}").get_by_role("checkbox").check()
    tab.get_by_role("button", name="打开文件夹").click()
    expect(tab.get_by_role("status")).not_to_contain_text(".docx")


def test_a_reason_is_not_kept_for_what_the_page_did_not_show(tab: Page, office_url: str, office_home: Path) -> None:
    other = tab.context.new_page()
    case = open_sample(tab, office_url)
    tab.goto(f"{case}/3/recommendation/meeting")
    answer(tab, "民主推荐/会议推荐/应到人数", "120")
    other.goto(f"{case}/papers")
    other.get_by_label("办理理由").fill("暑期集中培训，已书面说明")
    answer(tab, "民主推荐/会议推荐/应到人数", "130")
    row = other.locator("tr[data-paper]", has_text="需说明理由").first
    row.get_by_role("button", name="生成").click()
    expect(other.get_by_role("alert")).to_contain_text("要说明理由的已不是这一页写的那些，没有生成")
    assert made(office_home) == []
    row.get_by_role("button", name="生成").click()
    expect(other.get_by_role("status")).to_contain_text("已生成 1 份")


def test_a_batch_is_not_made_from_a_page_that_shows_an_earlier_check(tab: Page, tmp_path: Path) -> None:
    roster = shutil.copy(ROSTER, tmp_path)
    with server_open(tmp_path / "home", Choosing(Path(roster))) as address:
        tab.goto(address)
        tab.get_by_role("link", name="批量").click()
        tab.get_by_role("button", name="选择名册").click()
        tab.wait_for_url("**/batch/*")
        other = tab.context.new_page()
        other.goto(tab.url)
        tab.get_by_role("button", name="名册改过了，重新核对").click()
        tab.wait_for_load_state()
        make = other.get_by_role("button", name="生成 1 份")
        make.click()
        expect(other.get_by_role("alert")).to_contain_text("这份名册在别处重新核对过，还没有生成")
        assert list((tmp_path / "home").glob("批量/*/*.docx")) == []
        make.click()
        expect(other.locator(".result")).to_contain_text("已生成 1 份", timeout=30_000)


def test_a_paper_of_a_batch_that_was_moved_away_is_named_and_nothing_else_is_opened(
    tab: Page, office_url: str, office_home: Path
) -> None:
    tab.goto(office_url)
    tab.get_by_role("link", name="批量").click()
    tab.locator("#roster").set_input_files(ROSTER)
    tab.get_by_role("button", name="核对名册").click()
    tab.get_by_role("button", name="生成 1 份").click()
    expect(tab.locator(".result")).to_contain_text("已生成 1 份", timeout=30_000)
    (file,) = office_home.glob("批量/*/*.docx")
    file.rename(office_home / file.name)
    tab.locator("#made").get_by_role("button", name="打开").click()
    expect(tab.get_by_role("alert")).to_contain_text(f"{file.name}：文件夹里没有这份文书了")
