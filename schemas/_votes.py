"""Votes as every tally counts them: who was present, which sheets came back, what a rate divides by.

Recommendation and assessment tallies inherit `Sheets` or `Ballots`, so that the same counts carry the
same titles and are checked by the same rules on every paper.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from doc_forms.form import Count, Part, Problem, Severity, choice, computed, field


class Sheets(Part):
    """The sheets of one vote: people expected and present; sheets issued, returned and spoiled.

    No count may exceed the one it is taken from. Sheets issued may be fewer than people present (a
    warning): somebody present got none.
    """

    expected: Count = field("应到人数", help="按参加范围应当到会的人数", example="62")
    present: Count = field("实到人数", help="实际到会的人数", example="60")
    issued: Count = field("发出票数", help="发出的推荐票或测评票张数", example="60")
    returned: Count = field("收回票数", example="60")
    spoiled: Count = field("作废票数", help="没有填 0", example="1")

    @computed("有效票数")
    def valid(self) -> int:
        """Sheets that are counted: those returned without the spoiled (and the abstaining, where counted apart)."""
        return self.returned - self.set_aside()

    def set_aside(self) -> int:
        """Give the number of returned sheets that are not counted."""
        return self.spoiled

    def problems(self) -> Iterator[Problem]:
        """Each count stays within the one it is taken from."""
        yield from super().problems()
        yield from _turnout_problems(self)
        yield from self._set_aside_problems()

    def _set_aside_problems(self) -> Iterator[Problem]:
        if self.spoiled > self.returned:
            yield Problem("spoiled", f"作废 {self.spoiled} 张，超过收回的 {self.returned} 张，请核对")


def _turnout_problems(sheets: Sheets) -> Iterator[Problem]:
    if sheets.present > sheets.expected:
        yield Problem("present", f"实到 {sheets.present} 人，超过应到的 {sheets.expected} 人，请核对")
    if sheets.issued > sheets.present:
        yield Problem("issued", f"发出 {sheets.issued} 张，超过实到的 {sheets.present} 人，请核对（每人一张）")
    if sheets.returned > sheets.issued:
        yield Problem("returned", f"收回 {sheets.returned} 张，超过发出的 {sheets.issued} 张，请核对")
    if sheets.returned > sheets.present:
        yield Problem("returned", f"收回 {sheets.returned} 张，超过实到的 {sheets.present} 人，请核对")
    if sheets.issued < sheets.present:
        message = f"发出 {sheets.issued} 张，少于实到的 {sheets.present} 人，请核对是否有人未领票"
        yield Problem("issued", message, Severity.WARNING)


class Ballots(Sheets):
    """Sheets among which those left blank are counted apart as abstentions."""

    abstained: Count = field("弃权票数", help="收回而未推荐任何人的票，没有填 0", example="2")

    def set_aside(self) -> int:
        """Give the number of returned sheets that are not counted: spoiled and abstaining."""
        return self.spoiled + self.abstained

    def _set_aside_problems(self) -> Iterator[Problem]:
        if self.set_aside() > self.returned:
            message = f"作废 {self.spoiled} 张加弃权 {self.abstained} 张，超过收回的 {self.returned} 张，请核对"
            yield Problem("spoiled", message)


PRESENT_LESS_SPOILED = "实到人数减作废票"
VALID = "有效票"
RETURNED = "收回票"
PRESENT = "实到人数"

RateBase = Annotated[str, *choice("比率分母", (PRESENT_LESS_SPOILED, VALID, RETURNED, PRESENT))]
"""What a rate divides by. Offices differ, so it is stated and printed, never assumed."""


def rate_base(base: RateBase, sheets: Sheets) -> int:
    """Give the number that a rate of that base divides by."""
    return {
        PRESENT_LESS_SPOILED: sheets.present - sheets.spoiled,
        VALID: sheets.valid,
        RETURNED: sheets.returned,
        PRESENT: sheets.present,
    }[base]


def rate_base_explained(base: RateBase, sheets: Sheets) -> str:
    """Give the base in words and figures, e.g. `实到人数60减作废票数1，即59`."""
    words = {
        PRESENT_LESS_SPOILED: f"实到人数{sheets.present}减作废票数{sheets.spoiled}，即",
        VALID: "有效票数",
        RETURNED: "收回票数",
        PRESENT: "实到人数",
    }[base]
    return f"{words}{rate_base(base, sheets)}"


def within_seats(votes: int, seats: int, sheets: int) -> bool:
    """Tell whether votes for all candidates of a post can be: each sheet names at most `seats` people."""
    return votes <= seats * sheets
