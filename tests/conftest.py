"""What several test modules need: the built-in library, the checkout's folder, the OOXML schema validator."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from doc_forms.library import Library


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout's folder."""
    return Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def library() -> Library:
    """The built-in library."""
    return Library()


@pytest.fixture(scope="session")
def validate() -> Callable[..., None]:
    """A function that fails the test unless the validator that OOXML_VALIDATOR names accepts these files.

    Give it many files at once: each call reads the schemas anew, which takes longer than checking a file.
    """
    validator = os.environ.get("OOXML_VALIDATOR")
    if not validator:
        pytest.skip("OOXML_VALIDATOR names no schema validator")

    def check(*files: Path) -> None:
        command = [sys.executable, validator, *map(str, files)]
        answer = subprocess.run(command, capture_output=True, text=True, check=False)
        assert answer.returncode == 0, answer.stdout + answer.stderr

    return check
