"""Finds text that Word hides: it fills, it passes every check of the text, and nobody sees it on the paper.

A run is hidden by `w:vanish` of its own or of its styles. It is a toggle (ISO/IEC 29500-1, 17.7.3): what a run says
itself decides; else its paragraph's style and its character style together, of which two make it visible again.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from lxml import etree

from doc_forms.errors import Fault, Place, Severity
from doc_forms.template.scan import W, paragraphs, parse_part

_OFF = {"0", "false", "off"}
_LONGEST = 20
_NOT_PRINTED = re.compile(r"\{%.*?%\}|\{#.*?#\}", re.DOTALL)
"""Tags that leave nothing on the paper, wherever they stand."""


class HidingStyles:
    """Which styles of a document hide the text that has them."""

    def __init__(self, parts: Iterable[bytes]) -> None:
        """Read the parts that hold styles."""
        self._own: dict[str, bool | None] = {}
        self._base: dict[str, str] = {}
        self._default = ""
        self._everywhere = False
        for data in parts:
            self._read(parse_part(data))

    def _read(self, root: etree._Element) -> None:
        self._everywhere = bool(_vanishes(root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")))
        for style in root.iter(f"{W}style"):
            name = style.get(f"{W}styleId") or ""
            self._own[name] = _vanishes(style.find(f"{W}rPr"))
            self._base[name] = _named(style, "basedOn")
            if style.get(f"{W}type") == "paragraph" and (style.get(f"{W}default") or "0") not in _OFF:
                self._default = name

    def hides(self, run: etree._Element, paragraph: etree._Element) -> bool:
        """Whether the text of a run of this paragraph is hidden."""
        properties = run.find(f"{W}rPr")
        own = _vanishes(properties)
        if own is not None:
            return own
        by_paragraph = self._says(_named(paragraph.find(f"{W}pPr"), "pStyle") or self._default)
        return self._everywhere or by_paragraph != self._says(_named(properties, "rStyle"))

    def _says(self, name: str) -> bool:
        """What the nearest of a style and those that it is based on says."""
        seen: set[str] = set()
        while name and name not in seen:
            seen.add(name)
            own = self._own.get(name)
            if own is not None:
                return own
            name = self._base.get(name, "")
        return False


def _named(node: etree._Element | None, tag: str) -> str:
    """The style that an element names, empty where it names none."""
    named = node.find(f"{W}{tag}") if node is not None else None
    return "" if named is None else named.get(f"{W}val") or ""


def _vanishes(properties: etree._Element | None) -> bool | None:
    """What properties say of hiding; None where they say nothing."""
    node = properties.find(f"{W}vanish") if properties is not None else None
    return None if node is None else (node.get(f"{W}val") or "1") not in _OFF


def hidden(root: etree._Element, label: str, styles: HidingStyles) -> Iterator[Fault]:
    """Text, and tags that print, that are hidden, each paragraph by itself."""
    texts: defaultdict[etree._Element, str] = defaultdict(str)
    for run in root.iter(f"{W}r"):
        paragraph = next(run.iterancestors(f"{W}p"), None)
        if paragraph is not None and styles.hides(run, paragraph):
            texts[paragraph] += "".join(node.text or "" for node in run.findall(f"{W}t"))
    if not texts:
        return
    for paragraph, spot in paragraphs(root):
        text = _NOT_PRINTED.sub("", texts.get(paragraph, "")).strip()
        if text:
            shown = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
            message = f"“{shown}”设成了隐藏文字，纸上看不见，请在“字体”里取消“隐藏”，或删除"
            yield Fault("left-hidden", message, Place(part=label, spot=spot), Severity.WARNING)
