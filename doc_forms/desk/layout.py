"""How the clerk left the window: which panel stands beside the form, and whether it is folded away."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
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


class LayoutDesk:
    """Remembers the layout from one launch to the next; what cannot be read or kept is no trouble for anybody."""

    def __init__(self, folder: Path) -> None:
        """`folder`: the window's own data folder."""
        self._file = folder / _FILE
        self.now = self._read()

    def keep(self, panel: str, *, folded: bool) -> None:
        """Remember the layout; a panel that does not exist changes nothing."""
        if panel not in PANELS:
            return
        self.now = Layout(panel, folded)
        try:
            write_file(self._file, json.dumps(asdict(self.now)).encode())
        except DocFormsError:
            return  # the window keeps it until it is closed

    def _read(self) -> Layout:
        try:
            held = read_data_file(self._file)
        except DocFormsError:
            return Layout()
        panel = held.get("panel")
        return Layout(panel if panel in PANELS else PANELS[0], folded=held.get("folded") is True)
