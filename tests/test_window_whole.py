"""The window from an empty desk to a verified archive: every fact of a case given on its page, as a clerk does."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("playwright", reason="playwright drives the pages")

from archive_made import BY_CLERK, EXAMPLES, PDF, PEOPLE
from playwright.sync_api import FilePayload, Page, expect

from doc_forms.desk import Desk, RecordsChoice, value_at
from doc_forms.editing import Values

NAME = "案件名称"
TYPED_STEPS = 3
PATIENCE = 60_000  # milliseconds
NAMES = """() => [...new Set([...document.querySelectorAll("#form [name^='f:']")].map(one => one.name))]"""
GIVEN = """answers => {
    for (const one of document.querySelectorAll("#form [name^='f:']:not([type=hidden])")) {
        const said = answers[one.name];
        if (said === undefined) continue;
        const all = [said].flat().map(String);
        if (["radio", "checkbox"].includes(one.type)) one.checked = all.includes(one.value);
        else one.value = all.join("\\n");
    }
}"""
LISTS = """() => [...document.querySelectorAll("#form [name^='n:']")]
    .map(one => [one.name.slice(2), Number(one.value)])"""


def few(value: Any) -> Any:
    """The same facts with the first row of each list: the others are as these."""
    if isinstance(value, dict):
        return {title: few(one) for title, one in value.items()}
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return [few(one) for one in value[:1]]
    return value


def wanted_at(facts: Values, address: str) -> Any:
    """What the facts say at the name of an input or a list; None where they say nothing."""
    return value_at(facts, tuple(int(step) if step.isdecimal() else step for step in address.split("/")))


def add_rows(page: Page, facts: Values) -> None:
    """Add rows until every list of the page has as many as the facts have."""
    while short := [name for name, count in page.evaluate(LISTS) if count < len(wanted_at(facts, name) or ())]:
        page.wait_for_load_state()
        with page.expect_navigation():
            page.locator(f'button[value="add:{short[0]}"]').click()


def answers_on(page: Page, facts: Values) -> dict[str, Any]:
    """What the facts say to the questions of a page, by the names of their inputs."""
    names = {name: wanted_at(facts, name.removeprefix("f:")) for name in page.evaluate(NAMES)}
    return {name: value for name, value in names.items() if value not in (None, "")}


def type_in(page: Page, answers: Mapping[str, Any]) -> None:
    """Give the answers one by one, as a clerk does."""
    for name, value in answers.items():
        inputs = page.locator(f'[name="{name}"]:not([type=hidden])')
        if inputs.first.get_attribute("type") in {"radio", "checkbox"}:
            for one in value if isinstance(value, list) else [value]:
                page.locator(f'[name="{name}"][value="{one}"]').check()
        elif inputs.first.evaluate("one => one.tagName") == "SELECT":
            inputs.select_option(str(value))
        else:
            inputs.fill("\n".join(value) if isinstance(value, list) else str(value))


def steps_of(page: Page, case: str) -> Iterator[str]:
    """Every step of the case that is there while the case grows, in order."""
    number = 0
    while True:
        number += 1
        page.goto(f"{case}/{number}")
        if page.get_by_role("heading", level=1).inner_text() == "没有办成":
            return
        yield f"{case}/{number}"


def fill_case(page: Page, case: str, facts: Values) -> Counter[bool]:
    """Go through every page of every step with its button; give how many facts were typed, and not.

    Beyond the first steps the answers of a page are put there at once, which is quicker, and sent with its button.
    """
    given: Counter[bool] = Counter()
    for number, step in enumerate(steps_of(page, case)):
        begin = page.locator("header.page a.primary")
        if begin.count() == 0:
            continue
        begin.click()
        page.goto(page.url.partition("/case")[0] + str(page.locator(".pages a").first.get_attribute("href")))
        while page.url.partition("#")[0] != step:
            add_rows(page, facts)
            answers = answers_on(page, facts)
            is_typed = number < TYPED_STEPS
            given[is_typed] += len(answers)
            if is_typed:
                type_in(page, answers)
            else:
                page.evaluate(GIVEN, answers)
            with page.expect_navigation():
                page.locator("#form button.primary").click()
            assert page.locator(".summary").all_inner_texts() == []
    return given


def read_back(desk: Desk, case: str) -> Mapping[str, Any]:
    """What a case says once it is read, the same whether a number was typed or not."""
    facts: Mapping[str, Any] = desk.open(case).report.case.data()
    return facts


@pytest.fixture
def facts() -> Values:
    """The example case with one row of each list."""
    return few(json.loads((EXAMPLES / "case.json").read_text("utf-8")))  # type: ignore[no-any-return]


def test_a_case_is_entered_from_nothing_its_papers_made_a_number_reserved_the_archive_built_and_verified(
    tab: Page, office_url: str, office_home: Path, facts: Values
) -> None:
    tab.goto(office_url)
    base = tab.url.rstrip("/")
    tab.get_by_label("新建选任案").fill(facts[NAME])
    tab.get_by_role("button", name="新建").first.click()
    expect(tab.get_by_role("heading", level=1)).to_have_text(facts[NAME])
    case = tab.url
    given = fill_case(tab, case, facts)
    assert (given[True] > 50, given[False] > 200) == (True, True), given
    desk = Desk(folder=office_home, records=RecordsChoice())
    assert read_back(desk, case.rpartition("/")[2]) == read_back(desk, desk.add(facts, "对照"))
    papers_are_made(tab, case, office_home)
    number_is_reserved(tab, base)
    archive_is_built_and_verified(tab, f"{base}/archive/{case.rpartition('/')[2]}", base)


def papers_are_made(page: Page, case: str, home: Path) -> None:
    page.goto(f"{case}/papers")
    reason = page.locator("#reason")
    if reason.count():
        reason.fill("示例案件，只录入一部分")
    page.get_by_role("button", name="生成现在可以出的文书").click()
    expect(page.get_by_role("status").first).to_contain_text("已生成", timeout=PATIENCE)
    assert len(list(home.glob("文书/*/*.docx"))) > 15
    page.get_by_role("link", name="台账").click()
    expect(page.locator("main")).to_contain_text("台账与文件相符，没有问题")


def number_is_reserved(page: Page, base: str) -> None:
    page.goto(f"{base}/register/numbers")
    page.get_by_label("机关代字").fill("示院委")
    page.get_by_label("用途").fill("林示例任职通知")
    page.get_by_role("button", name="取下一个号").click()
    expect(page.get_by_role("status")).to_contain_text("已预留 示院委〔")


def archive_is_built_and_verified(page: Page, archive: str, base: str) -> None:
    page.goto(f"{base}/archive/settings")
    page.get_by_label("全宗号").fill("J001")
    page.get_by_label("全宗名称").fill("中共示例学院委员会")
    page.get_by_role("button", name="保存").click()
    page.goto(archive)
    for item in BY_CLERK:
        file = FilePayload(name=f"{item}.pdf", mimeType="application/pdf", buffer=PDF + item.encode())
        page.wait_for_load_state()
        with page.expect_navigation():
            page.locator(f"[data-item='{PEOPLE[0]}/{item}'] input[type=file]").set_input_files([file])
    page.get_by_label("PDF/A").set_checked(False)
    page.get_by_role("button", name="生成档案包").click()
    expect(page.get_by_role("status")).to_contain_text("已归档 3 个档案包，缺 3 项", timeout=PATIENCE)
    page.get_by_role("button", name="核验").click()
    expect(page.get_by_role("status")).to_contain_text("核验了 3 个档案包")
    expect(page.get_by_role("status")).to_contain_text("全部完好，与归档时一致")
