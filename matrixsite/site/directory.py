"""The directory of accounts: all on one page while they are few, else a page a group, none over 100 rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from matrixsite.config.settings import Account, Group
from matrixsite.site import urls
from matrixsite.site.contexts import AccountRow, DirectoryPage, DirectorySection, GroupRow, Link, Pages
from matrixsite.site.edition import Edition
from matrixsite.site.rows import MOST_ROWS


def fits_one_page(edition: Edition) -> bool:
    """Whether the whole directory, each account under each of its groups, stays within 100 rows."""
    return sum(len(edition.groups_of(account)) or 1 for account in edition.settings.accounts) <= MOST_ROWS


def directory_pages(edition: Edition) -> int:
    """How many pages `accounts/` takes."""
    return 1 if fits_one_page(edition) else group_pages(edition, "")


def group_pages(edition: Edition, group: str) -> int:
    """How many pages a group takes."""
    return max(1, -(-len(edition.tree.items(group)) // MOST_ROWS))


def directory_page(edition: Edition, number: int) -> DirectoryPage:
    """Page `number` of `accounts/`."""
    title, count = edition.say("账号名录"), len(edition.settings.accounts)
    head = edition.head(title, urls.directory(number))
    if fits_one_page(edition):
        return DirectoryPage(head, title, "", (), count, (), (), _sections(edition), Pages())
    groups, accounts = _cut(edition, "", number)
    pages = numbered(urls.directory, number, directory_pages(edition))
    return DirectoryPage(head, title, "", (), count, groups, accounts, (), pages)


def group_page(edition: Edition, id_: str, number: int) -> DirectoryPage:
    """Page `number` of a group: the groups in it, then its accounts."""
    group = edition.groups[id_]
    groups, accounts = _cut(edition, id_, number)
    return DirectoryPage(
        head=edition.head(group.name, urls.group_page(id_, number), group.intro),
        title=group.name,
        intro=group.intro,
        trail=_trail(edition, group),
        count=len(edition.tree.within[id_]),
        groups=groups,
        accounts=accounts,
        sections=(),
        pages=numbered(lambda n: urls.group_page(id_, n), number, group_pages(edition, id_)),
    )


def numbered(path: Callable[[int], str], number: int, count: int) -> Pages:
    """Where a page of a list stands among the others."""
    return Pages(
        number, count, path(number - 1) if number > 1 else "", path(number + 1) if number < count else ""
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
        closed=account.closed is not None,
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
