"""Work that hangs on the settings alone is done once for each of them."""

from __future__ import annotations

from dataclasses import replace

from matrixsite.store.database import Database
from matrixsite.store.settings_seen import settings_changed
from tests.store.filling import matrix

MADE_OF_NO_FILES = matrix("a")
FIRST, SECOND = (replace(MADE_OF_NO_FILES, digest=digest) for digest in ("1", "2"))


def test_settings_are_new_once_to_each_piece_of_work(database: Database) -> None:
    with database.write() as connection:
        for settings, work, new in (
            (FIRST, "names", True),
            (FIRST, "names", False),
            (FIRST, "lists", True),
            (SECOND, "names", True),
            (FIRST, "names", True),
            (FIRST, "lists", False),
            (MADE_OF_NO_FILES, "lists", True),
            (MADE_OF_NO_FILES, "lists", True),
            (FIRST, "lists", True),
        ):
            assert settings_changed(connection, settings, work) is new


def test_what_was_not_committed_is_new_still(database: Database) -> None:
    try:
        with database.write() as connection:
            settings_changed(connection, FIRST, "names")
            raise RuntimeError
    except RuntimeError:
        pass
    with database.write() as connection:
        assert settings_changed(connection, FIRST, "names")
