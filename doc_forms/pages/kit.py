"""A program of its own: LibreOffice loaded once (LibreOfficeKit), documents to PDF as they are asked for.

`python -I kit.py PROGRAM_FOLDER PROFILE_URL`; each line on standard input is `source URL, tab, target URL`, each
answer is a line, 1 for done and 0 for not. It listens nowhere: who does not hold its pipes cannot speak to it, and it
ends when they are closed. A start of LibreOffice costs about a second, a document in here about a tenth.

The tables of functions are those of LibreOfficeKit.h (stable since LibreOffice 4.3).
"""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path
from typing import Any

LIBRARIES = ("libsofficeapp.so", "libmergedlo.so")
_LOAD, _SAVE, _DESTROY = 2, 2, 1
_QUIET = {"SAL_USE_VCLPLUGIN": "svp", "SAL_LOG": ""}


def main() -> int:
    """Answer until the input ends."""
    program, profile = Path(sys.argv[1]), sys.argv[2]
    answers = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # whatever LibreOffice prints is no answer
    os.environ.update(_QUIET)
    library = next(program / name for name in LIBRARIES if (program / name).is_file())
    hook = ctypes.CDLL(str(library), mode=ctypes.RTLD_GLOBAL).libreofficekit_hook_2
    hook.restype, hook.argtypes = ctypes.c_void_p, [ctypes.c_char_p, ctypes.c_char_p]
    kit = hook(os.fsencode(program), profile.encode())
    if not kit:
        return 1
    answers.write("1\n")
    for line in sys.stdin:
        source, _, target = line.rstrip("\n").partition("\t")
        answers.write(f"{int(_convert(kit, source.encode(), target.encode()))}\n")
    os._exit(0)  # LibreOffice's own farewell may hang


def _convert(kit: Any, source: bytes, target: bytes) -> bool:
    document = _function(kit, _LOAD, ctypes.c_void_p, ctypes.c_char_p)(kit, source)
    if not document:
        return False
    texts = (ctypes.c_char_p, ctypes.c_char_p, ctypes.c_char_p)
    saved = _function(document, _SAVE, ctypes.c_int, *texts)(document, target, b"pdf", b"")
    _function(document, _DESTROY, None)(document)
    return bool(saved)


def _function(thing: Any, place: int, result: Any, *arguments: Any) -> Any:
    """A function of an object: its first word points at a table of them."""
    table = ctypes.cast(thing, ctypes.POINTER(ctypes.POINTER(ctypes.c_void_p)))[0]
    return ctypes.CFUNCTYPE(result, ctypes.c_void_p, *arguments)(table[place])


if __name__ == "__main__":
    sys.exit(main())
