"""A private PostgreSQL server for the tests, on a socket of its own, gone when they end."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

_FAST = ["-c", "fsync=off", "-c", "listen_addresses=", "-c", "max_connections=60"]
"""Kills of a client are tested, not of the machine: the server need not flush."""


class Server:
    """A running server; each test asks it for a database of its own."""

    def __init__(self, socket: Path) -> None:
        self._socket = socket
        self._count = 0

    def url(self, database: str = "postgres") -> str:
        """The address of one of its databases."""
        return f"postgresql+psycopg://doc_forms@/{database}?host={self._socket}"

    def new_database(self) -> str:
        """Make an empty database and give its address."""
        import psycopg  # noqa: PLC0415 - only where there is a server

        self._count += 1
        name = f"records_{self._count}"
        with psycopg.connect(f"host={self._socket} user=doc_forms dbname=postgres", autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE template0")
        return self.url(name)


@contextmanager
def running_server() -> Iterator[Server]:
    """Start a server for the time of the block; skips with the reason where none can be started."""
    programs, demotion = _programs(), _demotion()
    folder = Path(tempfile.mkdtemp(prefix="doc_forms-pg-"))
    try:
        if demotion:
            shutil.chown(folder, "postgres")
        data = folder / "data"
        make = [*demotion, programs / "initdb", "-D", data, "-U", "doc_forms", "-A", "trust", "-E", "UTF8", "--no-sync"]
        made = subprocess.run([*map(str, make), "--locale=C"], capture_output=True, text=True, check=False, cwd=folder)
        if made.returncode:
            pytest.skip(f"initdb failed: {made.stderr.strip().splitlines()[-1]}")
        run = [*map(str, [*demotion, programs / "postgres", "-D", data, "-k", folder]), *_FAST]
        with (folder / "log").open("wb") as log, subprocess.Popen(run, stdout=log, stderr=log, cwd=folder) as process:
            try:
                _wait_until_ready(process, folder)
                yield Server(folder)
            finally:
                process.terminate() if demotion else process.kill()
                process.wait()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path:
    """Where the server's programs are."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    on_path = shutil.which("initdb")
    if on_path:
        found.append(Path(on_path))
    if not found:
        pytest.skip("no PostgreSQL server is installed")
    pytest.importorskip("psycopg", reason="psycopg is not installed")
    return found[-1].parent


def _demotion() -> list[str]:
    """How to run as somebody else: a server refuses to run as root."""
    if os.geteuid() != 0:
        return []
    try:
        pwd.getpwnam("postgres")
    except KeyError:
        pytest.skip("running as root, and there is no user postgres to run the server as")
    if not shutil.which("setpriv"):
        pytest.skip("running as root without setpriv")
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "--pdeathsig=TERM"]


def _wait_until_ready(process: subprocess.Popen[bytes], folder: Path) -> None:
    import psycopg  # noqa: PLC0415 - only where there is a server

    for _ in range(300):
        if process.poll() is not None:
            pytest.skip(f"the server ended: {(folder / 'log').read_text('utf-8', 'replace')[-300:]}")
        try:
            psycopg.connect(f"host={folder} user=doc_forms dbname=postgres").close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    pytest.skip("the server did not answer within 15 seconds")
