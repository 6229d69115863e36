"""征求意见表: handed to those who are interviewed, filled by hand (articles 21, 22)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from doc_forms.form import NO_LINE, About, Day, Form, Line, field

from ._assessment import Subject
from ._case.drawing import SUBJECT, Data, department, given, subject_of

if TYPE_CHECKING:
    from .case import Case


class OpinionForm(Form, Subject):
    """What colleagues think of one person, in their own words, and whether they agree to the post."""

    about = About(
        title="征求意见表",
        articles=(21, 22),
        file_name="征求意见表_{姓名}",
        gates=(),  # handed out during the inspection: what comes of it cannot refuse the sheet
        subjects=("姓名",),
    )

    respondent_types: list[Line] = field(
        "填表人类别",
        help="印成方框供填表人勾选，每类一项；不分类时不填",
        example="科级干部",
        at_least=0,
        at_most=8,
    )
    organ: Line | None = field("制表单位", help="印在表的左下角", example="中共示例学院委员会组织部", blank=NO_LINE)
    asked: Day | None = field(
        "填表日期",
        help="不填则留空，由填表人手写",
        example="2026年9月10日",
        blank="\u3000\u3000\u3000年\u3000\u3000月\u3000\u3000日",
        prints="chinese",
    )

    @classmethod
    def from_case(cls, case: Case) -> Iterator[Data]:
        """One sheet for each person under inspection; the day is written by hand."""
        types = case.inspection.voter_types if case.inspection else None
        for person in case.candidates:
            yield {**subject_of(case, person), **given({"填表人类别": types, "制表单位": department(case)})}

    @classmethod
    def sources(cls, data: Data) -> dict[str, str]:
        """Where the case holds what the paper prints."""
        del data
        return SUBJECT
