"""Papers that get their names together: all flushed first, none half-written, none lost when another fails."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from doc_forms.errors import OutputRefused
from doc_forms.files import Batch, discard, give_names
from doc_forms.flushing import Flush


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def place(folder: Path, *stems: str) -> None:
    with Batch(folder) as batch:
        for stem in stems:
            batch.place(stem, ".docx", b"1")


def test_papers_get_their_names_when_the_batch_ends_and_not_before(tmp_path: Path) -> None:
    with Batch(tmp_path) as batch:
        assert batch.place("甲", ".docx", b"1") == ("甲.docx", True)
        assert batch.place("乙", ".docx", b"2") == ("乙.docx", True)
        assert all(name.startswith(".") for name in names(tmp_path))
    assert names(tmp_path) == ["乙.docx", "甲.docx"]
    assert (tmp_path / "甲.docx").read_bytes() == b"1"


def test_two_papers_of_one_name_in_a_batch_get_two_files(tmp_path: Path) -> None:
    with Batch(tmp_path) as batch:
        made = [batch.place("甲", ".docx", data) for data in (b"1", b"2", b"3")]
    assert made == [("甲.docx", True), ("甲_新稿.docx", True), ("甲_新稿2.docx", True)]
    assert [(tmp_path / name).read_bytes() for name, _ in made] == [b"1", b"2", b"3"]


def test_a_paper_that_is_there_already_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "甲.docx").write_bytes(b"1")
    with Batch(tmp_path) as batch:
        assert batch.place("甲", ".docx", b"1") == ("甲.docx", False)
    assert names(tmp_path) == ["甲.docx"]


@pytest.mark.parametrize("error", [KeyboardInterrupt, ValueError])
def test_a_batch_that_is_interrupted_leaves_nothing_behind(tmp_path: Path, error: type[BaseException]) -> None:
    def place_and_fail() -> None:
        with Batch(tmp_path) as batch:
            batch.place("甲", ".docx", b"1")
            raise error

    with pytest.raises(error):
        place_and_fail()
    assert names(tmp_path) == []


def test_papers_that_were_written_whole_keep_their_names_when_the_next_does_not_fit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.open

    def full_at_the_second(path: Path, flags: int, mode: int = 0o777) -> int:
        if "乙" in str(path):
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(path, flags, mode)

    monkeypatch.setattr(os, "open", full_at_the_second)  # no disk can be filled for a test
    with pytest.raises(OutputRefused, match="磁盘空间不足"):
        place(tmp_path, "甲", "乙")
    assert names(tmp_path) == ["甲.docx"]


def test_papers_that_are_handed_over_wait_for_their_names(tmp_path: Path) -> None:
    with Batch(tmp_path) as batch:
        batch.place("甲", ".docx", b"1")
        batch.place("乙", ".docx", b"2")
        handed = batch.hand_over()
    assert all(name.startswith(".") for name in names(tmp_path))
    give_names(handed[:1])
    discard(handed[1:])
    assert names(tmp_path) == ["甲.docx"]


def test_papers_after_one_that_cannot_have_its_name_are_removed(tmp_path: Path) -> None:
    with Batch(tmp_path) as batch:
        for stem in ("甲", "乙", "丙"):
            batch.place(stem, ".docx", b"1")
        handed = batch.hand_over()
    (tmp_path / "乙.docx").mkdir()
    with pytest.raises(OutputRefused, match="是文件夹"):
        give_names(handed)
    assert names(tmp_path) == ["乙.docx", "甲.docx"]


def test_papers_that_the_disk_lost_do_not_get_their_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk reports a loss once; a second flush would seem to go well."""
    told: list[bool] = []

    def lost_once(*_: object) -> None:
        if not told:
            told.append(True)
            raise OSError(errno.EIO, "lost")

    monkeypatch.setattr(Flush, "files", lost_once)
    with pytest.raises(OutputRefused):
        place(tmp_path, "甲")
    assert names(tmp_path) == []
