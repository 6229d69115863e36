"""The templates of the library as the clerk sees them: each with what a look over it found."""

from __future__ import annotations

from functools import lru_cache

from doc_forms.errors import Fault, FileRefused, Severity
from doc_forms.library import Kind, Library

Stamp = tuple[int, int]
"""Tells one state of a file from another: time in nanoseconds, and size in bytes."""


class TemplateDesk:
    """What can be done with the templates of a library."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def all(self) -> list[tuple[Kind, list[Fault]]]:
        """Give every kind with what a look over its template found; one that has not changed is not looked at again."""
        found = []
        for kind in self._library.kinds():
            state = kind.template.stat() if kind.template.is_file() else None
            found.append((kind, _looked_over(kind, (state.st_mtime_ns, state.st_size) if state else None)))
        return found


@lru_cache(maxsize=256)
def _looked_over(kind: Kind, stamp: Stamp | None) -> list[Fault]:
    """What is amiss with a template in the state of that stamp."""
    from doc_forms.lint import lint_template  # noqa: PLC0415 - only this page needs it
    from doc_forms.packages import open_template  # noqa: PLC0415

    del stamp
    try:
        faults = lint_template(open_template(kind.template), kind)
    except FileRefused as error:
        return list(error.faults)
    return [fault for fault in faults if fault.severity is not Severity.NOTE]
