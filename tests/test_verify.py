"""Every way in which a bag can be other than it was sealed is found and named; what is whole is said to be whole."""

from __future__ import annotations

import hashlib
import json
import shutil
import unicodedata
from collections.abc import Callable
from pathlib import Path

import bagit
import pytest
from archive_made import AS_OF, NAME, archived, case_in, with_materials
from without_rights import as_nobody, open_folder

from doc_forms import cli
from doc_forms.archive.ledger import LEDGER_FILE
from doc_forms.archive.verification import Verified, verify, verify_folder
from doc_forms.errors import DataRefused, UsageRefused
from doc_forms.office.archive import ArchiveOffice, ArchiveOptions
from doc_forms.records import Records

BAG = "02_林示例_考察文书档案"
REPORT = "029_林示例同志考察材料.docx"
Change = Callable[[Path], None]


@pytest.fixture(scope="module")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive with one case."""
    folder = tmp_path_factory.mktemp("sealed")
    assert not archived(with_materials(case_in(folder)), folder / "out").refused
    return folder / "out"


@pytest.fixture
def bag(sealed: Path, tmp_path: Path) -> Path:
    """A copy of one of its bags, to be tampered with, out of reach of the register."""
    return Path(shutil.copytree(sealed / NAME / BAG, tmp_path / "alone" / BAG))


def reseal(bag: Path, *, manifest: bool = False) -> None:
    """Make the tag manifest (and the manifest) fit what the bag has now, as somebody would who hides a change."""
    if manifest:
        files = sorted(file for file in (bag / "data").iterdir() if file.is_file())
        lines = [f"{hashlib.sha256(file.read_bytes()).hexdigest()}  data/{file.name}\n" for file in files]
        (bag / "manifest-sha256.txt").write_bytes("".join(lines).encode())
    tags = [bag / name for name in ("bag-info.txt", "bagit.txt", "manifest-sha256.txt") if (bag / name).exists()]
    lines = [f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n" for file in tags]
    (bag / "tagmanifest-sha256.txt").write_bytes("".join(lines).encode())


def change(bag: Path) -> None:
    with (bag / "data" / REPORT).open("ab") as stream:
        stream.write(b" ")


def change_in_place(bag: Path) -> None:
    """Same size, another byte: only a look at the content finds it."""
    data = bytearray((bag / "data" / REPORT).read_bytes())
    data[len(data) // 2] ^= 1
    (bag / "data" / REPORT).write_bytes(data)


def remove(bag: Path) -> None:
    (bag / "data" / REPORT).unlink()


def add(bag: Path) -> None:
    (bag / "data" / "夹带.docx").write_bytes(b"new")


def add_beside(bag: Path) -> None:
    (bag / "说明.txt").write_bytes(b"new")


def rename(bag: Path) -> None:
    (bag / "data" / REPORT).rename(bag / "data" / "029_改名.docx")


def denormalise(bag: Path) -> None:
    file = bag / "data" / "改é.docx"
    lines = (bag / "manifest-sha256.txt").read_text("utf-8")
    (bag / "data" / REPORT).rename(file)
    (bag / "manifest-sha256.txt").write_text(lines.replace(REPORT, file.name), "utf-8")
    reseal(bag)
    file.rename(file.with_name(unicodedata.normalize("NFD", file.name)))


def swap(bag: Path) -> None:
    one, other = bag / "data" / "001_林示例_工作总结.pdf", bag / "data" / "002_林示例_征求意见表.pdf"
    first, second = one.read_bytes(), other.read_bytes()
    one.write_bytes(second)
    other.write_bytes(first)


def drop_tag_manifest(bag: Path) -> None:
    (bag / "tagmanifest-sha256.txt").unlink()


def edit_info(bag: Path) -> None:
    file = bag / "bag-info.txt"
    file.write_text(file.read_text("utf-8").replace("保管期限: 永久", "保管期限: 定期10年"), "utf-8")


def edit_info_without_tag_manifest(bag: Path) -> None:
    drop_tag_manifest(bag)
    edit_info(bag)


def weaken(bag: Path) -> None:
    """Replace SHA-256 by MD5 throughout, as a bag that bagit still takes."""
    lines = [
        f"{hashlib.md5(file.read_bytes()).hexdigest()}  data/{file.name}\n"  # noqa: S324 - the weak one is the point
        for file in sorted((bag / "data").iterdir())
    ]
    (bag / "manifest-sha256.txt").unlink()
    drop_tag_manifest(bag)
    (bag / "manifest-md5.txt").write_bytes("".join(lines).encode())


def add_md5(bag: Path) -> None:
    (bag / "manifest-md5.txt").write_bytes(f"{'0' * 32}  data/{REPORT}\n".encode())


def fetch(bag: Path) -> None:
    (bag / "fetch.txt").write_bytes(b"https://example.invalid/x 3 data/x\n")


def line(text: str) -> Change:
    def add_line(bag: Path) -> None:
        with (bag / "manifest-sha256.txt").open("ab") as stream:
            stream.write(text.encode())

    return add_line


def link(bag: Path) -> None:
    (bag / "data" / "链接.docx").symlink_to(bag / "data" / REPORT)


def declare_otherwise(bag: Path) -> None:
    (bag / "bagit.txt").write_bytes(b"BagIt-Version: 0.97\nTag-File-Character-Encoding: GBK\n")


def add_folder(bag: Path) -> None:
    (bag / "data" / "新建文件夹" / "里面").mkdir(parents=True)


def drop(name: str) -> Change:
    return lambda bag: (bag / name).unlink()


def change_and_reseal_manifest(bag: Path) -> None:
    """Fit the manifests to a changed file and forget the digest in bag-info.txt."""
    change_in_place(bag)
    reseal(bag, manifest=True)


def forget_a_line(bag: Path) -> None:
    """Take a file out, with its line, and seal the tags anew."""
    remove(bag)
    reseal(bag, manifest=True)


TAMPERINGS: dict[str, tuple[Change, set[str], str]] = {
    "a file was changed": (change, {"bag-changed", "bag-info-oxum"}, f"data/{REPORT}：内容已改变"),
    "one byte was changed": (change_in_place, {"bag-changed"}, f"data/{REPORT}：内容已改变"),
    "a file is missing": (remove, {"bag-missing", "bag-info-oxum"}, f"data/{REPORT}：缺失"),
    "a file was added": (add, {"bag-added", "bag-info-oxum"}, "data/夹带.docx：多出的文件"),
    "a file was laid beside": (add_beside, {"bag-added"}, "说明.txt：多出的文件"),
    "a file was renamed": (rename, {"bag-renamed"}, f"data/029_改名.docx：改了名，归档时为 data/{REPORT}，内容未变"),
    "a name was written otherwise": (denormalise, {"bag-renamed", "bag-info-digest"}, "归档时为 data/改é.docx"),
    "two files changed places": (swap, {"bag-changed"}, "data/001_林示例_工作总结.pdf：内容已改变"),
    "no tag manifest": (drop_tag_manifest, {"bag-tagmanifest-missing"}, "著录信息和校验清单是否改动无法证明"),
    "bag-info edited": (edit_info, {"bag-tag-changed"}, "bag-info.txt：内容已改变（著录信息）"),
    "bag-info edited, no tag manifest": (edit_info_without_tag_manifest, {"bag-tagmanifest-missing"}, "无法证明"),
    "md5 instead of sha256": (
        weaken,
        {"bag-manifest-other", "bag-manifest-missing", "bag-tagmanifest-missing"},
        "manifest-md5.txt：多出的校验清单（MD5，较弱，不足以为凭）",
    ),
    "md5 beside sha256": (add_md5, {"bag-manifest-other"}, "较弱"),
    "no manifest": (
        drop("manifest-sha256.txt"),
        {
            "bag-manifest-missing",
        },
        "manifest-sha256.txt：缺失（SHA-256 校验清单）",
    ),
    "fetch.txt": (fetch, {"bag-fetch"}, "fetch.txt：不应有"),
    "a way out of the bag": (
        line(f"{'0' * 64}  data/../../../x\n"),
        {"bag-unsafe", "bag-tag-changed", "bag-info-digest"},
        "文件名不安全",
    ),
    "an absolute name": (
        line(f"{'0' * 64}  /etc/x\n"),
        {"bag-unsafe", "bag-tag-changed", "bag-info-digest"},
        "文件名不安全",
    ),
    "a name with a line end": (
        line(f"{'0' * 64}  data/a%0Ab\n"),
        {"bag-unsafe", "bag-tag-changed", "bag-info-digest"},
        "文件名不安全，已拒绝查看（data/a\\u000ab）",
    ),
    "a line that is none": (
        line("nonsense\n"),
        {"bag-manifest-damaged", "bag-tag-changed", "bag-info-digest"},
        "不是校验记录",
    ),
    "a link": (link, {"bag-link"}, "data/链接.docx：是链接"),
    "an empty folder was added": (add_folder, {"bag-folder-added"}, "data/新建文件夹：多出的空文件夹，归档时没有"),
    "another declaration": (declare_otherwise, {"bag-declaration", "bag-tag-changed"}, "bagit.txt：包声明被改动"),
    "no declaration": (drop("bagit.txt"), {"bag-declaration"}, "不成其为档案包"),
    "no bag-info": (drop("bag-info.txt"), {"bag-tag-missing"}, "bag-info.txt：缺失（著录信息）"),
    "a change sealed anew": (change_and_reseal_manifest, {"bag-info-digest"}, "所写的归档材料校验值与校验清单不符"),
    "a file forgotten": (forget_a_line, {"bag-info-digest", "bag-info-oxum"}, "其中之一已被改动"),
}


@pytest.mark.parametrize("what", TAMPERINGS)
def test_tampering_is_found_and_named(bag: Path, what: str) -> None:
    tamper, codes, said = TAMPERINGS[what]
    tamper(bag)
    found = verify(bag)
    assert {fault.code for fault in found.faults} == codes
    assert said in "\n".join(found.lines())
    assert found.refused
    print(f"tampering, {what}: {len(found.faults)} named, {sorted(codes)}")  # noqa: T201 - the office is shown it


def test_empty_folders_are_named_once_and_folders_of_files_by_their_files(bag: Path) -> None:
    for way in ("data/空/空/空", "data/空 2", "空", "data/有", "data/有/也空"):
        (bag / way).mkdir(parents=True, exist_ok=True)
    (bag / "data" / "有" / "夹带.docx").write_bytes(b"new")
    found = [(fault.code, fault.place.file) for fault in verify(bag).faults if fault.code != "bag-info-oxum"]
    assert sorted(found) == [
        ("bag-added", "data/有/夹带.docx"),
        ("bag-folder-added", "data/有/也空"),
        ("bag-folder-added", "data/空"),
        ("bag-folder-added", "data/空 2"),
        ("bag-folder-added", "空"),
    ]


def test_a_folder_that_cannot_be_read_is_named_and_not_passed_over(sealed: Path) -> None:
    with open_folder() as folder:
        bag = Path(shutil.copytree(sealed / NAME / BAG, folder / BAG))
        for path in (bag, *bag.rglob("*")):
            path.chmod(0o755)
        (bag / "data" / "锁着").mkdir(mode=0)
        status, out, complaint = as_nobody("--no-records", "verify", bag)
    assert (status, complaint) == (1, "")
    assert "✕ data/锁着：无法读取，请检查权限或磁盘" in out
    assert "发现 1 处问题" in out


LET_THROUGH = (
    "an empty folder was added",
    "no tag manifest",
    "bag-info edited, no tag manifest",
    "md5 instead of sha256",
    "fetch.txt",
    "a change sealed anew",
    "a file forgotten",
)


@pytest.mark.parametrize("what", LET_THROUGH)
def test_what_the_library_lets_through_is_why_there_are_checks_of_our_own(bag: Path, what: str) -> None:
    TAMPERINGS[what][0](bag)
    if what == "a file forgotten":
        text = (bag / "bag-info.txt").read_text("utf-8")
        present = [file.stat().st_size for file in (bag / "data").iterdir()]
        kept = [text_line for text_line in text.splitlines() if not text_line.startswith("Payload-Oxum")]
        oxum = f"Payload-Oxum: {sum(present)}.{len(present)}"
        (bag / "bag-info.txt").write_text("\n".join([*kept, oxum, ""]), "utf-8")
        reseal(bag)
    if what == "fetch.txt":
        (bag / "fetch.txt").write_bytes(f"https://example.invalid/x 3 data/{REPORT}\n".encode())
    assert bagit.Bag(str(bag)).is_valid()
    assert verify(bag).refused


def rewrite(bag: Path) -> None:
    """Change a file and everything that speaks of it: nothing inside the bag is wrong any more."""
    found = verify(bag)
    old = found.materials_digest
    change_in_place(bag)
    reseal(bag, manifest=True)
    new = verify(bag).materials_digest
    info = (bag / "bag-info.txt").read_text("utf-8")
    (bag / "bag-info.txt").write_text(info.replace(old, new), "utf-8")
    reseal(bag)


def test_a_bag_rewritten_whole_shows_only_against_what_is_kept_outside(sealed: Path, bag: Path) -> None:
    printed = verify(bag).materials_digest
    rewrite(bag)
    alone = verify(bag)
    assert not alone.refused
    assert "没有登记可以对照" in "\n".join(alone.lines())
    against = verify(bag, printed)
    assert [fault.code for fault in against.faults] == ["bag-stated"]
    assert sealed.is_dir()


def test_the_register_above_a_bag_finds_a_rewritten_one(sealed: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(sealed, tmp_path / "out"))
    assert not verify(copy / NAME / BAG).refused
    rewrite(copy / NAME / BAG)
    assert [fault.code for fault in verify(copy / NAME / BAG).faults] == ["bag-register"]


@pytest.mark.parametrize("where", ["", NAME, f"{NAME}/{BAG}"])
@pytest.mark.parametrize("emptied", [False, True])
def test_a_bag_that_is_gone_is_named(sealed: Path, tmp_path: Path, where: str, *, emptied: bool) -> None:
    copy = Path(shutil.copytree(sealed, tmp_path / "out"))
    shutil.rmtree(copy / NAME / BAG)
    if emptied:
        (copy / NAME / BAG).mkdir()
    found = verify_folder(copy / where)
    said = [str(fault) for one in found for fault in one.faults]
    assert said == [f"{BAG}：档案包不见了，归档登记中有；请找回或从备份恢复"]
    assert [one.bag for one in found if one.refused] == [copy / NAME / BAG]


def test_a_bag_under_another_name_is_known_and_named_with_its_old_one(sealed: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(sealed, tmp_path / "out"))
    (copy / NAME / BAG).rename(copy / NAME / "改名")
    (found,) = (one for one in verify_folder(copy) if one.refused)
    assert [str(fault) for fault in found.faults] == [f"改名：档案包改了名或移了位置，归档时为 {NAME}/{BAG}"]


def test_a_first_package_may_go_when_a_later_one_is_there(tmp_path: Path) -> None:
    case, out = case_in(tmp_path), tmp_path / "out"
    archived(case, out)
    archived(with_materials(case), out)
    shutil.rmtree(out / NAME)
    assert not any(one.refused for one in verify_folder(out))
    shutil.rmtree(out / f"{NAME}_新稿")
    with pytest.raises(StopIteration):
        next(one for one in verify_folder(out) if not one.refused)


def test_the_records_know_a_bag_that_was_carried_elsewhere_and_one_that_was_rewritten_there(tmp_path: Path) -> None:
    office = ArchiveOffice(records=str(tmp_path / "records.db"))
    case = with_materials(case_in(tmp_path))
    office.archive([case], tmp_path / "out", ArchiveOptions(as_of=AS_OF, pdf=False))
    bag = Path(shutil.copytree(tmp_path / "out" / NAME / BAG, tmp_path / "另一个盘" / BAG))
    (whole,) = office.verify([bag])
    assert (whole.faults, whole.notes) == ([], ["与发文台账中的校验值一致。"])
    rewrite(bag)
    (found,) = office.verify([bag])
    assert [str(fault) for fault in found.faults] == ["manifest-sha256.txt：与发文台账中的校验值不符：校验清单被改写过"]


def test_a_damaged_register_above_a_bag_is_named_with_its_folder(sealed: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(sealed, tmp_path / "out"))
    (copy / LEDGER_FILE).write_text("{", "utf-8")
    with pytest.raises(DataRefused) as refused:
        verify_folder(copy)
    (fault,) = refused.value.faults
    assert str(fault).startswith(f"{copy / LEDGER_FILE}：不是归档登记，或已被改动；请用备份恢复")


def test_a_look_at_a_bag_makes_no_records(sealed: Path, tmp_path: Path) -> None:
    ArchiveOffice(records=str(tmp_path / "打错.db")).verify([sealed])
    assert list(tmp_path.iterdir()) == []


def test_the_command_enters_bags_in_a_store_that_is_not_there_yet(
    capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    case, out = with_materials(case_in(tmp_path)), tmp_path / "out"
    command = ("archive", case, "--out", out, "--as-of", "2027-10-11", "--no-pdf")
    assert run(capfd, "--no-records", *command)[0] == 0
    assert not Records.exists()
    assert run(capfd, *command)[0] == 0
    with Records.open() as records:
        assert len(records.entries(kind="archive_package")) == 4
        assert not records.check()


def test_records_that_cannot_be_opened_stop_the_archive_before_it_begins(
    capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    store, out = tmp_path / "records.db", tmp_path / "out"
    store.write_text("no database")
    status, _, err = run(capfd, "--records", store, "archive", case_in(tmp_path), "--out", out, "--no-pdf")
    assert (status, err.count("\n")) == (1, 1)
    assert "--no-records" in err
    assert not out.exists()


def test_the_records_find_a_bag_rewritten_together_with_the_register_above_it(tmp_path: Path) -> None:
    records = str(tmp_path / "records.sqlite")
    office = ArchiveOffice(records=records)
    case = with_materials(case_in(tmp_path))
    office.archive([case], tmp_path / "out", ArchiveOptions(as_of=AS_OF, pdf=False))
    bag = tmp_path / "out" / NAME / BAG
    (whole,) = office.verify([bag])
    assert "与发文台账中的校验值一致。" in whole.notes
    rewrite(bag)
    ledger = json.loads((tmp_path / "out" / LEDGER_FILE).read_text("utf-8"))
    for entry in ledger["档案包"]:
        manifest = (tmp_path / "out" / entry["位置"] / "manifest-sha256.txt").read_bytes()
        entry["校验值"] = hashlib.sha256(manifest).hexdigest()
    (tmp_path / "out" / LEDGER_FILE).write_text(json.dumps(ledger), "utf-8")
    (found,) = office.verify([bag])
    assert [str(fault) for fault in found.faults] == ["manifest-sha256.txt：与发文台账中的校验值不符：校验清单被改写过"]


def test_a_whole_bag_is_said_to_be_whole_with_the_digest_that_its_catalogue_prints(sealed: Path) -> None:
    found = verify(sealed / NAME / BAG)
    said = list(found.lines())
    assert said[1] == f"  {found.files} 个文件，完好，与归档时一致。"
    assert found.materials_digest in said[2]
    assert verify(sealed / NAME / BAG, found.materials_digest.upper()).notes[0] == "与所给的校验值一致。"


def test_a_digest_that_is_none_is_not_taken_for_agreement(bag: Path) -> None:
    (bag / "manifest-sha256.txt").unlink()
    assert "bag-stated" in {fault.code for fault in verify(bag, " ").faults} | {
        fault.code for fault in verify(bag, "abc").faults
    }


def test_a_folder_stands_for_the_bags_in_it(sealed: Path) -> None:
    for folder in (sealed, sealed / NAME):
        found = ArchiveOffice().verify([folder])
        assert len(found) == 4
        assert not any(one.refused for one in found)


def test_a_folder_without_bags_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageRefused, match="不是档案包，其中也没有档案包"):
        ArchiveOffice().verify([tmp_path])
    with pytest.raises(UsageRefused, match="文件夹不存在"):
        ArchiveOffice().verify([tmp_path / "nothing"])


def run(capfd: pytest.CaptureFixture[str], *words: str | Path) -> tuple[int | str | None, str, str]:
    with pytest.raises(SystemExit) as stopped:
        cli.run([str(word) for word in words])
    printed = capfd.readouterr()
    return stopped.value.code, printed.out, printed.err


def test_the_command_ends_with_one_where_something_is_wrong(
    capfd: pytest.CaptureFixture[str], sealed: Path, bag: Path
) -> None:
    status, out, _ = run(capfd, "verify", sealed)
    assert (status, out.count("完好，与归档时一致")) == (0, 4)
    rename(bag)
    status, out, err = run(capfd, "verify", bag)
    assert (status, err) == (1, "")
    assert "✕ data/029_改名.docx：改了名" in out
    status, out, _ = run(capfd, "verify", bag, "--json")
    (found,) = json.loads(out)
    assert (status, found["refused"], found["faults"][0]["code"]) == (1, True, "bag-renamed")


def test_a_digest_is_compared_with_one_bag_only(capfd: pytest.CaptureFixture[str], sealed: Path) -> None:
    status, _, err = run(capfd, "verify", sealed, "--digest", "0" * 64)
    assert status == 2
    assert "--digest 一次只核对一个档案包" in err


def test_the_command_archives_names_the_gaps_and_ends_with_one(
    capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    case = case_in(tmp_path)
    command = ("archive", case, "--out", tmp_path / "out", "--as-of", "2027-10-11", "--no-pdf")
    status, out, _ = run(capfd, *command)
    assert status == 1
    assert "✕ 林示例 工作总结（第二十七条）" in out
    with_materials(case)
    status, out, _ = run(capfd, *command, "--json")
    answer = json.loads(out)
    assert (status, answer["refused"], answer["cases"][0]["gaps"]) == (0, False, [])


def test_nothing_of_the_answer_is_kept_between_two_bags(sealed: Path) -> None:
    first, second = (verify(sealed / NAME / name) for name in (BAG, "01_案件文书档案"))
    assert isinstance(first, Verified)
    assert first.digest != second.digest
