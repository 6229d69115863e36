"""What every red-head document says around its body (GB/T 9704-2012): head, addressee, signature, imprint."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise
from typing import ClassVar

from doc_forms.form import (
    NO_LINE,
    Day,
    DocumentNumber,
    Form,
    Line,
    Problem,
    computed,
    field,
)

BASIS = "《党政领导干部选拔任用工作条例》和学校处科级干部选拔任用工作规定"
"""What notices and letters cite where nothing else is stated."""
TITLE_WIDTH = 20
"""Characters of 二号 that one line of a title holds in 156 mm."""
MARK_WIDTH = 12
"""Characters of 小初 that 发文机关标志 holds on one line; a longer one is set smaller."""
_SIGNATURE_WIDTH = 14
"""Characters of 三号 that the signature holds, centred on a date that ends four characters from the margin."""


def long_signature(name: str) -> computed[bool]:
    """Give a computed field: whether 署名, the field `name`, is too long for its line above the date.

    The template then gives both a wider block and centres them in it (GB/T 9704-2012, 7.3.5).
    """

    def is_long(form: Form) -> bool:
        """Whether 署名 is too long for its usual place."""
        return width(getattr(form, name)) > _SIGNATURE_WIDTH

    return computed[bool]("署名较长", printed=False)(is_long)


class RedHead(Form):
    """The fields that red-head documents share; the base of their kinds, no kind itself."""

    organ_mark: Line = field("发文机关标志", help="红头上的字，通常以“文件”结尾", example="中共示例学院委员会文件")
    number: DocumentNumber = field("发文字号", help="序号不编虚位", example="示院委〔2026〕28号")
    addressee: Line = field(
        "主送机关", help="末尾不写冒号，文书会加上", example="各党总支、直属党支部，各学院，机关各部门"
    )
    signed_by: Line = field("署名", help="与印章一致的发文机关全称", example="中共示例学院委员会")
    dated: Day = field("成文日期", prints="chinese", example="2026年9月28日")
    copied_to: Line | None = field(
        "抄送机关",
        help="末尾不写句号，文书会加上；没有可不填",
        example="纪委办公室，人事处，财务处",
        blank=NO_LINE,
    )
    issued_by: Line = field("印发机关", example="中共示例学院委员会办公室")
    issued: Day = field("印发日期", prints="chinese", example="2026年9月28日")

    signature_is_long: ClassVar = long_signature("signed_by")

    @computed("标志较长", printed=False)
    def long_mark(self) -> bool:
        """Whether 发文机关标志 is too long for its usual size and is set smaller."""
        return width(self.organ_mark) > MARK_WIDTH

    def problems(self) -> Iterator[Problem]:
        """Marks that the template adds are not typed as well; nothing is printed before it is signed."""
        if self.addressee.endswith((":", "：")):
            yield Problem("addressee", "末尾不写冒号，文书会自动加上，请删去")
        if self.copied_to and self.copied_to.endswith(("。", ".")):
            yield Problem("copied_to", "末尾不写句号，文书会自动加上，请删去")
        if self.issued < self.dated:
            yield Problem("issued", "早于成文日期，请核对")


def width(text: str) -> float:
    """Give the text's width in characters: a digit or a Latin letter is half of one."""
    return sum(1 if unicodedata.east_asian_width(sign) in "WFA" else 0.5 for sign in text)


def phrases_of(text: str) -> list[str]:
    """Give the phrases of a long name of posts, between which a title may break: at 、 and after （）.

    A name that no line holds may part from its bracket, too.
    """
    names = re.split("(?<=[、）])(?!、)", text)
    parted = [[name] if width(name) <= TITLE_WIDTH else re.split("(?=（)", name) for name in names]
    return [phrase for phrases in parted for phrase in phrases if phrase]


def title_lines(phrases: Sequence[str], longest: float = TITLE_WIDTH) -> str:
    """Set a title on as few lines as hold it, of even length, breaking between phrases only.

    GB/T 9704-2012, 7.3.1: a title on several lines keeps its phrases whole.
    """
    inner = range(1, len(phrases))
    for count in range(len(phrases)):
        ways = [_lines(phrases, breaks) for breaks in combinations(inner, count)]
        fitting = [lines for lines in ways if max(map(width, lines)) <= longest]
        if fitting:
            return "\n".join(min(fitting, key=lambda lines: max(map(width, lines))))
    return "".join(phrases)


def _lines(phrases: Sequence[str], breaks: tuple[int, ...]) -> list[str]:
    return ["".join(phrases[start:end]) for start, end in pairwise((0, *breaks, len(phrases)))]
