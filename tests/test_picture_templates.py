"""A template's own picture gives its place to the record's: the right one, undistorted, and nothing else changes."""

from __future__ import annotations

import base64
import dataclasses
import io
import posixpath
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jinja2
import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.shared import Mm
from docxtpl import DocxTemplate
from lxml import etree
from pictures_made import jpeg, png
from word_templates import package_of, saved

from doc_forms.errors import PaperRefused, TemplateRefused
from doc_forms.form import About, Form, Line, Part, Picture, field
from doc_forms.gates import check_document, facts_of
from doc_forms.template import CombinedTemplate, Template, compile_template
from doc_forms.template.language import FILTERS
from doc_forms.zipped import read_back

BODY, RELATIONS, CORE = "word/document.xml", "word/_rels/document.xml.rels", "docProps/core.xml"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


class Sitter(Part):
    """Somebody in a list, with a picture."""

    name: Line = field("姓名")
    photo: Picture | None = field("照片", blank="")


class Card(Form):
    """A paper with a picture."""

    about = About(title="证件", articles=(), file_name="证件_{姓名}")
    name: Line = field("姓名")
    photo: Picture | None = field("照片", blank="")
    others: list[Sitter] = field("人员", at_least=0)


def card(name: str = "林示例", photo: bytes | None = None, *others: tuple[str, bytes | None]) -> Card:
    facts: dict[str, Any] = {"姓名": name, "照片": photo}
    return Card.model_validate({**facts, "人员": [{"姓名": one, "照片": picture} for one, picture in others]})


def with_picture(tag: str = "{{ 照片 }}", where: str = "descr", width: int = 30, height: int = 40) -> WordDocument:
    """A template with a name and a placeholder of some size in millimetres."""
    document = Document()
    for zoom in document.settings.element.iter(f"{W}zoom"):
        zoom.set(f"{W}percent", "100")  # python-docx's own template lacks it
    document.add_paragraph("{{ 姓名 }}")
    document.add_paragraph().add_run().add_picture(io.BytesIO(png(64, 64, 9)), Mm(width), Mm(height))
    for node in document.element.iter("{*}docPr"):
        node.set(where, tag)
    document.add_paragraph("{%p if not 照片 %}")
    document.add_paragraph("贴照片处")
    document.add_paragraph("{%p endif %}")
    return document


def compiled(document: WordDocument) -> Template:
    return compile_template(package_of(saved(document)), Card)


def shown(package: bytes) -> list[tuple[bytes, dict[str, str]]]:
    """The pictures that the body shows, in order, each with its crop."""
    parts = read_back(package)
    targets = {node.get("Id"): node.get("Target") for node in etree.fromstring(parts[RELATIONS])}
    found = []
    for blip in etree.fromstring(parts[BODY]).iter(f"{A}blip"):
        crop = blip.getnext()
        name = posixpath.join("word", targets[blip.get(f"{R}embed")] or "")
        found.append((parts[name], _attributes(crop) if crop is not None and crop.tag == f"{A}srcRect" else {}))
    return found


def _attributes(node: etree._Element) -> dict[str, str]:
    return {str(name): str(value) for name, value in node.attrib.items()}


def media(package: bytes) -> list[str]:
    return [name for name in read_back(package) if "/media/" in name]


@pytest.mark.parametrize("where", ["descr", "title"])
@pytest.mark.parametrize("picture", [jpeg(), png()], ids=["jpeg", "png"])
def test_the_records_picture_stands_where_the_placeholder_stood(
    where: str, picture: bytes, tmp_path: Path, validate: Callable[..., None]
) -> None:
    made = compiled(with_picture(where=where)).fill(card(photo=picture).context())
    assert [data for data, _ in shown(made.package)] == [picture]
    assert len(media(made.package)) == 1
    assert "贴照片处" not in made.parts[BODY].decode()
    assert "{{" not in made.parts[BODY].decode()
    (tmp_path / "证件.docx").write_bytes(made.package)
    validate(tmp_path / "证件.docx")
    assert Document(io.BytesIO(made.package)).inline_shapes[0].width == Mm(30)


@pytest.mark.parametrize(
    ("width", "height", "crop"),
    [
        (300, 400, {"l": "0", "t": "0", "r": "0", "b": "0"}),
        (600, 400, {"l": "25000", "t": "0", "r": "25000", "b": "0"}),
        (300, 800, {"l": "0", "t": "0", "r": "0", "b": "50000"}),
    ],
)
def test_a_picture_is_cropped_to_its_place_and_never_stretched(width: int, height: int, crop: dict[str, str]) -> None:
    made = compiled(with_picture(width=30, height=40)).fill(card(photo=jpeg(width, height)).context())
    assert shown(made.package) == [(jpeg(width, height), crop)]


def test_without_a_picture_nothing_of_the_placeholder_is_left() -> None:
    made = compiled(with_picture()).fill(card().context())
    assert shown(made.package) == []
    assert media(made.package) == []
    assert b"image" not in read_back(made.package)[RELATIONS]
    assert "贴照片处" in made.parts[BODY].decode()
    assert Document(io.BytesIO(made.package)).paragraphs[0].text == "林示例"


def test_a_picture_that_the_template_shows_itself_stays() -> None:
    document = with_picture()
    document.add_paragraph().add_run().add_picture(io.BytesIO(png(64, 64, 9)), Mm(5))
    made = compiled(document).fill(card(photo=jpeg()).context())
    assert [data for data, _ in shown(made.package)] == [jpeg(), png(64, 64, 9)]


def test_the_same_record_gives_the_same_bytes_and_another_picture_another_part() -> None:
    template = compiled(with_picture())
    one, again, other = (template.fill(card(photo=jpeg(shade=shade)).context()).package for shade in (1, 1, 2))
    assert one == again
    assert media(one) != media(other)


def test_each_item_of_a_list_has_its_own_picture_or_none() -> None:
    document = with_picture()
    table = document.add_table(rows=4, cols=2)
    for row, text in ((0, "姓名"), (1, "{%tr for 人 in 人员 %}"), (2, "{{ 人.姓名 }}"), (3, "{%tr endfor %}")):
        table.cell(row, 0).text = text
    table.cell(2, 1).paragraphs[0].add_run().add_picture(io.BytesIO(png()), Mm(10), Mm(10))
    for node in table._tbl.iter("{*}docPr"):
        node.set("descr", "{{ 人.照片 }}")
    form = card("甲", jpeg(), ("乙", png(20, 20)), ("丙", None), ("丁", jpeg()))
    made = compiled(document).fill(form.context())
    assert [data for data, _ in shown(made.package)] == [jpeg(), png(20, 20), jpeg()]
    assert len(media(made.package)) == len({jpeg(), png(20, 20)})


def refused(document: WordDocument) -> str:
    with pytest.raises(TemplateRefused) as caught:
        compiled(document)
    return str(caught.value)


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        ("{{ 像片 }}", "没有字段“像片”，是否为“照片”？"),
        ("{{ 姓名 }}", "“姓名”不是一张照片，不能用作图片的替换文字"),
        ("{{ 照片|撑开 }}", "这里只能写字段名"),
        ("照片：{{ 照片 }}", "“照片：{{ 照片 }}”换不成照片"),
        ("{{ 照片 }}{{ 姓名 }}", "换不成照片"),
        ("{% if 照片 %}", "换不成照片"),
        ("{{ 照片", "换不成照片"),
    ],
)
def test_an_alternative_text_that_means_no_picture_is_refused(tag: str, said: str) -> None:
    assert said in refused(with_picture(tag))


def test_a_picture_is_not_printed_as_text() -> None:
    document = with_picture()
    document.add_paragraph("{{ 照片 }}")
    assert "第 6 段：“照片”是照片，不能印成文字" in refused(document)


def test_a_picture_tag_in_a_header_is_refused() -> None:
    document = with_picture()
    run = document.sections[0].header.paragraphs[0].add_run()
    run.add_picture(io.BytesIO(png()), Mm(5))
    for node in document.sections[0].header._element.iter("{*}docPr"):
        node.set("descr", "{{ 照片 }}")
    assert "页眉第 1 段：“{{ 照片 }}”换不成照片：要写在正文里" in refused(document)


def without_pictures(parts: dict[str, bytes]) -> dict[str, object]:
    """What a paper has beside its pictures, comparable."""
    plain: dict[str, object] = {}
    for name, data in parts.items():
        if "/media/" in name or name == CORE:
            continue
        if not name.endswith((".xml", ".rels")):
            plain[name] = data
            continue
        root = etree.fromstring(data)
        if name in (RELATIONS, "[Content_Types].xml"):
            plain[name] = {
                frozenset(node.attrib.items())
                for node in root
                if not (node.get("Type") or "").endswith("/image") and node.get("Extension") not in ("jpeg", "png")
            }
            continue
        for drawing in list(root.iter(f"{W}drawing")):
            parent = drawing.getparent()
            assert parent is not None
            parent.remove(drawing)
        plain[name] = etree.tostring(root, method="c14n") if not name.endswith(".rels") else len(root)
    return plain


@pytest.mark.parametrize("photo", [jpeg(), None], ids=["with a picture", "without"])
def test_all_but_the_picture_is_filled_as_docxtpl_fills_it(photo: bytes | None) -> None:
    data, context = saved(with_picture()), card("甲 & 乙", photo).context()
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined)
    environment.filters.update(FILTERS)
    theirs = DocxTemplate(io.BytesIO(data))
    theirs.render(dict(context), environment)
    stream = io.BytesIO()
    theirs.save(stream)
    ours = compile_template(package_of(data), Card).fill(context)
    assert without_pictures(read_back(ours.package)) == without_pictures(read_back(stream.getvalue()))


def gate(template: Template, made: Any, form: Card) -> list[str]:
    members = len(template.parts) + len(made.pictures)
    try:
        check_document(made, facts_of(form, form.context()), members)
    except PaperRefused as error:
        return [f"{fault.code} {fault.message}" for fault in error.faults]
    return []


def test_a_picture_that_got_lost_is_noticed() -> None:
    template, form = compiled(with_picture()), card(photo=jpeg())
    made = template.fill(form.context())
    assert gate(template, made, form) == []
    lost = ["gate-unprinted “照片”没有印在文书上，没有保存；请检查模板或这一项是否适用"]
    unshown = {**made.parts, BODY: made.parts[BODY].replace(b"rIdPicture", b"rIdOther")}
    assert gate(template, dataclasses.replace(made, parts=unshown), form) == lost
    (name,) = made.pictures
    other = template.base.with_members({**made.parts, RELATIONS: template.parts[RELATIONS], name: png()})
    assert gate(template, dataclasses.replace(made, package=other), form) == lost


def test_a_picture_for_which_the_template_has_no_place_is_noticed() -> None:
    document = Document()
    document.add_paragraph("{{ 姓名 }}")
    template, form = compiled(document), card(photo=jpeg())
    assert gate(template, template.fill(form.context()), form) == [
        "gate-unprinted “照片”没有印在文书上，没有保存；请检查模板或这一项是否适用"
    ]


def test_many_papers_in_one_document_have_each_their_own_picture(tmp_path: Path, validate: Callable[..., None]) -> None:
    photos = [jpeg(shade=1), None, jpeg(shade=2), jpeg(shade=1)]
    forms = [card(f"第{number}人", photo) for number, photo in enumerate(photos)]
    file = tmp_path / "合并.docx"
    with file.open("wb") as stream:
        CombinedTemplate(compiled(with_picture())).write(
            lambda: (form.context() for form in forms), len(forms), stream, lambda _data, _printed: None
        )
    assert [data for data, _ in shown(file.read_bytes())] == [photo for photo in photos if photo]
    assert len(media(file.read_bytes())) == len({photo for photo in photos if photo})
    validate(file)


def test_a_form_gives_its_picture_back_as_data() -> None:
    assert card(photo=png()).data()["照片"] == base64.b64encode(png()).decode()
