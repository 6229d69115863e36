"""The archive of a case on the desk: what must be kept, what is missing, adding scans, building and verifying."""

from __future__ import annotations

import json
import shutil
import tempfile
import threading
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Any

from doc_forms.archive.added import Added, check_type, read_added
from doc_forms.archive.packing import SETTINGS_FILE, ArchivedCase
from doc_forms.archive.plan import Box, archive_items, plan_case
from doc_forms.casework.checking import SETTINGS_FILE as POINTS_FILE
from doc_forms.data import read_data_file
from doc_forms.desk.open_case import PACKAGES, SCANS, OpenCase
from doc_forms.desk.work import Told, Work
from doc_forms.errors import DataRefused, Fault, FileRefused, Place, UsageRefused
from doc_forms.files import make_folder, new_file, safe_name, write_file
from doc_forms.form import FieldSpec, Part
from doc_forms.form.reading import locate_in, read
from doc_forms.library import Library
from doc_forms.office.archive import ArchiveOffice, ArchiveOptions, Verified
from doc_forms.paper import find_libreoffice
from doc_forms.records.choice import RecordsChoice
from doc_forms.regulation import article_text

__all__ = ["ArchiveDesk", "ArchiveItem", "ArchivedCase", "Looked", "Verified"]


@dataclass(frozen=True)
class ArchiveItem:
    """One named item of a case's archive, and what there is of it."""

    title: str
    person: str
    article: int
    """The article that asks for it."""
    cited: str
    """That article as it is cited."""
    papers: int
    """How many papers of the case are this item."""
    files: tuple[Path, ...]
    """What a clerk added."""
    missing: bool
    """Whether an article asks for it and it is not there."""
    lacking: str = ""
    """Why it counts as missing though something of it is there."""

    @property
    def where(self) -> str:
        """The item as a clerk's choice names it: 林示例/工作总结."""
        return f"{self.person}/{self.title}" if self.person else self.title

    @property
    def state(self) -> str:
        """`there`, `missing`, or `none` where it need not be there."""
        if self.missing:
            return "missing"
        return "there" if self.papers or self.files else "none"


@dataclass(frozen=True)
class Looked:
    """What verifying packages found."""

    folder: Path
    found: tuple[Verified, ...]
    stated: str = ""
    """A digest from a printed catalogue that they were compared with; empty where none was given."""
    fits: str = ""
    """The package that has that digest."""

    @property
    def refused(self) -> bool:
        """Whether something is not as it was sealed, or no package has the stated digest."""
        return any(one.refused for one in self.found) or (bool(self.stated) and not self.fits)

    @property
    def line(self) -> str:
        """The result in one sentence."""
        files, wrong = sum(one.files for one in self.found), [one for one in self.found if one.refused]
        seen = f"核验了 {len(self.found)} 个档案包、{files} 个文件"
        if not wrong:
            return f"{seen}，全部完好，与归档时一致。"
        return f"{seen}，{len(wrong)} 个档案包有改动，共 {sum(len(one.faults) for one in wrong)} 处。"


class ArchiveDesk:
    """What can be done with the archive. Scans lie in a folder a case, packages in one for all of them."""

    def __init__(self, library: Library, home: Path, own: Path, records: RecordsChoice | None) -> None:
        """`home`: the clerk's folder of papers. `own`: where the office's settings lie."""
        self._library = library
        self.out = home / PACKAGES
        """Where packages go."""
        self._scans = home / SCANS
        self._own = own
        self._records = records
        self._works: dict[str, Work[ArchivedCase]] = {}
        self._alone = threading.Lock()  # one run at a time writes to an archive folder

    # What must be kept

    def items(self, case: OpenCase) -> list[ArchiveItem]:
        """Give every item, the whole case's first, then each person's (FileRefused or UsageRefused for a bad scan)."""
        materials = archive_items(self._library).MATERIALS
        plan = plan_case(self._library, case.report, self._added(case))
        found = []
        for box in plan.boxes:
            if not box.personal:
                own = [one for one in materials if one.of_person == bool(box.person)]
                found += [_item(box, one.title, one.articles[0]) for one in own]
        return found

    def add(self, case: OpenCase, where: str, name: str, stream: IO[bytes]) -> Path:
        """Keep a scan under an item (`项目` or `姓名/项目`).

        UsageRefused where the case has no such item, FileRefused for what is no whole scan.
        """
        if where not in {item.where for item in self.items(case)}:
            raise UsageRefused(Fault("archive-item", "请先选好这个文件属于哪一项材料"))
        folder = self._scans_of(case).joinpath(*where.split("/"))
        make_folder(folder)
        file = _free(folder, safe_name(Path(name).stem), Path(name).suffix.lower())
        with new_file(file) as target:
            shutil.copyfileobj(stream, target)
        faults = check_type(file)
        if faults:
            file.unlink()
            raise FileRefused([replace(fault, place=Place(file=Path(name).name)) for fault in faults])
        return file

    def remove(self, case: OpenCase, where: str, name: str) -> None:
        """Take a scan out again: it goes to the folder 已移出 beside the case's scans, and is not deleted."""
        item = next((one for one in self.items(case) if one.where == where), None)
        file = next((file for file in item.files if file.name == name), None) if item else None
        if file is None:
            raise UsageRefused(Fault("archive-gone", "没有这个文件，可能已经移出"))
        aside = self._scans / "已移出"
        make_folder(aside)
        file.rename(_free(aside, f"{case.name}_{where.replace('/', '_')}_{file.stem}", file.suffix))

    # The settings

    @property
    def settings_form(self) -> type[Part]:
        """The office's settings of the archive."""
        form: type[Part] = self._library.module("_archive").ArchiveSettings
        return form

    @property
    def questions(self) -> list[FieldSpec]:
        """What the settings ask."""
        return [spec for spec in self.settings_form.fields() if not spec.computed]

    def settings(self) -> dict[str, Any]:
        """Give the settings as they were last typed; empty where there are none yet."""
        file = self._own / SETTINGS_FILE
        return read_data_file(file) if file.is_file() else {}

    def settings_faults(self, typed: Mapping[str, Any]) -> dict[str, str]:
        """Give what is wrong with settings, by title."""
        lacking = {spec.title: spec.example for spec in self.questions if spec.required and not typed.get(spec.title)}
        found = {title: f"请填写{title}" for title in lacking}
        try:
            read(self.settings_form, {**typed, **lacking}, locate_in(SETTINGS_FILE))  # so that the rest is read, too
        except DataRefused as error:
            found |= {fault.place.field: fault.message for fault in error.faults}
        return found

    def keep_settings(self, typed: Mapping[str, str]) -> dict[str, str]:
        """Keep settings where nothing is wrong with them, and give what is."""
        kept = {title: value.strip() for title, value in typed.items() if value.strip()}
        faults = self.settings_faults(kept)
        if not faults:
            make_folder(self._own)
            write_file(self._own / SETTINGS_FILE, (json.dumps(kept, ensure_ascii=False, indent=2) + "\n").encode())
        return faults

    # Packages

    @property
    def makes_pdf(self) -> bool:
        """Whether PDF/A copies can be made on this computer."""
        return find_libreoffice() is not None

    def build(self, case: OpenCase, *, pdf: bool) -> Work[ArchivedCase]:
        """Begin to build the packages of a case; one that is being built is not begun again."""
        running = self._works.get(case.id)
        if running is None or not running.running:
            self._works[case.id] = Work(lambda told: self._build(case, told, pdf=pdf))
        return self._works[case.id]

    def work(self, case: str) -> Work[ArchivedCase] | None:
        """Give what became of building since the window was opened; None where nothing was built."""
        return self._works.get(case)

    def built(self) -> list[Path]:
        """Give the folders of cases that were archived here, by name."""
        folders = self.out.iterdir() if self.out.is_dir() else ()
        return sorted(folder for folder in folders if folder.is_dir() and not folder.name.startswith("."))

    def verify(self, folder: Path, stated: str = "") -> Looked:
        """Verify every package in a folder (UsageRefused where there is none).

        stated: a digest from a printed catalogue; one of the packages has to have it.
        """
        wanted = "".join(stated.split()).lower()
        found = tuple(self._office().verify([folder]))
        fits = next((one.bag.name for one in found if wanted in (one.materials_digest, one.digest)), "")
        return Looked(folder, found, wanted, fits if wanted else "")

    def _build(self, case: OpenCase, told: Told, *, pdf: bool) -> ArchivedCase:
        points = self._own / POINTS_FILE
        with tempfile.TemporaryDirectory(prefix="doc-forms-") as place:
            file = Path(place) / f"{safe_name(case.name)}_{case.id[:4]}.json"
            write_file(file, json.dumps(case.values, ensure_ascii=False).encode())
            scans = self._scans_of(case)
            options = ArchiveOptions(
                as_of=case.report.as_of,
                points=points if points.is_file() else None,
                settings=self._own / SETTINGS_FILE,
                materials=scans if scans.is_dir() else None,
                pdf=pdf,
            )
            with self._alone:
                (archived,) = self._office().archive([file], self.out, options, told).cases
        if archived.faults:
            faults = [replace(fault, place=replace(fault.place, file="")) for fault in archived.faults]
            raise UsageRefused(faults)  # the file that they name is gone
        return archived

    def _office(self) -> ArchiveOffice:
        url = self._records.url if self._records else None
        return ArchiveOffice(self._library.root, url, registers=self._records is not None, templates=self._library.own)

    def _added(self, case: OpenCase) -> tuple[Added, ...]:
        items = archive_items(self._library)
        return read_added((), self._scans_of(case), items.MATERIALS, items.people(case.report.case))

    def _scans_of(self, case: OpenCase) -> Path:
        """The folder of a case's scans: it keeps the name that it was given, whatever the case is called later."""
        ending = f"_{case.id[:4]}"
        there = [folder for folder in self._scans.glob(f"*{ending}") if folder.is_dir()]
        return there[0] if there else self._scans / safe_name(f"{case.name}{ending}")


def _item(box: Box, title: str, article: int) -> ArchiveItem:
    pieces = [piece.source for piece in box.pieces if piece.item == title]
    files = tuple(source.file for source in pieces if isinstance(source, Added))
    gap = next((gap for gap in box.gaps if gap.item == title), None)
    papers = len(pieces) - len(files)
    return ArchiveItem(
        title, box.person, article, article_text(article), papers, files, gap is not None, gap.lacking if gap else ""
    )


def _free(folder: Path, stem: str, ending: str) -> Path:
    """A name in the folder that nothing has yet."""
    names = (f"{stem}_{number}" if number else stem for number in range(10000))
    return next(file for name in names if not (file := folder / f"{name}{ending}").exists())
