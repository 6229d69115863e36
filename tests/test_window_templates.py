"""The window's templates: the office's own take the place of the library's, and what cannot be printed is not taken."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest

pytest.importorskip("playwright", reason="playwright drives the pages")

from playwright.sync_api import FilePayload, Page, expect
from window_support import open_sample, violations

from doc_forms.desk import Desk, RecordsChoice
from doc_forms.errors import FileRefused, TemplateRefused
from doc_forms.making import Maker

STEM, TITLE = "interview_record", "个别谈话记录"
TEMPLATE = Path(__file__).resolve().parent.parent / "templates" / f"{STEM}.docx"


def desk_of(home: Path) -> Desk:
    return Desk(folder=home, records=RecordsChoice())


def changed(old: str, new: str) -> bytes:
    """The library's template with other words in its body."""
    stream = io.BytesIO()
    with zipfile.ZipFile(TEMPLATE) as source, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for item in source.infolist():
            data = source.read(item)
            if item.filename == "word/document.xml":
                assert old.encode() in data
                data = data.replace(old.encode(), new.encode(), 1)
            target.writestr(item, data)
    return stream.getvalue()


def give(page: Page, name: str, data: bytes) -> None:
    file = FilePayload(name=name, mimeType="application/octet-stream", buffer=data)
    page.wait_for_load_state()  # the script that sends it is there
    with page.expect_navigation():
        page.locator(f"#f-{STEM}").set_input_files([file])


def text_of(file: Path) -> str:
    with zipfile.ZipFile(file) as package:
        return re.sub(r"<[^>]+>", "", package.read("word/document.xml").decode())


def test_a_template_of_the_offices_own_prints_the_papers_until_the_built_in_one_is_restored(
    tab: Page, office_url: str, office_home: Path
) -> None:
    case = open_sample(tab, office_url)
    tab.get_by_role("link", name="模板", exact=True).click()
    row = tab.locator("#templates tbody tr", has_text=TITLE)
    expect(row).to_contain_text("内置")
    give(tab, "本校的.docx", changed("谈话", "本校谈话"))
    expect(tab.get_by_role("status")).to_contain_text(f"“{TITLE}”已换用新的模板")
    expect(row).to_contain_text("本单位")
    desk = desk_of(office_home)
    desk.papers.make(desk.open(case.rpartition("/")[2]), "")
    first, *_ = sorted(office_home.glob(f"文书/*/*{TITLE}*.docx"))
    assert "本校谈话" in text_of(first)
    row.get_by_role("button", name="恢复内置").click()
    expect(tab.get_by_role("status")).to_contain_text("没有删除")
    expect(row).to_contain_text("内置")
    (aside,) = office_home.glob("模板/已换下/*.docx")
    assert aside.read_bytes() == changed("谈话", "本校谈话")
    tab.goto(f"{case}/papers")
    expect(tab.locator("tr", has_text=TITLE).first).to_contain_text("重新生成")


def test_a_file_that_cannot_print_the_paper_is_not_taken_and_says_where_it_is_wrong(
    tab: Page, office_url: str, office_home: Path
) -> None:
    tab.goto(office_url)
    tab.get_by_role("link", name="模板", exact=True).click()
    give(tab, "写错的.docx", changed("{{", "{{ 没有这个字段 }}{{"))
    expect(tab.get_by_role("alert")).to_contain_text("没有换用")
    expect(tab.get_by_role("alert")).to_contain_text("写错的.docx")
    expect(tab.get_by_role("alert")).to_contain_text("没有这个字段")
    give(tab, "名册.docx", b"PK\x03\x04 not a package")
    expect(tab.get_by_role("alert")).to_contain_text("名册.docx")
    assert not (office_home / "模板").exists()


def test_what_an_own_template_takes_the_place_of_is_kept_each_time(office_home: Path) -> None:
    desk = desk_of(office_home)
    for words in ("甲谈话", "乙谈话", "丙谈话"):
        desk.templates.replace(STEM, "模板.docx", io.BytesIO(changed("谈话", words)))
    kept = [text_of(file) for file in sorted(office_home.glob("模板/已换下/*.docx"))]
    assert ["甲谈话" in kept[0], "乙谈话" in kept[1], len(kept)] == [True, True, 2]


def test_changing_a_template_in_word_begins_with_a_copy_and_never_with_the_built_in_file(office_home: Path) -> None:
    desk = desk_of(office_home)
    copy = desk.templates.own_copy(STEM)
    assert (copy, copy.read_bytes()) == (office_home / "模板" / f"{TITLE}.docx", TEMPLATE.read_bytes())
    copy.write_bytes(changed("谈话", "改过的谈话"))
    assert desk.templates.own_copy(STEM).read_bytes() == changed("谈话", "改过的谈话")


def test_a_copy_that_was_spoiled_in_word_is_shown_with_its_place_and_no_paper_is_made_with_it(
    office_home: Path,
) -> None:
    desk = desk_of(office_home)
    desk.templates.own_copy(STEM).write_bytes(changed("{{", "{{ 没有这个字段 }}{{"))
    line = next(line for line in desk.templates.all() if line.kind.stem == STEM)
    assert line.own
    assert any("没有这个字段" in str(fault) for fault in line.faults or ())
    with pytest.raises((TemplateRefused, FileRefused), match="没有这个字段"):
        Maker.open(desk.library.kind(STEM))
    desk.templates.restore(STEM)
    assert Maker.open(desk.library.kind(STEM)).file == TEMPLATE


def test_the_page_of_templates_is_there_before_they_are_looked_over_and_then_says_what_was_found(
    tab: Page, office_url: str, office_home: Path
) -> None:
    desk_of(office_home).templates.own_copy(STEM).write_bytes(changed("{{", "{{ 没有这个字段 }}{{"))
    tab.goto(office_url)
    first = tab.request.get(f"{tab.url}templates").text()
    assert (first.count("正在检查"), first.count("没有这个字段")) == (first.count("<tr id="), 0)
    tab.get_by_role("link", name="模板", exact=True).click()
    expect(tab.locator("#templates tbody tr", has_text=TITLE)).to_contain_text("没有这个字段")
    expect(tab.locator("#templates tbody tr", has_text="会议推荐表").first).to_contain_text("● 没有问题")
    expect(tab.locator("#templates")).not_to_contain_text("正在检查")
    again = tab.request.get(tab.url).text()
    assert (again.count("正在检查"), again.count("没有这个字段")) == (0, 1)


def test_the_page_of_templates_has_nothing_that_a_screen_reader_stumbles_over(
    tab: Page, office_url: str, office_home: Path
) -> None:
    desk_of(office_home).templates.own_copy(STEM)
    tab.goto(office_url)
    assert violations(tab, f"{tab.url}templates?done={STEM}&what=replaced") == []


@pytest.mark.parametrize("width", [1366, 1024, 911])
def test_the_pages_of_templates_and_archive_are_not_wider_than_the_window(
    tab: Page, office_url: str, office_home: Path, width: int
) -> None:
    desk_of(office_home).templates.own_copy(STEM)
    tab.set_viewport_size({"width": width, "height": 600})
    case = open_sample(tab, office_url)
    base = case.partition("/case")[0]
    number = case.rpartition("/")[2]
    for page in ("/templates", "/archive", f"/archive/{number}", "/archive/verify", "/archive/settings", "/batch", "/"):
        tab.goto(base + page)
        assert tab.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, page
