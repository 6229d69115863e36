"""Pictures from data: a template's own picture whose alternative text is a tag gives its place to the record's.

In Word an office puts any picture where the photograph belongs, sizes it, and writes `{{ 照片 }}` as its alternative
text. For each paper the picture's bytes become a part of the package under a name made from their checksum, so that
equal pictures are one part, and the same picture has the same name in every paper and in a document of many. It is
cropped to the place by DrawingML (a:srcRect, ECMA-376 part 1, 20.1.8.55), never stretched; where a record has no
picture, the drawing is left out.
"""

from __future__ import annotations

import hashlib
import posixpath
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from lxml import etree
from markupsafe import Markup

from doc_forms.form import PictureFacts, picture_bytes, picture_facts
from doc_forms.template.scan import DOCPR, parse_part, picture_slots

Path = tuple[str, ...]
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_IMAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
_RELATIONSHIP = f"{{{_PACKAGE}relationships}}Relationship"
_TYPES = ("jpeg", "png")
_WHOLE = 100_000  # thousandths of a per cent
_DIGITS = 20  # of the checksum: enough that no two pictures of an office share them


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture as a package holds it."""

    facts: PictureFacts
    checksum: str

    @property
    def relation(self) -> str:
        """The identifier of its relationship."""
        return f"rIdPicture{self.checksum}"

    @property
    def part(self) -> str:
        """The name of its part, in the folder of the body."""
        return f"media/picture{self.checksum}.{self.facts.ending}"


@lru_cache(maxsize=64)
def shot_of(picture: str) -> Shot:
    """Look at a picture as a form keeps it."""
    data = picture_bytes(picture)
    return Shot(picture_facts(data), hashlib.sha256(data).hexdigest()[:_DIGITS])


def _relation(picture: str) -> Markup:
    return Markup(shot_of(picture).relation)  # noqa: S704 - made of digits and letters only


def _crop(picture: str, width: int, height: int) -> Markup:
    """What is cut off so that the picture fills a place of this size undistorted.

    One that is too wide loses the same on both sides, one that is too high loses at its foot: the head stays whole.
    """
    facts = shot_of(picture).facts
    side = max(0, _WHOLE - _WHOLE * facts.height * width // (facts.width * height)) // 2
    foot = max(0, _WHOLE - _WHOLE * facts.width * height // (facts.height * width))
    rest = f'l="{side}" t="0" r="{side}" b="{foot}"'
    return Markup(f'<a:srcRect xmlns:a="{_A[1:-1]}" {rest}/>')  # noqa: S704 - numbers only


PICTURE_FILTERS = {"_relation": _relation, "_crop": _crop}
"""For the prepared templates alone: a tag cannot name them."""


def ready_pictures(root: etree._Element) -> None:
    """Put into each picture slot what the rendering fills: the relationship, the crop, the condition around it."""
    for slot in picture_slots(root):
        width, height = _size(slot.drawing)
        for node in slot.drawing.iter():
            for name in ("descr", "title"):
                if "{{" in (node.get(name) or ""):
                    node.set(name, slot.expression.rpartition(".")[2])
        for child in list(slot.blip):  # how the placeholder was coloured, or its drawing in another format
            slot.blip.remove(child)
        for cut in list(slot.blip.itersiblings(f"{_A}srcRect")):
            _drop(cut)
        slot.blip.set(f"{_R}embed", f"{{{{ {slot.expression}|_relation }}}}")
        slot.blip.tail = f"{{{{ {slot.expression}|_crop({width}, {height}) }}}}"
        _write_before(slot.drawing, f"{{% if {slot.expression} %}}")
        slot.drawing.tail = f"{{% endif %}}{slot.drawing.tail or ''}"


def _size(drawing: etree._Element) -> tuple[int, int]:
    """The size of the place in EMU, as the picture has it, else as its frame has."""
    for node in (drawing.find(f".//{_A}xfrm/{_A}ext"), drawing.find(f".//{DOCPR.rpartition('}')[0]}}}extent")):
        if node is not None and int(node.get("cx") or 0) > 0 and int(node.get("cy") or 0) > 0:
            return int(node.get("cx") or 0), int(node.get("cy") or 0)
    return 1, 1


def _drop(node: etree._Element) -> None:
    parent = node.getparent()
    if parent is not None:
        parent.remove(node)


def _write_before(node: etree._Element, text: str) -> None:
    previous, parent = node.getprevious(), node.getparent()
    if previous is not None:
        previous.tail = (previous.tail or "") + text
    elif parent is not None:
        parent.text = (parent.text or "") + text


class PicturePlaces:
    """Where the pictures of the papers go in the package of a template that has places for them."""

    def __init__(self, parts: Mapping[str, bytes], body: str, paths: Iterable[Path]) -> None:
        """Take the template's parts, the name of its body and the paths of the pictures that it shows."""
        self._paths = sorted(paths)
        self._folder, _, base = body.rpartition("/")
        self.relations = posixpath.join(self._folder, "_rels", f"{base}.rels")
        """The part that says which pictures the body shows."""
        kept = dict(parts)
        root = parse_part(kept[self.relations])
        gone = _own_relations(parse_part(kept[body]))
        for node in list(root):
            if node.get("Id") in gone:
                root.remove(node)
        kept[self.relations] = _bytes(root)
        kept["[Content_Types].xml"] = _with_types(kept["[Content_Types].xml"])
        before = {target for name, data in parts.items() for target in _targets(name, data)}
        after = {target for name, data in kept.items() for target in _targets(name, data)}
        self.placeholders = before - after & parts.keys()
        """The parts of the template's own pictures that nothing else shows."""
        self.parts = {name: data for name, data in kept.items() if name not in self.placeholders}
        """The template's parts without them."""

    def pictures(self, context: Mapping[str, Any]) -> list[str]:
        """Give the pictures that a context holds for these places, each once."""
        return list(dict.fromkeys(found for path in self._paths for found in _at(context, path)))

    def related(self, shots: Iterable[Shot]) -> bytes:
        """Give the relationships of the body with those of the pictures."""
        root = parse_part(self.parts[self.relations])
        for shot in dict.fromkeys(shots):
            etree.SubElement(root, _RELATIONSHIP, Id=shot.relation, Type=_IMAGE, Target=shot.part)
        return _bytes(root)

    def members(self, context: Mapping[str, Any]) -> tuple[dict[str, bytes], dict[str, str]]:
        """Give the parts that a paper adds, and its pictures by the names of their parts."""
        named = {posixpath.join(self._folder, shot_of(one).part): one for one in self.pictures(context)}
        media = {name: picture_bytes(picture) for name, picture in named.items()}
        return {self.relations: self.related(map(shot_of, named.values())), **media}, named


def _own_relations(body: etree._Element) -> set[str]:
    """The relationships that only the template's own pictures in the places use."""
    own = {value for slot in picture_slots(body) for value in _references(slot.blip)}
    for slot in list(picture_slots(body)):
        _drop(slot.blip)
    return own - set(_references(body))


def _references(node: etree._Element) -> Iterator[str]:
    for inner in node.iter(etree.Element):
        yield from (str(value) for name, value in inner.attrib.items() if str(name).startswith(_R))


def _targets(name: str, data: bytes) -> Iterator[str]:
    """The parts that a part of relationships leads to."""
    if not name.endswith(".rels"):
        return
    folder = posixpath.dirname(posixpath.dirname(name))
    for node in parse_part(data):
        if node.get("TargetMode") != "External":
            target = node.get("Target") or ""
            yield posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")


def _with_types(data: bytes) -> bytes:
    """Say what .jpeg and .png are, where the template does not."""
    root = parse_part(data)
    known = {(node.get("Extension") or "").lower() for node in root}
    for ending in reversed(_TYPES):
        if ending not in known:
            made = etree.Element(f"{{{_PACKAGE}content-types}}Default")
            made.set("Extension", ending)
            made.set("ContentType", f"image/{ending}")
            root.insert(0, made)
    return _bytes(root)


def _at(value: Any, path: Path) -> Iterator[str]:
    """Every picture at a path of titles; lists are gone through."""
    if isinstance(value, list):
        for item in value:
            yield from _at(item, path)
    elif not path:
        yield from [value] if value else []
    elif isinstance(value, Mapping):
        yield from _at(value.get(path[0]), path[1:])


def _bytes(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
