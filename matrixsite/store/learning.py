"""Teaching the index of stories what it should know of entries that have their story already."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import chain

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from matrixsite.dedup.index import Index
from matrixsite.dedup.prints import PRINT_VERSION, Pending, Print
from matrixsite.store.columns import seconds
from matrixsite.store.forgetting import FORGET
from matrixsite.store.originals import Sources, refresh_stories
from matrixsite.store.postings import TABLES, write_learned
from matrixsite.store.runs import remember, remembered
from matrixsite.store.schema import entry, story, story_entry, unlearned
from matrixsite.store.stories import SAID, said_of, write_stories
from matrixsite.store.story_index import COLUMNS, StoredIndex, to_pending
from matrixsite.store.unlearned import relearned

_VERSION = "print-version"  # what is remembered


def teach(connection: Connection, taught: Sequence[tuple[str, Print]], sources: Sources) -> int:
    """From now on what these entries are found by leads to these stories, of which they are; returns how many rows
    that took."""
    if not taught:
        return 0
    index = Index(StoredIndex(connection))
    index.load({name for name, _ in taught})
    stories = {name: index.story(name) for name, _ in taught}
    index.as_of(max(story.touched for story in stories.values()))
    index.expect((), [made for _, made in taught])
    for name, made in taught:
        index.learn(made, name)
        if len(made.words) > stories[name].length:
            stories[name] = stories[name]._replace(longest=made.id, length=len(made.words))
    learned = write_learned(connection, index.fingerprints, index.sentences)
    connection.execute(
        update(story_entry).where(story_entry.c.entry == bindparam("of")),
        [{"of": made.id} | dict(zip(SAID, said_of(made), strict=True)) for _, made in taught],
    )
    write_stories(connection, list(stories.values()))
    naming = {name for name, made in taught if made.named}
    shared = {item.id for item in stories.values() if item.size > 1}
    refresh_stories(connection, sorted(naming | shared), sources)
    return learned


def untaught(connection: Connection, limit: int) -> list[tuple[str | None, Pending]]:
    """The next entries that the index doesn't know as they are now, with their stories."""
    query = select(entry.c.story, *COLUMNS).join(unlearned, unlearned.c.entry == entry.c.id)
    rows = connection.execute(query.order_by(unlearned.c.entry).limit(limit))
    return [(name, to_pending(row)) for name, *row in rows]


def teach_again(connection: Connection, items: Sequence[tuple[str | None, Print]], sources: Sources) -> int:
    """Teach what `untaught` gave; returns how many rows that took. What has no story is learned when it joins one."""
    relearned(connection, [made.id for _, made in items])
    return teach(connection, [(name, made) for name, made in items if name is not None], sources)


def begin_anew(connection: Connection, now: datetime) -> None:
    """Where prints come out otherwise than those that the index was made of, let it be learned from the start."""
    if remembered(connection, _VERSION) == str(PRINT_VERSION):
        return
    for table in (*chain.from_iterable(TABLES), unlearned):
        connection.execute(delete(table))
    connection.execute(update(story).values(longest=story.c.id, length=0))
    lately = select(entry.c.id).join(story, story.c.id == entry.c.story)
    lately = lately.where(story.c.touched >= seconds(now - FORGET))
    connection.execute(insert(unlearned).from_select(["entry"], lately))
    remember(connection, _VERSION, str(PRINT_VERSION))
