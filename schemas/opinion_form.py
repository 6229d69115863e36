"""征求意见表: handed to those who are interviewed, filled by hand (articles 21, 22)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from doc_forms.form import About, Day, Form, field

from ._assessment import BY_HAND, HandedOut, Subject
from ._case.drawing import SUBJECT, Data, department, given, subject_of

if TYPE_CHECKING:
    from .case import Case


class OpinionForm(Form, HandedOut, Subject):
    """What colleagues think of one person, in their own words, and whether they agree to the post."""

    about = About(
        title="征求意见表",
        articles=(21, 22),
        file_name="征求意见表_{姓名}",
        gates=(),  # handed out during the inspection: what comes of it cannot refuse the sheet
        subjects=("姓名",),
    )

    asked: Day | None = field(
        "填表日期",
        help="不填则留空，由填表人手写",
        example="2026年9月10日",
        blank=BY_HAND,
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
