"""Cases that an earlier version of the window kept as files: each is taken into the records once, and nothing is lost.

A file that was taken is moved into a folder beside the others and stays there as it was.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from doc_forms.data import read_data_file
from doc_forms.errors import DataRefused, Fault, FileRefused
from doc_forms.files import clear_leftovers, make_folder, refuse
from doc_forms.records import Records

TAKEN = "已转入台账"
"""The folder of the files that were taken into the records."""
_NOTE = "由旧版的案件文件转入"
_ID = re.compile(r"[0-9a-f]{12}")


class Shelf:
    """A folder of case files, each named by the id of its case."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def hand_over(self, records: Records, name: str, unnamed: str) -> list[tuple[str, Fault]]:
        """Take every file into the records and move it away; give those that cannot be read, by id, with the reason.

        name: the field by which a case is called, `unnamed` what it is called without. Killed at any moment and
        begun again it takes each file once. Raises RecordsRefused, and OutputRefused where a file cannot be moved.
        """
        damaged = []
        files = [file for file in sorted(self._folder.glob("*.json")) if _ID.fullmatch(file.stem)]
        if files:
            clear_leftovers(self._folder)
        for file in files:
            try:
                values = read_data_file(file)
            except (FileRefused, DataRefused) as error:
                damaged.append((file.stem, error.faults[0]))
                continue
            if not _is_taken(records, file.stem, values):
                own = None if records.working.has(file.stem) else file.stem
                records.working.add(str(values.get(name) or unnamed), values, _NOTE, own)
            self._put_away(file)
        return damaged

    def _put_away(self, file: Path) -> None:
        taken = self._folder / TAKEN
        make_folder(taken)
        place, number = taken / file.name, 1
        while place.exists():
            number += 1
            place = taken / f"{file.stem}_{number}.json"
        try:
            file.rename(place)
        except FileNotFoundError:
            return  # another window was first
        except OSError as error:
            raise refuse(error, file) from None


def _is_taken(records: Records, id_: str, values: dict[str, Any]) -> bool:
    """Whether the records have the case with these very data: an earlier run was killed before the file was moved."""
    if not records.working.has(id_):
        return False
    return records.case(records.working.case(id_).name, 1).data == values
