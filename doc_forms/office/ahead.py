"""What a program may start before it loads anything else, where it is going to register many papers."""

from __future__ import annotations

from doc_forms.records.keeper import start_ahead
from doc_forms.workers import may_fork

__all__ = ["prepare_register"]


def prepare_register() -> None:
    """Have the database library loaded by a process beside this one, while this one loads all the rest.

    The next merge that registers takes that process; where no merge comes, it ends with this one.
    """
    if may_fork():
        start_ahead()
