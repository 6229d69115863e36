"""How soon the window answers: from the start of the program, page by page, with fifty people, and with previews."""

from __future__ import annotations

import http.client
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlsplit

from benchmarks.checking import with_people
from benchmarks.figures import Figure
from benchmarks.runs import environment, median
from doc_forms.desk import Desk, OpenCase
from doc_forms.library import library_root
from doc_forms.web.app import get_ready_after_first_page, make_app
from doc_forms.web.server import Server
from doc_forms.web.shell import BrowserShell

_START, _PAGE, _FIRST_PREVIEW, _PREVIEW = 1.5, 0.050, 2.0, 1.0  # seconds
_READING = 2.0  # seconds
_PEOPLE = 50
_ROUNDS = 3
"""How often each page is opened; its median counts."""
_SAMPLE = 40
"""Pages of the large case that are opened; of the example, all."""
_MENU = ("/", "/batch", "/archive", "/archive/verify", "/archive/settings", "/articles", "/templates")
_CHANGED = ("民主推荐", "会议推荐", "会议地点")
_OPEN = """
import sys, pathlib
from doc_forms.desk import Desk
from doc_forms.web.app import get_ready_after_first_page, make_app
from doc_forms.web.server import Server
from doc_forms.web.shell import BrowserShell
desk = Desk(folder=pathlib.Path(sys.argv[1]))
app = make_app(desk, BrowserShell())
get_ready_after_first_page(app, desk)
server = Server(app)
print(server.guard.first_url(), flush=True)
server.wait()
"""


class _Window:
    """Signed in at a server, as a window is."""

    def __init__(self, first_url: str) -> None:
        parts = urlsplit(first_url)
        self._connection = http.client.HTTPConnection(parts.hostname or "", parts.port)
        self._connection.request("GET", f"{parts.path}?{parts.query}")
        answer = self._connection.getresponse()
        answer.read()
        self._cookie = (answer.getheader("Set-Cookie") or "").partition(";")[0]

    def get(self, address: str) -> float:
        """Give the seconds that a page takes, to its last byte."""
        start = time.perf_counter()
        self._connection.request("GET", quote(address, safe="/?=&"), headers={"Cookie": self._cookie})
        answer = self._connection.getresponse()
        answer.read()
        if answer.status != http.client.OK:
            message = f"{answer.status} for a page of the window"
            raise RuntimeError(message)
        return time.perf_counter() - start


def window(*, quick: bool) -> Iterator[Figure]:
    """Start the program; open every page of the example, of a case of fifty people, and some previews."""
    rounds = 1 if quick else 5
    seconds = median([_started() for _ in range(rounds)])
    yield _figure("window: from the start of the program to its first page", seconds, _START)
    with tempfile.TemporaryDirectory(prefix="doc_forms-window-") as folder:
        desk = Desk(folder=Path(folder))
        app = make_app(desk, BrowserShell())
        get_ready_after_first_page(app, desk)
        server = Server(app)
        page = _Window(server.guard.first_url())
        try:
            yield from _opening(desk, page)
            yield from _pages(desk, page, desk.open(desk.sample()), "the example", _PAGE)
            one = json.loads((library_root() / "examples" / "case.json").read_text("utf-8"))
            many = desk.open(desk.add(with_people(one, _PEOPLE), ""))
            yield from _pages(desk, page, many, f"{_PEOPLE} people", None)
        finally:
            server.close()
            desk.close()


def _opening(desk: Desk, page: _Window) -> Iterator[Figure]:
    """What a clerk meets who reads the first page for two seconds; the first case opened, and its first previews."""
    page.get("/")
    time.sleep(_READING)
    yield _figure("window: the slowest page of the menu, opened first", max(map(page.get, _MENU)), _PAGE)
    case = desk.sample()
    yield _figure("window: the first case opened", page.get(f"/case/{case}"), None)
    if desk.preview.is_possible():
        yield from _previews(page, case, [paper.key for paper in desk.papers.of(desk.open(case))])


def _started() -> float:
    """The seconds to the first page; of the second start, when the modules are compiled as an installation's are."""
    with tempfile.TemporaryDirectory(prefix="doc_forms-window-") as folder:
        return [_opened(Path(folder)) for _ in range(2)][-1]


def _opened(folder: Path) -> float:
    command = [sys.executable, "-c", _OPEN, str(folder)]
    start = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment(folder)) as process:
        if process.stdout is None:
            raise RuntimeError
        _Window(process.stdout.readline().strip()).get("/")
        seconds = time.perf_counter() - start
        process.kill()
    return seconds


def _pages(desk: Desk, page: _Window, case: OpenCase, whose: str, target: float | None) -> Iterator[Figure]:
    """The slowest page of a case: opened again, and opened first after a change; and the change itself."""
    every = list(_addresses(case))
    addresses = every if target else every[:: len(every) // _SAMPLE]
    yield _figure(
        f"window: {whose}, the slowest of {len(addresses)} pages (of {len(every)})",
        max(median([page.get(address) for _ in range(_ROUNDS)]) for address in addresses),
        target,
    )
    changed, changes = [], []
    for address in addresses:
        after = []
        for number in range(_ROUNDS):
            start = time.perf_counter()
            desk.put(case.id, {_CHANGED: f"第 {number} 会议室"})
            changes.append(time.perf_counter() - start)
            after.append(page.get(address))
        changed.append(median(after))
    yield _figure(f"window: {whose}, the slowest page after a change", max(changed), target)
    yield _figure(f"window: {whose}, keeping a field and looking at the case anew, median", median(changes), target)


def _addresses(case: OpenCase) -> Iterator[str]:
    yield f"/case/{case.id}"
    yield f"/case/{case.id}/papers"
    for number in range(len(case.steps)):
        yield f"/case/{case.id}/{number + 1}"
        yield from (f"/case/{case.id}/{number + 1}/{topic.address}" for topic in case.topics(number))


def _previews(page: _Window, case: str, keys: list[str]) -> Iterator[Figure]:
    """The first paper laid out, and the slowest of the next ten."""
    yield _figure("window: the first preview", page.get(f"/case/{case}/papers/{keys[0]}"), _FIRST_PREVIEW)
    seconds = [page.get(f"/case/{case}/papers/{key}") for key in keys[1:11]]
    yield _figure("window: the slowest of ten more previews", max(seconds), _PREVIEW)


def _figure(what: str, seconds: float, target: float | None) -> Figure:
    if target is None:
        return Figure(what, f"{seconds * 1e3:.0f} ms")
    return Figure(what, f"{seconds * 1e3:.0f} ms", f"< {target * 1e3:.0f} ms", met=seconds < target)
