"""备考表: how things stand with the papers in a box, who put them in order and who checked (articles 25, 27).

The five items are those of DA/T 22-2015.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from doc_forms.form import About, Day, Form, Line, Problem, Text, field

from ._prose import paragraphs_of

_BY_HAND = "\u3000\u3000\u3000年\u3000\u3000月\u3000\u3000日"


class ArchiveNote(Form):
    """The note that is laid last into the box."""

    about = About(
        title="备考表",
        articles=(25, 27),
        file_name="备考表_{案卷题名}",
        roster=False,  # made with the package that it speaks of
        gates=(),
    )

    box: Line = field("案卷题名", example="林示例同志考察文书档案")
    number: Line | None = field("档号", help="起止档号", blank="", example="J001-WS·2026-Y-ZZB-0001至0028")
    state: Text = field(
        "盒内文件情况说明",
        help="缺损、修改、补充、移出、销毁等情况；一行一段",
        example="盒内文件 28 件，应归档材料齐全。",
        printed=False,
    )
    sorter: Line | None = field("整理人", help="不填则留空手签", blank="", example="吴试行")
    sorted_on: Day | None = field("整理日期", blank=_BY_HAND, prints="chinese", example="2026年10月30日")
    checker: Line | None = field("检查人", help="不填则留空手签", blank="", example="王秉文")
    checked_on: Day | None = field("检查日期", blank=_BY_HAND, prints="chinese", example="2026年11月2日")

    state_paragraphs: ClassVar = paragraphs_of("state", "情况说明各段")

    def problems(self) -> Iterator[Problem]:
        """Nothing is checked before it is put in order."""
        if self.sorted_on and self.checked_on and self.checked_on < self.sorted_on:
            yield Problem("checked_on", "早于整理日期，请核对")
