"""Form, the base of every document kind: fields with one Chinese title each, and what a blank prints.

A schema reads like the paper it describes:

    class ResignationReply(Form):
        about = About(title="同意辞职的批复", articles=(45, 46), file_name="{姓名}同意辞职的批复")
        name: PersonName = field("姓名", example="林示例")
        reply_date: Day = field("批复日期", prints="chinese")
        note: Line | None = field("备注", blank="无")

The Chinese title is the label in the window, the heading in the roster, the tag in the template,
the key in a data file and the word in a message.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar, Generic, Literal, Self, TypeVar, cast, overload

from pydantic import BaseModel, ConfigDict, model_validator
from pydantic import Field as PydanticField
from pydantic.fields import FieldInfo
from pydantic_core import PydanticCustomError

from doc_forms.errors import Severity
from doc_forms.form.dates import PartialDate
from doc_forms.form.note import TypeNote

T = TypeVar("T")
V = TypeVar("V")
DateStyle = Literal["dotted", "chinese"]

NO_LINE = "\ufffe"
"""Blank policy "no line": the template leaves the line out with a condition (`{%p if 备注 %}`)."""

_PROBLEMS = "problems"


@dataclass(frozen=True, slots=True)
class About:
    """What a document kind says of itself."""

    title: str
    """The paper's name in Chinese, as a clerk calls it."""
    articles: tuple[int, ...]
    """The articles of the regulation that ask for the paper."""
    file_name: str
    """Pattern of the file's name: titles in braces, e.g. `任职通知_{发文字号}`; no private field."""
    roster: bool = True
    """False where one Excel row a paper makes no sense."""
    gates: tuple[int | str, ...] | None = None
    """Whose violation refuses the paper drawn from a case: articles (34), single rules ("35.1a"); None: `articles`."""
    settled: tuple[int | str, ...] = ()
    """Articles or rules that must be told before the paper is drawn: "cannot be told yet" refuses it."""
    dated: str = ""
    """The title of the paper's own date: once a case states it, what the paper still lacks refuses it."""
    published: bool = False
    """Whether the paper is published; its file then carries no data that it does not print."""
    version: int = 1
    """The version of the schema; one more with each change that older data does not fit."""
    subjects: tuple[str, ...] = ()
    """Where the paper names the people it is about, as paths of titles: `任免人员.姓名`."""
    workbook: tuple[str, ...] = ()
    """The lists, by title, that the paper also comes with as an Excel workbook, a sheet each; none: no workbook."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Facts of one part that do not go together: the field to mend and one Chinese sentence."""

    field: str
    """The English name of the field; the message shows its Chinese title."""
    message: str
    severity: Severity = Severity.ERROR


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field as the roster, the window, the lint and the documentation see it."""

    name: str
    title: str
    help: str
    example: str
    required: bool
    blank: str
    """What an unfilled field prints; `NO_LINE` where its line is left out."""
    printed: bool
    """False where the template is not expected to show it (a choice that steers the wording)."""
    prints: DateStyle
    shape: Literal["value", "list", "group"]
    part: type[Part] | None
    """The part that a list repeats or a group holds."""
    note: TypeNote
    computed: bool = False


def field(  # noqa: PLR0913 - one argument a property of the paper's field, all by keyword
    title: str,
    *,
    help: str = "",  # noqa: A002 - the word that the window uses
    example: str = "",
    blank: str | None = None,
    printed: bool = True,
    prints: DateStyle = "dotted",
    at_least: int | None = None,
    at_most: int | None = None,
    default: str | None = None,
) -> Any:
    """Declare a field. A field with `blank` may stay empty and then prints that text.

    title: the one Chinese name (a valid identifier, so that it can be a template tag).
    blank: "" (nothing), 无, ／ or `NO_LINE`; None (the default) makes the field required.
    prints: how a date prints, `dotted` 1978.03 or `chinese` 1978年3月.
    default: the value that an unfilled field has (a setting), where it is not a blank.
    at_least, at_most: number of items of a list; a list that may be empty has at_least=0.
    """
    if not title.isidentifier():
        message = f"a title must be usable as a template tag: {title!r}"
        raise ValueError(message)
    required = blank is None and at_least != 0 and default is None
    unfilled: dict[str, Any] = {"default_factory": list} if at_least == 0 else {"default": default}
    return PydanticField(
        alias=title,
        title=title,
        description=help or None,
        min_length=at_least,
        max_length=at_most,
        json_schema_extra={
            "example": example,
            "blank": blank or "",
            "printed": printed,
            "prints": prints,
        },
        **({} if required else unfilled),
    )


class computed(Generic[T]):  # noqa: N801 - a decorator, read as one
    """Decorator of a method whose result is printed under its title: computed, never typed."""

    def __init__(self, title: str, *, printed: bool = True, prints: DateStyle = "dotted") -> None:
        self.title, self.printed, self.prints = title, printed, prints
        self.function: Callable[[Any], T]

    def __call__(self, function: Callable[[Any], V]) -> computed[V]:
        """Take the method that computes the value; only now is the type of the value known."""
        taken = cast("computed[V]", self)
        taken.function, taken.__doc__ = function, function.__doc__
        return taken

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, instance: None, owner: type) -> Self: ...
    @overload
    def __get__(self, instance: object, owner: type) -> T: ...
    def __get__(self, instance: object | None, owner: type) -> Any:
        return self if instance is None else self.function(instance)


class Part(BaseModel):
    """Facts that belong together: a person, a family member, one candidate's votes."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        populate_by_name=True,
        hide_input_in_errors=True,
        ignored_types=(computed,),
    )

    @model_validator(mode="before")
    @classmethod
    def _leave_out_blanks(cls, data: Any) -> Any:
        """Take an empty cell, an empty string and null as "not filled"."""
        if not isinstance(data, dict):
            return data
        return {key: value for key, value in data.items() if value is not None and value != ""}

    @model_validator(mode="after")
    def _add_up(self) -> Self:
        errors = [problem for problem in self.problems() if problem.severity is Severity.ERROR]
        if errors:
            raise PydanticCustomError(_PROBLEMS, "problems", {_PROBLEMS: errors})
        return self

    def problems(self) -> Iterator[Problem]:
        """Yield what does not go together. ERRORs refuse the part, WARNINGs are shown."""
        return iter(())

    @classmethod
    def fields(cls) -> tuple[FieldSpec, ...]:
        """Every field in the order of the schema, computed ones last."""
        return _fields_of(cls)

    def context(self) -> dict[str, Any]:
        """Give every value as it should be read on paper, keyed by title: strings, lists and dicts only."""
        return {spec.title: _printed(getattr(self, spec.name), spec) for spec in _fields_of(type(self))}

    def data(self) -> dict[str, Any]:
        """Give the typed facts back, keyed by title, as they stand in a data file (JSON values)."""
        return self.model_dump(mode="json", by_alias=True, exclude_none=True)


class Form(Part):
    """One document kind: subclass it in `schemas/<stem>.py` and draw `templates/<stem>.docx`."""

    about: ClassVar[About]

    @classmethod
    def from_case(cls, case: Any) -> Iterator[dict[str, Any]]:
        """Yield the data of each paper of this kind that a case implies, keyed by title.

        A fact that the case does not hold is left out. A key with None says that the paper waits for this fact
        though its form, filled by hand, could do without.
        """
        del case
        return iter(())

    @classmethod
    def sources(cls, data: dict[str, Any]) -> Mapping[str, str]:
        """Say where a case holds the facts of a paper with these data, so that a missing one can be named.

        Keys are paths of titles in the paper (`推荐职位.职数`), values in the case (`职位[].拟选人数`); the longest
        path that fits counts, "" fits all. `[]` is the item of the same number or name, else that of the subject.
        """
        del data
        return {}

    @classmethod
    def not_before(cls, case: Any) -> tuple[PartialDate, str] | None:
        """Give the day up to which the paper may not be drawn from a case, and why in one Chinese phrase."""
        del case
        return None


def _printed(value: Any, spec: FieldSpec) -> Any:
    if value is None or value == "":
        return "" if spec.blank == NO_LINE else spec.blank
    if isinstance(value, str):
        return value
    if isinstance(value, bool):  # only a computed field is one; typed fields are YesNo
        return "是" if value else "否"
    if isinstance(value, PartialDate):
        return value.chinese if spec.prints == "chinese" else value.dotted
    if isinstance(value, Part):
        return value.context()
    if isinstance(value, list | tuple):
        return [_printed(item, spec) for item in value]
    return str(value)


@cache
def _fields_of(part: type[Part]) -> tuple[FieldSpec, ...]:
    declared = [_spec(name, info) for name, info in part.model_fields.items()]
    found = {
        name: value
        for base in reversed(part.__mro__)
        for name, value in vars(base).items()
        if isinstance(value, computed)
    }
    return (*declared, *(_computed_spec(name, value) for name, value in found.items()))


def _spec(name: str, info: FieldInfo) -> FieldSpec:
    extra = info.json_schema_extra
    if not isinstance(extra, dict) or info.alias is None:
        message = f"{name}: declare every field with doc_forms.form.field"
        raise TypeError(message)
    shape, part = _shape(info.annotation)
    return FieldSpec(
        name=name,
        title=info.alias,
        help=info.description or "",
        example=str(extra["example"]),
        required=info.is_required(),
        blank=str(extra["blank"]),
        printed=bool(extra["printed"]),
        prints="chinese" if extra["prints"] == "chinese" else "dotted",
        shape=shape,
        part=part,
        note=_note(info.annotation, info.metadata),
    )


def _computed_spec(name: str, value: computed[Any]) -> FieldSpec:
    kind = typing.get_type_hints(value.function).get("return")
    shape, part = _shape(kind)
    return FieldSpec(
        name=name,
        title=value.title,
        help=(value.__doc__ or "").partition("\n")[0],
        example="",
        required=False,
        blank="",
        printed=value.printed,
        prints=value.prints,
        shape=shape,
        part=part,
        note=TypeNote("计算得出", choices=("是", "否") if kind is bool else ()),
        computed=True,
    )


def _shape(annotation: Any) -> tuple[Literal["value", "list", "group"], type[Part] | None]:
    for kind in _members(annotation):
        origin = typing.get_origin(kind)
        if origin in (list, tuple):
            inner = next((item for item in _members(typing.get_args(kind)[0]) if _is_part(item)), None)
            return "list", inner
        if _is_part(kind):
            return "group", kind
    return "value", None


def _is_part(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Part)


def _members(annotation: Any) -> Iterator[Any]:
    """The plain types behind `X | None` and `Annotated[X, ...]`."""
    origin = typing.get_origin(annotation)
    if origin in (typing.Union, types.UnionType):
        for member in typing.get_args(annotation):
            yield from _members(member)
    elif origin is typing.Annotated:
        yield from _members(typing.get_args(annotation)[0])
    else:
        yield annotation


def _note(annotation: Any, metadata: list[Any]) -> TypeNote:
    """The note of the field's type, wherever the annotation carries it."""
    for item in metadata:
        if isinstance(item, TypeNote):
            return item
    origin = typing.get_origin(annotation)
    if origin is typing.Annotated:
        return _note(None, list(typing.get_args(annotation)[1:]))
    if origin in (typing.Union, types.UnionType, list, tuple):
        for member in typing.get_args(annotation):
            note = _note(member, [])
            if note.name:
                return note
    return TypeNote("")
