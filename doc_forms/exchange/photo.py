"""The photo of an exchange file: base64 of the picture's bytes, which are never changed."""

from __future__ import annotations

import base64
import re
from typing import NamedTuple

from doc_forms.form import picture_facts

_SPACE = re.compile(r"\s+")
_DATA_ADDRESS = re.compile(r"data:[\w/+.-]*;base64,")


class Photo(NamedTuple):
    """A photo as it was found: its bytes, or the Chinese reason why it cannot be used."""

    data: bytes = b""
    reason: str = ""


def decode(text: str) -> Photo:
    """Read the base64 of `<ZhaoPian>`, with or without line breaks."""
    compact = _DATA_ADDRESS.sub("", _SPACE.sub("", text), count=1)
    try:
        return examine(base64.b64decode(compact, validate=True))
    except ValueError:
        return Photo(reason="照片已损坏或不完整，请换一份")


def encode(data: bytes) -> str:
    """Give the base64 of a photo, on one line as the editor writes it."""
    return base64.b64encode(data).decode("ascii")


def examine(data: bytes) -> Photo:
    """Tell by its structure whether this is a whole picture that a paper can hold: JPEG or PNG of up to 2 MB."""
    if not data:
        return Photo()
    try:
        picture_facts(data)
    except ValueError as error:
        return Photo(reason=str(error))
    return Photo(data)
