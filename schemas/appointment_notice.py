"""任职通知: the red-head notice of appointments and dismissals that the committee has decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

from doc_forms.form import (
    About,
    Day,
    Line,
    Part,
    PartialDate,
    PersonName,
    Problem,
    Severity,
    choice,
    computed,
    field,
)

from ._case.drawing import RED_HEAD, Data, candidate_of, given, proposed_post, red_head
from ._red_head import RedHead, title_lines

if TYPE_CHECKING:
    from ._case.decision import Votes
    from .case import Case

PROMOTED, CONFIRMED, DISMISSED = "提任", "试用期满", "免职"
TRIAL_PERIOD = "（试用期一年）"
"""Article 35: who is promoted to a post serves one year on trial."""

Manner = Annotated[str, *choice("任免方式", (PROMOTED, "平级调动", "连任", "兼任", CONFIRMED, DISMISSED))]
_VERBS = {"连任": "继续任", "兼任": "兼任", CONFIRMED: "试用期满，正式任"}
_MANNERS = {"重新任职": "平级调动"}
"""Ways of the case that the notice words as another manner: 任, without a trial period."""
_QUALIFIED = ("6.1a", "6.1b", "6.2", "6.3a", "6.3b", "6.3c", "6.3d", "6.3e", "6.4", "6.5a", "6.7")
_TRIED = ("35.1a", "35.1b", "35.1c")
_NAMED_IN_TITLE = 2


class Appointee(Part):
    """One person of the notice: what they are appointed to, how, and what they leave."""

    name: PersonName = field("姓名", example="林示例", printed=False)
    manner: Manner = field("任免方式", help="提任的，通知写明试用期一年（第三十五条）", example="提任", printed=False)
    post: Line | None = field(
        "任职职务",
        help="写全称；几个职务用顿号分开；只免职的不填",
        example="计算机科学与工程学院副院长",
        blank="",
        printed=False,
    )
    left_post: Line | None = field(
        "免去职务", help="写全称，不写“职务”二字", example="教务处教学运行科科长", blank="", printed=False
    )
    trial_decided: Day | None = field(
        "试任决定日期",
        help="试用期满正式任职的填写：校党委会当初决定试任的日期，任职时间由此起算",
        blank="",
        printed=False,
        prints="chinese",
    )

    @computed("任免内容")
    def decision(self) -> str:
        """What is decided of the person, as the notice words it; without the mark that ends it."""
        if not self.post:
            return f"免去{self.name}同志{self.left_post}职务"
        trial = TRIAL_PERIOD if self.manner == PROMOTED else ""
        clauses = [f"{self.name}同志{_VERBS.get(self.manner, '任')}{self.post}{trial}"]
        if self.trial_decided:
            clauses.append(f"任职时间自{self.trial_decided.chinese}起计算")
        if self.left_post:
            clauses.append(f"免去其{self.left_post}职务")
        return "，".join(clauses)

    def problems(self) -> Iterator[Problem]:
        """Posts go with the manner; wording that the notice adds is not typed as well."""
        if self.manner == DISMISSED:
            if self.post:
                yield Problem("post", "任免方式为“免职”时不填任职职务，请删去或改任免方式")
            if not self.left_post:
                yield Problem("left_post", "任免方式为“免职”时应填写免去的职务")
        elif not self.post:
            yield Problem("post", f"任免方式为“{self.manner}”时应填写任职职务")
        if (self.manner == CONFIRMED) != bool(self.trial_decided):
            message = "应填写" if self.manner == CONFIRMED else "不填，只用于试用期满正式任职"
            yield Problem("trial_decided", f"任免方式为“{self.manner}”时{message}")
        if self.post and "试用期" in self.post:
            yield Problem("post", "不写试用期，提任的由文书写明，请删去")
        if self.left_post and self.left_post.endswith("职务"):
            yield Problem("left_post", "末尾不写“职务”二字，文书会自动加上，请删去")


class AppointmentNotice(RedHead):
    """The notice; its people stand in the order in which they are entered (by rank of post)."""

    about = About(
        title="任职通知",
        articles=(33, 34, 35, 36, 37),
        file_name="任职通知_{发文字号}_{任免人员}",
        # The notice makes the appointment: who is appointed qualifies (6, 7), is not barred (17, 43, 46), is decided
        # (29 to 32) and was announced (34), and the posts are there (48). What comes after the notice cannot refuse
        # it: training made up, filing, the talk, the review at the end of the trial.
        gates=(*_QUALIFIED, 7, 17, 29, 30, 31, "32.1", 33, 34, *_TRIED, 37, 43, "46.2a", "46.2b", "48.1"),
        settled=("30.1", 31, "32.1", 34),
        dated="成文日期",
        subjects=("任免人员.姓名", "任免人员.任职职务"),
        published=True,
    )

    decided: Day = field(
        "决定日期", help="校党委会研究决定的日期，任职时间由此起算", prints="chinese", example="2026年9月18日"
    )
    people: list[Appointee] = field("任免人员", help="按职务高低排列", at_least=1)

    @computed("标题")
    def title(self) -> str:
        """The notice's title on one line."""
        return "".join(self._title_phrases())

    @computed("标题分行")
    def broken_title(self) -> str:
        """The title as it is set: on as few lines as hold it, names kept whole."""
        return title_lines(self._title_phrases())

    @computed("任职起算")
    def term(self) -> str:
        """From when the term of those newly appointed counts (article 37); empty where nobody is."""
        appointed = [person for person in self.people if person.post and person.manner != CONFIRMED]
        if not appointed:
            return ""
        if len(self.people) == 1:
            whose = ""
        elif len(appointed) == 1:
            whose = f"{appointed[0].name}同志的"
        elif len(appointed) == len(self.people):
            whose = "以上同志的"
        else:
            whose = "其他任职同志的" if any(person.trial_decided for person in self.people) else "以上任职同志的"
        return f"{whose}任职时间自{self.decided.chinese}起计算。"

    def _title_phrases(self) -> tuple[str, ...]:
        names = [person.name for person in self.people]
        if len(names) > _NAMED_IN_TITLE:
            whose = [f"关于{names[0]}等同志"]
        else:
            whose = [f"{name}、" for name in names[:-1]] + [f"{names[-1]}同志"]
            whose[0] = "关于" + whose[0]
        appointing = any(person.post for person in self.people)
        dismissing = any(person.left_post for person in self.people)
        matter = "任职" if not dismissing else "职务任免" if appointing else "免职"
        return (*whose, f"{matter}的通知")

    def problems(self) -> Iterator[Problem]:
        """The notice follows the decision, and each person stands in it once."""
        yield from super().problems()
        if self.dated < self.decided:
            yield Problem("dated", "早于校党委会决定日期，请核对")
        for name, count in Counter(person.name for person in self.people).items():
            if count > 1:
                yield Problem("people", f"{name} 出现 {count} 次，请核对是否重复", Severity.WARNING)
        for person in self.people:
            if person.trial_decided and person.trial_decided >= self.decided:
                yield Problem("people", f"{person.name} 的试任决定日期应早于本次决定日期，请核对")

    @classmethod
    def from_case(cls, case: Case) -> Iterator[Data]:
        """One notice for all whom the committee decided to appoint; none where it appoints nobody."""
        decision, made = case.decision, case.appointment
        votes = decision.votes if decision else []
        if not (case.candidates or votes):
            return
        people = [_appointee(case, vote) for vote in votes if vote.result == "通过"]
        waiting = not votes or any(vote.result is None for vote in votes)
        if people or waiting:
            own = given(
                {
                    "发文字号": made.number if made else None,
                    "成文日期": made.notice_date if made else None,
                    "印发日期": made.notice_date if made else None,
                    "决定日期": decision.date if decision else None,
                }
            )
            yield {**red_head(case), **own, "任免人员": None if waiting else people}

    @classmethod
    def sources(cls, data: Data) -> dict[str, str]:
        """Where the case holds what the notice prints."""
        del data
        return {
            **RED_HEAD,
            "发文字号": "任职.任职通知文号",
            "成文日期": "任职.任职通知日期",
            "印发日期": "任职.任职通知日期",
            "决定日期": "讨论决定.党委会日期",
            "任免人员": "讨论决定.表决情况",
            "任免人员.姓名": "讨论决定.表决情况[].姓名",
            "任免人员.任免方式": "考察对象[].任职方式",
            "任免人员.任职职务": "考察对象[].拟任职务",
        }

    @classmethod
    def not_before(cls, case: Case) -> tuple[PartialDate, str] | None:
        """Not while the public notice runs (article 34)."""
        end = case.notice.end if case.notice else None
        return (end, f"任前公示到 {end.chinese}才期满（第三十四条）") if end else None


def _appointee(case: Case, vote: Votes) -> Data:
    person = candidate_of(case, vote.name)
    if person is None:
        return given({"姓名": vote.name})
    return given(
        {
            "姓名": person.name,
            "任免方式": _MANNERS.get(person.way or "", person.way),
            "任职职务": proposed_post(case, person),
            "免去职务": person.leaves,
        }
    )
