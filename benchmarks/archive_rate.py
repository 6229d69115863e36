"""How fast a year is archived and verified: cases a second, and against `cp` and `sha256sum` over the same bytes."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from benchmarks.figures import Figure
from benchmarks.runs import in_turn, ratios
from doc_forms.archive.bag import BagWriter, to_disk
from doc_forms.files import sync_folder
from doc_forms.flushing import Flush
from doc_forms.form import PartialDate
from doc_forms.office.archive import ArchiveOffice, ArchiveOptions

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
    """Packing alone, of files that are finished: what the archive adds to copying and summing."""
    rounds = 3 if quick else 9
    with tempfile.TemporaryDirectory(prefix="doc_forms-benchmarks-") as name:
        case = Path(name) / "source" / "scans"
        (case / "bag" / "data").mkdir(parents=True)
        for number in range(20):
            (case / "bag" / "data" / f"{number:03d}.pdf").write_bytes(os.urandom(5 << 20))
        ratio = _packing(Path(name), rounds)
        yield Figure("archive, packing 100 MiB of scans: against cp, sha256sum and sync", f"{ratio:.2f} x")


def _packing(folder: Path, rounds: int) -> float:
    """How many times longer packing the cases in `source` takes than plain tools over the same bytes, in turn."""
    source, packed, copy = folder / "source", folder / "packed", folder / "copy"

    def plain() -> float:
        took = _copied_and_summed(source, copy)
        shutil.rmtree(copy)
        return took

    def pack() -> float:
        start = time.perf_counter()
        packed.mkdir()
        cases = sorted(item for item in source.iterdir() if item.is_dir())
        if len(cases) == 1:
            _packed_again(cases[0], packed / cases[0].name)
        else:
            with ProcessPoolExecutor() as pool:
                list(pool.map(_packed_again, cases, [packed / case.name for case in cases]))
        took = time.perf_counter() - start
        shutil.rmtree(packed)
        return took

    return ratios(in_turn(rounds, plain, pack), 1)


def _packed_again(case: Path, target: Path) -> None:
    """Pack what lies in the bags of a case as the archive does: hashed on its way, flushed together, renamed."""
    building = target.with_name(f"building-{target.name}")
    with Flush(target.parent) as flush:
        writers = []
        for bag in sorted(item for item in case.iterdir() if item.is_dir()):
            writer = BagWriter(building / bag.name)
            for file in sorted((bag / "data").iterdir()):
                writer.add(file.name, file)
            writer.close([("External-Description", "benchmark")])
            writers.append(writer)
        to_disk(writers, building, flush)
    building.rename(target)
    sync_folder(target.parent)


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
        shutil.rmtree(folder / "copy")
        start = time.perf_counter()
        office.verify([folder / "out"])
        verified = time.perf_counter() - start
        made = sum(bag.count for case in year.cases for bag in case.bags)
        rate = f"{count / took:.1f} /s"
        yield Figure(f"{what}: {count} cases, {size / 2**20 / took:.0f} MiB/s", rate)
        yield Figure(
            f"{what}: made and packed, against cp, sha256sum and sync ({plain:.2f} s)", f"{took / plain:.1f} x"
        )
        if not scan:  # with scans the ratio above is that of packing already
            yield Figure(f"{what}: items made and packed", f"{made / took:.0f} /s")
            (folder / "out").rename(folder / "source")
            ratio = _packing(folder, 3)
            yield Figure(f"{what}: packing them alone, against cp, sha256sum and sync", f"{ratio:.2f} x")
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
