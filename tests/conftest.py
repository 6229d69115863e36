"""What several test modules need: the built-in library, stores of records, the OOXML schema validator."""

from __future__ import annotations

import importlib
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

import pytest
from postgres import Server, running_server

from doc_forms.library import Library

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


def pytest_configure() -> None:
    """Let what tests start hear Ctrl-C, also where they run in the background, which does not hear it itself."""
    if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True)
def _no_records_of_the_users_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep every test away from the user's own store."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "user-data"))
    monkeypatch.delenv("DOC_FORMS_RECORDS", raising=False)


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A real PostgreSQL server; skips with the reason where none can be started."""
    with running_server() as found:
        yield found


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty place for a store: the same tests hold for both kinds."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'records' / 'records.db'}"
    found: Server = request.getfixturevalue("server")
    return found.new_database()


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Nothing that an earlier run kept of the templates decides what a test sees."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout's folder."""
    return Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def library() -> Library:
    """The built-in library."""
    return Library()


@pytest.fixture(scope="session")
def validate() -> Callable[..., None]:
    """A function that fails the test unless the validator that OOXML_VALIDATOR names accepts these files.

    Give it many files at once: each call reads the schemas anew, which takes longer than checking a file.
    """
    validator = os.environ.get("OOXML_VALIDATOR")
    if not validator:
        pytest.skip("OOXML_VALIDATOR names no schema validator")

    def check(*files: Path) -> None:
        command = [sys.executable, validator, *map(str, files)]
        answer = subprocess.run(command, capture_output=True, text=True, check=False)
        assert answer.returncode == 0, answer.stdout + answer.stderr

    return check


@pytest.fixture(scope="module")
def chrome() -> Iterator[Browser]:
    """One Chromium for all tests of a file."""
    with window_support().browser_open() as opened:
        yield opened


@pytest.fixture
def office_home(tmp_path: Path) -> Path:
    """The folder of an empty desk."""
    return tmp_path / "home"


@pytest.fixture
def office_url(office_home: Path) -> Iterator[str]:
    """The address that opens the window on that desk."""
    with window_support().server_open(office_home) as address:
        yield address


@pytest.fixture
def tab(chrome: Browser) -> Iterator[Page]:
    """A tab of its own; an error of a script fails the test, and so does a word to anybody but this computer."""
    context = chrome.new_context(viewport={"width": 1366, "height": 768})
    made, wrong = context.new_page(), list[str]()
    made.on("pageerror", lambda error: wrong.append(str(error)))
    made.on("request", lambda request: wrong.extend(window_support().foreign(request.url)))
    yield made
    context.close()
    assert wrong == []


def window_support() -> ModuleType:
    """What drives the pages; the test is skipped where playwright is not installed."""
    pytest.importorskip("playwright", reason="playwright drives the pages")
    return importlib.import_module("window_support")
