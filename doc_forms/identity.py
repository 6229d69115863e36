"""The identity that every paper carries: what it is, from which facts, and the facts themselves.

A custom XML part (ISO/IEC 29500-1, 15.2.5) that Word keeps and does not show. It says the kind, the version of
its schema, the sha256 of what was printed and the paper's number in the register's terms; kinds that are not
published carry the facts too, so that `open-data` gives them back. Word may rename the part when it saves, so
it is found by its namespace, not by its name.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

from doc_forms.packages import Package
from doc_forms.template.scan import parse_part

NAMESPACE = "urn:doc_forms:identity"
PART = "customXml/doc_forms.xml"
_PROPERTIES = "customXml/doc_formsProps.xml"
_STORE_ITEM = "{6D0F2C3E-5B1A-4E0B-9C56-D0CF02E5A001}"  # names the part's meaning, the same in every paper
_DATA_STORE = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CUSTOM_XML = f"{_OFFICE}/customXml"
_HEADER = "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
_PROPERTIES_TYPE = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
_RELATION_ID = "rIdDocForms"


@dataclass(frozen=True, slots=True)
class Identity:
    """What a paper says of itself."""

    kind: str
    version: int
    """The version of the kind's schema."""
    data_sha256: str
    """Of the printed values, as the register knows it."""
    template_sha256: str
    facts: str | None = None
    """The facts as a data file holds them (JSON, keyed by title); None where the kind is published."""

    @property
    def data(self) -> dict[str, Any] | None:
        """The facts, keyed by title."""
        found: dict[str, Any] | None = None if self.facts is None else json.loads(self.facts)
        return found

    @property
    def number(self) -> str:
        """The paper's number: the same kind, template and data are the same paper."""
        words = f"{self.kind}\0{self.template_sha256}\0{self.data_sha256}"
        return hashlib.sha256(words.encode()).hexdigest()[:32]

    def to_xml(self) -> bytes:
        """Write the part."""
        root = etree.Element(f"{{{NAMESPACE}}}paper", nsmap={"d": NAMESPACE})
        said = {
            "kind": self.kind,
            "version": str(self.version),
            "dataSha256": self.data_sha256,
            "templateSha256": self.template_sha256,
            "number": self.number,
        }
        for name, text in said.items():
            root.set(name, text)
        if self.facts is not None:
            etree.SubElement(root, f"{{{NAMESPACE}}}data").text = self.facts
        return _HEADER.encode() + etree.tostring(root, encoding="utf-8")


def identity_of(package: Package) -> Identity | None:
    """Read the identity of a paper; None where it carries none that can be read."""
    for name, data in package.parts.items():
        if not name.startswith("customXml/") or NAMESPACE.encode() not in data:
            continue
        root = parse_part(data)
        if root.tag == f"{{{NAMESPACE}}}paper":
            return _read(root)
    return None


def _read(root: etree._Element) -> Identity | None:
    held = root.find(f"{{{NAMESPACE}}}data")
    facts = None if held is None else held.text or ""
    try:
        data = {} if facts is None else json.loads(facts)
        version = int(root.get("version") or "")
    except ValueError:
        return None
    if not isinstance(data, dict):
        return None
    kind, digest, template = (root.get(name) or "" for name in ("kind", "dataSha256", "templateSha256"))
    return Identity(kind, version, digest, template, facts)


def with_place(package: Package) -> Package:
    """Give the template with a place for its papers' identity (that of a paper used as a template is dropped)."""
    parts = _without_identity(package.parts)
    main = _main_part(parts)
    folder, _, base = main.rpartition("/")
    relations = f"{folder}/_rels/{base}.rels" if folder else f"_rels/{base}.rels"
    types = parse_part(parts["[Content_Types].xml"])
    etree.SubElement(types, f"{{{types.nsmap[None]}}}Override", PartName=f"/{PART}", ContentType="application/xml")
    etree.SubElement(
        types, f"{{{types.nsmap[None]}}}Override", PartName=f"/{_PROPERTIES}", ContentType=_PROPERTIES_TYPE
    )
    root = parse_part(parts[relations]) if relations in parts else etree.Element(f"{{{_RELATIONS}}}Relationships")
    etree.SubElement(root, f"{{{_RELATIONS}}}Relationship", Id=_RELATION_ID, Type=_CUSTOM_XML, Target=f"/{PART}")
    properties = f'<ds:datastoreItem xmlns:ds="{_DATA_STORE}" ds:itemID="{_STORE_ITEM}"/>'
    own = (
        f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="rId1" Type="{_OFFICE}/customXmlProps" '
        f'Target="{_PROPERTIES.rpartition("/")[2]}"/></Relationships>'
    )
    made = {
        "[Content_Types].xml": _bytes(types),
        relations: _bytes(root),
        _PROPERTIES: (_HEADER + properties).encode(),
        f"customXml/_rels/{PART.rpartition('/')[2]}.rels": (_HEADER + own).encode(),
    }
    return Package(package.name, {**parts, **made})


def _without_identity(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """Drop an identity that is there already, with all that leads to it."""
    own = [name for name, data in parts.items() if name.startswith("customXml/") and NAMESPACE.encode() in data]
    if not own:
        return dict(parts)
    beside = {f"customXml/_rels/{name.rpartition('/')[2]}.rels" for name in own}
    properties = {name for name, data in parts.items() if _STORE_ITEM.encode() in data}
    gone = {*own, *beside, *properties}
    kept = {name: data for name, data in parts.items() if name not in gone}
    for name in [name for name in kept if name.endswith(".rels") or name == "[Content_Types].xml"]:
        root = parse_part(kept[name])
        for node in list(root):
            target = (node.get("Target") or node.get("PartName") or "").rpartition("/")[2]
            if target and target in {item.rpartition("/")[2] for item in gone}:
                root.remove(node)
        kept[name] = _bytes(root)
    return kept


def _main_part(parts: Mapping[str, bytes]) -> str:
    root = parse_part(parts["[Content_Types].xml"])
    types = {node.get("PartName") or "": node.get("ContentType") or "" for node in root}
    return next(name.lstrip("/") for name, kind in types.items() if kind.endswith("document.main+xml"))


def _bytes(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
