"""What the three recommendation papers share: the posts asked for and how they are asked (articles 11 to 13)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Annotated

from doc_forms.form import Line, Part, Problem, choice, computed, field

from ._posts import Vacancy

Method = Annotated[str, *choice("推荐方式", ("定向推荐", "非定向推荐"))]
"""Article 11: for the posts to be filled, or for suitable people without a named post."""

VoterType = Line
"""校领导, 中层正职, …: what a voter ticks and what a tally may be broken down by."""


class Recommendation(Part):
    """Who asks, in which way and for which posts."""

    organ: Line = field("制表单位", help="写全称", example="中共示例学院委员会组织部")
    method: Method = field("推荐方式", help="定向推荐按拟任职位推荐，非定向推荐不限具体职位", example="定向推荐")
    vacancies: list[Vacancy] = field("推荐职位", help="非定向推荐可写职务类别，如 副处级领导职务", at_least=1)

    @computed("推荐层级")
    def rank(self) -> str:
        """处级, 科级 or 处科级, as the levels of the posts are."""
        found = {vacancy.level[1] for vacancy in self.vacancies}
        return "".join(rank for rank in "处科" if rank in found) + "级"

    def seats_of(self, post: str) -> int:
        """Give the number of people wanted for the post of that name."""
        return sum(vacancy.seats for vacancy in self.vacancies if vacancy.name == post)

    def problems(self) -> Iterator[Problem]:
        """No post stands twice."""
        yield from super().problems()
        for post, times in Counter(vacancy.name for vacancy in self.vacancies).items():
            if times > 1:
                yield Problem("vacancies", f"“{post}”列了 {times} 次，请合并为一项并写明职数")
