"""A kind is two files: with them it is listed, has a roster, is filled, linted, merged and drawn from a case.

Counted in a copy of the built-in library: nothing but the two files may be new, and no other file may differ.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from rules_support import lawful_case

from doc_forms import Office, Severity
from doc_forms.form import PartialDate
from doc_forms.library import library_root

STEM, TITLE = "reporting_slip", "报到通知单"
SCHEMA = '''
"""报到通知单: when and where somebody who was appointed reports (article 49)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from doc_forms.form import About, Day, Form, Line, Part, PersonName, Problem, computed, field

from ._case.drawing import Data, alike, candidate_of, given, proposed_post

if TYPE_CHECKING:
    from .case import Case


class Item(Part):
    """What is to be brought along."""

    name: Line = field("材料", example="身份证复印件")


class ReportingSlip(Form):
    """One person's slip."""

    about = About(
        title="报到通知单",
        articles=(49,),
        file_name="报到通知单_{姓名}",
        subjects=("姓名",),
        workbook=("携带材料",),
    )

    name: PersonName = field("姓名", example="林示例")
    post: Line = field("职务", example="副院长")
    by: Day = field("到任期限", prints="chinese", example="2026年10月15日")
    reported: Day | None = field("到任日期", prints="chinese", blank="")
    items: list[Item] = field("携带材料", at_least=0)

    @computed("材料份数")
    def count(self) -> str:
        """How many things to bring."""
        return str(len(self.items))

    def problems(self) -> Iterator[Problem]:
        """Nobody reports too late."""
        if self.reported and self.reported > self.by:
            yield Problem("reported", "晚于到任期限，请核对")

    @classmethod
    def from_case(cls, case: Case) -> Iterator[Data]:
        """One slip for each appointment."""
        for term in case.appointment.terms if case.appointment else []:
            person = candidate_of(case, term.name)
            yield {**alike(term, cls), **given({"职务": proposed_post(case, person) if person else None})}

    @classmethod
    def sources(cls, data: Data) -> dict[str, str]:
        """Where the case holds what the slip prints."""
        del data
        return {"": "任职.任职情况[]", "职务": "考察对象[].拟任职务"}
'''
DATA = {"姓名": "林示例", "职务": "副院长", "到任期限": "2026-10-15", "携带材料": [{"材料": "身份证复印件"}]}


def draw_template(file: Path) -> None:
    """A title, a line and a table that grows."""
    document = docx.Document()
    for fonts in document.styles.element.iter(qn("w:rFonts")):
        fonts.attrib.clear()
        for slot in ("ascii", "hAnsi", "eastAsia", "cs"):
            fonts.set(qn(f"w:{slot}"), "宋体")
    document.add_paragraph(
        "{{ 姓名 }}同志（{{ 职务 }}）请于{{ 到任期限 }}前报到，携带材料{{ 材料份数 }}份。{{ 到任日期 }}"
    )
    table = document.add_table(0, 1)
    for text in ("材料", "{%tr for 件 in 携带材料 %}", "{{ 件.材料 }}", "{%tr endfor %}"):
        row = table.add_row()
        row.cells[0].text = text
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    document.save(str(file))


def files_of(folder: Path) -> dict[str, str]:
    """Every file with its digest, but what Python compiles for itself."""
    found = (path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc")
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in found}


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """A copy of the built-in library with one more kind, and what the copy held before."""
    folder = tmp_path_factory.mktemp("library")
    for part in ("schemas", "templates"):
        shutil.copytree(library_root() / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    before = files_of(folder)
    (folder / "schemas" / f"{STEM}.py").write_text(SCHEMA.lstrip(), "utf-8")
    draw_template(folder / "templates" / f"{STEM}.docx")
    return folder, before


@pytest.fixture(scope="module")
def library(grown: tuple[Path, dict[str, str]]) -> Path:
    return grown[0]


def test_nothing_but_the_two_files_is_new_or_changed(grown: tuple[Path, dict[str, str]]) -> None:
    folder, before = grown
    after = files_of(folder)
    assert {name: after[name] for name in before} == before
    assert after.keys() - before.keys() == {f"schemas/{STEM}.py", f"templates/{STEM}.docx"}


def test_the_kind_is_listed_beside_all_others(library: Path) -> None:
    others = {kind.stem for kind in Office().kinds()}
    assert {kind.stem for kind in Office(library).kinds()} - others == {STEM}
    assert Office(library).kind(TITLE).stem == STEM
    (article,) = Office(library).articles(49)
    assert TITLE in [kind.title for kind in article.papers]


def test_its_template_has_nothing_to_mend(library: Path) -> None:
    findings = Office(library).lint()[f"{STEM}.docx"]
    assert [str(fault) for fault in findings if fault.severity is not Severity.NOTE] == []


def test_it_is_filled_with_its_workbook(library: Path, tmp_path: Path) -> None:
    paper = Office(library).fill(TITLE, DATA, tmp_path)
    text = docx.Document(str(paper.path)).paragraphs[0].text
    assert text == "林示例同志（副院长）请于2026年10月15日前报到，携带材料1份。"
    assert paper.workbook
    assert list(openpyxl.load_workbook(paper.workbook)["携带材料"].values)[-1] == ("身份证复印件",)


def test_it_has_a_roster_from_which_it_is_merged_with_its_faults_at_their_cells(library: Path, tmp_path: Path) -> None:
    office = Office(library)
    roster = office.roster(STEM, tmp_path / "名册.xlsx")
    book = openpyxl.load_workbook(roster)
    assert [str(cell.value).strip("*") for cell in book["名册"][1]] == ["序号", "姓名", "职务", "到任期限", "到任日期"]
    book["名册"].append([1, "林示例", "副院长", "2026年10月15日", None])
    book["名册"].append([2, "马晓㛃", "副院长", "2026年10月15日", "2026年10月16日"])
    book["携带材料"].append([1, "身份证复印件"])
    book.save(roster)
    report = office.merge(STEM, roster, tmp_path / "文书")
    assert (report.made, report.refused) == (1, 1)
    assert ["晚于到任期限，请核对" in str(fault) for fault in report.faults] == [True]
    assert (tmp_path / "文书" / "报到通知单_林示例.docx").is_file()


def test_it_draws_itself_from_a_case_in_the_step_of_its_article(library: Path, tmp_path: Path) -> None:
    case = tmp_path / "案件.json"
    case.write_text(json.dumps(lawful_case(), ensure_ascii=False), "utf-8")
    office, day = Office(library), PartialDate(2027, 10, 31)
    without = {item.path.name for item in Office().papers(case, tmp_path / "原有", as_of=day).made}
    folder = office.papers(case, tmp_path / "文书", as_of=day)
    (slip,) = [item for item in folder.made if item.path.name not in without]
    assert "2026年10月15日前报到" in docx.Document(str(slip.path)).paragraphs[0].text
    (step,) = [step for step in office.todo(case, as_of=day).steps if slip.paper.kind in [p.kind for p in step.papers]]
    assert step.step.title == "任职"
    assert slip.path.name.startswith(f"{step.number:02d}_报到通知单_林示例")


def test_what_it_lacks_is_named_by_the_field_of_the_case(library: Path, tmp_path: Path) -> None:
    data = lawful_case()
    del data["任职"]["任职情况"][0]["到任期限"]
    case = tmp_path / "案件.json"
    case.write_text(json.dumps(data, ensure_ascii=False), "utf-8")
    left = Office(library).papers(case, tmp_path / "文书", as_of=PartialDate(2027, 10, 31)).left
    (slip,) = [item for item in left if item.paper.kind.stem == STEM]
    assert slip.reasons == ("还缺：任职 任职情况 第 1 项（到任期限）",)
