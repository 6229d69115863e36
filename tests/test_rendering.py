"""What a template may ask for, what it is told when it asks for more, and that filling is repeatable."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from docx import Document
from docx.document import Document as WordDocument
from word_templates import FACTS, Sheet, lines, package_of, packed, saved, sheet, text_box, with_part

from doc_forms.errors import TemplateRefused
from doc_forms.form.reading import read
from doc_forms.packages import Package
from doc_forms.template import compile_template

_NOTE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def refusals(package: Package) -> list[str]:
    """The lines that a clerk reads about the template."""
    with pytest.raises(TemplateRefused) as caught:
        compile_template(package, Sheet)
    return [str(fault) for fault in caught.value.faults]


def in_a_row(*texts: str) -> Package:
    """A template with one table row of these cells."""
    document = Document()
    for cell, text in zip(document.add_table(1, len(texts)).rows[0].cells, texts, strict=True):
        cell.text = text
    return packed(document)


def in_a_cell(*texts: str) -> Package:
    """A template with one cell of these paragraphs."""
    document = Document()
    cell = document.add_table(1, 1).cell(0, 0)
    cell.text = texts[0]
    for text in texts[1:]:
        cell.add_paragraph(text)
    return packed(document)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{{ 姓明 }}", "没有字段“姓明”，是否为“姓名”？"),
        ("{{ 完全两样 }}", "没有字段“完全两样”"),
        ("{% for 人 in 家庭成员 %}{{ 人.称胃 }}{% endfor %}", "“家庭成员”里没有字段“称胃”，是否为“称谓”？"),
        ("{% if 备住 %}甲{% endif %}", "没有字段“备住”，是否为“备注”？"),
        ("{{ 姓名", "“{{ 姓名”缺少“}}”（标记要写在同一段内）"),
        ("姓名 }}", "“}}”前面缺少与它成对的开头"),
        ("{% if 备注", "“{% if 备注”缺少“%}”（标记要写在同一段内）"),
        ("{# 注", "“{# 注”缺少“#}”（标记要写在同一段内）"),
        ("｛｛ 姓名 ｝｝", "使用了全角括号“｛｛”，请改为半角"),
        ("｛% if 备注 %｝甲{% endif %}", "使用了全角括号“｛%”，请改为半角"),
        ("{｛ 姓名 }}", "使用了全角括号“{｛”，请改为半角"),
        ("{{p 姓名 }}", "“{{p 姓名 }}”写法不对，请写成“{{ 字段 }}”或“{% if 字段 %}”这样"),
        ("{%if 备注%}甲", "“{%if 备注%}”写法不对，请写成“{{ 字段 }}”或“{% if 字段 %}”这样"),
        ("甲{%- if 备注 %}乙{% endif %}", "“{%- if 备注 %}”里不能写减号“-”：它会连同前后的内容一起删去"),
        ("{% if 备注 -%}乙{% endif %}", "“{% if 备注 -%}”里不能写减号“-”：它会连同前后的内容一起删去"),
        ("甲{#p 注 #}", "“{#p 注 #}”会删去所在的整段、整行或整格；注释请写成“{# … #}”"),
        ("{% if 姓名 == '甲&乙' %}丙{% endif %}", "“{% if 姓名 == '甲&乙' %}”里不能写“&”"),
        ("甲{_{乙", "“{_{”会被当作标记的转义写法，请删除"),
        ("{% if 备注 %}甲", "“{% if 备注 %}”没有对应的 endif"),
        ("{% for 人 in 家庭成员 %}甲", "“{% for 人 in 家庭成员 %}”没有对应的 endfor"),
        ("甲{% endif %}", "“endif”没有对应的 if"),
        ("甲{% else %}", "“else”前面没有 if"),
        ("{%p if 备注 %}甲", "“{%p if 备注 %}”要单独占一段，同处的其他内容会丢失"),
        ("{%tr if 备注 %}", "“{%tr if 备注 %}”只能写在表格里"),
        ("{%tc if 备注 %}", "“{%tc if 备注 %}”只能写在表格里"),
        ("{% for 人 in 姓名 %}甲{% endfor %}", "“姓名”不是可以逐项列出的内容"),
        ("{{ 家庭成员 }}", "“家庭成员”是一组内容，不能直接印出；请写它的字段，如“家庭成员.称谓”"),
        ("{{ 抄送 }}", "“抄送”有多项，请用循环逐项写出，或写成“抄送|顿号”"),
        ("{{ 姓名|顿号 }}", "“顿号”只用于一串文字，“姓名”不是"),
        ("{{ 姓名.长 }}", "“姓名”里没有“长”"),
        ("{% for 人 in 家庭成员 %}{{ loop.previtem }}{% endfor %}", "没有“loop.previtem”"),
        ("{% for 甲, 乙 in 家庭成员 %}丙{% endfor %}", "“for 甲, 乙 in 家庭成员”应写成“for 人 in 家庭成员”这样"),
        (
            "{% for 人 in 家庭成员 if 人.备注 %}丙{% endfor %}",
            "“for 人 in 家庭成员 if 人.备注”应写成“for 人 in 家庭成员”这样",
        ),
        (
            "{% for 人 in 家庭成员 recursive %}丙{% endfor %}",
            "“for 人 in 家庭成员 recursive”应写成“for 人 in 家庭成员”这样",
        ),
        ("{% if 职务 ＝＝ '处长' %}甲{% endif %}", "“{% if 职务 ＝＝ '处长' %}”里有全角符号“＝”，请改为半角"),
        ("{{ 决定日期｜点 }}", "“{{ 决定日期｜点 }}”里有全角符号“｜”，请改为半角"),
        ("{{ 姓\u200b名 }}", "“{{ 姓\u200b名 }}”里有看不见的字符（U+200B），请删去后重新键入"),
        ("{% if 职务 = '（兼）' %}甲{% endif %}", "“{% if 职务 = '（兼）' %}”写法不对，请检查括号、引号和拼写"),
        ("{％ if 备注 ％}甲", "使用了全角括号“{％”，请改为半角"),
        ("{{ 姓名 姓名 }}", "“{{ 姓名 姓名 }}”写法不对，请检查括号、引号和拼写"),
        ("{{ '甲' }}", "“'甲'”不是字段"),
        ("{% if 正职 %}甲{% endif %}", '“正职”总是“是”或“否”，不会是空的；请写成 正职 == "是"'),
        ("{% if not 在职 and 备注 %}甲{% endif %}", '“在职”总是“是”或“否”，不会是空的；请写成 在职 == "是"'),
        (
            "{% for 人 in 家庭成员 %}{% if 人.备注 %}甲{% endif %}{% endfor %}",
            '“备注”没有填时印“无”，不会是空的；请写成 人.备注 != "无"',
        ),
    ],
)
def test_a_tag_that_cannot_be_filled_is_refused_with_its_paragraph_and_the_remedy(text: str, message: str) -> None:
    assert f"试验.docx 第 2 段：{message}" in refusals(lines("{{ 姓名 }}", text))


@pytest.mark.parametrize(
    ("condition", "message"),
    [
        ("职务 > 5", "“职务”是文字，不能用“>”比大小；大小只能是 loop.index 这样的序数与数字相比"),
        ("职务 > '5'", "“职务”是文字，不能用“>”比大小；大小只能是 loop.index 这样的序数与数字相比"),
        ("人.称谓 == loop.index", "“称谓”是文字，不能与序数比较；大小只能是 loop.index 这样的序数与数字相比"),
        ("职务 == 5", '“职务”是文字，要与加了引号的文字比较，如 职务 == "5"'),
        ("职务 in (5, '甲')", '“职务”是文字，要与加了引号的文字比较，如 职务 == "5"'),
        ("loop.index > '5'", "“5”应写成数字，不加引号"),
        ("5 > '甲'", "“甲”应写成数字，不加引号"),
        ("家庭成员 == '甲'", "“家庭成员”有多项内容，不能这样比较；请比较其中的字段"),
        ("'甲' in 家庭成员", "“家庭成员”有多项内容，不能这样比较；请比较其中的字段"),
        ("抄送 == '甲'", "“抄送”有多项内容，不能这样比较；请比较其中的字段"),
        ("正职 == '真'", "“正职”不会是“真”，只会是：是、否"),
        ("人.备注 and 正职 in ('是', '对')", "“正职”不会是“对”，只会是：是、否"),
        (" and ".join(["职务"] * 100), "标记太长或套得太深，请拆开（一个标记不超过 500 字）"),
        ("(" * 240 + "职务" + ")" * 240, "标记太长或套得太深，请拆开（一个标记不超过 500 字）"),
    ],
)
def test_a_condition_that_could_not_be_met_or_not_be_asked_is_refused(condition: str, message: str) -> None:
    text = f"{{% for 人 in 家庭成员 %}}{{% if {condition} %}}甲{{% endif %}}{{% endfor %}}"
    assert f"试验.docx 第 2 段：{message}" in refusals(lines("{{ 姓名 }}", text))


@pytest.mark.parametrize(
    "condition",
    [
        '正职 == "是"',
        "备注 or 抄送",
        "not loop.last and loop.index <= 7",
        "'副' in 职务 and '人事处' in 抄送",
        "人.备注 != '无' and 职务 in ('处长', '科长')",
        " and ".join(["职务"] * 60),
    ],
)
def test_what_may_be_empty_or_is_compared_with_what_it_may_be_can_be_asked(condition: str) -> None:
    text = f"{{% for 人 in 家庭成员 %}}{{% if {condition} %}}甲{{% endif %}}{{% endfor %}}"
    template = compile_template(lines("{{ 姓名 }}", text), Sheet)
    assert template.fill(sheet().context()).package


ATTACKS = (
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ lipsum.__globals__['os'].popen('id').read() }}",
    "{{ joiner.__init__.__globals__ }}",
    "{{ namespace.__init__ }}",
    "{{ self.__init__.__globals__.__builtins__ }}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ 姓名.__class__ }}",
    "{{ 姓名.format(1) }}",
    "{{ 姓名['upper']() }}",
    "{{ 姓名|attr('__class__') }}",
    "{{ 姓名|safe }}",
    "{{ 姓名|tojson }}",
    "{{ 姓名|map('upper')|list }}",
    "{{ '%999999999d'|format(1) }}",
    "{{ 'a' * 10**9 }}",
    "{{ 9**(9**9) }}",
    "{{ 姓名 * 3 }}",
    "{{ 姓名 ~ 职务 }}",
    "{{ 姓名[0] }}",
    "{{ [姓名, 职务] }}",
    "{{ {'a': 姓名} }}",
    "{{ range(10**9) }}",
    "{{ lipsum(n=10**7) }}",
    "{{ 姓名 if 备注 else 职务 }}",
    "{{ 姓名 is string }}",
    "{% for 甲 in range(99999) %}{% for 乙 in range(99999) %}丙{% endfor %}{% endfor %}",
    "{% if 姓名.__class__ %}甲{% endif %}",
    "{% if 姓名|length > 3 %}甲{% endif %}",
    "{% if range(9) %}甲{% endif %}",
    "{% set 甲 = 姓名 %}",
    "{% macro 甲() %}{{ caller() }}{% endmacro %}",
    "{% call 甲() %}乙{% endcall %}",
    "{% filter upper %}甲{% endfilter %}",
    "{% include '甲.docx' %}",
    "{% import '甲' as 乙 %}",
    "{% extends '甲' %}",
    "{% block 甲 %}乙{% endblock %}",
    "{% raw %}{{ 姓名 }}{% endraw %}",
    "{% autoescape false %}{{ 姓名 }}{% endautoescape %}",
    "{% do 家庭成员.clear() %}",
    "{% cellbg 姓名 %}",
    "{% colspan 姓名 %}",
    "{% hm %}",
    "{% vm %}",
)


@pytest.mark.parametrize("place", ["", "页眉", "脚注"])
def test_nothing_but_fields_conditions_and_loops_compiles(place: str) -> None:
    document = Document()
    document.add_paragraph("{{ 姓名 }}")
    header = document.sections[0].header
    for attack in ATTACKS:
        document.add_paragraph(attack if place == "" else "")
        header.add_paragraph(attack if place == "页眉" else "")
    data = saved(document)
    if place == "脚注":
        notes = "".join(f"<w:p><w:r><w:t>{escape(attack)}</w:t></w:r></w:p>" for attack in ("", *ATTACKS))
        data = with_part(
            data, "footnotes", f'<w:footnotes {_NOTE}><w:footnote w:id="1">{notes}</w:footnote></w:footnotes>'
        )
    refused = refusals(package_of(data))
    for number, attack in enumerate(ATTACKS, 2):
        assert any(line.startswith(f"试验.docx {place}第 {number} 段：") for line in refused), attack


def test_nothing_else_compiles_in_the_core_properties_either() -> None:
    document = Document()
    document.core_properties.title = "@"
    core = {"docProps/core.xml": titled(document).replace(">@<", f">{escape(' '.join(ATTACKS))}<")}
    refused = refusals(packed(document, core))
    assert all(line.startswith("试验.docx 文档属性title：") for line in refused)
    assert len(refused) >= len(ATTACKS)


def titled(document: WordDocument) -> str:
    """The XML of the document's core properties."""
    with zipfile.ZipFile(io.BytesIO(saved(document))) as opened:
        return opened.read("docProps/core.xml").decode()


def test_loops_are_no_deeper_than_any_paper_needs() -> None:
    loop = "{% for 人 in 家庭成员 %}" * 4 + "甲" + "{% endfor %}" * 4
    assert refusals(lines(loop)) == ["试验.docx 第 1 段：循环套得太深（最多 3 层）"]


def test_all_faults_of_a_template_are_told_at_once_each_with_its_place() -> None:
    document = Document()
    document.add_paragraph("{{ 姓明 }}")
    table = document.add_table(2, 2)
    table.cell(1, 1).text = "{{ 职物 }}"
    document.add_paragraph("{{ 备住 }}")
    document.sections[0].footer.paragraphs[0].text = "｛｛ 姓名 ｝｝"
    document.element.body.insert(0, document.add_paragraph()._p)
    document.paragraphs[0]._p.append(text_box("{{ 姓鸣 }}"))
    assert sorted(refusals(packed(document))) == sorted(
        [
            "试验.docx 第 1 段的文本框：没有字段“姓鸣”，是否为“姓名”？",
            "试验.docx 第 2 段：没有字段“姓明”，是否为“姓名”？",
            "试验.docx 表格 1 第 2 行第 2 列：没有字段“职物”，是否为“职务”？",
            "试验.docx 第 3 段：没有字段“备住”，是否为“备注”？",
            "试验.docx 页脚第 1 段：使用了全角括号“｛｛”，请改为半角",
        ]
    )


@pytest.mark.parametrize(("kind", "inner", "word"), [("endnotes", "endnote", "尾注"), ("comments", "comment", "批注")])
def test_a_tag_where_nothing_is_filled_is_refused(kind: str, inner: str, word: str) -> None:
    document = Document()
    document.add_paragraph("{{ 姓名 }}")
    note = f'<w:{inner} w:id="1"><w:p><w:r><w:t>{{{{ 姓名 }}}}</w:t></w:r></w:p></w:{inner}>'
    data = with_part(saved(document), kind, f"<w:{kind} {_NOTE}>{note}</w:{kind}>")
    message = "“{{ 姓名 }}”不会被填写，请移到正文、页眉、页脚或脚注"
    assert refusals(package_of(data)) == [f"试验.docx {word}：{message}"]


def test_a_tag_in_an_attribute_or_a_field_code_is_refused() -> None:
    document = Document()
    run = document.add_paragraph("{{ 姓名 }}").add_run("甲")
    run._r.set("{urn:example}note", "{{ 姓名 }}")
    assert refusals(packed(document)) == ["试验.docx 第 1 段：“{{ 姓名 }}”写在不会被填写的地方（r），请移到正文文字里"]


def test_a_block_must_end_where_it_began() -> None:
    message = "“{% endif %}”与第 1 段的“if 备注”不成对：两端要写法相同并在同一段里"
    assert f"试验.docx 第 2 段：{message}" in refusals(lines("{% if 备注 %}甲", "乙{% endif %}"))


def test_a_whole_row_tag_needs_a_row_of_its_own() -> None:
    message = "“{%tr if 备注 %}”要单独占一行，同处的其他内容会丢失"
    assert f"试验.docx 表格 1 第 1 行第 1 列：{message}" in refusals(in_a_row("{%tr if 备注 %}", "别的"))


@pytest.mark.parametrize(
    "texts",
    [("{%p if 备注 %}", "{{ 备注 }}", "{%p endif %}"), ("{%p for 人 in 家庭成员 %}", "{{ 人.姓名 }}", "{%p endfor %}")],
)
def test_a_cell_that_could_lose_all_its_paragraphs_is_refused(texts: tuple[str, ...]) -> None:
    found = refusals(in_a_cell(*texts))
    assert len(found) == 1
    assert "所在的单元格可能一段也不剩，请在条件之外、最后留一个空段" in found[0]
    compile_template(in_a_cell(*texts, ""), Sheet)


def test_a_header_that_could_lose_all_its_paragraphs_is_refused() -> None:
    document = Document()
    header = document.sections[0].header
    header.paragraphs[0].text = "{%p if 备注 %}"
    for text in ("{{ 备注 }}", "{%p endif %}"):
        header.add_paragraph(text)
    assert "所在的页眉可能一段也不剩" in refusals(packed(document))[0]


def test_a_tag_that_docxtpls_clean_up_would_join_with_a_stray_brace_is_refused() -> None:
    assert "有标记与旁边的花括号、文字或图形粘连" in refusals(lines("甲{", "{{ 姓名 }}"))[0]


def test_a_table_that_states_no_columns_is_refused() -> None:
    document = Document()
    table = document.add_table(1, 1)
    table.cell(0, 0).text = "{{ 姓名 }}"
    table._tbl.remove(table._tbl.tblGrid)
    assert refusals(packed(document)) == ["试验.docx 表格 1：没有写明列宽，请用 Word 打开并重新保存"]


def test_a_date_filter_leaves_words_that_are_no_date_as_they_are() -> None:
    template = compile_template(lines("{{ 职务|点 }}，{{ 职务|年月日 }}，{{ 决定日期|点 }}"), Sheet)
    filled = template.fill(sheet(职务="3人").context())
    assert filled.printed["word/document.xml"] == ["3人", "3人", "2026.09.18"]


def test_a_value_is_never_read_as_a_tag_or_as_xml() -> None:
    template = compile_template(lines("{{ 姓名 }}|{{ 职务 }}"), Sheet)
    injected = "]]></w:t></w:r></w:p><w:p><w:r><w:t>{ { 7*7 } }"
    filled = template.fill(sheet(姓名=injected, 职务="甲 & 乙 <丙>").context())
    text = Document(io.BytesIO(filled.package)).paragraphs[0].text
    assert text == f"{injected}|甲 & 乙 <丙>"


def test_the_same_facts_give_the_same_bytes() -> None:
    package = lines("{{ 姓名 }} {{ 备注 }}", "{% for 人 in 家庭成员 %}{{ 人.姓名 }}{% endfor %}")
    first, second = (compile_template(package, Sheet).fill(sheet().context()).package for _ in range(2))
    assert first == second


_FILL_AFRESH = """
import sys
from word_templates import DRAWN, Sheet, package_of, sheet
from doc_forms.template import compile_template
template = compile_template(package_of(open(sys.argv[1], "rb").read()), Sheet)
sys.stdout.buffer.write(template.fill(sheet().context()).package)
"""


def test_the_same_facts_give_the_same_bytes_in_a_fresh_process(tmp_path: Path) -> None:
    file = tmp_path / "试验.docx"
    file.write_bytes(saved(_with_tags()))
    here = compile_template(package_of(file.read_bytes()), Sheet).fill(sheet().context()).package
    made = subprocess.run(
        [sys.executable, "-c", _FILL_AFRESH, file],
        cwd=Path(__file__).parent,
        env={"PYTHONPATH": f"{Path(__file__).parent}:{Path(__file__).parent.parent}", "PYTHONHASHSEED": "7"},
        capture_output=True,
        check=True,
    )
    assert made.stdout == here


def test_nothing_in_the_package_tells_when_it_was_made() -> None:
    made = compile_template(package_of(saved(_with_tags())), Sheet).fill(sheet().context()).package
    with zipfile.ZipFile(io.BytesIO(made)) as opened:
        assert {info.date_time for info in opened.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert opened.testzip() is None


def _with_tags() -> WordDocument:
    document = Document()
    document.add_paragraph("{{ 姓名 }} {{ 备注 }}")
    document.core_properties.title = "{{ 职务 }}"
    return document


def test_facts_that_are_read_and_printed_are_the_ones_given() -> None:
    form, warnings = read(Sheet, FACTS, lambda _: pytest.fail("no fault was expected"))
    template = compile_template(lines("{{ 姓名 }} {{ 决定日期 }}"), Sheet)
    assert warnings == []
    assert template.fill(form.context()).printed["word/document.xml"] == ["周示范", "2026年9月18日"]
