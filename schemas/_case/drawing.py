"""How papers take their facts from a case: each fact from its one place, under the title that both have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from doc_forms.form import Part

if TYPE_CHECKING:
    from ..case import Case
    from .inspection import GradeRow
    from .people import Candidate
    from .posts import VacantPost

Data = dict[str, Any]
"""Facts by title, as a data file holds them."""

SOURCES = {
    "": "民主推荐",
    "制表单位": "发文机关.组织部全称",
    "推荐方式": "民主推荐.推荐方式",
    "推荐职位": "职位",
    "推荐职位.职数": "职位[].拟选人数",
}
"""Where a case holds what all papers of a recommendation print."""

SUBJECT = {
    "姓名": "考察对象[].姓名",
    "现任职务": "考察对象[].现任职务",
    "拟任职务": "考察对象[].拟任职务",
    "制表单位": "发文机关.组织部全称",
}
"""Where a case holds who is inspected."""

GRADES = {"一档票数": "第一档", "二档票数": "第二档", "三档票数": "第三档", "四档票数": "第四档", "弃权票数": "弃权"}
"""How papers and the case name the grades of an assessment."""

RED_HEAD = {
    "发文机关标志": "发文机关.党委全称",
    "署名": "发文机关.党委全称",
    "主送机关": "发文机关.主送机关",
    "印发机关": "发文机关.印发机关",
}
"""Where a case holds what all red-head documents print."""

_RATED_YEARS = 3
PRELIMINARY = ("公开选拔",)
"""Ways of selection without a democratic recommendation; in a competition within the school it may come first."""


def given(facts: Mapping[str, Any]) -> Data:
    """Give only the facts that are there: no None, no empty text, list or group."""
    return {title: value for title, value in facts.items() if value not in (None, "", [], {})}


def alike(part: Part | None, into: type[Part]) -> Data:
    """Give the facts of a part of the case that the part of a paper has under the same titles."""
    if part is None:
        return {}
    wanted = {spec.title for spec in into.fields() if not spec.computed}
    return given({title: value for title, value in part.data().items() if title in wanted})


def candidate_of(case: Case, name: str | None) -> Candidate | None:
    """Give the person under inspection of that name."""
    return next((person for person in case.candidates if name and person.name == name), None)


def present_post(case: Case, name: str | None, stated: str | None = None) -> str | None:
    """Give a person's present post: as the person's own facts state it, else as it stands in the list at hand."""
    person = candidate_of(case, name)
    return (person.post if person else None) or stated


def proposed_post(case: Case, person: Candidate) -> str | None:
    """Give the post that a person under inspection is meant for."""
    vacancy = case.post_of(person)
    return person.new_post or (vacancy.name if vacancy else None)


def subject_of(case: Case, person: Candidate) -> Data:
    """Give who is inspected, the present post and the post proposed."""
    return given({"姓名": person.name, "现任职务": person.post, "拟任职务": proposed_post(case, person)})


def latest_ratings(person: Candidate) -> list[str]:
    """Give the ratings of the last three years that the case knows, from the earliest: `2023合格`."""
    dated = sorted((one for one in person.ratings if one.year and one.grade), key=lambda one: str(one.year))
    return [f"{one.year.year}{one.grade}" for one in dated[-_RATED_YEARS:] if one.year]


def department(case: Case) -> str | None:
    """Give the full name of the organization department, which draws up the tables."""
    return case.organs.department if case.organs else None


def recommends(case: Case) -> bool:
    """Tell whether the case asks for a democratic recommendation: every selection but an open one does."""
    return bool(case.recommendation or (case.posts and case.way not in PRELIMINARY))


def recommendations(case: Case) -> Iterator[tuple[list[VacantPost], Data]]:
    """Give each recommendation, division-level posts and section-level posts apart, with the head of its papers.

    Article 13 asks different people about the two. A post without its level is taken with the others of the case.
    """
    if not recommends(case):
        return
    ranks = list(dict.fromkeys(_rank(post) for post in case.posts if post.level)) or [""]
    for rank in ranks:
        posts = [post for post in case.posts if _rank(post) == rank or (not post.level and rank == ranks[0])]
        rows = [given({"职位名称": post.name, "职务层次": post.level, "职数": post.wanted}) for post in posts]
        method = case.recommendation.targeting if case.recommendation else None
        yield posts, given({"制表单位": department(case), "推荐方式": method, "推荐职位": rows})


def _rank(post: VacantPost) -> str:
    """处 or 科."""
    return post.level[1] if post.level else ""


def grade_counts(row: GradeRow) -> Data:
    """Give one row of an assessment as the papers name its grades."""
    counts = (row.first, row.second, row.third, row.fourth, row.abstained)
    return given({"测评项目": row.item, **dict(zip(GRADES, counts, strict=True))})


def red_head(case: Case) -> Data:
    """Give what every red-head document of the case prints around its body."""
    organs = case.organs
    if organs is None:
        return {}
    return given(
        {
            "发文机关标志": f"{organs.committee}文件" if organs.committee else None,
            "署名": organs.committee,
            "主送机关": organs.main_recipients,
            "抄送机关": organs.copies_to,
            "印发机关": organs.printing_office,
        }
    )
