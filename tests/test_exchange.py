"""The exchange files of the national approval form: in and out without loss, and every odd one in one line."""

from __future__ import annotations

import base64
from dataclasses import replace
from pathlib import Path

import pytest
from exchange_made import JPEG, LIN, PEOPLE, lrm_of
from hypothesis import given, settings
from lxml import etree

from doc_forms.errors import DataRefused, DocFormsError, Fault, FileRefused, Severity, UsageRefused
from doc_forms.exchange import ExchangePerson, Extra, exchange_files, read_lrm, read_lrmx, read_person, write_lrmx

FILE = "林示例.lrmx"
ORDER = """
XingMing XingBie ChuShengNianYue MinZu JiGuan ChuShengDi RuDangShiJian CanJiaGongZuoShiJian
JianKangZhuangKuang ZhuanYeJiShuZhiWu ShuXiZhuanYeYouHeZhuanChang QuanRiZhiJiaoYu_XueLi QuanRiZhiJiaoYu_XueWei
QuanRiZhiJiaoYu_XueLi_BiYeYuanXiaoXi QuanRiZhiJiaoYu_XueWei_BiYeYuanXiaoXi ZaiZhiJiaoYu_XueLi
ZaiZhiJiaoYu_XueWei ZaiZhiJiaoYu_XueLi_BiYeYuanXiaoXi ZaiZhiJiaoYu_XueWei_BiYeYuanXiaoXi XianRenZhiWu
NiRenZhiWu NiMianZhiWu JianLi JiangChengQingKuang NianDuKaoHeJieGuo RenMianLiYou JiaTingChengYuan
ChengBaoDanWei JiSuanNianLingShiJian TianBiaoShiJian TianBiaoRen ShenFenZheng ZhaoPian Version
""".split()


def xml(inside: str, head: str = '<?xml version="1.0" encoding="utf-8"?>') -> bytes:
    return f"{head}<Person>{inside}</Person>".encode()


def whole(**changed: str) -> str:
    """A file of ours as text, with the content of some elements changed as they stand."""
    text = write_lrmx(LIN).decode()
    for name, content in changed.items():
        before, _, rest = text.partition(f"<{name}>")
        text = f"{before}<{name}>{content}</{name}>{rest.partition(f'</{name}>')[2]}"
    return text


def said(faults: list[Fault]) -> list[str]:
    return [str(fault) for fault in faults]


def refused(data: bytes) -> str:
    with pytest.raises(FileRefused) as error:
        read_lrmx(data, FILE)
    assert len(error.value.faults) == 1
    return str(error.value)


@given(PEOPLE)
@settings(max_examples=150, deadline=None)
def test_any_person_comes_back_from_his_file_as_he_went_in(person: ExchangePerson) -> None:
    back, faults = read_lrmx(write_lrmx(person), FILE)
    assert back == person
    assert faults == []


@given(PEOPLE)
@settings(max_examples=50, deadline=None)
def test_the_same_person_gives_the_same_bytes_and_so_does_the_file_read_and_written_again(
    person: ExchangePerson,
) -> None:
    data = write_lrmx(person)
    assert write_lrmx(read_lrmx(data, FILE)[0]) == data


def test_the_elements_stand_in_the_order_of_the_editor_with_windows_line_ends() -> None:
    data = write_lrmx(LIN)
    root = etree.fromstring(data)
    assert [child.tag for child in root] == ORDER
    assert data.startswith(b'<?xml version="1.0" encoding="utf-8"?>\r\n<Person>\r\n  <XingMing>')
    assert data.count(b"\n") == data.count(b"\r\n")
    assert root.findtext("ZhaoPian") == base64.b64encode(JPEG).decode()
    assert [item.tag for item in root.iterfind("JiaTingChengYuan/Item/*")] == [
        "ChengWei",
        "XingMing",
        "ChuShengRiQi",
        "ZhengZhiMianMao",
        "GongZuoDanWeiJiZhiWu",
    ]


def test_newer_elements_are_written_where_the_person_has_them() -> None:
    root = etree.fromstring(write_lrmx(replace(LIN, due="204604", political_status="中共党员", age_limit="55岁")))
    names = [str(child.tag) for child in root]
    assert set(names) - set(ORDER) == {"DaoLingNianYue", "ZhengZhiMianMao", "GaiGeQianRenZhiNianLingJieXian"}
    assert names.index("DaoLingNianYue") == names.index("CanJiaGongZuoShiJian") + 1


def test_unknown_elements_go_back_as_they_came_in_the_person_and_in_the_family() -> None:
    own = '<ZiDing lei="甲"><Nei>一 &amp; 二</Nei>尾</ZiDing>'
    text = whole().replace("<MinZu>", f"{own}<MinZu>").replace("<ZhengZhiMianMao>", f"{own}<ZhengZhiMianMao>")
    person, faults = read_lrmx(text.encode(), FILE)
    assert person.extras == (Extra("ChuShengNianYue", own),)
    assert person.family[0].extras == (Extra("ChuShengRiQi", own),)
    assert faults == []
    again = write_lrmx(person).decode()
    assert again.count(own) == 2
    assert again.index(own) < again.index("<MinZu>")


def test_blanks_that_pretty_printing_leaves_in_empty_elements_are_no_text() -> None:
    person, faults = read_lrmx(whole(NiRenZhiWu="\r\n  ", TianBiaoRen="\n    \n").encode(), FILE)
    assert (person.new_post, person.filled_by) == ("", "")
    assert faults == []


def test_empty_rows_of_the_family_are_passed_over() -> None:
    empty = "<Item><ChengWei></ChengWei><XingMing> </XingMing></Item>"
    person, _ = read_lrmx(whole().replace("</JiaTingChengYuan>", f"{empty * 9}</JiaTingChengYuan>").encode(), FILE)
    assert [relative.name for relative in person.family] == ["陈建川"]


def test_invisible_characters_are_taken_out_and_named_with_their_element() -> None:
    person, faults = read_lrmx(whole(XingMing="\u200b林示例\ufeff", JiGuan="福建\u202e福安").encode(), FILE)
    assert (person.name, person.native_place) == ("林示例", "福建福安")
    assert said(faults) == [
        "林示例.lrmx “姓名 XingMing”：去掉了不可见字符（U+200B、U+FEFF）",
        "林示例.lrmx “籍贯 JiGuan”：去掉了不可见字符（U+202E）",
    ]
    assert {fault.severity for fault in faults} == {Severity.NOTE}


def test_control_characters_for_which_xml_has_no_place_do_not_break_the_file() -> None:
    person, _ = read_lrmx(whole(JianLi="2009.07--  甲\x0b（其间：乙）\x01").encode(), FILE)
    assert person.resume == "2009.07--  甲\n（其间：乙）"


def test_missing_elements_are_read_as_blank_and_named() -> None:
    person, faults = read_lrmx(whole().replace("<MinZu>畲族</MinZu>", "").encode(), FILE)
    assert person.ethnic_group == ""
    assert said(faults) == ["林示例.lrmx：缺少元素，按空白读取：民族"]


@pytest.mark.parametrize(
    ("head", "encoding", "words"),
    [
        ('<?xml version="1.0" encoding="GBK"?>', "gbk", "文件编码是 GBK"),
        ('<?xml version="1.0" encoding="gb2312"?>', "gb18030", "文件编码是 GBK"),
        ('<?xml version="1.0" encoding="utf-16"?>', "utf-16", "文件编码是 UTF-16"),
        ('<?xml version="1.0" encoding="utf-16"?>', "utf-16-be", "文件编码是 UTF-16"),
        ('<?xml version="1.0" encoding="utf-8"?>', "gbk", "声明为 UTF-8，实为 GBK"),
        ("", "utf-16-le", "文件编码是 UTF-16"),
    ],
)
def test_a_foreign_encoding_is_read_and_said(head: str, encoding: str, words: str) -> None:
    text = whole().replace('<?xml version="1.0" encoding="utf-8"?>', head)
    person, faults = read_lrmx(text.encode(encoding), FILE)
    assert person == LIN
    assert len(faults) == 1
    assert words in str(faults[0])


@pytest.mark.parametrize("head", ["", "\ufeff", "\r\n"])
def test_a_mark_before_the_declaration_or_none_at_all_is_no_matter(head: str) -> None:
    assert read_lrmx((head + whole()).encode(), FILE) == (LIN, [])


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (xml("<XingMing>甲</XingMing>", '<!DOCTYPE Person [<!ENTITY a "b">]>'), "DOCTYPE"),
        (xml("<XingMing>甲<JiGuan></XingMing>"), "“籍贯 JiGuan”第 1 行附近：不是完整的 XML"),
        (xml("\n\n<JianLi>甲 & 乙</JianLi>"), "“简历 JianLi”第 3 行附近：不是完整的 XML"),
        (xml("<XingMing>&bomb;</XingMing>"), "不是完整的 XML"),
        (xml("<XingMing>甲</XingMing>")[:-9], "不是完整的 XML"),
        (b"<html><body/></html>", "最外层应是 Person，实为 html"),
        (xml("<XingMing>甲</XingMing><XingMing>乙</XingMing>"), "“姓名 XingMing”：写了两次而内容不同"),
        (xml("", '<?xml version="1.0" encoding="shift_jis"?>'), "声明的编码是 shift_jis，不认得"),
        (xml("<XingMing>\xff\xff</XingMing>").replace("ÿÿ".encode(), b"\xff\xff"), "不是 UTF-8，也不是 GBK"),
        (xml("<XingMing>林示例")[: xml("<XingMing>林示例").index("例".encode()) + 1], "文件不全（在一个字的中间断了）"),
        (b"PK\x03\x04", "不是完整的 XML"),
        (xml("<JiaTingChengYuan>" + "<Item/>" * 201 + "</JiaTingChengYuan>"), "家庭成员有 201 项"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_line_with_its_file(data: bytes, words: str) -> None:
    message = refused(data)
    assert message.startswith(FILE)
    assert words in message
    assert "\n" not in message


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (base64.b64encode(JPEG[:-2]).decode(), "照片已损坏或不完整，请换一份"),
        (base64.b64encode(JPEG).decode()[:-3], "照片已损坏或不完整，请换一份"),
        (base64.b64encode(b"BM" + b" " * 99).decode(), "照片不是 JPEG 或 PNG 图片，请用看图软件另存为 .jpg 后再用"),
        ("照片", "照片已损坏或不完整，请换一份"),
    ],
)
def test_a_damaged_photo_is_said_and_the_person_is_read_without_it(content: str, reason: str) -> None:
    person, faults = read_lrmx(whole(ZhaoPian=content).encode(), FILE)
    assert person == replace(LIN, photo=b"")
    assert said(faults) == [f"林示例.lrmx “照片 ZhaoPian”：没有读取：{reason}"]
    assert faults[0].severity is Severity.WARNING


def test_a_photo_in_lines_or_with_the_head_of_a_web_page_is_read() -> None:
    lines = base64.encodebytes(JPEG).decode()
    for content in (lines, f"data:image/jpeg;base64,{lines}"):
        assert read_lrmx(whole(ZhaoPian=content).encode(), FILE) == (LIN, [])


def test_what_xml_cannot_hold_is_refused_before_anything_is_written() -> None:
    with pytest.raises(DataRefused) as error:
        write_lrmx(replace(LIN, honours="甲\x00乙"))
    assert "奖惩情况" in str(error.value)


def test_the_older_file_gives_the_same_person_with_the_photo_beside_it(tmp_path: Path) -> None:
    (tmp_path / "林示例.lrm").write_bytes(lrm_of(LIN))
    (tmp_path / "林示例.PIC").write_bytes(JPEG)
    person, faults = read_person(tmp_path / "林示例.lrm")
    assert person == replace(LIN, identity_number="")
    assert faults == []


def test_a_quote_comma_quote_inside_a_value_of_the_older_file_is_refused_and_narrowed_down() -> None:
    with pytest.raises(FileRefused) as error:
        read_lrm(lrm_of(LIN, resume='甲","乙'), b"", "林示例.lrm")
    assert str(error.value).startswith("林示例.lrm “毕业院校”至“家庭成员”之间：有 34 项，应有 33 项")
    assert "另存为 .lrmx" in str(error.value)


@pytest.mark.parametrize("data", [b"", b"\xff\xfe", b'"a","b"', "甲乙".encode("gbk"), lrm_of(LIN)[:-400]])
def test_an_older_file_that_is_none_is_refused_in_one_line(data: bytes) -> None:
    with pytest.raises(FileRefused) as error:
        read_lrm(data, b"", "林示例.lrm")
    assert str(error.value).startswith("林示例.lrm")


def test_an_older_file_in_utf_8_is_read_and_said_and_a_damaged_photo_too() -> None:
    data = lrm_of(LIN).decode("gbk").encode()
    person, faults = read_lrm(data, JPEG[:20], "林示例.lrm")
    assert person.name == "林示例"
    assert [fault.code for fault in faults] == ["exchange-encoding", "exchange-photo"]


def test_a_folder_gives_its_files_by_name_and_the_newer_of_two_formats(tmp_path: Path) -> None:
    for name in ("乙.lrm", "甲.LRMX", "甲.lrm", "~$丙.lrmx", "说明.txt"):
        (tmp_path / name).write_bytes(b"x")
    assert [file.name for file in exchange_files([tmp_path])] == ["乙.lrm", "甲.LRMX"]


def test_places_without_exchange_files_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageRefused, match="没有任免审批表文件"):
        exchange_files([tmp_path])
    with pytest.raises(FileRefused, match="找不到此文件或文件夹"):
        exchange_files([tmp_path / "名册.xlsx"])
    (tmp_path / "名册.xlsx").write_bytes(b"x")
    with pytest.raises(FileRefused, match=r"应以 \.lrmx 或 \.lrm 结尾"):
        exchange_files([tmp_path / "名册.xlsx"])


@pytest.mark.parametrize(("data", "words"), [(b"", "文件是空的"), (b"x" * (9 * 2**20 + 1), "文件超过 9 MB")])
def test_an_empty_and_a_huge_file_are_refused(tmp_path: Path, data: bytes, words: str) -> None:
    file = tmp_path / FILE
    file.write_bytes(data)
    with pytest.raises(DocFormsError, match=words):
        read_person(file)
