"""What the differences between a report of personal matters and what was found amount to (article 24)."""

from __future__ import annotations

from typing import Annotated

from doc_forms.form import choice

OMITTED, CONCEALED, NEITHER = "漏报", "瞒报", "不属漏报瞒报"
MattersJudgement = Annotated[str, *choice("认定", (OMITTED, CONCEALED, NEITHER))]
