"""The register of papers and numbers as the clerk sees it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from doc_forms.errors import Fault, UsageRefused
from doc_forms.records import Entry, Number, NumberState, Records, parse_number
from doc_forms.registering import PACKAGE_KIND

_ALTERED = {"register-edited": "改动过", "register-missing": "找不到文件", "register-unfinished": "没有做完"}
_NUMBER_CODES = {"number-unexplained", "number-open"}


_ORGAN = re.compile(r"[\u4e00-\u9fff]{1,20}")
"""What a paper takes as the letters of its organ (see `form.codes.DocumentNumber`)."""


@dataclass(frozen=True)
class EntryLine:
    """One paper of the register, and what has become of its file."""

    entry: Entry
    altered: str = ""
    """What is amiss with its file, in one word; empty where it is as it was made."""

    @property
    def state(self) -> str:
        """Its state as a clerk reads it."""
        return self.altered or self.entry.state.chinese

    @property
    def file(self) -> Path:
        """Where the paper is."""
        return Path(self.entry.path)

    @property
    def shown(self) -> Path:
        """What is opened to look at it: its file; the folder of an archive package, or of a file that is gone."""
        is_paper = self.entry.kind != PACKAGE_KIND and self.file.exists()
        return self.file if is_paper else self.file.parent


@dataclass(frozen=True)
class NumberLine:
    """One document number, and why no paper bears it where none does."""

    number: Number
    paper: str = ""
    """What the paper that bears it is called."""

    @property
    def said(self) -> str:
        """What is to be said of it: for what, by whom, why void."""
        if self.number.state is NumberState.ISSUED:
            return self.paper or f"{self.number.for_what}（手工制作的文书）"
        return self.number.explanation or "没有文书用这个号，也没有说明"

    @property
    def explained(self) -> bool:
        """Whether a paper bears it, or it was made void with a reason."""
        return self.number.state is NumberState.ISSUED or bool(self.number.explanation)


@dataclass(frozen=True)
class Register:
    """The register of papers as it stands."""

    lines: Sequence[EntryLine] = ()
    faults: Sequence[Fault] = ()
    """What does not add up, the numbers left aside."""
    waiting: int = 0
    """How many numbers are neither on a paper nor void."""


class RegisterDesk:
    """What can be done with the register; `kept` is False where papers are registered nowhere."""

    def __init__(self, records: Records | None) -> None:
        self._records = records

    @property
    def kept(self) -> bool:
        """Whether papers are registered at all."""
        return self._records is not None

    def look(self) -> Register:
        """Give what the register holds, the newest paper first, and what does not add up there."""
        return _register(self._records) if self._records else Register()

    def numbers(self) -> list[NumberLine]:
        """Give every document number that was given, and every gap between them, those of the newest year first."""
        return list(_numbers(self._records)) if self._records else []

    def number(self, text: str) -> NumberLine:
        """Give one number as written (UsageRefused where it was never given)."""
        wanted = parse_number(text)
        lines = self.numbers()
        found = next((one for one in lines if (one.number.prefix, one.number.year, one.number.number) == wanted), None)
        if found is None:
            raise UsageRefused(Fault("number-unknown", f"没有预留过 {text}"))
        return found

    def bearing(self, number: Number) -> list[Entry]:
        """Give the papers that a number may be given to: those that print it, else those that print none yet."""
        made = self._store().entries()[::-1]
        return [entry for entry in made if entry.number == str(number)] or [one for one in made if not one.number]

    def reserve(self, prefix: str, year: str, for_what: str, first: str = "") -> Number:
        """Take the next number of a sequence; `first` begins one where earlier numbers were given by hand.

        UsageRefused for what is no prefix, year or number, RecordsRefused without prefix or purpose.
        """
        if prefix.strip() and not _ORGAN.fullmatch("".join(prefix.split())):
            raise UsageRefused(Fault("number-prefix", "机关代字只写汉字，如 示院委；号取了就不能删，请核对后再取"))
        wanted = _whole(year, "year", "年份请写成四位数字，如 2026", 1949, 2100)
        if first.strip():
            self._store().start(prefix, wanted, _whole(first, "first", "起始号请写成数字，如 28", 1, 99999))
        return self._store().reserve(prefix, wanted, for_what)

    def issue(self, number: Number, entry: str) -> Number:
        """Give a reserved number to a paper of the register, or (empty) to one made by hand."""
        return self._store().issue(number, entry)

    def void(self, number: Number, reason: str) -> Number:
        """Make a number void for good, with the reason."""
        return self._store().void(number, reason)

    def _store(self) -> Records:
        if self._records is None:
            raise UsageRefused(Fault("records-none", "这次打开时没有台账"))
        return self._records


def _register(records: Records) -> Register:
    faults = records.check()
    altered = {fault.place.file: _ALTERED[fault.code] for fault in faults if fault.code in _ALTERED}
    lines = [EntryLine(entry, altered.get(entry.path, "")) for entry in records.entries()[::-1]]
    waiting = sum(fault.code in _NUMBER_CODES for fault in faults)
    return Register(lines, [_short(fault) for fault in faults if fault.code not in _NUMBER_CODES], waiting)


def _short(fault: Fault) -> Fault:
    """A fault with the name of its file: the list leads to the file itself."""
    return replace(fault, place=replace(fault.place, file=Path(fault.place.file).name))


def _numbers(records: Records) -> Iterator[NumberLine]:
    papers = {entry.id: f"{entry.title} {entry.person}".strip() for entry in records.entries()}
    known = records.numbers()
    sequences = dict.fromkeys((number.prefix, number.year) for number in known)
    for prefix, year in sorted(sequences, key=lambda one: (-one[1], one[0])):
        own = [number for number in known if (number.prefix, number.year) == (prefix, year)]
        listed = {number.number: number for number in [*records.gaps(prefix, year), *own]}
        yield from (NumberLine(listed[place], papers.get(listed[place].entry, "")) for place in sorted(listed)[::-1])


def _whole(text: str, name: str, message: str, least: int, most: int) -> int:
    plain = text.strip()
    if not plain.isdecimal() or not least <= int(plain) <= most:
        raise UsageRefused(Fault(f"number-{name}", message))
    return int(plain)
