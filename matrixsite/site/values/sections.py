"""The pages of sections: picks first, then what the rules of a section and of those below it bring."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from matrixsite.editorial.sections import Section
from matrixsite.site import scopes, urls
from matrixsite.site.contexts.frame import Link
from matrixsite.site.contexts.lists import SectionNode, SectionPage, SectionsPage
from matrixsite.site.edition import Edition
from matrixsite.site.kinds import Made
from matrixsite.site.rows import MOST_ROWS
from matrixsite.site.values.archives import list_head, month_rows
from matrixsite.site.values.editors import picked_rows
from matrixsite.site.values.feeds import list_feed
from matrixsite.site.values.notices import standing_notices

TREE = ""  # the unit that is the page of all sections


def section_keys(edition: Edition) -> Iterator[str]:
    """The tree, and each section that is no link."""
    if edition.sections:
        yield TREE
        yield from (section.id for section, _ in _walk(edition.content.sections, ()) if not section.link)


def section_pages(keys: Sequence[str], edition: Edition) -> Iterator[Made]:
    """The tree, or the page of a section and its feed; nothing for one that is no more."""
    if TREE in keys and edition.sections:
        tree = tuple(_node(section, edition) for section in edition.content.sections)
        head = edition.head(edition.say("板块"), urls.SECTIONS)
        yield Made(TREE, urls.SECTIONS, SectionsPage(head, tree))
    for section, above in _walk(edition.content.sections, ()):
        if section.id in keys and not section.link:
            yield Made(section.id, _path(section), _section_page(section, above, edition))
            yield list_feed(section.id, scopes.SECTIONS, section.id, section.title, edition)


def section_inputs(edition: Edition) -> object:
    """What section pages show beyond the entries that are in them."""
    return edition.settings.digest, edition.content.sections, standing_notices(edition)


def _section_page(section: Section, above: tuple[Section, ...], edition: Edition) -> SectionPage:
    scope = scopes.scope(scopes.SECTIONS, section.id, edition)
    return SectionPage(
        notices=standing_notices(edition),
        head=list_head(scopes.SECTIONS, section.id, _path(section), section.title, edition),
        title=section.title,
        trail=(Link(edition.say("板块"), urls.SECTIONS), *map(section_link, above)),
        children=tuple(map(section_link, section.children)),
        rows=picked_rows(section.picks, scope, MOST_ROWS, edition),
        months=month_rows(scopes.SECTIONS, section.id, edition),
    )


def _node(section: Section, edition: Edition) -> SectionNode:
    months = () if section.link else month_rows(scopes.SECTIONS, section.id, edition)
    children = tuple(_node(child, edition) for child in section.children)
    return SectionNode(section_link(section), sum(month.count for month in months), children)


def _walk(
    sections: tuple[Section, ...], above: tuple[Section, ...]
) -> Iterator[tuple[Section, tuple[Section, ...]]]:
    """Every section with those above it, outermost first."""
    for section in sections:
        yield section, above
        yield from _walk(section.children, (*above, section))


def _path(section: Section) -> str:
    return urls.front_page(scopes.SECTIONS, section.id)


def section_link(section: Section) -> Link:
    """Where a section of the menu leads."""
    external = bool(section.link) and not section.page
    return Link(section.title, section.link or _path(section), external=external)
