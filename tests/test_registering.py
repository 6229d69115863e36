"""Papers and their register: every paper that is made is entered, in the same breath, and a kill leaves no stranger."""

from __future__ import annotations

import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import openpyxl
import pytest
from reminder_library import make_library

from doc_forms import MergeOptions, Office
from doc_forms.desk import Desk
from doc_forms.errors import OutputRefused, RecordsRefused
from doc_forms.office import RecordsChoice
from doc_forms.records import Entry, EntryState, Records

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = ROOT / "examples"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of one small kind."""
    return make_library(tmp_path_factory.mktemp("library"))


def roster(path: Path, count: int) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["姓名", "职务", "日期"])
    for number in range(count):
        sheet.append([f"林{chr(0x4E00 + number)}", "副院长", "2026年9月18日"])
    book.save(path)
    return path


def entries(url: str) -> list[Entry]:
    with Records.open(url) as records:
        return records.entries()


def codes(url: str) -> list[str]:
    with Records.open(url) as records:
        return [fault.code for fault in records.check()]


def assert_every_paper_has_its_entry(out: Path, found: list[Entry]) -> None:
    papers = {str(path.absolute()): hashlib.sha256(path.read_bytes()).hexdigest() for path in out.glob("*.docx")}
    assert {entry.path: entry.document_sha256 for entry in found} == papers


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_merge_enters_every_paper_and_again_changes_nothing(jobs: int, library: Path, tmp_path: Path) -> None:
    url, out = str(tmp_path / "r.db"), tmp_path / "out"
    office = Office(library, RecordsChoice(url))
    for _ in range(2):
        office.merge("reminder", roster(tmp_path / "名册.xlsx", 90), out, options=MergeOptions(jobs=jobs))
        found = entries(url)
        assert len(found) == 90
        assert {entry.state for entry in found} == {EntryState.MADE}
        assert (found[0].kind, found[0].title, found[0].person, found[0].date) == (
            "reminder",
            "提醒",
            "林一",
            "2026年9月18日",
        )
        assert_every_paper_has_its_entry(out, found)
        assert codes(url) == []


def test_the_template_and_the_data_of_a_paper_are_known_by_their_digests(library: Path, tmp_path: Path) -> None:
    url = str(tmp_path / "r.db")
    Office(library, RecordsChoice(url)).merge("reminder", roster(tmp_path / "名册.xlsx", 2), tmp_path / "out")
    first, second = entries(url)
    template = hashlib.sha256((library / "templates" / "reminder.docx").read_bytes()).hexdigest()
    assert first.template_sha256 == second.template_sha256 == template
    assert first.data_sha256 != second.data_sha256


def test_one_document_of_many_papers_is_one_entry(library: Path, tmp_path: Path) -> None:
    url, out = str(tmp_path / "r.db"), tmp_path / "out"
    options = MergeOptions(one_file=True)
    Office(library, RecordsChoice(url)).merge("reminder", roster(tmp_path / "名册.xlsx", 5), out, options=options)
    assert_every_paper_has_its_entry(out, entries(url))
    assert codes(url) == []


def test_one_document_beside_an_edited_one_is_entered_under_the_name_it_got(library: Path, tmp_path: Path) -> None:
    url, out, options = str(tmp_path / "r.db"), tmp_path / "out", MergeOptions(one_file=True)
    office, book = Office(library, RecordsChoice(url)), roster(tmp_path / "名册.xlsx", 5)
    edited = office.merge("reminder", book, out, options=options).combined
    assert edited
    edited.write_bytes(b"edited by hand")
    for _ in range(2):  # newly written, then there already
        beside = office.merge("reminder", book, out, options=options).combined
        assert beside == out / "提醒_名册_合并打印_新稿.docx"
        (entry,) = entries(url)
        assert (entry.path, entry.state) == (str(beside), EntryState.MADE)
        assert entry.document_sha256 == hashlib.sha256(beside.read_bytes()).hexdigest()
    assert codes(url) == []


def test_a_paper_that_is_filled_is_entered_under_the_name_it_got(tmp_path: Path) -> None:
    url, out = str(tmp_path / "r.db"), tmp_path / "out"
    office = Office(records=RecordsChoice(url))
    first = office.fill("resignation_reply", EXAMPLES / "resignation_reply.json", out)
    first.path.write_bytes(b"edited by hand")
    second = office.fill("resignation_reply", EXAMPLES / "resignation_reply.json", out)
    assert [Path(entry.path).name for entry in entries(url)] in (
        [second.path.name],
        [first.path.name, second.path.name],
    )
    assert second.path.name.endswith("_新稿.docx")


def test_the_papers_of_a_case_are_entered_with_the_case(tmp_path: Path) -> None:
    url, out = str(tmp_path / "r.db"), tmp_path / "out"
    folder = Office(records=RecordsChoice(url)).papers(EXAMPLES / "case.json", out)
    found = entries(url)
    documents = [entry for entry in found if entry.path.endswith(".docx")]
    assert len(documents) == len(folder.made) > 5
    case = json.loads((EXAMPLES / "case.json").read_text("utf-8"))
    assert {(entry.case, entry.revision) for entry in found} == {(case["案件名称"], 1)}
    with Records.open(url) as records:
        assert records.case(case["案件名称"], 1).data["动议"] == case["动议"]
    assert_every_paper_has_its_entry(out, documents)
    workbooks = {str(item.workbook.absolute()) for item in folder.made if item.workbook}
    assert {entry.path for entry in found if entry not in documents} == workbooks
    assert codes(url) == []


def test_a_case_file_that_changed_is_a_new_revision_and_its_papers_name_it(tmp_path: Path) -> None:
    url, file = str(tmp_path / "r.db"), tmp_path / "副院长.json"
    case = json.loads((EXAMPLES / "case.json").read_text("utf-8"))
    office = Office(records=RecordsChoice(url))
    file.write_text(json.dumps(case, ensure_ascii=False), "utf-8")
    office.papers(file, tmp_path / "out")
    case["酝酿"]["酝酿日期"] = "2026-09-20"
    file.write_text(json.dumps(case, ensure_ascii=False), "utf-8")
    office.papers(file, tmp_path / "out")
    office.papers(file, tmp_path / "out")
    with Records.open(url) as records:
        revisions = records.revisions(case["案件名称"])
        found = records.entries()
    assert [revision.number for revision in revisions] == [1, 2]
    assert [change.path for change in revisions[1].changes] == ["酝酿.酝酿日期"]
    assert {entry.revision for entry in found if "新稿" in entry.path} == {2}
    assert {entry.revision for entry in found if "新稿" not in entry.path} == {1}
    assert_every_paper_has_its_entry(tmp_path / "out", [entry for entry in found if entry.path.endswith(".docx")])


def test_the_findings_shown_and_the_reason_given_are_kept_with_the_paper(tmp_path: Path) -> None:
    url, file = str(tmp_path / "r.db"), tmp_path / "副院长.json"
    half = json.loads((EXAMPLES / "case_half.json").read_text("utf-8"))
    case = {title: value for title, value in half.items() if title not in {"考察对象", "考察"}}
    case["民主推荐"]["会议推荐"]["应到人数"] = 108
    file.write_text(json.dumps(case, ensure_ascii=False), "utf-8")
    folder = Office(records=RecordsChoice(url)).papers(file, tmp_path / "out", reason="经集体研究")
    doubted = {str(item.path.absolute()): item.paper.doubts for item in folder.made if item.paper.doubts}
    assert doubted
    kept = {entry.path: (entry.findings, entry.reasons) for entry in entries(url)}
    for path, doubts in doubted.items():
        findings, reason = kept.pop(path)
        assert reason == "经集体研究"
        assert [finding["article"] for finding in findings] == [doubt.rule.article for doubt in doubts]
    assert set(kept.values()) == {((), "")}


def test_a_case_in_the_window_is_left_alone_by_a_file_of_its_name(tmp_path: Path) -> None:
    case = json.loads((EXAMPLES / "case.json").read_text("utf-8"))
    desk = Desk(folder=tmp_path)
    id_ = desk.add({"案件名称": case["案件名称"]}, "新建")
    Office(records=RecordsChoice(str(tmp_path / "records.db"))).papers(EXAMPLES / "case.json", tmp_path / "out")
    assert desk.open(id_).values == {"案件名称": case["案件名称"]}
    assert {entry.case for entry in entries(str(tmp_path / "records.db"))} == {f"{case['案件名称']}（case.json）"}


def test_every_face_registers_in_the_users_own_store_unless_told_not_to(library: Path, tmp_path: Path) -> None:
    file = roster(tmp_path / "名册.xlsx", 3)
    Office(library).merge("reminder", file, tmp_path / "python")
    Office(library, RecordsChoice(registers=False)).merge("reminder", file, tmp_path / "not")
    assert not Records.exists()
    Office(library, RecordsChoice()).merge("reminder", file, tmp_path / "merged")
    Office(records=RecordsChoice()).fill("resignation_reply", EXAMPLES / "resignation_reply.json", tmp_path / "one")
    with Records.open() as records:
        found = records.entries()
    assert_every_paper_has_its_entry(tmp_path / "merged", found[:3])
    assert_every_paper_has_its_entry(tmp_path / "one", found[3:])


def test_no_paper_is_made_where_the_users_own_store_cannot_be_opened_and_the_way_out_is_said(
    library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, out = roster(tmp_path / "名册.xlsx", 3), tmp_path / "out"
    (tmp_path / "no-folder").write_text("", "utf-8")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "no-folder"))
    with pytest.raises(OutputRefused, match="要不登记而生成，请加 --no-records") as refused:
        Office(library, RecordsChoice()).merge("reminder", file, out)
    assert len(refused.value.faults) == 1
    assert list(out.glob("*.docx")) == []
    assert Office(library, RecordsChoice(registers=False)).merge("reminder", file, out).made == 3


@pytest.mark.parametrize("jobs", [1, 2])
def test_no_paper_gets_its_name_where_the_register_cannot_be_written(library: Path, tmp_path: Path, jobs: int) -> None:
    url, out, file = tmp_path / "r.db", tmp_path / "out", roster(tmp_path / "名册.xlsx", 300)
    url.write_bytes(b"noise " * 1000)
    with pytest.raises(RecordsRefused, match="不是台账文件"):
        Office(library, RecordsChoice(str(url))).merge("reminder", file, out, options=MergeOptions(jobs=jobs))
    assert [path for path in out.glob("*") if path.suffix == ".docx"] == []
    with pytest.raises(RecordsRefused, match="不是台账文件"):
        Office(records=RecordsChoice(str(url))).papers(EXAMPLES / "case.json", out)
    assert list(out.glob("*.docx")) == []


@pytest.mark.skipif(os.name == "nt", reason="kills processes")
def test_a_merge_killed_at_any_moment_leaves_no_paper_without_an_entry(library: Path, tmp_path: Path) -> None:
    file, chance = roster(tmp_path / "名册.xlsx", 1200), random.Random(20260918)  # noqa: S311 - nothing secret
    code = (
        "import sys; from pathlib import Path; from doc_forms import MergeOptions, Office\n"
        "from doc_forms.office import RecordsChoice\n"
        "office = Office(Path(sys.argv[1]), RecordsChoice(sys.argv[4]))\n"
        "office.merge('reminder', Path(sys.argv[2]), Path(sys.argv[3]), options=MergeOptions(jobs=2))\n"
    )
    strangers, cut_short = 0, 0
    for run in range(4):
        out, url = tmp_path / f"out{run}", str(tmp_path / f"r{run}.db")
        command = [sys.executable, "-c", code, str(library), str(file), str(out), url]
        process = subprocess.Popen(command, env={**os.environ, "PYTHONPATH": str(ROOT)}, start_new_session=True)
        many = chance.randrange(1, 600)  # by progress, not by the clock: a fast machine would be done before
        while process.poll() is None and len(list(out.glob("提醒*.docx"))) < many:
            time.sleep(0.002)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        known = {entry.path for entry in entries(url)}
        strangers += sum(str(path) not in known for path in out.glob("提醒*.docx"))
        cut_short += any(entry.state is EntryState.MAKING for entry in entries(url))
        if run == 0:
            Office(library, RecordsChoice(url)).merge("reminder", file, out, options=MergeOptions(jobs=1))
            assert_every_paper_has_its_entry(out, entries(url))
            assert codes(url) == []
        shutil.rmtree(out)
    print(f"4 merges killed, {cut_short} cut short, {strangers} papers without an entry")  # noqa: T201 - the count
    assert strangers == 0
    assert cut_short > 0


def test_a_paper_is_registered_under_its_people_and_not_under_their_posts(tmp_path: Path) -> None:
    url, example = str(tmp_path / "r.db"), ROOT / "examples" / "appointment_notice_short.json"
    Office(records=RecordsChoice(url)).fill("appointment_notice", example, tmp_path / "out")
    assert [entry.person for entry in entries(url)] == ["陈㛃"]
