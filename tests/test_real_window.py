"""The program's own window, under a virtual screen: it opens signed in, takes facts, gives papers, and ends."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from webview.localization import original_localization

from doc_forms.desk import Desk
from doc_forms.web import launch

ROOT = Path(__file__).resolve().parent.parent
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="a virtual screen is Linux's")

# Each step is tried until the page has come that it is for, and is done once; nothing is read out of the page.
_DRIVEN = """
import sys, threading, time
from pathlib import Path
import webview
from doc_forms.web import launch

home = Path(sys.argv[1])
failed = []

def wait_for(what, holds):
    for _ in range(300):
        if holds():
            return
        time.sleep(0.1)
    failed.append(f"it never came to {what}; the window is at {webview.windows[0].get_current_url()}")
    raise SystemExit

def clerk():
    wait_for("a window", lambda: webview.windows)
    window = webview.windows[0]
    at = lambda: window.get_current_url() or ""

    def do(place, script, what, holds):
        here = f"document.readyState === 'complete' && location.pathname.endsWith('{place}') && !window.done"
        def tried():
            window.run_js(f"if ({here}) {{ window.done = true; {script} }}")
            return holds()
        wait_for(what, tried)

    try:
        sample = "form[action=\\"/cases/sample\\"] button"
        do("/", f"document.querySelector('{sample}').click()", "the case", lambda: "/case/" in at())
        case = "/case/" + at().rpartition("/")[2]
        do(case, f"location.assign('{case}/1/motion')", "its questions", lambda: at().endswith("/motion"))
        do("/motion", "const one = document.querySelector('[name$=\\"工作方案日期\\"]'); one.value = '2026.9.2';"
           "one.dispatchEvent(new Event('change', {bubbles: true}));"
           "const saved = document.getElementById('saved'); const look = setInterval(() => {"
           "if (saved.textContent !== '已保存') return; clearInterval(look);"
           f"location.assign('{case}/papers') }}, 50)", "the papers", lambda: at().endswith("/papers"))
        do("/papers", "document.querySelector('form.make button.primary').click()", "a paper",
           lambda: list(home.glob("文书/*/*.docx")))
    finally:
        window.destroy()

threading.Thread(target=clerk, daemon=True).start()
launch.open_window(None, home)
sys.exit("".join(failed) or 0)
"""
_WITHOUT_TOOLKITS = """
import sys
sys.modules.update({"webview.platforms.gtk": None, "webview.platforms.qt": None})  # as where neither is installed
from doc_forms.cli import run
run(["open"])
"""


def environment(**more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in {"DISPLAY", "WAYLAND_DISPLAY"}}
    return {**kept, "PYTHONPATH": os.pathsep.join(filter(None, [str(ROOT), *sys.path])), **more}


def test_the_real_window_fills_a_paper_and_ends_when_it_is_closed(tmp_path: Path) -> None:
    if shutil.which("xvfb-run") is None:
        pytest.skip("no virtual screen on this system (Debian: apt install xvfb xauth)")
    if not any(importlib.util.find_spec(name) for name in ("gi", "PySide6", "PyQt6")):
        pytest.skip("neither GTK nor Qt for Python here (pip install pywebview[pyside6])")
    as_root = {"QTWEBENGINE_DISABLE_SANDBOX": "1", "QTWEBENGINE_CHROMIUM_FLAGS": "--no-sandbox --disable-gpu"}
    command = ["xvfb-run", "-a", "-s", "-screen 0 1366x768x24", sys.executable, "-c", _DRIVEN, str(tmp_path)]
    answer = subprocess.run(
        command, env=environment(**as_root), capture_output=True, text=True, timeout=120, check=False
    )
    assert answer.returncode == 0, answer.stderr
    (line,) = Desk(folder=tmp_path).cases()
    assert Desk(folder=tmp_path).open(line.id).values["动议"]["工作方案日期"] == "2026.9.2"
    assert list(tmp_path.glob("文书/*/*.docx"))


_WORDS_OF_QT = """
from qtpy.QtCore import QCoreApplication
from doc_forms.web.toolkit import toolkit
print(toolkit(), QCoreApplication.translate("QFileDialog", "&Open"))
"""


def test_every_word_that_the_window_itself_says_is_chinese() -> None:
    assert launch.WORDS.keys() == original_localization.keys()
    assert [word for word in launch.WORDS.values() if re.search("[A-Za-z]", word)] == []


@pytest.mark.skipif(importlib.util.find_spec("PySide6") is None, reason="Qt is not installed")
@pytest.mark.skipif(importlib.util.find_spec("gi") is not None, reason="GTK comes before Qt")
def test_the_dialogs_of_qt_speak_chinese() -> None:
    offscreen = environment(DISPLAY=":77", QT_QPA_PLATFORM="offscreen", QTWEBENGINE_DISABLE_SANDBOX="1")
    command = [sys.executable, "-c", _WORDS_OF_QT]
    answer = subprocess.run(command, env=offscreen, capture_output=True, text=True, timeout=60, check=False)
    assert answer.stdout == "qt 打开(&O)\n", answer.stderr


def test_without_a_desktop_the_window_says_so_in_one_line() -> None:
    answer = subprocess.run(
        [sys.executable, "app.py"], cwd=ROOT, env=environment(), capture_output=True, text=True, check=False
    )
    assert (answer.returncode, answer.stdout) == (2, "")
    assert answer.stderr == "✕ 这里没有图形桌面，打不开窗口；请在桌面会话中运行\n"


def test_a_python_that_the_product_was_not_installed_for_says_so_in_one_line() -> None:
    command = [sys.executable, "-S", "app.py"]  # without the packages of this Python
    answer = subprocess.run(command, cwd=ROOT, env={"PYTHONIOENCODING": "utf-8"}, capture_output=True, check=False)
    assert (answer.returncode, answer.stdout) == (2, b"")
    (line,) = answer.stderr.decode().splitlines()
    assert line.startswith("✕ 这个 Python 里没有本程序的组件；请输入 .venv/bin/python app.py")


def test_without_a_toolkit_one_line_says_what_to_install_and_offers_the_browser() -> None:
    answer = subprocess.run(
        [sys.executable, "-c", _WITHOUT_TOOLKITS],
        env=environment(DISPLAY=":77"),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (answer.returncode, answer.stdout) == (2, "")
    (line,) = answer.stderr.splitlines()
    assert "pip install pywebview[pyside6]" in line
    assert "gir1.2-webkit2-4.1" in line
    assert "--browser" in line


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="only root is refused")
@pytest.mark.skipif(importlib.util.find_spec("PySide6") is None, reason="Qt is not installed")
@pytest.mark.skipif(importlib.util.find_spec("gi") is not None, reason="GTK comes before Qt")
def test_root_is_told_in_one_line_that_qt_does_not_serve_it() -> None:
    answer = subprocess.run(
        [sys.executable, "app.py"],
        cwd=ROOT,
        env=environment(DISPLAY=":77"),
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 2
    assert answer.stderr == "✕ Qt 的窗口不能以 root 身份打开，请以普通用户运行；也可以加 --browser 在浏览器中打开\n"
