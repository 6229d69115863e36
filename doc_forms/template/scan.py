"""Finds the tags of a template part and says where each stands, in the words of somebody who looks at Word.

A tag is `{{ 字段 }}`, `{% for … %}` or `{# … #}`; `{%p`, `{%tr`, `{%tc` and `{%r` are docxtpl's marks for
"the whole paragraph, row, cell, run". docxtpl loses text silently when such marks share their paragraph or
row with other text, and when a block opens in one place and closes in another: that is refused here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from lxml import etree

from doc_forms.errors import Fault, Place

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DOCPR = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_EMBED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed"
Level = Literal["", "p", "tr", "tc", "r"]

TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
"""A whole tag in the text of a paragraph."""
_BLOCK = re.compile(r"\{%(p|tr|tc|r)?\s+(.*?)\s*%\}$", re.DOTALL)
_PRINT = re.compile(r"\{\{(?!p\s|r\s|tr\s|tc\s)(.*?)\}\}$", re.DOTALL)
_MINUS = re.compile(r"\{[{%]-|-[}%]\}$")
_SWALLOWING_COMMENT = re.compile(r"\{#(?:p|tr|tc|r)\s")
_ESCAPES = re.compile(r"\{_[{%]|[}%]_\}")
_P_MARK = re.compile(r"\{%p\s+(\w+)")
_HOLDERS: dict[str | bytes, str] = {
    f"{W}tc": "单元格",
    f"{W}txbxContent": "文本框",
    f"{W}hdr": "页眉",
    f"{W}ftr": "页脚",
    f"{W}footnote": "脚注",
}
_UNREACHED = {
    "delText": "修订中删去的文字",
    "instrText": "域代码",
    "delInstrText": "域代码",
    "fldSimple": "域代码",
    "bookmarkStart": "书签名",
    "alias": "内容控件的标题",
    "tag": "内容控件的标记",
    "hyperlink": "超链接的提示或地址",
}
"""What a person calls the places, by their element, that no value reaches."""
_HALF_OUTSIDE = "一半在超链接、内容控件、修订等之内，一半在外，请删去后重新键入"
_HALF_TAGS = {"{{": "}}", "{%": "%}", "{#": "#}"}
_FULL_WIDTH = re.compile(r"｛\s*｛|｝\s*｝|｛\s*[%％]|[%％]\s*｝|\{\s*％|％\s*\}|｛\s*\{|\{\s*｛|｝\s*\}|\}\s*｝")
_MARK = re.compile(r"\{\{|\{%|\{#|\}\}|%\}|#\}")
# docxtpl's clean_tags: quotation marks that Word made curly are read as straight ones inside a tag.
_STRAIGHT = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'"})


@dataclass(frozen=True, slots=True)
class Tag:
    """One tag: `print` (an expression), `block` (for, if, elif, else, endfor, endif), `comment`, or `picture`."""

    kind: Literal["print", "block", "comment", "picture"]
    level: Level
    text: str
    """The expression or statement between the marks."""
    spot: str
    """Where it stands, e.g. `第 3 段` or `表格 1 第 2 行第 4 列`."""
    holder: etree._Element
    """What has to hold the block's other end too: its paragraph, cell, row or table."""


@dataclass(frozen=True, slots=True)
class PictureSlot:
    """A picture of the template whose alternative text is a tag: a record's picture takes its place."""

    drawing: etree._Element
    blip: etree._Element
    expression: str


def picture_slots(root: etree._Element) -> Iterator[PictureSlot]:
    """Find the plain pictures (one image, no chart, no shape) whose alternative text or title is one printing tag."""
    for drawing in root.iter(f"{W}drawing"):
        blips = [blip for blip in drawing.iter(f"{_A}blip") if blip.get(_EMBED)]
        properties = drawing.find(f"*/{DOCPR}")
        if len(blips) != 1 or properties is None:
            continue
        texts = (properties.get("descr") or "", properties.get("title") or "")
        found = next((match for text in texts if (match := _PRINT.match(text.strip()))), None)
        if found and "{{" not in found.group(1):
            yield PictureSlot(drawing, blips[0], found.group(1).strip())


def parse_part(data: bytes) -> etree._Element:
    """Parse a part strictly, without DTD, entities or network (raises XMLSyntaxError)."""
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))


def text_of(node: etree._Element) -> str:
    """Give all text inside an element, as one string."""
    return str(etree.tostring(node, method="text", encoding="unicode", with_tail=False))


def scan(root: etree._Element, part: str) -> tuple[list[Tag], list[Fault]]:
    """Give the tags of a Word part in reading order, and what stands in the way of filling them."""
    tags: list[Tag] = []
    faults: list[Fault] = []
    for paragraph, spot in paragraphs(root):
        text = own_text(paragraph)
        place = Place(part=part, spot=spot)
        faults.extend(_broken(text, place))
        found = list(_tags_of(paragraph, text, spot, faults, place))
        tags.extend(found)
        if not part:
            tags.extend(_pictures_of(paragraph, spot))
        faults.extend(_shared(paragraph, text, found, place))
    faults.extend(_emptied_holders(root, part))
    faults.extend(_grids(root, part))
    faults.extend(_out_of_reach(root, part))
    return tags, faults


def paragraphs(root: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """Every paragraph with its spot: body paragraphs and tables are counted from 1 as Word shows them."""
    tables = {table: number for number, table in enumerate(root.iter(f"{W}tbl"), 1)}
    spots: dict[etree._Element, str] = {}
    number = 0
    for paragraph in root.iter(f"{W}p"):
        cell = next(paragraph.iterancestors(f"{W}tc"), None)
        box = next(paragraph.iterancestors(f"{W}txbxContent"), None)
        if box is not None and (cell is None or cell in box.iterancestors()):
            spot = f"{spots[next(box.iterancestors(f'{W}p'))]}的文本框"
        elif cell is not None:
            row = next(cell.iterancestors(f"{W}tr"))
            table = next(row.iterancestors(f"{W}tbl"))
            row_number = list(table.iter(f"{W}tr")).index(row) + 1
            cell_number = list(row.iter(f"{W}tc")).index(cell) + 1
            spot = f"表格 {tables[table]} 第 {row_number} 行第 {cell_number} 列"
        else:
            number += 1
            spot = f"第 {number} 段"
        spots[paragraph] = spot
        yield paragraph, spot


def spot_of(node: etree._Element, root: etree._Element) -> str:
    """Say where a node stands: in which paragraph, or, for what holds paragraphs, where its first one is."""
    inside = node if node.tag == f"{W}p" else next(node.iterancestors(f"{W}p"), None)
    if inside is None:
        inside = next(node.iter(f"{W}p"), None)
    return "" if inside is None else dict(paragraphs(root))[inside]


def own_text(paragraph: etree._Element) -> str:
    """Give the text of the paragraph itself, without that of text boxes anchored in it."""
    return "".join(node.text or "" for node in _texts(paragraph))


def _texts(paragraph: etree._Element) -> Iterator[etree._Element]:
    """The text nodes of the paragraph itself, without those of text boxes anchored in it."""
    for node in paragraph.iter(f"{W}t"):
        if next(node.iterancestors(f"{W}p")) is paragraph:
            yield node


def _tags_of(paragraph: etree._Element, text: str, spot: str, faults: list[Fault], place: Place) -> Iterator[Tag]:
    wraps = [_wrap(node) for node in _texts(paragraph) for _ in node.text or ""] if "{" in text else []
    for match in TAG.finditer(text):
        whole = match.group()
        wrap = wraps[match.start()]
        wrong = _out_of_order(whole) or ("" if wraps[match.end() - 1] is wrap else _HALF_OUTSIDE)
        if wrong:
            faults.append(Fault("tag-form", f"“{whole}”{wrong}", place))
            continue
        if whole.startswith("{#"):
            yield Tag("comment", "", whole, spot, paragraph)
            continue
        found = _BLOCK.match(whole) if whole.startswith("{%") else _PRINT.match(whole)
        if not found:
            message = f"“{whole}”写法不对，请写成“{{{{ 字段 }}}}”或“{{% if 字段 %}}”这样"
            faults.append(Fault("tag-form", message, place))
        elif whole.startswith("{{"):
            yield Tag("print", "", found.group(1).translate(_STRAIGHT).strip(), spot, paragraph)
        else:
            level: Level = found.group(1) or ""  # type: ignore[assignment]  # the pattern allows no other
            holder = _holder(paragraph, level) if level else wrap
            if holder is None:
                faults.append(Fault("tag-level", f"“{whole}”只能写在表格里", place))
            else:
                yield Tag("block", level, found.group(2).translate(_STRAIGHT), spot, holder)


def _pictures_of(paragraph: etree._Element, spot: str) -> Iterator[Tag]:
    """The picture tags of the paragraph itself."""
    for slot in picture_slots(paragraph):
        if next(slot.drawing.iterancestors(f"{W}p")) is paragraph:
            yield Tag("picture", "", slot.expression, spot, paragraph)


def _out_of_order(tag: str) -> str:
    """What docxtpl takes and quietly loses text over, or reads otherwise than it looks; empty where all is well."""
    if _MINUS.search(tag):
        return "里不能写减号“-”：它会连同前后的内容一起删去"
    if _SWALLOWING_COMMENT.match(tag):
        return "会删去所在的整段、整行或整格；注释请写成“{# … #}”"
    if "&" in tag:
        return "里不能写“&”"
    return ""


def _wrap(text: etree._Element) -> etree._Element:
    """What holds the run of a text: its paragraph, or a hyperlink, content control or revision inside it."""
    run = next(text.iterancestors(f"{W}r"), text)
    above = run.getparent()
    return run if above is None else above


def _holder(paragraph: etree._Element, level: Level) -> etree._Element | None:
    if level == "r":
        return paragraph
    if level == "p":
        return paragraph.getparent()
    row_or_cell = next(paragraph.iterancestors(f"{W}{level}"), None)
    return None if row_or_cell is None else row_or_cell.getparent()


def _broken(text: str, place: Place) -> Iterator[Fault]:
    """Tags that are not closed, or typed with full-width braces."""
    found = _FULL_WIDTH.search(text)
    if found:
        yield Fault("tag-full-width", f"使用了全角括号“{found.group()}”，请改为半角", place)
    found = _ESCAPES.search(text)
    if found:
        yield Fault("tag-form", f"“{found.group()}”会被当作标记的转义写法，请删除", place)
    rest = TAG.sub("", text)
    mark = _MARK.search(rest)
    if not mark:
        return
    sign = mark.group()
    if sign in _HALF_TAGS:
        shown = rest[mark.start() : mark.start() + 20].strip()
        yield Fault("tag-unclosed", f"“{shown}”缺少“{_HALF_TAGS[sign]}”（标记要写在同一段内）", place)
    else:
        yield Fault("tag-unopened", f"“{sign}”前面缺少与它成对的开头", place)


def _shared(paragraph: etree._Element, text: str, tags: list[Tag], place: Place) -> Iterator[Fault]:
    """Whole-paragraph, -row and -cell tags swallow everything beside them: they must stand alone."""
    for tag in tags:
        if tag.kind != "block" or tag.level not in ("p", "tr", "tc"):
            continue
        if tag.level == "p":
            alone, where = TAG.sub("", text).strip() == "" and len(tags) == 1, "一段"
        else:
            above = f"{W}tr" if tag.level == "tr" else f"{W}tc"
            holder = next(paragraph.iterancestors(above))
            beside = "".join(node.text or "" for node in holder.iter(f"{W}t"))
            alone = TAG.sub("", beside, count=1).strip() == ""
            where = "一行" if tag.level == "tr" else "一格"
        if not alone:
            message = f"“{{%{tag.level} {tag.text} %}}”要单独占{where}，同处的其他内容会丢失"
            yield Fault("tag-not-alone", message, place)


def _emptied_holders(root: etree._Element, part: str) -> Iterator[Fault]:
    """What a condition can leave without a last paragraph makes a file that Word calls damaged: a cell, a header."""
    for holder in root.iter(*_HOLDERS):
        depth, kept = 0, False
        for child in holder:
            marks = _P_MARK.findall(text_of(child)) if child.tag == f"{W}p" else []
            if marks:
                depth += sum(mark in ("for", "if") for mark in marks) - sum(mark.startswith("end") for mark in marks)
            elif child.tag in (f"{W}p", f"{W}tbl", f"{W}sdt"):
                kept = child.tag == f"{W}p" and (depth == 0 or kept)
        if not kept:
            shown = text_of(holder)[:20]
            message = f"“{shown}”所在的{_HOLDERS[holder.tag]}可能一段也不剩，请在条件之外、最后留一个空段"
            yield Fault("tag-empty-cell", message, Place(part=part, spot=spot_of(holder, root)))


def _grids(root: etree._Element, part: str) -> Iterator[Fault]:
    """A table that does not state its columns cannot be filled by docxtpl (and the standard wants them)."""
    for number, table in enumerate(root.iter(f"{W}tbl"), 1):
        columns = table.findall(f"{W}tblGrid/{W}gridCol")
        if not columns or any(not (column.get(f"{W}w") or "").isdecimal() for column in columns):
            message = "没有写明列宽，请用 Word 打开并重新保存"
            yield Fault("table-grid", message, Place(part=part, spot=f"表格 {number}"))


def _out_of_reach(root: etree._Element, part: str) -> Iterator[Fault]:
    """Tags where no value can be checked after filling: attributes, field codes, drawings, deleted text."""
    slots = () if part else picture_slots(root)
    reached = {node for slot in slots for node in slot.drawing.iter() if node.get("descr") or node.get("title")}
    for node in root.iter(etree.Element):
        values = [
            str(value) for name, value in node.attrib.items() if node not in reached or name not in ("descr", "title")
        ]
        texts = [value for value in values if "{{" in value or "{%" in value]
        if node.tag != f"{W}t" and node.text and ("{{" in node.text or "{%" in node.text):
            texts.append(node.text)
        for text in texts:
            name = etree.QName(node).localname
            if name in ("docPr", "cNvPr"):
                message = f"“{text.strip()[:30]}”换不成照片：要写在正文里一张普通图片的替换文字中，并且只写这一个标记"
                yield Fault("tag-picture", message, Place(part=part, spot=spot_of(node, root)))
                continue
            where = _UNREACHED.get(name, name)
            message = f"“{text.strip()[:30]}”写在不会被填写的地方（{where}），请移到正文文字里"
            yield Fault("tag-unreachable", message, Place(part=part, spot=spot_of(node, root)))


def always_rows(table: etree._Element) -> Iterator[etree._Element]:
    """The table's own rows that no `{%tr` tag can leave out, repeat or replace."""
    depth = 0
    for row in table.iter(f"{W}tr"):
        if next(row.iterancestors(f"{W}tbl")) is not table:
            continue
        text = "".join(node.text or "" for node in row.iter(f"{W}t"))
        marks = re.findall(r"\{%tr\s+(\w+)", text)
        if not marks:
            if depth == 0:
                yield row
            continue
        depth += sum(mark in ("for", "if") for mark in marks) - sum(mark.startswith("end") for mark in marks)
