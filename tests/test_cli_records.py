"""The commands of the register and the numbers, as a clerk meets them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from doc_forms import cli

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str]) -> Run:
    """A function that runs a command: its exit status, what it printed and what it complained of."""

    def run(*words: str | Path) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as stopped:
            cli.run([str(word) for word in words])
        printed = capfd.readouterr()
        assert isinstance(stopped.value.code, int)
        return stopped.value.code, printed.out, printed.err

    return run


def test_a_number_is_reserved_issued_made_void_and_listed(run: Run) -> None:
    for_what = ("--year", "2026", "--for", "任职通知")
    assert run("numbers", "reserve", "示院委", *for_what, "--first", "28") == (0, "示院委〔2026〕28号  已预留\n", "")
    assert run("numbers", "reserve", "示院委", *for_what)[1] == "示院委〔2026〕29号  已预留\n"
    assert run("numbers", "issue", "示院委〔2026〕28号")[1] == "示院委〔2026〕28号  已发出\n"
    assert run("numbers", "list", "--open")[1] == "示院委〔2026〕29号  已预留  任职通知\n共 1 个\n"
    assert run("numbers", "void", "示院委[2026]29", "--reason", "写错")[1] == "示院委〔2026〕29号  已作废\n"
    assert run("numbers", "list", "示院委", "--year", "2026")[1].splitlines() == [
        "示院委〔2026〕28号  已发出  任职通知",
        "示院委〔2026〕29号  已作废  任职通知（写错）",
        "共 2 个",
    ]
    listed = json.loads(run("numbers", "list", "--json")[1])
    assert [event["state"] for event in listed[1]["history"]] == ["reserved", "void"]


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("numbers", "issue", "28"), 2, "✕ “28”不是文号，应写作 示院委〔2026〕28号"),
        (("numbers", "issue", "示院委〔2026〕28号"), 1, "✕ 示院委〔2026〕28号 没有预留过；请先用 numbers reserve 取号"),
        (("numbers", "reserve", "示院委"), 2, "✕ 缺少 --for；用法见 doc-forms numbers reserve --help"),
        (("--records", "mysql://x/y", "records", "list"), 2, "✕ --records 应为文件路径、"),
        (("records", "restore", "没有.db"), 1, "✕ 没有.db：文件不存在"),
        (("records", "restore", "."), 1, "✕ .：不是文件"),
        (("--records", "", "records", "list"), 2, "✕ --records 后面没有写台账的位置"),
        (("numbers", "reserve", "示院委", "--for", "x", "--year", "26"), 2, "✕ --year 的值不对，应为 1949 至 9999 的"),
    ],
)
def test_what_cannot_be_done_is_one_chinese_line(run: Run, words: tuple[str, ...], status: int, said: str) -> None:
    found, _, complaint = run(*words)
    assert found == status
    assert complaint.startswith(said)
    assert complaint.count("\n") == 1


def test_the_records_are_backed_up_and_restored(run: Run, tmp_path: Path) -> None:
    store, file = tmp_path / "r.db", tmp_path / "备份.db"
    run("--records", store, "numbers", "reserve", "示院委", "--for", "任职通知")
    assert run("--records", store, "records", "backup", file)[1] == f"已备份：{file}\n"
    assert run("--records", store, "records", "restore", file)[0] == 1
    status, out, _ = run("--records", store, "records", "restore", file, "--replace")
    assert (status, re.findall("已由备份恢复|原来的台账另存为", out)) == (0, ["已由备份恢复", "原来的台账另存为"])


def test_the_address_may_stand_in_the_environment(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOC_FORMS_RECORDS", str(tmp_path / "named.db"))
    assert run("numbers", "reserve", "示院委", "--for", "任职通知")[0] == 0
    assert (tmp_path / "named.db").exists()
    assert run("records", "list")[1] == "共 0 份\n"


@pytest.mark.parametrize(
    "words", [("records", "list"), ("records", "check"), ("records", "backup", "备份.db"), ("numbers", "list")]
)
def test_a_look_at_records_that_are_not_where_the_clerk_says_makes_none(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    status, out, complaint = run("--records", "打错.db", *words)
    assert (status, out) == (1, "")
    assert complaint.startswith("✕ 打错.db：这里还没有台账；")
    assert complaint.count("\n") == 1
    assert list(tmp_path.glob("*.db")) == []


def test_records_that_agree_are_said_to_agree(run: Run) -> None:
    assert run("records", "check") == (0, "台账与文件相符，没有问题。\n", "")
    assert run("records", "list", "--json")[1] == "[]\n"
