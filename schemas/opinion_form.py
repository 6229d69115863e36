"""征求意见表: handed to those who are interviewed, filled by hand (articles 21, 22)."""

from __future__ import annotations

from doc_forms.form import NO_LINE, About, Day, Form, Line, field

from ._assessment import Subject


class OpinionForm(Form, Subject):
    """What colleagues think of one person, in their own words, and whether they agree to the post."""

    about = About(title="征求意见表", articles=(21, 22), file_name="征求意见表_{姓名}")

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
