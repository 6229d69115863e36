"""职数核定与配备情况表: what is approved, filled, planned and leaving, level by level (article 48)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from doc_forms.form import About, Count, Day, Form, Line, Part, Problem, Severity, computed, field

from ._case.drawing import Data, department, given
from ._posts import PostLevel

if TYPE_CHECKING:
    from ._case.posts import VacantPost
    from .case import Case

TOTAL = "合计"
LEVELS = ("正处级", "副处级", "正科级", "副科级")
_BY_HAND = "\u3000\u3000\u3000年\u3000\u3000月\u3000\u3000日"


class UnitPosts(Part):
    """The posts of one kind in one unit, as they are counted."""

    unit: Line = field("单位", example="计算机科学与工程学院")
    post: Line = field("职务", example="副院长")
    level: PostLevel = field("职务层次", example="副处级")
    approved: Count = field("核定职数", example="3")
    filled: Count = field("现配人数", help="统计日期在任的人数", example="2")
    planned: Count = field("拟配人数", help="拟新任的人数，没有填 0", example="1")
    leaving: Count = field("拟免人数", help="同时免去的人数，没有填 0", example="0")
    note: Line | None = field("备注", help="超配的写明原因和消化办法", blank="")

    @property
    def after(self) -> int:
        """How many there will be once everything planned has happened."""
        return self.filled + self.planned - self.leaving

    @property
    def where(self) -> str:
        """The unit and the post, as messages name them."""
        return f"{self.unit}{self.post}（{self.level}）"

    def problems(self) -> Iterator[Problem]:
        """No more leave than are there or come; nobody is added beyond what is approved (article 48, item 1)."""
        yield from super().problems()
        if self.leaving > self.filled:
            yield Problem("leaving", f"{self.where}拟免 {self.leaving} 人，多于现配的 {self.filled} 人，请核对")
        elif self.after > self.approved:
            message = (
                f"{self.where}核定 {self.approved} 人，配备后 {self.after} 人，超 {self.after - self.approved} 人："
            )
            if self.planned:
                yield Problem("planned", f"{message}不准超职数配备（第四十八条），请减少拟配或先免去")
            elif not self.note:
                yield Problem("note", f"{message}请写明原因和消化办法", Severity.WARNING)


class Counted(Part):
    """A row of the table: a kind of posts, or the sum of several."""

    serial: Count | None = field("序号", blank="")
    unit: Line = field("单位")
    post: Line | None = field("职务", blank="")
    level: PostLevel | None = field("职务层次", blank="")
    approved: Count = field("核定职数")
    filled: Count = field("现配人数")
    planned: Count = field("拟配人数")
    leaving: Count = field("拟免人数")
    after: Count = field("配备后人数")
    over: Count = field("超配")
    vacant: Count = field("空缺")
    note: Line | None = field("备注", blank="")


class LevelSum(Part):
    """The sum of one level."""

    level: Line = field("职务层次")
    approved: Count = field("核定职数")
    filled: Count = field("现配人数")
    planned: Count = field("拟配人数")
    leaving: Count = field("拟免人数")
    after: Count = field("配备后人数")
    over: Count = field("超配")
    vacant: Count = field("空缺")


class HeadcountTable(Form):
    """The table on one day. Sums add up what each row is over or short: one unit's vacancy fills no other's excess."""

    about = About(
        title="职数核定与配备情况表",
        articles=(48,),
        file_name="职数核定与配备情况表_{统计日期}",
        gates=(),  # a row that goes beyond what is approved is refused by itself, in a case or without one
        workbook=("配备情况", "分层次合计"),
    )

    organ: Line = field("制表单位", help="写全称", example="中共示例学院委员会组织部")
    day: Day = field("统计日期", prints="chinese", example="2026年8月26日")
    basis: Line | None = field("核定依据", help="核定职数的文件，写名称和文号", blank="")
    posts: list[UnitPosts] = field("单位职数", help="每个单位的每种职务一行", at_least=1, printed=False)
    drawn_by: Line | None = field("制表人", help="留空手写，以下两项同", example="吴试行", blank="")
    checked_by: Line | None = field("审核人", example="王秉文", blank="")
    drawn: Day | None = field("制表日期", prints="chinese", example="2026年8月26日", blank=_BY_HAND)

    @computed("配备情况")
    def counted(self) -> list[Counted]:
        """Every row as it was entered, and the sum of all."""
        rows = [
            Counted(
                serial=number,
                unit=row.unit,
                post=row.post,
                level=row.level,
                note=row.note,
                **_numbers([row]),
            )
            for number, row in enumerate(self.posts, 1)
        ]
        return [*rows, Counted(unit=TOTAL, **_numbers(self.posts))]

    @computed("分层次合计")
    def sums(self) -> list[LevelSum]:
        """The sum of each level that occurs, from the highest, and of all."""
        levels = [level for level in LEVELS if any(row.level == level for row in self.posts)]
        sums = [LevelSum(level=level, **_numbers(row for row in self.posts if row.level == level)) for level in levels]
        return [*sums, LevelSum(level=TOTAL, **_numbers(self.posts))]

    @computed("总体情况")
    def said(self) -> str:
        """The whole in one sentence."""
        all_ = _numbers(self.posts)
        words = [f"核定{all_['approved']}名", f"现配{all_['filled']}名", f"拟配{all_['planned']}名"]
        words += [f"拟免{all_['leaving']}名", f"配备后{all_['after']}名"]
        words += [f"超配{all_['over']}名"] if all_["over"] else ["没有超配"]
        words += [f"空缺{all_['vacant']}名"] if all_["vacant"] else []
        return "，".join(words)

    def problems(self) -> Iterator[Problem]:
        """Every post of a unit is counted once."""
        yield from super().problems()
        for (unit, post, level), times in Counter((row.unit, row.post, row.level) for row in self.posts).items():
            if times > 1:
                yield Problem("posts", f"{unit}{post}（{level}）列了 {times} 次，请合并为一行")

    @classmethod
    def from_case(cls, case: Case) -> Iterator[Data]:
        """One table of the posts to be filled, once the case counts any of them."""
        if not any(post.approved is not None or post.filled is not None for post in case.posts):
            return
        day = case.motion.analysis_date if case.motion else None
        yield {
            "统计日期": day,
            **given({"制表单位": department(case), "单位职数": [_row(post) for post in case.posts]}),
        }

    @classmethod
    def sources(cls, data: Data) -> dict[str, str]:
        """Where the case holds what the table prints."""
        del data
        return {
            "制表单位": "发文机关.组织部全称",
            "统计日期": "动议.分析研判日期",
            "单位职数": "职位",
            "单位职数.单位": "职位[].所在单位",
            "单位职数.职务": "职位[].职位名称",
            "单位职数.拟配人数": "职位[].拟选人数",
        }


def _numbers(rows: Iterable[UnitPosts]) -> dict[str, int]:
    """Add up rows, each with what it will be over or short by itself."""
    taken = list(rows)
    return {
        "approved": sum(row.approved for row in taken),
        "filled": sum(row.filled for row in taken),
        "planned": sum(row.planned for row in taken),
        "leaving": sum(row.leaving for row in taken),
        "after": sum(row.after for row in taken),
        "over": sum(max(row.after - row.approved, 0) for row in taken),
        "vacant": sum(max(row.approved - row.after, 0) for row in taken),
    }


def _row(post: VacantPost) -> Data:
    """A post to be filled; what its name says beside the unit is the post."""
    name = post.name.removeprefix(post.unit or "") or post.name if post.name else None
    return given(
        {
            "单位": post.unit,
            "职务": name,
            "职务层次": post.level,
            "核定职数": post.approved,
            "现配人数": post.filled,
            "拟配人数": post.wanted,
            "拟免人数": post.leaving,
        }
    )
