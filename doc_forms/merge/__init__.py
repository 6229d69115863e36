"""Mail merge: every row of a roster becomes a paper; bad rows never stop good ones.

The whole roster is checked before the first paper gets its name; where there are many, other processes write them
meanwhile. A receipt (回执) says for every row what came of it. Running it again makes only what is missing: the
same row gives the same bytes, and a file that is already there is left alone.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from doc_forms.errors import DataRefused, Fault, PaperRefused, Place, Severity
from doc_forms.files import (
    Names,
    clear_leftovers,
    make_folder,
    new_file,
    new_file_beside,
    prove_writable,
    safe_name,
    sync_folder,
)
from doc_forms.making import Draft, Maker
from doc_forms.merge.each import EachRow
from doc_forms.merge.outcomes import KEPT, MADE, NOT_MADE, Outcomes, results
from doc_forms.merge.production import CHUNK, Production, jobs_for
from doc_forms.merge.report import Merged, MergeOptions, Progress, no_progress
from doc_forms.merge.spool import Spool, SpooledRow
from doc_forms.merge.writing import Made
from doc_forms.placing import DOCUMENT, Placed
from doc_forms.registering import Registrar
from doc_forms.roster import Roster, Row, RowResult, open_roster, receipt_path, write_receipt

__all__ = ["MergeOptions", "Merged", "Progress", "merge", "no_progress"]


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
    report = Merged(out)
    with Spool() as spool, open_roster(roster_file, maker.kind.form, sheet=options.sheet) as roster:
        make_folder(out)
        prove_writable(out)
        clear_leftovers(out)
        outcomes = Outcomes(Place(roster.path.name, roster.sheet.name))
        if options.check or options.one_file:
            _check_rows(roster, maker, spool, report, progress)
            if not options.check:
                name = safe_name(f"{maker.kind.title}_{roster_file.stem}_合并打印")
                _make_combined(maker, spool, outcomes, report, progress, name=name, registrar=registrar)
            _write_receipt(roster, roster_file, report, results(spool, outcomes, only_checked=options.check))
        else:
            jobs = options.jobs or jobs_for(roster)
            with Production(maker, spool, out, jobs, registrar) as production:
                _check_rows(roster, maker, spool, report, progress, production=production)
                with EachRow(production, outcomes, report, progress) as each:
                    _write_receipt(roster, roster_file, report, results(spool, outcomes, before=each.up_to))
        if options.keep_names:
            report.names = [outcomes.file_of(row) for row in spool if outcomes.of(row.number) != NOT_MADE]
    sync_folder(out)
    return report


def _write_receipt(roster: Roster, roster_file: Path, report: Merged, said: Iterator[RowResult]) -> None:
    report.receipt = receipt_path(report.folder, roster_file)
    with new_file(report.receipt) as stream:
        write_receipt(roster, stream, said)


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
        report.show(spooled.faults)
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


def _make_combined(  # noqa: PLR0913 - the parts of one run
    maker: Maker,
    spool: Spool,
    outcomes: Outcomes,
    report: Merged,
    progress: Progress,
    *,
    name: str,
    registrar: Registrar | None,
) -> None:
    """All papers in one document for printing; each keeps its own page numbers and headers."""
    good = _passing(maker, spool, outcomes, report, progress)
    if not good:
        return
    whole = _combined_draft(name, _drafts(spool, good))
    planned = Placed(f"{name}{DOCUMENT}", True, "")
    if registrar:
        registrar.begin(registrar.entries.of(whole, {DOCUMENT: planned}))
    with new_file_beside(report.folder / f"{name}{DOCUMENT}") as file:
        told = lambda done: progress("合成", done, len(good))  # noqa: E731 - says which work it is
        maker.make_combined(lambda: _drafts(spool, good), len(good), file.stream, told)
    report.combined = file.path
    if registrar:
        placed = Placed(file.path.name, file.written, file.sha256)
        registrar.finish(registrar.entries.of(whole, {DOCUMENT: placed}))
    for number in good:
        outcomes.add(Made(number, "", file.path.name, written=file.written), "")
    report.made, report.kept = outcomes.count(MADE), outcomes.count(KEPT)


def _passing(maker: Maker, spool: Spool, outcomes: Outcomes, report: Merged, progress: Progress) -> set[int]:
    """The rows whose papers pass their gates; why others do not is kept and shown."""
    good: set[int] = set()
    total = report.rows - report.refused
    for row in spool:
        if _passes(row, maker, outcomes):
            good.add(row.number)
        progress("生成", len(good) + len(outcomes.faults), total)
    report.refused += len(outcomes.faults)
    for faults in outcomes.faults.values():
        report.show(faults)
    return good


def _combined_draft(name: str, drafts: Iterable[Draft]) -> Draft:
    """What the register is told of a document of many papers: the digest of what they were made from."""
    every = hashlib.sha256()
    for draft in drafts:
        every.update(draft.data_sha256.encode())
    return Draft(name, {"合并": every.hexdigest()}, [])


def _passes(row: SpooledRow, maker: Maker, outcomes: Outcomes) -> bool:
    """Whether the row's paper passes its gates; why not is kept."""
    if row.draft is None:
        return False
    try:
        maker.make(row.draft)
    except PaperRefused as error:
        outcomes.refuse(row.number, error.faults)
        return False
    return True


def _drafts(spool: Spool, numbers: set[int]) -> Iterator[Draft]:
    return (row.draft for row in spool if row.draft and row.number in numbers)
