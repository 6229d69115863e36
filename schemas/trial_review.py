"""试用期满考核表: whether somebody on trial is fit for the post, and what follows (article 35)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, ClassVar

from doc_forms.form import (
    About,
    Count,
    Day,
    Degree,
    EthnicGroup,
    Form,
    Line,
    PersonName,
    PoliticalStatus,
    Problem,
    Schooling,
    Severity,
    Sex,
    Text,
    YearMonth,
    choice,
    computed,
    field,
    percent,
)
from doc_forms.form.periods import years_later

from ._assessment import OVERALL, SCALES, Graded, Scale
from ._case.drawing import Data, alike, candidate_of, given, grade_counts, proposed_post
from ._case.people import AnyLevel
from ._prose import paragraphs_of

if TYPE_CHECKING:
    from ._case.appointment import Term
    from ._case.appointment import TrialReview as Review
    from ._case.inspection import AssessmentTally
    from ._case.people import Candidate
    from .case import Case

FIT, UNFIT = "胜任", "不胜任"
_RESULTS = (FIT, UNFIT)
TrialResult = Annotated[str, *choice("考核结果", _RESULTS)]

_TRIAL_YEARS = 1
_BY_HAND = "\u3000\u3000\u3000年\u3000\u3000月\u3000\u3000日"
_GRADES = ("first", "second", "third", "fourth")
_SHEETS = ("issued", "returned", "spoiled")


class TrialReview(Graded, Form):
    """The form as it travels: whatever is not there yet leaves its space to be written by hand."""

    about = About(
        title="试用期满考核表",
        articles=(35,),
        file_name="试用期满考核表_{姓名}",
        gates=("35.1a", "35.2a", "35.2b"),
        dated="考核日期",
        subjects=("姓名",),
    )

    name: PersonName = field("姓名", example="林示例")
    sex: Sex = field("性别", example="女")
    born: YearMonth = field("出生年月", example="1982.04")
    ethnic_group: EthnicGroup = field("民族", example="畲族")
    political_status: PoliticalStatus = field("政治面貌", example="中共党员")
    schooling: Schooling = field("学历", example="研究生")
    degree: Degree | None = field("学位", example="教育学硕士", blank="无")
    professional_title: Line | None = field("专业技术职务", example="副教授", blank="无")
    former_post: Line | None = field("试任前职务", help="写全称", example="教务处教学运行科科长", blank="")
    former_level: AnyLevel | None = field(
        "试任前职级", help="不胜任的按试任前职级安排工作（第三十五条）", example="正科级", blank=""
    )
    post: Line = field("试任职务", help="写全称，含单位", example="计算机科学与工程学院副院长")
    start: Day = field("试用期开始日期", help="即任职时间", prints="chinese", example="2026年9月22日")
    end: Day = field("试用期满日期", help="试用期为一年", prints="chinese", example="2027年9月22日")
    summary: Text | None = field("个人总结", help="可分段；留空由本人手写", blank="", printed=False)

    scale: Scale = field(
        "测评等次", help="民主测评四档等次，印作表头", default=SCALES[1], example=SCALES[1], printed=False
    )
    assessed: Day | None = field("测评日期", prints="chinese", example="2027年9月24日", blank=_BY_HAND)
    issued: Count | None = field(
        "发出票数", help="没有统计结果的，以下各项票数都留空手写", example="43", blank="\u3000"
    )
    returned: Count | None = field("收回票数", example="43", blank="\u3000")
    spoiled: Count | None = field("作废票数", help="没有填 0", example="1", blank="\u3000")
    first: Count | None = field("一档票数", help="总体评价：优秀或好", example="30", blank="")
    second: Count | None = field("二档票数", help="称职、合格或较好", example="10", blank="")
    third: Count | None = field("三档票数", help="基本称职、基本合格或一般", example="1", blank="")
    fourth: Count | None = field("四档票数", help="不称职、不合格或差", example="0", blank="")
    abstained: Count | None = field("弃权票数", help="没有填 0", example="1", blank="")

    date: Day | None = field("考核日期", help="试用期满以后", prints="chinese", example="2027年9月28日", blank=_BY_HAND)
    reviewers: list[PersonName] = field("考核组成员", example="王秉文、吴试行", at_least=0)
    opinion: Text | None = field("考核组意见", blank="", printed=False)
    result: TrialResult | None = field("考核结果", example="胜任", blank="", printed=False)
    outcome: Line | None = field(
        "处理", help="不填的按考核结果写：正式任职，或免去试任职务、按试任前职级安排工作", blank="", printed=False
    )
    committee_opinion: Text | None = field("校党委意见", help="留空手写", blank="", printed=False)
    committee_date: Day | None = field("校党委决定日期", prints="chinese", example="2027年10月9日", blank=_BY_HAND)
    note: Text | None = field("备注", blank="")

    summary_paragraphs: ClassVar = paragraphs_of("summary", "个人总结各段")
    opinion_paragraphs: ClassVar = paragraphs_of("opinion", "考核组意见各段")
    committee_paragraphs: ClassVar = paragraphs_of("committee_opinion", "校党委意见各段")

    @computed("结果选项")
    def result_boxes(self) -> str:
        """The two results as boxes, the one found marked."""
        return "　　　".join(f"{'■' if result == self.result else '□'}{result}" for result in _RESULTS)

    @computed("处理意见")
    def consequence(self) -> str:
        """What follows from the result (article 35, paragraph 2); empty before there is one."""
        if self.outcome or self.result is None:
            return self.outcome or ""
        return "正式任职" if self.result == FIT else f"免去试任职务，按试任前职级（{self.former_level}）安排工作"

    @property
    def valid(self) -> int | None:
        """The ballots that are counted; None before they are."""
        if self.returned is None or self.spoiled is None:
            return None
        return self.returned - self.spoiled

    @computed("有效票数")
    def shown_valid(self) -> str:
        """The ballots that are counted, as the form prints them."""
        return "" if self.valid is None else str(self.valid)

    @computed("一档比率")
    def first_rate(self) -> str:
        """Share of the best grade in the valid ballots; empty before they are counted, as the others."""
        return self._rate(self.first)

    @computed("二档比率")
    def second_rate(self) -> str:
        """Share of the second grade in the valid ballots."""
        return self._rate(self.second)

    @computed("三档比率")
    def third_rate(self) -> str:
        """Share of the third grade in the valid ballots."""
        return self._rate(self.third)

    @computed("四档比率")
    def fourth_rate(self) -> str:
        """Share of the lowest grade in the valid ballots."""
        return self._rate(self.fourth)

    @computed("弃权比率")
    def abstained_rate(self) -> str:
        """Share of the abstentions in the valid ballots."""
        return self._rate(self.abstained)

    def _rate(self, votes: int | None) -> str:
        return "" if votes is None or self.valid is None else percent(votes, self.valid)

    def problems(self) -> Iterator[Problem]:
        """The trial has lasted its year, the result has its consequence, the votes add up."""
        yield from super().problems()
        yield from self._period_problems()
        yield from self._result_problems()
        yield from self._vote_problems()

    def _period_problems(self) -> Iterator[Problem]:
        due = years_later(self.start, _TRIAL_YEARS)
        if self.end < due:
            yield Problem("end", f"试用期为一年，应到 {due.chinese}期满（第三十五条），请核对")
        elif self.end > due:
            yield Problem("end", f"试用期为一年，到 {due.chinese}期满；延长的请核对依据", Severity.WARNING)
        if self.date and self.date < self.end:
            yield Problem("date", "早于试用期满日期，应在期满后考核（第三十五条），请核对")
        if self.date and self.committee_date and self.committee_date < self.date:
            yield Problem("committee_date", "早于考核日期，请核对")

    def _result_problems(self) -> Iterator[Problem]:
        if self.name in self.reviewers:
            yield Problem("reviewers", "被考核人本人不能是考核组成员")
        if self.result is None:
            if self.outcome:
                yield Problem("result", "填写了处理，也应填写考核结果")
            return
        if self.date is None:
            yield Problem("date", "填写了考核结果，也应填写考核日期")
        if self.result == UNFIT and not (self.former_level or self.outcome):
            yield Problem("former_level", "不胜任的按试任前职级安排工作（第三十五条），请填写")
        if self.outcome:
            removed, confirmed = "免" in self.outcome, "正式任职" in self.outcome
            if removed == confirmed or removed != (self.result == UNFIT):
                remedy = "正式任职" if self.result == FIT else "免去试任职务，按试任前职级安排工作"
                yield Problem("outcome", f"考核{self.result}的，应{remedy}（第三十五条），请核对")

    def _vote_problems(self) -> Iterator[Problem]:
        counts = {name: getattr(self, name) for name in (*_SHEETS, *_GRADES)}
        lacking = [name for name, count in counts.items() if count is None]
        if len(lacking) == len(counts) and self.abstained is None:
            return
        for name in lacking:
            yield Problem(name, "民主测评已有统计结果，此项不能空着，没有的填 0")
        if not lacking:
            yield from self._sum_problems(counts)

    def _sum_problems(self, counts: dict[str, int]) -> Iterator[Problem]:
        if counts["returned"] > counts["issued"]:
            yield Problem("returned", f"收回 {counts['returned']} 张，超过发出的 {counts['issued']} 张，请核对")
        if counts["spoiled"] > counts["returned"]:
            yield Problem("spoiled", f"作废 {counts['spoiled']} 张，超过收回的 {counts['returned']} 张，请核对")
            return
        total = sum(counts[name] for name in _GRADES) + (self.abstained or 0)
        if total != self.valid:
            yield Problem("first", f"四档和弃权合计 {total} 张，与有效票 {self.valid} 张不符，请核对")

    @classmethod
    def from_case(cls, case: Case) -> Iterator[Data]:
        """One form for each person appointed on trial."""
        for term in case.appointment.terms if case.appointment else []:
            if not (term.trial_start or term.trial_end or term.trial_in_notice == "是"):
                continue
            person, review = candidate_of(case, term.name), _review_of(case, term)
            own = {
                "姓名": term.name,
                "试任前职务": person.post if person else None,
                "试任前职级": _level_of(person),
                "试任职务": proposed_post(case, person) if person else None,
                "试用期开始日期": term.trial_start,
                "试用期满日期": term.trial_end,
            }
            counted = _counts(review.assessment) if review else {}
            yield {**alike(person, cls), **alike(review, cls), **counted, **given(own)}

    @classmethod
    def sources(cls, data: Data) -> dict[str, str]:
        """Where the case holds what the form prints."""
        del data
        person = ("性别", "出生年月", "民族", "政治面貌", "学历", "学位", "专业技术职务")
        return {
            "": "任职.试用期考核[]",
            **{title: f"考察对象[].{title}" for title in person},
            "姓名": "任职.任职情况[].姓名",
            "试任前职务": "考察对象[].现任职务",
            "试任前职级": "考察对象[].任职经历",
            "试任职务": "考察对象[].拟任职务",
            "试用期开始日期": "任职.任职情况[].试用期开始日期",
            "试用期满日期": "任职.任职情况[].试用期满日期",
            **{
                f"{grade}票数": "任职.试用期考核[].民主测评.各项票数"
                for grade in ("一档", "二档", "三档", "四档", "弃权")
            },
            **{
                title: f"任职.试用期考核[].民主测评.{title}"
                for title in ("测评日期", "发出票数", "收回票数", "作废票数")
            },
        }


def _review_of(case: Case, term: Term) -> Review | None:
    reviews = case.appointment.reviews if case.appointment else []
    return next((review for review in reviews if term.name and review.name == term.name), None)


def _level_of(person: Candidate | None) -> str | None:
    """The level of the post held before the trial: the last one of the career."""
    lines = [(line.start, line.level) for line in (person.career if person else []) if line.start and line.level]
    return max(lines, key=lambda line: line[0])[1] if lines else None


def _counts(tally: AssessmentTally | None) -> Data:
    """The sheets and the overall grades of the assessment; none where it was not tallied."""
    if tally is None:
        return {}
    overall = next((row for row in tally.rows if row.item == OVERALL), None)
    grades = given(grade_counts(overall)) if overall else {}
    grades.pop("测评项目", None)
    return {**alike(tally, TrialReview), **grades}
