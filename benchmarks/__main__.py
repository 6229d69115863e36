"""`python -m benchmarks`: how fast, how large, how linear; one table of targets and measurements."""

from __future__ import annotations

import argparse
import os
import platform
import tempfile
import time
import unicodedata
from pathlib import Path

from benchmarks.figures import Figure
from benchmarks.measures import MEASURES, Bench
from benchmarks.peers import Node

_VERDICTS = {True: "met", False: "MISSED", None: ""}


def main() -> None:
    """Measure and print; a benchmark gives no verdict by its exit status."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer records and rounds: a look, not a measurement")
    parser.add_argument("--only", choices=MEASURES, action="append", help="this measure only (may be repeated)")
    options = parser.parse_args()
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.system()}")
    node = Node()
    if node.absent:
        print(f"docxtemplater and easy-template-x are left out: {node.absent}")
    start = time.perf_counter()
    print(f"{'':{_WIDTH}}{'measured':>16}  {'target':>10}")
    with tempfile.TemporaryDirectory(prefix="doc_forms-benchmarks-") as folder:
        bench = Bench(Path(folder), options.quick, node)
        for name in options.only or MEASURES:
            for figure in MEASURES[name](bench):
                show(figure)
    print(f"{time.perf_counter() - start:.0f} s in all")


_WIDTH = 76


def show(figure: Figure) -> None:
    """Print a line of the table."""
    wide = sum(unicodedata.east_asian_width(sign) in "WF" for sign in figure.what)
    what = figure.what.ljust(_WIDTH - wide)
    print(f"{what}{figure.measured:>16}  {figure.target:>10}  {_VERDICTS[figure.met]}".rstrip(), flush=True)


if __name__ == "__main__":
    main()
