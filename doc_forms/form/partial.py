"""A paper that is not complete yet, as it would read: what is known as it prints, what is missing as a marked blank.

Only for looking at. Nothing here is validated as a whole, and nothing of it may become a finished paper.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Annotated, Any

from pydantic import TypeAdapter, ValidationError

from doc_forms.form.base import FieldSpec, Part, _printed

BLANK_BEGINS, BLANK_ENDS = "\ue000", "\ue001"
"""Stand around the name of a missing fact; signs for private use, which no accepted text holds."""

_INCOMPLETE = (AttributeError, TypeError, LookupError, ValueError, ArithmeticError)
"""What a computed field runs into where a fact that it needs is missing."""


def blank(title: str) -> str:
    """Give the marked blank of a missing fact."""
    return f"{BLANK_BEGINS}{title}{BLANK_ENDS}"


def draft_context(part: type[Part], data: Mapping[str, Any]) -> dict[str, Any]:
    """Give every value as it reads, keyed by title, like `Part.context`, from data that may be incomplete or wrong.

    A required fact that is missing, and one that `data` holds as None (the paper waits for it), is a marked blank;
    so is a computed one that cannot be told. A value that its type refuses prints as it was typed, marked.
    """
    made = _part(part, data)
    return {spec.title: _read(made, spec, data) for spec in part.fields()}


def _part(part: type[Part], data: Mapping[str, Any]) -> Part:
    """An object with those fields only that can be read; its other required fields are not there at all."""
    known: dict[str, Any] = {}
    awaited = []
    for spec in part.fields():
        if spec.computed or _is_absent(data.get(spec.title)):
            awaited += [spec.name] if spec.title in data else []
            continue
        value = _value(part, spec, data[spec.title])
        known |= {} if value is None else {spec.name: value}
        awaited += [spec.name] if value is None else []
    made = part.model_construct(**known)
    for name in awaited:
        made.__dict__.pop(name, None)
    return made


def _value(part: type[Part], spec: FieldSpec, value: Any) -> Any:
    """A value as its type reads it; None where the type refuses it."""
    if isinstance(value, Part):
        return value
    if spec.part and isinstance(value, Mapping):
        return _part(spec.part, value)
    if spec.part and isinstance(value, list | tuple):
        inner = spec.part
        return [item if isinstance(item, Part) else _part(inner, item) for item in value]
    try:
        return _adapter(part, spec.name).validate_python(value)
    except ValidationError:
        return None


@cache
def _adapter(part: type[Part], name: str) -> TypeAdapter[Any]:
    info = part.model_fields[name]
    kind: Any = Annotated[(info.annotation, *info.metadata)] if info.metadata else info.annotation
    return TypeAdapter(kind)


def _read(made: Part, spec: FieldSpec, data: Mapping[str, Any]) -> Any:
    """A field as it prints."""
    stated = data.get(spec.title)
    if not spec.computed and spec.part:
        return _inner(made, spec, stated, spec.part)
    try:
        value = getattr(made, spec.name)
    except _INCOMPLETE:
        if not _is_absent(stated):
            return blank(str(stated))
        if spec.note.picture:
            return ""  # there is no picture of a missing picture
        return [blank(spec.title)] if spec.shape == "list" and spec.part is None else _blank_of(spec)
    return _printed(value, spec)


def _blank_of(spec: FieldSpec) -> Any:
    """The blank of a computed part: a group or a list of one item, all of it blank."""
    if spec.part is None:
        return blank(spec.title)
    inner = draft_context(spec.part, {})
    return [inner] if spec.shape == "list" else inner


def _inner(made: Part, spec: FieldSpec, stated: Any, part: type[Part]) -> Any:
    """A group or a list of parts, each read from its own data, so that its blanks are marked one by one."""
    if isinstance(stated, Mapping):
        return draft_context(part, stated)
    if isinstance(stated, list | tuple) and stated:
        return [item.context() if isinstance(item, Part) else draft_context(part, item) for item in stated]
    value = made.__dict__.get(spec.name)
    if spec.name in made.__dict__ or not spec.required:
        return _printed(value, spec)
    return _blank_of(spec)


def _is_absent(value: Any) -> bool:
    return value is None or value == ""
