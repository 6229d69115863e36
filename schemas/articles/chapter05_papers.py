"""Chapter 5, articles 25-27: the inspection report, the team that answers for it, and what is filed."""

from __future__ import annotations

import re

from doc_forms.regulation import Severity, Verdict, article, broken, doubtful, left_to_people, met, need

from .._case.inspection import ConclusionFact
from .._interpretation import Office
from .._prose import says_nothing
from ..case import Case
from ._decided import ascending, unknown
from ._inspected import Inspected, Talks, ascending_at, inspected, inspection_of, step_or_gap, talked_about, talks_held
from ._recommended import meeting_of, recommendation_of, talks_of
from ._subjects import Numbered, candidates, compare, is_division, is_promotion, target_level
from ._tally import assessment_faults

GISTS = {
    25: "必须形成书面考察材料，写实，含表现和特长、缺点不足、推荐测评谈话情况、四项结论",
    26: "考察组由两名以上成员组成，有负责人，对考察材料负责",
    27: "考察结束后及时把有关材料整理归档",
}

DISPOSITIONS = (
    left_to_people(
        25,
        "考察组、组织部",
        "材料是否写实、全面、准确由考察组负责、组织部把关，程序只核对各部分是否齐全、数字和日期是否相符",
    ),
    left_to_people(26, "校党委组织部", "考察人员的素质和资格、组长的政治素质和经验由组织部选派时判断"),
)

_LEAST_MEMBERS = 2
_ACCOUNTS = (
    ("virtue", "德"),
    ("ability", "能"),
    ("diligence", "勤"),
    ("achievement", "绩"),
    ("integrity", "廉"),
    ("strengths", "主要特长"),
)
_CONCLUSIONS = (
    ("file_audit", "审核干部人事档案"),
    ("matters", "查核个人有关事项报告"),
    ("discipline", "听取纪检监察机关意见"),
    ("petitions", "查核信访举报"),
)
"""Article 25 (4): names of the four conclusions and their titles."""
_PENDING = re.compile("待查|待核|待定|正在|尚未|未核实|暂未")
_ARCHIVED = {
    "工作总结": "总结|述职",
    "征求意见表": "征求意见",
    "民主测评表": "民主测评",
    "个别谈话记录": "谈话(?:原始)?记录",
    "民主推荐材料": "民主推荐|推荐材料",
    "综合评价材料": "综合评价",
    "考察材料": "考察材料|考察报告",
}
"""Article 27 (and 25 for the report), and the words by which a catalogue calls each."""
_FIRST = "考察.考察情况[0]"


@article(
    25,
    "0",
    Severity.ERROR,
    "考察后、讨论决定前形成书面考察材料",
    over=candidates,
    lawful={f"{_FIRST}.考察材料日期": "2026-09-22"},
    unlawful={f"{_FIRST}.考察材料日期": "2026-09-23"},
)
def report_is_written(case: Case, subject: Numbered, _office: Office) -> Verdict:
    """The report is dated between the end of the inspection and the decision (article 25)."""
    found = inspected(case, subject)
    steps = [
        step_or_gap("考察结束", inspection_of(case).end, "考察", "考察结束日期"),
        step_or_gap("考察材料", found.person.written, *found.path("考察材料日期")),
    ]
    if case.decision and case.decision.date:
        steps.append(step_or_gap("党委会", case.decision.date, "讨论决定", "党委会日期"))
    return ascending_at(steps, "考察结束后、党委会之前形成考察材料", *found.path("考察材料日期"))


@article(
    25,
    "1",
    Severity.ERROR,
    "考察材料写明德、能、勤、绩、廉的主要表现和主要特长",
    over=candidates,
    lawful={f"{_FIRST}.主要特长": "熟悉教学质量保障"},
    unlawful={f"{_FIRST}.主要特长": "暂无"},
)
def report_tells_the_conduct(case: Case, subject: Numbered, _office: Office) -> Verdict:
    """Each of the five aspects and the strengths are told by facts, not filled with 无 or 略 (article 25, item 1)."""
    found = inspected(case, subject)
    texts = {title: getattr(found.person, name) for name, title in _ACCOUNTS}
    empty = [title for title, text in texts.items() if text and says_nothing(text)]
    if empty:
        return broken(f"“{'、'.join(empty)}”没有具体内容", "写明具体事实", *found.path(empty[0]))
    for title, text in texts.items():
        found.need(text, title)
    return met("五个方面的表现和主要特长都已写明")


@article(
    25,
    "2",
    Severity.ERROR,
    "考察材料写明主要缺点和不足",
    over=candidates,
    lawful={f"{_FIRST}.主要缺点和不足": "布置任务有时偏急"},
    unlawful={f"{_FIRST}.主要缺点和不足": "无明显不足"},
)
def report_tells_the_shortcomings(case: Case, subject: Numbered, _office: Office) -> Verdict:
    """The shortcomings are told; "none" is no answer (article 25, item 2)."""
    found = inspected(case, subject)
    text = found.need(found.person.shortcomings, "主要缺点和不足")
    if says_nothing(text):
        return broken("“主要缺点和不足”没有具体内容", "写明具体的缺点和不足，不能写“无”", *found.path("主要缺点和不足"))
    return met("已写明主要缺点和不足")


@article(
    25,
    "3",
    Severity.ERROR,
    "考察材料写明民主推荐、民主测评、考察谈话等情况，数字准确",
    over=talked_about,
    lawful={f"{_FIRST}.民主测评.各项票数[0].第四档": 0},
    unlawful={f"{_FIRST}.民主测评.各项票数[0].第四档": 1},
)
def report_gives_the_figures(case: Case, talks: Talks, _office: Office) -> Verdict:
    """The figures of recommendation, assessment and talks are there, and the assessment adds up (article 25, item 3).

    The votes of the recommendation are article 12 (3)'s to add up. A competition may do without it (article 40).
    """
    found = inspected(case, talks.subject)
    tally = found.need(found.person.assessment, "民主测评")
    faults = assessment_faults(tally, found.path("民主测评"))
    if faults:
        return broken("；".join(text for text, _ in faults), "核对测评票数", *faults[0][1])
    recommended = _recommendation_figures(case, talks.subject)
    return met(f"{recommended}测评收回 {tally.returned} 票，考察谈话 {len(talks_held(case, talks))} 次")


def _recommendation_figures(case: Case, subject: Numbered) -> str:
    """Give the votes of a candidate in words; stops the rule where they are not all there."""
    found = recommendation_of(case)
    if found is None:
        return ""
    for part, title in ((meeting_of(found), "会议推荐"), (talks_of(found), "谈话推荐")):
        need(part, "民主推荐", title)
    own = [(number, item) for number, item in enumerate(found.candidates) if item.name == subject.person.name]
    number, item = need(own, "民主推荐", "推荐人选")[0]
    votes = need(item.meeting_votes, "民主推荐", "推荐人选", number, "会议得票")
    talk_votes = need(item.interview_votes, "民主推荐", "推荐人选", number, "谈话得票")
    return f"会议推荐 {votes} 票，谈话推荐 {talk_votes} 票，"


@article(
    25,
    "4",
    Severity.ERROR,
    "考察材料含审核档案、查核个人有关事项、听取纪检意见、核查信访举报四项结论",
    over=candidates,
    lawful={f"{_FIRST}.查核信访举报.日期": "2026-09-17"},
    unlawful={f"{_FIRST}.查核信访举报.日期": "2026-09-18"},
)
def report_has_four_conclusions(case: Case, subject: Numbered, _office: Office) -> Verdict:
    """Each conclusion has its result, date and organ, and is not dated after the report (article 25, item 4).

    Verification of personal matters is optional below division level (article 24).
    """
    found = inspected(case, subject)
    wanted = [(getattr(found.person, name), title) for name, title in _CONCLUSIONS]
    wanted = [(given, title) for given, title in wanted if given or not _is_optional(case, subject, title)]
    late = _late_conclusion(case, found, wanted)
    if late:
        return late
    for given, title in wanted:
        conclusion: ConclusionFact = found.need(given, title)
        result = found.need(conclusion.result, title, "结果")
        found.need(conclusion.date, title, "日期")
        found.need(conclusion.organ, title, "机关")
        if _PENDING.search(result):
            remedy = "核实后写明结论；一时不能核实的如实报告党委（第二十二条第七项）"
            return doubtful(f"“{title}”还没有结论：{result}", remedy, *found.path(title, "结果"))
    found.need(found.person.written, "考察材料日期")
    return met(f"{len(wanted)} 项结论都有结果、日期和机关")


def _is_optional(case: Case, subject: Numbered, title: str) -> bool:
    """Tell whether a conclusion may be left out: the verification of matters of whoever rises to section level."""
    if title != "查核个人有关事项报告":
        return False
    return not is_promotion(subject) or not is_division(target_level(case, subject))


def _late_conclusion(case: Case, found: Inspected, wanted: list[tuple[ConclusionFact | None, str]]) -> Verdict | None:
    """Say which conclusion is dated after the report; one dated after the decision is article 24's to name."""
    written, decided = found.person.written, case.decision.date if case.decision else None
    for given, title in wanted:
        if given is None or given.date is None or written is None or compare(given.date, written) <= 0:
            continue
        if title == "听取纪检监察机关意见" and decided and compare(given.date, decided) > 0:
            continue
        facts = f"“{title}”的日期 {given.date.chinese}，晚于考察材料 {written.chinese}"
        return broken(facts, "有了结论再形成考察材料，请核对日期", *found.path(title, "日期"))
    return None


_LEADER = {"姓名": "王秉文", "单位及职务": "党委组织部副部长", "职责": "组长"}
_MEMBER = {"姓名": "吴试行", "单位及职务": "党委组织部干部科科长", "职责": "成员"}


@article(
    26,
    "1a",
    Severity.ERROR,
    "考察组由两名以上成员组成",
    lawful={"考察.考察组": [_LEADER, _MEMBER], "考察.个别谈话": None},
    unlawful={"考察.考察组": [_LEADER]},
)
def team_has_two_members(case: Case, _office: Office) -> Verdict:
    """The team has two or more different members (article 26); before the inspection starts it may still grow."""
    inspection = inspection_of(case)
    team = need(inspection.team, "考察", "考察组")
    names = {need(item.name, "考察", "考察组", number, "姓名") for number, item in enumerate(team)}
    facts = f"考察组 {len(names)} 人"
    if len(names) >= _LEAST_MEMBERS:
        return met(facts)
    if inspection.start is None:
        return unknown(f"{facts}，考察还没有开始", "考察", "考察组")
    return broken(facts, f"应有 {_LEAST_MEMBERS} 名以上成员", "考察", "考察组")


@article(
    26,
    "1b",
    Severity.ERROR,
    "考察组有一名负责人",
    lawful={"考察.考察组[1].职责": "副组长"},
    unlawful={"考察.考察组[0].职责": "成员"},
)
def team_has_a_leader(case: Case, _office: Office) -> Verdict:
    """One member of the team is its leader (article 26)."""
    team = need(inspection_of(case).team, "考察", "考察组")
    roles = [need(item.role, "考察", "考察组", number, "职责") for number, item in enumerate(team)]
    leaders = roles.count("组长")
    if leaders == 1:
        return met("考察组有一名组长")
    return broken(f"考察组有 {leaders} 名组长", "在“职责”中注明一名组长", "考察", "考察组")


@article(
    27,
    "a",
    Severity.ERROR,
    "工作总结、征求意见表、民主测评表、谈话记录、民主推荐、综合评价和考察材料齐全归档",
    over=candidates,
    lawful={"考察.归档材料[1].材料名称": "述职报告"},
    unlawful={"考察.归档材料[1]": None},
)
def material_is_filed(case: Case, subject: Numbered, _office: Office) -> Verdict:
    """The seven kinds of material are in the file, of the candidate or of the whole case (articles 25 and 27)."""
    inspection = inspection_of(case)
    name = subject.need(subject.person.name, "姓名")
    need(inspection.archived, "考察", "归档日期")
    own = [
        need(item.name, "考察", "归档材料", number, "材料名称")
        for number, item in enumerate(need(inspection.archive, "考察", "归档材料"))
        if item.about in {None, name}
    ]
    wanted = dict(_ARCHIVED)
    if recommendation_of(case) is None:
        del wanted["民主推荐材料"]
    missing = [kind for kind, words in wanted.items() if not any(re.search(words, item) for item in own)]
    if missing:
        return broken(f"归档材料缺{'、'.join(missing)}", "补齐后归档", "考察", "归档材料")
    return met(f"{len(wanted)} 种材料齐全")


@article(
    27,
    "b",
    Severity.ERROR,
    "考察工作结束后，材料交组织部归档",
    lawful={"考察.归档日期": "2026-09-16"},
    unlawful={"考察.归档日期": "2026-09-15"},
)
def filing_follows_the_inspection(case: Case, _office: Office) -> Verdict:
    """The material is handed over after the inspection has ended (article 27)."""
    inspection = inspection_of(case)
    steps = [
        step_or_gap("考察结束", inspection.end, "考察", "考察结束日期"),
        step_or_gap("归档", inspection.archived, "考察", "归档日期"),
    ]
    return ascending(steps, "考察结束后归档")
