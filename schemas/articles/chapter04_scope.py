"""Chapter 4, articles 13-15: who takes part in a recommendation, single promotions, personal nominations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from doc_forms.form.reading import Path
from doc_forms.regulation import Severity, Verdict, article, broken, doubtful, left_to_people, met, need

from .._case.posts import PersonalNomination
from .._case.recommendation import Recommendation
from .._interpretation import Office
from ..case import Case
from ._groups import DIVISION_MEETING, DIVISION_TALKS, SECTION_MEETING, SECTION_TALKS, Group, missing_groups
from ._inspected import ascending_at, step_or_gap
from ._recommended import MEETING, TALKS, meeting_of, recommendation_of, rounds_of, talks_of
from ._specimens import post_of
from ._subjects import case_levels, is_division, step

GISTS = {
    13: "到会一般不少于应到的80%，谈话一般不少于20人，处级和科级各有应参加的人员",
    14: "个别提拔也可以先谈话，党委会研究初步名单后再开会推荐",
    15: "个人推荐要有署名材料，经组织部审核、党委研究，才纳入民主推荐范围",
}

DISPOSITIONS = (
    left_to_people(
        13, "校党委组织部", "参加人员是否熟悉情况、范围怎样适当调整，由组织部按实际判断；程序只核对人数和类别"
    ),
    left_to_people(15, "校党委", "人选是否缺乏民意基础由党委综合判断，程序不按票数取舍"),
)

_LEAST_PEOPLE = 20
_SECTION_GROUPS = [group.name for group in SECTION_TALKS]
_A_SECTION_POST = post_of("正科级", "副科级")


@article(
    13,
    "0",
    Severity.WARNING,
    "到会人数一般不少于应到会人数的80%",
    lawful={"民主推荐.会议推荐.应到人数": 110, "民主推荐.会议推荐.实到人数": 88},
    unlawful={"民主推荐.会议推荐.应到人数": 111, "民主推荐.会议推荐.实到人数": 88},
)
def enough_people_attend(case: Case, _office: Office) -> Verdict | None:
    """Present are at least four fifths of those expected, by integers (article 13)."""
    found = recommendation_of(case)
    if found is None:
        return None
    meeting = meeting_of(found)
    expected = need(meeting.expected or None, *MEETING, "应到人数")
    present = need(meeting.present, *MEETING, "实到人数")
    facts = f"应到 {expected} 人，实到 {present} 人"
    if 5 * present >= 4 * expected:
        return met(facts)
    return broken(facts, f"应有 {-(-4 * expected // 5)} 人以上到会", *MEETING, "实到人数")


def _levels_meant(case: Case, *, division: bool) -> bool:
    """Tell whether the demands for division level (or those for section level only) apply to the case."""
    levels = case_levels(case)
    has_division = any(is_division(level) for level in levels)
    return has_division if division else not has_division and bool(levels & {"正科级", "副科级"})


def _people_talked_to(case: Case, *, division: bool) -> Verdict | None:
    found = recommendation_of(case)
    if found is None or not _levels_meant(case, division=division):
        return None
    people = need(talks_of(found).people, *TALKS, "谈话人数")
    if people >= _LEAST_PEOPLE:
        return met(f"谈话 {people} 人")
    return broken(f"谈话 {people} 人", f"一般不少于 {_LEAST_PEOPLE} 人", *TALKS, "谈话人数")


def _groups_heard(found: Recommendation, wanted: Sequence[Group], present: list[str], *path: str | int) -> Verdict:
    """Say which groups are missing; a stated reason for another range is enough (article 13, last sentence)."""
    missing = missing_groups(wanted, need(present, *path))
    if not missing:
        return met(f"{len(wanted)} 类人员都在其中")
    facts = f"没有列入{'、'.join(missing)}"
    if found.scope_adjusted:
        return met(f"{facts}，范围调整已说明：{found.scope_adjusted}")
    return broken(facts, "补上这些人员，或在“范围调整说明”中写明理由", *path)


@article(
    13,
    "1a",
    Severity.WARNING,
    "处级干部谈话调研推荐一般不少于20人",
    lawful={"民主推荐.谈话推荐.谈话人数": 20},
    unlawful={"民主推荐.谈话推荐.谈话人数": 19},
)
def twenty_people_talk_of_division_posts(case: Case, _office: Office) -> Verdict | None:
    """At least twenty people are talked to about division-level posts (article 13, item 1)."""
    return _people_talked_to(case, division=True)


@article(
    13,
    "1b",
    Severity.WARNING,
    "处级干部会议推荐由规定的六类人员参加",
    lawful={"民主推荐.会议推荐.参会人员类别": [group.name for group in DIVISION_MEETING]},
    unlawful={
        "民主推荐.会议推荐.参会人员类别": [group.name for group in DIVISION_MEETING if "民主党派" not in group.name]
    },
)
def division_meeting_has_its_groups(case: Case, _office: Office) -> Verdict | None:
    """The groups that article 13 (1) names take part in the meeting, or the adjustment is explained."""
    found = recommendation_of(case)
    if found is None or not _levels_meant(case, division=True):
        return None
    return _groups_heard(found, DIVISION_MEETING, meeting_of(found).groups, *MEETING, "参会人员类别")


@article(
    13,
    "1c",
    Severity.WARNING,
    "处级干部谈话调研推荐由校领导和全体中层正职干部参加",
    lawful={"民主推荐.谈话推荐.谈话人员类别": ["校领导", "中层正职"]},
    unlawful={"民主推荐.谈话推荐.谈话人员类别": ["近期退休的原校领导", "中层正职"]},
)
def division_talks_have_their_groups(case: Case, _office: Office) -> Verdict | None:
    """The groups that article 13 (1) names are talked to, or the adjustment is explained."""
    found = recommendation_of(case)
    if found is None or not _levels_meant(case, division=True):
        return None
    return _groups_heard(found, DIVISION_TALKS, talks_of(found).groups, *TALKS, "谈话人员类别")


@article(
    13,
    "2a",
    Severity.WARNING,
    "科级干部谈话调研推荐一般不少于20人",
    lawful=_A_SECTION_POST | {"民主推荐.谈话推荐.谈话人数": 20},
    unlawful=_A_SECTION_POST | {"民主推荐.谈话推荐.谈话人数": 19},
)
def twenty_people_talk_of_section_posts(case: Case, _office: Office) -> Verdict | None:
    """At least twenty people are talked to about section-level posts (article 13, item 2)."""
    return _people_talked_to(case, division=False)


@article(
    13,
    "2b",
    Severity.WARNING,
    "科级干部会议推荐由所在单位全体教职员工参加",
    lawful=_A_SECTION_POST | {"民主推荐.会议推荐.参会人员类别": ["学院全体教职工"]},
    unlawful=_A_SECTION_POST | {"民主推荐.会议推荐.参会人员类别": ["学院党政班子成员"]},
)
def section_meeting_has_the_whole_unit(case: Case, _office: Office) -> Verdict | None:
    """The whole staff of the unit takes part, or the adjustment is explained (article 13, item 2)."""
    found = recommendation_of(case)
    if found is None or not _levels_meant(case, division=False):
        return None
    return _groups_heard(found, SECTION_MEETING, meeting_of(found).groups, *MEETING, "参会人员类别")


@article(
    13,
    "2c",
    Severity.WARNING,
    "科级干部谈话调研推荐由规定的八类人员参加",
    lawful=_A_SECTION_POST | {"民主推荐.谈话推荐.谈话人员类别": _SECTION_GROUPS},
    unlawful=_A_SECTION_POST | {"民主推荐.谈话推荐.谈话人员类别": _SECTION_GROUPS[1:]},
)
def section_talks_have_their_groups(case: Case, _office: Office) -> Verdict | None:
    """The groups that article 13 (2) names are talked to, or the adjustment is explained."""
    found = recommendation_of(case)
    if found is None or not _levels_meant(case, division=False):
        return None
    return _groups_heard(found, SECTION_TALKS, talks_of(found).groups, *TALKS, "谈话人员类别")


@article(
    14,
    "",
    Severity.ERROR,
    "个别提拔先谈话的，谈话后由党委会研究初步名单，再进行会议推荐",
    lawful={"民主推荐.个别提拔": "是", "民主推荐.初步名单党委会日期": "2026-09-04"},
    unlawful={"民主推荐.个别提拔": "是", "民主推荐.初步名单党委会日期": "2026-09-05"},
)
def shortlist_lies_between_the_rounds(case: Case, _office: Office) -> Verdict | None:
    """Where the committee made a shortlist, it did so after the talks and before the meeting (article 14).

    The article allows a shortlist for single promotions ("也可以"): for others its use is only asked about.
    """
    found = recommendation_of(case)
    if found is None or found.shortlist_date is None:
        return None
    shortlist: Path = ("民主推荐", "初步名单党委会日期")
    if need(found.single_promotion, "民主推荐", "个别提拔") == "否":
        facts = f"不是个别提拔，党委会 {found.shortlist_date.chinese} 研究了初步名单"
        return doubtful(facts, "初步名单只用于个别提拔，请核对", *shortlist)
    talks, meeting = rounds_of(found)
    steps = [talks, step("初步名单", found.shortlist_date, *shortlist), meeting]
    return ascending_at(steps, "谈话、党委会研究初步名单、会议推荐依次进行", *shortlist)


def _nominations(case: Case) -> Iterator[tuple[str, tuple[int, PersonalNomination]]]:
    """Give every personal nomination with its number (from 0), for `over=`."""
    for number, item in enumerate(case.recommendation.nominations if case.recommendation else []):
        yield item.name or f"第 {number + 1} 项个人推荐", (number, item)


@article(
    15,
    "a",
    Severity.ERROR,
    "个人推荐干部人选必须写出署名的推荐材料",
    over=_nominations,
    lawful={"民主推荐.个人推荐[0].署名推荐材料": "是"},
    unlawful={"民主推荐.个人推荐[0].署名推荐材料": "否"},
)
def nomination_is_signed(_case: Case, subject: tuple[int, PersonalNomination], _office: Office) -> Verdict:
    """Whoever nominates somebody signs for it (article 15)."""
    number, item = subject
    path: Path = ("民主推荐", "个人推荐", number, "署名推荐材料")
    if need(item.signed_letter, *path) == "是":
        return met("有署名的推荐材料")
    return broken("没有署名的推荐材料", "请推荐人写出署名推荐材料，否则不纳入推荐范围", *path)


@article(
    15,
    "b",
    Severity.ERROR,
    "个人推荐的人选经组织部审核符合条件，才纳入民主推荐范围",
    over=_nominations,
    lawful={"民主推荐.个人推荐[0].审核日期": "2026-08-31"},
    unlawful={"民主推荐.个人推荐[0].符合条件": "否"},
)
def nominee_is_reviewed(case: Case, subject: tuple[int, PersonalNomination], _office: Office) -> Verdict:
    """Who was found not to qualify is not among the recommended (article 15)."""
    number, item = subject
    path: Path = ("民主推荐", "个人推荐", number)
    day = need(item.reviewed, *path, "审核日期")
    facts = f"组织部 {day.chinese} 审核"
    if need(item.qualified, *path, "符合条件") == "是":
        return met(f"{facts}，符合条件")
    listed = {person.name for person in case.recommendation.candidates} if case.recommendation else set()
    if need(item.name, *path, "被推荐人") not in listed:
        return met(f"{facts}，不符合条件，没有纳入推荐")
    return broken(f"{facts}，不符合条件，却在推荐人选之中", "不符合条件的不纳入民主推荐范围", *path, "符合条件")


@article(
    15,
    "c",
    Severity.ERROR,
    "个人推荐的人选审核后由党委研究，再纳入民主推荐范围",
    over=_nominations,
    lawful={"民主推荐.个人推荐[0].研究纳入日期": "2026-09-02"},
    unlawful={"民主推荐.个人推荐[0].研究纳入日期": "2026-09-03"},
)
def committee_admits_the_nominee(
    case: Case, subject: tuple[int, PersonalNomination], _office: Office
) -> Verdict | None:
    """Review, the committee's study and the first round follow one another (article 15)."""
    number, item = subject
    path: Path = ("民主推荐", "个人推荐", number)
    if item.qualified == "否":
        return None
    talks = case.recommendation.interviews if case.recommendation else None
    steps = [
        step_or_gap("组织部审核", item.reviewed, *path, "审核日期"),
        step_or_gap("党委研究纳入", item.committee_date, *path, "研究纳入日期"),
        step_or_gap("谈话推荐开始", talks.start if talks else None, *TALKS, "谈话开始日期"),
    ]
    return ascending_at(steps, "审核、党委研究在前，民主推荐在后", *path, "研究纳入日期")
