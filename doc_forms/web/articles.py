"""The regulation, article by article: its gist, what is checked, which papers it asks for."""

from __future__ import annotations

from flask import Flask, render_template

from doc_forms.office import Office


def add_pages(app: Flask, office: Office) -> None:
    """Add the list of articles and the page of each."""

    @app.get("/articles")
    def articles() -> str:
        return render_template("articles.html", entries=office.articles())

    @app.get("/articles/<int:number>")
    def article(number: int) -> str:
        (entry,) = office.articles(number)
        return render_template("article.html", entry=entry)
