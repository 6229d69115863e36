"""The clerk's desk below the pages: every field has its page, what is typed is kept, rosters are recognised."""

from __future__ import annotations

import json
import shutil
import sqlite3
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from doc_forms.desk import Desk, OpenCase, RecordsChoice, asked
from doc_forms.editing import put, readable, value_at
from doc_forms.errors import FileRefused, UsageRefused
from doc_forms.form import Part
from doc_forms.form.reading import Path as FieldPath
from doc_forms.library import Library
from doc_forms.records import Records
from doc_forms.roster.recognise import recognise

CASE = json.loads((Path(__file__).parent.parent / "examples" / "case.json").read_text("utf-8"))


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """An empty desk."""
    return Desk(folder=tmp_path)


@pytest.fixture
def case(desk: Desk) -> OpenCase:
    """The complete example case on it."""
    return desk.open(desk.add(CASE, "示例"))


def leaves(part: type[Part], above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The titles of every plain field."""
    for spec in asked(part):
        if spec.part is None:
            yield (*above, spec.title)
        else:
            yield from leaves(spec.part, (*above, spec.title))


def asked_on(case: OpenCase) -> Counter[tuple[Any, ...]]:
    """How often each plain field is asked, by its path, over all pages of all steps."""
    counted: Counter[tuple[Any, ...]] = Counter()
    for number in range(len(case.steps)):
        for topic in case.topics(number):
            if topic.shape == "items":
                continue
            for spec in topic.fields:
                below = leaves(spec.part, (spec.title,)) if spec.part else iter([(spec.title,)])
                counted.update((*topic.path, *titles) for titles in below)
    return counted


def test_every_field_of_a_case_is_asked_on_exactly_one_page(case: OpenCase) -> None:
    counted = asked_on(case)
    assert [path for path, times in counted.items() if times > 1] == []
    titles = {tuple(step for step in path if isinstance(step, str)) for path in counted}
    lists_without_items = {fact for fact in leaves(type(case.report.case)) if value_at(case.values, fact[:1]) is None}
    assert set(leaves(type(case.report.case))) - titles - lists_without_items == set()


def test_every_finding_leads_to_the_page_where_it_is_mended(desk: Desk) -> None:
    found = desk.open(desk.new("空案件"))
    waiting = [item for item in found.report.findings if item.verdict.at]
    assert waiting
    for finding in waiting:
        place = found.place_of(finding)
        assert place is not None, finding
        assert found.topic(place[0].step, place[0].address) == place[0]


def test_what_cannot_be_read_is_kept_and_named_and_hides_nothing_else(desk: Desk, case: OpenCase) -> None:
    path = ("任前公示", "公示开始日期")
    after = desk.put(case.id, {path: "十月一日", ("任前公示", "公示范围"): "校内外"})
    assert value_at(after.values, path) == "十月一日"
    assert set(after.faults) == {"任前公示 公示开始日期"}
    assert after.report.case.data()["任前公示"]["公示范围"] == "校内外"
    assert len(after.checklist.steps) == len(case.checklist.steps)


def test_an_emptied_field_is_gone_with_the_group_that_it_leaves_empty() -> None:
    values: dict[str, Any] = {"酝酿": {"酝酿日期": "2026-09-21"}, "案件名称": "甲"}
    put(values, ("酝酿", "酝酿日期"), "")
    assert values == {"案件名称": "甲"}


def test_a_row_that_nobody_has_begun_is_not_judged(desk: Desk, case: OpenCase) -> None:
    count = len(case.values["考察对象"])
    after = desk.add_row(case.id, ("考察对象",), case.rows_at(("考察对象",)))
    assert len(after.values["考察对象"]) == count + 1
    assert len(after.report.case.data()["考察对象"]) == count


def test_a_row_is_not_changed_by_a_page_that_shows_another_list(desk: Desk, case: OpenCase) -> None:
    count = len(case.values["考察对象"])
    with pytest.raises(UsageRefused, match="别的窗口"):
        desk.remove_row(case.id, ("考察对象",), 0, case.rows_at(("考察对象",)) + 1)
    with pytest.raises(UsageRefused, match="别的窗口"):
        desk.put(case.id, {("考察对象", count, "姓名"): "甲乙"})


def test_nothing_is_written_into_rows_that_another_window_has_moved_and_all_else_is(
    desk: Desk, case: OpenCase, tmp_path: Path
) -> None:
    people: FieldPath = ("考察对象",)
    shown = {path: case.rows_at(path) for path in (people, (*people, 0, "家庭成员"))}
    names = [person["姓名"] for person in case.values["考察对象"]]
    Desk(folder=tmp_path).move_row(case.id, people, 0, 1, shown[people])
    with pytest.raises(UsageRefused, match="增删或移动过行，刚才填的没有写入"):
        desk.put(case.id, {(*people, 0, "籍贯"): "福建宁德"}, shown)
    with pytest.raises(UsageRefused, match="刚才点的没有执行"):
        desk.move_row(case.id, people, 0, 1, shown[people])
    with pytest.raises(UsageRefused, match="刚才点的没有执行"):
        desk.remove_row(case.id, people, 0, shown[people])
    after = desk.put(case.id, {("酝酿", "酝酿日期"): "2026.9.22"}, shown)
    assert after.values["酝酿"]["酝酿日期"] == "2026.9.22"
    assert [person["姓名"] for person in after.values["考察对象"]] == names[::-1]
    assert [person["籍贯"] for person in after.values["考察对象"]] == [
        person["籍贯"] for person in case.values["考察对象"][::-1]
    ]
    again = desk.put(case.id, {(*people, 0, "籍贯"): "福建宁德"}, {path: after.rows_at(path) for path in shown})
    assert again.values["考察对象"][0]["籍贯"] == "福建宁德"
    assert desk.move_row(case.id, people, 0, 1, again.rows_at(people)).values["考察对象"][1]["籍贯"] == "福建宁德"


def test_rows_of_an_earlier_revision_are_other_rows(desk: Desk, case: OpenCase, tmp_path: Path) -> None:
    people = ("考察对象",)
    desk.put(case.id, {("案件名称",): "改过的名称"})
    shown = desk.open(case.id).rows_at(people)
    Desk(folder=tmp_path).history.restore(case.id, 1)
    with pytest.raises(UsageRefused, match="别的窗口"):
        desk.put(case.id, {(*people, 0, "籍贯"): "福建宁德"}, {people: shown})


def test_a_removed_row_comes_back_where_it_stood_and_later_answers_stay(desk: Desk, case: OpenCase) -> None:
    before = case.values["考察对象"]
    desk.remove_row(case.id, ("考察对象",), 0, case.rows_at(("考察对象",)))
    desk.put(case.id, {("案件名称",): "改过的名称"})
    after = desk.undo(case.id)
    assert after.values["考察对象"] == before
    assert after.name == "改过的名称"


def test_a_case_on_the_desk_lies_in_the_records_for_its_owner_only(
    desk: Desk, case: OpenCase, library: Library, tmp_path: Path
) -> None:
    desk.put(case.id, {("酝酿", "酝酿日期"): "2026.9.22"})
    desk.close()
    with Records.open(str(tmp_path / "records.db")) as records:
        part, faults = readable(library.module("case").Case, records.case(CASE["案件名称"]).data)
    assert faults == {}
    assert part.data()["案件名称"] == CASE["案件名称"]
    assert part.data()["酝酿"]["酝酿日期"] == "2026-09-22"
    assert (tmp_path / "records.db").stat().st_mode & 0o077 == 0


def test_a_damaged_case_says_so_in_the_list_and_the_others_open(desk: Desk, case: OpenCase, tmp_path: Path) -> None:
    other = desk.add({"案件名称": "损坏的案件"}, "")
    with closing(sqlite3.connect(tmp_path / "records.db")) as store:
        store.execute("UPDATE revisions SET data = '{' WHERE case_name = '损坏的案件'")
        store.commit()
    (tmp_path / "cases").mkdir()
    (tmp_path / "cases" / "0123456789ab.json").write_text("{", "utf-8")
    lines = {line.id: line for line in Desk(folder=tmp_path).cases()}
    assert "JSON" in lines["0123456789ab"].trouble
    assert "第 1 版的内容已损坏" in lines[other].trouble
    assert lines[case.id].trouble == ""


def test_papers_name_the_revision_that_they_were_made_from(tmp_path: Path) -> None:
    desk = Desk(folder=tmp_path, records=RecordsChoice())
    case = desk.add(CASE, "示例")
    desk.put(case, {("酝酿", "酝酿日期"): "2026.9.22"})
    desk.papers.make(desk.open(case), "")
    assert {(line.entry.case, line.entry.revision) for line in desk.register.look().lines} == {(CASE["案件名称"], 2)}
    assert [line.note for line in desk.history.of(case)] == ["生成文书", "示例"]


def test_papers_are_not_made_from_what_another_window_has_changed_since(desk: Desk, case: OpenCase) -> None:
    Desk(folder=desk._home).put(case.id, {("酝酿", "酝酿日期"): "2026.9.22"})
    with pytest.raises(UsageRefused, match="别的窗口改动过，还没有生成"):
        desk.papers.make(case, "")
    assert not desk.papers.folder(case).exists()


def test_two_windows_see_each_others_work(desk: Desk, case: OpenCase, tmp_path: Path) -> None:
    other = Desk(folder=tmp_path)
    other.put(case.id, {("酝酿", "酝酿日期"): "2026.9.22"})
    desk.put(case.id, {("任前公示", "公示范围"): "校内外"})
    for window in (desk, other):
        values = window.open(case.id).values
        assert (values["酝酿"]["酝酿日期"], values["任前公示"]["公示范围"]) == ("2026.9.22", "校内外")


def test_a_number_of_nought_is_an_answer_and_not_an_empty_field(desk: Desk, case: OpenCase) -> None:
    path = ("民主推荐", "会议推荐", "实到人数")
    desk.put(case.id, {path: ""})
    assert value_at(desk.put(case.id, {path: "0"}).values, path) == 0


def test_what_was_typed_is_a_revision_when_the_program_ends(desk: Desk, case: OpenCase, tmp_path: Path) -> None:
    desk.put(case.id, {("酝酿", "酝酿日期"): "2026.9.22"})
    desk.close()
    (last, first) = Desk(folder=tmp_path).history.of(case.id)
    assert (last.note, first.note) == ("退出", "示例")
    assert [(line.field, line.before, line.after) for line in last.changes] == [
        ("酝酿 酝酿日期", CASE["酝酿"]["酝酿日期"], "2026.9.22")
    ]


def test_an_earlier_revision_is_brought_back_and_the_later_one_stays(desk: Desk, case: OpenCase) -> None:
    desk.put(case.id, {("案件名称",): "改过的名称", ("酝酿",): ""})
    desk.history.restore(case.id, 1)
    assert desk.open(case.id).values == CASE
    assert [line.note for line in desk.history.of(case.id)] == ["恢复第 1 版", "恢复第 1 版之前", "示例"]
    desk.history.restore(case.id, 2)
    assert desk.open(case.id).name == "改过的名称"


def test_case_files_of_an_earlier_version_are_taken_over_once_and_none_is_lost(tmp_path: Path) -> None:
    old = tmp_path / "cases"
    old.mkdir()
    (old / "0123456789ab.json").write_text(json.dumps(CASE), "utf-8")
    (old / "00000000000f.json").write_text(json.dumps({"案件名称": "乙案", "酝酿": {"酝酿日期": "待定"}}), "utf-8")
    before = {path.name: path.read_bytes() for path in old.glob("*.json")}
    desk = Desk(folder=tmp_path)
    assert desk.open("0123456789ab").values == CASE
    assert desk.open("00000000000f").values["酝酿"] == {"酝酿日期": "待定"}
    desk.put("0123456789ab", {("酝酿", "酝酿日期"): "2026.9.22"})
    taken = old / "已转入台账"
    assert {path.name: path.read_bytes() for path in taken.glob("*.json")} == before
    assert list(old.glob("*.json")) == []

    shutil.copy(taken / "0123456789ab.json", old)  # as a kill before the file was moved would leave it
    again = Desk(folder=tmp_path)
    assert len(again.cases()) == 2
    assert again.open("0123456789ab").values["酝酿"]["酝酿日期"] == "2026.9.22"

    (old / "0123456789ab.json").write_text(json.dumps({**CASE, "案件名称": "旧程序又改过"}), "utf-8")
    last = Desk(folder=tmp_path)
    assert sorted(line.name for line in last.cases()) == sorted(["旧程序又改过", "乙案", CASE["案件名称"]])
    assert list(old.glob("*.json")) == []


def test_a_field_is_kept_within_ten_milliseconds(desk: Desk, case: OpenCase) -> None:
    working, took = desk._kept.working, []
    for number in range(60):
        stamp, began = working.stamp(case.id), time.perf_counter()
        assert working.keep(case.id, stamp, {("酝酿", "酝酿日期"): f"2026.9.{number}"})
        took.append(time.perf_counter() - began)
    middle = sorted(took)[len(took) // 2]
    print(f"a field kept in {middle * 1000:.1f} ms (median of {len(took)})")  # noqa: T201 - the count
    assert middle < 0.01


def test_every_example_roster_is_recognised_by_its_headings(library: Library, root: Path) -> None:
    kinds = [kind for kind in library.kinds() if kind.form.about.roster]
    files = {kind.stem: root / "examples" / f"{kind.stem}.xlsx" for kind in kinds}
    found = {stem: recognise(file, kinds).stem for stem, file in files.items() if file.is_file()}
    assert found == {stem: stem for stem in found}
    assert len(found) >= 9


def test_a_file_that_is_no_workbook_is_refused(library: Library, root: Path) -> None:
    with pytest.raises(FileRefused, match="不是 Excel 工作簿"):
        recognise(root / "README.md", library.kinds())
