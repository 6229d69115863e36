"""People into a case and out again: by files, folders, rosters; compared fact by fact; the case whole or as it was."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import stat
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from exchange_made import JPEG, LIN, lrm_of
from pictures_made import jpeg
from workbooks import save

from doc_forms import Office, cli
from doc_forms.errors import DataRefused, OutputRefused, Severity, UsageRefused
from doc_forms.exchange import ExchangePerson, ExchangeRelative, Extra, read_person, write_lrmx
from doc_forms.office.exchange import ExchangeOffice

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
OURS = replace(
    LIN,
    political_status="中共党员",
    speciality="高等教育管理",
    in_service_schooling="研究生",
    in_service_degree="教育学硕士",
    in_service_school="示例大学教育学院",
    in_service_degree_school="高等教育学专业",
    resume="2005.09--2009.07  示例师范大学数学学院学习\n2009.07--2012.08  示范县第一中学教师\n"
    "2012.08--         示例学院党政办公室主任\n（其间：2013.09--2016.06  在职攻读硕士学位）",
    reason="工作需要",
    submitted_by="中共示例学院委员会组织部",
    aged_on="20260922",
    filled_by="吴试行",
    due="204604",
    age_limit="55岁",
    extras=(Extra("ZhaoPian", "<DaoLingTiXing>是 &amp; 否</DaoLingTiXing>"),),
)
"""A person with something in every element."""


def put(folder: Path, *people: ExchangePerson) -> Path:
    folder.mkdir(exist_ok=True)
    for person in people:
        (folder / f"{person.name}.lrmx").write_bytes(write_lrmx(person))
    return folder


def people_in(case: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(case.read_text("utf-8"))["考察对象"]
    return found


def run(capfd: pytest.CaptureFixture[str], *words: str | Path) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as stopped:
        cli.run([str(word) for word in words])
    printed = capfd.readouterr()
    assert isinstance(stopped.value.code, int)
    return stopped.value.code, printed.out, printed.err


def test_a_person_goes_through_a_case_and_comes_out_as_he_went_in(tmp_path: Path) -> None:
    office, case = ExchangeOffice(), tmp_path / "案件.json"
    report = office.bring_in(office.people([put(tmp_path / "来", OURS)]), case)
    assert (report.joined.added, report.refused, report.faults) == (["林示例"], False, [])
    exported = office.export(case, tmp_path / "去")
    assert read_person(exported.files[0]) == (OURS, [])


def test_facts_that_the_case_asks_for_beyond_the_form_are_computed_from_it(tmp_path: Path) -> None:
    office, case = ExchangeOffice(), tmp_path / "案件.json"
    office.bring_in(office.people([put(tmp_path / "来", OURS)]), case)
    (person,) = people_in(case)
    assert (person["学历"], person["学位"], person["拟任职务"]) == (
        "研究生",
        "教育学硕士",
        "计算机科学与工程学院副院长",
    )
    assert person["任职经历"] == [
        {"起始时间": "2009-07", "截止时间": "2012-08", "单位及职务": "示范县第一中学教师"},
        {"起始时间": "2012-08", "单位及职务": "示例学院党政办公室主任"},
    ]
    assert list(person)[:3] == ["姓名", "性别", "出生年月"]


@pytest.mark.parametrize(
    ("written", "month", "as_written", "status"),
    [
        ("200606", "2006-06", None, None),
        ("2006.06", "2006-06", None, None),
        ("民盟", None, "民盟", "民盟盟员"),
        ("199806；民盟", "1998-06", "199806；民盟", None),
        ("群众", None, "群众", "群众"),
        ("无党派", None, "无党派", "无党派人士"),
    ],
)
def test_the_element_for_joining_the_party_is_read_in_all_its_ways_and_goes_back_as_it_came(
    tmp_path: Path, written: str, month: str | None, as_written: str | None, status: str | None
) -> None:
    office, case = ExchangeOffice(), tmp_path / "案件.json"
    office.bring_in(office.people([put(tmp_path / "来", replace(LIN, joined_party=written))]), case)
    (person,) = people_in(case)
    assert (person.get("入党时间"), person.get("政治面貌")) == (month, status)
    assert person["任免审批表"].get("入党时间写法") == as_written
    back, _ = read_person(office.export(case, tmp_path / "去").files[0])
    assert back.joined_party == written.replace("2006.06", "200606")


def test_odd_separators_in_a_resume_are_made_regular_and_said(tmp_path: Path) -> None:
    odd = "2005年9月至2009年7月，示例大学学习\n200907~2012.8 教师\n2012.08—至今  主任（2013-2014年挂职）"
    taken = ExchangeOffice().people([put(tmp_path / "来", replace(LIN, resume=odd))])
    assert taken.people[0].values["任免审批表"]["简历"] == (
        "2005.09--2009.07  示例大学学习\n2009.07--2012.08  教师\n2012.08--         主任（2013-2014年挂职）"
    )
    assert [str(fault) for fault in taken.all_faults] == ["林示例.lrmx “简历 JianLi”：起止年月的写法已规整"]


def test_a_line_of_the_resume_without_a_date_is_said_with_the_person_and_what_to_do(tmp_path: Path) -> None:
    odd = "2005.09--2009.07  示例大学学习\n（其间：2006.03  入党；\n任班长）\n某年 戊单位科员\n2012.08--         主任"
    (tmp_path / "001.lrmx").write_bytes(write_lrmx(replace(LIN, resume=odd)))
    taken = ExchangeOffice().people([tmp_path])
    (fault,) = taken.all_faults
    assert (fault.severity, fault.place.file) == (Severity.WARNING, "001.lrmx")
    assert fault.message == (
        "【林示例】“某年 戊单位科员”一行没有起止年月，已当作 2005.09--2009.07 那一段的续行；"
        "是单独一段的，请写成“2004.07--2008.09  单位及职务”"
    )
    assert taken.people[0].values["任免审批表"]["简历"] == odd


def test_an_unknown_element_with_elements_of_its_own_goes_through_a_case(tmp_path: Path) -> None:
    office, case = ExchangeOffice(), tmp_path / "案件.json"
    extra = Extra("ZhaoPian", '<ZiDing lei="甲"><Nei>一 &lt; 二</Nei></ZiDing>')
    office.bring_in(office.people([put(tmp_path / "来", replace(LIN, extras=(extra,)))]), case)
    assert read_person(office.export(case, tmp_path / "去").files[0])[0].extras == (extra,)


def test_an_unknown_element_goes_through_a_case_under_its_relative_and_in_its_place(tmp_path: Path) -> None:
    def child(name: str, relation: str, *extras: Extra) -> ExchangeRelative:
        return ExchangeRelative(relation, name, "201501", "群众", "示例小学学生", extras)

    first = Extra("", "<BianHao>一</BianHao>")
    shape = Extra("ChengWei", '<ZiDing lei="甲"><Nei>二 &amp; 三</Nei></ZiDing>')
    other = Extra("GongZuoDanWeiJiZhiWu", "<BianHao>四</BianHao>")
    family = (
        child("林甲", "女儿", first, shape),
        child("林乙", "儿子"),
        child("", "养女", other),
        child("林甲", "儿子", other),
    )
    extras = (Extra("", "<BianHao>零</BianHao>"), Extra("MinZu", "<YuYan>五</YuYan>"))
    office, case = ExchangeOffice(), tmp_path / "案件.json"
    person = replace(LIN, family=family, extras=extras)
    report = office.bring_in(office.people([put(tmp_path / "来", person)]), case)
    assert [fault.code for fault in report.faults if fault.code == "exchange-foreign"] == []
    back, _ = read_person(office.export(case, tmp_path / "去").files[0])
    assert (back.family, back.extras) == (family, extras)


def test_an_unknown_element_whose_neighbour_nobody_knows_still_goes_back(tmp_path: Path) -> None:
    office, case = ExchangeOffice(), tmp_path / "案件.json"
    extra = Extra("MinZu", "<YuYan>五</YuYan>")
    office.bring_in(office.people([put(tmp_path / "来", replace(LIN, extras=(extra,)))]), case)
    case.write_text(case.read_text("utf-8").replace('"前一元素": "MinZu"', '"前一元素": "MeiYou"'), "utf-8")
    back, _ = read_person(office.export(case, tmp_path / "去").files[0])
    assert back.extras == (replace(extra, after="ZhaoPian"),)


def test_an_older_file_comes_into_the_case_with_its_photo_beside_the_case(tmp_path: Path) -> None:
    (tmp_path / "林示例.lrm").write_bytes(lrm_of(LIN))
    (tmp_path / "林示例.pic").write_bytes(JPEG)
    office, case = ExchangeOffice(), tmp_path / "案件.json"
    report = office.bring_in(office.people([tmp_path]), case)
    photo = tmp_path / "案件_照片" / "林示例.jpg"
    assert (photo.read_bytes(), report.photos) == (JPEG, [photo])
    assert people_in(case)[0]["任免审批表"]["照片"] == "案件_照片/林示例.jpg"
    assert [stat.S_IMODE(path.stat().st_mode) for path in (case, photo, photo.parent)] == [0o600, 0o600, 0o700]
    assert Office().check(case).warnings == ()


def test_importing_the_same_again_changes_nothing(tmp_path: Path) -> None:
    office, case, files = ExchangeOffice(), tmp_path / "案件.json", put(tmp_path / "来", OURS)
    office.bring_in(office.people([files]), case)
    before = case.stat().st_mtime_ns, case.read_bytes()
    report = office.bring_in(office.people([files]), case)
    assert (report.joined.changed, report.refused, report.said()) == (False, False, [])
    assert (case.stat().st_mtime_ns, case.read_bytes()) == before


def test_another_photo_of_a_known_person_is_a_difference_that_shows_no_bytes(tmp_path: Path) -> None:
    office, case = ExchangeOffice(), tmp_path / "案件.json"
    office.bring_in(office.people([put(tmp_path / "来", LIN)]), case)
    other = put(tmp_path / "又", replace(LIN, photo=jpeg(shade=5)))
    report = office.bring_in(office.people([other]), case)
    assert [fault.message for fault in report.said()] == ["【林示例】“任免审批表 照片”与案件中的不同，没有改动"]
    office.bring_in(office.people([other]), case, update=True)
    assert (tmp_path / "案件_照片" / "林示例.jpg").read_bytes() == JPEG
    assert people_in(case)[0]["任免审批表"]["照片"] == "案件_照片/林示例_新稿.jpg"


def test_people_are_added_to_a_whole_case_and_everything_else_of_it_stays(tmp_path: Path) -> None:
    case = tmp_path / "案件.json"
    shutil.copy(EXAMPLES / "case.json", case)
    before = json.loads(case.read_text("utf-8"))
    office = ExchangeOffice()
    office.bring_in(office.people([put(tmp_path / "来", replace(LIN, name="白示范", identity_number=""))]), case)
    after = json.loads(case.read_text("utf-8"))
    assert [person["姓名"] for person in after["考察对象"]] == [*(p["姓名"] for p in before["考察对象"]), "白示范"]
    after["考察对象"].pop()
    assert after == before


def test_a_case_that_cannot_be_read_is_left_as_it_was_without_photos_beside_it(tmp_path: Path) -> None:
    case = tmp_path / "案件.json"
    case.write_text('{"版本": 1, "案件名称": "甲", "没有的项目": 1}', "utf-8")
    before = case.read_bytes()
    office = ExchangeOffice()
    with pytest.raises(DataRefused, match="没有“没有的项目”这一项"):
        office.bring_in(office.people([put(tmp_path / "来", LIN)]), case)
    assert case.read_bytes() == before
    assert not (tmp_path / "案件_照片").exists()


def test_where_the_case_cannot_be_written_no_photo_is_left(tmp_path: Path) -> None:
    office, taken = ExchangeOffice(), ExchangeOffice().people([put(tmp_path / "来", LIN)])
    for length in (80, 90):  # the case may have the first name, but no file written before it is renamed
        with pytest.raises(OutputRefused, match="文件名太长"):
            office.bring_in(taken, tmp_path / ("长" * length + ".json"))
    assert [path.name for path in tmp_path.iterdir()] == ["来"]


def test_a_file_that_cannot_be_read_stops_no_other(tmp_path: Path) -> None:
    folder = put(tmp_path / "来", LIN)
    (folder / "坏.lrmx").write_bytes(b"<Person>")
    taken = ExchangeOffice().people([folder])
    assert [person.values["姓名"] for person in taken.people] == ["林示例"]
    assert [fault.place.file for fault in taken.faults] == ["坏.lrmx"]


def test_a_value_that_the_case_does_not_take_is_named_with_its_element_and_the_others_are_read(tmp_path: Path) -> None:
    mother = ExchangeRelative("母亲", "周示范", "五七年")
    odd = replace(LIN, ethnic_group="畲", born="19861", identity_number="123", family=(*LIN.family, mother))
    taken = ExchangeOffice().people([put(tmp_path / "来", odd)])
    assert [str(fault) for fault in taken.all_faults] == [
        "林示例.lrmx “出生年月 ChuShengNianYue”：不是日期，请写成 1978.03 或 1978年3月15日 这样",
        "林示例.lrmx “公民身份号码 ShenFenZheng”：公民身份号码应为 18 位（末位可为 X）",
        "林示例.lrmx “家庭成员及亲属 第 2 项 出生年月 ChuShengRiQi”：不是日期，请写成 1978.03 或 1978年3月15日 这样",
    ]
    values = taken.people[0].values
    assert (values["民族"], values["家庭成员及亲属"][1]) == ("畲族", {"称谓": "母亲", "姓名": "周示范"})


def test_a_folder_becomes_a_roster_that_reads_back_as_the_same_people(tmp_path: Path) -> None:
    office, roster = ExchangeOffice(), tmp_path / "名册.xlsx"
    folder = put(tmp_path / "来", OURS, replace(LIN, name="甲", identity_number="", post="=1+1", family=()))
    assert office.table(office.people([folder]), roster) == 2
    again = office.compare([folder], roster)
    assert (again.matched, again.same, again.found, again.faults) == (2, 2, [], [])
    cells = [cell for row in openpyxl.load_workbook(roster)["名册"].iter_rows(min_row=2) for cell in row if cell.value]
    assert {cell.data_type for cell in cells} == {"s"}
    with pytest.raises(UsageRefused, match="文件已存在，没有覆盖"):
        office.table(office.people([folder]), roster)


def filled(roster: Path, changes: dict[str, str], row: int) -> None:
    """Fill in some cells of a roster, by their headings."""
    book = openpyxl.load_workbook(roster)
    headings = [str(cell.value) for cell in book["名册"][1]]
    for title, value in changes.items():
        book["名册"].cell(row, headings.index(title) + 1).value = value
    book.save(roster)


def test_a_folder_of_exchange_files_becomes_a_roster_and_the_roster_becomes_approval_forms(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    roster, out = tmp_path / "名册.xlsx", tmp_path / "文书"
    assert run(capfd, "import", EXAMPLES / "exchange", "--roster", roster)[0] == 0
    status, said, err = run(capfd, "merge", "appointment_approval", roster, "--out", out)
    assert (status, said.splitlines()[0]) == (1, "已生成 2 份，1 行有误。")
    wrong = [line for line in err.splitlines() if line.startswith("✕")]
    assert [line.partition("：")[2] for line in wrong] == ["没有填写"]  # 欧阳清.lrm has no 任免理由 yet
    receipt = out / "回执_名册.xlsx"
    filled(receipt, {"任免理由": "因工作需要。", "拟任职务": "教务处副处长（试用期一年）"}, row=3)
    status, said, err = run(capfd, "merge", "appointment_approval", receipt, "--out", out)
    assert (status, [line for line in err.splitlines() if line.startswith("✕")]) == (0, [])
    facts = [Office().open_data(paper).data or {} for paper in sorted(out.glob("*.docx"))]
    assert [(one["姓名"], len(one["家庭成员"]), one["拟任职务"][-7:]) for one in facts] == [
        ("林示例", 6, "（试用期一年）"),
        ("欧阳清", 1, "（试用期一年）"),
        ("马晓㛃", 4, "（试用期一年）"),
    ]
    sources = {
        person.values["姓名"]: person.values for person in ExchangeOffice().people([EXAMPLES / "exchange"]).people
    }
    for one in facts:
        source = sources[one["姓名"]]
        assert one["照片"] == source["任免审批表"]["照片"]
        assert one["简历"] == source["任免审批表"]["简历"]
        assert one.get("拟免职务") == source.get("免去职务")


def test_a_roster_of_exchange_files_has_a_column_for_all_that_the_form_asks_for(tmp_path: Path) -> None:
    roster = roster_of(tmp_path, {"任免理由": "因工作需要"}, replace(LIN, reason="", submitted_by="", filled_on=""))
    headings = [str(cell.value) for cell in openpyxl.load_workbook(roster)["名册"][1]]
    assert {"任免理由", "呈报单位", "填表时间", "出生地", "简历"} <= set(headings)


def test_the_photos_of_a_roster_stand_beside_it_and_none_is_left_where_it_cannot_be_written(tmp_path: Path) -> None:
    office, folder = ExchangeOffice(), put(tmp_path / "来", LIN)
    office.table(office.people([folder]), tmp_path / "名册.xlsx")
    assert (tmp_path / "名册_照片" / "林示例.jpg").read_bytes() == JPEG
    with pytest.raises(OutputRefused, match="文件名太长"):
        office.table(office.people([folder]), tmp_path / ("长" * 83 + ".xlsx"))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["名册.xlsx", "名册_照片", "来"]


def test_the_same_people_give_the_same_roster_to_the_byte(tmp_path: Path) -> None:
    office, folder = ExchangeOffice(), put(tmp_path / "来", OURS)
    rosters = [tmp_path / name / "名册.xlsx" for name in ("一", "二")]
    for roster in rosters:
        office.table(office.people([folder]), roster)
    assert rosters[0].read_bytes() == rosters[1].read_bytes()


def roster_of(tmp_path: Path, changes: dict[str, str], *people: ExchangePerson) -> Path:
    """A roster of people in which some cells of the first were changed."""
    office, roster = ExchangeOffice(), tmp_path / "名册.xlsx"
    office.table(office.people([put(tmp_path / "册", *people)]), roster)
    book = openpyxl.load_workbook(roster)
    headings = [str(cell.value) for cell in book["名册"][1]]
    for title, value in changes.items():
        book["名册"].cell(2, headings.index(title) + 1).value = value
    book.save(roster)
    return roster


def test_every_difference_from_a_roster_is_listed_with_both_values_and_both_places(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    changes = {"出生年月": "1986.05", "公民身份号码": "110101198605121221"}
    roster = roster_of(tmp_path, changes, LIN, replace(LIN, name="马示范", identity_number=""))
    folder = put(tmp_path / "来", LIN, replace(LIN, name="白示范", identity_number=""))
    status, out, err = run(capfd, "compare", folder, roster)
    assert (status, err) == (1, "")
    assert re.sub(r"工作表“名册”第 \d 行 [A-Z]+ 列", "? 列", out).splitlines() == [
        "▲ 林示例.lrmx “出生年月 ChuShengNianYue”：【林示例】为“1986.04”，而 名册.xlsx ? 列“出生年月” 为“1986.05”",
        "▲ 林示例.lrmx “公民身份号码 ShenFenZheng”：【林示例】与 名册.xlsx ? 列“公民身份号码” 不同",
        "▲ 白示范.lrmx “姓名 XingMing”：【白示范】另一边没有此人",
        "▲ 名册.xlsx ? 列“姓名”：【马示范】另一边没有此人",
        "两边都有 1 人，其中 0 人完全一致；不同之处 4 处。",
    ]


def test_a_difference_names_the_column_of_the_roster_as_the_clerk_headed_it(tmp_path: Path) -> None:
    headings = ["姓名", "身份证号", "出生\n日期（如 1986.04）", "照片", "任免审批表.健康状况"]
    row = ["林示例", LIN.identity_number, "1986年5月", None, "良好"]
    roster = save(tmp_path / "名册.xlsx", {"在岗干部": [headings, row]})
    found = ExchangeOffice().compare([put(tmp_path / "来", LIN)], roster).found
    assert [re.findall("而 (.*) 为|与 (.*) 不同", fault.message)[0][0] for fault in found] == [
        "名册.xlsx 工作表“在岗干部”第 2 行 C 列“出生日期（如1986.04）”",
        "名册.xlsx 工作表“在岗干部”第 2 行 D 列“照片”",
        "名册.xlsx 工作表“在岗干部”第 2 行 E 列“任免审批表.健康状况”",
    ]


def test_a_roster_says_nothing_of_facts_for_which_it_has_no_column(tmp_path: Path) -> None:
    roster = tmp_path / "名册.xlsx"
    book = openpyxl.Workbook()
    book.worksheets[0].append(["姓名", "出生年月", "健康状况"])
    book.worksheets[0].append(["林示例", "1986年4月", "良好"])
    book.save(roster)
    found = ExchangeOffice().compare([put(tmp_path / "来", OURS)], roster).found
    assert [fault.message.partition("，")[0] for fault in found] == ["【林示例】为“健康”"]


def test_of_files_and_a_roster_together_each_is_compared_for_what_it_has_a_place_for(tmp_path: Path) -> None:
    short = save(tmp_path / "来.xlsx", {"名册": [["姓名", "出生年月"], ["马示范", "1986年5月"]]})
    roster = roster_of(tmp_path, {"性别": "男"}, LIN, replace(LIN, name="马示范", identity_number=""))
    found = ExchangeOffice().compare([put(tmp_path / "来", LIN), short], roster).found
    assert [(fault.place.file, fault.message.partition("，")[0]) for fault in found] == [
        ("林示例.lrmx", "【林示例】为“女”"),
        ("来.xlsx", "【马示范】为“1986.05”"),
    ]


def test_a_cell_that_cannot_be_read_is_a_fault_and_no_difference(tmp_path: Path) -> None:
    roster = roster_of(tmp_path, {"出生年月": "八六年"}, LIN)
    report = ExchangeOffice().compare([put(tmp_path / "来", LIN)], roster)
    assert (report.found, report.differs) == ([], True)
    assert [fault.place.field for fault in report.faults] == ["出生年月"]


def test_the_commands_import_and_export_with_the_right_status(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    folder, case = put(tmp_path / "来", LIN), tmp_path / "案件.json"
    assert run(capfd, "import", folder, "--into", case) == (0, f"新增 1 人：林示例\n已新建案件：{case}\n", "")
    status, out, err = run(capfd, "import", put(folder, replace(LIN, born="198605")), "--into", case)
    assert (status, "要以导入的为准，加 --update 重新运行" in out) == (1, True)
    assert "“出生年月”案件中为 1986.04，此处为 1986.05，没有改动" in err
    assert run(capfd, "import", folder, "--into", case, "--update")[0] == 0
    status, out, _ = run(capfd, "export", case, "--lrmx", tmp_path / "去", "--json")
    assert (status, json.loads(out)["written"]) == (0, 1)
    assert run(capfd, "export", case, "--lrmx", tmp_path / "去")[1].endswith(
        "已写出 0 人，1 人已有相同的文件、未重写。\n"
    )
    assert json.loads(run(capfd, "compare", folder, folder, "--json")[1])["same"] == 1


@pytest.mark.parametrize(
    "words",
    [[], ["--into", "甲.json", "--roster", "乙.xlsx"], ["--roster", "乙.xlsx", "--update"], ["--roster", "乙.csv"]],
)
def test_an_import_that_makes_no_sense_is_refused_before_anything_is_written(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], words: list[str]
) -> None:
    folder = put(tmp_path / "来", LIN)
    words = [str(tmp_path / word) if "." in word else word for word in words]
    assert run(capfd, "import", folder, *words)[0] == 2
    assert [path.name for path in tmp_path.iterdir()] == ["来"]


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("没有", "没有：找不到此文件或文件夹"),
        ("照片.pic", "请改选 照片.lrm"),
        ("名册.xls", "另存为 .xlsx"),
        ("名册.docx", "也不是 Excel 名册（.xlsx）"),
        ("断开.lrmx", "没有读到可以导入的人员，没有新建案件"),
    ],
)
def test_a_source_that_holds_no_people_says_what_it_is_and_what_to_choose(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], source: str, words: str
) -> None:
    if source != "没有":
        (tmp_path / source).write_bytes(b"<Person>")
    case = tmp_path / "案件.json"
    status, out, err = run(capfd, "import", tmp_path / source, "--into", case)
    assert (status, words in out + err, len((out + err).splitlines()) <= 2, case.exists()) == (1, True, True, False)


def test_what_does_not_end_like_a_case_is_neither_read_nor_written_as_one(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    folder = put(tmp_path / "来", LIN)
    kept = (folder / "林示例.lrmx").read_bytes()
    tries: tuple[list[str | Path], ...] = (
        ["import", folder, "--into", folder / "林示例.lrmx", "--update"],
        ["import", folder, "--into", tmp_path / "新案件.txt"],
        ["export", folder / "林示例.lrmx", "--lrmx", tmp_path / "去"],
    )
    for words in tries:
        status, _, err = run(capfd, *words)
        assert (status, "案件文件名应以 .json 结尾" in err) == (2, True)
    assert ((folder / "林示例.lrmx").read_bytes(), [one.name for one in tmp_path.iterdir()]) == (kept, ["来"])


def test_a_file_in_the_place_of_the_folder_for_exchange_files_is_said_to_be_none(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    case = tmp_path / "案件.json"
    run(capfd, "import", put(tmp_path / "来", LIN), "--into", case)
    status, _, err = run(capfd, "export", case, "--lrmx", case)
    assert (status, "案件.json" in err, "文件夹" in err) == (1, True, True)


def test_a_case_without_people_has_nothing_to_export(tmp_path: Path) -> None:
    case = tmp_path / "案件.json"
    case.write_text('{"案件名称": "甲"}', "utf-8")
    with pytest.raises(UsageRefused, match="案件中还没有考察对象"):
        ExchangeOffice().export(case, tmp_path / "去")


def sessions(page: str) -> Iterator[tuple[str, str]]:
    """The commands that a page shows, each with what it says that they print."""
    for block in re.findall(r"^```\n(\$ .*?)^```$", page, re.MULTILINE | re.DOTALL):
        for one in block.split("$ ")[1:]:
            command, _, shown = one.partition("\n")
            yield command, shown


def test_the_sessions_of_the_page_for_clerks_are_what_comes_out(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(EXAMPLES / "exchange", tmp_path / "干部")
    shutil.copy(EXAMPLES / "case.json", tmp_path / "副院长.json")
    people = [["姓名", "性别", "出生年月"], ["林示例", "女", "1986.05"], ["马晓㛃", "男", "1984.12"]]
    save(tmp_path / "名册.xlsx", {"名册": people})
    monkeypatch.chdir(tmp_path)
    page = (EXAMPLES.parent / "docs" / "exchange.md").read_text("utf-8")
    found = list(sessions(page))
    assert len(found) == 4
    for command, shown in found:
        _, out, err = run(capfd, *shlex.split(command)[1:])
        assert err + out == shown


def test_the_python_of_the_page_runs(capsys: pytest.CaptureFixture[str]) -> None:
    page = (EXAMPLES.parent / "docs" / "exchange.md").read_text("utf-8")
    (code,) = re.findall(r"^```python\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    exec(code, {})  # noqa: S102 - our own page
    assert capsys.readouterr().out == "['林示例'] 1986-04 []\n"
