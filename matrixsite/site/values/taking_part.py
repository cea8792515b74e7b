"""Who takes part in a series or a campaign: by the editors' word, and by what they published of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from matrixsite.editorial.campaigns import Campaign, Partner
from matrixsite.editorial.lists import EditorsList
from matrixsite.editorial.series import Series
from matrixsite.site import urls
from matrixsite.site.contexts.editors_lists import Share, Shares, Term
from matrixsite.site.contexts.frame import Link
from matrixsite.site.edition import Edition
from matrixsite.site.rows import MOST_ROWS
from matrixsite.site.values.topics import topic_link


def terms_of(one: EditorsList, edition: Edition) -> tuple[Term, ...]:
    """The facts that only its sort has; what the editors didn't say is left out."""
    terms: tuple[Term, ...] = ()
    if isinstance(one, Series):
        terms = (
            Term(edition.say("主持"), (Link(one.host),) if one.host else ()),
            Term(edition.say("人物"), tuple(_people(one, edition))),
        )
    if isinstance(one, Campaign):
        terms = (
            Term(edition.say("合作单位"), tuple(_partner(partner, edition) for partner in one.partners)),
            Term(edition.say("话题"), tuple(topic_link(topic, edition) for topic in one.topics)),
        )
    return tuple(term for term in terms if term.links)


def shares_of(one: EditorsList, edition: Edition) -> Shares | None:
    """By account for a series, those who carry it by the editors' word first; by member for a campaign."""
    published = edition.source.shares(one.node) if isinstance(one, Series | Campaign) else {}
    if isinstance(one, Series):
        carry = {name: published.get(name, 0) for name in one.accounts if name in edition.accounts}
        others = {name: count for name, count in published.items() if name in edition.accounts}
        shares = [Share(edition.account_links[name], count) for name, count in (others | carry).items()]
        return _shares(edition.say("发布账号"), shares)
    if isinstance(one, Campaign):
        members = _by_member(published, edition)
        links = {name: Link(edition.members[name].name, urls.member_page(name)) for name in members}
        return _shares(edition.say("参与成员"), [Share(links[name], members[name]) for name in members])
    return None


def _shares(title: str, shares: list[Share]) -> Shares | None:
    """Most first; in equal numbers, by name."""
    shares.sort(key=lambda share: (-share.count, share.who.title, share.who.href))
    return Shares(title, tuple(shares[:MOST_ROWS]), len(shares)) if shares else None


def _by_member(published: Mapping[str, int], edition: Edition) -> Mapping[str, int]:
    members: Counter[str] = Counter()
    for name, count in published.items():
        if name in edition.accounts:
            members[edition.accounts[name].member] += count
    return members


def _people(series: Series, edition: Edition) -> Iterator[Link]:
    for name in series.people:
        yield Link(edition.people[name].name, urls.person_page(name))


def _partner(partner: Partner, edition: Edition) -> Link:
    """Their account, else their member; only a name outside the matrix."""
    who = partner.who
    if who.account in edition.accounts:
        return Link(partner.name, urls.account_page(who.account))
    return Link(partner.name, urls.member_page(who.member) if who.member in edition.accounts_of else "")
