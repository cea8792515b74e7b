"""The directory of accounts: all on one page while they are few, else a page a group, none over 100 rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from matrixsite.config.settings import Account, Group
from matrixsite.site import scopes, urls
from matrixsite.site.contexts.accounts import (
    DirectoryPage,
    DirectorySection,
    GroupRow,
    PlatformGrid,
)
from matrixsite.site.contexts.frame import Link
from matrixsite.site.contexts.rows import AccountRow, Pages
from matrixsite.site.edition import Edition
from matrixsite.site.kinds import Made
from matrixsite.site.paging import numbered, page_count
from matrixsite.site.rows import MOST_ROWS, story_rows
from matrixsite.site.values.activity import activity_of
from matrixsite.site.values.archives import list_head, month_rows
from matrixsite.site.values.feeds import list_feed
from matrixsite.site.values.platforms import columns, lines, platform_grid
from matrixsite.site.values.registry import registry_links

NEWEST = 20  # stories on the page of a group, below its accounts
GRID_ROWS = 50  # of a page: with two accounts on each of eight platforms it stays below 100 KB


def _fits_one_page(edition: Edition) -> bool:
    """Whether the whole directory, each account under each of its groups, stays within 100 rows."""
    return sum(len(edition.groups_of(account)) or 1 for account in edition.settings.accounts) <= MOST_ROWS


def directory_pages(edition: Edition) -> Iterator[Made]:
    """All pages of `accounts/`."""
    count = 1 if _fits_one_page(edition) else _count("", edition)
    for number in range(1, count + 1):
        yield Made("", urls.directory(number), _directory_page(edition, number, count))


def group_pages(name: str, edition: Edition) -> Iterator[Made]:
    """All pages of a group, and its feed; nothing for one that is no more."""
    if name not in edition.groups:
        return
    count = _count(name, edition)
    for number in range(1, count + 1):
        yield Made(name, urls.group_page(name, number), _group_page(edition, name, number, count))
    group = edition.groups[name]
    yield list_feed(name, scopes.GROUPS, name, group.intro or group.name, edition)


def _count(group: str, edition: Edition) -> int:
    """How many pages a group takes; "" is the root."""
    if _platforms(group, edition):
        return page_count(len(lines(group, edition)), GRID_ROWS)
    return page_count(len(edition.tree.items(group)))


def _platforms(group: str, edition: Edition) -> tuple[str, ...]:
    """The columns of a group's grid; none where all its accounts are on one platform: there are no gaps to see."""
    within = edition.tree.within[group] if group else edition.accounts
    accounts = (edition.accounts[name] for name in within)
    found = columns(account for account in accounts if account.open_on(edition.today))
    return found if len(found) > 1 else ()


def _grid(group: str, number: int, edition: Edition) -> PlatformGrid | None:
    """One page of a group's grid."""
    platforms = _platforms(group, edition)
    part = lines(group, edition)[(number - 1) * GRID_ROWS : number * GRID_ROWS]
    return platform_grid(platforms, part, edition) if platforms else None


def _directory_page(edition: Edition, number: int, last: int) -> DirectoryPage:
    """The root: who is on which platform, then every account while they fit on one page."""
    title, count = edition.say("账号名录"), len(edition.settings.accounts)
    head = edition.head(title, urls.directory(number))
    grid = _grid("", number, edition)
    ways = (Link(edition.say("成员单位"), urls.MEMBERS), *registry_links(edition))
    if _fits_one_page(edition):
        grid = grid if len(edition.tree.children.get("", ())) > 1 else None
        return DirectoryPage(head, title, "", (), count, (), (), _sections(edition), Pages(), grid, ways=ways)
    groups, accounts = _cut(edition, "", number) if grid is None else ((), ())
    pages = numbered(urls.directory, number, last)
    return DirectoryPage(head, title, "", (), count, groups, accounts, (), pages, grid, ways=ways)


def _group_page(edition: Edition, id_: str, number: int, last: int) -> DirectoryPage:
    """One page of a group: its grid, else the groups in it and then its accounts."""
    group, grid = edition.groups[id_], _grid(id_, number, edition)
    groups, accounts = _cut(edition, id_, number) if grid is None else ((), ())
    path, scope = urls.group_page(id_, number), scopes.scope(scopes.GROUPS, id_, edition)
    within = edition.tree.within[id_]
    return DirectoryPage(
        head=list_head(scopes.GROUPS, id_, path, group.name, edition, group.intro),
        title=group.name,
        intro=group.intro,
        trail=_trail(edition, group),
        count=len(within),
        groups=groups,
        accounts=accounts,
        sections=(),
        pages=numbered(lambda n: urls.group_page(id_, n), number, last),
        grid=grid,
        activity=activity_of(map(edition.accounts.__getitem__, within), edition) if number == 1 else None,
        newest=story_rows(edition.source.newest(scope, NEWEST), edition) if number == 1 else (),
        months=month_rows(scopes.GROUPS, id_, edition) if number == 1 else (),
    )


def account_rows(accounts: Iterable[Account], edition: Edition) -> tuple[AccountRow, ...]:
    """Accounts as a directory shows them."""
    return tuple(_account_row(account, edition) for account in accounts)


def _account_row(account: Account, edition: Edition) -> AccountRow:
    standing = edition.standings.get(account.id)
    return AccountRow(
        account=Link(account.name, urls.account_page(account.id)),
        member=edition.member_name(account),
        platform=account.platform,
        count=standing.count if standing else 0,
        newest=edition.moment(standing.newest) if standing else None,
        closed=not account.open_on(edition.today),
    )


def _cut(edition: Edition, group: str, number: int) -> tuple[tuple[GroupRow, ...], tuple[AccountRow, ...]]:
    """The rows of one page of a group."""
    items = edition.tree.items(group)[(number - 1) * MOST_ROWS : number * MOST_ROWS]
    groups = tuple(
        GroupRow(
            Link(item.name, urls.group_page(item.id)), item.kind.value, len(edition.tree.within[item.id])
        )
        for item in items
        if isinstance(item, Group)
    )
    return groups, account_rows((item for item in items if isinstance(item, Account)), edition)


def _sections(edition: Edition) -> tuple[DirectorySection, ...]:
    """The whole directory by group; accounts of no group come last, under no name."""
    tree = edition.tree
    named = [(Link(group.name, urls.group_page(group.id)), group.id) for group in edition.settings.groups]
    return tuple(
        DirectorySection(link, account_rows(tree.direct[id_], edition))
        for link, id_ in (*named, (Link(""), ""))
        if id_ in tree.direct
    )


def _trail(edition: Edition, group: Group) -> tuple[Link, ...]:
    """The groups above, outermost first."""
    trail: list[Link] = []
    while group.parent:
        group = edition.groups[group.parent]
        trail.insert(0, Link(group.name, urls.group_page(group.id)))
    return tuple(trail)
