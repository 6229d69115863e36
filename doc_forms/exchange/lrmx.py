"""`.lrmx`, the exchange file of the 任免审批表编辑器 3.x: read with every fault in one line, written in its order.

Plain XML, one `<Person>` with texts; the family is the one nested list, the photo is base64. It is read without DTD,
entities or network. Elements that the format does not know are kept and written where they stood.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any
from xml.sax.saxutils import escape

from lxml import etree

from doc_forms.errors import DataRefused, Fault, FileRefused, Place, Severity
from doc_forms.exchange import photo
from doc_forms.exchange.person import (
    FAMILY,
    ITEM,
    PHOTO,
    ROOT,
    Element,
    ExchangePerson,
    ExchangeRelative,
    Extra,
    elements_of,
    stated,
)
from doc_forms.exchange.texts import decode_xml, tidy

_DOCTYPE = re.compile(r"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_OPENED = re.compile(r"<([A-Za-z][\w.-]*)")
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LINE = "\r\n"
"""The editor runs on Windows and shows the texts in its boxes, which want both."""
_PERSON, _RELATIVE = elements_of(ExchangePerson), elements_of(ExchangeRelative)
_FIELD_OF = {element.name: name for name, element in _PERSON.items()}
_FIELD_OF_RELATIVE = {element.name: name for name, element in _RELATIVE.items()}
_MOST_RELATIVES = 200


def read_lrmx(data: bytes, file: str) -> tuple[ExchangePerson, list[Fault]]:
    """Read the bytes of a `.lrmx`; `file` names it in messages. Give the person and what was noticed.

    Raises FileRefused for what is no such file: foreign encodings that nobody can tell, broken XML (with the line),
    a DOCTYPE, another root, an element that is stated twice with different texts.
    """
    decoded = decode_xml(data, file)
    root = _parsed(decoded.text, file)
    faults = list(decoded.notes)
    reading = _Reading(file, faults)
    person = reading.person(root)
    if reading.refused:
        raise FileRefused(reading.refused)
    return person, faults


def write_lrmx(person: ExchangePerson) -> bytes:
    """Write a person: the elements in their order, UTF-8, the same person always to the same bytes.

    Raises DataRefused for a text that XML cannot hold.
    """
    _refuse_unwritable(person)
    lines = ['<?xml version="1.0" encoding="utf-8"?>', f"<{ROOT}>"]
    lines += _kept(person.extras, "", "  ")
    for name, element in _PERSON.items():
        value = getattr(person, name)
        if name == "family":
            lines += _family(person.family)
        elif value or not element.newer:
            lines.append(_line(element, photo.encode(value) if isinstance(value, bytes) else value, "  "))
        lines += _kept(person.extras, element.name, "  ")
    return _LINE.join([*lines, f"</{ROOT}>", ""]).encode()


def _parsed(text: str, file: str) -> etree._Element:
    place = Place(file=file)
    if _DOCTYPE.search(text):
        message = "文件含有不允许的 XML 声明（DOCTYPE），已拒绝；请在任免审批表编辑器中打开后另存"
        raise FileRefused(Fault("exchange-doctype", message, place))
    # Old programs write the line breaks of Word as control characters, which XML does not know.
    text = _CONTROL.sub("", text.replace("\x0b", "\n").replace("\x0c", "\n"))
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, remove_comments=True, remove_pis=True, huge_tree=False
    )
    try:
        root = etree.fromstring(text.strip().encode(), parser)
    except etree.XMLSyntaxError as error:
        raise FileRefused(_broken(text, error, place)) from None
    if etree.QName(root).localname != ROOT:
        message = f"不是任免审批表文件：最外层应是 {ROOT}，实为 {etree.QName(root).localname}"
        raise FileRefused(Fault("exchange-root", message, place))
    return root


def _broken(text: str, error: etree.XMLSyntaxError, place: Place) -> Fault:
    """Say at which line and in which element the XML breaks."""
    line = error.lineno or 1
    before = "\n".join(text.strip().split("\n")[:line])
    names = [name for name in _OPENED.findall(before) if name in _FIELD_OF or name == ITEM]
    element = _titled(names[-1]) if names else ""
    message = "不是完整的 XML（文件不全，或其中的 < & 没有转写），请在任免审批表编辑器中重新导出"
    return Fault("exchange-xml", message, Place(file=place.file, field=element, spot=f"第 {line} 行附近"))


def _titled(name: str) -> str:
    field = _FIELD_OF.get(name)
    return f"{_PERSON[field].title} {name}" if field else name


class _Reading:
    """One file on its way to a person: gathers what is to be said of it."""

    def __init__(self, file: str, faults: list[Fault]) -> None:
        self._file = file
        self._faults = faults
        self._hidden: dict[str, str] = {}
        self.refused: list[Fault] = []

    def person(self, root: etree._Element) -> ExchangePerson:
        texts, extras = self._taken(root, _FIELD_OF, "")
        family = tuple(self._family(root))
        picture = photo.decode(texts.pop("photo", ""))
        if picture.reason:
            self._say("exchange-photo", f"没有读取：{picture.reason}", _titled(PHOTO), Severity.WARNING)
        missing = [element.title for name, element in _PERSON.items() if not element.newer and name not in self._seen]
        if missing:
            self._say("exchange-missing", f"缺少元素，按空白读取：{'、'.join(missing)}", "", Severity.NOTE)
        for titled, signs in self._hidden.items():
            self._say("exchange-invisible", f"去掉了不可见字符（{signs}）", titled, Severity.NOTE)
        return ExchangePerson(**texts, family=family, photo=picture.data, extras=extras)

    def _family(self, root: etree._Element) -> Iterator[ExchangeRelative]:
        items = [item for holder in root if _name(holder) == FAMILY for item in holder]
        if len(items) > _MOST_RELATIVES:
            message = f"家庭成员有 {len(items)} 项，多于 {_MOST_RELATIVES} 项，请核对文件"
            self.refused.append(Fault("exchange-family", message, Place(file=self._file, field=_titled(FAMILY))))
            return
        for number, item in enumerate(items, 1):
            if _name(item) != ITEM:
                message = f"第 {number} 项应是 {ITEM}，实为 {_name(item)}，没有读取"
                self._say("exchange-family", message, _titled(FAMILY), Severity.WARNING)
                continue
            texts, extras = self._taken(item, _FIELD_OF_RELATIVE, f"{_titled(FAMILY)} 第 {number} 项 ")
            relative = ExchangeRelative(**texts, extras=extras)
            if not relative.blank:
                yield relative

    def _taken(
        self, holder: etree._Element, field_of: dict[str, str], within: str
    ) -> tuple[dict[str, Any], tuple[Extra, ...]]:
        """The texts of an element's children by field, and the children that the format does not know."""
        texts: dict[str, Any] = {}
        extras: list[Extra] = []
        seen: set[str] = set()
        last = ""
        for child in holder:
            name = _name(child)
            if name not in field_of:
                extras.append(Extra(last, etree.tostring(child, encoding="unicode", with_tail=False)))
                continue
            last = name
            seen.add(field_of[name])
            if name == FAMILY:
                continue
            titled = within + (_titled(name) if not within else name)
            text = self._text(child, titled)
            if texts.get(field_of[name], text) != text:
                message = "写了两次而内容不同，请在任免审批表编辑器中打开后另存"
                self.refused.append(Fault("exchange-twice", message, Place(file=self._file, field=titled)))
            texts[field_of[name]] = text
        if not within:
            self._seen = seen
        return texts, tuple(extras)

    def _text(self, child: etree._Element, titled: str) -> str:
        if len(child):
            message = f"其中不应再有元素 {_name(child[0])}，只读取了文字"
            self._say("exchange-nested", message, titled, Severity.WARNING)
        text, hidden = tidy("".join(map(str, child.itertext())))
        if hidden:
            self._hidden[titled] = hidden
        return text

    def _say(self, code: str, message: str, field: str, severity: Severity) -> None:
        self._faults.append(Fault(code, message, Place(file=self._file, field=field), severity))


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname


def _refuse_unwritable(person: ExchangePerson) -> None:
    faults = [
        Fault("exchange-character", "含有不可见或无法写出的字符，请删除后重录", Place(field=element.title))
        for element, text in chain(stated(person), *map(stated, person.family))
        if _NOT_IN_XML.search(text)
    ]
    if faults:
        raise DataRefused(faults)


def _line(element: Element, text: str, indent: str) -> str:
    shown = _LINE.join(escape(text).split("\n"))
    return f"{indent}<{element.name}>{shown}</{element.name}>"


def _family(relatives: Iterable[ExchangeRelative]) -> Iterator[str]:
    yield f"  <{FAMILY}>"
    for relative in relatives:
        yield f"    <{ITEM}>"
        yield from _kept(relative.extras, "", "      ")
        for name, element in _RELATIVE.items():
            yield _line(element, getattr(relative, name), "      ")
            yield from _kept(relative.extras, element.name, "      ")
        yield f"    </{ITEM}>"
    yield f"  </{FAMILY}>"


def _kept(extras: Iterable[Extra], after: str, indent: str) -> Iterator[str]:
    return (indent + extra.xml.replace("\n", _LINE) for extra in extras if extra.after == after)
