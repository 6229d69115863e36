"""Data files from outside: JSON keyed by the Chinese titles, refused with the line where it is not."""

from __future__ import annotations

import json
import stat
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from doc_forms.errors import DataRefused, Fault, FileRefused, Place

_LARGEST_DATA_FILE = 5 << 20


def read_data_file(file: Path) -> dict[str, Any]:
    """Read a JSON data file keyed by Chinese titles. FileRefused or DataRefused, with the line, where it is not."""
    place = Place(file=file.name)
    try:
        status = file.stat()
        if not stat.S_ISREG(status.st_mode):
            raise FileRefused(Fault("data-file", "这是文件夹或设备，不是文件，请核对路径", Place(file=str(file))))
        if status.st_size > _LARGEST_DATA_FILE:
            raise FileRefused(Fault("data-size", "数据文件超过 5 MB，请核对是否选错了文件", place))
        text = file.read_text("utf-8-sig")
    except OSError as error:
        reason = "文件不存在" if isinstance(error, FileNotFoundError) else "无法读取，请检查权限或路径"
        raise FileRefused(Fault("data-file", reason, Place(file=str(file)))) from None
    except UnicodeDecodeError:
        raise FileRefused(Fault("data-encoding", "不是 UTF-8 文本，请另存为 UTF-8 编码的 JSON", place)) from None
    try:
        values = json.loads(text, object_pairs_hook=_without_repeats)
    except json.JSONDecodeError as error:
        message = "不是正确的 JSON，请检查此处附近的引号、逗号和括号"
        raise DataRefused(
            Fault("data-json", message, Place(file=file.name, spot=f"第 {error.lineno} 行第 {error.colno} 列"))
        ) from None
    except ValueError:  # an integer of more digits than Python converts
        raise DataRefused(Fault("data-json", "有一个数字长得不可能，请核对", place)) from None
    except RecursionError:
        raise DataRefused(Fault("data-json", "括号套得太深，不是数据文件", place)) from None
    except _Repeated as error:
        raise DataRefused(Fault("data-repeated", f"“{error.title}”写了两次，请删去一处", place)) from None
    if not isinstance(values, dict):
        message = "最外层应是一组项目：{“姓名”: …}"
        raise DataRefused(Fault("data-json", message, place))
    return values


class _Repeated(Exception):
    def __init__(self, title: str) -> None:
        super().__init__(title)
        self.title = title


def _without_repeats(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for key, value in pairs:
        if key in values:
            raise _Repeated(key)
        values[key] = value
    return values
