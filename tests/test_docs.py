"""The docs are true: what they name exists, what exists they name, what they show is what comes out."""

from __future__ import annotations

import dataclasses
import importlib
import itertools
import json
import os
import re
import runpy
import shlex
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import click
import docx
import openpyxl
import pytest
from docs_read import FENCE, PAGES, ROOT, TEXT, block, blocks, outputs, run
from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from doc_forms import Office, Severity
from doc_forms.cli.commands import main
from doc_forms.lint import lint_template
from doc_forms.packages import open_template

README, ADD_A_KIND = TEXT[ROOT / "README.md"], TEXT[ROOT / "docs" / "add-a-kind.md"]
FOR_CLERKS = "".join(TEXT[ROOT / "docs" / name] for name in ("入门.md", "roster-rules.md", "template-tags.md"))

# What exists is named.


def options() -> Iterator[tuple[str, str]]:
    """Every command with every option that it takes."""
    for parameter in main.params:
        yield from (("", option) for option in parameter.opts if option.startswith("--"))
    groups = [command for command in main.commands.values() if isinstance(command, click.Group)]
    for name, command in [*main.commands.items(), *(item for group in groups for item in group.commands.items())]:
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                yield from ((name, option) for option in parameter.opts)


@pytest.mark.parametrize("name", main.commands)
def test_every_command_is_in_the_readme(name: str) -> None:
    assert f"doc-forms {name}" in README.partition("## Commands")[2].partition("\n## ")[0]


@pytest.mark.parametrize(("command", "option"), sorted(set(options())))
def test_every_option_is_in_the_docs(command: str, option: str) -> None:
    where = FOR_CLERKS if command in ("roster", "fill", "merge", "lint") else "".join(TEXT.values())
    assert re.search(rf"(?<![\w-]){re.escape(option)}(?![\w-])", where)


@pytest.mark.parametrize("kind", Office().kinds(), ids=lambda kind: kind.stem)
def test_every_kind_is_in_the_readme_with_its_title(kind: Any) -> None:
    assert f"| `{kind.stem}` | {kind.title} |" in README


def test_the_list_of_fields_is_the_one_that_the_schemas_give() -> None:
    script = runpy.run_path(str(ROOT / "scripts" / "fields_document.py"))
    assert script["DOCUMENT"].read_text("utf-8") == script["document"](), "run: python scripts/fields_document.py"


def modules() -> set[str]:
    """Modules and packages of the engine that belong to the next commit; a package stands for its modules."""
    answer = subprocess.run(["git", "ls-files", "-z", "doc_forms"], cwd=ROOT, capture_output=True, check=False)
    if answer.returncode:
        pytest.skip("not a git checkout, so nothing says which files belong to it")
    parts = [name.split("/") for name in answer.stdout.decode().split("\0") if name.endswith(".py")]
    return {path[1].removesuffix(".py") for path in parts} - {"__init__"}


def test_the_architecture_names_every_module_of_the_engine_and_no_other() -> None:
    table = TEXT[ROOT / "docs" / "architecture.md"].partition("### Modules")[2].partition("\n## ")[0]
    named = re.findall(r"`([a-z_/]+)`", "".join(row.split("|")[1] for row in table.splitlines() if row.startswith("|")))
    assert modules() - {name.partition("/")[0] for name in named} == set()
    inside = {name for name in named if not any(ROOT.glob(f"doc_forms/**/{name.strip('/')}*"))}
    assert inside == set()


def test_every_code_of_the_lint_is_explained_to_whoever_edits_templates() -> None:
    sources = [*ROOT.glob("doc_forms/lint/*.py"), *ROOT.glob("doc_forms/template/*.py")]
    codes = {
        code
        for path in sources
        for code in re.findall(r'"((?:tag|field|font|table|left|path)-[a-z-]+)"', path.read_text("utf-8"))
    }
    assert codes
    assert [code for code in sorted(codes) if f"`{code}`" not in TEXT[ROOT / "docs" / "template-tags.md"]] == []


# What is named exists.


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_every_relative_link_leads_to_a_file(path: Path) -> None:
    text = FENCE.sub("", TEXT[path])
    targets = [target.partition("#")[0] for target in re.findall(r"\]\(([^)\s]+)\)", text)]
    inside = [unquote(target) for target in targets if target and "://" not in target]
    assert [target for target in inside if not (path.parent / target).is_file()] == []


def commands_shown() -> Iterator[str]:
    for text in TEXT.values():
        yield from re.findall(r"^ *(?:\$ )?((?:\.venv\S*[/\\])?doc-forms .*)$", text, re.MULTILINE)


@pytest.mark.parametrize("line", sorted(set(commands_shown())))
def test_every_command_shown_is_one_that_the_command_line_takes(line: str) -> None:
    words = shlex.split(line.partition("  ")[0].replace("\\", "/"))[1:]
    group = click.Context(main)
    while words and words[0].startswith("--"):
        takes_value = words[0] in {"--library", "--records"}
        del words[: 1 + takes_value]
    if not words:
        return
    command = main.get_command(group, words[0])
    assert command is not None
    while isinstance(command, click.Group) and len(words) > 1 and words[1].isalpha():
        group, words = click.Context(command), words[1:]
        command = command.get_command(group, words[0])
        assert command is not None
    known = {option for parameter in command.params for option in parameter.opts} | {"--help"}
    assert [word for word in words[1:] if word.startswith("--") and word not in known] == []


def terms() -> Iterator[str]:
    for cell in re.findall(r"\| ([^|]*) \|$", TEXT[ROOT / "docs" / "glossary.md"], re.MULTILINE):
        yield from re.findall(r"`([\w.]+)`", cell)


@pytest.mark.parametrize("name", sorted(set(terms())))
def test_every_term_of_the_glossary_is_a_name_in_the_code(name: str) -> None:
    parts = name.split(".")
    module = max((n for n in range(1, len(parts)) if is_module(parts[:n])), default=0)
    found: Any = importlib.import_module(".".join(["doc_forms", *parts[:module]]))
    for part in parts[module:]:
        fields = {field.name for field in dataclasses.fields(found)} if dataclasses.is_dataclass(found) else set()
        assert part in fields or hasattr(found, part)
        found = getattr(found, part, None)


def is_module(parts: list[str]) -> bool:
    path = ROOT.joinpath("doc_forms", *parts)
    return path.with_suffix(".py").is_file() or (path / "__init__.py").is_file()


def test_every_message_that_is_explained_to_clerks_is_one_that_the_product_gives() -> None:
    table = TEXT[ROOT / "docs" / "入门.md"].partition("常见的话是什么意思\n")[2].partition("\n## ")[0]
    explained = "".join(row.split("|")[1] for row in table.splitlines() if row.startswith("| "))
    source = "".join(path.read_text("utf-8") for path in ROOT.glob("doc_forms/**/*.py"))
    phrases = re.findall(r"[\u4e00-\u9fff，；、]{7,}", explained)
    assert len(phrases) > 15
    assert [phrase for phrase in phrases if phrase.strip("，；、") not in source] == []


# What is shown comes out.


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    """The roster that the README and 入门 tell of."""
    return mistyped(tmp_path)


def mistyped(folder: Path) -> Path:
    """The example roster with three cells mistyped, as the README and 入门 tell it."""
    book = openpyxl.load_workbook(ROOT / "examples" / "appointment_notice.xlsx")
    main_sheet, people = book["名册"], book["任免人员"]
    main_sheet["C4"] = "示院委2026年29"
    main_sheet["J5"] = 2026.1
    main_sheet["J5"].number_format = "General"
    people["C6"] = "提升"
    book.save(folder / "名册.xlsx")
    return folder / "名册.xlsx"


def test_the_first_steps_say_which_cells_are_mistyped(roster: Path) -> None:
    shown, book = TEXT[ROOT / "docs" / "入门.md"], openpyxl.load_workbook(roster)
    rows = re.findall(r"^\| (\S+) \| ([A-Z]\d+) \| .*`(.+?)` \|$", shown, re.MULTILINE)
    assert [(sheet, cell, str(book[sheet][cell].value)) for sheet, cell, _ in rows] == rows
    assert len(rows) == 3


def correct(receipt: Path) -> None:
    book = openpyxl.load_workbook(receipt)
    book["名册"]["C4"], book["名册"]["J5"] = "示院委〔2026〕29号", "2026年9月18日"
    book["任免人员"]["C6"] = "提任"
    book.save(receipt)


def test_the_session_in_the_readme_is_what_comes_out(roster: Path) -> None:
    (first, shown), (second, shown_then) = outputs(README)
    assert run(roster.parent, *shlex.split(first)[1:]) == shown
    correct(roster.parent / "通知" / "回执_名册.xlsx")
    assert run(roster.parent, *shlex.split(second)[1:]) == shown_then


def steps(page: str) -> Iterator[tuple[list[str], str]]:
    """Every command that a page has a clerk enter, as words on this system, with what it shows to come out."""
    found = [textwrap.dedent(one.text) for one in blocks(page)]
    found += [f"{one}\n" for one in re.findall(r"^\| `(doc-forms .+?)` \|", page, re.MULTILINE)]
    for text, after in itertools.pairwise([*found, ""]):
        for line in text.splitlines() if text.startswith("doc-forms ") else ():
            shown = after if "\n" in after and not after.startswith(("doc-forms ", "{")) else ""
            yield shlex.split(line.replace("\\", "/"))[1:], shown


def make_ready(folder: Path, words: list[str], page: str) -> None:
    """Do what the page has a clerk do by hand before a command."""
    if "--check" in words:
        mistyped(folder)
    elif words[:3] == ["merge", "任职通知", "通知/回执_名册.xlsx"]:
        correct(folder / words[2])
    elif words[-3:-2] == ["坏.json"]:
        good = (folder / "examples" / "appointment_notice.json").read_text("utf-8")
        (folder / "坏.json").write_text(good.replace("决定日期", "决定日前"), "utf-8")
    elif words[0] == "fill":
        (folder / "征求意见.json").write_text(block(page, "json"), "utf-8")
    elif words[0] == "lint":
        shutil.copy(ROOT / "templates" / "opinion_form.docx", folder / words[1])
    elif "案件.json" in words:
        shutil.copy(folder / "examples" / "case_half.json", folder / "案件.json")


def test_the_first_steps_entered_one_after_the_other_answer_as_they_show(tmp_path: Path) -> None:
    page = TEXT[ROOT / "docs" / "入门.md"]
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    entered = 0
    for words, shown in steps(page):
        if "--pdf" in words or "--library" in words:
            continue  # LibreOffice and an office's own library have tests of their own
        make_ready(tmp_path, words, page)
        answer = run(tmp_path, *words)
        assert not shown or answer == shown, words
        assert not re.search(r"用法见|找不到标题行|不存在", answer), words
        entered += 1
    assert entered == 13  # 9 of papers, 4 of a case
    assert (tmp_path / "打印" / "任职通知_名册_合并打印.docx").is_file()
    kinds = next(one.text for one in blocks(page) if one.text.startswith("analysis_proposal")).removesuffix("……\n")
    assert run(tmp_path, "kinds").startswith(kinds)


def test_the_first_command_of_the_readme_finishes_the_example_notices(tmp_path: Path) -> None:
    merge = shlex.split(blocks(README)[0].text.rpartition(" && ")[2])
    assert merge[0] == ".venv/bin/doc-forms"
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    assert "已生成 9 份。\n文书：out/notices\n" in run(tmp_path, *merge[1:])


def test_the_python_in_the_readme_runs(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    code = [sys.executable, "-c", block(README, "python")]
    answer = subprocess.run(code, cwd=tmp_path, env=environment, capture_output=True, check=True)
    assert answer.stdout.decode().startswith("9 of 9 - ")


# The templates of the docs are templates.


def drawn(lines: list[str]) -> Document:
    """A document of these paragraphs; lines with ` |` are the rows of a table. Fonts in all four slots."""
    document = docx.Document()
    for fonts in document.styles.element.iter(qn("w:rFonts")):
        fonts.attrib.clear()
        for slot in ("ascii", "hAnsi", "eastAsia", "cs"):
            fonts.set(qn(f"w:{slot}"), "宋体")
    table = None
    for line in lines:
        cells = [cell.strip() for cell in line.split(" |")]
        if len(cells) == 1:
            document.add_paragraph(line)
            table = None
            continue
        if table is None:
            table = document.add_table(0, len(cells))
        row = table.add_row()
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        if len(table.rows) == 1:
            row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    return document


def test_every_tag_that_the_docs_show_is_taken(tmp_path: Path) -> None:
    office = Office()
    kinds = {True: office.kind("征求意见表"), False: office.kind("任职通知")}
    samples = [one.text for one in blocks(TEXT[ROOT / "docs" / "template-tags.md"]) if one.info == "模板"]
    cells = re.findall(r"^\| `(\{\{.*?\}\})`", TEXT[ROOT / "docs" / "template-tags.md"], re.MULTILINE)
    samples += [cell.replace("\\|", "|") for cell in cells if "姓名" not in cell]
    assert len(samples) > 9
    for sample in samples:
        file = tmp_path / "sample.docx"
        drawn(sample.splitlines()).save(str(file))
        found = lint_template(open_template(file), kinds["填表人类别" in sample])
        assert [str(fault) for fault in found if not fault.code.startswith(("field-", "path-"))] == [], sample


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """The library that docs/add-a-kind.md makes."""
    folder = tmp_path / "library"
    (folder / "schemas").mkdir(parents=True)
    (folder / "templates").mkdir()
    (folder / "schemas" / "talk_notice.py").write_text(block(ADD_A_KIND, "python schema"), "utf-8")
    drawn(block(ADD_A_KIND, "template").splitlines()).save(str(folder / "templates" / "talk_notice.docx"))
    return folder


def test_the_kind_of_the_example_answers_as_the_page_shows(library: Path) -> None:
    folder = library.parent
    (folder / "谈话.json").write_text(block(ADD_A_KIND, "json data"), "utf-8")
    plain = [one.text for one in blocks(ADD_A_KIND) if not one.info]
    shown = itertools.pairwise(plain)
    session = [(command, answer) for command, answer in shown if command.startswith("doc-forms") and answer[0] != "d"]
    assert len(session) == 3
    for command, answer in session:
        assert run(folder, *shlex.split(command)[1:]) == answer
    text = "\n".join(paragraph.text for paragraph in made(folder).paragraphs)
    assert "请于2026年9月24日到行政楼 305 室参加任前谈话。谈话人共 2 名：" in text
    assert "备注" not in text


def made(folder: Path) -> Document:
    (paper,) = (folder / "文书").glob("*.docx")
    return docx.Document(str(paper))


def test_the_kind_of_the_example_is_merged_from_its_own_roster(library: Path) -> None:
    office, data = Office(library), json.loads(block(ADD_A_KIND, "json data"))
    roster = office.roster("talk_notice", library.parent / "名册.xlsx")
    book = openpyxl.load_workbook(roster)
    people = data.pop("谈话人")
    fill_row(book["名册"], {"序号": 1, **data, "备注": "请携带身份证件"})
    for person in people:
        fill_row(book["谈话人"], {"所属序号": 1, **person})
    book.save(roster)
    report = office.merge("talk_notice", roster, library.parent / "文书")
    assert (report.rows, report.made) == (1, 1)
    assert [fault for fault in report.notices if fault.severity is Severity.ERROR] == []
    document = made(library.parent)
    assert [cell.text for cell in document.tables[0].columns[0].cells] == ["姓名", "周示范", "陈㛃"]
    assert "备注：请携带身份证件" in [paragraph.text for paragraph in document.paragraphs]


def fill_row(sheet: Any, values: dict[str, Any]) -> None:
    """Write a row below the others, each value under its heading."""
    number = sheet.max_row + 1
    columns = {str(cell.value).strip("*"): cell.column for cell in sheet[1]}
    for title, value in values.items():
        sheet.cell(number, columns[title], value)
