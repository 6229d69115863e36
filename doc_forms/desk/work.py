"""Something that takes a while, done in the background: how far it is, and what came of it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Generic, TypeVar

from doc_forms.errors import DocFormsError

T = TypeVar("T")
Told = Callable[[str, int, int], None]
"""Told what is being done, how much of it, and of how much in all."""


class Work(Generic[T]):
    """One piece of work in a thread of its own; it begins at once."""

    def __init__(self, do: Callable[[Told], T]) -> None:
        self.came_of_it: T | None = None
        """What it gave; None while it runs, or where it was refused."""
        self.trouble: tuple[str, ...] = ()
        """Why it was refused."""
        self.running = True
        self._do = do
        self._doing = "正在准备"
        self._since = time.monotonic()
        threading.Thread(target=self._run, name="work", daemon=True).start()

    def line(self) -> str:
        """Say what is being done, and for how long already."""
        return f"{self._doing}……已用 {time.monotonic() - self._since:.0f} 秒"

    def _run(self) -> None:
        try:
            self.came_of_it = self._do(self._note)
        except DocFormsError as error:
            self.trouble = tuple(str(fault) for fault in error.faults)
        except Exception as error:  # noqa: BLE001 - a thread has nobody above it to tell
            self.trouble = (f"程序内部出错（{type(error).__name__}），没有做完；请把这一行告诉维护人员。",)
        finally:
            self.running = False

    def _note(self, doing: str, done: int, total: int) -> None:
        del done, total
        self._doing = doing
