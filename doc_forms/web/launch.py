"""Opens the window, or the same pages in the user's browser; ends when the window is closed."""

from __future__ import annotations

import webbrowser
from pathlib import Path

from doc_forms.desk import Desk, RecordsChoice
from doc_forms.errors import Fault, UsageRefused
from doc_forms.web.app import get_ready_after_first_page, make_app
from doc_forms.web.server import Server
from doc_forms.web.shell import BrowserShell, Shell, WindowShell
from doc_forms.web.toolkit import toolkit

WORDS = {
    "global.quitConfirmation": "要退出程序吗？",
    "global.ok": "确定",
    "global.quit": "退出",
    "global.cancel": "取消",
    "global.saveFile": "另存为",
    "windows.fileFilter.allFiles": "所有文件",
    "windows.fileFilter.otherFiles": "其他文件",
    "linux.openFile": "选择文件",
    "linux.openFiles": "选择文件",
    "linux.openFolder": "选择文件夹",
    "cocoa.menu.about": "关于",
    "cocoa.menu.services": "服务",
    "cocoa.menu.view": "显示",
    "cocoa.menu.edit": "编辑",
    "cocoa.menu.hide": "隐藏",
    "cocoa.menu.hideOthers": "隐藏其他",
    "cocoa.menu.showAll": "全部显示",
    "cocoa.menu.quit": "退出",
    "cocoa.menu.fullscreen": "进入全屏幕",
    "cocoa.menu.cut": "剪切",
    "cocoa.menu.copy": "拷贝",
    "cocoa.menu.paste": "粘贴",
    "cocoa.menu.selectAll": "全选",
}
"""What pywebview says itself, in the titles of dialogs and in menus."""
_SIZE, _LEAST = (1280, 720), (1024, 600)


def open_window(library: Path | None = None, folder: Path | None = None, records: RecordsChoice | None = None) -> None:
    """Show the window and return when it is closed. UsageRefused where this computer cannot show one."""
    gui = toolkit()
    import webview  # noqa: PLC0415 - only the window needs it

    webview.settings.update(
        {"ALLOW_DOWNLOADS": False, "ALLOW_FILE_URLS": False, "OPEN_EXTERNAL_LINKS_IN_BROWSER": True}
    )
    webview.settings["REMOTE_DEBUGGING_PORT"] = None
    shell = WindowShell()
    desk = Desk(library, folder, records)
    server = _serve(desk, shell)
    shell.window = webview.create_window(
        "干部任免文书", server.guard.first_url(), width=_SIZE[0], height=_SIZE[1], min_size=_LEAST, text_select=True
    )
    try:
        webview.start(gui=gui, private_mode=True, debug=False, localization=WORDS)
    finally:
        server.close()
        desk.close()


def open_browser(library: Path | None = None, folder: Path | None = None, records: RecordsChoice | None = None) -> None:
    """Show the pages in the user's browser and return when somebody ends the program there, or by Ctrl-C."""
    shell = BrowserShell()
    desk = Desk(library, folder, records)
    server = _serve(desk, shell)
    shell.on_quit = server.close
    address = server.guard.first_url()
    if not webbrowser.open(address):
        message = "没有找到浏览器；请先装一个（如 Firefox、Chromium），或不加 --browser，用窗口打开"
        raise UsageRefused(Fault("browser-none", message))
    try:
        server.wait()
    finally:
        desk.close()


def _serve(desk: Desk, shell: Shell) -> Server:
    app = make_app(desk, shell)
    get_ready_after_first_page(app, desk)
    return Server(app)
