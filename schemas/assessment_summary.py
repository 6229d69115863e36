"""民主测评结果汇总表: the ballots of one person counted; every rate is computed (articles 22, 25)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from doc_forms.form import NO_LINE, About, Day, Form, Line, Problem, Severity, field

from ._assessment import AssessmentResult, Subject
from ._case.drawing import GRADES, SUBJECT, Data, alike, department, given, grade_counts, subject_of

if TYPE_CHECKING:
    from .case import Case


class AssessmentSummary(Form, AssessmentResult, Subject):
    """One sheet for one person: counts and rates of every grade, sheets issued, returned and valid."""

    about = About(
        title="民主测评结果汇总表",
        articles=(22, 25),
        file_name="民主测评结果汇总表_{姓名}",
        gates=(22,),  # 25 looks at the report
        subjects=("姓名",),
    )

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

    @classmethod
    def from_case(cls, case: Case) -> Iterator[Data]:
        """One tally for each person under inspection."""
        for person in case.candidates:
            _, found = case.inspection_of(person.name) or (0, None)
            tally = found.assessment if found else None
            own: Data = {"制表单位": department(case)}
            if tally:
                own |= {"测评结果": [grade_counts(row) for row in tally.rows], "同意任职票数": tally.agree}
                own |= {"不同意任职票数": tally.disagree, "任职意见弃权票数": tally.unsure}
            yield {**alike(tally, cls), **subject_of(case, person), **given(own)}

    @classmethod
    def sources(cls, data: Data) -> dict[str, str]:
        """Where the case holds what the paper prints."""
        del data
        place = "考察.考察情况[].民主测评"
        rows = {f"测评结果.{paper}": f"{place}.各项票数[].{own}" for paper, own in GRADES.items()}
        opinions = {"同意任职票数": f"{place}.同意票数", "不同意任职票数": f"{place}.不同意票数"}
        return {"": place, **SUBJECT, "测评结果": f"{place}.各项票数", **rows, **opinions}
