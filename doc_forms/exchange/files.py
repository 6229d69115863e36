"""Exchange files on disk: one of them, or all of a folder."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from doc_forms.errors import Fault, FileRefused, Place, UsageRefused
from doc_forms.exchange.lrm import read_lrm
from doc_forms.exchange.lrmx import read_lrmx
from doc_forms.exchange.person import ExchangePerson
from doc_forms.exchange.texts import read_bytes

ENDINGS = (".lrmx", ".lrm")
_PICTURE = ".pic"
_OLD_WORKBOOKS = (".xls", ".et", ".csv", ".xlsm", ".xlsb")


def exchange_files(places: Iterable[Path]) -> list[Path]:
    """Give the files among files and folders: of a folder all that lie in it, by name.

    Where a person's `.lrm` and `.lrmx` lie in one folder, the newer format counts. UsageRefused where a folder holds
    none, FileRefused for a file with another ending or a place that does not exist.
    """
    found: list[Path] = []
    for place in places:
        if place.is_dir():
            inside = [file for file in sorted(place.iterdir()) if _is_one(file)]
            newer = {file.stem for file in inside if file.suffix.lower() == ENDINGS[0]}
            inside = [file for file in inside if file.suffix.lower() == ENDINGS[0] or file.stem not in newer]
            if not inside:
                message = "文件夹中没有任免审批表文件（.lrmx、.lrm）"
                raise UsageRefused(Fault("exchange-none", message, Place(file=str(place))))
            found += inside
        elif place.suffix.lower() in ENDINGS:
            found.append(place)
        else:
            raise _refused(place)
    return list(dict.fromkeys(found))


def read_person(file: Path) -> tuple[ExchangePerson, list[Fault]]:
    """Read a `.lrmx`, or a `.lrm` with the `.pic` beside it. Raises FileRefused as `read_lrmx` and `read_lrm` do."""
    data = read_bytes(file)
    if file.suffix.lower() == ENDINGS[0]:
        return read_lrmx(data, file.name)
    picture = next((other for other in _beside(file) if other.suffix.lower() == _PICTURE), None)
    return read_lrm(data, read_bytes(picture) if picture else b"", file.name)


def _refused(place: Path) -> FileRefused:
    """Say of something that holds no people what it is, and what to choose in its place."""
    ending = place.suffix.lower()
    if not place.exists():
        message = "找不到此文件或文件夹，请核对名称和所在位置"
    elif ending == _PICTURE:
        message = f"这是照片，随同名的 .lrm 一起读取；请改选 {place.stem}.lrm"
    elif ending in _OLD_WORKBOOKS:
        message = "旧版 Excel、WPS 表格和 CSV 不能直接读取，请打开后另存为 .xlsx"
    else:
        message = "不是任免审批表文件（应以 .lrmx 或 .lrm 结尾），也不是 Excel 名册（.xlsx）"
    return FileRefused(Fault("exchange-ending", message, Place(file=place.name)))


def _is_one(file: Path) -> bool:
    return file.suffix.lower() in ENDINGS and not file.name.startswith((".", "~$")) and file.is_file()


def _beside(file: Path) -> list[Path]:
    """The files of the same stem: Windows does not mind how an ending is written, Linux does."""
    return [other for other in file.parent.iterdir() if other.stem == file.stem and other.is_file()]
