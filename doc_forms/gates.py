"""What a finished document must pass before it gets its name.

A document that is schema-valid can still have lost a line or show a tag. So each filled part is parsed
strictly, searched for tags, and its text is compared with what went in: everything the template printed,
in order, and every fact that was handed in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lxml import etree

from doc_forms.errors import Fault, PaperRefused
from doc_forms.form import Part, PartialDate
from doc_forms.template.compiled import Filled
from doc_forms.template.scan import text_of
from doc_forms.zipped import count_members

_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
_TAGS = re.compile(r"\{\{|\}\}|\{%|%\}|｛｛|｝｝|｛%|%｝")
_LINES = re.compile("[\n\t]+")


def facts_of(part: Part) -> list[str]:
    """Give every fact that the paper has to show, as it prints (dates in either style, joined by `|`)."""
    return list(dict.fromkeys(_facts(part)))


def _facts(part: Part) -> Iterator[str]:
    for spec in part.fields():
        if spec.computed or not spec.printed:
            continue
        value = getattr(part, spec.name)
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, Part):
                yield from _facts(item)
            elif isinstance(item, PartialDate):
                yield f"{item.dotted}|{item.chinese}"
            elif isinstance(item, str):
                yield item


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
    if not faults:
        faults += _missing(facts, printed, "\n".join(texts))
    if count_members(filled.package) != members:
        faults.append(Fault("gate-package", "生成的文件包不完整，没有保存"))
    if faults:
        raise PaperRefused(faults)


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
        if not any(re.sub(r"\s", "", form) in squeezed for form in fact.split("|")):
            lost = fact.partition("|")[0]
            shown = lost if len(lost) <= 12 else lost[:12] + "…"  # noqa: PLR2004 - enough to recognise it
            yield Fault("gate-unprinted", f"“{shown}”没有印在文书上，没有保存；请检查模板或这一项是否适用")
