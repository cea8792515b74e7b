"""Entry pages, story pages and what stands at the addresses of those that are no more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from markupsafe import Markup

from matrixsite.config.settings import Account
from matrixsite.editorial.rights import Shown, shown
from matrixsite.model import Enclosure, Entry
from matrixsite.site import urls
from matrixsite.site.contexts import EntryPage, Head, Link, RedirectPage, StoryPage, WithdrawnPage
from matrixsite.site.edition import Edition
from matrixsite.site.rows import MOST_ROWS, entry_link, entry_rows, shows_html, title_of
from matrixsite.site.source import Listed


def entry_pages(ids: Iterable[str], edition: Edition) -> Iterator[tuple[str, EntryPage]]:
    """The pages of these entries with their ids, loaded in one go."""
    for listed in edition.source.entries(ids):
        account = edition.accounts[listed.entry.account]
        yield listed.entry.id, _entry_page(listed, account, edition)


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
    """A whole text is the original's copy and says so; anything less is a page of our own."""
    head = edition.head(title_of(part), entry.path, part.excerpt)
    copied = shows_html(account) and entry.url
    return replace(head, image=part.cover, canonical=entry.url if copied else head.canonical)


def _file_link(enclosure: Enclosure) -> Link:
    return Link(enclosure.url.rpartition("/")[2] or enclosure.url, enclosure.url, external=True)


def story_page(story: str, edition: Edition) -> StoryPage:
    """A story with its carriers, from the first to publish it to the last."""
    carriers = [one for one in edition.source.carriers(story) if one.entry.account in edition.accounts]
    original = next((one for one in carriers if one.entry.original), carriers[0])
    part = shown(original.entry, edition.accounts[original.entry.account])
    head = edition.head(title_of(part), urls.story_page(story), part.excerpt)
    span = carriers[-1].entry.published - carriers[0].entry.published
    return StoryPage(
        head=replace(head, image=part.cover),
        title=title_of(part),
        excerpt=part.excerpt,
        cover=part.cover,
        original=entry_rows((original,), edition)[0],
        carriers=entry_rows(carriers[:MOST_ROWS], edition),
        carrier_count=len(carriers),
        member_count=len({edition.accounts[one.entry.account].member for one in carriers}),
        days=span.days,
    )


def former_story_page(story: str, edition: Edition) -> RedirectPage | WithdrawnPage:
    """What answers where a story page was: the way to the story, or to its one entry left, or the stub."""
    carriers = [one for one in edition.source.carriers(story) if one.entry.account in edition.accounts]
    if not carriers:
        return withdrawn_page(edition)
    first = carriers[0]
    title = title_of(shown(first.entry, edition.accounts[first.entry.account]))
    if len(carriers) > 1:
        target = Link(title, urls.story_page(story))
    else:
        target = entry_link(first, edition.accounts[first.entry.account], title)
    canonical = target.href if target.external else urls.absolute(edition.settings.site.url, target.href)
    return RedirectPage(Head(title, canonical, noindex=True), target)


def withdrawn_page(edition: Edition) -> WithdrawnPage:
    """The same for all: it names nothing."""
    return WithdrawnPage(Head(edition.say("已撤回"), "", noindex=True))
