"""Writes docs/regulation.md: what has become of every article, drawn from the code.

python scripts/regulation_document.py
"""  # noqa: INP001 - a script, not a package

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from doc_forms.casework.articles import WEIGHTS, Entry, disposition_text, entries
from doc_forms.library import Library
from doc_forms.regulation import article_text

DOCUMENT = Path(__file__).resolve().parent.parent / "docs" / "regulation.md"

_HEAD = """# 规定逐条对照

《处科级干部选拔任用工作规定（修订）》共 55 条。每一条在程序中都有去处：由规则计算，由文书记录，
由指明的人判断，或只是定义。本页由 `python scripts/regulation_document.py` 从代码生成，请勿手改。

程度：**必须**（应当、必须、不得）不符合时拒绝；**一般应当**不符合时提醒，可说明理由后继续；**提示**只供参考。
规则的函数在 `schemas/articles/` 中，一章一个文件，按条排列。要求一栏是概括，以规定原文为准。

*Each of the 55 articles, with the rules that compute it (code, weight, demand, function), the papers that
record it, or why it is left to people. Generated from the code; do not edit.*
"""


def document() -> str:
    """Give the whole page."""
    found = entries(Library())
    lines = [_HEAD, *_counts(found)]
    for chapter, group in groupby(found, key=lambda entry: entry.article.chapter):
        lines += ["", f"## {chapter}"]
        for entry in group:
            lines += ["", *_article(entry)]
    return "\n".join([*lines, "", *_settings()]) + "\n"


def _settings() -> Iterator[str]:
    """The points that the regulation leaves open, each with its default and why."""
    yield "## 解释口径"
    yield ""
    yield "规定留有余地之处，由校党委组织部解释（第五十四条）。每一处是一项设置，写在案件旁的 `interpretation.json`，"
    yield '如 `{"副科级在编在岗年限": 3}`，或用 `--settings` 指明；在 `schemas/_interpretation.py` 中定义。'
    yield ""
    yield "| 设置 | 可填 | 默认 | 规定怎样说，为什么这样默认 |"
    yield "|---|---|---|---|"
    points = Library().module("_interpretation").Interpretation
    defaults = points().data()
    for spec in points.fields():
        allowed = "、".join(spec.note.choices) or spec.note.hint
        yield f"| {spec.title} | {allowed} | {defaults.get(spec.title, '没有')} | {_cell(spec.help)} |"


def _counts(found: tuple[Entry, ...]) -> Iterator[str]:
    rules = sum(len(entry.article.rules) for entry in found)
    ruled = sum(bool(entry.article.rules) for entry in found)
    people = sum(any(item.who for item in entry.article.dispositions) for entry in found)
    yield f"共 {rules} 项规则，涉及 {ruled} 条；{people} 条的全部或一部分由人判断。"


def _article(entry: Entry) -> Iterator[str]:
    yield f"### {article_text(entry.article.number)}"
    yield ""
    yield entry.article.gist
    if entry.article.rules:
        yield ""
        yield "| 规则 | 程度 | 要求 | 函数 |"
        yield "|---|---|---|---|"
        for rule in entry.article.rules:
            yield f"| {rule.code} | {WEIGHTS[rule.severity]} | {_cell(rule.demand)} | `{rule.name}` |"
    if entry.papers:
        yield ""
        yield f"文书：{'、'.join(f'{kind.title}（`{kind.stem}`）' for kind in entry.papers)}"
    for item in entry.article.dispositions:
        yield ""
        yield disposition_text(item)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    DOCUMENT.parent.mkdir(exist_ok=True)
    DOCUMENT.write_text(document(), "utf-8")
