"""A paper as the pages show it: one word for its state, what it lacks with the way there, why it cannot be made."""

from __future__ import annotations

from dataclasses import dataclass

from doc_forms.desk import DeskPaper, FileState, OpenCase, PaperState, grouped
from doc_forms.web.case import FindingView, field_link, finding_view

_SHAPES = {
    PaperState.READY: "○",
    PaperState.MISSING: "◌",
    PaperState.DOUBTED: "▲",
    PaperState.REFUSED: "✕",
}
_FILE_SHAPES = {FileState.MADE: "●", FileState.EDITED: "✎", FileState.STALE: "▲"}
_GROUPS_SHOWN = 4


@dataclass(frozen=True)
class Lack:
    """Facts of one page that a paper still lacks."""

    text: str
    link: str
    """Where they are filled in; empty where no page asks for them."""


@dataclass(frozen=True)
class PaperView:
    """One paper in the list, and above its preview."""

    key: str
    """Names it where a page asks for something to be done with it."""
    title: str
    state: str
    shape: str
    word: str
    lacks: tuple[Lack, ...]
    more: int
    """How many facts are missing beyond those that are named."""
    findings: tuple[FindingView, ...]
    """The articles that refuse it, or that ask for a reason."""
    lines: tuple[str, ...]
    """What else stands against it."""
    made: bool
    can_be_made: bool


def paper_view(case: OpenCase, item: DeskPaper) -> PaperView:
    """Give a paper as it is shown."""
    paper = item.paper
    shape, word, state = _state(item)
    groups = _lacks(case, paper.missing)
    shown = groups[:_GROUPS_SHOWN]
    weighed = paper.violated + (paper.doubts if paper.state is PaperState.DOUBTED else ())
    return PaperView(
        key=item.key,
        title=paper.title,
        state=state,
        shape=shape,
        word=word,
        lacks=tuple(lack for lack, _ in shown),
        more=sum(count for _, count in groups[_GROUPS_SHOWN:]),
        findings=tuple(finding_view(case, finding) for finding in weighed),
        lines=tuple(line for line in [paper.early, *map(str, paper.faults)] if line),
        made=item.file is not None,
        can_be_made=item.can_be_made,
    )


def _state(item: DeskPaper) -> tuple[str, str, str]:
    """What has become of the file, where there is one, else whether it can be made: shape, word and class."""
    if item.file_state is FileState.NONE:
        return _SHAPES[item.paper.state], item.paper.state.chinese, item.paper.state.value
    return _FILE_SHAPES[item.file_state], item.file_state.chinese, item.file_state.value


def _lacks(case: OpenCase, missing: tuple[str, ...]) -> list[tuple[Lack, int]]:
    """What is missing, a line for each part of the case, with how many facts it names."""
    parts: dict[str, list[str]] = {}
    for fact in missing:
        parts.setdefault(fact.rpartition(" ")[0], []).append(fact)
    found = []
    for facts in parts.values():
        place = case.page_of(facts[0])
        titles = "、".join(fact.rpartition(" ")[2] for fact in facts)
        if place:
            found.append((Lack(f"{place[0].heading}（{titles}）", field_link(case, place)), len(facts)))
        else:
            found.append((Lack(grouped(facts)[0], ""), len(facts)))
    return found
