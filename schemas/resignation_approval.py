"""辞职审批表: one cadre's resignation with the opinions in their order (article 46)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated, ClassVar

from doc_forms.form import About, Day, Form, Line, Problem, Severity, Text, YearMonth, YesNo, choice, field

from ._case.drawing import Data, alike, candidate_of, given
from ._people import Person
from ._prose import paragraphs_of

if TYPE_CHECKING:
    from .case import Case

RESIGNATIONS = ("自愿辞职", "引咎辞职", "责令辞职")
"""The three ways to resign (article 46)."""
ResignationType = Annotated[str, *choice("辞职类型", RESIGNATIONS)]
AuditNeed = Annotated[str, *choice("是否需要审计", ("需要", "不需要"))]
Decision = Annotated[str, *choice("党委决定", ("同意", "不同意", "暂缓"))]

_DATES_IN_ORDER = ("applied", "unit_date", "discipline_date", "audit_date", "organization_date", "meeting_date")
_ASKED_IN_ORDER = {"applied", "unit_date", "meeting_date"}
"""Article 46 itself asks for these in their order: application, consent of the unit, decision."""


class ResignationApproval(Person, Form):
    """The form as it travels: an opinion not yet given leaves its space to be written by hand."""

    about = About(
        title="辞职审批表", articles=(46,), file_name="辞职审批表_{姓名}", gates=("46.1a",), subjects=("姓名",)
    )

    in_post_since: YearMonth = field("任现职时间", example="2022.03")
    resigned_post: Line = field("辞去职务", help="写全称，含单位", example="计算机科学与工程学院副院长")
    resignation: ResignationType = field("辞职类型", example="自愿辞职")
    leaves_service: YesNo = field("同时辞去公职", example="否")
    reason: Text | None = field(
        "辞职原因",
        help="本人所写的原因，可分段；留空由本人手写",
        example="因身体原因，难以继续承担学院教学管理工作，本人自愿申请辞去所任领导职务，专心从事教学科研工作。",
        blank="",
        printed=False,
    )
    applied: Day | None = field("申请日期", help="书面申请的日期", prints="chinese", example="2026年8月31日", blank="")
    unit_opinion: Text | None = field("所在单位意见", help="没有的留空手写，以下各项意见同", blank="", printed=False)
    unit_date: Day | None = field("所在单位意见日期", prints="chinese", blank="")
    discipline_opinion: Text | None = field("纪委意见", blank="", printed=False)
    discipline_date: Day | None = field("纪委意见日期", prints="chinese", blank="")
    audit_need: AuditNeed | None = field("是否需要审计", help="经济责任审计", blank="", printed=False)
    audit_opinion: Text | None = field("审计意见", help="审计结论；不需要审计的不填", blank="", printed=False)
    audit_date: Day | None = field("审计意见日期", prints="chinese", blank="")
    organization_opinion: Text | None = field("组织部意见", blank="", printed=False)
    organization_date: Day | None = field("组织部意见日期", prints="chinese", blank="")
    decision: Decision | None = field("校党委决定", help="未上会的不填", blank="", printed=False)
    committee_opinion: Text | None = field("校党委意见", blank="", printed=False)
    meeting_date: Day | None = field("党委会日期", help="研究决定的会议日期", prints="chinese", blank="")
    note: Text | None = field("备注", blank="无")

    reason_paragraphs: ClassVar = paragraphs_of("reason", "辞职原因各段")
    unit_paragraphs: ClassVar = paragraphs_of("unit_opinion", "所在单位意见各段")
    discipline_paragraphs: ClassVar = paragraphs_of("discipline_opinion", "纪委意见各段")
    audit_paragraphs: ClassVar = paragraphs_of("audit_opinion", "审计意见各段")
    organization_paragraphs: ClassVar = paragraphs_of("organization_opinion", "组织部意见各段")
    committee_paragraphs: ClassVar = paragraphs_of("committee_opinion", "校党委意见各段")

    def problems(self) -> Iterator[Problem]:
        """The opinions follow one another; what is decided has its meeting and its audit."""
        yield from super().problems()
        yield from self._out_of_order()
        if self.in_post_since < self.started_work:
            yield Problem("in_post_since", "早于参加工作时间，请核对")
        if self.decision and not self.meeting_date:
            yield Problem("meeting_date", "填写了校党委决定，也应填写会议日期")
        if self.audit_need == "不需要" and self.audit_opinion:
            yield Problem("audit_need", "选了“不需要”，又填写了审计意见，请核对")
        if self.decision == "同意" and self.audit_need == "需要" and not self.audit_opinion:
            message = "需要经济责任审计，党委已同意而审计意见未填，请核对"
            yield Problem("audit_opinion", message, Severity.WARNING)

    def _out_of_order(self) -> Iterator[Problem]:
        """Dates that run backwards: refused where article 46 orders them, else shown."""
        given = [name for name in _DATES_IN_ORDER if getattr(self, name)]
        asked = [name for name in given if name in _ASKED_IN_ORDER]
        titles = {spec.name: spec.title for spec in type(self).fields()}
        refused = {
            later: earlier for earlier, later in pairwise(asked) if getattr(self, later) < getattr(self, earlier)
        }
        for later, earlier in refused.items():
            yield Problem(later, f"早于{titles[earlier]}，应先有申请和单位意见再研究决定，请核对")
        for earlier, later in pairwise(given):
            if later not in refused and getattr(self, later) < getattr(self, earlier):
                yield Problem(later, f"早于{titles[earlier]}，请核对各项意见的先后", Severity.WARNING)

    @classmethod
    def from_case(cls, case: Case) -> Iterator[Data]:
        """One form for each resignation."""
        for leaving in case.leavings:
            if leaving.kind not in (None, *RESIGNATIONS):
                continue
            own = {
                "现任职务": leaving.post,
                "辞去职务": leaving.post,
                "辞职类型": leaving.kind,
                "辞职原因": leaving.account,
                "申请日期": leaving.applied,
                "所在单位意见日期": leaving.unit_consent,
                "党委会日期": leaving.decided,
            }
            person = alike(leaving.person, cls) | alike(candidate_of(case, leaving.name), Person)
            yield {**person, **alike(leaving, cls), **given(own)}

    @classmethod
    def sources(cls, data: Data) -> dict[str, str]:
        """Where the case holds what the form prints."""
        del data
        entry = "辞职免职降职[]"
        personal = {spec.title: f"{entry}.本人情况.{spec.title}" for spec in Person.fields() if spec.title != "姓名"}
        own = {"现任职务": f"{entry}.原任职务", "辞去职务": f"{entry}.原任职务", "辞职类型": f"{entry}.类型"}
        return {"": entry, **personal, **own}
