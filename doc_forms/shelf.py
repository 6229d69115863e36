"""Where the window keeps cases: one JSON file each, keyed by the Chinese titles, written whole or not at all.

A case is kept as it was typed, so that nothing is lost that is not (yet) right; `read_case` takes the same files.
"""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from doc_forms.data import read_data_file
from doc_forms.errors import Fault, UsageRefused
from doc_forms.files import clear_leftovers, make_folder, write_file

_ID = re.compile(r"[0-9a-f]{12}")
Stamp = tuple[int, int]
"""Tells one state of a file from another: time in nanoseconds, and size in bytes."""


class Shelf:
    """A folder of case files under names that say nothing of the people in them."""

    def __init__(self, folder: Path) -> None:
        """Open the folder, and make it where it is missing (0700). OutputRefused where that cannot be."""
        self.folder = folder
        make_folder(folder)
        clear_leftovers(folder)

    def ids(self) -> list[str]:
        """Give the cases that are there, those changed last first."""
        files = [file for file in self.folder.glob("*.json") if _ID.fullmatch(file.stem)]
        return [file.stem for file in sorted(files, key=lambda file: file.stat().st_mtime_ns, reverse=True)]

    def stamp(self, case: str) -> Stamp:
        """Give the stamp of a case's file (UsageRefused where there is no such case)."""
        try:
            found = self.file(case).stat()
        except OSError:
            raise UsageRefused(Fault("case-gone", "没有这个案件，可能已被移走")) from None
        return found.st_mtime_ns, found.st_size

    def read(self, case: str) -> dict[str, Any]:
        """Give what was typed (FileRefused or DataRefused where the file is damaged)."""
        self.stamp(case)
        return read_data_file(self.file(case))

    def write(self, case: str, values: Mapping[str, Any]) -> None:
        """Keep what was typed (OutputRefused where it cannot be saved)."""
        write_file(self.file(case), (json.dumps(values, ensure_ascii=False, indent=2) + "\n").encode())

    def add(self, values: Mapping[str, Any]) -> str:
        """Keep a new case and give its id."""
        case = secrets.token_hex(6)
        self.write(case, values)
        return case

    def file(self, case: str) -> Path:
        """Give the file of a case (UsageRefused for what is no id)."""
        if not _ID.fullmatch(case):
            raise UsageRefused(Fault("case-gone", "没有这个案件"))
        return self.folder / f"{case}.json"
