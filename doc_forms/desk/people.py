"""People from outside into a case on the desk: read, looked at, joined once the clerk says so; and out of it again.

Sources are rosters (.xlsx), cells copied out of Excel, and exchange files (.lrmx, .lrm with its .pic). What was read
lies in memory until it is joined or another source is read for the same case; nothing of it is written before. Where a
roster names photos that were not sent, the sources lie in a private folder until these are, too, or nothing can come.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from doc_forms.desk.open_case import EXCHANGED, OpenCase
from doc_forms.desk.photos import Gathered, Given
from doc_forms.desk.sources import Sources
from doc_forms.editing import Values, is_error, put
from doc_forms.errors import Fault, Place, Severity, UsageRefused
from doc_forms.files import safe_name
from doc_forms.form.reading import Path as FieldPath
from doc_forms.library import Library
from doc_forms.people import Compared, Joined, Taken, compare, join
from doc_forms.people.comparing import shown
from doc_forms.people.incoming import intake_of
from doc_forms.people.writing import Exported, write_people_files

__all__ = ["Compared", "Exported", "Offer", "PeopleDesk"]

Change = Callable[[str, Callable[[Values], Mapping[FieldPath, Any]]], OpenCase]
"""Makes a change to a case and keeps it, as the desk does."""

_NOTE = "导入人员"
"""What the history calls the revision."""


@dataclass
class Offer:
    """What was read for a case, and what joining it would do; or did, once that was said."""

    id: str
    stamp: int
    """The state of the case for which this was worked out."""
    taken: Taken
    joined: Joined
    """The case with the people joined, nothing of it overwritten."""
    sources: Sources
    """What it was read from; closed once no photo can be added any more."""
    gathered: Gathered
    """What came of looking for the photos that rosters name."""
    done: Joined | None = None
    """What became of it; None until the clerk confirmed."""

    @property
    def faults(self) -> list[Fault]:
        """What could not be read and who cannot be joined, gravest first, each at its cell or element."""
        order = list(Severity)
        faults = self.gathered.told([*self.taken.all_faults, *self.joined.refused])
        return sorted(faults, key=lambda fault: order.index(fault.severity))

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

        text: lines with tabs between the cells, headings first. files: `.xlsx`, `.lrmx`, `.lrm`, the photos that they
        name or that belong to them, and `.zip` files of all of these. sheet: the main sheet of a roster in which
        several could be it. A source that cannot be read is a fault and stops no other. UsageRefused where nothing was
        given, FileRefused with every fault where nobody could be read.
        """
        if not text.strip() and not files:
            raise UsageRefused(Fault("people-none", "请先选择文件，或把 Excel 中复制的内容粘贴到框里"))
        sources = Sources(self._library, text, files, sheet)
        try:
            return self._work_out(case, sources, *sources.read())
        except BaseException:
            sources.close()
            raise

    def add_photos(self, case: str, offer: str, files: Sequence[Given]) -> Offer:
        """Take in more photos (or `.zip` files of them) for an offer that lacks some, and give another offer.

        FileRefused for what cannot be taken in, UsageRefused where nothing was chosen or the offer is gone.
        """
        found = self._offered_still(case, offer)
        if found.done or not found.gathered.missing:
            raise UsageRefused(Fault("photos-done", "这次不用再补照片；已导入的人，照片在“任免审批表”页更换"))
        found.sources.add(files)
        return self._work_out(case, found.sources, *found.sources.read())

    def offered(self, case: str, offer: str) -> Offer | None:
        """Give what was read for a case under that id; None where something else was read since."""
        found = self._offers.get(case)
        return found if found and found.id == offer else None

    def accept(self, case: str, offer: str, *, update: bool = False) -> Offer:
        """Join the people of an offer to the case and save a revision; give the offer with what became of it.

        update: whether facts that the case tells differently give way. UsageRefused where the offer is gone. Where the
        case was changed since it was worked out, nothing is joined and another offer is given.
        """
        found = self._offered_still(case, offer)
        if found.done:
            return found
        if self._open(case).stamp != found.stamp:
            return self._work_out(case, found.sources, found.taken, found.gathered)
        people = self.called

        def change(values: Values) -> Mapping[FieldPath, Any]:
            found.done = join(self._library, values, found.taken.people, update=update)
            if not found.done.changed:
                return {}
            put(values, (people,), found.done.values[people])
            return {(people,): found.done.values[people]}

        self._change(case, change)
        self._revise(case, _NOTE)
        found.sources.close()
        return found

    def _offered_still(self, case: str, offer: str) -> Offer:
        found = self.offered(case, offer)
        if found is None:
            raise UsageRefused(Fault("people-gone", "这次读取的内容已不在，请重新选择文件或粘贴"))
        return found

    def compare(self, files: Sequence[Given], rosters: Sequence[Given]) -> Compared:
        """Compare the people of exchange files or rosters with those of the office's roster; nothing is changed.

        UsageRefused where one of the two was not given, FileRefused with every fault where nobody could be read.
        """
        if not files or not rosters:
            message = "请先选择名册" if files else "请先选择要对照的任免审批表文件"
            raise UsageRefused(Fault("compare-none", message))
        ours, theirs = (self._read(given) for given in (files, rosters))
        return compare(self._library, ours, theirs)

    def _read(self, files: Sequence[Given]) -> Taken:
        """Read people only to look at them."""
        sources = Sources(self._library, "", files)
        try:
            taken, gathered = sources.read()
        finally:
            sources.close()
        remedy = "照片没有对照；要对照，请连照片一起选"
        people = [replace(one, faults=tuple(gathered.told(one.faults, remedy))) for one in taken.people]
        return Taken(people, gathered.told(taken.faults, remedy))

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

    def _work_out(self, case: str, sources: Sources, taken: Taken, gathered: Gathered) -> Offer:
        opened, before = self._open(case), self._offers.get(case)
        joined = join(self._library, opened.values, taken.people)
        made = Offer(secrets.token_urlsafe(6), opened.stamp, taken, joined, sources, gathered)
        if not gathered.missing:
            sources.close()
        if before and before.sources is not sources:
            before.sources.close()
        self._offers[case] = made
        return made
