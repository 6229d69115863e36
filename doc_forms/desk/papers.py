"""The papers of a case on the desk: where they go, which are made, making them."""

from __future__ import annotations

from pathlib import Path

import platformdirs

from doc_forms.casefolder import CaseFolder, CaseOrigin, draw_up
from doc_forms.casework import CasePaper
from doc_forms.desk.open_case import OpenCase
from doc_forms.errors import Fault, UsageRefused
from doc_forms.files import Names, safe_name
from doc_forms.library import Library
from doc_forms.records import Records


class PaperDesk:
    """What can be done with the papers of a case."""

    def __init__(self, library: Library, home: Path | None, records: Records, *, registers: bool) -> None:
        """Draw up the papers of the cases in `records`, and enter them there where it `registers`.

        home: the folder that holds the papers of all cases; the user's documents by default.
        """
        self._library = library
        self._home = home / "文书" if home else Path(platformdirs.user_documents_dir()) / "干部任免文书"
        self._records = records
        self._registers = registers

    def folder(self, case: OpenCase) -> Path:
        """Give the folder where a case's papers go."""
        return self._home / safe_name(f"{case.name}_{case.id[:4]}")

    def of(self, case: OpenCase) -> list[tuple[CasePaper, Path | None]]:
        """Give every paper that the case implies, each with its file where it was made."""
        folder, names = self.folder(case), Names()
        found = []
        for paper in case.papers:
            file = folder / f"{names.take(f'{paper.step:02d}_{paper.name}')}.docx"
            found.append((paper, file if file.is_file() else None))
        return found

    def make(self, case: OpenCase, reason: str) -> CaseFolder:
        """Make every paper that the case can give now, and save the case first; see `doc_forms.casefolder.draw_up`.

        UsageRefused where another window has changed the case since it was opened.
        """
        revision = self._records.working.save(case.id, "生成文书", case.stamp)
        if revision is None:
            message = "这个案件刚在别的窗口改动过，还没有生成；请看过现在的内容后再生成"
            raise UsageRefused(Fault("case-moved", message))
        origin = CaseOrigin(revision.case, revision.number)
        register = self._records if self._registers else None
        return draw_up(self._library, case.report, self.folder(case), reason, register, origin=origin)
