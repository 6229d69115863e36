"""Merging a roster: good rows are never stopped by bad ones, nothing made is lost, nothing is made twice."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from small_disk import own_disk

from doc_forms import DocFormsError, MergeOptions, Office
from doc_forms.errors import FileRefused, OutputRefused, UsageRefused

SCHEMA = """
from doc_forms.form import About, Day, Form, IdentityNumber, Line, PersonName, field


class Reminder(Form):
    about = About(title="提醒", articles=(36,), file_name="提醒_{姓名}")
    name: PersonName = field("姓名", example="林示例")
    number: IdentityNumber | None = field("公民身份号码", blank="", printed=False)
    post: Line = field("职务", example="副院长")
    day: Day = field("日期", prints="chinese", example="2026年9月18日")
"""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """An office with a library of its own: the plug-in, by two files."""
    folder = tmp_path_factory.mktemp("library")
    (folder / "schemas").mkdir()
    (folder / "templates").mkdir()
    (folder / "schemas" / "reminder.py").write_text(SCHEMA, "utf-8")
    document = docx.Document()
    document.add_paragraph("{{ 姓名 }}同志：请于{{ 日期 }}到会。")
    document.add_paragraph("职务：{{ 职务 }}")
    document.sections[0].header.paragraphs[0].text = "送 {{ 姓名 }}"
    document.save(str(folder / "templates" / "reminder.docx"))
    return Office(folder)


def roster(path: Path, rows: list[list[Any]], headings: list[str] | None = None) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "名册"
    sheet.append(headings or ["姓名", "公民身份号码", "职务", "日期"])
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path


GOOD = [["林示例", None, "副院长", "2026-09-18"], ["阿卜杜拉·买买提", None, "处长", "2026.9.18"]]
BAD = ["李示", 110105194912310021, "科长", "某日"]


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir() if not file.name.startswith("回执_"))


def test_bad_rows_never_stop_good_ones_and_each_is_told_with_its_cell(office: Office, tmp_path: Path) -> None:
    report = office.merge("reminder", roster(tmp_path / "名册.xlsx", [GOOD[0], BAD, GOOD[1]]), tmp_path / "out")
    assert (report.rows, report.made, report.refused) == (3, 2, 1)
    assert names(tmp_path / "out") == ["提醒_林示例.docx", "提醒_阿卜杜拉·买买提.docx"]
    assert {str(fault) for fault in report.faults} == {
        "名册.xlsx 工作表“名册”第 3 行 B 列“公民身份号码”：单元格为数字，末几位已被 Excel 改动，请设为文本后重录",
        "名册.xlsx 工作表“名册”第 3 行 D 列“日期”：不是日期，请写成 1978.03 或 1978年3月15日 这样",
    }


def test_the_receipt_tells_of_every_row_what_came_of_it(office: Office, tmp_path: Path) -> None:
    report = office.merge("reminder", roster(tmp_path / "名册.xlsx", [GOOD[0], BAD]), tmp_path / "out")
    assert report.receipt == tmp_path / "out" / "回执_名册.xlsx"
    sheet = openpyxl.load_workbook(report.receipt)["名册"]
    headings = {cell.value: cell.column or 0 for cell in sheet[1]}
    assert sheet.cell(2, headings["办理结果"]).value == "已生成"
    assert sheet.cell(2, headings["文件名"]).value == "提醒_林示例.docx"
    assert str(sheet.cell(3, headings["办理结果"]).value).startswith("有误：")
    assert sheet["D3"].comment is not None
    assert "不是日期" in sheet["D3"].comment.text


def test_a_corrected_receipt_given_back_makes_only_what_is_missing(office: Office, tmp_path: Path) -> None:
    out = tmp_path / "out"
    report = office.merge("reminder", roster(tmp_path / "名册.xlsx", [GOOD[0], BAD]), out)
    assert report.receipt
    book = openpyxl.load_workbook(report.receipt)
    book["名册"]["B3"], book["名册"]["D3"] = "11010519491231002X", "2026-09-20"
    corrected = tmp_path / "改正.xlsx"
    book.save(corrected)
    before = (out / "提醒_林示例.docx").stat().st_mtime_ns
    again = office.merge("reminder", corrected, out)
    assert (again.made, again.kept, again.refused) == (1, 1, 0)
    assert (out / "提醒_林示例.docx").stat().st_mtime_ns == before
    assert names(out) == ["提醒_李示.docx", "提醒_林示例.docx"]


def test_the_receipt_in_the_folder_may_itself_be_corrected_and_is_not_overwritten(
    office: Office, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    first = office.merge("reminder", roster(tmp_path / "名册.xlsx", [GOOD[0], BAD]), out).receipt
    assert first
    kept = first.read_bytes()
    second = office.merge("reminder", first, out).receipt
    assert second == out / "回执_名册_2.xlsx"
    assert first.read_bytes() == kept


def test_a_receipt_given_back_twice_is_numbered_on(office: Office, tmp_path: Path) -> None:
    out = tmp_path / "out"
    given = roster(tmp_path / "名册.xlsx", [GOOD[0], BAD])
    for expected in ("回执_名册.xlsx", "回执_名册_2.xlsx", "回执_名册_3.xlsx"):
        report = office.merge("reminder", given, out)
        assert report.receipt == out / expected
        given = report.receipt
    dated = office.merge("reminder", roster(tmp_path / "名册_2026.xlsx", [BAD]), out).receipt
    assert dated == out / "回执_名册_2026.xlsx"
    assert office.merge("reminder", dated, out).receipt == out / "回执_名册_2026_2.xlsx"


def test_corrections_typed_in_a_receipt_outlive_another_run_with_the_first_roster(
    office: Office, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    given = roster(tmp_path / "名册.xlsx", [GOOD[0], BAD])
    first = office.merge("reminder", given, out).receipt
    assert first
    assert office.merge("reminder", given, out).receipt == first  # nobody touched it
    book = openpyxl.load_workbook(first)
    book["名册"]["D3"] = "2026-09-20"
    book.save(first)
    corrected = first.read_bytes()
    assert office.merge("reminder", given, out).receipt == out / "回执_名册_2.xlsx"
    assert office.merge("reminder", given, out, options=MergeOptions(check=True)).receipt == out / "回执_名册_2.xlsx"
    assert first.read_bytes() == corrected


def test_a_paper_edited_by_hand_is_never_overwritten(office: Office, tmp_path: Path) -> None:
    out = tmp_path / "out"
    book = roster(tmp_path / "名册.xlsx", GOOD[:1])
    office.merge("reminder", book, out)
    (out / "提醒_林示例.docx").write_bytes(b"edited in Word")
    office.merge("reminder", book, out)
    assert (out / "提醒_林示例.docx").read_bytes() == b"edited in Word"
    assert names(out) == ["提醒_林示例.docx", "提醒_林示例_新稿.docx"]


def test_two_people_of_the_same_name_get_two_papers(office: Office, tmp_path: Path) -> None:
    office.merge("reminder", roster(tmp_path / "名册.xlsx", [GOOD[0], GOOD[0]]), tmp_path / "out")
    assert names(tmp_path / "out") == ["提醒_林示例.docx", "提醒_林示例_2.docx"]


def test_checking_writes_nothing_but_the_receipt(office: Office, tmp_path: Path) -> None:
    book = roster(tmp_path / "名册.xlsx", [*GOOD, BAD])
    report = office.merge("reminder", book, tmp_path / "out", options=MergeOptions(check=True))
    assert (report.rows, report.made, report.refused) == (3, 0, 1)
    assert names(tmp_path / "out") == []
    assert report.receipt
    assert report.receipt.is_file()


def test_several_processes_make_the_same_papers_as_one(office: Office, tmp_path: Path) -> None:
    rows = [[f"林示例{'甲乙丙丁'[i % 4]}", None, f"职务{i}", "2026-09-18"] for i in range(130)]
    book = roster(tmp_path / "名册.xlsx", rows)
    office.merge("reminder", book, tmp_path / "one", options=MergeOptions(jobs=1))
    office.merge("reminder", book, tmp_path / "two", options=MergeOptions(jobs=2))
    assert names(tmp_path / "one") == names(tmp_path / "two")
    assert len(names(tmp_path / "one")) == 130
    for name in names(tmp_path / "one"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_one_file_holds_every_paper_with_its_own_header(office: Office, tmp_path: Path) -> None:
    book = roster(tmp_path / "名册.xlsx", [GOOD[0], BAD, GOOD[1]])
    report = office.merge("reminder", book, tmp_path / "out", options=MergeOptions(one_file=True))
    assert (report.made, report.refused) == (2, 1)
    assert report.combined
    document = docx.Document(str(report.combined))
    assert [section.header.paragraphs[0].text for section in document.sections] == ["送 林示例", "送 阿卜杜拉·买买提"]
    assert "阿卜杜拉·买买提同志：请于2026年9月18日到会。" in [paragraph.text for paragraph in document.paragraphs]


def test_one_file_edited_by_hand_stays_and_the_new_one_is_saved_beside_it(office: Office, tmp_path: Path) -> None:
    book, out = roster(tmp_path / "名册.xlsx", GOOD), tmp_path / "out"
    one_file = MergeOptions(one_file=True)
    first = office.merge("reminder", book, out, options=one_file).combined
    assert first == out / "提醒_名册_合并打印.docx"
    first.write_bytes(b"edited in Word")
    again = office.merge("reminder", book, out, options=one_file)
    assert first.read_bytes() == b"edited in Word"
    assert (again.made, again.kept) == (2, 0)
    assert again.combined == out / "提醒_名册_合并打印_新稿.docx"
    assert docx.Document(str(again.combined)).sections[0].header.paragraphs[0].text == "送 林示例"


def test_one_file_that_is_there_already_is_kept_and_its_rows_are_told_so(office: Office, tmp_path: Path) -> None:
    book, out = roster(tmp_path / "名册.xlsx", GOOD), tmp_path / "out"
    one_file = MergeOptions(one_file=True)
    first = office.merge("reminder", book, out, options=one_file)
    assert (first.made, first.kept) == (2, 0)
    assert first.combined
    before = first.combined.stat().st_mtime_ns
    again = office.merge("reminder", book, out, options=one_file)
    assert (again.made, again.kept, again.combined) == (0, 2, first.combined)
    assert first.combined.stat().st_mtime_ns == before
    assert names(out) == ["提醒_名册_合并打印.docx"]
    assert again.receipt
    sheet = openpyxl.load_workbook(again.receipt)["名册"]
    told = [[cell.value for cell in sheet[row]][-2:] for row in (2, 3)]
    assert told == [["已有，未重做", "提醒_名册_合并打印.docx"]] * 2


def forgetful(office: Office, folder: Path) -> Path:
    """A template that leaves out the post of a 处长, so that such a paper does not pass its gates."""
    document = docx.Document(str(office.kind("reminder").template))
    document.paragraphs[1].text = '{% if 职务 != "处长" %}职务：{{ 职务 }}{% endif %}'
    document.save(str(folder / "提醒_新版.docx"))
    return folder / "提醒_新版.docx"


@pytest.mark.parametrize("one_file", [False, True])
def test_a_paper_that_does_not_pass_its_gates_is_told_with_its_row(
    office: Office, tmp_path: Path, *, one_file: bool
) -> None:
    book, template = roster(tmp_path / "名册.xlsx", GOOD), forgetful(office, tmp_path)
    options = MergeOptions(one_file=one_file)
    report = office.merge("reminder", book, tmp_path / "out", template=template, options=options)
    assert (report.made, report.refused) == (1, 1)
    said = "“处长”没有印在文书上，没有保存；请检查模板或这一项是否适用"
    assert [str(fault) for fault in report.faults] == [f"名册.xlsx 工作表“名册”第 3 行：{said}"]
    assert report.receipt
    sheet = openpyxl.load_workbook(report.receipt)["名册"]
    assert f"有误：{said}" in [cell.value for cell in sheet[3]]


def test_one_file_tells_how_far_it_is(office: Office, tmp_path: Path) -> None:
    heard: list[tuple[str, int, int]] = []
    report = office.merge(
        "reminder",
        roster(tmp_path / "名册.xlsx", GOOD),
        tmp_path / "out",
        options=MergeOptions(one_file=True),
        progress=lambda *told: heard.append(told),
    )
    assert report.made == 2
    assert heard == [("生成", 1, 2), ("生成", 2, 2), ("合成", 1, 2), ("合成", 2, 2)]


def test_what_has_no_pdf_is_told_beside_what_was_made(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DOC_FORMS_SOFFICE", str(tmp_path / "nothing"))
    book = roster(tmp_path / "名册.xlsx", [*GOOD, BAD])
    report = office.merge("reminder", book, tmp_path / "out", pdf=True)
    assert (report.made, report.refused, report.pdfs) == (2, 1, [])
    assert [fault.code for fault in report.no_pdf] == ["libreoffice-missing"]
    assert report.receipt
    data = {"姓名": "林示例", "职务": "副院长", "日期": "2026-09-18"}
    paper = office.fill("reminder", data, tmp_path / "one", pdf=True)
    assert (paper.written, paper.pdf, [fault.code for fault in paper.no_pdf]) == (True, None, ["libreoffice-missing"])


def test_a_roster_that_is_none_is_refused_with_its_remedy(office: Office, tmp_path: Path) -> None:
    file = tmp_path / "名册.xlsx"
    file.write_text("姓名,职务\n林示例,副院长\n")
    with pytest.raises(FileRefused, match="不是 Excel 工作簿"):
        office.merge("reminder", file, tmp_path / "out")


def test_a_missing_column_is_named_before_anything_is_made(office: Office, tmp_path: Path) -> None:
    book = roster(tmp_path / "名册.xlsx", [["林示例", "副院长"]], ["姓名", "职务"])
    with pytest.raises(DocFormsError, match="缺少“日期”列"):
        office.merge("reminder", book, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_an_unknown_kind_says_where_to_look(office: Office, tmp_path: Path) -> None:
    with pytest.raises(UsageRefused, match="没有“notice”这种文书；可用 kinds 命令查看全部种类"):
        office.merge("notice", tmp_path / "名册.xlsx", tmp_path / "out")


def test_a_full_disk_leaves_whole_papers_only_and_says_how_far_it_came(office: Office, tmp_path: Path) -> None:
    # A folder that turns read-only half-way cannot be tried as root; a limit on the size of files can, in a child.
    rows = [["林示例" if i < 3 else "长" * 30, None, "职务" * (5 if i < 3 else 20000), "2026-09-18"] for i in range(5)]
    book = roster(tmp_path / "名册.xlsx", rows)
    library = office.kind("reminder").template.parent.parent
    code = (
        "import resource, signal, sys; from pathlib import Path; from doc_forms import *\n"
        "from doc_forms.form.text import normalise\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "size = int(sys.argv[4]); resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))\n"
        "try: Office(Path(sys.argv[1])).merge('reminder', Path(sys.argv[2]), Path(sys.argv[3]))\n"
        "except DocFormsError as error: print(error); sys.exit(1)\n"
    )
    out = tmp_path / "out"
    answer = subprocess.run(
        [sys.executable, "-c", code, str(library), str(book), str(out), "200000"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 1, answer.stderr
    assert "没有" not in answer.stderr
    for name in names(out):
        docx.Document(str(out / name))


@pytest.mark.skipif(os.name == "nt", reason="limits of this kind are Unix's")
def test_where_the_receipt_cannot_be_written_the_papers_are_made_all_the_same(office: Office, tmp_path: Path) -> None:
    noise = random.Random(20260918)  # noqa: S311 - nothing secret
    remarks = ["".join(chr(noise.randrange(0x4E00, 0x9FA5)) for _ in range(1000)) for _ in range(200)]
    rows = [["林示例", None, f"职务{i}", "2026-09-18", remark] for i, remark in enumerate(remarks)]
    book = roster(tmp_path / "名册.xlsx", rows, ["姓名", "公民身份号码", "职务", "日期", "备注"])
    code = (
        "import resource, signal, sys; from pathlib import Path; from doc_forms import *\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN); resource.setrlimit(resource.RLIMIT_FSIZE, (200000, 200000))\n"
        "try: Office(Path(sys.argv[1])).merge('reminder', Path(sys.argv[2]), Path(sys.argv[3]))\n"
        "except DocFormsError as error: print(error)\n"
    )
    library, out = office.kind("reminder").template.parent.parent, tmp_path / "out"
    words = [sys.executable, "-c", code, str(library), str(book), str(out)]
    answer = subprocess.run(words, capture_output=True, text=True, encoding="utf-8", check=True)
    assert "回执_名册.xlsx" in answer.stdout
    assert "文件超过允许的大小" in answer.stdout
    assert len(names(out)) == len(list(out.glob("提醒_*.docx"))) == 200


def said_in(receipt: Path) -> list[str]:
    """The result column of a receipt, without its heading."""
    with closing(openpyxl.load_workbook(receipt, read_only=True)) as book:
        return [str(cells[4]) for cells in book.worksheets[0].iter_rows(min_row=2, values_only=True)]


def test_a_full_temporary_folder_is_named_and_keeps_nothing_of_the_roster(office: Office, tmp_path: Path) -> None:
    before, small = own_disk(), tmp_path / "tmp"
    if before is None:
        pytest.skip("only root can lay a small disk over a folder")
    small.mkdir()
    posts = ["".join(chr(0x4E00 + (row * 37 + sign * 101) % 20_000) for sign in range(1500)) for row in range(500)]
    rows = [["林示例", None, post, "2026-09-18"] for post in posts]
    library, book = office.kind("reminder").template.parent.parent, roster(tmp_path / "名册.xlsx", rows)
    command = [sys.executable, "-m", "doc_forms.cli", "--no-records", "--library", str(library), "merge", "reminder"]
    command += [str(book), "--out", str(tmp_path / "out"), "--one-file"]
    answer = subprocess.run(
        [*before, str(small), "sh", "-c", '"$@"; status=$?; ls -A "$TMPDIR"; exit $status', "sh", *command],
        env={**os.environ, "TMPDIR": str(small)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (answer.returncode, answer.stderr) == (1, f"✕ {small}：磁盘空间不足，请腾出空间后再试\n")
    assert answer.stdout == ""
    assert names(tmp_path / "out") == []


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_full_disk_is_told_with_as_many_papers_as_there_are(office: Office, tmp_path: Path, jobs: str) -> None:
    before, out = own_disk(), tmp_path / "out"
    if before is None:
        pytest.skip("only root can lay a small disk over a folder")
    out.mkdir()
    library, book = office.kind("reminder").template.parent.parent, roster(tmp_path / "名册.xlsx", many_rows(900))
    command = [sys.executable, "-m", "doc_forms.cli", "--no-records", "--library", str(library), "merge", "reminder"]
    command += [str(book), "--out", str(out), "--jobs", jobs]
    shell = 'dd if=/dev/zero of="$0/other" bs=1k count=1000; "$@"; status=$?; ls -A "$0"; exit $status'
    answer = subprocess.run(
        [*before, str(out), "sh", "-c", shell, str(out), *command], capture_output=True, text=True, check=False
    )
    said = re.search(r"磁盘空间不足，请腾出空间后再试。已完成 (\d+)/900 份，没有覆盖任何旧文件", answer.stderr)
    assert answer.returncode == 1
    assert said, answer.stderr
    there = answer.stdout.splitlines()
    assert len([name for name in there if name.startswith("提醒_")]) == int(said[1]) > 0
    assert [name for name in there if name.startswith(".")] == []


def test_a_folder_that_cannot_be_written_is_told_before_the_rows_are_read(office: Office, tmp_path: Path) -> None:
    before, out = own_disk(), tmp_path / "out"
    if before is None:
        pytest.skip("only root can lay a small disk over a folder")
    out.mkdir()
    library, book = office.kind("reminder").template.parent.parent, roster(tmp_path / "名册.xlsx", [*GOOD, BAD])
    command = [sys.executable, "-m", "doc_forms.cli", "--no-records", "--library", str(library), "merge", "reminder"]
    command += [str(book), "--out", str(out)]
    shell = 'mount -o remount,ro "$0" && exec "$@"'
    answer = subprocess.run(
        [*before, str(out), "sh", "-c", shell, str(out), *command], capture_output=True, text=True, check=False
    )
    assert (answer.returncode, answer.stderr) == (1, f"✕ {out}：所在位置只读，请换一个文件夹\n")


def many_rows(count: int) -> list[list[Any]]:
    return [["林示例", None, f"职务{i}", "2026-09-18"] for i in range(count)]


def started_merge(office: Office, book: Path, out: Path) -> subprocess.Popen[bytes]:
    """A merge by two processes, in a session of its own, that has made its first papers."""
    library = office.kind("reminder").template.parent.parent
    command = [sys.executable, "-m", "doc_forms.cli", "--library", str(library), "merge", "reminder", str(book)]
    child = subprocess.Popen([*command, "--out", str(out), "--jobs", "2"], start_new_session=True)
    deadline = time.monotonic() + 60
    while not any(out.glob("[!.]*")) and time.monotonic() < deadline and child.poll() is None:
        time.sleep(0.01)
    return child


def started_quietly(office: Office, book: Path, folder: Path, *before: str) -> subprocess.Popen[str]:
    """A merge by two processes without a register, in a session and with a temporary folder of its own, at work."""
    library = office.kind("reminder").template.parent.parent
    (folder / "tmp").mkdir()
    command = [sys.executable, "-m", "doc_forms.cli", "--no-records", "--library", str(library), "merge", "reminder"]
    child = subprocess.Popen(
        [*before, *command, str(book), "--out", str(folder / "out"), "--jobs", "2"],
        env={**os.environ, "TMPDIR": str(folder / "tmp")},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        start_new_session=True,
    )
    deadline = time.monotonic() + 60
    while not any((folder / "out").glob("*")) and time.monotonic() < deadline and child.poll() is None:
        time.sleep(0.005)
    return child


@pytest.mark.skipif(os.name == "nt", reason="signals of this kind are Unix's")
@pytest.mark.parametrize("ending", ["a closed terminal", "a plain kill", "a plain kill in the background"])
def test_a_closed_terminal_and_a_plain_kill_leave_nothing_half_made(
    office: Office, tmp_path: Path, ending: str
) -> None:
    deaf = ("sh", "-c", 'trap "" INT; exec "$@"', "sh") if ending.endswith("background") else ()  # as a shell's & does
    child = started_quietly(office, roster(tmp_path / "名册.xlsx", many_rows(1500)), tmp_path, *deaf)
    if ending == "a closed terminal":
        os.killpg(child.pid, signal.SIGHUP)
    else:
        child.terminate()
    _, wrong = child.communicate(timeout=60)
    assert child.returncode == 130
    assert "Traceback" not in wrong
    assert list(tmp_path.glob("out/.*")) == list(tmp_path.glob("tmp/*")) == []


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="only Linux tells the children of a process")
def test_a_process_that_writes_papers_and_is_killed_is_told_in_one_line(office: Office, tmp_path: Path) -> None:
    book = roster(tmp_path / "名册.xlsx", many_rows(1500))
    child = started_quietly(office, book, tmp_path)
    worker = Path(f"/proc/{child.pid}/task/{child.pid}/children").read_text().split()[0]
    os.kill(int(worker), signal.SIGKILL)
    _, wrong = child.communicate(timeout=60)
    assert (child.returncode, len(wrong.splitlines())) == (1, 1)
    assert "写文书的进程意外结束（可能是内存不足），可加 --jobs 1 再试" in wrong
    assert list(tmp_path.glob("out/.*")) == list(tmp_path.glob("tmp/*")) == []
    report = office.merge("reminder", book, tmp_path / "out", options=MergeOptions(jobs=1))
    assert report.made + report.kept == 1500


@pytest.mark.skipif(os.name == "nt", reason="signals of this kind are Unix's")
def test_no_process_of_a_killed_merge_lives_on(office: Office, tmp_path: Path) -> None:
    child = started_merge(office, roster(tmp_path / "名册.xlsx", many_rows(3000)), tmp_path / "out")
    child.kill()
    child.wait(30)
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            os.killpg(child.pid, 0)  # any process of its session
        except ProcessLookupError:
            return
        time.sleep(0.05)
    os.killpg(child.pid, signal.SIGKILL)
    pytest.fail("a worker waits for a process that is gone")


@pytest.mark.skipif(os.name == "nt", reason="signals of this kind are Unix's")
@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_a_stopped_merge_leaves_whole_papers_and_goes_on_where_it_was(
    office: Office, tmp_path: Path, sign: signal.Signals
) -> None:
    count = 1500
    book, out = roster(tmp_path / "名册.xlsx", many_rows(count)), tmp_path / "out"
    child = started_merge(office, book, out)
    os.killpg(child.pid, sign)
    child.wait(30)
    time.sleep(0.2)
    if sign != signal.SIGKILL:
        assert child.returncode == 130
        assert [name for name in names(out) if name.startswith(".")] == []
        said = said_in(out / "回执_名册.xlsx")
        assert said.count("已生成") == len([name for name in names(out) if name.endswith(".docx")])
        assert said.count("未做（中断），请重新运行") == count - said.count("已生成") > 0
    whole = [name for name in names(out) if name.endswith(".docx") and not name.startswith(".")]
    assert 0 < len(whole) < count
    for name in whole[:: max(1, len(whole) // 20)]:
        docx.Document(str(out / name))
    report = office.merge("reminder", book, out)
    assert (report.made + report.kept, report.refused) == (count, 0)
    assert report.kept >= len(whole)
    assert [name for name in names(out) if name.startswith(".")] == []
    shutil.rmtree(out)


def test_the_answer_for_programs_says_the_same(office: Office, tmp_path: Path) -> None:
    report = office.merge("reminder", roster(tmp_path / "名册.xlsx", [GOOD[0], BAD]), tmp_path / "out")
    answer = json.loads(json.dumps(report.to_json()))
    assert (answer["made"], answer["refused"]) == (1, 1)
    assert answer["faults"][0]["place"]["row"] == 3


def test_an_output_folder_that_is_a_file_is_named(office: Office, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("x")
    with pytest.raises(OutputRefused, match="已有同名的文件，不是文件夹"):
        office.merge("reminder", roster(tmp_path / "名册.xlsx", GOOD), tmp_path / "out")
