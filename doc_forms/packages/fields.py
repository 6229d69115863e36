"""What a Word part may tell Word to do: fields by list, no linked or embedded content in the text."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lxml import etree

from doc_forms.errors import Fault, FileRefused, Place
from doc_forms.packages.markup import Reader, declares_other_encoding

# A tree of this many elements takes about 100 MB; a form of three pages has some 10 000.
MOST_ELEMENTS = 500_000
MOST_LEVELS = 250  # libxml2 builds no deeper trees
_NESTED = "\ufffc"
_SHOWN = 20

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_VML = "{urn:schemas-microsoft-com:vml}"
_OFFICE = "{urn:schemas-microsoft-com:office:office}"
_INSTRUCTIONS = {_W + "instrText", _W + "delInstrText"}
_PICTURES = {_VML + "imagedata", _VML + "fill", _VML + "stroke"}
_ELSEWHERE = re.compile(r"\s*(?:https?:|ftp:|file:|\\\\|//)", re.IGNORECASE)
_REFUSED = {
    _W + "altChunk": "附加的外部内容",
    _W + "subDoc": "子文档",
    _W + "control": "ActiveX 控件",
    _W + "mailMerge": "邮件合并数据源",
    _OFFICE + "OLEObject": "嵌入对象",
}

# Fields that print something or number something. Those that start a program, read a file or a database, or
# run a macro (DDE, LINK, INCLUDE..., DATABASE, MACROBUTTON, ...) are not here, and neither are unknown ones.
_FIELDS = frozenset(
    """
    = ADDIN ADVANCE AUTHOR AUTONUM AUTONUMLGL AUTONUMOUT BARCODE BIBLIOGRAPHY CITATION COMMENTS COMPARE
    CREATEDATE DATE DISPLAYBARCODE DOCPROPERTY DOCVARIABLE EDITTIME EQ FILENAME FILESIZE FORMCHECKBOX
    FORMDROPDOWN FORMTEXT HYPERLINK IF INDEX INFO KEYWORDS LASTSAVEDBY LISTNUM MERGEFIELD NEXT NEXTIF NOTEREF
    NUMCHARS NUMPAGES NUMWORDS PAGE PAGEREF PRINTDATE PRIVATE QUOTE REF REVNUM SAVEDATE SECTION SECTIONPAGES
    SEQ SET SHAPE STYLEREF SUBJECT SYMBOL TA TC TEMPLATE TIME TITLE TOA TOC USERADDRESS USERINITIALS USERNAME XE
    """.split(),
)
_KEYWORD = re.compile(r'\s*"?([^\s"\\]*)')
_JUDGED = {name.rpartition("}")[2] for name in (*_INSTRUCTIONS, *_PICTURES, *_REFUSED)} | {"fldChar", "fldSimple"}
_ANY_JUDGED = re.compile(rf"[<:](?:{'|'.join(sorted(_JUDGED))})[\s/>]".encode())


def is_plain(data: bytes) -> bool:
    """Whether a part is well-formed, of fair size and depth, and names nothing that `FieldReader` judges.

    Styles and themes are the greater part of a template, and looking at each of their elements takes longer than all
    else that is done with it. What is not surely plain (UTF-16, a DOCTYPE) is left to the closer look, and so is the
    word on what is wrong.
    """
    if b"\0" in data or b"<!D" in data or data.count(b"<") > MOST_ELEMENTS or _ANY_JUDGED.search(data):
        return False
    try:
        etree.fromstring(data, etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True))
    except etree.XMLSyntaxError:
        return False
    return not declares_other_encoding(data)


class FieldReader(Reader):
    """Reads one part of a template and gathers what Word would follow or run.

    A field's code may be cut over many runs and hold further fields; it is put together before it is judged,
    and a field inside the code counts as one unknown letter of it.
    """

    def __init__(self, place: Place) -> None:
        """Start outside any field, where code may be left over as well."""
        super().__init__(place)
        self.faults: list[Fault] = []
        self._open: list[_Code] = [_Code()]
        self._in_code = False
        self._elements = 0
        self._level = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """One element begins."""
        self._elements += 1
        self._level += 1
        if self._elements > MOST_ELEMENTS or self._level > MOST_LEVELS:
            message = "模板的内容过多或嵌套过深，已拒绝；请删除多余的内容后另存。"
            raise FileRefused(Fault("file-bomb", message, self.place))
        if tag == _W + "fldChar":
            self._mark(attributes.get(_W + "fldCharType", ""))
        elif tag in _INSTRUCTIONS:
            self._in_code = True
        elif tag == _W + "fldSimple":
            self._judge(attributes.get(_W + "instr", ""))
        elif tag in _REFUSED:
            self._refuse("file-active-content", f"模板含有{_REFUSED[tag]}，已拒绝；请删除后再用。")
        elif tag in _PICTURES:
            self._judge_picture(attributes)

    def data(self, text: str) -> None:
        """Text: of interest inside a field's code only."""
        if self._in_code:
            self._open[-1].text += text

    def end(self, tag: str) -> None:
        """One element ends."""
        self._level -= 1
        if tag in _INSTRUCTIONS:
            self._in_code = False

    def close(self) -> None:
        """Judge what was never closed, too: Word may mend it."""
        for code in self._open:
            self._judge(code.text)

    def _mark(self, kind: str) -> None:
        if kind == "begin":
            if len(self._open) > 1 and not self._open[-1].ended:
                self._open[-1].text += _NESTED
            self._open.append(_Code())
        elif kind == "separate":
            self._open[-1].ended = True
        elif kind == "end" and len(self._open) > 1:
            self._judge(self._open.pop().text)

    def _judge(self, code: str) -> None:
        keyword = _keyword(code)
        if keyword and keyword not in _FIELDS:
            shown = keyword.replace(_NESTED, "{…}")[:_SHOWN]
            message = f"模板含有不允许的域“{shown}”，已拒绝；请删除后再用（按 Alt+F9 可显示域代码）。"
            self._refuse("file-field", message)

    def _judge_picture(self, attributes: Mapping[str, str]) -> None:
        for name in ("src", _OFFICE + "href"):
            target = attributes.get(name, "")
            if _ELSEWHERE.match(target):
                self._refuse("file-external", f"模板含有外部链接（图片：{target[:80]}），已拒绝；请删除后再用。")

    def _refuse(self, code: str, message: str) -> None:
        fault = Fault(code, message, self.place)
        if fault not in self.faults:
            self.faults.append(fault)


class _Code:
    """The code of one open field, and whether its result has begun."""

    def __init__(self) -> None:
        self.text = ""
        self.ended = False


def _keyword(code: str) -> str:
    """The first word of a field's code in capitals; empty for a code without words."""
    match = _KEYWORD.match(code)
    word = match[1].upper() if match else ""
    return "=" if word.startswith("=") else word
