"""Templates as Word and WPS save them: text cut into pieces anywhere, wrapped in links, controls and smart tags."""

from __future__ import annotations

import copy
import io
import json
import random
from collections.abc import Sequence
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from lxml import etree
from word_templates import Sheet, packed, sheet

from doc_forms.errors import TemplateRefused
from doc_forms.form.reading import locate_in, read
from doc_forms.library import Library
from doc_forms.lint import lint_template
from doc_forms.making import Maker
from doc_forms.packages import Package, open_template
from doc_forms.template import compile_template

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
WRAPS = ("w:hyperlink", "w:smartTag", "w:sdt", "w:ins")


def element(tag: str, **attributes: str) -> etree._Element:
    node = OxmlElement(tag)
    for name, value in attributes.items():
        node.set(qn(f"w:{name}"), value)
    return node


def words(paragraph: etree._Element) -> str:
    return "".join(node.text or "" for node in paragraph.iter(qn("w:t")))


def wrap(runs: Sequence[etree._Element], tag: str) -> None:
    """Put runs that follow each other into one element, as a word processor does."""
    outer = element(tag)
    runs[0].addprevious(outer)
    inner = outer
    if tag == "w:sdt":
        inner = element("w:sdtContent")
        outer.append(inner)
    for run in runs:
        inner.append(run)


def in_pieces(*texts: str, wrapped: slice, tag: str) -> Package:
    """A template whose second paragraph has these runs, some of them wrapped."""
    document = docx.Document()
    document.add_paragraph("{{ 姓名 }}")
    paragraph = document.add_paragraph()
    runs = [paragraph.add_run(text)._r for text in texts]
    wrap(runs[wrapped], tag)
    return packed(document)


def refusals(package: Package) -> list[str]:
    with pytest.raises(TemplateRefused) as caught:
        compile_template(package, Sheet)
    return [str(fault) for fault in caught.value.faults]


@pytest.mark.parametrize("tag", WRAPS)
def test_a_condition_that_opens_inside_a_link_or_a_control_and_closes_outside_is_refused(tag: str) -> None:
    package = in_pieces("{% if 备注 %}", "{{ 备注 }}", "{% endif %}", wrapped=slice(0, 1), tag=tag)
    ends = "“{% endif %}”与第 2 段的“if 备注”不成对"
    assert refusals(package) == [
        f"试验.docx 第 2 段：{ends}：一端在超链接、内容控件、修订等之内，另一端在外，请移到一起"
    ]


@pytest.mark.parametrize("tag", WRAPS)
def test_a_tag_of_which_half_is_inside_a_link_or_a_control_is_refused_with_its_paragraph(tag: str) -> None:
    package = in_pieces("{{ 姓", "名 }}", wrapped=slice(0, 1), tag=tag)
    message = "“{{ 姓名 }}”一半在超链接、内容控件、修订等之内，一半在外，请删去后重新键入"
    assert refusals(package) == [f"试验.docx 第 2 段：{message}"]


@pytest.mark.parametrize("tag", WRAPS)
@pytest.mark.parametrize("wrapped", [slice(0, 3), slice(1, 2)])
def test_a_condition_that_is_inside_a_link_or_a_control_as_a_whole_is_filled(tag: str, wrapped: slice) -> None:
    template = compile_template(
        in_pieces("{% if 备注 %}", "{{ 备注 }}", "{% endif %}", wrapped=wrapped, tag=tag), Sheet
    )
    for remark in ("在读", ""):
        filled = template.fill(sheet(备注=remark).context()).package
        document = docx.Document(io.BytesIO(filled))
        assert words(document.paragraphs[1]._p) == remark


def test_a_row_that_repeats_from_inside_a_repeating_control_to_outside_is_refused() -> None:
    document = docx.Document()
    table = document.add_table(4, 1)
    texts = ("姓名", "{%tr for 人 in 家庭成员 %}", "{{ 人.姓名 }}", "{%tr endfor %}")
    for row, text in zip(table.rows, texts, strict=True):
        row.cells[0].text = text
    wrap([table.rows[1]._tr], "w:sdt")
    assert "不成对" in refusals(packed(document))[0]


def cut_up(document: Document, choose: random.Random) -> None:
    """Cut runs anywhere and put between them what word processors leave: marks of spelling, bookmarks, languages."""
    for run in list(document.element.body.iter(qn("w:r"))):
        texts = run.findall(qn("w:t"))
        text = texts[0].text if len(texts) == 1 else ""
        if not text or len(text) < 2:
            continue
        cuts = sorted(choose.sample(range(1, len(text)), min(len(text) - 1, choose.randint(1, 5))))
        for start, stop in zip([0, *cuts], [*cuts, len(text)], strict=True):
            piece = copy.deepcopy(run)
            piece.set(qn("w:rsidR"), f"00{choose.randrange(0x1000000):06X}")
            for node in piece.iter(qn("w:t")):
                node.text = text[start:stop]
                node.set(qn("xml:space"), "preserve")
            run.addprevious(piece)
            run.addprevious(element("w:proofErr", type=choose.choice(("spellStart", "spellEnd"))))
        parent = run.getparent()
        assert parent is not None
        parent.remove(run)


@pytest.mark.parametrize(
    "stem", ["appointment_notice", "recommendation_summary", "inspection_report", "appointment_approval"]
)
def test_a_template_whose_text_was_cut_into_pieces_gives_the_same_paper(stem: str, tmp_path: Path) -> None:
    kind = Library().kind(stem)
    document = docx.Document(str(kind.template))
    cut_up(document, random.Random(stem))  # noqa: S311 - the same cuts each time
    file = tmp_path / kind.template.name
    document.save(str(file))
    facts = json.loads((EXAMPLES / f"{stem}.json").read_text("utf-8"))
    form, _ = read(kind.form, facts, locate_in("数据.json"), EXAMPLES)
    texts = []
    for maker in (Maker.open(kind), Maker.open(kind, file)):
        paper = docx.Document(io.BytesIO(maker.make(maker.draft(form))))
        texts.append([words(one) for one in paper.element.body.iter(qn("w:p"))])
    assert texts[0] == texts[1]
    assert {fault.code for fault in lint_template(open_template(file), kind)} == {"path-fast"}
