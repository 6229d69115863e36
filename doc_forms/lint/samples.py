"""Finds the sample text of whoever drew a template, left outside the tags: it would stand in every paper."""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from lxml import etree

from doc_forms.errors import Fault, Place, Severity
from doc_forms.template.scan import TAG, own_text, paragraphs

_BREAK = "\ufffc"
"""Stands where a tag was, so that the text before it and after it stay apart."""
_SAMPLES = re.compile(
    r"[×✕╳]{2,}"
    r"|×(?=[年月日号])"
    r"|(?<![A-Za-zＡ-Ｚａ-ｚ])[XxＸｘ]{2,}(?![A-Za-zＡ-Ｚａ-ｚ])"
    r"|(?<![*＊])(?:(?<=[\u4e00-\u9fff])[*＊]{2,3}|[*＊]{2,3}(?=[\u4e00-\u9fff]))(?![*＊])(?!\S{0,2}注)"
    # 二〇〇八年 and 二○○○年 are years; ○○ beside no numeral is a blank.
    r"|(?<![一二三四五六七八九十○〇])[○〇]{2,}(?![一二三四五六七八九○〇])"
    r"|[\u4e00-\u9fff]?某{2,}|某年某月(?:某日)?"
    r"|张三|李四|王五|赵六|王小明|李小明"
    r"|(?<![A-Za-z])[Yy]{4}(?![A-Za-z])"
    r"|(?:单击|点击)(?:或(?:单击|点击))?此处(?:输入文字|输入)?"
)
"""What people write where a name, an organ, a number or a date is to stand. A single × or 某 is ordinary text."""
_IDENTITY = re.compile(
    r"(?<![0-9])[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[0-9Xx](?![0-9])"
)
"""公民身份号码 (GB 11643): region, date of birth, order, check digit."""
_FOR_EXAMPLE = re.compile(r"(?:例如|形如|(?:示例|样例|[如例])[：:“\"‘])[^。；]*$")
"""Before a sample: whoever fills the paper by hand is told what to write."""
_SLOT = re.compile(r"(?<![{｛])[{｛\[［<＜]\s*([^{}｛｝\[\]［］<>＜＞]+?)\s*[}｝\]］>＞](?![}｝])")
"""A name in brackets of another kind than a tag's."""


def samples(root: etree._Element, label: str, titles: AbstractSet[str]) -> Iterator[Fault]:
    """Samples, and names of fields (`titles`) in brackets that are no tag, each paragraph by itself."""
    for paragraph, spot in paragraphs(root):
        text = TAG.sub(_BREAK, own_text(paragraph))
        place = Place(part=label, spot=spot)
        found = list(dict.fromkeys(_samples(text)))
        if found:
            shown = "、".join(f"“{sample}”" for sample in found)
            message = f"有样本文字{shown}，会原样印在每份文书上，请改为标记或删除"
            yield Fault("left-sample", message, place, Severity.WARNING)
        if _IDENTITY.search(text):
            message = "留有一个公民身份号码，会印在每份文书上，请改为标记或删除"
            yield Fault("left-identity", message, place, Severity.WARNING)
        for whole, title in dict.fromkeys((match.group(), match.group(1)) for match in _SLOT.finditer(text)):
            if title.rpartition(".")[2] in titles:
                message = f"“{whole}”不是标记，不会被填写，请改为 {{{{ {title} }}}}"
                yield Fault("left-slot", message, place, Severity.WARNING)


def _samples(text: str) -> Iterator[str]:
    for match in _SAMPLES.finditer(text):
        if not _FOR_EXAMPLE.search(text, 0, match.start()):
            yield match.group()
