"""Which of the desktop's toolkits shows the window; where none can, one line says what to install.

pywebview tries them itself, but a Qt without the system's X libraries ends the whole process with a word in English.
"""

from __future__ import annotations

import ctypes
import importlib
import logging
import os
import sys
from pathlib import Path
from typing import Literal

from doc_forms.errors import Fault, UsageRefused

_QT_PARTS = ("qtbase", "qtwebengine")
_KEPT: list[object] = []
"""Qt's application: it lives as long as the program, and pywebview takes the one that is there."""
_BROWSER = "；也可以加 --browser 在浏览器中打开"
_X_PACKAGES = "libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-render-util0 libxkbcommon-x11-0"
_NO_DESKTOP = "这里没有图形桌面，打不开窗口；请在桌面会话中运行"
_NO_TOOLKIT = (
    "打不开窗口：请运行 {python} -m pip install pywebview[pyside6]，用系统的 Python 时也可以安装 WebKitGTK"
    f"（Debian、Ubuntu：apt install python3-gi gir1.2-webkit2-4.1）{_BROWSER}"
)
_ROOT = f"Qt 的窗口不能以 root 身份打开，请以普通用户运行{_BROWSER}"
_NO_LIBRARY = f"打不开窗口：系统缺少 {{library}}，请安装（Debian、Ubuntu：apt install {_X_PACKAGES}）{_BROWSER}"


def toolkit() -> Literal["gtk", "qt"] | None:
    """Give the toolkit as pywebview calls it, None for the system's own; on Linux GTK before Qt.

    UsageRefused where this computer has none, or where Qt could not open a window.
    """
    if sys.platform != "linux":
        return None
    logging.getLogger("pywebview").setLevel(logging.CRITICAL)  # what it could not load is said below, in Chinese
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        raise _refused(_NO_DESKTOP)
    if _loads("webview.platforms.gtk"):
        return "gtk"
    if not _loads("webview.platforms.qt"):
        raise _refused(_NO_TOOLKIT.format(python=sys.executable))
    _must_open_with_qt()
    _speak_chinese()
    return "qt"


def _must_open_with_qt() -> None:
    """Refuse where Qt would end the process: as root, whom its sandbox does not serve, or without X libraries."""
    if os.geteuid() == 0 and "QTWEBENGINE_DISABLE_SANDBOX" not in os.environ:
        raise _refused(_ROOT)
    if os.environ.get("WAYLAND_DISPLAY") or os.environ.get("QT_QPA_PLATFORM"):
        return
    core = importlib.import_module("qtpy.QtCore")
    plugins = Path(core.QLibraryInfo.path(core.QLibraryInfo.LibraryPath.PluginsPath))
    try:
        ctypes.CDLL(str(plugins / "platforms" / "libqxcb.so"))
    except OSError as error:
        raise _refused(_NO_LIBRARY.format(library=str(error).partition(":")[0])) from None


def _speak_chinese() -> None:
    """Have Qt's own dialogs and menus speak Chinese, whatever the desktop speaks, as far as Qt has the words."""
    core, widgets = importlib.import_module("qtpy.QtCore"), importlib.import_module("qtpy.QtWidgets")
    application = widgets.QApplication.instance() or widgets.QApplication(sys.argv)
    words = core.QLibraryInfo.path(core.QLibraryInfo.LibraryPath.TranslationsPath)
    for part in _QT_PARTS:
        translator = core.QTranslator(application)  # which keeps it
        if translator.load(f"{part}_zh_CN", words):
            application.installTranslator(translator)
    _KEPT.append(application)


def _loads(module: str) -> bool:
    try:
        importlib.import_module(module)
    except (ImportError, ValueError):  # ValueError: GTK is there, WebKit is not
        return False
    return True


def _refused(message: str) -> UsageRefused:
    return UsageRefused(Fault("window-none", message))
