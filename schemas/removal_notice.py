"""免职、降职的决定: red-head, one person or several, each with the lawful case (articles 45 to 47)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

from doc_forms.form import About, Day, Line, Part, PersonName, Problem, Severity, YesNo, choice, computed, field

from ._case.appointment import DemotionReason, LeavingReason
from ._case.drawing import RED_HEAD, Data, alike, given, red_head
from ._case.people import AnyLevel
from ._case.removals import DEMOTED, REMOVED, joint_decisions
from ._red_head import RedHead, title_lines

if TYPE_CHECKING:
    from .case import Case

DECISION, NOTICE = "决定", "通知"
Paper = Annotated[str, *choice("文种", (DECISION, NOTICE))]
Kind = Annotated[str, *choice("类型", (REMOVED, DEMOTED))]

_REMOVALS = {
    "达到任职或退休年龄界限": "因达到任职年龄界限或者退休年龄界限",
    "受到责任追究": "因受到责任追究",
    "不适宜担任现职": "因不适宜担任现职",
    "违纪违法": "因违纪违法",
    "辞职或调出": "因辞职或者调出",
    "非组织选派离职学习超过一年": "因个人申请离职学习期限超过一年",
    "因健康原因无法履职一年以上": "因健康原因无法正常履行工作职责一年以上",
    "工作需要或其他原因": "因工作需要",
}
"""The eight cases of article 45 in the words of a decision."""
_DEMOTIONS = {
    "年度考核不称职": "因年度考核被确定为不称职",
    "工作能力较弱": "因工作能力较弱，不适宜担任现职务层次",
    "受到组织处理": "因受到组织处理，不适宜担任现职务层次",
    "其他原因不适宜担任现职务层次": "因不适宜担任现职务层次",
}
"""The cases of article 47 in the words of a decision."""
_LADDER = ("科员及以下", "副科级", "正科级", "副处级", "正处级")
_NAMED_IN_TITLE = 2
_ONLY_DEMOTED = ("demotion", "new_post", "new_level")


class Removed(Part):
    """One person of the decision."""

    name: PersonName = field("姓名", example="林示例", printed=False)
    kind: Kind = field("类型", example=REMOVED, printed=False)
    post: Line = field(
        "原任职务", help="免去的职务，写全称，不写“职务”二字", example="示例学院图书馆副馆长", printed=False
    )
    level: AnyLevel | None = field(
        "原任层次", help="用于核对降职是否低于原层次", example="副处级", blank="", printed=False
    )
    reason: LeavingReason | None = field(
        "免职情形", help="免职的填写（第四十五条）", example="达到任职或退休年龄界限", blank="", printed=False
    )
    demotion: DemotionReason | None = field("降职情形", help="降职的填写（第四十七条）", blank="", printed=False)
    new_post: Line | None = field("降职后职务", help="降职的填写，写全称", blank="", printed=False)
    new_level: AnyLevel | None = field("降职后层次", help="降职的填写", blank="", printed=False)

    @property
    def lawful_case(self) -> str:
        """The case of article 45 or 47 in the words of the decision."""
        if self.kind == REMOVED:
            return _REMOVALS.get(self.reason or "", "")
        return _DEMOTIONS.get(self.demotion or "", "")

    @property
    def decision(self) -> str:
        """What is decided of the person, without the case and without the mark that ends it."""
        if self.kind == REMOVED:
            return f"免去{self.name}同志{self.post}职务"
        return f"{self.name}同志降职使用，任{self.new_post}（{self.new_level}），免去其{self.post}职务"

    def problems(self) -> Iterator[Problem]:
        """The facts go with the kind; a demotion leads to a lower level."""
        yield from super().problems()
        if self.post.endswith("职务"):
            yield Problem("post", "末尾不写“职务”二字，文书会自动加上，请删去")
        if self.kind == REMOVED:
            yield from self._removal_problems()
        else:
            yield from self._demotion_problems()

    def _removal_problems(self) -> Iterator[Problem]:
        if self.reason is None:
            yield Problem("reason", "免职的应填写免职情形（第四十五条）")
        for name in _ONLY_DEMOTED:
            if getattr(self, name):
                yield Problem(name, "免职的不填，请删去或改类型")

    def _demotion_problems(self) -> Iterator[Problem]:
        if self.reason:
            yield Problem("reason", "降职的不填，请填降职情形或改类型")
        for name in _ONLY_DEMOTED:
            if getattr(self, name) is None:
                yield Problem(name, "降职的应填写（第四十七条）")
        old, new = self.level, self.new_level
        if old in _LADDER and new in _LADDER and _LADDER.index(new) >= _LADDER.index(old):
            yield Problem("new_level", f"降职后的层次应低于原任的{old}（第四十七条），请核对")


class RemovalNotice(RedHead):
    """The decision; its people stand in the order in which they are entered (by rank of post)."""

    about = About(
        title="免职降职决定",
        articles=(45, 46, 47),
        file_name="免职降职{文种}_{发文字号}_{免职降职人员}",
        gates=(45, "46.3", 47),
        dated="成文日期",
        subjects=("免职降职人员.姓名",),
        published=True,
    )

    paper: Paper = field("文种", default=DECISION, example=DECISION, printed=False)
    state_case: YesNo = field("写明情形", help="是否写出免职、降职的情形", default="是", example="是", printed=False)
    decided: Day = field("决定日期", help="校党委会研究决定的日期", prints="chinese", example="2026年9月18日")
    people: list[Removed] = field("免职降职人员", help="按职务高低排列", at_least=1)

    @computed("标题")
    def title(self) -> str:
        """The title on one line."""
        return "".join(self._title_phrases())

    @computed("标题分行")
    def broken_title(self) -> str:
        """The title as it is set: on as few lines as hold it, names kept whole."""
        return title_lines(self._title_phrases())

    @computed("前列事项")
    def earlier_decisions(self) -> list[str]:
        """What is decided of all but the last person, a paragraph each."""
        return [f"{self._clause(person)}；" for person in self.people[:-1]]

    @computed("末列事项")
    def last_decision(self) -> str:
        """What is decided of the last person: by itself, because the signature must not stand on a page alone."""
        return f"{self._clause(self.people[-1])}。"

    def _clause(self, person: Removed) -> str:
        return f"{person.lawful_case}，{person.decision}" if self.state_case == "是" else person.decision

    @computed("待遇")
    def pay(self) -> str:
        """What article 47 says of the pay of those who are demoted; empty where nobody is."""
        demoted = [person.name for person in self.people if person.kind == DEMOTED]
        if not demoted:
            return ""
        whose = f"{demoted[0]}同志" if len(demoted) == 1 else "以上降职使用同志"
        return f"{whose}的待遇按照新任职务的标准执行。"

    @computed("结语")
    def close(self) -> str:
        """The words that end a notice; a decision has none."""
        return "特此通知。" if self.paper == NOTICE else ""

    def _title_phrases(self) -> tuple[str, ...]:
        names = [person.name for person in self.people]
        if len(names) > _NAMED_IN_TITLE:
            whose = [f"关于{names[0]}等同志"]
        else:
            whose = [f"{name}、" for name in names[:-1]] + [f"{names[-1]}同志"]
            whose[0] = "关于" + whose[0]
        kinds = {person.kind for person in self.people}
        matter = "、".join(kind for kind in (REMOVED, DEMOTED) if kind in kinds)
        return (*whose, f"{matter}的{self.paper}")

    def problems(self) -> Iterator[Problem]:
        """The paper follows the decision, and each person stands in it once."""
        yield from super().problems()
        if self.dated < self.decided:
            yield Problem("dated", "早于校党委会决定日期，请核对")
        for name, count in Counter(person.name for person in self.people).items():
            if count > 1:
                yield Problem("people", f"{name} 出现 {count} 次，请核对是否重复", Severity.WARNING)

    @classmethod
    def from_case(cls, case: Case) -> Iterator[Data]:
        """One paper for each decision that demotes somebody or removes several; one removal has its own notice."""
        for group in joint_decisions(case):
            first = group[0]
            own = {
                "发文字号": first.number,
                "成文日期": first.dated,
                "印发日期": first.dated,
                "决定日期": first.decided,
                "免职降职人员": [_person(alike(leaving, Removed)) for leaving in group],
            }
            yield {**red_head(case), **given(own)}

    @classmethod
    def sources(cls, data: Data) -> dict[str, str]:
        """Where the case holds what the decision prints."""
        del data
        entry = "辞职免职降职[]"
        own = {"发文字号": f"{entry}.文号", "成文日期": f"{entry}.成文日期", "印发日期": f"{entry}.成文日期"}
        return {**RED_HEAD, **own, "决定日期": f"{entry}.党委决定日期", "免职降职人员": entry}


def _person(facts: Data) -> Data:
    """The facts that the person's kind has a place for: a case may note a reason of article 45 for a demotion, too."""
    other = ("降职情形", "降职后职务", "降职后层次") if facts.get("类型") == REMOVED else ("免职情形",)
    return {title: value for title, value in facts.items() if title not in other}
