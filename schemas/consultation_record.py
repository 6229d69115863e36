"""酝酿征求意见表: whose opinion was sought before the committee meets, and who deliberated (article 28)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from doc_forms.form import (
    NO_LINE,
    About,
    Day,
    Form,
    Line,
    Part,
    PersonName,
    Problem,
    Severity,
    Text,
    YesNo,
    field,
)

from ._case.drawing import Data, alike, department, given, subject_of
from ._prose import paragraphs_of

if TYPE_CHECKING:
    from .case import Case

_BY_HAND = "\u3000\u3000\u3000年\u3000\u3000月\u3000\u3000日"
_LEADERS = ("secretary", "president", "deputy_secretary", "discipline_secretary")
"""The four whom article 28 names, by the fields that say whether they took part."""
_IN_CHARGE = "分管"


class Proposed(Part):
    """A person who is considered, and for which post."""

    name: PersonName = field("姓名", example="林示例")
    post: Line = field("现任职务", help="写全称，含单位", example="示例学院教务处副处长")
    new_post: Line = field("拟任职务", help="写全称，含单位", example="示例学院教务处处长")


class Heard(Part):
    """Somebody who is asked; what is not answered yet is written by hand."""

    post: Line = field("单位或职务", help="分管校领导，或有关单位的名称", example="分管校领导")
    name: PersonName | None = field("姓名", help="征求单位意见的不填", example="黄允之", blank="")
    opinion: Text | None = field("意见", help="留空手写", example="同意", blank="")
    date: Day | None = field("日期", help="留空手写", example="2026年9月20日", blank="", prints="dotted")


class ConsultationRecord(Form):
    """One table for a selection: the people considered, the opinions sought, the deliberation."""

    about = About(
        title="酝酿征求意见表",
        articles=(28,),
        file_name="酝酿征求意见表_{拟任人选}",
        roster=False,
        gates=(28,),
        dated="酝酿日期",
        subjects=("拟任人选.姓名",),
    )

    organ: Line | None = field("制表单位", help="印在表题之下", example="中共示例学院委员会组织部", blank=NO_LINE)
    people: list[Proposed] = field("拟任人选", at_least=1)
    heard: list[Heard] = field("征求意见", help="分管校领导和有关单位，一方一行", at_least=1)
    date: Day | None = field("酝酿日期", help="留空手写", prints="chinese", example="2026年9月21日", blank=_BY_HAND)
    secretary: YesNo | None = field(
        "党委书记参加", help="印成方框，没有填的留空手勾，以下各项同", blank="", printed=False
    )
    president: YesNo | None = field("校长参加", blank="", printed=False)
    deputy_secretary: YesNo | None = field("分管副书记参加", help="分管干部工作的副书记", blank="", printed=False)
    discipline_secretary: YesNo | None = field("纪委书记参加", blank="", printed=False)
    others: Line | None = field("其他酝酿人员", help="写职务和姓名", example="组织部部长 高树人", blank="")
    opinion: Text | None = field("酝酿意见", help="可分段；留空手写", blank="", printed=False)

    opinion_paragraphs: ClassVar = paragraphs_of("opinion", "酝酿意见各段")

    def problems(self) -> Iterator[Problem]:
        """Opinions come before the deliberation, from both sides; the four leaders take part (article 28)."""
        yield from super().problems()
        for name, count in Counter(person.name for person in self.people).items():
            if count > 1:
                yield Problem("people", f"{name}出现 {count} 次，请核对是否重复")
        yield from self._heard_problems()
        if self.opinion and self.date is None:
            yield Problem("date", "填写了酝酿意见，也应填写酝酿日期")
        for name in _LEADERS:
            if getattr(self, name) == "否":
                yield Problem(name, "第二十八条要求在这一范围内充分酝酿，请核对", Severity.WARNING)

    def _heard_problems(self) -> Iterator[Problem]:
        for item in self.heard:
            if self.date and item.date and item.date > self.date:
                message = f"{item.post} {item.date.chinese}提出意见，晚于酝酿日期；征求意见应在酝酿之前（第二十八条）"
                yield Problem("heard", message)
        in_charge = [_IN_CHARGE in item.post for item in self.heard]
        if all(in_charge) or not any(in_charge):
            lacking = "有关单位" if any(in_charge) else "分管校领导"
            message = f"没有列出{lacking}；分管校领导和有关单位的意见都应征求（第二十八条），请核对"
            yield Problem("heard", message, Severity.WARNING)

    @classmethod
    def from_case(cls, case: Case) -> Iterator[Data]:
        """One table for all who are under inspection."""
        if not case.candidates:
            return
        stage = case.consultation
        own = {
            "制表单位": department(case),
            "拟任人选": [subject_of(case, person) for person in case.candidates],
            "征求意见": [alike(item, Heard) for item in stage.opinions] if stage else [],
        }
        yield {**alike(stage, cls), **given(own)}

    @classmethod
    def sources(cls, data: Data) -> dict[str, str]:
        """Where the case holds what the table prints."""
        del data
        return {
            "": "酝酿",
            "制表单位": "发文机关.组织部全称",
            "拟任人选": "考察对象",
            "征求意见": "酝酿.征求意见情况",
        }
