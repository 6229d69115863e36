"""Opens the window, or the same pages in the user's browser; ends when the window is closed."""

from __future__ import annotations

import os
import sys
import webbrowser
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from doc_forms.desk import Desk, RecordsChoice
from doc_forms.errors import Fault, UsageRefused
from doc_forms.web.app import make_app
from doc_forms.web.server import Server
from doc_forms.web.shell import BrowserShell, Shell, WindowShell

_SIZE, _LEAST = (1280, 720), (1024, 600)
_NO_WINDOW = (
    "打不开窗口：请安装 WebKitGTK（Debian、Ubuntu：apt install gir1.2-webkit2-4.1 python3-gi）"
    "或 Qt（pip install pywebview[pyside6]）；也可以加 --browser 在浏览器中打开"
)


def open_window(library: Path | None = None, folder: Path | None = None, records: RecordsChoice | None = None) -> None:
    """Show the window and return when it is closed. UsageRefused where this computer cannot show one."""
    if sys.platform == "linux" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        raise UsageRefused(Fault("window-none", "这里没有图形桌面，打不开窗口；请在桌面会话中运行"))
    import webview  # noqa: PLC0415 - only the window needs it

    webview.settings.update(
        {"ALLOW_DOWNLOADS": False, "ALLOW_FILE_URLS": False, "OPEN_EXTERNAL_LINKS_IN_BROWSER": True}
    )
    webview.settings["REMOTE_DEBUGGING_PORT"] = None
    shell = WindowShell()
    server = _serve(Desk(library, folder, records), shell)
    shell.window = webview.create_window(
        "干部任免文书", server.guard.first_url(), width=_SIZE[0], height=_SIZE[1], min_size=_LEAST, text_select=True
    )
    _start(webview)
    server.close()


def open_browser(library: Path | None = None, folder: Path | None = None, records: RecordsChoice | None = None) -> None:
    """Show the pages in the user's browser and return when somebody ends the program there, or by Ctrl-C."""
    shell = BrowserShell()
    server = _serve(Desk(library, folder, records), shell)
    shell.on_quit = server.close
    address = server.guard.first_url()
    if not webbrowser.open(address):
        raise UsageRefused(Fault("browser-none", "没有找到浏览器"))
    server.wait()


def _serve(desk: Desk, shell: Shell) -> Server:
    return Server(make_app(desk, shell))


def _start(webview: Any) -> None:
    """Run the window's loop: on Linux with GTK, else with Qt, else say what to install."""
    kinds: Sequence[str | None] = ("gtk", "qt") if sys.platform == "linux" else (None,)
    for kind in kinds:
        try:
            webview.start(gui=kind, private_mode=True, debug=False)
        except webview.errors.WebViewException:
            continue
        return
    raise UsageRefused(Fault("window-none", _NO_WINDOW))
