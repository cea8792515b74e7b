"""A store as one consistent file, and back. Works beside a run: SQLite copies a snapshot page by page."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from matrixsite.errors import StoreError
from matrixsite.store.database import Database, open_database


def backup(database: Database, target: Path) -> None:
    """Write the store to `target`, whole or not at all."""
    source = _file(database)
    _copy(source, target)


def restore(database: Database, saved: Path) -> None:
    """Put a backup in the store's place. The backup is opened and checked first; a newer one is refused."""
    if not saved.is_file():
        raise StoreError(f"there is no backup {saved}; name the file that `matrixsite store backup` wrote")
    target = _file(database)
    staged = target.with_name(f"{target.name}.restore-{os.getpid()}")
    try:
        _copy(saved, staged)
        open_database(f"sqlite:///{staged}").close()
        database.close()
        for suffix in ("-wal", "-shm"):  # they belong to the store that goes
            target.with_name(target.name + suffix).unlink(missing_ok=True)
            staged.with_name(staged.name + suffix).unlink(missing_ok=True)
        os.replace(staged, target)
    finally:
        staged.unlink(missing_ok=True)


def _file(database: Database) -> Path:
    if database.file is None:
        raise StoreError(f"the store {database.name} is a server's: use its own tools (pg_dump, pg_restore)")
    return database.file


def _copy(source: Path, target: Path) -> None:
    part = target.with_name(f".{target.name}.part-{os.getpid()}")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with (
            closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as old,
            closing(sqlite3.connect(part)) as new,
        ):
            if old.execute("PRAGMA quick_check").fetchone() != ("ok",):
                raise StoreError(f"{source} is damaged")
            old.backup(new)
        os.replace(part, target)
    except (OSError, sqlite3.Error) as error:
        raise StoreError(f"copying {source} to {target} failed: {error}") from error
    finally:
        part.unlink(missing_ok=True)
