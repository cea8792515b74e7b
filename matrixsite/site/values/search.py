"""The files of search: what is found, by period of time; what there is to ask for; the page that asks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from importlib.resources import files

from matrixsite.editorial.rights import shown
from matrixsite.site import scopes, search, urls
from matrixsite.site.contexts.frame import Head, Link
from matrixsite.site.contexts.search import SearchPage
from matrixsite.site.documents import PackedDocument, TextDocument
from matrixsite.site.edition import Edition
from matrixsite.site.kinds import Made
from matrixsite.site.rows import has_page, title_of
from matrixsite.site.search.postings import CHUNK, Postings, file_bits
from matrixsite.site.search.records import RECORDS, Record, accounts_file, as_json, record_files
from matrixsite.site.source import Listed

VERSION = 1
DAY = timedelta(days=1)
SCRIPTS = ("search.js", "search-index.js")


def search_keys(edition: Edition) -> Iterator[str]:
    """The periods."""
    return (segment.name for segment in edition.search_segments)


def search_files(key: str, edition: Edition) -> Iterator[Made]:
    """All that is found in one period; nothing of one that is no more."""
    segment = next((one for one in edition.search_segments if one.name == key), None)
    if segment is None:
        return
    span = edition.midnight(segment.since), edition.midnight(segment.until)
    found = edition.source.published_between(*span)
    records = (_record(one, edition) for one in found if one.entry.account in edition.accounts)
    accounts: list[str] = []
    postings = Postings(file_bits(segment.entries))
    for number, (part, content) in enumerate(record_files(records)):
        for record in part:
            accounts.append(record.account)
            postings.add(record.texts)
        yield Made(key, urls.search_records(key, number), PackedDocument(content))
    yield Made(key, urls.search_accounts(key), PackedDocument(accounts_file(accounts)))
    for number, content in enumerate(postings.files()):
        yield Made(key, urls.search_postings(key, number), PackedDocument(content))


def search_index(edition: Edition) -> Iterator[Made]:
    """What there is to ask: the periods, newest first, and the names that may be asked for; and who asks."""
    parts = [
        [part.name, file_bits(part.entries), part.since.year, (part.until - DAY).year]
        for part in reversed(edition.search_segments)
    ]
    shape = {"version": VERSION, "chunk": CHUNK, "records": RECORDS}
    yield Made("", urls.SEARCH_INDEX, PackedDocument(as_json({**shape, "segments": parts})))
    yield Made("", urls.SEARCH_NAMES, PackedDocument(as_json(_names(edition))))
    for name in SCRIPTS:
        script = (files(search) / "script" / name).read_text(encoding="utf-8")
        yield Made("", f"search/{name}", TextDocument(script))


def search_page(edition: Edition) -> Made:
    """The page that asks, by a script; without one it leads to the directory."""
    return Made("", urls.SEARCH, SearchPage(Head(edition.say("搜索"), "", noindex=True)))


def _record(listed: Listed, edition: Edition) -> Record:
    entry, account = listed.entry, edition.accounts[listed.entry.account]
    part = shown(entry, account)
    title, own_page = title_of(part), has_page(listed, account)
    return Record(
        title=title,
        excerpt=part.excerpt if part.excerpt != title else "",
        published=edition.moment(entry.published).minute,
        account=account.id,
        name=account.name,
        path=entry.path if own_page else entry.url,
        story="" if own_page and entry.story == entry.id else entry.story,
    )


def _names(edition: Edition) -> dict[str, object]:
    """Accounts with the groups that they are in, at any depth; groups; and all else that has a name and a page."""
    accounts = [
        [one.id, one.name, sorted(edition.groups_with[one.id]), [*one.other_names]]
        for one in edition.settings.accounts
    ]
    groups = [[group.id, group.name] for group in edition.settings.groups]
    others = [[link.title, link.href] for link in _others(edition)]
    return {"accounts": accounts, "groups": groups, "others": others}


def _others(edition: Edition) -> Iterator[Link]:
    for folder, name in scopes.announced(edition):
        if folder not in (scopes.ACCOUNTS, scopes.GROUPS):
            yield scopes.list_link(folder, name, edition)
    yield from (Link(person.name, urls.person_page(person.id)) for person in edition.content.people)
    yield from (Link(roll.title, urls.honor_page(roll.id)) for roll in edition.rolls.values())
    yield from (Link(one.name, urls.organisation_page(one.id)) for one in edition.settings.organisations)
