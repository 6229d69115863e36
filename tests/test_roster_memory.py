"""Reading and writing cost the same memory however long the roster is."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from workbooks import by_hand, text_row

pytestmark = pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="peak memory is told by Linux only")

MEASURE = """
import sys
from pathlib import Path
from doc_forms.roster.read import Roster
from doc_forms.roster.receipt import RowResult, write_receipt
from doc_forms.roster.sheets import Book
from workbooks import Review

with Roster(Book(Path(sys.argv[1])), Review) as roster, open(sys.argv[1] + ".out", "wb") as stream:
    numbers = [row.number for row in roster.rows()]
    write_receipt(roster, stream, (RowResult(number, "已生成", f"审核表_{number}.docx") for number in numbers))
# ru_maxrss would not do: a process inherits it from the one that started it.
print(len(numbers), Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0])
"""


def shared_row(number: int, *strings: int) -> str:
    """The XML of a row whose cells point to shared strings, as Excel writes them."""
    cells = (f'<c r="{letter}{number}" t="s"><v>{s}</v></c>' for letter, s in zip("ABC", strings, strict=True))
    return f'<row r="{number}">{"".join(cells)}</row>'


def peak(path: Path, rows: int) -> int:
    """Peak memory, in kB, of reading a roster of so many rows and writing its receipt."""
    words = [
        "序号",
        "姓名",
        "出生年月",
        "备注",
        "赵样本",
        "1975.10",
        *(f"第{n}号聘任岗位的说明文字" for n in range(rows)),
    ]
    data = "".join(shared_row(number + 2, 4, 5, 6 + number) for number in range(rows))
    head = text_row(1, "姓名", "出生年月", "备注")
    by_hand(path, head + data, shared="".join(f"<si><t>{word}</t></si>" for word in words))
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
