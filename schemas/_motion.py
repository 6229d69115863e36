"""What a proposal to fill a post has to speak of (article 9)."""

from __future__ import annotations

MATTERS = ("职位", "条件", "范围", "方式", "程序", "人选意向")
"""The six matters that article 9 names."""
_OTHER_WORDS = {"条件": ("资格",), "方式": ("定向", "公开选拔", "竞争上岗"), "人选意向": ("人选",)}


def matters_missing(proposal: str) -> list[str]:
    """Give the matters that a proposal does not speak of; looked for by their words, so this is never certain."""
    return [
        matter for matter in MATTERS if not any(word in proposal for word in (matter, *_OTHER_WORDS.get(matter, ())))
    ]
