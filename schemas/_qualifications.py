"""What article 6 asks in numbers, for rules and papers alike: years of work, years in the level below, schooling."""

from __future__ import annotations

DIVISION = ("正处级", "副处级")
"""The two levels that are 处级."""
WORKING_YEARS = 5
"""Item 1: years of work for a post of division level."""
YEARS_BELOW = {"正处级": ("副处级", 2), "副处级": ("正科级", 3), "正科级": ("副科级", 2)}
"""Item 3: the level to come from and the years there; those of 副科级 are asked of the settings."""
DEGREE_COURSE = ("研究生", "中央党校研究生", "省委党校研究生", "大学", "中央党校大学", "省委党校大学", "大学普通班")
"""At least 大学本科 (GB/T 4658-2006, codes 11 to 28); courses of the party schools count as their equals."""
