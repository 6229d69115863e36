"""Writes docs/pictures/window-*.png: the main pages of the window, taken from the running program.

python scripts/window_pictures.py [FOLDER]

It serves a desk with the example cases, as of one fixed day, to a headless Chromium (playwright comes with the extra
`test`; Chromium is the system's, or the one that DOC_FORMS_CHROMIUM names). Pictures go into FOLDER where one is named.
"""  # noqa: INP001 - a script, not a package

from __future__ import annotations

import contextlib
import io
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import openpyxl
from playwright.sync_api import Page, sync_playwright

from doc_forms.data import read_data_file
from doc_forms.desk import Desk, RecordsChoice
from doc_forms.form import PartialDate
from doc_forms.web.app import make_app
from doc_forms.web.server import Server
from doc_forms.web.shell import BrowserShell

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
_EXAMPLES = ROOT / "examples"
_DAY = PartialDate(2026, 10, 9)
_SIZE = {"width": 1240, "height": 680}
_SCAN = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
_PATIENCE = 60_000  # milliseconds; the first start of LibreOffice


def take_pictures(folder: Path) -> list[Path]:
    """Take every picture into a folder that is there; give them in the order of the guide."""
    home = _home()
    try:
        desk = _desk(home)
        try:
            with _page(desk) as page:
                return [_taken(page, folder, name) for name in _pages(page, desk, home)]
        finally:
            desk.close()
    finally:
        shutil.rmtree(home)


def _home() -> Path:
    """A new folder; pages say where papers go, so it has the same name each time, unless that is taken."""
    home = Path(tempfile.gettempdir()) / "干部任免文书"
    try:
        home.mkdir(mode=0o700)
    except FileExistsError:
        return Path(tempfile.mkdtemp(prefix="干部任免文书"))
    return home


def _desk(home: Path) -> Desk:
    """A desk with a finished case, one half done and a resignation."""
    desk = Desk(folder=home, records=RecordsChoice(), clock=lambda: _DAY)
    whole = desk.add(read_data_file(_EXAMPLES / "case.json"), "录入")
    desk.archive.keep_settings(json.loads((_EXAMPLES / "archive.json").read_text("utf-8")))
    desk.archive.add(desk.open(whole), "林示例/工作总结", "工作总结_扫描.pdf", io.BytesIO(_SCAN))
    desk.new("吴试行辞去教务处副处长职务", "自愿辞职")
    desk.sample()
    return desk


@contextlib.contextmanager
def _page(desk: Desk) -> Iterator[Page]:
    """The window's first page in a Chromium."""
    server = Server(make_app(desk, BrowserShell()))
    chromium = os.environ.get("DOC_FORMS_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        try:
            page = browser.new_page(viewport=_SIZE)  # type: ignore[arg-type]  # a TypedDict of its own
            page.goto(server.guard.first_url())
            yield page
        finally:
            browser.close()
            server.close()


def _pages(page: Page, desk: Desk, home: Path) -> Iterator[str]:
    """Go from page to page; give the name of each when it is ready to be taken."""
    base = page.url.rstrip("/")
    whole, half = _id_of(desk, "计算机"), _id_of(desk, "【示例】")
    yield "start"
    page.goto(f"{base}/case/{half}")
    yield "case"
    desk.put(half, {("民主推荐", "会议推荐", "实到人数"): "60"})  # too few, so that there is something to find
    page.goto(f"{base}/case/{half}/3/recommendation/meeting")
    page.locator("[name$='实到人数']").scroll_into_view_if_needed()
    yield "form"
    page.goto(f"{base}/case/{half}/papers")
    page.locator("a[data-sheet]", has_text="个人署名推荐材料").click()
    page.locator("#preview .leaf img").first.wait_for(timeout=_PATIENCE)
    yield "papers"
    page.goto(f"{base}/batch")
    page.locator("#roster").set_input_files(_roster(home))
    page.get_by_role("button", name="核对名册").click()
    page.get_by_role("button", name="生成 8 份").wait_for()
    yield "batch"
    page.goto(f"{base}/archive/{whole}")
    yield "archive"


def _roster(folder: Path) -> Path:
    """The example roster with a day that is none."""
    book = openpyxl.load_workbook(_EXAMPLES / "appointment_notice.xlsx")
    book["名册"]["F5"] = "2026年9月31日"
    file = folder / "九月任职通知.xlsx"
    book.save(file)
    return file


def _id_of(desk: Desk, beginning: str) -> str:
    return next(line.id for line in desk.cases() if line.name.startswith(beginning))


def _taken(page: Page, folder: Path, name: str) -> Path:
    file = folder / f"window-{name}.png"
    page.screenshot(path=file, animations="disabled", caret="hide")
    return file


if __name__ == "__main__":
    for picture in take_pictures(Path(sys.argv[1]) if len(sys.argv) > 1 else PICTURES):
        sys.stdout.write(f"{picture}\n")
