"""Who has to rotate: ten full years in one post, counted by months to a stated day (article 42)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from case_papers import of_kind, papers, printed
from docx import Document
from rules_support import LIBRARY

from doc_forms import Office
from doc_forms.casework.papers import PaperState
from doc_forms.errors import DataRefused
from doc_forms.form.reading import locate_in, read
from doc_forms.office import RecordsChoice

EXAMPLES = Path(__file__).parent.parent / "examples"
FIRST = "任职较久的干部[0]."


def values(**changes: Any) -> dict[str, Any]:
    return {**json.loads((EXAMPLES / "rotation_list.json").read_text("utf-8")), **changes}


def filled(data: dict[str, Any]) -> tuple[dict[str, Any], str]:
    form, warnings = read(LIBRARY.kind("rotation_list").form, data, locate_in("名单.json"))
    return form.context(), "\n".join(map(str, warnings))


def one(**changes: Any) -> dict[str, Any]:
    """A list of one official of division level."""
    return values(干部=[{"姓名": "丁一", "层次": "正处级", "现任职务": "工会主席", "任现职时间": "2019.05", **changes}])


def alone(**changes: Any) -> dict[str, Any]:
    """How the list prints that one official."""
    (person,) = filled(one(**changes))[0]["轮岗名单"]
    shown: dict[str, Any] = person
    return shown


@pytest.mark.parametrize(
    ("since", "served", "demand"),
    [
        ("2016.12.30", "10年", "应当轮岗"),
        ("2016.12.31", "10年", "应当轮岗"),
        ("2017.01.01", "9年11个月", "—"),
        ("2016.12", "10年", "满十年待核"),
        ("2016.11", "10年1个月", "应当轮岗"),
        ("2017.01", "9年11个月", "—"),
        ("2026.12.31", "0个月", "—"),
        ("2006.02.28", "20年10个月", "应当轮岗"),
    ],
)
def test_ten_years_are_full_on_the_day_that_is_counted_to(since: str, served: str, demand: str) -> None:
    person = alone(任现职时间=since)
    assert (person["任现职年限"], person["轮岗要求"]) == (served, demand)


def test_a_leap_day_is_full_on_the_last_of_february() -> None:
    served = {
        day: filled({**one(任现职时间="2012.02.29"), "计算日期": day})[0]["轮岗名单"][0]["轮岗要求"]
        for day in ("2022-02-27", "2022-02-28")
    }
    assert served == {"2022-02-27": "—", "2022-02-28": "应当轮岗"}


@pytest.mark.parametrize(
    ("level", "demand"), [("正处级", "应当轮岗"), ("副处级", "应当轮岗"), ("正科级", "建议轮岗"), ("其他", "建议轮岗")]
)
def test_only_officials_of_division_level_must_rotate(level: str, demand: str) -> None:
    assert alone(任现职时间="2010.05.01", 层次=level, 交流原因="工作需要")["轮岗要求"] == demand


def test_the_longest_in_post_stand_first_and_the_numbers_are_counted() -> None:
    shown, warnings = filled(values())
    assert [person["姓名"] for person in shown["轮岗名单"]] == ["欧阳清", "孙明远", "阿依古丽·麦麦提", "陈㛃", "冯䶮"]
    assert shown["人数说明"] == "共5人，任满十年应当轮岗2人，其中尚未安排1人，建议轮岗2人"
    assert warnings == ""


@pytest.mark.parametrize(
    ("changes", "warning"),
    [
        ({"任现职时间": "2016.12"}, "丁一的任现职时间未填到日，到2026年12月31日是否已满十年请核对"),
        ({"任现职时间": "2012.03.01"}, "丁一任满十年，应当轮岗（第四十二条）：请填拟交流职务"),
        ({"任现职时间": "2012.03.01", "已安排": "否"}, "请填拟交流职务，暂不轮岗的在备注中写明理由"),
        ({"任现职时间": "2012.03.01", "已安排": "是"}, ""),
        ({"任现职时间": "2012.03.01", "拟交流职务": "图书馆馆长"}, ""),
        ({"任现职时间": "2012.03.01", "备注": "年内到龄"}, ""),
        ({"拟交流职务": "图书馆馆长"}, "丁一未满十年而安排轮岗，请填写交流原因"),
        ({"拟交流职务": "图书馆馆长", "交流原因": "按规定需要回避"}, ""),
    ],
)
def test_who_must_rotate_is_looked_after_and_who_need_not_has_a_reason(changes: dict[str, Any], warning: str) -> None:
    said = filled(one(**changes))[1]
    assert warning in said
    assert bool(warning) == bool(said)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (one(任现职时间="2027.01.01"), "丁一的任现职时间晚于计算日期"),
        (one(任现职时间="2016"), "请至少填到月"),
        (one(拟交流职务="工会主席"), "与现任职务相同"),
        (values(干部=values()["干部"] * 2), "孙明远（示例学院图书馆馆长）列了 2 次"),
    ],
)
def test_what_cannot_be_so_is_refused(data: dict[str, Any], message: str) -> None:
    with pytest.raises(DataRefused) as refused:
        filled(data)
    assert message in str(refused.value)


def test_the_list_of_a_case_counts_terms_of_the_same_post_together() -> None:
    career = [
        {"起始时间": "2014.03.05", "截止时间": "2019.06", "单位及职务": "示例学院图书馆馆长", "层次": "正处级"},
        {"起始时间": "2019.06.18", "单位及职务": "示例学院图书馆馆长", "层次": "正处级"},
    ]
    form = of_kind(papers({f"{FIRST}任职经历": career}), "rotation_list").form
    assert form is not None
    (person,) = form.context()["轮岗名单"]
    assert (person["任现职时间"], person["任现职年限"], person["轮岗要求"]) == ("2014.03.05", "12年9个月", "应当轮岗")


def test_the_list_of_a_case_prints_the_post_held_now() -> None:
    text = printed(of_kind(papers(), "rotation_list"))
    assert "示例学院图书馆馆长" in text
    assert "7年6个月" in text
    assert "学生工作处副处长" not in text


def test_who_has_left_the_post_is_not_listed() -> None:
    gone = papers({f"{FIRST}任职经历[1].截止时间": "2026.10"})
    assert "rotation_list" not in {paper.kind.stem for paper in gone}


@pytest.mark.parametrize(
    ("patch", "missing"),
    [
        ({"轮岗计算日期": None}, "轮岗计算日期"),
        ({f"{FIRST}层次": None}, "任职较久的干部 第 1 项 层次"),
        ({f"{FIRST}任职经历": None}, "任职较久的干部 第 1 项 任职经历"),
    ],
)
def test_what_the_list_lacks_is_named_by_its_field(patch: dict[str, Any], missing: str) -> None:
    paper = of_kind(papers(patch), "rotation_list")
    assert (paper.state, paper.missing) == (PaperState.MISSING, (missing,))


def test_a_list_is_drawn_for_whoever_must_rotate() -> None:
    paper = of_kind(papers({f"{FIRST}任职经历[1].起始时间": "2010.06"}), "rotation_list")
    assert paper.state is PaperState.READY
    assert any("应当轮岗" in str(fault) for fault in paper.warnings)


@pytest.mark.parametrize(("kind", "people"), [("rotation_list", "干部"), ("inspection_candidates", "建议人选")])
def test_a_remark_stays_on_the_page_of_its_row(tmp_path: Path, kind: str, people: str) -> None:
    data = json.loads((EXAMPLES / f"{kind}_long.json").read_text("utf-8"))
    paper = Office(records=RecordsChoice(registers=False)).fill(kind, data, tmp_path)
    rows = Document(str(paper.path)).tables[1].rows
    held = [all(item.paragraph_format.keep_with_next for cell in row.cells for item in cell.paragraphs) for row in rows]
    remarks = [number for number, row in enumerate(rows) if "备注" in [cell.text for cell in row.cells]]
    assert len(remarks) == sum(bool(person.get("备注")) for person in data[people])
    assert [number + 1 for number, keeps in enumerate(held) if keeps] == remarks
