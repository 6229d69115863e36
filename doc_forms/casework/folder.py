"""The folder of a case's papers: files that read in the order of the procedure, and the reasons given (办理说明)."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NamedTuple

from doc_forms.casework.checking import CaseReport
from doc_forms.casework.papers import CasePaper, PaperState, case_papers
from doc_forms.data import read_data_file
from doc_forms.errors import DocFormsError, Fault, PaperRefused, Place, UsageRefused
from doc_forms.files import Batch, Names, clear_leftovers, make_folder, sync_folder, write_file
from doc_forms.library import Kind, Library
from doc_forms.making import Maker
from doc_forms.placing import DOCUMENT, WORKBOOK, place
from doc_forms.records import Entry, Records
from doc_forms.registering import PaperEntries

REASONS_FILE = "办理说明.json"
"""What was made in spite of a WARNING, the findings, and the reason given."""
_ENTRIES = "说明"
_NAME = "案件名称"
"""The field by which a case calls itself."""
_SAYS_NOTHING = frozenset({"无", "没有", "略", "同上", "无理由", "同意", "是", "/", "／", "-", "—", ".", "。"})
"""What people type into a field that will not be left empty; no reason for anything."""
_MARKS = {PaperState.READY: "✕", PaperState.MISSING: "○", PaperState.DOUBTED: "▲", PaperState.REFUSED: "✕"}


class CaseOrigin(NamedTuple):
    """Which case in the records, and which revision of it, papers are made from."""

    name: str
    revision: int


@dataclass(frozen=True)
class MadePaper:
    """A finished paper of the case."""

    paper: CasePaper
    path: Path
    written: bool
    """False where the same paper was there already."""
    workbook: Path | None = None
    """The workbook beside it, where the kind has one."""


@dataclass(frozen=True)
class NotMade:
    """A paper that was not made, and why, a line each."""

    paper: CasePaper
    reasons: tuple[str, ...]
    refused: bool
    """False where only facts are missing."""


@dataclass
class CaseFolder:
    """What came of drawing up the papers of a case."""

    folder: Path
    made: list[MadePaper] = field(default_factory=list)
    left: list[NotMade] = field(default_factory=list)
    reasons: Path | None = None
    """The file of the reasons, where one was needed."""
    pdfs: list[Path] = field(default_factory=list)
    no_pdf: Sequence[Fault] = ()
    """Why papers have no PDF, where one was asked for."""

    @property
    def refused(self) -> bool:
        """Whether a paper was refused, not only still missing facts."""
        return any(item.refused for item in self.left)

    @property
    def waits_for_reason(self) -> bool:
        """Whether a paper could be made if a reason were given."""
        return any(item.paper.state is PaperState.DOUBTED for item in self.left)

    def lines(self) -> Iterator[str]:
        """Give what came of it as a clerk reads it: what was not made, then the counts."""
        groups: dict[tuple[str, tuple[str, ...]], list[NotMade]] = {}
        for item in self.left:
            groups.setdefault((item.paper.kind.title, item.reasons), []).append(item)
        for (title, reasons), items in groups.items():
            first = items[0]
            who = first.paper.title if len(items) == 1 else f"{title} {len(items)} 份"
            mark = _MARKS[first.paper.state]
            if len(reasons) == 1:
                yield f"{mark} {who}：{reasons[0]}"
            else:
                yield f"{mark} {who}："
                yield from (f"    {reason}" for reason in reasons)
        new = sum(item.written for item in self.made)
        words = [f"已生成 {new} 份"]
        words += [f"{len(self.made) - new} 份已有、未重做"] if len(self.made) > new else []
        words += [f"{len(self.left)} 份没有生成"] if self.left else []
        yield f"{'，'.join(words)}。"
        workbooks = sum(item.workbook is not None for item in self.made)
        yield f"文书：{self.folder}" + (f"（含 Excel 工作簿 {workbooks} 份）" if workbooks else "")
        if self.reasons:
            yield f"理由已记入：{self.reasons}"
        if self.pdfs:
            yield f"PDF：{len(self.pdfs)} 份，在同一文件夹"

    def to_json(self) -> dict[str, Any]:
        """The same as data, for `--json`."""
        return {
            "folder": str(self.folder),
            "refused": self.refused,
            "made": [
                {
                    **item.paper.to_json(),
                    "path": str(item.path),
                    "written": item.written,
                    "workbook": str(item.workbook) if item.workbook else None,
                }
                for item in self.made
            ],
            "left": [
                {**item.paper.to_json(), "reasons": list(item.reasons), "refused": item.refused} for item in self.left
            ],
            "reasons": str(self.reasons) if self.reasons else None,
            "pdfs": [str(path) for path in self.pdfs],
            "no_pdf": [fault.to_json() for fault in self.no_pdf],
        }


def draw_up(  # noqa: PLR0913 - the parts of one run
    library: Library,
    report: CaseReport,
    out: Path,
    reason: str = "",
    records: Records | None = None,
    *,
    origin: CaseOrigin | None = None,
    only: Collection[str] | None = None,
) -> CaseFolder:
    """Make every paper that the case can give into `out`; a file that is already there is never overwritten.

    reason: why papers with a WARNING are made all the same; kept in 办理说明.json beside them.
    records: where each paper is registered, with the findings shown, the reason and the revision of the case.
    origin: that revision.
    only: the names of the papers to make (see `paper_names`); None makes all.
    Raises OutputRefused where the folder cannot be written, FileRefused or TemplateRefused for a template,
    UsageRefused for a reason that says nothing.
    """
    reason = reason.strip()
    if reason in _SAYS_NOTHING:
        message = f"理由只写了“{reason}”，没有说明为什么仍要办理；请写明实际情况"
        raise UsageRefused(Fault("reason-empty", message))
    make_folder(out)
    clear_leftovers(out)
    folder = CaseFolder(out)
    makers, entries = _Makers(), list[Entry]()
    with Batch(out) as batch:
        for name, paper in paper_names(case_papers(library, report)):
            if only is not None and name not in only:
                continue
            if paper.state is PaperState.READY or (paper.state is PaperState.DOUBTED and reason):
                made = _make(folder, makers, batch, paper, name)
                entries += [_stated(entry, origin, paper, reason) for entry in made]
            else:
                folder.left.append(NotMade(paper, tuple(paper.reasons()), paper.state is not PaperState.MISSING))
        doubted = [item for item in folder.made if item.paper.doubts]
        if doubted:  # before the papers get their names: none is ever there without its reason
            folder.reasons = _keep_reason(out, report, doubted, reason)
        if records:
            records.begin(entries)
    if records:
        records.finish([entry.id for entry in entries])
    sync_folder(out)
    return folder


def paper_names(papers: Iterable[CasePaper]) -> list[tuple[str, CasePaper]]:
    """Give each paper with the name that its file has in the folder, without ending."""
    names = Names()
    return [(names.take(f"{paper.step:02d}_{paper.name}"), paper) for paper in papers]


def last_reason(folder: Path) -> str:
    """Give the reason that was given last in a folder of papers; empty where none was, or none can be read."""
    try:
        entries = read_data_file(folder / REASONS_FILE).get(_ENTRIES)
    except DocFormsError:
        return ""
    last = entries[-1] if isinstance(entries, list) and entries else None
    return str(last.get("理由", "")) if isinstance(last, dict) else ""


def _stated(entry: Entry, origin: CaseOrigin | None, paper: CasePaper, reason: str) -> Entry:
    """The entry with what the case adds: its revision, the findings that were shown, why it was made all the same."""
    findings = tuple(finding.to_json() for finding in paper.doubts)
    name, revision = origin or CaseOrigin("", 0)
    return replace(entry, case=name, revision=revision, findings=findings, reasons=reason if findings else "")


def saved_origin(records: Records, report: CaseReport) -> CaseOrigin:
    """Save the case of a file as a revision, under the name that it calls itself, else that of its file.

    A case that is worked on in the window under that name is left alone: the file's is kept beside it.
    """
    data = report.case.data()
    name = str(data.get(_NAME) or Path(report.file).stem)
    if name in records.working.names():
        name = f"{name}（{report.file}）"
    revision = records.save_case(name, data, f"生成文书（{report.file}）")
    return CaseOrigin(revision.case, revision.number)


class _Makers:
    """One compiled template a kind, and what the register says of its papers, opened when it is first needed."""

    def __init__(self) -> None:
        self._open: dict[str, tuple[Maker, PaperEntries]] = {}

    def of(self, kind: Kind, out: Path) -> tuple[Maker, PaperEntries]:
        if kind.stem not in self._open:
            maker = Maker.open(kind)
            self._open[kind.stem] = maker, PaperEntries(maker, out)
        return self._open[kind.stem]


def _make(folder: CaseFolder, makers: _Makers, batch: Batch, paper: CasePaper, name: str) -> list[Entry]:
    """Make a paper that is ready; give what the register says of its files, nothing where it did not pass its gates."""
    if paper.form is None:
        raise AssertionError  # a paper that is ready has its form
    maker, entries = makers.of(paper.kind, folder.folder)
    draft = replace(maker.draft(paper.form), name=name)
    try:
        document = maker.make(draft)
    except PaperRefused as error:
        folder.left.append(NotMade(paper, tuple(str(fault) for fault in error.faults), refused=True))
        return []
    files = place(batch, draft, document, maker.sha256(document))
    placed, book = files[DOCUMENT], files.get(WORKBOOK)
    workbook = folder.folder / book.file if book else None
    folder.made.append(MadePaper(paper, folder.folder / placed.file, placed.written, workbook))
    return entries.of(draft, files)


def _keep_reason(out: Path, report: CaseReport, doubted: Iterable[MadePaper], reason: str) -> Path:
    """Add an entry to the reasons kept beside the papers; the same entry is kept once."""
    path = out / REASONS_FILE
    entries: list[Any] = []
    if path.exists():
        entries = read_data_file(path).get(_ENTRIES, [])
        if not isinstance(entries, list):
            message = f"“{_ENTRIES}”应为多项（列表），请把这个文件移走后再办"
            raise UsageRefused(Fault("reasons-file", message, Place(file=path.name)))
    entry = {
        "案件": report.file,
        "核对日期": report.as_of.iso,
        "理由": reason,
        "文书": [
            {"文件": item.path.name, "需注意": [str(finding) for finding in item.paper.doubts]} for item in doubted
        ],
    }
    if entry not in entries:
        text = json.dumps({_ENTRIES: [*entries, entry]}, ensure_ascii=False, indent=2)
        write_file(path, f"{text}\n".encode())
    return path
