"""Which units must be looked at again: everything, or what the outbox says was touched.

An entry's change reaches its own page, those of its story and of all who carry it (they name the number of carriers),
and every list that any of them stands in. What is cheap to look at is looked at always.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from matrixsite.editorial.columns import Column
from matrixsite.editorial.sections import Section
from matrixsite.site.edition import Edition
from matrixsite.site.kinds import Kind
from matrixsite.site.scopes import GROUPS, lists_with
from matrixsite.site.source import Touched

WHOLE = 50_000  # touched entries beyond which listing them costs more than looking at everything

# the kinds whose pages are the fronts of lists that entries came into or left
_FRONT_PAGES = {
    "topic": Kind.TOPIC,
    "member": Kind.MEMBER,
    "group": Kind.GROUPS,
    "section": Kind.SECTIONS,
    "column": Kind.COLUMNS,
}


@dataclass(frozen=True, slots=True)
class Stale:
    """The units to look at: whole kinds, or the named ones of a kind."""

    whole: frozenset[Kind] = frozenset()
    units: Mapping[Kind, frozenset[str]] = field(default_factory=dict)
    entries: frozenset[str] = frozenset()  # that changed: rows of others show what they showed


def stale_units(touched: Touched, edition: Edition) -> Stale:
    """What these changes reach."""
    if len(touched.entries) > WHOLE:
        return Stale(whole=frozenset(Kind))
    units: defaultdict[Kind, set[str]] = defaultdict(set)
    entries = frozenset(place.id for place in touched.entries)
    units[Kind.ENTRY] |= entries
    units[Kind.STORY] |= touched.stories
    accounts = {place.account for place in touched.entries} | touched.accounts
    units[Kind.ACCOUNT] |= accounts
    units[Kind.MEMBER] |= {edition.accounts[name].member for name in accounts if name in edition.accounts}
    lists = {each for name in accounts if name in edition.accounts for each in lists_with(name, edition)}
    units[Kind.GROUPS] |= {group for folder, group in lists if folder == GROUPS}
    for name, month in {(place.account, place.month) for place in touched.entries}:
        if name in edition.accounts:
            units[Kind.MONTH] |= {"/".join((*each, month)) for each in lists_with(name, edition)}
        else:
            units[Kind.MONTH].add(f"accounts/{name}/{month}")
    for node, month in touched.nodes:
        kind, _, name = node.partition(":")
        if kind in _FRONT_PAGES:
            units[_FRONT_PAGES[kind]].add(name)
        if kind != "topic" and month:
            units[Kind.MONTH].add(f"{kind}s/{name}/{month}")
    units[Kind.SECTIONS].update(_with_picks(edition.sections, entries, edition))
    units[Kind.COLUMNS].update(_with_picks(edition.columns, entries, edition))
    for kind in (Kind.SECTIONS, Kind.COLUMNS):
        units[kind] |= {""} if units[kind] else set()  # the page of them all shows something of each
    months = {place.month for place in touched.entries} | {month for _, month in touched.nodes if month}
    units[Kind.SITEMAP] |= months
    units[Kind.API] |= months
    return Stale(units={kind: frozenset(keys) for kind, keys in units.items()}, entries=entries)


def _with_picks(
    lists: Mapping[str, Column | Section], entries: Collection[str], edition: Edition
) -> Iterator[str]:
    """The lists whose editors picked one of these entries."""
    refs = {name: [pick.ref.text for pick in one.picks] for name, one in lists.items()}
    named = edition.source.named([ref for picked in refs.values() for ref in picked])
    return (
        name
        for name, picked in refs.items()
        if any(id_ in entries for ref in picked for id_ in named.get(ref, ()))
    )
