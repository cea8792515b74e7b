"""A list of members against the registry: who would join, leave, be renamed if it took the registry's place."""

from __future__ import annotations

from datetime import date

from matrixsite.config.settings import Settings
from matrixsite.registry.importing import Imported
from matrixsite.registry.member_rows import Row
from matrixsite.registry.roster import Change, Roster, RosterLine, difference, roster_on


def arrivals(imported: Imported, settings: Settings, today: date) -> tuple[Change, ...]:
    """The changes from the registry on a day to the list. What the list says nothing of, stays."""
    before = roster_on(settings, today)
    closed = {account.id for account in settings.accounts if not account.open_on(today)}
    lines = {
        row["id"]: _line(row, before.lines.get(row["id"]))
        for row in imported.accounts
        if row["id"] not in closed and not _closed(row, today)
    }
    return difference(before, Roster(lines, {}))


def _closed(row: Row, today: date) -> bool:
    return "closed" in row and date.fromisoformat(row["closed"]) <= today


def _line(row: Row, known: RosterLine | None) -> RosterLine:
    base = known or RosterLine(row["id"], "", row["id"], "website", "")
    groups = row.get("group", base.groups)
    return RosterLine(
        row["id"],
        row["name"],
        row.get("member", base.member),
        row.get("platform", base.platform),
        row.get("class", base.account_class),
        (groups,) if isinstance(groups, str) else tuple(groups),
    )
