"""The clerk's desk: the cases that are kept, each opened, changed field by field, checked and turned into papers.

The window calls nothing below this and `doc_forms.office`. A case is read anew whenever its file has changed, so two
windows see each other's work; each change is on disk before it is confirmed.
"""

from __future__ import annotations

import copy
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import platformdirs

from doc_forms.casefolder import CaseFolder
from doc_forms.cases import case_module
from doc_forms.casework import CasePaper, PaperState, grouped
from doc_forms.checking import report_on, today
from doc_forms.checklist import CheckedStep
from doc_forms.data import read_data_file
from doc_forms.desk.layout import LayoutDesk
from doc_forms.desk.open_case import NAME, CaseLine, OpenCase
from doc_forms.desk.papers import PaperDesk
from doc_forms.desk.register import Register, RegisterDesk
from doc_forms.desk.templates import TemplateDesk
from doc_forms.editing import Values, is_error, list_at, put, readable, typed, value_at
from doc_forms.errors import DocFormsError, Fault, UsageRefused
from doc_forms.form import FieldSpec, PartialDate
from doc_forms.form.reading import Path as FieldPath
from doc_forms.library import Library
from doc_forms.registering import RecordsChoice
from doc_forms.regulation.procedure import State, Step
from doc_forms.shelf import Shelf, Stamp
from doc_forms.topics import Outline, Topic, asked, item_name, path_of, spec_at

__all__ = [
    "CaseFolder",
    "CaseLine",
    "CasePaper",
    "CheckedStep",
    "Desk",
    "OpenCase",
    "PaperState",
    "RecordsChoice",
    "Register",
    "Topic",
    "asked",
    "grouped",
    "is_error",
    "item_name",
    "value_at",
]

_SAMPLE = "case_half.json"


class Desk:
    """Every case of this clerk, and what can be done with it."""

    def __init__(
        self,
        library: Path | None = None,
        folder: Path | None = None,
        records: RecordsChoice | None = None,
        clock: Callable[[], PartialDate] = today,
    ) -> None:
        """Open the cases in `folder` (default: the user's own data folder).

        records: where papers are registered; None registers nothing. `clock` gives the day.
        """
        self.library = Library(library)
        self.records = records
        self._home = folder
        self.papers = PaperDesk(self.library, folder, records)
        self.templates = TemplateDesk(self.library)
        self.register = RegisterDesk(records)
        own = folder or Path(platformdirs.user_data_dir("doc_forms"))
        self._shelf = Shelf(own / "cases")
        self.layout = LayoutDesk(own)
        self._clock = clock
        self._schema = case_module(self.library)
        self._steps: tuple[Step, ...] = self.library.module("_procedure").STEPS
        self._outline = Outline(self._schema.Case, self._steps)
        self._lock = threading.RLock()
        self._opened: dict[str, tuple[Stamp, PartialDate, OpenCase]] = {}
        self._removed: dict[str, tuple[FieldPath, int, Any]] = {}

    def cases(self) -> list[CaseLine]:
        """Give every case, those changed last first; one that cannot be read says so."""
        return [self._line(case) for case in self._shelf.ids()]

    def new(self, name: str) -> str:
        """Begin a case and give its id (UsageRefused without a name)."""
        if not name.strip():
            raise UsageRefused(Fault("case-name", "请给案件起个名称，如 计算机学院副院长选任"))
        return self._shelf.add({"版本": self._schema.VERSION, NAME: name.strip()})

    def sample(self) -> str:
        """Put the example case on the desk and give its id."""
        values = read_data_file(self.library.root / "examples" / _SAMPLE)
        return self._shelf.add({**values, NAME: f"【示例】{values.get(NAME, '')}"})

    def open(self, case: str) -> OpenCase:
        """Give a case as it stands today (UsageRefused where there is none, FileRefused where it is damaged)."""
        with self._lock:
            stamp, day = self._shelf.stamp(case), self._clock()
            known = self._opened.get(case)
            if known is None or known[:2] != (stamp, day):
                known = (stamp, day, self._look_at(case, self._shelf.read(case), day))
                self._opened[case] = known
            return known[2]

    def put(self, case: str, changes: Mapping[FieldPath, Any]) -> OpenCase:
        """Keep what was typed into fields, whatever it is, and give the case as it then stands."""
        with self._lock:
            values = self._copy(case)
            for path, value in changes.items():
                put(values, path, typed(self.spec(path), value))
            return self._keep(case, values)

    def add_row(self, case: str, path: FieldPath, count: int) -> OpenCase:
        """Add an empty item to the list at a path; `count` is how many the page shows."""
        with self._lock:
            values = self._copy(case)
            self.spec(path)
            list_at(values, path, count).append({})
            return self._keep(case, values)

    def remove_row(self, case: str, path: FieldPath, number: int, count: int) -> OpenCase:
        """Remove an item; `undo` brings it back."""
        with self._lock:
            values = self._copy(case)
            self.spec(path)
            items = list_at(values, path, count)
            if not 0 <= number < count:
                raise UsageRefused(Fault("row-gone", "没有这一行，可能已经删除"))
            self._removed[case] = path, number, items.pop(number)
            if not items:
                put(values, path, [])
            return self._keep(case, values)

    def move_row(self, case: str, path: FieldPath, number: int, by: int, count: int) -> OpenCase:
        """Move an item up (by -1) or down (by 1); at the end it stays where it is."""
        with self._lock:
            values = self._copy(case)
            self.spec(path)
            items = list_at(values, path, count)
            to = number + by
            if 0 <= number < count and 0 <= to < count:
                items[number], items[to] = items[to], items[number]
            return self._keep(case, values)

    def undo(self, case: str) -> OpenCase:
        """Bring back what was removed last, where it stood (UsageRefused where nothing was)."""
        with self._lock:
            if case not in self._removed:
                raise UsageRefused(Fault("undo-none", "没有可以撤销的删除"))
            values = self._copy(case)
            path, number, item = self._removed.pop(case)
            list_at(values, path).insert(number, item)
            return self._keep(case, values)

    def removed(self, case: str) -> str:
        """Say what was removed last and can be brought back; empty where nothing was."""
        if case not in self._removed:
            return ""
        _, number, item = self._removed[case]
        return item_name(item if isinstance(item, dict) else {}, number)

    def path(self, address: str) -> FieldPath | None:
        """Give the path that an address by the fields' English names means."""
        return path_of(self._schema.Case, address)

    def batch_folder(self) -> Path:
        """Give the folder where batches go."""
        home = self._home or Path(platformdirs.user_documents_dir()) / "干部任免文书"
        return home / "批量"

    def _look_at(self, case: str, values: Values, day: PartialDate) -> OpenCase:
        made, faults = readable(self._schema.Case, values)
        name = str(values.get(NAME) or "案件")
        report = report_on(self.library, name, made, day, self._shelf.folder)
        return OpenCase(case, values, report, faults, self._outline, self._steps, self.library)

    def _line(self, case: str) -> CaseLine:
        try:
            found = self.open(case)
        except DocFormsError as error:
            return CaseLine(case, "打不开的案件", trouble=str(error.faults[0]))
        steps = found.checklist.steps
        states = [State.TO_MEND, State.UNDER_WAY, State.NOT_BEGUN]
        at = next((step for state in states for step in steps if step.state is state), None)
        due = found.next_deadline
        return CaseLine(
            case,
            found.name,
            at.state if at else State.DONE,
            at.step.title if at else "全部步骤",
            f"{due.title} {due.day.chinese}（{due.standing(found.report.as_of)}）" if due and due.day else "",
        )

    def _copy(self, case: str) -> Values:
        return copy.deepcopy(self.open(case).values)

    def _keep(self, case: str, values: Values) -> OpenCase:
        if values != self.open(case).values:
            self._shelf.write(case, values)
        return self.open(case)

    def spec(self, path: FieldPath) -> FieldSpec:
        """Give what the schema says of a field (UsageRefused where there is none)."""
        found = spec_at(self._schema.Case, path)
        if found is None:
            raise UsageRefused(Fault("field-unknown", "没有这一项，请刷新页面"))
        return found
