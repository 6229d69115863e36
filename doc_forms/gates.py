"""What a finished document must pass before it gets its name.

A document that is schema-valid can still have lost a line or show a tag. So each filled part is parsed
strictly, searched for tags, and its text is compared with what went in: everything the template printed,
in order, and every fact that was handed in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from lxml import etree

from doc_forms.errors import Fault, PaperRefused
from doc_forms.form import Part, PartialDate, picture_bytes
from doc_forms.template.compiled import Filled
from doc_forms.template.language import UNBROKEN_HYPHEN
from doc_forms.template.pictures import shot_of
from doc_forms.template.scan import text_of
from doc_forms.zipped import count_members, holds

_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
_TAGS = re.compile(r"\{\{|\}\}|\{%|%\}|｛｛|｝｝|｛[%％]|[%％]｝|\{％|％\}")
_LINES = re.compile("[\n\t]+")
_PICTURE = ("/9j/", "iVBORw0KGgo")  # how a JPEG and a PNG begin in base64
_LONG = 80


def facts_of(part: Part, context: Mapping[str, Any]) -> list[str]:
    """Give every fact that the paper has to show, as it prints. `context` is the part's own."""
    return list(dict.fromkeys(_facts(part, context)))


def _facts(part: Part, context: Mapping[str, Any]) -> Iterator[str]:
    values = vars(part)
    for name, title in _shown(type(part)):
        value = values[name]
        if value is None:
            continue
        shown = context[title]
        if isinstance(value, list):
            for item, text in zip(value, shown, strict=True):
                yield from _fact(item, text)
        else:
            yield from _fact(value, shown)


def _fact(value: Any, shown: Any) -> Iterable[str]:
    """A text or a date is a fact; a number is too short to be looked for."""
    if isinstance(value, Part):
        return _facts(value, shown)
    return (shown,) if isinstance(value, str | PartialDate) else ()


@cache
def _shown(part: type[Part]) -> tuple[tuple[str, str], ...]:
    """The name and the title of each field that is typed and printed."""
    return tuple((spec.name, spec.title) for spec in part.fields() if spec.printed and not spec.computed)


def check_document(filled: Filled, facts: Iterable[str], members: int) -> None:
    """Let the document pass, or raise PaperRefused with every reason.

    facts: see `facts_of`. members: how many members the package must have.
    """
    faults: list[Fault] = []
    texts, printed = [], set()
    for name, data in filled.parts.items():
        try:
            texts.append(check_part(name, data, filled.printed[name]))
        except PaperRefused as error:
            faults += error.faults
        printed.update(filled.printed[name])
    printed.update(_shown_pictures(filled))
    if not faults:
        faults += _missing(facts, printed, "\n".join(texts))
    if count_members(filled.package) != members:
        faults.append(Fault("gate-package", "生成的文件包不完整，没有保存"))
    if faults:
        raise PaperRefused(faults)


def _shown_pictures(filled: Filled) -> Iterator[str]:
    """The record's pictures that the package holds byte by byte and a part shows."""
    for name, picture in filled.pictures.items():
        relation = f'"{shot_of(picture).relation}"'.encode()
        if holds(filled.package, name, picture_bytes(picture)) and any(
            relation in part for part in filled.parts.values()
        ):
            yield picture


def check_part(name: str, data: bytes, printed: list[str]) -> str:
    """Let one filled part pass and give its text, or raise PaperRefused."""
    try:
        text = text_of(etree.fromstring(data, _PARSER))
    except etree.XMLSyntaxError as error:
        message = f"生成的文书不完整（{name}：{error.msg}），没有保存；请检查模板"
        raise PaperRefused(Fault("gate-xml", message)) from None
    faults = list(_check_text(text, printed))
    if faults:
        raise PaperRefused(faults)
    return text


def _check_text(text: str, printed: list[str]) -> Iterator[Fault]:
    """No tag is left, and everything printed is there, in order."""
    tag = _TAGS.search(text)
    if tag:
        around = text[max(0, tag.start() - 5) : tag.end() + 15]
        yield Fault("gate-tag", f"文书中留有没有填写的标记“{around}”，没有保存；请检查模板")
    position = 0
    for value in printed:
        for line in (value,) if "\n" not in value and "\t" not in value else _LINES.split(value):
            found = text.find(line, position)
            if found < 0:
                yield Fault("gate-lost", f"填入的内容有缺失（第 {len(line)} 字一段），没有保存；请检查模板")
                return
            position = found + len(line)


def _missing(facts: Iterable[str], printed: set[str], text: str) -> Iterator[Fault]:
    """Every fact handed in is printed: as it is, inside a sentence, or spread out."""
    squeezed = ""
    for fact in facts:
        if fact in printed:
            continue
        squeezed = squeezed or re.sub(r"\s", "", text)
        if not any(re.sub(r"\s", "", form) in squeezed for form in _spellings(fact)):
            shown = fact if len(fact) <= 12 else fact[:12] + "…"  # noqa: PLR2004 - enough to recognise it
            shown = "照片" if len(fact) > _LONG and fact.startswith(_PICTURE) else shown
            yield Fault("gate-unprinted", f"“{shown}”没有印在文书上，没有保存；请检查模板或这一项是否适用")


def _spellings(fact: str) -> tuple[str, ...]:
    """The ways in which a fact may stand in a sentence: a date in either style, a number that no line end parts."""
    try:
        date = PartialDate.parse(fact)
    except ValueError:
        return (fact, fact.replace("-", UNBROKEN_HYPHEN)) if "-" in fact else (fact,)
    return fact, date.dotted, date.chinese
