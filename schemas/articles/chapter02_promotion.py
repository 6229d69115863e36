"""Chapter 2, article 7: promotion step by step, and promotions beyond the rules (破格)."""

from __future__ import annotations

from doc_forms.form.periods import Reached, reached
from doc_forms.regulation import Severity, Verdict, article, broken, doubtful, met, need

from .._interpretation import Office
from ..case import Case
from ._career import current_level, current_lines, day_text, judged, lines_before
from ._party import party_standing
from ._specimens import PARTY_POST, beyond_rules, career
from ._subjects import (
    LADDER,
    Numbered,
    candidates,
    exceptional,
    is_decided,
    is_promotion,
    reference_day,
    says_nothing,
    target_level,
    waives,
)

_TRIAL_YEARS = 1
_MOST_STEPS = 2


@article(
    7,
    "1",
    Severity.ERROR,
    "干部应逐级提拔，越级的须按破格办理",
    over=candidates,
    lawful={"考察对象[0].任职经历[4].层次": "正科级"},
    unlawful={"考察对象[0].任职经历[2].层次": "正科级", "考察对象[0].任职经历[4].层次": "副科级"},
)
def is_promoted_step_by_step(case: Case, subject: Numbered, office: Office) -> Verdict | None:
    """Article 7, paragraph 1: from the highest level now held to the next, unless the promotion is exceptional."""
    if not is_promotion(subject) or waives(subject, "逐级提拔") or target_level(case, subject) not in LADDER:
        return None
    steps = _steps_up(case, subject, office)
    facts = _step_facts(case, subject, office)
    if steps is None:
        remedy = "由组织部认定现任职务相当的层次，填入任职经历；越级的按第七条办理破格"
        return doubtful(f"{facts}，现任职务不在处、科级之列", remedy, *subject.path("任职经历"))
    if steps < 1:
        return doubtful(
            f"{facts}，不是提任", "核对任职方式（平级调动、重新任职等）和任职经历的层次", *subject.path("任职方式")
        )
    if steps == 1:
        return met(facts)
    remedy = "改任下一层次职务；确属破格的填写破格提拔，突破的资格中列明逐级提拔"
    return broken(f"{facts}，越 {steps - 1} 级", remedy, *subject.path("破格提拔"))


def _steps_up(case: Case, subject: Numbered, office: Office) -> int | None:
    """Levels from the one now held to the one aimed at; None where the post now held has no level."""
    now = current_level(subject, reference_day(case, office))
    return LADDER.index(target_level(case, subject)) - LADDER.index(now) if now in LADDER else None


def _step_facts(case: Case, subject: Numbered, office: Office) -> str:
    return f"现任层次{current_level(subject, reference_day(case, office))}，拟任{target_level(case, subject)}"


def _exceptional_case(subject: Numbered, kind: str) -> Verdict | None:
    """Article 7, paragraphs 2 and 3: which of the cases, and a reason that says something of its own."""
    beyond = exceptional(subject)
    if beyond is None:
        return None
    chosen = subject.need(beyond.case, "破格提拔", "破格情形")
    if not chosen.startswith(kind):
        return None
    reason = subject.need(beyond.reason, "破格提拔", "破格理由")
    subject.need(beyond.waived, "破格提拔", "突破的资格")
    if says_nothing(reason, chosen):
        remedy = "写明具体事迹、实绩或岗位的特殊需要，说明为什么必须破格"
        return broken(f"破格情形“{chosen}”，理由只写了“{reason}”", remedy, *subject.path("破格提拔", "破格理由"))
    return met(f"破格情形“{chosen}”，理由已写明，突破：{'、'.join(beyond.waived)}")


@article(
    7,
    "2",
    Severity.ERROR,
    "因特别优秀破格的，须符合所列三种情形之一并写明理由",
    over=candidates,
    lawful=beyond_rules("任职年限", 破格情形="特别优秀：急难险重任务中作出重大贡献"),
    unlawful=beyond_rules("任职年限", 破格情形="特别优秀：急难险重任务中作出重大贡献", 破格理由="作出重大贡献"),
)
def outstanding_is_explained(_case: Case, subject: Numbered, _office: Office) -> Verdict | None:
    """Article 7, paragraph 2: one of the three cases of 特别优秀, with what the person did."""
    return _exceptional_case(subject, "特别优秀")


@article(
    7,
    "3",
    Severity.ERROR,
    "因工作特殊需要破格的，须符合所列三种情形之一并写明理由",
    over=candidates,
    lawful=beyond_rules("任职年限"),
    unlawful=beyond_rules("任职年限", 破格理由="工作需要。"),
)
def special_need_is_explained(_case: Case, subject: Numbered, _office: Office) -> Verdict | None:
    """Article 7, paragraph 3: one of the three cases of 工作需要, with why nobody else will do."""
    return _exceptional_case(subject, "工作需要")


@article(
    7,
    "4a",
    Severity.ERROR,
    "破格提拔不得突破基本条件和第六条第七项的党龄要求",
    over=candidates,
    lawful=PARTY_POST | beyond_rules("任职年限") | {"考察对象[0].转正时间": "2023.08"},
    unlawful=PARTY_POST | beyond_rules("任职年限") | {"考察对象[0].转正时间": "2023.10"},
)
def party_standing_is_never_waived(case: Case, subject: Numbered, office: Office) -> Verdict | None:
    """Article 7, paragraph 4: item 6 (7) holds for an exceptional promotion too (6.7 speaks of ordinary ones).

    The basic conditions of article 5 are no qualification that the case lets anybody put aside.
    """
    return party_standing(case, subject, office) if exceptional(subject) else None


@article(
    7,
    "4b",
    Severity.ERROR,
    "从专业技术岗位到管理岗位任职，应有相应专业技术职务任职经历和一定的管理工作经历",
    over=candidates,
    lawful={"考察对象[0].由专业技术岗位转任": "是"},
    unlawful={"考察对象[0].由专业技术岗位转任": "是", "考察对象[0].有管理工作经历": "否"},
)
def specialist_has_managed(_case: Case, subject: Numbered, _office: Office) -> Verdict | None:
    """Article 7, paragraph 4: read as a demand on everybody who comes from a professional post."""
    person = subject.person
    if subject.need(person.from_professional, "由专业技术岗位转任") != "是":
        return None
    title = subject.need(person.professional_title, "专业技术职务")
    managed = subject.need(person.management_experience, "有管理工作经历")
    facts = f"专业技术职务：{title}；管理工作经历：{'有' if managed == '是' else '无'}"
    if says_nothing(title):
        return broken(facts, "应有相应的专业技术职务任职经历", *subject.path("专业技术职务"))
    if managed != "是":
        return broken(facts, "应有一定的管理工作经历", *subject.path("有管理工作经历"))
    return met(facts)


@article(
    7,
    "4c",
    Severity.ERROR,
    "任职试用期未满的不得破格提拔",
    over=candidates,
    lawful=beyond_rules("任职年限") | {"考察对象[0].任职经历[4].试用期满时间": "2026-09-22"},
    unlawful=beyond_rules("任职年限") | {"考察对象[0].任职经历[4].试用期满时间": "2026-09-23"},
)
def is_not_on_trial(case: Case, subject: Numbered, office: Office) -> Verdict | None:
    """Article 7, paragraph 4: the posts now held; a post of more than a year has no trial left (article 35)."""
    if exceptional(subject) is None:
        return None
    day = reference_day(case, office)
    facts = f"至 {day_text(case, office)}，现任职务没有未满的试用期"
    for number, line in current_lines(subject, day):
        at = subject.path("任职经历", number, "试用期满时间")
        start = need(line.start, *at[:3], "起始时间")
        if line.trial_end is None and reached(start, day, _TRIAL_YEARS) is Reached.YES:
            continue
        end = need(line.trial_end, *at)
        outcome = reached(end, day, 0)
        facts = f"“{line.post}”试用期满 {end.dotted}，基准日 {day_text(case, office)}"
        if outcome is not Reached.YES:
            return judged(outcome, facts, "试用期满、考核胜任后再研究", at, decided=is_decided(case), office=office)
    return met(facts)


@article(
    7,
    "4d",
    Severity.ERROR,
    "不得在任职年限上连续破格",
    over=candidates,
    lawful=beyond_rules("任职年限")
    | {"考察对象[0].任职经历[3].破格任职": "是", "考察对象[0].任职经历[3].突破任职年限": "否"},
    unlawful=beyond_rules("任职年限")
    | {"考察对象[0].任职经历[3].破格任职": "是", "考察对象[0].任职经历[3].突破任职年限": "是"},
)
def years_are_not_waived_twice(case: Case, subject: Numbered, office: Office) -> Verdict | None:
    """Article 7, paragraph 4: neither this promotion and the one to the level now held both fell short of years."""
    if not waives(subject, "任职年限"):
        return None
    day = reference_day(case, office)
    level = current_level(subject, day)
    for number, line in lines_before(subject, day):
        if line.level != level or subject.need(line.exceptional, "任职经历", number, "破格任职") != "是":
            continue
        if subject.need(line.beyond_years, "任职经历", number, "突破任职年限") == "是":
            facts = f"任“{line.post}”时已突破任职年限，这次又突破任职年限"
            at = subject.path("破格提拔", "突破的资格")
            return broken(facts, "任职年限达到规定后再提任", *at)
    return met(f"任{level}职务时没有突破任职年限")


@article(
    7,
    "4e",
    Severity.ERROR,
    "不得越两级提拔",
    over=candidates,
    lawful=beyond_rules("任职年限", "逐级提拔", "任职职位数")
    | {
        "考察对象[0].任职经历": career(
            ("2009.07", "2015.09", "示范县第一中学教师", "其他"), ("2015.09", None, "示例学院科研处副科长", "副科级")
        )
    },
    unlawful=beyond_rules("任职年限", "逐级提拔", "任职职位数")
    | {
        "考察对象[0].任职经历": career(
            ("2009.07", "2015.09", "示范县第一中学教师", "其他"), ("2015.09", None, "示例学院科研处科员", "科员及以下")
        )
    },
)
def skips_one_level_at_most(case: Case, subject: Numbered, office: Office) -> Verdict | None:
    """Article 7, paragraph 4: at most one level is skipped, so the new level is at most two above the present."""
    if not waives(subject, "逐级提拔") or target_level(case, subject) not in LADDER:
        return None
    steps = _steps_up(case, subject, office)
    facts = _step_facts(case, subject, office)
    if steps is None:
        remedy = "由组织部认定现任职务相当的层次，填入任职经历"
        return doubtful(f"{facts}，现任职务不在处、科级之列", remedy, *subject.path("任职经历"))
    if steps <= _MOST_STEPS:
        return met(f"{facts}，越 {max(0, steps - 1)} 级")
    return broken(f"{facts}，越 {steps - 1} 级", "最多越一级，改任较低层次的职务", *subject.path("拟任职务"))
