"""The democratic assessment: whose it is, the grades chosen, and the results as numbers (articles 20, 22, 25)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Annotated

from pydantic import field_validator

from doc_forms.form import NO_LINE, Count, Line, Part, PersonName, Problem, choice, computed, field, percent

from ._votes import Sheets

ITEMS = ("德", "能", "勤", "绩", "廉", "总体评价")
"""What is graded, in the order of article 20, and the overall judgement after it."""

OVERALL = ITEMS[-1]

SCALES = ("好/较好/一般/差", "优秀/称职/基本称职/不称职", "优秀/合格/基本合格/不合格")
"""The scales of four grades that offices use, best grade first."""

Scale = Annotated[str, *choice("测评等次", SCALES, {scale.replace("/", "、"): scale for scale in SCALES})]
Item = Annotated[str, *choice("测评项目", ITEMS, {"总体": OVERALL, "总评": OVERALL, "总体评价等次": OVERALL})]


class Subject(Part):
    """The person who is inspected, and the post that the person is considered for."""

    name: PersonName = field("姓名", help="考察（测评）对象，一人一表", example="林示例")
    post: Line = field("现任职务", help="写全称，含单位", example="示例学院教务处副处长")
    proposed_post: Line | None = field(
        "拟任职务", help="不涉及任职的测评不填，表中也不列", example="示例学院教务处处长", blank=NO_LINE
    )


BY_HAND = "\u3000\u3000\u3000年\u3000\u3000月\u3000\u3000日"
"""What a date prints that is to be written by hand."""


class HandedOut(Part):
    """A sheet that is handed out and filled by hand: the kinds of people who tick theirs, and who issues it."""

    respondent_types: list[Line] = field(
        "填表人类别",
        help="印成方框供填表人勾选，每类一项；不分类统计时不填",
        example="科级干部",
        at_least=0,
        at_most=8,
    )
    organ: Line | None = field("制表单位", help="印在表的左下角", example="中共示例学院委员会组织部", blank=NO_LINE)


class Graded(Part):
    """A paper whose columns are the four grades of a stated scale."""

    scale: Scale = field(
        "测评等次", help="四档等次，印作表头；一次考察用同一种", example="优秀/称职/基本称职/不称职", printed=False
    )

    @property
    def grades(self) -> Sequence[str]:
        """The names of the four grades, best first."""
        return self.scale.split("/")

    @computed("一档")
    def first_grade(self) -> str:
        """The best grade, 好 or 优秀."""
        return self.grades[0]

    @computed("二档")
    def second_grade(self) -> str:
        """The second grade, 较好, 称职 or 合格."""
        return self.grades[1]

    @computed("三档")
    def third_grade(self) -> str:
        """The third grade, 一般, 基本称职 or 基本合格."""
        return self.grades[2]

    @computed("四档")
    def fourth_grade(self) -> str:
        """The lowest grade, 差, 不称职 or 不合格."""
        return self.grades[3]


class GradeCounts(Part):
    """How the valid ballots graded one item. An item left blank on a valid ballot is an abstention."""

    item: Item = field("测评项目", example="德")
    first: Count = field("一档票数", help="等次的第一档：好或优秀", example="36")
    second: Count = field("二档票数", help="等次的第二档：较好、称职或合格", example="5")
    third: Count = field("三档票数", help="等次的第三档：一般、基本称职或基本合格", example="1")
    fourth: Count = field("四档票数", help="等次的第四档：差、不称职或不合格", example="0")
    abstained: Count | None = field(
        "弃权票数", help="该项未填、填“不了解”或多选的有效票，没有则不填", example="", blank="0"
    )

    @property
    def total(self) -> int:
        """The ballots counted for this item; equal to the valid ballots of the assessment."""
        return self.first + self.second + self.third + self.fourth + (self.abstained or 0)

    @computed("一档比率")
    def first_rate(self) -> str:
        """Share of the first grade in the valid ballots."""
        return percent(self.first, self.total)

    @computed("二档比率")
    def second_rate(self) -> str:
        """Share of the second grade in the valid ballots."""
        return percent(self.second, self.total)

    @computed("三档比率")
    def third_rate(self) -> str:
        """Share of the third grade in the valid ballots."""
        return percent(self.third, self.total)

    @computed("四档比率")
    def fourth_rate(self) -> str:
        """Share of the fourth grade in the valid ballots."""
        return percent(self.fourth, self.total)

    @computed("弃权比率")
    def abstained_rate(self) -> str:
        """Share of the abstentions in the valid ballots."""
        return percent(self.abstained or 0, self.total)


class AssessmentResult(Sheets, Graded):
    """The results of one person's assessment: every item's counts add up to the valid ballots."""

    rows: list[GradeCounts] = field(
        "测评结果", help="德、能、勤、绩、廉和总体评价各一行，每行合计等于有效票数", at_least=1
    )
    agreed: Count | None = field("同意任职票数", help="测评表列有对拟任职务的意见时填写", example="39", blank="")
    opposed: Count | None = field("不同意任职票数", help="与同意任职票数一并填写", example="1", blank="")
    undecided: Count | None = field("任职意见弃权票数", help="未填、填“不了解”或多选的，没有则不填", blank="0")

    @field_validator("rows", mode="after")
    @classmethod
    def _in_order(cls, rows: list[GradeCounts]) -> list[GradeCounts]:
        """Put the items in the order of article 20, in whatever order they were typed."""
        return sorted(rows, key=lambda row: ITEMS.index(row.item))

    @property
    def overall(self) -> GradeCounts:
        """The counts of the overall judgement."""
        return next(row for row in self.rows if row.item == OVERALL)

    @property
    def asked_for_post(self) -> bool:
        """Whether the ballot asked for an opinion on the proposed post."""
        return self.agreed is not None

    @computed("优秀率名称")
    def excellent_name(self) -> str:
        """What the share of the best grade is called on the chosen scale."""
        return _rate_name(self.grades[0])

    @computed("称职以上率名称")
    def competent_name(self) -> str:
        """What the share of the two best grades is called on the chosen scale."""
        return _rate_name(self.grades[1], "以上")

    @computed("优秀率")
    def excellent_rate(self) -> str:
        """Share of the best grade in the overall judgement."""
        return self.overall.first_rate

    @computed("称职以上率")
    def competent_rate(self) -> str:
        """Share of the two best grades in the overall judgement."""
        return percent(self.overall.first + self.overall.second, self.overall.total)

    @computed("同意任职比率")
    def agreed_rate(self) -> str:
        """Share of those who agree to the proposed post; empty where the ballot did not ask."""
        return self._opinion_rate(self.agreed)

    @computed("不同意任职比率")
    def opposed_rate(self) -> str:
        """Share of those who do not agree to the proposed post; empty where the ballot did not ask."""
        return self._opinion_rate(self.opposed)

    @computed("任职意见弃权比率")
    def undecided_rate(self) -> str:
        """Share of abstentions on the proposed post; empty where the ballot did not ask."""
        return self._opinion_rate(self.undecided)

    def _opinion_rate(self, count: int | None) -> str:
        return percent(count or 0, self.valid) if self.asked_for_post else ""

    def problems(self) -> Iterator[Problem]:
        """Every item once, every row and the opinion on the post adding up to the valid ballots."""
        yield from super().problems()
        counted = Counter(row.item for row in self.rows)
        missing = [item for item in ITEMS if not counted[item]]
        if missing:
            yield Problem("rows", f"缺少{_quoted(missing)}的结果，请补上")
        double = [item for item in ITEMS if counted[item] > 1]
        if double:
            yield Problem("rows", f"{_quoted(double)}的结果重复，每项只能有一行")
        if self.spoiled <= self.returned:
            yield from self._sum_problems()

    def _sum_problems(self) -> Iterator[Problem]:
        for row in self.rows:
            if row.total != self.valid:
                message = f"“{row.item}”各档与弃权合计 {row.total} 票，应等于有效票 {self.valid} 张，请核对"
                yield Problem("rows", message)
        if (self.agreed is None) != (self.opposed is None):
            lacking = "agreed" if self.agreed is None else "opposed"
            yield Problem(lacking, "同意与不同意票数应一并填写，没有的填 0")
        elif self.agreed is None or self.opposed is None:
            if self.undecided is not None:
                yield Problem("undecided", "填了弃权票数，同意与不同意票数也应填写，没有的填 0")
        else:
            total = self.agreed + self.opposed + (self.undecided or 0)
            if total != self.valid:
                message = f"同意、不同意与弃权合计 {total} 票，应等于有效票 {self.valid} 张，请核对"
                yield Problem("agreed", message)


def _rate_name(grade: str, above: str = "") -> str:
    """优秀率, 称职以上率; a grade such as 好 is quoted, because 好率 is no word."""
    return f"“{grade}”{above}比率" if grade in SCALES[0].split("/") else f"{grade}{above}率"


def _quoted(items: Sequence[str]) -> str:
    return "、".join(f"“{item}”" for item in items)
