"""How a form lies on sheets: which columns the main sheet has, and which lists have a sheet of their own.

A group's fields stand in columns named `组.字段`. A list of parts stands on a sheet named by the field's
title, one row an item; its first column `所属序号` repeats the `序号` of the row it belongs to. A list of
plain texts stands in one cell, its items on lines of their own or separated by ； or 、.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from doc_forms.form import FieldSpec, Part
from doc_forms.form.reading import Path

KEY, OWNER_KEY = "序号", "所属序号"
MAIN_SHEET, GUIDE_SHEET = "名册", "填写说明"
EXAMPLE = "示例"
"""Stands in the 序号 (or 所属序号) column of the blank roster's example row; such rows are not read."""
RESULT, FILE_NAME = "办理结果", "文件名"
"""The two columns that a receipt adds; ignored when the receipt is given back."""

SYNONYMS = {
    "身份证号": "公民身份号码",
    "身份证号码": "公民身份号码",
    "居民身份证号码": "公民身份号码",
    "公民身份证号码": "公民身份号码",
    "身份证": "公民身份号码",
    "出生日期": "出生年月",
    "出生年月日": "出生年月",
    "出生时间": "出生年月",
    "政治面目": "政治面貌",
    "党派": "政治面貌",
    "入党年月": "入党时间",
    "入党日期": "入党时间",
    "参加工作年月": "参加工作时间",
    "参加工作日期": "参加工作时间",
    "工作时间": "参加工作时间",
    "文化程度": "学历",
    "最高学历": "学历",
    "最高学位": "学位",
    "专业技术职称": "专业技术职务",
    "职称": "专业技术职务",
    "现任职务": "单位及职务",
    "单位职务": "单位及职务",
    "工作单位及职务": "单位及职务",
    "现工作单位及职务": "单位及职务",
    "现职": "现任职务",
    "职务": "现任职务",
    "单位及职务": "现任职务",
    "免去职务": "拟免职务",
    "拟免职务": "免去职务",
    "文号": "发文字号",
    "编号": KEY,
    "No": KEY,
}
"""Headings in common use for a title; one counts only where the form has that title and no column of its own."""

SHEET_SYNONYMS = {"家庭成员": "家庭成员及亲属", "家庭成员及亲属": "家庭成员"}
"""Names of list sheets that stand for one another; one counts only where there is no sheet of the list's own name."""

_NOTE = re.compile(r"\([^()]*\)$")
_FORBIDDEN_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\']")
_LONGEST_SHEET_NAME = 31


@dataclass(frozen=True, slots=True)
class Column:
    """A field that has a column: the titles that lead to it, and whether every row needs it."""

    path: tuple[str, ...]
    spec: FieldSpec
    required: bool

    @property
    def heading(self) -> str:
        """The column's heading, e.g. `考察组长.姓名`."""
        return ".".join(self.path)


@dataclass(frozen=True, slots=True)
class ListField:
    """A list of parts: the titles that lead to it, its columns, and whether it may be empty."""

    path: tuple[str, ...]
    spec: FieldSpec
    required: bool
    columns: tuple[Column, ...]

    @property
    def sheet(self) -> str:
        """The name of its sheet, as far as Excel allows it."""
        return _FORBIDDEN_IN_SHEET_NAMES.sub("_", ".".join(self.path))[:_LONGEST_SHEET_NAME]

    @property
    def sheets(self) -> tuple[str, ...]:
        """The names under which its sheet is found, its own first."""
        return self.sheet, *(name for own, name in SHEET_SYNONYMS.items() if own == self.sheet)


def columns_of(part: type[Part], path: tuple[str, ...] = (), *, required: bool = True) -> Iterator[Column]:
    """Yield the columns of a part in the order of its fields, those of its groups included."""
    for spec in part.fields():
        if spec.computed or (spec.shape == "list" and spec.part):
            continue
        needed = required and spec.required
        if spec.shape == "group" and spec.part:
            yield from columns_of(spec.part, (*path, spec.title), required=needed)
        else:
            yield Column((*path, spec.title), spec, needed)


def lists_of(part: type[Part], path: tuple[str, ...] = ()) -> Iterator[ListField]:
    """Yield the lists of parts that need a sheet of their own, those inside groups included."""
    for spec in part.fields():
        if spec.computed or spec.part is None:
            continue
        own = (*path, spec.title)
        if spec.shape == "group":
            yield from lists_of(spec.part, own)
        elif spec.shape == "list":
            yield ListField(own, spec, spec.required, tuple(columns_of(spec.part)))


def groups_of(part: type[Part], path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Yield the paths of the groups that every row has, so that their missing fields are named one by one."""
    for spec in part.fields():
        if spec.shape == "group" and spec.part and spec.required and not spec.computed:
            yield (*path, spec.title)
            yield from groups_of(spec.part, (*path, spec.title))


def plain(heading: str) -> str:
    """Give a heading as it is compared: no spaces or line ends, half-width, without `*` and a note in brackets.

    >>> plain("出生 年月＊（如 1978.03）")
    '出生年月'
    """
    text = "".join(unicodedata.normalize("NFKC", heading).split()).replace("\u200b", "").strip("*:")
    return _NOTE.sub("", text).strip("*:")


def without_lists(path: Path) -> tuple[tuple[str, ...], int | None, tuple[str, ...]]:
    """Split a path at its first item number: titles before it, the number, titles after it."""
    for place, step in enumerate(path):
        if isinstance(step, int):
            rest = tuple(str(word) for word in path[place + 1 :])
            return tuple(str(word) for word in path[:place]), step, rest
    return tuple(str(word) for word in path), None, ()
