"""Posts and their levels (articles 2, 4 and 6)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from doc_forms.form import Count, Line, Part, Problem, choice, field

PostLevel = Annotated[str, *choice("职务层次", ("正处级", "副处级", "正科级", "副科级"))]
"""The four levels that the regulation covers (article 4)."""


class Post(Part):
    """A post to be filled: its name and its level."""

    name: Line = field("职位名称", help="写全称，含单位", example="计算机科学与工程学院副院长")
    level: PostLevel = field("职务层次", example="副处级")


class Vacancy(Post):
    """A post that recommendations are asked for, and how many people it wants."""

    seats: Count = field("职数", help="需推荐的人数", example="1")

    def problems(self) -> Iterator[Problem]:
        """At least one person is wanted."""
        yield from super().problems()
        if not self.seats:
            yield Problem("seats", "职数至少为 1")
