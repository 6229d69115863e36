"""Excel in and out: rows with their origin, a blank roster to hand to a clerk, the receipt."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import IO

from doc_forms.form import Form
from doc_forms.roster.pasted import paste_roster
from doc_forms.roster.read import Roster, open_roster
from doc_forms.roster.rows import Row, RowResult

__all__ = ["Roster", "Row", "RowResult", "open_roster", "paste_roster", "receipt_path", "write_blank", "write_receipt"]


def write_blank(form: type[Form], stream: IO[bytes], title: str) -> None:
    """Write a blank roster of the form; see `doc_forms.roster.blank`."""
    from doc_forms.roster.blank import write_blank as write  # noqa: PLC0415 - openpyxl takes 0.2 s to load

    write(form, stream, title)


def receipt_path(out: Path, roster_file: Path) -> Path:
    """Give the receipt's place in `out`; see `doc_forms.roster.receipt`."""
    from doc_forms.roster import receipt  # noqa: PLC0415 - loaded when papers are being made already

    return receipt.receipt_path(out, roster_file)


def write_receipt(roster: Roster, target: IO[bytes], results: Iterable[RowResult]) -> None:
    """Write the receipt of a roster; see `doc_forms.roster.receipt`."""
    from doc_forms.roster import receipt  # noqa: PLC0415 - as above

    receipt.write_receipt(roster, target, results)
