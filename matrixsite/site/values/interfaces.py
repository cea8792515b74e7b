"""The static interface for programs, `api/v1/`: what the pages show, as JSON; documented in docs/api.md.

It says no more than the pages do (`editorial.rights`), and nothing that only concerns whoever runs the site: no fetch
address that isn't public, no health of feeds, nothing held.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from itertools import islice
from typing import Any, TypeVar

from matrixsite.config.implied import ROLES
from matrixsite.config.settings import Account
from matrixsite.editorial.lists import EditorsList
from matrixsite.editorial.rights import shown
from matrixsite.site import scopes, urls
from matrixsite.site.documents import JsonDocument
from matrixsite.site.edition import Edition
from matrixsite.site.kinds import Listing, Made
from matrixsite.site.labels import Labels
from matrixsite.site.paging import page_count
from matrixsite.site.pictures import cover_address
from matrixsite.site.rows import entry_link, title_of
from matrixsite.site.source import Listed, StoryFacts, original_of
from matrixsite.site.spread import marks_of, outside_of
from matrixsite.site.values.registry_files import VERSION, registry_files
from matrixsite.site.values.sitemaps import EVERYTHING

T = TypeVar("T")
MOST_ENTRIES = 2000  # of one file
MOST_STORIES = 1000
BATCH = 500  # entries or stories that the store is asked about at once


def month_files(month: str, edition: Edition) -> Iterator[Made]:
    """The entries of a month, oldest first, and the stories that were first carried in it; of no entries, no files."""
    if not edition.source.months(EVERYTHING.within(month)):
        return
    yield from _entry_files(month, edition)
    stories = list(_stories(month, edition))
    for number, part, frame in _parts("stories", month, stories, MOST_STORIES, edition):
        path = urls.api_month("stories", month, number)
        yield Made(month, path, JsonDocument({**frame, "stories": part}))


def site_files(edition: Edition) -> Iterator[Made]:
    """What there is, the accounts, their batches, who stands behind them, and the editors' lists."""
    months = [month.name for month in reversed(edition.source.months(EVERYTHING))]
    site = edition.settings.site
    index = {
        "version": VERSION,
        "title": site.title,
        "home": edition.absolute(urls.HOME),
        "license": edition.say("各账号内容的版权归发布者所有。"),
        "takedown": site.takedown,
        "accounts": edition.absolute(urls.api("accounts")),
        "batches": edition.absolute(urls.api("batches")),
        "organisations": edition.absolute(urls.api("organisations")),
        **{folder: edition.absolute(urls.api(folder)) for folder in scopes.EDITORS},
        "boards": edition.absolute(urls.api("boards")),
        "notices": edition.absolute(urls.NOTICES_API),
        "members": edition.absolute(urls.OPML),
        "entries": {
            urls.dashed(month): edition.absolute(urls.api_month("entries", month)) for month in months
        },
        "stories": {
            urls.dashed(month): edition.absolute(urls.api_month("stories", month)) for month in months
        },
    }
    yield Made("", urls.api("index"), JsonDocument(index))
    accounts = [_account(account, edition) for account in edition.settings.accounts]
    yield Made("", urls.api("accounts"), JsonDocument({"version": VERSION, "accounts": accounts}))
    yield from registry_files(edition)
    for folder in scopes.EDITORS:
        lists = [_list(one, edition) for one in edition.announced[folder].values()]
        yield Made("", urls.api(folder), JsonDocument({"version": VERSION, folder: lists}))


def _parts(
    kind: str, month: str, rows: Sequence[T], most: int, edition: Edition
) -> Iterator[tuple[int, Sequence[T], dict[str, Any]]]:
    """The files of one month: number, rows, and what stands before them; each but the last names the `next`."""
    last = page_count(len(rows), most)
    for number in range(1, last + 1):
        after = edition.absolute(urls.api_month(kind, month, number + 1)) if number < last else None
        frame = {"version": VERSION, "month": urls.dashed(month), "next": after}
        yield number, rows[(number - 1) * most : number * most], frame


def _entry_files(month: str, edition: Edition) -> Iterator[Made]:
    ids = tuple(edition.source.ids(EVERYTHING.within(month)))
    for number, part, frame in _parts("entries", month, ids, MOST_ENTRIES, edition):
        shown = tuple(part)
        document = Listing(shown, frame, partial(_entries_document, frame, shown, edition))
        yield Made(month, urls.api_month("entries", month, number), document)


def _entries_document(frame: Mapping[str, Any], ids: Sequence[str], edition: Edition) -> JsonDocument:
    return JsonDocument({**frame, "entries": list(_entries(ids, edition))})


def _entries(ids: Sequence[str], edition: Edition) -> Iterator[dict[str, Any]]:
    listed = edition.source.entries(ids, wide=False)
    while part := list(islice(listed, BATCH)):
        contained = edition.source.contained({one.entry.story for one in part})
        labels = Labels([one.entry.id for one in part], edition)
        for one in part:
            if one.entry.account in edition.accounts:
                yield _entry(one, contained.get(one.entry.story, ()), labels, edition)


def _stories(month: str, edition: Edition) -> Iterator[dict[str, Any]]:
    stories = edition.source.stories(month)
    while part := list(islice(stories, BATCH)):
        names = {carriers[0].entry.story for carriers in part}
        facts, contained = edition.source.facts(names), edition.source.contained(names)
        for carriers in part:
            name = carriers[0].entry.story
            yield _story(carriers, facts[name], contained.get(name, ()), edition)


def _entry(listed: Listed, contained: Sequence[Listed], labels: Labels, edition: Edition) -> dict[str, Any]:
    entry, account = listed.entry, edition.accounts[listed.entry.account]
    part = shown(entry, account)
    return {
        "id": entry.id,
        "account": account.id,
        "member": account.member,
        "platform": account.platform,
        "title": title_of(part),
        "url": _address(listed, account, edition),
        "original": entry.url,
        "published": edition.moment(entry.published).iso,
        "inferred": entry.inferred,
        "updated": edition.moment(entry.corrected).iso if entry.corrected else None,
        "story": entry.story,
        "carriers": listed.carriers,
        "contains": [one.entry.story for one in contained],
        "media": entry.media.value,
        "kinds": list(labels.names(scopes.KINDS, entry.id)),
        "excerpt": part.excerpt,
        "cover": cover_address(part, edition),
        "topics": list(part.topics),
    }


def _story(
    carriers: Sequence[Listed], facts: StoryFacts, contained: Sequence[Listed], edition: Edition
) -> dict[str, Any]:
    """A story by its original, with all who carry it, from the first to publish it to the last."""
    original = original_of(carriers)
    marks = marks_of(facts, {one.entry.account: edition.called(one.entry.account) for one in carriers})
    part = shown(original.entry, edition.accounts[original.entry.account])
    return {
        "id": original.entry.story,
        "title": title_of(part),
        "url": edition.absolute(urls.story_page(original.entry.story)),
        "original": original.entry.id,
        "first": original.entry.original and not facts.outside,
        "outside": outside_of(facts),
        "kind": "digest" if facts.digest else "story",
        "contains": [one.entry.story for one in contained],
        "carriers": [
            {
                "entry": one.entry.id,
                "account": one.entry.account,
                "member": edition.accounts[one.entry.account].member,
                "url": _address(one, edition.accounts[one.entry.account], edition),
                "published": edition.moment(one.entry.published).iso,
                "marks": list(marks.get(one.entry.id, ())),
            }
            for one in carriers
        ],
    }


def _account(account: Account, edition: Edition) -> dict[str, Any]:
    public = next((feed.url for feed in account.feeds if not feed.local), None) if account.public else None
    return {
        "id": account.id,
        "name": account.name,
        "member": account.member,
        "member_name": edition.members[account.member].name,
        "platform": account.platform,
        "groups": list(edition.groups_of(account)),
        "page": edition.absolute(urls.account_page(account.id)),
        "feed": edition.absolute(urls.account_feed(account.id)),
        "source": public,
        "home": account.home or None,
        "joined": _day(account.joined),
        "closed": _day(account.closed),
        "closure": account.closure.value if account.closure else None,
        "successor": account.successor or None,
        "class": account.account_class or None,
        "aliases": list(account.aliases),
        "former_names": [{"name": one.name, "until": _day(one.until)} for one in account.former_names],
        "batch": account.batch or None,
        **{role: getattr(account, role) or None for role in ROLES},
        "stores": [
            {
                "url": one.url,
                "store": one.store or None,
                "version": one.version or None,
                "updated": _day(one.updated),
            }
            for one in account.store_links
        ],
    }


def _list(one: EditorsList, edition: Edition) -> dict[str, Any]:
    return {
        "id": one.id,
        "title": one.title,
        "lead": one.lead,
        "page": edition.absolute(urls.front_page(one.folder, one.id)),
        "feed": edition.absolute(urls.list_feed(one.folder, one.id)),
        "from": _day(one.starts),
        "to": _day(one.ends),
    }


def _address(listed: Listed, account: Account, edition: Edition) -> str:
    """Our page of the entry, or the original where we have none."""
    link = entry_link(listed, account, "")
    return link.href if link.external else edition.absolute(link.href)


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
