"""What does not add up: the database itself, papers that are gone or were edited, work cut short, numbers left open."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from sqlalchemy import text

from doc_forms.errors import Fault, Place, Severity
from doc_forms.records.numbers import gaps, numbers, sequences
from doc_forms.records.register import entries
from doc_forms.records.store import Store
from doc_forms.records.values import Entry, EntryState, NumberState, parse_number


def check(store: Store) -> list[Fault]:
    """Give everything that a clerk should look at; see `Records.check`."""
    faults = list(_database(store))
    if faults:
        return faults
    register = entries(store)
    latest = {entry.path: entry for entry in register if entry.state is not EntryState.FAILED}
    for entry in latest.values():
        faults += _paper(entry)
    faults += _numbers(store, register)
    faults += _borne_twice(latest.values())
    return faults


def _database(store: Store) -> Iterator[Fault]:
    """The database's own check; a server keeps its own house."""
    if store.file is None:
        return
    with store.reading() as connection:
        said = [row[0] for row in connection.execute(text("PRAGMA integrity_check(10)"))]
    if said != ["ok"]:
        message = f"文件已损坏（{len(said)} 处）；请用最近的备份恢复：doc-forms records restore 备份文件 --replace"
        yield Fault("records-damaged", message, Place(file=store.where))


def _paper(entry: Entry) -> Iterator[Fault]:
    place, path = Place(file=entry.path), Path(entry.path)
    digest = _digest(path)
    if entry.state is EntryState.MAKING:
        here = "文书已在，登记未完成" if digest else "文书没有生成"
        yield Fault(
            "register-unfinished", f"生成时中断（{entry.made_at[:16]}），{here}；重新运行同一命令即可补齐", place
        )
    elif digest is None:
        yield Fault("register-missing", "台账上有，文件找不到；可能已移动、改名或删除", place)
    elif entry.document_sha256 and digest != entry.document_sha256:
        yield Fault("register-edited", "生成后改动过，与登记时不同", place, Severity.WARNING)


_MANIFEST = "manifest-sha256.txt"
"""What stands for a folder that is registered: a BagIt bag is known by its manifest."""


def _digest(path: Path) -> str | None:
    if path.is_dir():
        path /= _MANIFEST
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return None


def _borne_twice(papers: Iterable[Entry]) -> Iterator[Fault]:
    """Numbers that papers of different kinds or people bear; another draft of the same paper is none."""
    bearers: dict[str, dict[tuple[str, str], Entry]] = {}
    for entry in papers:
        if parse_number(entry.number):
            bearers.setdefault(entry.number, {}).setdefault((entry.title.partition("（")[0], entry.person), entry)
    for number, found in bearers.items():
        if len(found) > 1:
            named = "；".join(f"{title} {person}".rstrip() for title, person in found)
            message = f"不同的文书用了同一个号（{named}）；请核对，给其中的重新取号"
            yield Fault("number-twice", message, Place(spot=number), Severity.WARNING)


def _numbers(store: Store, register: Sequence[Entry]) -> Iterator[Fault]:
    known = {entry.id for entry in register}
    borne = {entry.number: entry for entry in register if entry.state is EntryState.MADE}
    for prefix, year in sequences(store):
        for number in gaps(store, prefix, year):
            where = Place(spot=str(number))
            if not number.explanation:
                yield Fault("number-unexplained", "没有文书用这个号，也没有说明", where)
            elif number.state is NumberState.RESERVED and (paper := borne.get(str(number))):
                todo = f"numbers issue {number} --entry {paper.id}"
                message = f"已用于{paper.title}，还没有记为发出；发出后请记下：{todo}"
                yield Fault("number-open", message, where, Severity.WARNING)
            elif number.state is NumberState.RESERVED:
                message = f"预留后未用（{number.explanation}）；请发出（numbers issue）或作废（numbers void）"
                yield Fault("number-open", message, where, Severity.WARNING)
        for number in numbers(store, prefix, year):
            if number.state is NumberState.ISSUED and number.entry and number.entry not in known:
                yield Fault("number-entry", "登记的文书不在台账上", Place(spot=str(number)))
