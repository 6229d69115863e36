"""What the archive papers share: how an item of the archive is numbered, kept and called (DA/T 22-2015, DA/T 13-2022).

An office keeps its settings as `archive.json` beside its cases, keyed by the titles. 档号 follows
`全宗号-档案门类代码·年度-保管期限-机构（问题）代码-件号`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated

from doc_forms.form import Count, Line, Part, Problem, choice, field

Retention = Annotated[str, *choice("保管期限", ("永久", "定期30年", "定期10年"))]
"""The three periods of DA/T 22; papers of appointments and removals are in the permanent list."""

_CODES = {"永久": "Y", "定期30年": "D30", "定期10年": "D10"}
_SHAPES = {
    "fonds": (re.compile(r"[A-Z]?\d{3,4}"), "应为 4 位，如 J001 或 0194"),
    "category": (re.compile(r"[A-Z]{2}"), "应为两个大写字母，如 WS"),
    "unit_code": (re.compile(r"[A-Z0-9]{3}"), "应为 3 位大写字母或数字，如 ZZB"),
}
_YEARS = range(1949, 2101)


class Fonds(Part):
    """The fonds and the group in it that the papers belong to."""

    fonds: Line = field("全宗号", help="档案馆给本单位的编号", example="J001")
    fonds_name: Line = field("全宗名称", example="中共示例学院委员会")
    retention: Retention = field("保管期限", help="干部任免材料列入永久保管", default="永久", example="永久")
    unit: Line = field("机构或问题", help="归档的部门，或本单位分类方案中的问题", default="组织部", example="组织部")

    def problems(self) -> Iterator[Problem]:
        """Codes have the shape that a 档号 is made of."""
        yield from super().problems()
        for name, (shape, message) in _SHAPES.items():
            value = getattr(self, name, None)
            if value and not shape.fullmatch(value):
                yield Problem(name, message)


class ArchiveSettings(Fonds):
    """How this office archives: the settings file. Each help text says why the default is the default."""

    category: Line = field("门类代码", help="文书档案为 WS（DA/T 22-2015）", default="WS")
    unit_code: Line | None = field("机构代码", help="3 位；本单位分类不设这一级的不填", blank="", example="ZZB")
    year: Count | None = field("年度", help="不填的，按每个案件归档的年份", blank="")
    secrecy: Line | None = field("密级", help="印在目录的密级栏；没有定密的不填", blank="")
    sorter: Line | None = field("整理人", help="印在备考表上；不填的留空手签", blank="")
    checker: Line | None = field("检查人", help="印在备考表上；不填的留空手签", blank="")

    def problems(self) -> Iterator[Problem]:
        """The year is one that papers can be of."""
        yield from super().problems()
        if self.year is not None and self.year not in _YEARS:
            yield Problem("year", "应为四位年份，如 2026")

    def prefix(self, year: int) -> str:
        """Give what all numbers of one year begin with: `J001-WS·2026-Y-ZZB`."""
        parts = [f"{self.fonds}-{self.category}·{self.year or year}", _CODES[self.retention]]
        return "-".join([*parts, *([self.unit_code] if self.unit_code else [])])
