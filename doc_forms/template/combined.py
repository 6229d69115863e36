"""Many papers in one document for printing: one section each, with its own page numbers and headers.

Every paper is rendered once and written straight into the package, so time grows with the number of papers
and memory does not. (Appending finished documents to each other was measured: superlinear, and one header
for all.)
"""

from __future__ import annotations

import copy
import itertools
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import IO, Any

from lxml import etree

from doc_forms.errors import Fault, Place, TemplateRefused
from doc_forms.form import picture_bytes
from doc_forms.template.compiled import Template, content_types
from doc_forms.template.pictures import Shot, shot_of
from doc_forms.template.prepare import prepare_word_part
from doc_forms.template.scan import TAG, W, parse_part, text_of

_R_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
# Stands at the end of relationship ids until a paper's number takes its place. Values are escaped: none holds a
# bare quotation mark, so none is taken for it.
_MARK = "__RECORD__"
_RECORD = f'{_MARK}"'
_DRAWING_ID = re.compile(r'(<wp:docPr\b[^>]*? id=")\d+')
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_EPOCH = (1980, 1, 1, 0, 0, 0)
_FIRST_DRAWING_ID = 1001

Contexts = Callable[[], Iterable[dict[str, Any]]]
"""Gives the contexts of all papers, from the first, as often as it is called."""
Check = Callable[[bytes, list[str]], None]
"""Raises when the filled XML does not show what was printed into it."""


class CombinedTemplate:
    """A template made ready for many papers in one document."""

    def __init__(self, template: Template, title: str = "") -> None:
        """Prepare it; TemplateRefused where its papers cannot share a document.

        title: what the document's properties call it; what they would say of one paper (any property with a tag)
        is left out.
        """
        self._title = title
        self._parts = dict(template.parts)
        self._places = template.places
        types = content_types(template.package)
        self._main = next(name for name, kind in types.items() if kind.endswith("document.main+xml"))
        folder, _, base = self._main.rpartition("/")
        self._relations = f"{folder}/_rels/{base}.rels"
        self._folder = f"{folder}/" if folder else ""
        self._own = {
            part.name: part for part in template.prepared if types[part.name].endswith(("header+xml", "footer+xml"))
        }
        self._core = [part for part in template.prepared if part.name not in self._own and part.name != self._main]
        root = parse_part(self._parts[self._main])
        faults = list(_obstacles(root, template.name))
        if faults:
            raise TemplateRefused(faults)
        _drop_bookmarks(root)
        for name, data in self._parts.items():
            if types[name].endswith(("header+xml", "footer+xml")) and b"NUMPAGES" in data:
                self._parts[name] = data.replace(b"NUMPAGES", b"SECTIONPAGES")
        self._own = {
            name: part.with_source(part.source.replace("NUMPAGES", "SECTIONPAGES")) for name, part in self._own.items()
        }
        self._restart_section(root)
        last = copy.deepcopy(root)
        _close_section_in_last_paragraph(root)
        self._inner, self._last = (prepare_word_part(self._main, body, body=True) for body in (root, last))

    def write(
        self,
        contexts: Contexts,
        count: int,
        stream: IO[bytes],
        check: Check,
        *,
        beside: Mapping[str, bytes] | None = None,
    ) -> None:
        """Write the document of `count` papers (at least one) to the stream. `beside`: parts of this document alone."""
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
            package.writestr(_info("[Content_Types].xml"), self._content_types(count))
            shots = self._write_pictures(package, contexts())
            package.writestr(_info(self._relations), self._relationships(count, shots))
            made_here = {"[Content_Types].xml", self._relations, self._main, *self._own}
            core = {part.name: _of_all(part.source, self._title) for part in self._core}
            for name, data in self._parts.items():
                if name not in made_here:
                    package.writestr(_info(name), core.get(name) or data)
            for name, data in (beside or {}).items():
                package.writestr(_info(name), data)
            self._write_headers(package, contexts())
            with package.open(_info(self._main), "w") as body:
                for piece in self._pieces(contexts(), count, check):
                    body.write(piece)

    def _write_pictures(self, package: zipfile.ZipFile, contexts: Iterable[dict[str, Any]]) -> list[Shot]:
        """Write each picture that some paper shows, once; give them."""
        written: dict[str, Shot] = {}
        for context in contexts if self._places else ():
            for picture in self._places.pictures(context) if self._places else ():
                name = self._folder + shot_of(picture).part
                if name not in written:
                    written[name] = shot_of(picture)
                    package.writestr(_info(name), picture_bytes(picture))
        return list(written.values())

    def _write_headers(self, package: zipfile.ZipFile, contexts: Iterable[dict[str, Any]]) -> None:
        for number, context in enumerate(contexts if self._own else (), 1):
            for name, part in self._own.items():
                package.writestr(_info(_numbered(name, number)), part.render(context)[0])
                relations = name.replace("/", "/_rels/", 1) + ".rels"
                if relations in self._parts:
                    package.writestr(
                        _info(_numbered(name, number).replace("/", "/_rels/", 1) + ".rels"), self._parts[relations]
                    )

    def _pieces(self, contexts: Iterable[dict[str, Any]], count: int, check: Check) -> Iterator[bytes]:
        drawings = itertools.count(_FIRST_DRAWING_ID)
        for number, context in enumerate(contexts, 1):
            part = self._last if number == count else self._inner
            data, printed = part.render(context)
            check(data, printed)
            text = data.decode().replace(_RECORD, f'{number}"')
            if "<wp:docPr" in text:
                text = _DRAWING_ID.sub(lambda found: f"{found.group(1)}{next(drawings)}", text)
            start = 0 if number == 1 else text.index(">", text.index("<w:body")) + 1
            stop = len(text) if number == count else text.rindex("</w:body>")
            yield text[start:stop].encode()

    def _restart_section(self, root: etree._Element) -> None:
        """Page numbers begin at 1 for each paper; its own headers are found by numbered relationships."""
        section = root.find(f"{W}body/{W}sectPr")
        if section is None:
            return
        two_sided = any(b"w:evenAndOddHeaders" in data for name, data in self._parts.items() if "settings" in name)
        kind = section.find(f"{W}type")
        if kind is None:
            kind = etree.Element(f"{W}type")
            references = (f"{W}headerReference", f"{W}footerReference", f"{W}footnotePr", f"{W}endnotePr")
            section.insert(sum(node.tag in references for node in section), kind)
        kind.set(f"{W}val", "oddPage" if two_sided else "nextPage")
        numbering = section.find(f"{W}pgNumType")
        if numbering is None:
            numbering = etree.Element(f"{W}pgNumType")
            before = (
                "type",
                "pgSz",
                "pgMar",
                "paperSrc",
                "pgBorders",
                "lnNumType",
                "headerReference",
                "footerReference",
            )
            section.insert(sum(node.tag in {W + tag for tag in before} for node in section), numbering)
        numbering.set(f"{W}start", "1")
        own = self._own_relations()
        for reference in section:
            if reference.get(_R_ID) in own:
                reference.set(_R_ID, f"{reference.get(_R_ID)}_{_MARK}")

    def _own_relations(self) -> dict[str, etree._Element]:
        """The relationships that lead to headers and footers with tags, by id."""
        root = parse_part(self._parts[self._relations])
        return {node.get("Id", ""): node for node in root if self._target(node) in self._own}

    def _target(self, relation: etree._Element) -> str:
        target = relation.get("Target", "")
        return target.lstrip("/") if target.startswith("/") else self._folder + target

    def _relationships(self, count: int, shots: Iterable[Shot]) -> bytes:
        relations = self._parts[self._relations]
        root = parse_part(self._places.related(shots) if self._places else relations)
        for identity, node in self._own_relations().items():
            original = next(item for item in root if item.get("Id") == identity)
            root.remove(original)
            for number in range(1, count + 1):
                made = etree.SubElement(
                    root, original.tag, {str(key): str(value) for key, value in node.attrib.items()}
                )
                made.set("Id", f"{identity}_{number}")
                made.set("Target", "/" + _numbered(self._target(node), number))
        return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)

    def _content_types(self, count: int) -> bytes:
        root = parse_part(self._parts["[Content_Types].xml"])
        for node in list(root):
            name = node.get("PartName", "").lstrip("/")
            if name in self._own:
                root.remove(node)
                for number in range(1, count + 1):
                    etree.SubElement(
                        root,
                        node.tag,
                        {"PartName": "/" + _numbered(name, number), "ContentType": node.get("ContentType", "")},
                    )
        return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _of_all(properties: str, title: str) -> bytes:
    """The document's properties, without what their tags would say of one of its papers."""
    root = parse_part(properties.encode())
    for node in root.iter(etree.Element):
        if node.text and TAG.search(node.text):
            node.text = title if node.tag == _TITLE else ""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _obstacles(root: etree._Element, name: str) -> Iterator[Fault]:
    """What would run on from one paper into the next, so that the second would differ from a paper of its own."""
    found = {
        "combined-notes": ("含脚注或尾注", _holds(root, "footnoteReference", "endnoteReference")),
        "combined-numbering": ("含自动编号", _holds(root, "numPr")),
        "combined-references": ("引用书签", _refers_to_bookmarks(root)),
        "combined-sections": ("分成多节", sum(1 for _ in root.iter(f"{W}sectPr")) > 1),
    }
    for code, (what, is_so) in found.items():
        if is_so:
            yield Fault(code, f"{what}的模板不能合成一个文件，请改为逐份生成（可加 --pdf）", Place(file=name))


def _holds(root: etree._Element, *tags: str) -> bool:
    return any(root.find(f".//{W}{tag}") is not None for tag in tags)


def _refers_to_bookmarks(root: etree._Element) -> bool:
    codes = [node.text or "" for node in root.iter(f"{W}instrText")]
    codes += [node.get(f"{W}instr", "") for node in root.iter(f"{W}fldSimple")]
    anchored = any(node.get(f"{W}anchor") for node in root.iter(f"{W}hyperlink"))
    return anchored or any(re.match(r"\s*(?:REF|PAGEREF|NOTEREF)\b", code) for code in codes)


def _drop_bookmarks(root: etree._Element) -> None:
    """Nothing refers to them, and the same name twice in a document is an error."""
    for node in [*root.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd")]:
        parent = node.getparent()
        if parent is not None:
            parent.remove(node)


def _close_section_in_last_paragraph(root: etree._Element) -> None:
    """Move the section's set-up to where Word wants it for all sections but the last: the last paragraph."""
    body = root.find(f"{W}body")
    section = body.find(f"{W}sectPr") if body is not None else None
    if body is None or section is None:
        return
    body.remove(section)
    last = body[-1] if len(body) else None
    text = "" if last is None else text_of(last)
    if last is None or last.tag != f"{W}p" or "{%p" in text:
        last = _hairline_paragraph(body)
    properties = last.find(f"{W}pPr")
    if properties is None:
        properties = etree.Element(f"{W}pPr")
        last.insert(0, properties)
    after = [node for node in properties if node.tag == f"{W}pPrChange"]
    properties.insert(len(properties) - len(after), section)


def _hairline_paragraph(body: etree._Element) -> etree._Element:
    """A paragraph one point high, to end a section after a table without pushing a page over."""
    paragraph = etree.SubElement(body, f"{W}p")
    properties = etree.SubElement(paragraph, f"{W}pPr")
    etree.SubElement(
        properties,
        f"{W}spacing",
        {f"{W}before": "0", f"{W}after": "0", f"{W}line": "20", f"{W}lineRule": "exact"},
    )
    return paragraph


def _numbered(name: str, number: int) -> str:
    stem, _, ending = name.rpartition(".")
    return f"{stem}_{number}.{ending}"


def _info(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _EPOCH)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o600 << 16
    return info
