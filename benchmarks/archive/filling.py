"""Filling a store, without a feed read, as nights upon nights would have filled it.

    python -m archive.filling FOLDER --entries 600000 [--accounts 1000] [--seed 1]

Writes feeds.yaml, content/, feeds/ and .matrixsite/ into a new folder. Entries go in by `take_in`, as harvested; that
cleaning and identity would have come out so is made sure of at the beginning. Stories are written as the stage writes
them, those of posts with one text joined; what the index should know of the last 60 days, and the rules of lists, the
first `update` learns, which is run here.
"""

from __future__ import annotations

import argparse
import pickle
import sys
import time
from collections import defaultdict, deque
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from matrixsite.clean.entry import clean
from matrixsite.config.load import load
from matrixsite.config.settings import IdentityRule
from matrixsite.dedup.lookup import Kind, Story
from matrixsite.dedup.prints import Pending, title_key_of
from matrixsite.dedup.shadow import key
from matrixsite.dedup.verdict import Evidence
from matrixsite.ingest import raw as raws
from matrixsite.ingest.dating import Dates
from matrixsite.ingest.harvest import Harvest
from matrixsite.ingest.harvested import Harvested, words_digest
from matrixsite.ingest.identity import identify
from matrixsite.model import Status
from matrixsite.parse.document import parse
from matrixsite.store.bulk import insert_rows, update_rows
from matrixsite.store.database import Database, open_database
from matrixsite.store.entries import Intake, take_in
from matrixsite.store.originals import Sources, refresh_stories
from matrixsite.store.schema import entry, story_entry
from matrixsite.store.stories import SAID, write_stories
from matrixsite.store.story_index import pending_entries

from .matrix import write_content, write_settings
from .posts import END, Chronicle, Post, account_id, clean_of, document_of, night_of, raw_of

BATCH = 2_000  # entries to a transaction
TAIL = 10  # posts of an account that its feed holds
CHRONICLE = "chronicle.pickle"


class Filler:
    """Puts posts into the store of a folder."""

    def __init__(self, folder: Path, chronicle: Chronicle) -> None:
        self._settings = load(folder / "feeds.yaml")
        self._database: Database = open_database(self._settings.state / "store.sqlite3")
        self._chronicle = chronicle
        self._sources = Sources(self._settings)
        self._stories: dict[int, Story] = {}  # of recent posts, by the number of the first
        self.tails: dict[str, deque[Post]] = defaultdict(lambda: deque(maxlen=TAIL))

    def fill(self, entries: int) -> None:
        """Bring the store to so many entries."""
        while (left := entries - self._chronicle.given) > 0:
            posts = self._chronicle.posts(min(BATCH, left))
            with self._database.write() as connection:
                self._take_in(connection, posts)
                self._join(connection, {post.url: post for post in posts})
            for post in posts:
                self.tails[post.account].append(post)
            self._stories = dict(list(self._stories.items())[-BATCH:])
        self._database.close()

    def _take_in(self, connection: Connection, posts: Sequence[Post]) -> None:
        keys = frozenset(map(account_id, range(len(self._settings.accounts))))
        zone, now = ZoneInfo(self._settings.site.timezone), _night_after(posts[-1].at)
        take_in(
            connection, _harvests(posts), frozenset(), Intake(now, zone, lambda facts: Status.SHOWN, keys)
        )

    def _join(self, connection: Connection, posts: dict[str, Post]) -> None:
        waiting = list(pending_entries(connection, len(posts)))
        known = set(self._stories)
        grown: dict[int, None] = {}
        rows, said = [], []
        for item in sorted(waiting, key=lambda item: posts[item.guid].number):
            first = posts[item.guid].first
            before = self._stories.get(first)
            self._stories[first] = joined = _with(before, item)
            grown[first] = None
            reason = Evidence.TEXT if before else Evidence.FOUNDER
            rows.append((joined.id, item.guid, item.id))
            said.append((item.id, reason.value, "", len(item.text), "", ""))
        update_rows(connection, entry, ("story", "feed_id"), rows)
        insert_rows(connection, story_entry, ("entry", "reason", "measures", *SAID), said)
        stories = [self._stories[first] for first in grown]
        write_stories(connection, stories, {self._stories[first].id for first in grown if first not in known})
        refresh_stories(connection, sorted(one.id for one in stories if one.size > 1), self._sources)


def _night_after(at: datetime) -> datetime:
    """The run that first saw what was published then."""
    days = -((END - at) // timedelta(days=1))
    return night_of(days)


def _harvests(posts: Iterable[Post]) -> list[Harvest]:
    by_account: dict[str, list[Post]] = defaultdict(list)
    for post in posts:
        by_account[post.account].append(post)
    return [
        Harvest(account, account, entries=tuple(_harvested(account, mine)))
        for account, mine in sorted(by_account.items())
    ]


def _harvested(account: str, posts: Sequence[Post]) -> Iterable[Harvested]:
    items = [raw_of(post) for post in posts]
    links = [post.url for post in posts]
    identities = identify(items, links, account=account, rule=IdentityRule.GUID, locked=False).identities
    for place, (post, item, identity) in enumerate(zip(posts, items, identities, strict=True)):
        cleaned, dumped = clean_of(post), raws.dump(item)
        assert identity is not None
        yield Harvested(
            identity=identity,
            guid=item.guid,
            clean=cleaned,
            dates=Dates(post.at, None, False, False),
            position=place,
            url_key=key(post.url),
            title_key=title_key_of(cleaned.title),
            words=words_digest(cleaned),
            held_by="",
            raw_digest=raws.digest(dumped),
            raw=raws.pack(dumped),
        )


def _with(story: Story | None, item: Pending) -> Story:
    if story is None:
        at, seen = item.published, item.first_seen
        return Story(item.id, Kind.STORY, seen, at, at, seen, item.id, len(item.text), item.id, 1)
    return story._replace(
        first=min(story.first, item.published),
        last=max(story.last, item.published),
        touched=max(story.touched, item.first_seen),
        latest=item.id,
        size=story.size + 1,
    )


def check(posts: Sequence[Post]) -> None:
    """What filling takes for granted: parsing and cleaning come to the same. Raises ValueError where they don't."""
    body = document_of("a0000", posts).encode()
    parsed = parse(
        body, content_type="application/rss+xml", url="https://a0000.example.org/", charset=""
    ).entries
    newest_first = sorted(posts, key=lambda post: post.number, reverse=True)
    for post, item in zip(newest_first, parsed, strict=True):
        for made, wanted in (
            (raw_of(post), item),
            (clean_of(post), clean(item, base="https://a0000.example.org/")),
        ):
            if made != wanted:
                raise ValueError(f"made {made}\nbut the program comes to {wanted}")


def write_feeds(folder: Path, tails: dict[str, deque[Post]], accounts: int) -> None:
    """Every account's feed, as it stands after the last night."""
    (folder / "feeds").mkdir(exist_ok=True)
    for name in map(account_id, range(accounts)):
        (folder / "feeds" / f"{name}.xml").write_text(document_of(name, tails[name]), encoding="utf-8")


def make_archive(folder: Path, entries: int, accounts: int, seed: int) -> None:
    """A folder with all that a matrix has after so many entries, but for the site."""
    folder.mkdir(parents=True, exist_ok=True)
    check(Chronicle(entries, accounts, seed).posts(100))
    write_settings(folder, accounts)
    chronicle = Chronicle(entries, accounts, seed)
    filler = Filler(folder, chronicle)
    filler.fill(entries)
    write_feeds(folder, filler.tails, accounts)
    newest = sorted((post for tail in filler.tails.values() for post in tail), key=lambda post: post.number)
    write_content(folder, accounts, newest[-60:])
    with (folder / CHRONICLE).open("wb") as file:
        pickle.dump((chronicle, dict(filler.tails)), file)


def add_night(folder: Path, night: int, count: int, accounts: int) -> None:
    """Put the posts of one more day into the feeds."""
    with (folder / CHRONICLE).open("rb") as file:
        chronicle, tails = pickle.load(file)
    fresh = chronicle.night(count, night)
    for post in fresh:
        tails.setdefault(post.account, deque(maxlen=TAIL)).append(post)
    for name in {post.account for post in fresh}:
        (folder / "feeds" / f"{name}.xml").write_text(document_of(name, tails[name]), encoding="utf-8")
    with (folder / CHRONICLE).open("wb") as file:
        pickle.dump((chronicle, tails), file)


def main() -> None:
    parser = argparse.ArgumentParser(description="Fill a store.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--entries", type=int, default=26_000)
    parser.add_argument("--accounts", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    before = time.process_time()
    make_archive(options.folder, options.entries, options.accounts, options.seed)
    print(f"{options.entries} entries: {time.process_time() - before:.1f} CPU-s", file=sys.stderr)


if __name__ == "__main__":
    main()
