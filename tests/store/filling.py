"""Filling a store by the road that runs take, from documents to stories and status, with nothing between but values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row, select

from matrixsite.config.settings import Account, Settings, Site
from matrixsite.editorial.content import Content
from matrixsite.editorial.status import account_standing, status_of
from matrixsite.ingest.harvest import Harvest
from matrixsite.pipeline.engine import Engine
from matrixsite.pipeline.options import Options
from matrixsite.pipeline.progress import Silent
from matrixsite.pipeline.stories import StoryFinder
from matrixsite.store.database import Database
from matrixsite.store.editors_lists import editors_lists
from matrixsite.store.entries import Intake, Taken, take_in
from matrixsite.store.memberships import match_rules
from matrixsite.store.originals import Sources
from matrixsite.store.reading import StoreSource
from matrixsite.store.schema import entry
from matrixsite.store.settling import decisions_of, settle
from tests.ingest.documents import NOW, harvested
from tests.nights import Item, rss

ZONE = ZoneInfo("Asia/Shanghai")
HOST = "matrix.example.org"
Document = bytes | Iterable[Item | str]


def matrix(*accounts: Account | str, **fields: Any) -> Settings:
    """Settings with these accounts."""
    made = [Account(item, item, item) if isinstance(item, str) else item for item in accounts]
    root = Path("/nowhere")
    return Settings(
        root,
        root,
        root / "feeds.yaml",
        "",
        Site("青山矩阵", f"https://{HOST}"),
        accounts=tuple(made),
        **fields,
    )


class Filling:
    """A store, and nights that fill it."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.settings = matrix("a", "b", "c", "d")
        self.content = Content()
        self.now = NOW
        self.batch = 2000
        self._asked: set[str] = set()

    def night(self, documents: Mapping[str, Document], **terms: Any) -> list[Taken]:
        """Take these documents in, a feed key each, find stories, settle; the next night is a day later."""
        taken = self.take(
            [
                harvested(body if isinstance(body, bytes) else rss(*body), key, now=self.now, **terms)
                for key, body in documents.items()
            ]
        )
        self.join()
        self.settle()
        self.now += timedelta(days=1)
        return taken

    def take(self, harvests: list[Harvest], keys: Iterable[str] = ()) -> list[Taken]:
        """Take in, no more. `keys` are the feeds in the settings, where others than those of the harvests."""
        judge = self.judge
        feeds = frozenset(keys) or frozenset(harvest.key for harvest in harvests) | self._asked
        first = frozenset(harvest.key for harvest in harvests) - self._asked
        with self.database.write() as connection:
            taken = take_in(connection, harvests, first, Intake(self.now, ZONE, judge, feeds))
        self._asked |= {harvest.key for harvest in harvests}
        return taken

    def join(self) -> None:
        """Find the stories of all pending entries."""
        options = Options(self.now, story_batch=self.batch)
        StoryFinder(self.database, Sources(self.settings), Engine(1), options).find(Silent())

    def settle(self, **content: Any) -> None:
        """Settle the status of all entries, after a change of the editors' files."""
        self.content = replace(self.content, **content)
        with self.database.write() as connection:
            settle(connection, self.settings, account_standing(self.settings), self.content, self.now)

    @property
    def judge(self) -> Any:
        with self.database.read() as connection:
            decisions = decisions_of(connection, self.content)
        return partial(status_of, standing=account_standing(self.settings), decisions=decisions)

    def rows(self) -> list[Row[Any]]:
        """The entries, oldest first."""
        with self.database.read() as connection:
            return list(
                connection.execute(
                    select(entry).order_by(entry.c.first_seen, entry.c.published, entry.c.title)
                )
            )

    def row(self, title: str) -> Row[Any]:
        """The one entry of that title."""
        (found,) = (row for row in self.rows() if row.title == title)
        return found

    def titles(self) -> list[str]:
        return [row.title for row in self.rows()]

    def statuses(self) -> dict[str, str]:
        """By title."""
        return {row.title: row.status for row in self.rows()}

    def match(self, **content: Any) -> None:
        """Bring the editors' lists in line, after a change of their files."""
        self.content = replace(self.content, **content)
        with self.database.write() as connection:
            match_rules(connection, editors_lists(connection, self.settings, self.content), ZONE)

    def source(self) -> Any:
        """What the site reads, each question over a view of its own."""
        return _Source(self.database)


class _Source:
    def __init__(self, database: Database) -> None:
        self._database = database

    def __getattr__(self, name: str) -> Any:
        def ask(*args: Any) -> Any:
            with self._database.read() as connection:
                answer = getattr(StoreSource(connection), name)(*args)
                return list(answer) if hasattr(answer, "__next__") else answer

        return ask
