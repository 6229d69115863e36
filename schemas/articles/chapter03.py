"""Chapter 3 (articles 8-10): analysis and motion."""

from __future__ import annotations

from doc_forms.form import PartialDate
from doc_forms.regulation import Severity, Verdict, article, broken, met, need

from .._case.posts import Motion
from .._interpretation import Office
from .._motion import matters_missing
from ..case import Case
from ._subjects import Step, out_of_order, step, steps_text

GISTS = {
    8: "校党委根据工作需要和队伍建设实际，提出启动选拔任用的意见",
    9: "组织部综合分析研判，就职位、条件、范围、方式、程序和人选意向提出初步建议",
    10: "初步建议向校党委主要领导成员报告，提交党委会酝酿，形成工作方案",
}


def _motion(case: Case) -> Motion:
    return need(case.motion, "动议")


def _step(name: str, day: PartialDate | None, title: str) -> Step:
    return step(name, day, "动议", title)


def _in_order(*steps: Step) -> Verdict:
    """Say whether the steps ascend; the same day is allowed."""
    wrong = out_of_order(steps)
    if wrong is None:
        return met(steps_text(steps))
    early, late = wrong
    return broken(steps_text(wrong), f"{late.name}不应早于{early.name}，请核对日期和程序", *late.path)


@article(
    8,
    "",
    Severity.ERROR,
    "选拔任用应由校党委提出启动意见后，组织部再提出初步建议",
    lawful={"动议.启动意见日期": "2026-08-27"},
    unlawful={"动议.启动意见日期": "2026-08-28"},
)
def committee_opens_the_selection(case: Case, _office: Office) -> Verdict:
    """Article 8: the committee's wish comes first; the analysis may be older, it goes on all the time."""
    motion = _motion(case)
    return _in_order(
        _step("启动意见", motion.wish_date, "启动意见日期"),
        _step("初步建议", motion.proposal_date, "初步建议日期"),
    )


@article(
    9,
    "a",
    Severity.ERROR,
    "组织部应先分析研判，再提出初步建议",
    lawful={"动议.分析研判日期": "2026-08-27"},
    unlawful={"动议.分析研判日期": "2026-08-28"},
)
def department_analyses_first(case: Case, _office: Office) -> Verdict:
    """Article 9: analysis, then the proposal."""
    motion = _motion(case)
    return _in_order(
        _step("分析研判", motion.analysis_date, "分析研判日期"),
        _step("初步建议", motion.proposal_date, "初步建议日期"),
    )


@article(
    9,
    "b",
    Severity.WARNING,
    "初步建议应就职位、条件、范围、方式、程序和人选意向提出",
    lawful={"动议.初步建议内容": "职位、条件、范围、方式、程序和人选意向见所附说明。"},
    unlawful={"动议.初步建议内容": "职位、条件、范围、方式和程序见所附说明。"},
)
def proposal_names_its_matters(case: Case, _office: Office) -> Verdict:
    """Article 9: the six matters are looked for by their words, so that this is a WARNING only."""
    text = need(_motion(case).proposal, "动议", "初步建议内容")
    missing = matters_missing(text)
    if not missing:
        return met("初步建议写到了六个方面")
    return broken(f"初步建议没有写到{'、'.join(missing)}", "补充说明这些方面", "动议", "初步建议内容")


@article(
    10,
    "a",
    Severity.ERROR,
    "初步建议应先向校党委主要领导成员报告，再提交党委会酝酿",
    lawful={"动议.报告主要领导日期": "2026-08-31"},
    unlawful={"动议.报告主要领导日期": "2026-09-01"},
)
def leaders_hear_before_the_committee(case: Case, _office: Office) -> Verdict:
    """Article 10: proposal, report to the leading members, committee."""
    motion = _motion(case)
    return _in_order(
        _step("初步建议", motion.proposal_date, "初步建议日期"),
        _step("报告主要领导", motion.report_date, "报告主要领导日期"),
        _step("党委会酝酿", motion.committee_date, "动议党委会日期"),
    )


@article(
    10,
    "b",
    Severity.ERROR,
    "经党委会酝酿后形成工作方案",
    lawful={"动议.工作方案日期": "2026-08-31"},
    unlawful={"动议.工作方案日期": "2026-08-30"},
)
def plan_follows_the_committee(case: Case, _office: Office) -> Verdict:
    """Article 10: the work plan is what the committee's discussion comes to."""
    motion = _motion(case)
    return _in_order(
        _step("党委会酝酿", motion.committee_date, "动议党委会日期"),
        _step("工作方案", motion.plan_date, "工作方案日期"),
    )


@article(
    10,
    "c",
    Severity.ERROR,
    "形成工作方案后才能开展民主推荐",
    lawful={"动议.工作方案日期": "2026-09-02"},
    unlawful={"动议.工作方案日期": "2026-09-03"},
)
def recommendation_follows_the_plan(case: Case, _office: Office) -> Verdict | None:
    """Articles 10 and 11: the interviews and the meeting carry out the plan; a competition has a plan of its own."""
    if case.way is not None and case.way != "民主推荐":
        return None
    recommendation = need(case.recommendation, "民主推荐")
    plan = _step("工作方案", _motion(case).plan_date, "工作方案日期")
    interviews, meeting = recommendation.interviews, recommendation.meeting
    begun = [
        Step(name, day, ("民主推荐", *path))
        for name, day, path in (
            ("谈话推荐", interviews and interviews.start, ("谈话推荐", "谈话开始日期")),
            ("会议推荐", meeting and meeting.date, ("会议推荐", "会议日期")),
        )
        if day
    ]
    if not begun:
        need(None, "民主推荐", "谈话推荐", "谈话开始日期")
    return _in_order(plan, min(begun, key=lambda item: item.day))
