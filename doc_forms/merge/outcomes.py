"""What came of each row of a merge, and how the receipt says it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from doc_forms.errors import Fault, Place, Severity
from doc_forms.merge.spool import Spool, SpooledRow
from doc_forms.merge.writing import Made
from doc_forms.roster import RowResult

NOT_MADE, MADE, KEPT = range(3)


class Outcomes:
    """What came of each row that was to be made; a byte a row, and words only where there is something to say."""

    def __init__(self, sheet: Place) -> None:
        """Take the place of the roster's sheet, where its rows are."""
        self._sheet = sheet
        self._states = bytearray()
        self.renamed: dict[int, str] = {}
        self.faults: dict[int, tuple[Fault, ...]] = {}

    def add(self, made: Made, planned: str) -> None:
        """Take in what became of a row."""
        if made.faults:
            self.refuse(made.row, made.faults)
            return
        self._states.extend(bytes(max(0, made.row + 1 - len(self._states))))
        self._states[made.row] = MADE if made.written else KEPT
        if made.file != planned:
            self.renamed[made.row] = made.file

    def refuse(self, row: int, faults: Iterable[Fault]) -> None:
        """Note why a row's paper did not pass its gates; they know the paper, and the row is named here."""
        place = replace(self._sheet, row=row)
        self.faults[row] = tuple(replace(fault, place=place) for fault in faults)

    def of(self, row: int) -> int:
        """Give whether the row was made, was there already, or neither."""
        return self._states[row] if row < len(self._states) else NOT_MADE

    def file_of(self, row: SpooledRow) -> str:
        """Give the name of the file that holds the row's paper."""
        planned = f"{row.draft.name}.docx" if row.draft else ""
        return self.renamed.get(row.number, planned)

    def count(self, state: int) -> int:
        """Give how many rows ended in that state."""
        return self._states.count(state)


def results(
    spool: Spool, outcomes: Outcomes, *, only_checked: bool = False, before: Callable[[int], None] | None = None
) -> Iterator[RowResult]:
    """Give what the receipt says of each row, in the roster's order.

    only_checked: nothing was to be made. before: told the number of a row that can be made, before it is said what
    came of it.
    """
    for row in spool:
        if before and row.draft:
            before(row.number)
        faults = outcomes.faults.get(row.number, row.faults)
        errors = [_said(fault) for fault in faults if fault.severity is Severity.ERROR]
        hints = [_said(fault) for fault in faults if fault.severity is not Severity.ERROR]
        file = ""
        if errors:
            text = "有误：" + "；".join(errors)
        elif only_checked:
            text = "可以生成"
        elif outcomes.of(row.number) == MADE:
            text, file = "已生成", outcomes.file_of(row)
        elif outcomes.of(row.number) == KEPT:
            text, file = "已有，未重做", outcomes.file_of(row)
        else:
            text = "未做（中断），请重新运行"
        yield RowResult(row.number, "；".join([text, *(f"提示：{hint}" for hint in hints)]), file, tuple(faults))


def _said(fault: Fault) -> str:
    """The fault as the receipt says it: which field, and what is wrong with it."""
    return f"{fault.place.field}：{fault.message}" if fault.place.field else fault.message
