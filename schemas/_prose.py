"""Running text of inspection papers: its paragraphs, and words that say nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from doc_forms.form import Part, Problem, Severity, computed

_SAYS_NOTHING = re.compile(
    r"(?:该同志|本人)?(?:暂|暂时|目前|尚|均|基本|总体)?"
    r"(?:无|没有|未见|未发现|不存在|不详|略|同上|待补|待定|空)"
    r"(?:有|任何|明显|突出|较大|主要|的|缺点|缺陷|不足|问题|和|与|及|之处|情况|内容)*"
)
_SIGNS = re.compile(r"[\s\W_]+")
_EMPHASIS = re.compile(r"非常(?![规设态任])|(?<![一二三四五六七八九])十分(?!之|钟)")


def paragraphs(text: str | None) -> list[str]:
    """Give the paragraphs of a text: its lines without the empty ones."""
    return [line.strip() for line in (text or "").split("\n") if line.strip()]


def paragraphs_of(name: str, title: str) -> computed[list[str]]:
    """Give a computed field with the paragraphs of the text field `name`.

    A template prints text by paragraphs, so that each one is indented as running text is.
    """

    def split(part: Part) -> list[str]:
        """The text by paragraphs."""
        return paragraphs(getattr(part, name))

    return computed[list[str]](title)(split)


def says_nothing(text: str) -> bool:
    """Tell whether a text only fills the space: 无, 暂无, 没有明显缺点, 略, a dash."""
    words = _SIGNS.sub("", text)
    return not words or bool(_SAYS_NOTHING.fullmatch(words))


def account_problems(part: Part, *names: str) -> Iterator[Problem]:
    """Refuse accounts that say nothing, warn of words that weigh instead of tell (article 25: 必须写实).

    names: English names of the fields of `part` to look at.
    """
    for name in names:
        text = getattr(part, name)
        if says_nothing(text):
            shown = text if len(text) <= 12 else "……"  # noqa: PLR2004 - what fits into one line
            yield Problem(name, f"不能以“{shown}”代替，请写明具体情况（第二十五条：考察材料必须写实）")
        for word in dict.fromkeys(_EMPHASIS.findall(text)):
            yield Problem(name, f"写实材料不用“{word}”，请改为具体事实", Severity.WARNING)
