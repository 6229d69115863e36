"""The archive: what must be kept of a case and what is missing, scans, packages built and verified."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from flask import Flask, abort, jsonify, redirect, render_template, request
from werkzeug.wrappers import Response

from doc_forms.desk import Desk, OpenCase
from doc_forms.desk.archive import Looked
from doc_forms.errors import DocFormsError
from doc_forms.web.shell import Shell
from doc_forms.web.told import Told

_REFUSED = 422
_BUILT = "归档"
"""What the history calls the revision that was archived."""
Answer = str | Response | tuple[str, int]


def add_pages(app: Flask, desk: Desk, shell: Shell, told: Told) -> None:
    """Add the pages of the archive."""
    _add_case_pages(app, desk)
    _add_package_pages(app, desk, told)
    _add_settings_pages(app, desk)
    _add_verify_pages(app, desk, shell, told)

    @app.get("/archive")
    def archive_of() -> str:
        return render_template("archive.html", cases=desk.cases(), ready=_is_ready(desk))


def _add_case_pages(app: Flask, desk: Desk) -> None:
    """Add the page of one case: its items, and what a clerk adds to them."""

    @app.get("/archive/<case>")
    def archive_case(case: str) -> str:
        return _case(desk, desk.open(case), ())

    @app.post("/archive/<case>/add")
    def add_scans(case: str) -> Answer:
        opened, where = desk.open(case), request.form.get("where", "")
        given = [file for file in request.files.getlist("scan") if file.filename]
        troubles = [] if given else ["请先选择文件。"]
        for file in given:
            try:
                desk.archive.add(opened, where, file.filename or "", file.stream)
            except DocFormsError as error:
                troubles += [str(fault) for fault in error.faults]
        if troubles:
            return _case(desk, opened, tuple(troubles)), _REFUSED
        return redirect(_at(desk, opened, where))

    @app.post("/archive/<case>/remove")
    def remove_scan(case: str) -> Response:
        opened, where = desk.open(case), request.form.get("where", "")
        desk.archive.remove(opened, where, request.form.get("name", ""))
        return redirect(_at(desk, opened, where))


def _add_package_pages(app: Flask, desk: Desk, told: Told) -> None:
    """Add what builds the packages of a case and shows what came of it."""

    @app.post("/archive/<case>/build")
    def build(case: str) -> Answer:
        if not _is_ready(desk):
            return redirect("/archive/settings")
        desk.revise(case, _BUILT)
        desk.archive.build(desk.open(case), pdf="pdf" in request.form)
        return redirect(f"/archive/{case}/built")

    @app.get("/archive/<case>/built")
    def built(case: str) -> Answer:
        work = desk.archive.work(case)
        if work is None:
            return redirect(f"/archive/{case}")
        return render_template("archive_built.html", case=desk.open(case), work=work)

    @app.get("/archive/<case>/state")
    def build_state(case: str) -> Response:
        work = desk.archive.work(case)
        if work is None:
            abort(404)
        return jsonify(line=work.line(), done=0, total=0, running=work.running)

    @app.post("/archive/<case>/show")
    def show_built(case: str) -> Response:
        work = desk.archive.work(case)
        folder = work.came_of_it.folder if work and work.came_of_it else None
        back = f"/archive/{case}/built"
        return told.open(folder, back) if folder else redirect(back)


def _add_settings_pages(app: Flask, desk: Desk) -> None:
    """Add the page of the office's settings."""

    @app.get("/archive/settings")
    def archive_settings() -> str:
        return _settings(desk, desk.archive.settings(), {}, "saved" in request.args)

    @app.post("/archive/settings")
    def keep_settings() -> Answer:
        typed = {spec.title: request.form.get(spec.name, "") for spec in desk.archive.questions}
        faults = desk.archive.keep_settings(typed)
        if faults:
            return _settings(desk, typed, faults), _REFUSED
        return redirect("/archive/settings?saved=1")


def _add_verify_pages(app: Flask, desk: Desk, shell: Shell, told: Told) -> None:
    """Add the page that verifies packages: those that were built here, or a folder that the clerk chooses."""

    @app.get("/archive/verify")
    def packages() -> str:
        return _packages(desk)

    @app.post("/archive/verify")
    def verify_built() -> Answer:
        wanted = request.form.get("folder", "")
        return _verify(desk, told, lambda: next((one for one in desk.archive.built() if one.name == wanted), None))

    @app.post("/archive/verify/choose")
    def verify_chosen() -> Answer:
        return _verify(desk, told, shell.choose_folder)

    @app.get("/archive/verify/<found>")
    def verified(found: str) -> Answer:
        looked = told.of(found, Looked)
        return render_template("archive_verified.html", looked=looked) if looked else redirect("/archive/verify")


def _case(desk: Desk, case: OpenCase, troubles: tuple[str, ...]) -> str:
    items = list(enumerate(desk.archive.items(case)))
    people = list(dict.fromkeys(item.person for _, item in items))
    groups = [(person, [(_id(number), item) for number, item in items if item.person == person]) for person in people]
    return render_template(
        "archive_case.html",
        case=case,
        groups=groups,
        missing=[(_id(number), item) for number, item in items if item.state == "missing"],
        troubles=troubles,
        ready=_is_ready(desk),
        makes_pdf=desk.archive.makes_pdf,
        work=desk.archive.work(case.id),
    )


def _settings(desk: Desk, typed: dict[str, str], faults: dict[str, str], saved: bool = False) -> str:  # noqa: FBT001, FBT002
    asked = [(spec, typed.get(spec.title, ""), faults.get(spec.title, "")) for spec in desk.archive.questions]
    return render_template("archive_settings.html", asked=asked, saved=saved)


def _verify(desk: Desk, told: Told, choose: Callable[[], Path | None]) -> Answer:
    """Verify the folder that is chosen; without one, the page as it was."""
    folder = choose()
    if folder is None:
        return redirect("/archive/verify")
    try:
        looked = desk.archive.verify(folder, request.form.get("digest", ""))
    except DocFormsError as error:
        return _packages(desk, error.faults[0].message), _REFUSED
    return redirect(f"/archive/verify/{told.keep(looked)}")


def _packages(desk: Desk, error: str = "") -> str:
    return render_template("archive_verify.html", built=desk.archive.built(), out=desk.archive.out, error=error)


def _is_ready(desk: Desk) -> bool:
    """Whether the office's settings are there and whole."""
    return not desk.archive.settings_faults(desk.archive.settings())


def _at(desk: Desk, case: OpenCase, where: str) -> str:
    """The address of an item on its page."""
    places = [item.where for item in desk.archive.items(case)]
    return f"/archive/{case.id}" + (f"#{_id(places.index(where))}" if where in places else "")


def _id(number: int) -> str:
    """The place of an item on the page: no name, since addresses stay in a browser's history."""
    return f"i-{number}"
