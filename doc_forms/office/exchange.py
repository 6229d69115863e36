"""The verbs of people from outside, composed once: import, export, table and compare them.

from doc_forms.office.exchange import ExchangeOffice

office = ExchangeOffice()
taken = office.people([Path("干部")])  # .lrmx and .lrm files, folders of them, or Excel rosters
report = office.bring_in(taken, Path("副院长.json"))
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from pathlib import Path

from doc_forms.casework.case_files import read_case
from doc_forms.errors import Fault, Place, UsageRefused
from doc_forms.exchange import exchange_files
from doc_forms.files import make_folder, new_file
from doc_forms.library import Library
from doc_forms.people import Compared, Taken, compare, people_of_exchange, people_of_roster, people_of_text
from doc_forms.people.casefile import BroughtIn, bring_in, must_be_case
from doc_forms.people.exchanged import exchange_of
from doc_forms.people.incoming import intake_of, named
from doc_forms.people.photos import Photos
from doc_forms.people.writing import Exported, write_people_files

__all__ = ["BroughtIn", "Compared", "ExchangeOffice", "Exported", "Taken"]

_WORKBOOK = ".xlsx"


class ExchangeOffice:
    """A library of kinds, and the people who come into its cases and go out of them."""

    def __init__(self, library: Path | None = None) -> None:
        """Open the built-in library, or the office's own."""
        self._library = Library(library)

    def people(self, sources: Sequence[Path], sheet: str | None = None) -> Taken:
        """Read people from exchange files, folders of these, and Excel rosters (`sheet` names the main sheet).

        A file of a person that cannot be read is a fault and stops no other. Raises UsageRefused or FileRefused for
        sources that hold no people at all.
        """
        taken = Taken()
        files = [source for source in sources if source.suffix.lower() != _WORKBOOK]
        if files:
            taken = people_of_exchange(self._library, exchange_files(files))
        for source in sources:
            if source.suffix.lower() == _WORKBOOK:
                more = people_of_roster(self._library, source, sheet)
                taken = Taken([*taken.people, *more.people], [*taken.faults, *more.faults])
        return taken

    def pasted(self, text: str) -> Taken:
        """Read people from cells copied out of Excel: a heading row, tabs between the cells."""
        return people_of_text(self._library, text)

    def bring_in(self, taken: Taken, case: Path, *, update: bool = False) -> BroughtIn:
        """Join people to a case file; see `doc_forms.people.casefile.bring_in`."""
        return bring_in(self._library, taken, case, update=update)

    def table(self, taken: Taken, file: Path) -> int:
        """Write people as an Excel roster and give how many; an existing file is not overwritten (UsageRefused).

        The roster is one that `import` and `compare` read and that the library's form of the exchange files is merged
        from. Photos become files in a folder beside it.
        """
        from doc_forms.people.table import write_people  # noqa: PLC0415 - openpyxl takes 0.2 s that others need not pay

        intake, schema = intake_of(self._library), exchange_of(self._library)
        place = Place(file=str(file))
        if file.suffix.lower() != _WORKBOOK:
            raise UsageRefused(Fault("roster-ending", "名册文件名应以 .xlsx 结尾", place))
        if file.exists():
            raise UsageRefused(Fault("roster-exists", "文件已存在，没有覆盖；请换一个文件名", place))
        people = [
            deepcopy(intake.tabled({**person.derived, **person.values})) for person in named(intake, taken.people)
        ]
        make_folder(file.parent)
        photos = Photos(self._library, taken, file)
        try:
            photos.write(people)
            with new_file(file) as stream:
                write_people(intake.PeopleRoster, people, stream, always=schema.ASKED, never={schema.FOREIGN[-1]})
        except BaseException:
            photos.remove()
            raise
        return len(people)

    def export(self, case: Path, out: Path) -> Exported:
        """Write every person of a case as a `.lrmx` into the folder `out`; a different file of the name stays.

        Raises UsageRefused, FileRefused or DataRefused for the case, DataRefused for a text that XML cannot hold.
        """
        must_be_case(case)
        found, warnings = read_case(self._library, case)
        result = write_people_files(self._library, found, out, case.name)
        result.faults += warnings
        return result

    def compare(self, sources: Sequence[Path], roster: Path, sheet: str | None = None) -> Compared:
        """Compare the people of exchange files with those of a roster, or two sources of any kind."""
        return compare(self._library, self.people(sources), self.people([roster], sheet))
