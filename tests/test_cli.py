"""The command line as a clerk meets it: one Chinese line for each thing wrong, and the right exit status."""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
from pathlib import Path

import docx
import openpyxl
import pytest
from without_rights import as_nobody, open_folder

from doc_forms import Office, cli
from doc_forms.cli.commands import main

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def run(capfd: pytest.CaptureFixture[str], *words: str | Path) -> tuple[int, str, str]:
    """Run a command; give its exit status, what it printed and what it complained of."""
    with pytest.raises(SystemExit) as stopped:
        cli.run([str(word) for word in words])
    printed = capfd.readouterr()
    status = stopped.value.code
    assert isinstance(status, int)
    return status, printed.out, printed.err


def test_the_kinds_are_listed_with_their_titles_and_articles(capfd: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capfd, "kinds")
    assert status == 0
    assert "appointment_notice        任职通知（第 33、34、35、36、37 条）" in out.splitlines()


def test_an_offices_own_kinds_are_listed_with_articles_where_they_have_some(
    capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    for folder in ("schemas", "templates"):
        (tmp_path / folder).mkdir()
    assert run(capfd, "--library", tmp_path, "kinds") == (0, "模板库里还没有文书种类。\n", "")
    schema = """
from doc_forms.form import About, Form, Line, field


class Note(Form):
    about = About(title="便笺", articles=(), file_name="便笺_{姓名}")
    name: Line = field("姓名", example="林示例")
"""
    (tmp_path / "schemas" / "note.py").write_text(schema, "utf-8")
    assert run(capfd, "--library", tmp_path, "kinds") == (0, "note  便笺\n", "")


def test_a_paper_is_filled_once_and_recognised_the_second_time(
    capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    command = ("fill", "resignation_reply", EXAMPLES / "resignation_reply.json", "--out", tmp_path)
    status, out, _ = run(capfd, *command)
    assert (status, out.split("：")[0]) == (0, "已生成")
    status, out, _ = run(capfd, *command)
    assert (status, out.split("：")[0]) == (0, "已有相同的文书，未重做")


def test_a_kind_may_be_named_in_chinese(capfd: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    status, out, _ = run(capfd, "fill", "征求意见表", EXAMPLES / "opinion_form.json", "--out", tmp_path)
    assert status == 0
    assert "征求意见表_林示例.docx" in out


def test_a_blank_roster_is_made_and_never_overwritten(capfd: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "名册.xlsx"
    assert run(capfd, "roster", "opinion_form", file)[0] == 0
    before = file.read_bytes()
    status, _, err = run(capfd, "roster", "opinion_form", file)
    assert (status, file.read_bytes()) == (2, before)
    assert "文件已存在，没有覆盖" in err


def test_a_merge_with_a_bad_row_tells_it_and_ends_with_one(capfd: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    book = openpyxl.load_workbook(EXAMPLES / "opinion_form.xlsx")
    sheet = book["名册"]
    columns = {str(cell.value).rstrip("*"): cell.column or 0 for cell in sheet[1]}
    sheet.cell(3, columns["姓名"]).value = "林 3"
    file = tmp_path / "名册.xlsx"
    book.save(file)
    status, out, err = run(capfd, "merge", "opinion_form", file, "--out", tmp_path / "out")
    assert status == 1
    assert "已生成 2 份，1 行有误。" in out
    assert "✕ 名册.xlsx 工作表“名册”第 3 行 B 列“姓名”：姓名有不能出现的字符“3”" in err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "没有写命令，可用：archive、articles、check、compare、"),
        (("records",), "没有写命令，可用：backup、check、list、restore；用法见 doc-forms records --help"),
        (("kindz",), "没有命令 kindz，是否为 kinds？用法见 doc-forms --help"),
        (("生成",), "没有命令 生成；用法见 doc-forms --help"),
        (
            ("fill", "任职通之", "x.json", "--out", "y"),
            "没有“任职通之”这种文书，是否为“任职通知”？可用 kinds 命令查看全部种类",
        ),
        (("merge",), "缺少 种类；用法见 doc-forms merge --help"),
        (("merge", "opinion_form", "x.xlsx"), "缺少 --out；用法见 doc-forms merge --help"),
        (("merge", "opinion_form", "x.xlsx", "--outt", "y"), "没有选项 --outt，是否为 --out？用法见"),
        (
            ("merge", "opinion_form", "x.xlsx", "--out", "y", "--jobs", "0"),
            "--jobs 的值不对，应为不小于 1 的整数；",
        ),
        (("merge", "opinion_form", "x.xlsx", "--out", "y", "--check", "--pdf"), "--check 只核对，不能与"),
        (("fill", "nothing", "x.json", "--out", "y"), "没有“nothing”这种文书；可用 kinds 命令查看全部种类"),
        (("roster", "inspection_report", "x.xlsx"), "“考察材料”不适合用名册批量生成，请用 fill 逐份填写"),
        (("merge", "考察材料", "x.xlsx", "--out", "y"), "“考察材料”不适合用名册批量生成，请用 fill 逐份填写"),
        (("roster", "opinion_form", "x.xls"), "名册文件名应以 .xlsx 结尾"),
        (("--library", "nowhere", "kinds"), "不是模板库：其中应有 schemas 和 templates 两个文件夹"),
    ],
)
def test_wrong_usage_gets_one_chinese_line_and_status_two(
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    words: tuple[str, ...],
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    status, out, err = run(capfd, *words)
    assert (status, out) == (2, "")
    assert len(err.splitlines()) == 1
    assert said in err


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "不是正确的 JSON"),
        (b"{\n 'a': 1}", "第 2 行第 2 列：不是正确的 JSON"),
        (b"[1]", "最外层应是一组项目"),
        ("{“a”: 1}".encode("gbk"), "不是 UTF-8 文本，请另存为 UTF-8 编码的 JSON"),
        ('{"姓名": "甲", "姓名": "乙"}'.encode(), "“姓名”写了两次，请删去一处"),
        (b"[" * 100000, "括号套得太深，不是数据文件"),
    ],
)
def test_a_data_file_that_is_none_is_told_with_its_place(
    capfd: pytest.CaptureFixture[str], tmp_path: Path, content: bytes, said: str
) -> None:
    file = tmp_path / "数据.json"
    file.write_bytes(content)
    status, _, err = run(capfd, "fill", "opinion_form", file, "--out", tmp_path / "out")
    assert status == 1
    assert err.startswith("✕ 数据.json")
    assert said in err
    assert "Traceback" not in err
    assert not (tmp_path / "out").exists()


def test_faults_come_as_data_where_a_program_asks(capfd: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "数据.json"
    file.write_text('{"姓名": "张3"}', "utf-8")
    status, out, err = run(capfd, "fill", "opinion_form", file, "--out", tmp_path, "--json")
    assert (status, err) == (1, "")
    faults = json.loads(out)["faults"]
    assert {"data-value", "data-missing"} == {fault["code"] for fault in faults}
    assert faults[0]["place"] == {"file": "数据.json", "field": "姓名"}


@pytest.mark.parametrize("command", [["kinds"], ["articles", "34"], ["lint"], ["check", str(EXAMPLES / "case.json")]])
def test_an_answer_as_data_may_be_asked_for_before_the_command_or_behind_it(
    capfd: pytest.CaptureFixture[str], command: list[str]
) -> None:
    behind = run(capfd, *command, "--json")
    assert behind == run(capfd, "--json", *command)
    assert json.loads(behind[1])


def test_another_template_may_be_used_and_is_checked_first(capfd: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    templates = Path(Office().kind("opinion_form").template).parent
    own = tmp_path / "本院征求意见表.docx"
    shutil.copy(templates / "opinion_form.docx", own)
    command = ("fill", "opinion_form", EXAMPLES / "opinion_form.json", "--out", tmp_path / "out", "--template")
    assert run(capfd, *command, own)[0] == 0
    shutil.copy(templates / "assessment_summary.docx", own)
    status, _, err = run(capfd, *command, own)
    assert status == 1
    assert "本院征求意见表.docx" in err
    assert "没有字段“" in err


def test_every_template_of_the_library_is_clean(capfd: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capfd, "lint")
    assert status == 0
    assert all("没有问题（走快速路径）" in line for line in out.splitlines())


def test_lint_asks_which_kind_a_template_is_for(capfd: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "新.docx"
    shutil.copy(Office().kind("opinion_form").template, file)
    assert run(capfd, "lint", file)[0] == 2
    assert run(capfd, "lint", file, "--kind", "征求意见表")[0] == 0


def test_lint_says_of_a_file_that_is_not_there_that_it_is_not_there(
    capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    status, _, err = run(capfd, "lint", tmp_path / "新版.docx")
    assert (status, err) == (1, f"✕ {tmp_path / '新版.docx'}：找不到此文件，请核对文件名和所在文件夹\n")


def test_lint_tells_two_templates_of_one_name_apart(capfd: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    files = [tmp_path / folder / "征求意见表.docx" for folder in ("旧", "新")]
    for file in files:
        file.parent.mkdir()
        shutil.copy(Office().kind("opinion_form").template, file)
    docx.Document().save(str(files[0]))
    status, out, _ = run(capfd, "lint", *files)
    assert status == 1
    assert [line.partition("：")[0] for line in out.splitlines() if not line.startswith(" ")] == [str(f) for f in files]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("酝酿征求意见表_新版", "consultation_record"),
        ("征求意见表_新版", "opinion_form"),
        ("my_opinion_form", "opinion_form"),
    ],
)
def test_a_template_belongs_to_the_kind_whose_name_its_own_holds(
    capfd: pytest.CaptureFixture[str], tmp_path: Path, name: str, kind: str
) -> None:
    file = tmp_path / f"{name}.docx"
    shutil.copy(Office().kind(kind).template, file)
    assert run(capfd, "lint", file)[:2] == (0, f"{name}.docx：没有问题（走快速路径）\n")


@pytest.mark.parametrize("command", [("merge", "征求意见表"), ("lint", "--kind", "征求意见表"), ("fill", "征求意见表")])
def test_a_folder_in_the_place_of_a_file_is_named(
    capfd: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    status, out, err = run(capfd, *command, ".", *(() if command[0] == "lint" else ("--out", "文书")))
    assert status == 1
    assert re.search(r"✕ \.：这是文件夹", out + err)


def test_a_device_in_the_place_of_a_data_file_is_refused_unread(
    capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    status, _, err = run(capfd, "fill", "征求意见表", "/dev/zero", "--out", tmp_path)
    assert (status, err) == (1, "✕ /dev/zero：这是文件夹或设备，不是文件，请核对路径\n")


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only root can give its rights up")
def test_a_file_that_may_not_be_read_is_told_so() -> None:
    with open_folder() as folder:
        file = folder / "数据.json"
        file.write_text("{}", "utf-8")
        file.chmod(0o600)
        status, _, err = as_nobody("--no-records", "fill", "征求意见表", file, "--out", folder)
    assert (status, err) == (1, f"✕ {file}：无法读取，请检查权限或路径\n")


def test_a_merge_without_libreoffice_tells_its_bad_rows_its_papers_and_why_there_is_no_pdf(
    capfd: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DOC_FORMS_SOFFICE", str(tmp_path / "nothing"))
    book = openpyxl.load_workbook(EXAMPLES / "opinion_form.xlsx")
    book["名册"]["G3"] = "某日"
    book.save(tmp_path / "名册.xlsx")
    status, out, err = run(capfd, "merge", "征求意见表", tmp_path / "名册.xlsx", "--out", tmp_path / "out", "--pdf")
    assert status == 1
    assert "第 3 行 G 列“填表日期”：不是日期" in err
    assert "没有找到 LibreOffice，因此没有生成 PDF；.docx 文件已经完成" in err
    assert re.search(r"已生成 \d+ 份，1 行有误。\n文书：.*\n回执：", out)


@pytest.mark.parametrize("command", [[], *[[name] for name in main.commands]])
def test_every_help_page_is_chinese(capfd: pytest.CaptureFixture[str], command: list[str]) -> None:
    status, out, _ = run(capfd, *command, "--help")
    assert status == 0
    assert out.startswith("用法：doc-forms")
    for line in out.splitlines():
        assert not line.strip() or CHINESE.search(line), line


def test_a_failure_of_the_program_itself_is_one_line_without_any_value(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(self: Office) -> None:
        message = f"{type(self).__name__} 李某某 11010519491231002X"
        raise RuntimeError(message)

    monkeypatch.setattr(Office, "kinds", fail)
    monkeypatch.delenv("DOC_FORMS_DEBUG", raising=False)
    status, _, err = run(capfd, "kinds")
    assert status == 1
    assert re.fullmatch(r"✕ 程序内部出错（RuntimeError，test_cli.py 第 \d+ 行），.*；请把这一行告诉维护人员\n", err)


def test_a_disk_that_is_full_wherever_it_was_found_out_is_no_failure_of_the_program(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_self: Office) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Office, "kinds", fail)
    status, _, err = run(capfd, "kinds")
    assert status == 1
    assert err.startswith("✕ 磁盘空间不足（存放文书的磁盘，或临时文件夹 ")
