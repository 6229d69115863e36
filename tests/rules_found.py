"""What the tests of articles 28-47 share: short names, and what one rule finds in the changed lawful case."""

from __future__ import annotations

from typing import Any

from rules_support import OFFICE, findings, lawful_case, patched

from doc_forms.regulation import Finding

VOTE, TERM = "讨论决定.表决情况[0]", "任职.任职情况[0]"
SPECIAL = {
    "破格情形": "特别优秀：急难险重任务中作出重大贡献",
    "破格理由": "抗洪抢险中组织转移师生三千余人，保住了全部实验设备",
    "突破的资格": ["任职年限"],
    "上级同意日期": "2026-09-21",
}
"""An exceptional promotion; whether it was explained is left open."""


def find(patch: dict[str, Any], code: str, with_office: Any = OFFICE) -> list[Finding]:
    """What a rule finds in the patched lawful case."""
    return findings(patched(lawful_case(), patch), code, with_office)


def only(patch: dict[str, Any], code: str, with_office: Any = OFFICE) -> Finding:
    """The one finding of a rule."""
    (finding,) = find(patch, code, with_office)
    return finding
