"""How the parts of a package hang together: content types and relationships (ECMA-376 part 2, OPC)."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from doc_forms.errors import Fault, FileRefused, Place
from doc_forms.packages.markup import Reader
from doc_forms.packages.offices import WORD, Office, kind_of_main, refused_content

TYPES_PART = "[Content_Types].xml"
ROOT_RELATIONS = "_rels/.rels"
_MAIN_RELATION = "/officeDocument"
_HYPERLINK = "/hyperlink"
_STRICT = "http://purl.oclc.org/ooxml/"
_SHOWN = 80


@dataclass(frozen=True)
class Relation:
    """One relationship: from which part's folder, of what type, to what."""

    part: str
    base: str
    kind: str
    target: str
    mode: str

    @property
    def member(self) -> str:
        """The member an internal relationship leads to, found as python-docx finds it."""
        path = self.target.partition("#")[0]
        return posixpath.normpath(posixpath.join("/", self.base, path)).lstrip("/")


class TypesReader(Reader):
    """Collects the content type of each extension and of each part."""

    def __init__(self, place: Place) -> None:
        """Start with none."""
        super().__init__(place)
        self._defaults: dict[str, str] = {}
        self._overrides: dict[str, str] = {}

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Note one `Default` or `Override`."""
        content_type = attributes.get("ContentType", "").strip().lower()
        if tag.endswith("}Default"):
            self._defaults[attributes.get("Extension", "").lower()] = content_type
        elif tag.endswith("}Override"):
            self._overrides[attributes.get("PartName", "").lower().lstrip("/")] = content_type

    def of(self, member: str) -> str:
        """The content type of a member in lower case; empty when none is declared."""
        name = member.lower()
        return self._overrides.get(name) or self._defaults.get(posixpath.basename(name).rpartition(".")[2], "")


class RelationsReader(Reader):
    """Collects the relationships of one `.rels` part."""

    def __init__(self, place: Place) -> None:
        """The place's part is the `.rels` member; targets are relative to the folder above its own."""
        super().__init__(place)
        self.found: list[Relation] = []
        self._base = posixpath.dirname(posixpath.dirname(place.part))

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Note one `Relationship`."""
        if tag.endswith("}Relationship"):
            kind, target = attributes.get("Type", ""), attributes.get("Target", "")
            mode = attributes.get("TargetMode", "Internal")
            self.found.append(Relation(self.place.part, self._base, kind, target, mode))


def is_relations(member: str) -> bool:
    """Whether a member holds relationships."""
    folder, name = posixpath.split(member.lower())
    return posixpath.basename(folder) == "_rels" and name.endswith(".rels")


def check_main(relations: list[Relation], types: TypesReader, office: Office) -> None:
    """Refuse a package that is no plain document of this office: template, macro-enabled, Strict, another's."""
    place = Place(file=types.place.file)
    mains = [relation for relation in relations if relation.kind.endswith(_MAIN_RELATION)]
    if len(mains) != 1:
        message = f"不是 {office.formal}（没有或有多个正文部件），{office.save_again}。"
        raise FileRefused(Fault("file-not-office", message, place))
    if mains[0].kind.startswith(_STRICT):
        message = f"文件为 Strict Open XML 格式；{_again(office)}"
        raise FileRefused(Fault("file-strict", message, place))
    content_type = types.of(mains[0].member)
    if content_type != office.main:
        message = f"文件实为{_spaced(kind_of_main(content_type))}；{_again(office)}"
        raise FileRefused(Fault("file-other-kind", message, place))


def type_faults(members: Collection[str], types: TypesReader, office: Office) -> Iterator[Fault]:
    """Parts that may not stay: macros, embedded objects, and every type that is not on the list."""
    for member in members:
        if member == TYPES_PART:
            continue
        content_type = types.of(member)
        place = Place(file=types.place.file, part=member)
        label = refused_content(f"{member} {content_type}")
        if label:
            yield _content_fault(label, place, office)
        elif content_type not in office.holds:
            shown = content_type[:_SHOWN] or "未声明"
            message = f"{office.noun}含有不认识的内容（类型：{shown}），已拒绝；请在 {office.program} 中另存后再用。"
            yield Fault("file-unknown-part", message, place)


def relation_faults(relations: list[Relation], members: Collection[str], file: str, office: Office) -> Iterator[Fault]:
    """Relationships that lead out of the package (hyperlinks may), to what may not stay, or to nothing."""
    for relation in relations:
        place = Place(file=file, part=relation.part)
        label = refused_content(relation.kind)
        if relation.mode == "External":
            if relation.kind not in office.follows:
                yield _outside_fault(relation, label, place, office)
        elif label:
            yield _content_fault(label, Place(file=file, part=relation.member), office)
        elif relation.mode != "Internal" or (relation.member not in members and not _harmless(relation, office)):
            message = f"文件已损坏：引用的部件“{relation.target[:_SHOWN]}”不存在。请在 {office.program} 中另存后再试。"
            yield Fault("file-dangling", message, place)


def _harmless(relation: Relation, office: Office) -> bool:
    """A link to a place in the same book (`#名册!A1`); in a document python-docx fails on it."""
    return office is not WORD and relation.kind.endswith(_HYPERLINK)


def _content_fault(label: str, place: Place, office: Office) -> Fault:
    code = "file-macro" if "宏" in label else "file-active-content"
    return Fault(code, f"{office.noun}含有{_spaced(label)}，已拒绝；请删除后再用。", place)


def _outside_fault(relation: Relation, label: str, place: Place, office: Office) -> Fault:
    what = label or ("图片" if relation.kind.endswith("/image") else "其他文件")
    shown = "".join(letter for letter in relation.target if letter.isprintable())[:_SHOWN]
    remedy = "请在 Word 的“开发工具—文档模板”中改为 Normal 后再用" if label == "外部模板" else "请删除后再用"
    return Fault("file-external", f"{office.noun}含有外部链接（{what}：{shown}），已拒绝；{remedy}。", place)


def _spaced(label: str) -> str:
    """Chinese and Latin words stand apart."""
    return f" {label}" if label[:1].isascii() else label


def _again(office: Office) -> str:
    return f"请将{office.noun}另存为“{office.formal} ({office.suffix})”。"
