"""The templates of the library as the clerk sees them, and the office's own in their place.

The office's own lie in one folder under the papers' titles, where the window's library looks first. What is taken in
passes the gate of packages and the look over templates; what it takes the place of is moved aside, never deleted.
"""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import IO

from doc_forms.errors import Fault, FileRefused, Place, Severity, TemplateRefused
from doc_forms.files import make_folder, write_file
from doc_forms.library import Kind, Library

Stamp = tuple[int, int]
"""Tells one state of a file from another: time in nanoseconds, and size in bytes."""
_ASIDE = "已换下"


@dataclass(frozen=True)
class TemplateLine:
    """The template of one kind as it is used now."""

    kind: Kind
    faults: list[Fault] | None
    """What a look over it found; None where nobody has looked yet."""
    own: bool
    """Whether it is the office's own."""


class TemplateDesk:
    """What can be done with the templates of a library."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._looked: dict[tuple[Path, Stamp | None], list[Fault]] = {}

    @property
    def folder(self) -> Path | None:
        """Where the office's own templates lie."""
        return self._library.own

    def all(self) -> list[TemplateLine]:
        """Give every kind with what a look over its template found; one that has not changed is not looked at again."""
        for kind in self._library.kinds():
            if (state := _state(kind.template)) not in self._looked:
                self._looked[state] = _look_over(kind, kind.template)
        return self.known()

    def known(self) -> list[TemplateLine]:
        """Give every kind with what is known of its template already: looking over all takes half a second."""
        kinds = self._library.kinds()
        return [
            TemplateLine(kind, self._looked.get(_state(kind.template)), own=kind.template == kind.own) for kind in kinds
        ]

    def own_copy(self, stem: str) -> Path:
        """Give the office's own template of a kind, to be changed in Word; where there is none, a copy is made."""
        kind = self._library.kind(stem)
        if not kind.template.is_file():
            raise TemplateRefused(
                Fault("template-none", "模板文件不见了，请重新安装程序", Place(file=kind.template.name))
            )
        return kind.template if kind.template == kind.own else self._put(kind, kind.shipped.read_bytes())

    def replace(self, stem: str, name: str, stream: IO[bytes]) -> list[Fault]:
        """Take in another template for a kind; give the warnings about it.

        FileRefused for what is no Word template, TemplateRefused for one that the paper cannot be printed with.
        """
        kind = self._library.kind(stem)
        with tempfile.TemporaryDirectory(prefix="doc-forms-") as place:
            file = Path(place) / "template.docx"
            with file.open("wb") as target:
                shutil.copyfileobj(stream, target)
            faults = [_named(fault, Path(name).name) for fault in _look_over(kind, file)]
            refused = [fault for fault in faults if fault.severity is Severity.ERROR]
            if refused:
                raise TemplateRefused(refused)
            self._put(kind, file.read_bytes())
        return faults

    def restore(self, stem: str) -> Path | None:
        """Use the library's template again; give where the office's own was moved, None where there was none."""
        own = self._library.kind(stem).own
        if own is None or not own.is_file():
            return None
        try:
            return own.rename(_aside(own))
        except OSError:
            message = "模板正在别的程序中打开，请先在 Word 中关闭它"
            raise FileRefused(Fault("template-open", message, Place(file=own.name))) from None

    def _put(self, kind: Kind, data: bytes) -> Path:
        if kind.own is None:
            raise AssertionError  # a desk's library has its folder
        make_folder(kind.own.parent)
        if kind.own.is_file():
            write_file(_aside(kind.own), kind.own.read_bytes())
        write_file(kind.own, data)
        return kind.own


def _aside(own: Path) -> Path:
    """A free place for a template that is no longer used."""
    folder = own.parent / _ASIDE
    make_folder(folder)
    return next(file for number in count(1) if not (file := folder / f"{own.stem}_{number}.docx").exists())


def _state(file: Path) -> tuple[Path, Stamp | None]:
    """The file as it lies there now."""
    state = file.stat() if file.is_file() else None
    return file, (state.st_mtime_ns, state.st_size) if state else None


def _look_over(kind: Kind, file: Path) -> list[Fault]:
    from doc_forms.lint import lint_template  # noqa: PLC0415 - only this page needs it
    from doc_forms.packages import open_template  # noqa: PLC0415

    try:
        faults = lint_template(open_template(file), kind)
    except FileRefused as error:
        return list(error.faults)
    return [fault for fault in faults if fault.severity is not Severity.NOTE]


def _named(fault: Fault, name: str) -> Fault:
    """A fault with the name that the clerk's file has."""
    return replace(fault, place=replace(fault.place, file=name if fault.place.file else ""))
