"""The first page: the cases with their states, a new one, the example, and the way out."""

from __future__ import annotations

from flask import Flask, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from doc_forms.desk import Desk
from doc_forms.errors import UsageRefused
from doc_forms.web.shell import Shell


def add_pages(app: Flask, desk: Desk, shell: Shell) -> None:
    """Add the first page and what can be done there."""

    @app.get("/")
    def start() -> str:
        return render_template("start.html", cases=desk.cases(), wanted="", error="", typed="")

    @app.post("/cases")
    def new_case() -> Response | tuple[str, int]:
        typed = request.form.get("name", "")
        try:
            made = desk.new(typed)
        except UsageRefused as error:
            message = error.faults[0].message
            return render_template("start.html", cases=desk.cases(), wanted="", error=message, typed=typed), 422
        return redirect(url_for("case", case=made))

    @app.post("/cases/sample")
    def sample() -> Response:
        return redirect(url_for("case", case=desk.sample()))

    @app.post("/quit")
    def leave() -> str:
        shell.quit()
        return render_template("goodbye.html")
