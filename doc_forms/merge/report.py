"""What is asked of a merge, what it tells meanwhile, and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from doc_forms.errors import Fault

Progress = Callable[[str, int, int], None]
"""Told what is being done, how many are done and how many there are (0: not known yet).

KeyboardInterrupt where no more is to be done.
"""

_SHOWN_FAULTS = 50


def no_progress(_doing: str, _done: int, _total: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True)
class MergeOptions:
    """How a merge is made; see the command line for what each means."""

    check: bool = False
    one_file: bool = False
    jobs: int = 0
    """Worker processes; 0 chooses by the number of papers."""
    sheet: str | None = None
    keep_names: bool = False
    """Gather the names of the papers in the report."""


@dataclass
class Merged:
    """What came of a merge. Counts are of rows; `faults` holds the first ones only, the receipt all."""

    folder: Path
    rows: int = 0
    made: int = 0
    kept: int = 0
    refused: int = 0
    warnings: int = 0
    refused_items: int = 0
    """Faults that belong to no row of the main sheet, such as a list row without its owner."""
    interrupted: bool = False
    receipt: Path | None = None
    combined: Path | None = None
    pdfs: list[Path] = field(default_factory=list)
    no_pdf: Sequence[Fault] = ()
    """Why papers have no PDF, where one was asked for."""
    faults: list[Fault] = field(default_factory=list)
    notices: list[Fault] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    """File names of the papers, gathered only where they are wanted afterwards (for PDF)."""

    def show(self, faults: Sequence[Fault]) -> None:
        """Take in faults of a row, as long as there are not too many to be shown."""
        self.faults += faults[: max(0, _SHOWN_FAULTS - len(self.faults))]

    def papers(self) -> list[Path]:
        """Give the finished papers of this roster, newly made or there already."""
        return [self.combined] if self.combined else [self.folder / name for name in self.names]

    def to_json(self) -> dict[str, Any]:
        """The same as data, for `--json`."""
        return {
            "folder": str(self.folder),
            "rows": self.rows,
            "made": self.made,
            "kept": self.kept,
            "refused": self.refused,
            "warnings": self.warnings,
            "refused_items": self.refused_items,
            "interrupted": self.interrupted,
            "receipt": str(self.receipt) if self.receipt else None,
            "combined": str(self.combined) if self.combined else None,
            "pdfs": [str(path) for path in self.pdfs],
            "no_pdf": [fault.to_json() for fault in self.no_pdf],
            "faults": [fault.to_json() for fault in self.faults],
            "notices": [notice.to_json() for notice in self.notices],
        }
