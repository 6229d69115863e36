"""The people of a case written as exchange files, one each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from doc_forms.errors import Fault, Place, UsageRefused
from doc_forms.exchange import write_lrmx
from doc_forms.files import Batch, Names, clear_leftovers, make_folder, sync_folder
from doc_forms.form import Part
from doc_forms.library import Library
from doc_forms.people.exchanged import exchange_person
from doc_forms.people.incoming import intake_of

_ENDING = ".lrmx"


@dataclass
class Exported:
    """The exchange files of a case's people."""

    files: list[Path] = field(default_factory=list)
    written: int = 0
    """How many are new; the others were there already, the same to the byte."""
    faults: list[Fault] = field(default_factory=list)

    @property
    def said(self) -> str:
        """The result in one sentence."""
        kept = len(self.files) - self.written
        return f"已写出 {self.written} 人" + (f"，{kept} 人已有相同的文件、未重写" if kept else "") + "。"

    def lines(self) -> Iterator[str]:
        """Give the result as a clerk reads it."""
        yield from (str(file) for file in self.files)
        yield self.said

    def to_json(self) -> dict[str, Any]:
        """The same as data, for `--json`."""
        return {
            "files": [str(file) for file in self.files],
            "written": self.written,
            "faults": [fault.to_json() for fault in self.faults],
        }


def write_people_files(library: Library, case: Part, out: Path, called: str = "") -> Exported:
    """Write every person of a case as a `.lrmx` into the folder `out`; a different file of the name stays.

    called: the name of the case's file, for messages. Raises UsageRefused for a case without people, DataRefused for a
    text that XML cannot hold, OutputRefused where the folder cannot be written.
    """
    intake = intake_of(library)
    holder = next(spec.name for spec in type(case).fields() if spec.title == intake.PEOPLE)
    people = [exchange_person(library, case, person) for person in getattr(case, holder)]
    result, names = Exported(), Names()
    if not any(person.name for person in people):
        raise UsageRefused(Fault("export-none", f"案件中还没有{intake.PEOPLE}", Place(file=called)))
    make_folder(out)
    clear_leftovers(out)
    with Batch(out) as batch:
        for person in people:
            if person.name:
                file, written = batch.place(names.take(person.name), _ENDING, write_lrmx(person))
                result.files.append(out / file)
                result.written += written
    sync_folder(out)
    return result
