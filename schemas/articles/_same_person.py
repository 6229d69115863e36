"""What other parts of a case tell of a candidate, against what the candidate's own facts are."""

from __future__ import annotations

from collections.abc import Iterator

from doc_forms.form import Part, PartialDate
from doc_forms.form.reading import Path

from .._case.people import Candidate
from ..case import Case

_FACTS = (
    "性别",
    "出生年月",
    "民族",
    "籍贯",
    "政治面貌",
    "入党时间",
    "参加工作时间",
    "学历",
    "学位",
    "专业技术职务",
)
"""Facts that other parts may repeat under the same title. A post may be written shorter, so it is not among them."""


def elsewhere(case: Case, person: Candidate) -> Iterator[tuple[str, Path]]:
    """Yield every fact that is told otherwise elsewhere: one phrase with both, and where the other stands."""
    if not person.name:
        return
    for where, told, path in _parts(case, person.name):
        for title in _FACTS:
            mine, other = _value(person, title), _value(told, title)
            if mine and other and mine != other:
                yield f"考察对象的{title}填 {mine}，{where}填 {other}", (*path, title)


def _parts(case: Case, name: str) -> Iterator[tuple[str, Part, Path]]:
    roll = case.recommendation.roll if case.recommendation else []
    for number, voter in enumerate(roll):
        if voter.name == name:
            yield "干部名册", voter, ("民主推荐", "干部名册", number)
    for number, entry in enumerate(case.competition.applicants if case.competition else []):
        if entry.name == name:
            yield "报名人员", entry, ("竞争性选拔", "报名人员", number)
    for number, leaving in enumerate(case.leavings):
        if leaving.name == name and leaving.person:
            yield "辞职免职降职", leaving.person, ("辞职免职降职", number, "本人情况")


def _value(part: Part, title: str) -> str:
    spec = next((spec for spec in part.fields() if spec.title == title), None)
    value = getattr(part, spec.name) if spec else None
    return value.dotted if isinstance(value, PartialDate) else str(value or "")
