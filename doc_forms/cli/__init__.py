"""The command line. Everything it says is Chinese."""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Sequence
from typing import NoReturn

from doc_forms.cli.statuses import INTERRUPTED

_SAID_INTERRUPTED = "已中断；已生成的文书都完整，重新运行即可接着做。"
_WINDOW = "open"
_ENDINGS = ("SIGTERM", "SIGHUP", "SIGBREAK")
_REGISTERS_MANY = "merge"
_REGISTERS_NONE = {"--no-records", "--check", "-h", "--help"}


def run(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and exit: 0 all done, 1 something was refused or found wrong, 2 wrong usage.

    arguments: None takes those of the process, which is then taken for the command's own.
    """
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]  # text streams
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        if arguments is None:
            _end_as_interrupted(words)
            _load(words)
        from doc_forms.cli.answering import answer  # noqa: PLC0415 - see `_load`

        answer(words)
    except KeyboardInterrupt:
        print(_SAID_INTERRUPTED, file=sys.stderr)  # noqa: T201 - what the command line is for
        sys.exit(INTERRUPTED)


def _end_as_interrupted(words: Sequence[str]) -> None:
    """Have a terminal that is closed, or a plain kill, end the command as Ctrl-C does: nothing half made is left.

    The window has a loop of its own, in which nothing would hear of it.
    """
    for name in () if _WINDOW in words else _ENDINGS:
        number = getattr(signal, name, None)  # not every system has each
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _interrupt)


def _interrupt(_number: int, _frame: object) -> None:
    """Do as Ctrl-C does by now, also where Ctrl-C is not heard: a shell that puts a command behind sees to that."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        raise KeyboardInterrupt
    signal.raise_signal(signal.SIGINT)


def _load(words: Sequence[str]) -> None:
    """Load the commands; where many papers are going to be registered, another process loads its part meanwhile.

    What is loaded by then stays to the end of the process, and is no rubbish to look for.
    """
    gc.disable()
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # of other programs, which would see what clerks type
    if _REGISTERS_MANY in words and _REGISTERS_NONE.isdisjoint(words):
        from doc_forms.office.ahead import prepare_register  # noqa: PLC0415 - most commands register little or nothing

        prepare_register()
    from doc_forms.cli import answering  # noqa: F401, PLC0415 - after the other process was started

    gc.freeze()
    gc.enable()
