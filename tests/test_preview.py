"""Papers as pictures of their pages, and what has become of their files: with the real LibreOffice, on a desk."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest

from doc_forms.desk import Desk, FileState, OpenCase
from doc_forms.desk.relevance import papers_about
from doc_forms.errors import OutputRefused, UsageRefused
from doc_forms.pages import LayoutProgram, draw_page, page_sizes
from doc_forms.paper import find_libreoffice

needs_libreoffice = pytest.mark.skipif(find_libreoffice() is None, reason="LibreOffice is not installed")
needs_posix = pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a script with a #! line")
TEMPLATES = Path(__file__).parent.parent / "templates"
WITHOUT_LIBREOFFICE = """
import sys
from pathlib import Path
from doc_forms.desk import Desk
desk = Desk(folder=Path(sys.argv[1]))
print(desk.preview.keep("x.pdf", b"x"), flush=True)
sys.stdin.readline()
"""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """An empty desk."""
    made = Desk(folder=tmp_path / "home")
    yield made
    made.close()


@pytest.fixture
def case(desk: Desk) -> OpenCase:
    """The example case, half-way."""
    return desk.open(desk.sample())


def number_of(case: OpenCase, stem: str) -> int:
    return next(number for number, paper in enumerate(case.papers) if paper.kind.stem == stem)


@needs_libreoffice
def test_a_desk_in_a_folder_named_from_where_one_stands_shows_papers_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    desk = Desk(folder=Path("文件夹"))
    case = desk.open(desk.sample())
    assert desk.preview.of(case.papers[number_of(case, "recommendation_ballot")]).sizes
    desk.close()


@needs_libreoffice
def test_a_paper_is_shown_page_by_page_and_the_same_paper_is_laid_out_once(desk: Desk, case: OpenCase) -> None:
    paper = case.papers[number_of(case, "recommendation_ballot")]
    preview = desk.preview.of(paper)
    assert [round(size.width) for size in preview.sizes] == [595] * len(preview.sizes)
    picture = desk.preview.picture(preview.id, 0)
    assert picture is not None
    assert picture.startswith(b"\x89PNG")
    assert desk.preview.of(paper).id == preview.id
    assert desk.preview.picture(preview.id, len(preview.sizes)) is None
    assert desk.preview.picture(preview.id + 1000, 0) is None


@needs_libreoffice
def test_a_paper_that_lacks_facts_is_shown_with_its_blanks(desk: Desk, case: OpenCase) -> None:
    paper = case.papers[number_of(case, "appointment_notice")]
    assert paper.missing
    pdf = pypdfium2.PdfDocument(desk.preview.of(paper).pdf)
    assert "［任免内容］" in pdf[0].get_textpage().get_text_range()


@needs_libreoffice
def test_a_picture_is_what_pdfium_draws(tmp_path: Path) -> None:
    program = LayoutProgram(tmp_path / "temporary")
    pdf = program.pdf((TEMPLATES / "assessment_ballot.docx").read_bytes())
    program.close()
    file = tmp_path / "page.png"
    file.write_bytes(draw_page(pdf, 0, 0.5))
    width, height = (round(side / 2) for side in (page_sizes(pdf)[0].width, page_sizes(pdf)[0].height))
    data = file.read_bytes()
    assert abs(int.from_bytes(data[16:20], "big") - width) <= 1
    assert abs(int.from_bytes(data[20:24], "big") - height) <= 1


@needs_libreoffice
@needs_posix
def test_where_libreoffice_cannot_be_loaded_it_is_started_for_each_paper(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = find_libreoffice()
    starter = tmp_path / "soffice"
    starter.write_text(f'#!/bin/sh\nexec "{found}" "$@"\n')
    starter.chmod(0o700)
    monkeypatch.setenv("DOC_FORMS_SOFFICE", str(starter))
    program = LayoutProgram(tmp_path / "temporary")
    assert program.pdf((TEMPLATES / "assessment_ballot.docx").read_bytes()).startswith(b"%PDF-")
    assert program._process is None


@needs_libreoffice
def test_what_is_no_document_is_refused_and_the_next_one_is_laid_out(tmp_path: Path) -> None:
    program = LayoutProgram(tmp_path / "temporary")
    program.pdf((TEMPLATES / "archive_note.docx").read_bytes())
    if program._process is not None:
        program._process.kill()
    assert program.pdf((TEMPLATES / "archive_note.docx").read_bytes()).startswith(b"%PDF-")
    program.close()
    assert sorted(path.name for path in (tmp_path / "temporary").iterdir() if path.is_file()) == []


def test_without_libreoffice_a_paper_is_refused_in_words(
    desk: Desk, case: OpenCase, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DOC_FORMS_SOFFICE", str(tmp_path / "nowhere"))
    assert not desk.preview.is_possible()
    with pytest.raises(OutputRefused, match="没有找到 LibreOffice"):
        desk.preview.of(case.papers[0])


def test_the_folder_of_previews_is_private_and_goes_with_the_window(desk: Desk) -> None:
    file = desk.preview.keep("打印.pdf", b"%PDF-")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.parent.stat().st_mode) == 0o700
    desk.preview.close()
    assert not file.parent.parent.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="what runs is told by its number")
def test_what_a_killed_window_left_is_removed_when_the_next_one_opens(tmp_path: Path) -> None:
    command = [sys.executable, "-c", WITHOUT_LIBREOFFICE, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        file = Path(process.stdout.readline().strip())
        Desk(folder=tmp_path).close()
        assert file.exists()
        process.kill()
        process.wait()
    Desk(folder=tmp_path).close()
    assert not file.exists()


def test_a_file_that_was_made_says_so_until_it_or_the_case_changes(desk: Desk, case: OpenCase) -> None:
    number = number_of(case, "recommendation_ballot")
    assert desk.papers.one(case, number).file_state is FileState.NONE
    desk.papers.make(case, "", [number])
    made = desk.papers.one(case, number)
    assert made.file_state is FileState.MADE
    assert [paper.number for paper in desk.papers.of(case) if paper.file] == [number]
    changed = desk.put(case.id, {("民主推荐", "推荐范围"): "学校全体正科级干部"})
    assert desk.papers.one(changed, number).file_state is FileState.STALE
    desk.papers.make(changed, "", [number])
    again = desk.papers.one(changed, number)
    assert again.file_state is FileState.MADE
    assert again.file is not None
    assert again.file.stem.endswith("_新稿")


def test_a_file_that_was_edited_by_hand_is_told_from_one_whose_facts_have_changed(desk: Desk, case: OpenCase) -> None:
    number = number_of(case, "recommendation_ballot")
    desk.papers.make(case, "", [number])
    file = desk.papers.one(case, number).file
    assert file is not None
    edit(file, "推荐", "推 荐")
    assert desk.papers.one(case, number).file_state is FileState.EDITED
    file.write_bytes(b"no document at all")
    os.utime(file, ns=(0, 0))
    assert desk.papers.one(case, number).file_state is FileState.EDITED


def edit(file: Path, old: str, new: str) -> None:
    """Change the text of a document, as a word processor would."""
    with zipfile.ZipFile(file) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts["word/document.xml"] = parts["word/document.xml"].replace(old.encode(), new.encode())
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)


@needs_libreoffice
def test_a_print_set_holds_the_made_papers_in_the_order_of_the_procedure(desk: Desk, case: OpenCase) -> None:
    later, earlier = number_of(case, "inspection_candidates"), number_of(case, "recommendation_ballot")
    with pytest.raises(UsageRefused, match="还没有生成"):
        desk.papers.print_set(case, [later, earlier])
    desk.papers.make(case, "", [later, earlier])
    file, count = desk.papers.print_set(case, [later, earlier, number_of(case, "decision_record")])
    assert count == 2
    pages = [len(page_sizes(desk.papers.pdf(case, number).read_bytes())) for number in (earlier, later)]
    joined = pypdfium2.PdfDocument(file)
    assert len(joined) == sum(pages)
    assert "会议推荐表" in joined[0].get_textpage().get_text_range().replace(" ", "")


def test_the_papers_beside_a_page_are_those_that_print_it(case: OpenCase) -> None:
    def kinds(step: int, address: str) -> list[str]:
        topic = case.topic(step, address)
        assert topic is not None
        return [case.papers[number].kind.stem for number in papers_about(case, topic)]

    assert kinds(10, "notice") == ["public_notice"]
    assert kinds(2, "recommendation/meeting")[0] == "recommendation_ballot"
    assert "recommendation_summary" in kinds(2, "recommendation/candidates")


def test_a_page_about_a_person_shows_that_persons_papers_first(case: OpenCase) -> None:
    topic = next(topic for topic in case.topics(4) if topic.path == ("考察对象", 1, "家庭成员及亲属"))
    first = case.papers[papers_about(case, topic)[0]]
    assert topic.names[1] in first.subjects


def test_every_fact_that_a_paper_lacks_has_its_page(case: OpenCase) -> None:
    lacking = {fact for paper in case.papers for fact in paper.missing}
    assert lacking
    assert [fact for fact in lacking if case.page_of(fact) is None] == []
