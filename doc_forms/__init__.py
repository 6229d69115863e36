"""doc_forms: fills, merges and checks a personnel office's Word papers from facts entered once.

`Office` holds every verb; `doc_forms.form` is what schemas are written with; every refusal is a
`DocFormsError` whose faults are Chinese lines with their places.
"""

from doc_forms.errors import DocFormsError, Fault, Place, Severity
from doc_forms.library import Kind, Library
from doc_forms.merge import Merged, MergeOptions
from doc_forms.office import FilledPaper, Office

__all__ = [
    "DocFormsError",
    "Fault",
    "FilledPaper",
    "Kind",
    "Library",
    "MergeOptions",
    "Merged",
    "Office",
    "Place",
    "Severity",
]
