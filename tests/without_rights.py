"""What somebody without rights is told; root has them all and gives them up."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_CODE = """
import os, sys
from doc_forms import Office, cli
from doc_forms.cli import answering, archiving, recording
from doc_forms.office import archive
from doc_forms.records import cases, checks, keeping, numbers, register, store
Office().kinds()
os.geteuid() or os.setuid(65534)  # from here on Python's own folder may be closed
sys.argv[0] = "doc-forms"
cli.run(sys.argv[1:])
"""


def as_nobody(*words: str | Path) -> tuple[int, str, str]:
    """The exit status of a command, what it printed and what it complained of."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", _CODE, *map(str, words)]
    answer = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    return answer.returncode, answer.stdout, answer.stderr


@contextmanager
def open_folder() -> Iterator[Path]:
    """A folder that any user may enter."""
    made = Path(tempfile.mkdtemp(prefix="doc_forms-open-"))
    made.chmod(0o755)
    try:
        yield made
    finally:
        for folder in (made, *made.rglob("*")):
            if folder.is_dir():
                folder.chmod(0o755)
        shutil.rmtree(made)
