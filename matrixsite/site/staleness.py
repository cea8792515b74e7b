"""Which units must be looked at again: everything, or what the outbox says was touched.

An entry's change reaches its own page, those of its story and of all who carry it (they name the number of carriers),
and every list that any of them stands in. What is cheap to look at is looked at always.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from matrixsite.editorial.campaigns import Campaign
from matrixsite.editorial.content import EDITORS_LISTS
from matrixsite.editorial.lists import EditorsList
from matrixsite.editorial.sections import Section
from matrixsite.site.edition import Edition
from matrixsite.site.kinds import Kind
from matrixsite.site.rebuttals import stories_beside
from matrixsite.site.scopes import (
    BY_RULE,
    CAMPAIGNS,
    FOLDERS,
    GROUPS,
    SECTIONS,
    WITH_YEARS,
    lists_with,
)
from matrixsite.site.search.segments import segment_of
from matrixsite.site.source import Touched

WHOLE = 50_000  # touched entries beyond which listing them costs more than looking at everything

# the kinds whose pages are the fronts of lists that entries came into or left
_FRONT_PAGES = {
    "topic": Kind.TOPIC,
    "member": Kind.MEMBER,
    "group": Kind.GROUPS,
    "section": Kind.SECTIONS,
    **{sort.prefix: Kind(sort.folder) for sort in EDITORS_LISTS},
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
    units[Kind.IMAGE] |= touched.images
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
        if kind in FOLDERS and month:
            units[Kind.MONTH].add(f"{FOLDERS[kind]}/{name}/{month}")
    units[Kind.YEAR] |= {year for each in units[Kind.MONTH] if (year := _year_of(each))}
    units[Kind.CAMPAIGNS].update(_with_topics({node for node, _ in touched.nodes}, edition))
    for folder in BY_RULE:
        fronts = units[Kind(folder)]
        with_picks = edition.sections if folder == SECTIONS else edition.lists[folder]
        fronts.update(_with_picks(with_picks, entries, edition))
        fronts |= {""} if fronts else set()  # the page of them all shows something of each
    beside = edition.source.carriers(stories_beside(entries, edition.content.kinds, edition.source))
    units[Kind.STORY] |= beside.keys()
    units[Kind.ENTRY] |= {one.entry.id for carriers in beside.values() for one in carriers}
    months = {place.month for place in touched.entries} | {month for _, month in touched.nodes if month}
    units[Kind.SITEMAP] |= months
    units[Kind.ARCHIVE] |= {*months, ""} if months else set()
    units[Kind.API] |= months
    days = {edition.day(place.published) for place in touched.entries if place.id in touched.changed}
    parts = {segment_of(day, edition.search_segments) for day in days}
    units[Kind.SEARCH] |= {part.name for part in parts if part}
    return Stale(units={kind: frozenset(keys) for kind, keys in units.items()}, entries=entries)


def _year_of(month: str) -> str:
    """The year of a month of an account or member; empty for other lists, which have none."""
    folder, name, year, _ = month.split("/")
    return f"{folder}/{name}/{year}" if folder in WITH_YEARS else ""


def _with_picks(
    lists: Mapping[str, EditorsList | Section], entries: Collection[str], edition: Edition
) -> Iterator[str]:
    """The lists whose editors picked one of these entries."""
    refs = {name: [pick.ref.text for pick in one.picks] for name, one in lists.items()}
    named = edition.source.named([ref for picked in refs.values() for ref in picked])
    return (
        name
        for name, picked in refs.items()
        if any(id_ in entries for ref in picked for id_ in named.get(ref, ()))
    )


def _with_topics(nodes: Collection[str], edition: Edition) -> Iterator[str]:
    """The campaigns that name one of these topics, which may have a page since, or none any more."""
    for name, campaign in edition.lists[CAMPAIGNS].items():
        if isinstance(campaign, Campaign) and any(f"topic:{topic}" in nodes for topic in campaign.topics):
            yield name
