"""Many papers from one roster: choose the workbook, see what is wrong with it, make the rest, get the receipt."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from flask import Flask, jsonify, redirect, render_template, request, send_file
from werkzeug.wrappers import Response

from doc_forms.desk import Desk
from doc_forms.desk.runs import Runs
from doc_forms.errors import DocFormsError
from doc_forms.web.shell import Shell
from doc_forms.web.told import Told

_REFUSED = 422
_LISTED = 200
"""Papers that are listed by name; the folder has all."""
Answer = str | Response | tuple[str, int]


def add_pages(app: Flask, desk: Desk, shell: Shell, told: Told) -> None:
    """Add the pages of batches."""
    runs = Runs(desk.library, desk.batch_folder, desk.records)
    _add_run_pages(app, runs, told)

    @app.get("/batch")
    def batch() -> str:
        return _page(runs)

    @app.post("/batch")
    def take_in() -> Answer:
        given = request.files.get("roster")
        if given is None or not given.filename:
            return _page(runs, ["请先选择一个 .xlsx 文件。"]), _REFUSED
        kind, sheet = request.form.get("kind") or None, request.form.get("sheet", "").strip() or None
        try:
            with given.stream:
                run = runs.take_in(given.filename, given.stream, kind, sheet)
        except DocFormsError as error:
            return _page(runs, [str(fault) for fault in error.faults], chooses=True), _REFUSED
        return redirect(f"/batch/{run.id}")

    @app.post("/batch/blank")
    def blank() -> Response:
        name, data = runs.blank(request.form.get("kind", ""))
        if shell.in_browser:
            return send_file(data, as_attachment=True, download_name=name)
        chosen: Path | None = shell.save_as(name)
        if chosen:
            runs.keep(chosen, data.getvalue())
        return redirect("/batch")


def _add_run_pages(app: Flask, runs: Runs, told: Told) -> None:
    """Add the pages of one batch."""

    @app.get("/batch/<run>")
    def one(run: str) -> str:
        found = runs.get(run)
        papers = found.papers() if found.merged and not found.running else []
        return render_template("run.html", run=found, papers=papers[:_LISTED], more=max(0, len(papers) - _LISTED))

    @app.get("/batch/<run>/state")
    def run_state(run: str) -> Response:
        found = runs.get(run)
        return jsonify(line=found.line(), done=found.done, total=found.total, running=found.running)

    @app.post("/batch/<run>/make")
    def make_run(run: str) -> Response:
        runs.get(run).make()
        return redirect(f"/batch/{run}")

    @app.post("/batch/<run>/cancel")
    def cancel_run(run: str) -> Response:
        runs.get(run).cancel()
        return redirect(f"/batch/{run}")

    @app.post("/batch/<run>/show")
    def show_run(run: str) -> Response:
        found = runs.get(run)
        report, paper = found.merged, request.form.get("paper", "")
        if paper in found.papers():
            return told.open(found.folder / paper, f"/batch/{run}")
        receipt = report.receipt if report and "receipt" in request.form else None
        return told.open(receipt or found.folder, f"/batch/{run}")


def _page(runs: Runs, lines: Sequence[str] = (), *, chooses: bool = False) -> str:
    """The page; chooses: whether to show what the clerk may choose where the program could not."""
    return render_template(
        "batch.html", kinds=runs.kinds(), lines=lines, runs=runs.all(), typed=request.form, chooses=chooses
    )
