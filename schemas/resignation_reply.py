"""同意辞职的批复 / 免职通知: how the committee answers a resignation, or tells of a removal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

from doc_forms.form import About, Day, DocumentNumber, Line, PersonName, Problem, YesNo, choice, computed, field

from ._case.drawing import RED_HEAD, Data, alike, given, red_head
from ._case.removals import REMOVED, has_joint_decision
from ._red_head import RedHead, phrases_of, title_lines

if TYPE_CHECKING:
    from ._case.appointment import Leaving
    from .case import Case

REPLY, REMOVAL = "批复", "免职通知"
Paper = Annotated[str, *choice("文种", (REPLY, REMOVAL))]

_RESIGNATIONS = {
    "自愿辞职": "同意{name}同志辞去{post}职务。",
    "引咎辞职": "同意{name}同志引咎辞去{post}职务。",
    "责令辞职": "同意{name}同志辞去{post}职务（责令辞职）。",
}
"""The three ways to resign (article 46) and the words of the reply to each."""

_REMOVALS = {
    "达到任职年龄界限": "因达到任职年龄界限，",
    "达到退休年龄界限": "因达到退休年龄界限，",
    "责任追究": "因受到责任追究，",
    "不适宜担任现职": "因不适宜担任现职，",
    "违纪违法": "因违纪违法，",
    "辞职": "因本人辞职，",
    "调出": "因工作调动，",
    "离职学习超过一年": "因离职学习期限超过一年，",
    "健康原因": "因健康原因，",
    "工作需要或其他原因": "因工作需要，",
}
"""The cases in which article 45 removes from a post, in its order, and how a notice states each."""

ResignationType = Annotated[str, *choice("辞职类型", tuple(_RESIGNATIONS))]
RemovalCase = Annotated[str, *choice("免职情形", tuple(_REMOVALS))]


class ResignationReply(RedHead):
    """One person's resignation approved, or one person removed; `文种` says which."""

    about = About(
        title="同意辞职的批复",
        articles=(45, 46),
        file_name="{文种}_{发文字号}_{姓名}",
        gates=(45, "46.1a"),
        settled=("46.1a",),  # the reply answers an application that the unit consented to
        dated="成文日期",
        subjects=("姓名",),
        published=True,
    )

    paper: Paper = field("文种", help="对辞职请示用批复，公布免职用免职通知", example="批复", printed=False)
    name: PersonName = field("姓名", example="林示例", printed=False)
    post: Line = field(
        "所免职务",
        help="辞去或免去的职务，写全称，不写“职务”二字",
        example="计算机科学与工程学院副院长",
        printed=False,
    )
    resignation: ResignationType | None = field(
        "辞职类型", help="批复填写", example="自愿辞职", blank="", printed=False
    )
    removal: RemovalCase | None = field("免职情形", help="免职通知填写（第四十五条）", blank="", printed=False)
    state_case: YesNo | None = field("写明免职情形", help="免职通知是否写出原因，不填为否", blank="否", printed=False)
    decided: Day = field("决定日期", help="校党委会研究决定的日期", prints="chinese", example="2026年9月18日")
    request: Line | None = field(
        "来文标题",
        help="批复所答复的请示，不写书名号；没有可不填",
        example="关于林示例同志辞去计算机科学与工程学院副院长职务的请示",
        blank="",
        printed=False,
    )
    request_number: DocumentNumber | None = field("来文字号", example="示院计〔2026〕12号", blank="", printed=False)
    requested_by: Line | None = field(
        "来文单位简称", help="正文中对来文单位的称呼，不填为“你单位”", example="你总支", blank="", printed=False
    )

    @computed("标题")
    def title(self) -> str:
        """The paper's title on one line."""
        return "".join(self._title_phrases())

    @computed("标题分行")
    def broken_title(self) -> str:
        """The title as it is set: on as few lines as hold it, phrases kept whole."""
        return title_lines(self._title_phrases())

    @computed("来文引述")
    def quoted_request(self) -> str:
        """The request that is answered, as the body opens with it; empty where there is none."""
        if not self.request:
            return ""
        number = f"（{self.request_number}）" if self.request_number else ""
        return f"{self.requested_by or '你单位'}《{self.request}》{number}收悉。"

    @computed("决定")
    def decision(self) -> str:
        """What the committee decided, from its verb on."""
        if self.paper == REPLY:
            return _RESIGNATIONS[self.resignation or "自愿辞职"].format(name=self.name, post=self.post)
        reason = _REMOVALS[self.removal or ""] if self.state_case == "是" else ""
        return f"{reason}免去{self.name}同志{self.post}职务。"

    @computed("研究")
    def considered(self) -> str:
        """How the paper leads to its decision."""
        return "研究，" if self.paper == REPLY else "研究决定："

    @computed("结语")
    def close(self) -> str:
        """The words that end the body."""
        return "此复。" if self.paper == REPLY else "特此通知。"

    def _title_phrases(self) -> tuple[str, ...]:
        if self.paper == REPLY:
            return ("关于同意", f"{self.name}同志辞去", *phrases_of(f"{self.post}职务的批复"))
        return (f"关于{self.name}同志", "免职的通知")

    def problems(self) -> Iterator[Problem]:
        """The facts go with the paper; the paper follows the decision."""
        yield from super().problems()
        yield from self._unfit()
        if self.post.endswith("职务"):
            yield Problem("post", "末尾不写“职务”二字，文书会自动加上，请删去")
        if self.dated < self.decided:
            yield Problem("dated", "早于校党委会决定日期，请核对")
        if self.request and "《" in self.request[:1]:
            yield Problem("request", "不写书名号，文书会自动加上，请删去")

    def _unfit(self) -> Iterator[Problem]:
        """Facts that the one paper needs and the other has no place for."""
        wanted, other = ("resignation", "removal") if self.paper == REPLY else ("removal", "resignation")
        if not getattr(self, wanted):
            yield Problem(wanted, f"文种为“{self.paper}”时应填写")
        if getattr(self, other):
            yield Problem(other, f"文种为“{self.paper}”时不填，请删去或改文种")
        if self.paper == REMOVAL and self.request:
            yield Problem("request", "免职通知不引来文，请删去或改文种")
        if self.request_number and not self.request:
            yield Problem("request", "填写了来文字号，也应填写来文标题")

    @classmethod
    def from_case(cls, case: Case) -> Iterator[Data]:
        """A reply for each resignation that is not refused, a notice for each removal that has no joint decision."""
        for leaving in case.leavings:
            resigns = leaving.kind in _RESIGNATIONS and leaving.decision not in ("不同意", "暂缓")
            if not resigns and (leaving.kind != REMOVED or has_joint_decision(case, leaving)):
                continue
            own = {
                "发文字号": leaving.number,
                "成文日期": leaving.dated,
                "印发日期": leaving.dated,
                "文种": REPLY if resigns else REMOVAL,
                "所免职务": leaving.post,
                "决定日期": leaving.decided,
                **({"辞职类型": leaving.kind} if resigns else {"免职情形": _removal(leaving)}),
            }
            head = red_head(case)
            if resigns:
                head.pop("主送机关", None)  # a reply goes to the unit that asked
            common = {title: value for title, value in alike(leaving, cls).items() if title != "免职情形"}
            yield {**head, **common, **given(own)}

    @classmethod
    def sources(cls, data: Data) -> dict[str, str]:
        """Where the case holds what the paper prints."""
        entry = "辞职免职降职[]"
        own = {"发文字号": f"{entry}.文号", "印发日期": f"{entry}.成文日期", "所免职务": f"{entry}.原任职务"}
        own |= {"决定日期": f"{entry}.党委决定日期"}
        addressee = {"主送机关": f"{entry}.主送机关"} if data.get("文种") == REPLY else {}
        return {**RED_HEAD, "": entry, **own, **addressee}


def _removal(leaving: Leaving) -> str | None:
    """The case of article 45 in the words of the notice.

    The case file joins two of them in pairs; the notice does not state the case, so the first of a pair will do.
    """
    words = {
        "达到任职或退休年龄界限": "达到任职年龄界限",
        "受到责任追究": "责任追究",
        "辞职或调出": "调出",
        "非组织选派离职学习超过一年": "离职学习超过一年",
        "因健康原因无法履职一年以上": "健康原因",
    }
    return words.get(leaving.reason or "", leaving.reason)
