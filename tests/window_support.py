"""The window's pages in a real Chromium, over a server of this process or of one that may be killed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlparse

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from doc_forms.desk import Desk, RecordsChoice
from doc_forms.web.app import make_app
from doc_forms.web.server import Server
from doc_forms.web.shell import BrowserShell, Shell

FLAGS = (
    "--headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
_SERVE = """
import sys, pathlib
from doc_forms.desk import Desk
from doc_forms.web.app import make_app
from doc_forms.web.server import Server
from doc_forms.web.shell import BrowserShell
server = Server(make_app(Desk(folder=pathlib.Path(sys.argv[1])), BrowserShell()))
print(server.guard.first_url(), flush=True)
server.wait()
"""


def chromium() -> str:
    """The system's Chromium; the test is skipped where there is none."""
    found = os.environ.get("DOC_FORMS_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not found:
        pytest.skip("no Chromium on this system (Debian: apt install chromium)")
    return found


@contextmanager
def browser_open() -> Iterator[Browser]:
    """A Chromium that speaks to nobody but this computer."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def server_open(folder: Path, shell: Shell | None = None) -> Iterator[str]:
    """Serve the desk in a folder from this process, in a browser's tab or a shell; gives the first address."""
    desk = Desk(folder=folder, records=RecordsChoice())
    server = Server(make_app(desk, shell or BrowserShell()))
    try:
        yield server.guard.first_url()
    finally:
        server.close()
        desk.close()


@contextmanager
def process_open(folder: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Serve the desk in a folder from a process of its own; gives it and the first address."""
    process = subprocess.Popen([sys.executable, "-c", _SERVE, str(folder)], stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        yield process, process.stdout.readline().strip()
    finally:
        process.kill()
        process.communicate()


def foreign(url: str) -> list[str]:
    """The address where it is not this computer's."""
    parts = urlparse(url)
    return [] if parts.scheme in {"data", "blob"} or parts.hostname == "127.0.0.1" else [url]


def violations(page: Page, address: str) -> list[Any]:
    """What axe-core finds amiss on a page."""
    page.goto(address)
    return violations_here(page)


def violations_here(page: Page) -> list[Any]:
    """What axe-core finds amiss on the page that is open."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-core comes with this package").Axe()
    found = axe.run(page).response["violations"]
    return [(item["id"], item["nodes"][0]["target"]) for item in found]


def open_sample(page: Page, first_url: str) -> str:
    """Sign in, put the example case on the desk, and give its address."""
    page.goto(first_url)
    page.get_by_role("button", name="打开一个示例").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("示例")
    return page.url


def answer(page: Page, name: str, text: str) -> None:
    """Type into a field and leave it; wait until the program has kept it."""
    page.evaluate("document.getElementById('saved').textContent = ''")
    page.locator(f"[name='f:{name}']").fill(text)
    page.locator(f"[name='f:{name}']").press("Tab")
    expect(page.locator("#saved")).to_have_text("已保存")


def paper_address(page: Page, case: str, title: str = "") -> str:
    """The address of a paper of the case whose title begins so; of the first one without a title."""
    page.goto(f"{case}/papers")
    found = page.locator("[data-sheet]", has_text=re.compile(f"^{title}")).first
    return urljoin(page.url, found.get_attribute("href"))
