"""People out of exchange files and back into them; the library's `_exchange` says which element holds which fact."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any
from xml.sax.saxutils import escape

from lxml import etree

from doc_forms.editing import readable
from doc_forms.errors import DocFormsError, Fault, Place, Severity, UsageRefused
from doc_forms.exchange import ExchangePerson, ExchangeRelative, Extra, elements_of, read_person, stated
from doc_forms.exchange.person import ITEM, ROOT
from doc_forms.exchange.photo import encode
from doc_forms.form import Part, picture_bytes
from doc_forms.form.reading import Path as FieldPath
from doc_forms.library import Library
from doc_forms.people.incoming import Incoming, Taken, facts_of, intake_of, read_values, refuse_repeated

Values = dict[str, Any]
_TITLES = {element.name: element.title for element in elements_of(ExchangePerson).values()}
_FIELD = {element.name: field for field, element in elements_of(ExchangePerson).items()}
_FIELD_OF_RELATIVE = {element.name: field for field, element in elements_of(ExchangeRelative).items()}
_LAST, _LAST_OF_RELATIVE = "ZhaoPian", "GongZuoDanWeiJiZhiWu"
"""Foreign elements go behind these, where a case does not tell (or not well) behind which they stood."""
_NAME = re.compile(r"[^\W\d][\w.-]*")


def people_of_exchange(library: Library, files: Iterable[Path]) -> Taken:
    """Read people from exchange files; a file that cannot be read is a fault and stops no other."""
    intake, schema = intake_of(library), exchange_of(library)
    taken = Taken()
    for file in files:
        try:
            person, faults = read_person(file)
        except DocFormsError as error:
            taken.faults += error.faults
            continue
        taken.people.append(_incoming(intake, schema, file, person, faults))
    refuse_repeated(intake, taken)
    return taken


def exchange_person(library: Library, case: Part, person: Part) -> ExchangePerson:
    """Give a person of a case as an exchange file states him."""
    schema = exchange_of(library)
    texts, family = schema.texts_of(case, person)
    data = person.data()
    photo = _at(data, schema.PHOTO)
    foreign = _at(data, schema.FOREIGN) or []
    facts: dict[str, Any] = {_FIELD[element]: text for element, text in texts.items()}
    relatives: list[dict[str, Any]] = [{_FIELD_OF_RELATIVE[name]: text for name, text in one.items()} for one in family]
    own = [item for item in foreign if item.get("元素") and not item.get("所属亲属")]
    others = [item for item in foreign if item.get("元素") and item.get("所属亲属")]
    return ExchangePerson(
        **facts,
        family=tuple(_with_foreign([ExchangeRelative(**one) for one in relatives], others)),
        photo=picture_bytes(photo) if photo else b"",
        extras=tuple(_extra(item, _FIELD, ROOT, _LAST) for item in own),
    )


def _with_foreign(family: list[ExchangeRelative], foreign: Iterable[Mapping[str, str]]) -> list[ExchangeRelative]:
    """Give each relative the foreign elements that stood under his or her name.

    Of several relatives with one name the next one gets an element that the first has already. An element of a
    relative who is no longer among them has nowhere to go and stays in the case.
    """
    family = list(family)
    for item in foreign:
        extra = _extra(item, _FIELD_OF_RELATIVE, ITEM, _LAST_OF_RELATIVE)
        same = [number for number, one in enumerate(family) if _called(one) == item["所属亲属"]]
        if same:
            free = [number for number in same if _tag(extra) not in map(_tag, family[number].extras)]
            number = (free or same[-1:])[0]
            family[number] = replace(family[number], extras=(*family[number].extras, extra))
    return family


def exchange_of(library: Library) -> ModuleType:
    """Give the library's module of exchange files; UsageRefused where it has none."""
    if not (library.root / "schemas" / "_exchange.py").is_file():
        message = "这个模板库不能与任免审批表文件互换（缺 schemas/_exchange.py），请改用内置模板库"
        raise UsageRefused(Fault("exchange-none", message, Place(file=str(library.root))))
    return library.module("_exchange")


def _incoming(
    intake: ModuleType, schema: ModuleType, file: Path, person: ExchangePerson, faults: list[Fault]
) -> Incoming:
    texts = {element.name: text for element, text in stated(person)}
    family = [{element.name: text for element, text in stated(one)} for one in person.family]
    taken = schema.taken_from(texts, family)
    values: Values = taken.values
    if person.photo:
        _put(values, schema.PHOTO, encode(person.photo))
    foreign = [_foreign(extra, ROOT) for extra in person.extras]
    for one in person.family:
        foreign += [_foreign(extra, ITEM) | {"所属亲属": _called(one)} for extra in one.extras if _called(one)]
    if foreign:
        _put(values, schema.FOREIGN, foreign)
    if any(one.extras and not _called(one) for one in person.family):
        message = "有一位家庭成员没有姓名和称谓，其中格式之外的元素，案件不保留"
        faults.append(Fault("exchange-foreign", message, Place(file=file.name), Severity.NOTE))

    def locate(path: FieldPath) -> Place:
        return Place(file=file.name, field=_said(path, taken.origins))

    kept, found = read_values(intake, values, locate)
    derived, _ = readable(intake.PeopleRoster, taken.derived)
    name = str(kept.get(intake.NAME, ""))
    if name not in file.stem:  # the place does not tell whose file it is
        found = [replace(fault, message=f"【{name}】{fault.message}") for fault in found]
    return Incoming(kept, (*faults, *found), locate, facts_of(derived))


def _said(path: FieldPath, origins: Mapping[FieldPath, str]) -> str:
    """Name the element of a fact: `出生年月 ChuShengNianYue`, `家庭成员及亲属 第 2 项 ChuShengRiQi`."""
    words = " ".join(f"第 {step + 1} 项" if isinstance(step, int) else str(step) for step in path)
    element = origins.get(path, "")
    if not element:
        return words
    if any(isinstance(step, int) for step in path):
        return f"{words} {element}"
    return f"{_TITLES.get(element, path[-1])} {element}"


def _called(relative: ExchangeRelative) -> str:
    """How a case names a relative: the name, or else the relation."""
    return relative.name or relative.relation


def _tag(extra: Extra) -> str:
    return extra.xml[1:].partition(">")[0].split()[0]


def _foreign(extra: Extra, beginning: str) -> Values:
    """An element as a case keeps it: its name, what it followed, and its text or, where it is more, all of it."""
    root = etree.fromstring(extra.xml.encode(), etree.XMLParser(resolve_entities=False, no_network=True))
    plain = not len(root) and not root.attrib and not root.nsmap
    text = (root.text or "") if plain else extra.xml
    return {"元素": etree.QName(root).localname, "内容": text, "前一元素": extra.after or beginning}


def _extra(item: Mapping[str, str], known: Mapping[str, str], beginning: str, last: str) -> Extra:
    """Write a kept element anew, behind the one that it followed (`beginning`: before all others)."""
    name, text, after = item["元素"], item.get("内容", ""), item.get("前一元素", "")
    after = "" if after == beginning else after if after in known else last
    if text.startswith(f"<{name}"):
        try:
            root = etree.fromstring(text.encode(), etree.XMLParser(resolve_entities=False, no_network=True))
            return Extra(after, etree.tostring(root, encoding="unicode"))
        except etree.XMLSyntaxError:
            pass  # a text that only begins like an element
    name = name if _NAME.fullmatch(name) else "QiTa"
    return Extra(after, f"<{name}>{escape(text)}</{name}>")


def _put(values: Values, path: tuple[str, ...], value: Any) -> None:
    *groups, last = path
    for group in groups:
        values = values.setdefault(group, {})
    values[last] = value


def _at(values: Any, path: tuple[str, ...]) -> Any:
    for step in path:
        values = values.get(step) if isinstance(values, dict) else None
    return values
