"""The Word templates: what a look over them found, and a way to open each."""

from __future__ import annotations

from flask import Flask, abort, redirect, render_template
from werkzeug.wrappers import Response

from doc_forms.desk import Desk
from doc_forms.web.shell import show


def add_pages(app: Flask, desk: Desk) -> None:
    """Add the page of templates."""

    @app.get("/templates")
    def templates() -> str:
        return render_template("templates.html", rows=desk.templates.all())

    @app.post("/templates/<stem>/show")
    def show_template(stem: str) -> Response:
        found = next((kind for kind in desk.library.kinds() if kind.stem == stem), None)
        if found is None:
            abort(404)
        show(found.template)
        return redirect("/templates")
