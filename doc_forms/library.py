"""Finds document kinds: a folder with `schemas/` and `templates/` holds one kind for each pair of files.

`schemas/<stem>.py` defines one Form, `templates/<stem>.docx` draws it. Modules whose name starts with
an underscore, `case.py` and the folder `articles/` are shared parts, not kinds.
"""

from __future__ import annotations

import difflib
import hashlib
import importlib
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import ModuleType

from doc_forms.errors import Fault, LibraryRefused, Place, UsageRefused
from doc_forms.files import safe_name
from doc_forms.form import Form

_NO_KINDS = {"case"}


def library_root() -> Path:
    """Give the folder of the built-in library: inside the installed package, or the checkout's root."""
    package = Path(__file__).resolve().parent
    installed = package / "_library"
    return installed if installed.is_dir() else package.parent


@dataclass(frozen=True)
class Kind:
    """One document kind: its schema and the template that prints it."""

    stem: str
    form: type[Form]
    shipped: Path
    """The library's template."""
    own: Path | None = None
    """Where the office's own copy of the template would be."""

    @property
    def template(self) -> Path:
        """The template that prints the paper: the office's own where there is one, else the library's."""
        return self.own if self.own and self.own.is_file() else self.shipped

    @property
    def title(self) -> str:
        """The paper's name in Chinese."""
        return self.form.about.title

    @property
    def articles(self) -> tuple[int, ...]:
        """The articles of the regulation that ask for the paper."""
        return self.form.about.articles


class Library:
    """The kinds of one folder, loaded when they are asked for."""

    def __init__(self, root: Path | None = None, own: Path | None = None) -> None:
        """Open the library at `root` (default: the built-in one). UsageRefused when it is no library.

        own: a folder of an office's own templates, `<title of the kind>.docx`, each in place of the library's.
        """
        self.own = own
        self.root = (root or library_root()).resolve()
        if not (self.root / "schemas").is_dir() or not (self.root / "templates").is_dir():
            message = "不是模板库：其中应有 schemas 和 templates 两个文件夹"
            raise UsageRefused(Fault("library-folder", message, Place(file=str(self.root))))

    @cached_property
    def stems(self) -> tuple[str, ...]:
        """The stems of all kinds, by name."""
        files = (self.root / "schemas").glob("*.py")
        return tuple(sorted(p.stem for p in files if not p.stem.startswith("_") and p.stem not in _NO_KINDS))

    def kinds(self) -> tuple[Kind, ...]:
        """Give every kind. LibraryRefused when one of them cannot be loaded."""
        return tuple(self.kind(stem) for stem in self.stems)

    def kind(self, name: str) -> Kind:
        """Give the kind of that stem or Chinese title. UsageRefused when there is none."""
        if name in self.stems:
            return self._load(name)
        for kind in self.kinds():
            if kind.title == name:
                return kind
        close = difflib.get_close_matches(name, [*(kind.title for kind in self.kinds()), *self.stems], 1)
        message = f"没有“{name}”这种文书；可用 kinds 命令查看全部种类"
        if close:
            message = message.replace("；", f"，是否为“{close[0]}”？", 1)
        raise UsageRefused(Fault("kind-unknown", message))

    def module(self, name: str) -> ModuleType:
        """Give a module of the library's `schemas/` by name, e.g. `_people`."""
        package = self._package()
        full = f"{package.__name__}.{name}"
        try:
            return sys.modules.get(full) or importlib.import_module(full)
        except Exception as error:
            message = f"无法载入：{type(error).__name__}: {error}"
            place = Place(file=f"schemas/{name}.py")
            raise LibraryRefused(Fault("schema-broken", message, place)) from error

    def _load(self, stem: str) -> Kind:
        module = self.module(stem)
        forms = [
            value
            for value in vars(module).values()
            if isinstance(value, type) and issubclass(value, Form) and value.__module__ == module.__name__
        ]
        if len(forms) != 1 or not hasattr(forms[0], "about"):
            message = "应定义且只定义一个带 about 的 Form"
            raise LibraryRefused(Fault("schema-forms", message, Place(file=f"schemas/{stem}.py")))
        own = self.own / f"{safe_name(forms[0].about.title)}.docx" if self.own else None
        return Kind(stem, forms[0], self.root / "templates" / f"{stem}.docx", own)

    def _package(self) -> ModuleType:
        """The library's schemas as a package under a name of its own, so that two libraries never mix."""
        folder = self.root / "schemas"
        name = f"doc_forms_schemas_{hashlib.sha256(str(folder).encode()).hexdigest()[:12]}"
        if name not in sys.modules:
            # An office's folder needs no __init__.py: the package is made here, its modules are found in the folder.
            package = ModuleType(name)
            package.__path__ = [str(folder)]
            sys.modules[name] = package
        return sys.modules[name]
