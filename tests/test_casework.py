"""Every paper draws itself from the case, so that a fact is the same in all; findings refuse papers, never facts."""

from __future__ import annotations

import json
import stat
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from case_papers import of_kind, papers, printed, report_of, states
from hypothesis import given, settings
from hypothesis import strategies as st
from rules_support import AS_OF, LIBRARY, apply, half_case, lawful_case, regulation

from doc_forms.casework.folder import REASONS_FILE, draw_up
from doc_forms.casework.origins import origin
from doc_forms.casework.papers import CasePaper, PaperState, case_papers, grouped
from doc_forms.errors import FileRefused, Severity, UsageRefused
from doc_forms.form import Part, PartialDate
from doc_forms.library import Kind
from doc_forms.regulation import Rule

COUNTS = {
    "analysis_proposal": 1,
    "headcount_table": 1,
    "personal_recommendation": 1,
    "recommendation_interview": 1,
    "recommendation_ballot": 1,
    "recommendation_summary": 2,
    "inspection_candidates": 1,
    "recusal_declaration": 2,
    "inspection_notice": 1,
    "assessment_ballot": 2,
    "opinion_form": 2,
    "interview_record": 45,
    "assessment_summary": 2,
    "discipline_inquiry": 1,
    "matters_verification": 2,
    "inspection_report": 2,
    "consultation_record": 1,
    "appointment_approval": 1,
    "decision_record": 1,
    "public_notice": 1,
    "appointment_notice": 1,
    "appointment_talk": 1,
    "trial_review": 1,
    "rotation_list": 1,
    "resignation_approval": 1,
    "resignation_reply": 1,
}
"""The papers of the lawful case, in the order of the procedure."""
HALF_WAY = PartialDate(2026, 9, 15)
HANDED_OUT = {"recommendation_ballot", "recommendation_interview", "assessment_ballot", "opinion_form"}
SHORT_MEETING = {"民主推荐.会议推荐.应到人数": 108}  # 86 of 108 is 79.6 %


def contexts(found: tuple[CasePaper, ...]) -> dict[str, dict[str, Any]]:
    """What every paper prints, by its name."""
    return {paper.name: paper.form.context() for paper in found if paper.form}


@pytest.fixture(scope="module")
def lawful() -> dict[str, dict[str, Any]]:
    """What every paper of the lawful case prints."""
    return contexts(papers())


def recommended() -> dict[str, Any]:
    """A case that has come as far as the recommendation, whose meeting was badly attended."""
    return apply(half_case(), {**SHORT_MEETING, "考察对象": None, "考察": None})


# Drawing


def test_the_lawful_case_gives_every_paper_of_the_eleven_kinds() -> None:
    found = papers()
    assert Counter(paper.kind.stem for paper in found) == COUNTS
    assert list(dict.fromkeys(paper.kind.stem for paper in found)) == list(COUNTS)
    assert {paper.state for paper in found} == {PaperState.READY}


def test_the_half_way_case_gives_what_it_can_and_names_the_rest() -> None:
    found = case_papers(LIBRARY, report_of(half_case(), HALF_WAY))
    assert states(found, PaperState.REFUSED) == set()
    assert states(found, PaperState.MISSING) == {
        "decision_record",
        "inspection_report",
        "consultation_record",
        "public_notice",
        "appointment_notice",
    }
    notice = of_kind(found, "appointment_notice")
    assert grouped(notice.missing) == ["任职（任职通知文号、任职通知日期）", "讨论决定（党委会日期、表决情况）"]


def test_an_empty_case_implies_no_paper_and_one_with_a_post_those_of_the_recommendation() -> None:
    assert case_papers(LIBRARY, report_of({})) == ()
    found = case_papers(LIBRARY, report_of({"职位": [{"职位名称": "图书馆副馆长"}]}))
    assert {paper.kind.stem for paper in found} == {
        "recommendation_interview",
        "recommendation_ballot",
        "recommendation_summary",
    }
    ballot = of_kind(found, "recommendation_ballot")
    assert {"职位 第 1 项 职务层次", "职位 第 1 项 拟选人数", "发文机关 组织部全称"} <= set(ballot.missing)


def test_an_open_selection_asks_for_no_recommendation() -> None:
    found = case_papers(LIBRARY, report_of({"选拔方式": "公开选拔", "职位": [{"职位名称": "图书馆副馆长"}]}))
    assert found == ()


def test_division_level_and_section_level_posts_have_ballots_of_their_own() -> None:
    section = {"职位名称": "教务处教学科副科长", "职务层次": "副科级", "拟选人数": 1}
    found = [item for item in papers({"职位[1]": section}) if item.kind.stem == "recommendation_ballot"]
    assert [[post.name for post in item.form.vacancies] for item in found if item.form] == [  # type: ignore[attr-defined]
        ["计算机科学与工程学院副院长"],
        ["教务处教学科副科长"],
    ]


def test_a_notice_names_only_those_whom_the_committee_decided_to_appoint() -> None:
    rejected = {"姓名": "马晓㛃", "逐个介绍情况": "是", "同意": 2, "不同意": 10, "缓议": 0, "回避人数": 0}
    found = papers({"讨论决定.表决情况[1]": {**rejected, "决定": "未通过"}})
    assert "马晓㛃" not in printed(of_kind(found, "appointment_notice"))
    waiting = of_kind(papers({"讨论决定.表决情况[1]": rejected}), "appointment_notice")
    assert waiting.missing == ("讨论决定 表决情况",)


def test_no_notice_is_drawn_where_nobody_was_appointed() -> None:
    found = papers({"讨论决定.表决情况[0].决定": "未通过"})
    assert "appointment_notice" not in {paper.kind.stem for paper in found}


@pytest.mark.parametrize(
    ("kind", "kinds"),
    [
        ("引咎辞职", ["resignation_approval", "resignation_reply"]),
        ("免职", ["resignation_reply"]),
        ("降职", []),
    ],
)
def test_what_a_leaving_needs_depends_on_its_kind(kind: str, kinds: list[str]) -> None:
    found = papers({"辞职免职降职[0].类型": kind})
    assert [paper.kind.stem for paper in found if paper.kind.stem.startswith("resignation")] == kinds


def test_a_removal_is_told_to_all_and_does_not_answer_a_request() -> None:
    patch = {"类型": "免职", "免职情形": "达到任职或退休年龄界限", "来文标题": None, "来文字号": None, "主送机关": None}
    notice = of_kind(papers({f"辞职免职降职[0].{title}": value for title, value in patch.items()}), "resignation_reply")
    assert notice.name.startswith("免职通知")
    assert "各党总支、直属党支部" in printed(notice)


# One fact, every paper that prints it

TALKS_OF = {"林示例": 23, "马晓㛃": 22}
CHANGES: list[tuple[str, Any, str, dict[str, int]]] = [
    (
        "考察对象[0].出生年月",
        "1987.05",
        "1987.05|1987年5月",
        {
            "appointment_approval": 1,
            "inspection_candidates": 1,
            "discipline_inquiry": 1,
            "matters_verification": 1,
            "personal_recommendation": 1,
            "recommendation_ballot": 1,
            "inspection_report": 1,
            "public_notice": 1,
            "recusal_declaration": 1,
            "trial_review": 1,
        },
    ),
    (
        "考察对象[0].现任职务",
        "示例学院创新创业学院办公室主任",
        "示例学院创新创业学院办公室主任",
        {
            "appointment_approval": 1,
            "inspection_candidates": 1,
            "inspection_notice": 1,
            "discipline_inquiry": 1,
            "matters_verification": 1,
            "personal_recommendation": 1,
            "decision_record": 1,
            "recommendation_ballot": 1,
            "recommendation_summary": 2,
            "recusal_declaration": 1,
            "assessment_ballot": 1,
            "opinion_form": 1,
            "interview_record": TALKS_OF["林示例"],
            "assessment_summary": 1,
            "inspection_report": 1,
            "consultation_record": 1,
            "public_notice": 1,
            "appointment_talk": 1,
            "trial_review": 1,
        },
    ),
    ("考察对象[1].民族", "满族", "满族", {"inspection_candidates": 1, "inspection_report": 1}),
    (
        "考察对象[0].免去职务",
        "教务处招生科科长",
        "教务处招生科科长",
        {"appointment_approval": 1, "decision_record": 1, "appointment_notice": 1},
    ),
    (
        "讨论决定.党委会日期",
        "2026-09-21",
        "2026年9月21日",
        {"decision_record": 1, "public_notice": 1, "appointment_notice": 1, "appointment_talk": 1},
    ),
    ("任职.任职通知日期", "2026-10-10", "2026年10月10日", {"appointment_notice": 1}),
    (
        "考察.考察情况[1].民主测评.测评日期",
        "2026-09-15",
        "2026年9月15日",
        {"assessment_ballot": 1, "assessment_summary": 1},
    ),
    (
        "民主推荐.会议推荐.会议日期",
        "2026-09-05",
        "2026年9月5日",
        {"recommendation_ballot": 1, "recommendation_summary": 1},
    ),
    ("民主推荐.会议推荐.应到人数", 91, "91", {"recommendation_summary": 1, "inspection_report": 2}),
    (
        "民主推荐.推荐人选[0].谈话得票",
        18,
        "18",
        {"inspection_candidates": 1, "recommendation_summary": 1, "inspection_report": 1},
    ),
    (
        "发文机关.组织部全称",
        "中共示范大学委员会组织部",
        "中共示范大学委员会组织部",
        {
            "appointment_approval": 1,
            "analysis_proposal": 1,
            "headcount_table": 1,
            "inspection_candidates": 1,
            "inspection_notice": 1,
            "discipline_inquiry": 1,
            "matters_verification": 2,
            "recommendation_interview": 1,
            "recommendation_ballot": 1,
            "recommendation_summary": 2,
            "assessment_ballot": 2,
            "opinion_form": 2,
            "assessment_summary": 2,
            "consultation_record": 1,
            "public_notice": 1,
            "rotation_list": 1,
        },
    ),
    (
        "发文机关.党委全称",
        "中共示范大学委员会",
        "中共示范大学委员会",
        {"personal_recommendation": 1, "decision_record": 1, "appointment_notice": 1, "resignation_reply": 1},
    ),
    (
        "辞职免职降职[0].原任职务",
        "图书馆副馆长",
        "图书馆副馆长",
        {"resignation_approval": 1, "resignation_reply": 1},
    ),
    (
        "辞职免职降职[0].党委决定日期",
        "2026-06-28",
        "2026年6月28日",
        {"resignation_approval": 1, "resignation_reply": 1},
    ),
    (
        "考察.个别谈话[0].是否同意任职",
        "不同意",
        "不同意",
        {"interview_record": 1, "inspection_report": 1},
    ),
]


@pytest.mark.parametrize(("path", "value", "shown", "kinds"), CHANGES, ids=[change[0] for change in CHANGES])
def test_a_fact_that_changes_changes_in_every_paper_that_prints_it_and_in_no_other(
    lawful: dict[str, dict[str, Any]], path: str, value: object, shown: str, kinds: dict[str, int]
) -> None:
    found = papers({path: value})
    changed = [paper for paper in found if paper.form and paper.form.context() != lawful.get(paper.name)]
    assert Counter(paper.kind.stem for paper in changed) == kinds
    assert [paper.name for paper in changed if not any(way in printed(paper) for way in shown.split("|"))] == []


def test_a_name_that_is_corrected_throughout_the_case_leaves_no_trace_of_the_old_one(
    lawful: dict[str, dict[str, Any]],
) -> None:
    def renamed(data: object) -> Any:
        return json.loads(json.dumps(data, ensure_ascii=False).replace("林示例", "林样例"))

    after = contexts(case_papers(LIBRARY, report_of(renamed(lawful_case()))))
    assert "林示例" in json.dumps(lawful, ensure_ascii=False)
    assert after == renamed(lawful)


# Gates


def patch_of(code: str) -> Mapping[str, Any]:
    """The unlawful specimen of a rule."""
    return next(rule for rule in regulation().rules if rule.code == code).unlawful


@pytest.mark.parametrize(
    ("day", "state"), [("2026-10-07", "refused"), ("2026-10-08", "refused"), ("2026-10-09", "ready")]
)
def test_an_appointment_notice_waits_for_the_end_of_the_public_notice(day: str, state: str) -> None:
    notice = of_kind(papers(as_of=PartialDate.parse(day)), "appointment_notice")
    assert notice.state.value == state
    assert ("任前公示到 2026年10月8日才期满" in "".join(notice.reasons())) == (state == "refused")


def test_an_appointment_notice_is_refused_where_the_public_notice_has_not_happened() -> None:
    notice = of_kind(papers({"任前公示": None}), "appointment_notice")
    assert notice.state is PaperState.REFUSED
    assert any("尚未填写“任前公示”" in reason for reason in notice.reasons())


@pytest.mark.parametrize("code", ["6.3b", "17.3", "31.3", "34.2", "34.4", "35.1a", "37.1", "48.1"])
def test_an_appointment_against_the_rules_gets_no_notice(code: str) -> None:
    notice = of_kind(papers(patch_of(code)), "appointment_notice")
    assert notice.state is PaperState.REFUSED
    assert code in {finding.rule.code for finding in notice.violated}


@pytest.mark.parametrize("code", ["32.2", "35.2b", "36.1", "27.a"])
def test_what_comes_after_the_notice_does_not_refuse_it(code: str) -> None:
    assert of_kind(papers(patch_of(code)), "appointment_notice").state is PaperState.READY


def test_an_inspection_report_that_is_dated_but_lacks_a_conclusion_is_refused_and_the_field_is_named() -> None:
    found = papers({"考察.考察情况[1].听取纪检监察机关意见": None})
    report = of_kind(found, "inspection_report", "马晓㛃")
    assert report.state is PaperState.REFUSED
    assert list(report.reasons()) == ["还缺：考察 考察情况 第 2 项（听取纪检监察机关意见）"]
    assert of_kind(found, "inspection_report", "林示例").state is PaperState.READY


def test_a_violation_about_one_person_does_not_refuse_the_paper_of_another() -> None:
    found = papers(patch_of("24.2a"))
    reports = {name: of_kind(found, "inspection_report", name).state for name in ("林示例", "马晓㛃")}
    assert Counter(reports.values()) == {PaperState.REFUSED: 1, PaperState.READY: 1}


def test_sheets_that_are_handed_out_are_refused_by_no_finding() -> None:
    refused = [
        (rule.code, paper.name)
        for rule in regulation().rules
        if rule.article in {11, 12, 13, 20, 21, 22}
        for paper in papers(rule.unlawful)
        if paper.kind.stem in HANDED_OUT and paper.state is not PaperState.READY
    ]
    assert refused == []


def test_a_ballot_is_ready_before_the_meeting_that_it_is_for() -> None:
    data = half_case()
    sheets = ("实到人数", "发出票数", "收回票数", "作废票数", "弃权票数")
    patch: dict[str, Any] = {f"民主推荐.会议推荐.{title}": None for title in sheets}
    patch |= {"民主推荐.推荐人选": None, "民主推荐.汇总分析日期": None}
    patch |= {"考察对象": None, "考察": None}
    found = case_papers(LIBRARY, report_of(apply(data, patch), PartialDate(2026, 9, 3)))
    assert of_kind(found, "recommendation_ballot").state is PaperState.READY
    assert states(found, PaperState.MISSING) == {"recommendation_summary"}


def test_facts_that_cannot_be_refuse_the_paper_with_their_field() -> None:
    found = papers({"考察.个别谈话[30].谈话人": ["王秉文"]})
    (refused,) = [
        paper for paper in found if paper.state is PaperState.REFUSED and paper.kind.stem == "interview_record"
    ]
    assert [str(fault) for fault in refused.faults] == ["案件.json “考察 考察组”：至少要有 2 项，现有 1 项"]


def test_every_gate_is_an_article_with_rules_or_a_rule() -> None:
    known = {rule.article for rule in regulation().rules} | {rule.code for rule in regulation().rules}
    for kind in LIBRARY.kinds():
        about = kind.form.about
        assert {*(about.gates or ()), *about.settled} <= known, kind.stem


# Warnings and reasons


def test_a_paper_with_a_warning_waits_for_a_reason(tmp_path: Path) -> None:
    folder = draw_up(LIBRARY, report_of(recommended()), tmp_path, "  ")
    assert {item.paper.kind.stem for item in folder.left} == {"recommendation_summary"}
    assert folder.refused
    assert folder.waits_for_reason
    assert "如仍要办理，请写明理由" in "".join(folder.lines())
    assert not list(tmp_path.glob("*推荐情况汇总表*"))
    assert not (tmp_path / REASONS_FILE).exists()


def test_a_reason_that_says_nothing_is_refused_before_anything_is_made(tmp_path: Path) -> None:
    with pytest.raises(UsageRefused, match="理由只写了“无”，没有说明为什么仍要办理"):
        draw_up(LIBRARY, report_of(recommended()), tmp_path / "文书", " 无 ")
    assert not (tmp_path / "文书").exists()


def test_a_reason_is_kept_once_beside_the_papers_and_read_by_nobody_else(tmp_path: Path) -> None:
    report = report_of(recommended())
    for _ in range(2):
        folder = draw_up(LIBRARY, report, tmp_path, "暑期集中培训，已书面说明")
    assert not folder.refused
    assert folder.reasons == tmp_path / REASONS_FILE
    assert stat.S_IMODE(folder.reasons.stat().st_mode) == 0o600
    (entry,) = json.loads(folder.reasons.read_text("utf-8"))["说明"]
    assert entry["理由"] == "暑期集中培训，已书面说明"
    assert len(entry["文书"]) == 2
    assert all("80%" in line for paper in entry["文书"] for line in paper["需注意"])


def test_another_reason_is_added_and_a_damaged_file_of_reasons_is_not_overwritten(tmp_path: Path) -> None:
    report = report_of(recommended())
    draw_up(LIBRARY, report, tmp_path, "甲")
    draw_up(LIBRARY, report, tmp_path, "乙")
    kept = json.loads((tmp_path / REASONS_FILE).read_text("utf-8"))["说明"]
    assert [entry["理由"] for entry in kept] == ["甲", "乙"]
    (tmp_path / REASONS_FILE).write_bytes(b"\xff\xfe")
    with pytest.raises(FileRefused):
        draw_up(LIBRARY, report, tmp_path, "丙")
    assert (tmp_path / REASONS_FILE).read_bytes() == b"\xff\xfe"


# The folder


def test_the_folder_reads_in_the_order_of_the_procedure_and_a_second_run_makes_nothing_new(tmp_path: Path) -> None:
    first = draw_up(LIBRARY, report_of(lawful_case()), tmp_path)
    files = {path for item in first.made for path in (item.path, item.workbook) if path}
    assert files == set(tmp_path.iterdir())
    assert len({item.path.name for item in first.made}) == sum(COUNTS.values())
    numbers = {item.paper.kind.stem: item.path.name[:2] for item in first.made}
    assert sorted(numbers.values()) == [numbers[stem] for stem in COUNTS]
    again = draw_up(LIBRARY, report_of(lawful_case()), tmp_path)
    assert [item.path for item in again.made if item.written] == []
    assert not again.left


def test_two_talks_with_people_of_one_name_get_files_of_their_own(tmp_path: Path) -> None:
    report = report_of(apply(lawful_case(), {"考察.个别谈话[1].谈话对象": "黄允之"}))
    made = draw_up(LIBRARY, report, tmp_path).made
    names = [item.path.stem for item in made if "林示例_黄允之" in item.path.name]
    assert [name.removesuffix("_2") for name in names] == ["05_个别谈话记录_林示例_黄允之"] * 2
    assert len(set(names)) == 2


# Origins


def titles_of(part: type[Part], path: tuple[str | int, ...]) -> bool:
    """Whether a path of titles leads to a field of the case."""
    holder: type[Part] | None = part
    for step in path:
        if isinstance(step, int):
            continue
        spec = next((spec for spec in holder.fields() if spec.title == step), None) if holder else None
        if spec is None:
            return False
        holder = spec.part
    return True


def required_paths(part: type[Part], path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The path of every required field of a form, the first item of a list standing for all."""
    for spec in part.fields():
        if spec.computed or not spec.required:
            continue
        yield (*path, spec.title)
        if spec.part:
            inner = (*path, spec.title, 0) if spec.shape == "list" else (*path, spec.title)
            yield from required_paths(spec.part, inner)


@pytest.mark.parametrize("kind", LIBRARY.kinds(), ids=lambda kind: kind.stem)
def test_every_fact_that_a_paper_may_lack_is_named_by_a_field_of_the_case(kind: Kind) -> None:
    case_form = LIBRARY.module("case").Case
    case = typed_case = report_of(lawful_case()).case
    facts = typed_case.data()
    for data in kind.form.from_case(case):
        stray = [
            path
            for path in required_paths(kind.form)
            if path[-1] != "文种"  # follows from the kind of leaving
            and path[-1] != "推荐类型"  # is no fact: both are drawn
            and not titles_of(case_form, origin(kind.form.sources(data), path, data, facts))
        ]
        assert stray == []


# Half-filled cases


def leaves(data: Any, path: str = "") -> Iterator[str]:
    if isinstance(data, dict):
        for title, value in data.items():
            here = f"{path}.{title}" if path else title
            yield here
            yield from leaves(value, here)
    elif isinstance(data, list):
        for number, item in enumerate(data[:3]):
            yield from leaves(item, f"{path}[{number}]")


LEAVES = sorted(set(leaves(lawful_case())))


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from(LEAVES), min_size=1, max_size=25, unique=True))
def test_a_case_with_any_facts_taken_out_is_drawn_without_failing_and_without_inventing(taken: list[str]) -> None:
    data = lawful_case()
    for path in sorted(taken, key=len, reverse=True):
        try:
            apply(data, {path: None})
        except (KeyError, IndexError):
            continue
    for paper in case_papers(LIBRARY, report_of(data, AS_OF)):
        if paper.state is PaperState.READY:
            assert paper.form is not None
            assert "None" not in json.dumps(paper.form.context())
        else:
            assert list(paper.reasons())


def test_a_severity_of_note_neither_refuses_nor_asks() -> None:
    notes: list[Rule] = [rule for rule in regulation().rules if rule.severity is Severity.NOTE]
    assert notes
    for rule in notes:
        assert [paper.name for paper in papers(rule.unlawful) if rule.code in gate_codes(paper)] == []


def gate_codes(paper: CasePaper) -> set[str]:
    return {finding.rule.code for finding in (*paper.violated, *paper.doubts)}
