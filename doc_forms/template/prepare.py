"""Makes a template part ready once: docxtpl's clean-up, Jinja's compilation, and what the fast path may skip.

For each record docxtpl patches, compiles, renders, re-parses and serialises a part. All but the rendering is
the same every time. The fast path only renders; it gives the same XML as docxtpl as long as docxtpl's steps
after rendering would change nothing. `slow_reasons` finds where they would, and such a part takes those
steps too (`finish_as_docxtpl`), with docxtpl's own code.
"""

from __future__ import annotations

import re
import threading
from typing import Any

from jinja2 import TemplateSyntaxError
from lxml import etree
from markupsafe import Markup, escape

from doc_forms.errors import Fault, Place, TemplateRefused
from doc_forms.template.kept import cleaned
from doc_forms.template.language import make_environment
from doc_forms.template.pictures import PICTURE_FILTERS, ready_pictures
from doc_forms.template.scan import DOCPR, TAG, W, always_rows, parse_part, text_of

_BREAK = Markup('</w:t><w:br/><w:t xml:space="preserve">')
_HEADER = "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
_FIRST_DRAWING_ID = 1001
_BLOCK_END = re.compile(r"\{%(?:p|tr|tc|r)?\s+(end)?(?:for|if)\b")


class _Seen(threading.local):
    """What the rendering that runs in this thread has printed, in order."""

    def __init__(self) -> None:
        self.values: list[str] = []


class PreparedPart:
    """One part of a template, compiled: context in, XML out."""

    def __init__(
        self, name: str, source: str, *, breaks: bool, body: bool = False, slow_reasons: tuple[str, ...] = ()
    ) -> None:
        self.name = name
        self.slow_reasons = slow_reasons
        self.source = source
        self._seen = _Seen()
        self._breaks = breaks
        self._body = body
        environment = make_environment()
        environment.filters.update(PICTURE_FILTERS)
        environment.finalize = self._print
        self._render = environment.from_string(source).render

    def with_source(self, source: str) -> PreparedPart:
        """Give the same part with its prepared XML altered."""
        return PreparedPart(self.name, source, breaks=self._breaks, body=self._body, slow_reasons=self.slow_reasons)

    def render(self, context: dict[str, Any]) -> tuple[bytes, list[str]]:
        """Give the filled XML and the values that were printed, in the order of the text."""
        seen = self._seen.values = []
        text = self._render(context)
        if self._breaks and ("\t" in text or self.slow_reasons):
            text = finish_as_docxtpl(text, whole=self._body and bool(self.slow_reasons))
        return (_HEADER + text).encode(), seen

    def _print(self, value: Any) -> Any:
        """Jinja's finalize: note what is printed; a line end becomes Word's line break."""
        if isinstance(value, Markup):  # what our own filters for pictures write into the XML: no text
            return value
        text = str(value)
        self._seen.values.append(text)
        if "\n" not in text:
            return text
        return _BREAK.join(escape(line) for line in text.split("\n")) if self._breaks else text.replace("\n", " ")


def prepare_word_part(name: str, root: etree._Element, *, body: bool) -> PreparedPart:
    """Prepare a part whose tags are checked already: the body, or a header, a footer, the footnotes.

    TemplateRefused when docxtpl's clean-up, which works on the XML as text, would swallow something.
    """
    reasons = tuple(_slow_reasons(root, body=body))
    if body and not reasons:
        _number_drawings(root)
    if body:
        ready_pictures(root)
    source = cleaned(etree.tostring(root, encoding="unicode"))
    try:
        if _content(root) == _content(parse_part(TAG.sub("", source).encode())) and _count_tags(root) == len(
            TAG.findall(source)
        ):
            return PreparedPart(name, source, breaks=True, body=body, slow_reasons=reasons)
    except (TemplateSyntaxError, etree.XMLSyntaxError):
        pass
    message = "有标记与旁边的花括号、文字或图形粘连，填写时会丢失内容；请把这些标记重新键入，并移开旁边的花括号和图形"
    raise TemplateRefused(Fault("tag-swallows", message, Place(part=name)))


def _content(root: etree._Element) -> tuple[str, int]:
    """What must outlast the clean-up: all text but the tags, and the drawings."""
    return "".join(TAG.sub("", text_of(root)).split()), sum(1 for _ in root.iter(DOCPR))


def _count_tags(root: etree._Element) -> int:
    attributes = [
        str(value) for node in root.iter(etree.Element) for value in node.attrib.values() if "{" in str(value)
    ]
    return sum(len(TAG.findall(text)) for text in (text_of(root), *attributes))


def prepare_plain_part(name: str, root: etree._Element) -> PreparedPart:
    """Prepare a part without Word paragraphs: the core properties."""
    return PreparedPart(name, etree.tostring(root, encoding="unicode"), breaks=False)


def _slow_reasons(root: etree._Element, *, body: bool) -> list[str]:
    """Why docxtpl's steps after rendering could change something in this part (some it takes in the body only)."""
    reasons = []
    if body and any(not _grid_is_settled(table) for table in root.iter(f"{W}tbl")):
        reasons.append("表格列数会随内容变化")
    if body and _drawings_may_vary(root):
        reasons.append("图形可能随循环重复")
    if any(sign in (node.text or "") for node in root.iter(f"{W}t") for sign in "\n\t\a\f"):
        reasons.append("模板文字里有换行或制表符")
    return reasons


def _drawings_may_vary(root: etree._Element) -> bool:
    """Whether a loop or a condition holds a drawing, so that how many there are depends on the values."""
    text = ""
    for node in root.iter(f"{W}t", DOCPR):
        if node.tag == DOCPR:
            ends = _BLOCK_END.findall(text)
            if len(ends) != 2 * ends.count("end"):
                return True
        else:
            text += node.text or ""
    return False


def _grid_is_settled(table: etree._Element) -> bool:
    """Whether docxtpl's fix_tables keeps the grid whatever is left out or repeated.

    It adds columns when some row has more cells than the grid, and removes them when every row spans fewer.
    """
    grid = table.find(f"{W}tblGrid")
    columns = 0 if grid is None else len(grid.findall(f"{W}gridCol"))
    if any("{%tc" in "".join(node.text or "" for node in row.iter(f"{W}t")) for row in table.iter(f"{W}tr")):
        return False
    most_cells = max((len(row.findall(f"{W}tc")) for row in table.iter(f"{W}tr")), default=0)
    widest_kept = max((_span(row) for row in always_rows(table)), default=0)
    return most_cells <= columns and widest_kept >= columns


def _span(row: etree._Element) -> int:
    spans = [cell.find(f"{W}tcPr/{W}gridSpan") for cell in row.findall(f"{W}tc")]
    return sum(1 if span is None else int(span.get(f"{W}val") or 1) for span in spans)


def _number_drawings(root: etree._Element) -> None:
    """Give drawings the numbers that docxtpl gives them after every rendering."""
    for number, drawing in enumerate(root.iter(DOCPR), _FIRST_DRAWING_ID):
        drawing.set("id", str(number))


def finish_as_docxtpl(text: str, *, whole: bool) -> str:
    """Take docxtpl's own steps after rendering: tabs and breaks; with `whole` also tables and drawing ids."""
    from docxtpl import DocxTemplate  # noqa: PLC0415 - few records need it, and it is slow to load

    resolver = DocxTemplate.__new__(DocxTemplate)
    text = resolver.resolve_listing(text)
    if not whole:
        return text
    resolver.docx_ids_index = _FIRST_DRAWING_ID - 1
    tree = resolver.fix_tables(text)
    resolver.fix_docpr_ids(tree)
    return etree.tostring(tree, encoding="unicode")
