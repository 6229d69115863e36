"""会议推荐表: printed for the recommendation meeting and filled by hand, unsigned (articles 11 to 13)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from doc_forms.form import About, Count, Day, Form, Line, Part, PersonName, Sex, Text, YearMonth, computed, field

from ._case.drawing import SOURCES, Data, alike, candidate_of, given, recommendations
from ._recommendation import Recommendation, VoterType

if TYPE_CHECKING:
    from ._case.recommendation import RollPerson
    from .case import Case


class RollEntry(Part):
    """One person of the roll that voters are given (article 12)."""

    name: PersonName = field("姓名", example="林示例")
    sex: Sex = field("性别", example="女")
    born: YearMonth = field("出生年月", example="1982.04")
    post: Line = field("现任职务", help="写全称，含单位", example="示例学院教务处副处长")


class BlankRow(Part):
    """One row to write a name in. The post stands in its first row only."""

    number: Count = field("序号")
    post: Line | None = field("职位名称", blank="")
    seats: Count = field("职数")


class RecommendationBallot(Recommendation, Form):
    """The paper that each person at the meeting fills in; as many rows a post as people are wanted."""

    about = About(
        title="会议推荐表",
        articles=(11, 12, 13),
        file_name="会议推荐表_{推荐职位}",
        gates=(),  # handed out before the meeting: what comes of the meeting cannot refuse it
    )

    conditions: Text = field("任职条件", help="公布的任职条件和资格，可分行", example="符合规定的任职条件和任职资格")
    scope: Text = field("推荐范围", help="哪些人可以被推荐", example="全校副处级以上干部和符合条件的正科级干部")
    voter_types: list[VoterType] = field(
        "填表人类别", help="印成供勾选的方框", example="校领导、中层正职、中层副职、其他", at_least=1
    )
    held: Day | None = field("推荐日期", help="不填则留空手写", example="2026年9月18日", blank="", prints="chinese")
    roll_order: Line | None = field("名册排序", help="印在干部名册标题下", example="按姓氏笔画为序", blank="")
    roll: list[RollEntry] = field("干部名册", help="给出人员时，另页印制干部名册", at_least=0)

    @computed("填写行")
    def rows(self) -> list[BlankRow]:
        """The empty rows of the table: for each post as many as people are wanted."""
        rows: list[BlankRow] = []
        for vacancy in self.vacancies:
            for place in range(vacancy.seats):
                post = None if place else vacancy.name
                rows.append(BlankRow(number=len(rows) + 1, post=post, seats=vacancy.seats))
        return rows

    @classmethod
    def from_case(cls, case: Case) -> Iterator[Data]:
        """One ballot for the division-level posts, one for the section-level posts."""
        asked = case.recommendation
        meeting = asked.meeting if asked else None
        for _, head in recommendations(case):
            roll = [_on_roll(case, entry) for entry in asked.roll] if asked else []
            own = {
                "填表人类别": meeting.groups if meeting else None,
                "推荐日期": meeting.date if meeting else None,
                "干部名册": roll,
            }
            yield {**alike(asked, cls), **head, **given(own)}

    @classmethod
    def sources(cls, data: Data) -> dict[str, str]:
        """Where the case holds what the paper prints."""
        del data
        return {
            **SOURCES,
            "填表人类别": "民主推荐.会议推荐.参会人员类别",
            "推荐日期": "民主推荐.会议推荐.会议日期",
        }


def _on_roll(case: Case, entry: RollPerson) -> Data:
    """An entry of the roll; of somebody under inspection, the facts stand with the person."""
    return {**alike(entry, RollEntry), **alike(candidate_of(case, entry.name), RollEntry)}
