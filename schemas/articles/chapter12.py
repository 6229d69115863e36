"""Chapter 12 (articles 53-55): what else applies, who interprets, from when."""

from __future__ import annotations

from doc_forms.regulation import definition, left_to_people

GISTS = {
    53: "本规定没有写到的，按上级有关规定执行",
    54: "本规定由校党委组织部负责解释",
    55: "本规定自下发之日起施行",
}

DISPOSITIONS = (
    left_to_people(53, "组织部", "上级规定另有要求的由组织部判断，程序只核对本规定写明的内容"),
    definition(54, "解释权在组织部；规定留有余地之处列为解释口径设置，由组织部确定"),
    definition(55, "只规定施行日期，没有逐案核对的内容"),
)
