"""The editors' words on stories: join, split, original.

A word is carried out once, when it is new, and stands from then on: evidence parts no story, it never merges one that
an editor parted, and new carriers join the part whose text they carry. A word that is taken back leaves what it did.
Addresses last: the older id survives a merge and the other becomes an alias;
the part with the founder keeps the id at a split.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlalchemy import Connection, delete, insert, select, update

from matrixsite.dedup.lookup import Story
from matrixsite.dedup.prints import print_of
from matrixsite.dedup.verdict import Evidence
from matrixsite.editorial.decisions import StoryDecision, StoryVerb
from matrixsite.store.database import chunks
from matrixsite.store.learning import teach
from matrixsite.store.originals import Sources, refresh_stories
from matrixsite.store.outbox import record_changes
from matrixsite.store.refs import resolve
from matrixsite.store.runs import remember, remembered
from matrixsite.store.schema import entry, story, story_alias, story_entry
from matrixsite.store.stories import merge_stories, write_stories
from matrixsite.store.story_index import StoredIndex

_DONE = "story-words"  # what is remembered: the words that were carried out

Word = tuple[str, ...]  # a verb and entries


def apply_story_words(connection: Connection, words: Sequence[StoryDecision], sources: Sources) -> None:
    """Bring the stories in line with what editors say, in the order in which they say it.

    A ref that names no entry, several, or one that waits for its story, says nothing yet. A new word is followed by
    those after it that speak of the same entries, so that the last word stands.
    """
    refs = {ref for word in words for ref in word.refs}
    ids = {ref: names[0] for ref, names in resolve(connection, refs).items() if len(names) == 1}
    done = {tuple(word) for word in json.loads(remembered(connection, _DONE) or "[]")}
    said: list[Word] = []
    originals: list[str] = []
    touched: set[str] = set()
    for word in words:
        named = _with_story(connection, [ids[ref] for ref in word.refs if ref in ids])
        if word.verb is StoryVerb.ORIGINAL:
            originals += named
            continue
        said.append((word.verb.value, *sorted(named)))
        if said[-1] not in done or not touched.isdisjoint(named):
            touched.update(named)
            if word.verb is StoryVerb.JOIN:
                _join(connection, named, sources)
            else:
                _split(connection, named, sources)
    if set(said) != done:
        remember(connection, _DONE, json.dumps(sorted(set(said))))
    _name_originals(connection, originals, sources)


def _with_story(connection: Connection, ids: Sequence[str]) -> dict[str, str]:
    """Entry → story, of those that have one."""
    found: dict[str, str] = {}
    for part in chunks(ids):
        query = select(entry.c.id, entry.c.story).where(entry.c.id.in_(part), entry.c.story.is_not(None))
        found.update((row.id, row.story) for row in connection.execute(query.order_by(entry.c.id)))
    return found


def _join(connection: Connection, named: dict[str, str], sources: Sources) -> None:
    stories = set(named.values())
    if len(stories) < 2:
        return
    age = select(entry.c.first_seen, entry.c.published, entry.c.account, entry.c.id).where(
        entry.c.id.in_(stories)
    )
    oldest, *others = [row.id for row in sorted(connection.execute(age).all())]
    for other in others:
        merge_stories(connection, other, oldest)
    for part in chunks(named):
        by_hand = update(story_entry).where(story_entry.c.entry.in_(part))
        connection.execute(by_hand.values(reason=Evidence.EDITOR, measures=""))
    refresh_stories(connection, [oldest], sources)


def _split(connection: Connection, named: dict[str, str], sources: Sources) -> None:
    """Take the named entries out of stories that hold others too; each story's part becomes one of its own."""
    for name in sorted(set(named.values())):
        part = sorted(entry_id for entry_id, its in named.items() if its == name)
        every = set(connection.scalars(select(entry.c.id).where(entry.c.story == name)))
        if len(part) < len(every):
            leaving = part if name not in part else sorted(every - set(part))
            _move_out(connection, name, leaving, sources)


def _move_out(connection: Connection, old: str, leaving: Sequence[str], sources: Sources) -> None:
    """Make a story of some entries of another; the index learns that their texts are found there."""
    age = select(entry.c.first_seen, entry.c.published, entry.c.account, entry.c.id).where(
        entry.c.id.in_(leaving)
    )
    new = min(connection.execute(age).all()).id
    connection.execute(delete(story_alias).where(story_alias.c.alias == new))
    kind = connection.scalar(select(story.c.kind).where(story.c.id == old))
    connection.execute(insert(story).values(id=new, original=new, size=len(leaving), kind=kind))
    for part in chunks(leaving):
        connection.execute(update(entry).where(entry.c.id.in_(part)).values(story=new))
        moved = update(story_entry).where(story_entry.c.entry.in_(part))
        connection.execute(moved.values(reason=Evidence.EDITOR, measures=""))
    record_changes(connection, "entry", leaving)
    write_stories(connection, [_as_it_is(connection, old), _as_it_is(connection, new)])
    refresh_stories(connection, sorted({old, new}), sources)
    lookup = StoredIndex(connection)
    for part in chunks(leaving):
        prints = [print_of(item) for item in lookup.entries(part).values()]
        teach(connection, [(new, made) for made in prints], sources)


def _as_it_is(connection: Connection, name: str) -> Story:
    """A story that an editor parted, from the entries that it has now."""
    columns = (entry.c.published, entry.c.account, entry.c.id, entry.c.first_seen, story_entry.c.length)
    query = select(*columns).join(story_entry, story_entry.c.entry == entry.c.id)
    rows = connection.execute(query.where(entry.c.story == name)).all()
    longest = max(rows, key=lambda row: (row.length, row.id == name))
    return (
        StoredIndex(connection)
        .stories((name,))[name]
        ._replace(
            founded=next(row.first_seen for row in rows if row.id == name),
            first=min(row.published for row in rows),
            last=max(row.published for row in rows),
            touched=max(row.first_seen for row in rows),
            longest=longest.id,
            length=longest.length,
            latest=max(rows, key=lambda row: row[:3]).id,
            size=len(rows),
            by_hand=True,
        )
    )


def _name_originals(connection: Connection, ids: Sequence[str], sources: Sources) -> None:
    """Pin the named originals; a story whose pin fell away finds again who was first."""
    named = _with_story(connection, ids)
    pinned = {
        row.id: row.pinned
        for row in connection.execute(select(story.c.id, story.c.pinned).where(story.c.pinned != ""))
    }
    wanted = {its: name for name, its in named.items()}
    changed = sorted(
        name for name in pinned.keys() | wanted.keys() if pinned.get(name, "") != wanted.get(name, "")
    )
    for name in changed:
        connection.execute(update(story).where(story.c.id == name).values(pinned=wanted.get(name, "")))
    refresh_stories(connection, changed, sources)
    record_changes(connection, "story", changed)
