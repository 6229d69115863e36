"""Everything in a bag that is not as it was sealed, each thing by name.

The `bagit` library finds changed, missing and extra files, and takes a bag whose tag manifest was removed, whose
`bag-info.txt` was edited after that, whose SHA-256 manifest was replaced by an MD5 one, or to which a `fetch.txt` was
added. So the bag is looked through here first; bagit gives a second opinion on one that seems whole. What no look
into a bag can find, a rewrite of everything in it, shows against a digest kept elsewhere.
"""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

import bagit

from doc_forms.archive.bag import DECLARATION, DECLARED, INFO, MANIFEST, TAG_MANIFEST, materials_digest
from doc_forms.archive.ledger import Ledger, ledger_for, ledger_of
from doc_forms.errors import Fault, Place, UsageRefused

_LINE = re.compile(r"([0-9a-fA-F]{64})[ \t]+\*?(\S.*)")
_ANY_MANIFEST = re.compile(r"(?:tag)?manifest-(\w+)\.txt")
_DIGEST_TAG = re.compile(r"^归档材料校验值: ([0-9a-f]{64})$", re.MULTILINE)
_OXUM_TAG = re.compile(r"^Payload-Oxum: (\d+)\.(\d+)$", re.MULTILINE)
_ESCAPES = {"%0A": "\n", "%0D": "\r", "%25": "%"}
_ESCAPED = re.compile("%0[AaDd]|%25")
_NUMBER_TAG, _TITLE_TAG = (re.compile(f"^{tag}: (.+)$", re.MULTILINE) for tag in ("档号", "External-Description"))
_UNREADABLE = "无法读取，请检查权限或磁盘"
_ROLES = {
    INFO: "著录信息",
    DECLARATION: "包声明",
    MANIFEST: "校验清单",
}


@dataclass
class Verified:
    """What was found in one bag."""

    bag: Path
    faults: list[Fault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    files: int = 0
    digest: str = ""
    """The sha256 of its manifest as it is now; "" where it has none."""
    materials_digest: str = ""
    """What its catalogue should print, by its manifest as it is now."""
    number: str = ""
    title: str = ""
    """Its 档号 and its title as its description (bag-info.txt) has them now."""

    @property
    def refused(self) -> bool:
        """Whether something is not as it was sealed."""
        return bool(self.faults)

    def lines(self) -> Iterator[str]:
        """Give what was found as a clerk reads it."""
        yield f"{self.bag}"
        for fault in self.faults:
            yield f"  ✕ {fault}"
        said = f"发现 {len(self.faults)} 处问题" if self.faults else "完好，与归档时一致"
        yield f"  {self.files} 个文件，{said}。"
        if self.materials_digest:
            yield f"  目录校验值 {self.materials_digest}"
        yield from (f"  · {note}" for note in self.notes)

    def to_json(self) -> dict[str, Any]:
        """The same as data, for `--json`."""
        return {
            "bag": str(self.bag),
            "refused": self.refused,
            "files": self.files,
            "digest": self.digest,
            "materials_digest": self.materials_digest,
            "faults": [fault.to_json() for fault in self.faults],
            "notes": self.notes,
        }


DigestOf = Callable[[Verified], str | None]
"""Gives the digest of a bag's manifest as another register has it; None where it does not know the bag."""


def verify_folder(folder: Path, stated: str = "", registers: Mapping[str, DigestOf] | None = None) -> list[Verified]:
    """Look through the bags that a folder is or holds (a case, an office's archive); see `verify`.

    A bag that the 归档登记 lists there and that is gone is an answer, too. UsageRefused where there are none at all.
    """
    found = [verify(bag, stated, registers) for bag in _bags_in(folder)]
    found += _lost(folder, {one.digest for one in found})
    if not found:
        said = "不是档案包，其中也没有档案包" if folder.is_dir() else "文件夹不存在"
        raise UsageRefused(Fault("archive-none", said, Place(file=str(folder))))
    return found


def _bags_in(folder: Path) -> list[Path]:
    if _looks_like_bag(folder):
        return [folder]
    cases = [item for item in sorted(folder.glob("*")) if not item.name.startswith(".")]  # not what a kill left
    inside = [item for case in cases for item in sorted(case.glob("*"))]
    return [item for item in (*cases, *inside) if _looks_like_bag(item)]


def _lost(folder: Path, found: set[str]) -> Iterator[Verified]:
    """The bags of a folder that are gone; one that is found under another name says so itself."""
    ledger, here = ledger_for(folder), folder.resolve()
    for bag, digest in ledger.lost() if ledger else ():
        if bag.is_relative_to(here) and digest not in found:
            message = "档案包不见了，归档登记中有；请找回或从备份恢复"
            yield Verified(folder / bag.relative_to(here), [Fault("bag-lost", message, Place(file=bag.name))])


def _looks_like_bag(folder: Path) -> bool:
    """Whether a folder is a bag or what is left of one."""
    if not folder.is_dir() or folder.name.startswith("."):
        return False
    signs = (DECLARATION, INFO, MANIFEST, TAG_MANIFEST)
    return any((folder / name).exists() for name in signs) or (folder / "data").is_dir()


def verify(bag: Path, stated: str = "", registers: Mapping[str, DigestOf] | None = None) -> Verified:
    """Look through one bag.

    stated: a digest from a printed catalogue (or of the manifest), to be compared with what the bag has now.
    registers: other places that keep digests, by their Chinese names; the 归档登记 above the bag is always asked.
    """
    looked = _Look(bag)
    result = Verified(bag, looked.faults, files=len(looked.files))
    looked.through()
    result.digest, result.materials_digest = looked.digest, looked.materials_digest
    result.number, result.title = looked.number, looked.title
    _compare(result, stated, registers or {})
    if not result.faults:
        result.faults += _second_opinion(bag)
    return result


class _Look:
    """One bag, looked through file by file."""

    def __init__(self, bag: Path) -> None:
        self.bag = bag
        self.faults: list[Fault] = []
        self._folders: list[str] = []
        self.files = sorted(self._walk())
        self.digest = self.materials_digest = self.number = self.title = ""
        self._hashes: dict[str, str] = {}

    def through(self) -> None:
        """Look at everything; every fault is kept."""
        self._declaration()
        self._manifests()
        tags = self._entries(TAG_MANIFEST)
        if tags is not None:
            self._tags(tags)
        payload = self._entries(MANIFEST)
        if payload is not None:
            self._payload(payload)
        self._info()
        self._empty_folders()

    def _walk(self) -> Iterator[str]:
        """Every file by its way from the bag; links are named and not followed."""
        for folder, folders, names in os.walk(self.bag, onerror=self._unreadable):
            here = Path(folder)
            self._folders.append(here.relative_to(self.bag).as_posix())
            for name in sorted([*folders, *names]):
                way = (here / name).relative_to(self.bag).as_posix()
                if (here / name).is_symlink():
                    self._say("bag-link", "是链接，不是文件；档案包中不应有链接", way)
                    folders[:] = [one for one in folders if one != name]
                elif name in names:
                    yield way

    def _unreadable(self, error: OSError) -> None:
        self._say("bag-unreadable", _UNREADABLE, Path(error.filename).relative_to(self.bag).as_posix())

    def _empty_folders(self) -> None:
        """Folders in which nothing is: BagIt lists files only, so no manifest speaks of them (RFC 8493, 2.1.3)."""
        said = [fault.place.file for fault in self.faults]
        empty = ""
        for way in sorted(self._folders, key=lambda way: way.split("/")):
            held = any(name.startswith(f"{way}/") for name in (*self.files, *said)) or way in (".", "data", *said)
            if not held and not (empty and way.startswith(f"{empty}/")):
                empty = way
                self._say("bag-folder-added", "多出的空文件夹，归档时没有；归档的文件不受影响，请查明后删去", way)

    def _declaration(self) -> None:
        if DECLARATION not in self.files:
            self._say("bag-declaration", "缺失（包声明），不成其为档案包", DECLARATION)
        elif self._read(DECLARATION) != DECLARED:
            self._say("bag-declaration", "包声明被改动", DECLARATION)

    def _manifests(self) -> None:
        """The two manifests are there, no weaker one stands beside or instead of them, and nothing is fetched."""
        for name in self.files:
            found = _ANY_MANIFEST.fullmatch(name)
            if found and name not in (MANIFEST, TAG_MANIFEST):
                weak = "，较弱，不足以为凭" if found[1] in ("md5", "sha1") else ""
                self._say("bag-manifest-other", f"多出的校验清单（{found[1].upper()}{weak}），归档时没有", name)
        if MANIFEST not in self.files:
            self._say("bag-manifest-missing", "缺失（SHA-256 校验清单），无法证明文件没有改动", MANIFEST)
        if TAG_MANIFEST not in self.files:
            self._say(
                "bag-tagmanifest-missing", "缺失（著录校验清单），著录信息和校验清单是否改动无法证明", TAG_MANIFEST
            )
        if "fetch.txt" in self.files:
            self._say("bag-fetch", "不应有：它让别的程序从网上取文件放入档案包", "fetch.txt")

    def _entries(self, manifest: str) -> dict[str, str] | None:
        """The files that a manifest lists with their sha256; None where it is not there."""
        if manifest not in self.files:
            return None
        entries: dict[str, str] = {}
        try:
            lines = self._read(manifest).decode().splitlines()
        except UnicodeDecodeError:
            self._say("bag-manifest-damaged", "不是 UTF-8 文本，已被改动", manifest)
            return {}
        for number, line in enumerate(lines, 1):
            found = _LINE.fullmatch(line)
            name = _ESCAPED.sub(lambda one: _ESCAPES[one[0].upper()], found[2]) if found else ""
            if not found:
                self._say("bag-manifest-damaged", f"第 {number} 行不是校验记录，已被改动", manifest)
            elif not _is_safe(name, payload=manifest == MANIFEST):
                self._say("bag-unsafe", f"第 {number} 行的文件名不安全，已拒绝查看（{_shown(name)}）", manifest)
            elif name in entries:
                self._say("bag-manifest-twice", f"第 {number} 行重复列出 {_shown(name)}", manifest)
            else:
                entries[name] = found[1].lower()
        return entries

    def _tags(self, entries: dict[str, str]) -> None:
        """The tag files are those that were sealed."""
        present = [name for name in self.files if not name.startswith("data/") and name != TAG_MANIFEST]
        for name in sorted({*entries, *(_ROLES)}):
            role = f"（{_ROLES[name]}）" if name in _ROLES else ""
            if name not in present:
                if name not in (MANIFEST, DECLARATION):  # said above
                    self._say("bag-tag-missing", f"缺失{role}", name)
            elif name not in entries:
                self._say("bag-tag-unsealed", f"没有列入著录校验清单{role}，清单已被改动", name)
            elif self._hash(name) != entries[name]:
                self._say("bag-tag-changed", f"内容已改变{role}", name)
        for name in present:
            said = name == "fetch.txt" or _ANY_MANIFEST.fullmatch(name)
            if name not in entries and name not in _ROLES and not said:
                self._say("bag-added", "多出的文件，归档时没有", name)

    def _payload(self, entries: dict[str, str]) -> None:
        """The files are those that were sealed; one that only has another name is recognised by its content."""
        raw = self._read(MANIFEST)
        self.digest = hashlib.sha256(raw).hexdigest()
        self.materials_digest = materials_digest(raw.decode(errors="replace").splitlines(keepends=True))
        present = [name for name in self.files if name.startswith("data/")]
        missing = [name for name in entries if name not in present]
        for name in sorted(set(present).intersection(entries)):
            if self._hash(name) != entries[name]:
                self._say("bag-changed", "内容已改变", name)
        for name in (one for one in present if one not in entries):
            old = next((one for one in missing if entries[one] == self._hash(name)), None)
            if old is None:
                self._say("bag-added", "多出的文件，归档时没有", name)
            else:
                missing.remove(old)
                self._say("bag-renamed", f"改了名，归档时为 {_shown(old)}，内容未变", name)
        for name in missing:
            self._say("bag-missing", "缺失", name)

    def _info(self) -> None:
        """What bag-info.txt says of the payload agrees with the manifest and the files."""
        if INFO not in self.files:
            self._say("bag-info-missing", "缺失（著录信息）", INFO) if TAG_MANIFEST not in self.files else None
            return
        text = self._read(INFO).decode(errors="replace")
        self.number, self.title = (found[1] if (found := tag.search(text)) else "" for tag in (_NUMBER_TAG, _TITLE_TAG))
        said = _DIGEST_TAG.search(text)
        if self.materials_digest and (said is None or said[1] != self.materials_digest):
            self._say("bag-info-digest", "所写的归档材料校验值与校验清单不符，其中之一已被改动", INFO)
        oxum = _OXUM_TAG.search(text)
        present = [self.bag / name for name in self.files if name.startswith("data/")]
        size = sum(file.stat().st_size for file in present)
        if oxum is None or (int(oxum[1]), int(oxum[2])) != (size, len(present)):
            self._say("bag-info-oxum", f"所写的总量与实有的 {len(present)} 个文件、{size} 字节不符", INFO)

    def _say(self, code: str, message: str, name: str) -> None:
        self.faults.append(Fault(code, message, Place(file=_shown(name))))

    def _read(self, name: str) -> bytes:
        try:
            return (self.bag / name).read_bytes()
        except OSError:
            self._say("bag-unreadable", _UNREADABLE, name)
            return b""

    def _hash(self, name: str) -> str:
        if name not in self._hashes:
            try:
                with (self.bag / name).open("rb") as stream:
                    self._hashes[name] = hashlib.file_digest(stream, "sha256").hexdigest()
            except OSError:
                self._say("bag-unreadable", _UNREADABLE, name)
                self._hashes[name] = ""
        return self._hashes[name]


def _is_safe(name: str, *, payload: bool) -> bool:
    """Whether a listed name stays within the bag on every system."""
    way = PurePosixPath(name)
    odd = "\\" in name or ":" in name or any(unicodedata.category(sign) in ("Cc", "Cf", "Cs") for sign in name)
    stays = not way.is_absolute() and ".." not in way.parts and not name.startswith("~") and way.as_posix() == name
    return stays and not odd and name.startswith("data/") == payload


def _shown(name: str) -> str:
    """A name as one line without invisible signs."""
    return "".join(sign if sign.isprintable() else f"\\u{ord(sign):04x}" for sign in name)


def _compare(result: Verified, stated: str, registers: Mapping[str, DigestOf]) -> None:
    """Compare with what is kept outside the bag."""
    if stated:
        wanted = re.sub(r"\s", "", stated).lower()
        if wanted in (result.materials_digest, result.digest) and wanted:
            result.notes.append("与所给的校验值一致。")
        else:
            message = "与所给的校验值不符：档案包被整个改写过，或不是这一份目录的档案包"
            result.faults.append(Fault("bag-stated", message, Place(file=MANIFEST)))
    ledger = ledger_of(result.bag)
    own = ledger.digest_of(result.bag) if ledger else None
    if ledger and own is None:
        own = _moved(result, ledger)
    known = {name: kept for name, ask in registers.items() if (kept := ask(result))}
    known = {"归档登记": own, **known} if own else known
    for name, kept in known.items():
        if kept != result.digest:
            message = f"与{name}中的校验值不符：校验清单被改写过"
            result.faults.append(Fault("bag-register", message, Place(file=MANIFEST)))
        else:
            result.notes.append(f"与{name}中的校验值一致。")
    if not known and not stated:
        result.notes.append("没有登记可以对照，不能排除档案包被整个改写；请与纸质目录上的校验值核对（--digest）。")


def _moved(result: Verified, ledger: Ledger) -> str | None:
    """Tell a bag that lies elsewhere than it was entered by its digest, and say so where its place is empty."""
    places = {digest: bag for bag, digest in ledger.lost()}
    if result.digest not in places:
        return None
    was = places[result.digest].relative_to(ledger.folder).as_posix()
    message = f"档案包改了名或移了位置，归档时为 {was}"
    result.faults.append(Fault("bag-moved", message, Place(file=result.bag.name)))
    return result.digest


def _second_opinion(bag: Path) -> Iterator[Fault]:
    try:
        bagit.Bag(str(bag)).validate()
    except bagit.BagError as error:
        yield Fault("bag-bagit", f"bagit 认为档案包有误（{type(error).__name__}）", Place(file=bag.name))
