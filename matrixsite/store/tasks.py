"""What the store has on repost tasks: the pieces, and who carries their stories, alone or in a digest."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import timedelta

from sqlalchemy import Connection, select

from matrixsite.config.settings import Settings
from matrixsite.editorial.folding import folded
from matrixsite.editorial.tasks import LOOK_BACK, Task
from matrixsite.model import Entry
from matrixsite.registry.task_reports import DIGEST, ORIGINAL, Found
from matrixsite.site.spread import marks_of, names_of
from matrixsite.store.archive import Judge, carriers_of, newest_where, one_entry
from matrixsite.store.bulk import among, rows_among
from matrixsite.store.columns import seconds
from matrixsite.store.refs import resolve
from matrixsite.store.schema import entry, story_contains
from matrixsite.store.story_facts import facts_of, linked

LOOK_ON = timedelta(days=30)  # after `due`, for late carriers of what only words tell
MOST = 20_000  # entries that are searched for words

_TEXTS = select(entry.c.id, entry.c.text).where(among(entry.c.id))


def found_for(connection: Connection, judge: Judge, task: Task, settings: Settings) -> Found:
    """Entries of any status: what an editor withdrew was carried, too."""
    if task.words:
        return Found((), (), {one.id: (one, ()) for one in _holding(connection, judge, task)})
    named = resolve(connection, task.refs)
    unknown = tuple(ref.text for ref in task.refs if len(named[ref]) != 1)
    single = (one_entry(connection, judge, named[ref][0]) for ref in task.refs if len(named[ref]) == 1)
    pieces = tuple(filter(None, single))
    called = _called(settings, {name for asked in task.asked for name in asked.accounts})
    carriers: dict[str, tuple[Entry, tuple[str, ...]]] = {}
    for story in dict.fromkeys(piece.story for piece in pieces):
        carriers |= _carriers(connection, judge, story, called)
    return Found(pieces, unknown, carriers)


def _carriers(
    connection: Connection, judge: Judge, story: str, called: Mapping[str, frozenset[str]]
) -> dict[str, tuple[Entry, tuple[str, ...]]]:
    facts = facts_of(connection, [story])
    marks = marks_of(facts[story], called) if story in facts else {}
    found: dict[str, tuple[Entry, tuple[str, ...]]] = {}
    for digest in linked(connection, story_contains.c.story, story_contains.c.digest, [story]).get(story, ()):
        found |= {one.id: (one, (DIGEST,)) for one in carriers_of(connection, judge, digest)}
    for one in carriers_of(connection, judge, story):
        own = (ORIGINAL,) if one.original else ()
        found[one.id] = (one, (*own, *marks.get(one.id, ())))
    return found


def _called(settings: Settings, accounts: Collection[str]) -> dict[str, frozenset[str]]:
    members = {member.id: member for member in settings.members}
    asked = (account for account in settings.accounts if account.id in accounts)
    return {account.id: names_of(account, members.get(account.member)) for account in asked}


def _holding(connection: Connection, judge: Judge, task: Task) -> Iterator[Entry]:
    """Entries of those who were asked, about the time, that hold all the words in title or text."""
    accounts = {name for asked in task.asked for name in asked.accounts}
    since, until = task.start or task.due - LOOK_BACK, task.due + LOOK_ON
    span = [entry.c.published >= seconds(since), entry.c.published < seconds(until)]
    by_id = {
        one.id: one
        for one in newest_where(connection, judge, span, start=0, count=MOST)
        if one.account in accounts
    }
    for name, text in rows_among(connection, _TEXTS, by_id):
        words = folded(f"{by_id[name].title}\n{text}")
        if all(word in words for word in task.words):
            yield by_id[name]
