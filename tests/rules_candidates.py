"""Changes to the first candidate of the lawful case, and what one rule finds of that person alone."""

from __future__ import annotations

from typing import Any

from rules_support import OFFICE, findings, lawful_case, patched

from doc_forms.regulation import Finding, Outcome

FIRST = "考察对象[0]"
CAREER = f"{FIRST}.任职经历"
VACANCY = "职位[0].职务层次"


def line(start: str, end: str | None, level: str, post: str = "某职务", **more: str) -> dict[str, Any]:
    facts = {"起始时间": start, "单位及职务": post, "层次": level, "基层工作": "否", "破格任职": "否"} | more
    return facts | ({"截止时间": end} if end else {})


def findings_of_first(patch: dict[str, Any], code: str, with_office: Any = OFFICE) -> list[Finding]:
    found = findings(patched(lawful_case(), patch), code, with_office)
    return [item for item in found if item.subject == "林示例"]


def first(patch: dict[str, Any], code: str, with_office: Any = OFFICE) -> Finding:
    """Give what a rule that applies finds of the first candidate."""
    return findings_of_first(patch, code, with_office)[0]


def first_outcome(patch: dict[str, Any], code: str, with_office: Any = OFFICE) -> Outcome | None:
    found = findings_of_first(patch, code, with_office)
    return found[0].outcome if found else None


def whole(*lines: dict[str, Any]) -> list[dict[str, Any]]:
    """Give these lines of a career, in order, with the stretches between them filled, from the start of work on."""
    career: list[dict[str, Any]] = []
    reach = "2009.07"
    for item in (*lines, line("2026.09", None, "其他")):
        if item["起始时间"] > reach:
            career.append(line(reach, item["起始时间"], "其他", "其他岗位"))
        career.append(item)
        reach = item.get("截止时间", "2026.09")
    return career[:-1]


def in_office(target: str, below: str, since: str, **more: str) -> dict[str, Any]:
    """A candidate for the target level who has held one post of the level below since a day."""
    return {VACANCY: target, CAREER: [line("2009.07", since, "其他"), line(since, None, below, **more)]}


PARTY = {"职位[0].党组织职务": "是"}


def exceptional(*waived: str, **more: str) -> dict[str, Any]:
    facts = {"破格情形": "工作需要：专业性岗位或专项工作急需", "破格理由": "主持省级平台，校内别无人选"}
    return {f"{FIRST}.破格提拔": facts | {"突破的资格": list(waived)} | more}
