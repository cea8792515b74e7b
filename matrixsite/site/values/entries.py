"""Entry pages, and what stands at the addresses of those that are no more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from markupsafe import Markup

from matrixsite.config.settings import Account
from matrixsite.editorial.folding import folded
from matrixsite.editorial.rights import Shown, shown
from matrixsite.model import Enclosure, Entry
from matrixsite.site import urls
from matrixsite.site.contexts.entries import AlsoCarried, EntryPage
from matrixsite.site.contexts.frame import Head, Link
from matrixsite.site.edition import Edition
from matrixsite.site.kinds import Made
from matrixsite.site.labels import Labels
from matrixsite.site.pictures import body_of, cover_address, cover_of
from matrixsite.site.rows import entry_link, has_page, own_canonical, title_of
from matrixsite.site.source import Listed, StoryFacts
from matrixsite.site.spread import correction_of, outside_of
from matrixsite.site.values.belonging import belongs
from matrixsite.site.values.linked import Linked
from matrixsite.site.values.withdrawn import withdrawn_page

MOST_OTHERS = 5  # carriers of its story that an entry's page names


def entry_units(ids: Sequence[str], edition: Edition) -> Iterator[Made]:
    """What stands at the addresses of these entries: a page, a stub, or nothing."""
    every = list(edition.source.entries(ids))
    facts = edition.source.facts({listed.entry.story for listed in every})
    linked = Linked(facts, edition)
    labels = Labels([listed.entry.id for listed in every], edition)
    carriers = edition.source.carriers({one.entry.story for one in every if one.carriers > 1})
    for listed in every:
        account = edition.accounts.get(listed.entry.account)
        if account is not None and has_page(listed, account):
            page = _entry_page(listed, account, facts, linked, labels, edition)
            also = _also_carried(listed, carriers.get(listed.entry.story, ()), edition)
            yield Made(listed.entry.id, listed.entry.path, replace(page, also=also))
    for id_, path in edition.source.stubs(ids):
        yield Made(id_, path, withdrawn_page(edition))


def _entry_page(
    listed: Listed,
    account: Account,
    facts: Mapping[str, StoryFacts],
    linked: Linked,
    labels: Labels,
    edition: Edition,
) -> EntryPage:
    entry, part = listed.entry, shown(listed.entry, account)
    its = facts.get(entry.story, StoryFacts(entry.id))
    outside = outside_of(its)
    return EntryPage(
        head=_entry_head(entry, part, account, edition),
        title=title_of(part),
        account=edition.account_links[account.id],
        member=edition.member_name(account),
        platform=account.platform,
        published=edition.moment(entry.published),
        inferred=entry.inferred,
        corrected=edition.moment(entry.corrected) if entry.corrected else None,
        authors=entry.authors,
        credit=entry.credit if not outside or folded(entry.credit) != folded(outside) else "",
        body=Markup(
            body_of(part, urls.root_of(entry.path))
        ),  # sanitised when it was taken in, see matrixsite.clean
        excerpt=part.excerpt,
        cover=cover_of(part),
        topics=part.topics,
        enclosures=tuple(_file_link(enclosure) for enclosure in part.enclosures),
        original=Link(account.name, entry.url, external=True),
        story=Link(title_of(part), urls.story_page(entry.story)) if listed.carriers > 1 else None,
        carriers=listed.carriers,
        also=(),
        outside=outside,
        corrected_elsewhere=correction_of(its) not in ("", entry.id),
        contains=linked.contained(entry.story),
        digests=linked.digests(entry.story),
        belongs=belongs(entry.story, (entry.id,), labels, edition),
    )


def _also_carried(listed: Listed, carriers: Sequence[Listed], edition: Edition) -> tuple[AlsoCarried, ...]:
    """The first of the others who carry it; the story's page has them all."""
    others = (one for one in carriers if one.entry.id != listed.entry.id)
    known = (one for one in others if one.entry.account in edition.accounts)
    return tuple(
        _carried(one, edition.accounts[one.entry.account], edition) for one in islice(known, MOST_OTHERS)
    )


def _carried(listed: Listed, account: Account, edition: Edition) -> AlsoCarried:
    link = entry_link(listed, account, account.name)
    published = edition.moment(listed.entry.published)
    return AlsoCarried(link, account.platform, published)


def _entry_head(entry: Entry, part: Shown, account: Account, edition: Edition) -> Head:
    canonical = "" if own_canonical(entry, account) else entry.url
    image = cover_address(part, edition)
    return edition.head(title_of(part), entry.path, part.excerpt, canonical=canonical, image=image)


def _file_link(enclosure: Enclosure) -> Link:
    return Link(enclosure.url.rpartition("/")[2] or enclosure.url, enclosure.url, external=True)
