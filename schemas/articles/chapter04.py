"""Chapter 4, articles 11 and 12: democratic recommendation by talks and by a meeting, and its steps.

Articles 13-15 stand in `chapter04_scope`.
"""

from __future__ import annotations

from doc_forms.form.periods import years_later
from doc_forms.form.reading import Path
from doc_forms.regulation import Severity, Verdict, article, broken, doubtful, met, need

from .._interpretation import Office
from ..case import Case
from ._decided import ascending
from ._inspected import determined_day, step_or_gap
from ._recommended import MEETING, TALKS, meeting_of, recommendation_of, rounds_of, talks_of
from ._subjects import Numbered, Step, candidates, compare, step, steps_text
from ._tally import tally_faults

GISTS = {
    11: "选拔必经民主推荐，谈话调研推荐和会议推荐都要有，结果一年内有效",
    12: "民主推荐的程序：谈话、开会并提供所需材料、汇总分析、汇报",
}

_VALID_YEARS = 1
_PACK = (
    ("posts_announced", "公布推荐职位"),
    ("conditions_announced", "公布任职条件"),
    ("scope_announced", "公布推荐范围"),
    ("roll_provided", "提供干部名册"),
    ("demands_stated", "提出有关要求"),
    ("ballots_filled", "组织填写推荐表"),
)
"""What article 12 (2) has the meeting do and hand out: names of the facts and their titles."""
_A_YEAR_AGO = {
    "动议.启动意见日期": "2025-08-24",
    "动议.分析研判日期": "2025-08-26",
    "动议.初步建议日期": "2025-08-27",
    "动议.报告主要领导日期": "2025-08-28",
    "动议.动议党委会日期": "2025-08-29",
    "动议.工作方案日期": "2025-08-30",
    "民主推荐.谈话推荐.谈话开始日期": "2025-09-01",
    "民主推荐.个人推荐": None,
}
"""Moves what comes before the recommendation back by a year, so that it may be dated a year before."""


@article(
    11,
    "1",
    Severity.ERROR,
    "考察对象必须经过谈话调研推荐和会议推荐",
    over=candidates,
    lawful={"民主推荐.推荐人选[1].会议得票": 0},
    unlawful={"民主推荐.推荐人选[1].姓名": "高远征"},
)
def is_recommended(case: Case, subject: Numbered, _office: Office) -> Verdict | None:
    """Both rounds were held and the candidate is among those recommended (article 11, paragraph 1).

    The list counts as complete once it has been summed up. How many votes are enough is people's to weigh;
    none at all in either round is no recommendation.
    """
    found = recommendation_of(case)
    if found is None:
        return None
    name = subject.need(subject.person.name, "姓名")
    rounds = steps_text(rounds_of(found))
    listed = need(found.candidates, "民主推荐", "推荐人选")
    for number, item in enumerate(listed):
        if need(item.name, "民主推荐", "推荐人选", number, "姓名") == name:
            path: Path = ("民主推荐", "推荐人选", number)
            votes = [need(item.meeting_votes, *path, "会议得票"), need(item.interview_votes, *path, "谈话得票")]
            if any(votes):
                return met(f"{rounds}，会议得 {votes[0]} 票，谈话得 {votes[1]} 票")
            return broken(f"{rounds}，两轮推荐都没有得票", "未经推荐的不列为考察对象", *path, "会议得票")
    need(found.summary_date, "民主推荐", "汇总分析日期")
    return broken(
        f"{rounds}，推荐人选 {len(listed)} 名，其中没有该同志", "先经民主推荐，再列为考察对象", *subject.path("姓名")
    )


@article(
    11,
    "2",
    Severity.ERROR,
    "民主推荐结果在一年内有效",
    lawful=_A_YEAR_AGO | {"民主推荐.谈话推荐.谈话结束日期": "2025-09-22"},
    unlawful=_A_YEAR_AGO | {"民主推荐.谈话推荐.谈话结束日期": "2025-09-07"},
)
def recommendation_is_valid(case: Case, office: Office) -> Verdict | None:
    """The result is used within a year of a round, the anniversary included (article 11).

    The text does not say of which round and until what: the settings 推荐有效期起点 and 推荐有效期止点 do. Where
    the end is the determination of the candidates, a decision after the year is only asked about.
    """
    found = recommendation_of(case)
    if found is None:
        return None
    rounds = rounds_of(found)
    start = office.valid_from(*(item.day for item in rounds))
    first = next(item for item in rounds if item.day == start)
    due = years_later(first.day, _VALID_YEARS)
    determined = Step("确定考察对象", determined_day(case), ("考察", "确定考察对象日期"))
    decided = step_or_gap("党委会决定", case.decision.date if case.decision else None, "讨论决定", "党委会日期")
    until = determined if office.points.validity_until == "确定考察对象之日" else decided
    if not isinstance(until, Step):
        raise until
    facts = f"{first.name} {first.day.chinese}，有效至 {due.chinese}，{until.name} {until.day.chinese}"
    if compare(until.day, due) > 0:
        return broken(facts, "已过有效期，应重新进行民主推荐", *until.path)
    if isinstance(decided, Step) and compare(decided.day, due) > 0:
        facts = f"{facts}，党委会决定 {decided.day.chinese} 已在一年之外"
        return doubtful(facts, "请确认推荐结果仍可使用，或重新推荐", *decided.path)
    return met(facts)


@article(
    12,
    "1",
    Severity.ERROR,
    "先进行谈话调研推荐，再召开推荐会",
    lawful={"民主推荐.谈话推荐.谈话结束日期": "2026-09-04"},
    unlawful={"民主推荐.谈话推荐.谈话结束日期": "2026-09-05"},
)
def talks_precede_the_meeting(case: Case, _office: Office) -> Verdict | None:
    """The talks are over by the day of the meeting (article 12, items 1 and 2)."""
    found = recommendation_of(case)
    if found is None:
        return None
    talks = talks_of(found)
    start = step_or_gap("谈话开始", talks.start, *TALKS, "谈话开始日期")
    end = step_or_gap("谈话结束", talks.end, *TALKS, "谈话结束日期")
    meeting = step_or_gap("会议推荐", meeting_of(found).date, *MEETING, "会议日期")
    return ascending([start, end, meeting], "谈话结束后再召开推荐会")


@article(
    12,
    "2",
    Severity.ERROR,
    "推荐会公布职位、条件、范围，提供名册，提出要求，组织填写推荐表",
    lawful={"民主推荐.会议推荐.提供干部名册": "是"},
    unlawful={"民主推荐.会议推荐.提供干部名册": "否"},
)
def meeting_has_its_pack(case: Case, _office: Office) -> Verdict | None:
    """The meeting announces and hands out everything that article 12 (2) names."""
    found = recommendation_of(case)
    if found is None:
        return None
    meeting = meeting_of(found)
    left_out = [title for name, title in _PACK if getattr(meeting, name) == "否"]
    if left_out:
        return broken(f"推荐会没有{'、'.join(left_out)}", "补齐后重新推荐", *MEETING, left_out[0])
    for name, title in _PACK:
        need(getattr(meeting, name), *MEETING, title)
    return met("六项都已办到")


@article(
    12,
    "3a",
    Severity.ERROR,
    "两轮推荐之后汇总分析",
    lawful={"民主推荐.汇总分析日期": "2026-09-04"},
    unlawful={"民主推荐.汇总分析日期": "2026-09-03"},
)
def summary_follows_both_rounds(case: Case, _office: Office) -> Verdict | None:
    """The summary is not dated before either round (article 12, item 3)."""
    found = recommendation_of(case)
    if found is None:
        return None
    rounds = sorted(rounds_of(found), key=lambda item: item.day)
    summary = step_or_gap("汇总分析", found.summary_date, "民主推荐", "汇总分析日期")
    return ascending([rounds[-1], summary], "谈话和会议都结束后再汇总分析")


@article(
    12,
    "3b",
    Severity.ERROR,
    "汇总的票数前后相符",
    lawful={"民主推荐.推荐人选[0].会议得票": 56},
    unlawful={"民主推荐.推荐人选[0].会议得票": 57},
)
def tally_adds_up(case: Case, _office: Office) -> Verdict | None:
    """No count exceeds the one it is taken from (article 12, item 3).

    Returned <= issued <= present <= expected; spoiled and abstaining are among the returned; nobody has more
    votes than there are valid ballots (or people talked to); k posts take at most k votes a ballot.
    """
    found = recommendation_of(case)
    if found is None:
        return None
    faults = tally_faults(case, meeting_of(found), found)
    if faults:
        return broken("；".join(text for text, _ in faults), "核对票数", *faults[0][1])
    return met("票数前后相符")


@article(
    12,
    "4",
    Severity.ERROR,
    "汇总分析后向校党委汇报，再确定考察对象",
    lawful={"民主推荐.汇报日期": "2026-09-07"},
    unlawful={"民主推荐.汇报日期": "2026-09-09"},
)
def committee_hears_the_result(case: Case, _office: Office) -> Verdict | None:
    """The report follows the summary and precedes the determination of candidates (articles 12 (4) and 18)."""
    found = recommendation_of(case)
    if found is None:
        return None
    inspection = case.inspection
    steps = [
        step_or_gap("汇总分析", found.summary_date, "民主推荐", "汇总分析日期"),
        step_or_gap("汇报", found.report_date, "民主推荐", "汇报日期"),
    ]
    if inspection and inspection.determined:
        steps.append(step("确定考察对象", inspection.determined, "考察", "确定考察对象日期"))
    return ascending(steps, "汇总分析后汇报，汇报后确定考察对象")
