"""轮岗交流名单: who has held one post for how long, and who has to rotate (article 42)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from doc_forms.form import (
    About,
    AnyDate,
    Day,
    Form,
    Line,
    Part,
    PartialDate,
    PersonName,
    Problem,
    Severity,
    Sex,
    Text,
    YearMonth,
    YesNo,
    computed,
    field,
)
from doc_forms.form.periods import Reached, duration_text, months_between, reached

from ._case.drawing import Data, alike, department, given
from ._case.people import AnyLevel
from ._case.rotation import LongServing, RotationReason, held_since, present_term
from ._prose import paragraphs_of
from ._qualifications import DIVISION

if TYPE_CHECKING:
    from .case import Case

YES = "是"
MUST, TO_CHECK, SUGGESTED, NONE = "应当轮岗", "满十年待核", "建议轮岗", "—"
_YEARS = 10
_BY_HAND = "\u3000\u3000\u3000年\u3000\u3000月\u3000\u3000日"


class Serving(Part):
    """One official and the post held now."""

    name: PersonName = field("姓名", example="孙明远")
    sex: Sex | None = field("性别", example="男", blank="")
    born: YearMonth | None = field("出生年月", example="1974.08", blank="")
    level: AnyLevel = field("层次", example="正处级")
    post: Line = field("现任职务", help="写全称，含单位", example="示例学院图书馆馆长")
    since: AnyDate = field(
        "任现职时间", help="最好填到日，至少填到月；连续担任同一职务的从最早一次算起", example="2019.06.18"
    )
    reason: RotationReason | None = field(
        "交流原因", help="任满十年的可以不填", example="在同一职位或单位时间较长", blank=""
    )
    new_post: Line | None = field("拟交流职务", help="写全称；没有确定的不填", example="示例学院档案馆馆长", blank="")
    rotated: YesNo | None = field("已安排", help="已安排轮岗的填是", example="否", blank="")
    note: Line | None = field("备注", help="暂不轮岗的写明理由", blank="")

    def problems(self) -> Iterator[Problem]:
        """The months can be counted; a proposal leads somewhere else and has its reason."""
        yield from super().problems()
        if not self.since.month:
            yield Problem("since", "请至少填到月，如 2016.09，任职年限按月计算")
        if self.new_post == self.post:
            yield Problem("new_post", "与现任职务相同，请核对")


class Counted(Serving):
    """One official as the list prints them, with the years counted out."""

    served: Line = field("任现职年限")
    demand: Line = field("轮岗要求")


class RotationList(Form):
    """The list as of one day; who has been in a post longest stands first."""

    about = About(
        title="轮岗交流名单",
        articles=(42,),
        file_name="轮岗交流名单_截至{计算日期}",
        gates=(),  # the list is how article 42 is met: what it finds cannot refuse it
        subjects=("干部.姓名",),
    )

    organ: Line = field("制表单位", help="写全称", example="中共示例学院委员会组织部")
    counted_to: Day = field("计算日期", help="任职年限算到这一天", prints="chinese", example="2026年12月31日")
    people: list[Serving] = field("干部", help="一人一行，先后不限", at_least=1, printed=False)
    opinion: Text | None = field("组织部意见", help="可分段；留空手写", blank="", printed=False)
    opinion_date: Day | None = field("组织部意见日期", prints="chinese", example="2027年1月6日", blank=_BY_HAND)

    opinion_paragraphs: ClassVar = paragraphs_of("opinion", "组织部意见各段")

    @computed("轮岗名单")
    def listed(self) -> list[Counted]:
        """The officials, longest in post first; of the same length as they were entered."""
        return [self._count(person) for person in sorted(self.people, key=lambda person: _whole(person.since))]

    @computed("人数说明")
    def numbers(self) -> str:
        """How many are listed, how many have to rotate and how many of these are still without a new post."""
        demands = Counter(self._demand(person) for person in self.people)
        waiting = sum(self._demand(person) == MUST and not _is_arranged(person) for person in self.people)
        said = [f"共{len(self.people)}人", f"任满十年应当轮岗{demands[MUST]}人"]
        said += [f"其中尚未安排{waiting}人"] if waiting else []
        said += [f"是否满十年待核{demands[TO_CHECK]}人"] if demands[TO_CHECK] else []
        said += [f"建议轮岗{demands[SUGGESTED]}人"] if demands[SUGGESTED] else []
        return "，".join(said)

    def problems(self) -> Iterator[Problem]:
        """Nobody began after the day that is counted to; who has to rotate is looked after, or it is said why not."""
        yield from super().problems()
        for person in self.people:
            if person.since > self.counted_to:
                yield Problem("people", f"{person.name}的任现职时间晚于计算日期，请核对")
            elif self._demand(person) == TO_CHECK:
                message = f"{person.name}的任现职时间未填到日，到{self.counted_to.chinese}是否已满十年请核对"
                yield Problem("people", message, Severity.WARNING)
            elif self._demand(person) == MUST and not (_is_arranged(person) or person.note):
                message = f"{person.name}任满十年，应当轮岗（第四十二条）：请填拟交流职务，暂不轮岗的在备注中写明理由"
                yield Problem("people", message, Severity.WARNING)
            elif self._demand(person) == NONE and _is_arranged(person):
                message = f"{person.name}未满十年而安排轮岗，请填写交流原因（第四十二条）"
                yield Problem("people", message, Severity.WARNING)
        for (name, post), times in Counter((person.name, person.post) for person in self.people).items():
            if times > 1:
                yield Problem("people", f"{name}（{post}）列了 {times} 次，请删去重复的")

    def _count(self, person: Serving) -> Counted:
        served = duration_text(months_between(person.since, self.counted_to)).replace(" ", "")
        return Counted(**dict(person), served=served, demand=self._demand(person))

    def _demand(self, person: Serving) -> str:
        """What article 42 asks: ten full years in one post bind those of division level only."""
        full = reached(person.since, self.counted_to, _YEARS)
        if person.level in DIVISION and full is not Reached.NO:
            return MUST if full is Reached.YES else TO_CHECK
        return SUGGESTED if person.reason else NONE

    @classmethod
    def from_case(cls, case: Case) -> Iterator[Data]:
        """One list of all whom the case names as long in their posts and who are still in one."""
        rows = [_serving(person) for person in case.long_serving if _is_in_post(person)]
        if rows:
            yield given({"制表单位": department(case), "计算日期": case.rotation_day, "干部": rows})

    @classmethod
    def sources(cls, data: Data) -> dict[str, str]:
        """Where the case holds what the list prints."""
        del data
        return {
            "制表单位": "发文机关.组织部全称",
            "计算日期": "轮岗计算日期",
            "干部": "任职较久的干部",
            "干部.现任职务": "任职较久的干部[].任职经历",
            "干部.任现职时间": "任职较久的干部[].任职经历",
            "干部.已安排": "任职较久的干部[].已安排轮岗",
        }


def _whole(date: PartialDate) -> tuple[int, int, int]:
    """A date without its day stands behind the days of its month: it may be any of them."""
    return date.year, date.month, date.day or 99


def _is_arranged(person: Serving) -> bool:
    return person.rotated == YES or person.new_post is not None


def _is_in_post(person: LongServing) -> bool:
    return not person.career or present_term(person.career) is not None


def _serving(person: LongServing) -> Data:
    present = present_term(person.career)
    own: Data = {"已安排": person.rotated}
    if present is not None:
        own |= {"现任职务": person.career[present].post, "任现职时间": held_since(person.career, present)}
    return {**alike(person, Serving), **given(own)}
