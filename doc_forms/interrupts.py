"""Ctrl-C where work can be left: what has been begun is finished first."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable
from types import FrameType, TracebackType
from typing import Any, ParamSpec, Self

P = ParamSpec("P")
_INTERRUPTS = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")


class Interrupts:
    """Holds Ctrl-C back within its block; `noted` says that there was one. A second one is not held back.

    So are other signals that the program has taken for one; what it ignores stays ignored. Only the main thread of a
    program is interrupted: in any other this does nothing.
    """

    def __init__(self) -> None:
        """Nothing was noted yet."""
        self.noted = False
        self._before: dict[int, Any] = {}

    def through(self, told: Callable[P, None]) -> Callable[P, None]:
        """Give the same function; its calls are where work can be left: KeyboardInterrupt where one was noted."""

        def tell(*words: P.args, **named: P.kwargs) -> None:
            if self.noted:
                raise KeyboardInterrupt
            told(*words, **named)

        return tell

    def __enter__(self) -> Self:
        if threading.current_thread() is threading.main_thread():
            numbers = [getattr(signal, name) for name in _INTERRUPTS if hasattr(signal, name)]
            self._before = {number: before for number in numbers if callable(before := signal.getsignal(number))}
            for number in self._before:
                signal.signal(number, self._note)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._restore()

    def _note(self, _number: int, _frame: FrameType | None) -> None:
        self.noted = True
        self._restore()

    def _restore(self) -> None:
        while self._before:
            signal.signal(*self._before.popitem())
