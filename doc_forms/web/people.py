"""People from a roster, pasted cells or exchange files into a case: chosen, looked at, confirmed; and out again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import IO

from flask import Flask, redirect, render_template, request
from werkzeug.wrappers import Response

from doc_forms.desk import Desk
from doc_forms.desk.people import Compared, Exported, Offer
from doc_forms.errors import DocFormsError, Fault
from doc_forms.web.told import Told

_REFUSED = 422
Answer = str | Response | tuple[str, int]


def add_pages(app: Flask, desk: Desk, told: Told) -> None:
    """Add the pages that bring people into a case."""

    @app.get("/case/<case>/people")
    def people(case: str) -> str:
        return _page(desk, case)

    @app.post("/case/<case>/people")
    def read_people(case: str) -> Answer:
        text = request.form.get("text", "")
        try:
            offer = desk.people.offer(case, text, _given("file"), request.form.get("sheet", "").strip() or None)
        except DocFormsError as error:
            return _page(desk, case, text, error.faults), _REFUSED
        finally:
            _close("file")
        return redirect(f"/case/{case}/people/{offer.id}")

    _add_comparing_pages(app, desk, told)
    _add_writing_pages(app, desk, told)
    _add_offer_pages(app, desk)


def _add_comparing_pages(app: Flask, desk: Desk, told: Told) -> None:
    """Add the page that compares exchange files with a roster."""

    @app.get("/case/<case>/people/compare")
    def compare_people(case: str) -> str:
        return render_template("people_compare.html", case=desk.open(case), faults=())

    @app.post("/case/<case>/people/compare")
    def read_both(case: str) -> Answer:
        opened = desk.open(case)
        try:
            compared = desk.people.compare(_given("file"), _given("roster"))
        except DocFormsError as error:
            return render_template("people_compare.html", case=opened, faults=error.faults), _REFUSED
        finally:
            _close("file", "roster")
        return redirect(f"/case/{case}/people/compare/{told.keep(compared)}")

    @app.get("/case/<case>/people/compare/<found>")
    def compared_people(case: str, found: str) -> Answer:
        compared = told.of(found, Compared)
        if compared is None:
            return redirect(f"/case/{case}/people/compare")
        return render_template("people_compared.html", case=desk.open(case), compared=compared)


def _add_writing_pages(app: Flask, desk: Desk, told: Told) -> None:
    """Add what writes the people of a case as exchange files."""

    @app.post("/case/<case>/people/export")
    def export_people(case: str) -> Answer:
        try:
            exported = desk.people.export(case)
        except DocFormsError as error:
            return _page(desk, case, faults=error.faults, title="没有写出"), _REFUSED
        return redirect(f"/case/{case}/people/written/{told.keep(exported)}")

    @app.get("/case/<case>/people/written/<found>")
    def written_people(case: str, found: str) -> Answer:
        exported = told.of(found, Exported)
        if exported is None:
            return redirect(f"/case/{case}/people")
        opened = desk.open(case)
        return render_template(
            "people_written.html", case=opened, exported=exported, out=desk.people.out(opened), here_again=found
        )

    @app.post("/case/<case>/people/show")
    def show_people(case: str) -> Response:
        again = request.form.get("written", "")
        back = f"/case/{case}/people/written/{again}" if told.of(again, Exported) else f"/case/{case}/people"
        return told.open(desk.people.out(desk.open(case)), back)


def _add_offer_pages(app: Flask, desk: Desk) -> None:
    """Add the page that shows what was read, and takes it in."""

    @app.get("/case/<case>/people/<offer>")
    def look_at_people(case: str, offer: str) -> Answer:
        found = desk.people.offered(case, offer)
        return _offer_page(desk, case, found) if found else redirect(f"/case/{case}/people")

    @app.post("/case/<case>/people/<offer>")
    def accept_people(case: str, offer: str) -> Response:
        accepted = desk.people.accept(case, offer, update=request.form.get("differing") == "update")
        return redirect(f"/case/{case}/people/{accepted.id}{'' if accepted.done else '?changed=1'}")

    @app.post("/case/<case>/people/<offer>/photos")
    def add_photos_of_people(case: str, offer: str) -> Answer:
        try:
            again = desk.people.add_photos(case, offer, _given("photos"))
        except DocFormsError as error:
            found = desk.people.offered(case, offer)
            if found is None:
                raise
            return _offer_page(desk, case, found, [str(fault) for fault in error.faults]), _REFUSED
        finally:
            _close("photos")
        return redirect(f"/case/{case}/people/{again.id}")


def _offer_page(desk: Desk, case: str, found: Offer, lines: Sequence[str] = ()) -> str:
    """The page of an offer; lines: why photos were not taken in."""
    return render_template(
        "people_offer.html",
        case=desk.open(case),
        offer=found,
        added=desk.people.table(found),
        changed="changed" in request.args,
        lines=lines,
    )


def _given(name: str) -> list[tuple[str, IO[bytes]]]:
    """The files that were chosen under a name."""
    return [(file.filename, file.stream) for file in request.files.getlist(name) if file.filename]


def _close(*names: str) -> None:
    for name in names:
        for file in request.files.getlist(name):
            file.close()


def _page(
    desk: Desk, case: str, text: str = "", faults: Sequence[Fault] = (), title: str = "没有读到可以导入的人员"
) -> str:
    opened = desk.open(case)
    known = len(opened.values.get(desk.people.called) or ())
    return render_template(
        "people.html",
        case=opened,
        called=desk.people.called,
        known=known,
        text=text,
        faults=faults,
        refused=title,
        typed=request.form,
        sheet_asked="sheet" in request.form or any(fault.code.startswith("sheet-") for fault in faults),
    )
