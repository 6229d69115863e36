"""What came of something, to be shown on a page of its own: looked at again or gone back to, nothing is done twice."""

from __future__ import annotations

import secrets
import threading
from typing import Any, TypeVar

_KEPT = 64
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
