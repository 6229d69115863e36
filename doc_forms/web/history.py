"""The history of a case: every revision with who, when and what changed; an earlier one can be brought back."""

from __future__ import annotations

from flask import Flask, redirect, render_template
from werkzeug.wrappers import Response

from doc_forms.desk import Desk


def add_pages(app: Flask, desk: Desk) -> None:
    """Add the page of a case's history."""

    @app.get("/case/<case>/history")
    def history(case: str) -> str:
        return render_template("history.html", case=desk.open(case), revisions=desk.history.of(case))

    @app.post("/case/<case>/history/<int:number>")
    def restore(case: str, number: int) -> Response:
        desk.history.restore(case, number)
        return redirect(f"/case/{case}/history")
