"""党委会讨论任免事项表决记录: who was there, who withdrew, and how each person was voted on (articles 29-31, 44)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

from doc_forms.form import (
    About,
    Count,
    Day,
    Form,
    Line,
    Part,
    PersonName,
    Problem,
    Severity,
    YesNo,
    choice,
    computed,
    field,
)

from ._case.decision import Decided, VotingWay
from ._case.drawing import Data, alike, candidate_of, given, proposed_post
from ._interpretation import Denominator

if TYPE_CHECKING:
    from ._case.decision import Votes
    from .case import Case

YES = "是"
WITHOUT_WITHDRAWN = "不含回避成员"
Matter = Annotated[str, *choice("任免方式", ("提任", "平级调动", "连任", "兼任", "重新任职", "免职"))]


Procedure = Annotated[str, *choice("任免程序", ("民主推荐", "公开选拔", "竞争上岗", "公开招聘", "引进人才", "其他"))]


class Member(Part):
    """A member of the committee: whether there, and whether withdrawn from a vote (article 44)."""

    name: PersonName = field("姓名", example="陈立言")
    post: Line = field("职务", example="党委书记")
    present: YesNo = field("到会", example="是")
    related_to: PersonName | None = field(
        "是哪位拟任人选的亲属", help="本人或亲属被讨论的填该人选姓名；没有不填", blank="", printed=False
    )
    withdrew: YesNo | None = field("已回避", help="有回避关系的填写", blank="", printed=False)

    @computed("回避情况")
    def recusal(self) -> str:
        """From whose vote the member withdrew, and why; empty where there was no need."""
        if not self.related_to:
            return ""
        concern = "本人被讨论" if self.related_to == self.name else f"{self.related_to}的亲属"
        return f"{concern}，{'已回避' if self.present == YES else '没有到会'}"

    def problems(self) -> Iterator[Problem]:
        """Whom a vote concerns withdraws from it."""
        if self.related_to and self.present == YES and self.withdrew != YES:
            message = f"{self.name}与{self.related_to}有回避关系，讨论时必须回避（第四十四条）"
            yield Problem("withdrew", message)


class PersonVote(Part):
    """The vote on one person."""

    name: PersonName = field("姓名", example="林示例")
    matter: Matter = field("任免方式", example="提任")
    procedure: Procedure | None = field(
        "任免程序", help="人选由哪种程序产生；免职的不填", example="民主推荐", blank="", printed=False
    )
    post: Line | None = field("现任职务", example="计算机科学与工程学院党政办公室主任", blank="")
    new_post: Line | None = field("拟任职务", help="只免职的不填", example="计算机科学与工程学院副院长", blank="")
    leaves: Line | None = field("免去职务", help="同时免去的职务；没有不填", blank="")
    introduced: YesNo = field("逐个介绍情况", help="组织部负责人介绍推荐、考察和任免理由", example="是")
    explained: YesNo | None = field("说明破格情形和理由", help="破格提拔的填写", blank="", printed=False)
    agree: Count = field("同意", example="11")
    disagree: Count = field("不同意", example="0")
    postponed: Count = field("缓议", example="1")
    withdrew: Count = field("回避人数", help="没有填 0", example="0")
    result: Decided = field("决定", example="通过")

    def problems(self) -> Iterator[Problem]:
        """Posts go with the matter; a person is introduced before the vote."""
        if not (self.leaves if self.matter == "免职" else self.new_post):
            missing, title = ("leaves", "免去职务") if self.matter == "免职" else ("new_post", "拟任职务")
            yield Problem(missing, f"任免方式为“{self.matter}”的应填写{title}")
        if self.introduced != YES:
            yield Problem("introduced", "应由组织部负责人逐个介绍情况后再表决（第三十一条）")
        if self.explained is not None and self.explained != YES:
            yield Problem("explained", "破格提拔的，应当说明具体情形和理由后再表决（第三十一条）")


class CountedVote(Part):
    """One vote as it is printed, with the majority counted out."""

    name: PersonName = field("姓名")
    matter: Line = field("任免事项")
    introduced: YesNo = field("逐个介绍情况")
    agree: Count = field("同意")
    disagree: Count = field("不同意")
    postponed: Count = field("缓议")
    withdrew: Count = field("回避人数")
    majority: Line = field("计票说明")
    result: Decided = field("决定")


class DecisionRecord(Form):
    """The meeting of the committee, person by person."""

    about = About(
        title="党委会讨论任免事项表决记录",
        articles=(29, 30, 31, 44),
        file_name="党委会表决记录_{会议编号}",
        gates=(29, 30, 31, "44.1"),  # how the meeting decided; what followed (32) does not touch its record
        dated="党委会日期",
        subjects=("表决情况.姓名", "委员.姓名"),
    )

    organ: Line = field("党委全称", example="中共示例学院委员会")
    number: Line = field("会议编号", example="2026年第18次")
    held: Day = field("党委会日期", prints="chinese", example="2026年9月22日")
    place: Line | None = field("会议地点", help="不填则留空手写，以下三项同", example="行政楼第一会议室", blank="")
    chair: Line | None = field("主持人", example="陈立言", blank="")
    observers: Line | None = field("列席人员", example="党委办公室主任 严守恒", blank="")
    recorder: Line | None = field("记录人", example="吴试行", blank="")
    expected: Count = field("应到委员人数", help="全体成员数", example="13")
    present: Count = field("实到委员人数", example="12")
    members: list[Member] = field("委员", help="全体成员，没有到会的也列入", at_least=1)
    way: VotingWay = field("表决方式", example="无记名投票")
    votes: list[PersonVote] = field("表决情况", at_least=1, printed=False)
    counting: Denominator = field(
        "应到计法",
        help="第三十一条以应到会成员超过半数为准，回避成员是否计入；印在计票说明中",
        default="含回避成员",
        printed=False,
    )
    reconsidered: YesNo | None = field("复议", help="经过复议的填是", blank="", printed=False)
    reconsider_agree: Count | None = field("同意复议人数", help="经过复议的填写", blank="", printed=False)

    @computed("到会说明")
    def quorum(self) -> str:
        """Whether two thirds of the members were there (article 30)."""
        reached = "达到" if self._is_quorate() else "不足"
        return f"应到{self.expected}人，实到{self.present}人，{reached}三分之二（至少{self._quorum()}人）"

    @computed("缺席委员")
    def absent(self) -> str:
        """Who was not there; 无 where everybody was."""
        return "、".join(member.name for member in self.members if member.present != YES) or "无"

    @computed("各人表决")
    def counted(self) -> list[CountedVote]:
        """The votes with what each decides, and the majority counted out."""
        return [
            CountedVote(
                name=vote.name,
                matter=_matter(vote),
                introduced=vote.introduced,
                agree=vote.agree,
                disagree=vote.disagree,
                postponed=vote.postponed,
                withdrew=vote.withdrew,
                majority=self._majority_said(vote),
                result=vote.result,
            )
            for vote in self.votes
        ]

    @computed("复议情况")
    def reconsideration(self) -> str:
        """Who agreed to take a decision up again (article 30, paragraph 2); empty where none was."""
        if self.reconsidered != YES:
            return ""
        least = self.expected // 2 + 1
        return f"本次为复议。同意复议{self.reconsider_agree}人，成员{self.expected}人，须{least}人以上同意"

    def problems(self) -> Iterator[Problem]:
        """Two thirds are there, everybody there votes or withdraws, and only a majority of all members decides."""
        yield from super().problems()
        yield from self._attendance_problems()
        for vote in self.votes:
            yield from self._vote_problems(vote)
        names = [vote.name for vote in self.votes]
        for name in sorted({name for name in names if names.count(name) > 1}):
            yield Problem("votes", f"{name}表决了 {names.count(name)} 次，请核对", Severity.WARNING)
        if self.reconsidered == YES and 2 * (self.reconsider_agree or 0) <= self.expected:
            yield Problem("reconsider_agree", f"复议须 {self.expected // 2 + 1} 名以上成员同意（第三十条），请核对")

    def _attendance_problems(self) -> Iterator[Problem]:
        there = sum(member.present == YES for member in self.members)
        if len(self.members) != self.expected:
            yield Problem("expected", f"应到 {self.expected} 人，委员名单却有 {len(self.members)} 人，请核对")
        if there != self.present:
            yield Problem("present", f"实到 {self.present} 人，委员名单中到会的却有 {there} 人，请核对")
        if not self._is_quorate():
            message = f"应到 {self.expected} 人，至少 {self._quorum()} 人到会才能讨论决定（第三十条）"
            yield Problem("present", message)

    def _vote_problems(self, vote: PersonVote) -> Iterator[Problem]:
        total, voters = vote.agree + vote.disagree + vote.postponed, self.present - vote.withdrew
        if total != voters:
            message = f"{vote.name}：三种意见共 {total} 人，应为实到 {self.present} 人减回避 {vote.withdrew} 人"
            yield Problem("votes", f"{message}，即 {voters} 人，请核对（第三十条）")
        yield from self._recusal_problems(vote)
        if vote.result == "通过" and not self._is_carried(vote):
            least, other = self._base(vote) // 2 + 1, self.expected - vote.withdrew
            message = f"{vote.name}：同意 {vote.agree} 人，须 {least} 人以上才能通过（第三十一条），请核对"
            lenient = 2 * vote.agree > other
            hint = f"；回避成员不计入应到的，请把“应到计法”改为“{WITHOUT_WITHDRAWN}”" if lenient else ""
            yield Problem("votes", message + hint, Severity.WARNING if lenient else Severity.ERROR)
        if vote.result == "未通过" and self._is_carried(vote):
            yield Problem("votes", f"{vote.name}：同意已超过半数，决定却填“未通过”，请核对", Severity.WARNING)

    def _recusal_problems(self, vote: PersonVote) -> Iterator[Problem]:
        concerned = [one for one in self.members if vote.name in (one.related_to, one.name) and one.present == YES]
        for member in concerned:
            if member.withdrew != YES:
                yield Problem("members", f"{member.name}本人被讨论，必须回避（第四十四条），请填写回避情况")
        if len(concerned) != vote.withdrew:
            message = f"{vote.name}：回避 {vote.withdrew} 人，委员名单中与其有回避关系且到会的却有 {len(concerned)} 人"
            yield Problem("votes", f"{message}，请核对")

    def _quorum(self) -> int:
        return -(-2 * self.expected // 3)

    def _is_quorate(self) -> bool:
        return 3 * self.present >= 2 * self.expected

    def _base(self, vote: PersonVote) -> int:
        """The number of members of which more than half have to agree."""
        return self.expected - vote.withdrew if self.counting == WITHOUT_WITHDRAWN else self.expected

    def _is_carried(self, vote: PersonVote) -> bool:
        return 2 * vote.agree > self._base(vote)

    def _majority_said(self, vote: PersonVote) -> str:
        base = self._base(vote)
        members = f"应到{self.expected}人" + (f"减回避{vote.withdrew}人" if base != self.expected else "")
        reached = "超过半数" if self._is_carried(vote) else "未超过半数"
        return f"{members}，须{base // 2 + 1}人以上同意；同意{vote.agree}人，{reached}"

    @classmethod
    def from_case(cls, case: Case) -> Iterator[Data]:
        """One record of the meeting that decides the case."""
        decision = case.decision
        votes = decision.votes if decision else []
        if not (case.candidates or votes):
            return
        own = {
            "党委全称": case.organs.committee if case.organs else None,
            "表决情况": [_voted(case, vote) for vote in votes],
        }
        yield {**alike(decision, cls), **given(own)}

    @classmethod
    def sources(cls, data: Data) -> dict[str, str]:
        """Where the case holds what the record prints."""
        del data
        return {
            "": "讨论决定",
            "党委全称": "发文机关.党委全称",
            "表决情况.任免方式": "考察对象[].任职方式",
            "表决情况.任免程序": "选拔方式",
            "表决情况.现任职务": "考察对象[].现任职务",
            "表决情况.拟任职务": "考察对象[].拟任职务",
            "表决情况.免去职务": "考察对象[].免去职务",
        }


def _matter(vote: PersonVote) -> str:
    """What is decided of a person, as a table's cell has room for it."""
    first = f"由{vote.post}" if vote.post and vote.new_post else ""
    clauses = [f"{first}任{vote.new_post}"] if vote.new_post else []
    clauses += [f"免去{vote.leaves}职务"] if vote.leaves else []
    how = f"{vote.matter}，{vote.procedure}" if vote.procedure else vote.matter
    return f"（{how}）{'，'.join(clauses)}"


def _voted(case: Case, vote: Votes) -> Data:
    person = candidate_of(case, vote.name)
    own: Data = (
        {
            "任免方式": person.way,
            "任免程序": case.way,
            "现任职务": person.post,
            "拟任职务": proposed_post(case, person),
            "免去职务": person.leaves,
        }
        if person
        else {}
    )
    return {**alike(vote, PersonVote), **given(own)}
