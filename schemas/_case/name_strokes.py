"""The strokes of characters that the table of characters lacks, as the office states them for a case."""

from __future__ import annotations

from doc_forms.form import Line, Part

from ._fact import fact


class NameStrokes(Part):
    """A character of somebody's name, with its strokes."""

    character: Line | None = fact("字", "", "张")
    strokes: Line | None = fact("笔顺", "按书写先后：横1、竖2、撇3、点4、折5（提算横，捺算点）", "5153154")
