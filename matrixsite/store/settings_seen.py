"""Which settings a piece of work was done for last: what hangs on nothing else need not be done again."""

from __future__ import annotations

from sqlalchemy import Connection

from matrixsite import __version__
from matrixsite.config.settings import Settings
from matrixsite.store.runs import remember, remembered


def settings_changed(connection: Connection, settings: Settings, work: str) -> bool:
    """Whether this version meets these settings for the first time in `work`; from now on they are known to it.

    Settings that were made of no files have no digest and are always new.
    """
    made_of = f"{__version__} {settings.digest}"
    name = f"settings-of-{work}"
    if settings.digest and remembered(connection, name) == made_of:
        return False
    remember(connection, name, made_of)
    return True
