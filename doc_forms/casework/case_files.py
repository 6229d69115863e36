"""Case files: one selection as JSON keyed by the Chinese titles, with the version of its schema.

What a case holds is the library's matter. Its module `case` gives `Case` (a Part with a field 版本), `VERSION`
and `MIGRATIONS`: version -> the function that carries the data of that version forward to the next.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

from doc_forms.data import read_data_file
from doc_forms.errors import DataRefused, Fault, Place, UsageRefused
from doc_forms.files import write_file
from doc_forms.form import Part
from doc_forms.form.reading import locate_in, read
from doc_forms.library import Library

Migrations = Mapping[int, Callable[[dict[str, Any]], dict[str, Any]]]

_VERSION = "版本"
_NUMBER = re.compile(r"[1-9]\d{0,5}")
_FOREIGN = (KeyError, IndexError, TypeError, ValueError, AttributeError)
"""What a migration may meet in a file that does not hold what its version says."""


def read_case(library: Library, file: Path) -> tuple[Part, list[Fault]]:
    """Read a case file, of this version or an older one; give the case with its warnings.

    Raises FileRefused or DataRefused, with every fault at its place; UsageRefused where the library has no cases.
    """
    schema = case_module(library)
    values = carried_forward(read_data_file(file), schema.VERSION, schema.MIGRATIONS, file.name)
    return read(schema.Case, values, locate_in(file.name), file.parent)


def write_case(library: Library, case: Part, file: Path) -> None:
    """Write a case under this schema's version: in the order of the schema, UTF-8, whole or not at all, 0600."""
    values = {**case.data(), _VERSION: case_module(library).VERSION}
    filled = {title: value for title, value in values.items() if value not in ([], {})}
    first = {_VERSION: filled.pop(_VERSION)}
    write_file(file, (json.dumps(first | filled, ensure_ascii=False, indent=2) + "\n").encode())


def case_module(library: Library) -> ModuleType:
    """Give the library's module of cases; UsageRefused where it has none."""
    if not (library.root / "schemas" / "case.py").is_file():
        message = "这个模板库没有案件（缺 schemas/case.py），请改用内置模板库"
        raise UsageRefused(Fault("case-none", message, Place(file=str(library.root))))
    return library.module("case")


def carried_forward(values: dict[str, Any], version: int, migrations: Migrations, file: str) -> dict[str, Any]:
    """Give the data as this version has them; data that state no version are taken as this one's.

    Raises DataRefused for a newer version, one that is no number, and data that cannot be carried forward.
    """
    stated = _stated(values, version, file)
    if stated > version:
        message = f"由较新的程序写成（版本 {stated}，本程序只认到 {version}），请升级程序后再打开"
        raise DataRefused(Fault("case-newer", message, Place(file=file)))
    for older in range(stated, version):
        if older not in migrations:
            message = f"版本 {stated} 太旧，本程序已不能转换"
            raise DataRefused(Fault("case-older", message, Place(file=file)))
        try:
            values = migrations[older](values)
        except _FOREIGN:
            message = f"内容与所写的版本 {stated} 不符，无法转换；请核对“{_VERSION}”是否被改动"
            raise DataRefused(Fault("case-older", message, Place(file=file))) from None
    return {**values, _VERSION: version}


def _stated(values: Mapping[str, Any], version: int, file: str) -> int:
    stated = values.get(_VERSION, version)
    digits = str(stated).strip()
    if isinstance(stated, bool) or not _NUMBER.fullmatch(digits):
        message = f"应为整数，如 {version}；由程序填写，不必改动"
        raise DataRefused(Fault("case-version", message, Place(file=file, field=_VERSION)))
    return int(digits)
