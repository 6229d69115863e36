"""The papers of a case on the desk: where they go, what has become of them, making, printing and handing them out."""

from __future__ import annotations

import hmac
import secrets
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import takewhile
from pathlib import Path

import platformdirs

from doc_forms.casework.folder import CaseFolder, CaseOrigin, draw_up, last_reason, paper_names
from doc_forms.casework.papers import CasePaper, PaperState
from doc_forms.desk.open_case import OpenCase
from doc_forms.desk.preview import PreviewDesk
from doc_forms.errors import Fault, FileRefused, PaperRefused, Place, UsageRefused
from doc_forms.files import candidates, safe_name, write_file
from doc_forms.identity import identity_of
from doc_forms.library import Library
from doc_forms.packages import open_template
from doc_forms.pages import join_pdfs
from doc_forms.records import Records, data_digest

_Stamp = tuple[int, int]


class FileState(StrEnum):
    """What has become of a paper's file."""

    NONE = "none"
    MADE = "made"
    EDITED = "edited"
    STALE = "stale"

    @property
    def chinese(self) -> str:
        """The state in words."""
        words = {"none": "", "made": "已生成", "edited": "生成后被手工改动", "stale": "已生成，之后案件有改动"}
        return words[self.value]


@dataclass(frozen=True)
class DeskPaper:
    """A paper of a case with its file."""

    number: int
    """Its place among the papers of the case, from 0; another paper's, once the case is another."""
    key: str
    """Names it by what it is as long as the window is open; says nothing of whom it is about."""
    name: str
    """The name of its file, without ending."""
    paper: CasePaper
    file: Path | None = None
    """The newest file of the paper; None where it was not made."""
    file_state: FileState = FileState.NONE

    @property
    def can_be_made(self) -> bool:
        """Whether making it gives a new file: the facts allow it, and the newest file is not that paper already."""
        allowed = self.paper.state in (PaperState.READY, PaperState.DOUBTED)
        return allowed and self.file_state in (FileState.NONE, FileState.STALE)


class PaperDesk:
    """What can be done with the papers of a case."""

    def __init__(
        self, library: Library, home: Path | None, records: Records, preview: PreviewDesk, *, registers: bool
    ) -> None:
        """Draw up the papers of the cases in `records`, and enter them there where it `registers`.

        home: the folder that holds the papers of all cases; the user's documents by default.
        """
        self._library = library
        self.home = home / "文书" if home else Path(platformdirs.user_documents_dir()) / "干部任免文书"
        """Where the papers of all cases go."""
        self._records = records
        self._registers = registers
        self._preview = preview
        self._judged: dict[tuple[str, Path, _Stamp], FileState] = {}
        self._secret = secrets.token_bytes(16)

    def folder(self, case: OpenCase) -> Path:
        """Give the folder where a case's papers go."""
        return self.home / safe_name(f"{case.name}_{case.id[:4]}")

    def of(self, case: OpenCase) -> list[DeskPaper]:
        """Give every paper that the case implies, each with its file where it was made."""
        folder = self.folder(case)
        named = zip(self._keys(case), paper_names(case.papers), strict=True)
        papers = [DeskPaper(number, key, name, paper) for number, (key, (name, paper)) in enumerate(named)]
        return [self._with_file(folder, paper) for paper in papers] if folder.is_dir() else papers

    def numbers(self, case: OpenCase, keys: Iterable[str]) -> list[int]:
        """Give the numbers of papers that a page named by their keys.

        UsageRefused where one of them is not there any more: the page shows the case as it was, and whatever stands in
        its place now may be about somebody else.
        """
        numbers = {key: number for number, key in enumerate(self._keys(case))}
        asked = list(keys)
        gone = sum(key not in numbers for key in asked)
        if gone:
            which = "这份文书已经没有了" if len(asked) == 1 else f"选中的 {len(asked)} 份里有 {gone} 份已经没有了"
            message = f"案件在别处改动过，{which}，没有办理；请看清现在的文书是谁的再点"
            raise UsageRefused(Fault("paper-gone", message))
        return [numbers[key] for key in asked]

    def one(self, case: OpenCase, number: int) -> DeskPaper:
        """Give one paper (UsageRefused where there is none of that number any more)."""
        papers = self.of(case)
        if not 0 <= number < len(papers):
            raise UsageRefused(Fault("paper-gone", "没有这份文书，案件可能已改动，请重新打开文书页"))
        return papers[number]

    def doubts(self, case: OpenCase) -> str:
        """Say by a digest for what a reason is asked: another one means that a page asked it for something else."""
        asked = [paper for paper in self.of(case) if paper.paper.state is PaperState.DOUBTED]
        return data_digest({item.key: [str(finding) for finding in item.paper.doubts] for item in asked})[:16]

    def make(self, case: OpenCase, reason: str, numbers: Collection[int] | None = None) -> CaseFolder:
        """Make papers of these numbers, or every paper that the case can give now, and save the case first.

        See `casework.folder.draw_up`. UsageRefused where another window has changed the case since it was opened.
        """
        revision = self._records.working.save(case.id, "生成文书", case.stamp)
        if revision is None:
            message = "这个案件刚在别的窗口改动过，还没有生成；请看过现在的内容后再生成"
            raise UsageRefused(Fault("case-moved", message))
        origin = CaseOrigin(revision.case, revision.number)
        register = self._records if self._registers else None
        names = [name for name, _ in paper_names(case.papers)]
        only = None if numbers is None else {names[number] for number in numbers if 0 <= number < len(names)}
        return draw_up(self._library, case.report, self.folder(case), reason, register, origin=origin, only=only)

    def last_reason(self, case: OpenCase) -> str:
        """Give the reason that was given last for papers of the case."""
        return last_reason(self.folder(case))

    def pdf(self, case: OpenCase, number: int) -> Path:
        """Give a made paper as PDF, beside its file (UsageRefused where it was not made, OutputRefused)."""
        paper = self.one(case, number)
        file = file_of(paper)
        target = file.with_suffix(".pdf")
        if not target.is_file() or target.stat().st_mtime_ns < file.stat().st_mtime_ns:
            write_file(target, self._preview.program.pdf(file.read_bytes()))
        return target

    def copy(self, file: Path, target: Path) -> None:
        """Save a copy of a paper where the clerk chose (OutputRefused)."""
        write_file(target, file.read_bytes())

    def print_set(self, case: OpenCase, numbers: Sequence[int]) -> tuple[Path, int]:
        """Give one PDF of made papers, joined in the order of the procedure, and how many it holds.

        It lies in the window's private folder and goes with it. UsageRefused where none of them was made.
        """
        files = [paper.file for paper in self.of(case) if paper.number in numbers and paper.file]
        if not files:
            raise UsageRefused(Fault("print-none", "选中的文书都还没有生成，请先生成再打印"))
        joined = join_pdfs(self._preview.program.pdf(file.read_bytes()) for file in files)
        return self._preview.keep("打印.pdf", joined), len(files)

    def _keys(self, case: OpenCase) -> list[str]:
        """The key of each paper: what kind it is and about whom; of two that agree in that, what they say, too."""
        about = [(paper.kind.stem, paper.name, *paper.subjects) for paper in case.papers]
        shared, same = Counter(about), Counter[str]()
        keys = []
        for words, paper in zip(about, case.papers, strict=True):
            said = data_digest({"": [case.id, *words, paper.data if shared[words] > 1 else None]})
            same[said] += 1  # of papers that agree in everything each has its key all the same
            keys.append(hmac.digest(self._secret, f"{said} {same[said]}".encode(), "sha256").hex()[:16])
        return keys

    def _with_file(self, folder: Path, item: DeskPaper) -> DeskPaper:
        """A paper with the newest of its files, or with the one that holds what it would say now."""
        paper = item.paper
        files = list(takewhile(Path.is_file, (folder / f"{one}.docx" for one in candidates(item.name))))
        if not files:
            return item
        digest = data_digest(paper.form.context()) if paper.form else ""
        states = [(file, self._state(file, paper, digest)) for file in files]
        file, state = next((pair for pair in states if pair[1] is FileState.MADE), states[-1])
        return replace(item, file=file, file_state=state)

    def _state(self, file: Path, paper: CasePaper, digest: str) -> FileState:
        """What has become of a file, remembered until it, its template or the facts change."""
        stat = file.stat()
        template = paper.kind.template.stat().st_mtime_ns
        key = f"{paper.kind.stem} {digest} {template}", file, (stat.st_mtime_ns, stat.st_size)
        if key not in self._judged:
            self._judged[key] = self._judge(file, paper, digest)
        return self._judged[key]

    def _judge(self, file: Path, paper: CasePaper, digest: str) -> FileState:
        maker = self._preview.maker(paper.kind)
        if paper.form:
            try:
                if file.read_bytes() == maker.make(maker.draft(paper.form)):
                    return FileState.MADE
            except PaperRefused:
                return FileState.STALE
        try:
            identity = identity_of(open_template(file))
        except FileRefused:
            return FileState.EDITED
        if identity is None:
            return FileState.EDITED
        same = (identity.data_sha256, identity.template_sha256) == (digest, maker.template_sha256)
        return FileState.EDITED if same else FileState.STALE


def file_of(paper: DeskPaper) -> Path:
    """Give the file of a paper that was made (UsageRefused where it was not)."""
    if paper.file is None:
        message = "这份文书还没有生成，请先生成"
        raise UsageRefused(Fault("paper-none", message, Place(file=paper.paper.title)))
    return paper.file
