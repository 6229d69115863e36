"""A paper as it would look now, facts missing or not: for the eye only, never named, never registered.

A missing fact is filled as a marked blank (`form.partial`); here the marks become what a reader sees, `［姓名］` on
yellow. The shading is put into the finished XML, run by run, because no tag of a template could ask for it.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

from doc_forms.form.partial import BLANK_BEGINS, BLANK_ENDS, draft_context
from doc_forms.identity import PART, Identity
from doc_forms.making import Maker
from doc_forms.template.scan import parse_part

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_BLANK = re.compile(f"({BLANK_BEGINS}[^{BLANK_ENDS}]*{BLANK_ENDS})")
_MARKS = re.compile(f"[{BLANK_BEGINS}{BLANK_ENDS}]")
_YELLOW = {"val": "clear", "color": "auto", "fill": "FFF0A6"}
_AFTER_SHADING = ("fitText", "vertAlign", "rtl", "cs", "em", "lang", "eastAsianLayout", "specVanish", "oMath")
"""What stands behind w:shd in a run's properties (ISO/IEC 29500-1, CT_RPr)."""


def draft_document(maker: Maker, data: Mapping[str, Any]) -> bytes:
    """Give the paper that these data would make, its missing facts as blanks on yellow."""
    context = draft_context(maker.kind.form, data)
    nobody = Identity(maker.kind.stem, maker.kind.form.about.version, "", maker.template_sha256)
    filled = maker.template.fill(context, {PART: nobody.to_xml()})
    parts = {name: _shown(part) for name, part in filled.parts.items()}
    return maker.template.base.with_members({**parts, PART: nobody.to_xml()})


def _shown(part: bytes) -> bytes:
    """A part with its marks made visible."""
    if BLANK_BEGINS.encode() not in part:
        return part
    root = parse_part(part)
    for text in list(root.iter(f"{_W}t")):
        run = text.getparent()
        if run is not None and run.tag == f"{_W}r" and _BLANK.search(text.text or ""):
            _split(run, text)
    for node in root.iter():
        if node.text and _MARKS.search(node.text):  # a core property, or a filter that took a text apart
            node.text = _MARKS.sub("", node.text)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _split(run: etree._Element, text: etree._Element) -> None:
    """Put runs of their own in place of a run whose text holds blanks; what else it holds stays where it was."""
    holder = run.getparent()
    if holder is None:
        return
    place = run.index(text)
    content = list(run)
    pieces = [_run_of(run, [node for node in content[:place] if node.tag != f"{_W}rPr"])]
    pieces += [_run_with(run, piece) for piece in _BLANK.split(text.text or "") if piece]
    pieces.append(_run_of(run, content[place + 1 :]))
    position = holder.index(run)
    holder[position : position + 1] = [piece for piece in pieces if any(node.tag != f"{_W}rPr" for node in piece)]


def _run_with(run: etree._Element, piece: str) -> etree._Element:
    """A run of one text; shaded where it is a blank."""
    text = etree.Element(f"{_W}t")
    text.set(_SPACE, "preserve")
    is_blank = bool(_BLANK.fullmatch(piece))
    text.text = f"［{_MARKS.sub('', piece)}］" if is_blank else piece
    made = _run_of(run, [text])
    if is_blank:
        _shade(made)
    return made


def _run_of(run: etree._Element, content: list[etree._Element]) -> etree._Element:
    """A run that looks like another one."""
    made = etree.Element(run.tag, {str(name): str(value) for name, value in run.attrib.items()})
    made.extend([copy.deepcopy(node) for node in run.iterchildren(f"{_W}rPr")])
    made.extend(content)
    return made


def _shade(run: etree._Element) -> None:
    properties = next(run.iterchildren(f"{_W}rPr"), None)
    if properties is None:
        properties = etree.Element(f"{_W}rPr")
        run.insert(0, properties)
    for node in list(properties.iterchildren(f"{_W}shd")):
        properties.remove(node)
    shading = etree.Element(f"{_W}shd", {f"{_W}{name}": value for name, value in _YELLOW.items()})
    properties.insert(next(_behind(properties), len(properties)), shading)


def _behind(properties: etree._Element) -> Iterator[int]:
    names = {f"{_W}{name}" for name in _AFTER_SHADING}
    yield from (place for place, node in enumerate(properties) if node.tag in names)
