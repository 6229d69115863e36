"""One person as the exchange file of the 干部任免审批表 states him: the elements of `.lrmx`, in their order.

Everything is text as the file has it, trimmed; what a text means (a date, a code) is the business of whoever reads on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from typing import Any

FAMILY, ITEM, PHOTO, ROOT, VERSION = "JiaTingChengYuan", "Item", "ZhaoPian", "Person", "3.2.1.16"
"""Names of the format; the version is the one that the editor in use writes."""


@dataclass(frozen=True, slots=True)
class Element:
    """One element of the format: its name, the Chinese title, and whether only newer files have it."""

    name: str
    title: str
    newer: bool = False


@dataclass(frozen=True, slots=True)
class Extra:
    """An element that the format does not know, kept as it is for the way back."""

    after: str
    """The name of the element that it follows; empty at the beginning."""
    xml: str
    """The element as XML in UTF-8, without what stands around it."""


def _text(name: str, title: str, *, newer: bool = False) -> Any:
    return field(default="", metadata={"element": Element(name, title, newer)})


@dataclass(frozen=True, slots=True)
class ExchangeRelative:
    """One row of 家庭主要成员及重要社会关系."""

    relation: str = _text("ChengWei", "称谓")
    name: str = _text("XingMing", "姓名")
    born: str = _text("ChuShengRiQi", "出生年月")
    political_status: str = _text("ZhengZhiMianMao", "政治面貌")
    post: str = _text("GongZuoDanWeiJiZhiWu", "工作单位及职务")
    extras: tuple[Extra, ...] = ()

    @property
    def blank(self) -> bool:
        """Whether nothing is stated: the editor keeps empty rows."""
        return not self.extras and not any(text for _, text in stated(self))


@dataclass(frozen=True, slots=True)
class ExchangePerson:
    """A person with every element of the format; an element that the file lacks is an empty text.

    Dates are `yyyyMM` (`yyyyMMdd` for 计算年龄时间 and 填表时间) where the editor wrote them. `photo` holds the
    picture's bytes, empty where there is none.
    """

    name: str = _text("XingMing", "姓名")
    sex: str = _text("XingBie", "性别")
    born: str = _text("ChuShengNianYue", "出生年月")
    ethnic_group: str = _text("MinZu", "民族")
    native_place: str = _text("JiGuan", "籍贯")
    birthplace: str = _text("ChuShengDi", "出生地")
    joined_party: str = _text("RuDangShiJian", "入党时间")
    political_status: str = _text("ZhengZhiMianMao", "政治面貌", newer=True)
    started_work: str = _text("CanJiaGongZuoShiJian", "参加工作时间")
    due: str = _text("DaoLingNianYue", "到龄年月", newer=True)
    health: str = _text("JianKangZhuangKuang", "健康状况")
    professional_title: str = _text("ZhuanYeJiShuZhiWu", "专业技术职务")
    speciality: str = _text("ShuXiZhuanYeYouHeZhuanChang", "熟悉专业有何专长")
    full_time_schooling: str = _text("QuanRiZhiJiaoYu_XueLi", "全日制教育学历")
    full_time_degree: str = _text("QuanRiZhiJiaoYu_XueWei", "全日制教育学位")
    full_time_school: str = _text("QuanRiZhiJiaoYu_XueLi_BiYeYuanXiaoXi", "全日制教育学历毕业院校系及专业")
    full_time_degree_school: str = _text("QuanRiZhiJiaoYu_XueWei_BiYeYuanXiaoXi", "全日制教育学位毕业院校系及专业")
    in_service_schooling: str = _text("ZaiZhiJiaoYu_XueLi", "在职教育学历")
    in_service_degree: str = _text("ZaiZhiJiaoYu_XueWei", "在职教育学位")
    in_service_school: str = _text("ZaiZhiJiaoYu_XueLi_BiYeYuanXiaoXi", "在职教育学历毕业院校系及专业")
    in_service_degree_school: str = _text("ZaiZhiJiaoYu_XueWei_BiYeYuanXiaoXi", "在职教育学位毕业院校系及专业")
    post: str = _text("XianRenZhiWu", "现任职务")
    new_post: str = _text("NiRenZhiWu", "拟任职务")
    leaves: str = _text("NiMianZhiWu", "拟免职务")
    resume: str = _text("JianLi", "简历")
    honours: str = _text("JiangChengQingKuang", "奖惩情况")
    ratings: str = _text("NianDuKaoHeJieGuo", "年度考核结果")
    reason: str = _text("RenMianLiYou", "任免理由")
    family: tuple[ExchangeRelative, ...] = field(default=(), metadata={"element": Element(FAMILY, "家庭主要成员")})
    submitted_by: str = _text("ChengBaoDanWei", "呈报单位")
    age_limit: str = _text("GaiGeQianRenZhiNianLingJieXian", "改革前任职年龄界限", newer=True)
    aged_on: str = _text("JiSuanNianLingShiJian", "计算年龄时间")
    filled_on: str = _text("TianBiaoShiJian", "填表时间")
    filled_by: str = _text("TianBiaoRen", "填表人")
    identity_number: str = _text("ShenFenZheng", "公民身份号码")
    photo: bytes = field(default=b"", repr=False, metadata={"element": Element(PHOTO, "照片")})
    version: str = field(default=VERSION, metadata={"element": Element("Version", "版本")})
    extras: tuple[Extra, ...] = ()


def elements_of(kind: type[ExchangePerson | ExchangeRelative]) -> dict[str, Element]:
    """Give the elements by the name of their field, in the order of the format."""
    return {one.name: one.metadata["element"] for one in fields(kind) if "element" in one.metadata}


def stated(part: ExchangePerson | ExchangeRelative) -> Iterator[tuple[Element, str]]:
    """Yield every element that is a text, with its text, in the order of the format."""
    for name, element in elements_of(type(part)).items():
        value = getattr(part, name)
        if isinstance(value, str):
            yield element, value
