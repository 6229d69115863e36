"""How the lists of people of a case are ordered, and the strokes that the table of characters lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from doc_forms.form import Line, Part

from .._name_order import OwnStrokes
from ._fact import fact
from .drawing import Data, alike, given

if TYPE_CHECKING:
    from ..case import Case

ORDER = {
    "排序方式": "排序方式",
    "补充笔顺": "补充笔顺",
    "补充笔顺.字": "补充笔顺[].字",
    "补充笔顺.笔顺": "补充笔顺[].笔顺",
}
"""Where a case holds how its lists are ordered."""


class NameStrokes(Part):
    """A character of somebody's name that the table does not hold, with its strokes."""

    character: Line | None = fact("字", "", "张")
    strokes: Line | None = fact("笔顺", "按书写先后：横1、竖2、撇3、点4、折5（提算横，捺算点）", "5153154")


def order_of(case: Case) -> Data:
    """Give how the lists of the case are ordered, as every paper with such a list takes it."""
    rows = [alike(own, OwnStrokes) for own in case.own_strokes]
    return given({"排序方式": case.order, "补充笔顺": rows})
