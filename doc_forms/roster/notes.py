"""Comments on cells: Excel keeps their text in one part and the box that shows it in another (VML).

Comments of other people stay. Where one stands on a cell of ours, our text is added below it, behind a
heading by which the next receipt finds and replaces it.
"""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from doc_forms.roster.sheets import parse_range

AUTHOR = "办理回执"
HEADING = f"【{AUTHOR}】"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_V, _O, _X = (
    "urn:schemas-microsoft-com:vml",
    "urn:schemas-microsoft-com:office:office",
    "urn:schemas-microsoft-com:office:excel",
)
_EMPTY_DRAWING = (
    f'<xml xmlns:v="{_V}" xmlns:o="{_O}" xmlns:x="{_X}">'
    '<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout>'
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype></xml>'
)
_CHARACTERS_A_LINE = 18


def comments_part(existing: bytes | None, notes: Mapping[str, str]) -> tuple[bytes, dict[str, str]]:
    """Give the comments part with our notes (text by cell), and the text of every comment by cell."""
    root = _parsed(existing) if existing else etree.fromstring(f'<comments xmlns="{_MAIN}"/>')
    tag = str(root.tag).removesuffix("comments")
    authors, listed = _child(root, f"{tag}authors"), _child(root, f"{tag}commentList")
    names = [author.text or "" for author in authors]
    if AUTHOR not in names:
        etree.SubElement(authors, f"{tag}author").text = AUTHOR
        names.append(AUTHOR)
    ours = str(names.index(AUTHOR))
    kept: dict[str, etree._Element] = {}
    for comment in list(listed):
        if comment.get("authorId") == ours:
            listed.remove(comment)
        else:
            _forget_our_text(comment)
            kept[comment.get("ref", "")] = comment
    for cell, note in notes.items():
        target = kept.get(cell)
        if target is None:
            target = etree.SubElement(listed, f"{tag}comment", ref=cell, authorId=ours)
            kept[cell] = target
        _add_run(_child(target, f"{tag}text"), tag, note)
    texts = {cell: "".join(str(word) for word in comment.itertext()) for cell, comment in kept.items()}
    return _serialised(root), texts


def drawing_part(existing: bytes | None, comments: Mapping[str, str]) -> bytes:
    """Give the VML part that has one box for each comment; other drawings in it stay."""
    root = _parsed(existing or _EMPTY_DRAWING.encode())
    wanted = {cell: _coordinates(cell) for cell in comments}
    number = 1024
    for shape in root.findall(f"{{{_V}}}shape"):
        digits = shape.get("id", "").rpartition("s")[2]
        number = max(number, int(digits)) if digits.isdigit() else number
        data = shape.find(f"{{{_X}}}ClientData")
        if data is None or data.get("ObjectType") != "Note":
            continue
        # Boxes are cheap to draw anew, and their cells may have lost their comment.
        root.remove(shape)
    for count, (cell, (row, column)) in enumerate(wanted.items(), 1):
        root.append(_box(number + count, row, column, comments[cell]))
    return _serialised(root)


def _box(number: int, row: int, column: int, text: str) -> etree._Element:
    lines = 2 + sum(1 + len(line) // _CHARACTERS_A_LINE for line in text.splitlines())
    anchor = f"{column + 1}, 15, {max(row - 1, 0)}, 10, {column + 4}, 15, {max(row - 1, 0) + lines}, 4"
    return etree.fromstring(
        f'<v:shape xmlns:v="{_V}" xmlns:o="{_O}" xmlns:x="{_X}" id="_x0000_s{number}" type="#_x0000_t202" '
        'style="position:absolute;margin-left:60pt;margin-top:2pt;width:180pt;height:60pt;z-index:1;visibility:hidden" '
        'fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/>'
        '<v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"><div style="text-align:left"/>'
        '</v:textbox><x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
        f"<x:Anchor>{anchor}</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column>"
        "</x:ClientData></v:shape>"
    )


def _coordinates(cell: str) -> tuple[int, int]:
    """Row and column from 0."""
    place = parse_range(cell)
    return place.top - 1, place.left - 1


def _forget_our_text(comment: etree._Element) -> None:
    for run in comment.findall("{*}text/{*}r"):
        text = run.find("{*}t")
        if text is not None and HEADING in (text.text or ""):
            run.getparent().remove(run)  # type: ignore[union-attr]


def _add_run(text: etree._Element, tag: str, note: str) -> None:
    run = etree.SubElement(text, f"{tag}r")
    properties = etree.SubElement(run, f"{tag}rPr")
    etree.SubElement(properties, f"{tag}sz", val="9")
    words = etree.SubElement(run, f"{tag}t")
    words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    words.text = ("\n" if len(text) > 1 else "") + f"{HEADING}\n{note}"


def _child(parent: etree._Element, tag: str) -> etree._Element:
    found = parent.find(tag)
    return etree.SubElement(parent, tag) if found is None else found


def _parsed(data: bytes) -> etree._Element:
    # Old programs write `<br>` without an end into VML.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    return etree.fromstring(data, parser)


def _serialised(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
