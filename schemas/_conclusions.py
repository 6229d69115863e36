"""The four conclusions of article 25, item 4: each a result, with its date and the organ that stands for it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar

from doc_forms.form import Day, Line, Part, Problem, Severity, Text, choice, field

from ._prose import paragraphs_of

NOT_VERIFIED = "已填报未核实"
"""Matters reported but not verified: allowed for section-level posts only (article 24)."""


class Conclusion(Part):
    """One conclusion. A result that is not plain needs an explanation; an open one is asked about."""

    PLAIN: ClassVar[tuple[str, ...]] = ()
    """The results that need no explanation."""
    OPEN: ClassVar[tuple[str, ...]] = ()
    """The results that say that something is still being looked into."""

    result: Line = field("结果")
    date: Day = field("日期", help="作出结论的日期", example="2026年10月12日", prints="chinese")
    organ: Line = field("机关", help="作出结论的机关或部门", example="党委组织部")
    explanation: Text | None = field("说明", help="具体情况；结果不属正常的必填", blank="", printed=False)

    explanation_paragraphs: ClassVar = paragraphs_of("explanation", "说明各段")

    def problems(self) -> Iterator[Problem]:
        """A result that is not plain is explained; one still open is a warning (article 22, item 7)."""
        yield from super().problems()
        if self.result not in self.PLAIN and not self.explanation:
            yield Problem("explanation", f"结果为“{self.result}”，请写明具体情况")
        if self.result in self.OPEN:
            message = f"“{self.result}”：尚未查清，应如实报告，不宜下结论（第二十二条）"
            yield Problem("result", message, Severity.WARNING)


class PersonnelFileAudit(Conclusion):
    """审核干部人事档案."""

    PLAIN = ("未发现问题",)
    OPEN = ("有疑点正在调查",)

    result: Annotated[str, *choice("档案审核结果", ("未发现问题", "有疑点已认定", "有疑点正在调查"))] = field(
        "结果", example="未发现问题"
    )


class MattersCheck(Conclusion):
    """查核个人有关事项报告."""

    PLAIN = ("如实填报", NOT_VERIFIED)

    result: Annotated[str, *choice("个人有关事项查核结果", ("如实填报", "漏报", "瞒报", NOT_VERIFIED))] = field(
        "结果", help="科级职务未作核实的选“已填报未核实”（第二十四条）", example="如实填报"
    )


class DisciplineOpinion(Conclusion):
    """听取纪检监察机关意见."""

    PLAIN = ("未发现问题",)
    OPEN = ("有反映正在核实",)

    result: Annotated[str, *choice("纪检监察意见", ("未发现问题", "有反映正在核实", "处分影响期内", "其他"))] = field(
        "结果", example="未发现问题"
    )


class PetitionCheck(Conclusion):
    """查核信访举报."""

    PLAIN = ("未收到信访举报",)
    OPEN = ("正在查核",)

    result: Annotated[
        str,
        *choice("信访举报查核结果", ("未收到信访举报", "经查核不属实", "经查核部分属实", "经查核属实", "正在查核")),
    ] = field("结果", example="未收到信访举报")
