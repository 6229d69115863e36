"""简历 in the national form's way of writing: read by its lines, written in one way, nothing lost."""

from __future__ import annotations

from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doc_forms.form import PartialDate
from doc_forms.library import Library

RESUME: ModuleType = Library().module("_resume")

OF_THE_FORM = """\
2000.09--2004.07  示例师范大学文学院汉语言文学专业学习
2004.07--2021.03  示例学院教务处科员、副科长、科长
（其间：2008.09--2011.06  在职攻读硕士学位）
2021.03--         示例学院教务处副处长"""

MONTHS = st.builds(PartialDate, st.integers(1950, 2049), st.integers(1, 12))
WORDS = st.builds(
    lambda first, rest: (first + rest).strip(),
    st.sampled_from("示例学院教务处副长"),
    st.text("示例学院教务处副处长、（试用）2021.03--·—至今A ", max_size=20),
)
ASIDES = WORDS.map(lambda text: f"（其间：2008.09--2011.06  {text}）")
ENTRIES = st.builds(
    lambda start, end, text, more: RESUME.Entry(start, end, text, tuple(more)),
    MONTHS,
    st.none() | MONTHS,
    WORDS,
    st.lists(ASIDES, max_size=2),
)


def test_a_resume_of_the_form_is_read_by_its_entries_and_written_back_as_it_came() -> None:
    resume = RESUME.read_resume(OF_THE_FORM)
    assert [(entry.start.dotted, entry.end and entry.end.dotted) for entry in resume.entries] == [
        ("2000.09", "2004.07"),
        ("2004.07", "2021.03"),
        ("2021.03", None),
    ]
    assert resume.entries[1].more == ("（其间：2008.09--2011.06  在职攻读硕士学位）",)
    assert all(len(entry.prefix) == RESUME.PREFIX for entry in resume.entries)
    assert str(resume) == OF_THE_FORM
    assert list(RESUME.resume_faults(resume)) == []


@pytest.mark.parametrize(
    ("line", "written"),
    [
        ("2004.07—2008.09 教师", "2004.07--2008.09  教师"),
        ("2004.07——2008.09，教师", "2004.07--2008.09  教师"),
        ("2004.7–2008.9  教师", "2004.07--2008.09  教师"),
        ("2004.07~2008.09\t教师", "2004.07--2008.09  教师"),
        ("2004.07至2008.09教师", "2004.07--2008.09  教师"),
        ("2004年7月至2008年9月　教师", "2004.07--2008.09  教师"),
        ("200407--200809  教师", "2004.07--2008.09  教师"),
        ("2004-07-2008-09 教师", "2004.07--2008.09  教师"),
        ("2004.07--至今  教师", "2004.07--         教师"),
        ("2004.07至今 教师", "2004.07--         教师"),
        ("2004.07--教师", "2004.07--         教师"),
        (
            "2004.07--2008.09  教师（2005.01--2006.01挂职—副县长）",
            "2004.07--2008.09  教师（2005.01--2006.01挂职—副县长）",
        ),
        ("2004.07--今日示例公司职员", "2004.07--         今日示例公司职员"),
        ("2004.07--2008.09  2004级辅导员", "2004.07--2008.09  2004级辅导员"),
    ],
)
def test_other_separators_and_months_are_read_and_only_the_leading_ones_are_touched(line: str, written: str) -> None:
    assert str(RESUME.read_resume(line)) == written


@given(st.lists(ENTRIES, max_size=6))
def test_what_is_written_is_read_back(entries: list[object]) -> None:
    text = RESUME.write_resume(entries)
    assert list(RESUME.read_resume(text).entries) == entries
    assert str(RESUME.read_resume(text.replace("\n", "\r\n"))) == text


@given(st.text("示例2004.07-—至今（其间：）\n 年月", max_size=60))
def test_no_line_of_any_text_is_lost(text: str) -> None:
    lines = [line for line in text.splitlines() if line.strip()]
    read = RESUME.read_resume(text)
    assert len(read.lines) == len(lines)
    assert RESUME.read_resume(str(read)) == read


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("示例学院教师\n2004.07--2008.09  教师", "没有起止年月"),
        ("2008.09--2004.07  教师", "早于起始年月"),
        ("2004.07--2008.09", "没有写单位及职务"),
        ("2008.09--2009.09  科长\n2004.07--2008.09  教师", "时间先后"),
        ("2004.07--         教师\n2008.09--         科长", "没有截止年月"),
        ("2004.07--2008.09  教师\n2008--2010  科长", "看不懂"),
    ],
)
def test_what_a_careful_reader_would_ask_about_is_said(text: str, said: str) -> None:
    (message,) = RESUME.resume_faults(RESUME.read_resume(text))
    assert said in message
