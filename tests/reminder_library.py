"""A library of one small kind, for tests of what happens around its papers."""

from __future__ import annotations

from pathlib import Path

import docx

SCHEMA = """
from doc_forms.form import About, Day, Form, Line, PersonName, field


class Reminder(Form):
    about = About(title="提醒", articles=(36,), file_name="提醒_{姓名}")
    name: PersonName = field("姓名", example="林示例")
    post: Line = field("职务", example="副院长")
    day: Day = field("日期", prints="chinese", example="2026年9月18日")
"""


def make_library(folder: Path) -> Path:
    """Write the library into a folder, and give it."""
    (folder / "schemas").mkdir()
    (folder / "templates").mkdir()
    (folder / "schemas" / "reminder.py").write_text(SCHEMA, "utf-8")
    document = docx.Document()
    document.add_paragraph("{{ 姓名 }}同志：请于{{ 日期 }}到会。职务：{{ 职务 }}")
    document.save(str(folder / "templates" / "reminder.docx"))
    return folder
