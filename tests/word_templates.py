"""Word templates drawn for the tests, and the form that they are drawn for."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Length

from doc_forms.form import NO_LINE, About, Day, Form, Line, Part, Text, YesNo, computed, field
from doc_forms.packages import Package, template_from_bytes

_NS = nsdecls("w", "wp", "a", "r")
_BOX_NS = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


class Relative(Part):
    """A member of somebody's family."""

    kinship: Line = field("称谓")
    name: Text = field("姓名")
    remark: Text | None = field("备注", blank="无")


class Sheet(Form):
    """A paper with a field of each shape."""

    about = About(title="试验表", articles=(), file_name="试验_{姓名}")
    name: Text = field("姓名")
    post: Text = field("职务")
    remark: Text | None = field("备注", blank=NO_LINE)
    decided: Day = field("决定日期", prints="chinese")
    relatives: list[Relative] = field("家庭成员", at_least=0)
    readers: list[Line] = field("抄送", at_least=0)
    serving: YesNo | None = field("在职", blank="否", printed=False)

    @computed("正职", printed=False)
    def heads(self) -> bool:
        """Whether the post is that of a head."""
        return self.post.endswith("长") and "副" not in self.post


FACTS: dict[str, Any] = {
    "姓名": "周示范",
    "职务": "示例学院党委组织部部长",
    "备注": "第一行\n第二行",
    "决定日期": "2026-09-18",
    "家庭成员": [{"称谓": "妻子", "姓名": "林示例"}, {"称谓": "长女", "姓名": "周䶮", "备注": "在读"}],
    "抄送": ["人事处", "财务处"],
}


def sheet(**changes: Any) -> Sheet:
    """Give the form of FACTS with some of them changed."""
    return Sheet.model_validate({**FACTS, **changes})


def packed(document: WordDocument, extra: Mapping[str, str] | None = None, name: str = "试验.docx") -> Package:
    """Give a drawn document as a checked template; `extra` replaces parts by their XML."""
    return template_from_bytes(saved(document, extra), name)


def saved(document: WordDocument, extra: Mapping[str, str] | None = None) -> bytes:
    """Give a drawn document as bytes; `extra` adds or replaces parts by their XML."""
    stream = io.BytesIO()
    document.save(stream)
    return rezipped(stream.getvalue(), {name: text.encode() for name, text in (extra or {}).items()})


def rezipped(package: bytes, changed: Mapping[str, bytes]) -> bytes:
    """Give the package with parts added or replaced."""
    with zipfile.ZipFile(io.BytesIO(package)) as opened:
        parts = {name: opened.read(name) for name in opened.namelist()}
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in {**parts, **changed}.items():
            made.writestr(name, data)
    return stream.getvalue()


def package_of(data: bytes) -> Package:
    """Give bytes as a checked template."""
    return template_from_bytes(data, "试验.docx")


def lines(*paragraphs: str) -> Package:
    """Give a template of these paragraphs."""
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    return packed(document)


def paragraphs() -> bytes:
    """Text with tags, filters, conditions and loops in the line; one tag is cut over formatted runs."""
    document = Document()
    document.add_paragraph("姓名：{{ 姓名 }}，职务：{{ 职务 }}。{# 这句不印 #}")
    split = document.add_paragraph("前文 ")
    for number, piece in enumerate(("{", "{ 姓", "名|撑开 }", "}", " 后文 ", "{{备注}}")):
        split.add_run(piece).bold = bool(number % 2)
    document.add_paragraph("{% for 人 in 家庭成员 %}{{ loop.index }}.{{ 人.姓名 }}（{{ 人.备注 }}）{% endfor %}")
    document.add_paragraph("{% if 备注 and 职务 != “无” %}有：{{ 备注 }}{% elif 抄送 %}抄{% else %}没有{% endif %}")
    document.add_paragraph("抄送：{{ 抄送|顿号 }}  {{ 决定日期|点 }} {{ 决定日期|年月日 }}")
    document.add_paragraph().add_run("{{ 姓名 }}").italic = True
    return saved(document)


def whole_paragraphs() -> bytes:
    """Conditions and loops over whole paragraphs, one in the other, and over runs."""
    document = Document()
    for text in (
        "{%p if 备注 %}",
        "备注：{{ 备注 }}",
        "{%p else %}",
        "没有备注",
        "{%p endif %}",
        "{%p for 人 in 家庭成员 %}",
        "{{ 人.称谓 }}\t{{ 人.姓名 }}",
        "{%p if loop.last %}",
        "共 {{ loop.length }} 人",
        "{%p endif %}",
        "{%p endfor %}",
    ):
        document.add_paragraph(text)
    runs = document.add_paragraph("甲")
    for piece in ("{%r if 备注 %}", "乙{{ 备注 }}", "{%r endif %}", "丙"):
        runs.add_run(piece)
    return saved(document)


def row_table() -> bytes:
    """A table with a row for each item, a row under a condition, merged cells and a table in a cell."""
    document = Document()
    table = document.add_table(rows=7, cols=3, style="Table Grid")
    for number, text in enumerate(("称谓", "姓名", "备注")):
        table.cell(0, number).text = text
    table.cell(1, 0).text = "{%tr for 人 in 家庭成员 %}"
    remark = "{% if 人.备注 != '无' %}{{ 人.备注 }}{% endif %}"
    for number, text in enumerate(("{{ 人.称谓 }}", "{{ 人.姓名 }}", remark)):
        table.cell(2, number).text = text
    table.cell(3, 0).text = "{%tr endfor %}"
    table.cell(4, 0).text = "{%tr if 备注 %}"
    table.cell(5, 0).merge(table.cell(5, 2)).text = "{{ 备注 }}"
    table.cell(6, 0).text = "{%tr endif %}"
    inner = document.add_table(rows=1, cols=2).cell(0, 0).add_table(rows=1, cols=2)
    inner.cell(0, 0).text = "{{ 姓名 }}"
    return saved(document)


def nested_table() -> bytes:
    """A table in a cell with more columns than the outer table: docxtpl widens the outer one's grid."""
    document = Document()
    inner = document.add_table(rows=1, cols=1).cell(0, 0).add_table(rows=1, cols=2)
    inner.cell(0, 1).text = "{{ 姓名 }}"
    return saved(document)


def column_table() -> bytes:
    """A table with a column for each item: docxtpl mends its grid after filling."""
    document = Document()
    table = document.add_table(rows=2, cols=4, style="Table Grid")
    for row, text in zip(table.rows, ("{{ 人.称谓 }}", "{{ 人.姓名 }}"), strict=True):
        cells = ("项目", "{%tc for 人 in 家庭成员 %}", text, "{%tc endfor %}")
        for cell, value in zip(row.cells, cells, strict=True):
            cell.text = value
    return saved(document)


def narrow_rows() -> bytes:
    """A table whose widest row may be left out: docxtpl takes columns away then."""
    document = Document()
    table = document.add_table(rows=4, cols=3)
    texts = ("{{ 姓名 }}", "{%tr if 备注 %}", "{{ 备注 }}", "{%tr endif %}")
    rows = [list(row.cells) for row in table.rows]
    for row, text in zip(rows, texts, strict=True):
        row[0].text = text
    for number in (0, 1, 3):
        table.rows[number]._tr.remove(rows[number][2]._tc)
    return saved(document)


def header_and_footer() -> bytes:
    """Tags in headers and footers, with a table and a drawing there, which docxtpl leaves as they are."""
    document = Document()
    section = document.sections[0]
    section.different_first_page_header_footer = True
    section.header.paragraphs[0].text = "{{ 姓名 }}\t{{ 职务 }}"
    section.first_page_header.paragraphs[0].text = "首页 {{ 备注 }}"
    section.footer.paragraphs[0].text = "{% for 人 in 家庭成员 %}{{ 人.姓名 }};{% endfor %}"
    table = section.footer.add_table(1, 3, Length(9_000))
    for cell, text in zip(table.rows[0].cells, ("{%tc if 备注 %}", "{{ 备注 }}", "{%tc endif %}"), strict=True):
        cell.text = text
    section.footer.add_paragraph()._p.append(drawing(7))
    document.add_paragraph("正文 {{ 姓名 }}")
    return saved(document)


def text_boxes() -> bytes:
    """A text box in Word's two forms beside text, and a drawing of its own."""
    document = Document()
    paragraph = document.add_paragraph("锚点 {{ 职务 }}")
    paragraph._p.append(text_box("{{ 姓名 }}", "{{ 备注 }}"))
    document.add_paragraph("之后 {{ 备注 }}")._p.append(drawing(5))
    return saved(document)


def repeated_drawing() -> bytes:
    """A drawing in a condition: docxtpl numbers the drawings after filling."""
    document = Document()
    for text in ("{%p for 人 in 家庭成员 %}", "{{ 人.姓名 }}", "{%p endfor %}", "末 {{ 备注 }}"):
        paragraph = document.add_paragraph(text)
        if not text.startswith("{%"):
            paragraph._p.append(drawing(5))
    document.add_paragraph("{% if 备注 %}")._p.append(drawing(9))
    document.paragraphs[-1].add_run("{% endif %}")
    return saved(document)


def broken_lines() -> bytes:
    """Line ends and tabs typed into the XML of a template, which docxtpl turns into Word's own."""
    document = Document()
    document.add_paragraph("甲乙 {{ 姓名 }}")
    document.element.body[0].r_lst[0].t_lst[0].text = "甲\n乙\t{{ 姓名 }}"
    section = document.sections[0]
    section.header.paragraphs[0].text = "丙 {{ 备注 }}"
    section.header.paragraphs[0]._p.r_lst[0].t_lst[0].text = "丙\n{{ 备注 }}"
    return saved(document)


def footnotes() -> bytes:
    """A footnote with tags."""
    document = Document()
    document.add_paragraph("正文 {{ 姓名 }}")
    reference = f'<w:r {_NS}><w:footnoteReference w:id="1"/></w:r>'
    document.paragraphs[0]._p.append(parse_xml(reference))
    note = (
        f"<w:footnotes {_NS}>"
        '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
        '<w:footnote w:id="1"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t>注：{{ 备注 }}；{{ 职务 }}</w:t></w:r></w:p>'
        "</w:footnote></w:footnotes>"
    )
    return with_part(saved(document), "footnotes", note)


def with_part(package: bytes, kind: str, xml: str) -> bytes:
    """Give the package with a part such as word/endnotes.xml that its body refers to."""
    with zipfile.ZipFile(io.BytesIO(package)) as opened:
        types = opened.read("[Content_Types].xml").decode()
        relations = opened.read("word/_rels/document.xml.rels").decode()
    override = f'<Override PartName="/word/{kind}.xml" ContentType="{_WORD_TYPE}.{kind}+xml"/></Types>'
    relation = f'<Relationship Id="rId{kind}" Type="{_RELATION}/{kind}" Target="{kind}.xml"/></Relationships>'
    changed = {
        "[Content_Types].xml": types.replace("</Types>", override),
        "word/_rels/document.xml.rels": relations.replace("</Relationships>", relation),
        f"word/{kind}.xml": xml,
    }
    return rezipped(package, {name: text.encode() for name, text in changed.items()})


def drawing(number: int) -> Any:
    """Give a run with an inline drawing of that id (an empty shape)."""
    shape = (
        f'<w:r {_NS}><w:drawing><wp:inline><wp:extent cx="9525" cy="9525"/><wp:docPr id="{number}" name="线 {number}"/>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart"/></a:graphic>'
        "</wp:inline></w:drawing></w:r>"
    )
    return parse_xml(shape)


def text_box(*texts: str) -> Any:
    """Give a run with a text box as Word writes it: a shape, and a VML shape for older programs."""
    inside = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in texts)
    content = f"<w:txbxContent>{inside}</w:txbxContent>"
    box = (
        f'<w:r {_NS} {_BOX_NS}><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline>'
        '<wp:extent cx="914400" cy="457200"/><wp:docPr id="3" name="文本框 3"/><a:graphic>'
        '<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
        f"<wps:wsp><wps:txbx>{content}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing>"
        f"</mc:Choice><mc:Fallback><w:pict><v:rect><v:textbox>{content}</v:textbox></v:rect></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    return parse_xml(box)


DRAWN: dict[str, Callable[[], bytes]] = {
    made.__name__: made
    for made in (
        paragraphs,
        whole_paragraphs,
        row_table,
        nested_table,
        column_table,
        narrow_rows,
        header_and_footer,
        text_boxes,
        repeated_drawing,
        broken_lines,
        footnotes,
    )
}
"""Every drawn template by its name."""
