"""A person of a case and the exchange file of the 干部任免审批表: which element holds which fact, both ways.

Keyed by the names of the elements (任免审批表编辑器 3.x). What the file says in a way of its own (`199806；民盟`, a
trial period after the post) is kept as it was written and read as well; what can be computed from it (the highest
schooling, the posts of the 简历) is given apart, so that it never stands against what somebody entered.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from doc_forms.form import POLITICAL_STATUSES, SCHOOLINGS

from ._career_resume import career_resume
from ._case.people import Candidate, Relative
from ._resume import read_resume
from ._resume_periods import is_study
from .appointment_approval import AppointmentApproval
from .case import Case

Values = dict[str, Any]
Path = tuple[str | int, ...]

_FORM, _EDUCATION = "任免审批表", "学历教育"
_FACTS: dict[str, tuple[str, ...]] = {
    "XingMing": ("姓名",),
    "XingBie": ("性别",),
    "ChuShengNianYue": ("出生年月",),
    "MinZu": ("民族",),
    "JiGuan": ("籍贯",),
    "ChuShengDi": (_FORM, "出生地"),
    "RuDangShiJian": ("入党时间",),
    "ZhengZhiMianMao": ("政治面貌",),
    "CanJiaGongZuoShiJian": ("参加工作时间",),
    "DaoLingNianYue": (_FORM, "到龄年月"),
    "JianKangZhuangKuang": (_FORM, "健康状况"),
    "ZhuanYeJiShuZhiWu": ("专业技术职务",),
    "ShuXiZhuanYeYouHeZhuanChang": (_FORM, "熟悉专业有何专长"),
    "QuanRiZhiJiaoYu_XueLi": (_EDUCATION, "全日制学历"),
    "QuanRiZhiJiaoYu_XueWei": (_EDUCATION, "全日制学位"),
    "QuanRiZhiJiaoYu_XueLi_BiYeYuanXiaoXi": (_EDUCATION, "全日制毕业院校系"),
    "QuanRiZhiJiaoYu_XueWei_BiYeYuanXiaoXi": (_EDUCATION, "全日制专业"),
    "ZaiZhiJiaoYu_XueLi": (_EDUCATION, "在职学历"),
    "ZaiZhiJiaoYu_XueWei": (_EDUCATION, "在职学位"),
    "ZaiZhiJiaoYu_XueLi_BiYeYuanXiaoXi": (_EDUCATION, "在职毕业院校系"),
    "ZaiZhiJiaoYu_XueWei_BiYeYuanXiaoXi": (_EDUCATION, "在职专业"),
    "XianRenZhiWu": ("现任职务",),
    "NiRenZhiWu": ("拟任职务",),
    "NiMianZhiWu": ("免去职务",),
    "JianLi": (_FORM, "简历"),
    "JiangChengQingKuang": (_FORM, "奖惩情况"),
    "NianDuKaoHeJieGuo": (_FORM, "年度考核结果"),
    "RenMianLiYou": (_FORM, "任免理由"),
    "ChengBaoDanWei": (_FORM, "呈报单位"),
    "GaiGeQianRenZhiNianLingJieXian": (_FORM, "改革前任职年龄界限"),
    "JiSuanNianLingShiJian": (_FORM, "计算年龄时间"),
    "TianBiaoShiJian": (_FORM, "填表时间"),
    "TianBiaoRen": (_FORM, "填表人"),
    "ShenFenZheng": ("公民身份号码",),
    "ZhaoPian": (_FORM, "照片"),
}
_RELATIVE = {
    "ChengWei": "称谓",
    "XingMing": "姓名",
    "ChuShengRiQi": "出生年月",
    "ZhengZhiMianMao": "政治面貌",
    "GongZuoDanWeiJiZhiWu": "工作单位及职务",
}
FAMILY, PHOTO, FOREIGN = ("家庭成员及亲属",), (_FORM, "照片"), (_FORM, "其他元素")
"""Where a person holds the relatives, the photo and the elements that have no place of their own."""
ASKED = frozenset(spec.title for spec in AppointmentApproval.fields() if spec.required and not spec.computed)
"""What the form cannot do without: a roster of people has a column for each, be it empty."""
_LONG = {"JianLi", "JiangChengQingKuang", "NianDuKaoHeJieGuo", "RenMianLiYou"}
"""Elements whose line ends mean something; the editor breaks the others to fit its boxes."""
_MONTH = re.compile(r"((?:19|20)\d{2})[.年-]?(\d{1,2})月?")
_DEGREES = ("博士", "硕士", "学士")
_PARTIES = {"民革": "民革党员", "民盟": "民盟盟员", "民建": "民建会员", "民进": "民进会员", "农工党": "农工党党员"} | {
    "致公党": "致公党党员",
    "九三学社": "九三学社社员",
    "台盟": "台盟盟员",
    "无党派": "无党派人士",
}


class Taken(NamedTuple):
    """A file's person: what it states, what follows from that, and where each fact stood."""

    values: Values
    derived: Values
    """Facts of which the file says nothing itself; they count where nothing else is known."""
    origins: dict[Path, str]
    """The element of each fact, by the path of its titles."""


def taken_from(texts: Mapping[str, str], family: list[Mapping[str, str]]) -> Taken:
    """Give the facts of a person out of the texts of the elements, keyed by the case's titles, as they are written."""
    values: Values = {}
    origins: dict[Path, str] = {}
    for element, path in _FACTS.items():
        origins[path] = element
        text = texts.get(element, "")
        text = text if element in _LONG else text.replace("\n", "")
        if text:
            _put(values, path, text)
    _read_joined(values, texts.get("RuDangShiJian", ""), origins)
    origins[_FORM, "拟任职务写法"] = "NiRenZhiWu"
    relatives = [{title: text for name, title in _RELATIVE.items() if (text := one.get(name, ""))} for one in family]
    if relatives:
        values[FAMILY[0]] = relatives
    for number in range(len(relatives)):
        origins |= {(*FAMILY, number, title): name for name, title in _RELATIVE.items()}
    return Taken(values, _derived(values), origins)


def texts_of(case: Case, person: Candidate) -> tuple[dict[str, str], list[dict[str, str]]]:
    """Give the texts of a person's elements and of each relative's, as the editor writes them."""
    data = person.data()
    texts = {element: _as_written(_at(data, path)) for element, path in _FACTS.items() if path != PHOTO}
    form = person.approval
    if form and form.joined_as_written:
        texts["RuDangShiJian"] = _MONTH.sub(lambda found: f"{found[1]}{int(found[2]):02d}", form.joined_as_written)
    if form and form.new_post_as_written:
        texts["NiRenZhiWu"] = form.new_post_as_written
    if not texts["ChengBaoDanWei"] and case.organs and case.organs.department:
        texts["ChengBaoDanWei"] = case.organs.department
    if not texts["NianDuKaoHeJieGuo"]:
        rated = [(rating.year.year, rating.grade) for rating in person.ratings if rating.year and rating.grade]
        texts["NianDuKaoHeJieGuo"] = "，".join(f"{year}年{grade}" for year, grade in sorted(rated))
    texts["JianLi"] = str(read_resume(texts["JianLi"])) if texts["JianLi"] else career_resume(person)
    return texts, [_relative_texts(relative) for relative in person.relatives]


def _relative_texts(relative: Relative) -> dict[str, str]:
    data = relative.data()
    return {name: _as_written(data.get(title)) for name, title in _RELATIVE.items()}


def _as_written(value: Any) -> str:
    """Dates without signs between, everything else as it is."""
    text = str(value or "")
    return text.replace("-", "") if re.fullmatch(r"\d{4}-\d{2}(-\d{2})?", text) else text


def _read_joined(values: Values, text: str, origins: dict[Path, str]) -> None:
    """入党时间 is a month, the short name of another party, or both."""
    found = _MONTH.search(text)
    if not text or (found and found[0] == text):
        return
    values.pop("入党时间", None)
    if found:
        values["入党时间"] = found[0]
    _put(values, (_FORM, "入党时间写法"), text)
    origins[_FORM, "入党时间写法"] = "RuDangShiJian"


def _derived(values: Values) -> Values:
    education = values.get(_EDUCATION, {})
    levels = [education.get(title, "") for title in ("全日制学历", "在职学历")]
    degrees = [education.get(title, "") for title in ("在职学位", "全日制学位")]
    written = str(values.get(_FORM, {}).get("入党时间写法", ""))
    derived: Values = {
        "政治面貌": _PARTIES.get(written, written if written in POLITICAL_STATUSES else ""),
        "学历": next((level for level in SCHOOLINGS if level in levels), ""),
        "学位": next((text for level in _DEGREES for text in degrees if text.endswith((level, level + "学位"))), ""),
        "任职经历": list(_career(str(values.get(_FORM, {}).get("简历", "")))),
    }
    return {title: value for title, value in derived.items() if value}


def _career(resume: str) -> Iterator[Values]:
    """The posts of a 简历, without the years of study."""
    for entry in read_resume(resume).entries:
        if entry.text and not is_study(entry.text):
            end = {"截止时间": entry.end.iso} if entry.end else {}
            yield {"起始时间": entry.start.iso, **end, "单位及职务": entry.text}


def _put(values: Values, path: tuple[str, ...], value: Any) -> None:
    *groups, last = path
    for group in groups:
        values = values.setdefault(group, {})
    values[last] = value


def _at(values: Any, path: tuple[str, ...]) -> Any:
    for step in path:
        values = values.get(step) if isinstance(values, dict) else None
    return values
