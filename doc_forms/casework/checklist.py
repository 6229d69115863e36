"""The checklist of a case: its steps in order with their state, their papers, and the days to watch.

The deadlines are the library's: `_deadlines` with `deadlines(case, office)`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from doc_forms.casework.checking import CaseReport
from doc_forms.casework.papers import CasePaper, PaperState, case_papers, grouped, steps_of
from doc_forms.errors import Severity
from doc_forms.form import PartialDate
from doc_forms.form.reading import spoken_path
from doc_forms.library import Library
from doc_forms.regulation import Finding, Outcome
from doc_forms.regulation.procedure import Deadline, State, Step

_SHOWN = 4
_MARKS = {Severity.ERROR: "✕", Severity.WARNING: "▲", Severity.NOTE: "·"}


@dataclass(frozen=True)
class CheckedStep:
    """One step, how far it is, and what is there and what is not."""

    number: int
    step: Step
    state: State
    missing: tuple[str, ...]
    """The facts that would complete it."""
    findings: tuple[Finding, ...]
    """The demands of its articles that are not satisfied."""
    papers: tuple[CasePaper, ...]
    untold: tuple[Finding, ...] = ()
    """The demands (ERRORs) of its articles that cannot be told yet, because something is not filled in."""

    @property
    def waits_for(self) -> str:
        """Why a step is under way of which every fact is there: the first article that cannot be told yet."""
        if self.state is not State.UNDER_WAY or self.missing or not self.untold:
            return ""
        return f"{self.untold[0].rule.cited}还不能核对，{self.untold[0].verdict.facts}"

    def lines(self) -> Iterator[str]:
        """Give the step as a clerk reads it."""
        articles = "、".join(_ranges(self.step.articles))
        yield f"{self.state.shape} {self.number}. {self.step.title}　{self.state.chinese}（第 {articles} 条）"
        yield from (f"    {_MARKS[finding.severity]} {finding}" for finding in self.findings)
        if self.missing and self.state is not State.NOT_BEGUN:
            yield f"    还缺：{_shortened(self.missing)}"
        if self.waits_for:
            yield f"    {self.waits_for}"
        yield from (f"    文书：{line}" for line in _paper_lines(self.papers))

    def to_json(self) -> dict[str, Any]:
        """The same as data, for `--json`."""
        return {
            "number": self.number,
            "title": self.step.title,
            "articles": self.step.articles,
            "state": self.state.value,
            "missing": self.missing,
            "findings": [finding.to_json() for finding in self.findings],
            "papers": [paper.to_json() for paper in self.papers],
        }


@dataclass(frozen=True)
class Checklist:
    """The checklist of a case on one day."""

    file: str
    name: str
    as_of: PartialDate
    steps: tuple[CheckedStep, ...]
    deadlines: tuple[Deadline, ...]
    refused: bool
    """Whether an ERROR stands."""

    def lines(self) -> Iterator[str]:
        """Give the checklist as a clerk reads it."""
        yield f"{self.name or self.file}（按 {self.as_of.chinese}的情况）"
        for step in self.steps:
            yield from step.lines()
        if self.deadlines:
            yield "期限："
            yield from (f"  {deadline.line(self.as_of)}" for deadline in self.deadlines)

    def to_json(self) -> dict[str, Any]:
        """The same as data, for `--json`."""
        return {
            "file": self.file,
            "name": self.name,
            "as_of": self.as_of.iso,
            "refused": self.refused,
            "steps": [step.to_json() for step in self.steps],
            "deadlines": [deadline.to_json(self.as_of) for deadline in self.deadlines],
        }


_Counted = tuple[tuple[str, ...], int]
"""The facts that a step still waits for, in words, and how many are there."""


def checklist(library: Library, report: CaseReport, papers: tuple[CasePaper, ...] | None = None) -> Checklist:
    """Give the checklist of a case as it was checked; `papers` where the caller has them, or wants none."""
    papers = case_papers(library, report) if papers is None else papers
    facts = report.case.data()
    steps = steps_of(library, report)
    checked = [
        _checked(number, step, _missing(step, facts, report.as_of), _own_findings(steps, number - 1, report), papers)
        for number, step in enumerate(steps, start=1)
    ]
    return Checklist(
        report.file,
        str(facts.get("案件名称", "")),
        report.as_of,
        tuple(checked),
        tuple(library.module("_deadlines").deadlines(report.case, report.office)),
        report.refused,
    )


def _missing(step: Step, facts: Mapping[str, Any], as_of: PartialDate) -> _Counted:
    """The facts that the step still waits for, in words, and how many are there."""
    missing, present = step.missing(facts, as_of)
    return tuple(spoken_path(facts, path) for path in missing), present


def _own_findings(steps: tuple[Step, ...], place: int, report: CaseReport) -> list[Finding]:
    """The findings of a step's articles; an article that steps share belongs to the first of them."""
    earlier = {number for step in steps[:place] for number in step.articles}
    own = set(steps[place].articles) - earlier
    return [finding for finding in report.findings if finding.rule.article in own]


def _checked(
    number: int,
    step: Step,
    counted: tuple[tuple[str, ...], int],
    findings: list[Finding],
    papers: tuple[CasePaper, ...],
) -> CheckedStep:
    """Judge a step; it is done when its facts are there and no demand of its articles is still to be told."""
    missing, present = counted
    broken = tuple(finding for finding in findings if finding.outcome is Outcome.BROKEN)
    untold = tuple(item for item in findings if item.outcome is Outcome.UNKNOWN and item.severity is Severity.ERROR)
    if any(finding.severity is Severity.ERROR for finding in broken):
        state = State.TO_MEND
    elif not present:
        state = State.NOT_BEGUN
    else:
        state = State.UNDER_WAY if missing or untold else State.DONE
    own = tuple(item for item in papers if item.step == number)
    return CheckedStep(number, step, state, missing, broken, own, untold)


def _paper_lines(papers: tuple[CasePaper, ...]) -> Iterator[str]:
    """The papers of a step by kind: how many can be made, and why the others cannot."""
    for title in dict.fromkeys(paper.kind.title for paper in papers):
        own = [paper for paper in papers if paper.kind.title == title]
        ready = sum(paper.state is PaperState.READY for paper in own)
        if ready:
            yield f"{title} {ready} 份，可以生成"
        for paper in own:
            if paper.state is PaperState.MISSING:
                yield f"{paper.title}，还缺：{_shortened(paper.missing)}"
            elif paper.state is not PaperState.READY:
                yield f"{paper.title}，{paper.state.chinese}：{next(iter(paper.reasons()))}"


def _shortened(fields: Sequence[str]) -> str:
    more = f" 等 {len(fields)} 项" if len(fields) > _SHOWN else ""
    return "；".join(grouped(fields[:_SHOWN])) + more


def _ranges(numbers: Sequence[int]) -> Iterator[str]:
    """Neighbours written as a range: 2—7, 16."""
    start = None
    for number, following in zip(numbers, (*numbers[1:], None), strict=True):
        start = number if start is None else start
        if following != number + 1:
            yield f"{start}" if start == number else f"{start}—{number}"
            start = None
