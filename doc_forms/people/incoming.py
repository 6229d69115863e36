"""People read from a roster or from pasted text: each with what could be read, and what could not with its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

from doc_forms.editing import readable
from doc_forms.errors import DataRefused, Fault, Place, Severity, UsageRefused
from doc_forms.form import Part
from doc_forms.form.reading import Path as FieldPath
from doc_forms.form.reading import read
from doc_forms.library import Library
from doc_forms.roster import Roster, Row, open_roster, paste_roster

Values = dict[str, Any]


def nowhere(path: FieldPath) -> Place:
    """Give the place of a value of which nothing is known but its titles."""
    return Place(field=" ".join(str(step) for step in path))


@dataclass(frozen=True)
class Incoming:
    """One person from outside."""

    values: Values
    """What could be read, keyed by the titles of the case's people."""
    faults: tuple[Fault, ...] = ()
    """What could not be read (ERRORs) and what is to be looked at, each at its place."""
    locate: Callable[[FieldPath], Place] = nowhere
    """Gives the place of a value: titles, and item numbers from 0."""
    derived: Values = field(default_factory=dict)
    """What follows from what was stated; it counts only where the case knows nothing."""
    titles: frozenset[tuple[str, ...]] | None = None
    """The facts for which the source has a column, as paths of titles; None where it has a place for all."""


@dataclass
class Taken:
    """All people of one source, and what is to be said of the source as a whole."""

    people: list[Incoming] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    @property
    def all_faults(self) -> list[Fault]:
        """Every fault, those of the people after those of the source."""
        return [*self.faults, *(fault for person in self.people for fault in person.faults)]


def facts_of(part: Part) -> Values:
    """Give what a part states, keyed by title, without the lists and groups that state nothing."""
    pruned = _pruned(part.data())
    return pruned if isinstance(pruned, dict) else {}


def _pruned(value: Any) -> Any:
    if isinstance(value, dict):
        return {title: kept for title, inner in value.items() if (kept := _pruned(inner)) not in ("", [], {})}
    if isinstance(value, list):
        return [_pruned(item) for item in value]
    return value


def intake_of(library: Library) -> ModuleType:
    """Give the library's module of people; UsageRefused where it has none."""
    if not (library.root / "schemas" / "_intake.py").is_file():
        message = "这个模板库没有人员（缺 schemas/_intake.py），请改用内置模板库"
        raise UsageRefused(Fault("intake-none", message, Place(file=str(library.root))))
    return library.module("_intake")


def people_of_roster(library: Library, file: Path, sheet: str | None = None) -> Taken:
    """Read people from an Excel roster whose headings are their titles (or the usual other words for them).

    The rules are those of every roster: what Excel may have altered is refused at its cell. Lists stand on sheets of
    their own (家庭成员及亲属, 任职经历) or, one item a person, on the row. Raises FileRefused for the workbook as such.
    """
    form = intake_of(library).PeopleRoster
    with open_roster(file, form, sheet, loose=True) as roster:
        return _taken(library, roster)


def people_of_text(library: Library, text: str, folder: Path | None = None) -> Taken:
    """Read people from cells copied out of Excel: lines, with tabs between the cells, headings first.

    folder: where the photos lie that they name; without one they may name none.
    """
    form = intake_of(library).PeopleRoster
    with paste_roster(text, form, folder, loose=True) as roster:
        return _taken(library, roster)


def _taken(library: Library, roster: Roster) -> Taken:
    intake = intake_of(library)
    taken = Taken()
    titles = frozenset(roster.titles())
    for row in roster.rows():
        taken.people.append(_incoming(intake, row, titles))
    taken.faults = list(roster.notices)
    refuse_repeated(intake, taken)
    return taken


def _incoming(intake: ModuleType, row: Row, titles: frozenset[tuple[str, ...]]) -> Incoming:
    form: type[Part] = intake.PeopleRoster
    try:
        made, warnings = row.read(form)
    except DataRefused as refused:
        warnings = [*refused.faults]
        made, _ = readable(form, row.values, row.folder)
    values, faults = _made_regular(intake, made, row.locate)
    return Incoming(values, (*warnings, *faults), row.locate, titles=titles)


def read_values(intake: ModuleType, values: Values, locate: Callable[[FieldPath], Place]) -> tuple[Values, list[Fault]]:
    """Give what can be read of a person's values, and what cannot, each fault at its place."""
    form: type[Part] = intake.PeopleRoster
    try:
        made, faults = read(form, values, locate)
    except DataRefused as refused:
        faults = [*refused.faults]
        made, _ = readable(form, values)
    kept, more = _made_regular(intake, made, locate)
    return kept, [*faults, *more]


def _made_regular(intake: ModuleType, made: Part, locate: Callable[[FieldPath], Place]) -> tuple[Values, list[Fault]]:
    values, said = intake.regular(facts_of(made))
    faults = [Fault("person-regular", words, locate(path), Severity.NOTE) for path, words in said]
    if not values.get(intake.NAME):
        faults.append(Fault("person-name", "没有（可用的）姓名，此人没有读取", locate((intake.NAME,))))
    return values, faults


def refuse_repeated(intake: ModuleType, taken: Taken) -> None:
    """Two rows of one source about one person: the second is not taken."""
    seen: dict[str, Place] = {}
    kept: list[Incoming] = []
    for person in taken.people:
        keys = [str(value) for title in (intake.IDENTITY_NUMBER, intake.NAME) if (value := person.values.get(title))]
        before = next((seen[key] for key in keys if key in seen), None)
        if before is None:
            kept.append(person)
            seen |= {key: person.locate((intake.NAME,)) for key in keys}
        else:
            message = f"与{_short(before)}的姓名或公民身份号码相同，没有读取；确是两人的，请在姓名后加以区别"
            taken.faults += [Fault("person-twice", message, person.locate((intake.NAME,)), Severity.ERROR)]
            taken.faults += person.faults
    taken.people = kept


def _short(place: Place) -> str:
    return f"第 {place.row} 行" if place.row else str(place)


def named(intake: ModuleType, people: list[Incoming]) -> Iterator[Incoming]:
    """Yield those who have a name: the others cannot be told apart."""
    return (person for person in people if person.values.get(intake.NAME))
