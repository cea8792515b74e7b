"""On which platforms a member, a group or the matrix is, and where the gaps are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from matrixsite.config.settings import Account
from matrixsite.registry.counting import counts
from matrixsite.site import urls
from matrixsite.site.contexts.accounts import GridCell, GridRow, PlatformCount, PlatformGrid
from matrixsite.site.contexts.frame import Link
from matrixsite.site.edition import Edition

MOST_COLUMNS = 8  # platforms that have one of their own
NAMED = 2  # accounts of a cell


@dataclass(frozen=True, slots=True)
class Line:
    """Who stands at the beginning of a row, and the accounts that are theirs."""

    who: Link
    accounts: tuple[Account, ...]
    group: bool


def platform_counts(accounts: Iterable[Account]) -> tuple[PlatformCount, ...]:
    """How many of these accounts are on each platform, most first."""
    return tuple(PlatformCount(*found) for found in counts(account.platform for account in accounts))


def columns(accounts: Iterable[Account]) -> tuple[str, ...]:
    """The platforms of a grid; the rarer ones share the last column, which has no name."""
    found = [one.platform for one in platform_counts(accounts)]
    if len(found) <= MOST_COLUMNS:
        return tuple(found)
    return (*found[: MOST_COLUMNS - 1], "")


def lines(group: str, edition: Edition) -> tuple[Line, ...]:
    """The rows of a group's grid: the groups in it, then the members that have accounts directly in it."""
    tree, by_member = edition.tree, dict[str, list[Account]]()
    for account in tree.direct.get(group, ()):
        by_member.setdefault(account.member, []).append(account)
    groups = (
        Line(
            Link(child.name, urls.group_page(child.id)),
            tuple(edition.accounts[name] for name in sorted(tree.within[child.id])),
            True,
        )
        for child in tree.children.get(group, ())
    )
    members = (
        Line(Link(edition.members[name].name, urls.member_page(name)), tuple(found), False)
        for name, found in by_member.items()
    )
    return (*groups, *members)


def platform_grid(platforms: Sequence[str], part: Sequence[Line], edition: Edition) -> PlatformGrid:
    """Some rows of a grid of these columns."""
    return PlatformGrid(tuple(platforms), tuple(_row(line, platforms, edition) for line in part))


def _row(line: Line, platforms: Sequence[str], edition: Edition) -> GridRow:
    named = [platform for platform in platforms if platform]
    cells = tuple(
        _cell(
            [
                account
                for account in line.accounts
                if (account.platform == platform if platform else account.platform not in named)
            ],
            edition,
        )
        for platform in platforms
    )
    return GridRow(line.who, len(line.accounts) if line.group else 0, cells)


def _cell(accounts: Sequence[Account], edition: Edition) -> GridCell:
    """Those that still publish; accounts that closed leave a gap where there is no other."""
    open_ = [account for account in accounts if account.open_on(edition.today)]
    few = len(open_) <= NAMED
    return GridCell(tuple(edition.account_links[one.id] for one in open_) if few else (), len(open_))
