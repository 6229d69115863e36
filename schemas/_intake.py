"""People on their way into a case: which part of it holds them, and how a roster of them is headed."""

from __future__ import annotations

from typing import Any

from doc_forms.form import About, Form

from ._case.people import Candidate
from ._resume import read_resume

PEOPLE = "考察对象"
"""The title of the case's list of people."""
NAME, IDENTITY_NUMBER = "姓名", "公民身份号码"
"""What tells two people apart: the number, where both state it, else the name."""
SHOWN = (NAME, "性别", "出生年月", "政治面貌", "现任职务")
"""What tells people apart for a reader, in a short table; nothing private."""
ITEM_KEYS: dict[str, tuple[str, ...]] = {
    "任职经历": ("起始时间",),
    "培训经历": ("培训机构", "开始时间"),
    "年度考核": ("年度",),
    "家庭成员及亲属": ("姓名",),
    "受处理情况": ("处理种类", "处理日期"),
}
"""What tells two items of a person's lists apart."""
_FORM, _RESUME = "任免审批表", "简历"


def regular(values: dict[str, Any]) -> tuple[dict[str, Any], list[tuple[tuple[str, ...], str]]]:
    """Give a person's values with the 简历 in the form's one way, and what was made regular: where, in which words."""
    resume = values.get(_FORM, {}).get(_RESUME, "")
    written = str(read_resume(resume)) if resume else ""
    if written == resume:
        return values, []
    said: list[tuple[tuple[str, ...], str]] = []
    if written.split() != resume.split():
        said.append(((_FORM, _RESUME), "起止年月的写法已规整"))
    return values | {_FORM: values[_FORM] | {_RESUME: written}}, said


class PeopleRoster(Candidate, Form):
    """A roster of people, one a row, headed by the titles of the case."""

    about = About(title="人员名册", articles=(), file_name="{姓名}")
