"""A library is a folder: two files make a kind, and an office's own folder works like the built-in one."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from doc_forms.errors import LibraryRefused, UsageRefused
from doc_forms.library import Library

SCHEMA = """
from doc_forms.form import About, Form, Line, field
from ._shared import TITLE


class Slip(Form):
    about = About(title=TITLE, articles=(1,), file_name="{事项}")
    matter: Line = field("事项")
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "schemas").mkdir()
    (tmp_path / "templates").mkdir()
    (tmp_path / "schemas" / "_shared.py").write_text('TITLE = "便条"\n', "utf-8")
    (tmp_path / "schemas" / "case.py").write_text("", "utf-8")
    return tmp_path


def add_slip(folder: Path, stem: str = "slip", text: str = SCHEMA) -> None:
    (folder / "schemas" / f"{stem}.py").write_text(text, "utf-8")
    document = docx.Document()
    document.add_paragraph("{{ 事项 }}")
    document.save(str(folder / "templates" / f"{stem}.docx"))


def test_two_files_add_a_kind_and_shared_parts_are_none(folder: Path) -> None:
    assert Library(folder).stems == ()
    add_slip(folder)
    kind = Library(folder).kind("便条")
    assert (kind.stem, kind.title, kind.template.name) == ("slip", "便条", "slip.docx")


def test_two_libraries_never_mix(folder: Path) -> None:
    add_slip(folder)
    own = Library(folder)
    assert own.kind("slip").form is Library(folder).kind("slip").form
    assert own.module("_shared") is not Library().module("_people")
    with pytest.raises(UsageRefused):
        Library().kind("slip")


def test_a_schema_that_does_not_load_is_named_with_its_reason(folder: Path) -> None:
    add_slip(folder, "broken", "import nothing_of_this_name")
    with pytest.raises(LibraryRefused, match=r"schemas/broken.py：无法载入：ModuleNotFoundError"):
        Library(folder).kind("broken")


def test_a_module_without_its_one_form_is_named(folder: Path) -> None:
    add_slip(folder, "empty", "X = 1")
    with pytest.raises(LibraryRefused, match=r"schemas/empty.py：应定义且只定义一个带 about 的 Form"):
        Library(folder).kind("empty")


def test_a_title_that_cannot_be_a_tag_is_refused_when_the_schema_loads(folder: Path) -> None:
    add_slip(folder, "slip", SCHEMA.replace('field("事项")', 'field("事 项")'))
    with pytest.raises(LibraryRefused, match="a title must be usable as a template tag"):
        Library(folder).kind("slip")


def test_a_folder_without_schemas_is_no_library(tmp_path: Path) -> None:
    with pytest.raises(UsageRefused, match="不是模板库：其中应有 schemas 和 templates 两个文件夹"):
        Library(tmp_path)
