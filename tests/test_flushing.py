"""Flushing: many files with one call where the system answers for all of them, each by itself elsewhere."""

from __future__ import annotations

import errno
import os
import platform
from pathlib import Path

import pytest

from doc_forms import flushing
from doc_forms.flushing import Flush, whole_at_once


def written(folder: Path, count: int) -> list[int]:
    """Open so many files with something in each; their descriptors."""
    found = [os.open(folder / str(number), os.O_CREAT | os.O_WRONLY) for number in range(count)]
    for descriptor in found:
        os.write(descriptor, b"x")
    return found


def counted(monkeypatch: pytest.MonkeyPatch, error: int = 0) -> list[int]:
    """Note each fsync, which fails with this error number where one is given: no disk can be broken for a test."""
    asked: list[int] = []
    real = os.fsync

    def fsync(descriptor: int) -> None:
        asked.append(descriptor)
        if error:
            raise OSError(error, "Input/output error")
        real(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    return asked


@pytest.mark.parametrize("count", [1, 3, 40])
def test_each_file_is_flushed_by_itself_where_one_call_does_not_answer_for_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    monkeypatch.setattr(flushing, "_LOCAL", frozenset())
    asked = counted(monkeypatch)
    with Flush(tmp_path) as flush:
        descriptors = written(tmp_path, count)
        flush.files(descriptors)
    assert sorted(asked) == sorted(descriptors)


def test_many_files_are_flushed_with_one_call_where_it_answers_for_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not whole_at_once(tmp_path):
        pytest.skip("the filesystem of the temporary folder, or the kernel, flushes file by file")
    asked = counted(monkeypatch)
    with Flush(tmp_path) as flush:
        flush.files(written(tmp_path, 40))
    assert asked == []


def test_what_the_one_call_says_was_lost_is_asked_of_each_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Something was lost on the filesystem: not ours, where each of our files can still be flushed."""
    monkeypatch.setattr(flushing, "_sync_filesystem", lambda _descriptor: False)
    asked = counted(monkeypatch)
    with Flush(tmp_path) as flush:
        descriptors = written(tmp_path, 40)
        flush.files(descriptors)
    assert sorted(asked) == sorted(descriptors)


def test_a_file_that_was_lost_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flushing, "_sync_filesystem", lambda _descriptor: False)
    counted(monkeypatch, errno.EIO)
    with Flush(tmp_path) as flush, pytest.raises(OSError, match="Input/output"):
        flush.files(written(tmp_path, 40))


def test_a_descriptor_that_cannot_be_flushed_is_no_success() -> None:
    assert not flushing._sync_filesystem(-1)


MOUNTS = """22 27 0:21 / /proc rw,nosuid shared:5 - proc proc rw
27 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
31 27 0:26 / /mnt/office rw shared:9 - cifs //server/office rw
""".splitlines()


@pytest.mark.parametrize(("number", "expected"), [("254:0", "ext4"), ("0:26", "cifs"), ("8:1", "")])
def test_the_filesystem_is_told_by_its_device(number: str, expected: str) -> None:
    assert flushing._type_in(MOUNTS, number) == expected


@pytest.mark.parametrize(("release", "expected"), [("5.7.19", False), ("5.8.0-1-amd64", True), ("6.18.44", True)])
def test_one_call_is_trusted_from_the_kernel_on_that_tells_what_was_lost(
    monkeypatch: pytest.MonkeyPatch, release: str, *, expected: bool
) -> None:
    if platform.system() != "Linux":
        pytest.skip("other systems have no syncfs")
    names = os.uname()
    monkeypatch.setattr(os, "uname", lambda: os.uname_result((*names[:2], release, *names[3:])))
    assert flushing._tells_what_was_lost.__wrapped__() is expected
