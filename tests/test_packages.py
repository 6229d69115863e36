from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest
from packages_made import (
    DOCUMENT,
    RELS,
    SHEET,
    TYPES,
    Parts,
    excel_bytes,
    excel_parts,
    excel_refusal,
    field_runs,
    in_body,
    members_of,
    put,
    relate,
    word_bytes,
    word_parts,
    word_refusal,
    zipped,
)

from doc_forms.errors import FileRefused
from doc_forms.packages import check_workbook, open_template, refusing_damage, template_from_bytes


@pytest.fixture
def word() -> Parts:
    return word_parts()


@pytest.fixture
def excel() -> Parts:
    return excel_parts()


# --- what passes ------------------------------------------------------------------------------------------


def test_a_plain_document_passes_with_its_parts_in_order(word: Parts, tmp_path: Path) -> None:
    path = tmp_path / "任职通知.docx"
    path.write_bytes(zipped(word))
    package = open_template(path)
    assert package.name == "任职通知.docx"
    assert list(package.parts.items()) == list(word.items())


def test_a_plain_workbook_passes(tmp_path: Path) -> None:
    path = tmp_path / "名册.xlsx"
    path.write_bytes(excel_bytes())
    check_workbook(path)


@pytest.mark.parametrize(
    ("name", "content", "content_type"),
    [
        ("docProps/custom.xml", "<p/>", "application/vnd.openxmlformats-officedocument.custom-properties+xml"),
        ("customXml/item1.xml", "<p/>", "application/xml"),
        ("customXml/itemProps1.xml", "<p/>", "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"),
        ("word/theme/theme2.xml", "<p/>", "application/vnd.openxmlformats-officedocument.theme+xml"),
        ("word/fonts/font1.odttf", b"\1\2", "application/vnd.openxmlformats-officedocument.obfuscatedFont"),
        ("word/media/image1.png", b"\x89PNG", "image/png"),
        ("word/media/image1.jpeg", b"\xff\xd8", "image/jpeg"),
        ("word/media/image1.gif", b"GIF89a", "image/gif"),
        ("word/media/image1.emf", b"\1\0", "image/x-emf"),
        ("word/media/image1.wmf", b"\xd7\xcd", "image/x-wmf"),
        *(
            (f"word/{stem}.xml", "<p/>", f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml")
            for stem, kind in [
                ("web", "webSettings"),
                ("commentsExtended", "commentsExtended"),
                ("commentsIds", "commentsIds"),
                ("people", "people"),
                ("glossary/document", "document.glossary"),
            ]
        ),
    ],
)
def test_what_word_and_wps_write_into_ordinary_documents_passes(
    word: Parts, name: str, content: bytes | str, content_type: str
) -> None:
    put(word, name, content, content_type)
    assert name in template_from_bytes(zipped(word), "任职通知.docx").parts


def test_hyperlinks_and_printing_fields_stay(word: Parts) -> None:
    relate(word, DOCUMENT, "hyperlink", "https://example.org/", "External")
    in_body(word, field_runs(" PA", "GE \\* MERGEFORMAT ") + field_runs(" = 2 + 3 ") + field_runs(' TOC \\o "1-3" '))
    in_body(word, '<w:p><w:fldSimple w:instr=" NUMPAGES "/></w:p>')
    nested = field_runs("IF ", "X").replace("X</w:instrText></w:r>", "</w:instrText></w:r>" + field_runs("PAGE")[5:-6])
    in_body(word, nested)
    assert template_from_bytes(zipped(word), "任职通知.docx").parts


def test_folder_entries_of_a_repacked_document_are_left_out(word: Parts) -> None:
    package = template_from_bytes(zipped({"word/": b"", **word}), "任职通知.docx")
    assert "word/" not in package.parts


def test_a_utf_16_part_passes(word: Parts, excel: Parts, tmp_path: Path) -> None:
    for parts, name in ((word, "word/styles.xml"), (excel, SHEET)):
        text = parts[name].decode().partition("?>")[2] or parts[name].decode()
        parts[name] = text.encode("utf-16")
    template_from_bytes(zipped(word), "任职通知.docx")
    (tmp_path / "名册.xlsx").write_bytes(zipped(excel))
    check_workbook(tmp_path / "名册.xlsx")


def test_a_workbook_may_link_to_another_book_because_the_link_is_never_followed(excel: Parts, tmp_path: Path) -> None:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    link = "xl/externalLinks/externalLink1.xml"
    content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.externalLink+xml"
    put(excel, link, f'<externalLink xmlns="{main}"><externalBook/></externalLink>', content_type)
    relate(excel, "xl/workbook.xml", "externalLink", "externalLinks/externalLink1.xml")
    relate(excel, link, "externalLinkPath", "file:///D:/2026/人员.xlsx", "External")
    (tmp_path / "名册.xlsx").write_bytes(zipped(excel))
    check_workbook(tmp_path / "名册.xlsx")


def test_the_outermost_cell_and_a_merged_heading_are_inside_the_sheet(excel: Parts, tmp_path: Path) -> None:
    last = b'<row r="1048576"><c r="XFD1048576"/></row></sheetData><mergeCells><mergeCell ref="A1:L1"/></mergeCells>'
    excel[SHEET] = excel[SHEET].replace(b"</sheetData>", last)
    (tmp_path / "名册.xlsx").write_bytes(zipped(excel))
    check_workbook(tmp_path / "名册.xlsx")


def test_text_that_looks_like_a_reference_is_only_text(excel: Parts, tmp_path: Path) -> None:
    cell = b'<row r="9"><c r="A9" t="inlineStr"><is><t>see r="99999999999"</t></is></c></row></sheetData>'
    excel[SHEET] = excel[SHEET].replace(b"</sheetData>", cell)
    (tmp_path / "名册.xlsx").write_bytes(zipped(excel))
    check_workbook(tmp_path / "名册.xlsx")


# --- no Office file at all --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "名册.xlsx：文件是空的（0 字节）；请重新导出。"),
        (b"<html><body><table>", "名册.xlsx：不是 Excel 工作簿（实为网页）"),
        ("<!DOCTYPE html>".encode("utf-16"), "（实为网页）"),
        (b'<?xml version="1.0"?><Workbook>', "（实为 XML 文本）"),
        ("姓名,性别\n张三,男".encode("gbk"), "（实为文本，如 CSV），请在 Excel 中打开，另存为“Excel 工作簿 (.xlsx)”。"),
        (b"%PDF-1.7", "（实为 PDF）"),
        (b"{\\rtf1", "（实为 RTF 文本）"),
        (b"\x7fELF\0\0", "（实为其他格式）"),
        (zipped({"a.txt": b"a"}), "（实为压缩包）"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "文件为旧格式或已加密，请去除密码后另存为 .xlsx。"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "文件已加密，请去除密码后另存为 .xlsx。",
        ),
        (b"PK\x03\x04" + bytes(21 << 20), "文件超过 20 MB"),
    ],
)
def test_what_is_no_workbook_is_named_with_its_remedy(data: bytes, message: str) -> None:
    assert message in excel_refusal(data)


def test_a_missing_file_a_folder_and_a_pipe_each_give_a_line(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.docx")
    for path, message in [
        (tmp_path / "没有.docx", "没有.docx：找不到此文件"),
        (tmp_path, "这是文件夹"),
        (tmp_path / "pipe.docx", "不是普通文件"),
        (tmp_path / "a\0b.docx", "文件无法读取"),
        (tmp_path / ("长" * 200 + ".docx"), "文件无法读取"),
    ]:
        with pytest.raises(FileRefused, match=message):
            open_template(path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_read_permission_gives_a_line(tmp_path: Path) -> None:
    path = tmp_path / "任职通知.docx"
    path.write_bytes(word_bytes())
    path.chmod(0)
    with pytest.raises(FileRefused, match="没有读取权限"):
        open_template(path)


# --- the wrong kind ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content_type", "message"),
    [
        (
            "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
            "文件实为 Word 模板文件（.dotx）；请将模板另存为“Word 文档 (.docx)”。",
        ),
        ("application/vnd.ms-word.document.macroEnabled.main+xml", "启用宏的 Word 文档（.docm）；请将模板另存为"),
        ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml", "文件实为 Excel 工作簿"),
        ("application/x-whatever", "文件实为其他类型的文件"),
    ],
)
def test_another_kind_of_package_says_what_it_is(word: Parts, content_type: str, message: str) -> None:
    main = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    word[TYPES] = word[TYPES].replace(main, content_type.encode())
    assert message in word_refusal(word)


def test_strict_open_xml_is_to_be_saved_again(word: Parts) -> None:
    strict = b"http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument"
    word["_rels/.rels"] = word["_rels/.rels"].replace(f"{RELS}/officeDocument".encode(), strict)
    assert "文件为 Strict Open XML 格式；请将模板另存为“Word 文档 (.docx)”。" in word_refusal(word)


def test_a_macro_enabled_workbook_is_to_be_saved_again(excel: Parts) -> None:
    main = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    excel[TYPES] = excel[TYPES].replace(main, b"application/vnd.ms-excel.sheet.macroEnabled.main+xml")
    assert "启用宏的 Excel 工作簿（.xlsm）；请将工作簿另存为“Excel 工作簿 (.xlsx)”。" in excel_refusal(excel)


# --- damage -----------------------------------------------------------------------------------------------


def test_every_truncation_of_a_document_is_one_line() -> None:
    for length in range(4, len(word_bytes()), len(word_bytes()) // 40):
        assert word_refusal(word_bytes()[:length]).startswith("任职通知.docx")


def test_a_flipped_bit_is_refused_or_changes_nothing() -> None:
    whole = members_of(word_bytes())
    for at in range(0, len(word_bytes()), len(word_bytes()) // 60):
        flipped = bytearray(word_bytes())
        flipped[at] ^= 0x10
        try:
            parts = template_from_bytes(bytes(flipped), "任职通知.docx").parts
        except FileRefused as refusal:
            assert "任职通知.docx" in str(refusal)  # noqa: PT017 - either outcome is right, each has its demand
        else:
            assert sorted(parts.values()) == sorted(whole.values())


@pytest.mark.parametrize("content", [b"<w:document", b"", b"<a><b></a>", b"<a>\x0b</a>", b"<a>&xxe;</a>", b"<a x=1/>"])
def test_a_part_that_is_not_well_formed_is_named(word: Parts, content: bytes) -> None:
    word["word/styles.xml"] = content
    assert word_refusal(word) == "任职通知.docx word/styles.xml：文件已损坏，无法读取。请重新导出或另存后再试。"


def test_a_broken_sheet_is_named(excel: Parts) -> None:
    excel[SHEET] = excel[SHEET][:-20]
    assert "名册.xlsx xl/worksheets/sheet1.xml：文件已损坏，无法读取。" in excel_refusal(excel)


def test_very_deep_markup_is_refused(word: Parts) -> None:
    word["word/styles.xml"] = b"<a>" * 5000 + b"</a>" * 5000
    assert "word/styles.xml：模板的内容过多或嵌套过深" in word_refusal(word)


def test_another_encoding_is_refused_because_two_readers_may_read_it_differently(word: Parts) -> None:
    for content in (b'<?xml version="1.0" encoding="utf-7"?><a/>', "<a/>".encode("utf-16-le")):
        word["word/styles.xml"] = content
        assert "word/styles.xml：文件内的 XML 编码不是 UTF-8" in word_refusal(word)


def test_a_relationship_to_nothing_names_its_target(word: Parts, excel: Parts) -> None:
    relate(word, DOCUMENT, "image", "media/NULL.png")
    assert "word/_rels/document.xml.rels：文件已损坏：引用的部件“media/NULL.png”不存在" in word_refusal(word)
    relate(excel, "xl/workbook.xml", "sharedStrings", "nothing.xml")
    assert "引用的部件“nothing.xml”不存在" in excel_refusal(excel)


def test_whatever_a_library_raises_on_a_broken_file_becomes_one_line() -> None:
    for error in (KeyError("x"), TypeError("expected <class 'Fill'>"), IndexError(), zipfile.BadZipFile()):
        with pytest.raises(FileRefused, match=r"名册.xlsx：文件已损坏"), refusing_damage("名册.xlsx"):
            raise error
