"""Text fitted to a box of fixed size, as the national form has them: the largest size of letters at which it fits.

A size of letters is a paragraph style of the template (格14 … 格8, 简历14 … 简历8密), chosen there by a condition on
the size computed here. Han characters are one em wide, others half.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from doc_forms.form import Part, Problem, computed

_POINTS = 72 / 25.4  # in a millimetre
_EDGE = 0.85  # millimetres on each side of a cell
_WIDE = 12  # characters of a line that hardly any text fills to its last one
_CARRIED = "·，。、；：）》〉”’！？"  # never begin a line: the character before goes with them
_LAST = 1.0  # points of the empty paragraph that ends a cell
_FEW = 2.5  # ems: so little is not left to a line of its own where smaller letters avoid it
_NARROW_LEAST, _WIDE_LEAST = 9.0, 10.0  # points: the smallest letters for that
_JOINTS = re.compile(r"(?<=[0-9A-Za-z])(?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff])(?=[0-9A-Za-z])")
_JOINT = 0.25  # ems that word processors leave between Han characters and digits or Latin letters
_SMALLEST_NAME = 9.0  # points: a name that needs smaller letters is broken
CELL_SIZES = {"14": (14.0, 16.5), "12": (12.0, 14.0), "10": (10.0, 11.0), "9": (9.0, 10.0), "8": (8.0, 8.0)}
"""Size of letters and pitch of lines in points, by the name of the size."""


@lru_cache(maxsize=4096)
def ems(text: str) -> float:
    """Give the width of a text in ems."""
    signs = sum(1.0 if unicodedata.east_asian_width(sign) in "WFA" else 0.5 for sign in text)
    return signs + _JOINT * len(_JOINTS.findall(text))


def lines_needed(texts: Iterable[str], width: float, size: float) -> int:
    """Count the lines that paragraphs take; width in millimetres, size in points."""
    whole = width * _POINTS / size
    return sum(_lines_of(text, whole) for text in texts)


def _room(text: str, whole: float) -> int:
    """Count the characters of a line, one less where some sign may have to be carried over."""
    return max(1, math.floor(whole) - (whole > _WIDE or any(sign in _CARRIED for sign in text)))


def _lines_of(text: str, whole: float) -> int:
    return max(1, math.ceil(ems(text) / _room(text, whole)))


def fitted(text: str, width: float, height: float) -> str:
    """Give the name of the size at which a text is set into a cell (millimetres); empty where none fits.

    It is the largest that fits and leaves no paragraph a last line of two characters; the largest that fits, where
    all do. A name that was broken at its dot is set as small as that takes.
    """
    paragraphs = text.split("\n")
    largest = ""
    for name, (size, pitch) in CELL_SIZES.items():
        whole = (width - 2 * _EDGE) * _POINTS / size
        if sum(_cell_lines(each, whole) for each in paragraphs) * pitch + _LAST > height * _POINTS:
            continue
        largest = largest or name
        if size < (_WIDE_LEAST if whole > _WIDE else _NARROW_LEAST) and "·\n" not in text:
            break
        if not any(_ends_short(each, whole) for each in paragraphs):
            return name
    return largest


def _cell_lines(text: str, whole: float) -> int:
    """Count the lines of one paragraph of a cell; a single one may be filled to its last character."""
    return 1 if ems(text) <= whole else _lines_of(text, whole)


def _ends_short(text: str, whole: float) -> bool:
    return _cell_lines(text, whole) > 1 and 0 < ems(text) % _room(text, whole) <= _FEW


def broken_name(name: str, width: float) -> str:
    """Give a name with a break after the middle one of its dots, where it does not fit on one line (millimetres)."""
    dots = [place + 1 for place, sign in enumerate(name) if sign == "·"]
    if not dots or ems(name) <= (width - 2 * _EDGE) * _POINTS / _SMALLEST_NAME:
        return name
    middle = min(dots, key=lambda place: abs(2 * place - len(name)))
    return f"{name[:middle]}\n{name[middle:]}"


def kept_lines(text: str, words: Iterable[str], width: float) -> str:
    """Set a text on lines of `width` ems that part none of `words` (names of people, of posts), no number and no date.

    What stands between spaces is kept whole, too. What no line holds is parted wherever the line is full.
    """
    units = _units_of(word for word in words if word and ems(word) <= width)
    lines = [""]
    for phrase in text.split():
        for number, unit in enumerate([phrase] if ems(phrase) <= width else units.findall(phrase)):
            longer = f"{lines[-1]} {unit}" if number == 0 and lines[-1] else lines[-1] + unit
            if ems(longer) <= width:
                lines[-1] = longer
            else:
                lines.append(unit)
    return "\n".join(filter(None, lines))


def _units_of(words: Iterable[str]) -> re.Pattern[str]:
    """What a line end does not part: a word, a date, a number, else one sign, with the marks that go with it."""
    named = "".join(f"{re.escape(word)}|" for word in sorted(words, key=len, reverse=True))
    return re.compile(
        rf"[（《〔［“]*(?:{named}\d{{4}}年(?:\d+月(?:\d+日)?)?|[0-9A-Za-z./-]+|.)[）》〕］”，。、；：！？·]*"
    )


class Fitted(computed[str]):
    """A computed field: the size at which the text of another field fits its cell (millimetres).

    Where that other field is computed itself, `typed` names the field in which the clerk mends it.
    """

    def __init__(self, of: str, title: str, width: float, height: float, *, typed: str | None = None) -> None:
        super().__init__(f"{title}字号", printed=False)
        self.of, self.width, self.height = of, width, height
        self.typed = typed or of
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
            yield Problem(box.typed, "太长，表格里用最小的字也放不下，请精简")
