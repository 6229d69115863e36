"""What is measured: rendering, the whole process, memory, growth with the rows, and where the time goes."""

from __future__ import annotations

import io
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

from benchmarks import papers, peers
from benchmarks.archive_rate import archiving
from benchmarks.case_papers import case_papers
from benchmarks.checking import checking
from benchmarks.figures import Figure
from benchmarks.runs import Run, environment, in_turn, median, ratios, run, seconds_of
from benchmarks.window import window
from doc_forms.errors import Place
from doc_forms.files import Batch
from doc_forms.form import Form
from doc_forms.form.reading import read
from doc_forms.gates import check_document
from doc_forms.library import Library
from doc_forms.making import Draft, Maker
from doc_forms.merge.production import Production
from doc_forms.merge.spool import Spool, SpooledRow
from doc_forms.packages import check_workbook
from doc_forms.placing import Files, place
from doc_forms.records import Records
from doc_forms.registering import Registrar
from doc_forms.roster import open_roster, write_receipt
from doc_forms.roster.read import Row

_TIMES_DOCXTPL = {"notice": 30, "form": 20}
_WHOLE, _FASTEST_PEER = 15, 4
_FLAT = 1.1
_TOGETHER = 100
"""Papers that get their names together, as in a merge."""


@dataclass
class Bench:
    """A library of the two papers in a folder, and how long to measure."""

    folder: Path
    quick: bool
    node: peers.Node
    library: Path = field(init=False)
    environment: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.library = papers.make_library(self.folder / "library")
        self.environment = environment(self.folder)

    def maker(self, stem: str) -> Maker:
        """Give the maker of a paper."""
        return Maker.open(Library(self.library).kind(stem))

    def template(self, stem: str, manner: str) -> Path:
        """Give the paper's template in one program's tags."""
        file = self.folder / f"{stem}-{manner}.docx"
        return file if file.exists() else papers.draw(stem, manner, file)

    def roster(self, count: int) -> Path:
        """Give a roster of so many notices."""
        file = self.folder / f"notices-{count}.xlsx"
        return file if file.exists() else papers.write_roster(file, count)

    def merge(self, count: int, *options: str) -> Run:
        """Run the product's own command over a roster of notices."""
        out = self.new_folder()
        command = [sys.executable, "-m", "doc_forms.cli", "--library", str(self.library), "merge", "notice"]
        surroundings = {**self.environment, "DOC_FORMS_RECORDS": str(out / "records.db")}
        return run([*command, str(self.roster(count)), "--out", str(out / "papers"), *options], surroundings)

    def plain(self, command: list[str], environment: dict[str, str]) -> Run:
        """Run a peer's script, whose last argument is the folder to write to."""
        return run([*command, str(self.new_folder() / "papers")], environment)

    def new_folder(self) -> Path:
        """Give a folder of its own to a run. It stays until all is measured.

        Where thousands of files were removed just before, ext4 looks long for a free inode (each that was freed
        in the last minutes is passed over), which would be charged to whoever runs next.
        """
        return Path(tempfile.mkdtemp(prefix="run-", dir=self.folder))


def rendering(bench: Bench) -> Iterator[Figure]:
    """One record in memory, from typed facts to the bytes of a document that passed its gates."""
    for stem in ("notice", "form"):
        maker, forms = bench.maker(stem), list(_forms(bench.maker(stem), stem, 40))
        contexts = [form.context() for form in forms]
        sides = dict(_peers(bench, stem, contexts))
        ours = _timed(_maker_of(maker), forms)
        rounds = in_turn(3 if bench.quick else 9, ours, *sides.values())
        yield Figure(f"rendering, {stem}: doc_forms, gates included", f"{median([r[0] for r in rounds]) * 1000:.2f} ms")
        for side, name in enumerate(sides, 1):
            target = _TIMES_DOCXTPL[stem] if name == "docxtpl" else None
            took = median([figures[side] for figures in rounds]) * 1000
            yield _times(f"rendering, {stem}: {name} ({took:.1f} ms)", ratios(rounds, side), target)


def _peers(bench: Bench, stem: str, contexts: list[dict[str, Any]]) -> Iterator[tuple[str, Callable[[], float]]]:
    """Give each peer that is there with a measurement of one record."""
    for name, manner in peers.PYTHON_PEERS.items():
        peer = peers.python_peer(name)
        if peer:
            yield name, _timed(peer(bench.template(stem, manner)), contexts[:4])
    if not bench.node.absent:
        data = peers.write_data(bench.folder / f"{stem}.json", contexts)
        template = bench.template(stem, "braces")
        for name in peers.NODE_PEERS:
            yield name, partial(bench.node.render, name, template, data, 0.5)


def _maker_of(maker: Maker) -> Callable[[Form], bytes]:
    return lambda form: maker.make(maker.draft(form))


def whole(bench: Bench) -> Iterator[Figure]:
    """1,000 notices from an Excel file to files on disk, each program in a process of its own."""
    count = 200 if bench.quick else 1000
    roster = bench.roster(count)
    commands: dict[str, list[str]] = {}
    for name, manner in peers.PYTHON_PEERS.items():
        if peers.python_peer(name):
            script = [sys.executable, "-m", "benchmarks.peers", name]
            commands[name] = [*script, *map(str, (bench.template("notice", manner), roster))]
    if not bench.node.absent:
        for name in peers.NODE_PEERS:
            commands[name] = bench.node.command(name, "files", bench.template("notice", "braces"), roster)
    surroundings = {**bench.environment, "NODE_PATH": bench.node.environment["NODE_PATH"]}
    sides = [lambda line=line: bench.plain(line, surroundings).seconds for line in commands.values()]
    in_turn(1, lambda: bench.merge(count).seconds, *sides)  # every program has its modules compiled by then
    rounds = in_turn(1 if bench.quick else 5, lambda: bench.merge(count).seconds, *sides)
    ours = median([figures[0] for figures in rounds])
    yield Figure(f"whole process, {count} notices: doc_forms, checks and receipt included", f"{ours:.2f} s")
    found = {name: ratios(rounds, side) for side, name in enumerate(commands, 1)}
    for side, (name, times) in enumerate(found.items(), 1):
        took = median([figures[side] for figures in rounds])
        target = _WHOLE if name == "docxtpl" else _FASTEST_PEER
        yield _times(f"whole process: {name} ({took:.2f} s)", times, target)


def memory(bench: Bench) -> Iterator[Figure]:
    """Peak memory of the largest process of a merge, for few rows and for many."""
    few, many = (500, 4_000) if bench.quick else (1_000, 40_000)
    least = bench.merge(few, "--jobs", "2").memory
    most = bench.merge(many, "--jobs", "2").memory
    yield Figure(f"memory, {few:,} notices", f"{least:.0f} MiB")
    yield Figure(
        f"memory, {many:,} notices ({most:.0f} MiB)", f"{most / least:.2f} x", f"≤ {_FLAT} x", most / least <= _FLAT
    )


def workers(bench: Bench) -> Iterator[Figure]:
    """10,000 forms written by one process and by two, in turn (rows already checked)."""
    rounds, count = (2, 400) if bench.quick else (5, 2_000)
    maker = bench.maker("form")
    with Spool() as spool:
        for number, form in enumerate(_forms(maker, "form", count)):
            draft = maker.draft(form)
            spool.add(SpooledRow(number, Draft(f"{number}", draft.context, draft.facts)))

        def made_by(jobs: int) -> float:
            out = bench.new_folder()

            def make() -> None:
                with Production(maker, spool, out, jobs) as production:
                    deque(production.finish(), maxlen=0)

            return seconds_of(make)

        figures = in_turn(rounds, lambda: made_by(2), lambda: made_by(1))
    times, each = ratios(figures, 1), median([two for two, _ in figures]) / count
    what = f"workers, {rounds} x {count:,} forms: two, {each * 1000:.2f} ms a form; one takes"
    yield Figure(what, f"{times:.2f} x", "> 1 x", times > 1)


def growth(bench: Bench) -> Iterator[Figure]:
    """Time a row as the rows grow: the cost of the rows that each step adds, start-up left out."""
    counts = (250, 500, 1_000) if bench.quick else (500, 1_000, 2_000, 4_000)
    took = {}
    for count in counts:
        took[count] = min(bench.merge(count, "--jobs", "1").seconds for _ in range(1 if bench.quick else 3))
        yield Figure(f"growth, {count:,} notices, one worker", f"{took[count] / count * 1000:.2f} ms a row")
    steps = [(took[more] - took[fewer]) / (more - fewer) for fewer, more in pairwise(counts)]
    times = steps[-1] / steps[0]
    yield Figure("growth: a row of the last step against one of the first", f"{times:.2f} x", "about 1 x", times < 1.5)  # noqa: PLR2004


def one_file(bench: Bench) -> Iterator[Figure]:
    """500 notices in one document."""
    maker = bench.maker("notice")
    drafts = [maker.draft(form) for form in _forms(maker, "notice", 500)]
    took = seconds_of(lambda: maker.make_combined(lambda: drafts, len(drafts), io.BytesIO()))
    yield Figure("one file, 500 notices: rendering", f"{took:.2f} s", "< 1 s", took < 1)


def division(bench: Bench) -> Iterator[Figure]:
    """How the work of a merge of 1,000 notices divides, one part after the other in one process."""
    count = 200 if bench.quick else 1000
    maker, roster = bench.maker("notice"), bench.roster(count)
    parts: dict[str, float] = {}
    for _ in range(2):  # the first compiles the modules, which an installation has
        parts["start-up (imports, template; one row checked)"] = bench.merge(1, "--check").seconds
    clock = _Clock(parts)
    check_workbook(roster)
    clock.lap("the workbook's safety")
    opened = open_roster(roster, maker.kind.form)
    found: list[Row] = list(opened.rows())
    clock.lap("reading Excel", less=parts["the workbook's safety"])
    forms = [read(maker.kind.form, row.values, row.locate)[0] for row in found]
    clock.lap("validating rows")
    drafts = [maker.draft(form) for form in forms]
    clock.lap("printable values")
    filled = [maker.template.fill(draft.context) for draft in drafts]
    clock.lap("rendering and packing")
    members = len(maker.template.package.parts)
    for document, draft in zip(filled, drafts, strict=True):
        check_document(document, draft.facts, members)
    clock.lap("gates")
    folder = bench.new_folder()
    files: dict[str, Files] = {}
    for start in range(0, count, _TOGETHER):
        with Batch(folder) as batch:
            for draft, document in zip(drafts[start:], filled[start : start + _TOGETHER], strict=False):
                files[draft.name] = place(batch, draft, document.package, maker.sha256(document.package))
    clock.lap("writing files")
    with Records.open(str(folder / "records.db")) as records:
        clock.lap("opening a new register")
        registrar = Registrar(maker, folder, lambda: records)
        for start in range(0, count, _TOGETHER):
            chunk = drafts[start : start + _TOGETHER]
            entries = [entry for draft in chunk for entry in registrar.entries.of(draft, files[draft.name])]
            registrar.begin(entries)
            registrar.finish(entries)
    clock.lap("registering")
    write_receipt(opened, io.BytesIO(), iter(()))
    clock.lap("receipt")
    total = sum(parts.values())
    for name, seconds in parts.items():
        yield Figure(f"division, {count} notices: {name}", f"{seconds / total:4.0%}  {seconds * 1000:.0f} ms")


class _Clock:
    def __init__(self, parts: dict[str, float]) -> None:
        self._parts, self._last = parts, time.perf_counter()

    def lap(self, name: str, less: float = 0) -> None:
        now = time.perf_counter()
        self._parts[name], self._last = now - self._last - less, now


MEASURES: dict[str, Callable[[Bench], Iterator[Figure]]] = {
    "rendering": rendering,
    "whole": whole,
    "memory": memory,
    "workers": workers,
    "growth": growth,
    "one-file": one_file,
    "division": division,
    "papers": lambda bench: case_papers(bench.folder, quick=bench.quick),
    "checking": lambda bench: checking(quick=bench.quick),
    "archive": lambda bench: archiving(quick=bench.quick),
    "window": lambda bench: window(quick=bench.quick),
}


def _times(what: str, times: float, target: int | None) -> Figure:
    if target is None:
        return Figure(what, f"{times:.1f} x")
    return Figure(what, f"{times:.1f} x", f"≥ {target} x", times >= target)


def _forms(maker: Maker, stem: str, count: int, start: int = 0) -> Iterator[Form]:
    for number in range(start, start + count):
        yield read(maker.kind.form, papers.facts(stem, number), lambda path: Place(field=str(path)))[0]


def _timed(work: Callable[[Any], object], records: list[Any]) -> Callable[[], float]:
    """Give a measurement of one record's time, over all of these."""
    return lambda: seconds_of(lambda: [work(record) for record in records]) / len(records)
