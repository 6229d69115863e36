"""People on their way into a case: which part of it holds them, and how a roster of them is headed."""

from __future__ import annotations

from doc_forms.form import About, Form

from ._case.people import Candidate

PEOPLE = "考察对象"
"""The title of the case's list of people."""
NAME, IDENTITY_NUMBER = "姓名", "公民身份号码"
"""What tells two people apart: the number, where both state it, else the name."""
ITEM_KEYS: dict[str, tuple[str, ...]] = {
    "任职经历": ("起始时间",),
    "培训经历": ("培训机构", "开始时间"),
    "年度考核": ("年度",),
    "家庭成员及亲属": ("姓名",),
    "受处理情况": ("处理种类", "处理日期"),
}
"""What tells two items of a person's lists apart."""


class PeopleRoster(Candidate, Form):
    """A roster of people, one a row, headed by the titles of the case."""

    about = About(title="人员名册", articles=(), file_name="{姓名}")
