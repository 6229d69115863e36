"""A roster as it comes to the window: sent by a page, with photos or in a `.zip`, or chosen where it lies."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from doc_forms.desk.photos import (
    PHOTO,
    WORKBOOK,
    ZIP,
    Gathered,
    Given,
    Supply,
    has_photos,
    members_ending,
    open_zip,
    photos_named,
    said_of_zip,
)
from doc_forms.errors import Fault, FileRefused, Place, UsageRefused
from doc_forms.files import refuse, safe_name
from doc_forms.form import Form

__all__ = ["Intake", "chosen", "sent"]

_NONE = "请先选择一个 .xlsx 文件。"


@dataclass
class Intake:
    """A roster in a private folder, and the photos that can be had for it."""

    folder: Path
    """Holds nothing else."""
    roster: Path
    supply: Supply
    sheet: str | None
    """Its main sheet, where several could be it."""
    source: Path | None = None
    """Where it was chosen; None where a page sent it."""
    _laid: list[Path] = field(default_factory=list)

    def fetch(self) -> None:
        """Copy the roster from where it was chosen (FileRefused where it cannot be read any more)."""
        if self.source is None:
            return
        try:
            shutil.copyfile(self.source, self.roster)
        except OSError:
            message = "无法读取，可能已移走、改名或没有权限；请重新选择"
            raise FileRefused(Fault("file-unreadable", message, Place(file=self.source.name))) from None

    def gather(self, form: type[Form]) -> Gathered:
        """Put the photos that the roster names beside it, as many as are there (FileRefused for the roster)."""
        for file in self._laid:
            with suppress(OSError):
                file.unlink()
        named = photos_named(self.roster, form, self.sheet) if has_photos(form) else []
        beside = self.source.parent if self.source else None
        gathered, self._laid = self.supply.gather(named, self.folder, beside)
        return gathered


def chosen(source: Path, folder: Path, sheet: str | None) -> Intake:
    """Take a roster from where it lies (FileRefused where it cannot be read)."""
    intake = Intake(folder, folder / _own_name(source.name), _supply(folder), sheet, source)
    intake.fetch()
    return intake


def sent(files: Sequence[Given], folder: Path, sheet: str | None) -> Intake:
    """Take what a page sent: one roster, photos, `.zip` files.

    UsageRefused where there is not exactly one roster, FileRefused for a `.zip` that is none, unsafe or too large.
    """
    rosters, rest = _parted(files)
    if len(rosters) > 1:
        names = "、".join(name for name, _ in rosters)
        raise UsageRefused(Fault("roster-several", f"一次只核对一份名册，选了 {len(rosters)} 个：{names}"))
    supply = _supply(folder)
    if rosters:
        ((name, stream),) = rosters
        roster = folder / _own_name(name)
        try:
            with roster.open("wb") as file:
                shutil.copyfileobj(stream, file)
        except OSError as error:
            raise refuse(error, roster) from None
    else:
        roster = _unpacked(rest, folder)
    supply.take(rest)
    return Intake(folder, roster, supply, sheet)


def _parted(files: Sequence[Given]) -> tuple[list[Given], list[Given]]:
    """The workbooks and all else; a single file that is nothing else is taken for a roster, which says what it is."""
    rosters = [one for one in files if _suffix(one) == WORKBOOK and not one[0].startswith("~$")]
    rest = [one for one in files if _suffix(one) != WORKBOOK]
    unknown = [one for one in rest if _suffix(one) not in {*PHOTO, ZIP}]
    if not rosters and len(unknown) == 1:
        rosters, rest = unknown, [one for one in rest if one is not unknown[0]]
    return rosters, rest


def _unpacked(files: Sequence[Given], folder: Path) -> Path:
    """The only roster in the `.zip` files."""
    found: list[tuple[str, bytes]] = []
    packed = [one for one in files if _suffix(one) == ZIP]
    for name, stream in packed:
        with said_of_zip(name):
            members = open_zip(name, stream)
            found += [(member, members.content(member)) for member in members_ending(members, {WORKBOOK})[:2]]
    if len(found) == 1:
        ((member, data),) = found
        roster = folder / _own_name(PurePosixPath(member).name)
        roster.write_bytes(data)
        return roster
    if found:
        message = "压缩包里有几个工作簿，认不出哪个是名册；请把名册单独选出来，和照片一起选"
    elif files:
        message = "选的文件里没有名册（.xlsx），请把名册和照片一起选"
    else:
        message = _NONE
    raise UsageRefused(Fault("roster-none", message))


def _suffix(file: Given) -> str:
    return PurePosixPath(file[0]).suffix.lower()


def _own_name(name: str) -> str:
    given = PurePosixPath(name)
    return f"{safe_name(given.stem)}{given.suffix.lower()[:5]}"


def _supply(folder: Path) -> Supply:
    """Room for what is sent along, beside the roster under a name that no photo of it can have."""
    room = folder / ".sent"
    room.mkdir(mode=0o700)
    return Supply(room)
