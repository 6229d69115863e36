"""Chapter 11, article 48 (10): the facts of one person told alike in all papers (三龄两历一身份).

A contradiction is a WARNING: people look at it, nothing is mended here. What the audit of the personnel file explains
by name (its 说明 speaks of 简历, 参加工作 and so on) is settled; that everything agrees is no explanation.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from doc_forms.form import PartialDate
from doc_forms.form.reading import Path
from doc_forms.regulation import Severity, Verdict, article, broken, met

from .._interpretation import Office
from .._resume import Entry, read_resume
from ..case import Case
from ._resume_facts import age_on, ages, breaks, joining, posts, schooling
from ._same_person import elsewhere
from ._subjects import Numbered, candidates

_FORM, _RESUME = "任免审批表", "简历"
_LINES = (
    "2005.09--2009.07  示例师范大学数学学院数学与应用数学专业学习",
    "2009.07--2012.08  示范县第一中学教师",
    "2012.08--2015.09  示例学院计算机科学与工程学院教学秘书",
    "（其间：2012.09--2015.06  示例大学教育学院在职攻读硕士学位）",
    "2015.09--2018.10  示例学院教务处综合科副科长",
    "2018.10--2022.03  示例学院教务处实践教学科科长",
    "2022.03--         示例学院计算机科学与工程学院党政办公室主任",
)
_AT = f"考察对象[0].{_FORM}.{_RESUME}"
_LAWFUL = {_AT: "\n".join(_LINES)}
_SCHOOLS = {
    "全日制学历": "大学",
    "全日制毕业院校系": "示例师范大学数学学院",
    "在职学历": "研究生",
    "在职毕业院校系": "示例大学教育学院",
}


@article(
    48,
    "10c",
    Severity.WARNING,
    "简历应当逐月衔接，不间断、不重叠",
    over=candidates,
    lawful=_LAWFUL,
    unlawful={_AT: "\n".join(("2005.09--2009.03  示例师范大学数学学院学习", *_LINES[1:]))},
)
def resume_runs_without_a_break(case: Case, subject: Numbered, _office: Office) -> Verdict | None:
    """Article 48 (10): no month of the 简历 is missing or told twice, up to the day on which the form was filled in."""
    entries = _entries(subject)
    if not entries:
        return None
    fine = _Fine("简历逐月衔接", ("简历", "间断", "断档", "重叠"), (_FORM, _RESUME))
    return _told(case, subject, breaks(entries, _form_day(subject)), fine)


@article(
    48,
    "10d",
    Severity.WARNING,
    "参加工作时间、入党时间应当与简历一致",
    over=candidates,
    lawful=_LAWFUL,
    unlawful={**_LAWFUL, "考察对象[0].参加工作时间": "2009.06"},
)
def joining_agrees_with_the_resume(case: Case, subject: Numbered, _office: Office) -> Verdict | None:
    """Article 48 (10): work begins with the first post of the 简历, and the party was joined within it."""
    entries = _entries(subject)
    if not entries:
        return None
    found = list(joining(subject.person, entries))
    at = "入党时间" if found and found[0].startswith("入党") else "参加工作时间"
    return _told(case, subject, found, _Fine("参加工作、入党时间与简历一致", (at, "参加工作", "入党"), (at,)))


@article(
    48,
    "10e",
    Severity.WARNING,
    "学历学位应当与简历一致",
    over=candidates,
    lawful={**_LAWFUL, "考察对象[0].学历教育": _SCHOOLS},
    unlawful={**_LAWFUL, "考察对象[0].学历教育": _SCHOOLS | {"全日制毕业院校系": "示范大学数学系"}},
)
def education_agrees_with_the_resume(case: Case, subject: Numbered, _office: Office) -> Verdict | None:
    """Article 48 (10): every school stands in the 简历, in-service study comes after the start of work."""
    entries = _entries(subject)
    if not entries or subject.person.education is None:
        return None
    fine = _Fine("学历学位与简历一致", ("学历", "学位"), ("学历教育",))
    return _told(case, subject, schooling(subject.person, entries), fine)


@article(
    48,
    "10f",
    Severity.WARNING,
    "现任职务、任职经历应当与简历一致",
    over=candidates,
    lawful=_LAWFUL,
    unlawful={_AT: "\n".join((*_LINES[:-1], "2022.03--         示例学院图书馆流通部主任"))},
)
def posts_agree_with_the_resume(case: Case, subject: Numbered, _office: Office) -> Verdict | None:
    """Article 48 (10): the present post is the last line of the 简历, the posts of the case have theirs."""
    entries = _entries(subject)
    if not entries:
        return None
    fine = _Fine("现任职务、任职经历与简历一致", ("任职", "职务"), (_FORM, _RESUME))
    return _told(case, subject, posts(subject.person, entries), fine)


@article(
    48,
    "10g",
    Severity.WARNING,
    "出生年月应当与简历相符",
    over=candidates,
    lawful=_LAWFUL,
    unlawful={_AT: "\n".join(("1996.09--2009.07  示例师范大学附属小学、示例师范大学学习", *_LINES[1:]))},
)
def age_fits_the_resume(case: Case, subject: Numbered, _office: Office) -> Verdict | None:
    """Article 48 (10): nobody studies or works, by the 简历, at an age at which nobody does."""
    entries, born = _entries(subject), subject.person.born
    if not entries:
        return None
    born = subject.need(born, "出生年月")
    day = _form_day(subject)
    note = f"，{day.dotted} 填表时 {age_on(born, day)} 岁" if day else ""
    return _told(
        case, subject, ages(born, entries), _Fine(f"出生年月与简历相符{note}", ("出生", "年龄"), ("出生年月",))
    )


@article(
    48,
    "10h",
    Severity.WARNING,
    "同一人的信息在各处应当一致",
    over=candidates,
    lawful={"民主推荐.干部名册[0].现任职务": "党政办公室主任"},
    unlawful={"民主推荐.干部名册[0].出生年月": "1986.05"},
)
def facts_are_told_alike_everywhere(case: Case, subject: Numbered, _office: Office) -> Verdict | None:
    """Article 48 (10): the roll, an entry to a competition and a resignation tell the same of a candidate."""
    differences = list(elsewhere(case, subject.person))
    if not differences:
        return met("各处所填一致")
    facts = "；".join(text for text, _ in differences)
    remedy = "核对原始档案，把不对的一处改正"
    return broken(facts, remedy, *differences[0][1])


def _entries(subject: Numbered) -> Sequence[Entry]:
    form = subject.person.approval
    return read_resume(form.resume).entries if form and form.resume else ()


def _form_day(subject: Numbered) -> PartialDate | None:
    """The day at which the form counts ages: 计算年龄时间, else 填表时间."""
    form = subject.person.approval
    return (form.age_on or form.filled_on) if form else None


class _Fine(NamedTuple):
    """What a rule of this module says where all is well, what explains it where not, and where to go then."""

    text: str
    explained_by: tuple[str, ...]
    """Words of which the explanation has one; the first is the one to write."""
    at: Path


def _told(case: Case, subject: Numbered, found: Iterable[str], fine: _Fine) -> Verdict:
    """Met where nothing was found, or where the audit of the file explains it."""
    facts = "；".join(found)
    if not facts:
        return met(fine.text)
    inspected = case.inspection_of(subject.person.name)
    audit = inspected[1].file_audit if inspected else None
    explanation = (audit.explanation if audit else None) or ""
    if any(word in explanation for word in fine.explained_by):
        return met(f"{facts}；档案审核已作说明")
    remedy = f"核对原始档案后改正；确实如此的，在档案审核的说明中写明“{fine.explained_by[0]}”的情况"
    return broken(facts, remedy, *subject.path(*fine.at))
