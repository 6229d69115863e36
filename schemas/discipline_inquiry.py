"""廉政意见函: asks the discipline committee about those under inspection, with the form of its reply (article 24)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, ClassVar

from doc_forms.form import (
    NO_LINE,
    About,
    Day,
    DocumentNumber,
    Form,
    Line,
    Part,
    PersonName,
    Problem,
    Sex,
    YearMonth,
    choice,
    computed,
    field,
)

from ._case.drawing import Data, alike, given, proposed_post
from ._case.order import ORDER, order_of
from ._name_order import NameOrdered
from ._red_head import BASIS, MARK_WIDTH, long_signature, title_lines, width

if TYPE_CHECKING:
    from doc_forms.form import PartialDate

    from ._case.inspection import DisciplineLetter
    from ._case.people import Candidate
    from .case import Case

_NAMED_IN_TITLE = 2
_MIXED = "选拔任用"
InquiryKind = Annotated[
    str,
    *choice(
        "类型",
        (_MIXED, "提任", "平级调动", "连任", "兼任", "重新任职"),
        {"提拔": "提任", "提拔任职": "提任", "平级交流": "平级调动", "平级转任": "平级调动"},
    ),
]
"""What the people are to be appointed by; 选拔任用 where the letter is about several ways."""


class AskedAbout(Part):
    """One person whom the letter asks about: enough to tell whom, and nothing else."""

    name: PersonName = field("姓名", example="林示例")
    sex: Sex | None = field("性别", example="女", blank="")
    born: YearMonth | None = field("出生年月", help="便于辨认同名的人", example="1986.04", blank="")
    post: Line = field("现任职务", help="写全称，含单位", example="计算机科学与工程学院党政办公室主任")
    new_post: Line = field("拟任职务", help="写全称，含单位", example="计算机科学与工程学院副院长")


class DisciplineInquiry(NameOrdered, Form):
    """One letter (GB/T 9704-2012, 10.1) about one person or several; the reply form follows on pages of its own."""

    about = About(
        title="廉政意见函",
        articles=(24,),
        file_name="廉政意见函_{成文日期}_{征求意见人员}",
        gates=("24.1",),  # asked before it is answered; what else article 24 asks for is not of this letter
        dated="成文日期",
        subjects=("征求意见人员.姓名",),
    )

    organ_mark: Line = field(
        "发文机关标志", help="信函只写发文机关名称，不写“文件”", example="中共示例学院委员会组织部"
    )
    number: DocumentNumber | None = field("发文字号", example="示院组函〔2026〕9号", blank=NO_LINE)
    addressee: Line = field("主送机关", help="末尾不写冒号，文书会加上", example="中共示例学院纪律检查委员会")
    basis: Line = field("征求依据", help="所依据的条例和规定", default=BASIS, printed=False)
    determined: Day | None = field(
        "确定考察对象日期",
        help="党委会研究确定的日期，写进正文；不填的不写",
        prints="chinese",
        example="2026年9月8日",
        blank="",
        printed=False,
    )
    kind: InquiryKind | None = field(
        "类型", help="任用的类型，写进正文；几种都有的写选拔任用，不填的不写", example="提任", blank="", printed=False
    )
    people: list[AskedAbout] = field("征求意见人员", at_least=1, printed=False)
    reply_by: Day = field("回复期限", help="请在这一天以前回复", prints="chinese", example="2026年9月15日")
    contact: PersonName | None = field("联系人", help="印在日期之下的括号里", example="吴试行", blank="")
    phone: Line | None = field("联系电话", example="0000-0000001", blank="")
    signed_by: Line = field("署名", help="与印章一致的全称", example="中共示例学院委员会组织部")
    dated: Day = field("成文日期", prints="chinese", example="2026年9月10日")

    signature_is_long: ClassVar = long_signature("signed_by")

    @computed("标志较长", printed=False)
    def long_mark(self) -> bool:
        """Whether 发文机关标志 is too long for its usual size and is set smaller."""
        return width(self.organ_mark) > MARK_WIDTH

    @computed("标题")
    def title(self) -> str:
        """The title on one line."""
        return "".join(self._title_phrases())

    @computed("标题分行")
    def broken_title(self) -> str:
        """The title as it is set: on as few lines as hold it, names kept whole."""
        return title_lines(self._title_phrases())

    @computed("缘由")
    def cause(self) -> str:
        """Why the letter is written, in the words of its first sentence."""
        one = len(self.people) == 1
        whom = f"{self.people[0].name}同志" if one else f"以下{len(self.people)}名同志"
        if self.determined:
            decided = f"经{self.determined.chinese}校党委会研究，{whom}被确定为考察对象"
        else:
            decided = f"拟对{whom}进行考察"
        whose = "其" if one else "上述人员"
        why = f"现因干部{self.kind}工作需要，就" if self.kind else "现就"
        return f"根据{self.basis}，{decided}。{why}{whose}党风廉政情况征求{self._you()}意见。"

    @computed("征求意见名单")
    def asked_about(self) -> list[AskedAbout]:
        """The people in the order that is asked for."""
        return self.in_order(self.people, lambda person: person.name)

    def ordered_names(self) -> list[str]:
        """Give the names of the people, as they were entered."""
        return [person.name for person in self.people]

    def _you(self) -> str:
        return "你委" if self.addressee.endswith(("委员会", "纪委")) else "你单位"

    def _title_phrases(self) -> tuple[str, ...]:
        names = [person.name for person in self.asked_about]
        if len(names) > _NAMED_IN_TITLE:
            whose = [f"{names[0]}等同志"]
        else:
            whose = [f"{name}、" for name in names[:-1]] + [f"{names[-1]}同志"]
        return ("关于征求", *whose, "党风廉政情况意见的函")

    def problems(self) -> Iterator[Problem]:
        """The letter follows the determination and leaves time for a reply; everybody is in it once."""
        yield from super().problems()
        if self.addressee.endswith((":", "：")):
            yield Problem("addressee", "末尾不写冒号，文书会自动加上，请删去")
        if self.organ_mark.endswith("文件"):
            yield Problem("organ_mark", "信函的标志只写发文机关名称，请删去“文件”二字")
        if self.reply_by < self.dated:
            yield Problem("reply_by", "早于成文日期，请核对")
        if self.determined and self.dated < self.determined:
            yield Problem("dated", "早于确定考察对象日期，请核对")
        for name, times in Counter(self.ordered_names()).items():
            if times > 1:
                yield Problem("people", f"{name} 出现 {times} 次，请核对是否重复")
        yield from self.order_problems("people")

    @classmethod
    def from_case(cls, case: Case) -> Iterator[Data]:
        """One letter for all who are asked about on a day; those not asked about yet wait in one of their own."""
        days = list(dict.fromkeys(_asked(case, person) for person in case.candidates))
        for day in days:
            people = [person for person in case.candidates if _asked(case, person) == day]
            about = {"征求意见人员": [_about(case, person) for person in people], **given({"类型": _kind(people)})}
            yield {**_head(case, day), **order_of(case), **about}

    @classmethod
    def sources(cls, data: Data) -> dict[str, str]:
        """Where the case holds what the letter prints."""
        del data
        return {
            **ORDER,
            "": "考察.廉政意见函[]",
            "发文机关标志": "发文机关.组织部全称",
            "署名": "发文机关.组织部全称",
            "主送机关": "发文机关.纪委全称",
            "确定考察对象日期": "考察.确定考察对象日期",
            "成文日期": "考察.考察情况[].征求纪委意见日期",
            "类型": "考察对象[].任职方式",
            "征求意见人员": "考察对象",
        }


def _asked(case: Case, person: Candidate) -> PartialDate | None:
    found = case.inspection_of(person.name)
    return found[1].discipline_asked if found else None


def _kind(people: list[Candidate]) -> str | None:
    """The way in which all are to be appointed; nothing as long as it is not told of everybody."""
    ways = {person.way for person in people}
    return None if None in ways else ways.pop() if len(ways) == 1 else _MIXED


def _letter(case: Case, day: PartialDate | None) -> DisciplineLetter | None:
    """The letter of that day, or the only one where it does not say its day."""
    letters = case.inspection.letters if case.inspection else []
    of_day = next((letter for letter in letters if letter.dated and letter.dated == day), None)
    return of_day or (letters[0] if len(letters) == 1 and letters[0].dated is None else None)


def _head(case: Case, day: PartialDate | None) -> Data:
    organs = case.organs
    own = {
        "发文机关标志": organs.department if organs else None,
        "署名": organs.department if organs else None,
        "主送机关": organs.discipline if organs else None,
        "确定考察对象日期": case.inspection.determined if case.inspection else None,
        "成文日期": day,
    }
    return {**alike(_letter(case, day), DisciplineInquiry), **given(own)}


def _about(case: Case, person: Candidate) -> Data:
    return {**alike(person, AskedAbout), **given({"拟任职务": proposed_post(case, person)})}
