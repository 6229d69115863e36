"""What a database refuses, said in one Chinese line; no value of the data and no password is in it."""

from __future__ import annotations

import sqlite3

from sqlalchemy.exc import DBAPIError

from doc_forms.errors import Fault, Place, RecordsRefused

_FULL = "磁盘空间不足，这一步没有记下；以前记下的都在，腾出空间后再试"
_LOCKED = "正被另一个程序占用，这一步没有记下；请关闭另一个程序或稍候再试"
READ_ONLY = "只读，不能记录；请检查这个文件及其文件夹的写入权限"
_DAMAGED = "文件已损坏；请用最近的备份恢复：doc-forms records restore 备份文件 --replace"
_UNWRITABLE = "磁盘读写出错，这一步没有记下；请检查磁盘后再试"

_SQLITE = {  # primary result codes, sqlite.org/rescode.html
    3: ("records-read-only", READ_ONLY),
    5: ("records-locked", _LOCKED),
    6: ("records-locked", _LOCKED),
    8: ("records-read-only", READ_ONLY),
    10: ("records-disk", _UNWRITABLE),
    11: ("records-damaged", _DAMAGED),
    13: ("records-full", _FULL),
    14: ("records-open", "打不开；请检查文件夹是否存在、是否有读写权限"),
    26: ("records-damaged", "不是台账文件，或文件已损坏，没有改动；请检查路径，或用备份恢复"),
}
_FULL_CODE, _NO_ROOM_FOR_WAL_INDEX = 13, 10 | 19 << 8
"""SQLITE_FULL, and SQLITE_IOERR_SHMSIZE: what a full disk answers already to the first look into a store."""
_POSTGRES = {  # SQLSTATE, appendix A of the PostgreSQL manual
    "53100": ("records-full", "数据库服务器磁盘空间不足，这一步没有记下；请告知服务器管理员"),
    "55P03": ("records-locked", _LOCKED),
    "25006": ("records-read-only", "数据库只读，不能记录；请告知服务器管理员"),
    "42501": ("records-read-only", "数据库没有给这个用户写入权限；请告知服务器管理员"),
}
_UNREACHABLE = "数据库服务器连不上；请检查网络、地址、用户和口令"


def refuse(where: str, code: str, message: str) -> RecordsRefused:
    """Give the refusal of one fault of the store at `where`."""
    return RecordsRefused(Fault(code, message, Place(file=where)))


def refusal_of(error: DBAPIError, where: str) -> RecordsRefused | None:
    """Give what a database's error means to the clerk; None where it is the program's own mistake."""
    found = _said(error)
    return refuse(where, *found) if found else None


def said_of_sqlite(error: Exception, where: str) -> RecordsRefused | None:
    """The same for an error of the sqlite3 module itself."""
    found = _said_of_code(error)
    return refuse(where, *found) if found else None


def _said_of_code(error: Exception) -> tuple[str, str] | None:
    code = getattr(error, "sqlite_errorcode", 0)
    return _SQLITE.get(_FULL_CODE if code == _NO_ROOM_FOR_WAL_INDEX else code & 0xFF)


def _said(error: DBAPIError) -> tuple[str, str] | None:
    cause = error.orig
    if isinstance(cause, sqlite3.Error):
        return _said_of_code(cause)
    state = getattr(cause, "sqlstate", None)
    if state in _POSTGRES:
        return _POSTGRES[state]
    is_connection = type(cause).__name__ == "OperationalError" and (
        state is None or state[:2] in {"08", "28", "3D", "57"}
    )
    return ("records-server", _UNREACHABLE) if is_connection or error.connection_invalidated else None
