"""How long the papers of one case take: every paper of the sample case, from its file to files on disk."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.figures import Figure
from benchmarks.runs import environment, median
from doc_forms.library import library_root

_SECONDS = 1.0
_DAY = "2027-10-31"  # everything of the sample case is done by then
_CHILD = """
import json, sys, time
from pathlib import Path
from doc_forms import Office
from doc_forms.form import PartialDate
office, case, out = Office(), Path(sys.argv[1]), Path(sys.argv[2])
office.kinds()
figures = []
for number in range(2):
    start = time.perf_counter()
    folder = office.papers(case, out / str(number), as_of=PartialDate.parse(sys.argv[3]))
    figures.append(time.perf_counter() - start)
print(json.dumps([figures, len(folder.made), len(folder.left)]))
"""


def case_papers(folder: Path, *, quick: bool) -> Iterator[Figure]:
    """Draw up the sample case in a process that has started and loaded the library; once more in the same process."""
    rounds = []
    made = 0
    for number in range(3 if quick else 9):
        figures, made, left = _drawn(folder / f"case-papers-{number}", environment(folder))
        if left:
            message = f"{left} papers of the sample case were not made"
            raise RuntimeError(message)
        rounds.append(figures)
    first, again = (median(list(figures)) for figures in zip(*rounds, strict=True))
    what = f"papers: the sample case, {made} papers, after start-up"
    yield Figure(what, f"{first:.2f} s", f"< {_SECONDS:.0f} s", met=first < _SECONDS)
    yield Figure("papers: the same again in another folder, same process", f"{again:.2f} s")


def _drawn(out: Path, surroundings: dict[str, str]) -> tuple[list[float], int, int]:
    """The seconds of both runs of one process, how many papers were made and how many were not."""
    case = library_root() / "examples" / "case.json"
    command = [sys.executable, "-c", _CHILD, str(case), str(out), _DAY]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=surroundings)
    figures, made, left = json.loads(done.stdout)
    return figures, made, left
