"""What came of something, to be shown on a page of its own: looked at again or gone back to, nothing is done twice."""

from __future__ import annotations

import secrets
import threading
from pathlib import Path
from typing import Any, TypeVar

from flask import redirect
from werkzeug.wrappers import Response

from doc_forms.web.shell import show

_KEPT = 64
UNOPENED = "unopened"
"""The part of an address that names the file which nothing could open; every page says so at its top."""
T = TypeVar("T")


class Told:
    """The last results of this launch, each under an id that says nothing; they lie in memory only."""

    def __init__(self) -> None:
        self._kept: dict[str, Any] = {}
        self._lock = threading.Lock()

    def keep(self, result: Any) -> str:
        """Keep a result and give its id; of many the oldest goes."""
        id_ = secrets.token_urlsafe(6)
        with self._lock:
            self._kept[id_] = result
            if len(self._kept) > _KEPT:
                del self._kept[next(iter(self._kept))]
        return id_

    def of(self, id_: str, kind: type[T]) -> T | None:
        """Give a result of a kind; None where it is gone, or where the id is none."""
        found = self._kept.get(id_)
        return found if isinstance(found, kind) else None

    def open(self, path: Path, back: str) -> Response:
        """Open a file or a folder and go back to a page, which says where it lies if nothing could open it."""
        if show(path):
            return redirect(back)
        why = "这台电脑上没有能打开它的程序，请自己到这里打开" if path.exists() else "文件已经不在原处"
        return redirect(f"{back}?{UNOPENED}={self.keep(f'{why}：{path}')}")
