"""Every article has its place, every rule its two specimens, and each specimen makes exactly its rule speak."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest
from rules_support import LIBRARY, broken_codes, checked, regulation

from doc_forms.casework.articles import Entry, entries
from doc_forms.regulation import Finding, Outcome, Rule

RULES = regulation().rules
ENTRIES = entries(LIBRARY)


LAWFUL = checked({})


def of_rule(rule: Rule, found: list[Finding]) -> set[Outcome]:
    return {finding.outcome for finding in found if finding.rule is rule}


def test_the_regulation_has_55_articles_in_order() -> None:
    assert [item.number for item in regulation().articles] == list(range(1, 56))


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: str(entry.article.number))
def test_an_article_has_a_gist_and_a_rule_a_paper_or_a_disposition(entry: Entry) -> None:
    assert entry.article.gist
    assert entry.has_place


def test_no_two_rules_share_a_code() -> None:
    codes = [rule.code for rule in RULES]
    assert sorted(codes) == sorted(set(codes))


def test_no_rule_of_a_chapter_is_left_out() -> None:
    """A rule of an article that another chapter holds would never be asked."""
    names = sorted(file.stem for file in (LIBRARY.root / "schemas" / "articles").glob("chapter*.py"))
    modules = [LIBRARY.module(f"articles.{name}") for name in names]
    defined = {value.function for module in modules for value in vars(module).values() if isinstance(value, Rule)}
    assert defined == {rule.function for rule in RULES}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_the_lawful_case_neither_breaks_a_rule_nor_leaves_it_open(rule: Rule) -> None:
    assert of_rule(rule, LAWFUL) <= {Outcome.MET}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_lawful_specimen_meets_its_rule_and_breaks_none(rule: Rule) -> None:
    found = checked(rule.lawful)
    assert of_rule(rule, found) == {Outcome.MET}
    assert broken_codes(found) == set()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_an_unlawful_specimen_breaks_its_rule_and_no_other(rule: Rule) -> None:
    assert broken_codes(checked(rule.unlawful)) == {rule.code}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_broken_rule_says_what_it_saw_what_would_satisfy_it_and_where_to_go(rule: Rule) -> None:
    found = [finding for finding in checked(rule.unlawful) if finding.outcome is Outcome.BROKEN]
    assert all(finding.verdict.facts and finding.verdict.remedy and finding.verdict.at for finding in found)
    assert all(isinstance(finding.to_json()["field"], str) and str(finding) for finding in found)
    assert all("。。" not in str(finding) and "None" not in str(finding) for finding in found)


def test_the_document_of_the_regulation_is_drawn_from_the_code_as_it_is_now(root: Path) -> None:
    script = runpy.run_path(str(root / "scripts" / "regulation_document.py"))
    written = (root / "docs" / "regulation.md").read_text("utf-8")
    assert written == script["document"](), "run: python scripts/regulation_document.py"
