"""The 简历 of somebody for whom nobody wrote one: the posts of the case, in the form's own way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from doc_forms.form import PartialDate

from ._resume import Entry, write_resume

if TYPE_CHECKING:
    from ._case.people import Candidate


def career_resume(person: Candidate) -> str:
    """Give the posts of a person as the lines of a 简历; empty where none has its month and its name."""
    entries = [
        Entry(_month(one.start), _month(one.end) if one.end else None, one.post)
        for one in person.career
        if one.start and one.start.month and one.post
    ]
    return write_resume(sorted(entries, key=lambda entry: entry.start))


def _month(date: PartialDate) -> PartialDate:
    return PartialDate(date.year, date.month)
