"""The selection case: everything about one selection, from the motion to the end of the trial period, entered once.

Every paper of the selection is filled from it and every article is checked over it. It may be half filled at
any time: what is absent is "not yet". Read and written as JSON keyed by the Chinese titles, see
`doc_forms.casework.case_files`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from doc_forms.form import Count, Day, Line, Part, Problem

from ._case._fact import fact, facts
from ._case.appointment import Appointment, Leaving
from ._case.competition import Competition
from ._case.decision import Consultation, Decision, PublicNotice
from ._case.inspection import Inspection, PersonInspection
from ._case.name_strokes import NameStrokes
from ._case.people import Candidate
from ._case.posts import Motion, Organs, VacantPost, Way
from ._case.recommendation import Recommendation
from ._case.rotation import LongServing
from ._name_order import NameOrder

VERSION = 2
"""The version of this schema, written into every case file."""


def _says_who_is_no_exception(data: dict[str, Any]) -> dict[str, Any]:
    """To version 2: whether a promotion is exceptional is said; until then nothing said meant that it was not."""
    people = [{"是否破格": "是" if person.get("破格提拔") else "否", **person} for person in data.get("考察对象") or []]
    return {**data, "考察对象": people}


MIGRATIONS: dict[int, Callable[[dict[str, Any]], dict[str, Any]]] = {1: _says_who_is_no_exception}
"""Version -> the function that carries the data of that version forward to the next."""


class Case(Part):
    """One selection, in the order in which a clerk works through it."""

    version: Count | None = fact("版本", "由程序填写", str(VERSION))
    name: Line | None = fact("案件名称", "", "计算机科学与工程学院副院长选任")
    way: Way | None = fact("选拔方式", "", "民主推荐")
    organs: Organs | None = fact("发文机关")
    posts: list[VacantPost] = facts("职位")
    motion: Motion | None = fact("动议")
    recommendation: Recommendation | None = fact("民主推荐")
    competition: Competition | None = fact("竞争性选拔")
    candidates: list[Candidate] = facts("考察对象")
    order: NameOrder | None = fact("排序方式", "各种名单中人员的先后；不填的按姓氏笔画", "姓氏笔画")
    own_strokes: list[NameStrokes] = facts("补充笔顺", "笔画表中没有的字；程序提示时才需要填写")
    inspection: Inspection | None = fact("考察")
    consultation: Consultation | None = fact("酝酿")
    decision: Decision | None = fact("讨论决定")
    notice: PublicNotice | None = fact("任前公示")
    appointment: Appointment | None = fact("任职")
    long_serving: list[LongServing] = facts("任职较久的干部")
    rotation_day: Day | None = fact("轮岗计算日期", "轮岗交流名单中任职年限算到这一天", "2026-12-31")
    leavings: list[Leaving] = facts("辞职免职降职")

    def problems(self) -> Iterator[Problem]:
        """No two candidates share a name: the name is what the other parts refer to."""
        yield from super().problems()
        names = [person.name for person in self.candidates if person.name]
        for name in sorted({name for name in names if names.count(name) > 1}):
            yield Problem("candidates", f"有两位“{name}”，请在姓名后加以区别（如 张伟（教务处））")

    def post_of(self, person: Candidate) -> VacantPost | None:
        """Give the vacancy that a candidate is meant for; the only one there is, where none is named."""
        found = self.vacancy_of(person)
        return found[1] if found else None

    def vacancy_of(self, person: Candidate) -> tuple[int, VacantPost] | None:
        """Give the vacancy that a candidate is meant for, with its number in the list (from 0)."""
        name = person.new_post
        if not name:
            return (0, self.posts[0]) if len(self.posts) == 1 else None
        for number, post in enumerate(self.posts):
            if post.name == name:
                return number, post
        return None

    def inspection_of(self, name: str | None) -> tuple[int, PersonInspection] | None:
        """Give what the inspection found of a person, with its number in the list."""
        return self.inspection.people_by_name.get(name) if self.inspection else None
