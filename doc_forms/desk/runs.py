"""Batches as the window runs them: a roster is taken in and checked at once, then made in the background."""

from __future__ import annotations

import atexit
import io
import secrets
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from doc_forms.desk.intake import Intake, chosen, sent
from doc_forms.desk.photos import Gathered, Given, has_photos
from doc_forms.errors import DocFormsError, Fault, Place, UsageRefused
from doc_forms.files import safe_name, write_file
from doc_forms.library import Kind, Library
from doc_forms.making import Maker
from doc_forms.merge import Merged, MergeOptions, merge
from doc_forms.records.choice import NO_RECORDS, RecordsChoice
from doc_forms.registering import Registrar
from doc_forms.regulation.procedure import State
from doc_forms.roster import write_blank
from doc_forms.roster.recognise import recognise

_BETWEEN_SECONDS = 0.5
_LOOKING = "核对"
"""What a merge calls its first part."""


class Run:
    """One roster on its way to papers. It lies in a private folder, with a copy of each photo that it names."""

    def __init__(self, intake: Intake, kind: Kind, folder: Path, records: RecordsChoice | None) -> None:
        """`intake`: the roster and what was sent with it. `folder`: where the papers go."""
        self._records, self._intake = records, intake
        self.id, self.kind, self.roster, self.folder = intake.folder.name, kind, intake.roster, folder
        self.photos = Gathered()
        """What came of looking for the photos that the roster names."""
        self.checked: Merged | None = None
        """What the check said."""
        self.turn = 0
        """Counts the checks: a page that shows another one shows other rows."""
        self.merged: Merged | None = None
        """What came of it, once it was made."""
        self.trouble: tuple[str, ...] = ()
        """Why it could not be made."""
        self.running = False
        self.done = self.total = 0
        self._doing, self._since = "", 0.0
        self._receipt: tuple[int, Path] | None = None
        self._stop = threading.Event()

    @property
    def good(self) -> int:
        """How many rows can be made."""
        return self.checked.rows - self.checked.refused if self.checked else 0

    def check(self) -> None:
        """Check every row, the photos that it names included; nothing is made, and the receipt is thrown away."""
        self.photos = self._intake.gather(self.kind.form)
        with tempfile.TemporaryDirectory(prefix="doc-forms-") as place:
            options = MergeOptions(check=True, sheet=self._intake.sheet)
            self.checked = merge(Maker.open(self.kind), self.roster, Path(place), options)
        self.merged, self.trouble = None, ()
        self.turn += 1

    @property
    def takes_photos(self) -> bool:
        """Whether a roster of this kind can name photos."""
        return has_photos(self.kind.form)

    @property
    def is_chosen(self) -> bool:
        """Whether the roster was chosen where it lies, so that it can be read again."""
        return self._intake.source is not None

    @property
    def faults(self) -> list[Fault]:
        """The first things that are to be mended, then what is to be said of the roster as a whole."""
        report = self.merged or self.checked
        return self.photos.told([*report.faults, *report.notices]) if report else []

    def add(self, files: Sequence[Given]) -> None:
        """Take in more photos (or `.zip` files of them) and check again.

        FileRefused for what cannot be taken in, UsageRefused where nothing was chosen or papers are being made.
        """
        if not files:
            raise UsageRefused(Fault("photos-none", "请先选择照片，或装着照片的 .zip"))
        self._must_rest()
        self._intake.supply.take(files)
        self.check()

    def again(self) -> None:
        """Read the roster again where it was chosen, and check it (FileRefused or DataRefused, as at first)."""
        self._must_rest()
        self._intake.fetch()
        self.check()

    def _must_rest(self) -> None:
        if self.running:
            raise UsageRefused(Fault("run-busy", "正在生成，请等做完或先取消"))

    def make(self, turn: int) -> None:
        """Begin to make the papers; again after a cancel goes on where it stopped.

        turn: the check that a page shows (UsageRefused where there was another one since).
        """
        if turn != self.turn:
            message = "这份名册在别处重新核对过，还没有生成；下面是现在的核对结果，请看过再点"
            raise UsageRefused(Fault("run-other", message))
        if self.running:
            return
        self._stop.clear()
        self.merged, self.trouble = None, ()
        self._doing, self.running, self.done, self.total, self._since = "", True, 0, self.good, time.monotonic()
        threading.Thread(target=self._make, name="batch", daemon=True).start()

    @property
    def state(self) -> State:
        """How it stands, as a step of a case does."""
        if self.running:
            return State.UNDER_WAY
        if self.trouble or (self.checked and not self.good) or (self.merged and self.merged.interrupted):
            return State.TO_MEND
        return State.DONE if self.merged else State.NOT_BEGUN

    @property
    def said(self) -> str:
        """Say in a few words what has become of it."""
        if self.running:
            return "正在生成"
        if self.trouble:
            return "没有做完"
        report = self.merged
        if report is None:
            return "已核对，还没有生成" if self.good else "已核对，没有可以生成的行"
        if report.interrupted:
            return f"已取消，文件夹里有 {len(self.papers())} 份"
        return "，".join(
            [f"已生成 {report.made + report.kept} 份"] + [f"{report.refused} 行有误"] * bool(report.refused)
        )

    def receipt(self) -> Path:
        """Give the receipt, before anything was made what the check said, written now (OutputRefused).

        It lies in the folder of the papers; one that is there already is given again as it is, corrected or not.
        """
        if self.merged and self.merged.receipt:
            return self.merged.receipt
        self._must_rest()
        if self._receipt is None or self._receipt[0] != self.turn or not self._receipt[1].is_file():
            options = MergeOptions(check=True, sheet=self._intake.sheet)
            written = merge(Maker.open(self.kind), self.roster, self.folder, options).receipt
            if written is None:
                raise AssertionError  # a check that ends has its receipt
            self._receipt = self.turn, written
        return self._receipt[1]

    def papers(self) -> list[str]:
        """Give the file names of the papers that are in the folder, by name."""
        return sorted(file.name for file in self.folder.glob("*.docx") if not file.name.startswith((".", "~$")))

    def paper(self, name: str) -> Path:
        """Give the file of one of them (UsageRefused where it is not there)."""
        if name not in self.papers():
            message = "文件夹里没有这份文书了，可能已改名、移走或删除；下面是现在的文书"
            raise UsageRefused(Fault("run-paper-gone", message, Place(file=name)))
        return self.folder / name

    def cancel(self) -> None:
        """Stop after the papers that are being made now; they stay."""
        self._stop.set()

    @property
    def counts(self) -> bool:
        """Whether what is being done is counted out of a known number."""
        return self._doing not in {"", _LOOKING}

    def line(self) -> str:
        """Say how far it is: count, rate, time left."""
        seconds = time.monotonic() - self._since
        if not self.done or seconds < _BETWEEN_SECONDS:
            return f"{self._doing or '准备'}……"
        if self._doing == _LOOKING:
            return f"{self._doing} {self.done} 行……"
        rate = self.done / seconds
        left = f"，约剩 {max(1, round((self.total - self.done) / rate))} 秒" if self.total > self.done else ""
        return f"{self._doing} {self.done} / {self.total}，每秒 {rate:.0f} 份{left}"

    def _make(self) -> None:
        try:
            maker = Maker.open(self.kind)
            choice = self._records or NO_RECORDS
            with choice.when_needed() as records:
                registrar = Registrar(maker, self.folder, records) if choice.registers else None
                options = MergeOptions(sheet=self._intake.sheet)
                self.merged = merge(maker, self.roster, self.folder, options, self._note, registrar=registrar)
            self.trouble = ()
        except DocFormsError as error:
            self.trouble = tuple(str(fault) for fault in error.faults)
        except KeyboardInterrupt:
            self.trouble = ("已取消，还没有生成文书。",)
        except Exception as error:  # noqa: BLE001 - a thread has nobody above it to tell
            words = f"程序内部出错（{type(error).__name__}），没有做完；已生成的文书都完整。请把这一行告诉维护人员。"
            self.trouble = (words,)
        finally:
            self.running = False

    def _note(self, doing: str, done: int, total: int) -> None:
        self._doing, self.done, self.total = doing, done, total or self.total
        if self._stop.is_set():
            raise KeyboardInterrupt  # merge ends on it with whole papers and a receipt


class Runs:
    """Every batch since the window was opened. Rosters lie in a private folder that goes with the program."""

    def __init__(self, library: Library, folder: Callable[[], Path], records: RecordsChoice | None = None) -> None:
        self._library, self._folder, self._records = library, folder, records
        self._runs: dict[str, Run] = {}
        self._desk = tempfile.TemporaryDirectory(prefix="doc-forms-", ignore_cleanup_errors=True)
        atexit.register(self._desk.cleanup)

    def kinds(self) -> list[Kind]:
        """Give the kinds that a roster makes sense for."""
        return [kind for kind in self._library.kinds() if kind.form.about.roster]

    def take_in(self, files: Sequence[Given], kind: str | None, sheet: str | None = None) -> Run:
        """Take a roster in, with the photos that it names, and check it; its headings tell the kind if it is not given.

        files: the workbook, photos, and `.zip` files of photos; or one `.zip` with the workbook in it, too. sheet: the
        main sheet, where several could be it.

        Raises FileRefused or DataRefused where it cannot be read, UsageRefused where no kind fits or there is not one
        roster among the files.
        """
        return self._begin(lambda place: sent(files, place, sheet), kind)

    def choose(self, roster: Path, kind: str | None, sheet: str | None = None) -> Run:
        """Take a roster that lies on this computer, and the photos beside it, as `take_in` does."""
        return self._begin(lambda place: chosen(roster, place, sheet), kind)

    def _begin(self, take: Callable[[Path], Intake], kind: str | None) -> Run:
        place = Path(self._desk.name) / secrets.token_hex(6)
        place.mkdir(mode=0o700)
        try:
            intake = take(place)
            own = self._library.kind(kind) if kind else recognise(intake.roster, self.kinds())
            folder = self._folder() / safe_name(f"{own.title}_{intake.roster.stem}")
            run = Run(intake, own, folder, self._records)
            run.check()
        except BaseException:
            shutil.rmtree(place, ignore_errors=True)
            raise
        self._runs[run.id] = run
        return run

    def all(self) -> list[Run]:
        """Give every batch, the last first."""
        return list(self._runs.values())[::-1]

    def get(self, id_: str) -> Run:
        """Give a batch (UsageRefused where there is none)."""
        if id_ not in self._runs:
            raise UsageRefused(Fault("run-gone", "没有这次批量；程序重新打开后请再选一次文件"))
        return self._runs[id_]

    def blank(self, kind: str) -> tuple[str, io.BytesIO]:
        """Give a blank roster of a kind, with its file name."""
        found = self._library.kind(kind)
        stream = io.BytesIO()
        write_blank(found.form, stream, found.title)
        stream.seek(0)
        return f"{safe_name(f'{found.title}_空白名册')}.xlsx", stream

    @staticmethod
    def keep(file: Path, data: bytes) -> None:
        """Write a file where the clerk chose (OutputRefused)."""
        write_file(file, data)
