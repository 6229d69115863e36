"""Lint: every finding of a template at once, each with a stable code and a place that a person can find."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.run import Run

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


def told(document: Document, code: str) -> list[str]:
    return [str(fault) for fault in findings(document) if fault.code == code]


@pytest.mark.parametrize(
    ("text", "sample"),
    [
        ("××学院党委：", "××"),
        ("经×年×月×日校党委会研究决定：", "×"),
        ("XX同志任{{ 姓名 }}", "XX"),
        ("20xx年", "xx"),
        ("ＸＸ大学文件", "ＸＸ"),
        ("○○大学", "○○"),
        ("示例大学**学院", "**"),
        ("***同志", "***"),
        ("陈某某同志", "陈某某"),
        ("于某年某月某日到会", "某年某月某日"),
        ("{{ 姓名 }}张三同志：", "张三"),
        ("yyyy年", "yyyy"),
        ("单击此处输入文字。", "单击此处输入文字"),
        ("请如实填写。张三", "张三"),
    ],
)
def test_sample_text_outside_the_tags_is_a_leftover_told_with_its_paragraph(
    whole: Document, text: str, sample: str
) -> None:
    whole.add_paragraph(text)
    assert told(whole, "left-sample") == [
        f"表.docx 第 5 段：有样本文字“{sample}”，会原样印在每份文书上，请改为标记或删除"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "同意的划“○”，不同意的划“×”，弃权的不划。",
        "○ 同意　○ 不同意",
        "二〇〇八年、二○○○年、一九〇〇年",
        "有效票中某项未填的，计入弃权",
        "3×4 米，2 x 3",
        "学年度考核 XXL.docx",
        "日期请写成 1978.03，例如“20××年×月”",
        "姓名（如：张三）",
        "{{ 姓名 }}{# 张三，××，某某 #}",
        "注：* 为必填，** 注",
        "□□□□□□",
        "********以下由组织部填写********",
        "____年__月__日",
        "〔2026〕28号、《姓名》、（姓名）、【姓名】",
        "账号 622848001912310021234",
    ],
)
def test_what_a_paper_may_well_say_is_no_sample(whole: Document, text: str) -> None:
    whole.add_paragraph(text)
    assert {code for code in codes(whole) if code.startswith("left-")} == set()


def test_samples_are_found_in_cells_and_headers_each_once(whole: Document) -> None:
    whole.sections[0].header.paragraphs[0].text = "××大学文件 ××"
    whole.tables[0].rows[0].cells[1].text = "李四（某某）"
    assert told(whole, "left-sample") == [
        "表.docx 表格 1 第 1 行第 2 列：有样本文字“李四”、“某某”，会原样印在每份文书上，请改为标记或删除",
        "表.docx 页眉第 1 段：有样本文字“××”，会原样印在每份文书上，请改为标记或删除",
    ]


def test_somebodys_identity_number_in_a_template_is_told_without_the_number(whole: Document) -> None:
    whole.add_paragraph("公民身份号码：11010519491231002X")
    assert told(whole, "left-identity") == ["表.docx 第 5 段：留有一个公民身份号码，会印在每份文书上，请改为标记或删除"]


@pytest.mark.parametrize("slot", ["{姓名}", "｛ 姓名 ｝", "[姓名]", "<姓名>"])
def test_a_fields_name_in_brackets_that_are_no_tag_is_told_with_the_tag_that_takes_its_place(
    whole: Document, slot: str
) -> None:
    whole.add_paragraph(f"{slot}同志：{{{{ 姓名 }}}}")
    assert told(whole, "left-slot") == [f"表.docx 第 5 段：“{slot}”不是标记，不会被填写，请改为 {{{{ 姓名 }}}}"]


def test_brackets_around_what_is_no_field_are_ordinary_text(whole: Document) -> None:
    whole.add_paragraph("[2026] {注} <附件>")
    assert told(whole, "left-slot") == []


def hide(run: Run, value: str | None = None) -> None:
    node = OxmlElement("w:vanish")
    if value is not None:
        node.set(qn("w:val"), value)
    run._r.get_or_add_rPr().append(node)


def test_hidden_text_and_hidden_tags_are_told_with_their_paragraph(whole: Document) -> None:
    hide(whole.add_paragraph("看得见的").add_run("内部掌握：{{ 姓名 }}，不对外，仅供内部参考"))
    shown = "“内部掌握：{{ 姓名 }}，不对外，仅供…”"
    said = f"表.docx 第 5 段：{shown}设成了隐藏文字，纸上看不见，请在“字体”里取消“隐藏”，或删除"
    assert told(whole, "left-hidden") == [said]


def test_what_hides_nothing_that_could_be_read_is_no_finding(whole: Document) -> None:
    hide(whole.add_paragraph("").add_run("明说不隐藏"), "0")
    hide(whole.add_paragraph("").add_run("  "))
    hide(whole.add_paragraph("").add_run("{# 写给改模板的人看的话 #}"))
    mark = whole.add_paragraph("只有段落标记是隐藏的")._p.get_or_add_pPr()
    mark.append(OxmlElement("w:rPr"))
    mark[-1].append(OxmlElement("w:vanish"))
    assert told(whole, "left-hidden") == []


@pytest.mark.parametrize(
    ("paragraph", "characters", "own", "found"),
    [
        ("隐段之下", None, None, 1),
        (None, "隐字", None, 1),
        ("隐段之下", "隐字", None, 0),  # a toggle: the second turns it back
        ("隐段之下", None, "false", 0),
        (None, None, None, 0),
    ],
)
def test_a_style_hides_text_as_word_reads_it(
    whole: Document, paragraph: str | None, characters: str | None, own: str | None, found: int
) -> None:
    for name, kind in (("隐段", WD_STYLE_TYPE.PARAGRAPH), ("隐字", WD_STYLE_TYPE.CHARACTER)):
        whole.styles.add_style(name, kind).font.hidden = True
    whole.styles.add_style("隐段之下", WD_STYLE_TYPE.PARAGRAPH).base_style = whole.styles["隐段"]
    run = whole.add_paragraph("", style=paragraph).add_run("备查", style=characters)
    if own:
        hide(run, own)
    assert len(told(whole, "left-hidden")) == found
