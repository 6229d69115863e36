"""干部任免审批表: two faces whatever is said, letters fitted to their boxes, dates and ages as the form writes them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from case_papers import of_kind, papers, printed
from rules_support import LIBRARY, apply, regulation

from doc_forms import Office
from doc_forms.casework.papers import PaperState
from doc_forms.errors import DataRefused
from doc_forms.form import Form
from doc_forms.form.reading import locate_in, read

EXAMPLES = Path(__file__).parent.parent / "examples"
RELATIVE = {
    "称谓": "弟弟",
    "姓名": "林示范",
    "出生年月": "1990.01",
    "政治面貌": "群众",
    "工作单位及职务": "示例公司职员",
}


def _read(changes: dict[str, Any]) -> tuple[Form, str]:
    values = apply(json.loads((EXAMPLES / "appointment_approval.json").read_text("utf-8")), changes)
    form, warnings = read(LIBRARY.kind("appointment_approval").form, values, locate_in("审批表.json"), EXAMPLES)
    return form, "\n".join(map(str, warnings))


def _context(changes: dict[str, Any]) -> dict[str, Any]:
    return _read(changes)[0].context()


def _refused(changes: dict[str, Any]) -> str:
    with pytest.raises(DataRefused) as caught:
        _read(changes)
    return "\n".join(str(fault) for fault in caught.value.faults)


def test_the_example_has_nothing_to_warn_of() -> None:
    assert _read({})[1] == ""


@pytest.mark.parametrize(
    ("born", "filled", "counted", "shown"),
    [
        ("1986.09", "2026年9月20日", None, "1986.09\n（40岁）"),
        ("1986.10", "2026年9月20日", None, "1986.10\n（39岁）"),
        ("1986.10", "2026年9月20日", "2026年10月1日", "1986.10\n（40岁）"),
    ],
)
def test_the_age_is_counted_by_months_at_the_date_that_the_form_states(
    born: str, filled: str, counted: str | None, shown: str
) -> None:
    dates = {"出生年月": born, "公民身份号码": None, "填表时间": filled, "计算年龄时间": counted}
    assert _context(dates)["出生年月栏"] == shown


@pytest.mark.parametrize(
    ("status", "joined", "written", "shown"),
    [
        ("中共党员", "2006.06", None, "2006.06"),
        ("民盟盟员", None, None, "民盟"),
        ("中共党员", "1998.06", "1998.06；民盟", "1998.06；民盟"),
        ("群众", None, None, "群众"),
    ],
)
def test_what_stands_under_joining_the_party_follows_the_political_status(
    status: str, joined: str | None, written: str | None, shown: str
) -> None:
    context = _context({"政治面貌": status, "入党时间": joined, "入党时间写法": written})
    assert context["入党时间栏"] == shown


def test_the_period_that_goes_on_has_no_end_and_a_line_in_brackets_hangs_under_the_words() -> None:
    resume = (
        "2004.07--2008.09  教务处科员\n（其间：2005.09--2008.06  在职攻读硕士学位）\n2008.09--         教务处副处长"
    )
    lines = _context({"简历": resume})["简历各行"]
    assert [(line["起止年月"].rstrip(), line["经历"]) for line in lines] == [
        ("2004.07--2008.09", "教务处科员"),
        ("", "（其间：2005.09--2008.06 在职攻读硕士学位）"),
        ("2008.09--", "教务处副处长"),
    ]


@pytest.mark.parametrize(
    ("lines", "size"),
    [(1, "14"), (17, "14"), (18, "12"), (22, "12"), (25, "11"), (29, "10"), (34, "9"), (40, "8"), (46, "8密")],
)
def test_the_letters_of_a_resume_shrink_with_its_lines(lines: int, size: str) -> None:
    resume = "\n".join(f"{1975 + number}.07--{1976 + number}.07  教务处科员" for number in range(lines))
    assert _context({"简历": resume})["简历字号"] == size


def test_a_resume_that_does_not_fit_at_the_smallest_letters_is_refused() -> None:
    resume = "\n".join(f"{1960 + number}.07--{1961 + number}.07  教务处科员" for number in range(47))
    assert "仍放不进简历栏" in _refused({"简历": resume})


def test_a_text_that_no_letters_fit_into_its_cell_is_refused_at_its_field() -> None:
    assert "“籍贯”：太长" in _refused({"籍贯": "福建福安" * 40})


@pytest.mark.parametrize(
    ("title", "text", "size"),
    [
        ("民族", "畲族", "14"),
        ("民族", "柯尔克孜族", "12"),
        ("籍贯", "新疆克孜勒苏", "9"),
        ("出生地", "新疆克孜勒苏阿合奇", "12"),
        ("现任职务", "示例学院" + "教务处综合科副科长" * 2, "14"),
        ("现任职务", "示例学院" + "教务处综合科副科长" * 2 + "兼秘书", "12"),
        ("现任职务", "示例学院" + "教务处综合科副科长" * 3, "14"),
    ],
)
def test_letters_are_as_large_as_they_can_be_without_a_last_line_of_two_characters(
    title: str, text: str, size: str
) -> None:
    assert _context({title: text})[f"{title}字号"] == size


@pytest.mark.parametrize(
    ("name", "shown", "size"),
    [
        ("欧阳清和", "欧阳清和", "14"),
        ("马丽娅·江", "马丽娅·江", "12"),
        ("阿卜杜热合曼·买买提依明", "阿卜杜热合曼·\n买买提依明", "8"),
    ],
)
def test_a_name_that_is_too_long_for_a_line_breaks_at_its_dot(name: str, shown: str, size: str) -> None:
    context = _context({"姓名": name})
    assert (context["姓名栏"], context["姓名字号"]) == (shown, size)


@pytest.mark.parametrize(
    ("title", "text"), [("姓名", "阿卜杜热合曼" * 5), ("入党时间写法", "1998年6月加入中国民主同盟" * 9)]
)
def test_what_is_printed_in_another_form_is_refused_at_the_field_that_was_typed(title: str, text: str) -> None:
    assert f"“{title}”：太长" in _refused({title: text})


def test_somebody_who_has_died_has_no_month_of_birth_on_the_form() -> None:
    dead = {**RELATIVE, "工作单位及职务": "示例公司退休职工，已去世"}
    context = _context({"家庭成员": [dead, RELATIVE]})
    assert [item["出生年月栏"] for item in context["家庭成员"]] == ["", "1990.01"]


@pytest.mark.parametrize(("relatives", "empty", "continued"), [(0, 7, ""), (6, 1, ""), (7, 0, ""), (8, 0, "有")])
def test_the_second_face_has_seven_rows_and_more_relatives_go_on_a_continuation_page(
    relatives: int, empty: int, continued: str
) -> None:
    context = _context({"家庭成员": [RELATIVE] * relatives})
    assert (len(context["家庭成员空行"]), context["续页"]) == (empty, continued)


@pytest.mark.parametrize(("relatives", "empty"), [(8, 6), (13, 1), (14, 0), (25, 0)])
def test_a_continuation_page_has_seven_rows_at_least(relatives: int, empty: int) -> None:
    assert len(_context({"家庭成员": [RELATIVE] * relatives})["续页空行"]) == empty


def test_a_form_asks_for_something_to_approve() -> None:
    assert "至少要填一项" in _refused({"拟任职务": None, "拟免职务": None})


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize(("example", "pages"), [("", 2), ("_short", 2), ("_long", 3)])
def test_the_form_is_two_faces_and_only_more_relatives_make_a_third(example: str, pages: int, tmp_path: Path) -> None:
    made = Office().fill("appointment_approval", EXAMPLES / f"appointment_approval{example}.json", tmp_path, pdf=True)
    assert made.pdf
    pdf = pypdfium2.PdfDocument(made.pdf)
    texts = [page.get_textpage().get_text_range() for page in pdf]
    pdf.close()
    assert len(texts) == pages
    assert "填表人：" in texts[1]
    assert all("续页" in text for text in texts[2:])


def test_the_case_gives_a_form_for_whoever_is_put_to_the_vote_with_the_posts_as_resume() -> None:
    text = printed(of_kind(papers(), "appointment_approval", "林示例"))
    for fact in (
        "示例师范大学数学学院",
        "2012.08--2015.09",
        "（试用期一年）",
        "2023年合格，2024年优秀，2025年合格",
        "陈知夏",
    ):
        assert fact in text


def test_before_the_vote_everybody_under_inspection_has_a_form() -> None:
    found = [paper for paper in papers({"讨论决定": None}) if paper.kind.stem == "appointment_approval"]
    assert [paper.subjects for paper in found] == [("林示例",), ("马晓㛃",)]


def test_a_resume_that_somebody_wrote_is_printed_as_it_is() -> None:
    text = printed(
        of_kind(papers({"考察对象[0].任免审批表.简历": "2009.07--         示例中学教师"}), "appointment_approval")
    )
    assert "示例中学教师" in text
    assert "教学秘书" not in text


def test_somebody_who_may_not_be_appointed_has_no_form() -> None:
    unlawful = next(rule for rule in regulation().rules if rule.code == "17.1").unlawful
    paper = of_kind(papers(unlawful), "appointment_approval", "林示例")
    assert paper.state is PaperState.REFUSED
    assert "17.1" in [finding.rule.code for finding in paper.violated]
