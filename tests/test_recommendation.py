"""The recommendation papers: what adds up, what is refused and in which words (articles 11 to 16)."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from doc_forms.errors import DataRefused
from doc_forms.form import Form
from doc_forms.form.reading import locate_in, read
from doc_forms.library import Library, library_root
from doc_forms.making import Maker

EXAMPLES = library_root() / "examples"
Facts = dict[str, Any]


def form_of(stem: str) -> type[Form]:
    return Library().kind(stem).form


def example(name: str) -> Facts:
    facts: Facts = json.loads((EXAMPLES / f"{name}.json").read_text(encoding="utf-8"))
    return facts


def taken(stem: str, facts: Facts) -> tuple[Facts, list[str]]:
    """The context of a paper and its warnings."""
    form, warnings = read(form_of(stem), facts, locate_in("数据.json"))
    return form.context(), [str(warning) for warning in warnings]


def refusals(stem: str, facts: Facts) -> list[str]:
    with pytest.raises(DataRefused) as caught:
        read(form_of(stem), facts, locate_in("数据.json"))
    return [str(fault) for fault in caught.value.faults]


def tally(**changed: Any) -> Facts:
    """A tally of one post without votes by type: 60 present, 57 valid, 41 + 9 + 5 + 2 votes."""
    return {**example("recommendation_summary"), "类别得票": [], **changed}


def votes(*numbers: int, wanted: str = "") -> list[Facts]:
    names = "甲乙丙丁戊己庚辛"
    return [
        {"姓名": f"林示{names[place]}", "现任职务": "示例学院科长", "得票数": number, "推荐职位": wanted}
        for place, number in enumerate(numbers)
    ]


@pytest.mark.parametrize("file", sorted(EXAMPLES.glob("recommendation_*.json")), ids=lambda file: str(file.stem))
def test_every_example_is_taken_without_a_word(file: Path) -> None:
    stem = "_".join(file.stem.split("_")[:2])

    assert taken(stem, example(file.stem))[1] == []


@pytest.mark.parametrize(
    ("counts", "line"),
    [
        ({"实到人数": 63}, "数据.json “实到人数”：实到 63 人，超过应到的 62 人，请核对"),
        ({"发出票数": 61}, "数据.json “发出票数”：发出 61 张，超过实到的 60 人，请核对（每人一张）"),
        ({"收回票数": 61}, "数据.json “收回票数”：收回 61 张，超过实到的 60 人，请核对"),
        ({"发出票数": 59}, "数据.json “收回票数”：收回 60 张，超过发出的 59 张，请核对"),
        (
            {"作废票数": 30, "弃权票数": 31},
            "数据.json “作废票数”：作废 30 张加弃权 31 张，超过收回的 60 张，请核对",
        ),
    ],
)
def test_no_count_may_exceed_the_one_it_is_taken_from(counts: dict[str, int], line: str) -> None:
    assert line in refusals("recommendation_summary", tally(推荐人选=[], **counts))


def test_all_sheets_may_be_spoiled_or_abstain_and_then_no_rate_of_valid_sheets_exists() -> None:
    facts = tally(作废票数=20, 弃权票数=40, 推荐人选=votes(0), 比率分母="有效票")
    context, _ = taken("recommendation_summary", facts)

    assert context["有效票数"] == "0"
    assert context["得票结果"][0]["人选"][0]["得票率"] == "—"


def test_a_nominee_may_have_all_valid_votes_but_not_one_more() -> None:
    taken("recommendation_summary", tally(推荐人选=votes(57)))

    assert "数据.json “推荐人选”：“林示甲”得 58 票，超过有效票 57 张，请核对" in refusals(
        "recommendation_summary", tally(推荐人选=votes(58))
    )


@pytest.mark.parametrize("seats", [1, 2, 3])
def test_votes_for_a_post_may_reach_but_not_exceed_its_seats_times_the_valid_sheets(seats: int) -> None:
    post = {"职位名称": "教务处副处长", "职务层次": "副处级", "职数": seats}
    full = votes(*[57] * seats)
    taken("recommendation_summary", tally(推荐职位=[post], 推荐人选=full))

    over = [*full, {"姓名": "周多", "现任职务": "示例学院科长", "得票数": 1}]
    lines = refusals("recommendation_summary", tally(推荐职位=[post], 推荐人选=over))

    assert len(lines) == 1
    assert "“推荐人选”" in lines[0]
    assert f"职数 {seats} 乘有效票 57 张所得的 {seats * 57} 票" in lines[0]


@pytest.mark.parametrize(
    ("base", "rate", "words"),
    [
        ("实到人数减作废票", "69.49%", "实到人数60减作废票数1，即59"),
        ("有效票", "71.93%", "有效票数57"),
        ("收回票", "70.69%", "收回票数58"),
        ("实到人数", "68.33%", "实到人数60"),
    ],
)
def test_a_rate_divides_by_the_stated_base_and_the_base_is_printed(base: str, rate: str, words: str) -> None:
    facts = tally(比率分母=base, 收回票数=60, 作废票数=1, 弃权票数=2)
    if base == "收回票":
        facts |= {"收回票数": 58, "作废票数": 0, "弃权票数": 0}
    context, _ = taken("recommendation_summary", facts)

    assert context["得票结果"][0]["人选"][0]["得票率"] == rate
    assert context["分母说明"] == words


def test_the_base_of_the_rates_has_no_default() -> None:
    facts = tally()
    del facts["比率分母"]

    assert refusals("recommendation_summary", facts) == ["数据.json “比率分母”：没有填写"]


def test_nominees_stand_by_post_and_votes_and_equal_votes_as_typed() -> None:
    posts = [
        {"职位名称": "教务处副处长", "职务层次": "副处级", "职数": 1},
        {"职位名称": "人事处处长", "职务层次": "正处级", "职数": 1},
    ]
    nominees = votes(3, 9, 9, wanted="教务处副处长") + votes(4, wanted="人事处处长")
    context, _ = taken("recommendation_summary", tally(推荐职位=posts, 推荐人选=nominees))

    groups = [(group["职位名称"], [one["姓名"] for one in group["人选"]]) for group in context["得票结果"]]
    assert groups == [("教务处副处长", ["林示乙", "林示丙", "林示甲"]), ("人事处处长", ["林示甲"])]
    assert [group["合计得票"] for group in context["得票结果"]] == ["21", "4"]


def test_a_nominee_of_several_posts_states_a_listed_one() -> None:
    posts = [{"职位名称": name, "职务层次": "副处级", "职数": 1} for name in ("教务处副处长", "人事处副处长")]
    nominees = votes(3) + votes(2, wanted="图书馆副馆长")

    lines = refusals("recommendation_summary", tally(推荐职位=posts, 推荐人选=nominees))

    assert lines == [
        "数据.json “推荐人选”：“林示甲”没有写明推荐职位；推荐职位有多个时应逐人写明",
        "数据.json “推荐人选”：“林示甲”的推荐职位“图书馆副馆长”不在所列推荐职位之中，请核对",
    ]


@pytest.mark.parametrize(("present", "warned"), [(50, False), (49, True)])
def test_fewer_than_four_in_five_at_a_meeting_is_a_warning(present: int, warned: bool) -> None:  # noqa: FBT001 - a table's column
    counts = {"应到人数": 62, "实到人数": present, "发出票数": present, "收回票数": present, "作废票数": 0}
    _, warnings = taken("recommendation_summary", tally(推荐人选=[], 弃权票数=0, **counts))

    assert any("第十三条" in line for line in warnings) is warned


def test_fewer_than_twenty_talks_is_a_warning() -> None:
    counts = {"应到人数": 19, "实到人数": 19, "发出票数": 19, "收回票数": 19, "作废票数": 0, "弃权票数": 0}
    _, warnings = taken("recommendation_summary", tally(推荐类型="谈话调研推荐", 推荐人选=[], **counts))

    assert warnings == ["数据.json “实到人数”：19 人，少于第十三条谈话推荐一般不少于 20 人的要求"]


def by_type(*lines: tuple[str, int, int], name: str = "林示甲") -> list[Facts]:
    return [{"人选姓名": name, "填表人类别": kind, "参加人数": people, "得票": won} for kind, people, won in lines]


def test_votes_by_type_are_rated_by_the_head_count_of_the_type() -> None:
    lines = by_type(("校领导", 7, 5), ("中层干部", 53, 36))
    context, _ = taken("recommendation_summary", tally(推荐人选=votes(41), 类别得票=lines))

    assert (context["第一类"], context["第二类"], context["第三类"]) == ("校领导\n（7人）", "中层干部\n（53人）", "")
    won = context["得票结果"][0]["人选"][0]
    assert won["第一类"] == {"得票": "5", "得票率": "71.4%"}
    assert won["第二类"] == {"得票": "36", "得票率": "67.9%"}
    assert won["第三类"] == ""


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (by_type(("校领导", 7, 8)), "得 8 票，超过这一类参加推荐的 7 人，请核对"),
        (by_type(("校领导", 7, 5), ("中层干部", 53, 35)), "“林示甲”各类别得票合计 40 票，与得票数 41 票不符，请核对"),
        (by_type(("中层干部", 50, 42)), "“林示甲”各类别得票合计 42 票，与得票数 41 票不符，请核对"),
        (by_type(("校领导", 7, 5), ("中层干部", 54, 36)), "各类别参加人数合计 61 人，超过实到的 60 人，请核对"),
        (by_type(("校领导", 7, 5), name="周不在"), "“周不在”及其推荐职位不在推荐人选之中，请核对"),
        (by_type(("校领导", 7, 5), ("校领导", 7, 5)), "“林示甲”的“校领导”列了 2 次，请合并"),
        (by_type(*((f"第{n}组", 5, 1) for n in "一二三四五六")), "填表人类别有 6 类，至多 5 类，请合并"),
    ],
)
def test_votes_by_type_must_agree_with_nominees_and_totals(lines: list[Facts], message: str) -> None:
    found = refusals("recommendation_summary", tally(推荐人选=votes(41), 类别得票=lines))

    assert any("“类别得票" in line and line.endswith(message) for line in found)


def test_one_type_of_voter_has_one_head_count() -> None:
    lines = by_type(("校领导", 7, 5)) + by_type(("校领导", 8, 1), name="林示乙")
    found = refusals("recommendation_summary", tally(推荐人选=votes(41, 9), 类别得票=lines))

    assert found == ["数据.json “类别得票”：“校领导”的参加人数前后不一（7、8），请核对"]


def test_namesakes_with_other_posts_are_two_nominees() -> None:
    same = [
        {**one, "姓名": "林示例", "现任职务": f"示例学院{n}科科长"} for n, one in zip("甲乙", votes(9, 4), strict=True)
    ]
    context, _ = taken("recommendation_summary", tally(推荐人选=same))
    assert [one["得票数"] for one in context["得票结果"][0]["人选"]] == ["9", "4"]

    lines = refusals("recommendation_summary", tally(推荐人选=[same[0], same[0]]))
    assert lines == ["数据.json “推荐人选”：“林示例”在同一职位上列了 2 次，请合并"]


def test_a_ballot_has_as_many_blank_rows_a_post_as_people_are_wanted() -> None:
    context, _ = taken("recommendation_ballot", example("recommendation_ballot"))

    rows = [(row["序号"], row["职位名称"]) for row in context["填写行"]]
    assert rows == [("1", "计算机科学与工程学院副院长"), ("2", "图书馆副馆长"), ("3", "")]


@pytest.mark.parametrize(
    ("levels", "rank"), [(["副处级"], "处级"), (["正科级", "副科级"], "科级"), (["副科级", "正处级"], "处科级")]
)
def test_a_paper_is_titled_by_the_levels_of_its_posts(levels: list[str], rank: str) -> None:
    posts = [{"职位名称": f"{level}职位", "职务层次": level, "职数": 1} for level in levels]
    context, _ = taken("recommendation_ballot", {**example("recommendation_ballot_short"), "推荐职位": posts})

    assert context["推荐层级"] == rank


def test_a_post_without_seats_and_a_post_listed_twice_are_refused() -> None:
    post = {"职位名称": "教务处副处长", "职务层次": "副处级", "职数": 1}
    facts = example("recommendation_ballot_short")

    assert refusals("recommendation_ballot", {**facts, "推荐职位": [{**post, "职数": 0}]}) == [
        "数据.json “推荐职位 第 1 项 职数”：职数至少为 1"
    ]
    assert refusals("recommendation_ballot", {**facts, "推荐职位": [post, post]}) == [
        "数据.json “推荐职位”：“教务处副处长”列了 2 次，请合并为一项并写明职数"
    ]


def test_a_talk_is_held_by_two_or_more() -> None:
    facts = example("recommendation_interview")

    assert refusals("recommendation_interview", {**facts, "谈话组成员": facts["谈话组成员"][:1]}) == [
        "数据.json “谈话组成员”：至少要有 2 项，现有 1 项"
    ]


def test_an_unfilled_talk_prints_empty_blocks_by_the_number_wanted() -> None:
    context, _ = taken("recommendation_interview", example("recommendation_interview_empty"))

    blocks = [(block["推荐职位"], block["姓名"]) for block in context["推荐内容"]]
    assert blocks == [("计算机科学与工程学院副院长", ""), ("图书馆副馆长", ""), ("图书馆副馆长", "")]


def test_more_nominations_than_wanted_in_a_talk_is_a_warning_and_a_repeated_one_is_refused() -> None:
    facts = example("recommendation_interview_short")
    one = facts["推荐人选"][0]

    _, warnings = taken("recommendation_interview", {**facts, "推荐人选": [one, {**one, "姓名": "周示范"}]})
    assert warnings == ["数据.json “推荐人选”：“副处级领导职务”推荐了 2 人，超过职数 1 名，请核对"]

    lines = refusals("recommendation_interview", {**facts, "推荐人选": [one, one]})
    assert lines == ["数据.json “推荐人选”：“韦秋月”在同一职位上推荐了 2 次，请删除重复项"]


def printed_paragraphs(stem: str, facts: Facts) -> list[Paragraph]:
    """Every paragraph of the paper that is made of the facts, those of tables, too."""
    maker = Maker.open(Library().kind(stem))
    form, _ = read(maker.kind.form, facts, locate_in("数据.json"))
    document = docx.Document(io.BytesIO(maker.make(maker.draft(form))))
    return [Paragraph(node, document) for node in document.element.body.iter(qn("w:p"))]


@pytest.mark.parametrize("stem", ["recommendation_ballot", "recommendation_interview", "recommendation_summary"])
def test_a_long_post_of_a_numbered_list_wraps_beside_its_number_and_a_single_post_is_not_indented(stem: str) -> None:
    post = "马克思主义学院（思想政治理论课教学研究部）党总支副书记兼纪检委员、统战委员"
    posts = [{"职位名称": f"{name}{post}", "职务层次": "副处级", "职数": 1} for name in ("第一", "第二")]
    facts = {title: value for title, value in example(stem).items() if title not in ("推荐人选", "类别得票")}

    printed = [printed_paragraphs(stem, {**facts, "推荐职位": some}) for some in (posts, posts[:1])]
    rows = [[one for one in paragraphs if f"{post}（副处级，1名）" in one.text] for paragraphs in printed]
    listed = [[one for one in some if not one.text.startswith("推荐职位：")] for some in rows]

    assert [[paragraph.text[:3] for paragraph in some] for some in listed] == [["1.第", "2.第"], ["第一马"]]
    assert [[paragraph.paragraph_format.first_line_indent for paragraph in some] for some in listed] == [
        [Pt(-12), Pt(-12)],
        [None],
    ]
