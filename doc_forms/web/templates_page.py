"""The Word templates: what a look over them found, and a way to open each."""

from __future__ import annotations

from flask import Flask, abort, redirect, render_template
from werkzeug.wrappers import Response

from doc_forms.errors import Severity
from doc_forms.office import Office
from doc_forms.web.shell import show


def add_pages(app: Flask, office: Office) -> None:
    """Add the page of templates."""

    @app.get("/templates")
    def templates() -> str:
        findings = office.lint()
        rows = [
            (kind, [item for item in findings.get(kind.template.name, []) if item.severity is not Severity.NOTE])
            for kind in office.kinds()
        ]
        return render_template("templates.html", rows=rows)

    @app.post("/templates/<stem>/show")
    def show_template(stem: str) -> Response:
        if stem not in {kind.stem for kind in office.kinds()}:
            abort(404)
        show(office.kind(stem).template)
        return redirect("/templates")
