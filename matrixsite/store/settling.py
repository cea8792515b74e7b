"""Bringing the stored status of entries in line with settings and editors' files, touching only what they changed.

What an entry's status is, one pure function decides (`editorial.status`); this finds whose it may have changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from hashlib import blake2b
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, null, select, update

from matrixsite.config.settings import Settings
from matrixsite.editorial.content import Content
from matrixsite.editorial.decisions import Scope
from matrixsite.editorial.status import (
    AccountStanding,
    Decisions,
    EntryFacts,
    held_word,
    status_of,
)
from matrixsite.model import Status
from matrixsite.store.columns import seconds
from matrixsite.store.database import chunks
from matrixsite.store.entries import WORDLESS
from matrixsite.store.outbox import record_changes
from matrixsite.store.refs import resolve
from matrixsite.store.runs import remember, remembered
from matrixsite.store.schema import account, beyond_approval, decision, entry, revision, story_entry
from matrixsite.store.settings_seen import settings_changed
from matrixsite.store.stories import surviving

_FACTS = (
    entry.c.id,
    entry.c.account,
    entry.c.story,
    entry.c.held_by,
    entry.c.gone,
    beyond_approval(),
    entry.c.status,
)


def decisions_of(connection: Connection, content: Content) -> Decisions:
    """The editors' refs as ids; a ref that names no entry (yet), or several, decides nothing."""
    refs = [*content.approved, *(item.ref for item in content.withdrawn)]
    ids = {ref: names[0] for ref, names in resolve(connection, refs).items() if len(names) == 1}
    withdrawn = [item for item in content.withdrawn if item.ref in ids]
    stories = [ids[item.ref] for item in withdrawn if item.scope is Scope.STORY]
    return Decisions(
        approved=frozenset(ids[ref] for ref in content.approved if ref in ids),
        withdrawn=frozenset(ids[item.ref] for item in withdrawn),
        withdrawn_stories=_stories(connection, stories),
    )


def settle(
    connection: Connection, settings: Settings, standing: AccountStanding, content: Content, now: datetime
) -> int:
    """Settle the status of every entry that a change of settings or editors' words touches; returns how many changed.

    Purges what editors want erased: words and revisions go, a hash stays, so that no later night brings it back.
    """
    words = decisions_of(connection, content)
    touched = _held_anew(connection, settings)
    touched |= _accounts_changed(connection, settings, standing)
    touched |= _decisions_changed(connection, words, _purges(connection, content), now)
    touched |= _joined_withdrawn(connection, words)
    return restatus(connection, touched, standing, words)


def restatus(connection: Connection, ids: Iterable[str], standing: AccountStanding, words: Decisions) -> int:
    """Judge these entries again."""
    rows: list[dict[str, Any]] = []
    for part in chunks(sorted(ids)):
        for *facts, old in connection.execute(select(*_FACTS).where(entry.c.id.in_(part))):
            status = status_of(_facts(facts), standing, words)
            if status != old:
                rows.append({"of": facts[0], "status": status})
    if rows:
        statement = update(entry).where(entry.c.id == bindparam("of"))
        connection.execute(statement.values(version=entry.c.version + 1), rows)
        record_changes(connection, "entry", [row["of"] for row in rows])
    return len(rows)


def _facts(values: Sequence[Any]) -> EntryFacts:
    name, account_id, story, held_by, gone, beyond_approval = values
    return EntryFacts(name, account_id, story or "", held_by, bool(gone), bool(beyond_approval))


def _stories(connection: Connection, ids: Iterable[str]) -> frozenset[str]:
    found: set[str] = set()
    for part in chunks(sorted(ids)):
        found.update(filter(None, connection.scalars(select(entry.c.story).where(entry.c.id.in_(part)))))
    return frozenset(found)


def _accounts_changed(connection: Connection, settings: Settings, standing: AccountStanding) -> set[str]:
    """Entries of accounts that came, left or changed between auto and hold."""
    if not settings_changed(connection, settings, "standing"):
        return set()
    known = {row.id: (row.digest, bool(row.present)) for row in connection.execute(select(account))}
    wanted = {item.id: ("hold" if item.id in standing.held else "auto", True) for item in settings.accounts}
    wanted |= {name: (digest, False) for name, (digest, _) in known.items() if name not in wanted}
    changed = sorted(name for name, state in wanted.items() if known.get(name) != state)
    if not changed:
        return set()
    for part in chunks(changed):
        connection.execute(delete(account).where(account.c.id.in_(part)))
    connection.execute(
        insert(account),
        [{"id": name, "digest": wanted[name][0], "present": wanted[name][1]} for name in changed],
    )
    before = [name for name in changed if name in known]
    return {name for part in chunks(before) for name in connection.scalars(_ids_of(part))}


def _ids_of(accounts: Sequence[str]) -> Any:
    return select(entry.c.id).where(entry.c.account.in_(accounts))


def _held_anew(connection: Connection, settings: Settings) -> set[str]:
    """Entries whose holding word changed, after the operator changed the list of words."""
    words = settings.holds.words
    digest = blake2b("\0".join(words).encode(), digest_size=16).hexdigest()
    if not _meta_changed(connection, "hold-words", digest):
        return set()
    rows = []
    query = select(entry.c.id, entry.c.held_by, entry.c.title, entry.c.text)
    if not words:  # none is held by a word any more, whatever it says
        query = select(entry.c.id, entry.c.held_by, null(), null()).where(entry.c.held_by != "")
    for name, held_by, title, text in connection.execute(query.execution_options(yield_per=1000)):
        if (word := held_word(title, text, words)) != held_by:
            rows.append({"of": name, "held_by": word})
    if rows:
        connection.execute(update(entry).where(entry.c.id == bindparam("of")), rows)
    return {row["of"] for row in rows}


def _meta_changed(connection: Connection, name: str, value: str) -> bool:
    if remembered(connection, name) == value:
        return False
    remember(connection, name, value)
    return True


def _purges(connection: Connection, content: Content) -> set[str]:
    refs = [item.ref for item in content.withdrawn if item.purge]
    return {names[0] for names in resolve(connection, refs).values() if len(names) == 1}


def _decisions_changed(connection: Connection, words: Decisions, purges: set[str], now: datetime) -> set[str]:
    """Entries that an editors' word touches now or touched before; the words are recorded as applied."""
    wanted: dict[tuple[str, str], bool] = {("approved", name): False for name in words.approved}
    wanted |= {("withdrawn", name): name in purges for name in words.withdrawn}
    wanted |= {("withdrawn-story", name): False for name in words.withdrawn_stories}
    known = {(row.kind, row.entry): bool(row.purge) for row in connection.execute(select(decision))}
    for kind, name in known.keys() - wanted.keys():
        connection.execute(delete(decision).where(decision.c.kind == kind, decision.c.entry == name))
    fresh = [mark for mark in sorted(wanted) if known.get(mark) != wanted[mark]]
    for kind, name in fresh:
        connection.execute(delete(decision).where(decision.c.kind == kind, decision.c.entry == name))
        values = {"kind": kind, "entry": name, "purge": wanted[kind, name], "applied": seconds(now)}
        connection.execute(insert(decision).values(values))
    _purge(connection, [name for kind, name in fresh if wanted[kind, name]])
    changed = {*fresh, *(known.keys() - wanted.keys())}
    stories = surviving(connection, {name for kind, name in changed if kind == "withdrawn-story"})
    within = {
        name
        for part in chunks(sorted(stories))
        for name in connection.scalars(select(entry.c.id).where(entry.c.story.in_(part)))
    }
    return within | {name for kind, name in changed if kind != "withdrawn-story"}


def _joined_withdrawn(connection: Connection, words: Decisions) -> set[str]:
    """Carriers that joined a story after it was withdrawn."""
    query = select(entry.c.id).where(entry.c.status != Status.WITHDRAWN)
    parts = chunks(sorted(words.withdrawn_stories))
    return {name for part in parts for name in connection.scalars(query.where(entry.c.story.in_(part)))}


def _purge(connection: Connection, ids: Sequence[str]) -> None:
    """Erase the words; identity and digests stay. Whoever empties the list of withdrawals gets no empty page back."""
    if not ids:
        return
    blank: dict[str, Any] = dict.fromkeys(("title", "cover", "credit"), "")
    blank |= dict.fromkeys(("authors", "categories", "topics", "enclosures"), "")
    blank |= WORDLESS | {"title_key": None, "raw": b"", "held_by": "", "purged": True}
    for part in chunks(ids):
        connection.execute(
            update(entry).where(entry.c.id.in_(part)).values(blank | {"version": entry.c.version + 1})
        )
        connection.execute(delete(revision).where(revision.c.entry.in_(part)))
        connection.execute(update(story_entry).where(story_entry.c.entry.in_(part)).values(named=""))
    record_changes(connection, "entry", ids)
