"""Rules of a regulation and what they find. Knows no particular regulation and no particular case.

A rule is one function of a case. It answers `met` or `broken`, or nothing where it does not apply; where a
fact that it needs is not there yet, `need` stops it, and the answer is "cannot be told yet", never a guess.

    @article(34, "2", Severity.ERROR, "公示期不少于五个工作日", lawful={...}, unlawful={...})
    def notice_lasts_five_working_days(case: Case, office: Interpretation) -> Verdict:
        start = need(case.notice.start, "任前公示", "开始日期")
        ...
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeVar

from doc_forms.errors import Severity
from doc_forms.form.reading import Path, path_text, spoken_path

T = TypeVar("T")
Patch = Mapping[str, Any]
"""Changes to a case: a path written `任前公示.截止日期` or `考察对象[0].姓名`, and the value (None removes it)."""


class Outcome(StrEnum):
    """Three outcomes that are never confused."""

    MET = "met"
    BROKEN = "broken"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one rule says of one subject."""

    outcome: Outcome
    facts: str
    """What was seen, in one Chinese phrase."""
    remedy: str = ""
    """What would satisfy the demand."""
    at: Path = ()
    """The field to go to."""
    severity: Severity | None = None
    """Weighs instead of the rule's own severity, where the facts allow of doubt."""


def met(facts: str) -> Verdict:
    """Say that the demand is satisfied by these facts."""
    return Verdict(Outcome.MET, facts)


def broken(facts: str, remedy: str, *at: str | int) -> Verdict:
    """Say that the facts do not satisfy the demand, what would, and which field to go to."""
    return Verdict(Outcome.BROKEN, facts, remedy, at)


def doubtful(facts: str, remedy: str, *at: str | int) -> Verdict:
    """Say that the facts may not satisfy the demand and people have to look: a WARNING whatever the rule's weight."""
    return Verdict(Outcome.BROKEN, facts, remedy, at, Severity.WARNING)


class NotYet(Exception):
    """A fact that a rule needs is not there yet."""

    def __init__(self, path: Path) -> None:
        super().__init__(path_text(path))
        self.path = path


def need(value: T | None, *path: str | int) -> T:
    """Give the value, or stop the rule with "cannot be told yet" and the path of the missing field."""
    if value is None or (not value and value in ("", [])):  # 0 is a fact; a part is never compared
        raise NotYet(path)
    return value


@dataclass(frozen=True)
class Rule:
    """One demand of one article, as a function."""

    article: int
    item: str
    severity: Severity
    demand: str
    """The demand in one Chinese sentence of our own."""
    lawful: Patch
    unlawful: Patch
    function: Callable[..., Verdict | None]
    over: Callable[[Any], Iterable[tuple[str, Any]]] | None = None
    """Gives the subjects (name, thing) that the rule is asked of one by one; None asks it of the whole case."""
    itemised: bool = False
    """Whether the article's text numbers its items（一）（二）, so that one can be cited."""

    @property
    def code(self) -> str:
        """The rule's stable name, e.g. `34.2`."""
        return f"{self.article}.{self.item}" if self.item else str(self.article)

    @property
    def cited(self) -> str:
        """The article as it is cited; its item too, where the text itself numbers its items."""
        return article_text(self.article, self.item if self.itemised else "")

    @property
    def name(self) -> str:
        """The function's name."""
        return self.function.__name__

    def ask(self, case: Any, office: Any, subjects: Iterable[tuple[str, Any]] | None = None) -> Iterator[Finding]:
        """Ask the rule of a case (and of each subject); `office` holds the interpretation settings.

        subjects: what `over` gives of the case, where the caller has it already.
        """
        if self.over is None:
            asked: Iterable[tuple[str, tuple[Any, ...]]] = (("", (case, office)),)
        else:
            found = self.over(case) if subjects is None else subjects
            asked = ((name, (case, subject, office)) for name, subject in found)
        for name, arguments in asked:
            try:
                verdict = self.function(*arguments)
            except NotYet as missing:
                verdict = Verdict(Outcome.UNKNOWN, f"尚未填写“{spoken_path(case, missing.path)}”", "", missing.path)
            if verdict is not None:
                yield Finding(self, name, verdict)


def article(  # noqa: PLR0913 - the parts of a rule, each named at the call
    number: int,
    item: str,
    severity: Severity,
    demand: str,
    *,
    lawful: Patch,
    unlawful: Patch,
    over: Callable[[Any], Iterable[tuple[str, Any]]] | None = None,
) -> Callable[[Callable[..., Verdict | None]], Rule]:
    """Make a function the rule of an article. Specimens are patches of the complete lawful example case.

    With `lawful` the rule is met; with `unlawful` it is broken, and no other rule is. A path that starts with
    `解释口径` sets a point of interpretation instead of a fact.
    """
    return lambda function: Rule(number, item, severity, demand, lawful, unlawful, function, over)


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found: article and item, the demand, the facts seen, what would satisfy it, where to go."""

    rule: Rule
    subject: str
    verdict: Verdict

    @property
    def outcome(self) -> Outcome:
        """Met, broken, or cannot be told yet."""
        return self.verdict.outcome

    @property
    def severity(self) -> Severity:
        """How much it weighs where it is broken."""
        return self.verdict.severity or self.rule.severity

    def __str__(self) -> str:
        """The line a clerk reads."""
        who = f"【{self.subject}】" if self.subject else ""
        remedy = f"{self.verdict.remedy}。" if self.verdict.remedy else ""
        return f"{self.rule.cited}：{self.rule.demand}。{who}{self.verdict.facts}。{remedy}"

    def to_json(self) -> dict[str, Any]:
        """The same as data, for `--json`."""
        return {
            "article": self.rule.article,
            "item": self.rule.item,
            "rule": self.rule.code,
            "severity": self.severity.value,
            "outcome": self.outcome.value,
            "demand": self.rule.demand,
            "subject": self.subject,
            "facts": self.verdict.facts,
            "remedy": self.verdict.remedy,
            "field": path_text(self.verdict.at),
        }


@dataclass(frozen=True)
class Disposition:
    """What has become of an article that no rule computes: a definition, or a judgement left to people by name."""

    article: int
    kind: str
    """`definition` or `people`."""
    who: str
    """Who judges; empty for a definition."""
    reason: str
    """Why it is not computed, in one Chinese sentence."""


def left_to_people(number: int, who: str, reason: str) -> Disposition:
    """Say that an article's judgement is people's, whose, and why no rule computes it."""
    return Disposition(number, "people", who, reason)


def definition(number: int, reason: str) -> Disposition:
    """Say that an article only defines or declares, and what."""
    return Disposition(number, "definition", "", reason)


@dataclass(frozen=True)
class Article:
    """One article: its gist in our own words, its rules, and what becomes of it where it has none."""

    number: int
    chapter: str
    gist: str
    rules: tuple[Rule, ...] = ()
    dispositions: tuple[Disposition, ...] = ()


@dataclass(frozen=True)
class Regulation:
    """All articles in order."""

    articles: tuple[Article, ...] = field(default=())

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Every rule in article order."""
        return tuple(rule for item in self.articles for rule in item.rules)

    def check(self, case: Any, office: Any, articles: Iterable[int] | None = None) -> list[Finding]:
        """Ask every rule (or those of some articles) of a case; findings in article order. Never raises."""
        wanted = None if articles is None else set(articles)
        subjects: dict[Any, list[tuple[str, Any]]] = {}  # many rules are asked of the same people
        findings: list[Finding] = []
        for rule in self.rules:
            if wanted is not None and rule.article not in wanted:
                continue
            if rule.over is not None and rule.over not in subjects:
                subjects[rule.over] = list(rule.over(case))
            findings += rule.ask(case, office, subjects.get(rule.over))
        return findings


_DIGITS = "零一二三四五六七八九"


def chinese_number(number: int) -> str:
    """Write 1 to 99 in Chinese: 三十四."""
    tens, ones = divmod(number, 10)
    if not tens:
        return _DIGITS[ones]
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")


def article_text(number: int, item: str = "") -> str:
    """Write an article's number as the regulation does: 第三十四条, with the item where it has a number: （二）."""
    head = item.partition(".")[0].rstrip("abcdefgh")
    suffix = f"（{chinese_number(int(head))}）" if head.isdigit() and int(head) else ""
    return f"第{chinese_number(number)}条{suffix}"
