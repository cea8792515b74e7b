"""Member pages and their feeds, and the directory of members."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from matrixsite.config.settings import Account, Member
from matrixsite.site import scopes, urls
from matrixsite.site.contexts.accounts import MemberPage, MemberRow, MemberSection, MembersPage, QrCode
from matrixsite.site.contexts.frame import Link
from matrixsite.site.edition import Edition
from matrixsite.site.kinds import Made
from matrixsite.site.paging import numbered, page_count
from matrixsite.site.rows import MOST_ROWS, story_rows
from matrixsite.site.values.activity import activity_of
from matrixsite.site.values.archives import list_head, month_rows, year_links
from matrixsite.site.values.badges import honors_of, wall_pages
from matrixsite.site.values.directory import account_rows
from matrixsite.site.values.editors import account_picture
from matrixsite.site.values.feeds import list_feed
from matrixsite.site.values.platforms import platform_counts

MOST_ACCOUNTS = 30  # on the page of their member; the directory has them all
MOST_CODES = 6  # QR codes on it


def member_pages(name: str, edition: Edition) -> Iterator[Made]:
    """A member's front page, its feed, its honors if they are many; nothing for one without accounts (any more)."""
    if name in edition.accounts_of:
        member = edition.members[name]
        yield Made(name, urls.member_page(name), _member_page(member, edition))
        if name not in edition.alone:
            yield list_feed(name, scopes.MEMBERS, name, member.intro or member.name, edition)
        yield from wall_pages(name, edition)


def member_inputs(edition: Edition) -> object:
    """What member pages show beyond their entries and what the settings say of their accounts."""
    return edition.days_ahead, tuple(sorted(edition.honors_of.items()))


def _member_page(member: Member, edition: Edition) -> MemberPage:
    """A member with its accounts, its honors and its newest 100 stories."""
    accounts, scope = edition.accounts_of[member.id], scopes.scope(scopes.MEMBERS, member.id, edition)
    path = urls.member_page(member.id)
    return MemberPage(
        head=list_head(scopes.MEMBERS, member.id, path, member.name, edition, member.intro),
        name=member.name,
        intro=member.intro,
        home=Link(member.home, member.home, external=True) if member.home else None,
        groups=tuple(
            Link(edition.groups[group].name, urls.group_page(group))
            for group in _groups_of(member.id, edition)
        ),
        accounts=tuple(replace(row, member="") for row in account_rows(accounts[:MOST_ACCOUNTS], edition)),
        account_count=len(accounts),
        honors=honors_of(member.id, edition),
        count=_entries_of(member.id, edition),
        platforms=platform_counts(account for account in accounts if account.open_on(edition.today)),
        qrs=tuple(_qr_codes(accounts, edition))[:MOST_CODES],
        activity=activity_of(accounts, edition),
        newest=story_rows(edition.source.newest(scope, MOST_ROWS), edition),
        months=month_rows(scopes.MEMBERS, member.id, edition),
        calendars=year_links(scopes.MEMBERS, member.id, edition),
    )


def _qr_codes(accounts: Iterable[Account], edition: Edition) -> Iterator[QrCode]:
    for account in accounts:
        picture = account_picture(account.qr)
        if picture and account.open_on(edition.today):
            yield QrCode(edition.account_links[account.id], account.platform, picture)


def members_pages(edition: Edition) -> Iterator[Made]:
    """The directory of members: by group, 100 rows a page; a member stands under each of its groups."""
    named = [group.id for group in edition.settings.groups]
    within: dict[str, list[str]] = {}
    for name in sorted(
        edition.accounts_of, key=lambda name: edition.settings.sort_key(edition.members[name])
    ):
        for group in _groups_of(name, edition) or ("",):
            within.setdefault(group, []).append(name)
    rows = [(group, name) for group in (*named, "") for name in within.get(group, ())]
    count = page_count(len(rows))
    for number in range(1, count + 1):
        path = urls.members(number)
        part = rows[(number - 1) * MOST_ROWS : number * MOST_ROWS]
        page = MembersPage(
            head=edition.head(edition.say("成员单位"), path),
            count=len(edition.accounts_of),
            sections=tuple(
                MemberSection(_group_link(group, edition), tuple(_row(name, edition) for _, name in found))
                for group, found in groupby(part, lambda row: row[0])
            ),
            pages=numbered(urls.members, number, count),
        )
        yield Made("", path, page)


def _row(name: str, edition: Edition) -> MemberRow:
    link = Link(edition.members[name].name, urls.member_page(name))
    return MemberRow(link, len(edition.accounts_of[name]), _entries_of(name, edition))


def _group_link(group: str, edition: Edition) -> Link:
    return Link(edition.groups[group].name, urls.group_page(group)) if group else Link("")


def _groups_of(member: str, edition: Edition) -> tuple[str, ...]:
    """The member's own groups, else those of its accounts."""
    own = edition.members[member].groups
    accounts = edition.accounts_of[member]
    return own or tuple(dict.fromkeys(group for account in accounts for group in account.groups))


def _entries_of(member: str, edition: Edition) -> int:
    found = (edition.standings.get(account.id) for account in edition.accounts_of[member])
    return sum(standing.count for standing in found if standing)
