"""The same work done by others: docxtpl, docx-mailmerge2 and, where node is, docxtemplater and easy-template-x.

    python -m benchmarks.peers docxtpl TEMPLATE ROSTER.xlsx OUT

is the plain script that an office would write: it reads Excel with openpyxl, fills, saves, and checks nothing.
"""

from __future__ import annotations

import importlib.util
import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from benchmarks.papers import LISTS

Fill = Callable[[dict[str, Any]], bytes]
PYTHON_PEERS = {"docxtpl": "jinja", "docx-mailmerge2": "mailmerge"}
"""Each with the manner of its tags, see `papers.draw`."""
NODE_PEERS = ("docxtemplater", "easy-template-x")
_NODE_PACKAGES = (*NODE_PEERS, "pizzip", "xlsx")
_SCRIPT = Path(__file__).parent / "peers.js"


def docxtpl(template: Path) -> Fill:
    """Fill with docxtpl: a fresh object for each record, as it needs."""
    from docxtpl import DocxTemplate  # noqa: PLC0415 - only this peer's run pays for it

    def fill(record: dict[str, Any]) -> bytes:
        document, stream = DocxTemplate(template), io.BytesIO()
        document.render(record, autoescape=True)
        document.save(stream)
        return stream.getvalue()

    return fill


def mailmerge(template: Path) -> Fill:
    """Fill with docx-mailmerge2."""
    from mailmerge import MailMerge  # noqa: PLC0415 - optional

    def fill(record: dict[str, Any]) -> bytes:
        stream = io.BytesIO()
        with MailMerge(str(template)) as document:
            document.merge(**{title: value for title, value in record.items() if title not in LISTS})
            for title, columns in LISTS.items():
                if title in record:
                    items = [{f"{title}_{key}": value for key, value in item.items()} for item in record[title]]
                    document.merge_rows(f"{title}_{columns[0]}", items)
            document.write(stream)
        return stream.getvalue()

    return fill


def python_peer(name: str) -> Callable[[Path], Fill] | None:
    """Give a peer by name; None where it is not installed."""
    if name == "docx-mailmerge2":
        return mailmerge if importlib.util.find_spec("mailmerge") else None
    return docxtpl


class Node:
    """Runs the peers that live in node; their packages lie in the user's cache, never in the repository."""

    def __init__(self) -> None:
        """Install what is missing; `absent` says why the peers cannot run, or is empty."""
        cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
        self._folder = cache / "doc_forms-benchmarks"
        self.absent = self._install()

    def _install(self) -> str:
        if not shutil.which("node") or not shutil.which("npm"):
            return "node or npm is not installed"
        if all((self._folder / "node_modules" / name).is_dir() for name in _NODE_PACKAGES):
            return ""
        self._folder.mkdir(parents=True, exist_ok=True)
        command = ["npm", "install", "--prefix", str(self._folder), "--no-audit", "--no-fund", *_NODE_PACKAGES]
        try:
            done = subprocess.run(command, cwd=self._folder, capture_output=True, text=True, timeout=120, check=False)
        except subprocess.TimeoutExpired:
            return "npm gave no answer in two minutes"
        return "" if done.returncode == 0 else f"npm install failed ({done.stderr.strip().splitlines()[-1:]})"

    def command(self, *arguments: str | Path) -> list[str]:
        """Give the command line of the script in node."""
        return ["node", str(_SCRIPT), *map(str, arguments)]

    @property
    def environment(self) -> dict[str, str]:
        """Give the environment in which node finds the packages."""
        return {**os.environ, "NODE_PATH": str(self._folder / "node_modules")}

    def render(self, peer: str, template: Path, data: Path, seconds: float) -> float:
        """Give the seconds that one paper takes (median, after warming up)."""
        command = self.command(peer, "render", template, data, str(seconds))
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, check=True)
        return float(done.stdout) / 1000


def read_excel(file: Path) -> Iterator[dict[str, Any]]:
    """Give the rows of a sheet, keyed by its headings; nothing is checked."""
    from openpyxl import load_workbook  # noqa: PLC0415 - only the plain script reads so

    book = load_workbook(file, read_only=True)
    lines = book.worksheets[0].iter_rows(values_only=True)
    headings = [str(heading) for heading in next(lines)]
    for line in lines:
        yield {heading: "" if value is None else value for heading, value in zip(headings, line, strict=True)}


def write_data(file: Path, records: list[dict[str, Any]]) -> Path:
    """Write the records for the peers in node."""
    file.write_text(json.dumps(records, ensure_ascii=False), "utf-8")
    return file


def main(name: str, template: str, roster: str, out: str) -> None:
    """Fill one paper a row, as a plain script does."""
    make = python_peer(name)
    if make is None:
        raise SystemExit(2)
    folder = Path(out)
    folder.mkdir(parents=True)
    fill = make(Path(template))
    for number, record in enumerate(read_excel(Path(roster))):
        (folder / f"{number}.docx").write_bytes(fill(record))


if __name__ == "__main__":
    main(*sys.argv[1:])
