"""简历 as the national approval form writes it: a line a period, `2016.07--2021.03  text`, the present one open.

Convention of the form and of its exchange files (任免审批表编辑器 3.x): `yyyy.MM--yyyy.MM` and two spaces, 18 signs in
all; where a period goes on, seven spaces stand for its end. A line without dates belongs to the entry above, and so
does one in brackets such as （其间：…）. Other separators and ways to write a month are read; one way is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from doc_forms.form import PartialDate

PREFIX = 18
"""Signs before the words of an entry: a month, the separator, a month (or seven spaces), two spaces."""
_OPEN = " " * 7
_MONTH = r"(?:19|20)\d\d\s*(?:[.．/年-]\s*(?:1[0-2]|0?[1-9])(?!\d)\s*月?|(?:0[1-9]|1[0-2])(?!\d))"
_ENTRY = re.compile(
    rf"\s*(?P<start>{_MONTH})\s*(?:[-－—–―─~～至到]+)\s*(?:(?P<end>{_MONTH})|(?:至?今|现在)(?=[\s，,：:]|$))?[\s，,：:]*(?P<text>.*)"
)  # only the separator that leads is one: the words after it keep theirs
_LOOKS_DATED = re.compile(r"(?:19|20)\d\d")
_OPENING, _CLOSING, _DURING = ("（", "("), ("）", ")"), ("其间", "期间", "其中")
_NOT_MONTH = re.compile(r"[^\d]+")


@dataclass(frozen=True, slots=True)
class Entry:
    """One period of a 简历."""

    start: PartialDate
    end: PartialDate | None
    """None as long as it goes on."""
    text: str
    more: tuple[str, ...] = ()
    """Further lines of the entry, such as （其间：2008.09--2011.06  在职攻读硕士学位）."""

    @property
    def prefix(self) -> str:
        """The dates as the form writes them, 18 signs."""
        return f"{self.start.dotted}--{self.end.dotted if self.end else _OPEN}  "

    @property
    def lines(self) -> tuple[str, ...]:
        """The entry as it stands on the form, without indents."""
        return (f"{self.prefix}{self.text}", *self.more)


@dataclass(frozen=True, slots=True)
class Resume:
    """A 简历 as it was read."""

    entries: tuple[Entry, ...]
    before: tuple[str, ...] = ()
    """Lines above the first entry, which belong to none."""

    @property
    def lines(self) -> tuple[str, ...]:
        """All lines in their order."""
        return (*self.before, *(line for entry in self.entries for line in entry.lines))

    def __str__(self) -> str:
        """The text as the exchange file holds it."""
        return "\n".join(self.lines)


def read_resume(text: str) -> Resume:
    """Read a 简历. No line is lost: what begins with no month goes with the entry above, or stands before all."""
    before: list[str] = []
    entries: list[Entry] = []
    for line in text.splitlines():
        if not line.strip():
            continue
        entry = _entry(line)
        if entry:
            entries.append(entry)
        elif entries:
            last = entries.pop()
            entries.append(Entry(last.start, last.end, last.text, (*last.more, line.strip())))
        else:
            before.append(line.strip())
    return Resume(tuple(entries), tuple(before))


def write_resume(entries: Iterable[Entry]) -> str:
    """Write a 简历 in the form's one way."""
    return str(Resume(tuple(entries)))


def _entry(line: str) -> Entry | None:
    found = _ENTRY.fullmatch(line)
    if not found:
        return None
    end = found["end"]
    return Entry(_month(found["start"]), _month(end) if end else None, found["text"].strip())


def _month(text: str) -> PartialDate:
    digits = [part for part in _NOT_MONTH.split(text) if part]
    year, month = digits if len(digits) > 1 else (digits[0][:4], digits[0][4:])
    return PartialDate(int(year), int(month))


def resume_faults(resume: Resume) -> Iterator[str]:
    """Say what a careful reader of a 简历 would ask about: a line without a period, periods that run backwards."""
    if resume.before:
        yield f"开头的“{_short(resume.before[0])}”没有起止年月，请写成“2004.07--2008.09  单位及职务”"
    if not resume.entries and not resume.before:
        return
    for entry in resume.entries:
        yield from _entry_faults(entry)
    for earlier, later in zip(resume.entries, resume.entries[1:], strict=False):
        if later.start < earlier.start:
            yield f"{later.prefix.strip()}应写在{earlier.prefix.strip()}之前（按时间先后）"
        elif earlier.end is None:
            yield f"{earlier.prefix.strip()}没有截止年月，后面却还有经历，请核对"


def _entry_faults(entry: Entry) -> Iterator[str]:
    odd = next((line for line in entry.more if _LOOKS_DATED.match(line)), None)
    if odd:
        yield f"“{_short(odd)}”的起止年月看不懂，请写成“2004.07--2008.09  单位及职务”"
    for line in _undated(entry):
        yield (
            f"“{_short(line)}”一行没有起止年月，已当作 {entry.prefix.strip()} 那一段的续行；"
            "是单独一段的，请写成“2004.07--2008.09  单位及职务”"
        )
    if not entry.text:
        yield f"{entry.prefix.strip()}后面没有写单位及职务"
    if entry.end and entry.end < entry.start:
        yield f"{entry.prefix.strip()}的截止年月早于起始年月，请核对"


def _undated(entry: Entry) -> Iterator[str]:
    """Lines in no brackets that name no year: a period without its dates, or words that ran on."""
    depth = 0
    for line in entry.more:
        inside = depth > 0 or line.startswith(_OPENING)
        depth += sum(line.count(sign) for sign in _OPENING) - sum(line.count(sign) for sign in _CLOSING)
        if not inside and not _LOOKS_DATED.match(line) and not line.startswith(_DURING):
            yield line


def _short(text: str) -> str:
    return text if len(text) <= 12 else f"{text[:12]}…"  # noqa: PLR2004 - enough to find the line
