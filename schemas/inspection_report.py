"""考察材料: the written report of an inspection (articles 20 and 25), filled from an `InspectionFile`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from doc_forms.form import About, Form, Problem, computed

from ._case.drawing import GRADES, Data
from ._case.drawing_inspection_report import report_of
from ._inspection import Inspected, InspectionFile

if TYPE_CHECKING:
    from .case import Case


class InspectionReport(Form, InspectionFile, Inspected):
    """Who is inspected and for which post, and the four contents of article 25."""

    about = About(
        title="考察材料",
        articles=(20, 25),
        file_name="{材料标题}",
        roster=False,
        gates=(20, 22, 23, 24, 25, 26),  # what the report tells of
        dated="形成日期",
        subjects=("考察对象.姓名",),
    )

    @computed("材料标题")
    def heading(self) -> str:
        """The report's title: 林示例同志考察材料."""
        return f"{self.person.name}同志考察材料"

    def problems(self) -> Iterator[Problem]:
        """Nobody inspects himself; ratings are of years before the report."""
        yield from super().problems()
        if any(member.name == self.person.name for member in self.team):
            yield Problem("team", "考察对象本人不能是考察组成员")
        if self.ratings[-1].year > self.written.year:
            yield Problem("ratings", f"{self.ratings[-1].year} 年晚于考察材料的形成日期，请核对")

    @classmethod
    def from_case(cls, case: Case) -> Iterator[Data]:
        """One report for each person under inspection."""
        return (report_of(case, person) for person in case.candidates)

    @classmethod
    def sources(cls, data: Data) -> dict[str, str]:
        """Where the case holds what the report prints."""
        del data
        found = "考察.考察情况[]"
        return {
            "": found,
            "考察对象": "考察对象[]",
            "拟任职务": "考察对象[].拟任职务",
            "近三年年度考核": "考察对象[].年度考核",
            "会议推荐": "民主推荐.会议推荐",
            "会议推荐.比率分母": "民主推荐.比率分母",
            "会议推荐.得票数": "民主推荐.推荐人选[].会议得票",
            "会议推荐.位次": "民主推荐.推荐人选.会议得票",
            "谈话调研推荐": "民主推荐.谈话推荐",
            "谈话调研推荐.得票数": "民主推荐.推荐人选[].谈话得票",
            "谈话调研推荐.位次": "民主推荐.推荐人选.谈话得票",
            **{f"民主测评.总体评价.{paper}": f"{found}.民主测评.各项票数[].{own}" for paper, own in GRADES.items()},
            "民主测评.总体评价": f"{found}.民主测评.各项票数",
            "考察谈话": "考察.个别谈话",
            "考察谈话.谈话人数": "考察.个别谈话",
            "考察谈话.同意": "考察.个别谈话.是否同意任职",
            "考察谈话.不同意": "考察.个别谈话.是否同意任职",
            "考察谈话.不了解": "考察.个别谈话.是否同意任职",
            "考察组": "考察.考察组",
            "形成日期": f"{found}.考察材料日期",
        }
