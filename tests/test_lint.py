"""Lint: every finding of a template at once, each with a stable code and a place that a person can find."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from doc_forms.errors import Fault, Severity
from doc_forms.form import NO_LINE, About, Form, Line, Part, field
from doc_forms.library import Kind
from doc_forms.lint import lint_template
from doc_forms.packages import template_from_bytes


class Relative(Part):
    kinship: Line = field("称谓")
    name: Line = field("姓名")


class Sheet(Form):
    about = About(title="试验表", articles=(), file_name="{姓名}")
    name: Line = field("姓名")
    remark: Line | None = field("备注", blank=NO_LINE)
    steer: Line = field("类别", printed=False)
    relatives: list[Relative] = field("亲属", at_least=0)


KIND = Kind("sheet", Sheet, Path("sheet.docx"))


def findings(document: Document) -> list[Fault]:
    stream = io.BytesIO()
    document.save(stream)
    return lint_template(template_from_bytes(stream.getvalue(), "表.docx"), KIND)


def codes(document: Document) -> set[str]:
    return {fault.code for fault in findings(document)}


@pytest.fixture
def whole() -> Document:
    """A template that prints everything as it should."""
    document = docx.Document()
    document.add_paragraph("{{ 姓名 }}{% if 类别 == '甲' %}（甲）{% endif %}")
    for text in ("{%p if 备注 %}", "备注：{{ 备注 }}", "{%p endif %}"):
        document.add_paragraph(text)
    table = document.add_table(4, 2)
    texts = [
        ("称谓", "姓名"),
        ("{%tr for 人 in 亲属 %}", ""),
        ("{{ 人.称谓 }}", "{{ 人.姓名 }}"),
        ("{%tr endfor %}", ""),
    ]
    for row, cells in zip(table.rows, texts, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    header = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(header)
    table.rows[2]._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    return document


def test_a_whole_template_has_only_the_word_processors_own_fonts_to_mend(whole: Document) -> None:
    assert codes(whole) == {"path-fast", "font-theme", "font-slots"}  # python-docx's default styles


def test_a_font_that_is_not_named_in_full_is_told_with_its_paragraph_cell_and_style(whole: Document) -> None:
    whole.paragraphs[1].add_run("甲").font.name = "Arial"
    whole.tables[0].rows[0].cells[0].paragraphs[0].add_run("乙").font.name = "Arial"
    said = {fault.message[:2]: fault.message for fault in findings(whole) if fault.code == "font-slots"}
    assert "：第 2 段、表格 1 第 1 行第 1 列" in said["正文"]
    assert "：样式“" in said["样式"]


def test_a_field_that_is_not_printed_is_named(whole: Document) -> None:
    whole.paragraphs[2].text = "备注"
    found = {fault.code: fault.message for fault in findings(whole)}
    assert found["field-unprinted"].startswith("字段“备注”没有印在模板上")


def test_a_line_that_should_be_left_out_needs_its_condition(whole: Document) -> None:
    for paragraph in (whole.paragraphs[1], whole.paragraphs[3]):
        paragraph.text = ""
    assert "field-no-line" in codes(whole)


def test_a_growing_table_repeats_its_heading_row(whole: Document) -> None:
    header = whole.tables[0].rows[0]._tr.find(f".//{qn('w:tblHeader')}")
    assert header is not None
    holder = header.getparent()
    assert holder is not None
    holder.remove(header)
    fault = next(fault for fault in findings(whole) if fault.code == "table-header")
    assert (fault.severity, str(fault.place)) == (Severity.WARNING, "表.docx 表格 1")


def test_a_repeated_row_stays_on_one_page(whole: Document) -> None:
    properties = whole.tables[0].rows[2]._tr.trPr
    assert properties is not None
    properties.clear()
    fault = next(fault for fault in findings(whole) if fault.code == "table-split")
    assert str(fault) == "表.docx 表格 1：逐项重复的行会跨页断开，请在表格属性“行”里取消“允许跨页断行”"


@pytest.mark.parametrize("revision", ["w:ins", "w:del", "w:moveFrom", "w:rPrChange", "w:pPrChange", "w:tblPrChange"])
def test_revisions_of_text_and_of_formats_are_leftovers_told_with_their_paragraph(
    whole: Document, revision: str
) -> None:
    whole.paragraphs[1]._p.append(OxmlElement(revision))
    said = [str(fault) for fault in findings(whole) if fault.code == "left-revisions"]
    assert said == ["表.docx：有修订痕迹，请先接受或拒绝全部修订：第 2 段"]


def test_a_remark_in_a_table_of_the_header_is_told_with_its_cell(whole: Document) -> None:
    cell = whole.sections[0].header.add_table(1, 1, Pt(200)).cell(0, 0)
    cell.paragraphs[0]._p.append(OxmlElement("w:commentReference"))
    said = [str(fault) for fault in findings(whole) if fault.code == "left-comments"]
    assert said == ["表.docx 页眉：有批注，会带进每份文书，请删除：表格 1 第 1 行第 1 列"]


def test_a_field_of_words_mail_merge_is_told_with_the_tag_that_takes_its_place(whole: Document) -> None:
    run = whole.paragraphs[1].add_run()._r
    for kind, code in (("begin", ""), ("", ' MERGEFIELD  "姓名"  \\* MERGEFORMAT '), ("end", "")):
        node = OxmlElement("w:fldChar" if kind else "w:instrText")
        node.text = code
        if kind:
            node.set(qn("w:fldCharType"), kind)
        run.append(node)
    simple = OxmlElement("w:fldSimple")
    simple.set(qn("w:instr"), " MERGEFIELD 职务 ")
    whole.paragraphs[2]._p.append(simple)
    said = [str(fault) for fault in findings(whole) if fault.code == "left-merge-field"]
    assert said == [
        "表.docx 第 2 段：邮件合并域“姓名”不会被填写，请改为标记，如 {{ 姓名 }}",
        "表.docx 第 3 段：邮件合并域“职务”不会被填写，请改为标记，如 {{ 职务 }}",
    ]


def test_what_is_not_printed_is_told_together_with_the_broken_tags_and_a_broken_tags_field_once(
    whole: Document,
) -> None:
    whole.paragraphs[0].text = "{{ 性名 }}"
    whole.paragraphs[2].text = "备注"
    said = [str(fault) for fault in findings(whole) if fault.severity is Severity.ERROR]
    assert said[0] == "表.docx 第 1 段：没有字段“性名”，是否为“姓名”？"
    assert [line.partition("，")[0] for line in said[1:]] == ["表.docx：字段“备注”没有印在模板上"]


def test_tags_that_cannot_be_filled_are_told_with_everything_else(whole: Document) -> None:
    whole.paragraphs[0].text = "{{ 性名 }} ｛｛ 姓名 ｝｝"
    found = findings(whole)
    lines = [str(fault) for fault in found if fault.severity is Severity.ERROR]
    assert "表.docx 第 1 段：没有字段“性名”，是否为“姓名”？" in lines
    assert "表.docx 第 1 段：使用了全角括号“｛｛”，请改为半角" in lines
    assert "font-theme" in {fault.code for fault in found}
