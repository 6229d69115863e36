"""The papers of a case: which can be made, which cannot and why; making, printing and handing them out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from flask import Flask, redirect, render_template, request, send_file
from werkzeug.wrappers import Response

from doc_forms.desk import Desk, DeskPaper, OpenCase
from doc_forms.desk.papers import file_of
from doc_forms.errors import Fault, UsageRefused
from doc_forms.web.paper_views import paper_view
from doc_forms.web.preview import sheet_of
from doc_forms.web.shell import Shell, show
from doc_forms.web.told import Told

_REFUSED = 422
Answer = str | Response | tuple[str, int]


def add_pages(app: Flask, desk: Desk, shell: Shell, told: Told) -> None:
    """Add the page of a case's papers, and each paper's own.

    A page names a paper by its key, never by its place in the list: a page that is older than the case acts on nothing.
    """
    _add_list(app, desk, shell, told)
    _add_one(app, desk, shell, told)
    _add_looking(app, desk, shell, told)

    @app.post("/case/<case>/papers/show")
    def show_papers(case: str) -> Answer:
        def show_them(found: OpenCase) -> Answer:
            key = request.form.get("open", "")
            file = file_of(_one(desk, found, key)) if key else desk.papers.folder(found)
            return _done(told, case, [_opened(file)])

        return _with(desk, case, show_them)


def _add_list(app: Flask, desk: Desk, shell: Shell, told: Told) -> None:
    """Add the list, and what is done with several papers at once."""

    @app.get("/case/<case>/papers")
    def papers(case: str) -> str:
        return _page(desk, desk.open(case), told.of(request.args.get("told", ""), list) or [])

    @app.post("/case/<case>/papers")
    def make_papers(case: str) -> Answer:
        return _with(desk, case, lambda found: _make(desk, told, found))

    @app.post("/case/<case>/papers/print")
    def print_papers(case: str) -> Answer:
        def print_them(found: OpenCase) -> Answer:
            chosen = desk.papers.numbers(found, request.form.getlist("paper"))
            file, count = desk.papers.print_set(found, chosen or [paper.number for paper in desk.papers.of(found)])
            return _handed_over(shell, told, case, file, f"{count} 份已按办理顺序合成一个 PDF。")

        return _with(desk, case, print_them)


def _add_one(app: Flask, desk: Desk, shell: Shell, told: Told) -> None:
    """Add the page of one paper, and what saves it elsewhere."""

    @app.get("/case/<case>/papers/<paper>")
    def paper(case: str, paper: str) -> Answer:
        def show_it(found: OpenCase) -> Answer:
            return render_template("paper.html", case=found, sheet=sheet_of(desk, found, _one(desk, found, paper)))

        return _with(desk, case, show_it)

    @app.post("/case/<case>/papers/<paper>/save")
    def save_paper(case: str, paper: str) -> Answer:
        def save_it(found: OpenCase) -> Answer:
            file = file_of(_one(desk, found, paper))
            if shell.in_browser:
                return send_file(file, as_attachment=True, download_name=file.name)
            chosen = shell.save_as(file.name)
            if chosen is None:
                return redirect(f"/case/{case}/papers")
            desk.papers.copy(file, chosen)
            return _done(told, case, [f"已另存为：{chosen}"])

        return _with(desk, case, save_it)


def _add_looking(app: Flask, desk: Desk, shell: Shell, told: Told) -> None:
    """Add what opens one paper in another program, as it is printed."""

    @app.post("/case/<case>/papers/<paper>/pdf")
    def pdf_of_paper(case: str, paper: str) -> Answer:
        def hand_over(found: OpenCase) -> Answer:
            return _handed_over(shell, told, case, desk.papers.pdf(found, _one(desk, found, paper).number))

        return _with(desk, case, hand_over)

    @app.post("/case/<case>/papers/<paper>/draft")
    def show_draft(case: str, paper: str) -> Answer:
        def show_it(found: OpenCase) -> Answer:
            document = desk.preview.document(_one(desk, found, paper).paper)
            return _done(told, case, [_opened(desk.preview.keep("草稿.docx", document))])

        return _with(desk, case, show_it)


def _one(desk: Desk, case: OpenCase, key: str) -> DeskPaper:
    """Give the paper that a page names."""
    (number,) = desk.papers.numbers(case, [key])
    return desk.papers.one(case, number)


def _with(desk: Desk, case: str, act: Callable[[OpenCase], Answer]) -> Answer:
    """Do something with the papers of a case; where that is refused, the papers as they are now, and why."""
    try:
        return act(desk.open(case))
    except UsageRefused as error:
        fault = error.faults[0]
        at = "reason" if fault.code.startswith("reason-") else "papers"
        return _page(desk, desk.open(case), error=fault.message, at=at), _REFUSED


def _make(desk: Desk, told: Told, case: OpenCase) -> Answer:
    """Make what the page asks for: one paper, the chosen ones, or all that can be made."""
    keys, reason = _keys(), request.form.get("reason", "").strip()
    if keys is not None and not keys:
        raise UsageRefused(Fault("papers-none", "请先勾选要生成的文书。"))
    numbers = None if keys is None else desk.papers.numbers(case, keys)
    if reason and request.form.get("doubts") != desk.papers.doubts(case):
        message = "案件在别处改动过，要说明理由的已不是这一页写的那些，没有生成；请看过现在的再写理由"
        raise UsageRefused(Fault("reason-other", message))
    outcome = desk.papers.make(case, reason, numbers)
    if outcome.waits_for_reason and not outcome.made and numbers is not None:
        raise UsageRefused(Fault("reason-none", "选中的文书要写明办理理由才能生成。"))
    return _done(told, case.id, [line for line in list(outcome.lines())[-3:] if line[0] not in "✕○▲ "])


def _keys() -> list[str] | None:
    """Which papers are to be made: one, the chosen ones, or None for all."""
    one = request.form.get("one", "")
    if one:
        return [one]
    return request.form.getlist("paper") if request.form.get("do") == "chosen" else None


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
    doubted = sum(view.state == "doubted" for _, view in views)
    folder = desk.papers.folder(case)
    steps = {number: item.step.title for number, item in enumerate(case.checklist.steps, 1)}
    return render_template(
        "papers.html",
        case=case,
        papers=views,
        steps=steps,
        ready=sum(view.can_be_made and view.state != "doubted" for _, view in views),
        doubted=doubted,
        made=sum(view.made for _, view in views),
        counts=_counts([view.word for _, view in views]),
        doubts=desk.papers.doubts(case) if doubted else "",
        chosen=request.form.getlist("paper"),
        reason=request.form.get("reason", "") or desk.papers.last_reason(case),
        folder=folder,
        exists=folder.is_dir(),
        said=said,
        error=error,
        at=at,
    )


def _counts(words: list[str]) -> str:
    return "，".join(f"{word} {words.count(word)}" for word in dict.fromkeys(words))
