"""民主测评表: handed to those who are interviewed, filled by hand without a name (articles 20, 22)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from doc_forms.form import About, Day, Form, field

from ._assessment import BY_HAND, Graded, HandedOut, Subject
from ._case.drawing import SUBJECT, Data, department, given, subject_of

if TYPE_CHECKING:
    from .case import Case


class AssessmentBallot(Form, Graded, HandedOut, Subject):
    """One sheet for one person: 德能勤绩廉 and the overall judgement, each in one of four grades."""

    about = About(
        title="民主测评表",
        articles=(20, 22),
        file_name="民主测评表_{姓名}",
        gates=(),  # handed out during the inspection: what comes of it cannot refuse the sheet
        subjects=("姓名",),
    )

    assessed: Day | None = field(
        "测评日期",
        help="不填则留空，由填表人手写",
        example="2026年9月10日",
        blank=BY_HAND,
        prints="chinese",
    )

    @classmethod
    def from_case(cls, case: Case) -> Iterator[Data]:
        """One sheet for each person under inspection."""
        for person in case.candidates:
            _, found = case.inspection_of(person.name) or (0, None)
            tally = found.assessment if found else None
            own = {
                "测评等次": tally.scale if tally else None,
                "测评日期": tally.date if tally else None,
                "填表人类别": case.inspection.voter_types if case.inspection else None,
                "制表单位": department(case),
            }
            yield {**subject_of(case, person), **given(own)}

    @classmethod
    def sources(cls, data: Data) -> dict[str, str]:
        """Where the case holds what the paper prints."""
        del data
        return {**SUBJECT, "测评等次": "考察.考察情况[].民主测评.测评等次"}
