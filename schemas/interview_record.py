"""个别谈话记录: one interview of an inspection, typed up or to be written by hand (articles 22 and 23)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, ClassVar

from doc_forms.form import About, Day, Form, Line, PersonName, PoliticalStatus, Problem, Text, choice, computed, field

from ._case.drawing import Data, alike, candidate_of, given, proposed_post
from ._people import Colleague
from ._prose import paragraphs_of

if TYPE_CHECKING:
    from ._case.inspection import Interviewee
    from .case import Case

_OPINIONS = ("同意", "不同意", "不了解")

Opinion = Annotated[str, *choice("意见", _OPINIONS)]
Relation = Annotated[str, *choice("与考察对象关系", ("上级", "同级", "下级", "服务对象", "本人", "其他"))]


class InterviewRecord(Form):
    """What one colleague said of the person inspected, with two or more team members present.

    Whatever belongs to the interview itself may stay empty; it is then written by hand.
    """

    about = About(
        title="个别谈话记录",
        articles=(22, 23),
        file_name="个别谈话记录_{考察对象}_{谈话对象}",
        gates=(),  # the form itself asks for two talkers; one bad talk does not hold up the records of the others
        subjects=("考察对象",),
    )

    candidate: PersonName = field("考察对象", example="林示例")
    candidate_post: Line = field("现任职务", help="考察对象的现任职务，写全称", example="示例学院教务处副处长")
    proposed_post: Line = field("拟任职务", example="示例学院教务处处长")
    date: Day | None = field(
        "谈话日期",
        help="留空则打印后手填",
        example="2026年10月13日",
        blank="\u3000\u3000\u3000年\u3000\u3000月\u3000\u3000日",
        prints="chinese",
    )
    hours: Line | None = field("起止时间", help="如 9:00—9:40", example="9:00—9:40", blank="")
    place: Line | None = field("谈话地点", example="行政楼305室", blank="")
    interviewee: PersonName | None = field("谈话对象", help="被谈话人", example="陈示范", blank="")
    interviewee_post: Line | None = field(
        "谈话对象单位及职务", help="写全称", example="文学与传播学院教学副院长", blank=""
    )
    political_status: PoliticalStatus | None = field("政治面貌", help="谈话对象的", example="中共党员", blank="")
    relation: Relation | None = field("与考察对象关系", help="考察对象本人面谈时选“本人”", example="服务对象", blank="")
    interviewers: list[Colleague] = field("谈话人", help="两名以上考察组成员", at_least=2, at_most=6)
    recorder: PersonName | None = field("记录人", help="可由谈话人之一兼任", example="吴试行", blank="")
    record: Text | None = field("谈话记录", help="按原话记录，可分段；留空则打印供手写的横线", blank="", printed=False)
    opinion: Opinion | None = field("任职意见", help="对拟任职务的意见", example="同意", blank="", printed=False)

    record_paragraphs: ClassVar = paragraphs_of("record", "记录各段")

    @computed("意见选项")
    def opinion_boxes(self) -> str:
        """The three opinions as boxes, the one given marked."""
        return "　　".join(f"{'■' if opinion == self.opinion else '□'}{opinion}" for opinion in _OPINIONS)

    def problems(self) -> Iterator[Problem]:
        """Nobody interviews himself; notes that were typed say who spoke and when."""
        names = [person.name for person in self.interviewers]
        yield from (
            Problem("interviewers", f"{name}重复出现，两名以上应为不同的人（第二十二条）")
            for name in sorted({name for name in names if names.count(name) > 1})
        )
        if self.candidate in names:
            yield Problem("interviewers", "考察对象本人不能是谈话人")
        if self.interviewee in names:
            yield Problem("interviewee", "谈话对象不能同时是谈话人")
        if (self.relation == "本人") != (self.interviewee == self.candidate) and self.relation and self.interviewee:
            yield Problem("relation", "与谈话对象、考察对象的姓名对不上：只有本人面谈才填“本人”")
        if self.record:
            yield from self._unsaid()

    def _unsaid(self) -> Iterator[Problem]:
        needed = ("date", "place", "interviewee", "interviewee_post", "recorder")
        yield from (Problem(name, "已录入谈话记录，此项不能空着") for name in needed if getattr(self, name) is None)

    @classmethod
    def from_case(cls, case: Case) -> Iterator[Data]:
        """One record for each talk of the inspection."""
        for talk in case.inspection.interviews if case.inspection else []:
            person = candidate_of(case, talk.about)
            own = {
                "考察对象": talk.about,
                "现任职务": person.post if person else None,
                "拟任职务": proposed_post(case, person) if person else None,
                "谈话对象": talk.name,
                "谈话对象单位及职务": talk.post,
                "政治面貌": talk.political_status,
                "谈话人": _talkers(case, talk),
                "谈话记录": talk.content,
                "任职意见": talk.agrees,
            }
            yield {**alike(talk, cls), **given(own)}

    @classmethod
    def sources(cls, data: Data) -> dict[str, str]:
        """Where the case holds what the paper prints."""
        del data
        talks = {"": "考察.个别谈话[]", "考察对象": "考察.个别谈话[].考察对象姓名"}
        return {**talks, "现任职务": "考察对象[].现任职务", "拟任职务": "考察对象[].拟任职务", "谈话人": "考察.考察组"}


def _talkers(case: Case, talk: Interviewee) -> list[Data]:
    """Those who held the talk, with their posts as they stand in the inspection team."""
    team = {member.name: member.post for member in (case.inspection.team if case.inspection else [])}
    return [given({"姓名": name, "单位及职务": team.get(name)}) for name in talk.talkers]
