from __future__ import annotations

import os
import tracemalloc
from pathlib import Path

import pytest
from packages_made import (
    DOCUMENT,
    SHEET,
    TYPES,
    Parts,
    W,
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

from doc_forms.errors import Place
from doc_forms.packages import check_workbook
from doc_forms.packages.fields import FieldReader, is_plain
from doc_forms.packages.markup import read


@pytest.fixture
def word() -> Parts:
    return word_parts()


@pytest.fixture
def excel() -> Parts:
    return excel_parts()


# --- DOCTYPE ----------------------------------------------------------------------------------------------

LAUGHS = '<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;&b;">]>'


@pytest.mark.parametrize(
    "declaration",
    [LAUGHS, '<!DOCTYPE a SYSTEM "file:///etc/passwd">', "<!DOCTYPE a>", "<!--" + "x" * 9000 + "--><!DOCTYPE a>"],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_doctype_is_refused_in_any_part_wherever_it_stands(
    word: Parts, excel: Parts, declaration: str, encoding: str
) -> None:
    for parts, part, refuse in ((word, "docProps/core.xml", word_refusal), (excel, SHEET, excel_refusal)):
        parts[part] = (declaration + '<a xmlns="x"/>').encode(encoding)
        assert f"{part}：文件含有不允许的 XML 声明（DOCTYPE），已拒绝。" in refuse(parts)


def test_a_doctype_in_the_directory_parts_is_refused_too() -> None:
    for part in (TYPES, "_rels/.rels", "word/_rels/document.xml.rels"):
        parts = members_of(word_bytes())
        parts[part] = b"<!DOCTYPE a><a/>"
        assert f"{part}：文件含有不允许的 XML 声明" in word_refusal(parts)


# --- active and outside content ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("part", "content_type", "kind", "message"),
    [
        ("word/vbaProject.bin", "application/vnd.ms-office.vbaProject", "x:vbaProject", "模板含有宏，已拒绝"),
        ("word/harmless.bin", "application/vnd.ms-office.vbaProject", "x:harmless", "模板含有宏，已拒绝"),
        ("word/JDEData.bin", "application/xml", "x:jdeExtension", "模板含有 WPS 宏，已拒绝"),
        ("word/activeX/activeX1.xml", "application/vnd.ms-office.activeX+xml", "control", "模板含有 ActiveX 控件"),
        ("word/embeddings/o.bin", "application/vnd.openxmlformats-officedocument.oleObject", "oleObject", "嵌入对象"),
        ("word/a.xlsx", "application/xml", "package", "嵌入对象"),
        ("word/afchunk.htm", "text/html", "aFChunk", "附加的外部内容"),
        ("word/x.bin", "application/x-evil", "x:y", "不认识的内容（类型：application/x-evil）"),
    ],
)
def test_active_and_unknown_content_is_named(
    word: Parts, part: str, content_type: str, kind: str, message: str
) -> None:
    put(word, part, b"<a/>", content_type)
    relate(word, DOCUMENT, kind, f"/{part}")
    assert f"任职通知.docx {part}：" in word_refusal(word)
    assert message in word_refusal(word)


def test_a_part_whose_type_nobody_declared_is_refused(word: Parts) -> None:
    word["word/x.bin"] = b""
    assert "word/x.bin：模板含有不认识的内容（类型：未声明）" in word_refusal(word)


@pytest.mark.parametrize(
    ("kind", "message"),
    [
        (
            "attachedTemplate",
            "外部链接（外部模板：http://example.org/x），已拒绝；请在 Word 的“开发工具—文档模板”中改为",
        ),
        ("image", "模板含有外部链接（图片：http://example.org/x），已拒绝；请删除后再用。"),
        ("oleObject", "外部链接（嵌入对象："),
        ("frame", "外部链接（其他文件："),
    ],
)
def test_a_link_out_of_the_document_is_shown(word: Parts, kind: str, message: str) -> None:
    relate(word, DOCUMENT, kind, "http://example.org/x", "External")
    assert message in word_refusal(word)


def test_a_linked_picture_without_a_relationship_is_found(word: Parts) -> None:
    in_body(
        word, '<w:p xmlns:v="urn:schemas-microsoft-com:vml"><w:pict><v:imagedata src="\\\\host\\x.png"/></w:pict></w:p>'
    )
    assert "外部链接（图片：\\\\host\\x.png）" in word_refusal(word)


@pytest.mark.parametrize("element", ["altChunk", "subDoc", "control", "mailMerge"])
def test_content_from_elsewhere_is_refused_by_its_element(word: Parts, element: str) -> None:
    in_body(word, f"<w:{element}/>")
    assert "word/document.xml：模板含有" in word_refusal(word)


def test_a_dde_link_in_a_workbook_is_refused(excel: Parts) -> None:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.externalLink+xml"
    dde = f'<externalLink xmlns="{main}"><ddeLink ddeService="cmd" ddeTopic="/c calc"/></externalLink>'
    put(excel, "xl/externalLinks/externalLink1.xml", dde, content_type)
    assert "工作簿含有 DDE 或 OLE 链接" in excel_refusal(excel)


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        (["DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe"], "DDEAUTO"),
        ([" D", "D", "E excel"], "DDE"),
        (["includetext ", '"x"'], "INCLUDETEXT"),
        (["INCLUDEPICTURE x"], "INCLUDEPICTURE"),
        (['"LINK" Excel.Sheet.8'], "LINK"),
        (["MACROBUTTON NoMacro x"], "MACROBUTTON"),
        (["{{ 域 }}"], "{{"),
    ],
)
def test_a_field_that_reads_or_runs_is_refused_however_it_is_cut(word: Parts, code: list[str], shown: str) -> None:
    in_body(word, field_runs(*code))
    assert f"word/document.xml：模板含有不允许的域“{shown}”" in word_refusal(word)


def test_a_field_may_hide_neither_in_a_simple_field_nor_in_another_nor_unfinished() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    inner = field_runs("DDE x")[5:-6]
    for markup in (
        '<w:p><w:fldSimple w:instr=" DDE cmd "/></w:p>',
        f"<w:p>{begin}<w:r><w:instrText>IF </w:instrText></w:r>{inner}</w:p>",
        f"<w:p>{begin}<w:r><w:instrText>DDE x</w:instrText></w:r></w:p>",
        "<w:p><w:r><w:delInstrText>DDE x</w:delInstrText></w:r></w:p>",
        f"<w:p>{begin}{field_runs('QUOTE 68')[5:-6]}<w:r><w:instrText>DE x</w:instrText></w:r></w:p>",
    ):
        parts = members_of(word_bytes())
        in_body(parts, markup)
        assert "模板含有不允许的域" in word_refusal(parts)


def test_a_field_in_a_header_is_found(word: Parts) -> None:
    header = f"<w:hdr {W}>{field_runs('DDE x')}</w:hdr>"
    put(word, "word/header9.xml", header, "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml")
    assert "word/header9.xml：模板含有不允许的域“DDE”" in word_refusal(word)


def test_every_reason_is_told_at_once(word: Parts) -> None:
    put(word, "word/vbaProject.bin", b"", "application/vnd.ms-office.vbaProject")
    relate(word, DOCUMENT, "image", "http://example.org/x.png", "External")
    in_body(word, field_runs("DDE x"))
    lines = word_refusal(word).splitlines()
    assert len(lines) == 3


# --- cells ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "markup",
    [
        b'<row r="99999999999"><c t="n"><v>1</v></c></row>',
        b"<row r='1048577'/>",
        b'<row\nspans="1:2"\tr = "99999999999"/>',
        b'<row r="&#57;9999999"/>',
        b'<row r="0"/>',
        b'<row r="-5"/>',
        b'<row r="5"><c r="XFE5"/></row>',
        b'<row r="5"><c r="ZZZZZ5"/></row>',
        b'<x:row xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main" r="99999999999"/>',
        b"<row" + b" " * 9000 + b'r="99999999999"/>',
    ],
)
def test_a_cell_outside_the_sheet_is_refused(excel: Parts, markup: bytes) -> None:
    excel[SHEET] = excel[SHEET].replace(b"</sheetData>", markup + b"</sheetData>")
    assert "sheet1.xml：行号或单元格编号“" in excel_refusal(excel)
    text = excel[SHEET].decode()
    excel[SHEET] = text[text.index("<worksheet") :].encode("utf-16")
    assert "超出 Excel 的范围（1048576 行、XFD 列），已拒绝；请重新导出。" in excel_refusal(excel)


def test_a_cell_outside_the_sheet_is_found_across_the_borders_of_chunks(excel: Parts) -> None:
    head, _, tail = excel[SHEET].partition(b"</sheetData>")
    for shift in range(0, 24, 3):
        filler = os.urandom((1 << 19) - len(head) // 2 - shift + 12).hex().encode()[: (1 << 20) - len(head) - shift]
        comment = b"<!--" + filler[7:] + b"-->"
        excel[SHEET] = head + comment + b'<row r="99999999999"/></sheetData>' + tail
        assert "行号或单元格编号“99999999999”" in excel_refusal(excel)


@pytest.mark.parametrize(
    "markup",
    [
        b'<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>',
        b'<mergeCells><mergeCell ref="A:A"/></mergeCells>',
        b'<hyperlinks><hyperlink tooltip=" > " location="x" ref="A1:Z99999"/></hyperlinks>',
        b"<mergeCells>" + b'<mergeCell ref="A1:XFD1"/>' * 13 + b"</mergeCells>",
        b'<mergeCells><mergeCell ref="A1:&#88;FD1048576"/></mergeCells>',
    ],
)
def test_a_range_that_would_be_filled_with_millions_of_cells_is_refused(excel: Parts, markup: bytes) -> None:
    excel[SHEET] = excel[SHEET].replace(b"</sheetData>", b"</sheetData>" + markup)
    assert "合并单元格或超链接的范围过大" in excel_refusal(excel)


def test_a_sheet_of_forty_thousand_rows_passes_in_flat_memory(excel: Parts, tmp_path: Path) -> None:
    cells = "".join(
        f'<c r="{letter}%d" t="inlineStr"><is><t>示例学院党总支书记%d</t></is></c>' for letter in "ABCDEFGH"
    )
    peaks = []
    for rows in (1_000, 40_000):
        filled = "".join(f'<row r="{row}">{cells}</row>' % ((row,) * 16) for row in range(3, rows)).encode()
        book = excel | {SHEET: excel[SHEET].replace(b"</sheetData>", filled + b"</sheetData>")}
        path = tmp_path / f"{rows}.xlsx"
        path.write_bytes(zipped(book))
        tracemalloc.start()
        check_workbook(path)
        peaks.append(tracemalloc.get_traced_memory()[1] - path.stat().st_size)
        tracemalloc.stop()
    assert peaks[1] < 8 << 20


# --- Parts that need no closer look ------------------------------------------------------------------------

OLE = "urn:schemas-microsoft-com:office:office"


@pytest.mark.parametrize(
    "markup",
    [
        f'<a><x:OLEObject xmlns:x="{OLE}"/></a>',
        f'<OLEObject xmlns="{OLE}"/>',
        f'<a><名:OLEObject\n xmlns:名="{OLE}"></名:OLEObject></a>',
        f'<?xml version="1.0"?><!-- a --><a xmlns:x="{OLE}"><b/><x:OLEObject\t/></a>',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_embedded_content_is_found_in_any_part_however_it_is_spelt(word: Parts, markup: str, encoding: str) -> None:
    word["word/styles.xml"] = markup.encode(encoding)
    assert "word/styles.xml：模板含有嵌入对象，已拒绝" in word_refusal(word)


def test_most_of_a_template_needs_no_closer_look_and_where_it_is_taken_it_finds_the_same() -> None:
    plain = looked_at = 0
    for part, data in word_parts().items():
        if part.endswith((".xml", ".rels")):
            reader = FieldReader(Place(part=part))
            read([data], reader)
            looked_at += 1
            plain += is_plain(data)
            assert reader.faults == []
    assert plain > looked_at / 2
