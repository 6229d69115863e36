"""Says where in a part something stands, as Word's user would look for it."""

from __future__ import annotations

from lxml import etree

from doc_forms.template.scan import W, paragraphs

_SHOWN = 3


def where(nodes: list[etree._Element], root: etree._Element) -> str:
    """Say where the first few of these stand: the paragraph as Word counts it, or the style."""
    spots = dict(paragraphs(root))
    found: dict[str, None] = {}
    for node in nodes:
        paragraph = next(node.iterancestors(f"{W}p"), None)
        if paragraph is None:
            paragraph = next(node.iter(f"{W}p"), None)
        style = next(node.iterancestors(f"{W}style"), None)
        named = style.find(f"{W}name") if style is not None else None
        if paragraph is not None:
            found[spots[paragraph]] = None
        else:
            found[f"样式“{named.get(f'{W}val')}”" if named is not None else "默认格式"] = None
    shown = list(found)[:_SHOWN]
    return "、".join(shown) + (" 等" if len(found) > _SHOWN else "")
