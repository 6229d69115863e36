"""The register: every paper that was made, the document numbers, and what does not add up."""

from __future__ import annotations

from flask import Flask, render_template

from doc_forms.desk import Desk


def add_pages(app: Flask, desk: Desk) -> None:
    """Add the page of the register; only where papers are registered."""
    if not desk.register.kept:
        return

    @app.get("/register")
    def register() -> str:
        return render_template("register.html", register=desk.register.look())
