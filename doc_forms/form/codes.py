"""Values that come from a published list, and the words of the list.

Sources: GB/T 3304-1991 (ethnic groups), GB/T 4762-1984 (political status), GB/T 4658-2006 and the
words printed in cadre forms (schooling), GB/T 6864-2003 (degrees), GB/T 2261.1 (sex).
"""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import BeforeValidator

from doc_forms.form.note import TypeNote
from doc_forms.form.text import as_line, half_width

_ETHNIC_STEMS = (
    "汉 蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 高山 拉祜 水 东乡 "
    "纳西 景颇 柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克 怒 乌孜别克 俄罗斯 鄂温克 "
    "德昂 保安 裕固 京 塔塔尔 独龙 鄂伦春 赫哲 门巴 珞巴 基诺"
).split()
ETHNIC_GROUPS = tuple(stem + "族" for stem in _ETHNIC_STEMS)
"""The 56 ethnic groups by their full names, in the order of GB/T 3304-1991."""

POLITICAL_STATUSES = (
    "中共党员",
    "中共预备党员",
    "共青团员",
    "民革党员",
    "民盟盟员",
    "民建会员",
    "民进会员",
    "农工党党员",
    "致公党党员",
    "九三学社社员",
    "台盟盟员",
    "无党派人士",
    "群众",
)
"""Political statuses in the order of GB/T 4762-1984."""

_STATUS_SYNONYMS = {
    "党员": "中共党员",
    "中国共产党党员": "中共党员",
    "预备党员": "中共预备党员",
    "团员": "共青团员",
    "民革": "民革党员",
    "民盟": "民盟盟员",
    "民建": "民建会员",
    "民进": "民进会员",
    "农工党": "农工党党员",
    "致公党": "致公党党员",
    "九三学社": "九三学社社员",
    "台盟": "台盟盟员",
    "无党派": "无党派人士",
    "无党派民主人士": "无党派人士",
}

SCHOOLINGS = (
    "研究生",
    "中央党校研究生",
    "省委党校研究生",
    "大学",
    "中央党校大学",
    "省委党校大学",
    "大学普通班",
    "大专",
    "中专",
    "高中",
    "初中",
    "小学",
)
"""Levels of schooling in the words that cadre forms print."""

_SCHOOLING_SYNONYMS = {
    "本科": "大学",
    "大学本科": "大学",
    "博士研究生": "研究生",
    "硕士研究生": "研究生",
    "专科": "大专",
    "大学专科": "大专",
    "职高": "中专",
    "技校": "中专",
}


_LISTED_WHOLE = 8


def choice(
    name: str, values: tuple[str, ...], synonyms: dict[str, str] | None = None, hint: str = ""
) -> tuple[BeforeValidator, TypeNote]:
    """Give the validator and note of a text that must be one of `values`; synonyms are made regular.

    Use as `Annotated[str, *choice("层级", ("正处级", "副处级"))]`. Excel shows the list as a drop-down.
    """
    spelt = {value: value for value in values} | (synonyms or {})
    known = {half_width(spelling).replace(" ", ""): value for spelling, value in spelt.items()}
    listed = "、".join(values) if len(values) <= _LISTED_WHOLE else "、".join(values[:6]) + "等"

    def as_choice(value: Any) -> str:
        text = half_width(as_line(value)).replace(" ", "")
        if text not in known:
            message = f"应为以下之一：{listed}"
            raise ValueError(message)
        return known[text]

    return BeforeValidator(as_choice), TypeNote(name, hint, choices=values)


YesNo = Annotated[str, *choice("是否", ("是", "否"), {"有": "是", "无": "否", "√": "是"})]
"""是 or 否, as it is printed and typed; there is no other truth value."""
Sex = Annotated[str, *choice("性别", ("男", "女"))]
EthnicGroup = Annotated[
    str,
    *choice("民族", ETHNIC_GROUPS, dict(zip(_ETHNIC_STEMS, ETHNIC_GROUPS, strict=True)), "写全称，如 畲族"),
]
PoliticalStatus = Annotated[str, *choice("政治面貌", POLITICAL_STATUSES, _STATUS_SYNONYMS)]
Schooling = Annotated[str, *choice("学历", SCHOOLINGS, _SCHOOLING_SYNONYMS)]

_DEGREE = re.compile(r"(名誉)?[\u4e00-\u9fff]{0,12}(学士|硕士|博士)$")


def _as_degree(value: Any) -> str:
    text = as_line(value).replace(" ", "").removesuffix("学位")
    if text in ("无", "无学位"):
        return "无"
    if not _DEGREE.match(text):
        message = "应写明学位，如 教育学硕士；没有学位写 无"
        raise ValueError(message)
    return text


Degree = Annotated[str, BeforeValidator(_as_degree), TypeNote("学位", "如 教育学硕士；没有写 无")]
"""An academic degree by its full name (GB/T 6864-2003 levels: 学士、硕士、博士)."""

_DOCUMENT_NUMBER = re.compile(
    r"([\u4e00-\u9fff]{1,20})\s*[〔\[\(（【［]\s*(\d{4})\s*[〕\]\)）】］]\s*(?:第)?\s*0*([1-9]\d{0,4})\s*号$"
)


def _as_document_number(value: Any) -> str:
    found = _DOCUMENT_NUMBER.match(half_width(as_line(value)))
    if not found:
        message = "应写成 示院委〔2026〕28号 这样：机关代字、六角括号内的年份、序号"
        raise ValueError(message)
    organ, year, serial = found.groups()
    return f"{organ}〔{year}〕{serial}号"


DocumentNumber = Annotated[str, BeforeValidator(_as_document_number), TypeNote("发文字号", "如 示院委〔2026〕28号")]
"""发文字号: full year in 〔〕, serial without leading zeros and without 第 (GB/T 9704-2012, 7.2.5)."""
