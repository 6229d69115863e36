"""The office: a library of document kinds, and every verb on it but those of the modules beside this one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from doc_forms.data import read_data_file
from doc_forms.errors import Fault, FileRefused, OutputRefused, Place, Severity, UsageRefused
from doc_forms.files import Batch, clear_leftovers, make_folder, new_file, safe_name, sync_folder
from doc_forms.form import PartialDate
from doc_forms.form.reading import locate_in, read
from doc_forms.identity import Identity, identity_of
from doc_forms.interrupts import Interrupts
from doc_forms.library import Kind, Library
from doc_forms.making import Maker
from doc_forms.merge import Merged, MergeOptions, Progress, merge, no_progress
from doc_forms.placing import DOCUMENT, WORKBOOK, place
from doc_forms.records import Records
from doc_forms.records.choice import NO_RECORDS, RecordsChoice
from doc_forms.registering import Registrar

if TYPE_CHECKING:
    from doc_forms.casework.articles import Entry
    from doc_forms.casework.checking import CaseReport
    from doc_forms.casework.checklist import Checklist
    from doc_forms.casework.folder import CaseFolder


@dataclass(frozen=True)
class FilledPaper:
    """One finished paper: where it is, whether it is new, and what was noticed on the way."""

    path: Path
    written: bool
    pdf: Path | None = None
    workbook: Path | None = None
    """The workbook beside it, where the kind has one."""
    warnings: list[Fault] = field(default_factory=list)
    no_pdf: Sequence[Fault] = ()
    """Why there is no PDF, where one was asked for."""

    def to_json(self) -> dict[str, Any]:
        """The same as data, for `--json`."""
        return {
            "path": str(self.path),
            "written": self.written,
            "pdf": str(self.pdf) if self.pdf else None,
            "workbook": str(self.workbook) if self.workbook else None,
            "warnings": [warning.to_json() for warning in self.warnings],
            "no_pdf": [fault.to_json() for fault in self.no_pdf],
        }


class Office:
    """A library of document kinds, and what can be done with it."""

    def __init__(self, library: Path | None = None, records: RecordsChoice | None = None) -> None:
        """Open the built-in library, or the office's own at `library` (UsageRefused when it is none).

        records: where papers are registered and cases are kept; None registers nothing, so that a program that
        only makes papers writes nothing else. `RecordsChoice()` is the user's own store, as the command line has it.
        """
        self._library = Library(library)
        self._choice = records or NO_RECORDS

    @contextmanager
    def _records(self) -> Iterator[Records | None]:
        records = self._choice.open()
        with records or nullcontext():
            yield records

    def kinds(self) -> tuple[Kind, ...]:
        """Give every document kind."""
        return self._library.kinds()

    def kind(self, name: str) -> Kind:
        """Give a kind by its stem or its Chinese title (UsageRefused when there is none)."""
        return self._library.kind(name)

    def roster(self, kind: str, file: Path) -> Path:
        """Write a blank roster of the kind to hand to a clerk; an existing file is not overwritten."""
        from doc_forms.roster import write_blank  # noqa: PLC0415 - openpyxl takes 0.2 s that filling need not pay

        found = self._kind_of_rosters(kind)
        if file.suffix.lower() != ".xlsx":
            raise UsageRefused(Fault("roster-ending", "名册文件名应以 .xlsx 结尾", Place(file=str(file))))
        if file.exists():
            message = "文件已存在，没有覆盖；请换一个文件名"
            raise UsageRefused(Fault("roster-exists", message, Place(file=str(file))))
        make_folder(file.parent)
        with new_file(file) as stream:
            write_blank(found.form, stream, found.title)
        return file

    def _kind_of_rosters(self, name: str) -> Kind:
        found = self.kind(name)
        if not found.form.about.roster:
            message = f"“{found.title}”不适合用名册批量生成，请用 fill 逐份填写"
            raise UsageRefused(Fault("roster-none", message))
        return found

    def fill(
        self,
        kind: str,
        data: Path | Mapping[str, Any],
        out: Path,
        *,
        template: Path | None = None,
        pdf: bool = False,
    ) -> FilledPaper:
        """Fill one paper into the folder `out`.

        data: a JSON file keyed by the Chinese titles, or the same as a mapping. Raises DataRefused with every
        fault, FileRefused or TemplateRefused for the template, OutputRefused where it cannot be saved. A PDF that
        cannot be made refuses nothing: `no_pdf` says why.
        """
        found = self.kind(kind)
        name = data.name if isinstance(data, Path) else "数据"
        values = read_data_file(data) if isinstance(data, Path) else data
        form, warnings = read(found.form, values, locate_in(name), data.parent if isinstance(data, Path) else None)
        maker = Maker.open(found, template)
        draft = maker.draft(form)
        draft = replace(draft, name=safe_name(draft.name))
        document = maker.make(draft)
        make_folder(out)
        clear_leftovers(out)
        with self._choice.when_needed() as records:
            registrar = Registrar(maker, out, records)
            with Batch(out) as batch:
                files = place(batch, draft, document, maker.sha256(document))
                entries = registrar.entries.of(draft, files)
                registrar.begin(entries)
            sync_folder(out)
            registrar.finish(entries)
        path, book = out / files[DOCUMENT].file, files.get(WORKBOOK)
        paper = FilledPaper(path, files[DOCUMENT].written, None, out / book.file if book else None, warnings)
        if pdf:
            made, faults = self._pdf([path], out)
            paper = replace(paper, pdf=made[0] if made else None, no_pdf=faults)
        return paper

    def merge(  # noqa: PLR0913 - one keyword an option of the command
        self,
        kind: str,
        roster: Path,
        out: Path,
        *,
        template: Path | None = None,
        options: MergeOptions | None = None,
        pdf: bool = False,
        progress: Progress = no_progress,
    ) -> Merged:
        """Make a paper of every good row of an Excel roster, and a receipt; see `doc_forms.merge.merge`.

        Ctrl-C stops it where it can be left: KeyboardInterrupt while rows are being checked; later the papers that
        are finished stay and the report says so.
        """
        options = replace(options or MergeOptions(), keep_names=pdf)
        found = self._kind_of_rosters(kind)
        choice = NO_RECORDS if options.check else self._choice
        with Interrupts() as interrupts, choice.beside() as register:
            maker = Maker.open(found, template)
            registrar = Registrar(maker, out, register) if choice.registers else None
            report = merge(maker, roster, out, options, interrupts.through(progress), registrar=registrar)
        if pdf and not report.interrupted:
            report.pdfs, report.no_pdf = self._pdf(report.papers(), out, progress)
        return report

    def open_data(self, file: Path) -> Identity:
        """Give what a paper of ours says of itself, its facts too where its kind is not published.

        FileRefused where the file is no paper of ours, or is not safe to open.
        """
        from doc_forms.packages import open_template  # noqa: PLC0415

        identity = identity_of(open_template(file))
        if identity is None:
            message = "不是本程序生成的文书，或其中的标识已被删去，取不回数据"
            raise FileRefused(Fault("identity-none", message, Place(file=file.name)))
        return identity

    def lint(self, files: Sequence[Path] = (), kind: str | None = None) -> dict[str, list[Fault]]:
        """Look templates over: the library's own, or these files.

        Gives the findings by file name, by path where two names are alike. A file belongs to the kind `kind`, else
        to the one that its name holds (UsageRefused when neither is known, FileRefused when it is not there).
        """
        from doc_forms.lint import lint_template  # noqa: PLC0415 - only this verb needs it
        from doc_forms.packages import open_template  # noqa: PLC0415

        pairs = [(file, self._kind_of(file, kind)) for file in files]
        pairs = pairs or [(found.template, found) for found in self.kinds()]
        count = Counter(file.name for file, _ in pairs)
        findings: dict[str, list[Fault]] = {}
        for file, found in pairs:
            name = file.name if count[file.name] == 1 else str(file)
            try:
                findings[name] = lint_template(open_template(file), found)
            except FileRefused as error:
                findings[name] = list(error.faults)
        return findings

    def check(
        self,
        case: Path,
        *,
        as_of: PartialDate | None = None,
        settings: Path | None = None,
        calendars: Sequence[Path] = (),
    ) -> CaseReport:
        """Check a case file under the regulation; see `doc_forms.casework.checking.check_case`."""
        from doc_forms.casework.checking import check_case  # noqa: PLC0415 - filling a form asks no regulation

        return check_case(self._library, case, as_of, settings, calendars)

    def papers(self, case: Path, out: Path, *, reason: str = "", pdf: bool = False, **checked: Any) -> CaseFolder:
        """Make every paper that a case file can give now into `out`; see `doc_forms.casework.folder.draw_up`.

        Where papers are registered, the case is saved as a revision in the records first, and each entry names it.
        checked: `as_of`, `settings` and `calendars` as for `check`.
        """
        from doc_forms.casework.folder import draw_up, saved_origin  # noqa: PLC0415 - as in `check`

        report = self.check(case, **checked)
        with self._records() as records:
            origin = saved_origin(records, report) if records else None
            folder = draw_up(self._library, report, out, reason, records, origin=origin)
        if pdf and folder.made:
            folder.pdfs, folder.no_pdf = self._pdf([item.path for item in folder.made], out)
        return folder

    def todo(self, case: Path, **checked: Any) -> Checklist:
        """Give the checklist of a case file: steps, papers, deadlines; arguments as for `check`."""
        from doc_forms.casework.checklist import checklist  # noqa: PLC0415 - as in `check`

        return checklist(self._library, self.check(case, **checked))

    def articles(self, number: int | None = None) -> tuple[Entry, ...]:
        """Give the articles of the regulation, or the one of that number (UsageRefused where there is none)."""
        from doc_forms.casework.articles import entries  # noqa: PLC0415 - as in `check`

        return entries(self._library, number)

    def _kind_of(self, file: Path, kind: str | None) -> Kind:
        if kind is not None:
            return self.kind(kind)
        found = [(name, one) for one in self.kinds() for name in (one.stem, one.title) if name in file.stem]
        if found:  # 酝酿征求意见表 is no 征求意见表
            return max(found, key=lambda pair: len(pair[0]))[1]
        if not file.exists():
            raise FileRefused(Fault("file-missing", "找不到此文件，请核对文件名和所在文件夹", Place(file=str(file))))
        message = "看不出是哪一种文书的模板，请用 --kind 指明"
        raise UsageRefused(Fault("lint-kind", message, Place(file=file.name)))

    @staticmethod
    def _pdf(
        files: Sequence[Path], folder: Path, progress: Progress = no_progress
    ) -> tuple[list[Path], Sequence[Fault]]:
        """Make the papers' PDFs, or say why there are none: the papers themselves are finished all the same."""
        from doc_forms.paper import to_pdf  # noqa: PLC0415 - only where PDF is asked for

        try:
            return to_pdf(files, folder, told=lambda done: progress("转为 PDF", done, len(files))), ()
        except OutputRefused as error:
            return [], error.faults


def worst(findings: Iterable[Fault]) -> Severity | None:
    """Give the gravest severity among findings; None when there are none."""
    order = [Severity.ERROR, Severity.WARNING, Severity.NOTE]
    found = {finding.severity for finding in findings}
    return next((severity for severity in order if severity in found), None)
