"""Entries as editors look for them: the newest that match words and filters, whatever their status."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, Connection, exists, select

from matrixsite.model import Entry, Status
from matrixsite.store.archive import Judge, newest_where
from matrixsite.store.columns import seconds
from matrixsite.store.schema import entry, membership

_ASSIGNED = ("column:", "section:", "series:", "campaign:")


class Only(StrEnum):
    """What else entries must be."""

    ANY = ""
    HELD = "held"  # waits for an editor
    UNASSIGNED = "unassigned"  # stands in no column or section
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What editors look for."""

    words: tuple[str, ...] = ()  # all of them in the title or the excerpt
    accounts: tuple[str, ...] | None = None  # None: all
    node: str = ""  # section:<id>, column:<id>
    only: Only = Only.ANY
    since: datetime | None = None  # by publication


def find_entries(
    connection: Connection, judge: Judge, wanted: Wanted, *, start: int, count: int
) -> Sequence[Entry]:
    """The newest that match, from number `start` on, without their texts."""
    return newest_where(connection, judge, _conditions(wanted), start=start, count=count)


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.since:
        found.append(entry.c.published >= seconds(wanted.since))
    if wanted.accounts is not None:
        found.append(entry.c.account.in_(wanted.accounts))
    if wanted.node:
        found.append(entry.c.id.in_(select(membership.c.entry).where(membership.c.node == wanted.node)))
    match wanted.only:
        case Only.HELD | Only.WITHDRAWN:
            found.append(entry.c.status == Status(wanted.only.value).value)
        case Only.UNASSIGNED:
            lists = [membership.c.node.startswith(name) for name in _ASSIGNED]
            stands = exists().where(membership.c.entry == entry.c.id, _any(lists)).correlate(entry)
            found += [~stands, entry.c.status == Status.SHOWN.value]
    for word in wanted.words:
        found.append(
            entry.c.title.icontains(word, autoescape=True) | entry.c.excerpt.icontains(word, autoescape=True)
        )
    return found


def _any(conditions: Sequence[ColumnElement[bool]]) -> ColumnElement[bool]:
    first, *rest = conditions
    for one in rest:
        first |= one
    return first
