"""Draws the two templates in each program's own tags, and invents the facts that fill them."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from openpyxl import Workbook

RELATIVE = ("称谓", "姓名", "出生年月", "单位及职务")
SERVICE = ("起", "止", "单位", "职务")
LISTS = {"家庭成员": RELATIVE, "任职经历": SERVICE}
ITEMS = 10
NOTICE = tuple("发文字号 主送 姓名 性别 出生年月 民族 政治面貌 原任职务 任命职务 决定日期 试用期 落款".split())
FORM = ("姓名", "出生年月", "入党时间", "参加工作时间", *(f"项目{number:02d}" for number in range(1, 27)))
_NAMES = ("林示例", "周示范", "阿卜杜拉·买买提", "张㛃", "欧阳示例", "苏䶮")

Put = Callable[[Paragraph, str], None]
"""Writes a text with its tags (`‹姓名›`) into a paragraph, in one program's manner."""


def make_library(folder: Path) -> Path:
    """Make a library of the two papers in a folder and give its path."""
    shutil.copytree(Path(__file__).parent / "library" / "schemas", folder / "schemas")
    (folder / "templates").mkdir()
    for stem in ("notice", "form"):
        draw(stem, "jinja", folder / "templates" / f"{stem}.docx")
    return folder


def draw(stem: str, manner: str, file: Path) -> Path:
    """Draw a template in the manner of `jinja`, `braces` (docxtemplater, easy-template-x) or `mailmerge`."""
    document = Document()
    put = _put_fields if manner == "mailmerge" else _putting("{{ ", " }}") if manner == "jinja" else _putting("{", "}")
    if stem == "notice":
        _draw_notice(document, put)
    else:
        _draw_form(document, put, manner)
    document.save(str(file))
    return file


def _draw_notice(document: WordDocument, put: Put) -> None:
    for text in (
        "中共示例学院委员会文件",
        "‹发文字号›",
        "关于‹姓名›同志任职的通知",
        "‹主送›：",
        "经研究决定：",
        "‹姓名›同志（‹性别›，‹民族›，‹出生年月›生，‹政治面貌›）任‹任命职务›，免去其‹原任职务›职务。",
        "试用期：‹试用期›。任职时间自‹决定日期›起计算。",
        "‹落款›",
        "‹决定日期›",
    ):
        put(document.add_paragraph(), text)


def _draw_form(document: WordDocument, put: Put, manner: str) -> None:
    put(document.add_paragraph(), "登记表")
    table = document.add_table(15, 4, style="Table Grid")
    for number, title in enumerate(FORM):
        cells = table.rows[number // 2].cells
        cells[number % 2 * 2].text = title
        put(cells[number % 2 * 2 + 1].paragraphs[0], f"‹{title}›")
    for title, columns in LISTS.items():
        document.add_paragraph(title)
        _draw_list(document, put, manner, title, columns)


def _draw_list(document: WordDocument, put: Put, manner: str, title: str, columns: Sequence[str]) -> None:
    table = document.add_table(1, len(columns), style="Table Grid")
    for cell, column in zip(table.rows[0].cells, columns, strict=True):
        cell.text = column
    texts = [f"‹{column}›" for column in columns]
    if manner == "jinja":
        table.add_row().cells[0].text = f"{{%tr for 项 in {title} %}}"
        texts = [f"‹项.{column}›" for column in columns]
    elif manner == "braces":
        texts[0], texts[-1] = f"‹#{title}›{texts[0]}", f"{texts[-1]}‹/{title}›"
    else:
        texts = [f"‹{title}_{column}›" for column in columns]
    for cell, text in zip(table.add_row().cells, texts, strict=True):
        put(cell.paragraphs[0], text)
    if manner == "jinja":
        table.add_row().cells[0].text = "{%tr endfor %}"


def _putting(opening: str, closing: str) -> Put:
    return lambda paragraph, text: _add_text(paragraph, text.replace("‹", opening).replace("›", closing))


def _add_text(paragraph: Paragraph, text: str) -> None:
    paragraph.add_run(text)


def _put_fields(paragraph: Paragraph, text: str) -> None:
    """Word's own merge fields."""
    words = text.replace("›", "‹").split("‹")
    for number, word in enumerate(words):
        if number % 2 == 0:
            paragraph.add_run(word)
            continue
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), f" MERGEFIELD {word} ")
        run = OxmlElement("w:r")
        shown = OxmlElement("w:t")
        shown.text = f"«{word}»"
        run.append(shown)
        field.append(run)
        paragraph._p.append(field)  # noqa: SLF001 - python-docx draws no fields


def facts(stem: str, number: int) -> dict[str, Any]:
    """Give the facts of the paper of that number, keyed by title."""
    name = _NAMES[number % len(_NAMES)]
    if stem == "notice":
        return {
            "发文字号": f"示院委〔2026〕{number + 1}号",
            "主送": "各党总支、直属党支部，各部门",
            "姓名": name,
            "性别": "女" if number % 2 else "男",
            "出生年月": f"{1965 + number % 30}.{number % 12 + 1:02d}",
            "民族": "汉族",
            "政治面貌": "中共党员",
            "原任职务": f"示例学院教务处第{number % 7 + 1}科科长",
            "任命职务": "示例学院党委组织部副部长 & 机关第一党支部书记",
            "决定日期": f"2026年{number % 12 + 1}月{number % 28 + 1}日",
            "试用期": "一年" if number % 3 else "",
            "落款": "中共示例学院委员会",
        }
    return {
        "姓名": name,
        "出生年月": f"{1965 + number % 30}.{number % 12 + 1:02d}",
        "入党时间": "1999.07",
        "参加工作时间": "1998.08",
        **{title: f"{title} 的内容 {number} <甲> & “乙”" for title in FORM[4:]},
        "家庭成员": [
            dict(zip(RELATIVE, ("亲属", name, "1970.01", f"示例县第{row}小学教师"), strict=True))
            for row in range(ITEMS)
        ],
        "任职经历": [
            dict(zip(SERVICE, (f"{1999 + row}.07", f"{2000 + row}.06", "示例学院", f"第{row}科科员"), strict=True))
            for row in range(ITEMS)
        ],
    }


def write_roster(file: Path, count: int) -> Path:
    """Write an Excel roster of so many notices."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("名册")
    sheet.append(NOTICE)
    for row in rows("notice", count):
        sheet.append([row[title] for title in NOTICE])
    book.save(file)
    return file


def rows(stem: str, count: int) -> Iterable[dict[str, Any]]:
    """Give the facts of so many papers."""
    return (facts(stem, number) for number in range(count))
