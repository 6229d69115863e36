"""A compiled template: its tags are checked, its constant parts are packed, a context fills the rest."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from lxml import etree

from doc_forms.errors import Fault, Place, TemplateRefused
from doc_forms.form import Part
from doc_forms.packages import Package
from doc_forms.template.language import Checker, Usage
from doc_forms.template.pictures import PicturePlaces
from doc_forms.template.prepare import PreparedPart, prepare_plain_part, prepare_word_part
from doc_forms.template.scan import Tag, parse_part, scan, text_of
from doc_forms.zipped import Base

_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_BODY_TYPE = f"{_TYPES}document.main+xml"
_FILLED_TYPES = {
    _BODY_TYPE: "",
    f"{_TYPES}header+xml": "页眉",
    f"{_TYPES}footer+xml": "页脚",
    f"{_TYPES}footnotes+xml": "脚注",
}
_CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"
_UNFILLED_NAMES = {"endnotes": "尾注", "comments": "批注", "glossary": "构建基块", "chart": "图表"}
_BRACE = (b"{", b"&#", b"\0")
"""As it is, as a character reference, or in UTF-16."""
_ANY_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Filled:
    """A document before its gates: the filled parts, what each printed in order, and the whole package."""

    parts: dict[str, bytes]
    printed: dict[str, list[str]]
    package: bytes
    pictures: dict[str, str] = field(default_factory=dict)
    """The record's pictures, as the form keeps them, by the names of their parts."""


@dataclass(frozen=True)
class Template:
    """A template that has passed every check and can be filled with any context of its form."""

    name: str
    sha256: str
    prepared: tuple[PreparedPart, ...]
    usage: Usage
    base: Base
    package: Package
    places: PicturePlaces | None = None
    """Where pictures go; None where the template has no place for any."""

    def fill(self, context: dict[str, Any], beside: Mapping[str, bytes] | None = None) -> Filled:
        """Give the filled document; the same context gives the same bytes. `beside`: parts of this paper alone."""
        parts, printed = {}, {}
        for part in self.prepared:
            parts[part.name], printed[part.name] = part.render(context)
        added, pictures = self.places.members(context) if self.places else ({}, {})
        package = self.base.with_members({**parts, **added, **(beside or {})})
        return Filled(parts, printed, package, pictures)

    @property
    def parts(self) -> dict[str, bytes]:
        """The template's own parts that every paper has: without the pictures that only hold a place."""
        return self.places.parts if self.places else self.package.parts

    @property
    def slow_reasons(self) -> tuple[str, ...]:
        """Why the template takes docxtpl's slower steps for each record; empty where it need not."""
        return tuple(dict.fromkeys(reason for part in self.prepared for reason in part.slow_reasons))


def compile_template(package: Package, form: type[Part]) -> Template:
    """Compile a checked .docx for a form. TemplateRefused with every fault, each at its place."""
    usage, faults, tagged = _examined(package, form)
    if faults:
        raise TemplateRefused(_in_file(fault, package.name) for fault in faults)
    types = content_types(package)
    prepared = [
        prepare_plain_part(name, root)
        if types[name] == _CORE_TYPE
        else prepare_word_part(name, root, body=types[name] == _BODY_TYPE)
        for name, root in tagged.items()
    ]
    body = next(name for name, kind in types.items() if kind == _BODY_TYPE)
    places = PicturePlaces(package.parts, body, usage.pictures) if usage.pictures else None
    constant = places.parts if places else package.parts
    made = {part.name for part in prepared} | ({places.relations} if places else set())
    digest = hashlib.sha256(b"".join(name.encode() + data for name, data in package.parts.items())).hexdigest()
    base = Base({name: data for name, data in constant.items() if name not in made})
    return Template(package.name, digest, tuple(prepared), usage, base, package, places)


def usage_of(package: Package, form: type[Part]) -> Usage:
    """Give what a template does with each field, as far as its tags can be read: also where it cannot be compiled."""
    return _examined(package, form)[0]


def _examined(package: Package, form: type[Part]) -> tuple[Usage, list[Fault], dict[str, etree._Element]]:
    """Read every tag: what they use, what is wrong, and the parts that have any."""
    types = content_types(package)
    usage, faults = Usage(), list[Fault]()
    tagged: dict[str, etree._Element] = {}
    for name, data in package.parts.items():
        if not _is_xml(types.get(name, "")):
            continue
        if types[name] not in (*_FILLED_TYPES, _CORE_TYPE):
            faults += _unfilled(name, data)
            continue
        root = parse_part(data)
        label = _FILLED_TYPES.get(types[name], "文档属性")
        tags, found = _core_tags(root) if types[name] == _CORE_TYPE else scan(root, label)
        faults += [*found, *Checker(form, usage).check(tags, label)]
        if tags:
            tagged[name] = root
    return usage, list(dict.fromkeys(faults)), tagged  # Word keeps the text of a text box twice


def content_types(package: Package) -> dict[str, str]:
    """Give the content type of every part by its name."""
    root = parse_part(package.parts["[Content_Types].xml"])
    by_name = {node.get("PartName", "").lstrip("/"): node.get("ContentType", "") for node in root}
    by_ending = {node.get("Extension", "").lower(): node.get("ContentType", "") for node in root}
    return {name: by_name.get(name) or by_ending.get(name.rpartition(".")[2].lower(), "") for name in package.parts}


def _is_xml(content_type: str) -> bool:
    return content_type.endswith(("+xml", "/xml"))


def _core_tags(root: etree._Element) -> tuple[list[Tag], list[Fault]]:
    """The tags of the core properties: one property is one line of text."""
    tags, faults = [], []
    for node in root:
        for match in _ANY_TAG.finditer(node.text or ""):
            text = match.group()
            if text.startswith("{%"):
                tags.append(Tag("block", "", text[2:-2].strip(" -"), etree.QName(node).localname, node))
            else:
                tags.append(Tag("print", "", text[2:-2].strip(), etree.QName(node).localname, node))
        if re.search(r"\{\{|\{%|\}\}|%\}", _ANY_TAG.sub("", node.text or "")):
            place = Place(part="文档属性", spot=etree.QName(node).localname)
            faults.append(Fault("tag-unclosed", "标记没有成对写完整", place))
    return tags, faults


def _unfilled(name: str, data: bytes) -> Iterator[Fault]:
    """Tags in parts that no filling reaches: endnotes, comments, charts."""
    if not any(sign in data for sign in _BRACE):  # styles and themes are the greater part of a template
        return
    found = _ANY_TAG.search(text_of(parse_part(data)))
    if found:
        where = next((word for key, word in _UNFILLED_NAMES.items() if key in name), name)
        message = f"“{found.group()}”不会被填写，请移到正文、页眉、页脚或脚注"
        yield Fault("tag-unfilled", message, Place(part=where))


def _in_file(fault: Fault, name: str) -> Fault:
    return replace(fault, place=replace(fault.place, file=name))
