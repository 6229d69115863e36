"""The verbs of the office, composed once; the command line and the window call nothing below this.

from doc_forms import Office

office = Office()
made = office.fill("appointment_notice", Path("通知.json"), Path("out"))
report = office.merge("appointment_notice", Path("名册.xlsx"), Path("out"))

Importing this costs nothing, so that a program can `prepare` before it loads `verbs` and what they stand on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from doc_forms.merge import Merged, MergeOptions
    from doc_forms.office.verbs import FilledPaper, Office, worst
    from doc_forms.records.choice import RecordsChoice

__all__ = [
    "FilledPaper",
    "MergeOptions",
    "Merged",
    "Office",
    "RecordsChoice",
    "worst",
]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    from doc_forms.office import verbs  # noqa: PLC0415 - what this module is for

    return getattr(verbs, name)
