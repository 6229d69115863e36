"""The clerk's desk below the pages: every field has its page, what is typed is kept, rosters are recognised."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from doc_forms.desk import Desk, OpenCase, asked
from doc_forms.editing import put, readable, value_at
from doc_forms.errors import FileRefused, UsageRefused
from doc_forms.form import Part
from doc_forms.library import Library
from doc_forms.roster.recognise import recognise

CASE = json.loads((Path(__file__).parent.parent / "examples" / "case.json").read_text("utf-8"))


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """An empty desk."""
    return Desk(folder=tmp_path)


@pytest.fixture
def case(desk: Desk) -> OpenCase:
    """The complete example case on it."""
    return desk.open(desk._shelf.add(CASE))


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
    after = desk.add_row(case.id, ("考察对象",), count)
    assert len(after.values["考察对象"]) == count + 1
    assert len(after.report.case.data()["考察对象"]) == count


def test_a_row_is_not_changed_by_a_page_that_shows_another_list(desk: Desk, case: OpenCase) -> None:
    count = len(case.values["考察对象"])
    with pytest.raises(UsageRefused, match="别的窗口"):
        desk.remove_row(case.id, ("考察对象",), 0, count + 1)
    with pytest.raises(UsageRefused, match="别的窗口"):
        desk.put(case.id, {("考察对象", count, "姓名"): "甲乙"})


def test_a_removed_row_comes_back_where_it_stood_and_later_answers_stay(desk: Desk, case: OpenCase) -> None:
    before = case.values["考察对象"]
    desk.remove_row(case.id, ("考察对象",), 0, len(before))
    desk.put(case.id, {("案件名称",): "改过的名称"})
    after = desk.undo(case.id)
    assert after.values["考察对象"] == before
    assert after.name == "改过的名称"


def test_a_case_on_the_desk_is_a_case_file_like_any_other(desk: Desk, case: OpenCase, library: Library) -> None:
    part, faults = readable(library.module("case").Case, json.loads(desk._shelf.file(case.id).read_text("utf-8")))
    assert faults == {}
    assert part.data()["案件名称"] == CASE["案件名称"]
    assert desk._shelf.file(case.id).stat().st_mode & 0o077 == 0


def test_a_damaged_case_says_so_in_the_list_and_the_others_open(desk: Desk, case: OpenCase) -> None:
    (desk._shelf.folder / "0123456789ab.json").write_text("{", "utf-8")
    lines = {line.id: line for line in desk.cases()}
    assert "JSON" in lines["0123456789ab"].trouble
    assert lines[case.id].trouble == ""


def test_every_example_roster_is_recognised_by_its_headings(library: Library, root: Path) -> None:
    kinds = [kind for kind in library.kinds() if kind.form.about.roster]
    files = {kind.stem: root / "examples" / f"{kind.stem}.xlsx" for kind in kinds}
    found = {stem: recognise(file, kinds).stem for stem, file in files.items() if file.is_file()}
    assert found == {stem: stem for stem in found}
    assert len(found) >= 9


def test_a_file_that_is_no_workbook_is_refused(library: Library, root: Path) -> None:
    with pytest.raises(FileRefused, match="不是 Excel 工作簿"):
        recognise(root / "README.md", library.kinds())
