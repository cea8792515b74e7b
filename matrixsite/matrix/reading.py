"""Entries, why they are where they are, and which may lead a day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from matrixsite.editorial.candidates import DAYS
from matrixsite.editorial.refs import parse_ref
from matrixsite.matrix.opened import Opened
from matrixsite.model import Entry, Status
from matrixsite.registry.headline_candidates import HeadlineCandidate, headline_candidates
from matrixsite.registry.story_reasons import Told
from matrixsite.site.words import words
from matrixsite.store import archive
from matrixsite.store.refs import resolve

if TYPE_CHECKING:  # imported late: a night without news needs nothing of it
    pass


MOST_ALIKE = 5  # entries of the same title in other stories that an explanation names


@dataclass(frozen=True)
class Explanation:
    """All that is known of one entry: itself, why it is in its story, who else carries it, its former words."""

    told: Told
    carriers: tuple[Entry, ...]
    revisions: tuple[archive.Revision, ...]
    removal_seen: datetime | None = None  # since when a sign stands that its publisher took it back

    @property
    def entry(self) -> Entry:
        return self.told.entry


class Reading(Opened):
    """What is asked of entries; needs no lock."""

    def entries(
        self,
        *,
        account: str = "",
        since: datetime | None = None,
        status: Status | None = Status.SHOWN,
        wide: bool = True,
    ) -> Iterator[Entry]:
        """Stream entries, account by account and oldest first: shown ones, those of another status, or all (None).

        `since` counts by publication; without `wide` they come quicker, `html` and `text` empty. Raises ValueError
        for a `since` without a time zone.
        """
        if since and since.tzinfo is None:
            raise ValueError("since needs a time zone, such as datetime(2026, 11, 22, tzinfo=UTC)")
        with self._reading() as (connection, judge):
            for entry in archive.stored_entries(connection, judge, account=account, since=since, wide=wide):
                if status in (None, entry.status):
                    yield entry

    def explain(self, ref: str) -> list[Explanation]:
        """What is known of the entry that `ref` (an id or an address) names; several where an address does.

        Raises ValueError for text that is no ref.
        """
        parsed = parse_ref(ref)
        with self._reading() as (connection, judge):
            names = resolve(connection, [parsed])[parsed]
            found = [archive.one_entry(connection, judge, name) for name in names]
            return [_explanation(connection, judge, entry) for entry in found if entry]

    def candidates(
        self, day: date | None = None, *, limit: int = 10, days: int = DAYS
    ) -> list[HeadlineCandidate]:
        """Stories of the last `days` that may lead `day` (default: today in the site's zone), with their reasons.

        They help an editor choose; nothing becomes a headline by itself.
        """
        day = day or datetime.now(self.zone).date()
        say = words(self.settings.site.language)
        with self._reading() as (connection, judge):
            return headline_candidates(
                connection, judge, self.settings, self.content, day, say, limit=limit, days=days
            )


def _explanation(connection: Connection, judge: archive.Judge, entry: Entry) -> Explanation:
    carriers = archive.carriers_of(connection, judge, entry.story)
    joining = archive.joining_of(connection, entry.id)
    told = Told(
        entry,
        original=next((one for one in carriers if one.original), entry),
        why=joining.why,
        measures=joining.measures,
        beside=next((one for one in carriers if one.id == joining.measures.get("with")), None),
        contains=archive.rounded_up_by(connection, judge, entry.story),
        digests=archive.digests_with(connection, judge, entry.story),
        alike=archive.same_title(connection, judge, entry, MOST_ALIKE),
    )
    revisions = tuple(archive.revisions_of(connection, entry.id))
    return Explanation(told, tuple(carriers), revisions, archive.removal_seen(connection, entry.id))
