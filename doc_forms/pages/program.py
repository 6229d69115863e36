"""LibreOffice kept at hand: the first document starts it, the next ones find it running.

Where it can be loaded as a library (Linux), it runs as `kit` in a process that only this one speaks to. Elsewhere, and
whenever that fails, each document pays for a start of its own (`paper.to_pdf`): slower, the same pages.
"""

from __future__ import annotations

import queue
import subprocess
import sys
import threading
from pathlib import Path

from doc_forms.errors import Fault, OutputRefused
from doc_forms.files import make_folder, write_file
from doc_forms.pages.kit import LIBRARIES
from doc_forms.paper import find_libreoffice, to_pdf

_PATIENCE = 20.0  # seconds for a document, and for the start
_KIT = Path(__file__).with_name("kit.py")


class LayoutProgram:
    """Turns documents into PDF, one after the other, in a folder of its own that only this user can read."""

    def __init__(self, folder: Path) -> None:
        """`folder` is made when it is first needed: for LibreOffice's profile, and a document while it is laid out."""
        self._folder = folder
        self._lock = threading.Lock()
        self._process: subprocess.Popen[str] | None = None
        self._answers: queue.Queue[str] = queue.Queue()
        self._has_failed = False

    @staticmethod
    def is_there() -> bool:
        """Whether this computer has LibreOffice."""
        return find_libreoffice() is not None

    def start(self) -> None:
        """Start it before the first document comes; where it cannot be kept at hand, nothing happens."""
        with self._lock:
            if not self._is_running() and _program_folder():
                make_folder(self._folder)
                self._start()

    def pdf(self, document: bytes) -> bytes:
        """Lay out a .docx (OutputRefused where LibreOffice is absent or cannot)."""
        with self._lock:
            make_folder(self._folder)
            source, target = self._folder / "1.docx", self._folder / "1.pdf"
            write_file(source, document)
            try:
                if not self._ask_kit(source, target):
                    (target,) = to_pdf([source], self._folder)
                return target.read_bytes()
            except OSError:
                message = "LibreOffice 没有排出这份文书的版面，可用 Word 或 WPS 打开查看"
                raise OutputRefused(Fault("pdf-failed", message)) from None
            finally:
                source.unlink(missing_ok=True)
                target.unlink(missing_ok=True)

    def close(self) -> None:
        """End LibreOffice."""
        with self._lock:
            self._end()

    def _ask_kit(self, source: Path, target: Path) -> bool:
        """Let the running one do it; False where there is none, or it failed."""
        if not self._is_running() and not self._start():
            return False
        process = self._process
        if process is None or process.stdin is None:
            return False
        try:
            process.stdin.write(f"{source.as_uri()}\t{target.as_uri()}\n")
            process.stdin.flush()
            done = self._answers.get(timeout=_PATIENCE) == "1"
        except (OSError, queue.Empty):
            done = False
        if not done:
            self._end()  # it hangs, has crashed, or cannot read this one: the next document gets a fresh one
        return done and target.is_file()

    def _is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def _start(self) -> bool:
        program = _program_folder()
        if program is None or self._has_failed:
            return False
        profile = self._folder / "profile"
        command = [sys.executable, "-I", str(_KIT), str(program), profile.as_uri()]
        try:
            self._process = subprocess.Popen(  # noqa: S603 - our own program
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                encoding="utf-8",
                start_new_session=True,
            )
            self._answers = queue.Queue()
            threading.Thread(target=_listen, args=(self._process, self._answers), daemon=True).start()
            self._has_failed = self._answers.get(timeout=_PATIENCE) != "1"
        except (OSError, queue.Empty):
            self._has_failed = True
        if self._has_failed:
            self._end()
        return not self._has_failed

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            if stream:
                try:
                    stream.close()
                except OSError:
                    continue


def _listen(process: subprocess.Popen[str], answers: queue.Queue[str]) -> None:
    """Take the answers as they come; an empty one where the program has ended."""
    stream = process.stdout
    while stream is not None:
        try:
            line = stream.readline()
        except (OSError, ValueError):
            line = ""
        answers.put(line.strip())
        if not line:
            return


def _program_folder() -> Path | None:
    """Where LibreOffice's libraries lie, if it can be loaded as one here."""
    if sys.platform != "linux":
        return None
    found = find_libreoffice()
    if found is None:
        return None
    folder = found.resolve().parent
    return folder if any((folder / name).is_file() for name in LIBRARIES) else None
