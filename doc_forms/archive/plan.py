"""What goes into the bags of one case, in the order of the catalogue, and what is missing with its article.

The required set is the library's (`_case.archive_items`): an item is there when the case gives its papers whole, or
when a clerk added a file under its name. Papers of kinds that no item names go under the last item of their box.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from types import ModuleType
from typing import Any

from doc_forms.archive.added import Added
from doc_forms.casework.checking import CaseReport
from doc_forms.casework.papers import CasePaper, PaperState, case_papers
from doc_forms.form import Form, PartialDate
from doc_forms.library import Library
from doc_forms.regulation import article_text
from doc_forms.regulation.material import Handed, Material

_MADE = {PaperState.READY, PaperState.DOUBTED}
_WHOLE_DAY = len("20260917")


@dataclass(frozen=True)
class Piece:
    """One item (件): a paper that is made of the case, or a file that a clerk added; and how it is catalogued."""

    item: str
    subject: str
    """题名; in ［］ where the file itself has none."""
    name: str
    """Its file name without number and ending."""
    source: CasePaper | Added
    author: str = ""
    document_number: str = ""
    dated: str = ""
    pages: int = 0
    """0 where it is not known."""
    personal: bool = False

    @property
    def ending(self) -> str:
        """The file's ending, in small letters."""
        return self.source.file.suffix.lower() if isinstance(self.source, Added) else ".docx"

    @property
    def subjects(self) -> tuple[str, ...]:
        """The people, and posts, that it is about."""
        return (self.source.person,) if isinstance(self.source, Added) else self.source.subjects


@dataclass(frozen=True)
class Gap:
    """A required item that is not there: which, whose, by which article, and what there is of it."""

    item: str
    person: str
    article: int
    lacking: str = ""

    def __str__(self) -> str:
        """As a clerk reads it: 林示例 工作总结（第二十七条）."""
        who = f"{self.person} " if self.person else ""
        return f"{who}{self.item}（{article_text(self.article)}{f'：{self.lacking}' if self.lacking else ''}）"


@dataclass(frozen=True)
class Box:
    """What becomes one bag."""

    title: str
    folder: str
    pieces: tuple[Piece, ...]
    gaps: tuple[Gap, ...] = ()
    person: str = ""
    personal: bool = False
    """Whether it goes to the personal file (class 9-2): copies of items that have their number elsewhere."""


@dataclass
class Plan:
    """The bags of one case."""

    name: str
    boxes: list[Box] = field(default_factory=list)
    day: PartialDate | None = None
    """The day on which the case was archived, as the case says; None where it does not."""

    @property
    def count(self) -> int:
        """How many numbers (件号) the case needs."""
        return sum(len(box.pieces) for box in self.boxes if not box.personal)

    @property
    def gaps(self) -> list[Gap]:
        """Everything that is missing, once."""
        return list(dict.fromkeys(gap for box in self.boxes for gap in box.gaps))

    @property
    def newest(self) -> PartialDate | None:
        """The day of the newest item; None where none has a day."""
        days = {piece.dated for box in self.boxes for piece in box.pieces if len(piece.dated) == _WHOLE_DAY}
        return PartialDate.parse(max(days)) if days else None

    def lean(self) -> Plan:
        """The same bags without what only their planning asked for, so that another process can take them over.

        A paper that lies in two bags stays one.
        """
        kept: dict[int, CasePaper | Added] = {}
        boxes = [replace(box, pieces=tuple(_lean(piece, kept) for piece in box.pieces)) for box in self.boxes]
        return Plan(self.name, boxes, self.day)


def _lean(piece: Piece, kept: dict[int, CasePaper | Added]) -> Piece:
    source = piece.source
    if isinstance(source, CasePaper):
        source = kept.setdefault(id(source), replace(source, violated=(), doubts=(), data={}))
    return replace(piece, source=source)


def archive_items(library: Library) -> ModuleType:
    """Give the library's list of what must be kept (UsageRefused or LibraryRefused where it has none)."""
    return library.module("_case.archive_items")


def plan_case(library: Library, report: CaseReport, added: Sequence[Added]) -> Plan:
    """Give what goes into the bags of a case: the case's own, one of each person, one for each personal file."""
    planner = _Planner(archive_items(library), report, case_papers(library, report), added)
    name = str(report.case.data().get("案件名称") or report.file.removesuffix(".json"))
    plan = Plan(name, day=planner.items.archived_on(report.case))
    plan.boxes.append(planner.box(f"{name}文书档案", "案件文书档案"))
    people = planner.items.people(report.case)
    plan.boxes += [planner.box(f"{person}同志考察文书档案", f"{person}_考察文书档案", person) for person in people]
    plan.boxes += [planner.personal_box(person) for person in planner.items.appointed(report.case)]
    return plan


@dataclass(frozen=True)
class _Planner:
    items: ModuleType
    report: CaseReport
    papers: tuple[CasePaper, ...]
    added: Sequence[Added]

    def box(self, title: str, folder: str, person: str = "") -> Box:
        """The bag of the case, or of one person."""
        pieces: list[Piece] = []
        gaps: list[Gap] = []
        for material in self.items.MATERIALS:
            if material.of_person == bool(person):
                pieces += self._pieces(material, person)
                gaps += self._gaps(material, person)
        return Box(title, folder, tuple(pieces), tuple(gaps), person)

    def personal_box(self, person: str) -> Box:
        """What goes to the personal file of somebody who was appointed (article 25; class 9-2)."""
        pieces: list[Piece] = []
        gaps: list[Gap] = []
        for material in self.items.MATERIALS:
            if material.personal:
                whose = person if material.of_person else ""
                pieces += [piece for piece in self._pieces(material, whose) if _concerns(piece, person)]
                gaps += self._gaps(material, whose)
        pieces.sort(key=lambda piece: piece.dated or "9")  # inside a class a personal file is in order of time
        title = f"{person}同志考察和任职材料（归入干部人事档案）"
        return Box(title, f"{person}_干部人事档案9-2", tuple(pieces), tuple(gaps), person, personal=True)

    def _pieces(self, material: Material, person: str) -> Iterator[Piece]:
        author = self.items.author(self.report.case)
        for paper in self._papers_of(material, person):
            if _is_whole(paper, material):
                yield _made(paper, material, author)
        files = self._files_of(material, person)
        for number, added in enumerate(files, 1):
            handed = self._handed(material, person)
            yield _scanned(added, material, author, handed, number if len(files) > 1 else 0)

    def _gaps(self, material: Material, person: str) -> Iterator[Gap]:
        if not material.required(self.report.case, person) or self._files_of(material, person):
            return
        papers = self._papers_of(material, person)
        open_ = [paper for paper in papers if not _is_whole(paper, material)]
        if open_ or not papers:
            lacking = f"{len(open_)} 份尚未完成，{_why(open_[0])}" if open_ else ""
            yield Gap(material.title, person, material.articles[0], lacking)

    def _papers_of(self, material: Material, person: str) -> list[CasePaper]:
        """The papers of an item; those of kinds that no item names are those of the last item of the box."""
        named = {stem for one in self.items.MATERIALS for stem in one.kinds}
        if material.title in self.items.OTHER:
            kinds = {paper.kind.stem for paper in self.papers} - named - set(self.items.BY_HAND)
            people = self.items.people(self.report.case)
            whose = [(paper, _single(paper, people)) for paper in self.papers if paper.kind.stem in kinds]
            return [paper for paper, owner in whose if owner == person and paper.state in _MADE]
        papers = [paper for paper in self.papers if paper.kind.stem in material.kinds]
        return [paper for paper in papers if not person or person in paper.subjects]

    def _files_of(self, material: Material, person: str) -> list[Added]:
        return [one for one in self.added if (one.item, one.person) == (material.title, person)]

    def _handed(self, material: Material, person: str) -> Handed | None:
        told: list[Handed] = self.items.handed_over(self.report.case)
        return next((one for one in told if (one.title, one.person) == (material.title, person)), None)


def _single(paper: CasePaper, people: Sequence[str]) -> str:
    """The one person under inspection whom a paper is about; "" where there are several or none."""
    named = [person for person in people if person in paper.subjects]
    return named[0] if len(named) == 1 else ""


def _concerns(piece: Piece, person: str) -> bool:
    return isinstance(piece.source, Added) or person in piece.source.subjects


def _is_whole(paper: CasePaper, material: Material) -> bool:
    """Whether a paper can be made and is a record, not a sheet still to be written on."""
    if paper.state not in _MADE or paper.form is None:
        return False
    return all(_value(paper.form, title) not in (None, "", []) for title in material.filled)


def _why(paper: CasePaper) -> str:
    return f"{paper.title}：{next(iter(paper.reasons()), '内容还没有填写')}".rstrip("。")


def _made(paper: CasePaper, material: Material, author: str) -> Piece:
    if paper.form is None:
        raise AssertionError  # a whole paper has its form
    printed = paper.form.context()
    days = (_value(paper.form, title) for title in material.dated)
    day = next((value for value in days if isinstance(value, PartialDate)), None)
    heading = printed.get("标题")
    return Piece(
        item=material.title,
        subject="".join(str(heading).split("\n")) if heading else paper.title,
        name=paper.name,
        source=paper,
        author=str(printed.get("署名") or printed.get("制表单位") or author),
        document_number=str(printed.get("发文字号", "")),
        dated=day.iso.replace("-", "") if day else "",
        personal=material.personal,
    )


def _scanned(added: Added, material: Material, author: str, handed: Handed | None, number: int) -> Piece:
    """A clerk's file; `number` tells several of one item apart, whose pages are not told one by one."""
    which = f"（{number}）" if number else ""
    whose = f"{added.person}_" if added.person else ""
    return Piece(
        item=material.title,
        subject=f"［{f'{added.person}同志' if added.person else ''}{material.title}{which}］",
        name=f"{material.title}_{whose}{number}" if number else f"{whose}{material.title}",
        source=added,
        author=added.person if material.by_person else author,
        dated=handed.dated if handed else "",
        pages=handed.pages if handed and not number else 0,
        personal=material.personal,
    )


def _value(form: Form, title: str) -> Any:
    """The typed value of a form's field by its title; None where it has none of that title."""
    return next((getattr(form, spec.name) for spec in form.fields() if spec.title == title), None)
