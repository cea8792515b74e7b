"""The editors' words on stories: join, split, original. They are said again after each run's own joining, so that
new carriers and new evidence never overrule them.

Addresses last: the older id survives a merge and the other becomes an alias;
the part with the founder keeps the id at a split.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, delete, insert, select, update

from matrixsite.editorial.decisions import StoryDecision, StoryVerb
from matrixsite.store.database import chunks
from matrixsite.store.outbox import record_changes
from matrixsite.store.refs import resolve
from matrixsite.store.schema import entry, story, story_alias, story_entry
from matrixsite.store.stories import merge_stories, refresh_stories

BY_HAND = "editor"  # the evidence of what an editor said


def apply_story_words(connection: Connection, words: Sequence[StoryDecision]) -> None:
    """Bring the stories in line with what editors say, in the order in which they say it.

    A ref that names no entry, several, or one that waits for its story, says nothing yet.
    """
    refs = {ref for word in words for ref in word.refs}
    ids = {ref: names[0] for ref, names in resolve(connection, refs).items() if len(names) == 1}
    originals: dict[str, str] = {}
    for word in words:
        named = _with_story(connection, [ids[ref] for ref in word.refs if ref in ids])
        if word.verb is StoryVerb.JOIN:
            _join(connection, named)
        elif word.verb is StoryVerb.SPLIT:
            _split(connection, named)
        else:
            originals.update({name: name for name in named})
    _name_originals(connection, list(originals))


def _with_story(connection: Connection, ids: Sequence[str]) -> dict[str, str]:
    """Entry → story, of those that have one."""
    found: dict[str, str] = {}
    for part in chunks(ids):
        query = select(entry.c.id, entry.c.story).where(entry.c.id.in_(part), entry.c.story.is_not(None))
        found.update((row.id, row.story) for row in connection.execute(query.order_by(entry.c.id)))
    return found


def _join(connection: Connection, named: dict[str, str]) -> None:
    stories = set(named.values())
    if len(stories) < 2:
        return
    age = select(entry.c.first_seen, entry.c.published, entry.c.account, entry.c.id).where(
        entry.c.id.in_(stories)
    )
    oldest, *others = [row.id for row in sorted(connection.execute(age).all())]
    for other in others:
        merge_stories(connection, other, oldest)
    _say_why(connection, list(named))
    refresh_stories(connection, [oldest])


def _split(connection: Connection, named: dict[str, str]) -> None:
    """Take the named entries out of stories that hold others too; each story's part becomes one of its own."""
    for name in sorted(set(named.values())):
        part = sorted(entry_id for entry_id, its in named.items() if its == name)
        every = set(connection.scalars(select(entry.c.id).where(entry.c.story == name)))
        if len(part) == len(every):
            continue
        leaving = part if name not in part else sorted(every - set(part))
        _move_out(connection, name, leaving)


def _move_out(connection: Connection, old: str, leaving: Sequence[str]) -> None:
    age = select(entry.c.first_seen, entry.c.published, entry.c.account, entry.c.id).where(
        entry.c.id.in_(leaving)
    )
    new = min(connection.execute(age).all()).id
    connection.execute(delete(story_alias).where(story_alias.c.alias == new))
    connection.execute(insert(story).values(id=new, original=new, size=len(leaving)))
    for part in chunks(leaving):
        connection.execute(update(entry).where(entry.c.id.in_(part)).values(story=new))
        moved = update(story_entry).where(story_entry.c.entry.in_(part))
        connection.execute(moved.values(story=new, reason=BY_HAND))
    refresh_stories(connection, sorted({old, new}))


def _say_why(connection: Connection, ids: Sequence[str]) -> None:
    for part in chunks(ids):
        connection.execute(update(story_entry).where(story_entry.c.entry.in_(part)).values(reason=BY_HAND))


def _name_originals(connection: Connection, ids: Sequence[str]) -> None:
    """Pin the named originals; a story whose pin fell away counts again who was first."""
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
    refresh_stories(connection, changed)
    record_changes(connection, "story", changed)
