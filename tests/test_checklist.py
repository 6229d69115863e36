"""The checklist of a case: how far each step is, what is missing, and the days to watch, exact at their boundaries."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from case_papers import report_of
from rules_support import AS_OF, LIBRARY, apply, half_case, lawful_case, regulation

from doc_forms import Office
from doc_forms.casework.checklist import CheckedStep, Checklist, checklist
from doc_forms.cli import run as run_cli
from doc_forms.form import Part, PartialDate
from doc_forms.regulation.procedure import Deadline, State, Step

STEPS: tuple[Step, ...] = LIBRARY.module("_procedure").STEPS


def todo(patch: Mapping[str, Any] | None = None, day: str = AS_OF.iso) -> Checklist:
    """The checklist of the lawful case with a patch applied, on a day."""
    return checklist(LIBRARY, report_of(apply(lawful_case(), patch or {}), PartialDate.parse(day)))


def step(found: Checklist, title: str) -> CheckedStep:
    return next(item for item in found.steps if item.step.title == title)


def deadline(found: Checklist, title: str) -> Deadline:
    return next(item for item in found.deadlines if item.title == title)


# Steps


def test_every_step_of_the_lawful_case_is_done_and_nothing_is_missing() -> None:
    found = todo()
    assert {item.state for item in found.steps} == {State.DONE}
    assert [item.missing for item in found.steps if item.missing] == []
    assert not found.refused
    assert [item.number for item in found.steps] == list(range(1, len(found.steps) + 1))


def test_a_missing_fact_of_a_person_is_named_by_the_person_and_not_by_a_number() -> None:
    report = report_of(half_case(), PartialDate(2026, 9, 30))
    missing = [fact for item in checklist(LIBRARY, report).steps for fact in item.missing]
    assert "考察 考察情况 林示例 面谈日期" in missing
    untold = [finding.verdict.facts for finding in report.findings]
    assert "尚未填写“考察 考察情况 林示例 绩”" in untold


def test_half_way_the_steps_behind_are_done_and_those_ahead_not_begun() -> None:
    found = checklist(LIBRARY, report_of(half_case(), PartialDate(2026, 9, 15)))
    assert [item.state for item in found.steps] == [
        *[State.DONE] * 4,
        State.UNDER_WAY,
        *[State.NOT_BEGUN] * 7,
    ]
    lines = list(found.lines())
    assert "● 2. 民主推荐　已完成（第 11—15 条）" in lines
    assert "◐ 5. 组织考察　进行中（第 19、21—23、26 条）" in lines
    assert "    文书：个别谈话记录 24 份，可以生成" in lines
    assert any(line.startswith("    文书：考察材料 林示例，还缺：") and line.endswith(" 等 12 项") for line in lines)


def test_a_violated_article_marks_its_step_and_ends_with_an_error() -> None:
    found = todo({"任前公示.公示截止日期": "2026-09-29"})
    assert {item.step.title for item in found.steps if item.state is State.TO_MEND} == {"任前公示"}
    assert found.refused
    assert any(line.startswith("    ✕ 第三十四条") for line in found.lines())


def test_a_warning_is_shown_at_its_step_and_marks_nothing() -> None:
    found = todo({"民主推荐.会议推荐.应到人数": 108})
    assert step(found, "民主推荐").state is State.DONE
    assert [finding.rule.code for finding in step(found, "民主推荐").findings] == ["13.0"]
    assert not found.refused


def test_a_day_that_lies_ahead_is_planned_and_not_done() -> None:
    assert step(todo(day="2026-09-03"), "民主推荐").missing == ("民主推荐 会议推荐 会议日期",)
    assert step(todo(day="2026-09-04"), "民主推荐").missing == ()


def test_a_step_that_was_not_taken_for_one_candidate_is_under_way() -> None:
    found = todo({"考察.考察情况[1]": None})
    assert step(found, "考察材料和任用建议").state is State.UNDER_WAY


@pytest.mark.parametrize(
    ("patch", "title", "shown"),
    [
        ({}, "公开选拔、竞争上岗", False),
        ({"选拔方式": "竞争上岗"}, "公开选拔、竞争上岗", True),
        ({"任职较久的干部": None}, "轮岗交流", False),
        ({"辞职免职降职": None}, "免职、辞职和降职", False),
        ({"考察对象[0].任职方式": "平级调动", "考察对象[1].任职方式": "平级调动"}, "任前公示", False),
    ],
)
def test_only_the_steps_that_the_case_goes_through_are_listed(
    patch: dict[str, Any], title: str, *, shown: bool
) -> None:
    assert (title in {item.step.title for item in todo(patch).steps}) == shown


def test_a_violation_is_listed_even_where_its_step_would_not_be() -> None:
    rule = next(rule for rule in regulation().rules if rule.code == "46.2a")
    found = todo({**rule.unlawful, "辞职免职降职": None})
    assert step(found, "免职、辞职和降职").state is State.TO_MEND


def test_a_case_that_only_records_a_resignation_has_one_step() -> None:
    data = {"辞职免职降职": lawful_case()["辞职免职降职"]}
    assert [item.step.title for item in checklist(LIBRARY, report_of(data)).steps] == ["免职、辞职和降职"]


def has_field(part: type[Part] | None, path: str) -> bool:
    for title in path.replace("[]", "").split("."):
        spec = next((spec for spec in part.fields() if spec.title == title), None) if part else None
        if spec is None:
            return False
        part = spec.part
    return True


def test_every_step_asks_for_fields_of_the_case() -> None:
    case = LIBRARY.module("case").Case
    assert [fact for item in STEPS for fact in item.facts if not has_field(case, fact)] == []


def test_every_kind_that_draws_itself_and_every_article_with_rules_has_its_step() -> None:
    kinds = Counter(stem for item in STEPS for stem in item.kinds)
    drawn = {kind.stem for kind in LIBRARY.kinds() if "from_case" in vars(kind.form)}
    assert kinds == Counter(drawn)
    assert {rule.article for rule in regulation().rules} <= {number for item in STEPS for number in item.articles}


# Deadlines

UNUSED = {"考察.确定考察对象日期": None}
UNTRAINED = {"考察对象[0].任前培训达标": "否", "考察对象[0].培训未达标的特殊情况": "承担评估任务"}
OPEN_TRIAL = {"任职.试用期考核": None}


@pytest.mark.parametrize(
    ("patch", "title", "day", "left", "standing"),
    [
        (UNUSED, "推荐结果有效期", "2027-09-02", 1, "还有 1 天"),
        (UNUSED, "推荐结果有效期", "2027-09-03", 0, "今天到期"),
        (UNUSED, "推荐结果有效期", "2027-09-04", -1, "已过 1 天"),
        (UNTRAINED, "任后培训", "2027-09-21", 1, "还有 1 天"),
        (UNTRAINED, "任后培训", "2027-09-22", 0, "今天到期"),
        (UNTRAINED, "任后培训", "2027-09-23", -1, "已过 1 天"),
        (OPEN_TRIAL, "试用期满", "2027-09-21", 1, "还有 1 天"),
        (OPEN_TRIAL, "试用期满", "2027-09-22", 0, "今天到期"),
        (OPEN_TRIAL, "试用期满", "2027-09-23", -1, "已过 1 天"),
        ({}, "最早可以下发任职通知", "2026-10-08", 1, "还有 1 天"),
        ({"任职": None}, "最早可以下发任职通知", "2026-10-09", 0, "现在可以办理"),
        ({"任职": None}, "最早可以下发任职通知", "2026-10-10", -1, "现在可以办理"),
        ({"任职.任职情况[0].到任日期": None}, "到任期限", "2026-10-14", 1, "还有 1 天"),
        ({"任职.任职情况[0].到任日期": None}, "到任期限", "2026-10-16", -1, "已过 1 天"),
    ],
)
def test_days_left_before_at_and_after_a_deadline(
    patch: dict[str, Any], title: str, day: str, left: int, standing: str
) -> None:
    found = deadline(todo(patch, day), title)
    as_of = PartialDate.parse(day)
    assert (found.days_left(as_of), found.standing(as_of)) == (left, standing)


@pytest.mark.parametrize(
    ("title", "before", "after"),
    [
        ("推荐结果有效期", "2026-09-07", "2026-09-08"),
        ("最早可以下发任职通知", "2026-10-08", "2026-10-09"),
        ("到任期限", "2026-10-11", "2026-10-12"),
        ("试用期满", "2027-09-27", "2027-09-28"),
    ],
)
def test_a_deadline_is_met_on_the_day_on_which_the_thing_is_done(title: str, before: str, after: str) -> None:
    assert not deadline(todo(day=before), title).met
    assert deadline(todo(day=after), title).met


def test_the_result_of_a_recommendation_on_29_february_is_valid_to_28_february() -> None:
    patch = {"民主推荐.谈话推荐.谈话结束日期": "2024-02-29"}
    assert deadline(todo(patch), "推荐结果有效期").day == PartialDate(2025, 2, 28)


def test_the_setting_says_which_round_begins_the_validity_of_a_recommendation() -> None:
    report = report_of(lawful_case(), PartialDate(2026, 9, 21), validity_from="会议推荐之日")
    assert deadline(checklist(LIBRARY, report), "推荐结果有效期").day == PartialDate(2027, 9, 4)
    report = report_of(lawful_case(), PartialDate(2026, 9, 21))
    assert deadline(checklist(LIBRARY, report), "推荐结果有效期").day == PartialDate(2027, 9, 3)


def test_the_setting_says_what_ends_the_validity_of_a_recommendation() -> None:
    day = PartialDate(2026, 9, 21)
    report = report_of(lawful_case(), day, validity_until="党委会决定之日")
    assert not deadline(checklist(LIBRARY, report), "推荐结果有效期").met
    report = report_of(lawful_case(), PartialDate(2026, 9, 22), validity_until="党委会决定之日")
    assert deadline(checklist(LIBRARY, report), "推荐结果有效期").met


@pytest.mark.parametrize(
    ("end", "day"),
    [
        ("2026-09-30", PartialDate(2026, 10, 8)),  # the National Day holiday
        ("2026-10-09", PartialDate(2026, 10, 10)),  # a Saturday that is worked
        ("2026-10-16", PartialDate(2026, 10, 19)),
        ("2026-12-31", None),  # the next year's table may not be there yet
    ],
)
def test_a_notice_may_issue_on_the_next_day_that_is_worked(end: str, day: PartialDate | None) -> None:
    found = deadline(todo({"任前公示.公示截止日期": end}), "最早可以下发任职通知")
    if day is None and found.day is not None:
        pytest.skip("the calendar knows the next year")
    assert found.day == day


@pytest.mark.parametrize(
    ("counting", "end", "day"),
    [
        ("首日计入", "2026年9月30日", PartialDate(2026, 10, 8)),  # 23, 24, 28, 29, 30, then the National Day holiday
        ("首日不计入", "2026年10月8日", PartialDate(2026, 10, 9)),
    ],
)
def test_an_open_end_of_the_public_notice_is_reckoned_by_five_working_days(
    counting: str, end: str, day: PartialDate
) -> None:
    data = apply(lawful_case(), {"任前公示.公示截止日期": None})
    found = deadline(checklist(LIBRARY, report_of(data, notice_counting=counting)), "最早可以下发任职通知")
    assert found.day == day
    assert f"公示到 {end}（未填截止日期，按五个工作日推算）" in found.facts


# The command line


def cli(capfd: pytest.CaptureFixture[str], *words: str | Path) -> tuple[int, str]:
    with pytest.raises(SystemExit) as stopped:
        run_cli([str(word) for word in words])
    return int(stopped.value.code or 0), capfd.readouterr().out


def written(folder: Path, data: dict[str, Any]) -> Path:
    file = folder / "案件.json"
    file.write_text(json.dumps(data, ensure_ascii=False), "utf-8")
    return file


def test_todo_shows_the_steps_and_deadlines_and_ends_with_one_where_an_error_stands(
    capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    status, shown = cli(capfd, "todo", written(tmp_path, lawful_case()), "--as-of", "2026-10-20")
    assert status == 0
    assert "【林示例】试用期满：2027年9月22日，还有 337 天（第三十五条：试用期一年，期满考核）" in shown
    broken = written(tmp_path, apply(lawful_case(), {"任前公示.公示截止日期": "2026-09-29"}))
    status, shown = cli(capfd, "todo", broken, "--as-of", "2026-10-20", "--json")
    assert status == 1
    assert {item["title"] for item in json.loads(shown)["steps"] if item["state"] == "to-mend"} == {"任前公示"}


def test_papers_makes_what_it_can_and_ends_with_one_only_where_something_was_refused(
    capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    out = tmp_path / "文书"
    status, shown = cli(capfd, "papers", written(tmp_path, half_case()), "--out", out, "--as-of", "2026-09-15")
    assert status == 0
    assert "○ 任职通知：还缺：任职（任职通知文号、任职通知日期）；讨论决定（党委会日期、表决情况）" in shown
    assert f"已生成 {len(list(out.glob('*.docx')))} 份，{shown.count('○ ')} 份没有生成。" in shown
    case = written(tmp_path, lawful_case())
    status, shown = cli(capfd, "papers", case, "--out", out, "--as-of", "2026-10-08", "--json")
    answer = json.loads(shown)
    assert status == 1
    assert [(item["kind"], item["state"]) for item in answer["left"]] == [("appointment_notice", "refused")]


def test_papers_asks_for_a_reason_and_keeps_the_one_that_is_given(
    capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    data = apply(half_case(), {"民主推荐.会议推荐.应到人数": 108, "考察对象": None, "考察": None})
    words: list[str | Path] = ["papers", written(tmp_path, data), "--out", tmp_path / "文书", "--as-of", "2026-09-08"]
    status, shown = cli(capfd, *words)
    assert (status, "加 --reason 重新运行" in shown) == (1, True)
    status, shown = cli(capfd, *words, "--reason", "部分人员出差，已书面说明")
    assert (status, "理由已记入" in shown) == (0, True)


def test_an_office_gives_the_same_by_its_verbs(tmp_path: Path) -> None:
    case = written(tmp_path, half_case())
    office, day = Office(), PartialDate(2026, 9, 15)
    made = office.papers(case, tmp_path / "文书", as_of=day).made
    assert len(made) == len(list((tmp_path / "文书").glob("*.docx"))) > 30
    assert office.todo(case, as_of=day).name == "计算机科学与工程学院副院长选任"
