"""Looks a template over, all findings at once: what cannot be filled, what is forgotten, what prints badly.

Codes are stable: `tag-…` (tags), `field-…` (schema and template disagree), `font-…`, `table-…`, `left-…`
(leftovers), `path-…` (how it is filled), `file-…` (the package itself).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from doc_forms.errors import Fault, Place, Severity, TemplateRefused
from doc_forms.form import NO_LINE, FieldSpec, Part
from doc_forms.library import Kind
from doc_forms.lint.hidden import HidingStyles, hidden
from doc_forms.lint.leftovers import leftovers
from doc_forms.lint.places import where
from doc_forms.lint.samples import samples
from doc_forms.packages import Package
from doc_forms.template import Template, compile_template
from doc_forms.template.compiled import content_types, usage_of
from doc_forms.template.language import Usage
from doc_forms.template.scan import W, parse_part, text_of

_FONT_SLOTS = ("ascii", "hAnsi", "eastAsia", "cs")
_WORD_PARTS = {
    "document.main+xml": "",
    "header+xml": "页眉",
    "footer+xml": "页脚",
    "styles+xml": "样式",
    "footnotes+xml": "脚注",
}
"""The parts that are looked at, by the end of their content types, and what Word calls them (the body: nothing)."""


def lint_template(package: Package, kind: Kind) -> list[Fault]:
    """Give every finding of a template for its kind: ERRORs stop it from being filled, WARNINGs print badly."""
    faults: list[Fault] = []
    try:
        template = compile_template(package, kind.form)
    except TemplateRefused as error:
        faults += error.faults
        told = "".join(fault.message for fault in faults)
        faults += _schema(kind.form, usage_of(package, kind.form), told)
    else:
        faults += _schema(kind.form, template.usage)
        faults += _path(template)
    types = content_types(package)
    titles = frozenset(path[-1] for path, _ in _leaves(kind.form, ()))
    styles = HidingStyles(package.parts[name] for name, what in types.items() if what.endswith("styles+xml"))
    for name, data in package.parts.items():
        label = next((label for ending, label in _WORD_PARTS.items() if types.get(name, "").endswith(ending)), None)
        if label is not None:
            root = parse_part(data)
            faults += _fonts(root, label or "正文")
            faults += _tables(root, label)
            faults += leftovers(root, label)
            faults += samples(root, label, titles)
            faults += hidden(root, label, styles)
    return list(dict.fromkeys(replace(fault, place=replace(fault.place, file=package.name)) for fault in faults))


def _schema(form: type[Part], usage: Usage, told: str = "") -> Iterator[Fault]:
    """Every field of the schema is printed or declared unprinted; a line that may be left out can be.

    told: what was said of the tags; a field that a broken tag was to print is not told again.
    """
    for path, spec in _leaves(form, ()):
        title = ".".join(path)
        if any(name in told for name in path):
            continue
        if spec.printed and path not in usage.printed:
            message = f"字段“{title}”没有印在模板上，请加上它的标记（该种文书确实不印的，要在模式里写 printed=False）"
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


def _fonts(root: etree._Element, label: str) -> Iterator[Fault]:
    """Fonts are named in all four slots, and no theme decides over them (Word prefers the theme's)."""
    nodes = list(root.iter(f"{W}rFonts"))
    themed = [node for node in nodes if any(str(key).endswith("Theme") for key in node.attrib)]
    if themed:
        kinds = sorted({str(value) for node in themed for key, value in node.items() if str(key).endswith("Theme")})
        spots = where(themed, root)
        message = f"{label}里有主题字体（{'、'.join(kinds)}），会盖过指定的字体，请改为具体字体：{spots}"
        yield Fault("font-theme", message, severity=Severity.WARNING)
    partial = [
        node
        for node in nodes
        if any(node.get(W + slot) for slot in _FONT_SLOTS) and not all(node.get(W + slot) for slot in _FONT_SLOTS)
    ]
    if partial:
        what = "字体没有同时指定中文、西文和数字（w:ascii、hAnsi、eastAsia、cs）"
        message = f"{label}里有 {len(partial)} 处{what}：{where(partial, root)}"
        yield Fault("font-slots", message, severity=Severity.WARNING)


def _tables(root: etree._Element, label: str) -> Iterator[Fault]:
    """A table that can grow repeats its heading row on each page and never breaks a row in two."""
    for number, table in enumerate(root.iter(f"{W}tbl"), 1):
        rows = [row for row in table.iter(f"{W}tr") if next(row.iterancestors(f"{W}tbl")) is table]
        loops = [row for row in rows if "{%tr for" in text_of(row)]
        if not loops:
            continue
        place = Place(part=label, spot=f"表格 {number}")
        if rows[0].find(f"{W}trPr/{W}tblHeader") is None:
            message = "行数会增加，但没有设“在各页顶端以标题行形式重复出现”"
            yield Fault("table-header", message, place, Severity.WARNING)
        if all(row in loops for row in rows):
            message = "所有行都在循环里，一项也没有时会成为空表格；请保留标题行"
            yield Fault("table-empty", message, place)
        if any(row.find(f"{W}trPr/{W}cantSplit") is None for row in _repeated(rows)):
            message = "逐项重复的行会跨页断开，请在表格属性“行”里取消“允许跨页断行”"
            yield Fault("table-split", message, place, Severity.WARNING)


def _repeated(rows: list[etree._Element]) -> Iterator[etree._Element]:
    """The rows that stand once for each item, without those of the tags."""
    depth = 0
    for row in rows:
        text = text_of(row)
        depth += text.count("{%tr for") - text.count("{%tr endfor")
        if depth and "{%tr" not in text:
            yield row
