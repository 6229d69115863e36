"""The register: every paper that was made, and what does not add up; the document numbers and what became of each."""

from __future__ import annotations

from flask import Flask, redirect, render_template, request
from werkzeug.wrappers import Response

from doc_forms.desk import Desk
from doc_forms.errors import DocFormsError
from doc_forms.office.records import Entry
from doc_forms.web.told import Told

_REFUSED = 422
_HAND = "手工制作的文书，不在台账上"
Answer = str | Response | tuple[str, int]


def add_pages(app: Flask, desk: Desk, told: Told) -> None:
    """Add the pages of the register; only where papers are registered."""
    if not desk.register.kept:
        return
    _add_number_pages(app, desk, told)

    @app.get("/register")
    def register() -> str:
        return render_template("register.html", register=desk.register.look())

    @app.post("/register/show")
    def show_entry() -> Response:
        wanted = request.form.get("entry", "")
        line = next((line for line in desk.register.look().lines if line.entry.id == wanted), None)
        return told.open(line.shown, "/register") if line else redirect("/register")


def _add_number_pages(app: Flask, desk: Desk, told: Told) -> None:
    """Add the pages of the document numbers: given, put on a paper, made void."""

    @app.get("/register/numbers")
    def numbers() -> str:
        typed = told.of(request.args.get("told", ""), dict) or {}
        return _numbers(desk, typed, "", given=typed.get("given", ""))

    @app.post("/register/numbers")
    def reserve() -> Answer:
        typed = {name: request.form.get(name, "") for name in ("prefix", "year", "for_what", "first")}
        try:
            number = desk.register.reserve(**typed)
        except DocFormsError as error:
            return _numbers(desk, typed, error.faults[0].message), _REFUSED
        kept = told.keep({"prefix": typed["prefix"], "year": typed["year"], "given": str(number)})
        return redirect(f"/register/numbers?told={kept}")

    @app.get("/register/numbers/<number>/<do>")
    def number(number: str, do: str) -> str:
        return _one(desk, number, do, "", "")

    @app.post("/register/numbers/<number>/<do>")
    def change_number(number: str, do: str) -> Answer:
        line = desk.register.number(number)
        reason = request.form.get("reason", "")
        try:
            if do == "issue":
                desk.register.issue(line.number, request.form.get("entry", ""))
            else:
                desk.register.void(line.number, reason)
        except DocFormsError as error:
            return _one(desk, number, do, reason, error.faults[0].message), _REFUSED
        return redirect("/register/numbers")


def _numbers(desk: Desk, typed: dict[str, str], error: str, given: str = "") -> str:
    lines = desk.register.numbers()
    newest = lines[0].number if lines else None
    usual = {"prefix": newest.prefix if newest else "", "year": str(desk.today().year), "for_what": "", "first": ""}
    return render_template("numbers.html", lines=lines, typed={**usual, **typed}, error=error, given=given)


def _one(desk: Desk, number: str, do: str, reason: str, error: str) -> str:
    line = desk.register.number(number)
    papers = [("", _HAND, False)]
    papers += [(one.id, _called(one), one.number == number) for one in desk.register.bearing(line.number)]
    return render_template("number.html", line=line, do=do, papers=papers, reason=reason, error=error)


def _called(entry: Entry) -> str:
    return " ".join(filter(None, (entry.title, entry.person, entry.date, entry.case)))
