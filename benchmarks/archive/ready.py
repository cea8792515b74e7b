"""What an archive's site shows, as other programs may read it: entries whose HTML is ready, stories, accounts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import select

from matrixsite import Matrix
from matrixsite.config.settings import Account, Rights
from matrixsite.editorial.grouping import groups_of_accounts
from matrixsite.model import Entry
from matrixsite.store.database import open_database
from matrixsite.store.schema import membership


@dataclass(frozen=True, slots=True)
class Ready:
    """An entry as its page shows it, and the lists that it stands in, each by kind and id."""

    entry: Entry
    account: Account
    at: datetime  # where the matrix is
    html: str
    story: str  # '' where it has one carrier
    carriers: int
    lists: tuple[tuple[str, str], ...]

    @property
    def month(self) -> str:
        """Of its path, 2026-10."""
        return self.entry.path[:7].replace("/", "-")


class Archive:
    """A filled folder, read."""

    def __init__(self, folder: Path) -> None:
        self._matrix = Matrix.load(folder / "feeds.yaml")
        settings = self._matrix.settings
        self.accounts = {account.id: account for account in settings.accounts}
        self.members = {member.id: member.name for member in settings.members}
        self.groups = {group.id: group.name for group in settings.groups}
        self._groups = groups_of_accounts(settings)
        self._nodes = self._memberships()
        self._carriers = Counter(entry.story for entry in self._matrix.entries(wide=False))

    def entries(self) -> Iterator[Ready]:
        """All of them, account by account."""
        zone = ZoneInfo(self._matrix.settings.site.timezone)
        for entry in self._matrix.entries():
            account, carriers = self.accounts[entry.account], self._carriers[entry.story]
            html = entry.html if account.rights is Rights.FULL else f'<p class="excerpt">{entry.excerpt}</p>'
            lists = [("accounts", account.id), ("members", account.member)]
            lists += [("groups", name) for name in sorted(self._groups[account.id])]
            lists += self._nodes[entry.id]
            story = entry.story if carriers > 1 else ""
            yield Ready(entry, account, entry.published.astimezone(zone), html, story, carriers, tuple(lists))

    def _memberships(self) -> dict[str, list[tuple[str, str]]]:
        """Entry → sections, columns and topics; by id."""
        found: dict[str, list[tuple[str, str]]] = defaultdict(list)
        kinds = {"section": "boards", "column": "columns", "topic": "topics"}
        database = open_database(self._matrix.store)
        with database.read() as connection:
            query = select(membership.c.entry, membership.c.node).order_by(
                membership.c.entry, membership.c.node
            )
            for entry, node in connection.execute(query):
                kind, _, name = node.partition(":")
                found[entry].append((kinds[kind], name))
        database.close()
        return found
