"""Text fitted to a box of fixed size, as the national form has them: the largest size of letters at which it fits.

A size of letters is a paragraph style of the template (格14 … 格8, 简历14 … 简历8密), chosen there by a condition on
the size computed here. Han characters are one em wide, others half.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from doc_forms.form import Part, Problem, computed

_POINTS = 72 / 25.4  # in a millimetre
_EDGE = 1.0  # millimetres on each side of a cell
_WIDE = 12  # characters of a line that hardly any text fills to its last one
_CARRIED = "·，。、；：）》〉”’！？"  # never begin a line: the character before goes with them
_LAST = 1.0  # points of the empty paragraph that ends a cell
CELL_SIZES = {"14": (14.0, 16.5), "12": (12.0, 14.0), "10": (10.0, 11.0), "9": (9.0, 10.0), "8": (8.0, 8.0)}
"""Size of letters and pitch of lines in points, by the name of the size."""


@lru_cache(maxsize=4096)
def ems(text: str) -> float:
    """Give the width of a text in ems."""
    return sum(1.0 if unicodedata.east_asian_width(sign) in "WFA" else 0.5 for sign in text)


def lines_needed(texts: Iterable[str], width: float, size: float) -> int:
    """Count the lines that paragraphs take; width in millimetres, size in points."""
    whole = width * _POINTS / size
    return sum(_lines_of(text, whole) for text in texts)


def _lines_of(text: str, whole: float) -> int:
    """Count the lines of one paragraph, with a character less a line where some sign may have to be carried over."""
    room = max(1, math.floor(whole) - (whole > _WIDE or any(sign in _CARRIED for sign in text)))
    return max(1, math.ceil(ems(text) / room))


def fitted(text: str, width: float, height: float) -> str:
    """Give the name of the largest size at which a text fits a cell (millimetres); empty where none does."""
    paragraphs = text.split("\n")
    inner = width - 2 * _EDGE
    for name, (size, pitch) in CELL_SIZES.items():
        whole = inner * _POINTS / size  # one line may be filled to its last character
        lines = 1 if len(paragraphs) == 1 and ems(text) <= whole else lines_needed(paragraphs, inner, size)
        if lines * pitch + _LAST <= height * _POINTS:
            return name
    return ""


class Fitted(computed[str]):
    """A computed field: the size at which the text of another field fits its cell (millimetres)."""

    def __init__(self, of: str, title: str, width: float, height: float) -> None:
        super().__init__(f"{title}字号", printed=False)
        self.of, self.width, self.height = of, width, height
        self.function = self._choose

    def _choose(self, part: Part) -> str:
        return self.size(part) or list(CELL_SIZES)[-1]

    def size(self, part: Part) -> str:
        """Give the name of the size; empty where the text does not fit."""
        return fitted(getattr(part, self.of) or "", self.width, self.height)


def overfull(part: Part) -> Iterator[Problem]:
    """Refuse what does not fit its cell at the smallest size."""
    for box in vars(type(part)).values():
        if isinstance(box, Fitted) and not box.size(part):
            yield Problem(box.of, "太长，表格里用最小的字也放不下，请精简")
