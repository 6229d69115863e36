"""The main menu at the left: one line an entry, in the order in which a clerk needs them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Entry:
    """One line of the menu."""

    address: str
    word: str
    below: tuple[str, ...] = ()
    """Where the addresses begin that belong to it, besides its own."""
    needs_register: bool = False
    """Whether it is shown only where papers are registered."""

    def holds(self, here: str) -> bool:
        """Whether a page belongs to this entry."""
        own = () if self.address == "/" else (f"{self.address}/",)
        return here == self.address or here.startswith((*own, *self.below))


ENTRIES = (
    Entry("/", "选任案", ("/case",)),
    Entry("/batch", "批量"),
    Entry("/register", "台账", needs_register=True),
    Entry("/archive", "档案"),
    Entry("/articles", "条款"),
    Entry("/templates", "模板"),
)


def rail(*, registers: bool) -> list[Entry]:
    """Give the entries of this window."""
    return [entry for entry in ENTRIES if registers or not entry.needs_register]
