"""The papers of a case: which can be made, which cannot and why; making, printing and handing them out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from flask import Flask, redirect, render_template, request, send_file
from werkzeug.wrappers import Response

from doc_forms.desk import Desk, OpenCase
from doc_forms.errors import UsageRefused
from doc_forms.web.paper_views import paper_view
from doc_forms.web.preview import sheet_of
from doc_forms.web.shell import Shell, show
from doc_forms.web.told import Told

_REFUSED = 422
Answer = str | Response | tuple[str, int]


def add_pages(app: Flask, desk: Desk, shell: Shell, told: Told) -> None:
    """Add the page of a case's papers, and each paper's own."""
    _add_list(app, desk, shell, told)
    _add_one(app, desk, shell, told)

    @app.post("/case/<case>/papers/show")
    def show_papers(case: str) -> Response:
        found = desk.open(case)
        number = request.form.get("paper", "")
        file = desk.papers.one(found, int(number)).file if number.isdecimal() else desk.papers.folder(found)
        return _done(told, case, [_opened(file or desk.papers.folder(found))])


def _add_list(app: Flask, desk: Desk, shell: Shell, told: Told) -> None:
    """Add the list, and what is done with several papers at once."""

    @app.get("/case/<case>/papers")
    def papers(case: str) -> str:
        return _page(desk, desk.open(case), told.of(request.args.get("told", ""), list) or [])

    @app.post("/case/<case>/papers")
    def make_papers(case: str) -> Answer:
        found = desk.open(case)
        reason = request.form.get("reason", "").strip()
        numbers = _numbers()
        if numbers is not None and not numbers:
            return _page(desk, found, error="请先勾选要生成的文书。"), _REFUSED
        try:
            outcome = desk.papers.make(found, reason, numbers)
        except UsageRefused as error:
            if error.faults[0].code != "reason-empty":
                raise
            return _page(desk, found, error=error.faults[0].message, at="reason"), _REFUSED
        if outcome.waits_for_reason and not outcome.made and numbers is not None:
            return _page(desk, found, error="选中的文书要写明办理理由才能生成。", at="reason"), _REFUSED
        return _done(told, case, [line for line in list(outcome.lines())[-3:] if line[0] not in "✕○▲ "])

    @app.post("/case/<case>/papers/print")
    def print_papers(case: str) -> Answer:
        found = desk.open(case)
        chosen = [int(number) for number in request.form.getlist("paper") if number.isdecimal()]
        try:
            file, count = desk.papers.print_set(found, chosen or [paper.number for paper in desk.papers.of(found)])
        except UsageRefused as error:
            return _page(desk, found, error=error.faults[0].message), _REFUSED
        return _handed_over(shell, told, case, file, f"{count} 份已按办理顺序合成一个 PDF。")


def _add_one(app: Flask, desk: Desk, shell: Shell, told: Told) -> None:
    """Add the page of one paper, and what is done with it."""

    @app.get("/case/<case>/papers/<int:number>")
    def paper(case: str, number: int) -> str:
        found = desk.open(case)
        sheet = sheet_of(desk, found, desk.papers.one(found, number))
        return render_template("paper.html", case=found, sheet=sheet, said="")

    @app.post("/case/<case>/papers/<int:number>/save")
    def save_paper(case: str, number: int) -> Answer:
        file = desk.papers.one(desk.open(case), number).file
        if file is None:
            return redirect(f"/case/{case}/papers/{number}")
        if shell.in_browser:
            return send_file(file, as_attachment=True, download_name=file.name)
        chosen = shell.save_as(file.name)
        if chosen is None:
            return redirect(f"/case/{case}/papers")
        desk.papers.copy(file, chosen)
        return _done(told, case, [f"已另存为：{chosen}"])

    @app.post("/case/<case>/papers/<int:number>/pdf")
    def pdf_of_paper(case: str, number: int) -> Response:
        return _handed_over(shell, told, case, desk.papers.pdf(desk.open(case), number))

    @app.post("/case/<case>/papers/<int:number>/draft")
    def show_draft(case: str, number: int) -> Response:
        document = desk.preview.document(desk.papers.one(desk.open(case), number).paper)
        return _done(told, case, [_opened(desk.preview.keep("草稿.docx", document))])


def _numbers() -> list[int] | None:
    """Which papers are to be made: one, the chosen ones, or None for all."""
    one = request.form.get("one", "")
    if one.isdecimal():
        return [int(one)]
    if request.form.get("do") == "chosen":
        return [int(number) for number in request.form.getlist("paper") if number.isdecimal()]
    return None


def _opened(path: Path) -> str:
    """Open a file or folder, and say so."""
    return _said_of(path, is_open=show(path))


def _said_of(path: Path, *, is_open: bool) -> str:
    if is_open:
        return f"已交给电脑上的程序打开：{path}"
    return f"这台电脑上没有能打开它的程序，文件在：{path}"


def _handed_over(shell: Shell, told: Told, case: str, file: Path, before: str = "") -> Response:
    """Open a PDF; where this computer has no program for it, a browser takes it, which shows it itself."""
    is_open = show(file)
    if shell.in_browser and not is_open:
        return send_file(file, as_attachment=True, download_name=file.name)
    return _done(told, case, [before + _said_of(file, is_open=is_open)])


def _done(told: Told, case: str, said: list[str]) -> Response:
    """Show the list again, with what came of it."""
    return redirect(f"/case/{case}/papers?told={told.keep(said)}")


def _page(desk: Desk, case: OpenCase, said: Sequence[str] = (), error: str = "", at: str = "papers") -> str:
    views = [(item.paper.step, paper_view(case, item)) for item in desk.papers.of(case)]
    folder = desk.papers.folder(case)
    steps = {number: item.step.title for number, item in enumerate(case.checklist.steps, 1)}
    return render_template(
        "papers.html",
        case=case,
        papers=views,
        steps=steps,
        ready=sum(view.can_be_made and view.state != "doubted" for _, view in views),
        doubted=sum(view.state == "doubted" for _, view in views),
        made=sum(view.made for _, view in views),
        counts=_counts([view.word for _, view in views]),
        reason=request.form.get("reason", "") or desk.papers.last_reason(case),
        folder=folder,
        exists=folder.is_dir(),
        said=said,
        error=error,
        at=at,
    )


def _counts(words: list[str]) -> str:
    return "，".join(f"{word} {words.count(word)}" for word in dict.fromkeys(words))
