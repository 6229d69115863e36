"""People on their way into a case: which part of it holds them, and how a roster of them is headed."""

from __future__ import annotations

import re
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
_FORM, _RESUME, _NEW_POST, _AS_WRITTEN = "任免审批表", "简历", "拟任职务", "拟任职务写法"
_TRIAL = re.compile(r"\s*[（(]试用期[^（）()]*[）)]$")


def regular(values: dict[str, Any]) -> tuple[dict[str, Any], list[tuple[tuple[str, ...], str]]]:
    """Give a person's values in the case's one way, and what was made regular: where, in which words.

    The 简历 is written as the form writes it. 拟任职务 is the vacancy's own name; what is added to it in brackets
    (试用期一年) is kept as it was written.
    """
    values = _with_new_post(values)
    resume = values.get(_FORM, {}).get(_RESUME, "")
    written = str(read_resume(resume)) if resume else ""
    if written == resume:
        return values, []
    said: list[tuple[tuple[str, ...], str]] = []
    if written.split() != resume.split():
        said.append(((_FORM, _RESUME), "起止年月的写法已规整"))
    return values | {_FORM: values[_FORM] | {_RESUME: written}}, said


def tabled(values: dict[str, Any]) -> dict[str, Any]:
    """Give a person's values as a roster has them: 拟任职务 as it was written, as `regular` takes it apart again."""
    form = dict(values.get(_FORM, {}))
    written = form.pop(_AS_WRITTEN, "")
    return values | {_NEW_POST: written, _FORM: form} if written else values


def _with_new_post(values: dict[str, Any]) -> dict[str, Any]:
    written = values.get(_NEW_POST, "")
    post = _TRIAL.sub("", written)
    if post == written:
        return values
    return values | {_NEW_POST: post, _FORM: {_AS_WRITTEN: written} | values.get(_FORM, {})}


class PeopleRoster(Candidate, Form):
    """A roster of people, one a row, headed by the titles of the case."""

    about = About(title="人员名册", articles=(), file_name="{姓名}")
