"""How the clerk left the window: the panel beside the form, and the page that a killed window opens at again."""

from __future__ import annotations

from flask import Flask, Response, abort, redirect, request
from werkzeug.wrappers import Response as Answer

from doc_forms.desk import Desk


def add_pages(app: Flask, desk: Desk) -> None:
    """Add what the window tells the program of itself."""

    @app.before_request
    def go_back() -> Answer | None:
        if request.path != "/" or request.method != "GET":
            return None
        left = desk.layout.take_left_place()
        return redirect(left) if left and desk.has(left.split("/")[2]) else None

    @app.after_request
    def note_place(response: Response) -> Response:
        is_page = request.method == "GET" and request.headers.get("Sec-Fetch-Dest") == "document"
        if is_page and response.status_code == 200:  # noqa: PLR2004 - as HTTP says it
            path, papers, _ = request.path.partition("/papers")  # the key of a paper is none in the next window
            desk.layout.at(f"{path}{papers}" if path.startswith("/case/") else "")
        return response

    @app.patch("/layout")
    def keep_layout() -> tuple[str, int]:
        body = request.get_json(silent=True)
        if not isinstance(body, dict):
            abort(400)
        desk.layout.keep(str(body.get("panel")), folded=body.get("folded") is True)
        return "", 204
