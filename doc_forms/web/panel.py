"""The panel beside the form: what it shows is remembered; its contents come from the pages that they belong to."""

from __future__ import annotations

from flask import Flask, abort, request

from doc_forms.desk import Desk


def add_pages(app: Flask, desk: Desk) -> None:
    """Add what the panel tells the program."""

    @app.patch("/layout")
    def keep_layout() -> tuple[str, int]:
        body = request.get_json(silent=True)
        if not isinstance(body, dict):
            abort(400)
        desk.layout.keep(str(body.get("panel")), folded=body.get("folded") is True)
        return "", 204
