"""One line of the benchmark's table."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One line of the table: what, the figure, and the target where the product has one."""

    what: str
    measured: str
    target: str = ""
    met: bool | None = None
