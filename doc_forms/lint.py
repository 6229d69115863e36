"""Looks a template over, all findings at once: what cannot be filled, what is forgotten, what prints badly.

Codes are stable: `tag-…` (tags), `field-…` (schema and template disagree), `font-…`, `table-…`, `left-…`
(leftovers), `path-…` (how it is filled), `file-…` (the package itself).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from doc_forms.errors import DocFormsError, Fault, Place, Severity
from doc_forms.form import NO_LINE, FieldSpec, Part
from doc_forms.library import Kind
from doc_forms.packages import Package
from doc_forms.template import Template, compile_template
from doc_forms.template.compiled import content_types
from doc_forms.template.language import Usage
from doc_forms.template.scan import W, paragraphs, parse_part, text_of

_FONT_SLOTS = ("ascii", "hAnsi", "eastAsia", "cs")
_WORD_PARTS = ("document.main+xml", "header+xml", "footer+xml", "styles+xml", "footnotes+xml")
_SHOWN = 3
_REVISIONS = ("ins", "del", "moveFrom", "moveTo")


def lint_template(package: Package, kind: Kind) -> list[Fault]:
    """Give every finding of a template for its kind: ERRORs stop it from being filled, WARNINGs print badly."""
    faults: list[Fault] = []
    try:
        template = compile_template(package, kind.form)
    except DocFormsError as error:
        faults += error.faults
    else:
        faults += _schema(kind.form, template.usage)
        faults += _path(template)
    types = content_types(package)
    for name, data in package.parts.items():
        if types.get(name, "").endswith(_WORD_PARTS):
            root = parse_part(data)
            faults += _fonts(root, name)
            faults += _tables(root)
            faults += _leftovers(root)
    return [replace(fault, place=replace(fault.place, file=package.name)) for fault in faults]


def _schema(form: type[Part], usage: Usage) -> Iterator[Fault]:
    """Every field of the schema is printed or declared unprinted; a line that may be left out can be."""
    for path, spec in _leaves(form, ()):
        title = ".".join(path)
        if spec.printed and path not in usage.printed:
            message = f"字段“{title}”没有印在模板上（确实不印的，在模式里写 printed=False）"
            yield Fault("field-unprinted", message)
        if spec.blank == NO_LINE and path not in usage.tested:
            message = f"“{title}”不填时应整行不印，模板里要用“{{%p if {title} %}}”包住这一行"
            yield Fault("field-no-line", message)


def _leaves(part: type[Part], above: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], FieldSpec]]:
    for spec in part.fields():
        path = (*above, spec.title)
        if spec.part is None:
            yield path, spec
        elif spec.printed:
            yield from _leaves(spec.part, path)


def _path(template: Template) -> Iterator[Fault]:
    reasons = template.slow_reasons
    how = f"逐份走较慢的路径：{'、'.join(reasons)}" if reasons else "走快速路径"
    yield Fault("path-slow" if reasons else "path-fast", how, severity=Severity.NOTE)


def _fonts(root: etree._Element, name: str) -> Iterator[Fault]:
    """Fonts are named in all four slots, and no theme decides over them (Word prefers the theme's)."""
    nodes = list(root.iter(f"{W}rFonts"))
    themed = [node for node in nodes if any(str(key).endswith("Theme") for key in node.attrib)]
    if themed:
        kinds = sorted({str(value) for node in themed for key, value in node.items() if str(key).endswith("Theme")})
        where = _where(themed, root)
        message = f"{name} 里有主题字体（{'、'.join(kinds)}），会盖过指定的字体，请改为具体字体：{where}"
        yield Fault("font-theme", message, severity=Severity.WARNING)
    partial = [
        node
        for node in nodes
        if any(node.get(W + slot) for slot in _FONT_SLOTS) and not all(node.get(W + slot) for slot in _FONT_SLOTS)
    ]
    if partial:
        what = "字体没有同时指定中文、西文和数字（w:ascii、hAnsi、eastAsia、cs）"
        message = f"{name} 里有 {len(partial)} 处{what}：{_where(partial, root)}"
        yield Fault("font-slots", message, severity=Severity.WARNING)


def _where(nodes: list[etree._Element], root: etree._Element) -> str:
    """Say where the first few of these stand: the paragraph as Word counts it, or the style."""
    spots = dict(paragraphs(root))
    found: dict[str, None] = {}
    for node in nodes:
        paragraph = next(node.iterancestors(f"{W}p"), None)
        style = next(node.iterancestors(f"{W}style"), None)
        named = style.find(f"{W}name") if style is not None else None
        if paragraph is not None:
            found[spots[paragraph]] = None
        else:
            found[f"样式“{named.get(f'{W}val')}”" if named is not None else "默认格式"] = None
    shown = list(found)[:_SHOWN]
    return "、".join(shown) + (" 等" if len(found) > _SHOWN else "")


def _tables(root: etree._Element) -> Iterator[Fault]:
    """A table that can grow repeats its heading row on each page and never breaks a row in two."""
    for number, table in enumerate(root.iter(f"{W}tbl"), 1):
        rows = [row for row in table.iter(f"{W}tr") if next(row.iterancestors(f"{W}tbl")) is table]
        loops = [row for row in rows if "{%tr for" in text_of(row)]
        if not loops:
            continue
        place = Place(spot=f"表格 {number}")
        if rows[0].find(f"{W}trPr/{W}tblHeader") is None:
            message = "行数会增加，但没有设“在各页顶端以标题行形式重复出现”"
            yield Fault("table-header", message, place, Severity.WARNING)
        if all(row in loops for row in rows):
            message = "所有行都在循环里，一项也没有时会成为空表格；请保留标题行"
            yield Fault("table-empty", message, place)


def _leftovers(root: etree._Element) -> Iterator[Fault]:
    if any(root.find(f".//{W}{tag}") is not None for tag in _REVISIONS):
        message = "模板里有修订痕迹，请先接受或拒绝全部修订"
        yield Fault("left-revisions", message, severity=Severity.WARNING)
    if root.find(f".//{W}commentReference") is not None:
        yield Fault("left-comments", "模板里有批注，会带进每份文书，请删除", severity=Severity.WARNING)
