"""The content of an inspection report as article 25 lists it: four items, each typed and checked.

`InspectionFile` stands on its own; `inspection_report` prints it, and whatever draws up the papers of
one selection can embed it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar

from doc_forms.form import Count, Day, Line, Part, Problem, Severity, Text, choice, field

from ._conclusions import DisciplineOpinion, MattersCheck, PersonnelFileAudit, PetitionCheck
from ._people import Colleague, Person
from ._prose import account_problems, paragraphs_of
from ._results import Interviews, MeetingRecommendation, OverallAssessment, TalkRecommendation

_LEADER = "组长"
_RATED_YEARS = 3
_ACCOUNTS = ("virtue", "ability", "diligence", "achievement", "integrity", "strengths", "shortcomings")
_CONCLUSIONS = ("file_audit", "matters", "discipline", "petitions")

TeamRole = Annotated[str, *choice("考察组职责", (_LEADER, "副组长", "成员"))]
AnnualGrade = Annotated[
    str,
    *choice(
        "年度考核等次",
        ("优秀", "合格", "基本合格", "不合格", "称职", "基本称职", "不称职", "未定等次"),
        {"不定等次": "未定等次", "未确定等次": "未定等次"},
    ),
]


class TeamMember(Colleague):
    """One member of the inspection team, who answers for the report (article 26)."""

    role: TeamRole = field("职责", help="组长只有一人", example="组长")


class AnnualRating(Part):
    """The grade of one year's assessment."""

    year: Count = field("年度", help="四位年份", example="2025")
    grade: AnnualGrade = field("等次", example="优秀")

    def problems(self) -> Iterator[Problem]:
        """The year is written in full."""
        if not 1950 <= self.year <= 2100:  # noqa: PLR2004 - the working lives of people now inspected
            yield Problem("year", "应为四位年份，如 2025")


class Inspected(Part):
    """The person inspected, the post proposed, and the last three annual ratings."""

    person: Person = field("考察对象")
    proposed_post: Line = field("拟任职务", help="写全称，含单位", example="示例学院教务处处长")
    ratings: list[AnnualRating] = field("近三年年度考核", help="按年度先后，最近三年", at_least=1, at_most=_RATED_YEARS)

    def problems(self) -> Iterator[Problem]:
        """The years rise; fewer than three are asked about (article 17, item 3)."""
        yield from super().problems()
        years = [rating.year for rating in self.ratings]
        if years != sorted(set(years)):
            yield Problem("ratings", "年度应由远到近、不重复，请核对")
        elif len(years) < _RATED_YEARS or years[-1] - years[0] != _RATED_YEARS - 1:
            yield Problem("ratings", "不是连续三个年度，请核对是否有缺", Severity.WARNING)


class InspectionFile(Part):
    """What article 25 asks of every inspection report, and the team that answers for it (article 26)."""

    virtue: Text = field("德", help="政治品质和道德品行；写事实，可分段", printed=False)
    ability: Text = field("能", help="履职能力和专业素养；写事实，可分段", printed=False)
    diligence: Text = field("勤", help="工作态度和作风；写事实，可分段", printed=False)
    achievement: Text = field("绩", help="任现职以来的工作实绩；写数字和事例，可分段", printed=False)
    integrity: Text = field("廉", help="廉洁自律；写事实，可分段", printed=False)
    strengths: Text = field("主要特长", printed=False)
    shortcomings: Text = field("主要缺点和不足", help="不能空，不能写“无”", printed=False)

    meeting: MeetingRecommendation = field("会议推荐")
    talks: TalkRecommendation = field("谈话调研推荐")
    assessment: OverallAssessment = field("民主测评")
    interviews: Interviews = field("考察谈话")

    file_audit: PersonnelFileAudit = field("审核干部人事档案")
    matters: MattersCheck = field("查核个人有关事项报告")
    discipline: DisciplineOpinion = field("听取纪检监察机关意见")
    petitions: PetitionCheck = field("查核信访举报")

    team: list[TeamMember] = field("考察组", help="两人以上，注明组长", at_least=2)
    written: Day = field("形成日期", help="考察材料的日期", example="2026年10月20日", prints="chinese")

    virtue_paragraphs: ClassVar = paragraphs_of("virtue", "德各段")
    ability_paragraphs: ClassVar = paragraphs_of("ability", "能各段")
    diligence_paragraphs: ClassVar = paragraphs_of("diligence", "勤各段")
    achievement_paragraphs: ClassVar = paragraphs_of("achievement", "绩各段")
    integrity_paragraphs: ClassVar = paragraphs_of("integrity", "廉各段")
    strengths_paragraphs: ClassVar = paragraphs_of("strengths", "主要特长各段")
    shortcomings_paragraphs: ClassVar = paragraphs_of("shortcomings", "主要缺点和不足各段")

    def problems(self) -> Iterator[Problem]:
        """The accounts tell something, the team has one leader, nothing is dated after the report."""
        yield from super().problems()
        yield from account_problems(self, *_ACCOUNTS)
        yield from self._team_problems()
        yield from self._date_problems()

    def _team_problems(self) -> Iterator[Problem]:
        names = [member.name for member in self.team]
        for name in sorted({name for name in names if names.count(name) > 1}):
            yield Problem("team", f"{name}重复出现，两名以上应为不同的人（第二十六条）")
        leaders = sum(member.role == _LEADER for member in self.team)
        if leaders != 1:
            found = f"现有 {leaders} 名" if leaders else "现在没有"
            yield Problem("team", f"应有一名组长，{found}，请在“职责”中注明（第二十六条）")

    def _date_problems(self) -> Iterator[Problem]:
        for name in _CONCLUSIONS:
            date = getattr(self, name).date
            if date > self.written:
                yield Problem(name, f"日期 {date.chinese} 晚于考察材料的 {self.written.chinese}，请核对")
