"""The bags of one case: built in a folder beside their place, renamed together at the end; all of them or none."""

from __future__ import annotations

import hashlib
import os
import pickle
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from doc_forms.archive.added import FOLDER_ENDING, Added, read_added
from doc_forms.archive.bag import BACK, FRONT, MANIFEST, BagWriter, to_disk
from doc_forms.archive.catalogue import (
    CATALOGUE,
    NOTE,
    Numbered,
    catalogue_data,
    maker_of,
    note_data,
    numbers_text,
    paper,
    workbook,
)
from doc_forms.archive.pdfa import copies, pages_of
from doc_forms.archive.plan import Box, Piece, Plan, archive_items, plan_case
from doc_forms.casework.checking import check_case
from doc_forms.data import read_data_file
from doc_forms.errors import DocFormsError, Fault, OutputRefused, Place, Severity, UsageRefused
from doc_forms.files import TEMPORARY, make_folder, refuse, safe_name, sync_folder
from doc_forms.flushing import Flush
from doc_forms.form import Part, PartialDate
from doc_forms.form.reading import locate_in, read
from doc_forms.library import Library

SETTINGS_FILE = "archive.json"
"""The name under which an office keeps its settings of the archive beside its cases."""


@dataclass(frozen=True)
class CaseJob:
    """What one process needs to archive one case."""

    library: Path
    file: Path
    out: Path
    as_of: PartialDate | None = None
    points: Path | None = None
    calendars: tuple[Path, ...] = ()
    settings: Path | None = None
    added: tuple[str, ...] = ()
    materials: Path | None = None
    pdf: bool = True
    first: int = 1
    templates: Path | None = None
    """The office's own templates."""
    planned: bytes = b""
    """What `need_of` found, so that the case is read and planned once."""


@dataclass(frozen=True)
class Bag:
    """One finished bag."""

    title: str
    folder: str
    count: int
    numbers: str
    digest: str
    """The sha256 of its manifest."""
    materials_digest: str
    """The sha256 that its catalogue prints."""
    gaps: tuple[str, ...] = ()
    personal: bool = False


@dataclass(frozen=True)
class ArchivedCase:
    """What came of one case: its bags, or why there are none."""

    file: str
    name: str = ""
    folder: Path | None = None
    written: bool = False
    """False where the same bags were there already."""
    day: str = ""
    bags: tuple[Bag, ...] = ()
    faults: tuple[Fault, ...] = ()
    warnings: tuple[Fault, ...] = ()

    @property
    def gaps(self) -> tuple[str, ...]:
        """Everything that is missing, once."""
        return tuple(dict.fromkeys(gap for bag in self.bags for gap in bag.gaps))

    def lines(self) -> Iterator[str]:
        """Give what came of it as a clerk reads it."""
        if self.folder is None:
            return
        said = "已归档" if self.written else "已有相同的档案包，未重做"
        yield f"{said}：{self.folder}"
        for bag in self.bags:
            numbers = f"，{bag.numbers}" if bag.numbers else ""
            yield f"  {bag.folder}　{bag.count} 件{numbers}"
            yield f"    目录校验值 {bag.materials_digest}"
        if self.gaps:
            yield f"  缺 {len(self.gaps)} 项："
            yield from (f"  ✕ {gap}" for gap in self.gaps)

    def to_json(self) -> dict[str, Any]:
        """The same as data, for `--json`."""
        return {
            "file": self.file,
            "name": self.name,
            "folder": str(self.folder) if self.folder else None,
            "written": self.written,
            "bags": [{**vars(bag), "gaps": list(bag.gaps)} for bag in self.bags],
            "gaps": list(self.gaps),
            "faults": [fault.to_json() for fault in self.faults],
            "warnings": [warning.to_json() for warning in self.warnings],
        }


@dataclass(frozen=True)
class Need:
    """How many numbers a case needs, and under which prefix; or why it cannot be archived."""

    file: str
    name: str = ""
    prefix: str = ""
    count: int = 0
    planned: bytes = b""
    faults: tuple[Fault, ...] = ()


def need_of(job: CaseJob) -> Need:
    """Count the numbers that a case needs."""
    try:
        opened = _Opened.look(job)
        return Need(job.file.name, opened.plan.name, opened.prefix, opened.plan.count, opened.handed_on())
    except DocFormsError as error:
        return Need(job.file.name, faults=tuple(error.faults))


def pack_case(job: CaseJob) -> ArchivedCase:
    """Archive one case; what it refuses is in its answer, so that other cases go on."""
    try:
        return _Packing(_Opened.taken_over(job) if job.planned else _Opened.look(job)).pack()
    except DocFormsError as error:
        return ArchivedCase(job.file.name, faults=tuple(error.faults))


@dataclass(frozen=True)
class _Opened:
    """A case looked at, with the settings and what goes into its bags."""

    job: CaseJob
    library: Library
    settings: Part
    plan: Plan
    day: PartialDate
    warnings: tuple[Fault, ...]

    @classmethod
    def look(cls, job: CaseJob) -> _Opened:
        """Read and plan the case (DocFormsError)."""
        library = Library(job.library, job.templates)
        settings = read_settings(library, job.settings or job.file.parent / SETTINGS_FILE)
        report = check_case(library, job.file, job.as_of, job.points, job.calendars)
        items = archive_items(library)
        folder = job.materials or job.file.with_name(job.file.stem + FOLDER_ENDING)
        if job.materials and not folder.is_dir():
            raise UsageRefused(Fault("archive-folder", "材料文件夹不存在", Place(file=str(folder))))
        added = read_added(job.added, folder, items.MATERIALS, items.people(report.case))
        plan = plan_case(library, report, added)
        day, said = _day_of(plan, report.as_of, job.file)
        return cls(job, library, settings, plan, day, (*report.warnings, *said))

    @classmethod
    def taken_over(cls, job: CaseJob) -> _Opened:
        """Go on from what `need_of` found, in this process or another."""
        library = Library(job.library, job.templates)
        archive_items(library)  # now the library's own classes are found by name
        return cls(job, library, *pickle.loads(job.planned))  # noqa: S301 - never leaves this run's processes

    def handed_on(self) -> bytes:
        """What `taken_over` takes."""
        return pickle.dumps((self.settings, self.plan.lean(), self.day, self.warnings))

    @property
    def year(self) -> int:
        """The year under which it is archived."""
        return int(getattr(self.settings, "year", None) or self.day.year)

    @property
    def prefix(self) -> str:
        """What its numbers begin with."""
        return str(self.settings.prefix(self.day.year))  # type: ignore[attr-defined]  # the library's own part


def _day_of(plan: Plan, as_of: PartialDate, file: Path) -> tuple[PartialDate, list[Fault]]:
    """The day of the bags, and a NOTE where it is not the one that the case says: none is older than what it holds.

    What spans years is filed under the year in which it ended, as its newest item was.
    """
    day, newest = plan.day or as_of, plan.newest
    if newest is None or newest <= day:
        return day, []
    what = "归档日期" if plan.day else "核对的日期"
    message = f"{what}（{day.chinese}）早于所归的文件，档案包写最晚一件的日期：{newest.chinese}"
    return newest, [Fault("archive-day", message, Place(file=file.name), Severity.NOTE)]


def read_settings(library: Library, file: Path) -> Part:
    """Read the office's settings of the archive; UsageRefused where it has none yet."""
    if not file.is_file():
        message = '还没有归档设置；请建立这个文件，至少写明全宗号和全宗名称：{"全宗号": "J001", "全宗名称": "…"}'
        raise UsageRefused(Fault("archive-settings", message, Place(file=str(file))))
    form: type[Part] = library.module("_archive").ArchiveSettings
    return read(form, read_data_file(file), locate_in(file.name))[0]


@dataclass
class _Content:
    """The bytes of one item: once, however many bags it goes into."""

    source: bytes | Path
    copy: bytes | None = None
    number: str = ""


@dataclass
class _Packing:
    opened: _Opened
    contents: dict[int, _Content] = field(default_factory=dict)

    def pack(self) -> ArchivedCase:
        """Build beside, look whether it is there already, rename."""
        job, plan = self.opened.job, self.opened.plan
        building = job.out / f"{TEMPORARY}{os.getpid()}-{safe_name(plan.name)}"
        _remove(building)
        make_folder(building)
        try:
            self._number_and_make()
            bags = self._build(building)
            folder, written = _place(building, job.out, safe_name(plan.name), bags)
        except OutputRefused as error:  # where it is to lie is what the clerk knows, not where it is built
            place = Place(file=str(job.out / safe_name(plan.name)))
            raise OutputRefused([replace(fault, place=place) for fault in error.faults]) from None
        finally:
            _remove(building)
        return ArchivedCase(
            job.file.name, plan.name, folder, written, self.opened.day.iso, tuple(bags), warnings=self.opened.warnings
        )

    def _number_and_make(self) -> None:
        """Give each item its number and make its content; Word files get their copies in one go."""
        pieces = [piece for box in self.opened.plan.boxes if not box.personal for piece in box.pieces]
        for number, piece in enumerate(pieces, self.opened.job.first):
            self.contents[id(piece.source)] = _Content(_source(piece), None, f"{self.opened.prefix}-{number:04d}")
        if self.opened.job.pdf:
            word = [self.contents[id(piece.source)] for piece in pieces if piece.ending == ".docx"]
            for content, copy in zip(word, copies([_bytes(one.source) for one in word], self.opened.day), strict=True):
                content.copy = copy

    def _build(self, building: Path) -> list[Bag]:
        """Write every bag: first the items, then the papers that speak of them; all go to the disk together."""
        with Flush(building.parent) as flush:
            writers = [(BagWriter(building / name), box) for name, box in _named(self.opened.plan.boxes)]
            open_ = [_OpenBag(self, box, writer) for writer, box in writers]
            papers = [made for bag in open_ for made in bag.papers()]
            made = copies(papers, self.opened.day) if self.opened.job.pdf else []
            bags = [bag.close(made[2 * place : 2 * place + 2]) for place, bag in enumerate(open_)]
            to_disk([writer for writer, _ in writers], building, flush)
        return bags


class _OpenBag:
    """One bag while it is written."""

    def __init__(self, packing: _Packing, box: Box, writer: BagWriter) -> None:
        self._opened, self._box, self._writer = packing.opened, box, writer
        self._rows: list[Numbered] = []
        width = max(3, len(str(len(box.pieces))))
        for serial, piece in enumerate(box.pieces, 1):
            content = packing.contents[id(piece.source)]
            stem = f"{serial:0{width}d}_{safe_name(piece.name)}".replace("%", "_")  # % is BagIt's escape
            writer.add(f"{stem}{piece.ending}", content.source)
            if content.copy is not None:
                writer.add(f"{stem}.pdf", content.copy)
            pages = pages_of(content.copy) if content.copy else piece.pages
            self._rows.append(Numbered(piece, content.number, pages, content.copy is not None))
        self._digest = writer.materials_digest
        self._data: dict[str, Any] = {}
        self._papers: list[bytes] = []

    def papers(self) -> list[bytes]:
        """Make the catalogue and the note."""
        opened = self._opened
        self._data = catalogue_data(opened.settings, self._box, self._rows, opened.year, self._digest)
        note = note_data(opened.settings, self._box, self._rows, opened.day)
        self._papers = [paper(opened.library, CATALOGUE, self._data), paper(opened.library, NOTE, note)]
        return self._papers

    def close(self, made: Sequence[bytes]) -> Bag:
        """Write the two papers and the tags."""
        names = [f"{FRONT}归档文件目录", f"{BACK}备考表"]
        for name, content in zip(names, self._papers, strict=True):
            self._writer.add(f"{name}.docx", content)
        for name, copy in zip(names, made, strict=False):  # none are made without LibreOffice
            self._writer.add(f"{name}.pdf", copy)
        self._writer.add(f"{names[0]}.xlsx", workbook(self._data))
        numbers = numbers_text([row.number for row in self._rows])
        digest = self._writer.close(list(self._info(numbers)))
        box = self._box
        gaps = tuple(str(gap) for gap in box.gaps)
        return Bag(
            box.title, self._writer.folder.name, len(box.pieces), numbers, digest, self._digest, gaps, box.personal
        )

    def _info(self, numbers: str) -> Iterator[tuple[str, str]]:
        """The tags of bag-info.txt; a bag with gaps says so."""
        own = self._opened.settings.data()
        yield "Source-Organization", own["全宗名称"]
        yield "External-Identifier", numbers or self._box.title
        yield "External-Description", self._box.title
        yield "Bagging-Date", self._opened.day.iso
        yield "Bag-Software-Agent", "doc_forms"
        yield from ((title, own[title]) for title in ("全宗号", "全宗名称"))
        yield "年度", str(self._opened.year)
        yield from ((title, own[title]) for title in ("保管期限", "机构或问题"))
        yield "档号", numbers
        yield "件数", str(len(self._rows))
        if self._box.personal:
            yield "人事档案类号", "9-2"
        yield "归档材料校验值", self._digest
        yield "材料齐全", "否" if self._box.gaps else "是"
        yield from (("缺件", str(gap)) for gap in self._box.gaps)


def _named(boxes: Sequence[Box]) -> Iterator[tuple[str, Box]]:
    """Folder names in the order of the boxes; two people whose names look alike to a disk stay apart by number."""
    return ((f"{number:02d}_{safe_name(box.folder)}", box) for number, box in enumerate(boxes, 1))


def _source(piece: Piece) -> bytes | Path:
    if isinstance(piece.source, Added):
        return piece.source.file
    source = piece.source
    if source.form is None:
        raise AssertionError  # a whole paper has its form
    maker = maker_of(source.kind)
    return maker.make(maker.draft(source.form))


def _bytes(source: bytes | Path) -> bytes:
    return source if isinstance(source, bytes) else source.read_bytes()


def _place(building: Path, out: Path, name: str, bags: Sequence[Bag]) -> tuple[Path, bool]:
    """Rename the whole to its place; the same bags that are there already stay, others are never overwritten."""
    number = 0
    while True:
        number += 1
        folder = out / (name if number == 1 else f"{name}_新稿{number - 1 if number > 2 else ''}")  # noqa: PLR2004
        if not folder.exists():
            break
        if _holds(folder, bags):
            return folder, False
    try:
        building.rename(folder)
        sync_folder(out)
    except OSError as error:
        raise refuse(error, folder) from None
    return folder, True


def _holds(folder: Path, bags: Sequence[Bag]) -> bool:
    """Whether a folder has exactly these bags, by their manifests."""
    try:
        there = {item.name for item in folder.iterdir() if item.is_dir()}
        found = {name: (folder / name / MANIFEST).read_bytes() for name in there}
    except OSError:
        return False
    return {name: hashlib.sha256(data).hexdigest() for name, data in found.items()} == {
        bag.folder: bag.digest for bag in bags
    }


def _remove(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
