"""A one-page notice of twelve fields."""

from __future__ import annotations

from doc_forms.form import (
    About,
    Day,
    DocumentNumber,
    EthnicGroup,
    Form,
    Line,
    PersonName,
    PoliticalStatus,
    Sex,
    Text,
    YearMonth,
    field,
)


class Notice(Form):
    """Somebody takes up a post."""

    about = About(title="任职通知", articles=(), file_name="通知_{发文字号}_{姓名}")

    number: DocumentNumber = field("发文字号")
    to: Line = field("主送")
    name: PersonName = field("姓名")
    sex: Sex = field("性别")
    born: YearMonth = field("出生年月")
    group: EthnicGroup = field("民族")
    party: PoliticalStatus = field("政治面貌")
    former: Line = field("原任职务")
    post: Line = field("任命职务")
    decided: Day = field("决定日期", prints="chinese")
    term: Text | None = field("试用期", blank="无")
    organ: Line = field("落款")
