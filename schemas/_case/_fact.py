"""Facts that may be absent."""

from __future__ import annotations

from typing import Any

from doc_forms.form import field


def fact(title: str, help: str = "", example: str = "") -> Any:  # noqa: A002 - the word that the window uses
    """Declare a fact that may not be there yet."""
    return field(title, help=help, example=example, blank="")


def facts(title: str, help: str = "") -> Any:  # noqa: A002 - the word that the window uses
    """Declare a list of facts that may be empty."""
    return field(title, help=help, at_least=0)
