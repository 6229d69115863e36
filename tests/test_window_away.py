"""Cases put away and brought back: nothing that was made is lost, and only what nothing came of can be deleted."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("playwright", reason="playwright drives the pages")

from playwright.sync_api import Page, expect
from window_support import answer, open_sample

from doc_forms.desk import Desk, RecordsChoice
from doc_forms.errors import RecordsRefused

CASE: dict[str, Any] = json.loads((Path(__file__).parent.parent / "examples" / "case.json").read_text("utf-8"))
SCAN = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\nxref\n0 1\ntrailer\n<< >>\nstartxref\n0\n%%EOF\n"


def home_page(page: Page) -> None:
    page.get_by_role("link", name="选任案", exact=True).first.click()


def test_a_case_is_put_away_with_its_reason_and_brought_back_from_the_list(tab: Page, office_url: str) -> None:
    case = open_sample(tab, office_url)
    home_page(tab)
    tab.get_by_role("link", name="移出").click()
    expect(tab.get_by_role("heading", level=1)).to_contain_text("移出“【示例】")
    expect(tab.locator("main")).to_contain_text("随时可以移回")
    tab.get_by_label("缘由").fill("暂停")
    tab.get_by_role("button", name="移出").click()
    expect(tab.get_by_role("status")).to_contain_text("已移出“【示例】")
    expect(tab.locator("#cases")).to_have_count(0)
    tab.get_by_role("link", name="档案", exact=True).click()
    expect(tab.locator("#cases")).to_have_count(0)
    tab.goto(case)
    expect(tab.locator("main")).to_contain_text("这个案件已移出（暂停），首页不再列出")
    home_page(tab)
    tab.get_by_role("link", name="已移出的案件（1）").click()
    expect(tab.locator("#cases tbody tr")).to_contain_text("暂停")
    tab.get_by_role("button", name="移回").click()
    expect(tab.get_by_role("status")).to_contain_text("已移回“【示例】")
    expect(tab.locator("#cases tbody tr")).to_have_count(1)


def test_what_was_just_put_away_is_brought_back_by_one_click(tab: Page, office_url: str) -> None:
    open_sample(tab, office_url)
    tab.get_by_role("link", name="移出").click()
    tab.get_by_role("button", name="移出").click()
    tab.get_by_role("status").get_by_role("button", name="移回").click()
    expect(tab.locator("#cases tbody tr")).to_have_count(1)


def test_a_draft_that_nothing_came_of_is_deleted_once_it_is_said_what_goes(
    tab: Page, office_url: str, office_home: Path
) -> None:
    case = open_sample(tab, office_url)
    other = tab.context.new_page()
    other.goto(f"{case}/3/recommendation/meeting")
    tab.get_by_role("link", name="移出").click()
    tab.get_by_role("link", name="删除").click()
    expect(tab.locator("main")).to_contain_text("全部 1 版历史")
    expect(tab.locator("main")).to_contain_text("删除后不能恢复")
    answer(other, "民主推荐/会议推荐/实到人数", "85")
    tab.get_by_role("button", name="删除这个案件").click()
    expect(tab.get_by_role("alert")).to_contain_text("刚才又有改动，没有删除")
    tab.goto(f"{case}/delete")
    tab.get_by_role("button", name="删除这个案件").click()
    expect(tab.get_by_role("status")).to_contain_text("已删除“【示例】")
    expect(tab.locator("main")).to_contain_text("还没有选任案")
    other.locator("[name='f:民主推荐/会议推荐/实到人数']").fill("86")
    other.keyboard.press("Tab")
    expect(other.locator("#saved")).to_have_text("没有这个案件，可能已被删除")
    tab.get_by_role("button", name="退出程序").click()
    expect(tab.locator("main")).to_contain_text("程序已退出")
    assert Desk(folder=office_home).cases() == []


def test_nothing_of_a_deleted_case_is_left_in_the_file_of_the_records(tmp_path: Path) -> None:
    desk = Desk(folder=tmp_path)
    case = desk.add({**CASE, "案件名称": "林示例辞去职务"}, "示例")
    desk.put(case, {("酝酿", "酝酿日期"): "林示例说的那天"})
    desk.away.delete(case, desk.open(case).stamp)
    desk.close()
    held = b"".join(file.read_bytes() for file in tmp_path.glob("records.db*"))
    assert "林示例".encode() not in held


def papers(desk: Desk, case: str) -> None:
    desk.papers.make(desk.open(case), "", [0])


def papers_without_register(desk: Desk, case: str) -> None:
    papers(Desk(folder=desk._home), case)


def papers_that_were_carried_off(desk: Desk, case: str) -> None:
    desk.put(case, {("酝酿", "酝酿日期"): "2026.9.22"})
    papers_without_register(desk, case)
    for file in desk.papers.folder(desk.open(case)).iterdir():
        file.unlink()


def a_scan_under_an_earlier_name(desk: Desk, case: str) -> None:
    opened = desk.open(case)
    item = next(one for one in desk.archive.items(opened) if one.state != "there")
    desk.archive.add(opened, item.where, "扫描.pdf", io.BytesIO(SCAN))
    desk.put(case, {("案件名称",): "另一个名称"})


def a_number(desk: Desk, case: str) -> None:
    number = desk.register.reserve("示院委", "2026", "任职通知")
    desk.put(case, {("案件名称",): f"发 {number} 的案件"})


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (papers, "台账上登记有 1 件；文件夹里有"),
        (papers_without_register, "文件夹里有"),
        (papers_that_were_carried_off, "生成过文书"),
        (a_scan_under_an_earlier_name, "文件夹里有 1 个文件"),
        (a_number, "用了文号 示院委〔2026〕1号"),
    ],
)
def test_a_case_that_something_came_of_is_only_ever_put_away(
    make: Callable[[Desk, str], None], said: str, tmp_path: Path
) -> None:
    desk = Desk(folder=tmp_path, records=RecordsChoice())
    case = desk.add(CASE, "示例")
    assert desk.away.look(case).came_of_it == ()
    make(desk, case)
    assert said in "；".join(desk.away.look(case).came_of_it)
    stamp = desk.open(case).stamp
    with pytest.raises(RecordsRefused, match="要留存，没有删除"):
        desk.away.delete(case, stamp)
    before, entries = desk.open(case).values, desk.register.look().lines
    desk.away.put_away(case)
    assert (desk.open(case).values, desk.register.look().lines) == (before, entries)
    assert (desk.cases(), [line.id for line in desk.away.lines()]) == ([], [case])


def test_a_case_that_cannot_be_opened_can_be_put_away_and_not_deleted(tmp_path: Path) -> None:
    desk = Desk(folder=tmp_path)
    case = desk.add(CASE, "示例")
    with desk._kept._store.writing() as store:
        store.exec_driver_sql("UPDATE revisions SET data = '{'")
    held = desk.away.look(case)
    assert ("已损坏" in held.trouble, held.came_of_it) == (True, ("内容已损坏，看不出有没有出过文书",))
    with pytest.raises(RecordsRefused, match="没有删除"):
        desk.away.delete(case, held.stamp)
    desk.away.put_away(case)
    assert [line.name for line in desk.away.lines()] == ["打不开的案件"]
