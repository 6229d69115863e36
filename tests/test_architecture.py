"""The house stands as it was drawn: which module may import which, how long they get, what no file may name."""

from __future__ import annotations

import ast
import graphlib
import importlib.metadata
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
PRODUCT = sorted(
    path
    for path in (*ROOT.glob("doc_forms/**/*.py"), *ROOT.glob("schemas/**/*.py"), *ROOT.glob("app.py"))
    if "_library" not in path.parts
)

FLOORS = {"errors": 0, "form": 1, "regulation": 2, "office": 4, "__init__": 5}
"""The floor of each part of doc_forms; every other module is the engine's. `__init__` is the public front."""
ENGINE, FACES = 3, 6
FACE_NAMES = {"__main__", "app", "cli", "web"}
SAME_FLOOR_AS = {"desk": "office"}
"""The clerk's desk holds verbs as the office does: those of the window."""
WORD_LIBRARIES = {"docx", "docxtpl", "jinja2"}


def module_name(path: Path) -> str:
    """The dotted name, with `__init__` kept so that a package and its modules stay apart."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


MODULES = {module_name(path): path for path in PRODUCT}


def imports(module: str) -> Iterator[str]:
    """The dotted names that a module imports, each as deep as a module of this product goes."""
    for node in ast.walk(ast.parse(MODULES[module].read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (known(alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                base = ".".join([*module.split(".")[: -node.level], *filter(None, [node.module])])
            yield from {known(f"{base}.{alias.name}") for alias in node.names}


def known(name: str) -> str:
    """The module of this product that a name is or lies in; a foreign name as it is."""
    parts = name.split(".")
    for length in range(len(parts), 0, -1):
        start = ".".join(parts[:length])
        for candidate in (start, f"{start}.__init__"):
            if candidate in MODULES:
                return candidate
    return name


def part_of(module: str) -> str:
    """The part of the house: `form` for doc_forms.form.dates, `__init__` for doc_forms itself, else the package."""
    package, _, inner = module.partition(".")
    part = inner.partition(".")[0] if package == "doc_forms" else package
    return SAME_FLOOR_AS.get(part, part)


def floor_of(module: str) -> int:
    part = part_of(module)
    return FACES if part in FACE_NAMES else FLOORS.get(part, ENGINE)


def is_allowed(importer: str, imported: str) -> bool:
    """Whether the arrow between two modules of doc_forms or app points down, and from a face no further than office."""
    here, there = floor_of(importer), floor_of(imported)
    if part_of(importer) == part_of(imported) or here == there == ENGINE:
        return True
    if here == there == FACES:
        return part_of(importer) in {"app", "__main__"} or importer == "doc_forms.cli.opening"  # these start another
    return there < here and not (here == FACES and there == ENGINE)


@pytest.mark.parametrize("module", [name for name in MODULES if not name.startswith("schemas")])
def test_imports_of_a_module_run_one_way(module: str) -> None:
    ours = [name for name in imports(module) if name.partition(".")[0] in {"doc_forms", "schemas", "app"}]
    wrong = [name for name in ours if name.startswith("schemas") or not is_allowed(module, name)]
    assert wrong == []


@pytest.mark.parametrize("module", [name for name in MODULES if name.startswith("schemas")])
def test_a_schema_imports_only_the_form_the_regulation_and_its_siblings(module: str) -> None:
    allowed = {"schemas", "pydantic", *sys.stdlib_module_names}
    foreign = [name for name in imports(module) if name.partition(".")[0] not in allowed]
    assert [name for name in foreign if floor_of(name) not in {FLOORS["form"], FLOORS["regulation"]}] == []


@pytest.mark.parametrize("module", [name for name in MODULES if name.startswith("schemas")])
def test_a_schema_names_its_siblings_relatively_so_that_two_libraries_never_mix(module: str) -> None:
    tree = ast.parse(MODULES[module].read_text("utf-8"))
    absolute = [node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and not node.level]
    plain = [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
    assert [name for name in (*absolute, *plain) if name and name.partition(".")[0] == "schemas"] == []


@pytest.mark.parametrize("module", [name for name in MODULES if not name.startswith("doc_forms.template")])
def test_only_the_template_module_imports_the_libraries_for_word(module: str) -> None:
    forbidden = WORD_LIBRARIES - ({"jinja2"} if module.startswith("doc_forms.web") else set())
    assert {name.partition(".")[0] for name in imports(module)} & forbidden == set()


def test_no_module_imports_itself_by_a_detour() -> None:
    graph = {module: {name for name in imports(module) if name in MODULES and name != module} for module in MODULES}
    try:
        tuple(graphlib.TopologicalSorter(graph).static_order())
    except graphlib.CycleError as error:
        pytest.fail(" -> ".join(error.args[1]))


def test_every_library_that_the_product_imports_is_one_of_its_dependencies() -> None:
    stated = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    names = {canonicalize_name(Requirement(line).name) for line in stated}
    origins = importlib.metadata.packages_distributions()
    used = {name.partition(".")[0] for module in MODULES for name in imports(module)}
    foreign = used - set(sys.stdlib_module_names) - {"doc_forms", "schemas", "app"}
    missing = [name for name in foreign if not names & {canonicalize_name(origin) for origin in origins.get(name, [])}]
    assert missing == []


@pytest.mark.parametrize("module", MODULES)
def test_a_file_has_at_most_400_lines_and_a_function_at_most_50(module: str) -> None:
    source = MODULES[module].read_text("utf-8")
    functions = [
        node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    assert len(source.splitlines()) <= 400
    assert [node.name for node in functions if (node.end_lineno or 0) - node.lineno >= 50] == []


NO_TEXT = (".docx", ".xlsx", ".jpg", ".png", ".pdf", ".lrm", ".pic")
"""Endings of files that are no text of UTF-8."""


def tracked() -> list[Path]:
    """The files of the next commit that hold text."""
    answer = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if answer.returncode:
        pytest.skip("not a git checkout, so nothing says which files belong to it")
    names = [name for name in answer.stdout.decode().split("\0") if name]
    return [ROOT / name for name in names if not name.endswith(NO_TEXT)]


# Spelt so that the lines below do not match themselves.
NOT_TO_BE_NAMED = {
    "a folder of one machine": r"(?<![\w.])/(?:root|home|work|Users)/\w|[A-Z]:\\Users\\\w",
    "the host of a package registry": r"(?:pypi|pythonhosted|npmjs|yarnpkg|anaconda|debian)\.(?:org|com)\b|/simpl[e]/",
}


@pytest.mark.parametrize("what", NOT_TO_BE_NAMED)
def test_no_file_names(what: str) -> None:
    pattern = re.compile(NOT_TO_BE_NAMED[what])
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in tracked()
        if path.is_file()
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if pattern.search(line)
    ]
    assert found == []


def test_no_lock_file_or_left_over_is_tracked() -> None:
    left_over = re.compile(r"^~\$|\.(?:pyc|lock|tmp)$|^(?:package-lock\.json|\.DS_Store)$")
    assert [path.name for path in tracked() if left_over.search(path.name)] == []
