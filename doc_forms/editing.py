"""Changes to a case as it is typed: plain values by title, of any state between empty and complete."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from pathlib import Path as Folder
from typing import Any

from doc_forms.errors import DataRefused, Fault, Place, Severity, UsageRefused
from doc_forms.form import FieldSpec, Part
from doc_forms.form.reading import Path, path_text, read

Values = dict[str, Any]
_ROUNDS = 20
_DIGITS = 6  # of a whole number that is kept as one


def value_at(values: Any, path: Path) -> Any:
    """Give what stands at a path; None where nothing does."""
    for step in path:
        try:
            values = values[step]
        except (KeyError, IndexError, TypeError):
            return None
    return values


def put(values: Values, path: Path, value: Any) -> None:
    """Put a value at a path; an empty one takes it away, with the groups that it leaves empty.

    UsageRefused where an item on the way is not there: another window has removed it.
    """
    *way, last = path
    holder: Any = values
    for step, following in zip(way, path[1:], strict=True):
        if isinstance(step, int):
            holder = _item(holder, step)
        else:
            holder = holder.setdefault(step, [] if isinstance(following, int) else {})
    if value in (None, "", []):
        holder.pop(last, None)
        _drop_empty(values, tuple(way))
    else:
        holder[last] = value


def _drop_empty(values: Values, path: Path) -> None:
    while path and isinstance(path[-1], str) and value_at(values, path) == {}:
        *above, last = path
        del value_at(values, tuple(above))[last]
        path = tuple(above)


def _item(items: list[Any], number: int) -> Any:
    if not 0 <= number < len(items):
        raise UsageRefused(Fault("row-gone", "这一行已在别的窗口删除，刚才填的没有写入；请刷新后再填"))
    return items[number]


def list_at(values: Values, path: Path) -> list[Any]:
    """Give the list at a path, made where it is missing."""
    *way, last = path
    holder: Any = values
    for step, following in zip(way, path[1:], strict=True):
        if isinstance(step, int):
            holder = _item(holder, step)
        else:
            holder = holder.setdefault(step, [] if isinstance(following, int) else {})
    items: list[Any] = holder.setdefault(last, [])
    return items


def typed(spec: FieldSpec, value: Any) -> Any:
    """Give a value as it is kept: outer space dropped, whole numbers as numbers, lines of a list one by one."""
    if isinstance(value, list):
        return [text for item in value if (text := str(item).strip())]
    text = str(value).replace("\r\n", "\n").strip()
    if spec.shape == "list":
        return [line for line in (line.strip() for line in text.split("\n")) if line]
    return (
        int(text)
        if spec.note.cell == "number" and text.isascii() and text.isdecimal() and len(text) <= _DIGITS
        else text
    )


def readable(
    part: type[Part], values: Mapping[str, Any], folder: Folder | None = None
) -> tuple[Part, dict[str, Fault]]:
    """Give the part as far as its values can be read, and what is wrong with the others, by `path_text`.

    A value that cannot be read is left out, as if it were not filled yet. Rows at the end of a list that nobody has
    begun are left out, too. folder: where the files that the values name lie, as for `read`.
    """
    kept = _begun(copy.deepcopy(dict(values)))
    faults: dict[str, Fault] = {}
    paths: dict[str, Path] = {}

    def locate(path: Path) -> Place:
        paths[path_text(path)] = path
        return Place(field=path_text(path))

    for _ in range(_ROUNDS):
        try:
            made, warnings = read(part, kept, locate, folder)
        except DataRefused as error:
            for fault in error.faults:
                faults.setdefault(fault.place.field, fault)
                _leave_out(kept, paths[fault.place.field])
            continue
        for warning in warnings:
            faults.setdefault(warning.place.field, warning)
        return made, faults
    return part(), faults


def is_error(fault: Fault) -> bool:
    """Whether a fault refuses its value."""
    return fault.severity is Severity.ERROR


def _leave_out(values: Values, path: Path) -> None:
    """Take out the value at a path; where there is none, what would hold it."""
    while path:
        *above, last = path
        holder = value_at(values, tuple(above)) if above else values
        if isinstance(holder, dict) and last in holder:
            del holder[str(last)]
            return
        if isinstance(holder, list) and isinstance(last, int) and last < len(holder):
            holder[last] = {} if isinstance(holder[last], dict) else None
            if holder[last] is None:
                del holder[last]
            return
        path = tuple(above)


def _begun(value: Any) -> Any:
    if isinstance(value, dict):
        return {title: _begun(inner) for title, inner in value.items()}
    if isinstance(value, list):
        items = [_begun(item) for item in value]
        while items and items[-1] in ({}, "", None):
            items.pop()
        return items
    return value
