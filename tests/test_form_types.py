"""The types of a form's values: what people type, what is kept, what is said when it cannot be."""

from __future__ import annotations

import sys
import unicodedata
from typing import Any

import pytest

from doc_forms.errors import DataRefused, Severity
from doc_forms.form import (
    NO_LINE,
    Count,
    Day,
    Degree,
    DocumentNumber,
    EthnicGroup,
    IdentityNumber,
    Line,
    Part,
    PartialDate,
    PersonName,
    PoliticalStatus,
    Schooling,
    Text,
    YearMonth,
    field,
    percent,
)
from doc_forms.form import text as form_text
from doc_forms.form.periods import Reached, reached, years_later
from doc_forms.form.reading import locate_in, read
from doc_forms.library import Library


class One(Part):
    """A field of each type, each of which may be absent."""

    text: Text | None = field("文字", blank="")
    line: Line | None = field("单行", blank="无")
    name: PersonName | None = field("姓名", blank="")
    month: YearMonth | None = field("年月", blank="／", prints="chinese")
    day: Day | None = field("日期", blank=NO_LINE, prints="chinese")
    number: IdentityNumber | None = field("公民身份号码", blank="")
    group: EthnicGroup | None = field("民族", blank="")
    status: PoliticalStatus | None = field("政治面貌", blank="")
    schooling: Schooling | None = field("学历", blank="")
    degree: Degree | None = field("学位", blank="")
    count: Count | None = field("票数", blank="")
    document: DocumentNumber | None = field("发文字号", blank="")


def kept(title: str, value: Any) -> Any:
    form, _ = read(One, {title: value}, locate_in("数据.json"))
    return form.context()[title]


def refusal(title: str, value: Any) -> str:
    with pytest.raises(DataRefused) as refused:
        read(One, {title: value}, locate_in("数据.json"))
    assert len(refused.value.faults) == 1
    return str(refused.value)


@pytest.mark.parametrize("typed", ["1978.03", "1978-03", "197803", "1978年3月", "19780315", "１９７８．３", "1978/3"])
def test_a_month_is_understood_however_it_is_typed(typed: str) -> None:
    assert kept("年月", typed) == "1978年3月"


@pytest.mark.parametrize(
    ("title", "typed", "said"),
    [
        ("年月", "1978", "缺少月份，请写成 1978.03 这样"),
        ("年月", "1978.13", "没有 1978 年 13 月，请核对"),
        ("年月", "去年", "不是日期，请写成 1978.03 或 1978年3月15日 这样"),
        ("年月", "0978.03", "年份 978 不在 1900—2100 之间，请核对"),
        ("日期", "2026.9", "缺少日，请写成 2026年9月28日 这样"),
        ("日期", "2026-02-30", "没有 2026 年 2 月 30 日，请核对"),
        ("公民身份号码", "11010519491231002", "公民身份号码应为 18 位（末位可为 X）"),
        ("公民身份号码", "110105194912310021", "公民身份号码校验位不符，请核对各位数字"),
        ("公民身份号码", "110105194913310027", "公民身份号码中的出生日期不存在，请核对"),
        ("公民身份号码", 110105194912310021, "写成了数字，末几位可能已被别的程序改动，请改为文本"),
        ("姓名", "张3", "姓名有不能出现的字符“3”"),
        ("姓名", "·张三", "姓名不完整"),
        ("姓名", "阿卜杜拉··买买提", "姓名不完整"),
        ("民族", "火星", "应为以下之一：汉族、蒙古族"),
        ("学位", "硕士研究生", "应写明学位，如 教育学硕士；没有学位写 无"),
        ("票数", "-3", "应为整数，如 12"),
        ("票数", "12.5", "应为整数，如 12"),
        ("票数", True, "应为整数，如 12"),
        ("发文字号", "第28号", "应写成 示院委〔2026〕28号 这样"),
        ("单行", "甲\n乙", "只能写一行，不能换行或含制表符"),
        ("文字", 12, "应为文字，数字请加上引号"),
        ("文字", "甲\u202e乙", "含有不可见或无法打印的字符（U+202E），请删除后重录"),
        ("文字", "甲\x07乙", "含有不可见或无法打印的字符（U+0007），请删除后重录"),
        ("文字", "甲\ud800乙", "含有不可见或无法打印的字符（U+D800），请删除后重录"),
        ("文字", "甲\ufffe乙", "含有不可见或无法打印的字符（U+FFFE），请删除后重录"),
        ("文字", "{{ 甲 }}", "含有模板标记（如“{{”或“%}”），请删除"),
        ("文字", "｛｛甲｝｝", "含有模板标记（如“{{”或“%}”），请删除"),
    ],
)
def test_what_cannot_be_is_refused_with_its_remedy(title: str, typed: Any, said: str) -> None:
    assert f"数据.json “{title}”：{said}" in refusal(title, typed)


@pytest.mark.parametrize(
    ("title", "typed", "printed"),
    [
        ("姓名", " 张　三 ", "张三"),
        ("姓名", "阿卜杜拉•买买提", "阿卜杜拉·买买提"),
        ("姓名", "阿卜杜拉．买买提", "阿卜杜拉·买买提"),
        ("姓名", "李𬭚", "李𬭚"),
        ("姓名", "John Smith", "John Smith"),
        ("公民身份号码", "11010519491231002x", "11010519491231002X"),
        ("公民身份号码", "１１０１０５１９４９１２３１００２Ｘ", "11010519491231002X"),
        ("公民身份号码", "110105 19491231 002X", "11010519491231002X"),
        ("民族", "畲", "畲族"),
        ("政治面貌", "党员", "中共党员"),
        ("学历", "本科", "大学"),
        ("学位", "教育学硕士学位", "教育学硕士"),
        ("票数", "１２票", "12"),
        ("票数", 12.0, "12"),
        ("发文字号", "示院委[2026]028号", "示院委〔2026〕28号"),
        ("发文字号", "示院委（2026）第 1 号", "示院委〔2026〕1号"),
        ("文字", "甲\r\n乙\u00a0丙\u200b", "甲\n乙 丙"),
        ("文字", "A & B < C", "A & B < C"),
        ("日期", "2026年09月08日", "2026年9月8日"),
    ],
)
def test_what_people_type_is_made_regular(title: str, typed: Any, printed: str) -> None:
    assert kept(title, typed) == printed


def test_a_blank_prints_what_its_field_says() -> None:
    form, _ = read(One, {"单行": "  ", "年月": None}, locate_in("数据.json"))
    printed = form.context()
    assert (printed["文字"], printed["单行"], printed["年月"], printed["日期"]) == ("", "无", "／", "")


def test_an_unknown_title_is_named_with_the_one_that_was_meant() -> None:
    with pytest.raises(DataRefused, match="没有“性名”这一项，是否为“姓名”？"):
        read(One, {"性名": "张三"}, locate_in("数据.json"))


def test_all_faults_are_told_at_once() -> None:
    with pytest.raises(DataRefused) as refused:
        read(One, {"年月": "x", "票数": "y", "多余": "z"}, locate_in("数据.json"))
    assert len(refused.value.faults) == 3


def test_a_birth_date_that_differs_from_the_identity_number_is_a_warning_only() -> None:
    person = Library().module("_people").Person
    values = {
        "姓名": "林示例",
        "性别": "女",
        "出生年月": "1949.11",
        "公民身份号码": "11010519491231002X",
        "民族": "汉",
        "籍贯": "福建福安",
        "政治面貌": "群众",
        "参加工作时间": "1970.01",
        "学历": "大学",
        "现任职务": "科员",
    }
    _, warnings = read(person, values, locate_in("数据.json"))
    assert [(fault.severity, fault.place.field) for fault in warnings] == [(Severity.WARNING, "出生年月")]
    assert "与公民身份号码所载的 1949.12 不一致，请核对档案认定的出生年月" in str(warnings[0])
    assert "11010519491231002X" not in str(warnings[0])


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [(1, 3, "33.33%"), (2, 3, "66.67%"), (1, 8, "12.50%"), (5, 1000, "0.50%"), (0, 5, "0.00%"), (1, 0, "—")],
)
def test_percentages_are_rounded_half_up(part: int, whole: int, text: str) -> None:
    assert percent(part, whole) == text


@pytest.mark.parametrize(
    ("start", "on", "years", "answer"),
    [
        ("2021-09-22", "2026-09-21", 5, Reached.NO),
        ("2021-09-22", "2026-09-22", 5, Reached.YES),
        ("2021-09", "2026-09-22", 5, Reached.BORDER),
        ("2021-08", "2026-09-22", 5, Reached.YES),
        ("2021-10", "2026-09-22", 5, Reached.NO),
        ("2021", "2026-09-22", 5, Reached.BORDER),
    ],
)
def test_years_are_full_on_the_anniversary_and_undecided_where_the_day_is_unknown(
    start: str, on: str, years: int, answer: Reached
) -> None:
    assert reached(PartialDate.parse(start), PartialDate.parse(on), years) is answer


def test_a_leap_day_has_its_anniversary_on_the_last_of_february() -> None:
    assert years_later(PartialDate(2024, 2, 29), 1) == PartialDate(2025, 2, 28)


def test_a_sign_that_is_taken_without_a_second_look_is_one_that_no_rule_would_change_or_refuse() -> None:
    plain = [sign for sign in map(chr, range(sys.maxunicode + 1)) if form_text._PLAIN.fullmatch(sign)]
    assert {"林", "a", "7", "（", "·", "\n"} <= set(plain)
    rules = (form_text._FORBIDDEN, form_text._SPACES, form_text._NOTHING, form_text._LINE_ENDS)
    changed = [sign for sign in plain if any(rule.sub("\n", sign) != sign for rule in rules)]
    assert changed == []
    assert [sign for sign in plain if unicodedata.normalize("NFC", sign) != sign or sign in "{}｛｝"] == []
