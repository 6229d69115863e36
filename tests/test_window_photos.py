"""Rosters that name photos, made in the window: the photos come along, or it is said which are missing."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

pytest.importorskip("playwright", reason="playwright drives the pages")

from pictures_made import jpeg, png
from playwright.sync_api import FilePayload, Page, expect
from window_support import server_open, violations

from doc_forms.desk.photos import Given
from doc_forms.desk.runs import Runs
from doc_forms.errors import DocFormsError
from doc_forms.library import Library
from doc_forms.web.shell import BrowserShell

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
ROSTER, PHOTOS = EXAMPLES / "appointment_approval.xlsx", EXAMPLES / "照片"
LIN, ABDUL = "照片/林示例.jpg", "照片/阿卜杜热合曼.jpg"
WAYS = (LIN, ABDUL)


def zipped(files: dict[str, bytes], encoding: str = "utf-8") -> bytes:
    """A `.zip` with names as some system writes them: in GBK as Windows does, or in UTF-8 without saying so."""
    stream, written = io.BytesIO(), list[tuple[bytes, bytes]]()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for number, (name, data) in enumerate(files.items()):
            raw = name.encode(encoding)
            stand_in = name if name.isascii() else f"@{number:04d}".ljust(len(raw), "x")
            made.writestr(stand_in, data)
            written.append((stand_in.encode(), raw))
    whole = stream.getvalue()
    for stand_in_bytes, raw in written:
        whole = whole.replace(stand_in_bytes, raw)
    return whole


def photo(way: str) -> bytes:
    return (EXAMPLES / way).read_bytes()


def given(*files: tuple[str, bytes]) -> list[Given]:
    return [(name, io.BytesIO(data)) for name, data in files]


def in_papers(home: Path) -> set[bytes]:
    """Every picture in the papers that were made."""
    found = set()
    for file in home.glob("批量/*/*.docx"):
        with zipfile.ZipFile(file) as paper:
            found |= {paper.read(name) for name in paper.namelist() if name.startswith("word/media/")}
    return found


@pytest.fixture
def runs(tmp_path: Path, library: Library) -> Runs:
    """Batches that make their papers in a folder of their own."""
    return Runs(library, lambda: tmp_path / "批量")


def open_batch(tab: Page, office_url: str) -> None:
    tab.goto(office_url)
    tab.get_by_role("link", name="批量").click()
    tab.wait_for_load_state()


def make(tab: Page, count: int) -> None:
    tab.get_by_role("button", name=f"生成 {count} 份").click()
    expect(tab.locator(".result")).to_contain_text("已生成", timeout=30_000)
    tab.wait_for_load_state("networkidle")  # its script listens to the field for photographs by then


def test_photos_that_are_missing_are_named_and_added_on_the_page_of_the_batch(
    tab: Page, office_url: str, office_home: Path
) -> None:
    open_batch(tab, office_url)
    tab.locator("#roster").set_input_files(ROSTER)
    tab.get_by_role("button", name="核对名册").click()
    expect(tab.locator(".photos")).to_contain_text(f"还缺 2 张：{LIN}（第 3 行）、{ABDUL}（第 5 行）")
    expect(tab.locator("tr", has_text="第 3 行 B 列")).to_contain_text(f"没有找到照片“{LIN}”：请在上面补上")
    make(tab, 1)
    tab.locator("#photos").set_input_files([PHOTOS / "林示例.jpg"])
    expect(tab.locator(".photos")).to_contain_text("名册写到 2 张照片，还缺 1 张")
    assert violations(tab, tab.url) == []
    tab.locator("#photos").set_input_files([PHOTOS / "阿卜杜热合曼.jpg", EXAMPLES / "case.json"])
    expect(tab.locator("main")).to_contain_text("名册写到的 2 张照片都在")
    expect(tab.locator("main")).to_contain_text("没有用到的文件（名册里没有写到）：case.json")
    make(tab, 3)
    expect(tab.locator(".result")).to_contain_text("已生成 2 份，1 份已有、未重做")
    assert {photo(way) for way in WAYS} <= in_papers(office_home)


def test_a_roster_and_its_photos_are_chosen_together(tab: Page, office_url: str, office_home: Path) -> None:
    open_batch(tab, office_url)
    tab.locator("#roster").set_input_files([ROSTER, *PHOTOS.iterdir()])
    expect(tab.locator("#roster-chosen")).to_contain_text("appointment_approval.xlsx")
    tab.get_by_role("button", name="核对名册").click()
    make(tab, 3)
    assert {photo(way) for way in WAYS} <= in_papers(office_home)


def test_the_folder_of_a_roster_is_dropped_with_the_folder_of_its_photos(
    tab: Page, office_url: str, tmp_path: Path
) -> None:
    shutil.copytree(PHOTOS, tmp_path / "名册" / "照片")
    shutil.copy(ROSTER, tmp_path / "名册")
    open_batch(tab, office_url)
    box = tab.locator("[data-drop]").bounding_box()
    assert box is not None
    data = {"items": [], "files": [str(tmp_path / "名册")], "dragOperationsMask": 1}
    session = tab.context.new_cdp_session(tab)
    with tab.expect_navigation():
        for kind in ("dragEnter", "dragOver", "drop"):
            what = {"type": kind, "x": box["x"] + 300, "y": box["y"] + 60, "data": data}
            session.send("Input.dispatchDragEvent", what)
    expect(tab.locator("main")).to_contain_text("名册写到的 2 张照片都在")


def test_more_than_the_program_takes_is_told_before_it_is_sent(tab: Page, office_url: str) -> None:
    open_batch(tab, office_url)
    many = [FilePayload(name=f"{number}.jpg", mimeType="image/jpeg", buffer=b"x") for number in range(2001)]
    tab.locator("#roster").set_input_files(many)
    expect(tab.locator("#roster-chosen")).to_have_text("一次最多 2000 个文件，这次是 2001 个；请分几次，或打成 .zip")


class Choosing(BrowserShell):
    """A desktop whose clerk chooses these files, one after the other."""

    in_browser = False

    def __init__(self, *files: Path | None) -> None:
        super().__init__()
        self.files = list(files)

    def choose_file(self, called: str, endings: tuple[str, ...]) -> Path | None:
        assert (called, endings) == ("Excel 名册", ("xlsx",))
        return self.files.pop(0)


def test_in_the_programs_own_window_the_photos_beside_a_roster_come_along_and_it_is_read_again_when_it_changed(
    tab: Page, tmp_path: Path
) -> None:
    roster = tmp_path / "名册" / "审批表.xlsx"
    shutil.copytree(PHOTOS, roster.parent / "照片")
    shutil.copy(ROSTER, roster)
    (roster.parent / LIN).rename(roster.parent / "照片" / "林.jpg")
    with server_open(tmp_path / "home", Choosing(None, roster)) as address:
        open_batch(tab, address)
        choose = tab.get_by_role("button", name="选择名册")
        choose.click()
        expect(tab.get_by_role("heading", level=1)).to_have_text("批量生成")
        choose.click()
        expect(tab.locator(".photos")).to_contain_text(f"还缺 1 张：{LIN}（第 3 行）")
        book = openpyxl.load_workbook(roster)
        book["名册"]["B3"] = "照片/林.jpg"
        book.save(roster)
        tab.get_by_role("button", name="名册改过了，重新核对").click()
        expect(tab.locator("main")).to_contain_text("名册写到的 2 张照片都在")
        roster.unlink()
        tab.get_by_role("button", name="名册改过了，重新核对").click()
        expect(tab.get_by_role("alert")).to_contain_text("审批表.xlsx：无法读取，可能已移走、改名或没有权限")
        make(tab, 3)
        assert {photo(way) for way in WAYS} <= in_papers(tmp_path / "home")


@pytest.mark.parametrize("encoding", ["gbk", "utf-8"])
def test_a_zip_of_the_whole_folder_is_taken_whatever_system_wrote_its_names(encoding: str, runs: Runs) -> None:
    files = {f"九月/{way}": photo(way) for way in WAYS} | {f"九月/__MACOSX/{LIN}": b"x", "九月/照片/说明.txt": b"x"}
    packed = zipped({"九月/审批表.xlsx": ROSTER.read_bytes(), "九月/~$审批表.xlsx": b"x", **files}, encoding)
    run = runs.take_in(given(("九月.zip", packed)), None)
    assert (run.roster.name, run.good, run.photos.there, run.photos.missing) == ("审批表.xlsx", 3, 2, ())


def test_a_photo_is_found_by_as_much_of_its_way_as_there_is(runs: Runs) -> None:
    one, other = photo(LIN), jpeg(shade=3)
    packed = zipped({"备份/林示例.jpg": other, "九月/照片/林示例.JPG": one})
    run = runs.take_in(given((ROSTER.name, ROSTER.read_bytes()), ("照片.zip", packed)), None)
    assert (run.roster.parent / LIN).read_bytes() == one
    assert (run.photos.there, run.photos.unused) == (1, ("备份/林示例.jpg",))


def test_of_two_photos_that_could_be_meant_neither_is_taken_until_one_is_sent_alone(runs: Runs) -> None:
    two = [("林示例.jpg", photo(LIN)), ("林示例.jpg", jpeg(shade=3))]
    run = runs.take_in(given((ROSTER.name, ROSTER.read_bytes()), *two, ("阿卜杜热合曼.jpg", photo(ABDUL))), None)
    assert (run.photos.unclear, run.photos.absent) == (("林示例.jpg",), [(LIN, "第 3 行")])
    run.add(given(two[1]))
    assert (run.photos.unclear, run.good) == ((), 3)
    assert (run.roster.parent / LIN).read_bytes() == two[1][1]


def test_a_photo_that_is_too_large_or_none_is_told_at_its_row(runs: Runs) -> None:
    files = (("林示例.jpg", png() + bytes(2 << 20)), ("阿卜杜热合曼.jpg", b"x"))
    run = runs.take_in(given((ROSTER.name, ROSTER.read_bytes()), *files), None)
    assert [(fault.place.row, fault.message) for fault in run.faults] == [
        (3, "照片超过 2 MB，请缩小后再用"),
        (5, "照片不是 JPEG 或 PNG 图片，请用看图软件另存为 .jpg 后再用"),
    ]


LOCKED = bytearray(zipped({LIN: photo(LIN)}))
LOCKED[6] |= 1
LOCKED[LOCKED.find(b"PK\x01\x02") + 8] |= 1


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ([], "请先选择一个 .xlsx 文件"),
        ([("林示例.jpg", photo(LIN))], "选的文件里没有名册（.xlsx），请把名册和照片一起选"),
        ([("照片.zip", zipped({LIN: photo(LIN)}))], "选的文件里没有名册（.xlsx）"),
        ([("甲.xlsx", b"x"), ("乙.xlsx", b"x")], "一次只核对一份名册，选了 2 个：甲.xlsx、乙.xlsx"),
        ([("全部.zip", zipped({"甲.xlsx": b"x", "乙.xlsx": b"x"}))], "压缩包里有几个工作簿，认不出哪个是名册"),
        ([("照片.zip", bytes(LOCKED))], "照片.zip：压缩包有密码，请去掉密码重新压缩"),
        ([("照片.zip", zipped({"大.jpg": bytes(3 << 20)}))], "照片.zip：压缩包里的文件太多或太大"),
        ([("照片.zip", zipped({f"{number}.jpg": b"" for number in range(2001)}))], "请分成几个压缩包"),
        ([("照片.zip", zipped({"../外面.jpg": b"x"}))], "照片.zip：压缩包里有不合规的文件名"),
        ([("照片.zip", zipped({"甲.jpg": b"x", "甲.JPG": b"y"}))], "照片.zip：压缩包里有重名的文件"),
        ([("照片.zip", b"Rar!")], "照片.zip：不是压缩包，或已损坏"),
    ],
)
def test_what_cannot_be_taken_in_is_told_in_one_line_and_nothing_of_it_is_kept(
    files: Sequence[tuple[str, bytes]], said: str, runs: Runs
) -> None:
    roster = [(ROSTER.name, ROSTER.read_bytes())] if said.startswith(("照片.zip", "请分成")) else []
    with pytest.raises(DocFormsError) as refused:
        runs.take_in(given(*roster, *files), None)
    (fault,) = refused.value.faults
    assert said in str(fault)
    assert runs.all() == []
    assert list(Path(runs._desk.name).iterdir()) == []
