"""`.lrm` with its `.pic`, the older exchange file: read only.

One record of 33 values in GBK, each in quotes, joined by commas, with no way to write `","` inside a value: one that
holds it makes more values, which is refused and never guessed. The photo lies beside it under the same name.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest
from typing import Any

from doc_forms.errors import Fault, FileRefused, Place, Severity
from doc_forms.exchange import photo
from doc_forms.exchange.person import ExchangePerson, ExchangeRelative, elements_of
from doc_forms.exchange.texts import decode_plain, tidy

_JOIN = '","'
_VALUES = 33
_SCHOOLING, _SCHOOLS, _FAMILY = 9, 10, range(20, 25)
_FIELDS = {
    0: "name",
    1: "sex",
    2: "born",
    3: "ethnic_group",
    4: "native_place",
    5: "joined_party",
    6: "health",
    7: "birthplace",
    8: "started_work",
    11: "professional_title",
    16: "speciality",
    17: "resume",
    18: "honours",
    19: "ratings",
    25: "post",
    26: "new_post",
    27: "leaves",
    28: "reason",
    29: "submitted_by",
    30: "aged_on",
    31: "filled_by",
    32: "filled_on",
}
_LEVELS = ("full_time_schooling", "full_time_degree", "in_service_schooling", "in_service_degree")
_SCHOOL_NAMES = ("full_time_school", "full_time_degree_school", "in_service_school", "in_service_degree_school")
_RELATIVE = ("relation", "name", "born", "political_status", "post")
_ANCHORS = ((_SCHOOLING, "#", 3), (_SCHOOLS, "#", 3), (_FAMILY[0], "@", 1))
"""Values whose shape shows whether everything before them is in its place."""


def read_lrm(data: bytes, picture: bytes, file: str) -> tuple[ExchangePerson, list[Fault]]:
    """Read the bytes of a `.lrm` and of its `.pic` (empty where there is none); `file` names it in messages.

    Raises FileRefused where the record has not its 33 values, saying which value is likely to hold `","`.
    """
    decoded = decode_plain(data, file)
    values = _values(decoded.text, file)
    faults = list(decoded.notes)
    titles = elements_of(ExchangePerson)

    def taken(number: int, text: str, field: str) -> str:
        kept, hidden = tidy(text)
        if hidden:
            place = Place(file=file, field=titles[field].title if field in titles else f"第 {number + 1} 项")
            faults.append(Fault("exchange-invisible", f"去掉了不可见字符（{hidden}）", place, Severity.NOTE))
        return kept

    texts: dict[str, Any] = {field: taken(number, values[number], field) for number, field in _FIELDS.items()}
    for number, fields in ((_SCHOOLING, _LEVELS), (_SCHOOLS, _SCHOOL_NAMES)):
        for field, text in zip(fields, _apart(values[number], "#", len(fields), number, file), strict=True):
            texts[field] = taken(number, text, field)
    family = tuple(_family([taken(number, values[number], "family") for number in _FAMILY]))
    found = photo.examine(picture)
    if found.reason:
        message = f"没有读取旁边的 .pic：{found.reason}"
        faults.append(Fault("exchange-photo", message, Place(file=file), Severity.WARNING))
    return ExchangePerson(**texts, family=family, photo=found.data), faults


def _values(text: str, file: str) -> list[str]:
    text = text.strip().strip("\x1a").strip()
    place = Place(file=file)
    if not (text.startswith('"') and text.endswith('"')) or _JOIN not in text:
        message = "不是任免审批表的 .lrm 文件（应是引号括起、逗号分隔的 33 项）"
        raise FileRefused(Fault("exchange-lrm", message, place))
    values = text[1:-1].split(_JOIN)
    if len(values) < _VALUES:
        message = f"只有 {len(values)} 项，应有 {_VALUES} 项，文件不全；请重新导出"
        raise FileRefused(Fault("exchange-lrm", message, place))
    if len(values) > _VALUES:
        message = (
            f"有 {len(values)} 项，应有 {_VALUES} 项：某一项的内容里有 {_JOIN} ，分不清界限；"
            f"请在任免审批表编辑器中打开，另存为 .lrmx"
        )
        raise FileRefused(Fault("exchange-lrm", message, Place(file=file, spot=_suspected(values))))
    return values


def _suspected(values: list[str]) -> str:
    """Between which titles a value was cut in two: the first anchor that is not in its place tells."""
    before = "姓名"
    titles = {_SCHOOLING: "学历学位", _SCHOOLS: "毕业院校", _FAMILY[0]: "家庭成员"}
    for number, sign, count in _ANCHORS:
        if values[number].count(sign) < count:
            return f"“{before}”至“{titles[number]}”之间"
        before = titles[number]
    return f"“{before}”之后"


def _apart(text: str, sign: str, count: int, number: int, file: str) -> list[str]:
    parts = text.split(sign)
    if len(parts) > count:
        place = Place(file=file, spot=f"第 {number + 1} 项")
        raise FileRefused(Fault("exchange-lrm", f"应有 {count} 段（以 {sign} 分隔），实有 {len(parts)} 段", place))
    return [*parts, *[""] * (count - len(parts))]


def _family(columns: list[str]) -> Iterator[ExchangeRelative]:
    for row in zip_longest(*(column.split("@") for column in columns), fillvalue=""):
        texts: dict[str, Any] = dict(zip(_RELATIVE, map(str.strip, row), strict=True))
        relative = ExchangeRelative(**texts)
        if not relative.blank:
            yield relative
