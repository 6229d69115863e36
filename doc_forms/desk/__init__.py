"""The clerk's desk: the cases that are kept, each opened, changed field by field, checked and turned into papers.

The window calls nothing below this and `doc_forms.office`. Cases lie in the records: what is typed is on the disk
before it is confirmed, as a draft, and becomes part of a revision when `revise` is called. A case is read anew
whenever another window has changed it.
"""

from __future__ import annotations

import contextlib
import copy
import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import platformdirs

from doc_forms.casework.case_files import case_module
from doc_forms.casework.checking import report_on, today
from doc_forms.casework.checklist import CheckedStep
from doc_forms.casework.folder import CaseFolder
from doc_forms.casework.papers import CasePaper, PaperState, grouped
from doc_forms.casework.shelf import Shelf
from doc_forms.casework.topics import Outline, Topic, asked, item_name, path_of
from doc_forms.data import read_data_file
from doc_forms.desk.away import AwayDesk
from doc_forms.desk.history import HistoryDesk
from doc_forms.desk.layout import LayoutDesk
from doc_forms.desk.open_case import (
    LEAVING_KIND,
    LEAVINGS,
    NAME,
    OWN_FOLDERS,
    UNNAMED,
    UNREADABLE,
    CaseLine,
    OpenCase,
)
from doc_forms.desk.papers import DeskPaper, FileState, PaperDesk
from doc_forms.desk.preview import Preview, PreviewDesk
from doc_forms.desk.register import Register, RegisterDesk
from doc_forms.desk.relevance import papers_about
from doc_forms.desk.templates import TemplateDesk
from doc_forms.editing import Values, is_error, list_at, put, readable, typed, value_at
from doc_forms.errors import DocFormsError, Fault, FileRefused, UsageRefused
from doc_forms.files import make_folder
from doc_forms.form import FieldSpec, PartialDate, picture_of
from doc_forms.form.reading import Path as FieldPath
from doc_forms.form.reading import spec_at, spoken_path
from doc_forms.library import Library
from doc_forms.records import Records, Revision, WorkingCase, lists_after
from doc_forms.records.choice import RecordsChoice
from doc_forms.regulation.procedure import Step

if TYPE_CHECKING:
    from doc_forms.desk.archive import ArchiveDesk
    from doc_forms.desk.people import PeopleDesk

__all__ = [
    "CaseFolder",
    "CaseLine",
    "CasePaper",
    "CheckedStep",
    "Desk",
    "DeskPaper",
    "FileState",
    "HistoryDesk",
    "OpenCase",
    "PaperState",
    "Preview",
    "RecordsChoice",
    "Register",
    "Topic",
    "asked",
    "grouped",
    "is_error",
    "item_name",
    "papers_about",
    "spoken_path",
    "value_at",
]

Drafts = Mapping[FieldPath, Any]
"""What was put where."""

_SAMPLE = "case_half.json"
_STORE = "records.db"
_NOTHING: tuple[Any, ...] = (None, "", [])
_TRIES = 20
"""How often a change is made anew because another window was quicker."""


class Desk:
    """Every case of this clerk, and what can be done with it."""

    def __init__(
        self,
        library: Path | None = None,
        folder: Path | None = None,
        records: RecordsChoice | None = None,
        clock: Callable[[], PartialDate] = today,
    ) -> None:
        """Open the cases of the records.

        folder: where papers go, and without an address in `records` the records themselves (default: the user's own
        documents and data folder). records: where cases are kept and papers registered; None keeps cases there, too,
        but registers no papers. `clock` gives the day. RecordsRefused or OutputRefused where the store cannot be
        opened.
        """
        folder = folder.absolute() if folder else None  # LibreOffice and the register know no folder to start from
        self._home = folder or Path(platformdirs.user_documents_dir()) / "干部任免文书"
        self.library = Library(library, self._home / "模板")
        store = (records.url if records else None) or (str(folder / _STORE) if folder else None)
        self.records = RecordsChoice(store) if records and records.registers else None
        self._kept = Records.open(store)
        self.templates = TemplateDesk(self.library)
        self.register = RegisterDesk(self._kept if self.records else None)
        self.history = HistoryDesk(self._kept)
        own = folder or Path(platformdirs.user_data_dir("doc_forms"))
        make_folder(own)
        self.layout = LayoutDesk(own)
        self._folder = own / "cases"
        self._damaged = Shelf(self._folder).hand_over(self._kept, NAME, UNNAMED)
        self.preview = PreviewDesk(own)
        self.papers = PaperDesk(self.library, folder, self._kept, self.preview, registers=self.records is not None)
        self.away = AwayDesk(self._kept, [self.papers.home, *(self._home / name for name in OWN_FOLDERS)], self.open)
        self._clock = clock
        self._schema = case_module(self.library)
        self._steps: tuple[Step, ...] = self.library.module("_procedure").STEPS
        self._outline = Outline(self._schema.Case, self._steps)
        self._lock = threading.RLock()
        self._opened: dict[str, OpenCase] = {}
        self._removed: dict[str, tuple[FieldPath, int, Any]] = {}

    def get_ready(self) -> None:
        """Load what the first case that is opened, and its first preview, would otherwise wait for.

        A library that cannot be loaded says so on the page that needs it.
        """
        with contextlib.suppress(DocFormsError):
            self.library.kinds()
        if self.preview.is_possible():
            self.preview.program.start()

    def close(self) -> None:
        """Save what was typed everywhere as revisions and let go of the records and of LibreOffice."""
        for case in self._kept.working.pending():
            self.revise(case, "退出")
        self._kept.close()
        self.layout.at("")
        self.preview.close()

    def today(self) -> PartialDate:
        """Give the day by which cases are looked at."""
        return self._clock()

    def cases(self) -> list[CaseLine]:
        """Give every case that is not put away, those changed last first; one that cannot be read says so."""
        damaged = [CaseLine(case, UNREADABLE, trouble=str(fault), in_records=False) for case, fault in self._damaged]
        return [*(self._line(line.id) for line in self._kept.working.lines() if not line.away), *damaged]

    def has(self, case: str) -> bool:
        """Whether a case can be opened."""
        try:
            self.open(case)
        except DocFormsError:
            return False
        return True

    def leaving_kinds(self) -> tuple[str, ...]:
        """Give the ways of leaving a post that a case may record without a selection."""
        return self.spec((LEAVINGS, 0, LEAVING_KIND)).note.choices

    def new(self, name: str, leaving: str = "") -> str:
        """Begin a case and give its id (UsageRefused without a name).

        leaving: how somebody leaves a post, where the case records only that (UsageRefused for none of the ways).
        """
        if leaving and leaving not in self.leaving_kinds():
            raise UsageRefused(Fault("case-leaving", "请先选好是辞职、免职还是降职"))
        if not name.strip():
            such = "林示例辞去副院长职务" if leaving else "计算机学院副院长选任"
            raise UsageRefused(Fault("case-name", f"请给案件起个名称，如 {such}"))
        begun = {LEAVINGS: [{LEAVING_KIND: leaving}]} if leaving else {}
        return self.add({"版本": self._schema.VERSION, NAME: name.strip(), **begun}, "新建")

    def sample(self) -> str:
        """Put the example case on the desk and give its id."""
        values = read_data_file(self.library.root / "examples" / _SAMPLE)
        return self.add({**values, NAME: f"【示例】{values.get(NAME, '')}"}, "示例")

    def add(self, values: Mapping[str, Any], note: str) -> str:
        """Put a case on the desk as its first revision, with a word about where it came from, and give its id."""
        return self._kept.working.add(str(values.get(NAME) or UNNAMED), values, note)

    def revise(self, case: str, note: str) -> Revision:
        """Save what was typed since the last revision as a new one; give the latest one where nothing differs.

        Revisions are made where a page of questions is finished, before papers are made and before a case is archived,
        and when the program ends. note: which of these it was.
        """
        made = self._kept.working.save(case, note)
        if made is None:
            raise AssertionError  # only where a change count is stated
        return made

    def open(self, case: str) -> OpenCase:
        """Give a case as it stands today (UsageRefused where there is none, RecordsRefused where it is damaged)."""
        with self._lock:
            known, day = self._opened.get(case), self._clock()
            if known is None or known.report.as_of != day or known.stamp != self._kept.working.stamp(case):
                found = self._kept.working.case(case)
                known = self._opened[case] = self._look_at(found)
            return known

    def put(self, case: str, changes: Mapping[FieldPath, Any], rows: Mapping[FieldPath, int] | None = None) -> OpenCase:
        """Keep what was typed into fields, whatever it is, and give the case as it then stands.

        rows: which rows the page shows of the lists that the fields stand in (`OpenCase.rows_at`); UsageRefused where
        another window has added, removed or moved some, since a field may then belong to somebody else.
        """

        def change(values: Values) -> Drafts:
            kept = {path: typed(self.spec(path), value) for path, value in changes.items()}
            changed = {path: value for path, value in kept.items() if not _same(value_at(values, path), value)}
            for path, value in changed.items():
                put(values, path, value)
            return changed

        return self._change(case, change, lambda found: found.refuse_other_rows(changes, rows or {}))

    def put_picture(
        self, case: str, path: FieldPath, stream: IO[bytes], rows: Mapping[FieldPath, int] | None = None
    ) -> OpenCase:
        """Keep a photo in a field; FileRefused for what no paper can hold, and what was there stays.

        UsageRefused for a field that takes none.
        """
        if not self.spec(path).note.picture:
            raise UsageRefused(Fault("picture-field", "这一项不放照片，请刷新页面"))
        try:
            value = picture_of(stream)
        except ValueError as error:
            raise FileRefused(Fault("picture", str(error))) from None
        return self.put(case, {path: value}, rows)

    def add_row(self, case: str, path: FieldPath, shown: int) -> OpenCase:
        """Add an empty item to the list at a path; `shown`: which rows the page shows (`OpenCase.rows_at`)."""

        def change(values: Values) -> Drafts:
            items = list_at(values, path)
            items.append({})
            return {path: items}

        self.spec(path)
        return self._change(case, change, lambda found: found.refuse_to_move(path, shown))

    def remove_row(self, case: str, path: FieldPath, number: int, shown: int) -> OpenCase:
        """Remove an item; `undo` brings it back."""
        removed: list[Any] = []

        def change(values: Values) -> Drafts:
            items = list_at(values, path)
            if not 0 <= number < len(items):
                raise UsageRefused(Fault("row-gone", "没有这一行，可能已经删除"))
            removed.append(items.pop(number))
            if not items:
                put(values, path, [])
            return {path: items}

        self.spec(path)
        with self._lock:
            after = self._change(case, change, lambda found: found.refuse_to_move(path, shown))
            self._removed[case] = path, number, removed[-1]
            return after

    def move_row(self, case: str, path: FieldPath, number: int, by: int, shown: int) -> OpenCase:
        """Move an item up (by -1) or down (by 1); at the end it stays where it is."""

        def change(values: Values) -> Drafts:
            items = list_at(values, path)
            to = number + by
            if 0 <= number < len(items) and 0 <= to < len(items):
                items[number], items[to] = items[to], items[number]
            return {path: items}

        self.spec(path)
        return self._change(case, change, lambda found: found.refuse_to_move(path, shown))

    def undo(self, case: str) -> OpenCase:
        """Bring back what was removed last, where it stood (UsageRefused where nothing was)."""

        def change(values: Values) -> Drafts:
            items = list_at(values, path)
            items.insert(number, item)
            return {path: items}

        with self._lock:
            if case not in self._removed:
                raise UsageRefused(Fault("undo-none", "没有可以撤销的删除"))
            path, number, item = self._removed[case]
            after = self._change(case, change)
            del self._removed[case]
            return after

    def removed(self, case: str) -> str:
        """Say what was removed last and can be brought back; empty where nothing was."""
        if case not in self._removed:
            return ""
        _, number, item = self._removed[case]
        return item_name(item if isinstance(item, dict) else {}, number)

    def path(self, address: str) -> FieldPath | None:
        """Give the path that an address by the fields' English names means."""
        return path_of(self._schema.Case, address)

    @cached_property
    def archive(self) -> ArchiveDesk:
        """The archive of the cases."""
        from doc_forms.desk.archive import ArchiveDesk  # noqa: PLC0415 - bagit and openpyxl can wait for who needs them

        return ArchiveDesk(self.library, self._home, self._folder, self.records)

    @cached_property
    def people(self) -> PeopleDesk:
        """People from rosters and exchange files."""
        from doc_forms.desk.people import PeopleDesk  # noqa: PLC0415 - as above: the readers of rosters

        return PeopleDesk(self.library, self._home, self.open, self._change, self.revise)

    def batch_folder(self) -> Path:
        """Give the folder where batches go."""
        return self._home / "批量"

    def _look_at(self, found: WorkingCase) -> OpenCase:
        made, faults = readable(self._schema.Case, found.values)
        name = str(found.values.get(NAME) or "案件")
        report = report_on(self.library, name, made, self._clock(), self._folder)
        return OpenCase(found, report, faults, self._outline, self._steps, self.library)

    def _line(self, case: str) -> CaseLine:
        try:
            return self.open(case).line
        except DocFormsError as error:
            return CaseLine(case, UNREADABLE, trouble=str(error.faults[0]))

    def _change(
        self, case: str, change: Callable[[Values], Drafts], refuse: Callable[[OpenCase], None] | None = None
    ) -> OpenCase:
        """Make a change to what stands now, keep it, and give the case as it then stands.

        change: changes the values that it is given and says what stands now at which paths. refuse: raises where the
        change must not be made to a case that stands so.
        """
        with self._lock:
            for _ in range(_TRIES):
                found = self.open(case)
                if refuse:
                    refuse(found)
                values = copy.deepcopy(found.values)
                drafts = change(values)
                if values == found.values:
                    return found
                stamp = self._kept.working.keep(case, found.stamp, drafts)
                if stamp is not None:
                    lists = lists_after(found.working.lists, drafts, stamp)
                    now = replace(found.working, values=values, stamp=stamp, lists=lists)
                    self._opened[case] = self._look_at(now)
                    return self._opened[case]
        raise UsageRefused(Fault("case-busy", "这个案件正在别的窗口不停改动，刚才填的没有写入；请稍候再填"))

    def spec(self, path: FieldPath) -> FieldSpec:
        """Give what the schema says of a field (UsageRefused where there is none)."""
        found = spec_at(self._schema.Case, path)
        if found is None:
            raise UsageRefused(Fault("field-unknown", "没有这一项，请刷新页面"))
        return found


def _same(before: Any, value: Any) -> bool:
    """Whether nothing was changed; nothing at all, an empty text and an empty list are the same."""
    return before == value or (before in _NOTHING and value in _NOTHING)
