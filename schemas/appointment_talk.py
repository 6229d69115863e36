"""任职谈话记录: what somebody decided on is told before taking office (article 36), typed up or written by hand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from doc_forms.form import About, Day, Form, Line, PersonName, Problem, Text, field

from ._case.drawing import Data, alike, candidate_of, given, proposed_post
from ._prose import paragraphs_of, says_nothing

if TYPE_CHECKING:
    from ._case.appointment import Talk
    from .case import Case

_SAID = {"merits": "肯定成绩", "shortcomings": "指出不足", "demands": "提出要求和需要注意的问题"}
"""What article 36 asks of the talk, in its own words."""


class AppointmentTalk(Form):
    """One talk with one person. Whatever is not filled leaves its space to be written by hand."""

    about = About(
        title="任职谈话记录",
        articles=(36,),
        file_name="任职谈话记录_{姓名}",
        gates=("31.3", "36.1"),
        settled=("31.3",),  # the talk is held with somebody whom the committee has decided on
        dated="谈话日期",
        subjects=("姓名",),
    )

    name: PersonName = field("姓名", help="谈话对象", example="林示例")
    post: Line = field("现任职务", help="写全称，含单位", example="示例学院教务处副处长")
    new_post: Line = field("新任职务", help="校党委会决定的职务，写全称", example="示例学院教务处处长")
    decided: Day = field("决定日期", help="校党委会研究决定的日期", prints="chinese", example="2026年9月22日")
    talker: Line | None = field("谈话人", help="校党委指定的专人，写职务和姓名", example="党委副书记 何正平", blank="")
    date: Day | None = field(
        "谈话日期",
        help="留空则打印后手填",
        example="2026年10月9日",
        blank="\u3000\u3000\u3000年\u3000\u3000月\u3000\u3000日",
        prints="chinese",
    )
    place: Line | None = field("谈话地点", example="行政楼305室", blank="")
    recorder: PersonName | None = field("记录人", example="吴试行", blank="")
    merits: Text | None = field("肯定成绩", help="可分段；留空则打印后手写，以下各项同", blank="", printed=False)
    shortcomings: Text | None = field("指出不足", help="写具体，不能写“无”", blank="", printed=False)
    demands: Text | None = field("要求和注意事项", blank="", printed=False)
    answer: Text | None = field("本人表态", blank="", printed=False)

    merit_paragraphs: ClassVar = paragraphs_of("merits", "肯定成绩各段")
    shortcoming_paragraphs: ClassVar = paragraphs_of("shortcomings", "指出不足各段")
    demand_paragraphs: ClassVar = paragraphs_of("demands", "要求和注意事项各段")
    answer_paragraphs: ClassVar = paragraphs_of("answer", "本人表态各段")

    def problems(self) -> Iterator[Problem]:
        """The talk follows the decision, is not held with oneself, and says all that article 36 asks for."""
        yield from super().problems()
        if self.date and self.date < self.decided:
            yield Problem("date", "早于校党委会决定日期，应在决定之后谈话，请核对")
        if self.talker and self.name in self.talker:
            yield Problem("talker", "谈话对象本人不能是谈话人，请填校党委指定的专人")
        if self.recorder == self.name:
            yield Problem("recorder", "谈话对象本人不能是记录人")
        if any(getattr(self, name) for name in _SAID):
            yield from self._unsaid()

    def _unsaid(self) -> Iterator[Problem]:
        """What a talk that is typed up leaves out, or only seems to say."""
        for name, demand in _SAID.items():
            text = getattr(self, name)
            if text is None:
                yield Problem(name, f"已录入谈话内容，此项不能空着（第三十六条：{demand}）")
            elif says_nothing(text):
                yield Problem(name, f"没有写出内容，请写明具体情况（第三十六条：{demand}）")
        for name in ("talker", "date"):
            if getattr(self, name) is None:
                yield Problem(name, "已录入谈话内容，此项不能空着")

    @classmethod
    def from_case(cls, case: Case) -> Iterator[Data]:
        """One record for each person whom the committee decided to appoint; none before it has voted."""
        for vote in case.decision.votes if case.decision else []:
            if vote.result != "通过":
                continue
            person = candidate_of(case, vote.name)
            own = {
                "姓名": vote.name,
                "现任职务": person.post if person else None,
                "新任职务": proposed_post(case, person) if person else None,
                "决定日期": case.decision.date if case.decision else None,
            }
            yield {**alike(_talk_with(case, vote.name), cls), **given(own)}

    @classmethod
    def sources(cls, data: Data) -> dict[str, str]:
        """Where the case holds what the record prints."""
        del data
        return {
            "": "任职.任职谈话[]",
            "姓名": "讨论决定.表决情况[].姓名",
            "现任职务": "考察对象[].现任职务",
            "新任职务": "考察对象[].拟任职务",
            "决定日期": "讨论决定.党委会日期",
        }


def _talk_with(case: Case, name: str | None) -> Talk | None:
    talks = case.appointment.talks if case.appointment else []
    return next((talk for talk in talks if name and talk.name == name), None)
