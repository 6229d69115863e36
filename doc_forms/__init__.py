"""doc_forms: fills, merges and checks a personnel office's Word papers from facts entered once.

`Office` holds every verb; `doc_forms.form` is what schemas are written with; every refusal is a
`DocFormsError` whose faults are Chinese lines with their places.

Importing this costs nothing; each name is loaded when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from doc_forms.errors import DocFormsError, Fault, Place, Severity
    from doc_forms.library import Kind, Library
    from doc_forms.merge import Merged, MergeOptions
    from doc_forms.office import FilledPaper, Office

__all__ = [
    "DocFormsError",
    "Fault",
    "FilledPaper",
    "Kind",
    "Library",
    "MergeOptions",
    "Merged",
    "Office",
    "Place",
    "Severity",
]

_HOMES = {
    "doc_forms.errors": ("DocFormsError", "Fault", "Place", "Severity"),
    "doc_forms.library": ("Kind", "Library"),
    "doc_forms.merge": ("MergeOptions", "Merged"),
    "doc_forms.office": ("FilledPaper", "Office"),
}


def __getattr__(name: str) -> Any:
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(home), name)
    message = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(message)
