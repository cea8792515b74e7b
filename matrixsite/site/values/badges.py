"""Honors on the pages of those who won them: a member, each of its accounts, and the wall that has them all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import groupby

from matrixsite.editorial import streaks
from matrixsite.editorial.honors import HonorKind
from matrixsite.site import urls
from matrixsite.site.contexts.accounts import BadgeYear, Honors, HonorWallPage
from matrixsite.site.contexts.frame import Link
from matrixsite.site.contexts.rows import Badge, Streak
from matrixsite.site.edition import Edition
from matrixsite.site.honors_won import Honor
from matrixsite.site.kinds import Made
from matrixsite.site.paging import numbered, page_count
from matrixsite.site.rows import MOST_ROWS

HANDFUL = 5  # honors that the pages of a member and its accounts show; with more, the member has a wall


def honors_of(member: str, edition: Edition, *, account: str = "") -> Honors:
    """The latest honors of a member as its page shows them, or the page of one of its accounts."""
    won = edition.honors_of.get(member, ())
    badges = tuple(_badge(honor, account) for honor in won[:HANDFUL])
    return Honors(badges, len(won), urls.honor_wall(member) if len(won) > HANDFUL else "")


def honors_of_person(person: str, edition: Edition) -> Honors:
    """The honors of a person as the person's page shows them, all of them."""
    won = edition.honors_of_people.get(person, ())[:MOST_ROWS]
    return Honors(tuple(_badge(honor, "", person) for honor in won), len(won), "")


def wall_pages(member: str, edition: Edition) -> Iterator[Made]:
    """All honors of a member by year, latest first, 100 a page; none for a member with few."""
    won = edition.honors_of.get(member, ())
    count = page_count(len(won)) if len(won) > HANDFUL else 0
    name = edition.members[member].name
    for number in range(1, count + 1):
        path = urls.honor_wall(member, number)
        page = HonorWallPage(
            head=edition.head(edition.say("{name}的荣誉墙", name=name), path),
            member=Link(name, urls.member_page(member)),
            count=len(won),
            years=_by_year(won[(number - 1) * MOST_ROWS : number * MOST_ROWS]),
            pages=numbered(partial(urls.honor_wall, member), number, count),
        )
        yield Made(member, path, page)


def walls(edition: Edition) -> Iterator[str]:
    """The members that have a wall."""
    return (member for member in edition.accounts_of if len(edition.honors_of.get(member, ())) > HANDFUL)


def streak_of(streak: streaks.Streak) -> Streak | None:
    """A streak as pages show it; none of a single honor."""
    if streak.editions < 2:
        return None
    return Streak(streak.editions, streak.yearly, streak.firsts if streak.firsts > 1 else 0)


def _by_year(won: Sequence[Honor]) -> tuple[BadgeYear, ...]:
    return tuple(
        BadgeYear(year, tuple(map(_on_the_wall, honors)))
        for year, honors in groupby(won, lambda honor: honor.year)
    )


def _on_the_wall(honor: Honor) -> Badge:
    level = honor.level.value if honor.level else ""
    return replace(_badge(honor, ""), level=level, issuers=honor.issuers)


def _badge(honor: Honor, account: str, person: str = "") -> Badge:
    winner = honor.winner
    won = {
        HonorKind.WORK: winner.work,
        HonorKind.PERSON: "" if person else winner.name,
        HonorKind.UNIT: winner.name if account else "",
        HonorKind.ACCOUNT: "" if winner.account == account else winner.name,
    }
    return Badge(
        list=honor.list,
        roll=Link(honor.title, urls.honor_page(honor.roll)),
        year=honor.year,
        kind=honor.kind.value,
        won_by=won[honor.kind],
        rank=winner.rank,
        streak=streak_of(honor.streak),
    )
