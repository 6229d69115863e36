"""Has the paper of every row made while the receipt is being written, row after row."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from doc_forms.errors import DocFormsError, Fault, OutputRefused
from doc_forms.merge.outcomes import KEPT, MADE, Outcomes
from doc_forms.merge.production import Production
from doc_forms.merge.report import Merged, Progress


class EachRow:
    """Takes in what becomes of each row, as far as `up_to` asks, and of all that are left at the end of its block.

    A progress that raises KeyboardInterrupt stops it where papers can be left: those that are whole have their names,
    the rest can be made later.
    """

    def __init__(self, production: Production, outcomes: Outcomes, report: Merged, progress: Progress) -> None:
        """Take what it needs; the rows were all checked."""
        self._outcomes, self._report, self._progress = outcomes, report, progress
        self._stopped = False
        self._made = production.finish(stop=lambda: self._stopped)
        self._total = report.rows - report.refused
        self._done = self._last = 0
        self._ended = False
        self._failed: Exception | None = None

    def up_to(self, row: int) -> None:
        """Go on until it is known what became of a row, or until no more are made (OutputRefused)."""
        while self._last < row and not self._ended:
            self._advance()

    def _advance(self) -> None:
        try:
            made = next(self._made, None)
        except OutputRefused as error:
            self._ended = True
            message = (
                f"{error.faults[0].message}。已完成 {self._done}/{self._total} 份，没有覆盖任何旧文件；"
                "排除后重新运行即可接着做"
            )
            raise OutputRefused(Fault("output", message, error.faults[0].place)) from None
        except DocFormsError:
            raise
        except Exception as error:  # noqa: BLE001 - not here, where the clerk's workbook is blamed for what goes wrong
            self._failed, self._ended = error, True
            return
        if made is None:
            self._ended = True
            return
        self._outcomes.add(made, f"{made.planned}.docx")
        self._last = made.row
        self._done += 1
        try:
            self._progress("生成", self._done, self._total)
        except KeyboardInterrupt:
            self._stopped = True

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Make the rest, also where the receipt could not be written, and count what was made."""
        try:
            while not self._ended and (kind is None or issubclass(kind, Exception)):
                self._advance()
        finally:
            report, outcomes = self._report, self._outcomes
            report.interrupted = self._stopped and self._done < self._total
            report.made, report.kept = outcomes.count(MADE), outcomes.count(KEPT)
            report.refused += len(outcomes.faults)
            for faults in outcomes.faults.values():
                report.show(faults)
        if self._failed:
            raise self._failed
