"""Cases in the records: every revision is kept, nothing is overwritten, drafts outlive the program."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from doc_forms.errors import RecordsRefused
from doc_forms.records import Change, Records

MORNING = datetime(2026, 9, 18, 8, 30, tzinfo=timezone(timedelta(hours=8)))
CASE: dict[str, Any] = {"岗位": {"名称": "副院长"}, "考察对象": [{"姓名": "林示例"}, {"姓名": "阿卜杜拉·买买提"}]}


@pytest.fixture
def records(store_url: str) -> Iterator[Records]:
    """An empty store with a clock that stands still and a user of its own."""
    with Records.open(store_url, clock=lambda: MORNING, who="经办人甲") as opened:
        yield opened


def test_a_revision_says_who_saved_it_when_and_what_it_changed(records: Records) -> None:
    records.save_case("甲案", CASE, "初次录入")
    changed = {"岗位": {"名称": "院长"}, "考察对象": [{"姓名": "林示例"}, {"姓名": "周示范"}, {"姓名": "㛃𬭚"}]}
    revision = records.save_case("甲案", changed)
    assert (revision.number, revision.at, revision.who) == (2, "2026-09-18T08:30:00.000+08:00", "经办人甲")
    assert revision.changes == (
        Change("岗位.名称", "副院长", "院长"),
        Change("考察对象[1].姓名", "阿卜杜拉·买买提", "周示范"),
        Change("考察对象[2]", None, {"姓名": "㛃𬭚"}),
    )


def test_every_revision_stays_as_it_was(records: Records) -> None:
    for number in range(1, 21):
        assert records.save_case("甲案", {"轮次": number}, f"第 {number} 次").number == number
    assert [records.case("甲案", number).data["轮次"] for number in range(1, 21)] == list(range(1, 21))
    assert [revision.note for revision in records.revisions("甲案")] == [f"第 {n} 次" for n in range(1, 21)]
    assert records.case("甲案").revision == 20


def test_the_same_data_again_make_no_revision(records: Records) -> None:
    first = records.save_case("甲案", CASE)
    assert records.save_case("甲案", dict(reversed(CASE.items()))) == first
    assert len(records.revisions("甲案")) == 1


def test_a_truth_value_is_not_taken_for_the_number_it_equals(records: Records) -> None:
    records.save_case("甲案", {"回避": 1})
    assert records.save_case("甲案", {"回避": True}).number == 2


def test_a_case_keeps_the_order_of_its_fields(records: Records) -> None:
    records.save_case("甲案", CASE)
    assert list(records.case("甲案").data) == list(CASE)


def test_who_edited_an_old_revision_is_told_and_nothing_is_lost(records: Records) -> None:
    records.save_case("甲案", {"岗位": "甲"})
    records.save_case("甲案", {"岗位": "乙"}, based_on=1)
    with pytest.raises(RecordsRefused, match="已有第 2 版，您改的是第 1 版；请打开最新一版"):
        records.save_case("甲案", {"岗位": "丙"}, based_on=1)
    assert records.case("甲案").data == {"岗位": "乙"}


@pytest.mark.parametrize(
    ("name", "revision", "said"), [("乙案", None, "没有案件“乙案”"), ("甲案", 3, "没有第 3 版（最新是第 1 版）")]
)
def test_a_case_or_revision_that_is_not_there_is_named(
    records: Records, name: str, revision: int | None, said: str
) -> None:
    records.save_case("甲案", CASE)
    with pytest.raises(RecordsRefused, match=said):
        records.case(name, revision)


def test_drafts_are_kept_field_by_field_across_openings_until_they_are_cleared(store_url: str) -> None:
    with Records.open(store_url, who="甲") as records:
        records.save_draft("甲案", "考察对象[0].姓名", "林")
        records.save_draft("甲案", "考察对象[0].姓名", "林示例")
        records.save_draft("甲案", "岗位", {"名称": None})
        records.save_draft("乙案", "岗位", "别的案件")
    with Records.open(store_url) as records:
        drafts = records.drafts("甲案")
        assert {path: draft.value for path, draft in drafts.items()} == {
            "考察对象[0].姓名": "林示例",
            "岗位": {"名称": None},
        }
        assert drafts["岗位"].who == "甲"
        records.clear_drafts("甲案")
        assert (records.drafts("甲案"), len(records.drafts("乙案"))) == ({}, 1)


def test_the_cases_are_listed_by_name(records: Records) -> None:
    for name in ("c", "a", "b"):
        records.save_case(name, {})
    assert records.cases() == ["a", "b", "c"]
