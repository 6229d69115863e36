"""One command from its words to its exit status; whatever goes wrong is a Chinese line, never a traceback."""

from __future__ import annotations

import errno
import os
import sys
import tempfile
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

import click

from doc_forms.cli.commands import main
from doc_forms.cli.console import show_json, usage_line
from doc_forms.errors import DocFormsError, Fault

_FULL = {errno.ENOSPC, errno.EDQUOT}


def answer(words: Sequence[str]) -> NoReturn:
    """Do what the words ask and exit, see `doc_forms.cli.run`. KeyboardInterrupt where the user interrupts it."""
    try:
        main.main(args=list(words), prog_name="doc-forms", standalone_mode=False)
    except DocFormsError as error:
        _refuse(error.faults, error.exit_status, as_json="--json" in words)
    except click.UsageError as error:
        _refuse([Fault("usage", usage_line(error))], 2, as_json="--json" in words)
    except click.Abort:
        raise KeyboardInterrupt from None
    except BrokenPipeError:  # the reader of a pipe went away
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except Exception as error:  # noqa: BLE001 - the last line of defence: a clerk never sees a traceback
        _refuse([_unforeseen(error)], 1, as_json="--json" in words)
    sys.exit(0)


def _unforeseen(error: Exception) -> Fault:
    """Say where the program itself failed: the kind of error and the line of code, never a value of the data.

    A disk that is full, wherever it was found out, is the one failure that is not the program's.
    """
    if os.environ.get("DOC_FORMS_DEBUG"):
        raise error
    if isinstance(error, OSError) and error.errno in _FULL:
        places = f"存放文书的磁盘，或临时文件夹 {tempfile.gettempdir()} 所在的磁盘"
        return Fault("disk-full", f"磁盘空间不足（{places}），已生成的文书都完整；请腾出空间后重新运行")
    frame = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{type(error).__name__}，{Path(frame.filename).name} 第 {frame.lineno} 行"
    return Fault("unforeseen", f"程序内部出错（{where}），已生成的文书不受影响；请把这一行告诉维护人员")


def _refuse(faults: Sequence[Fault], status: int, *, as_json: bool) -> NoReturn:
    if as_json:
        show_json({"faults": [fault.to_json() for fault in faults]})
    else:
        for fault in faults:
            click.echo(f"✕ {fault}", err=True)
    sys.exit(status)
