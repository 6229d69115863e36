"""What a page shows of one field: which widget, what stands in it, what is said beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from doc_forms.desk import OpenCase, Topic, asked, is_error, item_name, value_at
from doc_forms.form import FieldSpec, Part, PartialDate, picture_bytes, picture_facts

FieldPath = tuple[str | int, ...]
ROWS = "n:"
"""Begins the name of what says which rows of a list are shown."""
_RADIOS = 6
_TABLE_COLUMNS = 6
_ID_GROUPS = (6, 14)
_SHORT = ("date", "count", "private", "pick")
_SHORT_CHOICES = 10  # signs of all choices together
_IN_SOME_CASES = re.compile("不填|的填写|后填写|的写明|时写明|留空")
"""How a help says in which cases a question is answered at all. `…填是` is not meant: a no is an answer, too."""


@dataclass(frozen=True)
class FieldView:
    """One question as it stands on a page."""

    name: str
    """Its path, joined by slashes: the name of its input."""
    label: str
    help: str
    widget: str
    value: Any
    said: str = ""
    """How the program understands what was typed."""
    error: str = ""
    warning: str = ""
    choices: tuple[str, ...] = ()
    people: bool = False
    """Whether it takes the name of a person, whom the case may know already."""

    @property
    def id(self) -> str:
        """A name that a link can go to."""
        return f"f-{self.name.replace('/', '-')}"

    @property
    def optional(self) -> bool:
        """Whether some cases rightly leave it empty: its help then says which. All else is awaited, sooner or later."""
        return bool(_IN_SOME_CASES.search(self.help))

    @property
    def half(self) -> bool:
        """Whether it is short enough to stand beside another."""
        if self.widget == "radios":
            return len("".join(self.choices)) <= _SHORT_CHOICES
        return (self.people and self.widget == "text") or self.widget in _SHORT

    @property
    def hints(self) -> str:
        """What a screen reader reads with the field."""
        return " ".join([f"{self.id}-help"] * bool(self.help) + [f"{self.id}-said"])


@dataclass(frozen=True)
class RowView:
    """One item of a list."""

    number: int
    name: str
    fields: tuple[FieldView, ...]
    address: str = ""
    """Where its own pages begin; empty where it is edited in place."""
    error: str = ""


@dataclass(frozen=True)
class ListView:
    """A list with its items."""

    path: str
    label: str
    help: str
    rows: tuple[RowView, ...]
    columns: tuple[FieldView, ...]
    """Its questions without answers, for the headings of a table."""
    as_table: bool
    error: str = ""

    widget: str = "rows"
    shown: int = 0
    """Which rows stand here (`OpenCase.rows_at`)."""
    alone: bool = False
    """Whether the page asks for nothing else, so that its own heading says what the list is."""

    @property
    def id(self) -> str:
        """A name that a link can go to."""
        return f"f-{self.path.replace('/', '-')}"


@dataclass(frozen=True)
class GroupView:
    """Questions that stand together under one heading."""

    label: str
    help: str
    fields: tuple[FieldView, ...]
    widget: str = "group"


View = FieldView | ListView | GroupView


def views_of(case: OpenCase, topic: Topic) -> list[View]:
    """Give what a page shows, in order."""
    if topic.shape == "part":
        return [_view(case, spec, (*topic.path, spec.title)) for spec in topic.fields]
    return [_list(case, topic.part, topic.path, topic.title, "", items=topic.shape == "items", base=topic.address)]


def flat(views: list[View]) -> Iterator[FieldView]:
    """Give every single field of a page."""
    for view in views:
        if isinstance(view, FieldView):
            yield view
        elif isinstance(view, GroupView):
            yield from view.fields
        else:
            yield from (one for row in view.rows if not row.address for one in row.fields)


def path_of_name(name: str) -> FieldPath:
    """Give the path that the name of an input stands for."""
    return tuple(int(step) if step.isdecimal() else step for step in name.split("/"))


def rows_of(posted: Mapping[str, Any]) -> dict[FieldPath, int]:
    """Give which rows a page shows of each list (`OpenCase.rows_at`), as it says with its answers."""
    stated = {name.removeprefix(ROWS): str(shown) for name, shown in posted.items() if name.startswith(ROWS)}
    return {path_of_name(name): int(shown) for name, shown in stated.items() if shown.isdecimal()}


def name_of(path: FieldPath) -> str:
    """Give the name of the input at a path."""
    return "/".join(map(str, path))


def field_view(case: OpenCase, spec: FieldSpec, path: FieldPath) -> FieldView:
    """Give one question with what stands in it."""
    value = value_at(case.values, path)
    fault = case.fault_at(path)
    message = fault.message if fault else ""
    widget = _widget(spec)
    said = "" if fault and is_error(fault) else said_of(spec, value)
    return FieldView(
        name=name_of(path),
        label=spec.title,
        help=_help(spec),
        widget=widget,
        value=_shown(value, widget) if widget != "picture" or said else "",
        said=said,
        error=message if fault and is_error(fault) else "",
        warning=message if fault and not is_error(fault) else "",
        choices=spec.note.choices,
        people=spec.note.name == "姓名",
    )


def said_of(spec: FieldSpec, value: Any) -> str:
    """Say how a value is understood, where it is not what was typed: a date in words, an identity number in groups."""
    if not isinstance(value, str) or not value:
        return ""
    if spec.note.cell == "date":
        try:
            return PartialDate.parse(value).chinese
        except ValueError:
            return ""
    if spec.note.picture:
        return "已有照片"
    if spec.note.private:
        first, second = _ID_GROUPS
        return " ".join(part for part in (value[:first], value[first:second], value[second:]) if part)
    return ""


def _view(case: OpenCase, spec: FieldSpec, path: FieldPath) -> View:
    if spec.part is None:
        return field_view(case, spec, path)
    if spec.shape == "list":
        return _list(case, spec.part, path, spec.title, spec.help, items=False, base="")
    inner = tuple(field_view(case, one, (*path, one.title)) for one in asked(spec.part))
    return GroupView(spec.title, spec.help, inner)


def _list(  # noqa: PLR0913 - a list on its own page, or within another
    case: OpenCase, part: type[Part], path: FieldPath, label: str, help_line: str, *, items: bool, base: str
) -> ListView:
    specs = asked(part)
    plain = [spec for spec in specs if spec.part is None and not (items and spec.note.private)]
    held = value_at(case.values, path) or []
    rows = [
        RowView(
            number,
            item_name(item, number),
            tuple(field_view(case, spec, (*path, number, spec.title)) for spec in (plain[:4] if items else plain)),
            f"{base}/{number}" if items else "",
            _trouble_below(case, (*path, number)) if items else "",
        )
        for number, item in enumerate(held)
        if isinstance(item, dict)
    ]
    long = any(spec.note.long or spec.shape == "list" for spec in plain)
    fault = case.fault_at(path)
    columns = tuple(
        FieldView("", spec.title, spec.help, _widget(spec), "", people=spec.note.name == "姓名") for spec in plain
    )
    return ListView(
        name_of(path),
        label,
        help_line,
        tuple(rows),
        columns[:4] if items else columns,
        not long and len(plain) <= _TABLE_COLUMNS,
        fault.message if fault else "",
        "items" if items else "rows",
        shown=case.rows_at(path),
        alone=bool(base),
    )


def _trouble_below(case: OpenCase, path: FieldPath) -> str:
    """Say how many fields of an item cannot be read."""
    words = " ".join(f"第 {step + 1} 项" if isinstance(step, int) else step for step in path)
    count = sum(key.startswith(f"{words} ") and is_error(fault) for key, fault in case.faults.items())
    return f"{count} 处要改" if count else ""


def _widget(spec: FieldSpec) -> str:
    choices = spec.note.choices
    if spec.shape == "list":
        return "checks" if choices else "lines"
    if choices:
        return "radios" if len(choices) <= _RADIOS else "pick"
    if spec.note.private:
        return "private"
    if spec.note.picture:
        return "picture"
    return {"date": "date", "number": "count"}.get(spec.note.cell, "long" if spec.note.long else "text")


def _help(spec: FieldSpec) -> str:
    """One line under the label: what the schema says, else how to write it."""
    if spec.help:
        return spec.help
    if spec.shape == "list" and not spec.note.choices:
        return "每行写一项"
    example = PartialDate.parse(spec.example).chinese if spec.note.cell == "date" and spec.example else spec.example
    return f"如 {example}" if example and not spec.note.choices and spec.note.cell != "number" else ""


def _shown(value: Any, widget: str) -> Any:
    if widget == "picture":
        plain = value.rpartition(",")[2]  # somebody may have put in what a web page calls a picture
        return f"data:image/{picture_facts(picture_bytes(plain)).ending};base64,{plain}"
    if widget == "checks":
        return [str(item) for item in value] if isinstance(value, list) else []
    if isinstance(value, list):
        return "\n".join(map(str, value))
    return "" if value is None else str(value)
