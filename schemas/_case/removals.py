"""Which removals and demotions of a case stand in one decision, so that no two papers tell of the same person."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..case import Case
    from .appointment import Leaving

REMOVED, DEMOTED = "免职", "降职"


def joint_decisions(case: Case) -> Iterator[list[Leaving]]:
    """Give the leavings of each decision that demotes somebody or is about several people.

    A document number that several share makes them one decision; without a number each stands alone. A removal of
    one person is no such decision: it has its own notice.
    """
    groups: dict[object, list[Leaving]] = {}
    for place, leaving in enumerate(case.leavings):
        if leaving.kind in (REMOVED, DEMOTED):
            groups.setdefault(leaving.number or place, []).append(leaving)
    for group in groups.values():
        if len(group) > 1 or group[0].kind == DEMOTED:
            yield group


def has_joint_decision(case: Case, leaving: Leaving) -> bool:
    """Tell whether a leaving stands in such a decision."""
    return any(leaving is other for group in joint_decisions(case) for other in group)
