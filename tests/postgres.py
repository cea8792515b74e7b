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

from sqlalchemy import NullPool, create_engine

from matrixsite.store.copying import NUMBERED
from matrixsite.store.schema import SCHEMA_VERSION, meta, metadata

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

    def create(self, options: str = "") -> str:
        """The URL of a new, empty database, which lasts as long as the server."""
        name = f"matrix_{next(self._numbers)}"
        self._execute("postgres", f"CREATE DATABASE {name} {options}")
        return self._url(name)

    def empty(self, url: str) -> None:
        """Make a store as it was when it was new: in a thousandth of a second, where a new database takes thirty."""
        rows = [f"DELETE FROM {table.name}" for table in metadata.sorted_tables if table is not meta]
        numbers = [f"ALTER SEQUENCE {table}_{key}_seq RESTART" for table, key in NUMBERED]
        others = "pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid != pg_backend_pid()"
        version = f"DELETE FROM meta; INSERT INTO meta VALUES ('schema', '{SCHEMA_VERSION}')"
        database = url.partition("@/")[2].partition("?")[0]
        ended = f"SELECT {others} AND datname = current_database()"
        self._execute(database, "; ".join([ended, *rows, *numbers, version]))

    def _url(self, database: str) -> str:
        return f"postgresql+psycopg://postgres@/{database}?host={self.folder}"

    def _execute(self, database: str, statements: str) -> None:
        engine = create_engine(self._url(database), isolation_level="AUTOCOMMIT", poolclass=NullPool)
        with engine.connect() as connection:
            connection.exec_driver_sql(statements)


@contextmanager
def server() -> Iterator[Server]:
    """A server for as long as the context lasts. It refuses to run as root, so root lends it a user's name."""
    memory = Path("/dev/shm")  # a disk is a hundred times slower; the path of a socket must be short
    place = memory if os.access(memory, os.W_OK) else Path("/tmp")
    folder = Path(tempfile.mkdtemp(prefix="matrixsite-", dir=place))
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
