"""Papers as pictures of their pages: beside the form, beside the list of papers, and each on a page of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Flask, Response, abort, render_template, request

from doc_forms.desk import Desk, DeskPaper, OpenCase, papers_about
from doc_forms.errors import DocFormsError
from doc_forms.web.paper_views import paper_view


@dataclass(frozen=True)
class PageView:
    """One page as it is shown; width and height in points keep its place before the picture is there."""

    number: int
    source: str
    width: int
    height: int


def add_pages(app: Flask, desk: Desk) -> None:
    """Add the pictures and what holds them."""

    @app.get("/case/<case>/preview")
    def preview(case: str) -> str:
        found = desk.open(case)
        step, at = request.args.get("step", ""), request.args.get("at", "")
        numbers = _numbers(found, int(step) - 1 if step.isdecimal() else -1, at)
        wanted, papers = request.args.get("paper", ""), desk.papers.of(found)
        about = [papers[number] for number in numbers]
        chosen = next((paper for paper in about if paper.key == wanted), about[0] if about else None)
        sheet = sheet_of(desk, found, chosen) if chosen else None
        choices = [(paper.key, paper.paper.title) for paper in about]
        return render_template("preview.html", case=found, choices=choices, sheet=sheet)

    @app.get("/previews/<int:preview>/<int:page>.png")
    def picture(preview: int, page: int) -> Response:
        found = desk.preview.picture(preview, page)
        if found is None:
            abort(404)
        return Response(found, mimetype="image/png")


def sheet_of(desk: Desk, case: OpenCase, paper: DeskPaper) -> dict[str, Any]:
    """Give what is shown of one paper: its pages, or why there are none."""
    shown: dict[str, Any] = {
        "paper": paper,
        "view": paper_view(case, paper),
        "pages": [],
        "trouble": [],
        "possible": desk.preview.is_possible(),
        "draft": paper.paper.form is None or bool(paper.paper.missing),
    }
    if not shown["possible"]:
        return shown
    try:
        laid_out = desk.preview.of(paper.paper)
    except DocFormsError as error:
        return {**shown, "trouble": [fault.message for fault in error.faults]}
    pages = [
        PageView(number, f"/previews/{laid_out.id}/{number}.png", round(size.width), round(size.height))
        for number, size in enumerate(laid_out.sizes)
    ]
    return {**shown, "pages": pages}


def _numbers(case: OpenCase, step: int, address: str) -> list[int]:
    """The papers to choose from: those that print a page's facts, or those of a step."""
    if not 0 <= step < len(case.steps):
        abort(404)
    topic = case.topic(step, address) if address else None
    if topic:
        return papers_about(case, topic)
    checked = case.checked(step)
    return [number for number, paper in enumerate(case.papers) if checked and paper.step == checked.number]
