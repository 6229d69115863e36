"""A case as it lies open on the desk: what was typed, what is wrong with it, its steps, papers and pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from doc_forms.casework.checking import CaseReport
from doc_forms.casework.checklist import CheckedStep, Checklist, checklist
from doc_forms.casework.papers import CasePaper, case_papers
from doc_forms.casework.topics import Outline, Topic
from doc_forms.editing import Values
from doc_forms.errors import Fault, UsageRefused
from doc_forms.form import Part
from doc_forms.form.reading import Path as FieldPath
from doc_forms.form.reading import path_of_text, path_text
from doc_forms.library import Library
from doc_forms.records import Away, WorkingCase
from doc_forms.regulation import Finding
from doc_forms.regulation.procedure import Deadline, State, Step

NAME = "案件名称"
"""The field by which the clerk calls a case."""
LEAVINGS, LEAVING_KIND = "辞职免职降职", "类型"
"""The list of those who leave a post, and how each leaves: a case may hold nothing else."""
SCANS, PACKAGES, EXCHANGED = OWN_FOLDERS = "材料", "档案", "任免审批表"
"""Where the files of all cases go in the clerk's folder, besides their papers."""
UNNAMED = "未命名的案件"
UNREADABLE = "打不开的案件"


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
    in_records: bool = True
    """False for a file of an earlier version that could not be taken into the records."""


@dataclass(frozen=True)
class OpenCase:
    """A case as it stands on one day."""

    working: WorkingCase
    """The case as the records have it."""
    report: CaseReport
    faults: Mapping[str, Fault]
    """What cannot be read or does not go together, by the path of its field in words."""
    outline: Outline
    steps: tuple[Step, ...]
    """Every step of the procedure, whether it applies or not."""
    library: Library

    @property
    def id(self) -> str:
        """What it is known by, whatever it is called."""
        return self.working.id

    @property
    def values(self) -> Values:
        """What was typed."""
        return self.working.values

    @property
    def stamp(self) -> int:
        """Counts the changes to the case; another one means that these values are no longer what stands."""
        return self.working.stamp

    @property
    def away(self) -> Away | None:
        """Since when it is put away; None for one that is not."""
        return self.working.away

    def rows_at(self, path: FieldPath) -> int:
        """Say by a number which rows, in which order, stand in a list: another one means that they are others."""
        lists = self.working.lists
        return max(lists.get(path, 0), lists.get((), 0))

    def refuse_other_rows(self, paths: Iterable[FieldPath], shown: Mapping[FieldPath, int]) -> None:
        """Refuse (UsageRefused) what is to be put within a list of which a page shows other rows.

        shown: what `rows_at` gave for each list when the page was made. A field may now belong to somebody else.
        """
        others = {path for path, rows in shown.items() if self.rows_at(path) != rows}
        if any(path[:length] in others for path in paths for length in range(len(path))):
            message = "这个列表在别的窗口增删或移动过行，刚才填的没有写入；请刷新本页后再填"
            raise UsageRefused(Fault("rows-changed", message))

    def refuse_to_move(self, path: FieldPath, shown: int) -> None:
        """Refuse (UsageRefused) to add, remove or move a row of a list of which a page shows other rows."""
        if self.rows_at(path) != shown:
            message = "这个列表在别的窗口增删或移动过行，刚才点的没有执行；请刷新本页，看清是哪一行后再点"
            raise UsageRefused(Fault("rows-changed", message))

    @cached_property
    def checklist(self) -> Checklist:
        """Its steps with their states and findings; `papers_of` gives their papers, once somebody asks for them."""
        return checklist(self.library, self.report, ())

    @cached_property
    def papers(self) -> tuple[CasePaper, ...]:
        """Every paper that it implies."""
        return case_papers(self.library, self.report)

    def papers_of(self, checked: CheckedStep) -> list[CasePaper]:
        """Give the papers of a step."""
        return [paper for paper in self.papers if paper.step == checked.number]

    @property
    def name(self) -> str:
        """What the clerk calls it."""
        return str(self.values.get(NAME) or UNNAMED)

    @property
    def label(self) -> str:
        """What a browser's tabs and history may keep of it: no name, but the mark that its folders of papers end in."""
        return f"选任案 {self.id[:4]}"

    @property
    def line(self) -> CaseLine:
        """The case as it stands in the list of cases."""
        steps, due = self.checklist.steps, self.next_deadline
        states = [State.TO_MEND, State.UNDER_WAY, State.NOT_BEGUN]
        at = next((step for state in states for step in steps if step.state is state), None)
        return CaseLine(
            self.id,
            self.name,
            at.state if at else State.DONE,
            at.step.title if at else "全部步骤",
            f"{due.title} {due.day.chinese}（{due.standing(self.report.as_of)}）" if due and due.day else "",
        )

    def checked(self, step: int) -> CheckedStep | None:
        """Give a step of the procedure as it was checked; None where the case does not go through it."""
        return next((item for item in self.checklist.steps if item.step is self.steps[step]), None)

    def number_of(self, checked: CheckedStep) -> int:
        """Give the number of a step in the procedure, from 0."""
        return self.steps.index(checked.step)

    def topics(self, step: int) -> list[Topic]:
        """Give the pages of a step."""
        if step not in self._topics:
            self._topics[step] = self.outline.topics(self.values, step)
        return self._topics[step]

    @cached_property
    def _topics(self) -> dict[int, list[Topic]]:
        return {}

    def topic(self, step: int, address: str) -> Topic | None:
        """Give the page of that address; None where there is none (any more)."""
        return next((topic for topic in self.topics(step) if topic.address == address), None)

    def place_of(self, finding: Finding) -> tuple[Topic, FieldPath] | None:
        """Give the page and the field where a finding can be mended."""
        path = finding.verdict.at
        topic = self.outline.holding(self.topics, path) if path else None
        return (topic, path) if topic else None

    def page_of(self, text: str) -> tuple[Topic, FieldPath] | None:
        """Give the page and the field that a missing fact, named by its path in words, can be filled in."""
        path = path_of_text(text)
        topic = self.outline.holding(self.topics, path)
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


def _people(part: type[Part], values: Any) -> Iterator[str]:
    """Every name of a person in the values of a part."""
    for spec in part.fields():
        value = values.get(spec.title) if isinstance(values, dict) else None
        if spec.part and value:
            for item in value if isinstance(value, list) else [value]:
                yield from _people(spec.part, item)
        elif spec.note.name == "姓名" and value:
            yield from (str(item) for item in (value if isinstance(value, list) else [value]))
