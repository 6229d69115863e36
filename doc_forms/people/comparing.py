"""Two statements about one person compared fact by fact: what differs, what only one of them says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from doc_forms.form import Part, PartialDate
from doc_forms.form.reading import Path

Values = Mapping[str, Any]
Keys = Mapping[str, tuple[str, ...]]
_LONGEST, _BEFORE = 40, 8
_ISO = re.compile(r"\d{4}-\d{2}(-\d{2})?")


@dataclass(frozen=True)
class Difference:
    """One fact that two statements tell differently. A side that says nothing has None."""

    path: Path
    """Titles and item numbers (from 0) in the first statement; for an item that only the other has, in that one."""
    other: Path
    """The same place in the other statement."""
    ours: Any
    theirs: Any
    hidden: str = ""
    """What is shown instead of the values, where these never are: identity numbers, photos."""

    @property
    def title(self) -> str:
        """The fact as a person would name it: 家庭成员及亲属 第 2 项 出生年月."""
        return " ".join(f"第 {step + 1} 项" if isinstance(step, int) else step for step in self.path)

    def shown(self, value: Any) -> str:
        """Give one of the values as it is shown in a message: of two long texts, the place where they part."""
        if value is None:
            return "（空）"
        start = self._parting
        return self.hidden or ("…" if start else "") + shown(value[start:] if start else value)

    @property
    def _parting(self) -> int:
        """From where two long texts are shown: a little before they part; 0 for all else."""
        if not isinstance(self.ours, str) or not isinstance(self.theirs, str):
            return 0
        if max(len(self.ours), len(self.theirs)) <= _LONGEST:
            return 0
        pairs = enumerate(zip(self.ours, self.theirs, strict=False))
        return max(0, next((at for at, (one, other) in pairs if one != other), 0) - _BEFORE)


def shown_date(text: str) -> str:
    """Give a date as tables print it (1986.04), any other text as it is."""
    return text.replace("-", ".") if _ISO.fullmatch(text) else text


def shown(value: Any) -> str:
    """Give a value as it is shown in a message: on one line, long ones cut."""
    text = "；".join(shown_date(str(inner)) for inner in _leaves(value)).replace("\n", " ")
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def differences(part: type[Part], ours: Values, theirs: Values, keys: Keys) -> Iterator[Difference]:
    """Yield what differs between two statements keyed by title, in the order of the part's fields.

    A fact that neither states is passed over; one that only one of them states is a difference with None. Items of
    lists are matched by `keys` (title of the list -> titles that tell its items apart), by place where these say
    nothing. Values count as they are kept: 1982-04 and 1982.04 are the same month.
    """
    yield from _Comparison(keys).of_part(part, ours, theirs, ((), ()))


class _Comparison:
    """One comparison under way; `at` is where both sides are."""

    def __init__(self, keys: Keys) -> None:
        self._keys = keys

    def of_part(self, part: type[Part], ours: Values, theirs: Values, at: tuple[Path, Path]) -> Iterator[Difference]:
        for spec in part.fields():
            if spec.computed:
                continue
            mine, yours = ours.get(spec.title), theirs.get(spec.title)
            here = (*at[0], spec.title), (*at[1], spec.title)
            if spec.part and spec.shape == "group":
                yield from self.of_part(spec.part, mine or {}, yours or {}, here)
            elif spec.part and spec.shape == "list":
                yield from self._of_list(spec.part, mine or [], yours or [], here)
            elif not _same(mine, yours):
                hidden = "（不显示）" if spec.note.private else "（照片）" if spec.note.picture else ""
                yield Difference(*here, mine, yours, hidden)

    def _of_list(
        self, part: type[Part], ours: list[Any], theirs: list[Any], at: tuple[Path, Path]
    ) -> Iterator[Difference]:
        free = dict(enumerate(theirs))
        for number, item in enumerate(ours):
            match = _match(item, number, free, self._keys.get(str(at[0][-1]), ()))
            if match is None:
                yield Difference((*at[0], number), at[1], item, None)
            else:
                yield from self.of_part(part, item, free.pop(match), ((*at[0], number), (*at[1], match)))
        for number, item in free.items():
            yield Difference((*at[1], number), (*at[1], number), None, item)


def _match(item: Values, number: int, free: Mapping[int, Values], keys: tuple[str, ...]) -> int | None:
    """The item of the other list that is about the same: by its keys, else by its place."""
    mine = [item.get(key) for key in keys]
    if any(mine):
        return next((n for n, their in free.items() if all(map(_same, mine, [their.get(key) for key in keys]))), None)
    return number if number in free else None


def _same(one: Any, other: Any) -> bool:
    if one in (None, "", [], {}) and other in (None, "", [], {}):
        return True
    return bool(one == other or (isinstance(one, str) and isinstance(other, str) and _date(one) == _date(other)))


def _date(text: str) -> object:
    """The date that a text states, so that 1982-04 and 1982.04 are the same; else the text without spaces."""
    try:
        return PartialDate.parse(text)
    except ValueError:
        return "".join(text.split())


def _leaves(value: Any) -> Iterator[Any]:
    if isinstance(value, Mapping):
        for inner in value.values():
            yield from _leaves(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _leaves(inner)
    else:
        yield value
