"""From values as they came (a roster row, a data file, a posted page) to a form, or every fault with its place."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path as Folder
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from doc_forms.errors import DataRefused, Fault, Place, Severity
from doc_forms.form.base import _PROBLEMS, FieldSpec, Part, Problem
from doc_forms.form.pictures import FOLDER

P = TypeVar("P", bound=Part)
Path = tuple[str | int, ...]
"""The way to a value: titles and item numbers (from 0), e.g. ("家庭成员", 0, "姓名")."""
Locate = Callable[[Path], Place]
"""Tells the place of the value at a path, e.g. the cell of a roster."""

_NUMBERED = re.compile(r"第 (\d+) 项")

_MESSAGES = {
    "missing": "没有填写",
    "string_type": "应为文字",
    "int_type": "应为整数",
    "int_parsing": "应为整数",
    "list_type": "应为多项（列表）",
    "model_type": "应为一组项目",
    "model_attributes_type": "应为一组项目",
    "dict_type": "应为一组项目",
    "too_short": "至少要有 {min_length} 项，现有 {actual_length} 项",
    "too_long": "至多 {max_length} 项，现有 {actual_length} 项",
}

NAMING = ("姓名", "谈话对象", "职位名称")
"""The titles by which an item of a list is called."""


def locate_in(file: str) -> Locate:
    """Give the places of a data file: the path written out, e.g. `家庭成员 第 1 项 姓名`."""
    return lambda path: Place(file=file, field=path_text(path))


def path_text(path: Path) -> str:
    """Write a path as a person would say it."""
    return " ".join(f"第 {step + 1} 项" if isinstance(step, int) else step for step in path)


def spoken_path(holder: object, path: Path) -> str:
    """Write a path as `path_text` does, but call an item by the name of its person where it has one.

    holder: what the path begins in: a part, or data keyed by titles.
    """
    words: list[str] = []
    value: Any = holder
    for step in path:
        value = _at(value, step)
        named = (_at(value, title) for title in NAMING) if isinstance(step, int) else ()
        words.append(next((str(name) for name in named if name), path_text((step,))))
    return " ".join(words)


def spec_at(root: type[Part], path: Path) -> FieldSpec | None:
    """Give the field at a path; None where there is none."""
    part: type[Part] | None = root
    spec = None
    for step in path:
        if isinstance(step, int):
            continue
        spec = next((one for one in part.fields() if one.title == step), None) if part else None
        if spec is None:
            return None
        part = spec.part
    return spec


def _at(value: Any, step: str | int) -> Any:
    """What stands at one step of a path; None where nothing does (yet)."""
    if isinstance(step, int):
        return value[step] if isinstance(value, list) and step < len(value) else None
    if isinstance(value, Mapping):
        return value.get(step)
    spec = _spec(type(value), step) if isinstance(value, Part) else None
    return getattr(value, spec.name, None) if spec else None


def path_of_text(text: str) -> Path:
    """Give the path that `path_text` has written."""
    words = _NUMBERED.sub(r"\1", text).split(" ")
    return tuple(int(word) - 1 if word.isdecimal() else word for word in words)


def read(
    part: type[P], values: Mapping[str, Any], locate: Locate, folder: Folder | None = None
) -> tuple[P, list[Fault]]:
    """Make the part from values keyed by title; give it with its warnings.

    folder: where the values came from, so that the files that they name are found beside them; None: they may name
    none. Raises DataRefused with every fault, each at its place.
    """
    try:
        made = part.model_validate(dict(values), context={FOLDER: folder})
    except ValidationError as error:
        faults = [fault for detail in error.errors(include_url=False) for fault in _faults(part, detail, locate)]
        raise DataRefused(faults) from None
    return made, list(_warnings(made, (), locate))


def _faults(part: type[Part], detail: ErrorDetails, locate: Locate) -> Iterator[Fault]:
    path = _titled(part, detail["loc"])
    kind = detail["type"]
    if kind == _PROBLEMS:
        holder = _part_at(part, path)
        for problem in detail["ctx"][_PROBLEMS]:
            yield _fault(problem, (*path, _title(holder, problem.field)), locate)
    elif kind == "extra_forbidden":
        yield Fault("data-unknown", _unknown(_part_at(part, path[:-1]), str(path[-1])), locate(path))
    elif kind == "value_error":
        yield Fault("data-value", str(detail["ctx"]["error"]), locate(path))
    else:
        message = _MESSAGES.get(kind, "内容不合要求，请核对").format_map(detail.get("ctx", {}))
        yield Fault("data-missing" if kind == "missing" else "data-value", message, locate(path))


def _unknown(holder: type[Part], title: str) -> str:
    """What to do about a title that nobody may fill: it is computed, misspelt or from another paper."""
    specs = holder.fields()
    if any(spec.computed and spec.title == title for spec in specs):
        return f"“{title}”由程序计算得出，不用填写，请删除"
    typed = [spec.title for spec in specs if not spec.computed]
    close = difflib.get_close_matches(title, typed, n=1, cutoff=0.5)
    return f"没有“{title}”这一项" + (f"，是否为“{close[0]}”？" if close else "，请删除或改正")


def _warnings(part: Part, path: Path, locate: Locate) -> Iterator[Fault]:
    for problem in part.problems():
        if problem.severity is not Severity.ERROR:
            yield _fault(problem, (*path, _title(type(part), problem.field)), locate)
    for spec in part.fields():
        value = None if spec.computed else getattr(part, spec.name)
        if isinstance(value, Part):
            yield from _warnings(value, (*path, spec.title), locate)
        elif isinstance(value, list):
            for number, item in enumerate(value):
                if isinstance(item, Part):
                    yield from _warnings(item, (*path, spec.title, number), locate)


def _fault(problem: Problem, path: Path, locate: Locate) -> Fault:
    return Fault("data-together", problem.message, locate(path), problem.severity)


def _titled(part: type[Part], loc: Path) -> Path:
    """A pydantic location by titles only (a value given by its English name is located by that name)."""
    titled: list[str | int] = []
    holder: type[Part] | None = part
    for step in loc:
        spec = _spec(holder, step)
        titled.append(spec.title if spec else step)
        if isinstance(step, str):
            holder = spec.part if spec else None
    return tuple(titled)


def _part_at(part: type[Part], path: Path) -> type[Part]:
    for step in path:
        spec = _spec(part, step)
        if spec and spec.part:
            part = spec.part
    return part


def _spec(part: type[Part] | None, step: str | int) -> FieldSpec | None:
    if part is None or isinstance(step, int):
        return None
    return next((spec for spec in part.fields() if step in (spec.title, spec.name)), None)


def _title(part: type[Part], name: str) -> str:
    spec = _spec(part, name)
    return spec.title if spec else name
