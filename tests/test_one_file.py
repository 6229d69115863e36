"""Many papers in one document for printing: each as it would be alone, in time that grows with their number."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_SECTION
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from lxml import etree
from word_templates import Sheet, drawing, lines, packed, sheet, text_box

from doc_forms.errors import TemplateRefused
from doc_forms.form.reading import locate_in, read
from doc_forms.library import Kind, Library
from doc_forms.making import Draft, Maker
from doc_forms.packages import Package
from doc_forms.template import CombinedTemplate, compile_template

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NAMES = ("林示例", "周示范", "阿卜杜拉·买买提", "张㛃", '王__RECORD__"五')


def combined(package: Package, names: tuple[str, ...] = NAMES) -> bytes:
    """Papers for these people in one document."""
    template = CombinedTemplate(compile_template(package, Sheet))
    stream = io.BytesIO()
    contexts = [sheet(姓名=name).context() for name in names]
    template.write(lambda: contexts, len(contexts), stream, lambda _data, _printed: None)
    return stream.getvalue()


def opened(data: bytes) -> WordDocument:
    return Document(io.BytesIO(data))


def field_code(code: str) -> etree._Element:
    node = OxmlElement("w:fldSimple")
    node.set(qn("w:instr"), code)
    node.append(OxmlElement("w:r"))
    return node


def with_headers() -> Package:
    """A template with a name in its header and "page of pages" in its footer."""
    document = Document()
    document.add_paragraph("{{ 姓名 }}")
    section = document.sections[0]
    section.header.paragraphs[0].text = "{{ 姓名 }}的表"
    footer = section.footer.paragraphs[0]
    footer.text = "{{ 职务 }} 第"
    footer._p.append(field_code("PAGE"))
    footer._p.append(field_code("NUMPAGES"))
    return packed(document)


def test_each_paper_has_a_section_whose_pages_begin_at_one() -> None:
    sections = list(opened(combined(with_headers())).element.body.iter(f"{W}sectPr"))
    assert len(sections) == len(NAMES)
    for section in sections:
        assert section.find(f"{W}type").get(f"{W}val") == "nextPage"
        assert section.find(f"{W}pgNumType").get(f"{W}start") == "1"


def test_papers_printed_on_both_sides_begin_on_a_right_hand_page() -> None:
    document = Document()
    document.add_paragraph("{{ 姓名 }}")
    document.settings.odd_and_even_pages_header_footer = True
    sections = opened(combined(packed(document))).element.body.iter(f"{W}sectPr")
    assert {section.find(f"{W}type").get(f"{W}val") for section in sections} == {"oddPage"}


def test_the_text_is_that_of_every_paper_in_order() -> None:
    document = opened(combined(lines("{{ 姓名 }}", "完")))
    assert [paragraph.text for paragraph in document.paragraphs] == [text for name in NAMES for text in (name, "完")]


def test_each_paper_has_its_own_headers_and_counts_its_own_pages() -> None:
    document = opened(combined(with_headers()))
    assert [section.header.paragraphs[0].text for section in document.sections] == [f"{name}的表" for name in NAMES]
    for section in document.sections:
        codes = [node.get(f"{W}instr") for node in section.footer._element.iter(f"{W}fldSimple")]
        assert codes == ["PAGE", "SECTIONPAGES"]


def test_a_header_without_tags_is_shared_by_all() -> None:
    document = Document()
    document.add_paragraph("{{ 姓名 }}")
    document.sections[0].header.paragraphs[0].text = "内部"
    data = combined(packed(document))
    assert {section.header.paragraphs[0].text for section in opened(data).sections} == {"内部"}
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert len([name for name in package.namelist() if "header" in name]) == 1


def test_a_paper_that_ends_in_a_table_or_a_condition_ends_its_section_after_it() -> None:
    for last in ("table", "condition"):
        document = Document()
        if last == "table":
            document.add_table(1, 1).cell(0, 0).text = "{{ 姓名 }}"
        else:
            for text in ("{{ 姓名 }}", "{%p if 备注 %}", "{{ 备注 }}", "{%p endif %}"):
                document.add_paragraph(text)
        body = opened(combined(packed(document))).element.body
        assert len(list(body.iter(f"{W}sectPr"))) == len(NAMES)
        assert [name for name in NAMES if name in "".join(body.itertext())] == list(NAMES)


def test_drawings_have_different_numbers_throughout() -> None:
    document = Document()
    document.add_paragraph("{{ 姓名 }}")._p.append(drawing(1))
    document.add_paragraph()._p.append(text_box("{{ 职务 }}"))
    body = opened(combined(packed(document))).element.body
    numbers = [node.get("id") for node in body.iter(qn("wp:docPr"))]
    assert len(numbers) == len(set(numbers)) == 2 * len(NAMES)


def test_bookmarks_that_nothing_refers_to_are_left_out() -> None:
    document = Document()
    paragraph = document.add_paragraph("{{ 姓名 }}")
    mark = OxmlElement("w:bookmarkStart")
    mark.set(qn("w:id"), "0")
    mark.set(qn("w:name"), "_GoBack")
    paragraph._p.append(mark)
    assert "bookmark" not in opened(combined(packed(document))).element.xml


def test_the_properties_name_no_single_paper(printed: dict[str, Path]) -> None:
    for stem, title in {"opinion_form": "征求意见表（合并打印）", "appointment_notice": "任职通知（合并打印）"}.items():
        assert Document(str(printed[stem])).core_properties.title == title
    document = Document()
    document.add_paragraph("{{ 姓名 }}")
    document.core_properties.subject = "{{ 姓名 }}"
    document.core_properties.author = "组织部"
    properties = opened(combined(packed(document))).core_properties
    assert (properties.subject, properties.author) == ("", "组织部")


def test_one_paper_is_a_document_too() -> None:
    document = opened(combined(with_headers(), NAMES[:1]))
    assert [paragraph.text for paragraph in document.paragraphs] == [NAMES[0]]


def test_the_same_papers_give_the_same_bytes() -> None:
    assert combined(with_headers()) == combined(with_headers())


def numbered() -> WordDocument:
    document = Document()
    document.add_paragraph("{{ 姓名 }}")._p.get_or_add_pPr().append(OxmlElement("w:numPr"))
    return document


def referring() -> WordDocument:
    document = Document()
    document.add_paragraph("{{ 姓名 }}")._p.append(field_code(" PAGEREF 表一 "))
    return document


def in_sections() -> WordDocument:
    document = Document()
    document.add_paragraph("{{ 姓名 }}")
    document.add_section(WD_SECTION.NEW_PAGE)
    return document


@pytest.mark.parametrize(
    ("drawn", "what"), [(numbered, "含自动编号"), (referring, "引用书签"), (in_sections, "分成多节")]
)
def test_what_would_run_on_from_paper_to_paper_is_refused(drawn: Callable[[], WordDocument], what: str) -> None:
    with pytest.raises(TemplateRefused) as caught:
        combined(packed(drawn()))
    expected = f"试验.docx：{what}的模板不能合成一个文件，请改为逐份生成（可加 --pdf）"
    assert [str(fault) for fault in caught.value.faults] == [expected]


class Counting:
    """A stream that counts what is written to it."""

    def __init__(self) -> None:
        self.calls = self.bytes = 0

    def write(self, data: bytes) -> int:
        self.calls += 1
        self.bytes += len(data)
        return len(data)

    def flush(self) -> None:
        pass


def work(count: int) -> tuple[int, int, int]:
    """How often a context was asked for, how often a paper was rendered, and bytes written, for so many papers."""
    template = CombinedTemplate(compile_template(with_headers(), Sheet))
    stream, asked, checked = Counting(), 0, 0

    def contexts() -> Iterator[dict[str, object]]:
        nonlocal asked
        for _ in range(count):
            asked += 1
            yield sheet().context()

    def check(_data: bytes, _printed: list[str]) -> None:
        nonlocal checked
        checked += 1

    template.write(contexts, count, stream, check)  # type: ignore[arg-type]  # zipfile asks for no more of a stream
    return asked, checked, stream.bytes


def test_work_grows_with_the_number_of_papers_and_no_faster() -> None:
    (asked, checked, written), (more_asked, more_checked, more_written) = work(20), work(80)
    assert checked == 20
    assert more_checked == 80
    assert more_asked <= 4 * asked
    assert more_written <= 4 * written


def example(kind: Kind, root: Path) -> Draft:
    file = root / "examples" / f"{kind.stem}.json"
    form, _ = read(kind.form, json.loads(file.read_text("utf-8")), locate_in(file.name), file.parent)
    return Maker.open(kind).draft(form)


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Three papers of each kind of the library in one document."""
    root = Path(__file__).resolve().parent.parent
    folder = tmp_path_factory.mktemp("合并打印")
    made = {}
    for kind in Library().kinds():
        draft = example(kind, root)
        made[kind.stem] = folder / f"{kind.stem}.docx"
        with made[kind.stem].open("wb") as stream:
            Maker.open(kind).make_combined(lambda draft=draft: [draft] * 3, 3, stream)  # type: ignore[misc]
    return made


def test_every_kind_can_be_printed_in_one_document(printed: dict[str, Path]) -> None:
    for file in printed.values():
        assert len(Document(str(file)).sections) == 3


def test_a_combined_document_keeps_to_the_schemas(printed: dict[str, Path], validate: Callable[..., None]) -> None:
    validate(*printed.values())


def test_a_combined_document_of_headers_and_drawings_keeps_to_the_schemas(
    tmp_path: Path, validate: Callable[..., None]
) -> None:
    document = Document()
    document.add_paragraph("{{ 姓名 }}")._p.append(text_box("{{ 职务 }}"))
    document.sections[0].header.paragraphs[0].text = "{{ 姓名 }}"
    document.add_table(1, 1).cell(0, 0).text = "{{ 职务 }}"
    document.settings.element.find(f"{W}zoom").set(f"{W}percent", "100")  # python-docx's own default lacks it
    file = tmp_path / "合并.docx"
    file.write_bytes(combined(packed(document)))
    validate(file)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_prints_as_many_pages_as_the_papers_have(tmp_path: Path) -> None:
    pdfium = pytest.importorskip("pypdfium2")
    file = tmp_path / "合并.docx"
    file.write_bytes(combined(with_headers()))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(file)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    document = pdfium.PdfDocument(tmp_path / "合并.pdf")
    try:
        texts = [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()
    assert len(texts) == len(NAMES)
    for text, name in zip(texts, NAMES, strict=True):
        assert f"{name}的表" in text
        assert "第1" in "".join(text.split())
