"""What the tests of the archive share: a case with all its materials, archived once, and files of each type."""

from __future__ import annotations

import shutil
from pathlib import Path

from doc_forms.form import PartialDate
from doc_forms.office.archive import ArchiveOffice, ArchiveOptions, Year

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
AS_OF = PartialDate(2027, 10, 11)
NAME = "计算机科学与工程学院副院长选任"
PEOPLE = ("林示例", "马晓㛃")
BY_CLERK = ("工作总结", "征求意见表", "民主测评表", "综合评价材料")
"""Required items that no kind of paper is: a clerk adds them."""

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
JPEG = b"\xff\xd8\xff\xe0" + b"scan" * 40 + b"\xff\xd9"
PNG = b"\x89PNG\r\n\x1a\n" + b"scan" * 40 + b"IEND\xaeB`\x82"


def case_in(folder: Path, name: str = "案件.json") -> Path:
    """Put the example case and the office's settings into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(EXAMPLES / "archive.json", folder)
    return Path(shutil.copy(EXAMPLES / "case.json", folder / name))


def with_materials(case: Path) -> Path:
    """Lay every scan that is required beside the case."""
    folder = case.with_name(f"{case.stem}_材料")
    for person in PEOPLE:
        for item in BY_CLERK:
            file = folder / person / f"{item}_扫描.pdf"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(PDF + f"{person}{item}".encode())  # no two scans alike
    return case


def archived(case: Path, out: Path, *added: str, pdf: bool = False, **chosen: object) -> Year:
    """Archive one case; without PDF/A copies where nothing else is said."""
    options = ArchiveOptions(as_of=AS_OF, added=added, pdf=pdf, **chosen)  # type: ignore[arg-type]
    return ArchiveOffice(registers=False).archive([case], out, options)


def files_of(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its content."""
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}
