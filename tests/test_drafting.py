"""Papers that lack facts, as they are shown: what is known as it prints, what is missing as a blank on yellow."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from doc_forms.casework.drafting import draft_document
from doc_forms.desk import Desk
from doc_forms.form.partial import BLANK_BEGINS, BLANK_ENDS, draft_context
from doc_forms.identity import identity_of
from doc_forms.library import Kind, Library
from doc_forms.making import Maker
from doc_forms.packages import open_template

LIBRARY = Library()
CASE = json.loads((Path(__file__).parent.parent / "examples" / "case.json").read_text("utf-8"))
KINDS = LIBRARY.kinds()
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def body_of(document: bytes) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(document)) as package:
        return etree.fromstring(package.read("word/document.xml"))


def text_of(element: etree._Element) -> str:
    return "".join(text.text or "" for text in element.iter(f"{W}t"))


def shaded(document: bytes) -> list[str]:
    """The texts on yellow in a document's body."""
    return [text_of(run) for run in body_of(document).iter(f"{W}r") if run.find(f"{W}rPr/{W}shd") is not None]


def test_a_complete_paper_reads_in_a_draft_as_it_does_when_it_is_made(tmp_path: Path) -> None:
    desk = Desk(folder=tmp_path)
    papers = [paper for paper in desk.open(desk.add(CASE, "示例")).papers if paper.form]
    assert len({paper.kind.stem for paper in papers}) > 15
    for paper in papers:
        assert paper.form is not None
        assert draft_context(paper.kind.form, paper.data) == paper.form.context(), paper.kind.stem


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.stem)
def test_a_paper_of_which_nothing_is_known_shows_its_blanks_and_no_mark(kind: Kind) -> None:
    document = draft_document(Maker.open(kind), {})
    blanks = shaded(document)
    assert blanks
    assert all(text.startswith("［") and text.endswith("］") for text in blanks)
    with zipfile.ZipFile(io.BytesIO(document)) as package:
        for name in package.namelist():
            assert BLANK_BEGINS.encode() not in package.read(name), name
            assert BLANK_ENDS.encode() not in package.read(name), name


def test_every_draft_is_valid_by_the_standard(tmp_path: Path, validate: Callable[..., None]) -> None:
    for kind in KINDS:
        (tmp_path / f"{kind.stem}.docx").write_bytes(draft_document(Maker.open(kind), {}))
    validate(*tmp_path.glob("*.docx"))


def test_known_facts_print_and_only_what_is_missing_is_on_yellow() -> None:
    data = {"姓名": "阿卜杜拉·买买提", "决定日期": "2026.9.5"}
    document = draft_document(Maker.open(LIBRARY.kind("appointment_talk")), data)
    assert "阿卜杜拉·买买提" in text_of(body_of(document))
    assert "2026年9月5日" in text_of(body_of(document))
    assert shaded(document) == ["［现任职务］", "［新任职务］"]


def test_a_value_that_its_type_refuses_is_shown_as_typed_and_marked() -> None:
    context = draft_context(LIBRARY.kind("resignation_reply").form, {"姓名": "林示例", "成文日期": "2026.13.5"})
    assert context["成文日期"] == f"{BLANK_BEGINS}2026.13.5{BLANK_ENDS}"


def test_values_with_signs_of_xml_stay_text() -> None:
    data: dict[str, Any] = {"姓名": "<w:b/>&林", "现任职务": "]]>"}
    text = text_of(body_of(draft_document(Maker.open(LIBRARY.kind("appointment_talk")), data)))
    assert "<w:b/>&林" in text
    assert "]]>" in text


def test_a_draft_says_of_itself_no_data_and_so_passes_for_no_paper(tmp_path: Path) -> None:
    file = tmp_path / "草稿.docx"
    file.write_bytes(draft_document(Maker.open(LIBRARY.kind("decision_record")), {}))
    identity = identity_of(open_template(file))
    assert identity is not None
    assert (identity.data_sha256, identity.facts) == ("", None)
