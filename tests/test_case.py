"""A case may stand half filled at any time: what is absent is not yet, never wrong. Case files carry a version."""

from __future__ import annotations

import json
import re
import stat
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rules_support import (
    AS_OF,
    CASES,
    LIBRARY,
    OFFICE,
    apply,
    half_case,
    lawful_case,
    office,
    regulation,
    specimen,
    typed,
)

from doc_forms import Office
from doc_forms.casework.case_files import carried_forward, read_case, write_case
from doc_forms.errors import DataRefused, FileRefused, UsageRefused
from doc_forms.form import PartialDate
from doc_forms.form.reading import locate_in, path_text, read
from doc_forms.regulation import Finding, Outcome, Rule

Path_ = tuple[str | int, ...]


def facts_of(data: Any, path: Path_ = ()) -> Iterator[Path_]:
    """The paths of every fact and of every group and list of facts (the items of lists are no facts themselves)."""
    if isinstance(data, dict):
        for title, value in data.items():
            yield (*path, title)
            yield from facts_of(value, (*path, title))
    elif isinstance(data, list):
        for number, item in enumerate(data):
            yield from facts_of(item, (*path, number))


def without(data: dict[str, Any], dropped: Sequence[Path_]) -> dict[str, Any]:
    """The data without these facts; one that went with its group already is no matter."""
    for path in dropped:
        holder: Any = data
        for step in path[:-1]:
            holder = (
                holder.get(step, {}) if isinstance(holder, dict) else holder[step] if step in range(len(holder)) else {}
            )
        if isinstance(holder, dict):
            holder.pop(path[-1], None)
    return data


def is_early(path: Path_) -> bool:
    """Whether a fact stands in the first two items of its lists, or in a career: the 45 talks are alike."""
    return "任职经历" in path or all(step < 2 for step in path if isinstance(step, int))


def turns_on(path: str, fact: Path_) -> bool:
    """Whether a fact is the one that a specimen's path names, or stands beneath or above it."""
    steps = tuple(int(number) if number else title for title, number in re.findall(r"([^.\[\]]+)|\[(\d+)\]", path))
    return steps[: len(fact)] == fact[: len(steps)]


FACTS = sorted(facts_of(lawful_case()), key=str)
RULES = regulation().rules


def check(data: dict[str, Any], with_office: Any = OFFICE) -> list[Finding]:
    return regulation().check(typed(data), with_office)


def broken(found: list[Finding]) -> list[str]:
    return [str(finding) for finding in found if finding.outcome is Outcome.BROKEN]


@pytest.mark.parametrize("fact", [fact for fact in FACTS if is_early(fact)], ids=path_text)
def test_a_fact_that_is_not_there_yet_is_never_called_a_violation(fact: Path_) -> None:
    assert broken(check(without(lawful_case(), [fact]))) == []


@settings(max_examples=80, deadline=None)
@given(st.lists(st.sampled_from(FACTS), max_size=60))
def test_a_half_filled_case_breaks_nothing_that_the_whole_one_does_not(dropped: list[Path_]) -> None:
    assert broken(check(without(lawful_case(), dropped))) == []


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(RULES), st.data())
def test_what_holds_in_a_lawful_specimen_is_not_broken_by_facts_that_go(rule: Rule, data: st.DataObject) -> None:
    case, with_office = specimen(rule.lawful)
    touched = {path.partition(".")[0].partition("[")[0] for path in rule.lawful}
    facts = [fact for fact in facts_of(case) if fact[0] in touched and is_early(fact)]
    dropped = data.draw(st.lists(st.sampled_from(sorted(facts, key=str)), max_size=6)) if facts else []
    assert broken(check(without(case, dropped), with_office)) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_no_fact_that_a_lawful_specimen_turns_on_is_called_a_violation_once_it_is_gone(rule: Rule) -> None:
    """Each fact by itself, and each group with all that it holds."""
    for fact in facts_of(specimen(rule.lawful)[0]):
        if any(turns_on(path, fact) for path in rule.lawful):
            case, with_office = specimen(rule.lawful)
            assert broken(check(without(case, [fact]), with_office)) == [], path_text(fact)


@settings(max_examples=80, deadline=None)
@given(st.sampled_from(RULES), st.data())
def test_checking_never_fails_whatever_is_missing(rule: Rule, data: st.DataObject) -> None:
    case, with_office = specimen(data.draw(st.sampled_from([rule.lawful, rule.unlawful])))
    dropped = data.draw(st.lists(st.sampled_from(list(facts_of(case))), max_size=40))
    for finding in check(without(case, dropped), with_office):
        assert finding.verdict.facts
        assert finding.to_json()["outcome"] in {"met", "broken", "unknown"}


@pytest.mark.parametrize("as_of", [PartialDate(2026, 9, 15), AS_OF])
def test_the_half_way_case_breaks_nothing_and_says_what_is_still_to_come(as_of: PartialDate) -> None:
    found = check(half_case(), office(as_of))
    assert broken(found) == []
    assert {finding.outcome for finding in found} == {Outcome.MET, Outcome.UNKNOWN}


def test_an_empty_case_breaks_nothing() -> None:
    assert broken(check({})) == []


def test_a_case_is_written_as_it_was_read(tmp_path: Path, root: Path) -> None:
    case, warnings = read_case(LIBRARY, root / "examples" / "case.json")
    write_case(LIBRARY, case, tmp_path / "案件.json")
    again, _ = read_case(LIBRARY, tmp_path / "案件.json")
    assert (again, warnings) == (case, [])
    first = (tmp_path / "案件.json").read_bytes()
    write_case(LIBRARY, again, tmp_path / "案件.json")
    assert (tmp_path / "案件.json").read_bytes() == first
    assert next(iter(json.loads(first))) == "版本"


def test_a_case_file_is_readable_by_its_owner_only(tmp_path: Path) -> None:
    write_case(LIBRARY, typed(half_case()), tmp_path / "案件.json")
    assert stat.S_IMODE((tmp_path / "案件.json").stat().st_mode) == 0o600


MIGRATIONS = {1: lambda data: {**data, "名称": data["旧名称"]}, 2: lambda data: {**data, "层次": data["名称"] + "处级"}}


def test_an_older_case_is_carried_forward_version_by_version() -> None:
    data = carried_forward({"版本": 1, "旧名称": "副"}, 3, MIGRATIONS, "案件.json")
    assert data == {"版本": 3, "旧名称": "副", "名称": "副", "层次": "副处级"}


def test_a_case_of_the_first_version_meant_an_ordinary_promotion_where_it_said_nothing() -> None:
    people = [{"姓名": "林示例"}, {"姓名": "马晓㛃", "破格提拔": {"破格理由": "急需"}}]
    migrations = LIBRARY.module("case").MIGRATIONS
    data = carried_forward({"版本": 1, "考察对象": people}, 2, migrations, "案件.json")
    assert [person["是否破格"] for person in data["考察对象"]] == ["否", "是"]
    assert (
        carried_forward({"版本": 1, "案件名称": "副院长选任"}, 2, migrations, "案件.json")["案件名称"] == "副院长选任"
    )


def test_an_exceptional_promotion_that_is_filled_in_counts_whatever_the_answer_and_is_warned_about() -> None:
    person = {"是否破格": "否", "破格提拔": {"突破的资格": ["学历"]}}
    _, warnings = read(CASES.Case, {"考察对象": [person]}, locate_in("案件.json"))
    assert [str(fault.place) for fault in warnings] == ["案件.json “考察对象 第 1 项 是否破格”"]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"版本": 4}, "案件.json：由较新的程序写成（版本 4，本程序只认到 3），请升级程序后再打开"),
        ({"版本": 1}, "案件.json：内容与所写的版本 1 不符，无法转换；请核对“版本”是否被改动"),
        ({"版本": "新"}, "案件.json “版本”：应为整数，如 3；由程序填写，不必改动"),
        ({"版本": 0}, "案件.json “版本”：应为整数，如 3；由程序填写，不必改动"),
        ({"版本": True}, "案件.json “版本”：应为整数，如 3；由程序填写，不必改动"),
        ({"版本": "9" * 5000}, "案件.json “版本”：应为整数，如 3；由程序填写，不必改动"),
    ],
)
def test_a_version_that_cannot_be_read_is_refused(data: dict[str, Any], message: str) -> None:
    with pytest.raises(DataRefused) as refused:
        carried_forward(data, 3, MIGRATIONS, "案件.json")
    assert str(refused.value) == message


def test_a_version_that_is_too_old_to_carry_forward_is_refused() -> None:
    with pytest.raises(DataRefused, match="版本 1 太旧"):
        carried_forward({"版本": 1}, 3, {2: MIGRATIONS[2]}, "案件.json")


def test_a_wrong_fact_of_a_case_is_refused_with_its_place(tmp_path: Path) -> None:
    data = apply(
        half_case(), {"考察对象[0].出生年月": "去年", "考察对象[1].学力": "大学", "动议.启动意见日期": "2026-08"}
    )
    (tmp_path / "案件.json").write_text(json.dumps(data, ensure_ascii=False), "utf-8")
    with pytest.raises(DataRefused) as refused:
        read_case(LIBRARY, tmp_path / "案件.json")
    assert [str(fault.place) for fault in refused.value.faults] == [
        "案件.json “动议 启动意见日期”",
        "案件.json “考察对象 第 1 项 出生年月”",
        "案件.json “考察对象 第 2 项 学力”",
    ]


def test_a_number_of_impossible_length_is_refused_in_chinese(tmp_path: Path) -> None:
    (tmp_path / "案件.json").write_text('{"版本": ' + "9" * 5000 + "}", "utf-8")
    with pytest.raises(DataRefused, match="长得不可能"):
        read_case(LIBRARY, tmp_path / "案件.json")


def test_a_library_without_cases_or_regulation_says_so(tmp_path: Path) -> None:
    for folder in ("schemas", "templates"):
        (tmp_path / folder).mkdir()
    bare = Office(tmp_path)
    with pytest.raises(UsageRefused, match="没有收录规定"):
        bare.check(tmp_path / "案件.json")
    with pytest.raises(UsageRefused, match="没有收录规定"):
        bare.articles()
    (tmp_path / "schemas" / "articles").mkdir()
    (tmp_path / "schemas" / "articles" / "__init__.py").write_text(
        "from doc_forms.regulation import Regulation\ndef regulation():\n    return Regulation()\n", "utf-8"
    )
    with pytest.raises(UsageRefused, match="没有案件"):
        bare.check(tmp_path / "案件.json")


def write_data(file: Path, data: dict[str, Any]) -> Path:
    file.write_text(json.dumps(data, ensure_ascii=False), "utf-8")
    return file


def test_the_lawful_case_is_reported_without_a_finding(root: Path) -> None:
    report = Office().check(root / "examples" / "case.json", as_of=PartialDate(2027, 10, 31))
    assert (report.broken, report.unknown, report.refused) == ((), (), False)
    assert next(iter(report.lines())) == "case.json（按 2027年10月31日的情况核对）"


def test_what_cannot_be_told_yet_is_grouped_by_what_is_missing(root: Path) -> None:
    report = Office().check(root / "examples" / "case_half.json", as_of=PartialDate(2026, 9, 15))
    reasons = [item.reason for item in report.missing()]
    assert "尚未填写“讨论决定”" in reasons
    assert len(reasons) == len(set(reasons))
    assert sum(len(item.findings) for item in report.missing()) == len(report.unknown)


def test_settings_beside_the_case_are_used_and_wrong_ones_refused(tmp_path: Path) -> None:
    case = write_data(tmp_path / "案件.json", lawful_case())
    write_data(tmp_path / "interpretation.json", {"公示期计法": "随意"})
    with pytest.raises(DataRefused, match=r"interpretation\.json “公示期计法”：应为以下之一：首日计入、首日不计入"):
        Office().check(case)
    with pytest.raises(FileRefused, match="文件不存在"):
        Office().check(case, settings=tmp_path / "没有.json")


def test_a_date_without_its_day_is_no_day_to_check_on(root: Path) -> None:
    with pytest.raises(UsageRefused, match="应写到日"):
        Office().check(root / "examples" / "case.json", as_of=PartialDate(2026, 9))


def run(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "doc_forms.cli", *words], capture_output=True, text=True, encoding="utf-8", check=False
    )


def test_check_exits_with_1_where_an_error_stands_and_names_article_facts_remedy_and_field(tmp_path: Path) -> None:
    patch = {"任前公示.公示截止日期": "2026-09-25", "任前公示.公示结果说明": None}
    case = write_data(tmp_path / "案件.json", apply(lawful_case(), patch))
    answer = run("check", str(case), "--as-of", "2027-10-31")
    assert answer.returncode == 1
    (line,) = [line for line in answer.stdout.splitlines() if line.startswith("✕ 第三十四条")]
    assert "其间工作日 2 天" in line
    assert "公示至2026年9月30日满五个工作日" in line
    assert line.endswith("（见“任前公示 公示截止日期”）")
    assert answer.stdout.splitlines()[-1].startswith("合计：不符合 1 处")


def test_check_gives_every_finding_as_data(root: Path) -> None:
    answer = run("check", str(root / "examples" / "case.json"), "--as-of", "2027-10-31", "--json")
    report = json.loads(answer.stdout)
    assert answer.returncode == 0
    assert {finding["outcome"] for finding in report["findings"]} == {"met"}
    assert {finding["rule"] for finding in report["findings"]} >= {"31.3", "34.2"}


def test_articles_shows_one_article_or_all_55() -> None:
    one = run("articles", "34")
    assert one.stdout.startswith("第三十四条  ")
    assert "规则 34.2（必须）" in one.stdout
    everything = json.loads(run("articles", "--json").stdout)
    assert [entry["article"] for entry in everything] == list(range(1, 56))


def test_an_article_that_is_not_there_is_a_wrong_call() -> None:
    answer = run("articles", "56")
    assert (answer.returncode, answer.stderr) == (2, "✕ 没有第 56 条；规定共 55 条\n")


def test_a_day_that_does_not_exist_is_a_wrong_call(root: Path) -> None:
    answer = run("check", str(root / "examples" / "case.json"), "--as-of", "2026-02-30")
    assert answer.returncode == 2
    assert answer.stderr.startswith("✕ --as-of")
