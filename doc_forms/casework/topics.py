"""A case as short pages: which questions stand together on a page, and to which step of the procedure each belongs.

Everything is read off the schema and the steps' facts. A field belongs to the step that waits for it; one that no
step waits for goes with its nearest neighbour in the schema. A page holds the plain fields of one part and whatever
small lists and groups find room beside them; larger ones get pages of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from doc_forms.form import FieldSpec, Part
from doc_forms.form.reading import NAMING, Path, path_text, spec_at
from doc_forms.regulation.procedure import Step

_ROOM = 14  # questions on a page
_SMALL = 7  # columns of a list that still reads as rows
_HIDDEN = {"版本"}  # the program's own
Titles = tuple[str, ...]


@dataclass(frozen=True)
class Topic:
    """One page of questions."""

    step: int
    """The number of its step in the procedure, from 0."""
    path: Path
    """The part or list that it asks about."""
    part: type[Part]
    """The part itself, or what the list repeats."""
    fields: tuple[FieldSpec, ...]
    """What is asked here, in order."""
    shape: str = "part"
    """`part`; `rows`, a list that is edited on this page; `items`, a list whose items have pages of their own."""
    names: tuple[str, ...] = ()
    """What the items on the way are called, so that a heading can say whom it is about."""

    @property
    def title(self) -> str:
        """What the page is about, without the way there."""
        for step, name in zip(reversed(self.path), reversed(self.names), strict=True):
            return step if isinstance(step, str) else name
        return "基本情况"

    @property
    def heading(self) -> str:
        """What the page is about, with whom: `林示例　任职经历`."""
        items = [name for step, name in zip(self.path, self.names, strict=True) if isinstance(step, int)]
        own = items[-1] if items else ""
        return " ".join(dict.fromkeys([own, self.title] if own else [self.title]))

    @property
    def place(self) -> str:
        """What the page is about without a name, for what a browser keeps: `考察对象 第 1 项 任职经历`."""
        return path_text(self.path) or self.title

    @property
    def address(self) -> str:
        """The path by the fields' English names, for a URL that holds no personal data."""
        return "/".join(_english(self.path, self._root)) or "-"

    _root: type[Part] = Part


class Outline:
    """The pages of a kind of case."""

    def __init__(self, root: type[Part], steps: Sequence[Step]) -> None:
        self._root = root
        self._steps: dict[Titles, int] = {}
        self._facts = [
            (number, tuple(fact.replace("[]", "").split(".")))
            for number, step in enumerate(steps)
            for fact in step.facts
        ]
        self._shares: dict[tuple[type[Part], Titles, int], tuple[list[FieldSpec], list[FieldSpec]]] = {}
        self._assign(root, (), 0)

    def topics(self, values: Mapping[str, Any], step: int) -> list[Topic]:
        """Give the pages of a step, in order, for the items that these values hold."""
        return list(self._of_part(self._root, values, (), (), step))

    def step_of(self, titles: Titles) -> int:
        """Give the step of a field: its own, or that of the nearest field above that has one."""
        while titles and titles not in self._steps:
            titles = titles[:-1]
        return self._steps.get(titles, 0)

    def holding(self, topics: Callable[[int], Iterable[Topic]], path: Path) -> Topic | None:
        """Give the page that asks for the fact at a path; `topics` gives the pages of a step."""
        titles = tuple(step for step in path if isinstance(step, str))
        found = [topic for topic in topics(self.step_of(titles)) if _asks(topic, path)]
        return max(found, key=lambda topic: len(topic.path), default=None)

    def _assign(self, part: type[Part], above: Titles, fallback: int) -> None:
        """Note the step of every field of a part: what waits for it, else its nearest neighbour's."""
        specs = asked(part)
        own = [self._waiting((*above, spec.title)) for spec in specs]
        for place, spec in enumerate(specs):
            step = own[place]
            if step is None:
                near = sorted((abs(place - other), other) for other, step in enumerate(own) if step is not None)
                step = own[near[0][1]] if near else fallback
            chosen = fallback if step is None else step
            self._steps[(*above, spec.title)] = chosen
            if spec.part:
                self._assign(spec.part, (*above, spec.title), chosen)

    def _waiting(self, titles: Titles) -> int | None:
        return next((number for number, fact in self._facts if fact[: len(titles)] == titles), None)

    def _of_part(
        self, part: type[Part], values: Mapping[str, Any], path: Path, names: tuple[str, ...], step: int
    ) -> Iterator[Topic]:
        titles = tuple(title for title in path if isinstance(title, str))
        shown, rest = self._share_out(part, titles, step)
        if shown:
            yield Topic(step, path, part, tuple(shown), names=names, _root=self._root)
        for spec in rest:
            inner = values.get(spec.title)
            way, called = (*path, spec.title), (*names, spec.title)
            if spec.shape == "group" and spec.part:
                yield from self._of_part(spec.part, inner if isinstance(inner, dict) else {}, way, called, step)
            elif spec.part:
                yield from self._of_list(spec, inner if isinstance(inner, list) else [], way, called, step)

    def _of_list(
        self, spec: FieldSpec, items: list[Any], path: Path, names: tuple[str, ...], step: int
    ) -> Iterator[Topic]:
        part = spec.part
        if part is None:
            return
        titles = tuple(title for title in path if isinstance(title, str))
        own = self._steps[titles] == step
        if is_flat(part) and len(asked(part)) <= _ROOM - 2:
            if own:
                yield Topic(step, path, part, asked(part), "rows", names, self._root)
            return
        if own:
            yield Topic(step, path, part, asked(part), "items", names, self._root)
        for number, item in enumerate(items):
            held = item if isinstance(item, dict) else {}
            yield from self._of_part(part, held, (*path, number), (*names, item_name(held, number)), step)

    def _share_out(self, part: type[Part], above: Titles, step: int) -> tuple[list[FieldSpec], list[FieldSpec]]:
        """The fields that a part's own page asks in a step, and the lists and groups beyond it."""
        key = part, above, step
        if key not in self._shares:
            self._shares[key] = self._divide(part, above, step)
        return self._shares[key]

    def _divide(self, part: type[Part], above: Titles, step: int) -> tuple[list[FieldSpec], list[FieldSpec]]:
        shown: list[FieldSpec] = []
        rest: list[FieldSpec] = []
        specs = asked(part)
        here = [spec for spec in specs if self._steps[(*above, spec.title)] == step]
        room = _ROOM - sum(spec.part is None for spec in here)
        for spec in specs:
            if spec.part is None:
                shown += [spec] if spec in here else []
            elif spec in here and above and _is_small(spec) and room >= len(asked(spec.part)):
                room -= len(asked(spec.part))
                shown.append(spec)
            else:
                rest.append(spec)
        return shown, rest


@cache
def asked(part: type[Part]) -> tuple[FieldSpec, ...]:
    """The fields of a part that a clerk fills."""
    return tuple(spec for spec in part.fields() if not spec.computed and spec.title not in _HIDDEN)


@cache
def is_flat(part: type[Part]) -> bool:
    """Whether a part holds plain values only."""
    return all(spec.part is None for spec in part.fields())


def item_name(item: Mapping[str, Any], number: int) -> str:
    """What an item of a list is called: by its name, else its first fact in words, else its number."""
    words = [str(item.get(title, "")) for title in NAMING]
    words += [value for value in item.values() if isinstance(value, str) and not value[:1].isdigit()]
    return next((word for word in words if word), f"第 {number + 1} 项")


def path_of(root: type[Part], address: str) -> Path | None:
    """Give the path that an address by English names means; None where it means none."""
    path: list[str | int] = []
    part: type[Part] | None = root
    for word in address.split("/") if address != "-" else []:
        if word.isdecimal():
            path.append(int(word))
            continue
        spec = next((one for one in part.fields() if one.name == word), None) if part else None
        if spec is None:
            return None
        path.append(spec.title)
        part = spec.part
    return tuple(path)


def _is_small(spec: FieldSpec) -> bool:
    return spec.part is not None and is_flat(spec.part) and len(asked(spec.part)) <= _SMALL


def _asks(topic: Topic, path: Path) -> bool:
    inner = path[len(topic.path) :]
    if path[: len(topic.path)] != topic.path:
        return False
    return not inner or isinstance(inner[0], int) or inner[0] in {spec.title for spec in topic.fields}


def _english(path: Path, root: type[Part]) -> Iterator[str]:
    for place, step in enumerate(path):
        spec = spec_at(root, path[: place + 1])
        yield str(step) if isinstance(step, int) or spec is None else spec.name
