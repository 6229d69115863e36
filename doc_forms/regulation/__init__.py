"""The mechanism of rules: what an article demands, what was seen, what would satisfy it."""

from doc_forms.errors import Severity
from doc_forms.regulation.findings import (
    Article,
    Disposition,
    Finding,
    NotYet,
    Outcome,
    Patch,
    Regulation,
    Rule,
    Verdict,
    article,
    article_text,
    broken,
    definition,
    doubtful,
    left_to_people,
    met,
    need,
)
from doc_forms.regulation.workdays import WorkCalendar, YearUnknownError

__all__ = [
    "Article",
    "Disposition",
    "Finding",
    "NotYet",
    "Outcome",
    "Patch",
    "Regulation",
    "Rule",
    "Severity",
    "Verdict",
    "WorkCalendar",
    "YearUnknownError",
    "article",
    "article_text",
    "broken",
    "definition",
    "doubtful",
    "left_to_people",
    "met",
    "need",
]
