"""归档登记: which numbers were given and what each bag was sealed with, kept beside the bags, never inside them.

Whoever rewrites a bag with all its check sums leaves nothing wrong in it; only what is kept elsewhere tells. This
file is the least of such places: the digest on the printed catalogue and the office's records are better ones.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from doc_forms.data import read_data_file
from doc_forms.errors import DataRefused, Fault, Place, UsageRefused
from doc_forms.files import write_file

LEDGER_FILE = "归档登记.json"
_RANGES, _BAGS = "号段", "档案包"
_DAMAGED = "不是归档登记，或已被改动；请用备份恢复，或另选一个文件夹归档"
_DRAFT = re.compile(r"(.+?)(_新稿(\d*))?")
"""The folder of a case: its name, and which package of it this is; see `packing`."""


@dataclass(frozen=True)
class Range:
    """The numbers (件号) of one case under one prefix: the first, and how many."""

    case: str
    file: str
    prefix: str
    first: int
    count: int

    @property
    def end(self) -> int:
        """The number after the last."""
        return self.first + self.count


@dataclass
class Ledger:
    """The register of one folder of archives; read once, written after each case."""

    folder: Path
    ranges: list[Range] = field(default_factory=list)
    bags: dict[str, dict[str, Any]] = field(default_factory=dict)
    """By the way to the bag from the folder, with `/`."""

    @classmethod
    def read(cls, folder: Path) -> Ledger:
        """Read the folder's register; an empty one where there is none (FileRefused, DataRefused)."""
        file = folder / LEDGER_FILE
        if not file.exists():
            return cls(folder)
        try:
            values = read_data_file(file)
            ranges = [
                Range(
                    str(row["案件"]), str(row["案件文件"]), str(row["档号前缀"]), int(row["起始件号"]), int(row["件数"])
                )
                for row in values[_RANGES]
            ]
            bags = {str(row["位置"]): dict(row) for row in values[_BAGS]}
        except (DataRefused, KeyError, TypeError, ValueError):
            raise DataRefused(Fault("archive-ledger", _DAMAGED, Place(file=str(file)))) from None
        return cls(folder, ranges, bags)

    def allot(self, case: str, file: str, prefix: str, count: int, first: int) -> int:
        """Give the first number of a case: the one it has, else the next that is free, `first` at the lowest.

        A case that has grown keeps its numbers only where no other case follows it. Raises UsageRefused where
        another file has a case of that name: the two would share a folder and their numbers.
        """
        known = [one for one in self.ranges if one.case == case]
        if known and known[0].file != file:
            message = f"与“{known[0].file}”的案件同名（{case}），请在案件名称中加以区别"
            raise UsageRefused(Fault("archive-name", message, Place(file=file)))
        others = [one for one in self.ranges if one.prefix == prefix and one.case != case]
        for one in known:
            free = all(one.first + count <= other.first or other.end <= one.first for other in others)
            if one.prefix == prefix and one.first >= first and free:
                return self._keep(Range(case, file, prefix, one.first, count))
        taken = [one.end for one in self.ranges if one.prefix == prefix]
        return self._keep(Range(case, file, prefix, max([first, *taken]), count))

    def _keep(self, one: Range) -> int:
        self.ranges = [other for other in self.ranges if (other.case, other.prefix) != (one.case, one.prefix)]
        self.ranges.append(one)
        return one.first

    def enter(self, where: str, facts: dict[str, Any]) -> None:
        """Enter a bag by its way from the folder; `facts` hold its 校验值."""
        self.bags[where] = {"位置": where, **facts}

    def digest_of(self, bag: Path) -> str | None:
        """Give the digest that a bag of this folder was entered with; None where it is not entered."""
        try:
            where = bag.resolve().relative_to(self.folder.resolve()).as_posix()
        except ValueError:
            return None
        entry = self.bags.get(where)
        return str(entry["校验值"]) if entry and "校验值" in entry else None

    def lost(self) -> Iterator[tuple[Path, str]]:
        """Give the bags that were entered and are not there, with their digests.

        One that has a later package of the same case in its place (after a gap was filled) is not missed.
        """
        there = [
            where for where in self.bags if (self.folder / where).is_dir() and any((self.folder / where).iterdir())
        ]
        kept = [_placed(where) for where in there]
        for where in (one for one in self.bags if one not in there):
            case, number, bag = _placed(where)
            if not any(other[0] == case and other[2] == bag and other[1] > number for other in kept):
                yield self.folder / where, str(self.bags[where].get("校验值", ""))

    def write(self) -> None:
        """Save the register whole (OutputRefused)."""
        rows = [
            {"案件": one.case, "案件文件": one.file, "档号前缀": one.prefix, "起始件号": one.first, "件数": one.count}
            for one in sorted(self.ranges, key=lambda one: (one.prefix, one.first))
        ]
        values = {_RANGES: rows, _BAGS: [self.bags[where] for where in sorted(self.bags)]}
        write_file(self.folder / LEDGER_FILE, (json.dumps(values, ensure_ascii=False, indent=2) + "\n").encode())


def ledger_of(bag: Path) -> Ledger | None:
    """Give the register that lies above a bag (its folder, or the folder of its case); None where there is none."""
    return _first_of(bag.resolve().parents[:2])


def ledger_for(folder: Path) -> Ledger | None:
    """Give the register that speaks of a folder: the one in it, else the one above it; None where there is none."""
    here = folder.resolve()
    return _first_of([here, *here.parents[:2]])


def _first_of(folders: Iterable[Path]) -> Ledger | None:
    return next((Ledger.read(folder) for folder in folders if (folder / LEDGER_FILE).is_file()), None)


def _placed(where: str) -> tuple[str, int, str]:
    """The case of a bag, the number of the package (0 the first), and the bag's own folder."""
    case, _, bag = where.rpartition("/")
    name, draft, number = found.groups() if (found := _DRAFT.fullmatch(case)) else (case, None, None)
    return name, (int(number or 1) if draft else 0), bag
