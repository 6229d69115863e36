"""What people are read from: pasted cells and files as a page sends them, with the photos that rosters name.

They lie in a private folder while they are read, and as long as photos are missing that can still be added.
"""

from __future__ import annotations

import io
import shutil
import tempfile
import weakref
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path, PurePosixPath
from typing import IO

from doc_forms.desk.photos import (
    PHOTO,
    WORKBOOK,
    ZIP,
    Gathered,
    Given,
    Named,
    Supply,
    members_ending,
    open_zip,
    photos_of,
    said_of_zip,
)
from doc_forms.errors import DocFormsError, Fault, FileRefused, Place, UsageRefused
from doc_forms.exchange import exchange_files
from doc_forms.files import refuse, safe_name
from doc_forms.library import Library
from doc_forms.people import Taken, people_of_exchange, people_of_roster, people_of_text
from doc_forms.people.incoming import intake_of, refuse_repeated
from doc_forms.roster import Roster, open_roster, paste_roster

_EXCHANGE = frozenset({".lrmx", ".lrm", ".pic"})
_PICTURE = ".pic"
"""Goes with a `.lrm` and is none by itself."""


class Sources:
    """Pasted cells and files of one reading. Close it once nothing is to be added any more."""

    def __init__(self, library: Library, text: str, files: Sequence[Given], sheet: str | None = None) -> None:
        """Take in what was given; what cannot be taken in is a fault of the reading.

        text: lines with tabs between the cells. files: rosters, exchange files, photos, `.zip` files of all of these.
        sheet: the main sheet of a roster in which several could be it.
        """
        self._library, self._text, self._sheet = library, text, sheet
        root = Path(tempfile.mkdtemp(prefix="doc-forms-"))
        self.close: Callable[[], object] = weakref.finalize(self, shutil.rmtree, root, ignore_errors=True)
        """Remove it all; that is done at the latest when the program ends."""
        self._folder, supplied = root / "read", root / "sent"
        for folder in (self._folder, supplied):
            folder.mkdir(mode=0o700)
        self._faults: list[Fault] = []
        self._supply = Supply(supplied)
        self._files: list[Path] = []
        self._take_in(files)

    def add(self, files: Sequence[Given]) -> None:
        """Take in more photos (or `.zip` files of them): FileRefused for what cannot be, UsageRefused for nothing."""
        if not files:
            raise UsageRefused(Fault("photos-none", "请先选择照片，或装着照片的 .zip"))
        self._supply.take(files)

    def read(self) -> tuple[Taken, Gathered]:
        """Read everybody; give them with what came of looking for the photos that rosters name.

        A source that cannot be read is a fault and stops no other. FileRefused with every fault where nobody could be
        read.
        """
        gathered = self._gather()
        taken = Taken(faults=list(self._faults))
        exchange: list[Path] = []
        for file in self._files:
            if file.suffix.lower() == WORKBOOK:
                _add(taken, partial(people_of_roster, self._library, file, self._sheet))
            else:
                _add(taken, partial(_take, exchange, file))
        _add(taken, partial(people_of_exchange, self._library, exchange))
        if self._text.strip():
            _add(taken, partial(people_of_text, self._library, self._text, self._folder))
        intake = intake_of(self._library)
        refuse_repeated(intake, taken)
        if not any(person.values.get(intake.NAME) for person in taken.people):
            raise FileRefused(taken.all_faults or [Fault("people-none", "没有读到人员，请核对标题行下面有没有内容")])
        return taken, gathered

    def _take_in(self, files: Sequence[Given]) -> None:
        packed, photos, rest = list[Given](), list[Given](), list[Given]()
        for one in files:
            suffix = PurePosixPath(one[0]).suffix.lower()
            (packed if suffix == ZIP else photos if suffix in PHOTO else rest).append(one)
        for one in packed:
            try:
                rest += _unpacked(*one)
                photos.append(one)
            except DocFormsError as error:
                self._faults += error.faults
        try:
            self._supply.take(photos)
        except DocFormsError as error:
            self._faults += error.faults
        kept = [file for one in rest if (file := self._keep(*one))]
        self._files = [file for file in kept if file.suffix.lower() != _PICTURE] or kept
        if photos and not kept and not self._text.strip() and not self._faults:
            message = "选的文件里没有名册（.xlsx）和任免审批表文件（.lrmx、.lrm），请和照片一起选"
            self._faults.append(Fault("people-photos-only", message))

    def _keep(self, name: str, stream: IO[bytes]) -> Path | None:
        """Keep a file where it is read; of two with one name the second is a fault."""
        given = PurePosixPath(name)
        file = self._folder / f"{safe_name(given.stem)}{given.suffix}"
        if file.exists():
            self._faults.append(Fault("people-file-twice", "选了两个同名的文件，只读取了前一个", Place(file=file.name)))
            return None
        try:
            with file.open("wb") as target:
                shutil.copyfileobj(stream, target)
        except OSError as error:
            raise refuse(error, Path(given.name)) from None
        return file

    def _gather(self) -> Gathered:
        named = [one for open_ in self._rosters() for one in self._named(open_)]
        return self._supply.gather(named, self._folder, None)[0]

    def _rosters(self) -> Iterator[Callable[[], Roster]]:
        form = intake_of(self._library).PeopleRoster
        for file in self._files:
            if file.suffix.lower() == WORKBOOK:
                yield partial(open_roster, file, form, self._sheet, loose=True)
        if self._text.strip():
            yield partial(paste_roster, self._text, form, loose=True)

    @staticmethod
    def _named(open_: Callable[[], Roster]) -> list[Named]:
        try:
            with open_() as roster:
                return photos_of(roster)
        except DocFormsError:
            return []  # reading it says why


def _unpacked(name: str, stream: IO[bytes]) -> list[Given]:
    """The rosters and exchange files in a `.zip` (FileRefused)."""
    with said_of_zip(name):
        members = open_zip(name, stream)
        inside = members_ending(members, {WORKBOOK, *_EXCHANGE})
        return [(PurePosixPath(member).name, io.BytesIO(members.content(member))) for member in inside]


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
