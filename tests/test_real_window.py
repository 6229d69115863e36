"""The program's own window, under a virtual screen: it opens signed in, takes facts, gives papers, and ends."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from doc_forms.desk import Desk

_DRIVEN = """
import sys, threading, time
from pathlib import Path
import webview
from doc_forms.web import launch

home = Path(sys.argv[1])

def wait_for(part):
    for _ in range(200):
        if part in (webview.windows[0].get_current_url() or ""):
            time.sleep(0.5)
            return
        time.sleep(0.1)
    raise SystemExit("the window never came to " + part)

def clerk():
    while not webview.windows:
        time.sleep(0.1)
    window = webview.windows[0]
    try:
        wait_for("127.0.0.1")
        time.sleep(2)
        window.run_js("document.querySelector('form[action=\\"/cases/sample\\"] button').click()")
        wait_for("/case/")
        case = window.get_current_url()
        window.run_js(f"location.assign('{case}/1/motion')")
        wait_for("/motion")
        window.run_js("const one = document.querySelector('[name$=\\"工作方案日期\\"]'); one.value = '2026.9.2';"
                      "one.dispatchEvent(new Event('change', {bubbles: true}))")
        time.sleep(2)
        window.run_js(f"location.assign('{case}/papers')")
        wait_for("/papers")
        window.run_js("document.querySelector('form.make button.primary').click()")
        for _ in range(200):
            if list(home.glob("文书/*/*.docx")):
                break
            time.sleep(0.1)
        time.sleep(2)
    finally:
        window.destroy()

threading.Thread(target=clerk, daemon=True).start()
launch.open_window(None, home)
"""


def test_the_real_window_fills_a_paper_and_ends_when_it_is_closed(tmp_path: Path) -> None:
    if shutil.which("xvfb-run") is None:
        pytest.skip("no virtual screen on this system (Debian: apt install xvfb)")
    if not any(importlib.util.find_spec(name) for name in ("gi", "PyQt6", "PySide6")):
        pytest.skip("neither GTK nor Qt for Python here (pip install pywebview[pyside6])")
    quiet = {"QTWEBENGINE_DISABLE_SANDBOX": "1", "QTWEBENGINE_CHROMIUM_FLAGS": "--no-sandbox --disable-gpu"}
    command = ["xvfb-run", "-a", sys.executable, "-c", _DRIVEN, str(tmp_path)]
    environment = {**os.environ, **quiet, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    answer = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert answer.returncode == 0, answer.stderr
    (line,) = Desk(folder=tmp_path).cases()
    assert Desk(folder=tmp_path).open(line.id).values["动议"]["工作方案日期"] == "2026.9.2"
    assert list(tmp_path.glob("文书/*/*.docx"))
