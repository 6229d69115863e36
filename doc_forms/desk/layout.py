"""How the clerk left the window: which panel stands beside the form, and whether it is folded away."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from doc_forms.data import read_data_file
from doc_forms.errors import DocFormsError
from doc_forms.files import write_file

PANELS = ("findings", "preview")
_FILE = "window.json"


@dataclass(frozen=True)
class Layout:
    """What stands beside the form."""

    panel: str = PANELS[0]
    folded: bool = False
    place: str = ""
    """The page that was open; empty once the window was closed as it should be."""


class LayoutDesk:
    """Remembers the layout from one launch to the next; what cannot be read or kept is no trouble for anybody."""

    def __init__(self, folder: Path) -> None:
        """`folder`: the window's own data folder."""
        self._file = folder / _FILE
        self.now = self._read()
        self._left = self.now.place

    def keep(self, panel: str, *, folded: bool) -> None:
        """Remember the layout; a panel that does not exist changes nothing."""
        if panel in PANELS:
            self._write(replace(self.now, panel=panel, folded=folded))

    def at(self, place: str) -> None:
        """Remember the page that is open, so that a window that was killed opens there again."""
        if place != self.now.place:
            self._write(replace(self.now, place=place))

    def take_left_place(self) -> str:
        """Give the page that a killed window had open, once; empty where there was none."""
        found, self._left = self._left, ""
        return found

    def _write(self, layout: Layout) -> None:
        self.now = layout
        try:
            write_file(self._file, json.dumps(asdict(self.now)).encode())
        except DocFormsError:
            return  # the window keeps it until it is closed

    def _read(self) -> Layout:
        try:
            held = read_data_file(self._file)
        except DocFormsError:
            return Layout()
        panel, place = held.get("panel"), held.get("place")
        return Layout(
            panel if panel in PANELS else PANELS[0],
            folded=held.get("folded") is True,
            place=place if isinstance(place, str) and place.startswith("/case/") else "",
        )
