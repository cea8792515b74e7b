"""Entry pages, story pages and what stands at the addresses of those that are no more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from markupsafe import Markup

from matrixsite.config.settings import Account
from matrixsite.editorial.rights import Shown, shown
from matrixsite.model import Enclosure, Entry
from matrixsite.site import urls
from matrixsite.site.contexts.entries import Carrier, EntryPage, StoryPage
from matrixsite.site.contexts.frame import Head, Link, RedirectPage, WithdrawnPage
from matrixsite.site.edition import Edition
from matrixsite.site.kinds import Made
from matrixsite.site.rows import MOST_ROWS, entry_link, entry_rows, has_page, own_canonical, title_of
from matrixsite.site.source import Listed, original_of


def entry_units(ids: Sequence[str], edition: Edition) -> Iterator[Made]:
    """What stands at the addresses of these entries: a page, a stub, or nothing."""
    for listed in edition.source.entries(ids):
        account = edition.accounts.get(listed.entry.account)
        if account is not None and has_page(listed, account):
            yield Made(listed.entry.id, listed.entry.path, _entry_page(listed, account, edition))
    for id_, path in edition.source.stubs(ids):
        yield Made(id_, path, _withdrawn_page(edition))


def _entry_page(listed: Listed, account: Account, edition: Edition) -> EntryPage:
    entry, part = listed.entry, shown(listed.entry, account)
    return EntryPage(
        head=_entry_head(entry, part, account, edition),
        title=title_of(part),
        account=Link(account.name, urls.account_page(account.id)),
        member=edition.member_name(account),
        platform=account.platform,
        published=edition.moment(entry.published),
        inferred=entry.inferred,
        corrected=edition.moment(entry.corrected) if entry.corrected else None,
        authors=entry.authors,
        credit=entry.credit,
        body=Markup(part.html),  # sanitised when it was taken in, see matrixsite.clean
        excerpt=part.excerpt,
        cover=part.cover,
        topics=part.topics,
        enclosures=tuple(_file_link(enclosure) for enclosure in part.enclosures),
        original=Link(account.name, entry.url, external=True),
        story=Link(title_of(part), urls.story_page(entry.story)) if listed.carriers > 1 else None,
        carriers=listed.carriers,
    )


def _entry_head(entry: Entry, part: Shown, account: Account, edition: Edition) -> Head:
    head = edition.head(title_of(part), entry.path, part.excerpt)
    canonical = head.canonical if own_canonical(entry, account) else entry.url
    return replace(head, image=part.cover, canonical=canonical)


def _file_link(enclosure: Enclosure) -> Link:
    return Link(enclosure.url.rpartition("/")[2] or enclosure.url, enclosure.url, external=True)


def story_units(names: Sequence[str], edition: Edition) -> Iterator[Made]:
    """What stands at stories/<name>.html: the story, the way to where it went, a stub, or nothing."""
    for address in edition.source.story_addresses(names):
        found = edition.source.carriers(address.story)
        carriers = [one for one in found if one.entry.account in edition.accounts]
        path = urls.story_page(address.name)
        if len(carriers) > 1 and address.story == address.name:
            yield Made(address.name, path, _story_page(address.name, carriers, edition))
        elif carriers:
            yield Made(address.name, path, _way(address.story, carriers, edition))
        elif address.taken_back:
            yield Made(address.name, path, _withdrawn_page(edition))


def _story_page(story: str, carriers: Sequence[Listed], edition: Edition) -> StoryPage:
    """A story with its carriers, from the first to publish it to the last."""
    original = original_of(carriers)
    part = shown(original.entry, edition.accounts[original.entry.account])
    head = edition.head(title_of(part), urls.story_page(story), part.excerpt)
    span = carriers[-1].entry.published - carriers[0].entry.published
    return StoryPage(
        head=replace(head, image=part.cover),
        title=title_of(part),
        excerpt=part.excerpt,
        cover=part.cover,
        original=entry_rows((original,), edition)[0],
        carriers=_carriers(carriers, edition),
        carrier_count=len(carriers),
        member_count=len({edition.accounts[one.entry.account].member for one in carriers}),
        days=span.days,
    )


def _carriers(carriers: Sequence[Listed], edition: Edition) -> tuple[Carrier, ...]:
    """The first 100, each with how long after the first publisher it came."""
    found = []
    for one, row in zip(carriers[:MOST_ROWS], entry_rows(carriers[:MOST_ROWS], edition), strict=True):
        delay = one.entry.published - carriers[0].entry.published
        found.append(Carrier(row, delay.days, delay.seconds // 3600 if not delay.days else 0))
    return tuple(found)


def _way(story: str, carriers: Sequence[Listed], edition: Edition) -> RedirectPage:
    """To the story that another was merged into, or to the one entry that is left."""
    first = carriers[0]
    title = title_of(shown(first.entry, edition.accounts[first.entry.account]))
    if len(carriers) > 1:
        target = Link(title, urls.story_page(story))
    else:
        target = entry_link(first, edition.accounts[first.entry.account], title)
    canonical = target.href if target.external else edition.absolute(target.href)
    return RedirectPage(Head(title, canonical, noindex=True), target)


def _withdrawn_page(edition: Edition) -> WithdrawnPage:
    """The same for all: it names nothing."""
    return WithdrawnPage(Head(edition.say("已撤回"), "", noindex=True))
