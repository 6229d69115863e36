"""Many cases: numbered in the order of their files, archived side by side, each whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import CancelledError, Future, ProcessPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from typing import Any, TypeVar

from doc_forms.archive.ledger import LEDGER_FILE, Ledger
from doc_forms.archive.packing import SETTINGS_FILE, ArchivedCase, CaseJob, Need, need_of, pack_case
from doc_forms.casework.checking import SETTINGS_FILE as POINTS_FILE
from doc_forms.casework.checking import regulation_of
from doc_forms.errors import DocFormsError, Fault, Place, UsageRefused
from doc_forms.files import clear_leftovers, make_folder
from doc_forms.form import PartialDate
from doc_forms.library import Library
from doc_forms.paper import find_libreoffice
from doc_forms.workers import may_fork, pool_of

Progress = Callable[[str, int, int], None]
"""Told what is being done, how much of it, and of how much in all."""
T = TypeVar("T")
_MOST_JOBS = 8
_NO_PDF = "没有找到 LibreOffice，档案包中没有 PDF/A 副本；Word 文件、目录和校验清单都已完成。需要副本的，安装后重新归档"


def no_progress(_doing: str, _done: int, _total: int) -> None:
    """Show nothing."""


@dataclass(frozen=True)
class ArchiveOptions:
    """What a clerk may choose."""

    as_of: PartialDate | None = None
    points: Path | None = None
    """The office's points of interpretation."""
    calendars: tuple[Path, ...] = ()
    settings: Path | None = None
    """The settings of the archive (default: `archive.json` beside each case)."""
    added: tuple[str, ...] = ()
    materials: Path | None = None
    pdf: bool = True
    first: int = 1
    """The lowest number (件号) to give: others may have been given on paper."""
    jobs: int = 0


@dataclass
class Year:
    """What came of archiving."""

    cases: list[ArchivedCase] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    interrupted: bool = False

    @property
    def refused(self) -> bool:
        """Whether a case was not archived, or has gaps."""
        return any(case.faults or case.gaps for case in self.cases)

    def lines(self) -> Iterator[str]:
        """Give what came of it as a clerk reads it."""
        for case in self.cases:
            yield from case.lines()
        done = [case for case in self.cases if case.folder]
        if len(self.cases) > 1 or self.interrupted:
            gaps, failed = sum(bool(case.gaps) for case in done), len(self.cases) - len(done)
            words = [f"已归档 {len(done)} 个案件"]
            words += [f"{gaps} 个缺材料"] if gaps else []
            words += [f"{failed} 个没有归档"] if failed else []
            yield "，".join(words) + "。" + ("已中断，重新运行同一命令即可接着做。" if self.interrupted else "")
        yield from self.notes

    def to_json(self) -> dict[str, Any]:
        """The same as data, for `--json`."""
        return {
            "cases": [case.to_json() for case in self.cases],
            "refused": self.refused,
            "interrupted": self.interrupted,
            "notes": self.notes,
        }


def archive(  # noqa: PLR0913, PLR0917 - what is archived, where to, how, and who is told of it
    library: Library,
    files: Sequence[Path],
    out: Path,
    options: ArchiveOptions,
    progress: Progress = no_progress,
    enter: Callable[[ArchivedCase], None] = lambda _case: None,
) -> Year:
    """Archive cases into the folder `out`; a folder among `files` stands for the cases in it.

    enter: told of each case as soon as it is answered for, so that another register knows what a kill left whole.

    Raises UsageRefused for a call that makes no sense, OutputRefused for the folder, FileRefused or DataRefused for
    a damaged register. What is wrong with one case is in its own answer.
    """
    cases = case_files(files)
    if len(cases) > 1 and (options.added or options.materials):
        message = "--add 和 --materials 一次只用于一个案件；几个案件的材料放在各自的“案件文件名_材料”文件夹"
        raise UsageRefused(Fault("usage", message))
    make_folder(out)
    clear_leftovers(out)
    year = Year()
    pdf = options.pdf and find_libreoffice() is not None
    if options.pdf and not pdf:
        year.notes.append(_NO_PDF)
    ledger = Ledger.read(out)
    common = _common(library, out, options)
    jobs = [replace(common, file=file, pdf=pdf) for file in cases]
    workers = options.jobs or min(os.cpu_count() or 1, _MOST_JOBS, len(jobs))
    try:
        with workers_for(workers, len(jobs), library) as pool:
            needs = _counted(side_by_side(need_of, jobs, pool), len(jobs), progress)
            ready = _numbered(jobs, needs, ledger, options.first, year)
            for done, case in enumerate(side_by_side(pack_case, ready, pool), 1):
                year.cases.append(case)
                _enter(ledger, case)
                enter(case)
                progress("正在归档", done, len(ready))
    except KeyboardInterrupt:
        year.interrupted = True
    return year


def _common(library: Library, out: Path, options: ArchiveOptions) -> CaseJob:
    """What the jobs of all cases have alike."""
    return CaseJob(
        library.root,
        Path(),
        out,
        options.as_of,
        options.points,
        options.calendars,
        options.settings,
        options.added,
        options.materials,
        templates=library.own,
    )


def case_files(files: Sequence[Path]) -> list[Path]:
    """Give the case files that are meant; UsageRefused where a folder has none."""
    found: list[Path] = []
    for file in files:
        if not file.is_dir():
            found.append(file)
            continue
        others = {SETTINGS_FILE, POINTS_FILE, LEDGER_FILE}
        inside = sorted(item for item in file.glob("*.json") if item.name not in others)
        if not inside:
            raise UsageRefused(Fault("archive-cases", "文件夹中没有案件文件（.json）", Place(file=str(file))))
        found += inside
    return list(dict.fromkeys(found))


def _counted(needs: Iterable[Need], total: int, progress: Progress) -> Iterator[Need]:
    for done, need in enumerate(needs, 1):
        progress("正在核对", done, total)
        yield need


def _numbered(jobs: Sequence[CaseJob], needs: Iterable[Need], ledger: Ledger, first: int, year: Year) -> list[CaseJob]:
    """Give each case its numbers, in the order of the files; what cannot be archived is answered for."""
    ready: list[CaseJob] = []
    for job, need in zip(jobs, needs, strict=True):
        try:
            start = _allot(ledger, need, first)
        except DocFormsError as error:
            year.cases.append(ArchivedCase(job.file.name, need.name, faults=tuple(error.faults)))
        else:
            ready.append(replace(job, first=start, planned=need.planned))
    if ready:
        ledger.write()  # numbers are kept before they are printed
    return ready


def _allot(ledger: Ledger, need: Need, first: int) -> int:
    if need.faults:
        raise UsageRefused(need.faults)
    return ledger.allot(need.name, need.file, need.prefix, need.count, first)


def _enter(ledger: Ledger, case: ArchivedCase) -> None:
    """Enter the bags of a case that is archived; the register is saved each time."""
    if case.folder is None:
        return
    for bag in case.bags:
        facts = {"题名": bag.title, "档号": bag.numbers, "归档日期": case.day, "校验值": bag.digest}
        ledger.enter(f"{case.folder.name}/{bag.folder}", facts)
    ledger.write()


@contextmanager
def workers_for(workers: int, jobs: int, library: Library) -> Iterator[ProcessPoolExecutor | None]:
    """Give processes for a number of jobs, the same for every step; None where one process does everything.

    Each reads the library once; where the system copies processes, it is read before there are any.
    """
    if workers == 1 or jobs < 2:  # noqa: PLR2004 - one job needs no process of its own
        yield None
        return
    if may_fork():
        with suppress(DocFormsError):  # each case says it
            library.kinds()
            regulation_of(library)
    with pool_of(workers) as pool:
        yield pool


def side_by_side(work: Callable[[Any], T], jobs: Sequence[Any], pool: ProcessPoolExecutor | None) -> Iterator[T]:
    """Do the jobs in the processes of the pool and give the answers in order.

    After Ctrl-C what has not begun is left, and what is being done is done to its end and given.
    """
    if pool is None:
        yield from map(work, jobs)
        return
    waiting: list[Future[T]] = [pool.submit(work, job) for job in jobs]
    place = count()
    try:
        for future in waiting:
            answer = future.result()
            next(place)
            yield answer
    except KeyboardInterrupt:
        for future in waiting:
            future.cancel()
        yield from _finished(waiting[next(place) :])
        raise
    finally:
        for future in waiting:
            future.cancel()


def _finished(futures: Sequence[Future[T]]) -> Iterator[T]:
    for future in futures:
        try:
            yield future.result()
        except CancelledError:
            continue
