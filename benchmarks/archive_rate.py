"""How fast a year is archived and verified: cases a second, and against `cp` and `sha256sum` over the same bytes."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.figures import Figure
from benchmarks.runs import in_turn, ratios
from doc_forms.archive.bag import BagWriter
from doc_forms.form import PartialDate
from doc_forms.office_archive import ArchiveOffice, ArchiveOptions

_EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
_PEOPLE = ("林示例", "马晓㛃")
_ITEMS = ("工作总结", "征求意见表", "民主测评表", "综合评价材料")
_DAY = PartialDate(2026, 11, 20)


def archiving(*, quick: bool) -> Iterator[Figure]:
    """A year of small cases, then fewer with scans of the size that an office has."""
    yield from _sealing(quick=quick)
    yield from _measured("archive, papers only", 20 if quick else 200, 0)
    yield from _measured("archive, with 40 MB of scans a case", 4 if quick else 20, 5 << 20)


def _sealing(*, quick: bool) -> Iterator[Figure]:
    """A bag alone: what the archive adds to copying and summing."""
    rounds = 3 if quick else 9
    with tempfile.TemporaryDirectory(prefix="doc_forms-benchmarks-") as name:
        folder = Path(name)
        (folder / "scans").mkdir()
        for number in range(20):
            (folder / "scans" / f"{number:03d}.pdf").write_bytes(os.urandom(5 << 20))
        pairs = in_turn(rounds, lambda: _plain_round(folder), lambda: _sealed_round(folder))
        yield Figure("archive, sealing 100 MiB of scans: against cp and sha256sum", f"{ratios(pairs, 1):.2f} x")


def _plain_round(folder: Path) -> float:
    took = _copied_and_summed(folder / "scans", folder / "copy")
    shutil.rmtree(folder / "copy")
    return took


def _sealed_round(folder: Path) -> float:
    start = time.perf_counter()
    writer = BagWriter(folder / "bag")
    for file in sorted((folder / "scans").iterdir()):
        writer.add(file.name, file)
    writer.close([("External-Description", "benchmark")])
    took = time.perf_counter() - start
    shutil.rmtree(folder / "bag")
    return took


def _measured(what: str, count: int, scan: int) -> Iterator[Figure]:
    with tempfile.TemporaryDirectory(prefix="doc_forms-benchmarks-") as name:
        folder = Path(name)
        cases = _cases(folder / "cases", count, scan)
        office, options = ArchiveOffice(), ArchiveOptions(as_of=_DAY, pdf=False)
        start = time.perf_counter()
        year = office.archive([cases], folder / "out", options)
        took = time.perf_counter() - start
        failed = [str(fault) for case in year.cases for fault in case.faults]
        if failed:
            raise RuntimeError(failed[0])
        size = sum(file.stat().st_size for file in (folder / "out").rglob("*") if file.is_file())
        plain = _copied_and_summed(folder / "out", folder / "copy")
        start = time.perf_counter()
        office.verify([folder / "out"])
        verified = time.perf_counter() - start
        rate = f"{count / took:.1f} /s"
        yield Figure(f"{what}: {count} cases, {size / 2**20 / took:.0f} MiB/s", rate)
        yield Figure(f"{what}: against cp and sha256sum ({plain:.2f} s)", f"{took / plain:.1f} x")
        yield Figure(f"{what}: verifying", f"{size / 2**20 / verified:.0f} MiB/s")


def _cases(folder: Path, count: int, scan: int) -> Path:
    """So many cases, each with its materials; scans that no disk can make smaller."""
    folder.mkdir()
    shutil.copy(_EXAMPLES / "archive.json", folder)
    data = json.loads((_EXAMPLES / "case.json").read_text("utf-8"))
    noise = Path("/dev/urandom").open("rb") if scan else None  # noqa: SIM115 - closed below
    for number in range(count):
        data["案件名称"] = f"第{number:03d}号选任"
        file = folder / f"{number:03d}.json"
        file.write_text(json.dumps(data, ensure_ascii=False), "utf-8")
        for person in _PEOPLE:
            below = folder / f"{number:03d}_材料" / person
            below.mkdir(parents=True)
            for item in _ITEMS:
                filling = noise.read(scan) if noise else b""
                (below / f"{item}.pdf").write_bytes(b"%PDF-1.4\n" + filling + b"\n%%EOF\n")
    if noise:
        noise.close()
    return folder


def _copied_and_summed(source: Path, target: Path) -> float:
    """The seconds that plain tools take to copy the same bytes, sum them and bring them to the disk."""
    start = time.perf_counter()
    subprocess.run(["cp", "-r", source, target], check=True)
    for tool in ("sha256sum", "sync"):
        every = f"find '{target}' -type f -print0 | xargs -0 {tool} > /dev/null"
        subprocess.run(["sh", "-c", every], check=True)
    return time.perf_counter() - start
