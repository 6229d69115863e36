"""People brought into a case file: written whole or not at all, their photos beside it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from doc_forms.casework.case_files import carried_forward, case_module
from doc_forms.data import read_data_file
from doc_forms.errors import Fault, Place, Severity, UsageRefused
from doc_forms.files import make_folder, refuse, write_file
from doc_forms.form.reading import locate_in, read
from doc_forms.library import Library
from doc_forms.people.incoming import Taken, intake_of
from doc_forms.people.joining import Joined, join
from doc_forms.people.photos import Photos

Values = dict[str, Any]
_CASE_ENDING = ".json"


@dataclass
class BroughtIn:
    """What became of the people of some sources in a case file."""

    case: Path
    new: bool
    """Whether the case was begun for them."""
    joined: Joined
    faults: list[Fault]
    """What was said when the sources were read."""
    photos: list[Path] = field(default_factory=list)
    """Photos that were written."""

    @property
    def refused(self) -> bool:
        """Whether something could not be read, or is told differently and was left."""
        return bool(
            self.joined.refused
            or self.joined.differing
            or any(fault.severity is Severity.ERROR for fault in self.faults)
        )

    def said(self) -> list[Fault]:
        """What is to be looked at, in the order of its weight; not what was filled in."""
        joined = self.joined
        return [*self.faults, *joined.refused, *joined.differing, *joined.replaced]

    def lines(self) -> Iterator[str]:
        """Give the result as a clerk reads it."""
        joined = self.joined
        if joined.added:
            yield f"新增 {len(joined.added)} 人：{'、'.join(joined.added)}"
        for name, titles in joined.completed.items():
            yield f"【{name}】补上 {len(titles)} 项：{'、'.join(titles)}"
        if joined.replaced:
            yield f"改动 {len(joined.replaced)} 项。"
        if joined.differing:
            yield f"不同 {len(joined.differing)} 项，没有改动；要以导入的为准，加 --update 重新运行。"
        if not joined.changed:
            yield "没有读到可以导入的人员，没有新建案件。" if self.new else "案件没有改动。"
        else:
            yield f"{'已新建案件' if self.new else '已写入案件'}：{self.case}"

    def to_json(self) -> dict[str, Any]:
        """The same as data, for `--json`."""
        return {
            "case": str(self.case),
            "changed": self.joined.changed,
            "new": self.new,
            "added": self.joined.added,
            "photos": [str(photo) for photo in self.photos],
            "filled": [fault.to_json() for fault in self.joined.filled],
            "faults": [fault.to_json() for fault in self.said()],
        }


def bring_in(library: Library, taken: Taken, case: Path, *, update: bool = False) -> BroughtIn:
    """Join people to a case file; where there is no such file, a case is begun with them.

    Raises UsageRefused for a file that does not end like a case, FileRefused or DataRefused for a case that cannot be
    read, OutputRefused where it cannot be written; the file is then as it was.
    """
    must_be_case(case)
    schema, version = case_module(library), "版本"
    new = _is_missing(case)
    values: Values = {version: schema.VERSION}
    if not new:
        values = carried_forward(read_data_file(case), schema.VERSION, schema.MIGRATIONS, case.name)
    joined = join(library, values, taken.people, update=update, folder=case.parent)
    result = BroughtIn(case, new, joined, taken.all_faults)
    if not joined.changed:
        return result
    read(schema.Case, joined.values, locate_in(case.name), case.parent)
    make_folder(case.parent)
    photos = Photos(library, taken, case)
    try:
        photos.write(joined.values.get(intake_of(library).PEOPLE, ()))
        values = {version: joined.values[version]} | joined.values
        write_file(case, (json.dumps(values, ensure_ascii=False, indent=2) + "\n").encode())
    except BaseException:
        photos.remove()
        raise
    result.photos = photos.written
    return result


def must_be_case(case: Path) -> None:
    """Refuse a file that does not end like a case, before anything of it is read or written (UsageRefused)."""
    if case.suffix.lower() != _CASE_ENDING:
        message = f"这不是案件文件；案件文件名应以 {_CASE_ENDING} 结尾，如 副院长{_CASE_ENDING}"
        raise UsageRefused(Fault("case-ending", message, Place(file=case.name)))


def _is_missing(case: Path) -> bool:
    try:
        return not case.exists()
    except OSError as error:  # a name that no file can have
        raise refuse(error, case) from None
