"""Where in a case a fact of a paper stands, so that a missing one is named by the field to go to."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from doc_forms.form.reading import Path

_EVERY = "[]"


def origin(
    sources: Mapping[str, str],
    path: Path,
    data: Mapping[str, Any],
    case: Mapping[str, Any],
    subjects: Collection[str] = (),
) -> Path:
    """Give the way in the case to the fact that a paper prints at `path`.

    sources: see `Form.sources`. data, case: the paper's and the case's data, keyed by titles. subjects: the
    people that the paper is about. A fact that the sources do not cover keeps its own path.
    """
    titles = [step for step in path if isinstance(step, str)]
    known = [key for key in sources if not key or titles[: len(key.split("."))] == key.split(".")]
    if not known:
        return path
    key = max(known, key=len)
    head, rest = _split(path, len(key.split(".")) if key else 0)
    place = _resolved(sources[key], list(_holders(head, data)), case, subjects)
    numbered = bool(rest) and not sources[key].endswith(_EVERY)
    return (*place, *(step for step in head[-1:] if numbered and isinstance(step, int)), *rest)


def _split(path: Path, titles: int) -> tuple[Path, Path]:
    """Cut a path behind so many titles; a number belongs to the title before it."""
    seen = 0
    for position, step in enumerate(path):
        if isinstance(step, str):
            if seen == titles:
                return path[:position], path[position:]
            seen += 1
    return path, ()


def _resolved(
    source: str, holders: list[Mapping[str, Any]], case: Mapping[str, Any], subjects: Collection[str]
) -> Path:
    """A path of the case with the numbers of its items."""
    steps: list[str | int] = []
    value: Any = case
    for title in source.split("."):
        plain = title.removesuffix(_EVERY)
        steps.append(plain)
        value = value.get(plain) if isinstance(value, Mapping) else None
        if plain != title:
            number = _likest(value or [], holders, subjects)
            steps.append(number)
            value = value[number] if value else None
    return tuple(steps)


def _holders(head: Path, data: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The paper itself and every group or item on the way to the fact."""
    yield data
    value: Any = data
    for step in head:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            return
        if isinstance(value, Mapping):
            yield value


def _likest(items: list[Mapping[str, Any]], holders: list[Mapping[str, Any]], subjects: Collection[str]) -> int:
    """The number of the item that shares most with the paper: the name of a person before all other facts."""
    nearest = [{str(value) for value in holder.values()} for holder in reversed(holders)] + [set(subjects)]
    named = [tuple(_called(item) in names for names in nearest) for item in items]
    best = max(named, default=())
    alike = [number for number, hits in enumerate(named) if hits == best]
    if len(alike) <= 1:  # in a case with many people nearly always: their other facts need not be compared
        return alike[0] if alike else 0
    stated = {(title, str(value)) for holder in holders for title, value in holder.items()}
    return max(alike, key=lambda number: sum((title, str(value)) in stated for title, value in items[number].items()))


def _called(item: Mapping[str, Any]) -> str:
    return str(item.get("姓名", item.get("考察对象姓名", "")))
