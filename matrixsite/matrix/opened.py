"""A matrix whose settings were read: its content, its store, what it remembers of where its site goes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date, datetime
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Self
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from matrixsite.config.load import load
from matrixsite.config.settings import Settings
from matrixsite.editorial.content import Content, load_content
from matrixsite.editorial.status import account_standing, status_of
from matrixsite.store import archive
from matrixsite.store.database import Database, open_database
from matrixsite.store.runs import remembered
from matrixsite.store.settling import decisions_of

if TYPE_CHECKING:  # imported late: a night without news needs nothing of it
    from matrixsite.registry.news import Window


STORE = "store.sqlite3"
OUTPUT = "output"  # remembered in the store under this name


class Opened:
    """Settings and content, and the way to the store: what the others build upon."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    @classmethod
    def load(cls, path: str | Path = "feeds.yaml", *, state: str | Path | None = None) -> Self:
        """The matrix in the feeds.yaml at `path`; `state` moves the store, stage and journal."""
        return cls(load(Path(path), state=Path(state) if state else None))

    @cached_property
    def content(self) -> Content:
        """What the editors say in content/; read once."""
        return load_content(self.settings.root / "content", self.settings)

    @property
    def zone(self) -> ZoneInfo:
        """The site's time zone."""
        return ZoneInfo(self.settings.site.timezone)

    @property
    def store(self) -> str | Path:
        """The store's URL, or the file that it lies in, there or not."""
        return self.settings.store or self.settings.state / STORE

    @contextmanager
    def _database(self) -> Iterator[Database]:
        with closing(open_database(self.store)) as database:
            yield database

    @contextmanager
    def _reading(self) -> Iterator[tuple[Connection, archive.Judge]]:
        content = self.content
        with self._database() as database, database.read() as connection:
            decisions = decisions_of(connection, content)
            yield (
                connection,
                partial(status_of, standing=account_standing(self.settings), decisions=decisions),
            )

    def _window(self, today: date | None) -> Window:
        from matrixsite.registry.news import Window

        return Window(today or datetime.now(self.zone).date(), self.zone)


def output_folder(settings: Settings, database: Database | None) -> Path:
    """Where the site was built last; without a store, or before the first build, output/ beside feeds.yaml."""
    if database is None:
        return settings.root / "output"
    with database.read() as connection:
        return remembered_output(settings, connection)


def remembered_output(settings: Settings, connection: Connection) -> Path:
    """The same over a connection."""
    return Path(remembered(connection, OUTPUT) or settings.root / "output")
