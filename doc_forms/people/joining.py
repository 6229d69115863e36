"""People joined to a case: new ones added, known ones completed; what differs is listed, not overwritten unasked."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path as Folder
from types import ModuleType
from typing import Any

from doc_forms.editing import readable
from doc_forms.errors import Fault, Severity
from doc_forms.form import Part
from doc_forms.form.reading import Path
from doc_forms.library import Library
from doc_forms.people.comparing import Difference, differences, shown
from doc_forms.people.incoming import Incoming, intake_of, named

Values = dict[str, Any]


@dataclass
class Joined:
    """A case with the people that were joined to it, and what became of each."""

    values: Values
    """The case as it then is, keyed by title."""
    added: list[str] = field(default_factory=list)
    """Names of those who are new."""
    filled: list[Fault] = field(default_factory=list)
    """NOTEs: facts that known people lacked and now have."""
    completed: dict[str, list[str]] = field(default_factory=dict)
    """The same in short: the titles of what was filled in, by name."""
    differing: list[Fault] = field(default_factory=list)
    """WARNINGs: facts that the case tells differently; left as they were."""
    replaced: list[Fault] = field(default_factory=list)
    """WARNINGs: facts of the case that gave way, because that was asked for."""
    refused: list[Fault] = field(default_factory=list)
    """ERRORs: people who could not be joined."""

    @property
    def changed(self) -> bool:
        """Whether the case is another than before."""
        return bool(self.added or self.filled or self.replaced)


def join(
    library: Library,
    case: Mapping[str, Any],
    people: list[Incoming],
    *,
    update: bool = False,
    folder: Folder | None = None,
) -> Joined:
    """Join people to a case (values keyed by title, of any state; it is not changed itself).

    A person is known by the identity number, else by the name. What a known person lacks is filled in; what differs
    stays as it is and is listed, or gives way where `update` asks for that. Nothing is ever taken away: facts and items
    of lists that only the case has stay. A namesake with another identity number is refused. folder: where the files
    lie that the case names (photos).
    """
    intake = intake_of(library)
    joined = Joined(copy.deepcopy(dict(case)))
    known: list[Values] = joined.values.setdefault(intake.PEOPLE, [])
    for person in named(intake, people):
        match = _known(intake, known, person.values)
        if isinstance(match, Fault):
            joined.refused.append(match)
        elif match is None:
            both = {**person.derived, **person.values}
            order = [spec.title for spec in intake.PeopleRoster.fields() if spec.title in both]
            known.append({title: copy.deepcopy(both[title]) for title in order})
            joined.added.append(str(person.values[intake.NAME]))
        else:
            _complete(intake, joined, match, person, update=update, folder=folder)
    if not known:
        del joined.values[intake.PEOPLE]
    return joined


def _known(intake: ModuleType, known: list[Values], values: Values) -> Values | Fault | None:
    """The person of the case who is meant; a fault where only the name is the same."""
    number, name = values.get(intake.IDENTITY_NUMBER), values[intake.NAME]
    by_number = [one for one in known if number and one.get(intake.IDENTITY_NUMBER) == number]
    by_name = [one for one in known if one.get(intake.NAME) == name]
    if by_number:
        return by_number[0]
    if by_name and number and by_name[0].get(intake.IDENTITY_NUMBER):
        message = f"案件中已有“{name}”而公民身份号码不同，没有导入；确是两人的，请在姓名后加以区别（如 张伟（教务处））"
        return Fault("person-namesake", message)
    return by_name[0] if by_name else None


def _complete(  # noqa: PLR0913 - what `join` was asked for is handed on
    intake: ModuleType, joined: Joined, have: Values, person: Incoming, *, update: bool, folder: Folder | None
) -> None:
    form: type[Part] = intake.PeopleRoster
    name = str(have.get(intake.NAME, ""))
    seen, _ = readable(form, have, folder)
    for found in differences(form, seen.data(), person.values, intake.ITEM_KEYS):
        if found.theirs is None:
            continue
        place = person.locate(found.other)
        ours = _at(have, found.path) if found.ours is None and not isinstance(found.path[-1], int) else found.ours
        if ours in (None, "", [], {}):
            _put(have, found, found.theirs)
            message = f"【{name}】补上“{found.title}”：{found.shown(found.theirs)}"
            joined.filled.append(Fault("person-filled", message, place, Severity.NOTE))
            short = found.title if any(isinstance(step, int) for step in found.path) else str(found.path[-1])
            joined.completed.setdefault(name, []).append(short)
            continue
        said = f"案件中为 {found.shown(ours)}，此处为 {found.shown(found.theirs)}"
        if found.hidden:
            said = "与案件中的不同"
        if update:
            _put(have, found, found.theirs)
            message = f"【{name}】“{found.title}”{said}，已按此处改"
            joined.replaced.append(Fault("person-replaced", message, place, Severity.WARNING))
        else:
            message = f"【{name}】“{found.title}”{said}，没有改动"
            joined.differing.append(Fault("person-differs", message, place, Severity.WARNING))
    for title, value in person.derived.items():
        if not have.get(title):
            have[title] = copy.deepcopy(value)
            message = f"【{name}】补上“{title}”（由其他各项得出）：{shown(value)}"
            joined.filled.append(Fault("person-filled", message, person.locate((title,)), Severity.NOTE))
            joined.completed.setdefault(name, []).append(title)


def _at(values: Any, path: Path) -> Any:
    for step in path:
        try:
            values = values[step]
        except (KeyError, IndexError, TypeError):
            return None
    return values


def _put(values: Values, found: Difference, value: Any) -> None:
    """Set a fact of the case; an item that only the other side has goes to the end of its list."""
    *way, last = found.path
    holder: Any = values
    for step, following in zip(way, found.path[1:], strict=True):
        if isinstance(step, int):
            holder = holder[step]
        else:
            holder = holder.setdefault(step, [] if isinstance(following, int) else {})
    if isinstance(last, int):
        holder.append(copy.deepcopy(value))
    else:
        holder[last] = copy.deepcopy(value)
