"""Which papers print what a page asks for, read off what each kind says of its sources."""

from __future__ import annotations

from collections.abc import Iterator

from doc_forms.casework.papers import CasePaper
from doc_forms.casework.topics import Topic
from doc_forms.desk.open_case import OpenCase

Titles = tuple[str, ...]


def papers_about(case: OpenCase, topic: Topic) -> list[int]:
    """Give the numbers of the papers that print facts of a page: those of its step first, then the fullest.

    A page about one person is printed by that person's papers. Where no paper prints anything of the page, the
    papers of its step are given, since they are what the clerk works towards.
    """
    asked = _asked(topic)
    names = [name for step, name in zip(topic.path, topic.names, strict=True) if isinstance(step, int)]
    checked = case.checked(topic.step)
    step = checked.number if checked else 0
    weights: dict[str, int] = {}
    found: list[tuple[tuple[bool, bool, int], int]] = []
    for number, paper in enumerate(case.papers):
        if paper.kind.stem not in weights:
            weights[paper.kind.stem] = _weight(asked, paper)
        weight = weights[paper.kind.stem]
        named = any(name in paper.subjects or name in paper.title for name in names)
        if weight and (named or not names or not paper.subjects):
            found.append(((bool(names) and not named, paper.step != step, -weight), number))
    if found:
        return [number for _, number in sorted(found)]
    return [number for number, paper in enumerate(case.papers) if paper.step == step]


def _asked(topic: Topic) -> set[Titles]:
    """The facts that a page asks for, as titles without numbers."""
    above = tuple(step for step in topic.path if isinstance(step, str))
    return {(*above, spec.title) for spec in topic.fields}


def _weight(asked: set[Titles], paper: CasePaper) -> int:
    """How many facts of a page a kind of paper prints."""
    printed = set(_printed(paper))
    return sum(any(fact[: len(one)] == one or one[: len(fact)] == fact for one in printed) for fact in asked)


def _printed(paper: CasePaper) -> Iterator[Titles]:
    """Where the facts that a paper prints stand in the case."""
    sources = paper.kind.form.sources(dict(paper.data))
    for spec in paper.kind.form.fields():
        if spec.computed:
            continue
        yield from _places((spec.title,), {key.replace("[]", ""): value for key, value in sources.items()})


def _places(path: Titles, sources: dict[str, str]) -> Iterator[Titles]:
    """The places of one field of a paper: what its sources say of it and of what it holds."""
    own = ".".join(path)
    below = [value for key, value in sources.items() if key == own or key.startswith(f"{own}.")]
    if not below:
        general = sources.get("")
        below = [f"{general}.{own}"] if general else [own]
    for value in below:
        yield tuple(title.removesuffix("[]") for title in value.split("."))
