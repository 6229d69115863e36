"""Many runs of processes that are killed or find the disk full: one warm parent forks them, and prints what it found.

Run as a program, so that imports are paid once and no thread of the test runner is forked:
    python tests/records_runs.py kill|numbers|disk '{"url": …}'
"""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import json
import os
import random
import resource
import select
import shutil
import signal
import sqlite3
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from doc_forms.errors import DocFormsError
from doc_forms.files import Batch
from doc_forms.records import Entry, EntryState, Number, NumberState, Records
from doc_forms.records.store import file_of, parse_address

Acknowledge = Callable[[list[Any]], None]


def fork(work: Callable[[Acknowledge], None]) -> tuple[int, int]:
    """Start a child; give its process id and where its acknowledgements can be read."""
    reading, writing = os.pipe()
    child = os.fork()
    if child:
        os.close(writing)
        return child, reading
    os.close(reading)
    try:
        work(lambda said: void_result(os.write(writing, json.dumps(said).encode() + b"\n")))
    finally:
        os._exit(0)


def seeded(seed: int | str) -> random.Random:
    """The same chances every time."""
    return random.Random(seed)  # noqa: S311 - nothing secret is drawn


def void_result(_written: int) -> None:
    """A line of acknowledgement is shorter than what a pipe takes whole."""


def told(reading: int) -> list[list[Any]]:
    """Everything a child has acknowledged, until it ended; a line cut short was not acknowledged."""
    with os.fdopen(reading, "rb") as stream:
        return [json.loads(line) for line in stream.read().split(b"\n")[:-1]]


def is_sound(url: str) -> bool:
    """Whether a SQLite file passes its own check; a server keeps its own house."""
    file = file_of(parse_address(url))
    if file is None:
        return True
    with contextlib.closing(sqlite3.connect(file)) as connection:
        return bool(connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)])


# Kills


def kill_runs(url: str, runs: int, seed: int) -> dict[str, Any]:
    """Kill a writing child at a random moment, again and again; count what it acknowledged and what is gone."""
    chance = seeded(seed)
    Records.open(url).close()
    told_of: list[tuple[str, list[Any]]] = []
    counts = Counter[str]()
    for run in range(runs):
        name = f"run-{run}"
        child, reading = fork(lambda say, name=name: write_for_ever(url, name, say))  # type: ignore[misc]
        if run % 10:  # the tenth is killed while it opens the store
            select.select([reading], [], [], 30)
        time.sleep(chance.uniform(0, 0.05))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        said = told(reading)
        told_of += [(name, item) for item in said]
        counts["silent"] += not said
        counts["unsound"] += not is_sound(url)
        with Records.open(url) as records:
            counts["lost"] += sum(not is_kept(held(records, name), item) for item in said)
    with Records.open(url) as records:
        state = {name: held(records, name) for name in {name for name, _ in told_of}}
    counts["lost_at_the_end"] = sum(not is_kept(state[name], item) for name, item in told_of)
    return {"runs": runs, "acknowledged": len(told_of), "kinds": Counter(item[0] for _, item in told_of), **counts}


def write_for_ever(url: str, name: str, say: Acknowledge) -> None:
    """Enter papers, save revisions and drafts, type into a case, take numbers; acknowledge each once it is kept."""
    with Records.open(url, who=name) as records:
        case, chance = records.working.add(f"{name}-案", {}, "新建"), seeded(name)
        doings = [enter_paper, save_case, take_number, type_field]
        for count in itertools.count(1):
            chance.shuffle(doings)
            for do in doings:
                do(records, name, case, count, say)


def enter_paper(records: Records, name: str, _case: str, count: int, say: Acknowledge) -> None:
    entry = Entry(f"{name}-{count}", "notice", "任职通知", f"/nowhere/{name}-{count}.docx", person=name)
    records.begin([entry])
    say(["begun", entry.id])
    records.finish([entry.id])
    say(["made", entry.id])


def save_case(records: Records, name: str, _case: str, count: int, say: Acknowledge) -> None:
    say(["revision", records.save_case(name, {"轮次": count}).number])
    records.save_draft(name, f"字段{count}", count)
    say(["draft", f"字段{count}"])


def type_field(records: Records, _name: str, case: str, count: int, say: Acknowledge) -> None:
    records.working.keep(case, records.working.stamp(case), {(f"字段{count}",): count})
    say(["typed", f"字段{count}"])
    records.working.save(case, f"第{count}次")
    say(["saved", f"第{count}次"])


def take_number(records: Records, name: str, _case: str, count: int, say: Acknowledge) -> None:
    number = records.reserve("示院委", 2026, name)
    say(["reserved", number.number])
    if count % 2:
        records.issue(number, f"{name}-{count}")
        say(["issued", number.number])


def held(records: Records, name: str) -> dict[str, set[Any]]:
    """What the store holds of one run."""
    entries = records.entries(person=name)
    lines = [line for line in records.working.lines() if line.name == f"{name}-案"]
    numbers = [number for number in records.numbers("示院委", 2026) if number.for_what == name]
    return {
        "begun": {entry.id for entry in entries},
        "made": {entry.id for entry in entries if entry.state is EntryState.MADE},
        "revision": {item.number for item in records.revisions(name)},
        "draft": set(records.drafts(name)),
        "typed": {title for line in lines for title in records.working.case(line.id).values},
        "saved": {item.note for item in records.revisions(f"{name}-案")},
        "reserved": {item.number for item in numbers},
        "issued": {item.number for item in numbers if item.state is NumberState.ISSUED},
    }


def is_kept(state: dict[str, set[Any]], item: list[Any]) -> bool:
    """Whether something acknowledged is there."""
    return item[1] in state[item[0]]


# Numbers


def number_runs(url: str, processes: int, each: int, seed: int) -> dict[str, Any]:
    """Several processes take numbers at once; some void theirs, some are killed with a number in hand."""
    Records.open(url).close()
    said: list[list[Any]] = []
    killed = 0
    open_work = [(process, each) for process in range(processes)]
    while open_work:
        started = [
            (process, left, *fork(lambda say, p=process, n=left: take_numbers(url, p, n, seed, say)))  # type: ignore[misc]
            for process, left in open_work
        ]
        open_work = []
        for process, left, child, reading in started:
            answers = told(reading)
            _, status = os.waitpid(child, 0)
            said += answers
            done = sum(answer[0] == "reserved" for answer in answers)
            if os.WIFSIGNALED(status):
                killed += 1
                open_work.append((process, left - done))
    with Records.open(url) as records:
        numbers = records.numbers("示院委", 2026)
        gaps = records.gaps("示院委", 2026)
    given = [answer[1] for answer in said if answer[0] == "reserved"]
    return {
        "given": len(given),
        "duplicates": len(given) - len(set(given)),
        "span": [min(given), max(given)],
        "kept": len(numbers),
        "refused": [answer[1] for answer in said if answer[0] == "refused"],
        "killed": killed,
        "issued": sum(number.state is NumberState.ISSUED for number in numbers),
        "void": sum(number.state is NumberState.VOID for number in numbers),
        "left": sum(number.state is NumberState.RESERVED for number in numbers),
        "gaps": len(gaps),
        "unexplained": [str(number) for number in gaps if not number.explanation],
    }


def take_numbers(url: str, process: int, count: int, seed: int, say: Acknowledge) -> None:
    """Take so many numbers; one in ten is made void, one in forty dies in the hand of its process."""
    chance = seeded(f"{seed}-{process}-{count}")
    try:
        with Records.open(url, who=f"进程{process}", patience=60) as records:
            for step in range(count):
                number: Number = records.reserve("示院委", 2026, f"任职通知 {process}-{count}-{step}")
                say(["reserved", number.number])
                fate = chance.random()
                if fate < 1 / 40:
                    os.kill(os.getpid(), signal.SIGKILL)
                elif fate < 1 / 40 + 1 / 10:
                    records.void(number, "校对时发现写错")
                else:
                    records.issue(number, f"{process}-{count}-{step}")
    except DocFormsError as error:
        say(["refused", str(error)])


# Full disks


def disk_runs(folder: str, runs: int, seed: int, *, disk: bool) -> dict[str, Any]:
    """Make papers until there is no room, again and again; count what is partial, lost or unknown to the register.

    disk: `folder` is a small disk of its own that is really filled; else the size of files is limited.
    """
    chance = seeded(seed)
    counts, words = Counter[str](partial=0, leftover=0, lost=0, unregistered=0), Counter[str]()
    for run in range(runs):
        place = Path(folder) / f"run-{run}"
        place.mkdir()
        url = str(place / "records" / "records.db")
        room = chance.randrange(120_000, 600_000) // (1 if disk else 2)
        ballast = Path(folder) / "ballast"
        if disk:
            fill(ballast, free(folder) - room)
        child, reading = fork(lambda say, p=place, u=url, r=room: make_until_full(p, u, say, 0 if disk else r))  # type: ignore[misc]
        said = told(reading)
        os.waitpid(child, 0)
        ballast.unlink(missing_ok=True)
        words.update(answer[1] for answer in said if answer[0] == "refused")
        counts.update(look_after(place, url, said))
        shutil.rmtree(place)
    return {"runs": runs, **counts, "words": words}


def make_until_full(place: Path, url: str, say: Acknowledge, limit: int) -> None:
    """Enter, write and finish papers, and back up now and then, until one of them is refused."""
    if limit:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    chance = seeded(str(place))
    try:
        with Records.open(url) as records:
            for count in itertools.count(1):
                data = chance.randbytes(chance.randrange(2_000, 60_000))
                digest = hashlib.sha256(data).hexdigest()
                entry = Entry(f"e{count}", "notice", "任职通知", str(place / f"{digest}.docx"), document_sha256=digest)
                records.begin([entry])
                say(["begun", entry.id])
                with Batch(place) as batch:
                    batch.place(digest, ".docx", data)
                say(["placed", entry.id])
                records.finish([entry.id])
                say(["made", entry.id])
                if count % 3 == 0:
                    records.backup(place / f"backup-{count}.db")
    except DocFormsError as error:
        say(["refused", error.faults[0].message])


def look_after(place: Path, url: str, said: list[list[Any]]) -> Iterator[str]:
    """Everything that is not as it should be after a run, a word each, and what was acknowledged."""
    yield from (answer[0] for answer in said)
    if [answer[0] for answer in said][-1:] != ["refused"]:
        yield "ended_without_a_word"
    for paper in place.glob("*.docx"):
        if hashlib.sha256(paper.read_bytes()).hexdigest() != paper.stem:
            yield "partial"
    for copy in place.glob("backup-*.db"):
        yield "backups"
        if not is_sound(str(copy)):
            yield "partial"
    yield from ("leftover" for _ in place.rglob(".doc_forms-*"))
    if not Path(url).exists():
        if said[0][0] == "begun":
            yield "lost"
        return
    yield from look_into(place, url, said)


def look_into(place: Path, url: str, said: list[list[Any]]) -> Iterator[str]:
    """What the store itself does not hold as it should."""
    if not is_sound(url):
        yield "unsound"
    with Records.open(url) as records:
        entries = {entry.id: entry for entry in records.entries()}
    begun = {entry.path for entry in entries.values()}
    yield from ("unregistered" for paper in place.glob("*.docx") if str(paper) not in begun)
    made = {name for name, entry in entries.items() if entry.state is EntryState.MADE}
    yield from ("lost" for word, which, *_ in said if word == "begun" and which not in entries)
    yield from ("lost" for word, which, *_ in said if word == "made" and which not in made)


def free(folder: str) -> int:
    """Bytes left on the disk of a folder."""
    found = os.statvfs(folder)
    return found.f_bavail * found.f_frsize


def fill(file: Path, size: int) -> None:
    """Take so much of a disk away."""
    file.write_bytes(bytes(max(size, 0)))


RUNS: dict[str, Callable[..., dict[str, Any]]] = {"kill": kill_runs, "numbers": number_runs, "disk": disk_runs}

if __name__ == "__main__":
    print(json.dumps(RUNS[sys.argv[1]](**json.loads(sys.argv[2])), ensure_ascii=False))  # noqa: T201 - its answer
