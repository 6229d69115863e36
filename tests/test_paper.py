"""Documents to PDF: with the real LibreOffice, and with stand-ins that crash, hang or are not there."""

from __future__ import annotations

import os
import re
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import docx
import pypdfium2 as pdfium
import pytest

from doc_forms.errors import FileRefused, OutputRefused
from doc_forms.paper import find_libreoffice, to_pdf

needs_libreoffice = pytest.mark.skipif(find_libreoffice() is None, reason="LibreOffice is not installed")
needs_proc = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="no /proc to look for processes in")
needs_posix = pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a script with a #! line")

STAND_IN = f"""#!{sys.executable}
import os, subprocess, sys, time
from pathlib import Path
log, out = Path(__file__).with_name("starts"), Path(sys.argv[sys.argv.index("--outdir") + 1])
with log.open("a") as lines:
    print("start", file=lines)
for name in sys.argv[sys.argv.index("--outdir") + 2 :]:
    text = Path(name).read_text()
    if text == "crash":
        os._exit(139)
    if text == "slow":
        time.sleep(0.7)
    if text == "hang":
        child = subprocess.Popen(["sleep", "60"])
        log.with_name("child").write_text(str(child.pid))
        child.wait()
    if text != "refuse":
        (out / Path(name).with_suffix(".pdf").name).write_text("%PDF-1.6 " + text + ("" if text == "cut" else " %%EOF"))
"""

CONVERT_ONE = """
import sys
from pathlib import Path
from doc_forms.paper import to_pdf
to_pdf([Path(sys.argv[1])], Path(sys.argv[2]))
"""


@pytest.fixture
def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program in LibreOffice's place that does what each document's text says; its folder."""
    folder = tmp_path / "program"
    folder.mkdir()
    program = folder / "soffice"
    program.write_text(STAND_IN)
    program.chmod(0o700)
    monkeypatch.setenv("DOC_FORMS_SOFFICE", str(program))
    return folder


def document(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    written = docx.Document()
    written.add_paragraph(text)
    written.save(str(path))
    return path


def plain(folder: Path, **texts: str) -> list[Path]:
    """Documents for the stand-in: named by the keywords, each holding its text."""
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.docx").write_text(text)
    return [folder / f"{name}.docx" for name in texts]


def text_of(pdf: Path) -> str:
    with pdfium.PdfDocument(pdf) as opened:
        return "".join(page.get_textpage().get_text_range() for page in opened)


def is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


@needs_libreoffice
def test_documents_with_chinese_names_become_pdfs_of_the_same_names_even_in_a_c_locale(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "C")
    first = document(tmp_path / "一" / "任职通知_林示例.docx", "林示例同志任职通知")
    again = document(tmp_path / "二" / "任职通知_林示例.docx", "另一位林示例同志")
    rare = document(tmp_path / "一" / "任职通知_阿卜杜拉·买买提𬭚.docx", "阿卜杜拉·买买提同志")
    made = to_pdf([first, again, rare], tmp_path / "成品")
    assert [pdf.name for pdf in made] == [
        "任职通知_林示例.pdf",
        "任职通知_林示例_2.pdf",
        "任职通知_阿卜杜拉·买买提𬭚.pdf",
    ]
    assert [text_of(pdf).strip() for pdf in made] == ["林示例同志任职通知", "另一位林示例同志", "阿卜杜拉·买买提同志"]
    assert sorted((tmp_path / "成品").iterdir()) == sorted(made)


@needs_libreoffice
def test_a_damaged_document_is_named_and_the_others_are_made(tmp_path: Path) -> None:
    good = document(tmp_path / "好.docx", "完好")
    bad = document(tmp_path / "坏.docx", "损坏")
    bad.write_bytes(bad.read_bytes()[:2000])
    with pytest.raises(OutputRefused, match=r"坏\.docx：LibreOffice 未能把这份文书转为 PDF") as refused:
        to_pdf([bad, good], tmp_path / "成品")
    assert len(refused.value.faults) == 1
    assert text_of(tmp_path / "成品" / "好.pdf").strip() == "完好"


@needs_posix
def test_a_pdf_may_be_read_by_its_owner_only_and_replaces_the_one_before(tmp_path: Path, stand_in: Path) -> None:
    assert stand_in.is_dir()
    assert to_pdf(plain(tmp_path, 甲="old"), tmp_path) == [tmp_path / "甲.pdf"]
    made = to_pdf(plain(tmp_path, 甲="new"), tmp_path)
    assert made == [tmp_path / "甲.pdf"]
    assert re.fullmatch(r"%PDF-1\.6 new %%EOF%doc_forms [0-9a-f]{64}\n%%EOF\n", made[0].read_text())
    assert stat.S_IMODE(made[0].stat().st_mode) == 0o600
    assert [pdf.name for pdf in tmp_path.glob("*.pdf")] == ["甲.pdf"]


@needs_posix
def test_a_pdf_that_was_not_made_here_or_was_changed_since_stays_and_the_new_one_lies_beside_it(
    tmp_path: Path, stand_in: Path
) -> None:
    assert stand_in.is_dir()
    files = plain(tmp_path, 甲="one", 乙="two")
    (tmp_path / "甲.pdf").write_text("signed and scanned")
    assert to_pdf(files, tmp_path) == [tmp_path / "甲_新稿.pdf", tmp_path / "乙.pdf"]
    changed = (tmp_path / "乙.pdf").read_text().replace("two", "two, with a remark")
    (tmp_path / "乙.pdf").write_text(changed)
    assert to_pdf(files, tmp_path) == [tmp_path / "甲_新稿.pdf", tmp_path / "乙_新稿.pdf"]
    assert (tmp_path / "甲.pdf").read_text() == "signed and scanned"
    assert (tmp_path / "乙.pdf").read_text() == changed


@needs_posix
def test_the_pdf_of_a_document_is_not_taken_for_that_of_another(tmp_path: Path, stand_in: Path) -> None:
    assert stand_in.is_dir()
    (tmp_path / "甲.pdf").write_text("signed and scanned")
    made = to_pdf(plain(tmp_path, 甲="one", 甲_新稿="two"), tmp_path)
    assert [pdf.name for pdf in made] == ["甲_新稿.pdf", "甲_新稿_新稿.pdf"]
    assert [pdf.read_text()[9:12] for pdf in made] == ["one", "two"]


@needs_posix
def test_a_pdf_that_cannot_be_written_is_named_and_the_others_are_made(tmp_path: Path, stand_in: Path) -> None:
    assert stand_in.is_dir()
    (tmp_path / "out" / "a.pdf").mkdir(parents=True)
    with pytest.raises(OutputRefused, match=r"a\.pdf：") as refused:
        to_pdf(plain(tmp_path / "in", a="one", b="two"), tmp_path / "out")
    assert len(refused.value.faults) == 1
    assert sorted(pdf.name for pdf in (tmp_path / "out").iterdir()) == ["a.pdf", "b.pdf"]


@needs_posix
def test_a_document_that_crashes_libreoffice_is_named_alone(tmp_path: Path, stand_in: Path) -> None:
    files = plain(tmp_path / "in", a="one", b="crash", c="refuse", d="two")
    with pytest.raises(OutputRefused) as refused:
        to_pdf(files, tmp_path / "out")
    assert [fault.place.file for fault in refused.value.faults] == ["b.docx", "c.docx"]
    assert sorted(pdf.name for pdf in (tmp_path / "out").iterdir()) == ["a.pdf", "d.pdf"]
    assert (stand_in / "starts").read_text().count("start") == 2


@needs_proc
def test_a_document_that_hangs_libreoffice_is_named_and_nothing_is_left_running(tmp_path: Path, stand_in: Path) -> None:
    files = plain(tmp_path / "in", a="hang", b="one")
    with pytest.raises(OutputRefused) as refused:
        to_pdf(files, tmp_path / "out", patience=1)
    assert [fault.place.file for fault in refused.value.faults] == ["a.docx"]
    assert [pdf.name for pdf in (tmp_path / "out").iterdir()] == ["b.pdf"]
    assert not is_alive(int((stand_in / "child").read_text()))


@needs_posix
def test_a_pdf_that_was_cut_off_does_not_get_its_name(tmp_path: Path, stand_in: Path) -> None:
    assert stand_in.is_dir()
    with pytest.raises(OutputRefused, match="未能把这份文书转为 PDF"):
        to_pdf(plain(tmp_path / "in", a="cut"), tmp_path / "out")
    assert not (tmp_path / "out" / "a.pdf").exists()


@needs_posix
def test_a_libreoffice_that_never_works_is_not_tried_for_each_document(tmp_path: Path, stand_in: Path) -> None:
    files = plain(tmp_path / "in", **{f"d{number}": "crash" for number in range(20)})
    with pytest.raises(OutputRefused) as refused:
        to_pdf(files, tmp_path / "out")
    assert len(refused.value.faults) == 20
    assert (stand_in / "starts").read_text().count("start") == 3


@needs_posix
def test_two_hundred_documents_need_two_starts(tmp_path: Path, stand_in: Path) -> None:
    files = plain(tmp_path / "in", **{f"d{number}": "text" for number in range(200)})
    assert [pdf.stem for pdf in to_pdf(files, tmp_path / "out")] == [file.stem for file in files]
    assert (stand_in / "starts").read_text().count("start") == 2


@needs_posix
def test_how_far_it_is_is_told_while_libreoffice_works(tmp_path: Path, stand_in: Path) -> None:
    assert stand_in.is_dir()
    files = plain(tmp_path / "in", **{f"d{number}": "slow" for number in range(3)})
    heard: list[int] = []
    to_pdf(files, tmp_path / "out", told=heard.append)
    assert heard
    assert heard == sorted(set(heard))
    assert set(heard) <= {1, 2, 3}


@needs_posix
def test_a_second_name_never_takes_the_name_of_another_document(tmp_path: Path, stand_in: Path) -> None:
    assert stand_in.is_dir()
    files = [
        *plain(tmp_path / "one", x="first"),
        *plain(tmp_path / "two", X="second"),
        *plain(tmp_path / "three", x_2="third"),
    ]
    assert [pdf.name for pdf in to_pdf(files, tmp_path / "out")] == ["x.pdf", "X_3.pdf", "x_2.pdf"]


@needs_proc
def test_ctrl_c_ends_libreoffice_and_what_it_started(tmp_path: Path, stand_in: Path) -> None:
    (file,) = plain(tmp_path / "in", a="hang")
    child = stand_in / "child"
    command = [sys.executable, "-c", CONVERT_ONE, str(file), str(tmp_path)]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as run:
        until = time.monotonic() + 20
        while not (child.exists() and child.read_text()) and time.monotonic() < until:
            time.sleep(0.05)
        run.send_signal(signal.SIGINT)
        assert run.wait(timeout=20) != 0
    assert not is_alive(int(child.read_text()))


@needs_posix
def test_an_output_folder_that_is_a_file_is_named(tmp_path: Path, stand_in: Path) -> None:
    assert stand_in.is_dir()
    (tmp_path / "文件").write_text("not a folder")
    with pytest.raises(OutputRefused, match=r"文件：已有同名的文件，不是文件夹"):
        to_pdf(plain(tmp_path / "in", a="text"), tmp_path / "文件")


def test_documents_that_are_not_there_are_all_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOC_FORMS_SOFFICE", sys.executable)
    with pytest.raises(FileRefused, match="文件不存在") as refused:
        to_pdf([tmp_path / "a.docx", tmp_path / "b.docx"], tmp_path)
    assert len(refused.value.faults) == 2


def test_without_libreoffice_the_clerk_reads_what_to_install_and_that_the_papers_are_finished(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DOC_FORMS_SOFFICE", str(tmp_path / "nothing"))
    with pytest.raises(OutputRefused) as refused:
        to_pdf([tmp_path / "a.docx"], tmp_path)
    line = str(refused.value)
    assert "安装 LibreOffice" in line
    assert ".docx 文件已经完成" in line
    assert "\n" not in line


def test_nothing_to_convert_needs_no_libreoffice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOC_FORMS_SOFFICE", str(tmp_path / "nothing"))
    assert to_pdf([], tmp_path) == []


def test_libreoffice_is_found_where_the_windows_installer_puts_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "LibreOffice" / "program" / "soffice.exe"
    program.parent.mkdir(parents=True)
    program.touch()
    monkeypatch.delenv("DOC_FORMS_SOFFICE", raising=False)
    monkeypatch.setenv("PATH", os.devnull)
    monkeypatch.setenv("ProgramFiles", str(tmp_path))
    assert find_libreoffice() == program
