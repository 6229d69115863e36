"""Files: a file under its final name is a finished one, whatever happens; names that every system takes."""

from __future__ import annotations

import errno
import hashlib
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doc_forms.errors import OutputRefused
from doc_forms.files import Batch, Names, clear_leftovers, new_file, new_file_beside, refuse, safe_name, write_file
from doc_forms.making import paper_name


@pytest.mark.parametrize(
    ("wished", "given_name"),
    [
        ("张三", "张三"),
        ("a/b\\c:d*e?f", "a_b_c_d_e_f"),
        ("CON", "_CON"),
        ("con.txt", "_con.txt"),
        ("名字. ", "名字"),
        ("..", "未命名"),
        ("", "未命名"),
        ("-rf", "rf"),
        (".hidden", "hidden"),
        ("~$锁", "锁"),
        ("甲\u202e乙\u200b丙", "甲乙丙"),
        ("甲\n乙", "甲 乙"),
        ("个别谈话记录_林示例_", "个别谈话记录_林示例"),
        ("推荐表__周", "推荐表_周"),
        ("\ud800坏", "坏"),
        ("长" * 39 + "啊_林示例", "长" * 39 + "啊"),
    ],
)
def test_a_wished_name_becomes_one_that_windows_and_linux_take(wished: str, given_name: str) -> None:
    assert safe_name(wished) == given_name


@given(st.text(max_size=300))
def test_any_text_gives_a_usable_name(text: str) -> None:
    name = safe_name(text)
    assert name
    assert len(name.encode()) <= 121
    assert not set(name) & set('/\\:*?"<>|\n')
    assert name == name.strip(" .")


def test_two_people_of_the_same_name_get_two_files() -> None:
    names = Names()
    assert [names.take("张三"), names.take("张三"), names.take("Ann"), names.take("ANN")] == [
        "张三",
        "张三_2",
        "Ann",
        "ANN_2",
    ]


def test_ten_thousand_papers_of_one_name_are_numbered_in_a_moment() -> None:
    names = Names()
    given_names = [names.take("张三") for _ in range(10_000)]
    assert given_names[-1] == "张三_10000"
    assert len(set(given_names)) == 10_000


def test_a_long_name_is_cut_where_it_is_longest_and_keeps_the_person_at_its_end() -> None:
    post = "马克思主义学院（思想政治理论课教学研究部）党总支副书记兼纪检委员、统战委员"
    name = paper_name("谈话调研推荐表_{职位}_{姓名}", {"职位": [{"职位名称": post}], "姓名": "阿卜杜拉·买买提"})
    assert name == safe_name(name)
    assert name.startswith("谈话调研推荐表_马克思主义学院（思想政治")
    assert name.endswith("_阿卜杜拉·买买提")
    assert len(name.encode()) in (118, 119, 120)


def test_a_name_that_nothing_can_shorten_is_cut_at_its_end() -> None:
    pattern = "固定的文字" * 12 + "_{姓名}"
    assert len(safe_name(paper_name(pattern, {"姓名": "林示例"})).encode()) <= 120


def test_a_paper_is_readable_by_its_owner_only(tmp_path: Path) -> None:
    write_file(tmp_path / "a.docx", b"x")
    assert (tmp_path / "a.docx").stat().st_mode & 0o777 == 0o600


def test_what_fails_half_way_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    write_file(path, b"old")
    with pytest.raises(RuntimeError):
        _write_half(path)
    assert path.read_bytes() == b"old"
    assert [file.name for file in tmp_path.iterdir()] == ["a.docx"]


def _write_half(path: Path) -> None:
    with new_file(path) as stream:
        stream.write(b"new, but")
        raise RuntimeError


def place(folder: Path, data: bytes) -> tuple[str, bool]:
    with Batch(folder) as batch:
        return batch.place("张三", ".docx", data)


def test_the_same_paper_is_left_alone_and_a_different_one_is_saved_beside_it(tmp_path: Path) -> None:
    assert place(tmp_path, b"one") == ("张三.docx", True)
    assert place(tmp_path, b"one") == ("张三.docx", False)
    assert place(tmp_path, b"two") == ("张三_新稿.docx", True)
    assert place(tmp_path, b"three") == ("张三_新稿2.docx", True)
    assert (tmp_path / "张三.docx").read_bytes() == b"one"


def stream(path: Path, *pieces: bytes) -> tuple[str, bool, str]:
    with new_file_beside(path) as file:
        for piece in pieces:
            file.stream.write(piece)
    return file.path.name, file.written, file.sha256


def test_a_streamed_file_is_left_alone_where_it_is_there_and_saved_beside_a_different_one(tmp_path: Path) -> None:
    wished, one, two = tmp_path / "合并.docx", hashlib.sha256(b"one").hexdigest(), hashlib.sha256(b"two").hexdigest()
    assert stream(wished, b"on", b"e") == ("合并.docx", True, one)
    assert stream(wished, b"one") == ("合并.docx", False, one)
    assert stream(wished, b"two") == ("合并_新稿.docx", True, two)
    assert stream(wished, b"two") == ("合并_新稿.docx", False, two)
    assert stream(wished, b"three")[:2] == ("合并_新稿2.docx", True)
    assert wished.read_bytes() == b"one"
    assert wished.stat().st_mode & 0o777 == 0o600
    assert [file.name for file in tmp_path.glob(".*")] == []


def test_a_folder_that_has_the_name_of_a_streamed_file_stays(tmp_path: Path) -> None:
    (tmp_path / "合并.docx").mkdir()
    assert stream(tmp_path / "合并.docx", b"one")[:2] == ("合并_新稿.docx", True)


def test_a_streamed_file_that_fails_half_way_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError):
        _stream_half(tmp_path / "合并.docx")
    assert list(tmp_path.iterdir()) == []


def _stream_half(path: Path) -> None:
    with new_file_beside(path) as file:
        file.stream.write(b"new, but")
        raise RuntimeError


def test_leftovers_of_a_killed_run_are_cleared_and_those_of_a_live_one_stay(tmp_path: Path) -> None:
    dead = subprocess.Popen([sys.executable, "-c", "pass"])
    dead.wait()
    (tmp_path / f".doc_forms-{dead.pid}-a.docx").write_bytes(b"half")
    live = tmp_path / f".doc_forms-{os.getpid()}-b.docx"
    live.write_bytes(b"half")
    clear_leftovers(tmp_path)
    assert list(tmp_path.iterdir()) == [live]


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, "磁盘空间不足，请腾出空间后再试"),
        (errno.EACCES, "没有写入权限，或文件正被其他程序打开，请关闭后再试"),
        (errno.EROFS, "所在位置只读，请换一个文件夹"),
    ],
)
def test_why_a_file_could_not_be_written_is_said_in_chinese(number: int, said: str) -> None:
    assert str(refuse(OSError(number, "x"), Path("out/张三.docx"))) == f"out/张三.docx：{said}"


def test_a_file_that_outgrows_its_limit_leaves_no_part_behind(tmp_path: Path) -> None:
    # A limit on file size stands for the full disk: the write fails in the middle, as it does there.
    code = (
        "import resource, signal, sys; from pathlib import Path; from doc_forms.files import write_file\n"
        "from doc_forms.errors import OutputRefused\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN); resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))\n"
        "try: write_file(Path(sys.argv[1]), b'x' * 100000)\n"
        "except OutputRefused as error: print(error)\n"
    )
    answer = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "大.docx")], capture_output=True, text=True, check=True
    )
    assert "文件超过允许的大小" in answer.stdout
    assert list(tmp_path.iterdir()) == []
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] != 4096  # the limit was the child's


def test_a_folder_that_may_not_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "文件").write_text("x")
    with pytest.raises(OutputRefused, match="不是文件夹"):
        write_file(tmp_path / "文件" / "a.docx", b"x")
