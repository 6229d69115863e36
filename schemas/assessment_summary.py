"""民主测评结果汇总表: the ballots of one person counted; every rate is computed (articles 22, 25)."""

from __future__ import annotations

from collections.abc import Iterator

from doc_forms.form import NO_LINE, About, Day, Form, Line, Problem, Severity, field

from ._assessment import AssessmentResult, Subject


class AssessmentSummary(Form, AssessmentResult, Subject):
    """One sheet for one person: counts and rates of every grade, sheets issued, returned and valid."""

    about = About(title="民主测评结果汇总表", articles=(22, 25), file_name="民主测评结果汇总表_{姓名}")

    assessed: Day = field("测评日期", example="2026年9月10日", prints="chinese")
    scope: Line | None = field(
        "参加范围", help="参加测评的人员范围", example="教务处全体教职工，各学院教学副院长", blank=NO_LINE
    )
    organ: Line | None = field("制表单位", example="中共示例学院委员会组织部", blank=NO_LINE)

    def problems(self) -> Iterator[Problem]:
        """The opinion on the post is counted where there is a proposed post, and only there."""
        yield from super().problems()
        if self.asked_for_post and self.proposed_post is None:
            yield Problem("proposed_post", "填了任职意见的票数，应写明拟任职务")
        if self.proposed_post is not None and not self.asked_for_post:
            message = "有拟任职务而没有任职意见的票数，表中不列此项，请核对"
            yield Problem("agreed", message, Severity.WARNING)
