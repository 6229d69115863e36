"""Mail merge: every row of a roster becomes a paper; bad rows never stop good ones.

The whole roster is checked before the first paper gets its name; where there are many, other processes write them
meanwhile. A receipt (回执) says for every row what came of it. Running it again makes only what is missing: the
same row gives the same bytes, and a file that is already there is left alone.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from doc_forms.errors import DataRefused, Fault, OutputRefused, PaperRefused, Severity
from doc_forms.files import Names, clear_leftovers, make_folder, new_file, new_file_beside, safe_name, sync_folder
from doc_forms.making import Draft, Maker
from doc_forms.merge.production import CHUNK, Production
from doc_forms.merge.spool import Spool, SpooledRow
from doc_forms.merge.writing import Made
from doc_forms.placing import DOCUMENT, Placed
from doc_forms.records import data_digest
from doc_forms.registering import Registrar
from doc_forms.roster import Roster, Row, RowResult, open_roster, receipt_path, write_receipt

Progress = Callable[[str, int, int], None]
"""Told what is being done, how many are done and how many there are (0: not known yet)."""

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
    faults: list[Fault] = field(default_factory=list)
    notices: list[Fault] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    """File names of the papers, gathered only where they are wanted afterwards (for PDF)."""

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
            "faults": [fault.to_json() for fault in self.faults],
            "notices": [notice.to_json() for notice in self.notices],
        }


def merge(  # noqa: PLR0913 - the parts of one run
    maker: Maker,
    roster_file: Path,
    out: Path,
    options: MergeOptions,
    progress: Progress = no_progress,
    *,
    registrar: Registrar | None = None,
) -> Merged:
    """Make a paper of every good row in `out` and a receipt beside them; `registrar` enters them in the register.

    Raises FileRefused or DataRefused where the roster as a whole cannot be read, OutputRefused where the
    folder cannot be written (papers made until then stay, and a second run goes on).
    """
    make_folder(out)
    clear_leftovers(out)
    report = Merged(out)
    with Spool() as spool, open_roster(roster_file, maker.kind.form, sheet=options.sheet) as roster:
        outcomes = Outcomes()
        if options.check or options.one_file:
            _check_rows(roster, maker, spool, report, progress)
            if not options.check:
                _make_combined(maker, spool, outcomes, report, stem=roster_file.stem, registrar=registrar)
        else:
            with Production(maker, spool, out, options.jobs, registrar) as production:
                _check_rows(roster, maker, spool, report, progress, production=production)
                _make_each(production, outcomes, report, progress)
        if options.keep_names:
            report.names = [outcomes.file_of(row) for row in spool if outcomes.of(row.number) != _NOT_MADE]
        report.receipt = receipt_path(out, roster_file)
        with new_file(report.receipt) as stream:
            write_receipt(roster, stream, _results(spool, outcomes, options))
    sync_folder(out)
    return report


_NOT_MADE, _MADE, _KEPT = range(3)


class Outcomes:
    """What came of each row that was to be made; a byte a row, and words only where there is something to say."""

    def __init__(self) -> None:
        self._states = bytearray()
        self.renamed: dict[int, str] = {}
        self.faults: dict[int, tuple[Fault, ...]] = {}

    def add(self, made: Made, planned: str) -> None:
        """Take in what became of a row."""
        if made.faults:
            self.faults[made.row] = made.faults
            return
        self._states.extend(bytes(max(0, made.row + 1 - len(self._states))))
        self._states[made.row] = _MADE if made.written else _KEPT
        if made.file != planned:
            self.renamed[made.row] = made.file

    def of(self, row: int) -> int:
        """Give whether the row was made, was there already, or neither."""
        return self._states[row] if row < len(self._states) else _NOT_MADE

    def file_of(self, row: SpooledRow) -> str:
        """Give the name of the file that holds the row's paper."""
        planned = f"{row.draft.name}.docx" if row.draft else ""
        return self.renamed.get(row.number, planned)

    def count(self, state: int) -> int:
        """Give how many rows ended in that state."""
        return self._states.count(state)


def _check_rows(  # noqa: PLR0913 - the parts of one run
    roster: Roster,
    maker: Maker,
    spool: Spool,
    report: Merged,
    progress: Progress,
    *,
    production: Production | None = None,
) -> None:
    names = Names()
    for row in roster.rows():
        spooled, warnings = _check_row(row, maker, names)
        spool.add(spooled)
        report.rows += 1
        report.warnings += bool(warnings)
        if spooled.draft is None:
            report.refused += 1
        report.faults += spooled.faults[: max(0, _SHOWN_FAULTS - len(report.faults))]
        if production and report.rows % CHUNK == 0:
            production.write_ahead()
        if report.rows % 200 == 0:
            progress("核对", report.rows, 0)
    report.notices += roster.notices
    report.refused_items = sum(notice.severity is Severity.ERROR for notice in report.notices)


def _check_row(row: Row, maker: Maker, names: Names) -> tuple[SpooledRow, list[Fault]]:
    try:
        form, warnings = row.read(maker.kind.form)
    except DataRefused as error:
        return _bad_row(row, maker, names, tuple(error.faults)), []
    draft = maker.draft(form)
    return SpooledRow(row.number, replace(draft, name=names.take(draft.name)), tuple(warnings)), warnings


def _bad_row(row: Row, maker: Maker, names: Names, faults: tuple[Fault, ...]) -> SpooledRow:
    """A row that cannot be made still takes its name, so that others keep theirs when it is corrected."""
    values = defaultdict(str, {title: str(value) for title, value in row.values.items()})
    names.take(maker.kind.form.about.file_name.format_map(values))
    return SpooledRow(row.number, None, faults)


def _make_each(production: Production, outcomes: Outcomes, report: Merged, progress: Progress) -> None:
    total = report.rows - report.refused
    done = 0
    try:
        for made in production.finish():
            outcomes.add(made, f"{made.planned}.docx")
            done += 1
            progress("生成", done, total)
    except KeyboardInterrupt:
        report.interrupted = True
    except OutputRefused as error:
        reason = error.faults[0].message
        message = f"{reason}。已完成 {done}/{total} 份，没有覆盖任何旧文件；排除后重新运行即可接着做"
        raise OutputRefused(Fault("output", message, error.faults[0].place)) from None
    report.made, report.kept = outcomes.count(_MADE), outcomes.count(_KEPT)
    report.refused += len(outcomes.faults)
    for faults in outcomes.faults.values():
        report.faults += faults[: max(0, _SHOWN_FAULTS - len(report.faults))]


def _make_combined(  # noqa: PLR0913 - the parts of one run
    maker: Maker, spool: Spool, outcomes: Outcomes, report: Merged, *, stem: str, registrar: Registrar | None
) -> None:
    """All papers in one document for printing; each keeps its own page numbers and headers."""
    good = {row.number for row in spool if _passes(row, maker, outcomes)}
    report.refused += len(outcomes.faults)
    if not good:
        return
    name = safe_name(f"{maker.kind.title}_{stem}_合并打印")
    whole = _combined_draft(name, _drafts(spool, good))
    if registrar:
        registrar.begin([whole])
    with new_file_beside(report.folder / f"{name}{DOCUMENT}") as file:
        maker.make_combined(lambda: _drafts(spool, good), len(good), file.stream)
    report.combined = file.path
    if registrar:
        registrar.finish({name: {DOCUMENT: Placed(file.path.name, file.written, file.sha256)}})
    for number in good:
        outcomes.add(Made(number, "", file.path.name, written=file.written), "")
    report.made, report.kept = outcomes.count(_MADE), outcomes.count(_KEPT)


def _combined_draft(name: str, drafts: Iterable[Draft]) -> Draft:
    """What the register is told of a document of many papers: the digest of what they were made from."""
    every = hashlib.sha256()
    for draft in drafts:
        every.update(data_digest(draft.context).encode())
    return Draft(name, {"合并": every.hexdigest()}, [])


def _passes(row: SpooledRow, maker: Maker, outcomes: Outcomes) -> bool:
    """Whether the row's paper passes its gates; why not is kept."""
    if row.draft is None:
        return False
    try:
        maker.make(row.draft)
    except PaperRefused as error:
        outcomes.faults[row.number] = tuple(error.faults)
        return False
    return True


def _drafts(spool: Spool, numbers: set[int]) -> Iterator[Draft]:
    return (row.draft for row in spool if row.draft and row.number in numbers)


def _results(spool: Spool, outcomes: Outcomes, options: MergeOptions) -> Iterator[RowResult]:
    """What the receipt says of each row, in the roster's order."""
    for row in spool:
        faults = outcomes.faults.get(row.number, row.faults)
        errors = [_said(fault) for fault in faults if fault.severity is Severity.ERROR]
        hints = [_said(fault) for fault in faults if fault.severity is not Severity.ERROR]
        file = ""
        if errors:
            text = "有误：" + "；".join(errors)
        elif options.check:
            text = "可以生成"
        elif outcomes.of(row.number) == _MADE:
            text, file = "已生成", outcomes.file_of(row)
        elif outcomes.of(row.number) == _KEPT:
            text, file = "已有，未重做", outcomes.file_of(row)
        else:
            text = "未做（中断），请重新运行"
        yield RowResult(row.number, "；".join([text, *(f"提示：{hint}" for hint in hints)]), file, tuple(faults))


def _said(fault: Fault) -> str:
    """The fault as the receipt says it: which field, and what is wrong with it."""
    return f"{fault.place.field}：{fault.message}" if fault.place.field else fault.message
