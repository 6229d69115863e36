"""People in the order of the strokes of their names, by either of the two official ways, or as they were entered.

By surname (姓氏笔画): the surnames are compared first, then the given names, and a single given name comes before a
double one. By the whole name (姓名笔画): the characters are compared one after another. Either way a character with
fewer strokes comes first; with as many, the stroke that differs first decides (横, 竖, 撇, 点, 折). Of a compound
surname the first character is looked at first.
"""

from __future__ import annotations

import re
from abc import abstractmethod
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Annotated, TypeVar

from doc_forms.form import Line, Part, Problem, Severity, choice, computed, field

from ._strokes import STROKES

P = TypeVar("P")
Key = tuple[str, ...]
"""The characters of a name; "" is the place that a single given name leaves blank."""

BY_SURNAME, BY_NAME, AS_ENTERED = "姓氏笔画", "姓名笔画", "按所填先后"
NameOrder = Annotated[str, *choice("排序方式", (BY_SURNAME, BY_NAME, AS_ENTERED))]

_COMPOUND = frozenset(
    "欧阳 司马 上官 诸葛 夏侯 皇甫 尉迟 公孙 慕容 令狐 宇文 长孙 司徒 司空 东方 独孤 南宫 西门 轩辕 百里 "
    "端木 呼延 申屠 澹台 太史 闻人 公冶 钟离 完颜 拓跋 鲜于 闾丘 东郭 万俟 淳于 单于 濮阳 太叔 宗政 公羊 "
    "赫连 仲孙 亓官 司寇 子车 颛孙 巫马 公西 漆雕 乐正 壤驷 公良 夹谷 宰父 谷梁 段干 梁丘 左丘 东门 南门 "
    "第五".split()
)
_ASIDE = re.compile(r"[·\s]|（.*?）|\(.*?\)")
_SHAPE = re.compile("[1-5]{1,64}")


class OwnStrokes(Part):
    """A character that the table does not hold, with its strokes."""

    character: Line = field("字", example="张")
    strokes: Line = field("笔顺", help="按书写先后：横1、竖2、撇3、点4、折5（提算横，捺算点）", example="5153154")

    def problems(self) -> Iterator[Problem]:
        """One character, and digits from 1 to 5."""
        if len(self.character) != 1:
            yield Problem("character", "每行只写一个字")
        if not _SHAPE.fullmatch(self.strokes):
            yield Problem("strokes", "只写数字 1 至 5，如 张 写 5153154")


class NameOrdered(Part):
    """What steers the order of a paper's people: the way, and strokes that the table lacks."""

    order: NameOrder = field("排序方式", help="名单怎样排列，印在名单之后", default=BY_SURNAME, printed=False)
    own_strokes: list[OwnStrokes] = field(
        "补充笔顺", help="笔画表中没有的字，逐字写明；程序提示时才需要填写", at_least=0, printed=False
    )

    @computed("排序说明")
    def order_said(self) -> str:
        """Which order is used, as it stands under the list; empty where there is none to state."""
        if self.order == AS_ENTERED or len(self.ordered_names()) <= 1:
            return ""
        return f"按{self.order}为序"

    @abstractmethod
    def ordered_names(self) -> list[str]:
        """Give the names of the people that are put in order, as they were entered; each kind has them elsewhere."""

    def in_order(self, people: Sequence[P], name_of: Callable[[P], str]) -> list[P]:
        """Give the people in the order that is asked for."""
        if self.order == AS_ENTERED:
            return list(people)
        known, first = self._known(), _first_seen(self._keys())
        return sorted(people, key=lambda one: _weight(key_of(name_of(one), self.order), known, first))

    def order_problems(self, people: str) -> Iterator[Problem]:
        """Ask for the strokes of unknown characters; say where strokes decide nothing.

        people: English name of the field that holds them.
        """
        if self.order == AS_ENTERED:
            return
        known, keys = self._known(), self._keys()
        unknown = unknown_in(keys, known)
        for character in unknown:
            message = (
                f"“{character}”不在笔画表中，无法排序：请在“补充笔顺”中写明它的笔顺（横1、竖2、撇3、点4、折5），"
                f"或把“排序方式”改为“{AS_ENTERED}”"
            )
            yield Problem(people, message)
        if not unknown:
            yield from _undecided(people, keys, known)

    def _keys(self) -> list[Key]:
        return [key_of(name, self.order) for name in self.ordered_names()]

    def _known(self) -> Mapping[str, str]:
        return {**STROKES, **{own.character: own.strokes for own in self.own_strokes}, "": ""}


def key_of(name: str, way: str) -> Key:
    """Give the characters of a name as a way of ordering compares them."""
    characters = _ASIDE.sub("", name)
    surname = 2 if characters[:2] in _COMPOUND else 1
    if way == BY_SURNAME and len(characters) == surname + 1:
        return (*characters[:surname], "", *characters[surname:])
    return tuple(characters)


def unknown_in(keys: Collection[Key], known: Collection[str]) -> list[str]:
    """Give the characters whose strokes the order depends on and that are not known, each once."""
    return list(dict.fromkeys(_unknown(set(keys), 0, known)))


def _unknown(keys: Collection[Key], place: int, known: Collection[str]) -> Iterator[str]:
    """Only what differs is asked for: two people of one surname are told apart by the next character."""
    if len(keys) <= 1:
        return
    groups: dict[str, set[Key]] = {}
    for key in sorted(keys):
        groups.setdefault(key[place] if place < len(key) else "", set()).add(key)
    characters = [character for character in groups if character]  # a place left blank comes before any character
    if len(characters) > 1:
        yield from (character for character in characters if character not in known)
    for group in groups.values():
        yield from _unknown({key for key in group if place < len(key)}, place + 1, known)


def _first_seen(keys: Collection[Key]) -> dict[str, int]:
    """Number the characters as they were entered."""
    return {character: place for place, character in enumerate(dict.fromkeys(sign for key in keys for sign in key))}


def _weight(key: Key, known: Mapping[str, str], first: Mapping[str, int]) -> list[tuple[int, str, int]]:
    """What a name is compared by. A character that is not known is the same in all names that it is compared with."""
    strokes = ((character, known.get(character, "")) for character in key)
    return [(len(found) if character else -1, found, first[character]) for character, found in strokes]


def _undecided(people: str, keys: Collection[Key], known: Mapping[str, str]) -> Iterator[Problem]:
    """Characters that strokes do not tell apart stay as they were entered, and that is said."""
    seen = _first_seen(keys)
    for names in pairwise(sorted(set(keys), key=lambda key: _weight(key, known, seen))):
        one, other = next(((one, other) for one, other in zip(*names, strict=False) if one != other), ("", ""))
        if one and known[one] == known.get(other):
            message = f"“{one}”与“{other}”笔画数和笔顺都相同，按所填先后排列，请核对先后"
            yield Problem(people, message, Severity.WARNING)
