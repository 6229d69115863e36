"""Writes docs/fields.md: every field of every kind, drawn from the schemas.

python scripts/fields_document.py
"""  # noqa: INP001 - a script, not a package

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from doc_forms import Office
from doc_forms.form import NO_LINE, FieldSpec, Part

DOCUMENT = Path(__file__).resolve().parent.parent / "docs" / "fields.md"
_HEAD = """# 字段一览

各种文书的字段。左栏的名字就是名册的标题、数据文件的栏目和模板的标记（`{{ 名字 }}`）；带 └ 的是列表或一组内容里的字段，
在循环里写成 `{{ 人.名字 }}`，一组内容写成 `{{ 组.名字 }}`。“计算”的由程序得出，只用在模板里，不要填写。
“只用于措辞”的，内置模板不单独印出，由程序写进别的句子或用来选择措辞。

本页由 `python scripts/fields_document.py` 从模式生成，不要手工改。
"""


def document() -> str:
    """The whole page."""
    return _HEAD + "".join(line + "\n" for line in _lines())


def _lines() -> Iterator[str]:
    for kind in Office().kinds():
        yield from ("", f"## {kind.title} `{kind.stem}`", "")
        yield from ("| 名字 | 填写 | 写法 | 不填时 |", "|---|---|---|---|")
        yield from _rows(kind.form, 0)


def _rows(part: type[Part], depth: int) -> Iterator[str]:
    for spec in part.fields():
        yield f"| {'└ ' * depth}{spec.title} | {_filling(spec)} | {_writing(spec)} | {_unfilled(spec)} |"
        if spec.part is not None:
            yield from _rows(spec.part, depth + 1)


def _filling(spec: FieldSpec) -> str:
    words = ["计算" if spec.computed else "必填" if spec.required else "选填"]
    words += {"list": ["多项"], "group": ["一组"], "value": []}[spec.shape]
    words += [] if spec.printed or spec.part else ["只用于措辞"]
    return "，".join(words)


def _writing(spec: FieldSpec) -> str:
    if spec.computed:
        return ""
    choices = "、".join(spec.note.choices) if len(spec.note.choices) <= len("一二三四五六七八") else ""
    example = f"如 {spec.example}" if spec.example and not choices else ""
    found = [spec.note.name, choices, spec.help, example]
    return "；".join(word.strip("。；").replace("\n", " ").replace("|", "／") for word in found if word)


def _unfilled(spec: FieldSpec) -> str:
    if spec.required or spec.computed or spec.part or spec.shape == "list":
        return ""
    if spec.blank == NO_LINE:
        return "整行不印"
    return f"印“{spec.blank.strip()}”" if spec.blank.strip() else "空白"


if __name__ == "__main__":
    DOCUMENT.write_text(document(), "utf-8")
