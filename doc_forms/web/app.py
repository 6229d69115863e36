"""The pages as one WSGI application: what every page shares, and what a clerk sees when something is refused."""

from __future__ import annotations

import threading
import traceback
from pathlib import Path
from typing import Any

from flask import Flask, render_template, request
from jinja2 import StrictUndefined
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from doc_forms.desk import Desk
from doc_forms.errors import DocFormsError
from doc_forms.office import Office
from doc_forms.web import (
    archive,
    articles,
    away,
    batch,
    case,
    history,
    panel,
    papers,
    people,
    pictures,
    preview,
    register,
    start,
    templates_page,
    topic,
)
from doc_forms.web.guard import KEY
from doc_forms.web.rail import rail
from doc_forms.web.shell import Shell
from doc_forms.web.told import UNOPENED, Told

_REFUSED, _TOO_LARGE, _FAILED = 422, 413, 500
_MOST_TYPED = 8 << 20
"""In bytes of one form, files apart: more than anybody types, and enough for a table that is pasted."""
_MOST_PARTS = 2_100
"""Answers and files of one form: as many photos as a `.zip` may hold."""


def make_app(desk: Desk, shell: Shell) -> Flask:
    """Give the application over a desk and the office of the desk's library."""
    app = Flask(__name__, static_url_path="/static")
    app.config["MAX_FORM_MEMORY_SIZE"] = _MOST_TYPED
    app.config["MAX_FORM_PARTS"] = _MOST_PARTS
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    office, told = Office(desk.library.root), Told()

    @app.context_processor
    def _shared() -> dict[str, Any]:
        return {
            "key": request.environ.get(KEY, ""),
            "in_browser": shell.in_browser,
            "rail": rail(registers=desk.register.kept),
            "here": request.path,
            "layout": desk.layout.now,
            "unopened": told.of(request.args.get(UNOPENED, ""), str),
        }

    _say_what_is_wrong(app)
    start.add_pages(app, desk, shell, told)
    away.add_pages(app, desk, told)
    case.add_pages(app, desk)
    topic.add_pages(app, desk)
    pictures.add_pages(app, desk)
    panel.add_pages(app, desk)
    papers.add_pages(app, desk, shell, told)
    preview.add_pages(app, desk)
    history.add_pages(app, desk)
    people.add_pages(app, desk, told)
    batch.add_pages(app, desk, shell, told)
    register.add_pages(app, desk, told)
    archive.add_pages(app, desk, shell, told)
    articles.add_pages(app, office)
    templates_page.add_pages(app, desk)
    return app


def _say_what_is_wrong(app: Flask) -> None:
    """Show in Chinese, on a page, whatever is refused or fails."""

    @app.errorhandler(DocFormsError)
    def _refused(error: DocFormsError) -> tuple[str, int]:
        return render_template("refused.html", lines=[str(fault) for fault in error.faults]), _REFUSED

    @app.errorhandler(HTTPException)
    def _not_there(error: HTTPException) -> tuple[str, int]:
        is_large = error.code == _TOO_LARGE
        line = "这一页的内容太长，没有收下；请分开填写或改用文件。" if is_large else "没有这个页面，可能已被移走。"
        return render_template("refused.html", lines=[line]), error.code or _FAILED

    @app.errorhandler(Exception)
    def _failed(error: Exception) -> tuple[str, int]:
        frame = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{type(error).__name__}，{Path(frame.filename).name} 第 {frame.lineno} 行"
        line = f"程序内部出错（{where}）。已填的内容都已保存；请把这一行告诉维护人员。"
        return render_template("refused.html", lines=[line]), _FAILED


def get_ready_after_first_page(app: Flask, desk: Desk) -> None:
    """Once the first page is answered, and not before, let the desk load what the next ones would wait for."""
    begun = threading.Event()

    @app.after_request
    def _begin(response: Response) -> Response:
        if not begun.is_set():
            begun.set()
            response.call_on_close(threading.Thread(target=desk.get_ready, name="get ready", daemon=True).start)
        return response
