"""What a cell says, by the rule of its field; what Excel may have altered is refused, never guessed."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from doc_forms.form import FieldSpec, PartialDate
from doc_forms.form.text import half_width, normalise
from doc_forms.roster.formats import from_serial
from doc_forms.roster.sheets import Cell

Value = str | int | float | list[str] | None

# Anything that `normalise` would change: odd spaces, filler, line ends, outer space; full-width signs
# matter in codes, dates and numbers only.
_ODD = re.compile("[\u00a0\u00ad\u1680\u2000-\u200b\u202f\u205f\u3000\ufeff\r\x85\u2028\u2029]")
_FILLER = re.compile("[\u00ad\u200b\ufeff]")
_FULL_WIDTH = re.compile("[\uff01-\uff5e]")
_ITEM_ENDS = ("\n", "；", ";", "、")
_EXACT_DIGITS = 11
_YEAR_DIGITS, _MONTH_DIGITS, _DAY_DIGITS = 4, 6, 8


class CellRefused(ValueError):
    """A cell that cannot be taken: a stable code and the Chinese sentence."""

    def __init__(self, *, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True)
class Taken:
    """A value ready for the form, and what was made regular on the way ("" when nothing was)."""

    value: Value
    regular: str = ""


def take(cell: Cell, spec: FieldSpec, *, since_1904: bool) -> Taken:
    """Give the value of a cell for a field. CellRefused when the cell does not say it for certain."""
    if cell.kind == "text":
        return _taken_text(str(cell.value), spec)
    if cell.kind == "no result":
        raise CellRefused(code="cell-formula", message="公式没有结果，请在 Excel 中打开并保存，或改为文本")
    if cell.kind == "error":
        if cell.formula:
            raise CellRefused(
                code="cell-formula", message=f"公式没有结果（{cell.value}），请在 Excel 中打开、改正并保存"
            )
        raise CellRefused(code="cell-error", message=f"单元格为错误值 {cell.value}，请改正")
    if cell.kind == "boolean":
        if "是" not in spec.note.choices:
            shown = "TRUE" if cell.value else "FALSE"
            raise CellRefused(code="cell-boolean", message=f"单元格为逻辑值 {shown}，请改为文本")
        return Taken("是" if cell.value else "否")
    taken = _taken_number(cell, spec, since_1904=since_1904)
    return Taken([str(taken.value)], taken.regular) if spec.shape == "list" else taken


def key_of(cell: Cell | None) -> str:
    """Give the 序号 that a cell states, as text: 1, 1.0 and １ are the same; "" for none."""
    if cell is None or cell.kind not in ("text", "number"):
        return ""
    value = cell.value
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = unicodedata.normalize("NFKC", str(value)).strip().removesuffix(".")
    return text.removesuffix(".0").lstrip("0") or text


def is_blank(cell: Cell) -> bool:
    """Tell a cell that holds nothing but spaces and filler: it looks empty, and is."""
    return cell.kind == "text" and not _FILLER.sub("", str(cell.value)).strip()


def plain_text(cell: Cell | None) -> str:
    """Give the text of a cell without any space, "" where it holds no text."""
    return "".join(str(cell.value).split()) if cell is not None and cell.kind == "text" else ""


def _taken_text(text: str, spec: FieldSpec) -> Taken:
    regular, words = text, []
    if text != text.strip() or _ODD.search(text) or not unicodedata.is_normalized("NFC", text):
        try:
            regular = normalise(text)
        except ValueError:
            return Taken(text)  # the form refuses it with the same words, at the same place
        if regular != text:
            words.append("空格、不可见字符或换行")
    if spec.note.cell != "text" and _FULL_WIDTH.search(regular):
        regular = half_width(regular)
        words.append("全角字符")
    value: Value = regular
    if spec.shape == "list":
        value = _items(regular)
    return Taken(value or None, "、".join(words))


def _items(text: str) -> list[str]:
    """Split at the strongest separator there is: an item such as “党代表、人大代表” stands on a line of its own."""
    end = next((sign for sign in _ITEM_ENDS if sign in text), "\n")
    return [item.strip() for item in text.split(end) if item.strip()]


def _taken_number(cell: Cell, spec: FieldSpec, *, since_1904: bool) -> Taken:
    if spec.note.cell == "code":
        raise CellRefused(code="cell-code", message="单元格为数字，末几位已被 Excel 改动，请设为文本后重录")
    if spec.note.cell == "date":
        return _taken_date(cell, whole_day=spec.note.day, since_1904=since_1904)
    if cell.shown.date or cell.shown.time:
        raise CellRefused(code="cell-date", message="单元格为日期或时间，请设为文本后重录")
    number = float(cell.value)
    if spec.note.cell == "number":
        return Taken(int(cell.value) if number.is_integer() else number)
    return _taken_digits(cell, number)


def _taken_date(cell: Cell, *, whole_day: bool, since_1904: bool) -> Taken:
    number = float(cell.value)
    if cell.shown.date:
        try:
            day = from_serial(number, since_1904=since_1904)
        except ValueError:
            raise CellRefused(code="cell-date", message="不是有效日期，请改为文本，如 1978.03") from None
        return Taken(f"{day:%Y-%m}" if cell.shown.month_only else day.isoformat())
    digits = str(int(cell.value)) if number.is_integer() else ""
    if len(digits) in (_YEAR_DIGITS, _MONTH_DIGITS, _DAY_DIGITS) and not cell.shown.time and _is_date(digits):
        return Taken(digits, "" if len(digits) == _YEAR_DIGITS else "数字日期")
    if whole_day:
        message = f"{cell.value} 是数字，不是完整的日期，请改为文本，如 2026年9月28日"
        raise CellRefused(code="cell-day", message=message)
    raise CellRefused(code="cell-year-month", message=_year_month_message(cell.value))


def _is_date(digits: str) -> bool:
    try:
        PartialDate.parse(digits)
    except ValueError:
        return False
    return True


def _year_month_message(value: object) -> str:
    """The remedy for a bare number in a date column: 1975.1 may be January or October."""
    found = re.fullmatch(r"(\d{4})\.(\d{1,2})", str(value))
    if not found:
        return f"{value} 是数字而不是日期，请改为文本，如 1978.03"
    year, month = found.groups()
    if month == "1":
        return f"{value} 无法区分 1 月与 10 月，请改为文本 {year}.01 或 {year}.10。"
    return f"{value} 是数字，Excel 会去掉末尾的 0，请改为文本 {year}.{int(month):02d}。"


def _taken_digits(cell: Cell, number: float) -> Taken:
    zeros = cell.shown.zeros
    digits = str(int(cell.value)) if number.is_integer() else ""
    if zeros < 0 or not digits or len(digits.lstrip("-")) > _EXACT_DIGITS:
        message = "单元格为数字，显示的与存的可能不同（小数、长数字或特殊格式），请设为文本后重录"
        raise CellRefused(code="cell-number", message=message)
    return Taken(digits.zfill(zeros) if zeros else digits)
