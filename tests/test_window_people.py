"""People into a case in the window: read, looked at with what is wrong at its cell, written once that is confirmed."""

from __future__ import annotations

import base64
import io
import tempfile
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("playwright", reason="playwright drives the pages")

from exchange_made import LIN, lrm_of
from pictures_made import jpeg
from playwright.sync_api import FilePayload, Page, expect
from window_support import open_sample, violations
from workbooks import save

from doc_forms.desk import Desk, RecordsChoice
from doc_forms.errors import FileRefused, UsageRefused
from doc_forms.exchange import ExchangePerson, read_person, write_lrmx

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
ROSTER, PHOTOS = EXAMPLES / "appointment_approval.xlsx", sorted((EXAMPLES / "照片").iterdir())
LIN_WAY, ABDUL_WAY = "照片/林示例.jpg", "照片/阿卜杜热合曼.jpg"
ABDUL = "阿卜杜热合曼·买买提依明"
OUYANG = ExchangePerson(name="欧阳清", sex="男", born="198010", photo=jpeg())
PASTED = "姓名\t性别\t出生年月\t现任职务\n甘试行\t女\t1986.04\t教务处副处长\n段测验\t男\t1980年13月\t工会副主席\n"


def desk_of(home: Path) -> Desk:
    return Desk(folder=home, records=RecordsChoice())


def people_in(desk: Desk, case: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = desk.open(case).values.get("考察对象", [])
    return found


def given(*people: ExchangePerson) -> list[tuple[str, io.BytesIO]]:
    return [(f"{person.name}.lrmx", io.BytesIO(write_lrmx(person))) for person in people]


def choose(page: Page, files: Sequence[tuple[str, bytes]]) -> None:
    given = [FilePayload(name=name, mimeType="application/octet-stream", buffer=data) for name, data in files]
    page.locator("#file").set_input_files(given)
    page.get_by_role("button", name="核对").click()


def new_case(page: Page, address: str) -> str:
    page.goto(address)
    page.get_by_label("新建选任案").fill("教务处处长选任")
    page.get_by_role("button", name="新建", exact=True).first.click()
    page.get_by_role("link", name="导入人员").click()
    return page.url.split("/")[4]


def test_pasted_people_are_shown_with_the_cell_that_is_wrong_and_written_once_confirmed(
    tab: Page, office_url: str, office_home: Path
) -> None:
    case = new_case(tab, office_url)
    tab.get_by_label("或者粘贴").fill(PASTED)
    tab.get_by_role("button", name="核对").click()
    wrong = tab.locator("tr.error")
    expect(wrong).to_contain_text("第 3 行 C 列")
    expect(wrong).to_contain_text("出生年月")
    expect(tab.locator("main")).to_contain_text("将新增 2 人")
    assert people_in(desk_of(office_home), case) == []
    tab.get_by_role("button", name="确认导入").click()
    expect(tab.get_by_role("status")).to_contain_text("已写入案件：新增 2 人")
    desk = desk_of(office_home)
    assert [person["姓名"] for person in people_in(desk, case)] == ["甘试行", "段测验"]
    assert desk.history.of(case)[0].note == "导入人员"
    tab.reload()
    expect(tab.get_by_role("status")).to_contain_text("新增 2 人")
    assert len(people_in(desk_of(office_home), case)) == 2


def test_exchange_files_come_in_with_their_photos_and_a_file_that_cannot_be_read_stops_no_other(
    tab: Page, office_url: str, office_home: Path
) -> None:
    case = new_case(tab, office_url)
    files = [("林示例.lrmx", write_lrmx(LIN)), ("欧阳清.lrm", lrm_of(OUYANG)), ("欧阳清.pic", jpeg())]
    choose(tab, [*files, ("坏.lrmx", b"<!DOCTYPE a><Person/>")])
    expect(tab.locator("tr.error")).to_contain_text("DOCTYPE")
    tab.get_by_role("button", name="确认导入").click()
    expect(tab.get_by_role("status")).to_contain_text("新增 2 人")
    found = {person["姓名"]: person for person in people_in(desk_of(office_home), case)}
    assert found.keys() == {"林示例", "欧阳清"}
    assert found["欧阳清"]["任免审批表"]["照片"]


def test_what_the_case_tells_differently_stays_unless_the_clerk_chooses_what_comes_in(
    tab: Page, office_url: str, office_home: Path
) -> None:
    case = new_case(tab, office_url)
    desk = desk_of(office_home)
    desk.people.accept(case, desk.people.offer(case, files=given(LIN)).id)
    other = write_lrmx(replace(LIN, born="198605"))
    for words, kept in (("保留案件中的", "1986-04"), ("以导入的为准", "1986-05")):
        tab.goto(tab.url)
        choose(tab, [("林示例.lrmx", other)])
        expect(tab.locator("tr.warning").last).to_contain_text("案件中为 1986.04，此处为 1986.05")
        tab.get_by_label(words).check()
        tab.get_by_role("button", name="确认导入").click()
        expect(tab.get_by_role("status")).to_be_visible()
        assert [person["出生年月"] for person in people_in(desk_of(office_home), case)] == [kept]
        tab.get_by_role("link", name="再导入").click()


def test_what_holds_no_people_is_refused_on_the_page_and_what_was_pasted_stays(tab: Page, office_url: str) -> None:
    new_case(tab, office_url)
    tab.get_by_role("button", name="核对").click()
    expect(tab.get_by_role("alert")).to_contain_text("请先选择文件，或")
    tab.get_by_label("或者粘贴").fill("甲\t乙\n丙\t丁")
    tab.get_by_role("button", name="核对").click()
    expect(tab.get_by_role("alert")).to_contain_text("找不到标题行")
    expect(tab.get_by_label("或者粘贴")).to_have_value("甲\t乙\n丙\t丁")
    choose(tab, [("报告.docx", b"PK\x03\x04")])
    expect(tab.get_by_role("alert")).to_contain_text("报告.docx")


def test_the_people_of_a_case_are_written_as_exchange_files_and_what_cannot_be_read_is_named(
    tab: Page, office_url: str, office_home: Path
) -> None:
    case = new_case(tab, office_url)
    desk = desk_of(office_home)
    desk.people.accept(case, desk.people.offer(case, files=given(OUYANG)).id)
    desk.put(case, {("考察对象", 0, "出生年月"): "八〇年"})
    tab.reload()
    tab.get_by_role("button", name="写出 1 人").click()
    expect(tab.get_by_role("status")).to_contain_text("已写出 1 人")
    (file,) = office_home.glob("任免审批表/*/*.lrmx")
    person, _ = read_person(file)
    assert (person.name, person.sex, person.born, person.photo) == ("欧阳清", "男", "", OUYANG.photo)
    expect(tab.locator("tr.error")).to_contain_text("出生年月")
    assert violations(tab, tab.url) == []


def test_exchange_files_are_compared_with_a_roster_and_nothing_is_changed_by_it(
    tab: Page, office_url: str, office_home: Path, tmp_path: Path
) -> None:
    case = new_case(tab, office_url)
    tab.get_by_role("link", name="与名册对照").click()
    tab.get_by_role("button", name="对照", exact=True).click()
    expect(tab.get_by_role("alert")).to_contain_text("请先选择要对照的任免审批表文件")
    people = [["林示例", "女", "1986.05"], ["欧阳清", "男", "1980.10"], ["甘试行", "女", ""]]
    roster = save(tmp_path / "名册.xlsx", {"名册": [["姓名", "性别", "出生年月"], *people]})
    files = [(file, stream.read()) for file, stream in given(LIN, OUYANG)]
    compare(tab, [*files, ("坏.lrmx", b"x")], roster)
    expect(tab.get_by_role("status")).to_contain_text("两边都有 2 人，其中 1 人完全一致；不同之处 2 处。")
    expect(tab.locator("tr.warning")).to_have_count(2)
    expect(tab.locator("tr.warning").first).to_contain_text("【林示例】为“1986.04”")
    expect(tab.locator("tr.warning").first).to_contain_text("工作表“名册”第 2 行 C 列“出生年月” 为“1986.05”")
    expect(tab.locator("tr.warning").last).to_contain_text("【甘试行】另一边没有此人")
    expect(tab.locator("tr.error")).to_contain_text("坏.lrmx")
    assert people_in(desk_of(office_home), case) == []
    tab.reload()
    expect(tab.get_by_role("status")).to_contain_text("不同之处 2 处")
    tab.get_by_role("link", name="再对照").click()
    compare(tab, [("报告.docx", b"PK\x03\x04")], roster)
    expect(tab.get_by_role("alert")).to_contain_text("报告.docx")


def compare(page: Page, files: Sequence[tuple[str, bytes]], roster: Path) -> None:
    held = [FilePayload(name=name, mimeType="application/octet-stream", buffer=data) for name, data in files]
    page.get_by_label("任免审批表文件").set_input_files(held)
    page.get_by_label("名册（.xlsx）").set_input_files(roster)
    page.get_by_role("button", name="对照", exact=True).click()


def test_a_photo_is_shown_on_its_page_changed_and_taken_out_and_never_posted_with_the_answers(
    tab: Page, office_url: str, office_home: Path
) -> None:
    case = new_case(tab, office_url)
    desk = desk_of(office_home)
    desk.people.accept(case, desk.people.offer(case, files=given(OUYANG)).id)
    start = tab.url.split("/case/")[0]
    tab.goto(f"{start}/case/{case}/5")
    expect(tab.locator("main")).not_to_contain_text("/9j/")
    page = f"{start}/case/{case}/5/candidates/0/approval"
    assert violations(tab, page) == []
    shown = tab.locator(".photo img")
    first = shown.get_attribute("src")
    photo = tab.get_by_label("照片")
    photo.set_input_files([FilePayload(name="照片.jpg", mimeType="image/jpeg", buffer=b"not a photo")])
    expect(tab.locator(".photo + .said")).to_contain_text("照片不是 JPEG 或 PNG 图片")
    with tab.expect_navigation():
        photo.set_input_files([FilePayload(name="照片.jpg", mimeType="image/jpeg", buffer=jpeg(200, 280))])
    expect(shown).not_to_have_attribute("src", str(first))
    with tab.expect_request(lambda request: request.method == "POST") as sent:
        tab.get_by_role("button", name="保存并继续").last.click()
    assert "%2F9j%2F" not in (sent.value.post_data or "")
    assert people_in(desk_of(office_home), case)[0]["任免审批表"]["照片"].startswith("/9j/")
    (change,) = desk_of(office_home).history.of(case)[0].changes
    assert (change.before, change.after) == ("（照片）", "（照片）")
    tab.goto(page)
    tab.locator(".photo").get_by_role("button", name="删除").click()
    expect(shown).to_have_count(0)
    assert not people_in(desk_of(office_home), case)[0].get("任免审批表", {}).get("照片")


def test_a_dropped_roster_is_read_at_once(tab: Page, office_url: str, tmp_path: Path) -> None:
    new_case(tab, office_url)
    file = save(tmp_path / "名册.xlsx", {"名册": [["姓名", "性别"], ["林示例", "女"], ["马晓㛃", "男"]]})
    tab.wait_for_load_state()
    with tab.expect_navigation():
        tab.evaluate(
            """(bytes) => {
            const held = new DataTransfer();
            held.items.add(new File([new Uint8Array(bytes)], "名册.xlsx"));
            document.querySelector("[data-drop]").dispatchEvent(
                new DragEvent("drop", { dataTransfer: held, bubbles: true, cancelable: true }));
        }""",
            list(file.read_bytes()),
        )
    expect(tab.get_by_role("heading", level=1)).to_have_text("核对要导入的人员")
    expect(tab.locator("table.dense").last).to_contain_text("马晓㛃")


def test_a_whole_folder_of_exchange_files_is_dropped_and_read(tab: Page, office_url: str, tmp_path: Path) -> None:
    new_case(tab, office_url)
    folder = tmp_path / "干部"
    folder.mkdir()
    for name, stream in given(LIN, OUYANG):
        (folder / name).write_bytes(stream.read())
    tab.wait_for_load_state()
    box = tab.locator("[data-drop]").bounding_box()
    assert box is not None
    data = {"items": [], "files": [str(folder)], "dragOperationsMask": 1}
    session = tab.context.new_cdp_session(tab)
    with tab.expect_navigation():
        for kind in ("dragEnter", "dragOver", "drop"):
            what = {"type": kind, "x": box["x"] + 300, "y": box["y"] + 60, "data": data}
            session.send("Input.dispatchDragEvent", what)
    expect(tab.get_by_role("heading", level=1)).to_have_text("核对要导入的人员")
    expect(tab.locator("main")).to_contain_text("将新增 2 人")


def test_the_pages_that_bring_people_in_are_without_fault_for_a_screen_reader(tab: Page, office_url: str) -> None:
    case = open_sample(tab, office_url)
    assert violations(tab, f"{case}/people") == []
    choose(
        tab,
        [
            ("林示例.lrmx", write_lrmx(replace(LIN, born="198605"))),
            ("坏.lrmx", b"x"),
            *[(f"{OUYANG.name}.lrmx", write_lrmx(OUYANG))],
        ],
    )
    assert violations(tab, tab.url) == []
    tab.get_by_role("button", name="确认导入").click()
    expect(tab.get_by_role("status")).to_be_visible()
    assert violations(tab, tab.url) == []


def test_a_case_that_was_changed_since_is_looked_at_again_before_anybody_comes_in(office_home: Path) -> None:
    desk = desk_of(office_home)
    case = desk.new("选任")
    offer = desk.people.offer(case, PASTED)
    desk.put(case, {("案件名称",): "处长选任"})
    again = desk.people.accept(case, offer.id)
    assert (again.done, again.id != offer.id, people_in(desk, case)) == (None, True, [])
    assert desk.people.accept(case, again.id).done is not None
    assert [person["姓名"] for person in people_in(desk, case)] == ["甘试行", "段测验"]
    with pytest.raises(UsageRefused, match="请重新选择文件或粘贴"):
        desk.people.accept(case, offer.id)


def test_one_person_in_two_sources_and_two_files_of_one_name_are_told(office_home: Path) -> None:
    desk = desk_of(office_home)
    case = desk.new("选任")
    text = "姓名\t性别\n林示例\t女"
    offer = desk.people.offer(case, text, [*given(LIN), ("林示例.lrmx", io.BytesIO(b"x"))])
    assert [fault.code for fault in offer.faults if fault.severity == "error"] == ["people-file-twice", "person-twice"]
    assert offer.joined.added == ["林示例"]
    with pytest.raises(FileRefused, match=r"请改选 照片\.lrm"):
        desk.people.offer(case, files=[("照片.pic", io.BytesIO(jpeg()))])


def photos_in(home: Path, case: str) -> dict[str, str]:
    """The photo of each person of a case."""
    people = people_in(desk_of(home), case)
    return {person["姓名"]: person.get("任免审批表", {}).get("照片", "") for person in people}


def in_case(way: str) -> str:
    """A photo of the examples as a case keeps it."""
    return base64.b64encode((EXAMPLES / way).read_bytes()).decode()


def choose_paths(page: Page, *files: Path) -> None:
    page.locator("#file").set_input_files(files)
    page.get_by_role("button", name="核对").click()


def test_photos_that_a_roster_names_come_in_with_it_from_wherever_they_were_chosen(
    tab: Page, office_url: str, office_home: Path
) -> None:
    case = new_case(tab, office_url)
    choose_paths(tab, ROSTER, *PHOTOS)
    expect(tab.locator("main")).to_contain_text("名册写到的 2 张照片都在")
    expect(tab.locator("tr.error")).to_have_count(0)
    tab.get_by_role("button", name="确认导入").click()
    expect(tab.get_by_role("status")).to_contain_text("新增 3 人")
    assert photos_in(office_home, case) == {"林示例": in_case(LIN_WAY), "白宁": "", ABDUL: in_case(ABDUL_WAY)}


def test_photos_that_are_missing_are_added_before_the_people_come_in(
    tab: Page, office_url: str, office_home: Path
) -> None:
    case = new_case(tab, office_url)
    choose_paths(tab, ROSTER)
    expect(tab.locator(".photos")).to_contain_text(f"还缺 2 张：{LIN_WAY}（第 3 行）、{ABDUL_WAY}（第 5 行）")
    expect(tab.locator("tr.error").first).to_contain_text(f"没有找到照片“{LIN_WAY}”：请在上面补上")
    assert violations(tab, tab.url) == []
    tab.locator("#photos").set_input_files([FilePayload(name="照片.zip", mimeType="application/zip", buffer=b"Rar!")])
    expect(tab.get_by_role("alert")).to_contain_text("照片.zip：不是压缩包，或已损坏")
    tab.wait_for_load_state("networkidle")
    tab.locator("#photos").set_input_files(PHOTOS)
    expect(tab.locator("main")).to_contain_text("名册写到的 2 张照片都在")
    expect(tab.locator("tr.error")).to_have_count(0)
    assert people_in(desk_of(office_home), case) == []
    tab.get_by_role("button", name="确认导入").click()
    expect(tab.get_by_role("status")).to_contain_text("新增 3 人")
    assert photos_in(office_home, case)[ABDUL] == in_case(ABDUL_WAY)


def test_a_zip_of_the_folder_brings_the_roster_its_photos_and_exchange_files(office_home: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as packed:
        packed.write(ROSTER, "九月/名册.xlsx")
        packed.write(EXAMPLES / LIN_WAY, f"九月/{LIN_WAY}")
        packed.writestr("九月/欧阳清.lrm", lrm_of(OUYANG))
        packed.writestr("九月/欧阳清.pic", jpeg())
        packed.writestr("九月/~$名册.xlsx", b"x")
    stream.seek(0)
    desk = desk_of(office_home)
    case = desk.new("选任")
    offer = desk.people.offer(case, files=[("九月.zip", stream)])
    assert offer.joined.added == ["林示例", "白宁", ABDUL, "欧阳清"]
    assert (offer.gathered.there, offer.gathered.absent) == (1, [(ABDUL_WAY, "第 5 行")])
    again = desk.people.add_photos(
        case, offer.id, [("阿卜杜热合曼.jpg", io.BytesIO((EXAMPLES / ABDUL_WAY).read_bytes()))]
    )
    assert (again.gathered.there, again.gathered.missing) == (2, ())
    desk.people.accept(case, again.id)
    assert all(photos_in(office_home, case)[name] for name in ("林示例", ABDUL, "欧阳清"))
    with pytest.raises(UsageRefused, match="这次不用再补照片"):
        desk.people.add_photos(case, again.id, [("甲.jpg", io.BytesIO(b"x"))])


def test_pasted_cells_name_photos_that_were_chosen_and_no_other_file(
    office_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(EXAMPLES)  # a program started beside photos has not been given them
    desk = desk_of(office_home)
    case = desk.new("选任")
    text = f"姓名\t照片\n林示例\t{LIN_WAY}\n"
    alone = desk.people.offer(case, text)
    assert [fault.message.partition("：")[0] for fault in alone.faults] == [f"没有找到照片“{LIN_WAY}”"]
    both = desk.people.offer(case, text, [("林示例.jpg", io.BytesIO((EXAMPLES / LIN_WAY).read_bytes()))])
    assert (both.faults, both.gathered.there) == ([], 1)


def test_what_was_sent_lies_nowhere_once_no_photo_can_be_added(
    office_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "temporary"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    desk = desk_of(office_home)
    case = desk.new("选任")

    def roster() -> list[tuple[str, io.BytesIO]]:
        return [(ROSTER.name, io.BytesIO(ROSTER.read_bytes()))]

    photos = [(file.name, io.BytesIO(file.read_bytes())) for file in PHOTOS]
    with pytest.raises(FileRefused, match="没有名册"):
        desk.people.offer(case, files=photos)
    desk.people.offer(case, files=[*roster(), *((name, io.BytesIO(data.getvalue())) for name, data in photos)])
    assert list(place.iterdir()) == []
    desk.people.offer(case, files=roster())
    offer = desk.people.offer(case, files=roster())
    assert len(list(place.iterdir())) == 1
    desk.people.accept(case, offer.id)
    assert list(place.iterdir()) == []
