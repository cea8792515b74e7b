"""Honor rolls: each by its lists, those of a year, and all years with what each member won in them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from matrixsite.editorial.honors import HonorKind, HonorRoll, Winner
from matrixsite.editorial.streaks import ONCE
from matrixsite.site import urls
from matrixsite.site.contexts import editorial
from matrixsite.site.contexts.editorial import (
    HonorPage,
    HonorsPage,
    HonorYear,
    HonorYearPage,
    Laurels,
    RollBlock,
)
from matrixsite.site.contexts.frame import Link
from matrixsite.site.edition import Edition
from matrixsite.site.kinds import Made
from matrixsite.site.rows import MOST_ROWS, title_link
from matrixsite.site.source import Listed
from matrixsite.site.values.badges import streak_of
from matrixsite.site.values.editors import editors_words, moved


def honor_pages(edition: Edition) -> Iterator[Made]:
    """The list of all years, the years, the rolls, and the ways from former ids."""
    years: defaultdict[int, list[HonorRoll]] = defaultdict(list)
    for roll in edition.rolls.values():
        years[roll.year].append(roll)
    if years:
        yield Made("", urls.HONORS, _honors_page(years, edition))
    for year, rolls in years.items():
        yield Made("", urls.honor_year(year), _year_page(year, rolls, edition))
    for roll in edition.rolls.values():
        path = urls.honor_page(roll.id)
        yield Made("", path, honor_page(roll.id, edition))
        for former in roll.former:
            yield Made("", urls.honor_page(former), moved(roll.title, path, edition))


def _honors_page(years: dict[int, list[HonorRoll]], edition: Edition) -> HonorsPage:
    blocks = tuple(
        HonorYear(Link(str(year), urls.honor_year(year)), tuple(map(roll_block, rolls)))
        for year, rolls in years.items()
    )
    head = edition.head(edition.say("榜单"), urls.HONORS)
    return HonorsPage(head, blocks, laurels(edition.rolls.values(), edition))


def _year_page(year: int, rolls: list[HonorRoll], edition: Edition) -> HonorYearPage:
    title = edition.say("{year}年榜单", year=year)
    head = edition.head(title, urls.honor_year(year))
    return HonorYearPage(head, year, tuple(map(roll_block, rolls)), laurels(rolls, edition))


def laurels(rolls: Iterable[HonorRoll], edition: Edition) -> tuple[Laurels, ...]:
    """What members won in these rolls: most honors first, then by name; at most 100."""
    won: defaultdict[str, list[int]] = defaultdict(list)
    for roll in rolls:
        for winner in (winner for honors in roll.lists for winner in honors.winners):
            if winner.member in edition.accounts_of:
                won[winner.member].append(roll.year)
    rows = [
        Laurels(_member(member, edition), len(years), tuple(sorted(set(years), reverse=True)))
        for member, years in won.items()
    ]
    rows.sort(key=lambda row: (-row.honors, row.name.title, row.name.href))
    return tuple(rows[:MOST_ROWS])


def _member(name: str, edition: Edition) -> Link:
    return Link(edition.members[name].name, urls.member_page(name))


def honor_page(id_: str, edition: Edition) -> HonorPage:
    """One roll with all its lists."""
    roll, path = edition.rolls[id_], urls.honor_page(id_)
    report = roll.source
    return HonorPage(
        head=edition.head(roll.title, path, roll.basis),
        title=roll.title,
        year=roll.year,
        date=roll.date.isoformat() if roll.date else "",
        guided_by=roll.issuers.guided_by,
        hosted_by=roll.issuers.hosted_by,
        organised_by=roll.issuers.organised_by,
        level=roll.level.value if roll.level else "",
        basis=roll.basis,
        source=Link(report.name, report.url, external=bool(report.url)) if report else None,
        source_date=report.date.isoformat() if report and report.date else "",
        body=editors_words(roll.html, path),
        lists=tuple(_honor_list(roll, number, edition) for number in range(len(roll.lists))),
    )


def roll_block(roll: HonorRoll) -> RollBlock:
    """A roll as other pages name it."""
    return RollBlock(
        roll=Link(roll.title, urls.honor_page(roll.id)),
        year=roll.year,
        lists=tuple(honors.title for honors in roll.lists),
        winners=sum(len(honors.winners) for honors in roll.lists),
        level=roll.level.value if roll.level else "",
    )


def _honor_list(roll: HonorRoll, number: int, edition: Edition) -> editorial.HonorList:
    honors = roll.lists[number]
    links = [winner.link for winner in honors.winners if winner.link and honors.kind is HonorKind.WORK]
    works = edition.source.found(links)
    in_a_row = (
        streak_of(edition.streaks.get((roll.id, number, place), ONCE)) for place in range(len(honors.winners))
    )
    winners = tuple(
        replace(_winner(winner, honors.kind, works, edition), streak=streak)
        for winner, streak in zip(honors.winners, in_a_row, strict=True)
    )
    return editorial.HonorList(honors.title, honors.kind.value, honors.ordered, honors.announced, winners)


def _winner(
    winner: Winner, kind: HonorKind, works: Mapping[str, Listed], edition: Edition
) -> editorial.Winner:
    """The winner's name leads to the account or member; a work's title to the work, its maker's to theirs.

    A person's name leads to their page, else nowhere: the body that they belong to does.
    """
    who = Link(winner.name, _page_of(winner, edition))
    if kind is HonorKind.WORK:
        maker = who if winner.name else None
        return editorial.Winner(_work(winner, works, edition), maker, winner.citation, winner.rank)
    if kind is HonorKind.PERSON:
        return editorial.Winner(
            Link(winner.name, urls.person_page(winner.person))
            if winner.person
            else Link(winner.name, winner.link, external=bool(winner.link)),
            _body_of(winner, who.href, edition),
            winner.citation,
            winner.rank,
        )
    if winner.link and not who.href:
        who = Link(winner.name, winner.link, external=True)
    by = Link(winner.by) if winner.by else None
    return editorial.Winner(who, by, winner.citation, winner.rank)


def _page_of(winner: Winner, edition: Edition) -> str:
    """The page of the winner's account, else of the member; none outside the matrix."""
    if winner.account in edition.accounts:
        return urls.account_page(winner.account)
    return urls.member_page(winner.member) if winner.member in edition.accounts_of else ""


def _body_of(person: Winner, href: str, edition: Edition) -> Link | None:
    """Whom a person belongs to, as the roll says it, else by the name the matrix knows."""
    if person.by:
        return Link(person.by, href)
    member = edition.members.get(person.member)
    return Link(member.name, href) if member else None


def _work(winner: Winner, works: Mapping[str, Listed], edition: Edition) -> Link:
    """A work that the matrix carries leads to its page here, any other to where it was published."""
    listed = works.get(winner.link)
    account = edition.accounts.get(listed.entry.account) if listed else None
    if listed and account:
        return title_link(listed, account, winner.work)
    return Link(winner.work, winner.link, external=bool(winner.link))
