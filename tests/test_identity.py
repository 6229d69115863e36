"""Every paper carries its own identity: what it is, and the facts where its kind is not published."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from pathlib import Path

import docx
import pytest

from doc_forms import Office
from doc_forms.errors import FileRefused
from doc_forms.form.reading import locate_in, read
from doc_forms.identity import PART, identity_of
from doc_forms.library import Library
from doc_forms.making import Maker
from doc_forms.packages import Package, open_template, template_from_bytes
from doc_forms.records import data_digest

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"


def made(tmp_path: Path, stem: str) -> Path:
    return Office().fill(stem, EXAMPLES / f"{stem}.json", tmp_path).path


def test_the_facts_come_back_and_fill_the_same_paper_again(tmp_path: Path) -> None:
    office = Office()
    first = made(tmp_path / "one", "opinion_form")
    data = office.open_data(first).data
    assert data is not None
    again = office.fill("opinion_form", data, tmp_path / "two")
    assert again.path.read_bytes() == first.read_bytes()


def test_the_identity_says_kind_template_and_digest_of_what_is_printed(tmp_path: Path) -> None:
    kind = Library().kind("opinion_form")
    identity = Office().open_data(made(tmp_path, "opinion_form"))
    form, _ = read(kind.form, json.loads((EXAMPLES / "opinion_form.json").read_text("utf-8")), locate_in("x"))
    assert (identity.kind, identity.version) == ("opinion_form", 1)
    assert identity.data_sha256 == data_digest(form.context())
    assert identity.template_sha256 == Maker.open(kind).template_sha256
    assert len(identity.number) == 32


@pytest.mark.parametrize("stem", ["appointment_notice", "resignation_reply", "removal_notice"])
def test_a_published_paper_carries_no_data(tmp_path: Path, stem: str) -> None:
    path = made(tmp_path, stem)
    assert Office().open_data(path).data is None
    with zipfile.ZipFile(path) as package:
        assert "data>" not in package.read(PART).decode()


def test_it_outlasts_a_word_processor_that_renames_the_part(tmp_path: Path) -> None:
    package = open_template(made(tmp_path, "opinion_form"))
    renamed = {("customXml/item1.xml" if name == PART else name): data for name, data in package.parts.items()}
    identity = identity_of(Package("x.docx", renamed))
    assert identity
    assert identity.data


def test_it_outlasts_editing_in_python_docx(tmp_path: Path) -> None:
    path = made(tmp_path, "opinion_form")
    document = docx.Document(str(path))
    document.add_paragraph("改过")
    stream = io.BytesIO()
    document.save(stream)
    identity = identity_of(template_from_bytes(stream.getvalue(), "x.docx"))
    assert identity
    assert identity.data


def test_a_document_of_somebody_elses_has_none(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("别人的")
    path = tmp_path / "别人的.docx"
    document.save(str(path))
    with pytest.raises(FileRefused, match=r"别人的.docx：不是本程序生成的文书，或其中的标识已被删去"):
        Office().open_data(path)


def test_a_paper_used_as_a_template_does_not_hand_on_its_facts(tmp_path: Path) -> None:
    office = Office()
    paper = made(tmp_path / "one", "opinion_form")
    values = json.loads((EXAMPLES / "opinion_form_short.json").read_text("utf-8"))
    kind = Library().kind("opinion_form")
    maker = Maker.open(kind, paper)
    parts = maker.template.package.parts
    assert PART not in parts
    assert b"\xe6\x9e\x97\xe7\xa4\xba\xe4\xbe\x8b" not in b"".join(
        data for name, data in parts.items() if name.startswith("customXml/")
    )
    assert office.kind("opinion_form").form.model_validate(values)


def test_a_damaged_identity_is_none(tmp_path: Path) -> None:
    package = open_template(made(tmp_path, "opinion_form"))
    for text in (package.parts[PART].replace(b'version="1"', b'version="x"'), b"<a/>"):
        assert identity_of(Package("x.docx", {**package.parts, PART: text})) is None


def test_the_checksum_that_goes_on_from_the_constant_part_is_that_of_the_whole_document() -> None:
    kind = Library().kind("opinion_form")
    maker = Maker.open(kind)
    values = json.loads((EXAMPLES / "opinion_form.json").read_text("utf-8"))
    document = maker.make(maker.draft(read(kind.form, values, locate_in("x"))[0]))
    assert maker.sha256(document) == hashlib.sha256(document).hexdigest()
