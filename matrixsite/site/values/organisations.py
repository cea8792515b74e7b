"""The bodies behind accounts: what each sponsors (主办), undertakes (承办) and operates (运营)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from matrixsite.config.settings import Organisation
from matrixsite.registry.bodies import Body
from matrixsite.site import urls
from matrixsite.site.contexts.frame import Link
from matrixsite.site.contexts.registry import BodyRow, OrganisationPage, OrganisationsPage, RoleSection
from matrixsite.site.edition import Edition
from matrixsite.site.kinds import Made
from matrixsite.site.paging import numbered, page_count
from matrixsite.site.rows import MOST_ROWS
from matrixsite.site.values.registry import registry_row

MOST_PARTS = 50  # organisations below one, on its page


def organisation_pages(edition: Edition) -> Iterator[Made]:
    """The list of bodies and the pages of each; nothing where no account names one."""
    ordered = sorted(edition.bodies.values(), key=lambda body: edition.settings.sort_key(body.one))
    count = page_count(len(ordered)) if ordered else 0
    for number in range(1, count + 1):
        part = ordered[(number - 1) * MOST_ROWS : number * MOST_ROWS]
        page = OrganisationsPage(
            head=edition.head(edition.say("主办承办单位"), urls.organisations(number)),
            count=len(ordered),
            rows=tuple(map(_row, part)),
            pages=numbered(urls.organisations, number, count),
        )
        yield Made("organisations", urls.organisations(number), page)
    parts: dict[str, list[Link]] = {}
    for body in ordered:
        if isinstance(body.one, Organisation) and body.one.parent:
            parts.setdefault(body.one.parent, []).append(body_link(body))
    for body in ordered:
        yield from _pages(body, tuple(parts.get(body.one.id, ())[:MOST_PARTS]), edition)


def body_link(body: Body) -> Link:
    """A body and its page."""
    return Link(body.one.name, urls.organisation_page(body.one.id))


def _row(body: Body) -> BodyRow:
    numbers = (len(body.roles.get(role, ())) for role in ("sponsor", "undertaker", "operator"))
    return BodyRow(body_link(body), *numbers)


def _pages(body: Body, parts: tuple[Link, ...], edition: Edition) -> Iterator[Made]:
    items = [(role, name) for role, names in body.roles.items() for name in names]
    count, one = page_count(len(items)), body.one
    for number in range(1, count + 1):
        path = urls.organisation_page(one.id, number)
        part = items[(number - 1) * MOST_ROWS : number * MOST_ROWS]
        page = OrganisationPage(
            head=edition.head(one.name, path, one.intro),
            name=one.name,
            aliases=one.aliases,
            intro=one.intro,
            home=Link(one.home, one.home, external=True) if one.home else None,
            member=_member_link(one.id, edition),
            parent=_parent(body, edition),
            parts=parts if number == 1 else (),
            count=body.accounts,
            sections=tuple(
                RoleSection(
                    role, len(body.roles[role]), tuple(registry_row(name, edition) for _, name in found)
                )
                for role, found in groupby(part, lambda item: item[0])
            ),
            pages=numbered(lambda n: urls.organisation_page(one.id, n), number, count),
        )
        yield Made("organisations", path, page)


def _member_link(name: str, edition: Edition) -> Link | None:
    """The page of a member; one without accounts has none."""
    there = name in edition.accounts_of
    return Link(edition.members[name].name, urls.member_page(name)) if there else None


def _parent(body: Body, edition: Edition) -> Link | None:
    """What it is part of: a body with a page here, else a member, else no more than a name."""
    name = body.one.parent if isinstance(body.one, Organisation) else ""
    if not name:
        return None
    if name in edition.bodies:
        return body_link(edition.bodies[name])
    return _member_link(name, edition) or Link(edition.members[name].name)
