"""Reading and writing cost the same memory however long the roster is."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

pytest.importorskip("resource", reason="peak memory is measured on systems that tell it")

MEASURE = """
import resource, sys
from pathlib import Path
from doc_forms.roster.read import Roster
from doc_forms.roster.receipt import RowResult, write_receipt
from doc_forms.roster.sheets import Book
from workbooks import Review

with Roster(Book(Path(sys.argv[1])), Review) as roster, open(sys.argv[1] + ".out", "wb") as stream:
    numbers = [row.number for row in roster.rows()]
    write_receipt(roster, stream, (RowResult(number, "已生成", f"审核表_{number}.docx") for number in numbers))
print(len(numbers), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def peak(path: Path, rows: int) -> int:
    """Peak memory, in the system's unit, of reading a roster of so many rows and writing its receipt."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("名册")
    sheet.append(["序号", "姓名", "出生年月", "备注"])
    for number in range(rows):
        sheet.append([number + 1, "赵样本", "1975.10", f"第{number}号聘任岗位说明"])
    book.save(path)
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, path],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )
    count, used = done.stdout.split()
    assert int(count) == rows
    return int(used)


def test_memory_at_twenty_thousand_rows_is_that_at_a_thousand(tmp_path: Path) -> None:
    small, large = peak(tmp_path / "小.xlsx", 1_000), peak(tmp_path / "大.xlsx", 20_000)
    assert large <= 1.1 * small
