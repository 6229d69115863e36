"""The articles of the library's regulation, each with its rules, its papers, or why it is left to people."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from doc_forms.casework.checking import regulation_of
from doc_forms.errors import Fault, Severity, UsageRefused
from doc_forms.library import Kind, Library
from doc_forms.regulation import Article, Disposition, article_text

WEIGHTS = {Severity.ERROR: "必须", Severity.WARNING: "一般应当", Severity.NOTE: "提示"}
"""How much a rule weighs, in the words of the regulation."""


@dataclass(frozen=True)
class Entry:
    """One article and the papers that it asks for."""

    article: Article
    papers: tuple[Kind, ...]

    @property
    def has_place(self) -> bool:
        """Whether a rule computes the article, a paper records it, or a disposition says what becomes of it."""
        return bool(self.article.rules or self.papers or self.article.dispositions)

    def lines(self) -> Iterator[str]:
        """Give the article as a clerk reads it."""
        yield f"{article_text(self.article.number)}  {self.article.gist}"
        for rule in self.article.rules:
            yield f"  规则 {rule.code}（{WEIGHTS[rule.severity]}）{rule.demand}"
        if self.papers:
            yield f"  文书 {'、'.join(kind.title for kind in self.papers)}"
        for item in self.article.dispositions:
            yield f"  {disposition_text(item)}"

    def to_json(self) -> dict[str, Any]:
        """The same as data, for `--json`."""
        return {
            "article": self.article.number,
            "chapter": self.article.chapter,
            "gist": self.article.gist,
            "rules": [
                {"rule": rule.code, "severity": rule.severity.value, "demand": rule.demand, "function": rule.name}
                for rule in self.article.rules
            ],
            "papers": [{"stem": kind.stem, "title": kind.title} for kind in self.papers],
            "dispositions": [
                {"kind": item.kind, "who": item.who, "reason": item.reason} for item in self.article.dispositions
            ],
        }


def disposition_text(item: Disposition) -> str:
    """Say what has become of an article that no rule computes."""
    return f"由人判断（{item.who}）：{item.reason}" if item.who else f"不需判断：{item.reason}"


def entries(library: Library, number: int | None = None) -> tuple[Entry, ...]:
    """Give every article in order, or the one of that number (UsageRefused where there is none)."""
    articles = regulation_of(library).articles
    kinds = library.kinds()
    found = tuple(
        Entry(item, tuple(kind for kind in kinds if item.number in kind.articles))
        for item in articles
        if number in (None, item.number)
    )
    if not found:
        message = f"没有第 {number} 条；规定共 {len(articles)} 条"
        raise UsageRefused(Fault("article-unknown", message))
    return found
