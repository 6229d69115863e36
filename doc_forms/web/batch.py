"""Many papers from one roster: choose the workbook, see what is wrong with it, make the rest, get the receipt."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from flask import Flask, jsonify, redirect, render_template, request, send_file
from werkzeug.wrappers import Response

from doc_forms.desk import Desk
from doc_forms.desk.photos import Given
from doc_forms.desk.runs import Run, Runs
from doc_forms.errors import DocFormsError
from doc_forms.web.shell import Shell
from doc_forms.web.told import Told

_REFUSED = 422
_LISTED = 200
"""Papers that are listed by name; the folder has all."""
_CHOOSES = ("roster-unknown", "roster-unclear", "sheet-", "heading-", "kind-")
"""Refusals after which the clerk may know better what kind, or which sheet, it is."""
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
        return _begun(runs, lambda kind, sheet: runs.take_in(_given("roster"), kind, sheet))

    @app.post("/batch/choose")
    def choose() -> Answer:
        roster = shell.choose_file("Excel 名册", ("xlsx",))
        if roster is None:
            return redirect("/batch")
        return _begun(runs, lambda kind, sheet: runs.choose(roster, kind, sheet))

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
        return _run_page(runs.get(run))

    @app.post("/batch/<run>/photos")
    def add_photos(run: str) -> Answer:
        found = runs.get(run)
        return _changed(found, lambda: found.add(_given("photos")))

    @app.post("/batch/<run>/again")
    def check_again(run: str) -> Answer:
        found = runs.get(run)
        return _changed(found, found.again)

    @app.get("/batch/<run>/state")
    def run_state(run: str) -> Response:
        found = runs.get(run)
        total = found.total if found.counts else 0
        return jsonify(line=found.line(), done=found.done, total=total, running=found.running)

    @app.post("/batch/<run>/make")
    def make_run(run: str) -> Answer:
        found, turn = runs.get(run), request.form.get("turn", "")
        return _changed(found, lambda: found.make(int(turn) if turn.isdecimal() else 0))

    @app.post("/batch/<run>/cancel")
    def cancel_run(run: str) -> Response:
        runs.get(run).cancel()
        return redirect(f"/batch/{run}")

    @app.post("/batch/<run>/show")
    def show_run(run: str) -> Answer:
        found = runs.get(run)
        paper = request.form.get("paper", "")
        try:
            file = found.paper(paper) if paper else found.receipt() if "receipt" in request.form else found.folder
        except DocFormsError as error:
            return _run_page(found, [str(fault) for fault in error.faults]), _REFUSED
        return told.open(file, f"/batch/{run}")


def _begun(runs: Runs, begin: Callable[[str | None, str | None], Run]) -> Answer:
    """Begin a batch with what the page says of kind and sheet, and go to it; else the page with the reasons."""
    kind, sheet = request.form.get("kind") or None, request.form.get("sheet", "").strip() or None
    try:
        run = begin(kind, sheet)
    except DocFormsError as error:
        chooses = any(fault.code.startswith(_CHOOSES) for fault in error.faults)
        return _page(runs, [str(fault) for fault in error.faults], chooses=chooses), _REFUSED
    finally:
        _close("roster")
    return redirect(f"/batch/{run.id}")


def _changed(run: Run, change: Callable[[], None]) -> Answer:
    """Change what a batch is made of and show it; where that is refused, with the reasons."""
    try:
        change()
    except DocFormsError as error:
        return _run_page(run, [str(fault) for fault in error.faults]), _REFUSED
    finally:
        _close("photos")
    return redirect(f"/batch/{run.id}")


def _run_page(run: Run, lines: Sequence[str] = ()) -> str:
    papers = run.papers() if run.merged and not run.running else []
    more = max(0, len(papers) - _LISTED)
    return render_template("run.html", run=run, papers=papers[:_LISTED], more=more, lines=lines)


def _given(name: str) -> list[Given]:
    return [(file.filename, file.stream) for file in request.files.getlist(name) if file.filename]


def _close(name: str) -> None:
    for file in request.files.getlist(name):
        file.close()


def _page(runs: Runs, lines: Sequence[str] = (), *, chooses: bool = False) -> str:
    """The page; chooses: whether to show what the clerk may choose where the program could not."""
    return render_template(
        "batch.html", kinds=runs.kinds(), lines=lines, runs=runs.all(), typed=request.form, chooses=chooses
    )
