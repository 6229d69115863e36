"""The 简历 of the national form, set into its box of 151 by 126 mm: the more lines, the smaller the letters."""

from __future__ import annotations

from collections.abc import Iterator

from doc_forms.form import Line, Part, field

from ._fitting import lines_needed
from ._resume import PREFIX, Resume

WIDTH, HEIGHT = 148.0, 125.0
"""Millimetres within the box's edges."""
SIZES = {
    "14": (14.0, 20.0),
    "12": (12.0, 16.0),
    "11": (11.0, 14.0),
    "10": (10.0, 12.0),
    "9": (9.0, 10.4),
    "8": (8.0, 8.7),
    "8密": (8.0, 7.7),
}
"""Size of letters and pitch of lines in points: 17, 22, 25, 29, 34, 40 and 46 lines fill the box."""
_POINTS = 72 / 25.4
_HANGING = PREFIX / 2  # ems: dates are half as wide as Han characters


class ResumeLine(Part):
    """A line of the 简历 as it is printed: the dates, and what hangs beside them."""

    dates: Line | None = field("起止年月", blank="")
    text: Line = field("经历")


def printed_lines(resume: Resume) -> list[ResumeLine]:
    """Give the lines of a 简历; what belongs to no period of its own hangs under the words above."""
    return [ResumeLine.model_construct(dates=dates, text=" ".join(text.split())) for dates, text in _lines(resume)]


def _lines(resume: Resume) -> Iterator[tuple[str, str]]:
    yield from (("", line) for line in resume.before)
    for entry in resume.entries:
        yield entry.prefix.removesuffix("  "), entry.text
        yield from (("", line) for line in entry.more)


def resume_size(resume: Resume) -> str:
    """Give the name of the largest size at which the 简历 fits its box; empty where none does."""
    texts = [text for _, text in _lines(resume)]
    for name, (size, pitch) in SIZES.items():
        room = WIDTH - _HANGING * size / _POINTS
        if lines_needed(texts, room, size) * pitch <= HEIGHT * _POINTS:
            return name
    return ""
