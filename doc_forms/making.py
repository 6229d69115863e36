"""One paper: facts into a template, through the gates, to the bytes of a finished document."""

from __future__ import annotations

import hashlib
import itertools
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from string import Formatter
from typing import IO, Any

from doc_forms.files import LONGEST_NAME
from doc_forms.form import Form
from doc_forms.gates import check_document, check_part, facts_of
from doc_forms.identity import PART, Identity, with_place
from doc_forms.library import Kind, Library
from doc_forms.packages import open_template
from doc_forms.records import data_digest
from doc_forms.template import CombinedTemplate, Template, compile_template

_SHORTEST_WORD = 6


@dataclass(frozen=True)
class Draft:
    """What one paper is made from: its name, its values as they print, and the facts it has to show."""

    name: str
    context: dict[str, Any]
    facts: list[str]
    data: str | None = None
    """The facts as typed (JSON), for the paper's identity; None where the paper is published."""
    workbook: bytes | None = None
    """The finished workbook that goes with the document, where the kind has one."""

    @cached_property
    def data_sha256(self) -> str:
        """The checksum of what is printed, see `doc_forms.records.data_digest`."""
        return data_digest(self.context)


@dataclass(frozen=True)
class Maker:
    """Makes papers of one kind from one compiled template."""

    kind: Kind
    template: Template
    file: Path

    @classmethod
    def open(cls, kind: Kind, template: Path | None = None) -> Maker:
        """Compile the kind's template, or another one for it (FileRefused, TemplateRefused)."""
        file = template or kind.template
        return cls(kind, compile_template(with_place(open_template(file)), kind.form), file)

    @cached_property
    def template_sha256(self) -> str:
        """The checksum of the template's file."""
        return hashlib.sha256(self.file.read_bytes()).hexdigest()

    @property
    def recipe(self) -> tuple[Path, str, Path]:
        """What another process needs to open the same maker: the library, the kind, the template."""
        return self.kind.shipped.parent.parent, self.kind.stem, self.file

    @classmethod
    def from_recipe(cls, recipe: tuple[Path, str, Path]) -> Maker:
        """Open a maker in another process."""
        root, stem, file = recipe
        return cls.open(Library(root).kind(stem), file)

    def draft(self, form: Form) -> Draft:
        """Give what the paper will be made from."""
        context = form.context()
        data = None if form.about.published else form.model_dump_json(by_alias=True, exclude_none=True)
        name, facts = paper_name(form.about.file_name, context), facts_of(form, context)
        return Draft(name, context, facts, data, _workbook(form) if form.about.workbook else None)

    def make(self, draft: Draft) -> bytes:
        """Give the finished document; PaperRefused when it does not pass its gates."""
        beside = {PART: self.identity(draft).to_xml()}
        filled = self.template.fill(draft.context, beside)
        check_document(filled, draft.facts, len(self.template.parts) + len(filled.pictures) + len(beside))
        return filled.package

    def sha256(self, document: bytes) -> str:
        """Give the checksum of a document that `make` gave."""
        return self.template.base.sha256(document)

    def identity(self, draft: Draft) -> Identity:
        """Give what the paper says of itself."""
        version = self.kind.form.about.version
        return Identity(self.kind.stem, version, draft.data_sha256, self.template_sha256, draft.data)

    def make_combined(
        self,
        drafts: Callable[[], Iterable[Draft]],
        count: int,
        stream: IO[bytes],
        told: Callable[[int], None] = lambda _done: None,
    ) -> None:
        """Write `count` papers as one document for printing (TemplateRefused, PaperRefused).

        told: hears how many are written, after each.
        """
        combined = CombinedTemplate(self.template, f"{self.kind.title}（合并打印）")
        numbers = itertools.count(1)

        def check(data: bytes, printed: list[str]) -> None:
            check_part(self.file.name, data, printed)
            told(next(numbers))

        many = Identity(self.kind.stem, self.kind.form.about.version, "", self.template_sha256)
        contexts = lambda: (draft.context for draft in drafts())  # noqa: E731 - read twice, from the first
        combined.write(contexts, count, stream, check, beside={PART: many.to_xml()})


def _workbook(form: Form) -> bytes:
    from doc_forms.workbook import workbook_of  # noqa: PLC0415 - openpyxl takes 0.2 s that most kinds need not pay

    return workbook_of(form)


def paper_name(pattern: str, values: Mapping[str, Any]) -> str:
    """Give a paper's name by its kind's pattern; what is not known is left blank.

    Where it would be too long for a file, the longest of its words is cut, so that the person at its end stays.
    """
    words = defaultdict(str, {title: _word(value) for title, value in values.items() if value})
    name = pattern.format_map(words)
    while len(name.encode()) > LONGEST_NAME:
        longest = max(
            (title for _, title, _, _ in Formatter().parse(pattern) if title), key=lambda one: len(words[one])
        )
        if len(words[longest]) <= _SHORTEST_WORD:
            break
        words[longest] = words[longest][:-1]
        name = pattern.format_map(words)
    return name


def _word(value: Any) -> str:
    """A value in a file name: one line; a list is represented by its first entry."""
    if isinstance(value, list):
        return _word(value[0]) if value else ""
    if isinstance(value, dict):
        return _word(next(iter(value.values()), ""))
    return str(value)
