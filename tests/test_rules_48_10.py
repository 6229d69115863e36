"""The facts of one person told alike in all papers (article 48, item 10): birth, work, party, schooling, posts."""

from __future__ import annotations

from typing import Any

import pytest
from rules_support import findings, lawful_case, outcome, patched, rule_of

from doc_forms.regulation import Finding, Outcome, Severity

MET, BROKEN = Outcome.MET, Outcome.BROKEN
FORM = "考察对象[0].任免审批表"
EXPLAINED = "考察.考察情况[0].审核干部人事档案.说明"
LINES = [
    "2005.09--2009.07  示例师范大学数学学院学习",
    "2009.07--2012.08  示范县第一中学教师",
    "2012.08--2015.09  示例学院计算机科学与工程学院教学秘书",
    "（其间：2012.09--2015.06  示例大学教育学院在职攻读硕士学位）",
    "2015.09--2018.10  示例学院教务处综合科副科长",
    "2018.10--2022.03  示例学院教务处实践教学科科长",
    "2022.03--         示例学院计算机科学与工程学院党政办公室主任",
]
"""A 简历 that agrees with everything that the lawful case says of the first candidate."""


def resume(changes: dict[int, str | None] | None = None, **facts: Any) -> dict[str, Any]:
    """The 简历 with some of its lines changed (None leaves one out), and other facts of the candidate."""
    lines = [(changes or {}).get(number, line) for number, line in enumerate(LINES)]
    patch: dict[str, Any] = {f"考察对象[0].{title}": value for title, value in facts.items()}
    return patch | {f"{FORM}.简历": "\n".join(line for line in lines if line)}


def finding(patch: dict[str, Any], code: str) -> Finding:
    return next(one for one in findings(patched(lawful_case(), patch), code) if one.subject == "林示例")


@pytest.mark.parametrize("code", ["48.10c", "48.10d", "48.10e", "48.10f", "48.10g"])
def test_a_person_without_a_resume_is_not_asked_about_it(code: str) -> None:
    found = findings(patched(lawful_case(), {FORM: None}), code)
    assert [one for one in found if one.subject == "林示例"] == []


@pytest.mark.parametrize("code", ["48.10c", "48.10d", "48.10f", "48.10g", "48.10h"])
def test_a_resume_that_agrees_with_everything_is_met(code: str) -> None:
    assert finding(resume(), code).outcome is MET


@pytest.mark.parametrize(
    ("changes", "facts"),
    [
        ({}, ""),
        ({1: "2009.08--2012.08  教师"}, ""),  # the next month follows on
        (
            {1: "2009.09--2012.08  教师"},
            "“2005.09 至 2009.07 示例师范大学数学学院学习”与“2009.09 至 2012.08 教师”之间缺 2 个月",
        ),
        (
            {4: "2015.08--2018.10  副科长"},
            "“2012.08 至 2015.09 示例学院计算机科学与工程学院教学秘书”与“2015.08 至 2018.10 副科长”时间重叠",
        ),
        (
            {5: "2018.10--  科长"},
            "“2018.10 至 今 科长”与“2022.03 至 今 示例学院计算机科学与工程学院党政办公室主任”时间重叠",
        ),
        ({3: "（其间：2009.01--2020.06  在职学习）"}, ""),  # a sub-period is no line of its own
        ({0: "2005.09-2009.07 学习", 1: "2009年7月至2012年8月 教师"}, ""),
    ],
)
def test_gaps_and_overlaps_are_told_by_the_month_with_both_lines(changes: dict[int, str | None], facts: str) -> None:
    found = finding(resume(changes), "48.10c")
    assert (found.outcome, found.severity) == (BROKEN if facts else MET, Severity.WARNING)
    assert not facts or found.verdict.facts == facts


def test_a_line_within_a_longer_one_hides_no_gap_and_makes_none() -> None:
    found = finding(resume({2: "2010.08--2011.08  挂职", 4: "2012.08--2018.10  副科长"}), "48.10c")
    assert "缺" not in found.verdict.facts
    assert "“2009.07 至 2012.08 示范县第一中学教师”与“2010.08 至 2011.08 挂职”时间重叠" in found.verdict.facts


@pytest.mark.parametrize(("filled", "expected"), [("2022-04-30", MET), ("2022-05-01", BROKEN)])
def test_a_resume_goes_on_until_the_day_on_which_the_form_was_filled_in(filled: str, expected: Outcome) -> None:
    patch = resume({6: None}) | {f"{FORM}.填表时间": filled}
    assert finding(patch, "48.10c").outcome is expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"参加工作时间": "2009.07"}, ""),
        (
            {"参加工作时间": "2009.08"},
            "参加工作时间填 2009.08，简历中最早的工作经历是“2009.07 至 2012.08 示范县第一中学教师”",
        ),
        ({"入党时间": "2005.09"}, ""),
        (
            {"入党时间": "2005.08"},
            "入党时间填 2005.08，简历从“2005.09 至 2009.07 示例师范大学数学学院学习”写起，没有写到入党的时候",
        ),
    ],
)
def test_joining_work_and_party_is_held_against_the_resume(facts: dict[str, str], expected: str) -> None:
    found = finding(resume({}, **facts), "48.10d")
    assert found.outcome is (BROKEN if expected else MET)
    assert not expected or found.verdict.facts == expected
    assert not expected or found.verdict.at == ("考察对象", 0, next(iter(facts)))


@pytest.mark.parametrize(("told", "expected"), [("2006.06", MET), ("2006.05", BROKEN), ("2006年6月", MET)])
def test_the_month_of_joining_that_a_line_states_is_compared(told: str, expected: Outcome) -> None:
    line = f"2005.09--2009.07  示例师范大学数学学院学习（{told}加入中国共产党）"
    assert finding(resume({0: line}), "48.10d").outcome is expected


SCHOOLS = {"全日制学历": "大学", "全日制毕业院校系": "示例师范大学数学学院"}
IN_SERVICE = {"在职学历": "研究生", "在职毕业院校系": "示例大学教育学院"}


@pytest.mark.parametrize(
    ("education", "changes", "facts"),
    [
        (SCHOOLS | IN_SERVICE, {}, ""),
        ({**SCHOOLS, **IN_SERVICE, "全日制毕业院校系": "示例师范大学 文学院"}, {}, ""),  # the university counts
        (
            {**SCHOOLS, **IN_SERVICE, "在职毕业院校系": "省委党校"},
            {},
            "在职毕业院校系填省委党校，简历中没有在该校学习的经历",
        ),
        (SCHOOLS | IN_SERVICE, {3: None}, "在职毕业院校系填示例大学教育学院，简历中没有在该校学习的经历"),
        (
            SCHOOLS | IN_SERVICE,
            {3: "（其间：2009.03--2012.06  示例大学在职学习）"},
            "在职教育“2009.03 至 2012.06 示例大学在职学习”早于参加工作时间 2009.07",
        ),
        (SCHOOLS, {}, ""),  # the in-service schooling may not be entered yet
        (SCHOOLS | {"在职学历": "大专"}, {}, "学历填研究生，学历教育填大学、大专"),
        (SCHOOLS | {"在职学历": "硕士研究生"}, {}, ""),
    ],
)
def test_education_is_held_against_the_resume_and_the_highest_schooling(
    education: dict[str, str], changes: dict[int, str | None], facts: str
) -> None:
    found = finding(resume(changes, 学历教育=education), "48.10e")
    assert found.outcome is (BROKEN if facts else MET)
    assert not facts or found.verdict.facts == facts


@pytest.mark.parametrize(
    ("post", "last", "expected"),
    [
        ("计算机科学与工程学院党政办公室主任", LINES[6], MET),
        ("计算机科学与工程学院党政办公室主任（正科级）、校工会委员", LINES[6], MET),
        ("图书馆流通部主任", LINES[6], BROKEN),
        ("计算机科学与工程学院党政办公室主任", LINES[6].replace("       ", "2026.08", 1), BROKEN),
        ("党委委员、教务处处长", "2022.03--  示例学院教务处处长", MET),
    ],
)
def test_the_present_post_is_the_line_that_goes_on(post: str, last: str, expected: Outcome) -> None:
    assert finding(resume({6: last}, 现任职务=post), "48.10f").outcome is expected


@pytest.mark.parametrize(
    ("line", "facts"),
    [
        (
            "2015.10--2018.10  副科长",
            "任职经历有 2015.09 起的示例学院教务处综合科副科长，简历没有这个时间开始的一段",
        ),
        (
            "2015.09--2018.09  副科长",
            "任职经历的示例学院教务处综合科副科长到 2018.10，简历写“2015.09 至 2018.09 副科长”",
        ),
    ],
)
def test_the_posts_of_the_case_begin_and_end_with_lines_of_the_resume(line: str, facts: str) -> None:
    assert finding(resume({4: line}), "48.10f").verdict.facts == facts


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({0: "1998.04--2009.07  示例师范大学附属中学、示例师范大学学习"}, MET),  # twelve in this month
        ({0: "1998.03--2009.07  示例师范大学附属中学、示例师范大学学习"}, BROKEN),
        ({0: "2002.04--2009.07  示例厂工人"}, MET),  # sixteen
        ({0: "2002.03--2009.07  示例厂工人"}, BROKEN),
    ],
)
def test_nobody_studies_before_twelve_or_works_before_sixteen(
    changes: dict[int, str | None], expected: Outcome
) -> None:
    assert finding(resume(changes), "48.10g").outcome is expected


@pytest.mark.parametrize(
    ("day", "age"), [({"填表时间": "2026-03-31"}, 39), ({"填表时间": "2026-03-31", "计算年龄时间": "2026-04-01"}, 40)]
)
def test_the_age_is_counted_at_the_date_that_the_form_states(day: dict[str, str], age: int) -> None:
    patch = resume() | {f"{FORM}.{title}": value for title, value in day.items()}
    assert f"填表时 {age} 岁" in finding(patch, "48.10g").verdict.facts


@pytest.mark.parametrize(("title", "value"), [("性别", "男"), ("出生年月", "1986.05")])
def test_the_roll_tells_of_a_candidate_what_the_candidates_facts_do(title: str, value: str) -> None:
    found = finding({f"民主推荐.干部名册[0].{title}": value}, "48.10h")
    assert (found.outcome, found.verdict.at) == (BROKEN, ("民主推荐", "干部名册", 0, title))
    assert finding({f"民主推荐.干部名册[0].{title}": None}, "48.10h").outcome is MET


def test_a_resignation_in_the_same_case_is_held_against_the_candidate() -> None:
    leaving = {"姓名": "林示例", "类型": "自愿辞职", "本人情况": {"参加工作时间": "2009.08", "民族": "畲族"}}
    found = finding({"辞职免职降职": [leaving]}, "48.10h")
    assert found.verdict.facts == "考察对象的参加工作时间填 2009.07，辞职免职降职填 2009.08"


@pytest.mark.parametrize(
    ("explanation", "expected"),
    [
        ("“三龄两历一身份”记载前后一致，材料齐全。", BROKEN),
        ("简历中 2009.07 至 2009.09 为毕业后待分配，有派遣证为证。", MET),
    ],
)
def test_only_an_explanation_that_speaks_of_the_matter_settles_a_contradiction(
    explanation: str, expected: Outcome
) -> None:
    patch = resume({1: "2009.09--2012.08  教师"}) | {EXPLAINED: explanation}
    found = finding(patch, "48.10c")
    assert found.outcome is expected
    assert "之间缺 2 个月" in found.verdict.facts


def test_a_contradiction_is_shown_before_the_file_was_audited() -> None:
    assert outcome(resume({1: "2009.09--2012.08  教师"}) | {"考察": None}, "48.10c") is BROKEN


def test_nothing_in_the_case_is_changed_by_the_look_at_it() -> None:
    case = patched(lawful_case(), resume({1: "2009.09--2012.08  教师"}))
    before = case.model_dump_json()
    list(rule_of("48.10c").ask(case, None))
    assert case.model_dump_json() == before
