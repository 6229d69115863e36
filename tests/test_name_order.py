"""People in the order of strokes: both official ways, what is asked for, and the table's facts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from lxml import etree
from rules_support import LIBRARY

from doc_forms.errors import DataRefused
from doc_forms.form import Form, Line, Problem, field
from doc_forms.form.reading import locate_in, read
from doc_forms.library import library_root
from doc_forms.making import Maker
from doc_forms.template.scan import text_of

ORDER = LIBRARY.module("_name_order")
STROKES = LIBRARY.module("_strokes").STROKES
NameOrdered: Any = ORDER.NameOrdered  # mypy cannot see it: the library's modules are loaded by path

COMMON = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦"
    "付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞"
    "左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄"
)
"""The two hundred commonest surnames."""


class Roll(NameOrdered, Form):  # type: ignore[misc]
    """A list of names and nothing else."""

    people: list[Line] = field("名单", at_least=1)

    def ordered_names(self) -> list[str]:
        """Give the names."""
        return self.people

    def problems(self) -> Iterator[Problem]:
        """What the order needs."""
        yield from super().problems()
        yield from self.order_problems("people")


def roll(*names: str, **settings: Any) -> tuple[list[str], str]:
    """The names in order, and what is warned of."""
    form, warnings = read(Roll, {"名单": list(names), **settings}, locate_in("名单.json"))
    assert isinstance(form, Roll)
    return form.in_order(form.people, str), "\n".join(map(str, warnings))


def refused(*names: str, **settings: Any) -> str:
    with pytest.raises(DataRefused) as caught:
        roll(*names, **settings)
    return str(caught.value)


def test_the_strokes_of_disputed_characters_are_those_of_the_standard() -> None:
    counts = {
        "范": 8,
        "达": 6,
        "张": 7,
        "王": 4,
        "龚": 11,
        "欧": 8,
        "阿": 7,
        "林": 8,
        "陈": 7,
        "郑": 8,
        "万": 3,
        "马": 3,
    }
    assert {character: len(STROKES[character]) for character in counts} == counts
    assert (STROKES["张"], STROKES["范"], STROKES["达"], STROKES["王"]) == ("5153154", "12244155", "134454", "1121")


def test_the_table_holds_common_surnames_and_characters_of_given_names_in_order() -> None:
    assert [character for character in COMMON if character not in STROKES] == []
    assert len(STROKES) > 1000
    assert all(set(strokes) <= set("12345") and len(strokes) < 30 for strokes in STROKES.values())
    assert list(STROKES.values()) == sorted(STROKES.values(), key=lambda strokes: (len(strokes), strokes))


def test_fewer_strokes_come_first_and_the_first_stroke_that_differs_decides_between_as_many() -> None:
    assert roll("范明", "张明", "李明", "陈明", "王明", "丁明")[0] == ["丁明", "王明", "李明", "张明", "陈明", "范明"]


def test_by_surname_a_single_given_name_comes_first_and_by_name_its_strokes_count() -> None:
    assert roll("高大富", "高富")[0] == ["高富", "高大富"]
    assert roll("高富", "高大富", 排序方式="姓名笔画")[0] == ["高大富", "高富"]


def test_of_a_compound_surname_the_first_character_is_looked_at_first() -> None:
    assert roll("林一", "欧阳清", "司马远", "欧清")[0] == ["司马远", "林一", "欧清", "欧阳清"]
    assert roll("欧阳一帆", "欧阳清")[0] == ["欧阳清", "欧阳一帆"]


def test_dots_in_a_name_do_not_count() -> None:
    assert roll("阿依古丽·麦麦提", "阿不都·热依木")[0] == ["阿不都·热依木", "阿依古丽·麦麦提"]


@pytest.mark.parametrize("way", ["姓氏笔画", "姓名笔画", "按所填先后"])
@pytest.mark.parametrize("stem", sorted(kind.stem for kind in LIBRARY.kinds() if issubclass(kind.form, NameOrdered)))
def test_the_way_that_is_used_is_printed_under_every_list_that_has_one(stem: str, way: str) -> None:
    kind = LIBRARY.kind(stem)
    example = json.loads((library_root() / "examples" / f"{stem}.json").read_text("utf-8"))
    form, _ = read(kind.form, {**example, "排序方式": way}, locate_in("名单.json"))
    maker = Maker.open(kind)
    draft = maker.draft(form)
    maker.make(draft)
    text = "".join(text_of(etree.fromstring(data)) for data in maker.template.fill(draft.context).parts.values())
    said = "" if way == "按所填先后" else f"按{way}为序"
    assert text.count("笔画为序") == bool(said)
    assert said in text


def test_people_stay_as_entered_where_that_is_asked_for() -> None:
    assert roll("范明", "𠀀明", "丁明", 排序方式="按所填先后")[0] == ["范明", "𠀀明", "丁明"]


@pytest.mark.parametrize("way", ["姓氏笔画", "姓名笔画"])
def test_an_unknown_character_is_asked_for_and_never_guessed(way: str) -> None:
    message = refused("王明", "鼗明", 排序方式=way)
    assert "“鼗”不在笔画表中" in message
    assert "补充笔顺" in message
    own = [{"字": "鼗", "笔顺": "341534" + "1" * 13}]
    assert roll("鼗明", "王明", 排序方式=way, 补充笔顺=own)[0] == ["王明", "鼗明"]


def test_only_characters_that_the_order_depends_on_are_asked_for() -> None:
    assert roll("鼗明")[0] == ["鼗明"]
    assert roll("王鼗", "丁明")[0] == ["丁明", "王鼗"]
    assert roll("王明鼗", "王一鼗")[0] == ["王一鼗", "王明鼗"]
    assert roll("王鼗明", "王明")[0] == ["王明", "王鼗明"]
    assert "“鼗”" in refused("王一鼗", "王一明")
    assert "“鼗”" in refused("王鼗明", "王明", 排序方式="姓名笔画")


def test_different_characters_of_the_same_strokes_stay_as_entered_and_that_is_said() -> None:
    names, warning = roll("由一", "田明", "由明", "田一")
    assert names == ["由一", "由明", "田一", "田明"]
    assert "“由”与“田”笔画数和笔顺都相同，按所填先后排列" in warning
    assert roll("王一", "王一")[1] == ""


@pytest.mark.parametrize(("own", "message"), [("511", "每行只写一个字"), ("张", "只写数字 1 至 5")])
def test_own_strokes_are_checked(own: str, message: str) -> None:
    row = {"字": "张", "笔顺": "516"} if own == "张" else {"字": "张三", "笔顺": own}
    assert message in refused("张明", 补充笔顺=[row])
