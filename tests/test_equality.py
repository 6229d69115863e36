"""What the engine fills is what docxtpl fills, part by part, for every value that a form takes."""

from __future__ import annotations

import copy
import io
import json
import zipfile
from pathlib import Path
from random import Random
from typing import Any

import jinja2
import pytest
from docx import Document
from docxtpl import DocxTemplate
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from word_templates import DRAWN, Relative, Sheet, package_of, saved, sheet, text_box

from doc_forms.form.reading import locate_in, read
from doc_forms.form.text import normalise
from doc_forms.library import Library
from doc_forms.packages import open_template
from doc_forms.template import Template, compile_template
from doc_forms.template.language import FILTERS
from doc_forms.zipped import read_back

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
BODY = "word/document.xml"
PICTURE_LISTS = ("[Content_Types].xml", "word/_rels/document.xml.rels")
RUN = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}r"
DRAWING = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}drawing"
CORE = "docProps/core.xml"
"""Not compared here: docxtpl escapes core properties twice. Their values are read back below."""
LIBRARY_LISTS = "[Content_Types].xml", ".rels"
"""python-docx writes these anew in its own order; they are compared as sets."""

DOCXTPL_ESCAPES = "{_{", "}_}", "{_%", "%_}"
"""docxtpl prints these as braces; here a value is printed as it was typed."""


def taken(text: str) -> str:
    """Give the text as a form keeps it, or another where a form refuses it or docxtpl alters it."""
    try:
        kept = normalise(text)
    except ValueError:
        return "含有标记"
    return kept if kept and not any(mark in kept for mark in DOCXTPL_ESCAPES) else "空"


SIGNS = "林示范㛃𬭚䶮·阿卜杜拉 AZaz09&<>\"'“”‘’《》（）—…%#{}_\n\t😀👩🎓﨎𠮷/\\$^*\u00e9\u0301"
TAKEN = st.one_of(
    st.text(st.sampled_from(SIGNS), min_size=1, max_size=30),
    st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf", "Cn"]), min_size=1, max_size=20),
).map(taken)
LINE = TAKEN.map(lambda text: taken(" ".join(text.split())))
RELATIVES = st.builds(
    lambda kinship, name, remark: Relative.model_validate({"称谓": kinship, "姓名": name, "备注": remark}),
    LINE,
    TAKEN,
    st.none() | TAKEN,
)
SHEETS = st.builds(
    lambda name, post, remark, relatives, readers: sheet(
        姓名=name, 职务=post, 备注=remark, 家庭成员=relatives, 抄送=readers
    ),
    TAKEN,
    TAKEN,
    st.none() | TAKEN,
    st.lists(RELATIVES, max_size=6),
    st.lists(LINE, max_size=3),
)


def by_docxtpl(template: bytes, context: dict[str, Any]) -> dict[str, bytes]:
    """Give the parts of the document that docxtpl makes."""
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined)
    environment.filters.update(FILTERS)
    document = DocxTemplate(io.BytesIO(template))
    document.render(copy.deepcopy(context), environment)
    stream = io.BytesIO()
    document.save(stream)
    return read_back(stream.getvalue())


def canonical(name: str, data: bytes) -> object:
    """Give what two writers of the same part have in common."""
    if not name.endswith((".xml", ".rels")):
        return data
    root = etree.fromstring(data)
    if name.endswith(LIBRARY_LISTS):
        return {frozenset(node.attrib.items()) for node in root}
    return etree.tostring(root, method="c14n")


def differences(ours: dict[str, bytes], theirs: dict[str, bytes]) -> list[str]:
    """Name the parts that are not the same."""
    names = (ours.keys() | theirs.keys()) - {CORE}
    return sorted(
        name
        for name in names
        if name not in ours
        or name not in theirs
        or (ours[name] != theirs[name] and canonical(name, ours[name]) != canonical(name, theirs[name]))
    )


def pictures_apart(parts: dict[str, bytes]) -> dict[str, bytes]:
    """Leave out what docxtpl has no counterpart of: the drawing that a record's picture takes over, and its parts."""
    kept = {name: data for name, data in parts.items() if name not in PICTURE_LISTS and "/media/" not in name}
    body = etree.fromstring(kept[BODY])
    for holder in list(body.iter(RUN)):
        for drawing in holder.findall(DRAWING):
            holder.remove(drawing)
    return {**kept, BODY: etree.tostring(body)}


def compared(template: Template, data: bytes, context: dict[str, Any]) -> list[str]:
    """Name the parts in which we differ from docxtpl."""
    ours, theirs = read_back(template.fill(context).package), by_docxtpl(data, context)
    if template.places:
        ours, theirs = pictures_apart(ours), pictures_apart(theirs)
    return differences(ours, theirs)


@pytest.fixture(scope="module", params=DRAWN)
def drawn(request: pytest.FixtureRequest) -> tuple[bytes, Template]:
    data = DRAWN[request.param]()
    return data, compile_template(package_of(data), Sheet)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(form=SHEETS)
def test_a_drawn_template_is_filled_as_docxtpl_fills_it(drawn: tuple[bytes, Template], form: Sheet) -> None:
    data, template = drawn
    context = form.context()
    assert differences(read_back(template.fill(context).package), by_docxtpl(data, context)) == []


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("nested_table", "表格列数会随内容变化"),
        ("column_table", "表格列数会随内容变化"),
        ("narrow_rows", "表格列数会随内容变化"),
        ("repeated_drawing", "图形可能随循环重复"),
        ("broken_lines", "模板文字里有换行或制表符"),
    ],
)
def test_a_template_that_needs_docxtpls_later_steps_says_why(name: str, reason: str) -> None:
    assert compile_template(package_of(DRAWN[name]()), Sheet).slow_reasons == (reason,)


@pytest.mark.parametrize(
    "name", ["paragraphs", "whole_paragraphs", "row_table", "header_and_footer", "text_boxes", "footnotes"]
)
def test_a_template_that_needs_no_later_steps_takes_the_fast_path(name: str) -> None:
    assert compile_template(package_of(DRAWN[name]()), Sheet).slow_reasons == ()


def altered(value: Any, texts: list[str], random: Random) -> Any:
    """Give a context of the same shape with some other texts and other numbers of items."""
    if isinstance(value, dict):
        return {title: altered(inner, texts, random) for title, inner in value.items()}
    if isinstance(value, list):
        return [altered(item, texts, random) for item in value * random.choice((0, 1, 1, 2))]
    return random.choice([value, *texts]) if value else value


@pytest.fixture(scope="module", params=Library().stems)
def own(request: pytest.FixtureRequest) -> tuple[bytes, Template, list[dict[str, Any]]]:
    """A template of the library with the contexts of its examples."""
    kind = Library().kind(request.param)
    files = sorted(EXAMPLES.glob(f"{kind.stem}*.json"))
    forms = [
        read(kind.form, json.loads(file.read_text("utf-8")), locate_in(file.name), file.parent)[0] for file in files
    ]
    template = compile_template(open_template(kind.template), kind.form)
    return kind.template.read_bytes(), template, [form.context() for form in forms]


def test_a_template_of_the_library_is_filled_as_docxtpl_fills_it_from_its_examples(
    own: tuple[bytes, Template, list[dict[str, Any]]],
) -> None:
    data, template, contexts = own
    assert contexts
    for context in contexts:
        assert compared(template, data, context) == []


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(TAKEN, min_size=1, max_size=4), random=st.randoms(use_true_random=False))
def test_a_template_of_the_library_is_filled_as_docxtpl_fills_it_from_other_values(
    own: tuple[bytes, Template, list[dict[str, Any]]], texts: list[str], random: Random
) -> None:
    data, template, contexts = own
    chosen = random.choice(contexts)
    photos = {title: value for title, value in chosen.items() if (title,) in template.usage.pictures}
    context = {**altered(chosen, texts, random), **photos}  # a text is no photograph
    assert compared(template, data, context) == []


def test_core_properties_are_printed_as_typed_where_docxtpl_escapes_them_twice() -> None:
    document = Document()
    document.add_paragraph("{{ 姓名 }}")
    document.core_properties.title = "{{ 职务 }}"
    data = saved(document)
    context = sheet(职务="教务处 & 学生处 <副>").context()
    ours = compile_template(package_of(data), Sheet).fill(context).package
    assert Document(io.BytesIO(ours)).core_properties.title == "教务处 & 学生处 <副>"
    theirs = etree.fromstring(by_docxtpl(data, context)[CORE])
    assert "教务处 &amp; 学生处 &lt;副&gt;" in theirs.itertext()


def test_a_line_end_is_kept_after_a_text_box_where_docxtpl_loses_it() -> None:
    document = Document()
    paragraph = document.add_paragraph("锚点")
    paragraph._p.append(text_box("{{ 姓名 }}"))
    paragraph.add_run("{{ 备注 }}")
    data = saved(document)
    context = sheet(备注="甲\n乙").context()
    ours = compile_template(package_of(data), Sheet).fill(context).parts["word/document.xml"]
    assert ours.count(b"<w:br/>") == 1
    assert b"<w:br/>" not in by_docxtpl(data, context)["word/document.xml"]


def test_marks_that_docxtpl_takes_for_escapes_are_printed_as_typed() -> None:
    document = Document()
    document.add_paragraph("{{ 姓名 }}")
    filled = compile_template(package_of(saved(document)), Sheet).fill(sheet(姓名="甲{_{乙").context())
    assert "甲{_{乙".encode() in filled.parts["word/document.xml"]


def test_parts_without_tags_stay_as_they_are_byte_by_byte() -> None:
    data = DRAWN["row_table"]()
    template = compile_template(package_of(data), Sheet)
    made = template.fill(sheet().context())
    with zipfile.ZipFile(io.BytesIO(data)) as drawn_package:
        before = {name: drawn_package.read(name) for name in drawn_package.namelist()}
    after = read_back(made.package)
    assert after.keys() == before.keys()
    assert {name for name in before if after[name] != before[name]} == set(made.parts) == {"word/document.xml"}
