"""The photos that came with people: files beside the case or the roster, which then holds their names."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from types import ModuleType
from typing import Any

from doc_forms.files import Batch, make_folder, refuse, safe_name
from doc_forms.form import picture_bytes, picture_facts
from doc_forms.library import Library
from doc_forms.people.exchanged import exchange_of
from doc_forms.people.incoming import Taken, intake_of

Values = dict[str, Any]
PHOTOS = "_照片"
"""What the folder of photos ends in; it stands beside the case or the roster and begins with its name."""


class Photos:
    """The photos of the people who were taken from some sources, on their way beside a case or a roster."""

    def __init__(self, library: Library, taken: Taken, beside: Path) -> None:
        """Note which photos were brought; OutputRefused where the folder beside cannot have its name."""
        self._intake: ModuleType = intake_of(library)
        self._way: tuple[str, ...] = exchange_of(library).PHOTO
        self._brought = {photo for person in taken.people if (photo := _photo_of(person.values, self._way))}
        self._folder = beside.with_name(beside.stem + PHOTOS)
        try:
            self._made = not self._folder.exists()
        except OSError as error:  # a name that no folder can have
            raise refuse(error, self._folder) from None
        self.written: list[Path] = []

    def write(self, people: Iterable[Values]) -> None:
        """Write the photos of people as files and put the files' names in their place.

        A different file of the name stays. Raises OutputRefused where the folder cannot be written.
        """
        for person in people:
            photo = _photo_of(person, self._way)
            if photo not in self._brought:
                continue
            data = picture_bytes(photo)
            make_folder(self._folder)
            ending = {"jpeg": ".jpg"}.get(picture_facts(data).ending, ".png")
            with Batch(self._folder) as batch:
                name, fresh = batch.place(safe_name(str(person[self._intake.NAME])), ending, data)
            if fresh:
                self.written.append(self._folder / name)
            _set_photo(person, self._way, f"{self._folder.name}/{name}")

    def remove(self) -> None:
        """Take back what was written, where the case or the roster itself could not be."""
        for photo in self.written:
            with suppress(OSError):
                photo.unlink()
        if self._made:
            with suppress(OSError):
                self._folder.rmdir()


def _photo_of(person: Any, way: tuple[str, ...]) -> str:
    for step in way:
        person = person.get(step) if isinstance(person, dict) else None
    return person if isinstance(person, str) else ""


def _set_photo(person: Values, way: tuple[str, ...], name: str) -> None:
    *groups, last = way
    for group in groups:
        person = person[group]
    person[last] = name
