"""The kinds of people whom articles 13 and 23 want to be heard, and how a clerk's words for them are recognised."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple


class Group(NamedTuple):
    """One kind of people: its name in the regulation and the pattern of the words used for it."""

    name: str
    pattern: str


_PARTIES = "民主党派|民革|民盟|民建|民进|农工|致公|九三|台盟"
_LEADERS = Group("校领导", r"^(?!.*(?:原|退休)).*(?:校领导|校级领导)")
_BRANCH_SECRETARIES = Group("教工党支部书记", "支部书记")
_UNIT_HEADS = Group("所在单位党政班子成员", "班子")
_SECTION_OFFICIALS = Group("科级干部", "科级")
_CONGRESS = Group("教代会代表", "教代会")
_PARTIES_AND_NONE = Group("民主党派和无党派人士代表", f"{_PARTIES}|无党派")

DIVISION_MEETING = (
    _LEADERS,
    Group("全体中层干部", "(?:中层|处级)(?:领导)?(?:干部|正副职)"),
    Group("近期退休的原校领导", "(?:原|退休).*校(?:级)?领导"),
    Group("离退休党支部负责人", "离退休.*(?:支部|党总支|党委)"),
    Group("校各民主党派主要负责人", _PARTIES),
    Group("设区市级以上党代表、人大代表、政协委员", "党代表|党代会代表|人大代表|政协委员"),
)
"""Article 13 (1), the meeting. Of the delegates any kind will do: few schools have all three."""
DIVISION_TALKS = (_LEADERS, Group("全体中层正职干部", "(?:中层|处级).*正职|正处级|(?:中层|处级)正副职"))
"""Article 13 (1), the talks."""
SECTION_MEETING = (Group("所在单位全体教职员工", "教职员?工|全体(?:人员|教工|职工)"),)
"""Article 13 (2), the meeting."""
SECTION_TALKS = (
    _UNIT_HEADS,
    Group("党总支委员", "(?:总支|党委|支部).*委员"),
    Group("工会主席", "工会"),
    _SECTION_OFFICIALS,
    Group("教研室主任", "教研室|系主任"),
    _BRANCH_SECRETARIES,
    _CONGRESS,
    _PARTIES_AND_NONE,
)
"""Article 13 (2), the talks."""
TEACHING_UNIT = (
    Group("所在单位分管校领导", "校领导|校级领导"),
    _UNIT_HEADS,
    _SECTION_OFFICIALS,
    Group("教研室（所、中心）负责人", "教研室|研究[室所]|中心|系主任|系负责人"),
    _BRANCH_SECRETARIES,
    _CONGRESS,
    _PARTIES_AND_NONE,
)
"""Article 23 (1): who is heard about somebody of a teaching, research or teaching-support unit."""
OFFICE_UNIT = (
    Group("分管校领导", "校领导|校级领导"),
    Group("机关党组织负责人、委员", "党组织|机关党|党委|总支|支部"),
    Group("所在单位教职员工", "教职|职工|同事|工作人员|科级|科员"),
)
"""Article 23 (2): who is heard about somebody of a department of the administration."""


def missing_groups(wanted: Iterable[Group], present: Sequence[str]) -> list[str]:
    """Give the names of the groups that none of the given words stands for."""
    words = "\n".join(dict.fromkeys(present))
    return [group.name for group in wanted if not re.search(group.pattern, words, re.MULTILINE)]
