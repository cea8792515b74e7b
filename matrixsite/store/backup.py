"""A store as one consistent file, and back. Works beside a run: SQLite copies a snapshot page by page."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from matrixsite.errors import StoreError
from matrixsite.store.database import Database, open_database

_JOURNALS = ("-wal", "-shm")


def backup(database: Database, target: Path) -> None:
    """Write the store to `target`, whole or not at all."""
    if target.exists() and target.samefile(database.file):
        raise StoreError(f"{target} is the store itself; name another file for its backup")
    _copy(database.file, target)


def restore(target: Path, saved: Path) -> None:
    """Put a backup in the place of the store `target`, which may be damaged or missing.

    The backup is opened and checked first; one of a newer matrixsite, or no store at all, is refused.
    """
    if not saved.is_file():
        raise StoreError(f"there is no backup {saved}; name the file that `matrixsite store backup` wrote")
    if target.exists() and target.samefile(saved):
        raise StoreError(f"{saved} is the store itself; name its backup")
    staged = target.with_name(f"{target.name}.restore-{os.getpid()}")
    try:
        _copy(saved, staged)
        open_database(staged).close()
        _end_journal(target)
        os.replace(staged, target)
    except OSError as error:
        raise StoreError(f"the store {target} can't be replaced: {error}") from error
    finally:
        for suffix in ("", *_JOURNALS):
            staged.with_name(staged.name + suffix).unlink(missing_ok=True)


def _end_journal(store: Path) -> None:
    """Write the journal of the store that goes into it, then remove it: it must not be taken for its successor's."""
    with suppress(sqlite3.Error), closing(sqlite3.connect(f"{_uri(store)}?mode=rw", uri=True)) as old:
        old.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for suffix in _JOURNALS:
        store.with_name(store.name + suffix).unlink(missing_ok=True)


def _copy(source: Path, target: Path) -> None:
    part = target.with_name(f".{target.name}.part-{os.getpid()}")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with (
            closing(sqlite3.connect(f"{_uri(source)}?mode=ro", uri=True)) as old,
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


def _uri(file: Path) -> str:
    """Of a path that may hold `?`, `#` or `%`."""
    return file.absolute().as_uri()
