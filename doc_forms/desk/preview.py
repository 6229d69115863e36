"""Papers as pictures of their pages, as they would print now; a paper that lacks facts shows its blanks.

Everything lies in memory, but for a document while LibreOffice lays it out, in a folder that only this user can read
and that goes with the window.
"""

from __future__ import annotations

import atexit
import hashlib
import os
import shutil
import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from doc_forms.casework.drafting import draft_document
from doc_forms.casework.papers import CasePaper
from doc_forms.errors import PaperRefused
from doc_forms.files import TEMPORARY, clear_leftovers, make_folder, write_file
from doc_forms.library import Kind
from doc_forms.making import Maker
from doc_forms.pages import LayoutProgram, PageSize, draw_page, page_sizes

_SCALE = 2.0  # pixels a point: an A4 page is 1190 wide, sharp beside the form and still when it is enlarged
_REMEMBERED = 40  # papers


@dataclass
class Preview:
    """A paper laid out."""

    id: int
    """Names its pictures; says nothing of the paper, and is never given again."""
    sizes: tuple[PageSize, ...]
    pdf: bytes = field(repr=False)
    pictures: dict[int, bytes] = field(default_factory=dict, repr=False)


class PreviewDesk:
    """Lays papers out and remembers the last of them."""

    def __init__(self, folder: Path) -> None:
        """`folder`: the window's own data folder; what a killed window left there is removed."""
        clear_leftovers(folder)
        self._folder = folder / f"{TEMPORARY}{os.getpid()}-{next(_NUMBERS)}"
        self.program = LayoutProgram(self._folder)
        self._makers: dict[str, tuple[int, Maker]] = {}
        self._held: OrderedDict[bytes, Preview] = OrderedDict()
        self._lock = threading.Lock()
        atexit.register(self.close)

    def is_possible(self) -> bool:
        """Whether this computer can lay papers out."""
        return self.program.is_there()

    def of(self, paper: CasePaper) -> Preview:
        """Lay a paper out as it would print now (TemplateRefused, OutputRefused)."""
        document = self.document(paper)
        digest = hashlib.sha256(document).digest()
        with self._lock:  # one paper at a time; a second asker of the same paper finds it made
            if digest not in self._held:
                pdf = self.program.pdf(document)
                self._held[digest] = Preview(next(_NUMBERS), page_sizes(pdf), pdf)
                while len(self._held) > _REMEMBERED:
                    self._held.popitem(last=False)
            self._held.move_to_end(digest)
            return self._held[digest]

    def picture(self, preview: int, page: int) -> bytes | None:
        """Give a page as PNG; None where that preview is forgotten or has no such page."""
        found = next((one for one in list(self._held.values()) if one.id == preview), None)
        if found is None or not 0 <= page < len(found.sizes):
            return None
        if page not in found.pictures:
            found.pictures[page] = draw_page(found.pdf, page, _SCALE)
        return found.pictures[page]

    def document(self, paper: CasePaper) -> bytes:
        """Give the document that would be made, or a draft with its blanks where it cannot be made."""
        maker = self.maker(paper.kind)
        if paper.form and not paper.missing:
            try:
                return maker.make(maker.draft(paper.form))
            except PaperRefused:
                pass  # it is shown all the same; making it says what is wrong
        return draft_document(maker, paper.data)

    def maker(self, kind: Kind) -> Maker:
        """Give what makes papers of a kind, opened anew when its template has changed."""
        stamp = kind.template.stat().st_mtime_ns
        known = self._makers.get(kind.stem)
        if known is None or known[0] != stamp:
            known = stamp, Maker.open(kind)
            self._makers[kind.stem] = known
        return known[1]

    def keep(self, name: str, data: bytes) -> Path:
        """Keep a file for another program to open, until the window is closed."""
        folder = self._folder / str(next(_NUMBERS))
        make_folder(self._folder)  # by itself: folders above a new one do not get its mode
        make_folder(folder)
        write_file(folder / name, data)
        return folder / name

    def close(self) -> None:
        """End LibreOffice, and remove whatever lay on disk."""
        self.program.close()
        shutil.rmtree(self._folder, ignore_errors=True)
        atexit.unregister(self.close)


_NUMBERS = count(1)
