"""Officials who have long held one post: since when they have held it (article 42)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from doc_forms.form import Line, Part, PartialDate, PersonName, Sex, YearMonth, YesNo, choice

from ._fact import fact, facts
from .people import AnyLevel, Experience

_MONTHS = 12

RotationReason = Annotated[
    str,
    *choice(
        "交流原因",
        ("工作需要", "锻炼提高领导能力", "在同一职位或单位时间较长", "按规定需要回避", "其他原因"),
    ),
]
"""The five cases of article 42 (1)."""


class LongServing(Part):
    """A division-level official and the posts held, for rotation (article 42)."""

    name: PersonName | None = fact("姓名")
    sex: Sex | None = fact("性别", "", "男")
    born: YearMonth | None = fact("出生年月", "", "1974.08")
    level: AnyLevel | None = fact("层次", "", "正处级")
    career: list[Experience] = facts("任职经历")
    rotated: YesNo | None = fact("已安排轮岗", "", "")
    reason: RotationReason | None = fact("交流原因", "任满十年的可以不填", "在同一职位或单位时间较长")
    new_post: Line | None = fact("拟交流职务", "写全称，含单位", "示例学院档案馆馆长")
    note: Line | None = fact("备注", "暂不轮岗的写明理由")


def present_term(career: Sequence[Experience]) -> int | None:
    """Give the number of the line of the post held now; None where every post has ended."""
    held = [(item.start, number) for number, item in enumerate(career) if item.start and not item.end]
    return max(held)[1] if held else None


def held_since(career: Sequence[Experience], present: int) -> PartialDate | None:
    """Give since when the post of a line has been held: terms of the same wording that follow one another count.

    A stretch of over a month between two of them, told or left out, is an interruption.
    """
    since, before = career[present].start, [item for item in career if item.start]
    earlier = sorted((item for item in before if since and item.start and item.start < since), key=_start, reverse=True)
    for item in earlier:
        if item.post != career[present].post or _interrupted(item.end, since):
            break
        since = item.start
    return since


def _interrupted(end: PartialDate | None, since: PartialDate | None) -> bool:
    if end is None or since is None:
        return False
    if not end.month or not since.month:
        return since.year - end.year > 1
    return (since.year - end.year) * _MONTHS + since.month - end.month > 1


def _start(item: Experience) -> PartialDate:
    return item.start or PartialDate(0)
