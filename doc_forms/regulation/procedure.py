"""The steps of a procedure and its deadlines. Knows no particular procedure and no particular case."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from doc_forms.form import PartialDate
from doc_forms.form.reading import Path
from doc_forms.regulation.findings import article_text

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class State(StrEnum):
    """How far a step is."""

    NOT_BEGUN = "not-begun"
    UNDER_WAY = "under-way"
    DONE = "done"
    TO_MEND = "to-mend"

    @property
    def shape(self) -> str:
        """The state as a shape, so that it can be told without colours."""
        return {"not-begun": "○", "under-way": "◐", "done": "●", "to-mend": "▲"}[self.value]

    @property
    def chinese(self) -> str:
        """The state in words."""
        return {"not-begun": "未开始", "under-way": "进行中", "done": "已完成", "to-mend": "需处理"}[self.value]


def always(_case: Any) -> bool:
    """Say that a step belongs to every case."""
    return True


@dataclass(frozen=True)
class Step:
    """One step of a procedure, in the order in which a clerk works."""

    title: str
    articles: tuple[int, ...]
    facts: tuple[str, ...] = ()
    """Paths of the facts that complete the step: `任前公示.公示截止日期`; `考察对象[].姓名` asks it of every item."""
    kinds: tuple[str, ...] = ()
    """Stems of the kinds of paper that the step needs, in their order."""
    applies: Callable[[Any], bool] = always

    def missing(self, case: Mapping[str, Any], as_of: PartialDate) -> tuple[list[Path], int]:
        """Give the facts that are not there yet on a day, and how many are.

        case: its data keyed by titles. A day that lies in the future is planned: not there yet.
        """
        found = [item for fact in self.facts for item in _look(case, tuple(fact.split(".")), ())]
        lacking = [path for path, value in found if _is_absent(value, as_of)]
        return lacking, len(found) - len(lacking)


@dataclass(frozen=True)
class Deadline:
    """A day by which (or from which) something may or must be done."""

    title: str
    article: int
    day: PartialDate | None
    """None where it cannot be told; `facts` says why."""
    facts: str
    subject: str = ""
    met: bool = False
    """Whether what the deadline waits for is done."""
    opens: bool = False
    """Whether the day opens a possibility instead of ending one."""

    def days_left(self, as_of: PartialDate) -> int | None:
        """Give the calendar days from a day to this one; negative where it has passed."""
        return (self.day.date - as_of.date).days if self.day else None

    def standing(self, as_of: PartialDate) -> str:
        """Say where the deadline stands on a day, in words."""
        days = self.days_left(as_of)
        if self.met:
            return "已办"
        if days is None:
            return "尚不能判断"
        if self.opens:
            return f"还有 {days} 天" if days > 0 else "现在可以办理"
        if days < 0:
            return f"已过 {-days} 天"
        return f"还有 {days} 天" if days else "今天到期"

    def line(self, as_of: PartialDate) -> str:
        """Give the line that a clerk reads."""
        who = f"【{self.subject}】" if self.subject else ""
        when = f"{self.day.chinese}，" if self.day else ""
        return f"{who}{self.title}：{when}{self.standing(as_of)}（{article_text(self.article)}：{self.facts}）"

    def to_json(self, as_of: PartialDate) -> dict[str, Any]:
        """The same as data, for `--json`."""
        return {
            "title": self.title,
            "subject": self.subject,
            "article": self.article,
            "day": self.day.iso if self.day else None,
            "days_left": self.days_left(as_of),
            "met": self.met,
            "opens": self.opens,
            "facts": self.facts,
        }


def _look(holder: Any, steps: tuple[str, ...], path: Path) -> Iterator[tuple[Path, Any]]:
    """Every value at a path; a list that is empty or absent counts as one absent value."""
    if not steps:
        yield path, holder
        return
    title = steps[0].removesuffix("[]")
    inner = holder.get(title) if isinstance(holder, Mapping) else None
    if steps[0] == title:
        yield from _look(inner, steps[1:], (*path, title))
    elif not inner:
        yield (*path, title), None
    else:
        for number, item in enumerate(inner):
            yield from _look(item, steps[1:], (*path, title, number))


def _is_absent(value: Any, as_of: PartialDate) -> bool:
    if value in (None, "", [], {}):
        return True
    return isinstance(value, str) and bool(_DAY.fullmatch(value)) and value > as_of.iso
