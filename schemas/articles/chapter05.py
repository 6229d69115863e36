"""Chapter 5, articles 16-20: who may be a candidate for inspection, how many, and what is looked at.

Articles 21 and 22 stand in `chapter05_inspection`, 23 and 24 in `chapter05_opinions`, 25-27 in `chapter05_papers`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from doc_forms.form import PartialDate
from doc_forms.regulation import Severity, Verdict, article, broken, doubtful, left_to_people, met, need

from .._case.people import Bars, Relative, Sanction
from .._case.posts import VacantPost
from .._interpretation import Office
from ..case import Case
from ._decided import ascending
from ._inspected import determined_day, inspected, inspection_of
from ._subjects import Numbered, candidates, compare, decision_day, is_decided, step, vacancies, vacancy

GISTS = {
    16: "确定考察对象要综合比较、择优，不简单以票取人",
    17: "七种情形之一的，不得列为考察对象",
    18: "考察对象由校党委会研究确定，一般多于拟任人数，意见集中的可以等额",
    19: "确定为考察对象的，由组织部严格考察",
    20: "全面考察德能勤绩廉，按单位性质突出实绩重点",
}

DISPOSITIONS = (
    left_to_people(16, "校党委、组织部", "谁更合适由党委综合比较；程序不按票数排定或选出考察对象，只提示确认"),
    left_to_people(
        17, "校党委、组织部", "政治表现、群众公认度、非组织行为和其他原因由人认定并填写，程序只按认定结果把关"
    ),
    left_to_people(20, "考察组", "德能勤绩廉的实际表现由考察组了解并写实，程序只核对是否各方面都有反映"),
)

_BARS = "不得列为考察对象的情形"
_POOR_GRADES = ("基本合格", "不合格", "基本称职", "不称职")
_NO_GRADE = "未定等次"
_RATED_YEARS = 3
_SPOUSES = ("丈夫", "妻子", "配偶", "爱人", "夫", "妻")
_CHILD = re.compile(r"(?:[长次幼大小二三四五独养继]|独生|非婚生)?(?:子|女|儿子|女儿)|子女|孩子")
_DECEASED = re.compile("已故|去世|病故|亡故|逝世")
_SANCTIONS = ("诫勉", "组织处理", "党纪处分", "政务处分")
"""Article 17 (6); resignations under blame, removals and demotions have their own periods (article 46)."""
_ASPECTS = {"德": "德|政治", "能": "能|组织领导", "勤": "勤|作风", "绩": "绩", "廉": "廉"}
"""What article 20 has looked at, and the words by which an assessment sheet may call it."""
_OFFICE_FOCUS = "政策|落实|执行|服务|环境|公平|正义|保障|管理"
_FOCUS = {
    "教学科研教辅机构": f"改革|内涵|质量|应用|教学|科研|教研|实验|课程|学科|专业|学生|人才|{_OFFICE_FOCUS}",
    "校直机关部处": _OFFICE_FOCUS,
}
"""Article 20, paragraph 3. It counts teaching-support units with the administration; the kinds of unit that the
case knows (article 23) count them with the teaching units, for which therefore either focus will do."""


@article(
    16,
    "",
    Severity.NOTE,
    "综合比较择优确定考察对象，不简单以票取人",
    lawful={"考察.综合比较择优": "是"},
    unlawful={"考察.综合比较择优": "否"},
)
def is_chosen_by_comparison(case: Case, _office: Office) -> Verdict:
    """Somebody confirms that candidates were compared as a whole; the votes are never ranked here (article 16)."""
    if need(inspection_of(case).considered, "考察", "综合比较择优") == "是":
        return met("已确认综合比较择优")
    return broken("没有综合比较", "结合平时考核、年度考核、一贯表现和人岗相适综合比较后再确定", "考察", "综合比较择优")


def _stated_bar(subject: Numbered, name: str, title: str) -> Verdict:
    bars: Bars = subject.need(subject.person.bars, _BARS)
    if subject.need(getattr(bars, name), _BARS, title) == "否":
        return met(f"没有“{title}”的情形")
    return broken(f"有“{title}”的情形", "不得列为考察对象", *subject.path(_BARS, title))


@article(
    17,
    "1",
    Severity.ERROR,
    "违反政治纪律和政治规矩的，不得列为考察对象",
    over=candidates,
    lawful={f"考察对象[0].{_BARS}.违反政治纪律和政治规矩": "否"},
    unlawful={f"考察对象[0].{_BARS}.违反政治纪律和政治规矩": "是"},
)
def keeps_political_discipline(_case: Case, subject: Numbered, _office: Office) -> Verdict:
    """Nobody found to have broken political discipline is a candidate (article 17, item 1)."""
    return _stated_bar(subject, "political", "违反政治纪律和政治规矩")


@article(
    17,
    "2",
    Severity.ERROR,
    "群众公认度不高的，不得列为考察对象",
    over=candidates,
    lawful={f"考察对象[0].{_BARS}.群众公认度不高": "否"},
    unlawful={f"考察对象[0].{_BARS}.群众公认度不高": "是"},
)
def is_accepted_by_the_staff(_case: Case, subject: Numbered, _office: Office) -> Verdict:
    """Nobody found to be little accepted is a candidate (article 17, item 2)."""
    return _stated_bar(subject, "unpopular", "群众公认度不高")


@article(
    17,
    "3",
    Severity.ERROR,
    "近三年年度考核有基本称职以下等次的，不得列为考察对象",
    over=candidates,
    lawful={"考察对象[0].年度考核[3]": {"年度": "2022", "等次": "基本合格"}},
    unlawful={"考察对象[0].年度考核[0].等次": "基本合格"},
)
def has_good_ratings(case: Case, subject: Numbered, office: Office) -> Verdict:
    """None of the three years before the candidates were determined is rated 基本称职 (基本合格) or below.

    Article 17, item 3. A year without a rating or a grade is asked about, or not, by the setting 年度考核不满三年;
    so is a poor grade of an earlier year that the three latest results reach back to.
    """
    year = determined_day(case).year
    grades = _grades(subject)
    wanted = range(year - _RATED_YEARS, year)
    facts = "、".join(f"{rated} 年{grade}" for rated, grade in grades.items() if rated < year) or "没有以前年度的考核"
    at = subject.path("年度考核")
    if any(grades.get(rated) in _POOR_GRADES for rated in wanted):
        return broken(facts, "不得列为考察对象", *at)
    latest = list(grades.items())[-_RATED_YEARS:]
    if any(grade in _POOR_GRADES and rated < year for rated, grade in latest):
        return doubtful(facts, "最近三次结果中有基本称职以下等次，请核对近三年怎样计算", *at)
    missing = [str(rated) for rated in wanted if grades.get(rated, _NO_GRADE) == _NO_GRADE]
    if missing and office.points.ratings_missing == "提请核对":
        return doubtful(f"{facts}；{'、'.join(missing)} 年没有等次", "请核对近三年的考核结果", *at)
    return met(facts)


def _grades(subject: Numbered) -> dict[int, str]:
    """Give the grade of each rated year, by year."""
    grades = {}
    for number, rating in enumerate(subject.need(subject.person.ratings, "年度考核")):
        year = subject.need(rating.year, "年度考核", number, "年度")
        grades[year.year] = subject.need(rating.grade, "年度考核", number, "等次")
    return dict(sorted(grades.items()))


@article(
    17,
    "4",
    Severity.ERROR,
    "有跑官、拉票等非组织行为的，不得列为考察对象",
    over=candidates,
    lawful={f"考察对象[0].{_BARS}.跑官拉票等非组织行为": "否"},
    unlawful={f"考察对象[0].{_BARS}.跑官拉票等非组织行为": "是"},
)
def has_not_canvassed(_case: Case, subject: Numbered, _office: Office) -> Verdict:
    """Nobody found to have canvassed is a candidate (article 17, item 4)."""
    return _stated_bar(subject, "canvassing", "跑官拉票等非组织行为")


@article(
    17,
    "5",
    Severity.ERROR,
    "配偶已移居国（境）外，或者没有配偶而子女均已移居的，不得列为考察对象",
    over=candidates,
    lawful={"考察对象[0].家庭成员及亲属[1].移居国境外": "是"},
    unlawful={"考察对象[0].家庭成员及亲属[0].移居国境外": "是"},
)
def family_has_not_emigrated(_case: Case, subject: Numbered, _office: Office) -> Verdict:
    """The spouse has not emigrated; without a spouse, not all children have (article 17, item 5).

    A spouse whose entry says that he or she has died counts as none.
    """
    family = list(enumerate(subject.need(subject.person.relatives, "家庭成员及亲属")))
    for number, relative in family:
        subject.need(relative.relation, "家庭成员及亲属", number, "称谓")
    spouses = [item for item in family if item[1].relation in _SPOUSES and not _has_died(item[1])]
    if spouses:
        number, spouse = spouses[0]
        if _emigrated(subject, number, spouse):
            return broken("配偶已移居国（境）外", "不得列为考察对象", *_emigrated_path(subject, number))
        return met("配偶没有移居国（境）外")
    children = [item for item in family if _CHILD.fullmatch(item[1].relation or "") and not _has_died(item[1])]
    if not children:
        return met("没有配偶和子女")
    if any(child.emigrated == "否" for _, child in children):
        return met("没有配偶，子女没有全部移居国（境）外")
    abroad = [number for number, child in children if _emigrated(subject, number, child)]
    return broken("没有配偶，子女均已移居国（境）外", "不得列为考察对象", *_emigrated_path(subject, abroad[0]))


def _has_died(relative: Relative) -> bool:
    return bool(_DECEASED.search(relative.post or ""))


def _emigrated_path(subject: Numbered, number: int) -> tuple[str | int, ...]:
    return subject.path("家庭成员及亲属", number, "移居国境外")


def _emigrated(subject: Numbered, number: int, relative: Relative) -> bool:
    return need(relative.emigrated, *_emigrated_path(subject, number)) == "是"


def _sanctioned(until: str) -> dict[str, object]:
    """Make a specimen: the first candidate was admonished, with a period that ends on a day."""
    sanction = {"处理种类": "诫勉", "处理日期": "2026-03-23", "影响期届满日期": until, "影响使用": "否"}
    return {"考察对象[0].受处理情况": [sanction]}


@article(
    17,
    "6",
    Severity.ERROR,
    "诫勉、组织处理或者处分的影响期未满或者影响使用的，不得列为考察对象",
    over=candidates,
    lawful=_sanctioned("2026-09-07"),
    unlawful=_sanctioned("2026-09-22"),
)
def is_under_no_sanction(case: Case, subject: Numbered, _office: Office) -> Verdict:
    """No sanction's period runs, and none still weighs (article 17, item 6).

    A period that runs on the day of the decision is a violation; one that ended between the determination of the
    candidates and the decision is asked about, and so is one whose end is not known to the day.
    """
    sanctions = enumerate(subject.person.sanctions)
    verdicts = [_sanction_verdict(case, subject, number, sanction) for number, sanction in sanctions]
    against = sorted((item for item in verdicts if item), key=lambda item: item.severity is not None)
    if against:
        return against[0]
    if verdicts:
        return met("受处理的影响期均已满，不影响使用")
    subject.need(subject.person.bars, _BARS)
    return met("没有登记受处理情况")


def _sanction_verdict(case: Case, subject: Numbered, number: int, sanction: Sanction) -> Verdict | None:
    """Say what stands against the candidate in one sanction; None where nothing does."""
    kind = subject.need(sanction.kind, "受处理情况", number, "处理种类")
    if sanction.still_weighs == "是":
        return broken(f"{kind}仍影响使用", "不得列为考察对象", *subject.path("受处理情况", number, "影响使用"))
    if kind not in _SANCTIONS:
        return None
    path = subject.path("受处理情况", number, "影响期届满日期")
    until, determined = need(sanction.until, *path), determined_day(case)
    facts = f"{kind}影响期至 {until.chinese}"
    if is_decided(case) and _runs_on(until, decision_day(case)):
        return broken(f"{facts}，党委会决定 {decision_day(case).chinese}", "影响期满前不得列为考察对象", *path)
    if compare(until, determined) >= 0:
        return doubtful(f"{facts}，确定考察对象 {determined.chinese}", "请核对列为考察对象时影响期是否已满", *path)
    return None


def _runs_on(until: PartialDate, day: PartialDate) -> bool:
    """Tell whether a period surely still runs on a day (its last day included)."""
    order = compare(until, day)
    return order > 0 or (order == 0 and bool(until.day))


@article(
    17,
    "7",
    Severity.ERROR,
    "有其他原因不宜提拔或者进一步使用的，不得列为考察对象",
    over=candidates,
    lawful={f"考察对象[0].{_BARS}.其他不宜提拔的原因": "否"},
    unlawful={f"考察对象[0].{_BARS}.其他不宜提拔的原因": "是"},
)
def nothing_else_speaks_against(_case: Case, subject: Numbered, _office: Office) -> Verdict:
    """No other reason against the person was found (article 17, item 7)."""
    return _stated_bar(subject, "other", "其他不宜提拔的原因")


class _Contest(NamedTuple):
    """One vacancy with the number of its candidates, counted once for all vacancies."""

    number: int
    post: VacantPost
    people: int
    unplaced: Numbered | None
    """The first candidate of whom it is not told for which vacancy."""


def _contests(case: Case) -> Iterator[tuple[str, _Contest]]:
    """Give every vacancy with the number of its candidates, for `over=`."""
    meant = [(subject, case.post_of(subject.person)) for _, subject in candidates(case)]
    counts = Counter(id(post) for _, post in meant)
    unplaced = next((subject for subject, post in meant if post is None), None)
    for name, (number, post) in vacancies(case):
        yield name, _Contest(number, post, counts[id(post)], unplaced)


@article(
    18,
    "",
    Severity.WARNING,
    "考察对象一般应当多于拟任职务人数",
    over=_contests,
    lawful={"职位[0].拟选人数": 1},
    unlawful={"职位[0].拟选人数": 2, "职位[0].核定职数": 4},
)
def candidates_outnumber_posts(case: Case, contest: _Contest, _office: Office) -> Verdict:
    """More people are inspected than wanted; as many will do for single promotions agreed upon (article 18)."""
    determined_day(case)
    wanted = need(contest.post.wanted, "职位", contest.number, "拟选人数")
    people = need(contest.people or None, "考察对象")
    facts = f"拟选 {wanted} 人，考察对象 {people} 人"
    if people > wanted:
        return met(facts)
    if contest.unplaced:
        contest.unplaced.need(None, "拟任职务")
    single = inspection_of(case).single
    if people == wanted and need(single, "考察", "个别提拔等额确定") == "是":
        return met(f"{facts}，个别提拔、意见集中，等额确定")
    remedy = f"确定 {wanted + 1} 名以上考察对象；个别提拔且意见集中的，可在“个别提拔等额确定”中注明"
    return broken(facts, remedy, "考察", "个别提拔等额确定")


@article(
    19,
    "",
    Severity.ERROR,
    "确定为考察对象之后，才开始考察",
    lawful={"考察.确定考察对象日期": "2026-09-14", "考察.考察开始日期": "2026-09-14"},
    unlawful={"考察.确定考察对象日期": "2026-09-15"},
)
def inspection_follows_determination(case: Case, _office: Office) -> Verdict:
    """The inspection is one of candidates already determined (article 19)."""
    inspection = inspection_of(case)
    determined = step("确定考察对象", inspection.determined, "考察", "确定考察对象日期")
    start = step("考察开始", inspection.start, "考察", "考察开始日期")
    return ascending([determined, start], "先由党委会确定考察对象，再开始考察")


@article(
    20,
    "a",
    Severity.WARNING,
    "民主测评涵盖德、能、勤、绩、廉",
    over=candidates,
    lawful={"考察.考察情况[0].民主测评.各项票数[0].测评项目": "政治品德"},
    unlawful={"考察.考察情况[0].民主测评.各项票数[2].测评项目": "其他表现"},
)
def assessment_covers_five_aspects(case: Case, subject: Numbered, _office: Office) -> Verdict:
    """The assessment has a row for each of the five aspects (article 20, paragraph 1)."""
    found = inspected(case, subject)
    tally = found.need(found.person.assessment, "民主测评")
    rows = list(enumerate(found.need(tally.rows, "民主测评", "各项票数")))
    items = [found.need(row.item, "民主测评", "各项票数", number, "测评项目") for number, row in rows]
    missing = [name for name, words in _ASPECTS.items() if not any(re.search(words, item) for item in items)]
    if missing:
        path = found.path("民主测评", "各项票数")
        return broken(f"测评项目没有{'、'.join(missing)}", "测评表应当涵盖德、能、勤、绩、廉", *path)
    return met("测评项目涵盖德、能、勤、绩、廉")


@article(
    20,
    "b",
    Severity.WARNING,
    "实绩写出本单位职责的重点",
    over=candidates,
    lawful={"考察.考察情况[0].绩": "推动专业改革，新建课程7门。"},
    unlawful={"考察.考察情况[0].绩": "任劳任怨，成绩是大家公认的。"},
)
def achievements_meet_the_focus(case: Case, subject: Numbered, _office: Office) -> Verdict:
    """The achievements speak of what the unit of the new post is for (article 20, paragraph 3).

    Recognised by words only, hence no more than a warning.
    """
    found = inspected(case, subject)
    number, post = vacancy(case, subject)
    kind = need(post.unit_kind, "职位", number, "单位类别")
    text = found.need(found.person.achievement, "绩")
    if re.search(_FOCUS[kind], text):
        return met(f"实绩反映了{kind}的工作重点")
    remedy = "教学科研单位写深化改革、内涵建设、办学质量等实绩，机关和教辅机构写执行政策、推动落实、服务师生等实绩"
    return broken(f"“绩”中没有看到{kind}的工作重点", remedy, *found.path("绩"))
