"""What is installed: the wheel holds the library inside the package, and every version is pinned."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from doc_forms.library import Library


@pytest.fixture(scope="module")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the checkout without the network."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(build, cwd=root, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def project(root: Path) -> dict[str, Any]:
    """What pyproject.toml says."""
    return tomllib.loads((root / "pyproject.toml").read_text("utf-8"))


def test_the_wheel_holds_every_schema_and_template_under_the_package(wheel: Path, root: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    content = [*(root / "schemas").rglob("*.py"), *(root / "templates").glob("[!~]*.docx")]
    expected = {f"doc_forms/_library/{path.relative_to(root).as_posix()}" for path in content}
    assert expected
    assert expected <= names


def test_the_wheel_holds_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.partition("/")[0].partition("-")[0] for name in names} == {"doc_forms"}
    assert [name for name in names if "__pycache__" in name or "~$" in name] == []


def test_an_installed_package_finds_the_library_it_brought(wheel: Path, library: Library, tmp_path: Path) -> None:
    site = tmp_path / "site"
    zipfile.ZipFile(wheel).extractall(site)
    code = "from doc_forms.library import Library; found = Library(); print(found.root, *found.stems)"
    environment = {**os.environ, "PYTHONPATH": str(site)}
    answer = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=environment, capture_output=True, check=True
    )
    assert answer.stdout.decode().split() == [str(site.resolve() / "doc_forms" / "_library"), *library.stems]


def test_every_package_that_the_checks_install_is_pinned_at_the_version_in_use(
    root: Path, project: dict[str, Any]
) -> None:
    lines = (root / "constraints.txt").read_text("utf-8").splitlines()
    pins = dict(line.split("==") for line in lines if line and not line.startswith("#"))
    extras = project["project"]["optional-dependencies"]
    wanted = [
        *project["build-system"]["requires"],
        *project["project"]["dependencies"],
        *extras["test"],
        *extras["dev"],
        *(extras["window"] if importlib.util.find_spec("PySide6") else ()),  # left out where Qt has no wheels
    ]
    in_use = versions_in_use(wanted)
    assert {name: pins.get(name, "not pinned") for name in in_use} == in_use


def versions_in_use(wanted: list[str]) -> dict[str, str]:
    """The installed versions of these requirements and of all that they require here."""
    waiting, found = list(wanted), dict[str, str]()
    while waiting:
        requirement = Requirement(waiting.pop())
        name = canonicalize_name(requirement.name)
        if name in found or (requirement.marker and not requirement.marker.evaluate({"extra": ""})):
            continue
        installed = importlib.metadata.distribution(name)
        found[name] = installed.version
        waiting += installed.requires or []
    return found


def test_ci_runs_the_second_command_of_the_readme(root: Path) -> None:
    blocks = (root / "README.md").read_text("utf-8").partition("## Start")[2].split("```")[1::2]
    commands = [block.strip() for block in blocks]
    assert commands[0].startswith("python3 -m venv .venv && ")
    assert commands[2] == "bash scripts/test.sh"
    assert commands[2] in (root / ".ci" / "run").read_text("utf-8")
