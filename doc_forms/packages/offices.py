"""The two kinds of Office file that are taken in, what each may hold, and the names of what it may not.

What a package may hold is allowed by list: the parts that Word, Excel, WPS and LibreOffice write into an
ordinary file (ECMA-376 part 1, clauses 11, 12 and 15, and the vendors' later additions).
"""

from __future__ import annotations

from dataclasses import dataclass

_OPEN = "application/vnd.openxmlformats-officedocument."
_PACKAGE = "application/vnd.openxmlformats-package."


@dataclass(frozen=True)
class Office:
    """One kind of Office file: its names for a clerk, the type of its main part, and the types it may hold."""

    noun: str
    program: str
    formal: str
    suffix: str
    main: str
    holds: frozenset[str]
    follows: frozenset[str]

    @property
    def save_again(self) -> str:
        """The remedy for most files that are of another kind."""
        return f"请在 {self.program} 中打开，另存为“{self.formal} ({self.suffix})”"


def _types(prefix: str, names: str, ending: str = "+xml") -> set[str]:
    return {f"{prefix}{name}{ending}".lower() for name in names.split()}


_COMMON = (
    {"application/xml", "text/xml", "application/inkml+xml"}
    | _types(_PACKAGE, "relationships core-properties")
    | _types(_OPEN, "extended-properties custom-properties customXmlProperties theme themeOverride drawing")
    | _types(_OPEN + "drawingml.", "chart chartshapes diagramData diagramLayout diagramStyle diagramColors")
    | _types("application/vnd.ms-office.", "chartex chartstyle chartcolorstyle drawingml.diagramDrawing")
    | _types("application/vnd.ms-office.", "classificationlabels intelligence2 documenttasks webextension")
    | _types(_OPEN, "vmlDrawing obfuscatedFont", "")
    | _types("application/", "x-fontdata x-font-ttf x-fontobf vnd.ms-opentype", "")
    | _types("image/", "png x-png jpeg jpg pjpeg gif bmp x-ms-bmp tiff tif webp svg+xml vnd.ms-photo", "")
    | _types("image/", "emf x-emf wmf x-wmf", "")
)

_WORD_PARTS = (
    "document.main document.glossary styles settings webSettings fontTable numbering footnotes endnotes header "
    "footer comments commentsExtended commentsIds commentsExtensible people"
)
_SHEET_PARTS = (
    "sheet.main worksheet chartsheet styles sharedStrings calcChain comments table tableSingleCells pivotTable "
    "pivotCacheDefinition pivotCacheRecords externalLink connections queryTable sheetMetadata userNames "
    "revisionHeaders revisionLog volatileDependencies"
)
_EXCEL_PARTS = (
    "threadedcomments person slicer slicerCache timeline timelineCache controlproperties rdrichvalue "
    "rdrichvaluestructure rdrichvaluetypes rdarray richstyles rdsupportingpropertybag "
    "rdsupportingpropertybagstructure richvaluerel"
)

_REFERENCES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_OTHER_BOOK = "http://schemas.microsoft.com/office/2006/relationships/xlExternalLinkPath/"

WORD = Office(
    noun="模板",
    program="Word",
    formal="Word 文档",
    suffix=".docx",
    main=_OPEN + "wordprocessingml.document.main+xml",
    holds=frozenset(
        _COMMON
        | _types(_OPEN + "wordprocessingml.", _WORD_PARTS)
        | _types(_OPEN + "wordprocessingml.", "printerSettings", "")
        | _types("application/vnd.ms-word.", "stylesWithEffects"),
    ),
    follows=frozenset({_REFERENCES + "hyperlink"}),
)

# Rosters often take values from other books, and Excel keeps those as cached copies beside a link. The link
# is never followed here and a cached copy is only text, so a link to another book may stay; DDE and OLE links,
# which start programs, may not (see `cells.Links`).
EXCEL = Office(
    noun="工作簿",
    program="Excel",
    formal="Excel 工作簿",
    suffix=".xlsx",
    main=_OPEN + "spreadsheetml.sheet.main+xml",
    holds=frozenset(
        _COMMON
        | _types(_OPEN + "spreadsheetml.", _SHEET_PARTS)
        | _types(_OPEN + "spreadsheetml.", "printerSettings customProperty", "")
        | _types("application/vnd.ms-excel.", _EXCEL_PARTS)
        | _types("application/vnd.wps-officedocument.", "cellimage")
        | _types(_PACKAGE, "digital-signature-xmlsignature")
        | _types(_PACKAGE, "digital-signature-origin digital-signature-certificate", ""),
    ),
    follows=frozenset(
        {_REFERENCES + "hyperlink", _REFERENCES + "externalLinkPath"}
        | {_OTHER_BOOK + name for name in ("xlPathMissing", "xlStartup", "xlAlternateStartup", "xlLibrary")},
    ),
)

_OTHERS = {
    WORD.main: "Word 文档",
    EXCEL.main: "Excel 工作簿",
    _OPEN + "wordprocessingml.template.main+xml": "Word 模板文件（.dotx）",
    "application/vnd.ms-word.document.macroenabled.main+xml": "启用宏的 Word 文档（.docm）",
    "application/vnd.ms-word.template.macroenabledtemplate.main+xml": "启用宏的 Word 模板文件（.dotm）",
    _OPEN + "spreadsheetml.template.main+xml": "Excel 模板文件（.xltx）",
    "application/vnd.ms-excel.sheet.macroenabled.main+xml": "启用宏的 Excel 工作簿（.xlsm）",
    "application/vnd.ms-excel.template.macroenabled.main+xml": "启用宏的 Excel 模板文件（.xltm）",
    "application/vnd.ms-excel.sheet.binary.macroenabled.main": "二进制 Excel 工作簿（.xlsb）",
    "application/vnd.ms-excel.addin.macroenabled.main+xml": "Excel 加载宏（.xlam）",
    _OPEN + "presentationml.presentation.main+xml": "PowerPoint 演示文稿",
}


def kind_of_main(content_type: str) -> str:
    """The Chinese name of a package whose main part has this (lower-case) content type."""
    return _OTHERS.get(content_type, "其他类型的文件")


# Looked for, in this order, in a part's name, its content type and the types of its relationships.
_REFUSED_CONTENT = {
    "vba": "宏",
    "macro": "宏",
    "jsproject": "WPS 宏",
    "jdedata": "WPS 宏",
    "attachedtoolbars": "宏工具栏",
    "activex": "ActiveX 控件",
    "relationships/control": "ActiveX 控件",
    "oleobject": "嵌入对象",
    "embeddings/": "嵌入对象",
    "relationships/package": "嵌入对象",
    "afchunk": "附加的外部内容",
    "subdocument": "子文档",
    "attachedtemplate": "外部模板",
}


def refused_content(words: str) -> str:
    """What a part is, in Chinese, when its name or type says that it may not stay; empty otherwise."""
    lower = words.lower()
    return next((label for mark, label in _REFUSED_CONTENT.items() if mark in lower), "")
