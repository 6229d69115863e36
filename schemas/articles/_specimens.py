"""Changes to the lawful example case that several rules' specimens share: careers, levels, exceptional promotions.

The example fills the post of a deputy head (副处级) and has two candidates of 正科级; its decision is of 2026-09-22.
"""

from __future__ import annotations

from typing import Any

PARTY_POST: dict[str, Any] = {
    "职位[0].党组织职务": "是",
    "考察对象[1].政治面貌": "中共党员",
    "考察对象[1].入党时间": "2008.06",
    "考察对象[1].转正时间": "2009.06",
}
"""The vacancy is a post of the party's organization, and the second candidate a member of long standing."""

FIRST_JOB_FROM_2010: dict[str, Any] = {
    "考察对象[0].参加工作时间": "2010.08",
    "考察对象[0].任职经历[0].起始时间": "2010-08-01",
}
"""The first candidate started work, at the grass roots, in August 2010."""

_BEGINNING = (
    ("2009.07", "2012.08", "示范县第一中学教师", "其他"),
    ("2012.08", "2015.09", "示例学院教学秘书", "科员及以下"),
)
_STAFF = (*_BEGINNING, ("2015.09", "2018.10", "示例学院教务处综合科副科长", "副科级"))
_SECTION = (
    *_STAFF,
    ("2018.10", "2020.10", "示例学院教务处学籍科科长", "正科级"),
    ("2020.10", "2022.03", "示例学院教务处教材科科长", "正科级"),
)


def career(*lines: tuple[str, str | None, str, str], grassroots: int = 0) -> list[dict[str, Any]]:
    """Write a career: (start, end, post, level) a line; the line of the given number is grass-roots work."""
    return [
        {"起始时间": start, "单位及职务": post, "层次": level, "基层工作": "是" if number == grassroots else "否"}
        | {"破格任职": "否"}
        | ({"截止时间": end} if end else {})
        for number, (start, end, post, level) in enumerate(lines)
    ]


def two_posts(level: str, since: str, between: str = "2025-09-01") -> list[dict[str, Any]]:
    """Write a career that leads to two posts of a level, held since a day without a break."""
    *before, (start, _, post, below) = {"副处级": _SECTION, "正科级": _STAFF, "副科级": _BEGINNING}[level]
    posts = (since, between, "示例学院科研处第一职务", level), (between, None, "示例学院科研处第二职务", level)
    return career(*before, (start, since, post, below), *posts)


def post_of(level: str, below: str) -> dict[str, Any]:
    """Make the vacancy one of another level, and both candidates people who may be promoted to it."""
    patch: dict[str, Any] = {"职位[0].职务层次": level}
    for number in (0, 1):
        patch |= {
            f"考察对象[{number}].任职经历": two_posts(below, "2020-09-01") if below in _LEVELS else _staff_career()
        }
    return patch | (_SECTION_RECOMMENDATION if level.endswith("科级") else {})


def beyond_rules(*waived: str, **facts: Any) -> dict[str, Any]:
    """Make the first candidate's promotion an exceptional one that puts these qualifications aside."""
    exceptional = {
        "破格情形": "工作需要：专业性岗位或专项工作急需",
        "破格理由": "该同志主持省级实践教学平台建设，学院急需熟悉产教融合的专业人员，校内没有其他合适人选",
        "突破的资格": list(waived),
        "上级同意日期": "2026-09-21",
    }
    return {
        "考察对象[0].是否破格": "是",
        "考察对象[0].破格提拔": exceptional | facts,
        "讨论决定.表决情况[0].说明破格情形和理由": "是",
        "任前公示.公示说明破格情形和理由": "是",
    }


def _staff_career() -> list[dict[str, Any]]:
    return career(*_BEGINNING[:1], ("2012.08", None, "示例学院教学秘书", "科员及以下"))


_LEVELS = ("副处级", "正科级", "副科级")
_SECTION_RECOMMENDATION: dict[str, Any] = {
    "民主推荐.会议推荐.参会人员类别": ["所在单位全体教职员工"],
    "民主推荐.谈话推荐.谈话人员类别": [
        "所在单位党政班子成员",
        "党总支委员",
        "工会主席",
        "科级干部",
        "教研室主任",
        "教工党支部书记",
        "教代会代表",
        "民主党派和无党派人士代表",
    ],
}
