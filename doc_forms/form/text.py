"""Text as people type it: made regular where the meaning is certain, refused where it is not.

Every string of every form passes `normalise` (one rule for JSON, Excel and the window), so nothing
that a Word document cannot hold ever reaches a template.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Annotated

from pydantic import BeforeValidator

from doc_forms.form.note import TypeNote

# C0/C1 controls other than \n and \t, surrogates, non-characters: Word drops them, or the text after them.
# Bidi and joining controls: invisible, and able to make a line read otherwise than it is stored.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\u200c-\u200f\u202a-\u202e\u2060-\u206f"
    "\ud800-\udfff\ufdd0-\ufdef\ufff9-\uffff]"
)
_LINE_ENDS = re.compile("\r\n?|\x85|\u2028|\u2029")
_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_NOTHING = re.compile("[\u00ad\u200b\ufeff]")
_TEMPLATE_MARKS = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}|｛｛|｝｝|｛[%％]|[%％]｝|\{％|％\}")
_PLAIN = re.compile("[\n -z|~\u4e00-\u9fff、。《》〔〕【】（），：；！？“”‘’—…·]*")
"""What nearly every text is made of, and what none of the above changes or refuses: no braces, NFC as it stands."""
_TO_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}


def normalise(text: str) -> str:
    r"""Give the text as it is kept: NFC, `\n` line ends, plain spaces, no invisible filler, no outer space.

    Raises ValueError (Chinese) for characters that a paper cannot hold and for template marks, which
    would read as a tag left unfilled.
    """
    if _PLAIN.fullmatch(text):
        return text.strip()
    text = _LINE_ENDS.sub("\n", text)
    found = _FORBIDDEN.search(text)
    if found:
        message = f"含有不可见或无法打印的字符（U+{ord(found.group()):04X}），请删除后重录"
        raise ValueError(message)
    text = unicodedata.normalize("NFC", _NOTHING.sub("", _SPACES.sub(" ", text))).strip()
    if _TEMPLATE_MARKS.search(text):
        message = "含有模板标记（如“{{”或“%}”），请删除"
        raise ValueError(message)
    return text


def half_width(text: str) -> str:
    """Give full-width digits, letters and signs in their ASCII form, for codes, dates and numbers."""
    return text if text.isascii() else text.translate(_TO_HALF_WIDTH)


def as_text(value: object) -> str:
    """Give the normalised text of a typed value; numbers and truth values are not text (ValueError)."""
    if not isinstance(value, str):
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        message = '应为文字，数字请加上引号，如 "1978.03"' if is_number else "应为文字"
        raise ValueError(message)  # noqa: TRY004 - pydantic gathers ValueError, not TypeError
    return normalise(value)


def as_line(value: object) -> str:
    """Give the normalised text of a value that stands on one line (ValueError when it holds a line end)."""
    text = as_text(value)
    if "\n" in text or "\t" in text:
        message = "只能写一行，不能换行或含制表符"
        raise ValueError(message)
    return text


Text = Annotated[str, BeforeValidator(as_text), TypeNote("文字", long=True)]
"""Text of any length; line ends are kept."""

Line = Annotated[str, BeforeValidator(as_line), TypeNote("文字")]
"""Text on one line."""
