"""Cases that are worked on: what is typed is kept field by field over the latest revision, and becomes the next one."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest

from doc_forms.errors import RecordsRefused, UsageRefused
from doc_forms.records import Entry, Records

CASE: dict[str, Any] = {
    "案件名称": "甲案",
    "岗位": {"名称": "副院长"},
    "人选": [{"姓名": "林示例"}, {"姓名": "周示范"}],
}


@pytest.fixture
def records(store_url: str) -> Iterator[Records]:
    """An empty store."""
    with Records.open(store_url, who="甲") as opened:
        yield opened


@pytest.fixture
def case(records: Records) -> str:
    """A case that is worked on in it."""
    return records.working.add("甲案", CASE, "新建")


def keep(records: Records, case: str, *changes: tuple[tuple[str | int, ...], Any]) -> None:
    for path, value in changes:
        assert records.working.keep(case, records.working.stamp(case), {path: value}) is not None


def test_what_is_typed_lies_over_the_revision_and_makes_none(records: Records, case: str) -> None:
    keep(records, case, (("岗位", "名称"), "院长"), (("人选", 1, "姓名"), "周示"), (("人选", 1, "姓名"), "周示范甲"))
    found = records.working.case(case)
    assert found.values["岗位"] == {"名称": "院长"}
    assert found.values["人选"] == [{"姓名": "林示例"}, {"姓名": "周示范甲"}]
    assert (found.name, found.revision) == ("甲案", 1)
    assert records.case("甲案").data == CASE


def test_rows_that_move_take_along_what_was_typed_into_them(records: Records, case: str) -> None:
    keep(records, case, (("人选", 0, "姓名"), "林例"), (("人选",), [{"姓名": "周示范"}, {"姓名": "林例"}]))
    keep(records, case, (("人选", 1, "备注"), "后填"))
    assert records.working.case(case).values["人选"] == [{"姓名": "周示范"}, {"姓名": "林例", "备注": "后填"}]
    assert len(records.drafts("甲案")) == 2


def test_it_is_known_when_the_rows_of_a_list_were_last_moved(records: Records, case: str) -> None:
    assert records.working.case(case).lists == {}
    keep(records, case, (("人选", 0, "姓名"), "林例"), (("人选",), [{"姓名": "周示范"}, {"姓名": "林例"}]))
    keep(records, case, (("人选", 0, "姓名"), "周示"), (("人选", 0, "经历"), [{}]), (("岗位", "名称"), "院长"))
    assert records.working.case(case).lists == {("人选",): 3, ("人选", 0, "经历"): 5}
    records.working.replace(case, CASE, "恢复第 1 版")
    assert records.working.case(case).lists == {(): 7}


def test_an_emptied_field_is_gone_and_so_is_the_group_that_it_leaves_empty(records: Records, case: str) -> None:
    keep(records, case, (("岗位", "名称"), ""), (("人选",), []))
    assert records.working.case(case).values == {"案件名称": "甲案"}


def test_what_was_typed_becomes_one_revision_that_says_what_changed(records: Records, case: str) -> None:
    keep(records, case, (("岗位", "名称"), "院长"), (("岗位", "级别"), "正处"))
    revision = records.working.save(case, "填写：岗位")
    assert revision is not None
    assert (revision.number, revision.who, revision.note) == (2, "甲", "填写：岗位")
    assert [tuple(change) for change in revision.changes] == [
        ("岗位.名称", "副院长", "院长"),
        ("岗位.级别", None, "正处"),
    ]
    assert records.drafts("甲案") == {}
    assert records.working.case(case).values == records.case("甲案").data
    assert records.working.save(case, "再存") == revision


def test_what_was_typed_and_taken_back_makes_no_revision(records: Records, case: str) -> None:
    keep(records, case, (("岗位", "名称"), "院长"), (("岗位", "名称"), "副院长"))
    revision = records.working.save(case, "填写")
    assert revision is not None
    assert revision.number == 1
    assert records.working.pending() == []


def test_nothing_is_kept_over_the_change_of_another_window(records: Records, case: str) -> None:
    seen = records.working.stamp(case)
    keep(records, case, (("岗位", "名称"), "院长"))
    assert records.working.keep(case, seen, {("岗位", "名称"): "书记"}) is None
    assert records.working.save(case, "生成文书", seen) is None
    assert records.working.case(case).values["岗位"]["名称"] == "院长"
    assert len(records.revisions("甲案")) == 1


def test_the_work_of_one_person_is_a_revision_before_another_goes_on(store_url: str, case: str) -> None:
    with Records.open(store_url, who="甲") as first, Records.open(store_url, who="乙") as second:
        keep(first, case, (("岗位", "名称"), "院长"))
        keep(second, case, (("岗位", "级别"), "正处"))
        second.working.save(case, "填写")
        assert [(item.number, item.who, len(item.changes)) for item in second.revisions("甲案")[1:]] == [
            (2, "甲", 1),
            (3, "乙", 1),
        ]


def test_two_windows_that_type_at_once_lose_no_field(store_url: str, case: str) -> None:
    def work(side: str) -> None:
        with Records.open(store_url, who=side, patience=60) as own:
            for number in range(25):
                while own.working.keep(case, own.working.stamp(case), {(side, f"第{number}项"): number + 1}) is None:
                    pass
                if number % 5 == 0:
                    own.working.save(case, "填写")

    threads = [threading.Thread(target=work, args=(side,)) for side in ("左", "右")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with Records.open(store_url) as records:
        values = records.working.case(case).values
        assert {side: values[side] for side in ("左", "右")} == {
            side: {f"第{number}项": number + 1 for number in range(25)} for side in ("左", "右")
        }
        numbers = [item.number for item in records.revisions("甲案")]
        assert numbers == list(range(1, len(numbers) + 1))


def test_an_earlier_revision_comes_back_as_a_new_one_and_what_was_typed_is_kept(records: Records, case: str) -> None:
    keep(records, case, (("岗位", "名称"), "院长"))
    assert records.working.replace(case, CASE, "恢复第 1 版").number == 3
    assert [item.note for item in records.revisions("甲案")] == ["新建", "恢复第 1 版之前", "恢复第 1 版"]
    assert records.case("甲案", 2).data["岗位"]["名称"] == "院长"
    assert records.working.case(case).values == CASE


def test_a_second_case_of_a_name_is_another_case(records: Records, case: str) -> None:
    records.save_case("乙案", {"来自": "文件"})
    names = [records.working.case(records.working.add(name, CASE, "")).name for name in ("甲案", "甲案", "乙案")]
    assert names == ["甲案（2）", "甲案（3）", "乙案（2）"]
    assert records.working.case(case).name == "甲案"
    assert records.case("乙案").data == {"来自": "文件"}


def test_a_case_that_comes_twice_under_one_id_is_taken_once(records: Records) -> None:
    for _ in range(2):
        assert records.working.add("甲案", CASE, "转入", "0123456789ab") == "0123456789ab"
    assert (len(records.working.lines()), records.cases()) == (1, ["甲案"])


def test_a_case_that_is_put_away_keeps_everything_and_comes_back(records: Records, case: str) -> None:
    keep(records, case, (("岗位", "名称"), "院长"))
    stamp = records.working.stamp(case)
    records.working.put_away(case, "已办结")
    found = records.working.case(case)
    assert found.away is not None
    assert (found.away.who, found.away.why, found.stamp) == ("甲", "已办结", stamp + 1)
    assert found.values["岗位"] == {"名称": "院长"}
    assert [item.note for item in records.revisions("甲案")] == ["新建", "移出"]
    assert [line.away for line in records.working.lines()] == [found.away]
    records.working.put_away(case, "又一次")
    assert records.working.line(case).away == found.away
    records.working.bring_back(case)
    assert (records.working.line(case).away, records.working.line(case).stamp) == (None, stamp + 2)
    assert records.working.keep(case, stamp, {("岗位", "名称"): "书记"}) is None


def test_a_case_is_deleted_only_as_it_was_shown_and_only_where_no_paper_of_it_is_registered(
    records: Records, case: str
) -> None:
    other = records.working.add("乙案", CASE, "新建")
    keep(records, case, (("岗位", "名称"), "院长"))
    with pytest.raises(RecordsRefused, match="刚才又有改动，没有删除"):
        records.working.discard(case, 1)
    records.begin([Entry("e1", "appointment_notice", "任职通知", "/nowhere/甲.docx", case="甲案")])
    with pytest.raises(RecordsRefused, match="台账上有这个案件的文书"):
        records.working.discard(case, records.working.stamp(case))
    assert (records.case("甲案").data, len(records.drafts("甲案"))) == (CASE, 1)
    keep(records, other, (("岗位", "名称"), "院长"))
    records.working.discard(other, 2)
    assert (records.cases(), records.drafts("乙案"), records.revisions("乙案")) == (["甲案"], {}, [])
    with pytest.raises(UsageRefused, match="没有这个案件"):
        records.working.discard(other, 2)
    assert records.working.case(records.working.add("乙案", CASE, "新建")).name == "乙案"


def test_the_case_that_was_changed_last_comes_first(records: Records, case: str) -> None:
    other = records.working.add("乙案", CASE, "")
    keep(records, case, (("岗位", "名称"), "院长"))
    assert [line.id for line in records.working.lines()] == [case, other]


def test_a_case_that_is_not_there_or_damaged_says_so(records: Records, case: str) -> None:
    with pytest.raises(UsageRefused, match="没有这个案件"):
        records.working.case("ffffffffffff")
    with pytest.raises(UsageRefused, match="没有这个案件"):
        records.working.keep("ffffffffffff", 1, {("岗位",): ""})
    records.save_draft("甲案", '["人选",7,"姓名"]', "无处可放")
    with pytest.raises(RecordsRefused, match="“甲案”填写中的内容已损坏；请用最近的备份恢复"):
        records.working.case(case)
