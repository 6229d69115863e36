"""The one place that writes files: a file under its final name is a finished one, readable by its owner only."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import shutil
import time
import unicodedata
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from doc_forms.errors import Fault, OutputRefused, Place
from doc_forms.flushing import Flush
from doc_forms.seen import Seen

TEMPORARY = ".doc_forms-"
_STALE_SECONDS = 24 * 3600
_FORBIDDEN = re.compile(r'[/\\:*?"<>|]+')
_REPEATED = re.compile("_{2,}")  # where a part of the pattern was left blank
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn"}
_TO_SPACES = str.maketrans("\n\t", "  ")
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d|conin\$|conout\$)(\.|$)", re.IGNORECASE)
LONGEST_NAME = 120
"""Bytes of a file's name without its ending, so that the whole path stays below what Windows takes."""

_SAID = {
    errno.ENOSPC: "磁盘空间不足，请腾出空间后再试",
    errno.EDQUOT: "磁盘配额已满，请腾出空间后再试",
    errno.EACCES: "没有写入权限，或文件正被其他程序打开，请关闭后再试",
    errno.EPERM: "没有写入权限，请换一个文件夹",
    errno.EROFS: "所在位置只读，请换一个文件夹",
    errno.ENOENT: "文件夹不存在",
    errno.ENOTDIR: "不是文件夹",
    errno.EEXIST: "已有同名的文件，不是文件夹，请把它移走或改名",
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


def prove_writable(folder: Path) -> None:
    """Refuse a folder in which nothing can be made, before long work is begun for it (OutputRefused)."""
    import tempfile  # noqa: PLC0415 - only long work pays for it

    try:
        tempfile.TemporaryFile(dir=folder).close()  # on Linux a file without a name
    except OSError as error:
        raise refuse(error, folder) from None


def write_file(path: Path, data: bytes) -> None:
    """Write the whole file or nothing: temporary name, flushed, renamed. OutputRefused when it cannot be."""
    with new_file(path) as stream:
        stream.write(data)


@contextmanager
def new_file(path: Path) -> Iterator[IO[bytes]]:
    """Give a stream; the file gets its name when the block ends well, and is gone when it does not."""
    with _unnamed(path) as temporary:
        with _flushed(temporary) as stream:
            yield stream
        temporary.replace(path)


@dataclass(slots=True)
class Beside:
    """A file that is streamed to its place beside others; what became of it is known once it is whole."""

    stream: IO[bytes]
    path: Path
    """Where it lies: the wished place at first, in the end the one that it got."""
    written: bool = False
    """Whether it is newly written; False where the same file was there already."""
    sha256: str = ""


@contextmanager
def new_file_beside(path: Path) -> Iterator[Beside]:
    """Give a stream to a file that never overwrites another, as `Batch.place` does with papers that fit in memory.

    Where the block ends well, the file gets the first name of `candidates` that is free; where the same bytes lie
    under one before it, that file stays and this one is dropped. OutputRefused when it cannot be written.
    """
    with _unnamed(path) as temporary:
        with _flushed(temporary) as stream:
            file = Beside(stream, path)
            yield file
        file.sha256, size = _digest(temporary), temporary.stat().st_size
        for name in candidates(path.stem):
            file.path = path.with_name(f"{name}{path.suffix}")
            if not file.path.exists():
                temporary.replace(file.path)
                file.written = True
                return
            if file.path.is_file() and file.path.stat().st_size == size and _digest(file.path) == file.sha256:
                temporary.unlink()
                return


@contextmanager
def _unnamed(path: Path) -> Iterator[Path]:
    """Give the temporary name of a file to be; whatever fails, nothing is left under it (OutputRefused)."""
    temporary = Path(_temporary(path.parent, path.name))
    try:
        yield temporary
    except OSError as error:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise refuse(error, path) from None
    except BaseException:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise


@contextmanager
def _flushed(temporary: Path) -> Iterator[IO[bytes]]:
    """Give a stream to a new file that is on the disk when the block ends well."""
    with open(_create(temporary), "wb") as stream:
        yield stream
        stream.flush()
        os.fsync(stream.fileno())


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _temporary(folder: Path, name: str) -> str:
    return f"{folder}{os.sep}{f'{TEMPORARY}{os.getpid()}-{name}'[:200]}"


def _create(path: Path | str) -> int:
    """Open a new file, for its owner only."""
    return os.open(path, os.O_CREAT | os.O_WRONLY | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600)


def _write_all(descriptor: int, data: bytes) -> None:
    left = memoryview(data)
    while left:
        left = left[os.write(descriptor, left) :]


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable (where the system can)."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def clear_leftovers(folder: Path, prefix: str = TEMPORARY) -> None:
    """Remove temporary files and folders that a killed run left in the folder (those of live processes stay)."""
    for leftover in folder.glob(f"{prefix}*"):
        number = leftover.name.removeprefix(prefix).partition("-")[0]
        with suppress(OSError):
            old = time.time() - leftover.stat().st_mtime > _STALE_SECONDS
            if old or (number.isdigit() and not _alive(int(number))):
                _remove(leftover)


def _remove(leftover: Path) -> None:
    if leftover.is_dir() and not leftover.is_symlink():
        shutil.rmtree(leftover)
    else:
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
    kept = unicodedata.normalize("NFC", text)
    if not kept.isprintable():  # no sign that is printable is one of the invisible
        kept = kept.translate(_TO_SPACES)
        kept = "".join(sign for sign in kept if unicodedata.category(sign) not in _INVISIBLE)
    kept = _REPEATED.sub("_", _FORBIDDEN.sub("_", kept)).strip(" .~$-_")
    if _RESERVED.match(kept):
        kept = f"_{kept}"
    while len(kept.encode()) > LONGEST_NAME:
        kept = kept[:-1]
    return kept.rstrip(" ._") or "未命名"


class Names:
    """Gives every paper of one run a name of its own: a second 张三 becomes 张三_2."""

    def __init__(self) -> None:
        self._taken = Seen()
        self._given: dict[int, int] = {}
        """The last number of each name that was given more than once: ten thousand alike are not counted anew."""

    def take(self, text: str) -> str:
        """Give a safe name that this run has not given yet (compared as Windows does, without case)."""
        stem = name = safe_name(text)
        folded = hash(stem.casefold())
        number = self._given.get(folded, 1)
        while self._taken.before(hash(name.casefold()), number):
            number += 1
            name = f"{stem}_{number}"
        if number > 1:
            self._given[folded] = number
        return name


@dataclass(frozen=True, slots=True)
class Unnamed:
    """A file that is written whole and on the disk, and has not got its name yet."""

    temporary: str
    path: str


def give_names(files: Sequence[Unnamed]) -> None:
    """Give files their names (OutputRefused where one cannot have it; those after it are removed then)."""
    left = deque(files)
    try:
        while left:
            os.replace(left[0].temporary, left[0].path)  # noqa: PTH105 - as words: thousands of papers
            left.popleft()
    except OSError as error:
        raise refuse(error, Path(left[0].path)) from None
    finally:
        discard(left)


def discard(files: Iterable[Unnamed]) -> None:
    """Remove files that are not to have their names."""
    for file in files:
        with suppress(OSError):
            Path(file.temporary).unlink(missing_ok=True)


class Batch:
    """Papers of one folder that get their names together, at the end of the `with` block.

    Each is written under a temporary name; then all are flushed together (`flushing`), which takes a disk little
    longer than a few one by one. When there is no more room, those that were written whole still get their names.
    `hand_over` leaves the naming to another.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._flush = Flush(folder)
        self._open: dict[str, tuple[int, str]] = {}
        """The papers to be: path -> the open file under its temporary name, and that name."""

    def place(self, name: str, ending: str, data: bytes) -> tuple[str, bool]:
        """Take in a paper and never overwrite another: give the name it will have and whether it is newly written.

        The same paper already there is left as it is; a different file of that name (made from other data, or
        edited by hand) stays too, and the new one is saved beside it as `…_新稿`.
        """
        for candidate in candidates(name):
            file = f"{candidate}{ending}"
            path = f"{self._folder}{os.sep}{file}"
            if path in self._open:
                continue
            if not os.path.exists(path):  # noqa: PTH110 - as words: thousands of papers, several paths each
                self._write(path, file, data)
                return file, True
            if _holds(Path(path), data):
                return file, False
        raise AssertionError  # candidates never ends

    def _write(self, path: str, file: str, data: bytes) -> None:
        temporary = _temporary(self._folder, file)
        try:
            descriptor = _create(temporary)
        except OSError as error:
            raise refuse(error, Path(path)) from None
        self._open[path] = descriptor, temporary
        try:
            _write_all(descriptor, data)
        except OSError as error:
            del self._open[path]
            os.close(descriptor)
            Path(temporary).unlink(missing_ok=True)
            raise refuse(error, Path(path)) from None

    def __enter__(self) -> Self:
        self._flush.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None or issubclass(kind, OutputRefused):
                give_names(self.hand_over())
        finally:
            self._discard()
            self._flush.__exit__(kind, error, trace)

    def hand_over(self) -> list[Unnamed]:
        """Bring what was taken in to the disk and give it away; who takes it names it (OutputRefused)."""
        if not self._open:
            return []
        try:
            self._flush.files([descriptor for descriptor, _ in self._open.values()])
        except OSError as error:
            self._discard()  # a disk says once that it lost something: another try might seem to go well
            raise refuse(error, self._folder) from None
        handed = [Unnamed(temporary, path) for path, (_, temporary) in self._open.items()]
        for descriptor, _ in self._open.values():
            with suppress(OSError):  # what was flushed is there
                os.close(descriptor)
        self._open.clear()
        return handed

    def _discard(self) -> None:
        for descriptor, temporary in self._open.values():
            with suppress(OSError):
                os.close(descriptor)
            with suppress(OSError):
                Path(temporary).unlink(missing_ok=True)
        self._open.clear()


def candidates(name: str) -> Iterator[str]:
    """Give the names under which papers of one name lie beside each other, without end: x, x_新稿, x_新稿2."""
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
