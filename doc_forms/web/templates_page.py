"""The Word templates: what a look over them found, and the office's own in place of the library's.

The page is there at once; what is not looked over yet, a script asks for and puts in.
"""

from __future__ import annotations

from flask import Flask, redirect, render_template, request
from werkzeug.wrappers import Response

from doc_forms.desk import Desk
from doc_forms.errors import DocFormsError
from doc_forms.web.shell import show

_REFUSED = 422
_FEW = 6
"""Faults of one template that are listed."""
Answer = str | Response | tuple[str, int]


def add_pages(app: Flask, desk: Desk) -> None:
    """Add the page of templates."""

    @app.get("/templates")
    def templates() -> str:
        if "whole" in request.args:
            desk.templates.all()
        return _page(desk, request.args.get("done", ""), request.args.get("what", ""))

    @app.post("/templates/<stem>/show")
    def show_template(stem: str) -> Response:
        return _done(stem, "opened" if show(desk.templates.own_copy(stem)) else "copied")

    @app.post("/templates/<stem>/replace")
    def replace_template(stem: str) -> Answer:
        given = request.files.get("template")
        try:
            if given is None or not given.filename:
                return _page(desk, stem, "none", ("请先选择一个 Word 文件。",)), _REFUSED
            desk.templates.replace(stem, given.filename, given.stream)
        except DocFormsError as error:
            return _page(desk, stem, "refused", tuple(str(fault) for fault in error.faults)), _REFUSED
        return _done(stem, "replaced")

    @app.post("/templates/<stem>/restore")
    def restore_template(stem: str) -> Response:
        desk.templates.restore(stem)
        return _done(stem, "restored")


def _done(stem: str, what: str) -> Response:
    return redirect(f"/templates?done={stem}&what={what}")


def _page(desk: Desk, stem: str, what: str, troubles: tuple[str, ...] = ()) -> str:
    lines = desk.templates.known()
    named = next((line.kind.title for line in lines if line.kind.stem == stem), "")
    return render_template(
        "templates.html", lines=lines, named=named, what=what, troubles=troubles, few=_FEW, folder=desk.templates.folder
    )
