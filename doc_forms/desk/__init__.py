"""The clerk's desk: the cases that are kept, each opened, changed field by field, checked and turned into papers.

The window calls nothing below this and `doc_forms.office`. A case is read anew whenever its file has changed, so two
windows see each other's work; each change is on disk before it is confirmed.
"""

from __future__ import annotations

import copy
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import platformdirs

from doc_forms.casefolder import CaseFolder, draw_up
from doc_forms.cases import case_module
from doc_forms.casework import CasePaper, PaperState, case_papers, grouped
from doc_forms.checking import CaseReport, report_on, today
from doc_forms.checklist import CheckedStep, Checklist, checklist
from doc_forms.data import read_data_file
from doc_forms.editing import Values, is_error, list_at, put, readable, typed, value_at
from doc_forms.errors import DocFormsError, Fault, FileRefused, Severity, UsageRefused
from doc_forms.files import Names, safe_name
from doc_forms.form import FieldSpec, Part, PartialDate
from doc_forms.form.reading import Path as FieldPath
from doc_forms.form.reading import path_text
from doc_forms.library import Kind, Library
from doc_forms.records import Entry, Number
from doc_forms.registering import RecordsChoice
from doc_forms.regulation import Finding
from doc_forms.regulation.procedure import Deadline, State, Step
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
_NAME = "案件名称"


@dataclass(frozen=True)
class CaseLine:
    """One case in the list of cases."""

    id: str
    name: str
    state: State | None = None
    step: str = ""
    """The step that it stands at."""
    deadline: str = ""
    """The next deadline, in words."""
    trouble: str = ""
    """Why the case cannot be opened; empty where it can."""


@dataclass(frozen=True)
class OpenCase:
    """A case as it stands on one day."""

    id: str
    values: Values
    """What was typed."""
    report: CaseReport
    faults: Mapping[str, Fault]
    """What cannot be read or does not go together, by the path of its field in words."""
    outline: Outline
    steps: tuple[Step, ...]
    """Every step of the procedure, whether it applies or not."""
    library: Library

    @cached_property
    def checklist(self) -> Checklist:
        """Its steps with their states, papers and findings."""
        return checklist(self.library, self.report)

    @cached_property
    def papers(self) -> tuple[CasePaper, ...]:
        """Every paper that it implies."""
        return case_papers(self.library, self.report)

    @property
    def name(self) -> str:
        """What the clerk calls it."""
        return str(self.values.get(_NAME) or "未命名的案件")

    def checked(self, step: int) -> CheckedStep | None:
        """Give a step of the procedure as it was checked; None where the case does not go through it."""
        return next((item for item in self.checklist.steps if item.step is self.steps[step]), None)

    def number_of(self, checked: CheckedStep) -> int:
        """Give the number of a step in the procedure, from 0."""
        return self.steps.index(checked.step)

    def topics(self, step: int) -> list[Topic]:
        """Give the pages of a step."""
        return self.outline.topics(self.values, step)

    def topic(self, step: int, address: str) -> Topic | None:
        """Give the page of that address; None where there is none (any more)."""
        return next((topic for topic in self.topics(step) if topic.address == address), None)

    def place_of(self, finding: Finding) -> tuple[Topic, FieldPath] | None:
        """Give the page and the field where a finding can be mended."""
        path = finding.verdict.at
        topic = self.outline.holding(self.values, path) if path else None
        return (topic, path) if topic else None

    def fault_at(self, path: FieldPath) -> Fault | None:
        """Give what is wrong with one field."""
        return self.faults.get(path_text(path))

    def names(self) -> list[str]:
        """Give the people who are already in the case, each once, to pick from."""
        return list(dict.fromkeys(_people(type(self.report.case), self.values)))

    @property
    def next_deadline(self) -> Deadline | None:
        """The next thing that has to be done by a day."""
        open_ones = [item for item in self.checklist.deadlines if item.day and not item.met]
        return min(open_ones, key=lambda item: item.day.iso if item.day else "", default=None)


@dataclass(frozen=True)
class Register:
    """The register of papers and numbers as it stands."""

    entries: Sequence[Entry] = ()
    numbers: Sequence[Number] = ()
    faults: Sequence[Fault] = ()


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
        self._shelf = Shelf((folder or Path(platformdirs.user_data_dir("doc_forms"))) / "cases")
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
        return self._shelf.add({"版本": self._schema.VERSION, _NAME: name.strip()})

    def sample(self) -> str:
        """Put the example case on the desk and give its id."""
        values = read_data_file(self.library.root / "examples" / _SAMPLE)
        return self._shelf.add({**values, _NAME: f"【示例】{values.get(_NAME, '')}"})

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

    def made_papers(self, case: OpenCase) -> list[tuple[CasePaper, Path | None]]:
        """Give every paper that the case implies, each with its file where it was made."""
        folder, names = self.papers_folder(case), Names()
        found = []
        for paper in case.papers:
            file = folder / f"{names.take(f'{paper.step:02d}_{paper.name}')}.docx"
            found.append((paper, file if file.is_file() else None))
        return found

    def papers_folder(self, case: OpenCase) -> Path:
        """Give the folder where a case's papers go."""
        home = self._home / "文书" if self._home else Path(platformdirs.user_documents_dir()) / "干部任免文书"
        return home / safe_name(f"{case.name}_{case.id[:4]}")

    def templates(self) -> list[tuple[Kind, list[Fault]]]:
        """Give every kind with what a look over its template found; one that has not changed is not looked at again."""
        found = []
        for kind in self.library.kinds():
            state = kind.template.stat() if kind.template.is_file() else None
            found.append((kind, _looked_over(kind, (state.st_mtime_ns, state.st_size) if state else None)))
        return found

    def batch_folder(self) -> Path:
        """Give the folder where batches go."""
        home = self._home or Path(platformdirs.user_documents_dir()) / "干部任免文书"
        return home / "批量"

    def make_papers(self, case: OpenCase, reason: str) -> CaseFolder:
        """Make every paper that the case can give now; see `doc_forms.casefolder.draw_up`."""
        with (self.records.open(make=True) if self.records else None) or nullcontext() as records:
            return draw_up(self.library, case.report, self.papers_folder(case), reason, records)

    def register(self) -> Register:
        """Give what the register holds, the newest paper first, and what does not add up there."""
        with (self.records.open(make=False) if self.records else None) or nullcontext() as records:
            if records is None:
                return Register()
            return Register(records.entries()[::-1], records.numbers(), records.check())

    def _look_at(self, case: str, values: Values, day: PartialDate) -> OpenCase:
        made, faults = readable(self._schema.Case, values)
        name = str(values.get(_NAME) or "案件")
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


@lru_cache(maxsize=256)
def _looked_over(kind: Kind, stamp: Stamp | None) -> list[Fault]:
    """What is amiss with a template in the state of that stamp."""
    from doc_forms.lint import lint_template  # noqa: PLC0415 - only this page needs it
    from doc_forms.packages import open_template  # noqa: PLC0415

    del stamp
    try:
        faults = lint_template(open_template(kind.template), kind)
    except FileRefused as error:
        return list(error.faults)
    return [fault for fault in faults if fault.severity is not Severity.NOTE]


def _people(part: type[Part], values: Any) -> Iterator[str]:
    """Every name of a person in the values of a part."""
    for spec in part.fields():
        value = values.get(spec.title) if isinstance(values, dict) else None
        if spec.part and value:
            for item in value if isinstance(value, list) else [value]:
                yield from _people(spec.part, item)
        elif spec.note.name == "姓名" and value:
            yield from (str(item) for item in (value if isinstance(value, list) else [value]))
