"""Photos: taken as files, and never carried about in the form of a page."""

from __future__ import annotations

from flask import Flask, jsonify, request
from werkzeug.wrappers import Response

from doc_forms.desk import Desk
from doc_forms.errors import DocFormsError
from doc_forms.web.fields import path_of_name, rows_of


def add_pages(app: Flask, desk: Desk) -> None:
    """Add what takes in a photo, or takes one out where none is sent."""

    @app.post("/case/<case>/picture")
    def take_picture(case: str) -> Response:
        path = path_of_name(request.form.get("name", ""))
        given, rows = request.files.get("picture"), rows_of(request.form)
        try:
            if given is None:
                desk.put(case, {path: ""}, rows)
            else:
                with given.stream:
                    desk.put_picture(case, path, given.stream, rows)
        except DocFormsError as error:
            return jsonify(error=error.faults[0].message)
        return jsonify(error="")
