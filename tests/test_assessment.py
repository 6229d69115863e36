"""The democratic assessment and the opinion form: what is asked, what is counted, what is refused."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from doc_forms.errors import DataRefused, Severity
from doc_forms.form import Form
from doc_forms.form.reading import locate_in, read
from doc_forms.library import Library
from doc_forms.making import Maker

GRADE_TAGS = ["{{ 一档 }}", "{{ 二档 }}", "{{ 三档 }}", "{{ 四档 }}"]
SCALES = ["好/较好/一般/差", "优秀/称职/基本称职/不称职", "优秀/合格/基本合格/不合格"]


def example(root: Path, name: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((root / "examples" / f"{name}.json").read_text("utf-8"))
    return data


def form_of(library: Library, stem: str, values: dict[str, Any]) -> Form:
    return read(library.kind(stem).form, values, locate_in("数据.json"))[0]


def faults_of(library: Library, stem: str, values: dict[str, Any]) -> list[str]:
    with pytest.raises(DataRefused) as refused:
        form_of(library, stem, values)
    return [str(fault) for fault in refused.value.faults]


@pytest.fixture
def summary(root: Path) -> dict[str, Any]:
    """The summary's example: 43 sheets returned, one spoiled, 42 valid."""
    return example(root, "assessment_summary")


@pytest.mark.parametrize("stem", ["assessment_ballot", "assessment_summary", "opinion_form"])
def test_every_example_is_read_without_a_warning(library: Library, root: Path, stem: str) -> None:
    files = sorted((root / "examples").glob(f"{stem}*.json"))
    assert files
    for file in files:
        _, warnings = read(library.kind(stem).form, example(root, file.stem), locate_in(file.name))
        assert warnings == []


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("stem", ["assessment_ballot", "assessment_summary"])
def test_the_grades_of_the_chosen_scale_are_the_headings(library: Library, root: Path, stem: str, scale: str) -> None:
    context = form_of(library, stem, example(root, stem) | {"测评等次": scale}).context()
    assert [context[title] for title in ("一档", "二档", "三档", "四档")] == scale.split("/")


@pytest.mark.parametrize(("stem", "table"), [("assessment_ballot", 1), ("assessment_summary", 1)])
def test_the_grades_stand_in_the_header_row_of_the_template(library: Library, stem: str, table: int) -> None:
    row = Document(str(library.kind(stem).template)).tables[table].rows[0]
    texts = [cell.text for cell in row.cells]
    assert [text for text in dict.fromkeys(texts) if "档" in text] == GRADE_TAGS
    assert row._tr.xpath("./w:trPr/w:tblHeader")


@pytest.mark.parametrize("stem", ["assessment_ballot", "assessment_summary"])
def test_the_finished_paper_shows_the_chosen_grades_as_headings(library: Library, root: Path, stem: str) -> None:
    maker = Maker.open(library.kind(stem))
    form = form_of(library, stem, example(root, stem) | {"测评等次": SCALES[2]})
    row = Document(io.BytesIO(maker.make(maker.draft(form)))).tables[1].rows[0]
    headings = list(dict.fromkeys(cell.text for cell in row.cells))
    assert [heading for heading in headings if "格" in heading or heading == "优秀"] == SCALES[2].split("/")


def test_a_ballot_without_a_proposed_post_does_not_ask_about_one(library: Library, root: Path) -> None:
    maker = Maker.open(library.kind("assessment_ballot"))
    texts = []
    for name in ("assessment_ballot", "assessment_ballot_short"):
        form = form_of(library, "assessment_ballot", example(root, name))
        document = Document(io.BytesIO(maker.make(maker.draft(form))))
        texts.append([cell.text for table in document.tables for row in table.rows for cell in row.cells])
    assert "对拟任职务的意见" in texts[0]
    assert not [text for text in texts[1] if "拟任" in text or "填表人类别" in text]


def test_a_scale_written_with_enumeration_commas_is_understood(library: Library, root: Path) -> None:
    values = example(root, "assessment_ballot") | {"测评等次": "好、较好、一般、差"}
    assert form_of(library, "assessment_ballot", values).context()["四档"] == "差"


def test_a_scale_that_no_office_uses_is_refused_with_the_three_that_are(library: Library, root: Path) -> None:
    (fault,) = faults_of(library, "assessment_ballot", example(root, "assessment_ballot") | {"测评等次": "甲/乙/丙/丁"})
    assert fault == f"数据.json “测评等次”：应为以下之一：{'、'.join(SCALES)}"


def test_papers_to_fill_by_hand_leave_date_and_post_open(library: Library, root: Path) -> None:
    ballot = form_of(library, "assessment_ballot", example(root, "assessment_ballot_short")).context()
    opinion = form_of(library, "opinion_form", example(root, "opinion_form_short")).context()
    assert ballot["测评日期"] == opinion["填表日期"] == "　　　年　　月　　日"
    assert ballot["拟任职务"] == opinion["拟任职务"] == ""
    assert ballot["填表人类别"] == opinion["填表人类别"] == []


def test_rates_divide_by_the_valid_ballots_and_round_half_up(library: Library, summary: dict[str, Any]) -> None:
    summary |= {"应到人数": 800, "实到人数": 800, "发出票数": 800, "收回票数": 800, "作废票数": 0}
    summary["测评结果"] = [
        row | {"一档票数": 797, "二档票数": 2, "三档票数": 1, "四档票数": 0, "弃权票数": 0}
        for row in summary["测评结果"]
    ]
    summary |= {"同意任职票数": 799, "不同意任职票数": 1, "任职意见弃权票数": 0}
    context = form_of(library, "assessment_summary", summary).context()
    row = context["测评结果"][0]
    assert (row["一档比率"], row["二档比率"], row["三档比率"]) == ("99.63%", "0.25%", "0.13%")
    assert (context["同意任职比率"], context["不同意任职比率"]) == ("99.88%", "0.13%")


def test_the_two_rates_are_those_of_the_overall_judgement(library: Library, summary: dict[str, Any]) -> None:
    context = form_of(library, "assessment_summary", summary).context()
    assert context["有效票数"] == "42"
    assert (context["优秀率名称"], context["优秀率"]) == ("优秀率", "88.10%")
    assert (context["称职以上率名称"], context["称职以上率"]) == ("称职以上率", "97.62%")


def test_the_two_rates_are_named_after_the_chosen_grades(library: Library, summary: dict[str, Any]) -> None:
    good = form_of(library, "assessment_summary", summary | {"测评等次": SCALES[0]}).context()
    staff = form_of(library, "assessment_summary", summary | {"测评等次": SCALES[2]}).context()
    assert (good["优秀率名称"], good["称职以上率名称"]) == ("“好”比率", "“较好”以上比率")
    assert (staff["优秀率名称"], staff["称职以上率名称"]) == ("优秀率", "合格以上率")


def test_without_a_valid_ballot_every_rate_is_a_dash(library: Library, root: Path) -> None:
    context = form_of(library, "assessment_summary", example(root, "assessment_summary_empty")).context()
    rates = {value for row in context["测评结果"] for title, value in row.items() if title.endswith("比率")}
    assert rates | {context["优秀率"], context["称职以上率"], context["同意任职比率"]} == {"—"}


def test_a_row_that_does_not_add_up_to_the_valid_ballots_is_refused(library: Library, summary: dict[str, Any]) -> None:
    summary["测评结果"][2]["弃权票数"] = 0
    (fault,) = faults_of(library, "assessment_summary", summary)
    assert fault == "数据.json “测评结果”：“勤”各档与弃权合计 41 票，应等于有效票 42 张，请核对"


def test_every_fault_of_the_sums_is_told_at_once(library: Library, summary: dict[str, Any]) -> None:
    summary["测评结果"][0]["一档票数"] = 39
    summary["测评结果"][4]["四档票数"] = 2
    faults = faults_of(library, "assessment_summary", summary | {"同意任职票数": 38})
    assert [fault for fault in faults if "“德”" in fault and "43 票" in fault]
    assert [fault for fault in faults if "“廉”" in fault and "44 票" in fault]
    assert [fault for fault in faults if "“同意任职票数”" in fault and "40 票" in fault]
    assert len(faults) == 3


def test_spoiled_beyond_returned_is_one_fault_and_not_one_a_row(library: Library, summary: dict[str, Any]) -> None:
    (fault,) = faults_of(library, "assessment_summary", summary | {"作废票数": 44})
    assert "超过收回的 43 张" in fault


def test_a_missing_and_a_doubled_item_are_named(library: Library, summary: dict[str, Any]) -> None:
    summary["测评结果"][3]["测评项目"] = "能"
    faults = faults_of(library, "assessment_summary", summary)
    assert faults == [
        "数据.json “测评结果”：缺少“绩”的结果，请补上",
        "数据.json “测评结果”：“能”的结果重复，每项只能有一行",
    ]


def test_items_are_printed_in_the_order_of_article_20(library: Library, summary: dict[str, Any]) -> None:
    summary["测评结果"].reverse()
    rows = form_of(library, "assessment_summary", summary).context()["测评结果"]
    assert [row["测评项目"] for row in rows] == ["德", "能", "勤", "绩", "廉", "总体评价"]


def test_a_blank_abstention_prints_zero(library: Library, summary: dict[str, Any]) -> None:
    row = form_of(library, "assessment_summary", summary).context()["测评结果"][0]
    assert (row["弃权票数"], row["弃权比率"]) == ("0", "0.00%")


@pytest.mark.parametrize(
    ("left_out", "told"),
    [
        ("不同意任职票数", "“不同意任职票数”：同意与不同意票数应一并填写"),
        ("同意任职票数", "“同意任职票数”：同意与不同意票数应一并填写"),
        ("拟任职务", "“拟任职务”：填了任职意见的票数，应写明拟任职务"),
    ],
)
def test_the_opinion_on_the_post_is_whole_or_absent(
    library: Library, summary: dict[str, Any], left_out: str, told: str
) -> None:
    del summary[left_out]
    faults = faults_of(library, "assessment_summary", summary)
    assert [fault for fault in faults if told in fault]


def test_abstentions_alone_are_no_opinion_on_the_post(library: Library, summary: dict[str, Any]) -> None:
    del summary["同意任职票数"], summary["不同意任职票数"]
    (fault,) = faults_of(library, "assessment_summary", summary)
    assert "“任职意见弃权票数”：填了弃权票数，同意与不同意票数也应填写" in fault


def test_a_proposed_post_without_counted_opinions_is_a_warning(library: Library, summary: dict[str, Any]) -> None:
    del summary["同意任职票数"], summary["不同意任职票数"], summary["任职意见弃权票数"]
    form, warnings = read(library.kind("assessment_summary").form, summary, locate_in("数据.json"))
    assert [warning.severity for warning in warnings] == [Severity.WARNING]
    assert form.context()["同意任职票数"] == form.context()["同意任职比率"] == ""


def test_rates_cannot_be_typed(library: Library, summary: dict[str, Any]) -> None:
    summary["测评结果"][0]["一档比率"] = "99%"
    faults = faults_of(library, "assessment_summary", summary | {"优秀率": "99%"})
    assert faults == [
        "数据.json “测评结果 第 1 项 一档比率”：“一档比率”由程序计算得出，不用填写，请删除",
        "数据.json “优秀率”：“优秀率”由程序计算得出，不用填写，请删除",
    ]
