"""A case: its task list, and each task with all its answers on one page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import Flask, abort, render_template

from doc_forms.desk import CheckedStep, Desk, FileState, OpenCase, Topic, grouped, spoken_path
from doc_forms.errors import Severity
from doc_forms.regulation import Finding
from doc_forms.web.fields import FieldPath, FieldView, GroupView, ListView, name_of, views_of

_SHOWN = 3
_MARKS = {Severity.ERROR: "✕", Severity.WARNING: "▲", Severity.NOTE: "·"}
_WORDS = {Severity.ERROR: "不符合", Severity.WARNING: "需注意", Severity.NOTE: "提示"}


@dataclass(frozen=True)
class FindingView:
    """A finding as it stands beside the form."""

    mark: str
    word: str
    weight: str
    article: int
    cited: str
    demand: str
    subject: str
    facts: str
    remedy: str
    link: str
    """Where it can be mended; empty where no page asks for the fact."""
    at: str
    """The name of the input that it is about, so that totals beside it can say that they do not meet."""


@dataclass(frozen=True)
class TaskView:
    """One task in the list of a case."""

    number: int
    title: str
    state: str
    shape: str
    word: str
    ready: int
    """How many papers can be made now and are not yet."""
    made: int
    papers: int
    errors: int
    warnings: int
    missing: str
    waits_for: str = ""
    """Why it is not done although nothing is missing."""


def add_pages(app: Flask, desk: Desk) -> None:
    """Add the pages of a case as a whole and of each task."""

    @app.get("/case/<case>")
    def case(case: str) -> str:
        found = desk.open(case)
        made = _made(desk, found)
        tasks = [task_view(found, item, made) for item in found.checklist.steps]
        shown = {task.number for task in tasks}
        others = [(number + 1, step.title) for number, step in enumerate(found.steps) if number + 1 not in shown]
        return render_template(
            "case.html",
            case=found,
            tasks=tasks,
            others=others,
            as_of=found.report.as_of,
            deadlines=[item for item in found.checklist.deadlines if not item.met],
            summary=_summary(tasks),
            go_on=next((task for task in tasks if task.state != "done"), None),
        )

    @app.get("/case/<case>/<int:step>")
    def step(case: str, step: int) -> str:
        found, number = desk.open(case), step - 1
        if not 0 <= number < len(found.steps):
            abort(404)
        topics = found.topics(number)
        cards = [(topic, list(_answers(found, topic))) for topic in topics]
        checked = found.checked(number)
        return render_template(
            "step.html",
            case=found,
            step=step,
            title=found.steps[number].title,
            checked=checked,
            task=task_view(found, checked, _made(desk, found)) if checked else None,
            cards=[(topic, answers) for topic, answers in cards if _is_filled(answers)],
            blanks=[topic for topic, answers in cards if not _is_filled(answers)],
            go_on=_first_open(found, number, topics),
            articles=found.steps[number].articles,
            findings=findings_of(found, number),
            untold=_untold(found, checked) if checked else [],
            neighbours=_neighbours(found, number),
            preview=f"/case/{case}/preview?step={step}",
        )

    @app.get("/case/<case>/<int:step>/findings")
    def findings(case: str, step: int) -> str:
        found = desk.open(case)
        return render_template("findings.html", findings=findings_of(found, step - 1), step=step)


def task_view(case: OpenCase, checked: CheckedStep, made: Counter[int]) -> TaskView:
    """Give a step as the task list shows it; `made`: how many of each step's papers are made."""
    papers = case.papers_of(checked)
    ready = sum(paper.state.value == "ready" for paper in papers)
    return TaskView(
        number=case.number_of(checked) + 1,
        title=checked.step.title,
        state=checked.state.value,
        shape=checked.state.shape,
        word=checked.state.chinese,
        ready=max(0, ready - made[checked.number]),
        made=made[checked.number],
        papers=len(papers),
        errors=sum(finding.severity is Severity.ERROR for finding in checked.findings),
        warnings=sum(finding.severity is Severity.WARNING for finding in checked.findings),
        missing="；".join(grouped(checked.missing[:_SHOWN])) + ("……" if len(checked.missing) > _SHOWN else ""),
        waits_for=checked.waits_for,
    )


def _made(desk: Desk, case: OpenCase) -> Counter[int]:
    """How many papers of each step are made and say what the case says."""
    held = (FileState.MADE, FileState.EDITED)
    return Counter(item.paper.step for item in desk.papers.of(case) if item.file_state in held)


def _is_filled(answers: list[dict[str, Any]]) -> bool:
    return any(answer["text"] or answer["error"] for answer in answers)


def findings_of(case: OpenCase, step: int) -> list[FindingView]:
    """Give what the articles of a step find amiss, and what others find in the facts that it asks; gravest first."""
    checked = case.checked(step)
    own = checked.findings if checked else ()
    others = [item for item in case.report.broken if item not in own and _is_asked(case, item, step)]
    order = list(_MARKS)
    found = sorted([*own, *others], key=lambda item: order.index(item.severity))
    return [finding_view(case, item) for item in found]


def _untold(case: OpenCase, checked: CheckedStep) -> list[FindingView]:
    """What the articles of a step that is begun cannot tell yet: each fact that they wait for, once."""
    if checked.state.value == "not-begun":
        return []
    views = [finding_view(case, item) for item in checked.untold]
    return list({(view.subject, view.facts): view for view in reversed(views)}.values())[::-1]


def _is_asked(case: OpenCase, finding: Finding, step: int) -> bool:
    """Whether what a finding is about is asked on a page of the step."""
    place = case.place_of(finding)
    return place is not None and place[0].step == step


def topic_link(case: OpenCase, topic: Topic) -> str:
    """Give the address of a page of questions."""
    return f"/case/{case.id}/{topic.step + 1}/{topic.address}"


def field_link(case: OpenCase, place: tuple[Topic, FieldPath]) -> str:
    """Give the address of a field on its page."""
    topic, path = place
    return f"{topic_link(case, topic)}#f-{name_of(path).replace('/', '-')}"


def finding_view(case: OpenCase, finding: Finding) -> FindingView:
    """Give a finding as it is shown."""
    place = case.place_of(finding)
    link = field_link(case, place) if place else ""
    return FindingView(
        _MARKS[finding.severity],
        _WORDS[finding.severity],
        finding.severity.value,
        finding.rule.article,
        finding.rule.cited,
        finding.rule.demand,
        finding.subject,
        finding.verdict.facts,
        finding.verdict.remedy,
        link,
        name_of(finding.verdict.at or ()),
    )


def _answers(case: OpenCase, topic: Topic) -> Iterator[dict[str, Any]]:
    """Give each question of a page with its answer as it reads."""
    for view in views_of(case, topic):
        if isinstance(view, FieldView):
            yield _answer(view, view.label)
        elif isinstance(view, GroupView):
            yield from (_answer(one, f"{view.label} {one.label}") for one in view.fields)
        else:
            yield _list_answer(view)


def _answer(view: FieldView, label: str) -> dict[str, Any]:
    text = "、".join(view.value) if isinstance(view.value, list) else view.said or view.value
    return {"label": label, "text": text, "error": view.error, "warning": view.warning, "id": view.id}


def _list_answer(view: ListView) -> dict[str, Any]:
    if view.widget == "items":
        text = "、".join(row.name for row in view.rows)
    else:
        text = "\n".join("　".join(_spoken(one) for one in row.fields if one.value) for row in view.rows)
    errors = [one.error for row in view.rows for one in row.fields if one.error]
    return {"label": view.label, "text": text, "error": view.error or "；".join(errors), "warning": "", "id": view.id}


def _spoken(field: FieldView) -> str:
    """A fact of a row as it reads: a number, a yes or a no says of what."""
    bare = field.widget in ("count", "radios")
    return f"{field.label} {field.value}" if bare else str(field.said or field.value).replace("\n", "、")


def _first_open(case: OpenCase, step: int, topics: list[Topic]) -> str:
    """The first page of a step; once it is begun, the first where something that completes it is missing."""
    checked = case.checked(step)
    lacking = set(checked.missing) if checked and checked.state.value != "not-begun" else set()
    for topic in topics:
        spoken = spoken_path(case.values, topic.path)
        own = {f"{spoken} {spec.title}".strip() for spec in topic.fields} | {spoken}
        if own & lacking:
            return topic_link(case, topic)
    return topic_link(case, topics[0]) if topics else ""


def _neighbours(case: OpenCase, step: int) -> tuple[int, int]:
    """The numbers of the steps before and after, from 1; 0 where there is none."""
    numbers = [case.number_of(item) for item in case.checklist.steps]
    before = [number for number in numbers if number < step]
    after = [number for number in numbers if number > step]
    return (before[-1] + 1 if before else 0), (after[0] + 1 if after else 0)


def _summary(tasks: list[TaskView]) -> str:
    done = sum(task.state == "done" for task in tasks)
    return f"{done} / {len(tasks)} 步已完成"
