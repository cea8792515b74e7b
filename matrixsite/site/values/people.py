"""People: a page each, with their honors, works and what editors picked of them; and the list of them all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from matrixsite.editorial.people import Person, Work
from matrixsite.editorial.series import Series
from matrixsite.site import scopes, urls
from matrixsite.site.contexts.frame import Link
from matrixsite.site.contexts.people import PeoplePage, PersonPage, PersonRow, WorkRow
from matrixsite.site.edition import Edition
from matrixsite.site.kinds import Made
from matrixsite.site.paging import numbered, page_count
from matrixsite.site.rows import MOST_ROWS, title_link
from matrixsite.site.source import Listed
from matrixsite.site.values.badges import honors_of_person
from matrixsite.site.values.editors import chosen_rows, editors_words, moved, picture


def people_pages(edition: Edition) -> Iterator[Made]:
    """All pages of `people/`, and the ways from former ids."""
    people = edition.content.people
    count = page_count(len(people)) if people else 0
    for number in range(1, count + 1):
        yield Made("", urls.people(number), _people_page(number, count, edition))
    for person in people:
        path = urls.person_page(person.id)
        yield Made("", path, _person_page(person, path, edition))
        for former in person.former:
            yield Made("", urls.person_page(former), moved(person.name, path, edition))


def _people_page(number: int, count: int, edition: Edition) -> PeoplePage:
    people = edition.content.people
    part = people[(number - 1) * MOST_ROWS : number * MOST_ROWS]
    return PeoplePage(
        head=edition.head(edition.say("人物"), urls.people(number)),
        count=len(people),
        people=tuple(_row(person, edition) for person in part),
        pages=numbered(urls.people, number, count),
    )


def _row(person: Person, edition: Edition) -> PersonRow:
    body = _body_of(person, edition)
    honors = edition.honors_of_people.get(person.id, ())
    link = Link(person.name, urls.person_page(person.id))
    return PersonRow(link, person.role, body.title if body else "", len(honors))


def _person_page(person: Person, path: str, edition: Edition) -> PersonPage:
    found = edition.source.found([work.link for work in person.works if work.link])
    return PersonPage(
        head=edition.head(person.name, path, person.intro),
        name=person.name,
        role=person.role,
        by=_body_of(person, edition),
        aliases=person.aliases,
        intro=person.intro,
        portrait=picture(person.portrait),
        body=editors_words(person.html, path),
        series=tuple(_series_with(person.id, edition)),
        honors=honors_of_person(person.id, edition),
        works=tuple(_work(work, found, edition) for work in person.works),
        rows=chosen_rows(person.picks, edition),
    )


def _body_of(person: Person, edition: Edition) -> Link | None:
    """Whom they belong to: a member of the matrix, or a name; None where the editors named nobody."""
    if member := edition.members.get(person.member):
        return Link(member.name, urls.member_page(member.id) if member.id in edition.accounts_of else "")
    return Link(person.by) if person.by else None


def _series_with(person: str, edition: Edition) -> Iterator[Link]:
    for series in edition.lists[scopes.SERIES].values():
        if isinstance(series, Series) and person in series.people:
            yield scopes.list_link(scopes.SERIES, series.id, edition)


def _work(work: Work, found: Mapping[str, Listed], edition: Edition) -> WorkRow:
    """A work that the matrix carries leads to its page here, any other to where it was published."""
    listed = found.get(work.link)
    if listed and (account := edition.accounts.get(listed.entry.account)):
        return WorkRow(title_link(listed, account, work.title), work.note)
    return WorkRow(Link(work.title, work.link, external=bool(work.link)), work.note)
