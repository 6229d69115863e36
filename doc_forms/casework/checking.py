"""A case looked at under the regulation on one day: what is broken, what holds, what cannot be told yet.

The regulation, the settings and the case are the library's: `articles.regulation()`, and `_interpretation` with
`Interpretation` (the settings of an office) and `Office` (what a rule may ask besides the case).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from doc_forms.casework.case_files import read_case
from doc_forms.data import read_data_file
from doc_forms.errors import Fault, Place, Severity, UsageRefused
from doc_forms.form import Part, PartialDate
from doc_forms.form.reading import locate_in, read, spoken_path
from doc_forms.library import Library
from doc_forms.regulation import Finding, Outcome, Regulation, WorkCalendar

SETTINGS_FILE = "interpretation.json"
"""The name under which an office keeps its settings beside its cases."""

_MARKS = {Severity.ERROR: "✕", Severity.WARNING: "▲", Severity.NOTE: "·"}


class Missing(NamedTuple):
    """Why some rules cannot be told yet, and which these are."""

    reason: str
    findings: tuple[Finding, ...]

    def __str__(self) -> str:
        """One line: the missing fact, and the articles that wait for it."""
        articles = dict.fromkeys(item.rule.cited for item in self.findings)
        return f"{self.reason}：{'、'.join(articles)}"


@dataclass(frozen=True)
class CaseReport:
    """What the regulation says of one case on one day."""

    file: str
    case: Part
    as_of: PartialDate
    findings: tuple[Finding, ...]
    """Every answer of every rule, in article order."""
    warnings: tuple[Fault, ...] = ()
    """What was noticed when the files were read."""
    office: Any = None
    """What the rules were asked with: the settings, the calendar and the day."""

    @property
    def broken(self) -> tuple[Finding, ...]:
        """The demands that are not satisfied."""
        return self._of(Outcome.BROKEN)

    @property
    def unknown(self) -> tuple[Finding, ...]:
        """What cannot be told yet."""
        return self._of(Outcome.UNKNOWN)

    @property
    def refused(self) -> bool:
        """Whether an ERROR stands."""
        return any(finding.severity is Severity.ERROR for finding in self.broken)

    def missing(self) -> tuple[Missing, ...]:
        """Give what cannot be told yet, grouped by what is missing, in the order of the first article."""
        groups: dict[str, list[Finding]] = {}
        for finding in self.unknown:
            groups.setdefault(finding.verdict.facts, []).append(finding)
        return tuple(Missing(reason, tuple(found)) for reason, found in groups.items())

    def lines(self) -> Iterator[str]:
        """Give the report as a clerk reads it."""
        yield f"{self.file}（按 {self.as_of.chinese}的情况核对）"
        for finding in self.broken:
            at = spoken_path(self.case, finding.verdict.at)
            yield f"{_MARKS[finding.severity]} {finding}{f'（见“{at}”）' if at else ''}"
        waiting = self.missing()
        if waiting:
            yield "尚不能判断："
            yield from (f"  {item}" for item in waiting)
        yield self.summary()

    def summary(self) -> str:
        """Give the counts in one line."""
        count = {weight: sum(finding.severity is weight for finding in self.broken) for weight in Severity}
        return (
            f"合计：不符合 {count[Severity.ERROR]} 处，需注意 {count[Severity.WARNING]} 处，"
            f"提示 {count[Severity.NOTE]} 处，尚不能判断 {len(self.unknown)} 处，符合 {len(self._of(Outcome.MET))} 处。"
        )

    def to_json(self) -> dict[str, Any]:
        """The same as data, for `--json`."""
        return {
            "file": self.file,
            "as_of": self.as_of.iso,
            "refused": self.refused,
            "findings": [finding.to_json() for finding in self.findings],
            "warnings": [warning.to_json() for warning in self.warnings],
        }

    def _of(self, outcome: Outcome) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.outcome is outcome)


def regulation_of(library: Library) -> Regulation:
    """Give the library's regulation; UsageRefused where it has none."""
    if not (library.root / "schemas" / "articles").is_dir():
        message = "这个模板库没有收录规定（缺 schemas/articles），不能核对条款，请改用内置模板库"
        raise UsageRefused(Fault("regulation-none", message, Place(file=str(library.root))))
    found: Regulation = library.module("articles").regulation()
    return found


def check_case(
    library: Library,
    file: Path,
    as_of: PartialDate | None = None,
    settings: Path | None = None,
    calendars: Sequence[Path] = (),
) -> CaseReport:
    """Check a case file on a day (default: today).

    settings: the office's points of interpretation (default: `interpretation.json` beside the case, if it is there).
    calendars: tables of working days for years that the built-in calendar lacks.
    Raises FileRefused and DataRefused for a file that cannot be read, UsageRefused for a date without its day.
    """
    regulation = regulation_of(library)
    day = as_of or today()
    if not day.day:
        raise UsageRefused(Fault("as-of", "核对日期应写到日，如 2026-09-28"))
    case, warnings = read_case(library, file)
    points, more = _points(library, settings or file.parent / SETTINGS_FILE, needed=settings is not None)
    office = library.module("_interpretation").Office(points, WorkCalendar.with_tables(calendars), day)
    return CaseReport(file.name, case, day, tuple(regulation.check(case, office)), (*warnings, *more), office)


def report_on(library: Library, name: str, case: Part, day: PartialDate, folder: Path) -> CaseReport:
    """Check a case that is open, under the settings that lie in a folder; `name` stands for its file."""
    points, warnings = _points(library, folder / SETTINGS_FILE, needed=False)
    office = library.module("_interpretation").Office(points, WorkCalendar(), day)
    return CaseReport(name, case, day, tuple(regulation_of(library).check(case, office)), tuple(warnings), office)


def today() -> PartialDate:
    """Give today's date on this computer."""
    now = dt.date.today()  # noqa: DTZ011 - the clerk's own day
    return PartialDate(now.year, now.month, now.day)


def _points(library: Library, file: Path, *, needed: bool) -> tuple[Part, Iterable[Fault]]:
    form = library.module("_interpretation").Interpretation
    if not needed and not file.is_file():
        return form(), ()
    return read(form, read_data_file(file), locate_in(file.name))
