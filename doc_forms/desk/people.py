"""People from outside into a case on the desk: read, looked at, joined once the clerk says so; and out of it again.

Sources are rosters (.xlsx), cells copied out of Excel, and exchange files (.lrmx, .lrm with its .pic). What was read
lies in memory until it is joined or another source is read for the same case; nothing of it is written before.
"""

from __future__ import annotations

import secrets
import shutil
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import IO, Any

from doc_forms.desk.open_case import EXCHANGED, OpenCase
from doc_forms.editing import Values, is_error, put
from doc_forms.errors import DocFormsError, Fault, FileRefused, Place, Severity, UsageRefused
from doc_forms.exchange import exchange_files
from doc_forms.files import safe_name
from doc_forms.form.reading import Path as FieldPath
from doc_forms.library import Library
from doc_forms.people import (
    Compared,
    Joined,
    Taken,
    compare,
    join,
    people_of_exchange,
    people_of_roster,
    people_of_text,
)
from doc_forms.people.comparing import shown
from doc_forms.people.incoming import intake_of, refuse_repeated
from doc_forms.people.writing import Exported, write_people_files

__all__ = ["Compared", "Exported", "Offer", "PeopleDesk"]

Given = tuple[str, IO[bytes]]
"""A file as a page sends it: its name, and its bytes."""
Change = Callable[[str, Callable[[Values], Mapping[FieldPath, Any]]], OpenCase]
"""Makes a change to a case and keeps it, as the desk does."""

_NOTE = "导入人员"
"""What the history calls the revision."""
_WORKBOOK = ".xlsx"
_COMPANIONS = (".pic", ".jpg", ".jpeg", ".png")
"""Files that another one names, or that go with it."""


@dataclass
class Offer:
    """What was read for a case, and what joining it would do; or did, once that was said."""

    id: str
    stamp: int
    """The state of the case for which this was worked out."""
    taken: Taken
    joined: Joined
    """The case with the people joined, nothing of it overwritten."""
    done: Joined | None = None
    """What became of it; None until the clerk confirmed."""

    @property
    def faults(self) -> list[Fault]:
        """What could not be read and who cannot be joined, gravest first, each at its cell or element."""
        order = list(Severity)
        return sorted([*self.taken.all_faults, *self.joined.refused], key=lambda fault: order.index(fault.severity))

    @property
    def useful(self) -> bool:
        """Whether joining could change anything."""
        return self.joined.changed or bool(self.joined.differing)


class PeopleDesk:
    """What can be done with people from outside."""

    def __init__(
        self,
        library: Library,
        home: Path,
        open_: Callable[[str], OpenCase],
        change: Change,
        revise: Callable[[str, str], object],
    ) -> None:
        """`home`: the clerk's folder of papers. The others: how the desk gives, changes and saves a case."""
        self._home = home
        self._library = library
        self._open, self._change, self._revise = open_, change, revise
        self._offers: dict[str, Offer] = {}

    @property
    def called(self) -> str:
        """What the case calls the people who come into it (UsageRefused where the library has none)."""
        return str(intake_of(self._library).PEOPLE)

    def offer(self, case: str, text: str = "", files: Sequence[Given] = (), sheet: str | None = None) -> Offer:
        """Read people for a case out of pasted cells and files, and work out what joining them would do.

        text: lines with tabs between the cells, headings first. files: `.xlsx`, `.lrmx`, `.lrm`; the photos that they
        name or that belong to them go along. sheet: the main sheet of a roster in which several could be it. A source
        that cannot be read is a fault and stops no other. UsageRefused where nothing was given, FileRefused with every
        fault where nobody could be read.
        """
        if not text.strip() and not files:
            raise UsageRefused(Fault("people-none", "请先选择文件，或把 Excel 中复制的内容粘贴到框里"))
        return self._work_out(case, self._read_some(text, files, sheet))

    def offered(self, case: str, offer: str) -> Offer | None:
        """Give what was read for a case under that id; None where something else was read since."""
        found = self._offers.get(case)
        return found if found and found.id == offer else None

    def accept(self, case: str, offer: str, *, update: bool = False) -> Offer:
        """Join the people of an offer to the case and save a revision; give the offer with what became of it.

        update: whether facts that the case tells differently give way. UsageRefused where the offer is gone. Where the
        case was changed since it was worked out, nothing is joined and another offer is given.
        """
        found = self.offered(case, offer)
        if found is None:
            raise UsageRefused(Fault("people-gone", "这次读取的内容已不在，请重新选择文件或粘贴"))
        if found.done:
            return found
        if self._open(case).stamp != found.stamp:
            return self._work_out(case, found.taken)
        people = self.called

        def change(values: Values) -> Mapping[FieldPath, Any]:
            found.done = join(self._library, values, found.taken.people, update=update)
            if not found.done.changed:
                return {}
            put(values, (people,), found.done.values[people])
            return {(people,): found.done.values[people]}

        self._change(case, change)
        self._revise(case, _NOTE)
        return found

    def compare(self, files: Sequence[Given], rosters: Sequence[Given]) -> Compared:
        """Compare the people of exchange files or rosters with those of the office's roster; nothing is changed.

        UsageRefused where one of the two was not given, FileRefused with every fault where nobody could be read.
        """
        if not files or not rosters:
            message = "请先选择名册" if files else "请先选择要对照的任免审批表文件"
            raise UsageRefused(Fault("compare-none", message))
        return compare(self._library, self._read_some("", files), self._read_some("", rosters))

    def out(self, case: OpenCase) -> Path:
        """Give the folder where the exchange files of a case go."""
        return self._home / EXCHANGED / safe_name(f"{case.name}_{case.id[:4]}")

    def export(self, case: str) -> Exported:
        """Write everybody of a case as a `.lrmx` into its folder; a different file of the name stays.

        What cannot be read in the case is left out and is a fault. UsageRefused for a case without people, DataRefused
        for a text that the format cannot hold, OutputRefused where the folder cannot be written.
        """
        opened = self._open(case)
        result = write_people_files(self._library, opened.report.case, self.out(opened))
        lost = [
            (path, fault) for path, fault in opened.faults.items() if path.startswith(self.called) and is_error(fault)
        ]
        result.faults += [replace(fault, place=Place(field=path)) for path, fault in lost]
        return result

    def table(self, offer: Offer) -> list[list[str]]:
        """Give those of an offer who are new as a table, headings first: what tells people apart, nothing private."""
        intake, joined = intake_of(self._library), offer.done or offer.joined
        people = joined.values.get(intake.PEOPLE, [])[-len(joined.added) :] if joined.added else []
        titles = [title for title in intake.SHOWN if any(person.get(title) for person in people)]
        return [titles, *([shown(person.get(title) or "") for title in titles] for person in people)]

    def _work_out(self, case: str, taken: Taken) -> Offer:
        opened = self._open(case)
        joined = join(self._library, opened.values, taken.people)
        self._offers[case] = Offer(secrets.token_urlsafe(6), opened.stamp, taken, joined)
        return self._offers[case]

    def _read_some(self, text: str, files: Sequence[Given], sheet: str | None = None) -> Taken:
        taken = self._read(text, files, sheet)
        if not any(person.values.get(intake_of(self._library).NAME) for person in taken.people):
            raise FileRefused(taken.all_faults or [Fault("people-none", "没有读到人员，请核对标题行下面有没有内容")])
        return taken

    def _read(self, text: str, files: Sequence[Given], sheet: str | None) -> Taken:
        taken = Taken()
        with tempfile.TemporaryDirectory(prefix="doc-forms-") as place:
            kept = list(_kept(Path(place), files, taken.faults))
            sources = [file for file in kept if file.suffix.lower() not in _COMPANIONS] or kept
            exchange: list[Path] = []
            for file in sources:
                if file.suffix.lower() == _WORKBOOK:
                    _add(taken, partial(people_of_roster, self._library, file, sheet))
                else:
                    _add(taken, partial(_take, exchange, file))
            _add(taken, partial(people_of_exchange, self._library, exchange))
        if text.strip():
            _add(taken, partial(people_of_text, self._library, text))
        refuse_repeated(intake_of(self._library), taken)
        return taken


def _kept(folder: Path, files: Iterable[Given], faults: list[Fault]) -> Iterable[Path]:
    """Yield the files as they lie in a folder; of two with one name the second is a fault."""
    for name, stream in files:
        given = Path(name)
        file = folder / f"{safe_name(given.stem)}{given.suffix}"
        if file.exists():
            faults.append(Fault("people-file-twice", "选了两个同名的文件，只读取了前一个", Place(file=file.name)))
            continue
        with file.open("wb") as target:
            shutil.copyfileobj(stream, target)
        yield file


def _take(exchange: list[Path], file: Path) -> None:
    """Take a file for an exchange file; they are read together, so that a person in two of them is found."""
    exchange += exchange_files([file])


def _add(taken: Taken, read: Callable[[], Taken | None]) -> None:
    """Add the people of one source; where it is refused, why."""
    try:
        more = read()
    except DocFormsError as error:
        taken.faults += error.faults
        return
    if more:
        taken.people += more.people
        taken.faults += more.faults
