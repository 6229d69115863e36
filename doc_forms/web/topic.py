"""A page of questions: each answer is kept as it is left, rows are added, removed and moved."""

from __future__ import annotations

from typing import Any

from flask import Flask, abort, jsonify, redirect, render_template, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from doc_forms.desk import Desk, OpenCase, Topic, is_error, value_at
from doc_forms.errors import DocFormsError
from doc_forms.web.case import findings_of, topic_link
from doc_forms.web.fields import (
    FieldPath,
    FieldView,
    GroupView,
    ListView,
    View,
    flat,
    name_of,
    path_of_name,
    rows_of,
    said_of,
    views_of,
)

_PREFIX = "f:"
_GONE = 409
Answer = str | Response | tuple[str | Response, int]


def add_pages(app: Flask, desk: Desk) -> None:
    """Add the pages of questions and the saving of single fields."""

    @app.get("/case/<case>/<int:step>/<path:address>")
    def topic(case: str, step: int, address: str) -> Answer:
        found = desk.open(case)
        page = found.topic(step - 1, address)
        if page is None:
            return redirect(f"/case/{case}/{step}")
        return _page(desk, found, page, refused="wrong" in request.args)

    @app.post("/case/<case>/<int:step>/<path:address>")
    def save(case: str, step: int, address: str) -> Answer:
        changes = {path_of_name(name.removeprefix(_PREFIX)): value for name, value in _posted(request.form)}
        found = desk.put(case, changes, rows_of(request.form))
        page = found.topic(step - 1, address)
        if page is None:
            return redirect(f"/case/{case}/{step}")
        wish, _, target = request.form.get("do", "next").partition(":")
        if wish == "next":
            if any(one.error for one in flat(views_of(found, page))):
                return redirect(f"{topic_link(found, page)}?wrong=1")
            desk.revise(case, f"填写：{page.title}")
            return redirect(_onward(found, page)[1])
        return redirect(f"{topic_link(found, page)}#{_change_rows(desk, case, wish, target)}")

    @app.patch("/case/<case>/field")
    def field(case: str) -> Answer:
        name, value, rows = _stated(request.get_json(silent=True))
        path = path_of_name(name)
        try:
            found = desk.put(case, {path: value}, rows)
        except DocFormsError as error:
            return jsonify(gone=error.faults[0].message), _GONE
        fault = found.fault_at(path)
        spec = desk.spec(path)
        return jsonify(
            said="" if fault and is_error(fault) else said_of(spec, value),
            error=fault.message if fault and is_error(fault) else "",
            warning=fault.message if fault and not is_error(fault) else "",
        )


def _page(desk: Desk, case: OpenCase, topic: Topic, *, refused: bool) -> str:
    views = views_of(case, topic)
    before, after = _onward(case, topic)
    return render_template(
        "topic.html",
        case=case,
        topic=topic,
        step=topic.step + 1,
        title=case.steps[topic.step].title,
        views=views,
        wrong=[(_spoken(views, one), one) for one in flat(views) if one.error] if refused else [],
        findings=findings_of(case, topic.step),
        people=case.names(),
        above=[(name_of(path), case.rows_at(path)) for path in _lists_above(topic)],
        before=before,
        after=after,
        removed=desk.removed(case.id),
        pages=_pages(case, topic),
        link=topic_link,
        preview=f"/case/{case.id}/preview?step={topic.step + 1}&at={topic.address}",
    )


def _lists_above(topic: Topic) -> list[FieldPath]:
    """The lists that the page stands in: of 考察对象 第 2 项 任职经历 the 考察对象."""
    return [topic.path[:place] for place, step in enumerate(topic.path) if isinstance(step, int)]


def _pages(case: OpenCase, topic: Topic) -> list[tuple[Topic, bool, int]]:
    """The pages of the step for the list beside the form: of a list's items only the one that is open."""
    shown = []
    for one in case.topics(topic.step):
        items = [place for place, part in enumerate(one.path) if isinstance(part, int)]
        if all(one.path[: place + 1] == topic.path[: place + 1] for place in items):
            shown.append((one, one == topic, len(items)))
    return shown


def _onward(case: OpenCase, topic: Topic) -> tuple[str, str]:
    """The pages before and after; the step's own page at both ends."""
    links = [topic_link(case, one) for one in case.topics(topic.step)]
    home = f"/case/{case.id}/{topic.step + 1}"
    place = links.index(topic_link(case, topic))
    return (links[place - 1] if place else home), ([*links, home][place + 1])


def _posted(form: MultiDict[str, str]) -> list[tuple[str, Any]]:
    """The fields of a form in order; one that comes several times (boxes to tick) is a list."""
    names = [name for name in form if name.startswith(_PREFIX)]
    return [(name, _value(form.getlist(name))) for name in names]


def _value(values: list[str]) -> Any:
    return values[0] if len(values) == 1 else [value for value in values if value]


def _change_rows(desk: Desk, case: str, wish: str, target: str) -> str:
    """Add, remove or move a row, and give where the page should go to then."""
    if wish == "undo":
        desk.undo(case)
        return "form"
    name, _, number = target.rpartition(":") if wish != "add" else (target, "", "0")
    path, row = path_of_name(name), int(number) if number.isdecimal() else -1
    shown = rows_of(request.form).get(path, 0)
    match wish:
        case "add":
            after = desk.add_row(case, path, shown)
            row = len(value_at(after.values, path)) - 1
        case "remove":
            desk.remove_row(case, path, row, shown)
            row = max(0, row - 1)
        case "up" | "down":
            by = -1 if wish == "up" else 1
            after = desk.move_row(case, path, row, by, shown)
            row = min(max(0, row + by), len(value_at(after.values, path)) - 1)
        case _:
            abort(404)
    return f"r-{name_of(path).replace('/', '-')}-{row}"


def _spoken(views: list[View], field: FieldView) -> str:
    """What a field is called in the summary of errors: with its row where it stands in one."""
    for view in views:
        if isinstance(view, ListView):
            row = next((row for row in view.rows if field in row.fields), None)
            if row:
                return f"第 {row.number + 1} 行 {field.label}"
        elif isinstance(view, GroupView) and field in view.fields:
            return f"{view.label} {field.label}"
    return field.label


def _stated(body: Any) -> tuple[str, Any, dict[FieldPath, int]]:
    if not isinstance(body, dict) or not isinstance(body.get("name"), str):
        abort(400)
    value, rows = body.get("value", ""), body.get("rows", {})
    if not isinstance(value, str | list) or not isinstance(rows, dict):
        abort(400)
    return body["name"], value, rows_of(rows)
