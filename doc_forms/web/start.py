"""The first page: the cases with their states, a new one, the example, and the way out."""

from __future__ import annotations

from flask import Flask, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from doc_forms.desk import Desk
from doc_forms.errors import UsageRefused
from doc_forms.web.away import TOLD, Done
from doc_forms.web.shell import Shell
from doc_forms.web.told import Told


def add_pages(app: Flask, desk: Desk, shell: Shell, told: Told) -> None:
    """Add the first page and what can be done there."""

    @app.get("/")
    def start() -> str:
        return _page(desk, done=told.of(request.args.get(TOLD, ""), Done))

    @app.post("/cases")
    def new_case() -> Response | tuple[str, int]:
        typed, leaving = request.form.get("name", ""), request.form.get("leaving", "")
        try:
            made = desk.new(typed, leaving)
        except UsageRefused as error:
            return _page(desk, error.faults[0].message, typed, leaving), 422
        if leaving:
            opened = desk.open(made)
            return redirect(f"/case/{made}/{opened.number_of(opened.checklist.steps[0]) + 1}")
        return redirect(url_for("case", case=made))

    @app.post("/cases/sample")
    def sample() -> Response:
        return redirect(url_for("case", case=desk.sample()))

    @app.post("/quit")
    def leave() -> Response:
        goodbye = make_response(render_template("goodbye.html"))
        goodbye.call_on_close(shell.quit)  # once it is on its way: the program may end at once
        return goodbye


def _page(desk: Desk, error: str = "", typed: str = "", leaving: str = "", done: Done | None = None) -> str:
    return render_template(
        "start.html",
        cases=desk.cases(),
        away=desk.away.count(),
        error=error,
        typed=typed,
        leaving=leaving,
        leaving_kinds=desk.leaving_kinds(),
        done=done,
    )
