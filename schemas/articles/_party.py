"""Standing in the party (党龄), which article 6 (7) asks for and article 7 never lets anybody put aside."""

from __future__ import annotations

from doc_forms.form import PartialDate
from doc_forms.form.periods import Reached, reached, years_later
from doc_forms.regulation import Outcome, Verdict, broken, need

from .._interpretation import Office
from ..case import Case
from ._career import day_text, judged, since_text
from ._subjects import Numbered, is_decided, promoted_to_division, reference_day, vacancy

_PARTY_YEARS = 3
_PROBATION_YEARS = 1
_MEMBERS = ("中共党员", "中共预备党员")


def party_standing(case: Case, subject: Numbered, office: Office) -> Verdict | None:
    """Three years from the date that the setting names to the reference day; None for a post outside the party."""
    if not promoted_to_division(case, subject):
        return None
    number, post = vacancy(case, subject)
    if need(post.party_post, "职位", number, "党组织职务") != "是":
        return None
    if subject.need(subject.person.political_status, "政治面貌") not in _MEMBERS:
        return broken(f"政治面貌为{subject.person.political_status}", "党组织职务由党员担任", *subject.path("政治面貌"))
    if office.points.party_age_from == "入党时间":
        start, at = subject.person.joined_party, "入党时间"
    else:
        start, at = subject.person.full_member_since, "转正时间"
    if start is None and subject.person.joined_party:
        return _estimated_standing(case, subject, office, years_later(subject.person.joined_party, _PROBATION_YEARS))
    start, day = subject.need(start, at), reference_day(case, office)
    facts = f"{at} {start.dotted}，至 {day_text(case, office)}，党龄 {since_text(start, day)}"
    remedy = f"党龄 {years_later(start, _PARTY_YEARS).dotted} 后方满三年，这一条不得突破"
    return judged(
        reached(start, day, _PARTY_YEARS), facts, remedy, subject.path(at), decided=is_decided(case), office=office
    )


def _estimated_standing(case: Case, subject: Numbered, office: Office, start: PartialDate) -> Verdict:
    """Only 入党时间 is known: probation lasts a year or longer, so a shortfall is certain, the rest cannot be told."""
    facts = f"只知入党时间 {subject.need(subject.person.joined_party).dotted}，加一年预备期估算 {start.dotted} 转正"
    at = subject.path("转正时间")
    outcome = reached(start, reference_day(case, office), _PARTY_YEARS)
    if outcome is Reached.NO:
        remedy = "党龄满三年后再提任，这一条不得突破"
        return judged(outcome, f"{facts}，党龄不足三年", remedy, at, decided=is_decided(case), office=office)
    return Verdict(Outcome.UNKNOWN, f"{facts}，尚不能断定", "核对档案，填写转正时间", at)
