"""A finished paper into its folder: the document, and beside it the workbook where its kind has one."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from doc_forms.files import Batch
from doc_forms.making import Draft

DOCUMENT, WORKBOOK = ".docx", ".xlsx"


@dataclass(frozen=True, slots=True)
class Placed:
    """A file that holds a paper: its name, whether it is newly written, the sha256 of what it holds."""

    file: str
    written: bool
    sha256: str


Files = Mapping[str, Placed]
"""The files of one paper, by their endings."""


def place(batch: Batch, draft: Draft, document: bytes, sha256: str) -> Files:
    """Take the files of a paper into a batch, so that they get their names together; see `Batch.place`.

    sha256: the document's, which its maker tells quicker (`Maker.sha256`).
    """
    files = {DOCUMENT: Placed(*batch.place(draft.name, DOCUMENT, document), sha256)}
    if draft.workbook:
        digest = hashlib.sha256(draft.workbook).hexdigest()
        files[WORKBOOK] = Placed(*batch.place(draft.name, WORKBOOK, draft.workbook), digest)
    return files
