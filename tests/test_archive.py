"""The inspection archive: complete or saying what is missing, the same each time, whole or not there."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import signal
import stat
import subprocess
import sys
import time
import zipfile
from itertools import pairwise
from pathlib import Path

import bagit
import docx
import openpyxl
import pytest
from archive_made import (
    AS_OF,
    BY_CLERK,
    JPEG,
    NAME,
    PDF,
    PEOPLE,
    PNG,
    archived,
    case_in,
    files_of,
    with_materials,
)
from openpyxl.worksheet.worksheet import Worksheet
from small_disk import own_disk

from doc_forms.archive.bag import materials_digest
from doc_forms.archive.catalogue import numbers_text, workbook
from doc_forms.archive.ledger import LEDGER_FILE, Ledger
from doc_forms.archive.pdfa import fixed, pages_of
from doc_forms.errors import DataRefused, Severity, UsageRefused
from doc_forms.files import TEMPORARY
from doc_forms.form import PartialDate
from doc_forms.library import Library
from doc_forms.office.archive import ArchiveOffice, ArchiveOptions
from doc_forms.paper import find_libreoffice

ITEMS = Library().module("_case.archive_items")
NUMBER = re.compile(r"[A-Z]?\d{3,4}-WS·\d{4}-(Y|D30|D10)(-[A-Z0-9]{3})?-\d{4}")
needs_libreoffice = pytest.mark.skipif(find_libreoffice() is None, reason="LibreOffice is not installed")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a case archived with all its materials."""
    folder = tmp_path_factory.mktemp("whole")
    year = archived(with_materials(case_in(folder)), folder / "out")
    assert not year.refused
    assert year.cases[0].folder is not None
    return year.cases[0].folder


def bag(whole: Path, start: str) -> Path:
    return next(whole.glob(f"{start}*"))


def info(folder: Path) -> dict[str, str]:
    lines = (folder / "bag-info.txt").read_text("utf-8").splitlines()
    return dict(line.split(": ", 1) for line in lines)


def catalogue_of(folder: Path) -> Worksheet:
    sheet = openpyxl.load_workbook(folder / "data" / "000_归档文件目录.xlsx").active
    assert isinstance(sheet, Worksheet)
    return sheet


def text_of(file: Path) -> str:
    return "\n".join("".join(node.itertext()) for node in docx.Document(str(file)).element.body.iter())


def test_a_case_becomes_a_bag_of_its_own_one_a_person_and_one_for_the_personal_file(whole: Path) -> None:
    assert sorted(item.name for item in whole.iterdir()) == [
        "01_案件文书档案",
        "02_林示例_考察文书档案",
        "03_马晓㛃_考察文书档案",
        "04_林示例_干部人事档案9-2",
    ]


def test_the_library_bagit_takes_every_bag_whole(whole: Path) -> None:
    for folder in whole.iterdir():
        assert bagit.Bag(str(folder)).validate()


def test_a_bag_has_one_manifest_and_it_is_sha256(whole: Path) -> None:
    for folder in whole.iterdir():
        manifests = sorted(item.name for item in folder.glob("*manifest*"))
        assert manifests == ["manifest-sha256.txt", "tagmanifest-sha256.txt"]


def test_files_are_named_in_the_order_of_the_catalogue(whole: Path) -> None:
    folder = bag(whole, "02")
    sheet = catalogue_of(folder)
    rows = [row for row in sheet.iter_rows(values_only=True) if isinstance(row[0], int)]
    names = sorted(item.name for item in (folder / "data").iterdir())
    assert names[0] == "000_归档文件目录.docx"
    assert names[-1] == "999_备考表.docx"
    assert [row[0] for row in rows] == [int(name[:3]) for name in names[2:-1]] == list(range(1, len(rows) + 1))
    assert rows[0][4] == "［林示例同志工作总结］"
    assert names[2] == "001_林示例_工作总结.pdf"


def test_numbers_have_the_shape_of_the_standard_and_run_through_the_bags_of_a_case(whole: Path) -> None:
    numbers = []
    for folder in sorted(whole.iterdir())[:3]:
        sheet = catalogue_of(folder)
        numbers += [str(row[1]) for row in sheet.iter_rows(values_only=True) if isinstance(row[0], int)]
    assert all(NUMBER.fullmatch(number) for number in numbers)
    assert [int(number[-4:]) for number in numbers] == list(range(1, len(numbers) + 1))


def test_bag_info_says_fonds_year_retention_and_number(whole: Path) -> None:
    said = info(bag(whole, "02"))
    assert said["全宗号"] == "J001"
    assert said["年度"] == "2027"
    assert said["保管期限"] == "永久"
    assert said["External-Identifier"] == said["档号"]
    assert re.fullmatch(r"J001-WS·2027-Y-ZZB-\d{4}至\d{4}", said["档号"])
    assert said["Bagging-Date"] == "2027-10-11"
    assert said["材料齐全"] == "是"


def test_the_example_is_archived_after_its_last_paper_is_dated(whole: Path) -> None:
    days = [
        str(row[5]) for folder in whole.iterdir() for row in catalogue_of(folder).iter_rows(values_only=True) if row[5]
    ]
    newest = max(day for day in days if re.fullmatch(r"\d{8}", day))
    assert newest == "20270928"
    assert info(bag(whole, "01"))["Bagging-Date"].replace("-", "") > newest


@pytest.mark.parametrize(("stated", "what"), [("2026-10-30", "归档日期"), (None, "核对的日期")])
def test_no_bag_is_dated_before_the_newest_paper_of_the_case_and_a_note_says_so(
    tmp_path: Path, stated: str | None, what: str
) -> None:
    case = case_in(tmp_path)
    facts = json.loads(case.read_text("utf-8"))
    facts["考察"]["归档日期"] = stated
    case.write_text(json.dumps(facts, ensure_ascii=False), "utf-8")
    options = ArchiveOptions(as_of=PartialDate(2026, 11, 20), pdf=False)
    (made,) = ArchiveOffice(registers=False).archive([case], tmp_path / "out", options).cases
    assert made.folder is not None
    said = info(bag(made.folder, "01"))
    assert (said["Bagging-Date"], said["年度"], made.day) == ("2027-09-28", "2027", "2027-09-28")
    earlier = f"{what}（{'2026年10月30日' if stated else '2026年11月20日'}）"
    assert [(fault.severity, fault.message) for fault in made.warnings] == [
        (Severity.NOTE, f"{earlier}早于所归的文件，档案包写最晚一件的日期：2027年9月28日")
    ]


def test_the_personal_file_gets_report_form_and_notice_in_order_of_time_under_their_numbers(
    whole: Path,
) -> None:
    folder = bag(whole, "04")
    names = sorted(item.name for item in (folder / "data").iterdir() if item.name[:3] not in ("000", "999"))
    assert names == [
        "001_林示例同志考察材料.docx",
        "002_干部任免审批表_林示例.docx",
        "003_任职通知_示院委〔2026〕28号_林示例.docx",
    ]
    original = next((bag(whole, "02") / "data").glob("*考察材料.docx"))
    assert (folder / "data" / names[0]).read_bytes() == original.read_bytes()
    assert info(folder)["人事档案类号"] == "9-2"


def test_somebody_who_was_not_appointed_has_no_bag_for_the_personal_file(whole: Path) -> None:
    assert not list(whole.glob("*马晓㛃_干部人事档案*"))


def test_the_catalogue_prints_a_digest_that_the_manifest_still_gives(whole: Path) -> None:
    for folder in whole.iterdir():
        lines = (folder / "manifest-sha256.txt").read_text("utf-8").splitlines(keepends=True)
        digest = materials_digest(lines)
        assert digest in text_of(folder / "data" / "000_归档文件目录.docx")
        assert info(folder)["归档材料校验值"] == digest


def test_the_same_case_archived_twice_gives_the_same_bytes(whole: Path, tmp_path: Path) -> None:
    case = with_materials(case_in(tmp_path))
    again = ArchiveOffice().archive(
        [case], tmp_path / "out", ArchiveOptions(as_of=PartialDate(2026, 12, 31), pdf=False)
    )
    folder = again.cases[0].folder
    assert folder is not None
    assert files_of(folder) == files_of(whole)


def test_archiving_again_into_the_same_folder_changes_nothing(tmp_path: Path) -> None:
    case = with_materials(case_in(tmp_path))
    archived(case, tmp_path / "out")
    before = files_of(tmp_path / "out")
    year = archived(case, tmp_path / "out")
    assert not year.cases[0].written
    assert files_of(tmp_path / "out") == before


def test_a_package_that_differs_is_laid_beside_the_first_and_never_over_it(tmp_path: Path) -> None:
    case = case_in(tmp_path)
    archived(case, tmp_path / "out")
    before = files_of(tmp_path / "out" / NAME)
    year = archived(with_materials(case), tmp_path / "out")
    assert year.cases[0].folder == tmp_path / "out" / f"{NAME}_新稿"
    assert files_of(tmp_path / "out" / NAME) == before


def test_missing_materials_are_named_with_their_article_in_the_answer_and_in_the_package(tmp_path: Path) -> None:
    year = archived(case_in(tmp_path), tmp_path / "out")
    wanted = [f"{person} {item}（第二十七条）" for person in PEOPLE for item in BY_CLERK]
    assert list(year.cases[0].gaps) == wanted
    assert year.refused
    folder = bag(tmp_path / "out" / NAME, "02")
    said = (folder / "bag-info.txt").read_text("utf-8")
    assert "材料齐全: 否" in said
    assert re.findall("^缺件: (.*)$", said, re.MULTILINE) == wanted[:4]
    sheet = catalogue_of(folder)
    notes = {row[4]: row[8] for row in sheet.iter_rows(values_only=True) if row[0] is None and row[4]}
    assert notes == dict.fromkeys(BY_CLERK, "缺件（第二十七条）")
    assert "工作总结（第二十七条）" in text_of(folder / "data" / "999_备考表.docx")


@pytest.mark.parametrize(
    ("change", "gap"),
    [
        ("report", "林示例 考察材料（第二十五条：1 份尚未完成，"),
        ("talk", "林示例 个别谈话记录（第二十七条：1 份尚未完成，"),
        ("talks", "林示例 个别谈话记录（第二十七条）"),
        ("tally", "林示例 民主测评结果汇总表（第二十五条：1 份尚未完成，"),
        ("votes", "民主推荐材料（第二十七条：2 份尚未完成，"),
    ],
)
def test_a_paper_that_the_case_cannot_give_yet_is_a_gap(tmp_path: Path, change: str, gap: str) -> None:
    case = with_materials(case_in(tmp_path))
    data = json.loads(case.read_text("utf-8"))
    inspection = data["考察"]
    if change == "report":
        del inspection["考察情况"][0]["主要缺点和不足"]
    elif change == "talk":
        del inspection["个别谈话"][0]["谈话内容"]
    elif change == "talks":
        inspection["个别谈话"] = [talk for talk in inspection["个别谈话"] if talk["考察对象姓名"] != "林示例"]
    elif change == "tally":
        del inspection["考察情况"][0]["民主测评"]["发出票数"]
    else:
        del data["民主推荐"]["会议推荐"]["收回票数"]
        del data["民主推荐"]["谈话推荐"]["收回票数"]
    case.write_text(json.dumps(data, ensure_ascii=False), "utf-8")
    gaps = archived(case, tmp_path / "out").cases[0].gaps
    assert any(found.startswith(gap) for found in gaps), gaps


def test_a_gap_is_closed_by_a_file_that_the_clerk_adds_under_the_item(tmp_path: Path) -> None:
    case = case_in(tmp_path)
    scan = tmp_path / "扫描件.jpg"
    scan.write_bytes(JPEG)
    year = archived(case, tmp_path / "out", f"林示例/工作总结={scan}")
    assert "林示例 工作总结（第二十七条）" not in year.cases[0].gaps
    assert len(year.cases[0].gaps) == 7
    kept = bag(tmp_path / "out" / NAME, "02") / "data" / "001_林示例_工作总结.jpg"
    assert kept.read_bytes() == JPEG


def test_date_and_pages_of_an_added_file_are_those_that_the_case_states(whole: Path) -> None:
    sheet = catalogue_of(bag(whole, "02"))
    row = next(row for row in sheet.iter_rows(values_only=True) if row[4] == "［林示例同志工作总结］")
    assert (row[3], row[5], row[7]) == ("林示例", "20260911", 5)


def test_an_item_of_several_files_keeps_them_all(tmp_path: Path) -> None:
    case = with_materials(case_in(tmp_path))
    folder = tmp_path / "案件_材料" / "林示例" / "征求意见表"
    for number in range(3):
        (folder / "处室").mkdir(parents=True, exist_ok=True)
        (folder / "处室" / f"{number}.png").write_bytes(PNG + bytes([number]))
    archived(case, tmp_path / "out")
    names = [item.name for item in (bag(tmp_path / "out" / NAME, "02") / "data").glob("*征求意见表*")]
    assert sorted(names) == [
        "002_征求意见表_林示例_1.png",
        "003_征求意见表_林示例_2.png",
        "004_征求意见表_林示例_3.png",
        "005_征求意见表_林示例_4.pdf",
    ]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.pdf", JPEG, "后缀是 .pdf，内容却是 JPEG"),
        ("a.pdf", b"", "文件是空的"),
        ("a.pdf", PDF[:30], "PDF 文件不完整"),
        ("a.pdf", PDF.replace(b"<<>>\n%%", b"<</Encrypt 5 0 R>>\n%%"), "PDF 已加密"),
        ("a.jpg", JPEG[:40], "JPEG 文件不完整"),
        ("a.png", PNG[:40], "PNG 文件不完整"),
        ("a.exe", b"MZ\x90\x00", "归档只收 PDF、JPEG、PNG 或 Word"),
        ("a.doc", bytes.fromhex("d0cf11e0a1b11ae1") + b"0" * 99, "实为旧版 Office 或加密文件"),
        ("a.docx", b"PK\x03\x04" + b"0" * 99, "a.docx"),
        ("a.docx", PDF, "后缀是 .docx，内容却是 PDF"),
        ("a.xlsx", b"PK\x03\x04 anything", "实为压缩包或 Office 文件，后缀为“.xlsx”"),
        ("a.txt", b"plain", "看不出是什么文件"),
    ],
)
def test_a_file_that_is_not_what_it_should_be_is_refused(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    year = archived(case_in(tmp_path), tmp_path / "out", f"林示例/工作总结={file}")
    assert year.cases[0].folder is None
    assert said in "\n".join(map(str, year.cases[0].faults))
    assert list((tmp_path / "out").iterdir()) == []


def test_all_wrong_additions_are_named_at_once(tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    file.write_bytes(PDF)
    added = ("工作总结", f"不知何物={file}", f"工作总结={file}", f"林示例/任前公示材料={file}", f"张三/工作总结={file}")
    faults = archived(case_in(tmp_path), tmp_path / "out", *added).cases[0].faults
    said = "\n".join(map(str, faults))
    assert len(faults) == 5
    assert "--add 应写成 项目=文件" in said
    assert "看不出是哪一项材料" in said
    assert "请写明是谁（林示例、马晓㛃）" in said
    assert "属于整个案件，不写姓名" in said
    assert "案件中没有考察对象“张三”；考察对象有：林示例、马晓㛃" in said


def test_a_word_file_with_a_macro_is_refused(tmp_path: Path) -> None:
    template = Library().kind("opinion_form").template
    file = tmp_path / "总结.docx"
    shutil.copy(template, file)
    with zipfile.ZipFile(file, "a") as package:
        package.writestr("word/vbaProject.bin", b"macro")
    year = archived(case_in(tmp_path), tmp_path / "out", f"林示例/工作总结={file}")
    assert year.cases[0].folder is None
    assert year.cases[0].faults


def test_folders_and_files_are_for_their_owner_only(whole: Path) -> None:
    if os.name == "nt":
        pytest.skip("Windows keeps rights elsewhere")
    for item in (whole, *whole.rglob("*")):
        assert stat.S_IMODE(item.stat().st_mode) == (0o700 if item.is_dir() else 0o600)


def test_without_settings_the_clerk_reads_what_to_write(tmp_path: Path) -> None:
    case = case_in(tmp_path)
    (tmp_path / "archive.json").unlink()
    faults = archived(case, tmp_path / "out").cases[0].faults
    assert "还没有归档设置" in str(faults[0])


@pytest.mark.parametrize(
    ("settings", "number"),
    [
        ({}, "J001-WS·2026-Y-0001"),
        ({"保管期限": "定期30年"}, "J001-WS·2026-D30-0001"),
        ({"保管期限": "定期10年", "机构代码": "BGS"}, "J001-WS·2026-D10-BGS-0001"),
        ({"全宗号": "0194", "年度": 2025}, "0194-WS·2025-Y-0001"),
    ],
)
def test_numbers_follow_the_settings(settings: dict[str, object], number: str) -> None:
    form = Library().module("_archive").ArchiveSettings
    made = form.model_validate({"全宗号": "J001", "全宗名称": "示例", **settings})
    assert f"{made.prefix(2026)}-0001" == number


def test_a_run_of_numbers_is_written_shortly() -> None:
    assert numbers_text([]) == ""
    assert numbers_text(["J001-WS·2026-Y-0007"]) == "J001-WS·2026-Y-0007"
    assert numbers_text([f"J001-WS·2026-Y-{n:04d}" for n in (7, 8, 9)]) == "J001-WS·2026-Y-0007至0009"
    assert numbers_text(["A-0007", "A-0009"]) == "A-0007、A-0009"


def test_numbers_are_given_once_and_kept_by_a_case_that_does_not_grow(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    assert ledger.allot("甲", "甲.json", "P", 10, 1) == 1
    assert ledger.allot("乙", "乙.json", "P", 5, 1) == 11
    assert ledger.allot("甲", "甲.json", "P", 10, 1) == 1
    assert ledger.allot("乙", "乙.json", "P", 8, 1) == 11
    assert ledger.allot("甲", "甲.json", "P", 12, 1) == 19
    assert ledger.allot("丙", "丙.json", "P", 1, 100) == 100
    assert ledger.allot("丙", "丙.json", "另一年", 1, 1) == 1
    ledger.write()
    assert Ledger.read(tmp_path).ranges == ledger.ranges or len(Ledger.read(tmp_path).ranges) == len(ledger.ranges)
    with pytest.raises(UsageRefused, match="同名"):
        ledger.allot("甲", "别的.json", "P", 10, 1)


def test_a_damaged_register_stops_everything_before_a_number_is_given(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / LEDGER_FILE).write_text('{"号段": 3}', "utf-8")
    with pytest.raises(DataRefused, match="不是归档登记"):
        archived(case_in(tmp_path), tmp_path / "out")


def year_of(folder: Path, count: int) -> Path:
    """A folder of cases with a name each; small ones, so that many take little time."""
    case_in(folder, "案件000.json")
    data = json.loads((folder / "案件000.json").read_text("utf-8"))
    data["考察"]["个别谈话"] = data["考察"]["个别谈话"][:2]
    for number in range(count):
        data["案件名称"] = f"第{number}号选任"
        (folder / f"案件{number:03d}.json").write_text(json.dumps(data, ensure_ascii=False), "utf-8")
    return folder


def test_a_year_archived_by_several_processes_is_the_one_archived_by_one(tmp_path: Path) -> None:
    cases = year_of(tmp_path / "cases", 6)
    told: list[tuple[str, int, int]] = []

    def progress(doing: str, done: int, total: int) -> None:
        told.append((doing, done, total))

    for jobs in (1, 3):
        options = ArchiveOptions(as_of=AS_OF, pdf=False, jobs=jobs)
        year = ArchiveOffice().archive([cases], tmp_path / f"out{jobs}", options, progress)
        assert [case.name for case in year.cases] == [f"第{number}号选任" for number in range(6)]
        assert told[-1] == ("正在归档", 6, 6)
    assert files_of(tmp_path / "out1") == files_of(tmp_path / "out3")


def test_no_two_cases_of_a_year_share_a_number(tmp_path: Path) -> None:
    year_of(tmp_path / "cases", 4)
    options = ArchiveOptions(as_of=AS_OF, pdf=False)
    ArchiveOffice().archive([tmp_path / "cases"], tmp_path / "out", options)
    own = sorted((tmp_path / "out").glob("*/0[123]*/bag-info.txt"))
    found = [re.search(r"^档号: \S+?-(\d{4})(?:至(\d{4}))?$", file.read_text("utf-8"), re.MULTILINE) for file in own]
    runs = sorted((int(run[1]), int(run[2] or run[1])) for run in found if run)
    assert len(runs) == len(own) == 12
    assert runs[0][0] == 1
    assert all(before[1] + 1 == after[0] for before, after in pairwise(runs))


def test_a_case_that_cannot_be_read_does_not_stop_the_others(tmp_path: Path) -> None:
    cases = year_of(tmp_path / "cases", 3)
    (cases / "案件001.json").write_text("{", "utf-8")
    year = ArchiveOffice().archive([cases], tmp_path / "out", ArchiveOptions(as_of=AS_OF, pdf=False))
    assert [case.file for case in year.cases if case.folder] == ["案件000.json", "案件002.json"]
    assert year.refused


KILL = """
import os, sys
from pathlib import Path
from doc_forms.archive import bag
from doc_forms.form import PartialDate
from doc_forms.office.archive import ArchiveOffice, ArchiveOptions
left = int(sys.argv[3])
add = bag.BagWriter.add
def count(self, name, content):
    global left
    left -= 1
    if left == 0:
        os.kill(os.getpid(), 9)
    return add(self, name, content)
bag.BagWriter.add = count
options = ArchiveOptions(as_of=PartialDate(2027, 10, 11), pdf=False)
ArchiveOffice().archive([Path(sys.argv[1])], Path(sys.argv[2]), options)
"""


@pytest.mark.parametrize("moment", [1, 20, 60, 66])
def test_a_run_that_is_killed_leaves_no_half_bag_and_the_next_one_clears_up(tmp_path: Path, moment: int) -> None:
    if os.name == "nt":
        pytest.skip("Windows has no kill -9")
    case, out = case_in(tmp_path), tmp_path / "out"
    killed = subprocess.run([sys.executable, "-c", KILL, str(case), str(out), str(moment)], check=False)
    assert killed.returncode == -signal.SIGKILL
    left = [item.name for item in out.iterdir() if item.name != LEDGER_FILE]
    assert len(left) == 1
    assert left[0].startswith(TEMPORARY)
    with pytest.raises(UsageRefused, match="其中也没有档案包"):  # what a kill left is no bag to be looked at
        ArchiveOffice(registers=False).verify([out])
    archived(case, out)
    assert sorted(item.name for item in out.iterdir()) == sorted([LEDGER_FILE, NAME])


def test_a_full_disk_leaves_no_half_bag(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk takes everything but the files of the bags, and says so only when they are flushed."""
    case, out, real = case_in(tmp_path), tmp_path / "out", os.fsync

    def full(descriptor: int) -> None:
        if os.fstat(descriptor).st_ino in {file.stat().st_ino for file in out.rglob("data/*")}:
            raise OSError(28, "No space left on device")
        real(descriptor)

    monkeypatch.setattr("doc_forms.flushing._sync_filesystem", lambda _descriptor: False)  # as the system says then
    monkeypatch.setattr(os, "fsync", full)
    assert ["磁盘空间不足" in str(fault) for fault in archived(case, out).cases[0].faults] == [True]
    assert [item.name for item in out.iterdir()] == [LEDGER_FILE]


def test_a_year_that_is_killed_is_in_the_records_as_far_as_it_came(tmp_path: Path) -> None:
    if os.name == "nt":
        pytest.skip("Windows has no kill -9")
    cases = tmp_path / "cases"
    for number in (1, 2):
        case = case_in(cases, f"{number}.json")
        case.write_text(case.read_text("utf-8").replace(NAME, f"第{number}号选任"), "utf-8")
    kill = KILL.replace("ArchiveOffice()", f"ArchiveOffice(records={str(tmp_path / 'r.db')!r})")
    kill = kill.replace("pdf=False", "pdf=False, jobs=1")
    killed = subprocess.run([sys.executable, "-c", kill, str(cases), str(tmp_path / "out"), "100"], check=False)
    assert killed.returncode == -signal.SIGKILL
    found = ArchiveOffice(records=str(tmp_path / "r.db")).verify([tmp_path / "out"])
    assert {one.bag.parent.name for one in found} == {"第1号选任"}
    assert {tuple(one.notes) for one in found} == {("与归档登记中的校验值一致。", "与发文台账中的校验值一致。")}


def test_a_case_that_is_refused_leaves_no_register_behind(tmp_path: Path) -> None:
    case = case_in(tmp_path)
    (tmp_path / "archive.json").unlink()
    assert archived(case, tmp_path / "out").cases[0].faults
    assert list((tmp_path / "out").iterdir()) == []


@pytest.mark.parametrize("kilobytes", [40, 150, 400])
def test_a_disk_that_is_really_full_leaves_no_half_bag(tmp_path: Path, kilobytes: int) -> None:
    before = own_disk()
    if before is None:
        pytest.skip("only root may lay a small disk over a folder here")
    case, out = case_in(tmp_path), tmp_path / "out"
    out.mkdir()
    program = [sys.executable, "-m", "doc_forms.cli", "archive", str(case), "--out", str(out), "--no-pdf"]
    fill = 'mount -o "remount,size=$1k" "$2"; out=$2; shift 2; "$@"; status=$?; ls -A "$out"; exit $status'
    command = [*before, str(out), "sh", "-c", fill, "sh", str(kilobytes), str(out), *program]
    full = subprocess.run(command, capture_output=True, text=True, check=False)
    assert full.returncode == 1
    assert "磁盘空间不足" in full.stderr
    assert TEMPORARY not in full.stderr  # a place that the clerk knows
    assert full.stdout.splitlines() == [LEDGER_FILE]


def test_ctrl_c_ends_a_year_between_two_cases(tmp_path: Path) -> None:
    if os.name == "nt":
        pytest.skip("Windows sends no SIGINT to a child")
    cases, out = year_of(tmp_path / "cases", 30), tmp_path / "out"
    command = [
        sys.executable,
        "-m",
        "doc_forms.cli",
        "archive",
        str(cases),
        "--out",
        str(out),
        "--no-pdf",
        "--jobs",
        "2",
    ]
    with subprocess.Popen([*command, "--as-of", "2027-10-11"], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as run:
        until = time.monotonic() + 60
        while len(list(out.glob("第*"))) < 2 and time.monotonic() < until:
            time.sleep(0.02)
        run.send_signal(signal.SIGINT)
        printed, _ = run.communicate(timeout=60)
    assert run.returncode == 130
    assert "已中断，重新运行同一命令即可接着做" in printed.decode()
    assert not list(out.glob(f"{TEMPORARY}*"))
    for folder in out.glob("第*/*"):
        assert bagit.Bag(str(folder)).is_valid()
    done = {case.name for case in out.glob("第*")}
    assert 2 <= len(done) < 30


def test_the_required_items_can_be_told_apart_by_their_names() -> None:
    titles = [material.title for material in ITEMS.MATERIALS]
    assert len(set(titles)) == len(titles)
    assert not {kind for material in ITEMS.MATERIALS for kind in material.kinds} & set(ITEMS.BY_HAND)


def test_the_workbook_never_holds_a_formula(tmp_path: Path) -> None:
    case = case_in(tmp_path)
    data = json.loads(case.read_text("utf-8"))
    data["案件名称"] = "=HYPERLINK(1)"
    case.write_text(json.dumps(data, ensure_ascii=False), "utf-8")
    folder = archived(case, tmp_path / "out").cases[0].folder
    assert folder is not None
    file = next(folder.glob("01*/data/000*.xlsx"))
    sheet = catalogue_of(file.parent.parent)
    assert sheet["A2"].value == "案卷题名：=HYPERLINK(1)文书档案"
    again = workbook({"案卷题名": "甲", "归档文件": [{"题名": "=HYPERLINK(1)", "责任者": "=1+1"}]})
    formulas = [cell for row in openpyxl.load_workbook(io.BytesIO(again)).worksheets[0] for cell in row]
    assert [cell.data_type for cell in formulas if str(cell.value).startswith("=")] == ["s", "s"]


def test_the_moment_in_a_pdf_is_replaced_by_one_of_the_same_length() -> None:
    def pdf(moment: str, mark: str) -> bytes:
        return (
            f"%PDF-1.6 /Type/Page>> /Type /Pages /CreationDate(D:{moment}Z')>>"
            f"<xmp:CreateDate>2026-11-22T20:56:28Z</xmp:CreateDate>/ID [ <{mark * 32}>\n<{mark * 32}> ]\n"
            f"/DocChecksum /{mark * 32} %%EOF"
        ).encode()

    first, second = pdf("20261122205628", "A"), pdf("20270101000000", "B")
    day = PartialDate(2026, 9, 21)
    assert fixed(first, day) == fixed(second, day)
    assert len(fixed(first, day)) == len(first)
    assert b"D:20260921000000Z" in fixed(first, day)
    assert pages_of(first) == 1


@needs_libreoffice
def test_pdf_copies_lie_beside_the_word_files_and_are_the_same_each_time(tmp_path: Path) -> None:
    found = []
    for name in ("one", "two"):
        case = case_in(tmp_path / name)
        data = json.loads(case.read_text("utf-8"))
        data["考察"]["个别谈话"] = []
        case.write_text(json.dumps(data, ensure_ascii=False), "utf-8")
        folder = archived(case, tmp_path / name / "out", pdf=True).cases[0].folder
        assert folder is not None
        found.append(files_of(folder))
        time.sleep(1.1)  # a second that a PDF would show
    assert found[0] == found[1]
    assert all(name.replace(".docx", ".pdf") in found[0] for name in found[0] if name.endswith(".docx"))
    notice = next(data for name, data in found[0].items() if "任职通知" in name and name.endswith(".pdf"))
    assert b"pdfaid:part>2" in notice
    assert pages_of(notice) == 2


def test_without_libreoffice_the_clerk_reads_that_there_are_no_copies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DOC_FORMS_SOFFICE", str(tmp_path / "nothing"))
    year = archived(case_in(tmp_path), tmp_path / "out", pdf=True)
    assert year.cases[0].folder is not None
    assert "没有找到 LibreOffice" in "\n".join(year.lines())
    assert not list((tmp_path / "out").rglob("*.pdf"))
