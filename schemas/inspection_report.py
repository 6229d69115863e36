"""考察材料: the written report of an inspection (articles 20 and 25), filled from an `InspectionFile`."""

from __future__ import annotations

from collections.abc import Iterator

from doc_forms.form import About, Form, Problem, computed

from ._inspection import Inspected, InspectionFile


class InspectionReport(Form, InspectionFile, Inspected):
    """Who is inspected and for which post, and the four contents of article 25."""

    about = About(title="考察材料", articles=(20, 25), file_name="{材料标题}", roster=False)

    @computed("材料标题")
    def heading(self) -> str:
        """The report's title: 林示例同志考察材料."""
        return f"{self.person.name}同志考察材料"

    def problems(self) -> Iterator[Problem]:
        """Nobody inspects himself; ratings are of years before the report."""
        yield from super().problems()
        if any(member.name == self.person.name for member in self.team):
            yield Problem("team", "考察对象本人不能是考察组成员")
        if self.ratings[-1].year > self.written.year:
            yield Problem("ratings", f"{self.ratings[-1].year} 年晚于考察材料的形成日期，请核对")
