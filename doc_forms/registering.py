"""Papers into the register: entered before their files get their names, finished after, in the process that leads.

What is cut short leaves an unfinished entry, which `records check` finds; running the same again completes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from doc_forms.files import safe_name
from doc_forms.form.reading import spec_at
from doc_forms.making import Draft, Maker
from doc_forms.placing import DOCUMENT, WORKBOOK, Files
from doc_forms.records import Entry, data_digest, entry_id
from doc_forms.records.choice import OpenRegister

PACKAGE_KIND = "archive_package"
"""What the register calls an archive package, among the kinds of paper; the package's manifest is its file."""
_NUMBER = "发文字号"
_PERSON = "姓名"
_DATES = ("成文日期", "印发日期", "日期", "决定日期")
"""The titles by which a paper says its number, its person and its date; the first date that it has is its own."""


class Registrar:
    """Enters the papers of one kind that are made in one folder; without records it enters nothing.

    The store is opened when the first paper is entered; other processes may be writing papers by then.
    """

    def __init__(self, maker: Maker, folder: Path, register: OpenRegister = lambda: None) -> None:
        self._register = register
        self._maker = maker
        self._folder = folder.absolute()
        self._named = [path for path in maker.kind.form.about.subjects or (_PERSON,) if _names_person(maker, path)]
        self._begun: dict[str, dict[str, Entry]] = {}

    def begin(self, drafts: Iterable[Draft]) -> None:
        """Enter papers by the names they are to have, each file of a paper by itself."""
        register = self._register()
        if register:
            begun = {draft.name: self.entries(draft) for draft in drafts}
            self._begun |= begun
            register.begin([entry for entries in begun.values() for entry in entries.values()])

    def finish(self, placed: Mapping[str, Files]) -> None:
        """Note which files hold each paper, by its planned name."""
        register = self._register()
        if register and placed:
            begun = ((self._begun.pop(name), files) for name, files in placed.items())
            register.finish([entry for entries, files in begun for entry in self.finished(entries, files)])

    def fail(self, names: Iterable[str]) -> None:
        """Note that papers did not pass their gates."""
        register = self._register()
        if register:
            register.fail([entry.id for name in names for entry in self._begun.pop(name).values()])

    def finished(self, entries: Mapping[str, Entry], files: Files) -> list[Entry]:
        """Give the entries of a paper with the names and the sha256 that its files have now."""
        return [
            replace(entries[ending], path=str(self._folder / placed.file), document_sha256=placed.sha256)
            for ending, placed in files.items()
        ]

    def entries(self, draft: Draft) -> dict[str, Entry]:
        """Give what the register says of a paper, by the endings of its files and the names they are to have."""
        kind, context = self._maker.kind, draft.context
        digest = data_digest(context)
        common = Entry(
            id="",
            kind=kind.stem,
            title="",
            path="",
            person="、".join(_people(self._named, context)),
            number=str(context.get(_NUMBER, "")),
            date=next((str(context[title]) for title in _DATES if context.get(title)), ""),
            template_sha256=self._maker.template_sha256,
            data_sha256=digest,
        )
        found = {}
        for ending in (DOCUMENT, WORKBOOK) if draft.workbook else (DOCUMENT,):
            path = self._folder / f"{safe_name(draft.name)}{ending}"
            number = entry_id(kind.stem, self._maker.template_sha256, digest, path)
            title = kind.title if ending == DOCUMENT else f"{kind.title}（工作簿）"
            found[ending] = replace(common, id=number, title=title, path=str(path))
        return found


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
