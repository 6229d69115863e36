"""Keeps what docxtpl made of a template part, so that docxtpl is loaded once and not at every start.

docxtpl brings python-docx with it, which takes longer to load than a page takes to fill. Its clean-up of a part
depends on nothing but the part's text and docxtpl's version, so the result is kept in the user's cache folder
under the checksum of both (0600; no person's data: a template before it is filled). A kept file that is
damaged or unreadable counts as none.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
from contextlib import suppress
from functools import cache
from pathlib import Path

import platformdirs

from doc_forms.errors import OutputRefused
from doc_forms.files import write_file

_MARK_LENGTH = 64


def cleaned(text: str) -> str:
    """Give the part's XML as docxtpl's `patch_xml` makes it ready for Jinja."""
    key = hashlib.sha256(f"{_version()}\n{text}".encode()).hexdigest()
    file = _folder() / f"{key}.xml"
    kept = _read(file)
    if kept is not None:
        return kept
    from docxtpl import DocxTemplate  # noqa: PLC0415 - the load that keeping saves

    made = str(DocxTemplate.patch_xml(None, text))
    _keep(file, made)
    return made


def _read(file: Path) -> str | None:
    """Give what is kept, if its own checksum, which stands before it, is right."""
    try:
        mark, text = (kept := file.read_text("utf-8"))[:_MARK_LENGTH], kept[_MARK_LENGTH:]
    except (OSError, UnicodeDecodeError):
        return None
    return text if hashlib.sha256(text.encode()).hexdigest() == mark else None


def _keep(file: Path, text: str) -> None:
    """Keep it where that can be; where not, docxtpl is simply loaded again the next time."""
    with suppress(OSError, OutputRefused):
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_file(file, (hashlib.sha256(text.encode()).hexdigest() + text).encode())


def _folder() -> Path:
    return Path(platformdirs.user_cache_path("doc_forms")) / "templates"


@cache
def _version() -> str:
    return importlib.metadata.version("docxtpl")
