"""The inspection report and the interview record: what they refuse, and how their numbers read."""

from __future__ import annotations

import copy
import io
import json
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from doc_forms.errors import DataRefused, Severity
from doc_forms.form import Form, Part
from doc_forms.form.reading import locate_in, read
from doc_forms.library import Library
from doc_forms.making import Maker

CONCLUSIONS = ["审核干部人事档案", "查核个人有关事项报告", "听取纪检监察机关意见", "查核信访举报"]
ACCOUNTS = ["德", "能", "勤", "绩", "廉", "主要特长", "主要缺点和不足"]


def example(root: Path, name: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((root / "examples" / f"{name}.json").read_text("utf-8"))
    return data


@pytest.fixture
def report(root: Path) -> dict[str, Any]:
    """The report's example: 85 valid ballots of recommendation, 59 of assessment, 42 interviews."""
    return example(root, "inspection_report")


@pytest.fixture
def record(root: Path) -> dict[str, Any]:
    """The interview's example: two interviewers, typed notes."""
    return example(root, "interview_record")


def form_of(library: Library, values: dict[str, Any], stem: str = "inspection_report") -> Form:
    return read(library.kind(stem).form, values, locate_in(""))[0]


def faults_of(library: Library, values: dict[str, Any], stem: str = "inspection_report") -> list[str]:
    with pytest.raises(DataRefused) as refused:
        form_of(library, values, stem)
    return [str(fault) for fault in refused.value.faults]


def warnings_of(library: Library, values: dict[str, Any]) -> list[str]:
    warnings = read(library.kind("inspection_report").form, values, locate_in(""))[1]
    assert all(fault.severity is Severity.WARNING for fault in warnings)
    return [str(fault) for fault in warnings]


def only(faults: list[str]) -> str:
    assert len(faults) == 1, faults
    return faults[0]


@pytest.mark.parametrize("name", CONCLUSIONS)
def test_a_missing_conclusion_is_refused_by_its_name(library: Library, report: dict[str, Any], name: str) -> None:
    del report[name]
    assert only(faults_of(library, report)) == f"“{name}”：没有填写"


@pytest.mark.parametrize("part", ["结果", "日期", "机关"])
def test_a_conclusion_has_a_result_a_date_and_an_organ(library: Library, report: dict[str, Any], part: str) -> None:
    del report["查核信访举报"][part]
    assert only(faults_of(library, report)) == f"“查核信访举报 {part}”：没有填写"


def test_all_missing_conclusions_are_named_at_once(library: Library, report: dict[str, Any]) -> None:
    for name in CONCLUSIONS:
        report[name] = {}
    assert len(faults_of(library, report)) == 12


@pytest.mark.parametrize(
    ("name", "result"),
    [
        ("审核干部人事档案", "有疑点已认定"),
        ("查核个人有关事项报告", "漏报"),
        ("听取纪检监察机关意见", "处分影响期内"),
        ("查核信访举报", "经查核属实"),
    ],
)
def test_a_result_out_of_the_ordinary_must_be_explained(
    library: Library, report: dict[str, Any], name: str, result: str
) -> None:
    report[name]["结果"] = result
    report[name].pop("说明", None)
    assert only(faults_of(library, report)) == f"“{name} 说明”：结果为“{result}”，请写明具体情况"


def test_a_conclusion_still_open_is_a_warning_and_no_refusal(library: Library, report: dict[str, Any]) -> None:
    report["查核信访举报"] |= {"结果": "正在查核", "说明": "收到匿名来信1件，正在向有关人员了解。"}
    assert "查核信访举报 结果" in only(warnings_of(library, report))


def test_a_conclusion_cannot_be_later_than_the_report(library: Library, report: dict[str, Any]) -> None:
    report["听取纪检监察机关意见"]["日期"] = "2026年10月21日"
    fault = only(faults_of(library, report))
    assert "听取纪检监察机关意见" in fault
    assert "晚于考察材料的 2026年10月20日" in fault


@pytest.mark.parametrize("name", ACCOUNTS)
def test_no_account_of_article_25_may_be_empty(library: Library, report: dict[str, Any], name: str) -> None:
    report[name] = "  \u3000 "
    fault = only(faults_of(library, report))
    assert f"“{name}”" in fault


@pytest.mark.parametrize(
    "filler",
    [
        "无",
        "暂无",
        "无。",
        "没有",
        "略",
        "——",
        "/",
        "无明显缺点",
        "未发现明显不足",
        "该同志暂无明显缺点和不足。",
        "目前没有",
    ],
)
def test_shortcomings_that_say_nothing_are_refused(library: Library, report: dict[str, Any], filler: str) -> None:
    report["主要缺点和不足"] = filler
    fault = only(faults_of(library, report))
    assert "主要缺点和不足" in fault
    assert "请写明具体情况" in fault


@pytest.mark.parametrize(
    "text", ["没有到外校调研，思路不够开阔。", "不善言辞。", "无论大小事都亲自过问，放手不够。", "急躁"]
)
def test_real_shortcomings_are_accepted_however_short(library: Library, report: dict[str, Any], text: str) -> None:
    report["主要缺点和不足"] = text
    assert form_of(library, report).context()["主要缺点和不足各段"] == [text]


def test_words_that_weigh_instead_of_tell_are_a_warning(library: Library, report: dict[str, Any]) -> None:
    report["勤"] = "工作非常努力，十分认真。"
    assert [word in text for text, word in zip(warnings_of(library, report), ("非常", "十分"), strict=True)] == [
        True
    ] * 2


@pytest.mark.parametrize("text", ["处理非常规事件三起。", "完成率为十分之九。", "会议限时四十分钟，他用了二十分钟。"])
def test_words_that_only_look_weighty_are_left_alone(library: Library, report: dict[str, Any], text: str) -> None:
    report["勤"] = text
    assert warnings_of(library, report) == []


@pytest.mark.parametrize(
    ("group", "changes", "fault"),
    [
        ("会议推荐", {"得票数": 86}, ("会议推荐 得票数", "超过有效票 85 张")),
        ("会议推荐", {"收回票数": 87}, ("会议推荐 收回票数", "超过发出的 86 张")),
        ("会议推荐", {"位次": 0}, ("会议推荐 位次", "位次从 1 起")),
        ("谈话调研推荐", {"得票数": 59}, ("谈话调研推荐 得票数", "超过谈话的 58 人")),
        ("考察谈话", {"不了解": 3}, ("考察谈话 谈话人数", "合计 43 人，与谈话的 42 人不符")),
        ("民主测评", {"作废票数": 0}, ("民主测评 总体评价", "合计 59 张，与有效票 60 张不符")),
    ],
)
def test_numbers_that_do_not_add_up_are_refused_where_they_stand(
    library: Library, report: dict[str, Any], group: str, changes: dict[str, int], fault: tuple[str, str]
) -> None:
    report[group] |= changes
    place, words = fault
    assert words in next(found for found in faults_of(library, report) if place in found)


def test_the_overall_grade_is_the_row_that_counts(library: Library, report: dict[str, Any]) -> None:
    report["民主测评"]["总体评价"]["测评项目"] = "德"
    assert "应填“总体评价”一行" in only(faults_of(library, report))


def test_faults_of_different_parts_are_gathered(library: Library, report: dict[str, Any]) -> None:
    report["会议推荐"]["得票数"] = 86
    report["考察谈话"]["同意"] = 41
    report["考察组"] = report["考察组"][:1]
    del report["查核信访举报"]
    assert len(faults_of(library, report)) == 4


def test_a_team_has_at_least_two_members(library: Library, report: dict[str, Any]) -> None:
    report["考察组"] = report["考察组"][:1]
    assert only(faults_of(library, report)) == "“考察组”：至少要有 2 项，现有 1 项"


def test_a_team_of_the_same_person_twice_is_refused(library: Library, report: dict[str, Any]) -> None:
    report["考察组"] = [report["考察组"][0], report["考察组"][0] | {"职责": "成员"}]
    assert "周示范重复出现" in only(faults_of(library, report))


@pytest.mark.parametrize(("role", "found"), [("成员", "现在没有"), ("组长", "现有 3 名")])
def test_a_team_has_one_leader(library: Library, report: dict[str, Any], role: str, found: str) -> None:
    for member in report["考察组"]:
        member["职责"] = role
    assert f"应有一名组长，{found}" in only(faults_of(library, report))


def test_nobody_inspects_himself(library: Library, report: dict[str, Any]) -> None:
    report["考察组"][1]["姓名"] = report["考察对象"]["姓名"]
    assert "考察对象本人不能是考察组成员" in only(faults_of(library, report))


def test_rating_years_rise_and_a_gap_is_asked_about(library: Library, report: dict[str, Any]) -> None:
    years = copy.deepcopy(report)
    years["近三年年度考核"].reverse()
    assert "近三年年度考核" in only(faults_of(library, years))
    report["近三年年度考核"][0]["年度"] = 2022
    assert "不是连续三个年度" in only(warnings_of(library, report))


def test_the_content_of_article_25_stands_on_its_own(library: Library, report: dict[str, Any]) -> None:
    inspection_file: type[Part] = library.module("_inspection").InspectionFile
    titles = {spec.title for spec in inspection_file.fields() if not spec.computed}
    made, warnings = read(inspection_file, {key: report[key] for key in titles}, locate_in(""))
    assert warnings == []
    assert read(inspection_file, made.data(), locate_in(""))[0] == made
    kept = {key: report[key] for key in report.keys() - titles}
    assert form_of(library, made.data() | kept) == form_of(library, report)


def test_the_rate_divides_by_the_base_that_is_stated(library: Library, report: dict[str, Any]) -> None:
    assert form_of(library, report).context()["会议推荐"]["得票率"] == "84.71%"
    report["会议推荐"]["比率分母"] = "实到人数"
    assert form_of(library, report).context()["会议推荐"]["得票率"] == "83.72%"


def test_the_report_is_headed_by_the_name_of_the_person(library: Library, report: dict[str, Any]) -> None:
    assert form_of(library, report).context()["材料标题"] == "林示例同志考察材料"


def test_the_template_has_a_place_for_each_conclusion(library: Library) -> None:
    text = "\n".join(
        paragraph.text for paragraph in Document(str(library.kind("inspection_report").template)).paragraphs
    )
    for name in CONCLUSIONS:
        for part in ("结果", "日期", "机关", "说明各段"):
            assert f"{name}.{part} " in text


def text_of(library: Library, values: dict[str, Any]) -> str:
    maker = Maker.open(library.kind("inspection_report"))
    made = maker.make(maker.draft(form_of(library, values)))
    return "\n".join(paragraph.text for paragraph in Document(io.BytesIO(made)).paragraphs)


def test_the_numbers_read_as_sentences(library: Library, report: dict[str, Any]) -> None:
    text = text_of(library, report)
    assert "收回86张，其中作废1张、弃权0张，有效票85张；得票72票，占有效票84.71%，列第1位。" in text
    assert "谈话推荐共58人参加，得票49票，占84.48%，列第1位。" in text
    assert "“优秀”51票，占86.44%；“称职”7票，占11.86%；“基本称职”1票，占1.69%；“不称职”0票。" in text
    assert "个别谈话42人，对拟任职务表示同意40人，占95.24%；不同意0人；不了解2人。" in text


def test_the_basic_facts_read_as_one_sentence(library: Library, report: dict[str, Any]) -> None:
    facts = "1982年4月出生，2004年7月参加工作，中共党员（2003年6月入党），研究生学历，教育学硕士学位，副教授。"
    assert facts in text_of(library, report)


def test_facts_that_are_not_there_leave_no_gap(library: Library, report: dict[str, Any]) -> None:
    report["考察对象"] |= {"政治面貌": "群众", "入党时间": "", "学历": "大专", "学位": "", "专业技术职务": ""}
    assert "参加工作，群众，大专学历。现任示例学院教务处副处长" in text_of(library, report)


def test_matters_that_were_not_verified_are_not_said_to_be(library: Library, report: dict[str, Any]) -> None:
    report["查核个人有关事项报告"]["结果"] = "已填报未核实"
    assert "党委组织部受理了本人填报的个人有关事项报告。结论：已填报未核实。" in text_of(library, report)


def test_an_interview_takes_two_members_of_the_team(library: Library, record: dict[str, Any]) -> None:
    record["谈话人"] = record["谈话人"][:1]
    assert only(faults_of(library, record, "interview_record")) == "“谈话人”：至少要有 2 项，现有 1 项"


def test_the_same_interviewer_twice_is_one(library: Library, record: dict[str, Any]) -> None:
    record["谈话人"] = [record["谈话人"][0]] * 2
    assert "周示范重复出现" in only(faults_of(library, record, "interview_record"))


@pytest.mark.parametrize(("name", "title"), [("林示例", "谈话人"), ("陈示范", "谈话对象")])
def test_nobody_interviews_himself(library: Library, record: dict[str, Any], name: str, title: str) -> None:
    record["谈话人"].append({"姓名": name, "单位及职务": "党委组织部干部科副科长"})
    assert f"“{title}”" in only(faults_of(library, record, "interview_record"))


def test_a_record_to_write_by_hand_needs_no_interview_yet(library: Library, root: Path) -> None:
    printed = form_of(library, example(root, "interview_record_short"), "interview_record").context()
    assert printed["记录各段"] == []
    assert printed["谈话日期"].split() == ["年", "月", "日"]
    assert printed["意见选项"].count("□") == 3


@pytest.mark.parametrize("missing", ["谈话日期", "谈话地点", "谈话对象", "谈话对象单位及职务", "记录人"])
def test_typed_notes_say_who_spoke_when_and_where(library: Library, record: dict[str, Any], missing: str) -> None:
    record[missing] = ""
    assert only(faults_of(library, record, "interview_record")) == f"“{missing}”：已录入谈话记录，此项不能空着"


def test_notes_keep_their_paragraphs_and_the_opinion_its_mark(library: Library, record: dict[str, Any]) -> None:
    record["谈话记录"] = "问：有何不足？\r\n\r\n答：有时急。"
    record["任职意见"] = "不了解"
    printed = form_of(library, record, "interview_record").context()
    assert printed["记录各段"] == ["问：有何不足？", "答：有时急。"]
    assert printed["意见选项"] == "□同意　　□不同意　　■不了解"


def test_only_an_interview_with_the_person_inspected_says_so(library: Library, record: dict[str, Any]) -> None:
    record["与考察对象关系"] = "本人"
    assert "与考察对象关系" in only(faults_of(library, record, "interview_record"))
    record["谈话对象"] = record["考察对象"]
    assert form_of(library, record, "interview_record").context()["谈话对象"] == "林示例"
