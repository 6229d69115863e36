"""What the pages ask of the desktop around them: open a folder, ask where to save. The pages send no paths."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

_ANSWER_SECONDS = 1.5
"""How long the desktop's opener has to say that it has no program for a file."""


class Shell(Protocol):
    """The desktop as a window or a browser tab has it."""

    in_browser: bool

    def save_as(self, name: str) -> Path | None:
        """Ask where to save a file of this name; None where the clerk thinks better of it."""

    def choose_folder(self) -> Path | None:
        """Ask for a folder; None where the clerk thinks better of it, or where there is nobody to ask."""

    def choose_file(self, called: str, endings: tuple[str, ...]) -> Path | None:
        """Ask for a file of these endings; None as for a folder. called: what such files are, in letters and spaces."""

    def quit(self) -> None:
        """End the program."""


class WindowShell:
    """The program's own window."""

    in_browser = False

    def __init__(self) -> None:
        self.window: Any = None

    def save_as(self, name: str) -> Path | None:
        """Ask with the desktop's own dialog."""
        import webview  # noqa: PLC0415 - only the window needs it

        chosen = self.window.create_file_dialog(webview.FileDialog.SAVE, save_filename=name)
        if not chosen:
            return None
        return Path(chosen if isinstance(chosen, str) else chosen[0])

    def choose_folder(self) -> Path | None:
        """Ask with the desktop's own dialog."""
        import webview  # noqa: PLC0415 - as above

        chosen = self.window.create_file_dialog(webview.FileDialog.FOLDER)
        return Path(chosen[0]) if chosen else None

    def choose_file(self, called: str, endings: tuple[str, ...]) -> Path | None:
        """Ask with the desktop's own dialog."""
        import webview  # noqa: PLC0415 - as above

        types = (f"{called} ({';'.join(f'*.{ending}' for ending in endings)})",)
        chosen = self.window.create_file_dialog(webview.FileDialog.OPEN, file_types=types)
        return Path(chosen[0]) if chosen else None

    def quit(self) -> None:
        """Close the window, which ends the program."""
        self.window.destroy()


class BrowserShell:
    """A tab of the user's browser, which saves files itself."""

    in_browser = True

    def __init__(self) -> None:
        self.on_quit: Callable[[], None] = lambda: None

    def save_as(self, name: str) -> Path | None:
        """Leave saving to the browser."""
        del name
        return None

    def choose_folder(self) -> Path | None:
        """A page in a browser sees no folders."""
        return None

    def choose_file(self, called: str, endings: tuple[str, ...]) -> Path | None:
        """A page in a browser sees no paths."""
        del called, endings
        return None

    def quit(self) -> None:
        """End the program."""
        self.on_quit()


def show(path: Path) -> bool:
    """Open a folder or a document with the program that the desktop has for it; False where it has none."""
    try:
        if sys.platform == "win32":
            os.startfile(path)  # noqa: S606 - a path of our own
        else:
            opener = "open" if sys.platform == "darwin" else "xdg-open"
            quiet = subprocess.DEVNULL
            command = [opener, str(path)]
            process = subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)  # noqa: S603
            return process.wait(_ANSWER_SECONDS) == 0
    except subprocess.TimeoutExpired:
        return True  # it has become the program itself
    except OSError:
        return False
    return True
