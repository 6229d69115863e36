"""What a schema is written with: the base of every kind, its fields and the types of their values."""

from doc_forms.errors import Severity
from doc_forms.form.base import NO_LINE, About, FieldSpec, Form, Part, Problem, computed, field
from doc_forms.form.codes import (
    ETHNIC_GROUPS,
    POLITICAL_STATUSES,
    SCHOOLINGS,
    Degree,
    DocumentNumber,
    EthnicGroup,
    PoliticalStatus,
    Schooling,
    Sex,
    YesNo,
    choice,
)
from doc_forms.form.dates import AnyDate, Day, PartialDate, YearMonth
from doc_forms.form.note import TypeNote
from doc_forms.form.numbers import Count, percent
from doc_forms.form.people import (
    IDENTITY_NOTE,
    IdentityNumber,
    PersonName,
    born_by_identity_number,
    sex_by_identity_number,
)
from doc_forms.form.pictures import (
    MOST_PICTURE_BYTES,
    Picture,
    PictureFacts,
    picture_bytes,
    picture_facts,
    picture_of,
    picture_way,
)
from doc_forms.form.text import Line, Text

__all__ = [
    "ETHNIC_GROUPS",
    "IDENTITY_NOTE",
    "MOST_PICTURE_BYTES",
    "NO_LINE",
    "POLITICAL_STATUSES",
    "SCHOOLINGS",
    "About",
    "AnyDate",
    "Count",
    "Day",
    "Degree",
    "DocumentNumber",
    "EthnicGroup",
    "FieldSpec",
    "Form",
    "IdentityNumber",
    "Line",
    "Part",
    "PartialDate",
    "PersonName",
    "Picture",
    "PictureFacts",
    "PoliticalStatus",
    "Problem",
    "Schooling",
    "Severity",
    "Sex",
    "Text",
    "TypeNote",
    "YearMonth",
    "YesNo",
    "born_by_identity_number",
    "choice",
    "computed",
    "field",
    "percent",
    "picture_bytes",
    "picture_facts",
    "picture_of",
    "picture_way",
    "sex_by_identity_number",
]
