"""A PostgreSQL server of our own, where its programs are installed: nothing of the machine's is touched."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from sqlalchemy import create_engine, text

_SETTINGS = """
listen_addresses = ''
fsync = off
synchronous_commit = off
full_page_writes = off
shared_buffers = 32MB
autovacuum = off
lc_messages = 'C'
"""
# Chinese is in another order there than by bytes, so that what relies on a server's order is found out.
_LOCALE = ("--encoding=UTF8", "--locale-provider=icu", "--icu-locale=zh-CN", "--locale=C.UTF-8")


def programs() -> Path | None:
    """The folder of initdb: Debian doesn't put it on the path."""
    found = shutil.which("initdb")
    places = [Path(found).resolve().parent] if found else []
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((place for place in places if (place / "initdb").exists()), None)


@dataclass(slots=True)
class Server:
    """A server that listens at a socket in its folder."""

    folder: Path
    _numbers: count[int] = field(default_factory=count)

    def url(self, database: str) -> str:
        return f"postgresql+psycopg://postgres@/{database}?host={self.folder}"

    def create(self, template: str = "template1") -> str:
        """The URL of a new database, empty or like another."""
        name = f"matrix_{next(self._numbers)}"
        self._execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        return self.url(name)

    def drop(self, url: str) -> None:
        name = url.partition("@/")[2].partition("?")[0]
        self._execute(f"DROP DATABASE {name} WITH (FORCE)")

    def _execute(self, statement: str) -> None:
        engine = create_engine(self.url("postgres"), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(statement))
        engine.dispose()


@contextmanager
def server() -> Iterator[Server]:
    """A server for as long as the context lasts. It refuses to run as root, so root lends it a user's name."""
    folder = Path(tempfile.mkdtemp(prefix="matrixsite-postgres-", dir="/tmp"))  # paths of sockets are short
    as_user: list[str] = []
    if os.geteuid() == 0:
        name = "postgres" if _exists("postgres") else "nobody"
        shutil.chown(folder, name)
        as_user = ["runuser", "-u", name, "--"]
    bin_ = programs()
    assert bin_ is not None

    def run(*command: str | Path) -> None:
        subprocess.run([*as_user, *map(str, command)], check=True, capture_output=True, cwd=folder)

    try:
        run(bin_ / "initdb", "-D", folder / "data", "-U", "postgres", "-A", "trust", "--no-sync", *_LOCALE)
        with (folder / "data/postgresql.conf").open("a", encoding="utf-8") as settings:
            settings.write(f"{_SETTINGS}unix_socket_directories = '{folder}'\n")
        run(bin_ / "pg_ctl", "-D", folder / "data", "-w", "-l", folder / "log", "start")
        try:
            yield Server(folder)
        finally:
            run(bin_ / "pg_ctl", "-D", folder / "data", "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _exists(user: str) -> bool:
    try:
        pwd.getpwnam(user)
    except KeyError:
        return False
    return True
