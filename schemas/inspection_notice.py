"""考察预告: tells the unit who is inspected, when, by whom, and where opinions are received (article 21, item 2)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from doc_forms.form import NO_LINE, About, Day, Form, Line, Part, PersonName, Problem, computed, field

from ._case.drawing import Data, alike, given, proposed_post
from ._case.order import ORDER, order_of
from ._inspection import TeamMember
from ._name_order import NameOrdered
from ._red_head import long_signature

if TYPE_CHECKING:
    from .case import Case

SCOPE = "考察对象所在单位及有关单位"
METHODS = "个别谈话、发放征求意见表、民主测评、实地走访、查阅干部人事档案和工作资料、同考察对象面谈"
"""The ways of article 21, item 3."""
_LEADER = "组长"


class Inspected(Part):
    """One person who is inspected: name and present post, and nothing else."""

    name: PersonName = field("姓名", example="林示例")
    post: Line = field("现任职务", help="写全称，含单位", example="计算机科学与工程学院党政办公室主任")


class InspectionNotice(NameOrdered, Form):
    """The notice of one inspection."""

    about = About(
        title="考察预告",
        articles=(21,),
        file_name="考察预告_{预告日期}",
        # It follows the determination (17, 19) and the plan (21.1), comes before the first talk (21.2) and names a
        # team that may inspect (26, 44). What the inspection then does (21.3 to 21.5) cannot refuse it.
        gates=(17, 19, "21.1", "21.2", 26, "44.2"),
        dated="预告日期",
        subjects=("考察对象.姓名", "考察组.姓名"),
        published=True,
    )

    addressee: Line = field("主送机关", help="末尾不写冒号，文书会加上", example="计算机科学与工程学院，机关各部门")
    task: Line = field("考察任务", help="写职位，不写“考察”二字", example="计算机科学与工程学院副院长拟任人选")
    people: list[Inspected] = field("考察对象", at_least=1, printed=False)
    start: Day = field("考察开始日期", prints="chinese", example="2026年9月14日")
    end: Day | None = field(
        "考察结束日期", help="尚未确定的不填，印作某日起", prints="chinese", example="2026年9月16日", blank=NO_LINE
    )
    scope: Line = field("考察范围", default=SCOPE, example="计算机科学与工程学院全体教职员工")
    methods: Line = field("考察方式", help="末尾不写句号", default=METHODS)
    team: list[TeamMember] = field("考察组", help="两人以上，注明组长", at_least=2)
    contact: Line = field("考察组联系电话", example="0000-0000001")
    complaint_phone: Line = field("监督举报电话", example="0000-0000002")
    mailbox: Line | None = field("监督举报信箱", help="邮箱或信箱的位置", example="jw@example.edu.cn", blank=NO_LINE)
    signed_by: Line = field("署名", example="中共示例学院委员会组织部")
    dated: Day = field("预告日期", help="发布预告的日期", prints="chinese", example="2026年9月10日")

    signature_is_long: ClassVar = long_signature("signed_by")

    @computed("考察名单")
    def inspected(self) -> list[Inspected]:
        """The people in the order that is asked for."""
        return self.in_order(self.people, lambda person: person.name)

    def ordered_names(self) -> list[str]:
        """Give the names of the people, as they were entered."""
        return [person.name for person in self.people]

    def problems(self) -> Iterator[Problem]:
        """The notice comes before the inspection; nobody inspects himself, and the team has one leader."""
        yield from super().problems()
        if self.addressee.endswith((":", "：")):
            yield Problem("addressee", "末尾不写冒号，文书会自动加上，请删去")
        if self.dated > self.start:
            message = "晚于考察开始日期，应先发布考察预告再开展考察（第二十一条）"
            yield Problem("dated", message)
        if self.end and self.end < self.start:
            yield Problem("end", "早于考察开始日期，请核对")
        for name, times in Counter(self.ordered_names()).items():
            if times > 1:
                yield Problem("people", f"{name} 出现 {times} 次，请核对是否重复")
        yield from self._team_problems()
        yield from self.order_problems("people")

    def _team_problems(self) -> Iterator[Problem]:
        names = [member.name for member in self.team]
        for name in sorted({name for name in names if names.count(name) > 1}):
            yield Problem("team", f"{name}重复出现，两名以上应为不同的人（第二十六条）")
        for name in sorted(set(names) & set(self.ordered_names())):
            yield Problem("team", f"{name}是考察对象，不能是考察组成员（第四十四条）")
        leaders = sum(member.role == _LEADER for member in self.team)
        if leaders != 1:
            found = f"现有 {leaders} 名" if leaders else "现在没有"
            yield Problem("team", f"应有一名组长，{found}，请在“职责”中注明（第二十六条）")

    @classmethod
    def from_case(cls, case: Case) -> Iterator[Data]:
        """One notice of the inspection of all candidates."""
        if not case.candidates:
            return
        organs, found = case.organs, case.inspection
        posts = dict.fromkeys(filter(None, (proposed_post(case, person) for person in case.candidates)))
        own = {
            "主送机关": organs.main_recipients if organs else None,
            "署名": organs.department if organs else None,
            "考察任务": f"{'、'.join(posts)}拟任人选" if posts else None,
            "考察对象": [alike(person, Inspected) for person in case.candidates],
            "考察组": [alike(member, TeamMember) for member in found.team] if found else [],
            "预告日期": found.notice_date if found else None,
        }
        yield {**alike(found, cls), **given(own), **order_of(case)}

    @classmethod
    def sources(cls, data: Data) -> dict[str, str]:
        """Where the case holds what the notice prints."""
        del data
        return {
            **ORDER,
            "": "考察",
            "主送机关": "发文机关.主送机关",
            "署名": "发文机关.组织部全称",
            "考察任务": "职位",
            "考察对象": "考察对象",
            "预告日期": "考察.考察预告日期",
        }
