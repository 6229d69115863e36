"""Papers into the register: entered before their files get their names, finished after, in the process that leads.

What is cut short leaves an unfinished entry, which `records check` finds; running the same again completes it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from doc_forms.files import safe_name
from doc_forms.form.reading import spec_at
from doc_forms.making import Draft, Maker
from doc_forms.placing import DOCUMENT, Files
from doc_forms.records import Entry, entry_id
from doc_forms.records.choice import OpenRegister

PACKAGE_KIND = "archive_package"
"""What the register calls an archive package, among the kinds of paper; the package's manifest is its file."""
_NUMBER = "发文字号"
_PERSON = "姓名"
_DATES = ("成文日期", "印发日期", "日期", "决定日期")
"""The titles by which a paper says its number, its person and its date; the first date that it has is its own."""


class PaperEntries:
    """Says what the register holds of the papers of one kind in one folder."""

    def __init__(self, maker: Maker, folder: Path) -> None:
        self._maker = maker
        self._folder = str(folder.absolute())
        self._named = [path for path in maker.kind.form.about.subjects or (_PERSON,) if _names_person(maker, path)]

    def of(self, draft: Draft, files: Files) -> list[Entry]:
        """Give the entries of a paper, one a file, with the names and the sha256 that its files have or will have.

        The id is of the name that was planned: made again beside an edited paper, it is the same entry.
        """
        kind, template, context = self._maker.kind, self._maker.template_sha256, draft.context
        person = "、".join(_people(self._named, context))
        number = str(context.get(_NUMBER, ""))
        date = next((str(context[title]) for title in _DATES if context.get(title)), "")
        planned = f"{self._folder}{os.sep}{safe_name(draft.name)}"
        return [
            Entry(
                id=entry_id(kind.stem, template, draft.data_sha256, f"{planned}{ending}"),
                kind=kind.stem,
                title=kind.title if ending == DOCUMENT else f"{kind.title}（工作簿）",
                path=f"{self._folder}{os.sep}{placed.file}",
                person=person,
                number=number,
                date=date,
                document_sha256=placed.sha256,
                template_sha256=template,
                data_sha256=draft.data_sha256,
            )
            for ending, placed in files.items()
        ]


class Registrar:
    """Enters the papers of one kind that are made in one folder; without records it enters nothing.

    The store is opened when the first paper is entered; other processes may be writing papers by then.
    """

    def __init__(self, maker: Maker, folder: Path, register: OpenRegister) -> None:
        self.entries = PaperEntries(maker, folder)
        self._register = register

    def begin(self, entries: Sequence[Entry]) -> None:
        """Enter papers before their files get their names."""
        register = self._register()
        if register and entries:
            register.begin(entries)

    def finish(self, entries: Sequence[Entry]) -> None:
        """Note that the files of these entries have the names that stand there."""
        register = self._register()
        if register and entries:
            register.finish(entries)


def _names_person(maker: Maker, path: str) -> bool:
    """Whether a subject of the kind is a person: some papers are about posts as well."""
    spec = spec_at(maker.kind.form, tuple(path.split(".")))
    return spec is not None and spec.note.name == _PERSON


def _people(subjects: Iterable[str], context: Mapping[str, Any]) -> list[str]:
    """The names at these paths of titles, each once."""
    found = [name for path in subjects for name in _at(context, path.split("."))]
    return list(dict.fromkeys(found))


def _at(value: Any, titles: list[str]) -> list[str]:
    if isinstance(value, list):
        return [name for item in value for name in _at(item, titles)]
    if not titles:
        return [str(value)] if value else []
    return _at(value.get(titles[0]), titles[1:]) if isinstance(value, Mapping) else []
