"""Where a SQLite store lies: the user's own folder, readable by its owner only, and never WAL over a network."""

from __future__ import annotations

import ctypes
import glob
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import platformdirs

from doc_forms.files import make_folder, refuse

FILE_NAME = "records.db"
_REMOTE = {
    "nfs",
    "nfs4",
    "cifs",
    "smb3",
    "smbfs",
    "afs",
    "ceph",
    "9p",
    "fuse.sshfs",
    "fuse.rclone",
    "davfs",
    "fuse.davfs",
}
_DRIVE_REMOTE = 4


def default_folder() -> Path:
    """The user's data folder for this program."""
    return Path(platformdirs.user_data_dir("doc_forms", appauthor=False))


def default_file() -> Path:
    """The store that is used where none is named."""
    return default_folder() / FILE_NAME


def make_private_folder(folder: Path) -> None:
    """Make the store's folder, 0700, where it is missing (OutputRefused)."""
    make_folder(folder)


def create_private(path: Path) -> None:
    """Make an empty file for its owner only (0600); what SQLite puts beside it has the same mode."""
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except OSError as error:
        raise refuse(error, path) from None


def clear(building: Path) -> None:
    """Take away what an earlier run left under a temporary name (OutputRefused, where the disk is read-only)."""
    try:
        building.unlink(missing_ok=True)
    except OSError as error:
        raise refuse(error, building.parent) from None


@contextmanager
def building_beside(path: Path) -> Iterator[Path]:
    """Give an empty private file beside `path` to build it in; what is left of it at the end goes (OutputRefused)."""
    building = path.with_name(f".doc_forms-{os.getpid()}-{path.name}")
    clear(building)
    create_private(building)
    try:
        yield building
    finally:
        for leftover in building.parent.glob(f"{glob.escape(building.name)}*"):
            leftover.unlink(missing_ok=True)


def name_new(built: Path, path: Path) -> bool:
    """Give a finished file its name unless a file of that name is there; say whether it was given (OutputRefused)."""
    try:
        os.link(built, path)
    except FileExistsError:
        return False
    except OSError:  # a disk without links; what two programs might do in this moment is then left to chance
        if path.exists():
            return False
        try:
            built.rename(path)
        except OSError as error:
            raise refuse(error, path) from None
    return True


def is_local(path: Path) -> bool:
    """Whether a path is on a disk of this machine, as far as the system tells; WAL needs shared memory."""
    if sys.platform == "win32":
        return _is_local_on_windows(path)
    mounts: list[tuple[int, str]] = []
    folder = f"{path.resolve().parent}/"
    with suppress(OSError):
        for line in Path("/proc/mounts").read_text("utf-8", "replace").splitlines():
            where, kind = line.split()[1:3]
            where = where.replace("\\040", " ").rstrip("/") + "/"
            if folder.startswith(where):
                mounts.append((len(where), kind))
    return not mounts or max(mounts)[1] not in _REMOTE


def _is_local_on_windows(path: Path) -> bool:
    anchor = path.resolve().anchor
    if anchor.startswith("\\\\"):
        return False
    drive_type = getattr(ctypes, "windll").kernel32.GetDriveTypeW  # noqa: B009 - not there elsewhere
    return bool(drive_type(anchor) != _DRIVE_REMOTE)
