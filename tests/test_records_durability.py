"""What was acknowledged stays, whatever happens: kills, a full disk, many processes at once. Counts are printed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from small_disk import own_disk

ROOT = Path(__file__).resolve().parent.parent
RUNS = Path(__file__).with_name("records_runs.py")


def ran(what: str, before: list[str] | None = None, **arguments: Any) -> dict[str, Any]:
    """Let the runs happen in a process of their own; give and print their counts."""
    command = [*(before or []), sys.executable, str(RUNS), what, json.dumps(arguments)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    answer = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=300)
    assert answer.returncode == 0, answer.stderr
    found: dict[str, Any] = json.loads(answer.stdout)
    print(what, found)  # noqa: T201 - the counts are what the office is shown
    return found


def test_two_hundred_kills_lose_nothing_that_was_acknowledged(store_url: str) -> None:
    runs = 200
    found = ran("kill", url=store_url, runs=runs, seed=20260918)
    assert (found["runs"], found["lost"], found["lost_at_the_end"], found["unsound"]) == (runs, 0, 0, 0)
    assert found["acknowledged"] > 2 * runs
    assert set(found["kinds"]) == {"begun", "made", "revision", "draft", "typed", "saved", "reserved", "issued"}


def test_eight_processes_take_fifty_numbers_each_without_a_duplicate_or_an_unexplained_gap(store_url: str) -> None:
    found = ran("numbers", url=store_url, processes=8, each=50, seed=20260918)
    assert (found["given"], found["duplicates"], found["span"], found["refused"]) == (400, 0, [1, 400], [])
    assert found["kept"] == found["issued"] + found["void"] + found["left"] == 400
    assert found["left"] == found["killed"] > 0
    assert found["void"] > 0
    assert found["gaps"] == found["void"] + found["left"]
    assert found["unexplained"] == []


@pytest.mark.parametrize("disk", ["a full disk", "a limit on the size of files"])
def test_a_hundred_runs_without_room_leave_no_partial_file_and_lose_no_entry(disk: str, tmp_path: Path) -> None:
    before = own_disk() if disk == "a full disk" else None
    if disk == "a full disk" and before is None:
        pytest.skip("only root may lay a small disk over a folder here")
    private = [*before, str(tmp_path)] if before else None
    runs = 100 if before or not own_disk() else 20  # where a disk can really be filled, the limit is the lesser test
    found = ran("disk", private, folder=str(tmp_path), runs=runs, seed=20260918, disk=before is not None)
    assert found["runs"] == found["refused"] == runs
    wrong = ("partial", "leftover", "lost", "unsound", "unregistered", "ended_without_a_word")
    assert {word: found.get(word, 0) for word in wrong} == dict.fromkeys(wrong, 0)
    assert found["made"] > runs
    assert found["backups"] > runs / 5
    said = ("空间", "超过允许的大小", "读写出错")
    assert [words for words in found["words"] if not any(word in words for word in said)] == []
