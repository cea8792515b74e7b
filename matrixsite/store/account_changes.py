"""What the settings say of accounts, as the site last heard it: a change is told to the outbox."""

from __future__ import annotations

import json
from hashlib import blake2b

from sqlalchemy import Connection, delete, insert, select

from matrixsite.config.settings import Settings
from matrixsite.editorial.grouping import groups_of_accounts
from matrixsite.store.database import chunks
from matrixsite.store.outbox import record_changes
from matrixsite.store.schema import account_shown, entry
from matrixsite.store.settings_seen import settings_changed

# digest of all that pages show of an account; the lists that it stands in
Shown = tuple[str, tuple[str, ...]]


def tell_account_changes(connection: Connection, settings: Settings) -> None:
    """Record accounts that came, left or are described otherwise, and the lists that they left."""
    if not settings_changed(connection, settings, "accounts-shown"):
        return
    before = {
        row.id: (row.digest, tuple(json.loads(row.lists)))
        for row in connection.execute(select(account_shown))
    }
    after = _shown(settings)
    changed = sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))
    if not changed:
        return
    for part in chunks(changed):
        connection.execute(delete(account_shown).where(account_shown.c.id.in_(part)))
    rows = [
        {"id": name, "digest": after[name][0], "lists": json.dumps(after[name][1])}
        for name in changed
        if name in after
    ]
    if rows:
        connection.execute(insert(account_shown), rows)
    record_changes(connection, "account", changed)
    left = {
        name: set(before[name][1]) - set(after.get(name, ("", ()))[1]) for name in changed if name in before
    }
    record_changes(
        connection,
        "node",
        sorted(_archives(connection, {name: lists for name, lists in left.items() if lists})),
    )


def _shown(settings: Settings) -> dict[str, Shown]:
    members = {member.id: member for member in settings.members}
    groups = {group.id: group for group in settings.groups}
    within = groups_of_accounts(settings)
    run: dict[str, list[str]] = {}
    for account in settings.accounts:
        run.setdefault(account.member, []).append(account.id)
    shown: dict[str, Shown] = {}
    for account in settings.accounts:
        inside = sorted(within[account.id])
        together = run[account.member]
        plain = (account, members.get(account.member), together, [groups[name] for name in inside])
        digest = blake2b(repr(plain).encode(), digest_size=16).hexdigest()
        shown[account.id] = digest, (f"member:{account.member}", *(f"group:{name}" for name in inside))
    return shown


def _archives(connection: Connection, left: dict[str, set[str]]) -> set[str]:
    """(list, month) of what accounts leave behind in lists that they are in no more."""
    found = {f"{name} " for lists in left.values() for name in lists}
    for account, lists in left.items():
        months = connection.scalars(select(entry.c.month).where(entry.c.account == account).distinct()).all()
        found |= {f"{name} {month}" for name in lists for month in months}
    return found
