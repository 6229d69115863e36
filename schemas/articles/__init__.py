"""The regulation, article by article: one module a chapter (or a few), one function a rule, in article order."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from types import ModuleType

from doc_forms.regulation import Article, Regulation, Rule

CHAPTERS = (
    ("第一章 总则", range(1, 5)),
    ("第二章 选拔任用条件", range(5, 8)),
    ("第三章 分析研判和动议", range(8, 11)),
    ("第四章 民主推荐", range(11, 16)),
    ("第五章 考察", range(16, 28)),
    ("第六章 讨论决定", range(28, 33)),
    ("第七章 任职", range(33, 38)),
    ("第八章 公开选拔和竞争上岗", range(38, 42)),
    ("第九章 交流、回避", range(42, 45)),
    ("第十章 免职、辞职和降职", range(45, 48)),
    ("第十一章 纪律和监督", range(48, 53)),
    ("第十二章 附则", range(53, 56)),
)
"""The chapters with their articles, 1 to 55."""


ITEMISED = frozenset({2, 5, 6, 12, 13, 17, 21, 22, 23, 25, 31, 40, 42, 45, 48})
"""The articles whose text numbers its items; the others have paragraphs, and citing an item would be false."""


@cache
def regulation() -> Regulation:
    """Give all 55 articles in order, each with its gist, its rules and its dispositions."""
    return Regulation(tuple(article for number in range(1, len(CHAPTERS) + 1) for article in _chapter(number)))


def _chapter(number: int) -> Iterator[Article]:
    title, articles = CHAPTERS[number - 1]
    modules = _modules(f"chapter{number:02d}")
    gists = {key: gist for module in modules for key, gist in getattr(module, "GISTS", {}).items()}
    dispositions = [item for module in modules for item in getattr(module, "DISPOSITIONS", ())]
    rules = [value for module in modules for value in vars(module).values() if _is_own_rule(value, module)]
    for article in articles:
        yield Article(
            number=article,
            chapter=title,
            gist=gists.get(article, ""),
            rules=tuple(replace(rule, itemised=article in ITEMISED) for rule in rules if rule.article == article),
            dispositions=tuple(item for item in dispositions if item.article == article),
        )


def _modules(chapter: str) -> list[ModuleType]:
    """Give the modules of a chapter: `chapter04`, then what it was cut into (`chapter04_scope`), by name."""
    names = sorted(found.name for found in pkgutil.iter_modules(__path__))
    return [importlib.import_module(f".{name}", __name__) for name in names if name.partition("_")[0] == chapter]


def _is_own_rule(value: object, module: ModuleType) -> bool:
    """Tell whether a module defines this rule itself (an imported one is taken where it is defined)."""
    return isinstance(value, Rule) and value.function.__module__ == module.__name__
