"""Chapter 1 (articles 1-4): purpose, principles, and whom the regulation covers."""

from __future__ import annotations

from doc_forms.regulation import Severity, Verdict, article, broken, definition, left_to_people, met, need

from .._case.posts import VacantPost
from .._interpretation import Office
from .._qualifications import DIVISION
from ..case import Case
from ._subjects import SECTION, vacancies

GISTS = {
    1: "为什么制定本规定，依据哪些党内法规和文件",
    2: "选拔任用的六项原则：党管干部、德才兼备、事业为上、公道正派、民主集中、依法依规",
    3: "政治标准放在首位，注重基层和实践，用好各年龄段和各方面的干部，能上能下",
    4: "本规定适用于学校处级、科级干部的选拔任用",
}

DISPOSITIONS = (
    definition(1, "说明制定的目的和依据，没有可以核对的要求"),
    left_to_people(
        2, "校党委、组织部", "原则要在每次动议、推荐、考察和讨论中体现，由集体把握，程序只核对体现原则的步骤"
    ),
    left_to_people(3, "校党委", "政治标准、班子结构和各类干部的统筹是全校的判断，不是一次选任的数据能算出的"),
)


@article(
    4,
    "0",
    Severity.ERROR,
    "本规定只适用于处级、科级干部",
    over=vacancies,
    lawful={"职位[0].职务层次": "副处级"},
    unlawful={"职位[0].职务层次": "其他"},
)
def is_covered(_case: Case, subject: tuple[int, VacantPost], _office: Office) -> Verdict:
    """Articles 2 and 4: a vacant post is of one of the four levels."""
    number, post = subject
    level = need(post.level, "职位", number, "职务层次")
    if level in (*DIVISION, *SECTION):
        return met(f"职务层次为{level}")
    remedy = "核对职务层次；确实不是处、科级职务的，不按本规定办理"
    return broken(f"职务层次为“{level}”", remedy, "职位", number, "职务层次")
