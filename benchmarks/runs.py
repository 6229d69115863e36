"""Running and timing: pairs in turn, so that a busy machine slows both sides alike; children with their memory."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

# A small process of its own starts the measured one: a child's peak memory begins with its parent's.
_MEASURED = """
import json, os, subprocess, sys, time
start = time.perf_counter()
child = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
wrong = child.stderr.read()
_, status, used = os.wait4(child.pid, 0)
took = time.perf_counter() - start
print(json.dumps([took, used.ru_maxrss, os.waitstatus_to_exitcode(status), wrong.decode()[-500:]]))
"""


@dataclass(frozen=True)
class Run:
    """A finished process: seconds, and the peak memory in MiB of the largest of it and its workers."""

    seconds: float
    memory: float


def run(command: Sequence[str | Path], environment: dict[str, str] | None = None) -> Run:
    """Run a command to its end and measure it (RuntimeError when it fails).

    What others have written is brought to the disk before: a program that flushes its own files would flush theirs.
    """
    if hasattr(os, "sync"):
        os.sync()
    measured = [sys.executable, "-S", "-c", _MEASURED, *map(str, command)]
    done = subprocess.run(measured, env=environment, capture_output=True, text=True, check=True)
    seconds, kilobytes, status, wrong = json.loads(done.stdout)
    if status:
        message = f"{command}: {wrong}"
        raise RuntimeError(message)
    return Run(seconds, kilobytes / 1024)


def seconds_of(work: Callable[[], object], times: int = 1) -> float:
    """Give the seconds that one call takes, over so many calls."""
    start = time.perf_counter()
    for _ in range(times):
        work()
    return (time.perf_counter() - start) / times


def in_turn(pairs: int, *sides: Callable[[], float]) -> list[list[float]]:
    """Measure all sides in turn, so many times; give the figures of each round."""
    return [[side() for side in sides] for _ in range(pairs)]


def median(figures: Sequence[float]) -> float:
    """Give the middle figure."""
    return statistics.median(figures)


def ratios(rounds: Sequence[Sequence[float]], side: int) -> float:
    """Give how many times longer a side takes than the first one: the median over the rounds."""
    return statistics.median(figures[side] / figures[0] for figures in rounds)


def environment(folder: Path) -> dict[str, str]:
    """Give the environment in which the product is found from any folder and runs as where it is installed.

    Compiled modules are kept (an installation has them) and the papers are registered, both within `folder`.
    """
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {
        **inherited,
        "PYTHONPATH": str(Path(__file__).resolve().parent.parent),
        "PYTHONPYCACHEPREFIX": str(folder / "bytecode"),
        "DOC_FORMS_RECORDS": str(folder / "records.db"),
    }
