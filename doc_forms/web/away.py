"""Cases that are put away and brought back; a draft that nothing came of deleted, once it is said what goes."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask, redirect, render_template, request
from werkzeug.wrappers import Response

from doc_forms.desk import Desk
from doc_forms.errors import Fault, UsageRefused
from doc_forms.web.told import Told

Answer = str | Response

TOLD = "told"
"""The part of an address that names what was done; the list of cases says it at its top."""


@dataclass(frozen=True)
class Done:
    """What was done with a case."""

    said: str
    undo: str = ""
    """The case that can be brought back; empty where there is nothing to undo."""


def add_pages(app: Flask, desk: Desk, told: Told) -> None:
    """Add the list of cases that are put away, and what takes a case there and back."""

    @app.get("/cases/away")
    def away_cases() -> str:
        return render_template("away.html", lines=desk.away.lines(), done=told.of(request.args.get(TOLD, ""), Done))

    @app.get("/case/<case>/away")
    def away(case: str) -> str:
        return render_template("away_case.html", held=desk.away.look(case))

    @app.post("/case/<case>/away")
    def put_away(case: str) -> Response:
        name = desk.away.put_away(case, request.form.get("why", ""))
        return _said(told, "/", Done(f"已移出“{name}”，内容都留着。", case))

    @app.post("/case/<case>/back")
    def bring_back(case: str) -> Response:
        return _said(told, "/", Done(f"已移回“{desk.away.bring_back(case)}”。"))

    @app.get("/case/<case>/delete")
    def deleting(case: str) -> Answer:
        held = desk.away.look(case)
        return redirect(f"/case/{case}/away") if held.came_of_it else render_template("delete_case.html", held=held)

    @app.post("/case/<case>/delete")
    def delete(case: str) -> Response:
        shown, work = request.form.get("shown", ""), desk.archive.work(case)
        if work and work.running:
            raise UsageRefused(Fault("case-kept", "正在生成这个案件的档案包，没有删除"))
        name = desk.away.delete(case, int(shown) if shown.isdecimal() else -1)
        return _said(told, "/", Done(f"已删除“{name}”。"))


def _said(told: Told, page: str, done: Done) -> Response:
    return redirect(f"{page}?{TOLD}={told.keep(done)}")
