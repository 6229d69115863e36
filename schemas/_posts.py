"""Posts and their levels (articles 2, 4 and 6)."""

from __future__ import annotations

from typing import Annotated

from doc_forms.form import Line, Part, choice, field

PostLevel = Annotated[str, *choice("职务层次", ("正处级", "副处级", "正科级", "副科级"))]
"""The four levels that the regulation covers (article 4)."""


class Post(Part):
    """A post to be filled: its name, its level and how many are wanted."""

    name: Line = field("职位名称", help="写全称，含单位", example="计算机科学与工程学院副院长")
    level: PostLevel = field("职务层次", example="副处级")
