"""Names and identity numbers of people."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import BeforeValidator

from doc_forms.form.dates import PartialDate
from doc_forms.form.note import TypeNote
from doc_forms.form.text import as_line, half_width

_DOTS = re.compile("[•‧∙⋅・･．．]|(?<=[\u3400-\u9fff])\\.(?=[\u3400-\u9fff])")
_SPACE_BESIDE_HAN = re.compile("(?<=[^\x00-\x7f]) +| +(?=[^\x00-\x7f])")
_NOT_IN_NAMES = re.compile(r"[^\w·'\- \ufe00-\ufe0f\U000e0100-\U000e01ef]|[\d_]")
_LONGEST_NAME = 40


def _as_person_name(value: Any) -> str:
    name = _SPACE_BESIDE_HAN.sub("", _DOTS.sub("·", as_line(value)))
    found = _NOT_IN_NAMES.search(name)
    if found or not all(name.split("·")):
        sign = f"有不能出现的字符“{found.group()}”" if found else "不完整"
        message = f"姓名{sign}，请按身份证填写，少数民族姓名用间隔号“·”"
        raise ValueError(message)
    if len(name) > _LONGEST_NAME:
        message = f"姓名超过 {_LONGEST_NAME} 字，请核对"
        raise ValueError(message)
    return name


PersonName = Annotated[str, BeforeValidator(_as_person_name), TypeNote("姓名", "按身份证填写，如 阿卜杜拉·买买提")]
"""A person's name as on the identity card: no inner spaces, · (U+00B7) between its parts."""


def _as_identity_number(value: Any) -> str:
    from stdnum.cn import ric  # noqa: PLC0415 - 0.1 s of import that most papers do not need
    from stdnum.exceptions import ValidationError  # noqa: PLC0415

    if isinstance(value, int | float):
        message = "写成了数字，末几位可能已被别的程序改动，请改为文本（加上引号）并照证件核对"
        raise ValueError(message)  # noqa: TRY004 - pydantic gathers ValueError, not TypeError
    number = ric.compact(half_width(as_line(value))).upper().replace(" ", "")
    if not re.fullmatch(r"\d{17}[\dX]", number):
        message = "公民身份号码应为 18 位（末位可为 X）"
        raise ValueError(message)
    try:
        ric.get_birth_date(number)
    except ValidationError:
        message = "公民身份号码中的出生日期不存在，请核对"
        raise ValueError(message) from None
    # Only the check digit decides: places are abolished and renamed, and stdnum's table need not know all.
    if ric.calc_check_digit(number) != number[-1]:
        message = "公民身份号码校验位不符，请核对各位数字"
        raise ValueError(message)
    return number


IDENTITY_NOTE = TypeNote("公民身份号码", "18 位，单元格设为文本", cell="code", private=True)
"""What tells the fields that hold an identity number."""
IdentityNumber = Annotated[str, BeforeValidator(_as_identity_number), IDENTITY_NOTE]
"""公民身份号码 (GB 11643-1999): 17 digits and a check digit."""


def born_by_identity_number(number: str) -> PartialDate:
    """Give the birth date that a valid identity number states (digits 7 to 14)."""
    return PartialDate(int(number[6:10]), int(number[10:12]), int(number[12:14]))


def sex_by_identity_number(number: str) -> str:
    """Give 男 or 女 as a valid identity number states (17th digit odd or even)."""
    return "男" if int(number[16]) % 2 else "女"
