"""归档文件目录: what a box of the archive holds, an item a row (articles 25 and 27; DA/T 22-2015)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from doc_forms.form import NO_LINE, About, Count, Form, Line, Part, Problem, computed, field

from ._archive import Fonds
from ._fitting import kept_lines

_DIGEST = re.compile(r"[0-9a-f]{64}")
_DAY = re.compile(r"\d{4}(?:\d{2}(?:\d{2})?)?")
_SHOWN = 8
SUBJECT_WIDTH = 16.0
"""Ems of 五号 that a line of the template's column 题名 holds."""


class CatalogueRow(Part):
    """One item; a required item that is not there has neither a serial nor a number, and its 备注 says so."""

    serial: Count | None = field("序号", blank="", example="1")
    number: Line | None = field("档号", blank="", example="J001-WS·2026-Y-ZZB-0001")
    document_number: Line | None = field("文号", blank="", example="示院委〔2026〕28号")
    author: Line | None = field("责任者", blank="", example="中共示例学院委员会组织部")
    subject: Line = field("题名", help="自拟的题名加［］", example="林示例同志考察材料", printed=False)
    whole: list[Line] = field("整词", help="题名中换行时不拆开的词：人名、岗位", at_least=0, printed=False)
    dated: Line | None = field("日期", help="8 位数字", blank="", example="20260917")
    secrecy: Line | None = field("密级", blank="")
    pages: Count | None = field("页数", blank="", example="4")
    note: Line | None = field("备注", blank="")

    def problems(self) -> Iterator[Problem]:
        """A date is written in digits (DA/T 22-2015)."""
        if self.dated and not _DAY.fullmatch(self.dated):
            yield Problem("dated", "应为 8 位数字，如 20260917；只知道年月的写 202609")

    @computed("题名各行")
    def lines(self) -> str:
        """The 题名 on as many lines as the column needs, no name broken over two of them."""
        return kept_lines(self.subject, self.whole, SUBJECT_WIDTH)

    @property
    def kept(self) -> bool:
        """Whether the item is in the box."""
        return self.serial is not None


class ArchiveCatalogue(Form, Fonds):
    """The catalogue of one archive package, with the check value of everything that it lists."""

    about = About(
        title="归档文件目录",
        articles=(25, 27),
        file_name="归档文件目录_{案卷题名}",
        roster=False,  # a catalogue is made from what lies in the package, never from a row
        gates=(),
    )

    box: Line = field("案卷题名", example="林示例同志考察文书档案")
    year: Count = field("年度", example="2026")
    rows: list[CatalogueRow] = field("归档文件")
    digest: Line | None = field(
        "校验值", help="所列文件校验清单的 SHA-256 值，由程序计算", blank=NO_LINE, example="0" * 64
    )

    def problems(self) -> Iterator[Problem]:
        """Serials run without a gap, no number is given twice, and the check value is one."""
        yield from super().problems()
        kept = [row for row in self.rows if row.kept]
        if [row.serial for row in kept] != list(range(1, len(kept) + 1)):
            yield Problem("rows", "序号应从 1 起连续，不在盒内的材料不编序号")
        numbers = [row.number for row in kept if row.number]
        twice = sorted({number for number in numbers if numbers.count(number) > 1})
        if twice:
            yield Problem("rows", f"档号重复：{'、'.join(twice[:_SHOWN])}")
        if self.digest and not _DIGEST.fullmatch(self.digest):
            yield Problem("digest", "应为 64 位十六进制数（小写），由程序计算，不必填写")
