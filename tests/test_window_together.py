"""Two windows on one case: rows that one of them moves are other rows for the other one, until it looks again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("playwright", reason="playwright drives the pages")

from playwright.sync_api import Page, expect
from window_support import answer, open_sample

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
