"""What docxtpl made of a template is kept between runs, and what is kept is never trusted blindly."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from doc_forms.template import kept

PART = "<w:p><w:r><w:t>{{ </w:t></w:r><w:r><w:t>姓名 }}</w:t></w:r></w:p>"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "doc_forms" / "templates"


def test_the_second_time_gives_the_same_as_the_first(folder: Path) -> None:
    first = kept.cleaned(PART)
    assert "{{ 姓名 }}" in first
    assert kept.cleaned(PART) == first
    assert [file.stat().st_mode & 0o777 for file in folder.iterdir()] == [0o600]


@pytest.mark.parametrize("damage", [b"", b"x" * 100, b"\xff\xfe", None])
def test_a_damaged_file_counts_as_none_and_is_made_anew(folder: Path, damage: bytes | None) -> None:
    right = kept.cleaned(PART)
    file = next(folder.iterdir())
    file.write_bytes(file.read_bytes()[:-1] if damage is None else damage)
    assert kept.cleaned(PART) == right
    assert file.read_text("utf-8").endswith(right)


def test_a_cache_that_cannot_be_written_does_no_harm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("x")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert "{{ 姓名 }}" in kept.cleaned(PART)


def test_filling_a_second_time_does_not_load_the_word_library(tmp_path: Path, root: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from doc_forms import Office\n"
        "Office().fill('opinion_form', Path(sys.argv[1]), Path(sys.argv[2]))\n"
        "print('docx' in sys.modules)\n"
    )
    command = [sys.executable, "-c", code, str(root / "examples" / "opinion_form.json"), str(tmp_path)]
    environment = {"XDG_CACHE_HOME": str(tmp_path / "cache"), "PYTHONPATH": str(root), "HOME": str(tmp_path)}
    runs = [subprocess.run(command, env=environment, capture_output=True, text=True, check=True) for _ in range(2)]
    assert [run.stdout.strip() for run in runs] == ["True", "False"]
