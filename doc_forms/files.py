"""The one place that writes files: a file under its final name is a finished one, readable by its owner only."""

from __future__ import annotations

import errno
import os
import re
import time
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from doc_forms.errors import Fault, OutputRefused, Place

TEMPORARY = ".doc_forms-"
_STALE_SECONDS = 24 * 3600
_FORBIDDEN = re.compile(r'[/\\:*?"<>|]+')
_REPEATED = re.compile("_{2,}")  # where a part of the pattern was left blank
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn"}
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d|conin\$|conout\$)(\.|$)", re.IGNORECASE)
_LONGEST_NAME = 120  # bytes, so that the whole path stays below what Windows takes

_SAID = {
    errno.ENOSPC: "磁盘空间不足，请腾出空间后再试",
    errno.EDQUOT: "磁盘配额已满，请腾出空间后再试",
    errno.EACCES: "没有写入权限，或文件正被其他程序打开，请关闭后再试",
    errno.EPERM: "没有写入权限，请换一个文件夹",
    errno.EROFS: "所在位置只读，请换一个文件夹",
    errno.ENOENT: "文件夹不存在",
    errno.ENOTDIR: "不是文件夹",
    errno.EEXIST: "已有同名的文件，不是文件夹",
    errno.EISDIR: "是文件夹，不能当文件写",
    errno.ENAMETOOLONG: "文件名太长",
    errno.EFBIG: "文件超过允许的大小",
}


def refuse(error: OSError, path: Path) -> OutputRefused:
    """Give the error that says in Chinese why `path` could not be written."""
    message = _SAID.get(error.errno or 0, f"无法写入（{error.strerror or error}）")
    return OutputRefused(Fault("output", message, Place(file=str(path))))


def make_folder(folder: Path) -> None:
    """Make the output folder where it is missing (0700); OutputRefused when that cannot be."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise refuse(error, folder) from None
    if not folder.is_dir():
        raise OutputRefused(Fault("output", "不是文件夹", Place(file=str(folder))))


def write_file(path: Path, data: bytes) -> None:
    """Write the whole file or nothing: temporary name, flushed, renamed. OutputRefused when it cannot be."""
    with new_file(path) as stream:
        stream.write(data)


@contextmanager
def new_file(path: Path) -> Iterator[IO[bytes]]:
    """Give a stream; the file gets its name when the block ends well, and is gone when it does not."""
    temporary = path.with_name(f"{TEMPORARY}{os.getpid()}-{path.name}"[:200])
    try:
        descriptor = os.open(temporary, os.O_CREAT | os.O_WRONLY | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600)
        with open(descriptor, "wb") as stream:  # noqa: PTH123 - a descriptor, not a path
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(path)
    except OSError as error:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise refuse(error, path) from None
    except BaseException:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable (where the system can)."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def clear_leftovers(folder: Path, prefix: str = TEMPORARY) -> None:
    """Remove temporary files that a killed run left in the folder (those of live processes stay)."""
    for leftover in folder.glob(f"{prefix}*"):
        number = leftover.name.removeprefix(prefix).partition("-")[0]
        with suppress(OSError):
            old = time.time() - leftover.stat().st_mtime > _STALE_SECONDS
            if old or (number.isdigit() and not _alive(int(number))):
                leftover.unlink()


def _alive(process: int) -> bool:
    """Whether a process runs; one that is dead and not yet buried by its parent does not."""
    if os.name == "nt":
        return process == os.getpid()
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    with suppress(OSError):
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return True


def safe_name(text: str) -> str:
    """Give a file name (without its ending) that Windows and Linux both take; `未命名` where nothing is left."""
    kept = "".join(" " if sign in "\n\t" else sign for sign in unicodedata.normalize("NFC", text))
    kept = "".join(sign for sign in kept if unicodedata.category(sign) not in _INVISIBLE)
    kept = _REPEATED.sub("_", _FORBIDDEN.sub("_", kept)).strip(" .~$-_")
    if _RESERVED.match(kept):
        kept = f"_{kept}"
    while len(kept.encode()) > _LONGEST_NAME:
        kept = kept[:-1]
    return kept.rstrip(" .") or "未命名"


class Names:
    """Gives every paper of one run a name of its own: a second 张三 becomes 张三_2."""

    def __init__(self) -> None:
        self._taken: set[int] = set()

    def take(self, text: str) -> str:
        """Give a safe name that this run has not given yet (compared as Windows does, without case)."""
        stem = safe_name(text)
        name, number = stem, 1
        while (key := hash(name.casefold())) in self._taken:
            number += 1
            name = f"{stem}_{number}"
        self._taken.add(key)
        return name


def place_paper(folder: Path, name: str, ending: str, data: bytes) -> tuple[str, bool]:
    """Save a paper and never overwrite another: give the name it has now and whether it was newly written.

    The same paper already there is left as it is; a different file of that name (made from other data, or
    edited by hand) stays too, and the new one is saved beside it as `…_新稿`.
    """
    for candidate in _candidates(name):
        path = folder / f"{candidate}{ending}"
        if not path.exists():
            write_file(path, data)
            return path.name, True
        if _holds(path, data):
            return path.name, False
    raise AssertionError  # _candidates never ends


def _candidates(name: str) -> Iterator[str]:
    yield name
    yield f"{name}_新稿"
    number = 2
    while True:
        yield f"{name}_新稿{number}"
        number += 1


def _holds(path: Path, data: bytes) -> bool:
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except OSError as error:
        raise refuse(error, path) from None
