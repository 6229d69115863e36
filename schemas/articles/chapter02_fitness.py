"""Chapter 2, article 6 (5) to (7): training, health, and standing in the party."""

from __future__ import annotations

from doc_forms.form.periods import years_later
from doc_forms.regulation import Severity, Verdict, article, broken, met

from .._interpretation import Office
from ..case import Case
from ._party import party_standing
from ._specimens import PARTY_POST
from ._subjects import (
    Numbered,
    candidates,
    compare,
    decision_day,
    exceptional,
    is_promotion,
    promoted_to_division,
    says_nothing,
)

_TRAINING_YEARS = 1


@article(
    6,
    "5a",
    Severity.ERROR,
    "提任处级领导职务前培训应达到要求，未达到的须有特殊情况",
    over=candidates,
    lawful={
        "考察对象[0].任前培训达标": "否",
        "考察对象[0].培训未达标的特殊情况": "2025年援疆，未能参加省委党校秋季班",
        "考察对象[0].任后培训完成日期": "2027-06-18",
    },
    unlawful={
        "考察对象[0].任前培训达标": "否",
        "考察对象[0].培训未达标的特殊情况": "无",
        "考察对象[0].任后培训完成日期": "2027-06-18",
    },
)
def is_trained_or_excused(case: Case, subject: Numbered, _office: Office) -> Verdict | None:
    """Article 6 (5): the training is met before the promotion, or what prevented it is written down."""
    if not promoted_to_division(case, subject, "培训"):
        return None
    if subject.need(subject.person.training_met, "任前培训达标") == "是":
        return met("任前培训已达标")
    reason = subject.need(subject.person.training_reason, "培训未达标的特殊情况")
    if says_nothing(reason):
        remedy = "写明确因什么特殊情况未达标，否则先完成培训再提任"
        return broken(f"任前培训未达标，特殊情况填的是“{reason}”", remedy, *subject.path("培训未达标的特殊情况"))
    return met(f"任前培训未达标，特殊情况：{reason}")


@article(
    6,
    "5b",
    Severity.ERROR,
    "提任前未达到培训要求的应在提任后一年内完成培训",
    over=candidates,
    lawful={
        "考察对象[0].任前培训达标": "否",
        "考察对象[0].培训未达标的特殊情况": "2025年援疆，未能参加省委党校秋季班",
        "考察对象[0].任后培训完成日期": "2027-09-22",
    },
    unlawful={
        "考察对象[0].任前培训达标": "否",
        "考察对象[0].培训未达标的特殊情况": "2025年援疆，未能参加省委党校秋季班",
        "考察对象[0].任后培训完成日期": "2027-09-23",
    },
)
def finishes_training_in_a_year(case: Case, subject: Numbered, _office: Office) -> Verdict | None:
    """Article 6 (5): within one year of the appointment, which counts from the committee's decision (article 37)."""
    if not promoted_to_division(case, subject, "培训"):
        return None
    if subject.need(subject.person.training_met, "任前培训达标") == "是":
        return None
    done = subject.need(subject.person.training_done, "任后培训完成日期")
    due = years_later(decision_day(case), _TRAINING_YEARS)
    facts = f"培训应在 {due} 前完成，实际完成 {done}"
    if compare(done, due) <= 0:
        return met(facts)
    return broken(facts, "提任后一年内未完成培训，请说明并尽快补训", *subject.path("任后培训完成日期"))


@article(
    6,
    "6",
    Severity.NOTE,
    "应具有正常履行职责的身体条件",
    over=candidates,
    lawful={"考察对象[0].身体条件合格": "是"},
    unlawful={"考察对象[0].身体条件合格": "否"},
)
def is_fit(_case: Case, subject: Numbered, _office: Office) -> Verdict | None:
    """Article 6 (6): a box that people tick."""
    if not is_promotion(subject):
        return None
    if subject.need(subject.person.fit, "身体条件合格") == "是":
        return met("已确认身体条件合格")
    return broken("身体条件未确认合格", "请组织部核实身体条件", *subject.path("身体条件合格"))


@article(
    6,
    "7",
    Severity.ERROR,
    "提任党的基层组织处级领导职务必须有三年以上党龄",
    over=candidates,
    lawful=PARTY_POST | {"考察对象[0].转正时间": "2023.08"},
    unlawful=PARTY_POST | {"考察对象[0].转正时间": "2023.10"},
)
def has_party_standing(case: Case, subject: Numbered, office: Office) -> Verdict | None:
    """Article 6 (7): three years of party standing, counted from the date that the setting names."""
    return None if exceptional(subject) else party_standing(case, subject, office)
