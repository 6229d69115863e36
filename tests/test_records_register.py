"""The register and the numbers: a paper is entered before it is there, a number is given once; gaps are found."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from doc_forms.errors import RecordsRefused
from doc_forms.records import Entry, EntryState, Number, Records, entry_id, parse_number


@pytest.fixture
def records(store_url: str) -> Iterator[Records]:
    """An empty store."""
    with Records.open(store_url, who="经办人甲") as opened:
        yield opened


def paper(folder: Path, name: str = "任职通知_林示例", text: bytes = b"paper") -> Entry:
    """An entry whose file is there."""
    path = folder / f"{name}.docx"
    path.write_bytes(text)
    digest = hashlib.sha256(text).hexdigest()
    return Entry(entry_id("notice", "t", digest, path), "notice", "任职通知", str(path), document_sha256=digest)


def codes(records: Records) -> list[str]:
    return [fault.code for fault in records.check()]


def test_an_entry_is_given_back_as_it_was_entered(records: Records, tmp_path: Path) -> None:
    entered = replace(
        paper(tmp_path),
        person="阿卜杜拉·买买提",
        number="示院委〔2026〕28号",
        date="2026.09.18",
        template_sha256="t",
        data_sha256="d",
        case="甲案",
        revision=3,
        findings=({"rule": "34.2", "severity": "warning"},),
        reasons="已报党委研究",
    )
    records.begin([entered])
    (kept,) = records.entries()
    assert kept == replace(entered, made_at=kept.made_at, made_by="经办人甲")
    assert kept.made_at[:2] == "20"
    records.finish([entered.id])
    assert records.entries()[0].state is EntryState.MADE


def test_entries_are_found_by_what_they_are_about(records: Records) -> None:
    first = Entry("1", "notice", "任职通知", "/a", person="林示例", case="甲案", date="2025.12.31")
    other = Entry("2", "reply", "批复", "/b", person="周示范", case="乙案", number="示院委〔2026〕2号", data_sha256="d")
    records.begin([first, other])
    year = int(records.entries()[1].made_at[:4])

    def found(**filters: str | int) -> list[str]:
        return [entry.id for entry in records.entries(**filters)]  # type: ignore[arg-type]  # one at a time

    assert found(kind="notice") == found(person="林示例") == found(case="甲案") == found(year=2025) == ["1"]
    assert found(year=year) == found(number="示院委〔2026〕2号") == found(data_sha256="d") == ["2"]
    assert found(person="林示例", case="乙案") == []


def test_the_same_paper_made_again_is_the_same_entry(records: Records, tmp_path: Path) -> None:
    entry = paper(tmp_path)
    records.begin([entry])
    records.finish([entry.id])
    before = records.entries()
    records.begin([entry, entry])
    records.fail([entry.id])
    assert records.entries() == before


def test_a_paper_that_failed_may_be_begun_again(records: Records, tmp_path: Path) -> None:
    entry = paper(tmp_path)
    for act, state in ((records.fail, EntryState.FAILED), (records.finish, EntryState.MADE)):
        records.begin([entry])
        assert records.entries()[0].state is EntryState.MAKING
        act([entry.id])
        assert [item.state for item in records.entries()] == [state]


def test_a_paper_may_end_under_another_name_than_it_was_begun_with(records: Records, tmp_path: Path) -> None:
    entry = replace(paper(tmp_path), path=str(tmp_path / "planned.docx"), document_sha256="")
    records.begin([entry])
    now = replace(paper(tmp_path, "任职通知_林示例_新稿"), id=entry.id)
    records.finish([now])
    assert (records.entries()[0].path, codes(records)) == (now.path, [])


def test_the_check_tells_an_unfinished_a_missing_and_an_edited_paper_apart(records: Records, tmp_path: Path) -> None:
    papers = [paper(tmp_path, name) for name in ("甲", "乙", "丙", "丁", "戊")]
    records.begin(papers)
    records.finish([entry.id for entry in papers[2:]])
    Path(papers[1].path).unlink()
    Path(papers[2].path).unlink()
    Path(papers[3].path).write_bytes(b"edited by hand")
    faults = records.check()
    assert [(Path(fault.place.file).stem, fault.code) for fault in faults] == [
        ("甲", "register-unfinished"),
        ("乙", "register-unfinished"),
        ("丙", "register-missing"),
        ("丁", "register-edited"),
    ]
    assert "文书已在，登记未完成" in faults[0].message
    assert "文书没有生成" in faults[1].message


def test_a_paper_that_took_the_place_of_another_is_the_one_that_is_checked(records: Records, tmp_path: Path) -> None:
    for text in (b"first", b"second"):
        entry = paper(tmp_path, text=text)
        records.begin([entry])
        records.finish([entry.id])
    assert (len(records.entries()), codes(records)) == (2, [])


def test_numbers_follow_each_other_in_each_organ_and_year(records: Records) -> None:
    given = [
        records.reserve(*of, "任职通知")
        for of in (("示院委", 2026), ("示院", 2026), ("示院委", 2027), ("示院委", 2026))
    ]
    assert [str(number) for number in given] == [
        "示院委〔2026〕1号",
        "示院〔2026〕1号",
        "示院委〔2027〕1号",
        "示院委〔2026〕2号",
    ]


def test_a_sequence_may_go_on_from_numbers_given_by_hand_but_only_before_it_is_used(records: Records) -> None:
    records.start("示院委", 2026, 28)
    assert records.reserve("示院委", 2026, "任职通知").number == 28
    with pytest.raises(RecordsRefused, match="已有文号，不能再定起始号"):
        records.start("示院委", 2026, 40)
    assert [gap.number for gap in records.gaps("示院委", 2026)] == [28]


def test_a_number_keeps_everything_that_was_done_with_it(records: Records) -> None:
    number = records.void(records.issue(records.reserve("示院委", 2026, "任职通知"), "e1"), "文件撤回")
    assert [(event.state.chinese, event.who, event.note) for event in number.history] == [
        ("已预留", "经办人甲", "任职通知"),
        ("已发出", "经办人甲", "e1"),
        ("已作废", "经办人甲", "文件撤回"),
    ]


def test_a_number_is_neither_given_twice_nor_taken_back_from_void(records: Records) -> None:
    number = records.reserve("示院委", 2026, "任职通知")
    assert records.issue(records.issue(number, "e1"), "e1").entry == "e1"
    with pytest.raises(RecordsRefused, match="示院委〔2026〕1号 已发出，不能发出"):
        records.issue(number, "e2")
    records.void(number, "写错")
    with pytest.raises(RecordsRefused, match="已作废（写错），不能发出"):
        records.issue(number, "e1")
    with pytest.raises(RecordsRefused, match="已作废（写错），不能作废"):
        records.void(number, "再次")


def test_a_number_wants_a_purpose_a_reason_and_to_have_been_reserved(records: Records) -> None:
    number = Number("示院委", 2026, 7)
    with pytest.raises(RecordsRefused, match="要写明机关代字和用途"):
        records.reserve("示院委", 2026, " ")
    with pytest.raises(RecordsRefused, match="作废 示院委〔2026〕7号 要写明原因"):
        records.void(number, " ")
    with pytest.raises(RecordsRefused, match="示院委〔2026〕7号 没有预留过"):
        records.issue(number, "e1")


def test_the_letters_of_an_organ_are_letters_only_so_that_its_numbers_can_be_read_again(records: Records) -> None:
    assert str(records.reserve("示 院　委", 2026, "任职通知")) == "示院委〔2026〕1号"
    assert str(records.reserve("示院（组）", 2026, "任职通知")) == "示院（组）〔2026〕1号"
    for prefix in ("示院委〔2026〕", "示院委2026", "示院委[2026]5号"):
        with pytest.raises(RecordsRefused, match="不能作机关代字；只写代字，如 示院委"):
            records.reserve(prefix, 2026, "任职通知")
        with pytest.raises(RecordsRefused, match="不能作机关代字"):
            records.start(prefix, 2026, 5)


def test_the_check_names_open_numbers_lost_rows_and_numbers_without_their_paper(records: Records) -> None:
    records.issue(records.reserve("示院委", 2026, "甲"), "not in the register")
    records.reserve("示院委", 2026, "乙")
    records.void(records.reserve("示院委", 2026, "丙"), "写错")
    records.reserve("示院委", 2026, "丁")
    with records._store.writing() as connection:
        for table in ("numbers", "number_events"):
            connection.exec_driver_sql(f"DELETE FROM {table} WHERE number = 4")  # noqa: S608 - two names above
    found = [(fault.place.spot, fault.code) for fault in records.check()]
    assert found == [
        ("示院委〔2026〕2号", "number-open"),
        ("示院委〔2026〕4号", "number-unexplained"),
        ("示院委〔2026〕1号", "number-entry"),
    ]


def numbered(records: Records, folder: Path, name: str, number: int, person: str) -> Entry:
    """A paper in the register that bears a number which was typed, not reserved."""
    entry = replace(paper(folder, name), number=f"示院委〔2026〕{number}号", person=person)
    records.begin([entry])
    records.finish([entry.id])
    return entry


def test_a_number_that_a_paper_in_the_register_bears_is_passed_over_and_explained(
    records: Records, tmp_path: Path
) -> None:
    first, second = (numbered(records, tmp_path, name, number, name) for name, number in (("甲", 28), ("乙", 29)))
    failed = replace(paper(tmp_path, "丙"), number="示院委〔2026〕30号")
    records.begin([failed])
    records.fail([failed.id])
    records.start("示院委", 2026, 28)
    assert records.reserve("示院委", 2026, "任职通知").number == 30
    known = [(item.number, item.state.value, item.entry) for item in records.numbers("示院委", 2026)]
    assert known == [(28, "issued", first.id), (29, "issued", second.id), (30, "reserved", "")]
    assert codes(records) == ["number-open"]


def test_the_check_says_that_an_open_number_is_on_a_paper_and_which(records: Records, tmp_path: Path) -> None:
    number = records.reserve("示院委", 2026, "任职通知")
    entry = numbered(records, tmp_path, "甲", number.number, "林示例")
    assert [str(fault) for fault in records.check() if entry.id in str(fault) and "已用于任职通知" in str(fault)]
    records.issue(number, entry.id)
    assert codes(records) == []


def test_the_check_names_a_number_that_papers_of_two_people_bear(records: Records, tmp_path: Path) -> None:
    numbered(records, tmp_path, "甲", 5, "林示例")
    numbered(records, tmp_path, "甲_新稿", 5, "林示例")
    assert codes(records) == []
    numbered(records, tmp_path, "乙", 5, "马晓㛃")
    assert codes(records) == ["number-twice"]


@pytest.mark.parametrize(
    "text", ["示院委〔2026〕28号", "示院委[2026]28", " 示院委（2026）28号 ", "示院委【2026】 28 号"]
)
def test_a_number_is_read_as_people_write_it(text: str) -> None:
    assert parse_number(text) == ("示院委", 2026, 28)


@pytest.mark.parametrize("text", ["", "28", "示院委〔26〕28号", "〔2026〕28号", "示院委2026年28号"])
def test_what_is_no_number_is_not_taken_for_one(text: str) -> None:
    assert parse_number(text) is None
