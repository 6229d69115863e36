"""LibreOffice: finished documents to PDF, many files for one start, in a profile of its own.

LibreOffice is a stranger that may be absent, hang, crash on one document or print nothing at all, so
nothing it says is believed: what counts is a whole PDF in a private folder, which is then written into
place as every file is (`files.write_file`). Documents go in under plain numbers, because a
LibreOffice started in a C locale cannot open a file with a Chinese name.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from doc_forms.errors import Fault, FileRefused, OutputRefused, Place
from doc_forms.files import candidates, make_folder, refuse, write_file

_AT_ONCE = 100
"""Documents for one start: starting costs as much as several pages, a crash costs one document."""

_PATIENCE = 180.0
"""Seconds without a new PDF after which LibreOffice counts as stuck; a first start can take half a minute."""

_LOOK = 0.5
"""Seconds between two looks at how many PDFs there are by now."""

_BARREN_RUNS = 3
"""Runs in a row that end badly with nothing made, after which the fault is LibreOffice's, not a document's."""

_PDF = "pdf"
_PDF_A = 'pdf:writer_pdf_Export:{"SelectPdfVersion":{"type":"long","value":"2"}}'

_MISSING = (
    "没有找到 LibreOffice，因此没有生成 PDF；.docx 文件已经完成，可以直接使用。"
    "需要 PDF 时请安装 LibreOffice（Debian、Ubuntu 等：apt install libreoffice-writer；"
    "Windows、macOS：从 LibreOffice 官方网站下载），"
    "已装在别处的，用环境变量 DOC_FORMS_SOFFICE 写明 soffice 程序的位置"
)


@dataclass(frozen=True)
class _Job:
    """One document on its way: where it is, its numbered copy, what LibreOffice makes of it, its place, and how."""

    source: Path
    staged: Path
    made: Path
    target: Path
    export: str


@dataclass(frozen=True)
class _Run:
    """How LibreOffice is run: the program, the seconds it may go without a new PDF, who hears how many there are."""

    soffice: Path
    patience: float
    told: Callable[[int], None]
    before: int
    """PDFs that earlier runs made."""

    def tell(self, done: int) -> None:
        """Say how many PDFs there are by now, with those of earlier runs."""
        self.told(self.before + done)


def find_libreoffice() -> Path | None:
    """Give the `soffice` program, or None: what DOC_FORMS_SOFFICE says, else PATH, else the usual places."""
    stated = os.environ.get("DOC_FORMS_SOFFICE")
    if stated:
        return Path(stated) if Path(stated).is_file() else None
    for name in ("soffice", "libreoffice"):
        found = shutil.which(name)
        if found:
            return Path(found)
    return next((place for place in _usual_places() if place.is_file()), None)


def _usual_places() -> Iterator[Path]:
    """Where installers put it without telling PATH."""
    for variable in ("ProgramFiles", "ProgramW6432", "ProgramFiles(x86)"):
        folder = os.environ.get(variable)
        if folder:
            yield Path(folder) / "LibreOffice" / "program" / "soffice.exe"
    for applications in (Path("/Applications"), Path.home() / "Applications"):
        yield applications / "LibreOffice.app" / "Contents" / "MacOS" / "soffice"
    yield Path("/usr/lib/libreoffice/program/soffice")
    yield from sorted(Path("/opt").glob("libreoffice*/program/soffice"), reverse=True)


def _tell_nobody(_done: int) -> None:
    """Hear how many PDFs are there, and say nothing."""


def to_pdf(
    files: Sequence[Path],
    folder: Path,
    *,
    patience: float = _PATIENCE,
    pdf_a: bool = False,
    told: Callable[[int], None] = _tell_nobody,
) -> list[Path]:
    """Make a PDF of each document in `folder`, under the document's own stem, and give them in order.

    Two documents of one stem get two files (`x.pdf`, `x_2.pdf`). A PDF made here earlier is made anew; another one
    of that name (saved from Word, signed, scanned) stays, and the new one is `x_新稿.pdf`. `patience` is in
    seconds: how long LibreOffice may go without finishing a document; `pdf_a` asks for PDF/A-2b (ISO 19005-2).
    `told` hears from time to time how many were made. PDFs that were made stay when others fail.

    Raises FileRefused when a document is missing, OutputRefused when LibreOffice is absent, when it
    could not convert some documents (each is named), or when a PDF cannot be written.
    """
    if not files:
        return []
    soffice = find_libreoffice()
    if soffice is None:
        raise OutputRefused(Fault("libreoffice-missing", _MISSING, Place(file=str(folder))))
    _refuse_missing(files)
    make_folder(folder)
    targets = [folder / name for name in _pdf_names(files)]
    faults: list[Fault] = []
    made: list[Path] = []
    for start in range(0, len(files), _AT_ONCE):
        part = slice(start, start + _AT_ONCE)
        run = _Run(soffice, patience, told, start)
        for done in _convert_some(run, files[part], targets[part], _PDF_A if pdf_a else _PDF):
            if isinstance(done, Path):
                made.append(done)
            else:
                faults += done
    if faults:
        raise OutputRefused(faults)
    return made


def _refuse_missing(files: Sequence[Path]) -> None:
    faults = [
        Fault("file-missing", "文件不存在，无法转为 PDF", Place(file=str(file))) for file in files if not file.is_file()
    ]
    if faults:
        raise FileRefused(faults)


def _pdf_names(files: Sequence[Path]) -> list[str]:
    """One name for each document, no two alike on a disk that does not tell upper from lower case."""
    taken = {file.stem.casefold() for file in files}
    given: set[str] = set()
    names = []
    for file in files:
        stem, number = file.stem, 1
        while stem.casefold() in given or (number > 1 and stem.casefold() in taken):
            number += 1
            stem = f"{file.stem}_{number}"
        given.add(stem.casefold())
        names.append(f"{stem}.pdf")
    return names


def _convert_some(
    run: _Run, files: Sequence[Path], targets: Sequence[Path], export: str
) -> list[Path | Sequence[Fault]]:
    """Convert documents in a folder that only this user can read; give for each its PDF, or what went wrong."""
    try:
        with tempfile.TemporaryDirectory(prefix="doc-forms-", ignore_cleanup_errors=True) as name:
            desk = Path(name)
            jobs = [
                _Job(file, desk / f"{number}.docx", desk / "out" / f"{number}.pdf", target, export)
                for number, (file, target) in enumerate(zip(files, targets, strict=True), start=1)
            ]
            for job in jobs:
                shutil.copyfile(job.source, job.staged)
            failed = _convert(run, jobs, desk)
            return [_put(job, failed=job in failed) for job in jobs]
    except OSError as error:
        message = "无法使用临时文件夹，PDF 没有生成；.docx 文件已经完成。请检查磁盘空间和权限后重做"
        raise OutputRefused(Fault("temporary-folder", message, Place(file=tempfile.gettempdir()))) from error


def _put(job: _Job, *, failed: bool) -> Path | Sequence[Fault]:
    """Move what was made into place and say where; gives the fault when there is nothing to move, or no room for it."""
    if failed:
        message = "LibreOffice 未能把这份文书转为 PDF；.docx 文件已经完成，可用 Word 或 WPS 打开后另存为 PDF"
        return [Fault("pdf-failed", message, Place(file=job.source.name))]
    made = job.made.read_bytes()
    try:
        if job.export == _PDF_A:  # nothing may follow its end mark; it is made in a private folder
            write_file(job.target, made)
            return job.target
        target = next(path for path in _beside(job.target) if not path.exists() or _is_as_made(path, job.source.stem))
        write_file(target, made + _seal(made, job.source.stem))
    except OutputRefused as refused:
        return refused.faults
    return target


def _beside(target: Path) -> Iterator[Path]:
    return (target.with_name(f"{name}.pdf") for name in candidates(target.stem))


def _seal(pdf: bytes, stem: str) -> bytes:
    """What follows a PDF made here: a comment by which its bytes are known again, and the end mark once more.

    It is the PDF of one document: that of another which happens to lie there is not taken for it.
    """
    return b"%doc_forms " + hashlib.sha256(pdf + stem.encode()).hexdigest().encode() + b"\n%%EOF\n"


def _is_as_made(path: Path, stem: str) -> bool:
    """Whether a file is the PDF of that document, as it was made here."""
    try:
        found = path.read_bytes()
    except OSError as error:
        raise refuse(error, path) from None
    made, mark, _ = found.rpartition(b"%doc_forms ")
    return bool(mark) and found == made + _seal(made, stem)


def _convert(run: _Run, jobs: Sequence[_Job], desk: Path) -> list[_Job]:
    """Run LibreOffice over the jobs and give those it could not do.

    It works in the order given. After a run that ended well, each missing PDF is a document it
    refused; after a crash or a hang, the first missing one is the document that caused it, and the
    rest get another run.
    """
    failed: list[_Job] = []
    waiting, barren = list(jobs), 0
    while waiting and barren < _BARREN_RUNS:
        ended_well = _run(run, waiting, desk)
        missing = [job for job in waiting if not _is_whole(job.made)]
        if ended_well:
            return failed + missing
        barren = barren + 1 if len(missing) == len(waiting) else 0
        failed += missing[:1]
        waiting = missing[1:]
    return failed + waiting


def _is_whole(pdf: Path) -> bool:
    """A PDF that was not cut off: LibreOffice writes the end mark last."""
    if not pdf.is_file():
        return False
    content = pdf.read_bytes()
    return content.startswith(b"%PDF-") and b"%%EOF" in content[-64:]


def _run(run: _Run, jobs: Sequence[_Job], desk: Path) -> bool:
    """Start LibreOffice once for all these jobs; tell whether it came to its end by itself, without fault.

    It is ended with all its children whenever this function is left, on Ctrl-C too.
    """
    profile, out = desk / "profile", desk / "out"
    shutil.rmtree(profile, ignore_errors=True)  # a profile that saw a crash asks about recovery
    out.mkdir(exist_ok=True)
    quiet = ("--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck", "--nofirststartwizard")
    start = [str(run.soffice), f"-env:UserInstallation={profile.as_uri()}", *quiet]
    process = _start([*start, "--convert-to", jobs[0].export, "--outdir", str(out), *(str(job.staged) for job in jobs)])
    try:
        return _wait(process, out, run) == 0
    finally:
        _end(process)


def _start(command: list[str]) -> subprocess.Popen[bytes]:
    """Start a program with a process group of its own, so that its children can be ended with it."""
    quiet = subprocess.DEVNULL
    try:
        if sys.platform == "win32":
            flags = subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW
            return subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet, creationflags=flags)  # noqa: S603 - our own arguments
        return subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)  # noqa: S603 - our own arguments
    except OSError as error:
        message = "LibreOffice 无法启动，没有生成 PDF；.docx 文件已经完成。请重新安装 LibreOffice"
        raise OutputRefused(Fault("libreoffice-broken", message, Place(file=command[0]))) from error


def _wait(process: subprocess.Popen[bytes], out: Path, run: _Run) -> int | None:
    """Give the exit status; None when no new PDF appeared for as long as there is patience."""
    done, since = 0, time.monotonic()
    while True:
        try:
            return process.wait(timeout=min(run.patience, _LOOK))
        except subprocess.TimeoutExpired:
            now = len(list(out.iterdir()))
        if now != done:
            done, since = now, time.monotonic()
            run.tell(done)
        elif time.monotonic() - since >= run.patience:
            return None


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the program and its children, if it still runs: `soffice` is only the starter of the real one."""
    if process.poll() is not None:
        return
    if sys.platform == "win32":
        subprocess.run(["taskkill", "/F", "/T", "/PID", str(process.pid)], capture_output=True, check=False)  # noqa: S603, S607 - part of Windows
    else:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
