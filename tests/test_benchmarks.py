"""The benchmark compares the same work: every program prints the same papers from the same facts."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from docx import Document

from benchmarks import papers, peers
from doc_forms.errors import Place
from doc_forms.form.reading import read
from doc_forms.library import Library
from doc_forms.making import Maker


def text_of(document: bytes) -> list[str]:
    opened = Document(io.BytesIO(document))
    cells = [cell.text for table in opened.tables for row in table.rows for cell in row.cells]
    return [paragraph.text for paragraph in opened.paragraphs] + cells


@pytest.mark.parametrize("stem", ["notice", "form"])
@pytest.mark.parametrize("name", peers.PYTHON_PEERS)
def test_a_peer_prints_the_same_paper(tmp_path: Path, stem: str, name: str) -> None:
    peer = peers.python_peer(name)
    if peer is None:
        pytest.skip(f"{name} is not installed")
    maker = Maker.open(Library(papers.make_library(tmp_path / "library")).kind(stem))
    form, _ = read(maker.kind.form, papers.facts(stem, 3), lambda path: Place(field=str(path)))
    template = papers.draw(stem, peers.PYTHON_PEERS[name], tmp_path / "peer.docx")
    assert text_of(peer(template)(form.context())) == text_of(maker.make(maker.draft(form)))


def test_the_roster_of_the_benchmark_holds_the_facts_that_the_peers_are_given(tmp_path: Path) -> None:
    roster = papers.write_roster(tmp_path / "名册.xlsx", 5)
    assert list(peers.read_excel(roster)) == list(papers.rows("notice", 5))
