"""Chapter 10: removal, resignation and demotion (articles 45-47)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple, TypeVar

from doc_forms.form import PartialDate, Severity
from doc_forms.form.periods import reached, years_later
from doc_forms.form.reading import Path
from doc_forms.regulation import Verdict, article, broken, doubtful, left_to_people, met, need

from .._case.appointment import Leaving
from .._interpretation import Office
from ..case import Case
from ._career import judged
from ._decided import ascending, dated
from ._subjects import LADDER, compare

T = TypeVar("T")

GISTS = {
    45: "八种情形一般应当免去现职：到龄、追责、不适宜、违纪违法、辞职或调出、离职学习超过一年、因病一年以上、其他需要",
    46: "自愿辞职经申请、单位同意、党委决定；责令而拒不辞的免职；引咎等辞职的一年内不任相当职务，降职的两年内不提升",
    47: "年度考核不称职或不适宜现职务层次的，降职使用，待遇按新职务",
}

DISPOSITIONS = (
    left_to_people(
        45, "校党委", "追责、不适宜、违纪违法和工作需要（第二、三、四、八项）由校党委认定，程序只计算日期和期限"
    ),
    left_to_people(46, "校党委", "应否引咎辞职、责令辞职，擅自离职如何处分，由校党委认定，程序核对手续次序和影响期"),
    left_to_people(47, "校党委", "工作能力是否较弱、是否不适宜现职务层次，由校党委认定；待遇按新任职务另行办理"),
)

_AWAY_YEARS = 1
_NOT_APPROVED = ("不同意", "暂缓")


class Numbering(NamedTuple):
    """Somebody who leaves a post, with the number in the list (from 0)."""

    number: int
    facts: Leaving

    def path(self, *steps: str | int) -> Path:
        """Give the way to a field of this record."""
        return ("辞职免职降职", self.number, *steps)

    def need(self, value: T | None, *steps: str | int) -> T:
        """Give a fact of this record, or stop the rule with "cannot be told yet"."""
        return need(value, *self.path(*steps))


def leavings(case: Case) -> Iterator[tuple[str, Numbering]]:
    """Give everybody who leaves a post, for `over=`."""
    for number, item in enumerate(case.leavings):
        yield item.name or f"第 {number + 1} 项", Numbering(number, item)


def _leaving(**changes: Any) -> dict[str, Any]:
    """Change the example's one record of leaving, for specimens."""
    return {f"辞职免职降职[0].{title}": value for title, value in changes.items()}


def _removed(leaving: Numbering) -> PartialDate:
    """Give the day of the removal, or of the committee's decision where it names no other."""
    return leaving.need(leaving.facts.removed or leaving.facts.decided, "免职日期")


@article(
    45,
    "1",
    Severity.WARNING,
    "因到龄免职的，应已达到任职或退休年龄界限",
    lawful=_leaving(免职情形="达到任职或退休年龄界限", 到龄日期="2026-06-29"),
    unlawful=_leaving(免职情形="达到任职或退休年龄界限", 到龄日期="2026-06-30"),
    over=leavings,
)
def age_limit_is_reached(_case: Case, subject: Numbering, _office: Office) -> Verdict | None:
    """Art. 45 (1): the age limit is reached on the day of the removal; which limit applies is typed as a date.

    A removal is for one of the article's eight cases: which one is asked here, for all of them.
    """
    if subject.facts.kind == "免职":
        subject.need(subject.facts.reason, "免职情形")
    if subject.facts.reason != "达到任职或退休年龄界限":
        return None
    limit, removed = subject.need(subject.facts.age_limit, "到龄日期"), _removed(subject)
    facts = f"到龄 {limit.chinese}，免职 {removed.chinese}"
    if compare(limit, removed) <= 0:
        return met(facts)
    return broken(facts, "到龄后再免职，或核对免职情形", *subject.path("到龄日期"))


@article(
    45,
    "5",
    Severity.WARNING,
    "辞职或者调出的，应在党委决定后免去现职",
    lawful=_leaving(免职日期="2026-06-29"),
    unlawful=_leaving(免职日期="2026-06-28"),
    over=leavings,
)
def leaver_is_removed_after_the_decision(_case: Case, subject: Numbering, _office: Office) -> Verdict | None:
    """Art. 45 (5): who resigns or leaves is removed, on the day of the committee's decision or later."""
    if subject.facts.reason != "辞职或调出":
        return None
    steps = [
        dated("党委决定", subject.facts.decided, *subject.path("党委决定日期")),
        dated("免职", subject.facts.removed, *subject.path("免职日期")),
    ]
    return ascending(steps, "免职不早于党委决定")


@article(
    45,
    "6",
    Severity.WARNING,
    "非组织选派、个人申请离职学习免职的，学习期限应超过一年",
    lawful=_leaving(免职情形="非组织选派离职学习超过一年", 离岗起始日期="2026-09-01", 离岗截止日期="2027-09-02"),
    unlawful=_leaving(免职情形="非组织选派离职学习超过一年", 离岗起始日期="2026-09-01", 离岗截止日期="2027-09-01"),
    over=leavings,
)
def study_exceeds_one_year(_case: Case, subject: Numbering, _office: Office) -> Verdict | None:
    """Art. 45 (6): more than one year, by the planned end of the study; one year exactly does not exceed it."""
    if subject.facts.reason != "非组织选派离职学习超过一年":
        return None
    start = subject.need(subject.facts.away_since, "离岗起始日期")
    end = subject.need(subject.facts.away_until, "离岗截止日期")
    facts, at = f"离职学习 {start.chinese}至 {end.chinese}", subject.path("离岗截止日期")
    order = compare(years_later(start, _AWAY_YEARS), end)
    if order < 0:
        return met(facts)
    if order == 0 and not (start.day and end.day):
        return doubtful(f"{facts}，日期未填到日", "把离职学习的日期填写到日", *at)
    return broken(facts, "学习期限没有超过一年，核对免职情形", *at)


@article(
    45,
    "7",
    Severity.WARNING,
    "因健康原因免职的，应无法正常履职一年以上",
    lawful=_leaving(免职情形="因健康原因无法履职一年以上", 离岗起始日期="2025-06-29"),
    unlawful=_leaving(免职情形="因健康原因无法履职一年以上", 离岗起始日期="2025-06-30"),
    over=leavings,
)
def illness_lasts_one_year(_case: Case, subject: Numbering, office: Office) -> Verdict | None:
    """Art. 45 (7): one year or more, until the return or else until the removal."""
    if subject.facts.reason != "因健康原因无法履职一年以上":
        return None
    start = subject.need(subject.facts.away_since, "离岗起始日期")
    end = subject.facts.away_until or _removed(subject)
    facts = f"因健康原因离岗 {start.chinese}至 {end.chinese}"
    at, remedy = subject.path("离岗起始日期"), "不满一年，核对免职情形"
    return judged(reached(start, end, _AWAY_YEARS), facts, remedy, at, decided=True, office=office)


@article(
    46,
    "1a",
    Severity.ERROR,
    "自愿辞职应先由本人书面申请，经所在单位同意，再报校党委决定",
    lawful=_leaving(书面申请日期="2026-06-15", 所在单位同意日期="2026-06-15"),
    unlawful=_leaving(书面申请日期="2026-06-16", 所在单位同意日期="2026-06-15"),
    over=leavings,
)
def resignation_takes_its_steps(_case: Case, subject: Numbering, _office: Office) -> Verdict | None:
    """Art. 46, paragraph 3: application, the unit's consent, the committee's decision; two may share a day."""
    leaving = subject.facts
    if subject.need(leaving.kind, "类型") != "自愿辞职":
        return None
    steps = [
        dated("书面申请", leaving.applied, *subject.path("书面申请日期")),
        dated("所在单位同意", leaving.unit_consent, *subject.path("所在单位同意日期")),
        dated("党委决定", leaving.decided, *subject.path("党委决定日期")),
    ]
    return ascending(steps, "应依次申请、单位同意、党委决定")


@article(
    46,
    "1b",
    Severity.ERROR,
    "自愿辞职未经批准不得擅离职守",
    lawful=_leaving(最后在岗日期="2026-06-29"),
    unlawful=_leaving(最后在岗日期="2026-06-28"),
    over=leavings,
)
def nobody_leaves_before_the_decision(_case: Case, subject: Numbering, _office: Office) -> Verdict | None:
    """Art. 46, paragraph 3: the last working day is the day of the decision or later.

    Who was not let go, or not yet, has no last working day and is not removed.
    """
    leaving = subject.facts
    if subject.need(leaving.kind, "类型") != "自愿辞职":
        return None
    if leaving.decision in _NOT_APPROVED:
        return _stays(subject)
    steps = [
        dated("党委决定", leaving.decided, *subject.path("党委决定日期")),
        dated("最后在岗", leaving.last_day, *subject.path("最后在岗日期")),
    ]
    return ascending(steps, "批准之前应坚守岗位")


def _stays(leaving: Numbering) -> Verdict:
    """Say whether somebody whose resignation was not approved is still in the post."""
    said = f"校党委{leaving.facts.decision}辞职"
    for title, what, day in (
        ("最后在岗日期", "最后在岗", leaving.facts.last_day),
        ("免职日期", "免职", leaving.facts.removed),
    ):
        if day:
            remedy = "没有批准的应继续履职，擅自离职的给予纪律处分；后来批准的，改填批准的决定"
            return broken(f"{said}，却填了{what} {day.chinese}", remedy, *leaving.path(title))
    return met(f"{said}，没有离岗")


@article(
    46,
    "1c",
    Severity.ERROR,
    "引咎辞职应由本人主动提出，再由校党委决定",
    lawful=_leaving(类型="引咎辞职", 书面申请日期="2026-06-29"),
    unlawful=_leaving(类型="引咎辞职", 书面申请日期="2026-06-30"),
    over=leavings,
)
def the_one_to_blame_offers_to_resign(_case: Case, subject: Numbering, _office: Office) -> Verdict | None:
    """Art. 46, paragraph 4: by the person's own initiative, so the offer is dated, and not after the decision."""
    leaving = subject.facts
    if subject.need(leaving.kind, "类型") != "引咎辞职":
        return None
    steps = [
        dated("本人提出", leaving.applied, *subject.path("书面申请日期")),
        dated("党委决定", leaving.decided, *subject.path("党委决定日期")),
    ]
    return ascending(steps, "应由本人先提出")


@article(
    46,
    "3",
    Severity.ERROR,
    "责令辞职拒不辞职的，应免去现职",
    lawful=_leaving(类型="责令辞职", 责令通知日期="2026-06-29", 拒不辞职="是", 免职日期="2026-06-29"),
    unlawful=_leaving(类型="责令辞职", 责令通知日期="2026-06-30", 拒不辞职="是", 免职日期="2026-06-29"),
    over=leavings,
)
def refusal_ends_in_removal(_case: Case, subject: Numbering, _office: Office) -> Verdict | None:
    """Art. 46, paragraph 5: the removal of somebody who refuses is dated, and not before the order."""
    leaving = subject.facts
    if subject.need(leaving.kind, "类型") != "责令辞职":
        return None
    if subject.need(leaving.refused, "拒不辞职") == "否":
        return met("已按责令辞职")
    steps = [
        dated("责令通知", leaving.ordered, *subject.path("责令通知日期")),
        dated("免职", leaving.removed, *subject.path("免职日期")),
    ]
    return ascending(steps, "责令在先，拒不辞职的再免职")


@article(
    47,
    "1",
    Severity.ERROR,
    "年度考核不称职的，应降职使用",
    lawful=_leaving(类型="降职", 年度考核不称职="是", 降职后层次="正科级"),
    unlawful=_leaving(年度考核不称职="是"),
    over=leavings,
)
def unfit_rating_ends_in_demotion(_case: Case, subject: Numbering, _office: Office) -> Verdict | None:
    """Art. 47: somebody rated unfit in the annual review is demoted; a removal may have other grounds."""
    kind = subject.need(subject.facts.kind, "类型")
    if subject.need(subject.facts.rated_unfit, "年度考核不称职") == "否":
        return None
    if kind == "降职":
        return met("年度考核不称职，降职使用")
    say = doubtful if kind == "免职" else broken
    return say(f"年度考核不称职，办理的是{kind}", "办理降职，或核对是否另有免职情形", *subject.path("类型"))


@article(
    47,
    "2",
    Severity.ERROR,
    "降职使用的，新任职务层次应低于原任层次",
    lawful=_leaving(类型="降职", 原任层次="副处级", 降职后层次="正科级"),
    unlawful=_leaving(类型="降职", 原任层次="副处级", 降职后层次="副处级"),
    over=leavings,
)
def demotion_lowers_the_level(_case: Case, subject: Numbering, _office: Office) -> Verdict | None:
    """Art. 47: the level after a demotion is lower on the ladder; 其他 is none of its levels and not compared."""
    leaving = subject.facts
    if subject.need(leaving.kind, "类型") != "降职":
        return None
    old, new = subject.need(leaving.level, "原任层次"), subject.need(leaving.new_level, "降职后层次")
    facts = f"原任{old}，降职后{new}"
    if old not in LADDER or new not in LADDER:
        return doubtful(f"{facts}，无从比较", "填写职务层次", *subject.path("降职后层次"))
    if LADDER.index(new) < LADDER.index(old):
        return met(facts)
    return broken(facts, f"降职后的层次应低于{old}", *subject.path("降职后层次"))
