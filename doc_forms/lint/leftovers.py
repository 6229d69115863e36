"""What Word kept from the writing of a template and would stand in every paper: changes, remarks, old fields."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from doc_forms.errors import Fault, Place, Severity
from doc_forms.lint.places import where
from doc_forms.template.scan import W, paragraphs

_REVISIONS = tuple(
    f"{W}{tag}"
    for tag in (
        *("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "cellMerge"),
        *("rPrChange", "pPrChange", "tblPrChange", "trPrChange", "tcPrChange", "tblGridChange", "sectPrChange"),
    )
)
"""Text, cells and formats that are marked as changed."""
_MERGE_FIELD = re.compile(r"\s*MERGEFIELD\s+\"?([^\"\\]+?)\"?\s*(?:\\|$)")


def leftovers(root: etree._Element, label: str) -> Iterator[Fault]:
    """What was left from writing the template and would stand in every paper."""
    changed = list(root.iter(*_REVISIONS))
    if changed:
        message = f"有修订痕迹，请先接受或拒绝全部修订：{where(changed, root)}"
        yield Fault("left-revisions", message, Place(part=label), Severity.WARNING)
    remarks = list(root.iter(f"{W}commentReference"))
    if remarks:
        message = f"有批注，会带进每份文书，请删除：{where(remarks, root)}"
        yield Fault("left-comments", message, Place(part=label), Severity.WARNING)
    for paragraph, spot in paragraphs(root):
        for code in _codes(paragraph):
            merged = _MERGE_FIELD.match(code)
            if merged:
                message = f"邮件合并域“{merged.group(1)}”不会被填写，请改为标记，如 {{{{ {merged.group(1)} }}}}"
                yield Fault("left-merge-field", message, Place(part=label, spot=spot), Severity.WARNING)


def _codes(paragraph: etree._Element) -> Iterator[str]:
    """The codes of the fields that begin in a paragraph, whichever way they are written."""
    code = ""
    for node in paragraph.iter(f"{W}fldSimple", f"{W}fldChar", f"{W}instrText"):
        if node.tag == f"{W}fldSimple":
            yield node.get(f"{W}instr") or ""
        elif node.tag == f"{W}instrText":
            code += node.text or ""
        elif code:
            yield code
            code = ""
