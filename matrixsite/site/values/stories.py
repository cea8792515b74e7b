"""Story pages: where a text came from, who carried it and what they made of it; and what stands where it went."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from matrixsite.editorial.rights import shown
from matrixsite.site import urls
from matrixsite.site.contexts.entries import Carrier, Delay, StoryPage
from matrixsite.site.contexts.frame import Head, Link, RedirectPage
from matrixsite.site.edition import Edition
from matrixsite.site.kinds import Made
from matrixsite.site.labels import Labels
from matrixsite.site.pictures import cover_address, cover_of
from matrixsite.site.rows import MOST_ROWS, entry_link, entry_rows, title_of
from matrixsite.site.source import Listed, StoryFacts, original_of
from matrixsite.site.spread import correction_of, marks_of, outside_of
from matrixsite.site.values.belonging import belongs
from matrixsite.site.values.linked import Linked
from matrixsite.site.values.withdrawn import withdrawn_page

DRAWN = 3  # carriers, from which on the spread is drawn


def story_units(names: Sequence[str], edition: Edition) -> Iterator[Made]:
    """What stands at stories/<name>.html: the story, the way to where it went, a stub, or nothing."""
    addresses = list(edition.source.story_addresses(names))
    stories = {address.story for address in addresses if address.story == address.name}
    facts = edition.source.facts(stories)
    linked = Linked(facts, edition)
    found = edition.source.carriers({address.story for address in addresses})
    labels = Labels([one.entry.id for carriers in found.values() for one in carriers], edition)
    for address in addresses:
        carriers = [one for one in found.get(address.story, ()) if one.entry.account in edition.accounts]
        path = urls.story_page(address.name)
        if len(carriers) > 1 and address.story == address.name:
            page = _story_page(carriers, facts[address.name], linked, labels, edition)
            yield Made(address.name, path, page)
        elif carriers:
            yield Made(address.name, path, _way(address.story, carriers, edition))
        elif address.taken_back:
            yield Made(address.name, path, withdrawn_page(edition))


def _story_page(
    carriers: Sequence[Listed], facts: StoryFacts, linked: Linked, labels: Labels, edition: Edition
) -> StoryPage:
    """A story with its carriers, from the first to publish it to the last."""
    original = original_of(carriers)
    story = original.entry.story
    part = shown(original.entry, edition.accounts[original.entry.account])
    title = title_of(part)
    right = [one for one in carriers if one.entry.id == correction_of(facts)]
    return StoryPage(
        head=edition.head(title, urls.story_page(story), part.excerpt, image=cover_address(part, edition)),
        title=title,
        excerpt=part.excerpt,
        cover=cover_of(part),
        original=entry_rows((original,), edition)[0],
        original_shown=original.entry.original,
        first=not facts.outside,
        outside=outside_of(facts),
        correction=entry_rows(right, edition)[0] if right else None,
        contains=linked.contained(story),
        digests=linked.digests(story),
        carriers=_carriers(_in_order(carriers)[:MOST_ROWS], title, original, facts, edition),
        carrier_count=len(carriers),
        member_count=len({edition.accounts[one.entry.account].member for one in carriers}),
        spread=_spread(carriers),
        days=(carriers[-1].entry.published - carriers[0].entry.published).days,
        belongs=belongs(story, tuple(one.entry.id for one in carriers), labels, edition),
    )


def _in_order(carriers: Sequence[Listed]) -> list[Listed]:
    """By time; of one time, as dates without a time are, the original before those who followed it."""
    return sorted(carriers, key=lambda one: (one.entry.published, not one.entry.original))


def _spread(carriers: Sequence[Listed]) -> tuple[int, ...]:
    """When each followed the first, as far as their own dates say; nothing where that is too few to draw."""
    times = [int(one.entry.published.timestamp()) for one in carriers if not one.entry.inferred]
    return tuple(time - min(times) for time in sorted(times)) if len(times) >= DRAWN else ()


def _carriers(
    carriers: Sequence[Listed], title: str, original: Listed, facts: StoryFacts, edition: Edition
) -> tuple[Carrier, ...]:
    """Each with how long after the original it came, under which title, and what it did to the text."""
    accounts = {one.entry.account for one in carriers}
    marks = marks_of(facts, {name: edition.called(name) for name in accounts})
    return tuple(
        Carrier(
            row,
            first=one.entry.original,
            delay=None if one is original else _delay(original, one),
            retitled=row.title != title,
            marks=marks.get(one.entry.id, ()),
        )
        for one, row in zip(carriers, entry_rows(carriers, edition), strict=True)
    )


def _delay(original: Listed, one: Listed) -> Delay | None:
    """None where the one states an earlier time, as a date without a time does, or a copy that names its source."""
    delay = one.entry.published - original.entry.published
    if one.entry.inferred or delay.days < 0:
        return None
    return Delay(delay.days, 0 if delay.days else delay.seconds // 3600)


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
