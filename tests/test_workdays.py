"""Working days by the official calendar: holidays, weekends worked instead, years without a table."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from doc_forms.errors import DataRefused
from doc_forms.regulation import WorkCalendar, YearUnknownError

OFFICIAL = WorkCalendar()
TABLE = {
    "年度": 2027,
    "放假": ["2027-01-01", "2027-02-08", "2027-02-09"],
    "补班": ["2027-01-03", "2027-02-13"],
}
"""A made-up table, only to be read: a Friday and two days off, a Sunday and a Saturday worked."""


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def table_file(folder: Path, table: Any, name: str = "放假安排2027.json") -> Path:
    file = folder / name
    file.write_text(table if isinstance(table, str) else json.dumps(table, ensure_ascii=False), "utf-8")
    return file


@pytest.mark.parametrize("text", ["2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"])
def test_a_make_up_weekend_of_2026_is_worked(text: str) -> None:
    assert day(text).weekday() >= 5
    assert OFFICIAL.is_working_day(day(text))


def test_2026_has_six_worked_weekend_days_and_a_week_off_in_october() -> None:
    days = [dt.date(2026, 1, 1) + dt.timedelta(n) for n in range(365)]
    weekends = [item for item in days if item.weekday() >= 5]
    assert sum(map(OFFICIAL.is_working_day, weekends)) == 6
    assert not OFFICIAL.is_working_day(day("2026-10-01"))
    assert not OFFICIAL.is_working_day(day("2026-10-07"))
    assert OFFICIAL.is_working_day(day("2026-10-08"))


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2026-09-18", "2026-09-23"),  # Friday; Sunday 09-20 works
        ("2026-09-28", "2026-10-09"),  # over the National Day
        ("2026-02-11", "2026-02-24"),  # over the Spring Festival, with a Saturday worked
        ("2026-04-30", "2026-05-09"),  # over Labour Day, up to a Saturday worked
        ("2026-06-01", "2026-06-05"),  # an ordinary week
    ],
)
def test_five_working_days_are_full_on_the_day_that_the_official_calendar_gives(start: str, end: str) -> None:
    assert OFFICIAL.end_of(day(start), 5) == day(end)
    assert OFFICIAL.count(day(start), day(end)) == 5
    assert OFFICIAL.count(day(start), day(end) - dt.timedelta(1)) == 4


def test_a_start_that_is_not_worked_does_not_count() -> None:
    assert OFFICIAL.end_of(day("2026-10-01"), 1) == day("2026-10-08")
    assert OFFICIAL.count(day("2026-10-01"), day("2026-10-08")) == 1


def test_a_period_that_ends_before_it_starts_has_no_working_day() -> None:
    assert OFFICIAL.count(day("2026-09-30"), day("2026-09-29")) == 0


def test_the_next_working_day_skips_a_holiday_and_takes_a_make_up_sunday() -> None:
    assert OFFICIAL.next_after(day("2026-09-30")) == day("2026-10-08")
    assert OFFICIAL.next_after(day("2026-09-19")) == day("2026-09-20")


def test_a_year_without_a_table_is_named_and_never_guessed() -> None:
    with pytest.raises(YearUnknownError) as caught:
        OFFICIAL.is_working_day(day("2031-06-02"))
    assert caught.value.year == 2031
    with pytest.raises(YearUnknownError):
        OFFICIAL.count(day("2030-12-31"), day("2031-01-10"))


def test_an_office_adds_the_table_of_a_year(tmp_path: Path) -> None:
    calendar = WorkCalendar.with_tables([table_file(tmp_path, TABLE)])
    assert not calendar.is_working_day(day("2027-01-01"))
    assert calendar.is_working_day(day("2027-01-03"))
    assert calendar.is_working_day(day("2027-01-04"))
    assert not calendar.is_working_day(day("2027-01-09"))
    assert calendar.count(day("2027-02-05"), day("2027-02-13")) == 5
    assert calendar.end_of(day("2027-02-05"), 5) == day("2027-02-13")


def test_an_added_table_leaves_the_other_years_as_they_are(tmp_path: Path) -> None:
    calendar = WorkCalendar.with_tables([table_file(tmp_path, TABLE)])
    assert calendar.is_working_day(day("2026-09-20"))
    assert calendar.count(day("2026-12-31"), day("2027-01-04")) == 3
    with pytest.raises(YearUnknownError):
        calendar.is_working_day(day("2031-01-04"))


def test_an_added_table_stands_before_the_published_one(tmp_path: Path) -> None:
    table = {"年度": 2026, "放假": ["2026-09-21"], "补班": []}
    calendar = WorkCalendar.with_tables([table_file(tmp_path, table)])
    assert not calendar.is_working_day(day("2026-09-21"))
    assert not calendar.is_working_day(day("2026-09-20"))


def test_several_tables_are_added_at_once(tmp_path: Path) -> None:
    later = {"年度": 2031, "放假": ["2031-01-01"], "补班": []}
    calendar = WorkCalendar.with_tables([table_file(tmp_path, TABLE), table_file(tmp_path, later, "2031.json")])
    assert not calendar.is_working_day(day("2027-01-01"))
    assert not calendar.is_working_day(day("2031-01-01"))


@pytest.mark.parametrize(
    "table",
    [
        "这不是 JSON",
        "[]",
        {"年度": 2027, "放假": ["2027-01-01"]},
        {"年度": 2027, "放假": ["元旦"], "补班": []},
        {"年度": "明年", "放假": [], "补班": []},
        {"年度": 2027, "放假": 1, "补班": []},
    ],
)
def test_a_file_that_is_no_table_is_refused_by_name_with_what_belongs_in_it(tmp_path: Path, table: Any) -> None:
    with pytest.raises(DataRefused) as caught:
        WorkCalendar.with_tables([table_file(tmp_path, table)])
    assert str(caught.value).startswith("放假安排2027.json：不是放假安排表")
    assert "2027-01-01" in str(caught.value)


def test_a_missing_file_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(DataRefused, match="没有这份"):
        WorkCalendar.with_tables([tmp_path / "没有这份.json"])


def test_a_table_with_a_day_of_another_year_is_refused(tmp_path: Path) -> None:
    table = {**TABLE, "补班": ["2026-12-27"]}
    with pytest.raises(DataRefused, match="不属于 2027 年"):
        WorkCalendar.with_tables([table_file(tmp_path, table)])
