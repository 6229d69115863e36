"""The papers of a case: which can be made, which cannot and why; making them; where they are."""

from __future__ import annotations

from flask import Flask, redirect, render_template, request
from werkzeug.wrappers import Response

from doc_forms.desk import CaseFolder, Desk
from doc_forms.web.shell import show


def add_pages(app: Flask, desk: Desk) -> None:
    """Add the page of a case's papers."""

    @app.get("/case/<case>/papers")
    def papers(case: str) -> str:
        return _page(desk, case, None)

    @app.post("/case/<case>/papers")
    def make_papers(case: str) -> str:
        return _page(desk, case, desk.papers.make(desk.open(case), request.form.get("reason", "")))

    @app.post("/case/<case>/papers/show")
    def show_papers(case: str) -> Response:
        folder = desk.papers.folder(desk.open(case))
        number = request.form.get("paper", "")
        made = desk.papers.of(desk.open(case))
        chosen = made[int(number)][1] if number.isdecimal() and int(number) < len(made) else None
        show(chosen or folder)
        return redirect(f"/case/{case}/papers")


def _page(desk: Desk, case: str, outcome: CaseFolder | None) -> str:
    found = desk.open(case)
    made = desk.papers.of(found)
    folder = desk.papers.folder(found)
    steps = {number: item.step.title for number, item in enumerate(found.checklist.steps, 1)}
    ready = sum(paper.state.value == "ready" for paper, _ in made)
    doubted = sum(paper.state.value == "doubted" for paper, _ in made)
    return render_template(
        "papers.html",
        case=found,
        papers=[(number, *pair) for number, pair in enumerate(made)],
        steps=steps,
        ready=ready,
        doubted=doubted,
        folder=folder,
        exists=folder.is_dir(),
        outcome=outcome,
        lines=list(outcome.lines())[-2:] if outcome else [],
    )
