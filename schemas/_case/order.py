"""How papers order the people of a case: as the case states it, the same for every list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .._name_order import OwnStrokes
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


def order_of(case: Case) -> Data:
    """Give how the lists of the case are ordered, as every paper with such a list takes it."""
    rows = [alike(own, OwnStrokes) for own in case.own_strokes]
    return given({"排序方式": case.order, "补充笔顺": rows})
