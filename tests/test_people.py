"""People from rosters and pasted tables on their way into a case: nothing guessed, nothing overwritten unasked."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
from workbooks import save

from doc_forms.errors import DocFormsError, FileRefused, Severity
from doc_forms.library import Library
from doc_forms.people import Incoming, Joined, join, people_of_roster, people_of_text

LIN = {"姓名": "林示例", "性别": "女", "出生年月": "1986-04", "现任职务": "党政办公室主任"}
FAMILY = [{"称谓": "丈夫", "姓名": "陈建川", "出生年月": "1984-11"}]


def pasted(*lines: list[str]) -> str:
    return "".join("\t".join(line) + "\r\n" for line in lines)


def joined(library: Library, case: dict[str, Any], *people: dict[str, Any], update: bool = False) -> Joined:
    return join(library, case, [Incoming(values) for values in people], update=update)


def test_a_pasted_table_gives_people_under_the_titles_of_the_case_and_the_usual_other_words(library: Library) -> None:
    text = pasted(
        ["姓名", "性 别", "出生日期", "身份证号", "职称", "出生地", "任免审批表.健康状况"],
        ["林示例", "女", "1986年4月", "35098119860412122X", "副教授", "福建建阳", "健康"],
    )
    taken = people_of_text(library, text)
    assert [person.values for person in taken.people] == [
        {
            "姓名": "林示例",
            "性别": "女",
            "出生年月": "1986-04",
            "公民身份号码": "35098119860412122X",
            "专业技术职务": "副教授",
            "任免审批表": {"出生地": "福建建阳", "健康状况": "健康"},
        }
    ]
    assert taken.all_faults == []


def test_a_pasted_cell_that_may_have_lost_a_zero_is_refused_at_its_place_and_the_rest_is_read(library: Library) -> None:
    taken = people_of_text(library, pasted(["姓名", "出生年月", "性别"], ["林示例", "1975.1", "女"]))
    assert [str(fault) for fault in taken.all_faults] == [
        "粘贴的内容 第 2 行 B 列“出生年月”：1975.1 无法区分 1 月与 10 月，请改为文本 1975.01 或 1975.10。"
    ]
    assert taken.people[0].values == {"姓名": "林示例", "性别": "女"}


def test_a_pasted_cell_with_line_ends_is_one_cell_and_a_lone_quote_is_a_sign(library: Library) -> None:
    resume = '"2005.09--2009.07  示例大学学习\n2009.07--         教师"'
    taken = people_of_text(library, pasted(["姓名", "简历"], ["林示例", resume], ["马晓㛃", resume]))
    assert [person.values["任免审批表"]["简历"] for person in taken.people] == [resume.strip('"')] * 2
    lone = people_of_text(library, pasted(["姓名", "现任职务"], ["林示例", '"三农"研究所"所长']))
    assert lone.people[0].values["现任职务"] == '"三农"研究所"所长'


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("  \n", "没有内容"),
        ("甲\t乙\n丙\t丁", "找不到标题行"),
        ("姓名\t姓名\n甲\t乙", "有两列“姓名”"),
        ("甲" * (2 << 20) + "乙", "内容太长"),
    ],
)
def test_what_is_no_table_of_people_is_refused_in_one_line(library: Library, text: str, words: str) -> None:
    with pytest.raises(FileRefused, match=words) as error:
        people_of_text(library, text)
    assert str(error.value).startswith("粘贴的内容")


def test_a_workbook_gives_people_with_their_lists_from_their_own_sheets(tmp_path: Path, library: Library) -> None:
    file = save(
        tmp_path / "干部名册.xlsx",
        {
            "名册": [["序号", "姓名", "出生年月"], ["1", "林示例", "1986.04"], ["2", "马晓㛃", "1984.12"]],
            "家庭成员及亲属": [["所属序号", "称谓", "姓名", "出生年月"], ["1", "丈夫", "陈建川", "1984.11"]],
        },
    )
    taken = people_of_roster(library, file)
    assert [person.values["姓名"] for person in taken.people] == ["林示例", "马晓㛃"]
    assert taken.people[0].values["家庭成员及亲属"] == FAMILY
    place = taken.people[0].locate(("家庭成员及亲属", 0, "出生年月"))
    assert str(place) == "干部名册.xlsx 工作表“家庭成员及亲属”第 2 行 D 列“出生年月”"


def test_a_row_without_a_name_and_a_person_stated_twice_are_refused_at_their_rows(library: Library) -> None:
    text = pasted(["姓名", "性别"], ["林示例", "女"], ["", "男"], ["林示例", "男"])
    taken = people_of_text(library, text)
    assert [str(fault) for fault in taken.all_faults] == [
        "粘贴的内容 第 4 行 A 列“姓名”：与第 2 行的姓名或公民身份号码相同，没有读取；确是两人的，请在姓名后加以区别",
        "粘贴的内容 第 3 行 A 列“姓名”：没有（可用的）姓名，此人没有读取",
    ]
    assert {fault.severity for fault in taken.all_faults} == {Severity.ERROR}
    assert join(library, {}, taken.people).added == ["林示例"]


def test_no_message_about_an_identity_number_repeats_it(library: Library) -> None:
    taken = people_of_text(library, pasted(["姓名", "身份证号"], ["林示例", "350981198604121221"]))
    assert "350981" not in "".join(map(str, taken.all_faults))
    other = "11010119860412122X"
    known = {"考察对象": [LIN | {"公民身份号码": "35098119860412122X"}]}
    refused = joined(library, known, LIN | {"公民身份号码": other}).refused
    assert len(refused) == 1
    assert other not in str(refused[0])


def test_new_people_go_to_the_end_of_the_list_and_the_case_that_was_given_is_not_changed(library: Library) -> None:
    case: dict[str, Any] = {"版本": 1, "案件名称": "选任", "考察对象": [dict(LIN)]}
    before = copy.deepcopy(case)
    found = joined(library, case, {"姓名": "马晓㛃", "性别": "男"})
    assert case == before
    assert found.values == before | {"考察对象": [LIN, {"姓名": "马晓㛃", "性别": "男"}]}
    assert (found.added, found.changed) == (["马晓㛃"], True)


def test_what_a_known_person_lacks_is_filled_in_and_listed(library: Library) -> None:
    found = joined(library, {"考察对象": [dict(LIN)]}, LIN | {"民族": "畲族", "家庭成员及亲属": FAMILY})
    assert found.values == {"考察对象": [LIN | {"民族": "畲族", "家庭成员及亲属": FAMILY}]}
    assert [fault.message for fault in found.filled] == [
        "【林示例】补上“民族”：畲族",
        "【林示例】补上“家庭成员及亲属 第 1 项”：丈夫；陈建川；1984.11",
    ]
    assert (found.added, found.differing) == ([], [])


def test_what_differs_is_listed_with_both_values_and_left_as_it_was(library: Library) -> None:
    case = {"考察对象": [LIN | {"家庭成员及亲属": FAMILY}]}
    other = {"姓名": "林示例", "出生年月": "1986-05", "家庭成员及亲属": [FAMILY[0] | {"出生年月": "1984-12"}]}
    found = joined(library, case, other)
    assert found.values == case
    assert not found.changed
    assert [fault.message for fault in found.differing] == [
        "【林示例】“出生年月”案件中为 1986.04，此处为 1986.05，没有改动",
        "【林示例】“家庭成员及亲属 第 1 项 出生年月”案件中为 1984.11，此处为 1984.12，没有改动",
    ]


def test_what_differs_gives_way_only_where_that_is_asked_for_and_what_only_the_case_has_stays(library: Library) -> None:
    extra = {"称谓": "女儿", "姓名": "陈知夏"}
    case = {"考察对象": [LIN | {"家庭成员及亲属": [*FAMILY, extra]}]}
    other = {"姓名": "林示例", "出生年月": "1986-05", "家庭成员及亲属": [{"姓名": "陈建川", "政治面貌": "群众"}]}
    found = joined(library, case, other, update=True)
    family = [FAMILY[0] | {"政治面貌": "群众"}, extra]
    assert found.values == {"考察对象": [LIN | {"出生年月": "1986-05", "家庭成员及亲属": family}]}
    assert [fault.message for fault in found.replaced] == [
        "【林示例】“出生年月”案件中为 1986.04，此处为 1986.05，已按此处改"
    ]


@pytest.mark.parametrize("written", ["1986.4", "1986年4月", "198604", "1986-04"])
def test_the_same_month_written_otherwise_is_no_difference(library: Library, written: str) -> None:
    found = joined(library, {"考察对象": [LIN | {"出生年月": written}]}, LIN)
    assert not found.changed
    assert found.differing == []


def test_a_person_is_known_by_the_identity_number_though_the_name_is_another(library: Library) -> None:
    number = "35098119860412122X"
    found = joined(library, {"考察对象": [LIN | {"公民身份号码": number}]}, {"姓名": "林实例", "公民身份号码": number})
    assert [fault.message for fault in found.differing] == ["【林示例】“姓名”案件中为 林示例，此处为 林实例，没有改动"]


def test_a_value_that_the_case_holds_as_it_was_typed_is_compared_and_never_lost(library: Library) -> None:
    case = {"考察对象": [LIN | {"出生年月": "八六年四月"}]}
    found = joined(library, case, LIN)
    assert found.values == case
    assert "案件中为 八六年四月，此处为 1986.04" in found.differing[0].message


def test_a_library_without_people_says_so(tmp_path: Path) -> None:
    for folder in ("schemas", "templates"):
        (tmp_path / folder).mkdir()
    with pytest.raises(DocFormsError, match=r"缺 schemas/_intake\.py"):
        people_of_text(Library(tmp_path), "姓名\n甲")
