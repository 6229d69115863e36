"""Chapter 11 (articles 48-52): discipline and supervision."""

from __future__ import annotations

from collections.abc import Iterator

from doc_forms.form import PartialDate, born_by_identity_number
from doc_forms.form.periods import Reached, reached
from doc_forms.regulation import Severity, Verdict, article, broken, left_to_people, met, need

from .._case.inspection import PersonInspection
from .._case.people import Candidate
from .._case.posts import VacantPost
from .._interpretation import Office
from ..case import Case
from ._subjects import Numbered, candidates, compare, says_nothing, vacancies

GISTS = {
    48: "选拔任用的十条纪律：不准超职数、谋私、违反程序、泄密、失实、拉票、干预、突击、任人唯亲、涂改档案",
    49: "违反规定的追究责任；干部接到任职通知后应在规定时间内到任",
    50: "党委和组织部门监督检查，受理举报、申诉，纠正违规行为；纪检监察部门按规定监督",
    51: "选拔任用工作接受组织和群众监督，单位和教职员工有权举报、申诉",
    52: "组织部门召集与纪检监察部门的联席会议，沟通选拔任用监督情况",
}

DISPOSITIONS = (
    left_to_people(
        48, "校纪委、组织部", "是否谋私、泄密、拉票、干预、突击提拔等要由监督和调查查明；程序是否完备由各条规则核对"
    ),
    left_to_people(49, "校党委、校纪委", "责任的认定和处理按上级责任追究规定办理，程序只核对到任时间"),
    left_to_people(50, "校党委、组织部、纪检监察部门", "监督检查和举报、申诉的处理不在一次选任的数据之中"),
    left_to_people(51, "上级组织部门、纪检监察机关", "举报、申诉由受理机关处理，案件中只记公示的受理方式"),
    left_to_people(52, "组织部、纪检监察部门", "联席会议由组织部门召集，内容不是一次选任的数据"),
)

_PARTY_AGE = 18
_WORKING_AGE = 16


@article(
    48,
    "1",
    Severity.ERROR,
    "不准超职数配备干部",
    over=vacancies,
    lawful={"职位[0].现配人数": 3, "职位[0].拟免人数": 1},
    unlawful={"职位[0].现配人数": 3, "职位[0].拟免人数": 0},
)
def headcount_is_kept(_case: Case, subject: tuple[int, VacantPost], _office: Office) -> Verdict:
    """Article 48 (1): those in post and those wanted, less those who leave, are not more than approved."""
    number, post = subject
    approved = need(post.approved, "职位", number, "核定职数")
    filled = need(post.filled, "职位", number, "现配人数")
    wanted = need(post.wanted, "职位", number, "拟选人数")
    leaving = need(post.leaving, "职位", number, "拟免人数")
    after = filled + wanted - leaving
    facts = f"现配 {filled} 人，拟选 {wanted} 人，拟免 {leaving} 人，配备后 {after} 人，核定职数 {approved}"
    if after <= approved:
        return met(facts)
    return broken(facts, f"减少拟选人数，或先免去 {after - approved} 人", "职位", number, "拟选人数")


@article(
    48,
    "10a",
    Severity.ERROR,
    "任职信息与档案认定不一致的，须由档案审核作出说明",
    over=candidates,
    lawful={
        "考察.考察情况[0].档案认定": {"档案出生年月": "1986.03"},
        "考察.考察情况[0].审核干部人事档案.说明": "出生年月原填 1986.04，经审核认定为 1986.03。",
    },
    unlawful={
        "考察.考察情况[0].档案认定": {"档案出生年月": "1986.03"},
        "考察.考察情况[0].审核干部人事档案.说明": "无",
    },
)
def facts_agree_with_the_file(case: Case, subject: Numbered, _office: Office) -> Verdict | None:
    """Article 48 (10): birth, start of work, joining the party and schooling are as the file was audited to.

    Asked only where the audit wrote down what it found; a difference that the audit explains is no fault.
    """
    number, found = _inspection(case, subject)
    if found.file_facts is None:
        return None
    differences = list(_differences(subject.person, found))
    if not differences:
        return met("任职信息与档案认定一致")
    return _explained(number, found, differences)


@article(
    48,
    "10b",
    Severity.WARNING,
    "身份、年龄、工龄、党龄等信息不应互相矛盾",
    over=candidates,
    lawful={"考察对象[0].入党时间": "2004.05", "考察对象[0].转正时间": "2005.05"},
    unlawful={
        "考察对象[0].入党时间": "2004.03",
        "考察对象[0].转正时间": "2005.05",
        "考察.考察情况[0].审核干部人事档案.说明": "无",
    },
)
def facts_agree_with_each_other(case: Case, subject: Numbered, _office: Office) -> Verdict:
    """Article 48 (10): signs that a key fact was altered, which the audit of the file explains or people look at.

    A birth date other than the identity number's is often what the file was rightly audited to, hence a WARNING.
    """
    subject.need(subject.person.born, "出生年月")
    contradictions = list(_contradictions(subject.person))
    if not contradictions:
        return met("出生、参加工作、入党、转正时间没有互相矛盾")
    number, found = _inspection(case, subject)
    return _explained(number, found, contradictions)


@article(
    49,
    "",
    Severity.WARNING,
    "干部接到任职通知后应在规定时间内到任",
    over=candidates,
    lawful={"任职.任职情况[0].到任日期": "2026-10-15"},
    unlawful={"任职.任职情况[0].到任日期": "2026-10-16"},
)
def takes_up_the_post_in_time(case: Case, subject: Numbered, _office: Office) -> Verdict | None:
    """Article 49, paragraph 2: the day of arrival is not after the limit that the notice set.

    Who goes on in the same post (连任) has nowhere to arrive.
    """
    if _was_not_chosen(case, subject) or subject.person.way == "连任":
        return None
    terms = need(case.appointment, "任职").terms
    number, term = need(
        next(((n, term) for n, term in enumerate(terms) if term.name == subject.person.name), None), "任职", "任职情况"
    )
    limit = need(term.report_by, "任职", "任职情况", number, "到任期限")
    came = need(term.reported, "任职", "任职情况", number, "到任日期")
    facts = f"规定 {limit.chinese}前到任，{came.chinese}到任"
    if compare(came, limit) <= 0:
        return met(facts)
    remedy = "了解逾期原因；无正当理由拒不服从的，依照规定就地免职或者降职"
    return broken(facts, remedy, "任职", "任职情况", number, "到任日期")


def _was_not_chosen(case: Case, subject: Numbered) -> bool:
    """Tell whether the committee decided, and not for this person."""
    votes = case.decision.votes if case.decision else []
    mine = next((vote for vote in votes if vote.name == subject.person.name), None)
    return bool(votes) and (mine is None or mine.result in ("未通过", "缓议"))


def _inspection(case: Case, subject: Numbered) -> tuple[int, PersonInspection]:
    need(case.inspection, "考察")
    return need(case.inspection_of(subject.need(subject.person.name, "姓名")), "考察", "考察情况")


def _explained(number: int, found: PersonInspection, faults: list[str]) -> Verdict:
    """Met where the audit of the file explains the faults; what the audit has not written down yet is no fault."""
    at = ("考察", "考察情况", number, "审核干部人事档案")
    facts = "；".join(faults)
    explanation = need(need(found.file_audit, *at).explanation, *at, "说明")
    if not says_nothing(explanation):
        return met(f"{facts}；档案审核已作说明")
    seen = f"{facts}；档案审核的说明只写了“{explanation}”"
    return broken(seen, "核对原始档案，在说明中写明认定结果和依据", *at, "说明")


def _differences(person: Candidate, found: PersonInspection) -> Iterator[str]:
    file = found.file_facts
    if file is None:
        return
    for title, stated, audited in (
        ("出生年月", person.born, file.born),
        ("参加工作时间", person.started_work, file.started_work),
        ("入党时间", person.joined_party, file.joined_party),
    ):
        if stated and audited and compare(stated, audited):
            yield f"{title}填 {stated.dotted}，档案认定 {audited.dotted}"
    if person.schooling and file.schooling and person.schooling != file.schooling:
        yield f"学历填{person.schooling}，档案认定{file.schooling}"


def _contradictions(person: Candidate) -> Iterator[str]:
    if person.born and person.identity_number:
        stated = born_by_identity_number(person.identity_number)
        if (person.born.year, person.born.month) != (stated.year, stated.month):
            yield "出生年月与公民身份号码不一致"
    if _too_young(person.born, person.joined_party, _PARTY_AGE):
        yield f"入党时不满 {_PARTY_AGE} 岁"
    if _too_young(person.born, person.started_work, _WORKING_AGE):
        yield f"参加工作时不满 {_WORKING_AGE} 岁"
    if person.joined_party and person.full_member_since and compare(person.full_member_since, person.joined_party) < 0:
        yield "转正时间早于入党时间"


def _too_young(born: PartialDate | None, day: PartialDate | None, age: int) -> bool:
    return born is not None and day is not None and reached(born, day, age) is Reached.NO
