"""民主测评表: handed to those who are interviewed, filled by hand without a name (articles 20, 22)."""

from __future__ import annotations

from doc_forms.form import NO_LINE, About, Day, Form, Line, field

from ._assessment import Graded, Subject


class AssessmentBallot(Form, Graded, Subject):
    """One sheet for one person: 德能勤绩廉 and the overall judgement, each in one of four grades."""

    about = About(title="民主测评表", articles=(20, 22), file_name="民主测评表_{姓名}")

    voter_types: list[Line] = field(
        "填表人类别",
        help="印成方框供填表人勾选，每类一项；不分类统计时不填",
        example="校领导",
        at_least=0,
        at_most=8,
    )
    organ: Line | None = field("制表单位", help="印在表的左下角", example="中共示例学院委员会组织部", blank=NO_LINE)
    assessed: Day | None = field(
        "测评日期",
        help="不填则留空，由填表人手写",
        example="2026年9月10日",
        blank="\u3000\u3000\u3000年\u3000\u3000月\u3000\u3000日",
        prints="chinese",
    )
