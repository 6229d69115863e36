"""Where papers are registered, if at all, and how the register is opened for them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import cache

from doc_forms.errors import OutputRefused, RecordsRefused
from doc_forms.records import Records
from doc_forms.records.keeper import Keeper, Register
from doc_forms.workers import may_fork

_WITHOUT = "。没有生成文书；要不登记而生成，请加 --no-records"

OpenRecords = Callable[[], Records | None]
"""Gives the store where papers are registered, opened at the first call; None where nothing is registered."""
OpenRegister = Callable[[], Register | None]
"""The same for one who only enters papers."""


@dataclass(frozen=True)
class RecordsChoice:
    """Where papers are registered: None is the user's own store. Where `registers` is False, nowhere."""

    url: str | None = None
    registers: bool = True

    def open(self) -> Records | None:
        """Open the store, made where it is missing; None where nothing is registered.

        RecordsRefused or OutputRefused where it cannot be opened, with the way to do without.
        """
        if not self.registers:
            return None
        try:
            return Records.open(self.url)
        except (RecordsRefused, OutputRefused) as error:
            faults = [replace(fault, message=f"{fault.message}{_WITHOUT}") for fault in error.faults]
            raise type(error)(faults) from None

    @contextmanager
    def when_needed(self) -> Iterator[OpenRecords]:
        """Give what opens the store at its first call (errors as `open`); it is closed at the end of the block."""
        with ExitStack() as stack:

            @cache
            def opened() -> Records | None:
                records = self.open()
                return stack.enter_context(records) if records else None

            yield opened

    @contextmanager
    def beside(self) -> Iterator[OpenRegister]:
        """Give what opens the register: where that can be, a process beside this one gets it ready meanwhile."""
        if not self.registers or not may_fork():
            with self.when_needed() as opened:
                yield opened
            return
        with Keeper(self.open) as keeper:
            yield lambda: keeper


NO_RECORDS = RecordsChoice(registers=False)
"""Registers nothing."""
